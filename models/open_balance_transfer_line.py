from odoo import api, fields, models

from ..messages import get_sentence
from . import open_balance_protected  # noqa: F401  # extended here

SENT = ("sent", "accepted", "warned")


class OpenBalanceTransferLine(models.Model):
    """A document, or a partner in one role, of a transfer: whether it is ready, and what became of it."""

    _name = "open.balance.transfer.line"
    _description = "Transfer Line"
    _inherit = ["open.balance.protected"]
    _order = "transfer_id, severity, id"
    _check_company_auto = True

    transfer_id = fields.Many2one("open.balance.transfer", required=True, index=True, ondelete="cascade", readonly=True)
    package_id = fields.Many2one(related="transfer_id.package_id", store=True, index=True)
    company_id = fields.Many2one(related="transfer_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one("account.move", "Document", index="btree_not_null", readonly=True, ondelete="set null")
    partner_id = fields.Many2one("res.partner", index="btree_not_null", readonly=True, ondelete="restrict")
    role = fields.Selection([("customer", "Customer"), ("vendor", "Vendor")], readonly=True)
    is_partner = fields.Boolean(readonly=True, help="The line is a partner that is new or changed.")
    date = fields.Date(readonly=True)
    state = fields.Selection(
        [
            ("not_ready", "Not Ready"),
            ("ready", "Ready"),
            ("sent", "Handed Over"),
            ("accepted", "Accepted"),
            ("warned", "Accepted with Remark"),
            ("refused", "Refused"),
            ("released", "Released"),
        ],
        required=True,
        readonly=True,
        default="not_ready",
    )
    severity = fields.Integer(compute="_compute_severity", store=True)
    issues = fields.Json(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    number_sent = fields.Char("Number there", readonly=True, index="btree_not_null")
    digest = fields.Char(readonly=True)
    is_changed = fields.Boolean(
        "Changed since", readonly=True, help="The document is no longer what it was when it was handed over."
    )
    is_there = fields.Boolean(readonly=True, help="It was refused because the package has such a document already.")
    company_amount = fields.Monetary("Amount", readonly=True, currency_field="currency_id")
    answer = fields.Char("Answer of the package", readonly=True)

    _move_unique = models.UniqueIndex(
        "(move_id) WHERE state IN ('sent', 'accepted', 'warned')", "A document is handed over once."
    )

    _document_unique = models.UniqueIndex(
        "(transfer_id, move_id) WHERE is_partner IS NOT TRUE", "Somebody else is collecting the same documents."
    )

    @api.depends("state", "is_there")
    def _compute_severity(self):
        order = {"not_ready": 1, "refused": 1, "warned": 2, "ready": 3, "sent": 3, "accepted": 4, "released": 5}
        for line in self:
            line.severity = 1 if line.is_there and line.state == "sent" else order.get(line.state, 5)

    @api.depends("issues")
    @api.depends_context("lang")
    def _compute_reason(self):
        for line in self:
            line.reason = " ".join(
                get_sentence(self.env, code, values, line.currency_id) for _level, code, values in line.issues or ()
            )
