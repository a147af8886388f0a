from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.sql_db import db_connect
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ...models.run import booking, busy, undo
from ..common import TODAY
from ..common_import import OpenBalanceImportCommon
from ..common_opening_booking import OpeningBookingCommon

SCOPE = "Debtor;Name;Name 2;Credit limit;Internal credit limit;Balance"


class BusyCommon(OpenBalanceImportCommon):
    """Another transaction holds rows while a run works."""

    def setUp(self):
        super().setUp()
        self.waited = []
        self.patch(busy.time, "sleep", self.waited.append)

    @contextmanager
    def _hold(self, *documents, tries=None):
        """Let locks on documents be refused, as they are while another transaction holds them.

        :param int tries: so often; None for always
        """
        held = self.env["account.move"].union(*documents)
        Move = self.env.registry["account.move"]
        lock, refused = Move.try_lock_for_update, []

        def try_lock(moves, **kwargs):
            if moves & held and (tries is None or len(refused) < tries):
                refused.append(moves)
                moves -= held
            return lock(moves, **kwargs)

        with patch.object(Move, "try_lock_for_update", try_lock):
            yield

    def _get_states(self, run):
        run.invalidate_recordset()
        return [(line.number, line.state, line.result or "") for line in run.line_ids.sorted("id")]


def _left_alone(document):
    return f"{document} was being changed by somebody else at that moment, twice: it was left as it is."


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBusyDocuments(BusyCommon):
    """Open item lists: a document that somebody else is changing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = [cls._create_document(cls.customer, 100.0, f"INV/2026/0000{number}") for number in (1, 2, 3)]
        cls.rows = [f"10001;{invoice.name};15.01.2026;40,00" for invoice in cls.invoices]

    def _get_residuals(self):
        return [invoice.amount_residual for invoice in self.invoices]

    def test_document_that_stays_held_fails_alone(self):
        with self._hold(self.invoices[1]):
            run = self._import(self.rows, apply=True)
        self.assertEqual(
            self._get_states(run),
            [
                ("INV/2026/00001", "done", ""),
                ("INV/2026/00002", "failed", _left_alone("INV/2026/00002")),
                ("INV/2026/00003", "done", ""),
            ],
        )
        self.assertEqual((run.state, self._get_residuals()), ("done", [40.0, 100.0, 40.0]))

    def test_document_that_is_free_again_is_booked(self):
        with self._hold(self.invoices[1], tries=1):
            run = self._import(self.rows, apply=True)
        self.assertEqual([state for _number, state, _result in self._get_states(run)], ["done"] * 3)
        self.assertEqual(self._get_residuals(), [40.0, 40.0, 40.0])

    def test_held_document_when_all_or_nothing_is_asked_for(self):
        self.source.all_or_nothing = True
        with self._hold(self.invoices[1]):
            run = self._import(self.rows, apply=True)
        self.assertEqual(
            self._get_states(run),
            [
                ("INV/2026/00001", "planned", ""),
                ("INV/2026/00002", "planned", _left_alone("INV/2026/00002")),
                ("INV/2026/00003", "planned", ""),
            ],
        )
        self.assertEqual((run.state, self._get_residuals()), ("planned", [100.0] * 3))

    def test_undo_keeps_the_payment_of_a_held_document_alone(self):
        run = self._import(self.rows, apply=True)
        with self._hold(self.invoices[1]):
            run.action_undo()
        self.assertEqual(
            self._get_states(run),
            [
                ("INV/2026/00001", "undone", ""),
                ("INV/2026/00002", "done", _left_alone("INV/2026/00002")),
                ("INV/2026/00003", "undone", ""),
            ],
        )
        self.assertEqual((run.state, run.undo_result), ("undone", {"undone": 2, "reversed": 0, "kept": 1}))
        self.assertEqual(self._get_residuals(), [100.0, 40.0, 100.0])

    def test_undo_of_a_document_that_is_free_again(self):
        run = self._import(self.rows, apply=True)
        with self._hold(run.line_ids.payment_id[2].move_id, tries=1):
            run.action_undo()
        self.assertEqual(run.undo_result, {"undone": 3, "reversed": 0, "kept": 0})
        self.assertEqual(self._get_residuals(), [100.0] * 3)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBusyJob(BusyCommon):
    """The background job: it goes on until its runs have ended, and waits for others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = [cls._create_document(cls.customer, 100.0, f"INV/2026/0000{number}") for number in (1, 2, 3)]
        cls.rows = [f"10001;{invoice.name};15.01.2026;40,00" for invoice in cls.invoices]
        cls.rows.append("10002;X-1;15.01.2026;5,00")

    def setUp(self):
        super().setUp()
        for module, name, value in (
            (booking, "DIRECT_LIMIT", 1),
            (booking, "DOCUMENTS_AT_A_TIME", 2),
            (undo, "DIRECT_LIMIT", 1),
            (undo, "DOCUMENTS_AT_A_TIME", 2),
        ):
            self.patch(module, name, value)

    def _call_job_to_the_end(self, runs):
        for _call in range(9):
            if "running" in runs.mapped("state"):
                self._call_job()
        self.assertNotIn("running", runs.mapped("state"))

    def _call_job(self):
        """Call the job once, with no time left after each commit.

        :return: what the job was told to be done, and to be left, at the end
        """
        told = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            cron.env.flush_all()
            told.append((processed, remaining))
            return 0.0

        with patch.object(self.env.registry["ir.cron"], "_commit_progress", commit):
            self.env["open.balance.import"]._cron_apply()
        self.env.invalidate_all()
        return sum(processed for processed, _remaining in told), told[-1][1]

    def test_what_follows_the_last_chunk_is_still_to_be_done(self):
        run = self._import(self.rows, apply=True)
        self.assertEqual([self._call_job() for _call in range(2)], [(2, 2), (1, 1)])
        self.assertEqual((run.state, self._get_balances(self.other_customer)), ("running", (0.0, 0.0, 0.0)))
        self.assertEqual((self._call_job(), run.state), ((1, 0), "done"))
        self.assertEqual(self._get_balances(self.other_customer), (5.0, 0.0, 5.0))
        self.assertEqual(self._get_balances(self.customer), (120.0, 0.0, 120.0))

    def test_undo_is_not_left_at_its_last_chunk(self):
        run = self._import(self.rows, apply=True)
        self._call_job_to_the_end(run)
        run.action_undo()
        self.assertEqual([self._call_job() for _call in range(2)], [(2, 2), (1, 1)])
        self.assertEqual(run.state, "running")
        self.assertEqual((self._call_job(), run.state), ((1, 0), "undone"))
        self.assertEqual([invoice.amount_residual for invoice in self.invoices], [100.0] * 3)
        self.assertFalse(run.line_ids.external_id.active)

    def test_all_started_runs_are_counted(self):
        first = self._import(self.rows, apply=True)
        other = self._create_document(self.other_customer, 100.0, "INV/2026/00009")
        self.source.complete = False
        self.patch(booking, "DIRECT_LIMIT", 0)
        second = self._import(["10002;INV/2026/00009;15.01.2026;40,00"], apply=True)
        self.assertEqual(self._call_job(), (2, 4))
        self._call_job_to_the_end(first + second)
        self.assertEqual(((first + second).mapped("state"), other.amount_residual), (["done", "done"], 40.0))

    def test_held_document_is_tried_again_at_the_end(self):
        run = self._import(self.rows, apply=True)
        with self._hold(self.invoices[0], tries=1):
            self._call_job_to_the_end(run)
        self.assertEqual([invoice.amount_residual for invoice in self.invoices], [40.0] * 3)
        self.assertEqual(run.failed_count, 0)

    def test_held_document_is_waited_for_and_then_named(self):
        run = self._import(self.rows, apply=True)
        with self._hold(self.invoices[0]):
            self._call_job_to_the_end(run)
        self.assertEqual([invoice.amount_residual for invoice in self.invoices], [100.0, 40.0, 40.0])
        self.assertEqual(self._get_states(run)[0], ("INV/2026/00001", "failed", _left_alone("INV/2026/00001")))
        self.assertTrue(self.waited)

    def test_another_transaction_comes_in_between(self):
        run = self._import(self.rows, apply=True)
        self.env.flush_all()
        Run = self.env.registry["open.balance.import"]
        apply_documents, calls = Run._apply_documents, []

        def collide(self, keys):
            calls.append(keys)
            if len(calls) == 1:
                raise SerializationFailure("could not serialize access due to concurrent update")
            return apply_documents(self, keys)

        with patch.object(Run, "_apply_documents", collide), self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, self.waited), ("done", [busy.WAITS[0]]))
        self.assertEqual([invoice.amount_residual for invoice in self.invoices], [40.0] * 3)
        self.assertNotIn("halt", " ".join(run.message_ids.mapped("body")))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBusyPartners(BusyCommon):
    """Balances per debtor: a partner that another transaction, a real one, holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.write({"per": "debtor", "complete": False, "sets_credit_limits": True})
        # Of the data every database has: what this transaction creates, no other one sees.
        cls.held = cls.env.ref("base.main_partner")
        cls.rows = [f"{cls.held.ref};{cls.held.name};;500,00;;10,00", "10001;Azure Interior;;600,00;;20,00"]

    @contextmanager
    def _hold_partner(self):
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(SQL("SELECT id FROM res_partner WHERE id = %s FOR NO KEY UPDATE NOWAIT", self.held.id))
            # Rather an error than a test that waits for ever.
            self.env.cr.execute("SET LOCAL lock_timeout = '5s'")
            yield

    def _import_limits(self):
        run = self._import(self.rows, header=SCOPE)
        line = run.line_ids.filtered(lambda line: line.row == 2)
        line.partner_id = self.held
        run.action_plan()
        return run

    def _get_figures(self):
        return [(partner.credit_limit, self._get_balances(partner)[0]) for partner in (self.held, self.customer)]

    def test_held_partner_fails_alone(self):
        run = self._import_limits()
        with self._hold_partner():
            run.action_apply()
            self.env.flush_all()
        self.assertEqual(
            [(line.state, line.result or "") for line in run.line_ids.sorted("row")],
            [("failed", _left_alone(self.held.display_name)), ("done", "")],
        )
        self.assertEqual((run.state, self._get_figures()), ("done", [(0.0, 0.0), (600.0, 20.0)]))

    def test_undo_keeps_the_limit_of_a_held_partner_alone(self):
        run = self._import_limits()
        run.action_apply()
        self.assertEqual(self._get_figures(), [(500.0, 10.0), (600.0, 20.0)])
        Partner = self.env.registry["res.partner"]
        lock = Partner.try_lock_for_update
        with patch.object(Partner, "try_lock_for_update", lambda self, **kw: lock(self, **kw) - held):
            held = self.held
            run.action_undo()
        self.assertEqual(
            [(line.state, line.result or "") for line in run.line_ids.sorted("row")],
            [("done", _left_alone(self.held.display_name)), ("undone", "")],
        )
        self.assertEqual((run.state, self._get_figures()), ("undone", [(500.0, 0.0), (0.0, 0.0)]))


@tagged("post_install", "-at_install", "open_balance_opening")
class TestBusyOpening(BusyCommon, OpeningBookingCommon):
    """Opening documents that somebody else is changing while they are undone."""

    def test_undo_keeps_a_held_document_alone(self):
        run = self._apply([{"total": 10, "paid": 4, "number": "A"}, {"total": 20, "number": "B"}])
        first, second = run.line_ids.move_id.sorted("open_balance_number")
        with self._hold(first):
            run.action_undo()
        self.assertEqual(self._get_states(run), [("A", "done", _left_alone(first.display_name)), ("B", "undone", "")])
        self.assertEqual((first.state, first.amount_residual, second.state), ("posted", 6.0, "cancel"))
