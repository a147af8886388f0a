from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import CUSTOMER_HEADER, OpenBalanceImportCommon

FIRST = "10001;INV/2026/00001;15.01.2026;100,00"
KEPT_FIRST = ("keep", "INV/2026/00001", "INV/2026/00001", 100.0, 100.0, 0.0, "planned", "confirmed")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportGuards(OpenBalanceImportCommon):
    """What keeps a list from being applied, and what a person can do about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.absent_limit = 0.2

    def _create_invoices(self, *amounts):
        return [
            self._create_document(self.customer, amount, f"INV/2026/{number:05}")
            for number, amount in enumerate(amounts, start=1)
        ]

    def assertRefused(self, run, code):
        """The run has that stop alone, and cannot be applied."""
        self.assertEqual((run.state, run.has_stop, self._get_problems(run)), ("planned", True, [code]))
        with self.assertRaisesRegex(UserError, "cannot be applied"):
            run.action_apply()
        self.assertEqual(run.state, "planned")
        self.assertFalse(run.line_ids.payment_id)

    # === EMPTY === #

    def test_empty_list_closes_nothing(self):
        [invoice] = self._create_invoices(100.0)
        run = self._import([], apply=True)
        self.assertEqual(self._get_rows(run), [])
        self.assertRefused(run, "empty_list")
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_empty_list_cannot_be_confirmed(self):
        problem = self._get_problem(self._import([]), "empty_list")
        problem.action_confirm()
        self.assertEqual((problem.can_confirm, problem.confirmed_by_id.ids), (False, []))

    def test_file_without_a_byte_fails(self):
        run = self._import_text("", apply=True)
        self.assertEqual((run.state, self._get_problems(run)), ("failed", ["file_empty"]))
        self.assertFalse(run.line_ids)

    # === COMPANY === #

    def test_heading_without_the_sources_text_is_stopped(self):
        self.source.company_text = "4711"
        self._create_invoices(100.0)
        run = self._import_text(f"Mandant 4712;;;\n;;;\n{CUSTOMER_HEADER}\n{FIRST}")
        self.assertRefused(run, "other_company")
        self.assertIn("“4711”", self._get_problem(run, "other_company").message)

    def test_heading_with_the_sources_text_passes(self):
        self.source.company_text = "4711"
        self._create_invoices(100.0)
        run = self._import_text(f"Mandant 4711;;;\n;;;\n{CUSTOMER_HEADER}\n{FIRST}")
        self.assertEqual(self._get_problems(run), [])

    def test_heading_that_names_another_company_of_the_database_is_stopped(self):
        self.setup_other_company(name="Harbour Trading")
        self._create_invoices(100.0)
        run = self._import_text(f"Harbour Trading Ltd;;;\n;;;\n{CUSTOMER_HEADER}\n{FIRST}")
        self.assertRefused(run, "other_company")

    # === DATE === #

    def test_balance_date_in_the_future_is_stopped(self):
        self._create_invoices(100.0)
        self.assertRefused(self._import([FIRST], balance_date="2026-04-16"), "balance_date_future")

    def test_balance_date_of_today_passes(self):
        self._create_invoices(100.0)
        self.assertEqual(self._get_problems(self._import([FIRST], balance_date=TODAY)), [])

    def test_list_older_than_the_last_applied_one_is_stopped(self):
        self._create_invoices(100.0)
        self._import([FIRST], apply=True, balance_date="2026-03-31")
        self.assertRefused(self._import([FIRST], balance_date="2026-03-30"), "balance_date_older")

    def test_list_of_the_same_date_as_the_last_one_passes(self):
        self._create_invoices(100.0)
        self._import([FIRST], apply=True)
        self.assertEqual(self._get_problems(self._import([FIRST])), [])

    def test_undone_list_does_not_make_another_one_old(self):
        self._create_invoices(100.0)
        self._import([FIRST], apply=True, balance_date="2026-03-31").action_undo()
        self.assertEqual(self._get_problems(self._import([FIRST], balance_date="2026-03-30")), [])

    def test_list_of_another_source_does_not_make_one_old(self):
        self._create_invoices(100.0)
        other = self.source.copy({"name": "Other ledger"})
        self._import([FIRST], apply=True, balance_date="2026-03-31", source=other)
        self.assertEqual(self._get_problems(self._import([FIRST], balance_date="2026-03-30")), [])

    # === ABSENT === #

    def test_too_many_absent_by_count(self):
        self._create_invoices(100.0, 100.0, 100.0, 10.0, 10.0)
        rows = [f"10001;INV/2026/0000{number};15.01.2026;100,00" for number in (1, 2, 3)]
        run = self._import(rows)
        self.assertRefused(run, "many_absent")
        self.assertEqual(
            self._get_problem(run, "many_absent").values,
            {
                "count": 2,
                "total": 5,
                "amount": 20.0,
                "total_amount": 320.0,
                "currency": "USD",
                "percent": 40.0,
                "limit": 20.0,
            },
        )

    def test_too_many_absent_by_amount(self):
        self._create_invoices(*[10.0] * 9, 100.0)
        run = self._import([f"10001;INV/2026/0000{number};15.01.2026;10,00" for number in range(1, 10)])
        self.assertRefused(run, "many_absent")
        self.assertEqual(self._get_problem(run, "many_absent").values["percent"], 52.6)

    def test_absent_up_to_the_limit_passes(self):
        self._create_invoices(*[10.0] * 5)
        run = self._import([f"10001;INV/2026/0000{number};15.01.2026;10,00" for number in range(1, 5)], apply=True)
        self.assertEqual((self._get_problems(run), run.state), ([], "done"))

    def test_paid_documents_do_not_count_as_absent(self):
        self._create_invoices(*[10.0] * 5)
        run = self._import([f"10001;INV/2026/0000{number};15.01.2026;1,00" for number in range(1, 6)])
        self.assertEqual(self._get_problems(run), [])

    def test_the_limit_is_the_sources(self):
        self.source.absent_limit = 0.5
        self._create_invoices(10.0, 10.0)
        self.assertEqual(self._get_problems(self._import(["10001;INV/2026/00001;15.01.2026;10,00"])), [])

    # === TOTALS === #

    def test_total_that_differs_from_the_rows_is_stopped(self):
        self._create_invoices(100.0)
        run = self._import([FIRST, "Total;;;110,00"])
        self.assertEqual(self._get_rows(run), [KEPT_FIRST])
        self.assertRefused(run, "totals_differ")

    def test_total_that_agrees_passes(self):
        self._create_invoices(100.0)
        run = self._import([FIRST, "Total;;;100,00"])
        self.assertEqual((self._get_rows(run), self._get_problems(run)), ([KEPT_FIRST], []))

    # === LOCKED PERIOD === #

    def test_booking_date_in_a_locked_period_is_stopped(self):
        self._create_invoices(100.0)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertRefused(run, "period_locked")
        self.assertIn("03/31/2026", self._get_problem(run, "period_locked").message)

    def test_locked_period_cannot_be_confirmed(self):
        self._create_invoices(100.0)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self._get_problem(run, "period_locked").action_confirm()
        self.assertRefused(run, "period_locked")

    def test_locked_period_does_not_matter_when_nothing_is_booked(self):
        self._create_invoices(100.0)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        run = self._import([FIRST], apply=True)
        self.assertEqual((run.state, self._get_problems(run)), ("done", []))

    def test_fixed_date_after_the_lock_passes(self):
        [invoice] = self._create_invoices(100.0)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        self.source.write({"payment_date": "fixed", "fixed_payment_date": "2026-04-01"})
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual((run.state, invoice.amount_residual), ("done", 40.0))
        self.assertEqual(run.line_ids.payment_id.date, self._date("2026-04-01"))

    def test_documents_own_date_in_a_locked_period_is_stopped(self):
        self._create_invoices(100.0)
        self.env.company.fiscalyear_lock_date = "2026-02-28"
        self.source.payment_date = "document"
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertRefused(run, "period_locked")

    def test_lock_exception_of_the_user_passes(self):
        [invoice] = self._create_invoices(100.0)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        self.env["account.lock_exception"].create(
            {
                "company_id": self.env.company.id,
                "user_id": self.clerk.id,
                "fiscalyear_lock_date": "2026-03-01",
                "end_datetime": "2100-01-01",
            }
        )
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual((run.state, invoice.amount_residual), ("done", 40.0))

    # === CLEARING JOURNAL === #

    def test_journal_without_an_account_is_stopped(self):
        self._create_invoices(100.0)
        self.source.journal_id = self.env["account.journal"]._create_open_balance_journal(self.env.company, "Clearing")
        self.source.journal_id.outbound_payment_method_line_ids.unlink()
        self.source.journal_id.inbound_payment_method_line_ids.unlink()
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertRefused(run, "journal_missing")

    def test_archived_journal_is_stopped(self):
        self._create_invoices(100.0)
        self.source.journal_id = self.env["account.journal"]._create_open_balance_journal(self.env.company, "Clearing")
        self.source.journal_id.active = False
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertRefused(run, "journal_missing")

    # === CONFIRMING === #

    def test_confirmed_guard_lets_the_run_be_applied(self):
        kept, absent = self._create_invoices(100.0, 70.0)
        run = self._import([FIRST])
        self._get_problem(run, "many_absent").action_confirm()
        self.assertFalse(run.has_stop)
        run.action_apply()
        self.assertEqual((run.state, kept.amount_residual, absent.amount_residual), ("done", 100.0, 0.0))

    def test_who_confirmed_and_when_is_kept(self):
        self._create_invoices(100.0, 70.0)
        run = self._import([FIRST])
        problem = self._get_problem(run, "many_absent")
        problem.action_confirm()
        self.assertRecordValues(problem, [{"confirmed_by_id": self.clerk.id, "can_confirm": False}])
        self.assertEqual(str(problem.confirmed_on), "2026-04-15 00:00:00")
        self.assertIn(f"Confirmed: {problem.message}", run.message_ids[0].body)

    def test_confirmation_outlives_plan_again_when_the_guard_says_the_same(self):
        self._create_invoices(100.0, 70.0)
        run = self._import([FIRST])
        self._get_problem(run, "many_absent").action_confirm()
        run.action_plan()
        self.assertEqual(self._get_problem(run, "many_absent").confirmed_by_id, self.clerk)
        self.assertFalse(run.has_stop)

    def test_confirmation_ends_when_the_guard_says_something_else(self):
        self._create_invoices(100.0, 70.0)
        run = self._import([FIRST])
        self._get_problem(run, "many_absent").action_confirm()
        self._create_document(self.customer, 30.0, "INV/2026/00003")
        run.action_plan()
        self.assertFalse(self._get_problem(run, "many_absent").confirmed_by_id)
        self.assertTrue(run.has_stop)

    def test_one_of_two_guards_confirmed_is_not_enough(self):
        self._create_invoices(100.0, 70.0)
        run = self._import([FIRST], balance_date="2026-04-16")
        self._get_problem(run, "many_absent").action_confirm()
        with self.assertRaisesRegex(UserError, "in the future"):
            run.action_apply()

    def test_confirmation_of_one_list_is_not_that_of_another(self):
        self.source.company_text = "4711"
        self._create_invoices(100.0)
        run = self._import_text(f"Mandant 4712;;;\n;;;\n{CUSTOMER_HEADER}\n{FIRST}")
        self._get_problem(run, "other_company").action_confirm()
        second = run.file_ids.copy({"import_id": run.id, "name": "second.csv", "content": run.file_ids.content})
        run.action_plan()
        self.assertEqual(
            [
                (problem.file_name, bool(problem.confirmed_by_id))
                for problem in run.problem_ids
                if problem.level == "stop"
            ],
            [("list.csv", False), (second.name, False)],
        )

    def test_unattended_import_never_passes_a_guard(self):
        self._create_invoices(100.0, 70.0)
        self._confirm_layout(f"{CUSTOMER_HEADER}\n{FIRST}")
        result = self.env(user=self.clerk)["open.balance.import"].import_file(
            "list.csv", self._encode(f"{CUSTOMER_HEADER}\n{FIRST}"), self.source.id, "2026-03-31", apply=True
        )
        self.assertEqual(result["state"], "planned")
        self.assertEqual(
            [problem["code"] for problem in result["problems"] if problem["level"] == "stop"], ["many_absent"]
        )

    def test_applied_run_keeps_its_confirmation(self):
        self._create_invoices(100.0, 70.0)
        run = self._import([FIRST])
        problem = self._get_problem(run, "many_absent")
        problem.action_confirm()
        run.action_apply()
        self.assertEqual(problem.confirmed_by_id, self.clerk)

    def test_applied_run_takes_no_confirmation(self):
        self._create_invoices(100.0)
        run = self._import([FIRST], apply=True)
        problem = run.problem_ids.sudo().create(
            {"import_id": run.id, "level": "stop", "severity": 1, "code": "many_absent"}
        )
        with self.assertRaisesRegex(UserError, "only possible while it is Planned"):
            problem.sudo(False).action_confirm()
