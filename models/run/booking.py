"""The run's way from the plan to the books. Only ``_apply*`` methods book; only the cron commits."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tools import split_every

from ..ledger.account_payment import Allocation
from ..ledger.halves import in_halves

# A run with more documents to book than this goes to the background.
DIRECT_LIMIT = 300
# Documents booked and committed at a time.
DOCUMENTS_AT_A_TIME = 500
# All or nothing is one transaction up to so many documents; more would outlive the time that a background job has.
WHOLE_LIMIT = 2000


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _start(self):
        """Start applying: at once when the run is small, else in the background. A second start is refused."""
        self.ensure_one()
        self._lock_run()
        self._check_state("planned")
        self._get_list()._check_start(self)
        self._check_may_book()
        self._check_newest()
        in_background = len(self._get_list()._get_keys_to_book(self)) > DIRECT_LIMIT
        if in_background:
            self._check_user_of_job()
        self._note({"state": "running", "applied_by_id": self.env.uid, "applied_on": fields.Datetime.now()})
        if in_background:
            # Starting the background job is no right of an invoicing user.
            self.env.ref("account_open_balance.ir_cron_apply").sudo()._trigger()
        else:
            self._in_company()._apply()

    def _apply(self):
        """Book the whole plan in this transaction."""
        if self.source_id.all_or_nothing:
            return self._apply_all_or_nothing()
        self._apply_chunks()
        return self._apply_rest()

    def _apply_chunks(self):
        """Book all documents of the plan, some at a time, so that memory stays flat.

        Those that somebody else was changing are tried again when the others are through.
        """
        list_ = self._get_list()
        for _round in range(2):
            for keys in split_every(DOCUMENTS_AT_A_TIME, list_._get_keys_to_book(self)):
                self._apply_documents(keys)
                self.env.invalidate_all()
        self._fail_busy()

    def _apply_all_or_nothing(self):
        """Book everything, or nothing and say which documents were in the way."""
        with self.env.cr.savepoint() as savepoint:
            self._apply_chunks()
            self._apply_rest()
            failed = {line.id: line.result for line in self._search_lines("failed")}
            if failed:
                savepoint.rollback()
        if failed:
            self._tell_nothing_booked(failed)

    def _tell_nothing_booked(self, failed: dict[int, str]):
        """Put the run back to planned, with the reasons on the lines.

        :param failed: reason by line id; the savepoint took the lines' own away with the bookings
        """
        for line in self.env["open.balance.import.line"].browse(failed):
            line._note({"result": failed[line.id]})
        self._note({"state": "planned"})
        self.message_post(
            body=self.env._("Nothing was booked: %(count)s lines cannot be booked.", count=len(failed)),
            message_type="comment",
        )

    def _apply_documents(self, keys) -> int:
        """Book the lines of some documents in one vector; if that fails, what cannot be booked says why.

        Lines of documents that somebody else is changing stay planned.

        :param keys: some of ``_get_keys_to_book`` of the kind of list
        :return: number of documents that were free
        """
        list_ = self._get_list()
        list_._prepare_to_book(self, keys)
        groups = self._filter_free(list_._group_lines_to_book(self, keys))
        for group, reason in in_halves(self.env.cr, groups, lambda some: list_._apply_groups(self, some)):
            group._note({"state": "failed", "result": reason})
        return len(groups)

    def _apply_rest(self):
        """What is no document, numbers to remember, partners' balances; then the run is done."""
        self._apply_foreign()
        list_ = self._get_list()
        list_._apply_rest(self)
        self._search_lines("planned", remember_number=[True])._remember_numbers()
        self._search_lines("planned", action=("review", "skip"))._note({"state": "skipped"})
        self._search_lines("planned")._note({"state": "done"})
        list_._apply_figures(self)
        self._note({"state": "done"})
        self.message_post(body=self._get_result_sentence(), message_type="comment")
        self._after_applied()

    def _search_lines(self, state, **values):
        """Lines of the run in a state, by search: a long run's lines are never all in memory.

        :param values: field -> the values that it may have
        :rtype: open.balance.import.line
        """
        return self.env["open.balance.import.line"].search(
            [("import_id", "=", self.id), ("state", "=", state), *((name, "in", some) for name, some in values.items())]
        )

    @api.model
    def _cron_apply(self):
        """Go on with the runs that were started: committed chunks, resumable after a crash."""
        runs = self.search([("state", "=", "running")], order="applied_on")
        self._commit_done()
        broken = None
        for run in runs:
            try:
                user = run.undone_by_id or run.applied_by_id
                has_time = run._go_on_patiently()
                run._after_background(user)
                self._commit_done()
                if not has_time:
                    break
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with one run, the others need not wait for it: the job fails when they are through.
                self.env.cr.rollback()
                run.message_post(body=self.env._("It came to a halt: %(error)s", error=error), message_type="comment")
                self._commit_done()
                broken = broken or error
        if broken:
            raise broken

    def _go_on(self) -> bool:
        """Apply or undo in the background, with the rights of the person who asked for it.

        :return: whether there is time left for another run
        """
        user = self.undone_by_id or self.applied_by_id
        reason = self._get_refusal(user) or self.with_user(user)._get_obstacle()
        if reason:
            self._end_job(reason)
            return bool(self._commit_done(1))
        run = self.with_user(user)._in_company()
        try:
            return run._apply_undo_in_background() if self.undone_by_id else run._apply_in_background()
        except (AccessError, RedirectWarning) as error:
            # No document's fault, see is_own_fault: the same would be said of each of them, and at each call.
            self.env.cr.rollback()
            self.env.invalidate_all()
            self._end_job(str(error.args[0]))
            return bool(self._commit_done(1))

    def _apply_in_background(self) -> bool:
        """Apply with a commit after each chunk; the chunk's lines and payments are committed together.

        :return: whether there is time left for another run
        """
        keys = self._get_list()._get_keys_to_book(self)
        if self.source_id.all_or_nothing and len(keys) <= WHOLE_LIMIT and not self._search_lines("done"):
            self._apply()
            return bool(self._commit_done(len(keys) + 1))
        for some in split_every(DOCUMENTS_AT_A_TIME, keys):
            if not self._is_still_running():
                return True
            if self._must_take_back():
                return self._apply_taking_back()
            done = self._apply_documents(some)
            left = self._commit_done(done)
            self.env.invalidate_all()
            # What is only waiting for others must not be put off for ever.
            if done and not left:
                return False
        self._wait_for_others(bool(self._get_list()._get_keys_to_book(self)))
        if self._is_still_running():
            self._apply_chunks()
            if not self._must_take_back():
                self._apply_rest()
            if self._must_take_back():
                return self._apply_taking_back()
        return bool(self._commit_done(1))

    def _must_take_back(self) -> bool:
        """Whether a line failed that keeps all others from being booked."""
        return self.source_id.all_or_nothing and bool(self._search_lines("failed"))

    def _apply_taking_back(self) -> bool:
        """All or nothing, in a run too long for one transaction: what was booked before a line failed goes again.

        :return: whether there is time left for another run
        """
        self.message_post(
            body=self.env._(
                "%(count)s lines cannot be booked: what was booked before them is taken back.",
                count=len(self._search_lines("failed")),
            ),
            message_type="comment",
        )
        self._note({"state": "running", "undone_by_id": self.env.uid})
        self._commit_done()
        return self._apply_undo_in_background()


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _check_fresh(self) -> bool:
        """Whether the document's residuals are still what they were when the run was planned; stale lines fail."""
        stale = self.filtered(lambda line: line._is_stale())
        if stale:
            self._note({"state": "failed", "result": self._get_stale_message(stale[0])})
        return not stale

    def _is_stale(self) -> bool:
        if not self.payment_amount and not self.undo_payment_ids:
            return False
        if self.action == "cancel":
            return any(payment._get_partials() for payment in self.undo_payment_ids)
        lines = self.due_line_id or self.move_id._get_open_balance_lines()
        residual = sum(lines.mapped("amount_residual_currency"))
        changed = self.move_id.state != "posted" or self.currency_id.compare_amounts(residual, self.booked_balance)
        return bool(changed) or self._is_not_transferred()

    def _get_stale_message(self, line) -> str:
        """Why a line cannot be applied any more."""
        if line._is_not_transferred():
            return self.env._(
                "The transfer of %(document)s was taken back since the preview. Plan again.",
                document=line.move_id.display_name,
            )
        lines = line.due_line_id or line.move_id._get_open_balance_lines()
        return self.env._(
            "%(document)s has changed since the preview: %(before)s was open then, %(now)s is open now. Plan again.",
            document=line.move_id.display_name,
            before=line.currency_id.format(line.booked_balance),
            now=line.currency_id.format(sum(lines.mapped("amount_residual_currency"))),
        )

    def _prepare_payment_vals(self) -> dict:
        """Values of the payment of these lines' document. Extension point.

        :param self: the lines of one document
        :return: values of ``account.payment``, without amount and allocation
        """
        move = self.move_id
        run = self.import_id
        amount = sum(self.mapped("payment_amount"))
        # Of the due lines: an entry's own is the company's.
        currency = move._get_open_balance_lines()[:1].currency_id
        return {
            "payment_type": "inbound" if amount > 0 else "outbound",
            "partner_type": "supplier" if move._get_open_balance_kind() == "payable" else "customer",
            "partner_id": move.commercial_partner_id.id,
            "company_id": move.company_id.id,
            "currency_id": currency.id,
            "journal_id": run.source_id._get_journal().id,
            "date": run._get_payment_date(move),
            "amount": currency.round(abs(amount)),
            "memo": self.env._("%(document)s, %(run)s", document=move.name, run=run.name),
            **run._get_list()._get_payment_vals(self),
        }

    def _get_allocations(self) -> list[Allocation]:
        """How the payment of these lines' document is allocated to its due lines."""
        named = [
            Allocation(line.due_line_id, line.payment_amount)
            for line in self
            if line.due_line_id and not line.currency_id.is_zero(line.payment_amount)
        ]
        return named or self._spread(sum(self.mapped("payment_amount")))

    def _spread(self, amount: float) -> list[Allocation]:
        """Spread a payment over the document's due lines: what the list names as open last, the others oldest first.

        :param amount: document's currency, ledger sign of the document; what exceeds the residual stays as credit
        """
        # A payment that is cancelled says nothing of due dates.
        due_dates = self.filtered(lambda line: line.action != "cancel").mapped("due_date")
        due_lines = self.move_id._get_open_balance_lines().sorted(
            lambda due: (due.date_maturity in due_dates, due.date_maturity or due.date, due.id)
        )
        currency = due_lines[:1].currency_id
        allocations = []
        for due in due_lines:
            part = min(amount, due.amount_residual_currency, key=abs)
            if not currency.is_zero(part) and part * amount > 0:
                allocations.append(Allocation(due, part))
                amount = currency.round(amount - part)
        if not currency.is_zero(amount):
            last = allocations.pop() if allocations else Allocation(due_lines[-1], 0.0)
            allocations.append(last._replace(excess=amount))
        return allocations

    def _apply_reopen(self):
        """Undo the earlier payments that a line names, and mark the lines that booked them."""
        payments = self.undo_payment_ids
        result = payments._undo_open_balance(self.move_id)
        if result.kept:
            raise UserError(next(iter(result.kept.values())))
        earlier = self.search([("payment_id", "in", payments.ids), ("state", "=", "done")])
        for line in self:
            taken = earlier.filtered(lambda old, line=line: old.payment_id in line.undo_payment_ids)
            for per, lines in taken.grouped(lambda old: old.import_id.per).items():
                self.env["open.balance.list"]._of(per)._set_reopened(lines, line.import_id)
