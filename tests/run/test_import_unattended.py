from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import RecordCapturer, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.account_open_balance.models.run import booking
from odoo.addons.base.models import ir_cron

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

PAY_FIRST = "10001;INV/2026/00001;15.01.2026;40,00"
CRON_LOG = "odoo.addons.base.models.ir_cron"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportInBackground(OpenBalanceImportCommon):
    """Large runs: by Odoo's own cron, in committed chunks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = cls.env["account.move"].union(
            *(cls._create_document(cls.customer, 100.0, f"INV/2026/{number:05}") for number in range(1, 6))
        )
        cls.cron = cls.env.ref("account_open_balance.ir_cron_apply")

    def setUp(self):
        super().setUp()
        for name, value in (("DIRECT_LIMIT", 2), ("DOCUMENTS_AT_A_TIME", 2)):
            self.patch(booking, name, value)

    def _start(self):
        rows = [f"10001;{invoice.name};15.01.2026;40,00" for invoice in self.invoices]
        return self._import([*rows, "10002;X-1;15.01.2026;5,00"], apply=True)

    @contextmanager
    def _interrupt_after(self, chunks):
        """Let a chunk crash as if the server had been stopped."""
        Run = self.env.registry["open.balance.import"]
        apply_documents, calls = Run._apply_documents, []

        def crash(self, move_ids):
            calls.append(move_ids)
            if len(calls) > chunks:
                raise RuntimeError("Stopped by test")
            return apply_documents(self, move_ids)

        with patch.object(Run, "_apply_documents", crash):
            yield

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_large_run_waits_for_the_cron(self):
        with RecordCapturer(self.env["ir.cron.trigger"], [("cron_id", "=", self.cron.id)]) as triggers:
            run = self._start()
        self.assertEqual((run.state, run.applied_by_id, len(triggers.records)), ("running", self.clerk, 1))
        self.assertEqual(set(self.invoices.mapped("amount_residual")), {100.0})

    def test_cron_finishes_it(self):
        run = self._start()
        self._run_cron()
        self.assertEqual((run.state, run.progress), ("done", 100.0))
        self.assertEqual(self.invoices.mapped("amount_residual"), [40.0] * 5)
        self.assertEqual(len(run.line_ids.payment_id), 5)
        self.assertEqual(run.line_ids.payment_id.create_uid, self.clerk)
        self.assertEqual(self._get_balances(self.other_customer), (5.0, 0.0, 5.0))

    def test_run_of_the_limits_size_is_applied_at_once(self):
        self.patch(booking, "DIRECT_LIMIT", 5)
        self.assertEqual(self._start().state, "done")

    @mute_logger(CRON_LOG)
    def test_interrupted_run_has_its_chunks_and_goes_on(self):
        run = self._start()
        with self._interrupt_after(1):
            self._run_cron()
        self.assertEqual((run.state, run.line_ids.mapped("state")), ("running", ["done"] * 2 + ["planned"] * 4))
        self.assertEqual(self.invoices.mapped("amount_residual"), [40.0, 40.0, 100.0, 100.0, 100.0])
        self.assertAlmostEqual(run.progress, 100 / 3, 2)
        self._run_cron()
        self.assertEqual((run.state, run.line_ids.mapped("state")), ("done", ["done"] * 6))
        self.assertEqual(self.invoices.mapped("amount_residual"), [40.0] * 5)
        payments = self.env["account.payment"].search([("journal_id", "=", self.source.journal_id.id)])
        self.assertEqual(payments.sorted("id"), run.line_ids.payment_id.sorted("id"))
        self.assertEqual(payments.mapped("amount"), [60.0] * 5)

    def test_cron_without_time_left_goes_on_later(self):
        run = self._start()
        with patch.object(ir_cron, "MIN_RUNS_PER_JOB", 1), patch.object(ir_cron, "MIN_TIME_PER_JOB", 0):
            self._run_cron()
        self.assertEqual((run.state, run.line_ids.mapped("state").count("done")), ("running", 2))
        self._run_cron()
        self.assertEqual((run.state, self.invoices.mapped("amount_residual")), ("done", [40.0] * 5))

    def test_running_run_is_neither_started_nor_changed(self):
        run = self._start()
        for action in (run.action_apply, run.action_plan, run.action_cancel):
            with self.subTest(action=action.__name__), self.assertRaisesRegex(UserError, "is Running"):
                action()
        with self.assertRaisesRegex(UserError, "lines can no longer be changed"):
            run.line_ids[0].partner_id = self.other_customer

    def test_document_that_changed_while_waiting_fails_alone(self):
        run = self._start()
        self._pay_in_odoo(self.invoices[0], 10.0)
        self._run_cron()
        self.assertEqual((run.state, run.line_ids.mapped("state")), ("done", ["failed"] + ["done"] * 5))
        self.assertEqual(self.invoices.mapped("amount_residual"), [90.0] + [40.0] * 4)

    def test_all_or_nothing_in_the_background(self):
        self.source.all_or_nothing = True
        run = self._start()
        self._pay_in_odoo(self.invoices[4], 10.0)
        self._run_cron()
        self.assertEqual((run.state, set(run.line_ids.mapped("state"))), ("planned", {"planned"}))
        self.assertEqual(self.invoices.mapped("amount_residual"), [100.0] * 4 + [90.0])
        self.assertIn("has changed since the preview", run.line_ids[4].result)

    @mute_logger(CRON_LOG)
    def test_run_that_crashes_does_not_hold_up_the_next_one(self):
        first = self._start()
        other = self._create_document(self.other_customer, 100.0, "INV/2026/00009")
        self.patch(booking, "DIRECT_LIMIT", 0)
        self.source.complete = False
        second = self._import(["10002;INV/2026/00009;15.01.2026;40,00"], apply=True)
        Run = self.env.registry["open.balance.import"]
        apply_documents = Run._apply_documents

        def crash(self, move_ids):
            if self.id == first.id:
                raise RuntimeError("Stopped by test")
            return apply_documents(self, move_ids)

        with patch.object(Run, "_apply_documents", crash):
            self._run_cron()
        self.assertEqual((first.state, second.state, other.amount_residual), ("running", "done", 40.0))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportQueries(OpenBalanceImportCommon):
    """What planning costs: it may grow by the rows that are written, and by nothing else."""

    def _count_planning(self, rows):
        """Number of queries of planning a list anew."""
        run = self._import(rows[:1])
        run.file_ids.content = self._encode("\n".join(["Customer;Voucher Number;Voucher Date;Open Balance", *rows]))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run.action_plan()
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertEqual(len(run.line_ids), len(rows))
        return count

    def test_planning_many_external_items(self):
        rows = [f"10001;X-{number};15.01.2026;{number},00" for number in range(1, 1001)]
        self._count_planning(rows[:10])
        few = self._count_planning(rows[:10])
        many = self._count_planning(rows)
        self.assertLess(many - few, 15, (few, many))  # lines are inserted a hundred at a time

    def test_planning_many_documents(self):
        self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": "2026-01-15",
                    "name": f"INV/2026/{number:05}",
                    "invoice_line_ids": [
                        Command.create({"name": "line", "price_unit": 100.0, "tax_ids": [Command.clear()]})
                    ],
                }
                for number in range(1, 201)
            ]
        ).action_post()
        self.source.complete = False
        rows = [f"10001;INV/2026/{number:05};15.01.2026;40,00" for number in range(1, 201)]
        self._count_planning(rows[:10])
        few = self._count_planning(rows[:10])
        many = self._count_planning(rows)
        self.assertLess(many - few, 5, (few, many))
