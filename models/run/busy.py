"""What somebody else works on while a run books: tried again, then said. And a job that ends what it has begun."""

import time

from psycopg2.errors import OperationalError

from odoo import api, models
from odoo.exceptions import LockError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

# Seconds between two tries of a background job, while another transaction is in its way.
WAITS = (1, 2, 4)


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    # === THE RUN OR DOCUMENTS IN OTHER HANDS === #

    def _lock_run(self):
        """Keep others from starting and undoing the run until this transaction ends.

        :raise LockError: if somebody else holds it, as whoever books it or posts documents of an opening run's partners
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            raise LockError(
                self.env._(
                    "Somebody else works with %(run)s at this moment: it is being started, booked or undone. Nothing "
                    "was done now: look at it again in a moment.",
                    run=self.name,
                )
            )
        self.invalidate_recordset(["state", "undone_by_id"])

    @api.model
    def _filter_free(self, groups) -> list:
        """The groups whose documents and payments no other transaction changes; these are locked until this one ends.

        :param groups: lines by document
        """
        moves = self.env["account.move"].union(*(group._get_moves_to_lock() for group in groups))
        # Whoever only refers to a document, as a new payment of another one may do, is in nobody's way.
        held = moves - moves.try_lock_for_update(allow_referencing=True)
        return [group for group in groups if not held or not group._get_moves_to_lock() & held]

    def _fail_busy(self):
        """What is still to be booked after two rounds is held by somebody else: say so."""
        list_ = self._get_list()
        for group in list_._group_lines_to_book(self, list_._get_keys_to_book(self)):
            group._note({"state": "failed", "result": group._get_busy_message()})

    def _keep_busy(self):
        """What is still to be undone after two rounds is held by somebody else: it is kept, and says so."""
        for lines in self._get_lines_to_undo():
            for group in lines._group_by_entry():
                kept = group.filtered(lambda line: line.state == "done" and not line.result)
                kept._note({"result": group._get_busy_message()})

    # === THE BACKGROUND JOB === #

    def _go_on_patiently(self) -> bool:
        """Go on with the run from its last commit, a few times if other transactions come in between.

        :return: whether there is time left for another run
        """
        for seconds in WAITS:
            try:
                free = self.try_lock_for_update().filtered(lambda run: run.state == "running")
                return not free or free._go_on()
            except (LockError, OperationalError) as error:
                if not isinstance(error, (LockError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)):
                    raise
                self.env.cr.rollback()
                time.sleep(seconds)
        # The job knows that something is left, and comes back at once.
        return True

    @api.model
    def _wait_for_others(self, busy: bool):
        """Wait a moment before what somebody else holds is tried again; nothing is locked meanwhile."""
        if busy:
            time.sleep(WAITS[0])

    @api.model
    def _commit_done(self, processed=0) -> float:
        """Commit what the job has done, and say what is left of all started runs: until nothing is, it is called again.

        :param int processed: lines, documents or runs
        :return: seconds left
        """
        # Progress belongs to the job, not to the user on whose behalf it works.
        runs = self.sudo().search([("state", "=", "running")])
        return self.env["ir.cron"].sudo()._commit_progress(processed, remaining=sum(run._count_left() for run in runs))

    def _count_left(self) -> int:
        """How many lines are still to be booked or undone, and one for what follows them: balances, external items."""
        waiting = [("state", "=", "done"), ("result", "=", False)] if self.undone_by_id else [("state", "=", "planned")]
        return 1 + self.env["open.balance.import.line"].search_count(
            [("import_id", "=", self.id), ("action", "in", self._get_list()._booking_actions), *waiting]
        )


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _get_moves_to_lock(self):
        """The documents and payments that booking or undoing these lines changes.

        :rtype: account.move
        """
        return self.move_id | (self.payment_id | self.undo_payment_ids).move_id

    def _group_by_entry(self) -> list:
        """These lines by the document or payment that they stand for."""
        return list(self.grouped(lambda line: line.move_id or line.payment_id.move_id).values())

    def _get_busy_message(self) -> str:
        """Why nothing was done for these lines, which are of one document."""
        names = (self.move_id or self.payment_id.move_id).mapped("display_name")
        return self.env._(
            "%(document)s was being changed by somebody else at that moment, twice: it was left as it is.",
            document=", ".join(names) or self[0].number or self[0].partner_id.display_name,
        )
