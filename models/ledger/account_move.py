from odoo import api, fields, models
from odoo.exceptions import UserError

from . import undo_mixin  # noqa: F401  # extended here
from .books import KINDS


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "open.balance.own.fields", "open.balance.undo"]
    _open_balance_own = frozenset(
        {
            "open_balance_transfer_id", "open_balance_is_undone", "open_balance_type", "open_balance_number",
            "open_balance_period_start", "open_balance_period_end", "open_balance_line_ids", "open_balance_proposed_on",
        }
    )  # fmt: skip
    # What an opening document was called before finds it as well.
    _rec_names_search = ["name", "partner_id.name", "ref", "open_balance_number"]

    open_balance_transfer_id = fields.Many2one(
        "open.balance.transfer",
        "Transfer",
        copy=False,
        groups="base.group_user",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        help="The hand-over of this document to the accounting package.",
    )
    open_balance_is_undone = fields.Boolean(
        "Opening Document Taken Back",
        copy=False,
        groups="base.group_user",
        readonly=True,
        help="The import that created it was undone: cancelled, or reversed. It takes part in no import any more.",
    )
    open_balance_line_ids = fields.One2many(
        "open.balance.import.line",
        "move_id",
        "Open Balance Lines",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    open_balance_line_count = fields.Integer(
        compute="_compute_open_balance_line_count",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    def _compute_open_balance_line_count(self):
        counts = dict(
            self.env["open.balance.import.line"]._read_group([("move_id", "in", self.ids)], ["move_id"], ["__count"])
        )
        for move in self:
            move.open_balance_line_count = counts.get(move, 0)

    @api.model
    def _get_open_balance_domain(self, companies) -> list:
        """Which documents take part in open balance imports: those that are journal entries, too. Extension point.

        :param companies: the company of the run and its branches
        """
        return [
            "|",
            ("move_type", "in", list(KINDS)),
            ("open_balance_type", "!=", False),
            ("open_balance_is_undone", "=", False),
            ("company_id", "in", companies.ids),
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid_by_import(self):
        """Without its document a payment would stay behind as a credit that no list ever tells of."""
        # By sudo: whoever may delete documents need not see imports.
        for line in self.sudo().open_balance_line_ids:
            payment = line.payment_id
            if line.state == "done" and payment.state in ("in_process", "paid"):
                raise UserError(
                    self.env._(
                        "%(document)s was paid by %(run)s: if it is deleted, %(payment)s stays as a credit. Cancel the "
                        "document instead, then the next list takes the payment back; or cancel the payment first.",
                        document=line.move_id.display_name,
                        run=line.import_id.name,
                        payment=payment.name,
                    )
                )

    def _get_open_balance_kind(self):
        """Whether the document is a receivable or a payable; an opening document says so, whatever it was booked as.

        :rtype: str | None
        """
        self.ensure_one()
        return KINDS.get(self.open_balance_type or self.move_type)

    def _get_open_balance_lines(self):
        """The due lines of the documents: their receivable or payable items.

        :rtype: account.move.line
        """
        return self.line_ids.filtered(
            lambda line: line.account_id.account_type in ("asset_receivable", "liability_payable")
        )

    def _get_open_balance_due_date(self):
        """The date on which the last of the document is due; an entry has it on its lines only.

        :rtype: datetime.date
        """
        self.ensure_one()
        dates = (
            [self.invoice_date_due] if self.invoice_date_due else self._get_open_balance_lines().mapped("date_maturity")
        )
        return max(filter(None, dates), default=self.invoice_date or self.date)

    def _set_transfer(self, transfer):
        """Put the documents into a transfer, or into none."""
        # A transfer says nothing about a document's content: allowed on posted, locked and hashed entries alike. By
        # sudo, as nobody writes it but by a transfer's methods.
        self.check_access("write")
        # Odoo takes whatever is written to a bill for a correction, and then no longer offers to post the vendor's.
        # Nor is anything computed anew: Odoo's own keys.
        moves = self.sudo().with_context(
            skip_is_manually_modified=True, skip_invoice_sync=True, check_move_validity=False
        )
        moves.write({"open_balance_transfer_id": transfer.id})
        if self and transfer and transfer._is_record():
            transfer._confirm(transfer.date)

    def _get_move_display_name(self, show_ref=False):
        # EXTENDS 'account': people know an opening document by what it was called before
        name = super()._get_move_display_name(show_ref=show_ref)
        number = self.sudo().open_balance_number  # portal users see documents too
        return f"{name} [{number}]" if show_ref and number and number not in name else name

    @api.depends("open_balance_number")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def action_mark_as_transferred(self):
        """Make a transfer of the selected documents, one for each company."""
        moves = self.filtered(
            lambda move: move.state == "posted" and move._get_open_balance_kind() and not move.open_balance_transfer_id
        )
        if not moves:
            raise UserError(self.env._("Select posted invoices, bills or credit notes that are in no transfer yet."))
        transfers = self.env["open.balance.transfer"]
        for company, of_company in moves.grouped("company_id").items():
            transfer = transfers.create(
                {
                    "name": self.env._("Transfer of %(count)s documents", count=len(of_company)),
                    "company_id": company.id,
                    "package_id": False,
                }
            )
            of_company._set_transfer(transfer)
            transfers |= transfer
        return transfers._get_records_action(name=self.env._("Transfers"))

    def action_open_balance_lines(self):
        """Show what lists said of this document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Balance"),
            "res_model": "open.balance.import.line",
            "view_mode": "list,form",
            "domain": [("move_id", "=", self.id)],
        }

    def _get_documents_action(self) -> dict:
        """Show these documents, whatever their types, with partner and date; a single one as form."""
        views = [(False, "form")]
        if len(self) > 1:
            views.insert(0, (self.env.ref("account_open_balance.account_move_view_list_documents").id, "list"))
        return self._get_records_action(name=self.env._("Documents"), views=views)
