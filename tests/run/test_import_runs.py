from unittest.mock import patch

from odoo import Command
from odoo.exceptions import LockError, UserError
from odoo.tests import freeze_time, tagged

from ..common import BALANCE_DATE, TODAY
from ..common_import import OpenBalanceImportCommon

PAY_FIRST = "10001;INV/2026/00001;15.01.2026;40,00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportRuns(OpenBalanceImportCommon):
    """A run from draft to done or undone, and what callers are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    # === STATES === #

    def test_new_run_is_a_draft(self):
        run = self.env(user=self.clerk)["open.balance.import"].create({"source_id": self.source.id})
        self.assertEqual((run.state, run.complete, run.scope), ("draft", True, "ledger"))
        with self.assertRaisesRegex(UserError, "is Draft: this is only possible while it is Planned"):
            run.action_apply()

    def test_run_without_a_file_fails(self):
        run = self.env(user=self.clerk)["open.balance.import"].create({"source_id": self.source.id})
        run.action_plan()
        self.assertEqual((run.state, self._get_problems(run)), ("failed", ["no_file"]))

    def test_planned_run_is_cancelled(self):
        run = self._import([PAY_FIRST])
        run.action_cancel()
        self.assertEqual(run.state, "cancelled")
        for action in (run.action_plan, run.action_apply, run.action_undo, run.action_cancel):
            with self.subTest(action=action.__name__), self.assertRaisesRegex(UserError, "is Cancelled"):
                action()

    def test_done_run_is_undone_once(self):
        run = self._import([PAY_FIRST], apply=True)
        run.action_undo()
        with self.assertRaisesRegex(UserError, "is Undone"):
            run.action_undo()

    def test_planned_run_has_booked_nothing(self):
        run = self._import([PAY_FIRST, "10002;X-1;15.01.2026;5,00"])
        self.assertEqual((run.state, self.invoice.amount_residual), ("planned", 100.0))
        self.assertFalse(run.line_ids.payment_id | self.env["account.payment"].search([("memo", "ilike", "INV/2026")]))
        self.assertFalse(self.env["open.balance.external.item"].search([("import_id", "=", run.id)]))
        self.assertFalse(self.source.journal_id)

    def test_planning_twice_gives_the_same_plan(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import([PAY_FIRST, "4711;X-1;15.01.2026;5,00"])
        before = self._get_rows(run)
        run.action_plan()
        self.assertEqual(self._get_rows(run), before)

    def test_several_files_are_one_list(self):
        bill = self._create_document(self.vendor, 50.0, "RE-1", "in_invoice")
        files = {
            "customers.csv": f"Customer;Voucher Number;Voucher Date;Open Balance\n{PAY_FIRST}",
            "vendors.csv": "Vendor;Voucher Number;Voucher Date;Open Balance\n70001;RE-1;15.01.2026;20,00",
        }
        Run = self.env(user=self.clerk)["open.balance.import"]
        run = Run._create_run(
            [(name, self._encode(content)) for name, content in files.items()], self.source, BALANCE_DATE
        )
        run.action_plan()
        run.action_apply()
        self.assertEqual(
            self._get_rows(run),
            [
                ("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "done", "paid_outside"),
                ("pay", "RE-1", bill.name, -20.0, -50.0, -30.0, "done", "paid_outside"),
            ],
        )
        self.assertEqual((run.planned_cover, run.line_ids.file_id.mapped("name")), ("both", list(files)))

    def test_apply_sentence_says_what_will_be_booked(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import([PAY_FIRST, "10002;X-1;15.01.2026;5,00", "4711;X-2;15.01.2026;5,00"])
        self.assertEqual(
            run.apply_sentence,
            "Apply will book as paid outside: 2 ($\xa0130.00), of which absent from the list: 1; reopen: 0; "
            "create, update or close as external open items: 1. Left for you to review: 1.",
        )

    # === FROZEN === #

    def test_started_run_takes_no_change(self):
        run = self._import([PAY_FIRST], apply=True)
        for vals in (
            {"balance_date": "2026-03-01"},
            {"source_id": self.source.copy({"name": "Other"}).id},
            {"complete": False},
            {"scope": "partners"},
            {"cover": "receivable"},
            {"payables_sign": "ledger"},
            {"file_ids": [Command.clear()]},
            {"line_ids": [Command.clear()]},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "can no longer be changed"):
                run.write(vals)

    def test_lines_and_files_of_a_started_run_stay(self):
        run = self._import([PAY_FIRST], apply=True)
        for records in (run.line_ids, run.file_ids):
            with (
                self.subTest(model=records._name),
                self.assertRaisesRegex(UserError, "can no longer be changed|not allowed to delete"),
            ):
                records.unlink()

    def test_second_start_is_refused_though_the_screen_is_old(self):
        run = self._import([PAY_FIRST])
        run.env.flush_all()
        self.assertEqual(run.state, "planned")
        self.env.cr.execute("UPDATE open_balance_import SET state = 'running' WHERE id = %s", [run.id])
        with self.assertRaisesRegex(UserError, "is Running: this is only possible while it is Planned"):
            run.action_apply()
        self.assertEqual(self.invoice.amount_residual, 100.0)

    def test_start_is_refused_while_another_one_holds_the_run(self):
        run = self._import([PAY_FIRST])
        held = patch.object(type(run), "try_lock_for_update", lambda run, **_options: run.browse())
        with held, self.assertRaisesRegex(LockError, f"Somebody else works with {run.name} at this moment"):
            run.action_apply()
        self.assertEqual((run.state, self.invoice.amount_residual), ("planned", 100.0))
        run.action_apply()
        with held, self.assertRaisesRegex(LockError, f"Somebody else works with {run.name} at this moment"):
            run.action_undo()
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))

    def test_two_runs_of_one_list_book_once(self):
        first, second = self._import([PAY_FIRST]), self._import([PAY_FIRST])
        first.action_apply()
        second.action_apply()
        self.assertEqual((first.line_ids.state, second.line_ids.state), ("done", "failed"))
        self.assertIn("has changed since the preview", second.line_ids.result)
        self.assertEqual(self.invoice.amount_residual, 40.0)

    # === FAILED LINES, UNDO === #

    def _fail_booking_of(self, *names):
        """Patch booking so that payments of these documents are refused."""
        Payment = self.env.registry["account.payment"]
        book = Payment._book_open_balance

        def refuse(self, vals_list, allocations_list):
            for allocations in allocations_list:
                if allocations[0].line.move_id.name in names:
                    raise UserError(self.env._("Refused by test"))
            return book(self, vals_list, allocations_list)

        return patch.object(Payment, "_book_open_balance", refuse)

    def test_failed_line_is_named_and_the_others_are_booked(self):
        second = self._create_document(self.customer, 70.0, "INV/2026/00002")
        rows = [PAY_FIRST, "10001;INV/2026/00002;15.01.2026;10,00"]
        with self._fail_booking_of("INV/2026/00001"):
            run = self._import(rows, apply=True)
        self.assertEqual(
            [(line.number, line.state, line.result) for line in run.line_ids],
            [("INV/2026/00001", "failed", "Refused by test"), ("INV/2026/00002", "done", False)],
        )
        self.assertEqual((run.state, run.failed_count), ("done", 1))
        self.assertEqual((self.invoice.amount_residual, second.amount_residual), (100.0, 10.0))
        self.assertEqual(run.result_sentence, "1 payments were booked. 1 lines failed, 0 were left for review.")

    def test_failed_line_counts_in_the_partners_balance_all_the_same(self):
        with self._fail_booking_of("INV/2026/00001"):
            self._import([PAY_FIRST], apply=True)
        self.assertEqual(self._get_balances(self.customer), (40.0, 0.0, 40.0))

    def test_all_or_nothing_can_be_applied_again_when_the_cause_is_gone(self):
        self.source.all_or_nothing = True
        with self._fail_booking_of("INV/2026/00001"):
            run = self._import([PAY_FIRST, "10002;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual((run.state, run.line_ids.mapped("state")), ("planned", ["planned", "planned"]))
        self.assertFalse(run.line_ids.external_id)
        self.assertEqual(self._get_balances(self.customer), (0.0, 100.0, 100.0))
        run.action_apply()
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))
        self.assertFalse(run.line_ids[0].result)

    def test_undo_reverses_in_a_locked_period(self):
        run = self._import([PAY_FIRST], apply=True)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        run.action_undo()
        self.assertEqual(run.undo_result, {"undone": 0, "reversed": 1, "kept": 0})
        self.assertRecordValues(run.line_ids, [{"state": "undone", "result": "Reversed"}])
        self.assertEqual(self.invoice.amount_residual, 100.0)

    def test_undo_keeps_what_a_person_changed_and_says_why(self):
        run = self._import([PAY_FIRST], apply=True)
        self.invoice.line_ids.filtered("date_maturity").remove_move_reconcile()
        run.action_undo()
        self.assertEqual(run.undo_result, {"undone": 0, "reversed": 0, "kept": 1})
        self.assertEqual((run.state, run.line_ids.state), ("undone", "done"))
        self.assertEqual(run.line_ids.result, "It is no longer reconciled with INV/2026/00001.")

    def test_undo_of_a_closed_and_an_updated_external_item(self):
        first = self._import([PAY_FIRST, "10002;X-1;15.01.2026;5,00", "10002;X-2;15.01.2026;6,00"], apply=True)
        items = first.line_ids.external_id
        second = self._import([PAY_FIRST, "10002;X-1;15.01.2026;3,00"], apply=True)
        self.assertEqual([(item.balance, item.active) for item in items], [(3.0, True), (6.0, False)])
        second.action_undo()
        self.assertRecordValues(
            items.sorted("number"),
            [
                {"balance": 5.0, "active": True, "closed_by_id": False, "import_id": first.id},
                {"balance": 6.0, "active": True, "closed_by_id": False, "import_id": first.id},
            ],
        )

    def test_undo_leaves_an_external_item_that_a_later_run_changed(self):
        first = self._import([PAY_FIRST, "10002;X-1;15.01.2026;5,00"], apply=True)
        second = self._import([PAY_FIRST, "10002;X-1;15.01.2026;3,00"], apply=True)
        first.action_undo()
        line = first.line_ids.filtered("external_id")
        self.assertEqual((line.external_id.balance, line.external_id.import_id), (3.0, second))
        self.assertEqual((line.state, line.result), ("undone", f"As {second.name} says, which was applied later."))

    # === IMPORT_FILE === #

    def test_result_of_import_file(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        rows = (PAY_FIRST, "10002;X-1;15.01.2026;5,00", "10001;INV/2026/00002;15.01.2026;80,00")
        content = "\n".join(["Customer;Voucher Number;Voucher Date;Open Balance", *rows])
        self._confirm_layout(content)
        result = self.env(user=self.clerk)["open.balance.import"].import_file(
            "list.csv", self._encode(content), source_id=self.source.id, balance_date=BALANCE_DATE, apply=True
        )
        nothing = dict.fromkeys(self.env["open.balance.import.line"]._fields["action"].get_values(self.env), 0)
        self.assertEqual(
            result,
            {
                "run_id": self.env["open.balance.import"].search([]).id,
                "state": "done",
                "counts": {**nothing, "pay": 1, "external": 1, "review": 1},
                "amounts": {**nothing, "pay": 60.0, "external": 5.0, "review": 80.0},
                "failed": 0,
                "problems": [],
            },
        )

    def test_result_tells_where_a_problem_is(self):
        content = "Customer;Voucher Number;Voucher Date;Open Balance\n10001;INV/2026/00001;15.01.2026;vierzig"
        result = self.env(user=self.clerk)["open.balance.import"].import_file(
            "list.csv", self._encode(content), source_id=self.source.id, balance_date=BALANCE_DATE, apply=True
        )
        [problem] = [problem for problem in result["problems"] if problem["code"] == "amount_unreadable"]
        message = problem.pop("message")
        self.assertEqual(
            problem,
            {
                "level": "warning",
                "code": "amount_unreadable",
                "file": "list.csv",
                "row": 2,
                "column": "Open Balance",
                "text": "vierzig",
            },
        )
        self.assertIn("row 2", message)

    def test_the_source_that_was_used_last_is_not_taken_for_that(self):
        other = self.source.copy({"name": "Other ledger"})
        self._import([PAY_FIRST], source=other)
        result = self.env(user=self.clerk)["open.balance.import"].import_file("list.csv", self._encode("x"))
        first = self.env["open.balance.source"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.assertEqual(self.env["open.balance.import"].browse(result["run_id"]).source_id, first)

    def test_bad_files_fail_and_say_why(self):
        for content, code in (
            (b"", "file_empty"),
            (b"\x00\x01\x02\x03" * 100, "file_not_text"),
            (b"PK\x03\x04 truncated", "file_damaged"),
            (b"Dear Sir\nplease pay\n", "header_missing"),
            (b"Customer;Voucher Number;Voucher Date\n10001;X-1;15.01.2026\n", "column_missing"),
        ):
            with self.subTest(code=code):
                run = self._import_text(content, apply=True)
                self.assertEqual((run.state, self._get_problems(run)), ("failed", [code]))
                self.assertFalse(run.line_ids)

    def test_failed_run_is_planned_when_its_file_is_replaced(self):
        run = self._import_text("")
        run.file_ids.unlink()
        content = self._encode(f"Customer;Voucher Number;Voucher Date;Open Balance\n{PAY_FIRST}")
        run.file_ids = [Command.create({"name": "list.csv", "content": content})]
        run.action_plan()
        self.assertEqual((run.state, run.line_ids.action), ("planned", "pay"))

    def test_same_file_under_another_name_is_recognised(self):
        content = f"Customer;Voucher Number;Voucher Date;Open Balance\n{PAY_FIRST}"
        first = self._import_text(content, apply=True)
        again = self._import_text(content, filename="copy.csv")
        self.assertEqual(
            self._get_problem(again, "file_applied_before").message,
            f"copy.csv was applied before, in {first.name}. Applying it again books only what changed since.",
        )

    def test_file_of_a_run_that_was_not_applied_or_undone_is_no_repetition(self):
        self._import([PAY_FIRST], apply=True).action_undo()
        self._import([PAY_FIRST])
        self.assertNotIn("file_applied_before", self._import([PAY_FIRST]).problem_ids.mapped("code"))
