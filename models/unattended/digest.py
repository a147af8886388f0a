"""An e-mail on each run that no person has started: what it did, what is in the way, the account against the list."""

from odoo import api, fields, models

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here

# So many of the problems of a list are named.
SHOWN = 20


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    digest_partner_ids = fields.Many2many(
        "res.partner",
        "open_balance_source_digest_rel",
        "source_id",
        "partner_id",
        string="Digest to",
        copy=False,
        help="They get an e-mail after each list that came by itself: counts, amounts, problems, account against list.",
    )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    digest = fields.Json(compute="_compute_digest", help="What the e-mail on a run says of it.")

    @api.depends("summary", "problem_ids.message", "state", "outcome")
    @api.depends_context("lang")
    def _compute_digest(self):
        labels = dict(self.env["open.balance.import.line"]._fields["action"]._description_selection(self.env))
        for run in self:
            problems = run.problem_ids.filtered(lambda problem: problem.level != "info")
            run.digest = {
                "sentence": run._get_digest_sentence(),
                "actions": [
                    {"label": labels[action], **values} for action, values in run.summary.items() if values["count"]
                ],
                "problems": problems[:SHOWN].mapped("message"),
                "further": max(len(problems) - SHOWN, 0),
            }

    def _get_digest_sentence(self) -> str:
        """What the run did, would do, or did not do."""
        if self.state == "failed":
            return self.env._("The list could not be read.")
        if self.state == "draft":
            return self.env._("The list was not read.")
        return self._get_result_sentence() or self.apply_sentence

    def _send_digest(self):
        """Queue the e-mail on the run for those who want it: it leaves only if all this is committed."""
        if not self.source_id.digest_partner_ids:
            return
        template = self.env.ref("account_open_balance.mail_template_digest", raise_if_not_found=False)
        if template:
            template.send_mail(self.id, force_send=False)
