from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # === UNDO === #

    def _get_change_by_hand(self, documents=None):
        # EXTENDS
        self.ensure_one()
        if not self.open_balance_booking:
            return self.env._("It was not booked by an import.")
        return self._get_change_of_state() or self._get_change_of_values() or self._get_change_of_matching(documents)

    def _get_change_of_state(self):
        """A sentence if the payment is no longer in force, else False."""
        if self.state in ("canceled", "rejected"):
            return self.env._("It was cancelled already.")
        if self.move_id.state != "posted":
            return self.env._("It was reset to draft.")
        if reversal := self.move_id.reversal_move_ids.filtered(lambda move: move.state == "posted")[:1]:
            return self.env._("It was reversed already by %(entry)s.", entry=reversal.name)
        return False

    def _get_change_of_values(self):
        """A sentence naming the fields that differ from what was booked, else False."""
        booking = self.open_balance_booking
        # A partner that was merged into another one is gone: nobody changed the payment.
        booked_partner = self.env["res.partner"].browse(booking["partner_id"]).exists()
        changed = [
            name
            for name, differs in (
                ("amount", self.currency_id.compare_amounts(self.amount, booking["amount"])),
                ("date", fields.Date.to_string(self.date) != booking["date"]),
                ("partner_id", booked_partner and self.partner_id != booked_partner),
                ("currency_id", self.currency_id.id != booking["currency_id"]),
            )
            if differs
        ]
        if not changed:
            return False
        labels = [self._fields[name]._description_string(self.env) for name in changed]
        return self.env._("It was changed by hand: %(fields)s.", fields=", ".join(labels))

    def _get_change_of_matching(self, documents=None):
        """A sentence if the payment does not settle exactly what it was booked for, else False.

        :param account.move documents: what it settles of these does not count
        """
        if documents is not None:
            partials = self._get_partials()
            others = self.env["account.move"].union(*(line.move_id for _partial, line in partials))
            # A difference of exchange goes with the reconciliation that it belongs to.
            own = documents.union(*(partial.exchange_move_id for partial, _line in partials))
            if not others - own:
                return False
        expected = {line_id: abs(amount) for line_id, amount in self.open_balance_booking["lines"]}
        for partial, line in self._get_partials():
            matched = line == partial.debit_move_id
            amount = partial.debit_amount_currency if matched else partial.credit_amount_currency
            if self.currency_id.compare_amounts(expected.pop(line.id, 0), amount):
                return self.env._("It is reconciled otherwise than booked, with %(entry)s.", entry=line.move_id.name)
        if expected:
            documents = self.env["account.move.line"].browse(expected).exists().move_id
            return self.env._(
                "It is no longer reconciled with %(documents)s.",
                documents=", ".join(documents.mapped("name")) or self.env._("its document, which is gone"),
            )
        return False

    def _get_partials(self):
        """What the payment is reconciled with.

        :return: each partial with the line on its other side
        :rtype: list[tuple[account.partial.reconcile, account.move.line]]
        """
        lines = self.move_id.line_ids
        return [
            *((partial, partial.debit_move_id) for partial in lines.matched_debit_ids),
            *((partial, partial.credit_move_id) for partial in lines.matched_credit_ids),
        ]

    def _get_signed_booking(self) -> float:
        """What the import booked, in the sign of what the payment settles."""
        amount = self.open_balance_booking["amount"]
        return amount if self.payment_type == "inbound" else -amount

    def _get_signed_company_amount(self) -> float:
        """What was booked in company currency, in ledger sign of what it settles."""
        return -sum(self._seek_for_lines()[1].mapped("balance"))

    def _get_refusal_to_cancel(self):
        # EXTENDS
        self.ensure_one()
        if self.move_id.inalterable_hash:
            return self.env._("Its journal entry is secured.")
        if locks := self._get_open_balance_lock_message(self.company_id, self.journal_id, self.date):
            return self.env._("Its date is locked: %(locks)s.", locks=locks)
        return False

    def _cancel_open_balance(self):
        self.action_cancel()

    def _reverse_open_balance(self):
        """Payment and reversal are reconciled with each other."""
        self.move_id._reverse_moves([payment._prepare_reversal_vals() for payment in self], cancel=True)

    def _get_reversal(self):
        return self.move_id.reversal_move_ids.filtered(lambda move: move.state == "posted").sorted("id")[-1:]

    def _prepare_reversal_vals(self):
        """Values of the reversal entry: today, or the first date that is not locked."""
        self.ensure_one()
        date = fields.Date.context_today(self)
        locks = self.company_id._get_violated_lock_dates(date, False, self.journal_id)
        if locks:
            date = fields.Date.add(locks[-1][0], days=1)
        return {
            "date": date,
            "ref": self.env._("Reversal of: %(payment)s, %(memo)s", payment=self.name, memo=self.memo or ""),
        }
