from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from . import open_balance_protected  # noqa: F401  # extended here
from .open_balance_transfer import MANAGER


class OpenBalanceMonth(models.Model):
    """A month that is closed: first here, so that nothing is added any more, then handed over, then closed there."""

    _name = "open.balance.month"
    _description = "Month Close"
    _inherit = ["open.balance.protected", "mail.thread"]
    _order = "month desc, id desc"
    _check_company_auto = True
    _user_fields = frozenset({"company_id", "month", "lock_tax", "lock_global"})

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    month = fields.Date(required=True, default=lambda self: self._get_last_month(), help="Any day of the month.")
    date_from = fields.Date(compute="_compute_dates", store=True)
    date_to = fields.Date(compute="_compute_dates", store=True)
    state = fields.Selection(
        [("draft", "Open"), ("closed", "Closed Here"), ("closed_there", "Closed There"), ("reopened", "Reopened")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    lock_tax = fields.Boolean(
        "Lock the tax return too", help="Nothing that belongs into the tax return of the month any more."
    )
    lock_global = fields.Boolean(
        "Lock all journals too",
        help="Payments of lists with a balance date in the month can no longer be booked then, either.",
    )
    before = fields.Json(readonly=True, copy=False, help="The lock dates before.")
    written = fields.Json(readonly=True, copy=False, help="The lock dates that were set.")
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    reopened_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reopened_on = fields.Datetime(readonly=True, copy=False)
    draft_count = fields.Integer(compute="_compute_counts")
    waiting_count = fields.Integer(compute="_compute_counts")
    unconfirmed_count = fields.Integer(compute="_compute_counts")
    refused_count = fields.Integer(compute="_compute_counts")
    run_count = fields.Integer(compute="_compute_counts")
    review_count = fields.Integer(compute="_compute_counts")

    @api.model
    def _get_last_month(self):
        """First day of the month before this one."""
        return fields.Date.subtract(fields.Date.start_of(fields.Date.context_today(self), "month"), months=1)

    @api.depends("month")
    def _compute_dates(self):
        for month in self:
            month.date_from = month.month and fields.Date.start_of(month.month, "month")
            month.date_to = month.month and fields.Date.end_of(month.month, "month")

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_name(self):
        for month in self:
            month.name = format_date(self.env, month.month, date_format="MMMM yyyy") if month.month else ""

    @api.constrains("month", "company_id")
    def _check_once(self):
        for month in self:
            same = [
                ("company_id", "=", month.company_id.id),
                ("date_from", "=", month.date_from),
                ("id", "!=", month.id),
            ]
            if self.search_count([*same, ("state", "!=", "reopened")], limit=1):
                raise ValidationError(self.env._("%(month)s is there already.", month=month.name))

    def write(self, vals):
        if not self.env.su and not self._user_fields.isdisjoint(vals) and any(one.state != "draft" for one in self):
            raise UserError(self.env._("What was closed is no longer changed: reopen it, and close it once more."))
        return super().write(vals)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the gateway works as superuser with values that whoever calls it may choose
        raise UserError(self.env._("No month is closed by e-mail."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if any(month.state in ("closed", "closed_there") for month in self):
            raise UserError(self.env._("Reopen the month before you delete it."))

    # === WHAT IS LEFT === #

    def _get_document_domain(self) -> Domain:
        """Documents of the month that take part in hand-overs."""
        Move = self.env["account.move"]
        return (
            Domain(Move._get_open_balance_domain(self.company_id))
            & Domain("open_balance_type", "=", False)
            & Domain("date", ">=", self.date_from)
            & Domain("date", "<=", self.date_to)
        )

    def _get_domains(self) -> dict:
        """What there may be left to do in the month, by name: model and domain."""
        self.ensure_one()
        documents = self._get_document_domain()
        packages = self.env["open.balance.package"].search([("company_id", "=", self.company_id.id)])
        handed = Domain.OR(Domain(package._get_document_domain()) for package in packages)
        waiting = documents & Domain("state", "=", "posted") & Domain("open_balance_transfer_id", "=", False) & handed
        company = Domain("company_id", "=", self.company_id.id)
        dated = company & Domain("balance_date", ">=", self.date_from) & Domain("balance_date", "<=", self.date_to)
        runs = dated & Domain("state", "in", ("planned", "running"))
        lines = Domain("import_id", "any", dated & Domain("state", "=", "done")) & Domain("action", "=", "review")
        sent = Domain("transfer_id.state", "=", "handed_over") & Domain("is_partner", "=", False)
        dates = Domain("date", ">=", self.date_from) & Domain("date", "<=", self.date_to)
        # What was cancelled or deleted after it was refused is cured.
        free = Domain("move_id.state", "=", "posted") & Domain("move_id.open_balance_transfer_id", "=", False)
        refused = Domain("state", "=", "refused") & free
        return {
            "draft": ("account.move", documents & Domain("state", "=", "draft")),
            "waiting": ("account.move", waiting if packages else Domain.FALSE),
            "unconfirmed": ("open.balance.transfer.line", company & sent & dates & Domain("state", "=", "sent")),
            "refused": ("open.balance.transfer.line", company & dates & refused & Domain("is_partner", "=", False)),
            "run": ("open.balance.import", runs),
            "review": ("open.balance.import.line", lines),
        }

    @api.depends("date_from", "date_to", "company_id")
    def _compute_counts(self):
        for month in self:
            domains = month._get_domains() if month.date_from else {}
            for name in ("draft", "waiting", "unconfirmed", "refused", "run", "review"):
                model, domain = domains.get(name, ("account.move", Domain.FALSE))
                month[f"{name}_count"] = self.env[model].search_count(domain)

    def _open(self, name: str, title: str) -> dict:
        """Show what is left."""
        self.ensure_one()
        model, domain = self._get_domains()[name]
        return self.env[model].search(domain)._get_records_action(name=title) | {"domain": list(domain)}

    def action_open_draft(self):
        """Show the drafts of the month: Odoo would post them in the next one."""
        return self._open("draft", self.env._("Drafts"))

    def action_open_waiting(self):
        """Show what is not handed over yet."""
        return self._open("waiting", self.env._("Not Handed Over"))

    def action_open_unconfirmed(self):
        """Show what the package has not confirmed."""
        return self._open("unconfirmed", self.env._("Not Confirmed"))

    def action_open_refused(self):
        """Show what the package has refused."""
        return self._open("refused", self.env._("Refused"))

    def action_open_run(self):
        """Show the lists that are not applied."""
        return self._open("run", self.env._("Lists"))

    def action_open_review(self):
        """Show the lines that a person has to look at."""
        return self._open("review", self.env._("To Review"))

    # === CLOSE AND REOPEN === #

    def _check_manager(self):
        """Raise unless the user may close months."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only an accounting manager closes and reopens months."))

    def action_close(self):
        """Lock the sales and purchases of the month, so that what is handed over is all of it."""
        for month in self:
            month._check_manager()
            if month.state != "draft":
                raise UserError(self.env._("%(month)s is closed already.", month=month.name))
            if month.refused_count:
                raise UserError(
                    self.env._(
                        "The package refused %(count)s documents of %(month)s: cure them first.",
                        count=month.refused_count,
                        month=month.name,
                    )
                )
            month._close()

    def _close(self):
        """Write the lock dates, only forward."""
        wanted = ["sale_lock_date", "purchase_lock_date"]
        wanted += [
            *(["tax_lock_date"] if self.lock_tax else ()),
            *(["fiscalyear_lock_date"] if self.lock_global else ()),
        ]
        # By sudo: an accounting manager closes months, but need not be allowed to change the company.
        company = self.company_id.sudo()
        before = {name: company[name] for name in wanted}
        written = {name: self.date_to for name in wanted if not before[name] or before[name] < self.date_to}
        company.write(written)
        self._note(
            {
                "state": "closed",
                "before": {name: fields.Date.to_string(before[name]) or False for name in written},
                "written": {name: fields.Date.to_string(day) for name, day in written.items()},
                "closed_by_id": self.env.uid,
                "closed_on": fields.Datetime.now(),
            }
        )
        self.message_post(body=self.env._("Closed until %(date)s.", date=format_date(self.env, self.date_to)))

    def action_hand_over(self):
        """Collect what is to be handed over, by the first package that has something of the month."""
        self.ensure_one()
        packages = self.env["open.balance.package"].search([("company_id", "=", self.company_id.id)])
        if not packages:
            raise UserError(self.env._("Set up an accounting package first."))
        if len(packages) > 1:
            return packages._get_records_action(name=self.env._("Accounting Packages"))
        return packages.action_collect()

    def action_closed_there(self):
        """Note that the accounting package takes nothing of the month any more."""
        for month in self:
            month._check_manager()
            if month.state != "closed":
                raise UserError(self.env._("Close %(month)s here first.", month=month.name))
            if month.waiting_count:
                raise UserError(
                    self.env._("%(count)s documents are not handed over yet: later the package takes none of them.",
                               count=month.waiting_count)
                )  # fmt: skip
            for package in self.env["open.balance.package"].search([("company_id", "=", month.company_id.id)]):
                if not package.closed_until or package.closed_until < month.date_to:
                    package.closed_until = month.date_to
            month._note({"state": "closed_there"})

    def action_reopen(self, reason=""):
        """Set the lock dates back to what they were, if nobody has changed them since.

        :param str reason: why
        """
        for month in self:
            month._check_manager()
            if month.state not in ("closed", "closed_there"):
                raise UserError(self.env._("%(month)s is not closed.", month=month.name))
            # By sudo: as for closing.
            company = month.company_id.sudo()
            written = month.written or {}
            if any(fields.Date.to_string(company[name]) != day for name, day in written.items()):
                raise UserError(
                    self.env._("The lock dates were changed since %(month)s was closed: change them in the settings.",
                               month=month.name)
                )  # fmt: skip
            if company.hard_lock_date and company.hard_lock_date >= month.date_from:
                raise UserError(self.env._("%(month)s is locked for good.", month=month.name))
            company.write({name: month.before[name] or False for name in written})
            packages = self.env["open.balance.package"].search([("company_id", "=", month.company_id.id)])
            packages.filtered(
                lambda one, month=month: one.closed_until == month.date_to
            ).closed_until = fields.Date.subtract(month.date_from, days=1)
            month._note({"state": "reopened", "reopened_by_id": self.env.uid, "reopened_on": fields.Datetime.now()})
            month.message_post(body=self.env._("Reopened. %(reason)s", reason=reason or ""))
