from odoo import api, fields, models
from odoo.exceptions import UserError

from .snapshot import KINDS


class AccountMove(models.Model):
    _inherit = "account.move"

    open_balance_transfer_id = fields.Many2one(
        "open.balance.transfer",
        "Transfer",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
        help="The hand-over of this document to the accounting package.",
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
        """Which documents take part in open balance imports. Extension point.

        :param companies: the company of the run and its branches
        """
        return [("move_type", "in", list(KINDS)), ("company_id", "in", companies.ids)]

    def _get_open_balance_lines(self):
        """The due lines of the documents: their receivable or payable items.

        :rtype: account.move.line
        """
        return self.line_ids.filtered(
            lambda line: line.account_id.account_type in ("asset_receivable", "liability_payable")
        )

    def _set_transfer(self, transfer):
        """Put the documents into a transfer, or into none."""
        # A transfer says nothing about a document's content: allowed on posted, locked and hashed entries alike.
        self.write({"open_balance_transfer_id": transfer.id})

    def action_mark_as_transferred(self):
        """Make a transfer of the selected documents, one for each company."""
        moves = self.filtered(
            lambda move: move.state == "posted" and move.move_type in KINDS and not move.open_balance_transfer_id
        )
        if not moves:
            raise UserError(self.env._("Select posted invoices, bills or credit notes that are in no transfer yet."))
        transfers = self.env["open.balance.transfer"]
        for company, of_company in moves.grouped("company_id").items():
            transfer = transfers.create(
                {"name": self.env._("Transfer of %(count)s documents", count=len(of_company)), "company_id": company.id}
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
