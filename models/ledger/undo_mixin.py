"""What an import has booked is taken back: cancelled, or reversed where that is refused, or kept."""

from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .halves import in_halves


class UndoResult(NamedTuple):
    """What became of each record of an undo; every record is in exactly one of the three."""

    undone: "models.BaseModel"
    """Unreconciled and cancelled."""
    reversed: dict
    """``{record: (reversal entry, reason)}``: cancelling was refused. Record and reversal settle each other."""
    kept: dict
    """``{record: reason}``: left alone, since a person changed it or neither way was possible."""


class OpenBalanceUndo(models.AbstractModel):
    """Documents and payments that an import can take back."""

    _name = "open.balance.undo"
    _description = "Undo of What an Import Booked"

    def _undo_open_balance(self, documents=None) -> UndoResult:
        """Take what an import has booked back, so that there is open again what was open before.

        It is unreconciled and cancelled. Where that is refused (lock date, hashed entry, a reminder that was sent) it
        is unreconciled and reversed, today or on the first open date. What was changed by hand since is kept. All is
        done in vectors; only where one record is refused are the others tried in smaller groups.

        :param account.move documents: a later list has judged these with what the payments settle of them now:
            a payment that was matched otherwise is kept only if it was matched with others
        :return: three buckets, with reasons in the user's language
        """
        env = self.env
        existing = self.exists()
        kept = {record: env._("It was deleted.") for record in self - existing}
        records = existing.with_context(tracking_disable=True)
        kept.update({record: reason for record in records if (reason := record._get_change_by_hand(documents))})
        records = records.browse([record.id for record in records if record not in kept])
        refused = records._try_to_cancel_open_balance()
        reversals, failed = records.browse([record.id for record in refused])._try_to_reverse_open_balance(refused)
        kept |= failed
        undone = records.browse([record.id for record in records if record not in refused])
        return UndoResult(
            undone.with_env(env),
            {record.with_env(env): (entry.with_env(env), reason) for record, (entry, reason) in reversals.items()},
            {record.with_env(env): reason for record, reason in kept.items()},
        )

    def _try_to_cancel_open_balance(self) -> dict:
        """Cancel those of which that is not refused.

        :return: ``{record: reason}`` of the others
        """
        refused = {record: reason for record in self if (reason := record._get_refusal_to_cancel())}
        to_cancel = self.browse([record.id for record in self if record not in refused])
        refused.update(in_halves(self.env.cr, to_cancel, lambda some: some._cancel_open_balance()))
        return refused

    def _try_to_reverse_open_balance(self, refused) -> tuple[dict, dict]:
        """Reverse those of which that is not refused as well.

        :param dict refused: ``{record: reason}``, why they were not cancelled
        :return: ``{record: (reversal entry, reason)}``, and ``{record: both reasons}`` of the others
        """
        failed = dict(in_halves(self.env.cr, self, lambda some: some._reverse_open_balance()))
        reversals = {
            record: record._get_reversal_and_reason(refused[record]) for record in self if record not in failed
        }
        return reversals, {record: f"{refused[record]} {reason}" for record, reason in failed.items()}

    def _reopen_open_balance(self) -> UndoResult:
        """Take back what each of these must go of, within a booking.

        :return: as ``_undo_open_balance``, with nothing kept
        :raise UserError: if one would be kept; names it
        """
        result = self._undo_open_balance()
        for record, reason in result.kept.items():
            raise UserError(
                self.env._(
                    "%(payment)s cannot be taken back: %(reason)s",
                    payment=record.name if record.exists() else record.id,
                    reason=reason,
                )
            )
        return result

    def _get_change_by_hand(self, documents=None):
        """Say what a person changed on a record since the import booked it.

        :param account.move documents: see ``_undo_open_balance``
        :return: a sentence, False if it is as it was booked
        :rtype: str | bool
        """
        return False

    def _get_refusal_to_cancel(self):
        """A sentence if Odoo is sure to refuse to cancel the record, so that it need not be tried, else False."""
        return False

    def _cancel_open_balance(self):
        """Unreconcile and cancel.

        :raise UserError: if it is refused for one of them
        """
        raise NotImplementedError

    def _reverse_open_balance(self):
        """Unreconcile, and settle each by an entry that reverses it.

        :raise UserError: if it is refused for one of them
        """
        raise NotImplementedError

    def _get_reversal(self):
        """The entry that reversed the record.

        :rtype: account.move
        """
        raise NotImplementedError

    def _get_reversal_and_reason(self, refusal) -> tuple:
        """The entry that reversed the record, and why, by which entry and on which date it did."""
        entry = self._get_reversal()
        reason = self.env._(
            "%(refusal)s Reversed by %(entry)s on %(date)s.",
            refusal=refusal,
            entry=entry.name,
            date=format_date(self.env, entry.date),
        )
        return entry, reason
