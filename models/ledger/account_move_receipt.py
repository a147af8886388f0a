"""A receipt that comes later for a document which an import has paid: it takes the place of the import's payment."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

ACCOUNTING = "account.group_account_invoice,account.group_account_readonly"


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _find_receipts(self) -> dict:
        """Unallocated receipts, and payments to vendors, that are as much as the payments which these lines booked.

        :return: item of the receipt by line; a receipt counts for one line only
        :rtype: dict[open.balance.import.line, account.move.line]
        """
        paid = self.filtered(lambda line: line.payment_id.state in ("in_process", "paid") and line.move_id)
        waiting = {}
        for item in self.env["account.move.line"].search(self._get_receipt_domain(paid.move_id)):
            if not item.payment_id.open_balance_booking:
                waiting.setdefault(item._get_receipt_key(item.amount_residual_currency), []).append(item)
        found = {}
        for line in paid if waiting else ():
            items = line.payment_id.move_id._get_open_balance_lines()
            key = items[:1]._get_receipt_key(sum(items.mapped("amount_currency")))
            if waiting.get(key) and not line.payment_id._get_change_by_hand():
                found[line] = waiting[key].pop(0)
        return found

    def _get_receipt_domain(self, documents) -> Domain:
        """Items of receipts and payments that are open on receivable or payable accounts.

        :param account.move documents: what was paid: only of their partners; empty = of all
        """
        of_documents = Domain("partner_id", "child_of", documents.commercial_partner_id.ids)
        of_documents &= Domain("company_id", "in", documents.company_id.ids)
        return (
            (of_documents if documents else Domain("company_id", "in", self.env.companies.ids))
            & Domain("account_type", "in", ("asset_receivable", "liability_payable"))
            & Domain("parent_state", "=", "posted")
            & Domain("reconciled", "=", False)
            & Domain("move_id.move_type", "=", "entry")
            & (Domain("payment_id", "!=", False) | Domain("statement_line_id", "!=", False))
        )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_receipt_key(self, amount) -> tuple:
        """What two payments of one amount have in common; documents' currency, ledger sign."""
        partner = self.partner_id.commercial_partner_id
        return (self.company_id, partner, self.account_id, self.currency_id, self.currency_id.round(amount))


class AccountMove(models.Model):
    _inherit = "account.move"

    open_balance_receipt = fields.Char(
        "Receipt for a Payment of an Import", compute="_compute_open_balance_receipt", groups=ACCOUNTING
    )

    def _compute_open_balance_receipt(self):
        found = {line.move_id: (line, item) for line, item in self._get_paying_lines()._find_receipts().items()}
        for move in self:
            line, item = found.get(move, (False, False))
            move.open_balance_receipt = line and self.env._(
                "Paid by %(run)s, and an unallocated receipt of the same amount is there: %(receipt)s.",
                run=line.import_id.name,
                receipt=item.move_name,
            )

    def _get_paying_lines(self):
        """The lines by which imports have paid these documents.

        :rtype: open.balance.import.line
        """
        return self.env["open.balance.import.line"].search(
            [
                ("move_id", "in", self.ids),
                ("payment_id", "!=", False),
                ("state", "=", "done"),
                ("action", "!=", "create"),
            ]
        )

    def action_replace_open_balance_payment(self):
        """Let the receipt that has come take the place of the import's payment of this document."""
        self.ensure_one()
        self.check_access("write")
        self.env["account.payment"].check_access("write")
        self._apply_receipt()

    def _apply_receipt(self):
        """Take the import's payment back, and reconcile the receipt with the document.

        :raise UserError: if there is no such receipt any more, or the payment cannot be taken back
        """
        self.lock_for_update()
        found = self._get_paying_lines()._find_receipts()
        if not found:
            raise UserError(self.env._("No unallocated receipt of the same amount is there any more."))
        line, item = next(iter(found.items()))
        payment = line.payment_id
        payment._reopen_open_balance()
        due_lines = self._get_open_balance_lines().filtered(
            lambda due: due.account_id == item.account_id and not due.reconciled
        )
        (item + due_lines).reconcile()
        told = self.env._("Replaced by %(receipt)s.", receipt=item.move_name)
        self._get_paying_lines().filtered(lambda line: line.payment_id == payment)._note(
            {"state": "undone", "result": told}
        )
        self.message_post(
            body=self.env._(
                "%(receipt)s took the place of the payment by %(run)s.", receipt=item.move_name, run=line.import_id.name
            )
        )
