"""Undo of a run that created opening documents: documents, their payments, and payments that settle nothing."""

from odoo import models

from ...engine import PAYMENT_TYPES
from ..ledger.halves import in_halves


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_new_partners(self):
        """The partners that the run created; they stay when it is undone.

        :rtype: res.partner
        """
        lines = self.env["open.balance.import.line"].search_fetch(
            [("import_id", "=", self.id), ("new_partner", "!=", False), ("state", "in", ("done", "undone"))],
            ["partner_id"],
        )
        return lines.partner_id


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _get_document_lines(self):
        """The lines that created documents, without those of receipts and payments to vendors.

        :rtype: open.balance.import.line
        """
        return self.filtered(
            lambda line: line.action == "create" and line.document_type not in PAYMENT_TYPES and line.move_id
        )

    # === UNDO === #

    def _apply_undo_documents(self):
        """Take back the documents that these lines created, with their payments; what is kept says why."""
        own = self._get_own_partials()
        free = []
        for of_document in self.grouped("move_id").values():
            reason = of_document._get_change_by_hand(own)
            if reason:
                of_document._note({"result": reason})
            else:
                free.append(of_document)
        for of_document, reason in in_halves(self.env.cr, free, self._apply_undo_groups):
            of_document._note({"result": reason})

    def _apply_undo_groups(self, groups):
        """Take documents and their payments back.

        :param list groups: lines by document
        :raise UserError: if one of them is refused
        """
        lines = self.browse().union(*groups)
        reversed_payments = lines.payment_id._reopen_open_balance().reversed
        reversed_documents = lines.move_id._undo_opening()
        for of_document in groups:
            result = reversed_documents.get(of_document.move_id)
            if not result and of_document.payment_id in reversed_payments:
                result = self.env._("Payment reversed")
            of_document._note({"state": "undone", "result": result or False})

    # === WHAT WAS TOUCHED SINCE === #

    def _get_own_partials(self):
        """What the run itself reconciled these lines' documents with.

        :rtype: account.partial.reconcile
        """
        due_lines = self.move_id._get_open_balance_lines()
        partials = due_lines.matched_debit_ids | due_lines.matched_credit_ids
        moves = (partials.debit_move_id | partials.credit_move_id).move_id
        others = self.search(
            [
                ("import_id", "in", self.import_id.ids),
                ("state", "=", "done"),
                "|",
                ("move_id", "in", moves.ids),
                ("payment_id", "in", moves.origin_payment_id.ids),
            ]
        )
        noted = set().union(*(line._get_noted_partials() for line in others))
        paid = {line.move_id | line.payment_id.move_id for line in others._get_document_lines() if line.payment_id}
        own = partials.filtered(
            lambda partial: (
                partial.id in noted or (partial.debit_move_id.move_id | partial.credit_move_id.move_id) in paid
            )
        )
        noted.update(own.ids)
        # A cent of rounding that Odoo has evened out goes together with the reconciliation that left it.
        return own | partials.filtered(
            lambda partial: any(origin.id in noted for origin in partial._get_exchange_origin())
        )

    def _get_noted_partials(self) -> set[int]:
        """The reconciliations noted on the line that are of its own document or payment."""
        due_lines = (self.move_id or self.payment_id.move_id)._get_open_balance_lines()
        return {partial.id for partial in due_lines.matched_debit_ids | due_lines.matched_credit_ids} & {
            partial_id for partial_id in self.partial_ids or () if isinstance(partial_id, int)
        }

    def _get_change_by_hand(self, own_partials):
        """Say what happened to a document since the run created it.

        :param self: the lines of one document
        :param account.partial.reconcile own_partials: what the run itself reconciled it with
        :return: a sentence, False if it is as it was created
        :rtype: str | bool
        """
        return (
            self.move_id._get_change_since_opening()
            or self._get_change_of_values()
            or self._get_change_of_matching(own_partials)
            or (self.payment_id and self.payment_id._get_change_by_hand())
        )

    def _get_change_of_values(self):
        """A sentence naming what differs from what was created, else False."""
        move, due_lines = self.move_id, self.move_id._get_open_balance_lines()
        currency = self[0].currency_id
        due_dates = {line.due_date for line in self if line.due_date}
        changed = [
            name
            for name, differs in (
                ("currency_id", due_lines.currency_id != currency),
                (
                    "amount_total",
                    currency.compare_amounts(sum(due_lines.mapped("amount_currency")), sum(self.mapped("total_amount")))
                    or move.company_currency_id.compare_amounts(
                        sum(due_lines.mapped("balance")), sum(self.mapped("company_total"))
                    ),
                ),
                ("invoice_date", move.invoice_date and move.invoice_date != self[0].date),
                ("date", move.date not in (self[0].date, self.import_id.balance_date)),
                ("invoice_date_due", not due_dates <= set(due_lines.mapped("date_maturity"))),
                ("partner_id", move.commercial_partner_id != self[0].partner_id.commercial_partner_id),
                ("open_balance_number", (move.open_balance_number or "") != (self[0].number or "")),
            )
            if differs
        ]
        if not changed:
            return False
        labels = [move._fields[name]._description_string(self.env) for name in changed]
        return self.env._("It was changed by hand: %(fields)s.", fields=", ".join(labels))

    def _get_change_of_matching(self, own_partials):
        """A sentence naming what the document was reconciled with by others, else False."""
        due_lines = self.move_id._get_open_balance_lines()
        partials = (due_lines.matched_debit_ids | due_lines.matched_credit_ids) - own_partials
        others = (partials.debit_move_id | partials.credit_move_id).move_id - self.move_id
        if not others:
            return False
        return self.env._("It was reconciled with %(entries)s since.", entries=", ".join(others.mapped("name")))
