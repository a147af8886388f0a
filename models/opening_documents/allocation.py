"""Open credits meet open debits of the same partner after a migration, oldest first."""

from typing import NamedTuple

from odoo import models
from odoo.tools import split_every

from ...engine import PAYMENT_TYPES
from ..ledger.halves import in_halves

# Partners whose items are reconciled at a time.
PARTNERS_AT_A_TIME = 200


class Pair(NamedTuple):
    """A debit and a credit item that are reconciled with each other, and by how much (document's currency)."""

    debit: "models.BaseModel"
    credit: "models.BaseModel"
    amount: float


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _apply_allocation(self):
        """Allocate the partners' open credits to the run's documents, and the run's credits to open documents.

        What is allocated once is open no more: a run that was interrupted goes on where it stood.
        """
        groups = self.env["open.balance.import.line"]._read_group(
            [("import_id", "=", self.id), ("state", "=", "done"), ("action", "=", "create")], ["partner_id"]
        )
        for partner_ids in split_every(PARTNERS_AT_A_TIME, [partner.id for (partner,) in groups]):
            refused = in_halves(self.env.cr, partner_ids, self._apply_allocation_of)
            for partner_id, reason in refused:
                self._tell_not_allocated(self.env["res.partner"].browse(partner_id), reason)
            self.env.flush_all()
            self.env.invalidate_all()

    def _apply_allocation_of(self, partner_ids):
        """Allocate for some partners in one vector."""
        lines = self._search_lines("done", action=["create"], partner_id=partner_ids)
        lines._apply_pairs(lines._get_pairs_to_allocate())

    def _tell_not_allocated(self, partner, reason):
        """Say on the run why a partner's open credits stay as they are; its documents are there all the same."""
        self.message_post(
            body=self.env._(
                "Open credits of %(partner)s were not allocated: %(reason)s",
                partner=partner.display_name,
                reason=reason,
            ),
            message_type="comment",
        )


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _get_due_items(self):
        """The receivable and payable items of what these lines created.

        :rtype: account.move.line
        """
        payments = self.filtered(lambda line: line.document_type in PAYMENT_TYPES).payment_id
        return (self.move_id | payments.move_id)._get_open_balance_lines()

    def _get_pairs_to_allocate(self) -> list[Pair]:
        """Which items are reconciled with which: new debits with any credit, then new credits with older debits."""
        new = self._get_due_items()
        items = self.env["account.move.line"].search(
            [
                ("partner_id", "in", new.partner_id.ids),
                ("account_id", "in", new.account_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ]
        )
        items = items.sorted(lambda item: (item.date_maturity or item.date, item.id))
        pairs = []
        for of_one in items.grouped(lambda item: (item.partner_id, item.account_id, item.currency_id)).values():
            left = {item: item.amount_residual_currency for item in of_one}
            debits = [item for item in of_one if left[item] > 0]
            credits_ = [item for item in of_one if left[item] < 0]
            fresh = [item for item in debits if item in new]
            pairs += self._match_items(fresh, credits_, left)
            pairs += self._match_items(
                [item for item in debits if item not in new], [item for item in credits_ if item in new], left
            )
        return pairs

    @staticmethod
    def _match_items(debits, credits_, left) -> list[Pair]:
        """Match debits with credits, each in their order.

        :param dict left: what is open of each item; what is matched is taken off
        """
        pairs = []
        waiting = iter(credits_)
        credit = next(waiting, None)
        for debit in debits:
            currency = debit.currency_id
            while credit and not currency.is_zero(left[debit]):
                amount = currency.round(min(left[debit], -left[credit]))
                if not currency.is_zero(amount):
                    pairs.append(Pair(debit, credit, amount))
                left[debit] = currency.round(left[debit] - amount)
                left[credit] = currency.round(left[credit] + amount)
                if currency.is_zero(left[credit]):
                    credit = next(waiting, None)
        return pairs

    def _apply_pairs(self, pairs):
        """Reconcile pairs of items in one plan, and note on lines and payments what was reconciled."""
        Item = self.env["account.move.line"]
        prefetch = [item.id for pair in pairs for item in pair[:2]]
        # Nothing but the reconciliation is to change on posted documents, as in _reconcile_open_balance.
        Item.with_context(skip_invoice_sync=True)._reconcile_plan(
            [Item.browse((pair.debit.id, pair.credit.id)).with_prefetch(prefetch) for pair in pairs]
        )
        partial_ids = {}
        for debit, credit, amount in pairs:
            partial = debit.matched_credit_ids.filtered(lambda one, credit=credit: one.credit_move_id == credit)
            for item, other in ((debit, credit), (credit, debit)):
                partial_ids.setdefault(item.move_id, []).extend(partial.ids)
                payment = item.move_id.origin_payment_id
                if payment in self.payment_id and payment.open_balance_booking:
                    payment._remember_allocation(other, amount)
        for line in self:
            ids = partial_ids.get(line.move_id or line.payment_id.move_id)
            if ids:
                line._note({"partial_ids": [*(line.partial_ids or []), *ids]})
