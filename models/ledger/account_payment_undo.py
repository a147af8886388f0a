from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools.misc import format_date


class UndoResult(NamedTuple):
    """What became of each payment of an undo; every payment is in exactly one of the three."""

    undone: "models.BaseModel"
    """Unreconciled and cancelled."""
    reversed: dict
    """``{payment: (reversal entry, reason)}``: cancelling was refused. Payment and reversal settle each other."""
    kept: dict
    """``{payment: reason}``: left alone, since a person changed it or neither way was possible."""


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # === UNDO === #

    def _undo_open_balance(self, documents=None):
        """Take payments of an import back, so that their documents have open again what they had before.

        A payment is unreconciled and cancelled. Where that is refused (lock date, hashed entry, a reminder that was
        sent) it is unreconciled and reversed, today or on the first open date. A payment that was changed by hand since
        is kept. All is done in vectors; only where one payment is refused are the others tried in smaller groups.

        :param account.move documents: a later list has judged these with what the payments settle of them now:
            a payment that was matched otherwise is kept only if it was matched with others
        :return: three buckets, with reasons in the user's language
        :rtype: UndoResult
        """
        env = self.env
        existing = self.exists()
        kept = {payment: env._("It was deleted.") for payment in self - existing}
        payments = existing.with_context(tracking_disable=True)
        kept.update({payment: reason for payment in payments if (reason := payment._get_change_by_hand(documents))})
        payments = payments.browse([payment.id for payment in payments if payment not in kept])
        refused = {payment: reason for payment in payments if (reason := payment._get_refusal_to_cancel())}
        to_cancel = payments.browse([payment.id for payment in payments if payment not in refused])
        refused.update(to_cancel._cancel_open_balance())
        reversals, failed = payments.browse([payment.id for payment in refused])._reverse_open_balance(refused)
        undone = payments.browse([payment.id for payment in payments if payment not in refused])
        return UndoResult(
            undone.with_env(env),
            {payment.with_env(env): (move.with_env(env), reason) for payment, (move, reason) in reversals.items()},
            {payment.with_env(env): reason for payment, reason in {**kept, **failed}.items()},
        )

    def _reopen_open_balance(self):
        """Take payments back within a booking, where each of them must go.

        :return: as ``_undo_open_balance``, with nothing kept
        :rtype: UndoResult
        :raise UserError: if one would be kept; names it
        """
        result = self._undo_open_balance()
        for payment, reason in result.kept.items():
            raise UserError(
                self.env._(
                    "%(payment)s cannot be taken back: %(reason)s",
                    payment=payment.name if payment.exists() else payment.id,
                    reason=reason,
                )
            )
        return result

    def _get_change_by_hand(self, documents=None):
        """Say what a person changed on a payment since the import booked it.

        :param account.move documents: see ``_undo_open_balance``
        :return: a sentence, False if it is as it was booked
        :rtype: str | bool
        """
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

    def _get_refusal_to_cancel(self):
        """A sentence if Odoo is sure to refuse to cancel the payment, so that it need not be tried, else False."""
        self.ensure_one()
        if self.move_id.inalterable_hash:
            return self.env._("Its journal entry is secured.")
        if locks := self._get_open_balance_lock_message(self.company_id, self.journal_id, self.date):
            return self.env._("Its date is locked: %(locks)s.", locks=locks)
        return False

    def _cancel_open_balance(self):
        """Unreconcile and cancel, all at once if nobody objects, else in halves.

        :return: the payments for which it is refused, and why; these are as they were
        :rtype: dict[account.payment, str]
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                self.action_cancel()
        except (AccessError, LockError):
            raise  # says something about the user or the moment, not about the payment
        except UserError as error:
            if len(self) == 1:
                return {self: str(error)}
        else:
            return {}
        half = len(self) // 2
        return {**self[:half]._cancel_open_balance(), **self[half:]._cancel_open_balance()}

    def _reverse_open_balance(self, refusals):
        """Unreconcile from the documents, reverse, and reconcile payment and reversal with each other.

        :param dict refusals: per payment why it cannot be cancelled
        :return: ``{payment: (reversal entry, reason)}`` and, where that is refused as well, ``{payment: reason}``
        :rtype: tuple[dict, dict]
        """
        if not self:
            return {}, {}
        try:
            with self.env.cr.savepoint():
                moves = self.move_id._reverse_moves([payment._prepare_reversal_vals() for payment in self], cancel=True)
        except (AccessError, LockError):
            raise  # as in _cancel_open_balance
        except UserError as error:
            if len(self) == 1:
                return {}, {self: f"{refusals[self]} {error}"}
        else:
            return {
                payment: (move, payment._get_reversal_reason(move, refusals[payment]))
                for payment, move in zip(self, moves, strict=True)
            }, {}
        half = len(self) // 2
        first, second = self[:half]._reverse_open_balance(refusals), self[half:]._reverse_open_balance(refusals)
        return {**first[0], **second[0]}, {**first[1], **second[1]}

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

    def _get_reversal_reason(self, move, refusal):
        """Say why a payment was reversed, by which entry and on which date."""
        return self.env._(
            "%(refusal)s Reversed by %(entry)s on %(date)s.",
            refusal=refusal,
            entry=move.name,
            date=format_date(self.env, move.date),
        )
