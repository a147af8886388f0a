from odoo import api, fields, models

from ..engine import GUARDS, Issue
from ..messages import get_sentence, to_json, to_storable


class OpenBalanceImportProblem(models.Model):
    """A remark on a run, one of its files or one of their rows."""

    _name = "open.balance.import.problem"
    _description = "Open Balance Import Problem"
    _order = "severity, id"

    import_id = fields.Many2one("open.balance.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    level = fields.Selection([("stop", "Stop"), ("warning", "Warning"), ("info", "Information")], required=True)
    severity = fields.Integer(required=True, help="1 = stop, 2 = warning, 3 = information")
    code = fields.Char(required=True)
    values = fields.Json()
    file_name = fields.Char("File")
    row = fields.Integer()
    column = fields.Char()
    text = fields.Char("Found")
    message = fields.Char("Problem", compute="_compute_message")
    can_confirm = fields.Boolean(compute="_compute_can_confirm")
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", readonly=True)
    confirmed_on = fields.Datetime("Confirmed on", readonly=True)
    confirmed_for = fields.Char(readonly=True, help="Checksum of the list and plan that were confirmed.")

    @api.depends("code", "values", "file_name", "row", "column", "text")
    @api.depends_context("lang")
    def _compute_message(self):
        for problem in self:
            problem.message = get_sentence(
                self.env,
                problem.code,
                {
                    **(problem.values or {}),
                    "file": problem.file_name or "",
                    "row": problem.row or "",
                    "column": problem.column or "",
                    "text": problem.text or "",
                },
            )

    @api.depends("level", "code", "confirmed_by_id")
    def _compute_can_confirm(self):
        for problem in self:
            problem.can_confirm = problem.level == "stop" and problem.code in GUARDS and not problem.confirmed_by_id

    def action_confirm(self):
        """Let a run be applied in spite of a guard; who did and when is kept."""
        for problem in self.filtered("can_confirm"):
            problem.import_id.check_access("write")
            problem.import_id._check_state("planned")
            problem.import_id._check_is_planned()
            # Who may import may confirm, but not write who did.
            problem.sudo().write(
                {
                    "confirmed_by_id": self.env.uid,
                    "confirmed_on": fields.Datetime.now(),
                    "confirmed_for": problem.import_id._get_confirmation_checksum(),
                }
            )
            problem.import_id.message_post(
                body=self.env._("Confirmed: %(problem)s", problem=problem.message), message_type="comment"
            )

    @api.model
    def _prepare_vals(self, issue: Issue) -> dict:
        """Values of the problem that keeps an issue of the engine."""
        return {
            "level": issue.level,
            "severity": ("stop", "warning", "info").index(issue.level) + 1,
            "code": issue.code,
            "values": to_json(issue.values),
            "file_name": issue.file,
            "row": issue.row or 0,
            "column": to_storable(issue.column),
            "text": to_storable(issue.text[:200]),
        }
