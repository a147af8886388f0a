from odoo import api, fields, models
from odoo.exceptions import UserError

from ..messages import get_sentence
from . import open_balance_protected  # noqa: F401  # extended here
from .arguments import is_id

BOOKING_ACTIONS = ("pay", "close", "reopen", "overpay", "cancel")
EXTERNAL_ACTIONS = ("external", "close_external", "adopt")


class OpenBalanceImportLine(models.Model):
    """One item of a run: what was read, what it matched, what will be or was done.

    All amounts are in ledger sign: positive = the partner owes us.
    """

    _name = "open.balance.import.line"
    _description = "Import Line"
    _order = "id"
    _inherit = ["open.balance.discreet", "open.balance.protected"]
    _check_company_auto = True
    _user_fields = frozenset({"partner_id", "move_id", "remember_number"})

    import_id = fields.Many2one("open.balance.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    balance_date = fields.Date(related="import_id.balance_date")
    import_state = fields.Selection(related="import_id.state", string="Run")

    # What was read
    file_id = fields.Many2one("open.balance.import.file", readonly=True, ondelete="set null")
    row = fields.Integer(readonly=True, aggregator=None)
    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], readonly=True)
    partner_number = fields.Char(readonly=True)
    partner_name = fields.Char("Partner in the File", readonly=True)
    number = fields.Char(readonly=True)
    reference = fields.Char(readonly=True)
    date = fields.Date("Document Date", readonly=True)
    due_date = fields.Date(readonly=True)
    file_balance = fields.Float("Balance in the File", readonly=True, aggregator=None)
    file_currency = fields.Char("Currency in the File", readonly=True)

    # What it matched
    partner_id = fields.Many2one("res.partner", index="btree_not_null")
    move_id = fields.Many2one(
        "account.move",
        "Document",
        index="btree_not_null",
        domain="['|', ('move_type', '!=', 'entry'), ('open_balance_type', '!=', False),"
        " ('company_id', 'child_of', company_id), ('state', '=', 'posted'),"
        " ('commercial_partner_id', '=?', partner_id)]",
    )
    document_company_id = fields.Many2one(related="move_id.company_id", string="Company of the Document", store=True)
    due_line_id = fields.Many2one("account.move.line", "Instalment", readonly=True, ondelete="set null")
    is_assigned = fields.Boolean("Assigned by hand", readonly=True)
    remember_number = fields.Boolean(
        "Remember this number",
        help="Keep the partner number of the file on the partner, beside a number that it has, so that the next list "
        "finds it.",
    )

    # What will be done
    action = fields.Selection(
        [
            ("keep", "Unchanged"),
            ("pay", "Pay"),
            ("close", "Close, absent"),
            ("reopen", "Reopen"),
            ("overpay", "Pay, overpaid"),
            ("cancel", "Cancel payment"),
            ("external", "External item"),
            ("close_external", "Close external item"),
            ("adopt", "Adopt external item"),
            ("review", "Review"),
            ("skip", "Skip"),
        ],
        required=True,
        readonly=True,
    )
    reason_code = fields.Char(readonly=True)
    reason_values = fields.Json(readonly=True)
    reason = fields.Text(compute="_compute_reason")
    currency_id = fields.Many2one("res.currency", readonly=True)
    reported_balance = fields.Monetary(
        "Reported", readonly=True, help="Balance in the list, in the document's currency."
    )
    booked_balance = fields.Monetary("Booked", readonly=True, help="Residual in the books when the run was planned.")
    payment_amount = fields.Monetary("To Pay", readonly=True, help="Booked less reported: what was settled outside.")
    company_reported = fields.Monetary(
        "Reported (company currency)", currency_field="company_currency_id", readonly=True
    )
    company_amount = fields.Monetary(
        "Amount (company currency)",
        currency_field="company_currency_id",
        readonly=True,
        help="What the action changes, in company currency.",
    )
    suggested_partner_id = fields.Many2one("res.partner", readonly=True)
    suggested_move_id = fields.Many2one("account.move", "Suggested Document", readonly=True, index="btree_not_null")
    undo_payment_ids = fields.Many2many("account.payment", string="Payments to Undo", readonly=True)
    external_id = fields.Many2one("open.balance.external.item", "External Item", readonly=True, index="btree_not_null")

    # What was done
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("skipped", "Skipped"),
            ("undone", "Undone"),
        ],
        required=True,
        default="planned",
        readonly=True,
    )
    payment_id = fields.Many2one("account.payment", readonly=True, index="btree_not_null", ondelete="set null")
    result = fields.Char(readonly=True, help="Why the line failed, or what Undo did with it.")

    @api.depends("reason_code", "reason_values", "row")
    @api.depends_context("lang")
    def _compute_reason(self):
        for line in self:
            values = {"row": line.row, **(line.reason_values or {})}
            line.reason = get_sentence(self.env, line.reason_code, values, currency=line.currency_id)

    def write(self, vals):
        """A partner or document that a person sets is an assignment: it beats what the engine finds."""
        self._check_user_fields(vals)
        if self._user_fields & set(vals):
            self.import_id.check_access("write")
            if any(line.import_id.state != "planned" for line in self):
                raise UserError(self.env._("The run has started: its lines can no longer be changed."))
        if not {"partner_id", "move_id"} & set(vals):
            return super().write(vals)
        if vals.get("move_id"):
            move = self._find_assigned("account.move", vals["move_id"])
            vals = {"partner_id": move.commercial_partner_id.id, **vals}
        if vals.get("partner_id"):
            self._find_assigned("res.partner", vals["partner_id"])
        result = super().write(vals)
        # Emptied, it is no assignment any more: the engine looks for itself again.
        self._note({"is_assigned": bool(vals.get("partner_id") or vals.get("move_id"))})
        self.import_id._note({"needs_plan": True})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self.import_id._check_not_started()

    @api.model
    def _get_protection(self, names) -> str:
        # EXTENDS
        return self.env._("A line is changed by assigning partner or document and planning again.")

    def _find_assigned(self, model: str, record_id: int):
        """The partner or document that a person assigns to these lines.

        It has to be one of the run's company or of its branches, whose documents a root's list holds too, and one that
        the person may read. If it is not, nothing is said of it.
        """
        records = self.env[model].with_context(active_test=False)
        record = records.search([("id", "=", record_id)]) if is_id(record_id) else records
        companies = record.company_id | record.company_id.parent_ids
        if not record or (companies and any(line.company_id not in companies for line in self)):
            raise UserError(self.env._("This belongs to another company, or you may not read it."))
        return record

    def action_accept_suggestion(self):
        """Take the suggested partner and document, and remember the number of a partner that nobody had."""
        self.import_id.check_access("write")
        for line in self.filtered(lambda line: line.suggested_partner_id or line.suggested_move_id):
            line.write(
                {
                    "partner_id": (line.suggested_partner_id or line.suggested_move_id.commercial_partner_id).id,
                    "move_id": line.suggested_move_id.id,
                    # A number that leads to another partner already must not lead to two.
                    "remember_number": bool(line.partner_number)
                    and line.reason_code in ("partner_unknown", "limit_by_name"),
                }
            )

    def action_open_document(self):
        """Open the line's document, or else its external item."""
        self.ensure_one()
        record = self.move_id or self.external_id
        return record._get_records_action(name=record.display_name) if record else False

    def _remember_numbers(self):
        """Write the file's partner number on the partners of the lines that ask for it."""
        asked = self.filtered(lambda line: line.remember_number and line.partner_id and line.partner_number)
        own = asked._filter_own_partners()
        (asked - own)._note({"result": self._get_foreign_message()})
        for line in own:
            # An invoicing user may import but not change contacts; these numbers are the import's own.
            partner = line.partner_id.commercial_partner_id.sudo().with_company(line.company_id)
            kind = line.kind or (line.move_id._get_open_balance_kind() if line.move_id else "receivable")
            partner._add_open_balance_numbers(kind, [line.partner_number])
