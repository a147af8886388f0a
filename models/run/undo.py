"""Undo of a run, with its three buckets: undone, reversed, kept."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ..ledger.account_payment import Allocation
from ..ledger.halves import is_own_fault
from ..open_balance_import_line import BOOKING_ACTIONS
from .booking import DIRECT_LIMIT, DOCUMENTS_AT_A_TIME


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    undone_by_id = fields.Many2one("res.users", "Undone by", readonly=True, copy=False)

    def _start_undo(self):
        """Undo at once when the run is small, else in the background. A run that came to a halt can be undone too."""
        self.ensure_one()
        self._lock_run()
        self._check_state("done", "running")
        self.check_access("write")
        self._check_branches_of_lines()
        in_background = self._get_list()._count_to_undo(self) > DIRECT_LIMIT
        if in_background:
            self._check_user_of_job()
        self._note({"state": "running", "undone_by_id": self.env.uid})
        # From now on a result says what Undo kept, and why.
        self.env["open.balance.import.line"].search(
            [("import_id", "=", self.id), ("state", "=", "done"), ("result", "!=", False)]
        )._note({"result": False})
        if in_background:
            # Starting the background job is no right of an invoicing user.
            self.env.ref("account_open_balance.ir_cron_apply").sudo()._trigger()
        else:
            self._in_company()._apply_undo()

    def _apply_undo(self):
        """Take back what the run booked; what was changed by hand since is kept, and says why.

        What somebody else is changing is tried again when the others are through.
        """
        for _round in range(2):
            for lines in self._get_lines_to_undo():
                self._apply_undo_lines(lines)
        self._keep_busy()
        self._get_list()._apply_undo_rest(self)
        self._search_lines("done", payment_id=[False]).filtered(lambda line: not line.result)._note({"state": "undone"})
        self._search_lines("planned")._note({"state": "skipped"})
        self._apply_undo_partner_balances()
        self._note({"state": "undone", "undo_result": self._get_list()._count_undone(self)})
        self.message_post(body=self._get_list()._get_undo_sentence(self), message_type="comment")

    def _apply_undo_in_background(self) -> bool:
        """Undo with a commit after each chunk.

        :return: whether there is time left for another run
        """
        for lines in self._get_lines_to_undo():
            if not self._is_still_running(undo=True):
                return True
            done = self._apply_undo_lines(lines)
            left = self._commit_done(done)
            self.env.invalidate_all()
            # As in _apply_in_background.
            if done and not left:
                return False
        self._wait_for_others(any(self._get_lines_to_undo()))
        if self._is_still_running(undo=True):
            self._apply_undo()
        return bool(self._commit_done(1))

    def _apply_undo_lines(self, lines) -> int:
        """Undo the payments and documents of some lines that are the run's own, but for those that somebody else is
        changing.

        :return: number of the others
        """
        own = lines._filter_own()
        free = lines.browse().union(*self._filter_free(own._group_by_entry()))
        self._get_list()._apply_undo(free)
        return len(free)

    def _get_lines_to_undo(self):
        """The lines whose bookings are still to be undone, so many documents at a time, each document's together.

        :rtype: Iterator[open.balance.import.line]
        """
        list_ = self._get_list()
        for keys in split_every(DOCUMENTS_AT_A_TIME, list_._get_keys_to_undo(self)):
            yield list_._get_lines_to_undo(self, keys)

    def _get_order(self) -> tuple:
        """What sorts runs so that the one which was applied last comes last."""
        return (fields.Datetime.to_string(self.applied_on) or "", self.id)


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    reopened_payment_id = fields.Many2one(
        "account.payment",
        "Payment Taken Back",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The payment of the document's paid part, when a later list said that more of it is open.",
    )

    def _apply_undo_payments(self):
        """Undo the payments of these lines, and settle again what a line had reopened; what is kept says why."""
        paid = self.filtered("payment_id")
        result = paid.payment_id._undo_open_balance()
        for line in paid:
            if line.payment_id in result.kept:
                line._note({"result": result.kept[line.payment_id]})
            else:
                reversed_ = line.payment_id in result.reversed
                line._note({"state": "undone", "result": self.env._("Reversed") if reversed_ else False})
        kept = paid.filtered(lambda line: line.payment_id in result.kept)
        for move, group in self.filtered("undo_payment_ids").grouped("move_id").items():
            replaced = group.filtered(lambda line: line.action == "cancel") if move in kept.move_id else self.browse()
            replaced._note({"state": "undone", "result": self.env._("What took the payment's place was kept.")})
            (group - kept - replaced)._apply_undo_reopen()
        (self - paid).filtered(lambda line: line.action in BOOKING_ACTIONS)._note({"state": "undone"})

    def _set_reopened(self, run):
        """Note that a later list has taken back the payments that these lines booked.

        What Undo of its own run had kept stays so: that is how it stood before the later list.
        """
        taken = self.filtered(lambda line: line.import_id.state != "undone")
        taken._note({"state": "undone", "result": self.env._("Reopened by %(run)s", run=run.name)})

    def _get_reopened_domain(self, payment) -> Domain:
        """The lines that had booked a payment before a later list took it back."""
        kept = Domain("state", "=", "done") & Domain("import_id.state", "=", "undone")
        taken = Domain("payment_id", "=", payment.id) & (Domain("state", "=", "undone") | kept)
        return taken | Domain("reopened_payment_id", "=", payment.id)

    def _apply_undo_reopen(self):
        """Book again what the document was paid before it was reopened, for the runs that still stand."""
        for payment, earlier in self._get_payments_to_restore():
            loosened = self.filtered(lambda line, payment=payment: line._had_loosened(payment))
            reason = "" if loosened else self._get_refusal_to_restore(payment)
            try:
                with self.env.cr.savepoint():
                    book = loosened._book_loose_again if loosened else self._book_again
                    again = None if reason else book(payment)
            except UserError as error:
                if not is_own_fault(error):
                    raise
                reason = self.env._("It cannot be put back: %(reason)s", reason=error.args[0])
            if reason:
                self._note({"result": reason})
            else:
                # Lists to come, and Undo of the earlier run, find the payment where they look for it.
                earlier._set_booked_again(again)
        self._note({"state": "undone"})

    def _get_payments_to_restore(self) -> list[tuple]:
        """The payments that these lines took back from runs that still stand, or whose Undo had kept them, each with
        the lines that had booked it.

        Of a run that was undone since, what it had taken back itself comes in its payment's place.
        """
        found = {}
        seen = waiting = self.undo_payment_ids
        while waiting:
            following = waiting.browse()
            for payment in waiting:
                earlier = self.search(self._get_reopened_domain(payment))
                standing = earlier.filtered(
                    lambda line, payment=payment: (
                        line.import_id.state == "done" or (line.payment_id == payment and line.state == "done")
                    )
                )
                if standing:
                    found[payment] = standing
                following |= (earlier - standing).undo_payment_ids
            waiting = following - seen
            seen |= waiting
        return sorted(found.items(), key=lambda pair: pair[0].id)

    def _get_refusal_to_restore(self, payment) -> str:
        """Why a payment is not booked again: less would be open than the last run applied later says; or ""."""
        lines = self.search(
            [
                ("move_id", "=", self.move_id.id),
                ("action", "in", ("keep", *BOOKING_ACTIONS)),
                ("state", "in", ("done", "undone")),
                ("import_id.state", "=", "done"),
            ]
        )
        later = lines.import_id.filtered(lambda run: run._get_order() > self.import_id._get_order())
        if not later:
            return ""
        run = max(later, key=lambda run: run._get_order())
        said = sum(lines.filtered(lambda line: line.import_id == run).mapped("reported_balance"))
        rest = sum(self.move_id._get_open_balance_lines().mapped("amount_residual_currency"))
        rest -= payment._get_signed_booking()
        currency = payment.currency_id
        inbound = payment.payment_type == "inbound"
        if currency.compare_amounts(rest if inbound else -rest, said if inbound else -said) >= 0:
            return ""
        return self.env._(
            "Not paid again: %(run)s says that %(balance)s is open.", run=run.name, balance=currency.format(said)
        )

    def _set_booked_again(self, payment):
        """Note the payment that stands for the one which a later list had taken back."""
        self._note({"payment_id": payment.id, "reopened_payment_id": False, "state": "done", "result": False})

    def _had_loosened(self, payment) -> bool:
        """Whether this line took a payment back that no longer settled what it was booked for."""
        return payment in self.undo_payment_ids and self.reason_code.startswith("loose_")

    def _book_loose_again(self, payment):
        """Book a loose payment that was taken back once more: it settles what it did then, and is loose again.

        :param self: the line that had taken it back
        :rtype: account.payment
        """
        due_lines = self.move_id._get_open_balance_lines()
        if due_lines.currency_id != payment.currency_id:
            raise UserError(self.env._("Its document is gone or has another currency."))
        currency = payment.currency_id
        signed = payment._get_signed_booking()
        settled = sum(due_lines.mapped("amount_residual_currency")) - self.booked_balance
        settled = currency.round(min(settled, signed, key=abs) if settled * signed > 0 else 0.0)
        allocations = [] if currency.is_zero(settled) else self._spread(settled)
        again = self._book_in_place(payment, allocations)
        # What is remembered of the booking is nobody's to write.
        again.sudo().open_balance_booking = {
            **again.open_balance_booking,
            "lines": payment.open_balance_booking["lines"],
        }
        return again

    def _book_again(self, payment):
        """Book a payment that was taken back once more: the same amounts on the same due lines.

        :param self: the lines that had reopened the document
        :rtype: account.payment
        """
        allocations = [
            Allocation(self.env["account.move.line"].browse(line_id), amount)
            for line_id, amount in payment.open_balance_booking["lines"]
        ]
        return self._book_in_place(payment, allocations)

    def _book_in_place(self, payment, allocations):
        """Book a payment that was taken back once more: on its date if that is open; what is left over stays as credit.

        :param list[Allocation] allocations: what it takes off which due lines
        :rtype: account.payment
        """
        signed = payment._get_signed_booking()
        excess = payment.currency_id.round(signed - sum(allocation.amount for allocation in allocations))
        if not payment.currency_id.is_zero(excess):
            parts = payment._split_allocations(allocations)
            company_excess = payment._get_signed_company_amount() - sum(part[2] for part in parts)
            last = allocations.pop() if allocations else Allocation(self.move_id._get_open_balance_lines()[-1], 0.0)
            allocations.append(last._replace(excess=excess, company_excess=company_excess))
        vals = {
            **self._prepare_payment_vals(),
            "journal_id": payment.journal_id.id,
            "payment_type": payment.payment_type,
            "amount": abs(signed),
            "memo": payment.memo,
        }
        if not payment._get_open_balance_lock_message(payment.company_id, payment.journal_id, payment.date):
            vals["date"] = payment.date
        return payment.browse()._book_open_balance([vals], [allocations])
