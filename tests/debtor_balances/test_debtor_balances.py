from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import TODAY, OpenBalanceCommon

SCOPE = "Debitor;Name;Name 2;Limit;Intern;Saldo"
BY_HEADER = "Customer Number;Customer Name;Credit Limit;Open Balance"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDebtorBalances(OpenBalanceCommon):
    """Lists with one amount per debtor: balances and credit limits; no document is touched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.write({"per": "debtor", "sets_credit_limits": True})
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _import_debtors(self, rows, header=SCOPE, **kwargs):
        return self._import(rows, header, **kwargs)

    def _get_debtor_rows(self, run):
        """Per line: action, partner, balance before and after, limit before and after, internal, difference, state."""
        return [
            (
                line.action,
                line.partner_id.name or "",
                (line.balance_before, line.reported_balance),
                (line.limit_before, line.limit_after),
                (line.internal_before, line.internal_after),
                line.difference,
                line.state,
            )
            for line in run.line_ids.sorted("id")
        ]

    def test_balance_and_limits_are_set(self):
        run = self._import_debtors(["10001;Azure;Interior;5.000,00;4.000,00;1.250,50"], apply=True)
        self.assertEqual(
            self._get_debtor_rows(run),
            [
                (
                    "set_balance",
                    "Azure Interior",
                    (0.0, 1250.5),
                    (0.0, 5000.0),
                    (0.0, 4000.0),
                    1150.5,
                    "done",
                )
            ],
        )
        self.assertEqual(self._get_balances(self.customer), (1250.5, 0.0, 1250.5))
        self.assertEqual((self.customer.credit_limit, self.customer.internal_credit_limit), (5000.0, 4000.0))
        self.assertEqual((self.invoice.amount_residual, len(run.line_ids.payment_id)), (100.0, 0))

    def test_first_line_is_ignored_whatever_it_says(self):
        run = self._import_debtors(["10001;Azure;;5000,00;;80,50"], header="whatever it says")
        self.assertEqual(
            [(line.action, line.reported_balance, line.limit_after) for line in run.line_ids],
            [("set_balance", 80.5, 5000.0)],
        )

    def test_limits_only_leave_the_balance_alone(self):
        run = self._import_debtors(["10001;Azure;;5.000,00;;"], apply=True)
        self.assertEqual(
            self._get_debtor_rows(run),
            [("set_balance", "Azure Interior", (0.0, 0.0), (0.0, 5000.0), (0.0, 0.0), -100.0, "done")],
        )
        self.assertFalse(self.customer.open_balance_date)

    def test_limit_of_zero_is_told_before_it_is_applied(self):
        self.env["ir.default"].set("res.partner", "credit_limit", 500.0, company_id=self.env.company.id)
        self.env.company.account_use_credit_limit = True
        self.source.complete = False
        third = self._create_partner("West Shop", debtor_number="10003")
        fourth = self._create_partner("East Shop", debtor_number="10004")
        partners = self.customer | self.other_customer | third | fourth
        partners.credit_limit = 999.0
        rows = [
            "10001;Azure Interior;5.000,00;1.200,00",
            "10002;Deco Addict;0,00;0,00",
            "10003;West Shop;;300,00",
            "10004;East Shop;unlimited;10,00",
        ]
        run = self._import_debtors(rows, header=BY_HEADER)
        self.assertEqual(
            [
                (line.action, line.reason_code, line.partner_id, line.sets_limit, line.limit_before, line.limit_after)
                for line in run.line_ids.sorted("id")
            ],
            [
                ("set_balance", "balance_changed", self.customer, True, 999.0, 5000.0),
                ("set_balance", "limit_zero", self.other_customer, True, 999.0, 0.0),
                ("set_balance", "balance_changed", third, False, 999.0, 999.0),
                ("review", "debtor_unreadable", fourth, False, 999.0, 999.0),
            ],
        )
        problem = run.problem_ids.filtered(lambda problem: problem.code == "limits_zero")
        self.assertEqual(
            (problem.level, problem.message),
            ("warning", "1 debtors have a limit of 0: to Odoo 0 is no limit, and after Apply the check is off."),
        )
        self.assertEqual(
            run.line_ids.sorted("id")[1].reason,
            "The list gives 0 for: Credit limit. To Odoo 0 is no limit, not “no credit”: its check is off.",
        )
        run.action_apply()
        self.assertEqual(partners.mapped("credit_limit"), [5000.0, 0.0, 999.0, 999.0])
        draft = self._create_document(self.other_customer, 9000.0, "INV/2026/00077", post=False)
        self.assertFalse(draft.partner_credit_warning)
        again = self._import_debtors([f"{rows[1]} "], header=BY_HEADER)
        self.assertEqual([(line.action, line.reason_code) for line in again.line_ids], [("keep", "limit_zero")])
        run.action_undo()
        self.assertEqual(partners.mapped("credit_limit"), [999.0] * 4)

    def test_by_header_with_balance_and_limit(self):
        run = self._import_debtors(["10001;Azure Interior;5000,00;800,00"], header=BY_HEADER, apply=True)
        self.assertEqual(
            self._get_debtor_rows(run),
            [("set_balance", "Azure Interior", (0.0, 800.0), (0.0, 5000.0), (0.0, 0.0), 700.0, "done")],
        )

    def test_open_items_are_summed_per_debtor(self):
        run = self._import(
            [
                "10001;INV/2026/00001;15.01.2026;40,00",
                "10001;INV/2026/00002;15.02.2026;50,00",
                "10002;X-1;15.02.2026;7,00",
            ],
            header="Customer;Voucher Number;Voucher Date;Open Balance",
            apply=True,
        )
        self.assertEqual(
            [(line.action, line.partner_id, line.reported_balance) for line in run.line_ids],
            [("set_balance", self.customer, 90.0), ("set_balance", self.other_customer, 7.0)],
        )
        self.assertEqual(self.invoice.amount_residual, 100.0)

    def test_absent_debtor_goes_to_zero(self):
        self._import_debtors(["10001;A;;;;80,00", "10002;D;;;;20,00"], apply=True)
        run = self._import_debtors(["10001;A;;;;80,00"], apply=True)
        self.assertEqual(
            [(line.action, line.partner_id, line.balance_before, line.reported_balance) for line in run.line_ids],
            [("keep", self.customer, 80.0, 80.0), ("zero_balance", self.other_customer, 20.0, 0.0)],
        )
        self.assertEqual(self._get_balances(self.other_customer), (0.0, 0.0, 0.0))

    def test_absent_debtor_of_an_incomplete_list_stays(self):
        self._import_debtors(["10001;A;;;;80,00", "10002;D;;;;20,00"], apply=True)
        self.source.complete = False
        self._import_debtors(["10001;A;;;;85,00"], apply=True)
        self.assertEqual(self._get_balances(self.other_customer)[0], 20.0)

    def test_many_absent_debtors_stop(self):
        self._import_debtors(["10001;A;;;;80,00", "10002;D;;;;20,00"], apply=True)
        self.source.absent_limit = 0.2
        run = self._import_debtors(["10001;A;;;;80,00"], apply=True)
        stops = run.problem_ids.filtered(lambda problem: problem.level == "stop")
        self.assertEqual((run.state, stops.mapped("code")), ("planned", ["many_absent"]))

    def test_repeated_debtor_is_reviewed(self):
        run = self._import_debtors(["10001;A;;;;80,00", "10001;A;;;;20,00"])
        self.assertEqual(
            [(line.action, line.reason_code) for line in run.line_ids],
            [("review", "debtor_repeated"), ("review", "debtor_repeated")],
        )

    def test_unknown_debtor_is_reviewed_and_can_be_assigned(self):
        run = self._import_debtors(["4711;Nobody;;;;80,00"])
        self.assertEqual([(line.action, line.reason_code) for line in run.line_ids], [("review", "partner_unknown")])
        run.line_ids.write({"partner_id": self.customer.id, "remember_number": True})
        run.action_plan()
        run.action_apply()
        self.assertEqual(self._get_balances(self.customer)[0], 80.0)
        self.assertEqual((self.customer.debtor_number, self.customer.further_debtor_numbers), ("10001", "4711"))

    def test_undo_restores_balances_and_limits(self):
        self.customer.credit_limit = 300.0
        self._import_debtors(["10001;A;;;;80,00"], apply=True)
        run = self._import_debtors(["10001;A;;5.000,00;4.000,00;90,00"], apply=True)
        run.action_undo()
        self.assertEqual(self._get_balances(self.customer)[0], 80.0)
        self.assertEqual((self.customer.credit_limit, self.customer.internal_credit_limit), (300.0, 0.0))
        self.assertEqual(run.line_ids.state, "undone")

    def test_undo_keeps_a_limit_changed_since(self):
        run = self._import_debtors(["10001;A;;5.000,00;;90,00"], apply=True)
        self.customer.credit_limit = 6000.0
        run.action_undo()
        self.assertEqual(self.customer.credit_limit, 6000.0)
        self.assertEqual(run.line_ids.result, "Credit Limit kept: it was changed since.")

    def test_history(self):
        self._import_debtors(["10001;A;;5.000,00;;80,00"], apply=True, balance_date="2026-02-28")
        self._import_debtors(["10001;A;;6.000,00;;90,00"], apply=True)
        rows = self.env["open.balance.partner.balance"].search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(
            rows,
            [
                {"balance_date": self._date("2026-03-31"), "balance": 90.0, "credit_limit": 6000.0, "is_current": True},
                {
                    "balance_date": self._date("2026-02-28"),
                    "balance": 80.0,
                    "credit_limit": 5000.0,
                    "is_current": False,
                },
            ],
        )

    def test_list_of_balances_is_never_read_as_open_items(self):
        self.source.per = "invoice"
        run = self._import_debtors(["10001;Azure Interior;5000,00;800,00"], header=BY_HEADER, apply=True)
        self.assertNotEqual(run.state, "done")
        self.assertIn("list_of_balances", run.problem_ids.mapped("code"))
        self.assertEqual(self.invoice.amount_residual, 100.0)

    def test_invoicing_user_may_import_and_others_not(self):
        clerk = new_test_user(self.env, "clerk", "account.group_account_invoice")
        run = self._import_debtors(["10001;A;;5.000,00;;80,00"], apply=True, env=self.env(user=clerk))
        self.assertEqual((run.state, self.customer.credit_limit), ("done", 5000.0))
        reader = new_test_user(self.env, "reader", "account.group_account_readonly")
        with self.assertRaisesRegex(UserError, "not allowed"):
            self._import_debtors(["10001;A;;5.000,00;;80,00"], env=self.env(user=reader))

    def test_other_company_keeps_its_own_balance_and_limit(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        there = self.customer.with_company(other)
        there.debtor_number = "10001"
        there.credit_limit = 7.0
        self._import_debtors(["10001;A;;5.000,00;4.000,00;80,00"], apply=True)
        self.assertEqual((there.open_balance_import, there.credit_limit, there.internal_credit_limit), (0.0, 7.0, 0.0))

    def test_planning_costs_as_many_queries_for_ten_debtors_as_for_two_hundred(self):
        numbers = range(200)
        partners = self.env["res.partner"].create([{"name": f"Debtor {n}", "debtor_number": f"D{n}"} for n in numbers])
        rows = [f"{partner.debtor_number};;;;;10,00" for partner in partners]
        self._import_debtors(rows[:2])
        counts = []
        for some in (rows[:10], rows):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run = self._import_debtors(some)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(run.line_ids.filtered("row")), len(some))
        self.assertLess(counts[1] - counts[0], 5)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestUncountedDebtors(OpenBalanceCommon):
    """What a list of balances could not count is said as incomplete; what was known before stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.write({"per": "debtor", "sets_credit_limits": True})
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls.newer = cls._create_document(cls.customer, 30.0, "INV/2026/00002", date="2026-03-20")

    def _import_debtors(self, *rows, balance_date="2026-03-31", apply=True):
        return self._import(list(rows), SCOPE, apply=apply, balance_date=balance_date)

    def _get_figures(self, partner=None):
        """Imported, newer, total, date, whether incomplete, credit limit."""
        partner = partner or self.customer
        date = partner.open_balance_date and str(partner.open_balance_date)
        incomplete = partner.open_balance_is_incomplete
        return (*self._get_balances(partner), date, incomplete, partner.credit_limit)

    def _get_history(self, partner=None):
        """Per imported balance, the oldest first: run, date, balance, whether incomplete, whether current."""
        rows = self.env["open.balance.partner.balance"].search(
            [("partner_id", "=", (partner or self.customer).id)], order="id"
        )
        return [
            (
                row.import_id,
                row.balance_date and str(row.balance_date),
                row.balance,
                row.is_incomplete,
                row.is_current,
            )
            for row in rows
        ]

    def test_unreadable_row(self):
        first = self._import_debtors("10001;A;;500,00;;80,00", "10002;D;;;;20,00", balance_date="2026-02-28")
        run = self._import_debtors("10001;A;;600,00;;8o,00", "10002;D;;;;25,00")
        self.assertEqual(
            [(line.action, line.reason_code, line.partner_id, line.state) for line in run.line_ids.sorted("id")],
            [
                ("set_balance", "balance_changed", self.other_customer, "done"),
                ("review", "debtor_unreadable", self.customer, "skipped"),
            ],
        )
        self.assertEqual(self._get_figures(), (80.0, 30.0, 110.0, "2026-02-28", True, 500.0))
        self.assertEqual(self._get_figures(self.other_customer), (25.0, 0.0, 25.0, "2026-03-31", False, 0.0))
        self.assertEqual(
            self._get_history(),
            [(first, "2026-02-28", 80.0, False, False), (run, "2026-02-28", 80.0, True, True)],
        )
        last = self._import_debtors("10001;A;;600,00;;85,00", "10002;D;;;;25,00", balance_date="2026-04-10")
        self.assertEqual(self._get_figures(), (85.0, 0.0, 85.0, "2026-04-10", False, 600.0))
        last.action_undo()
        self.assertEqual(self._get_figures(), (80.0, 30.0, 110.0, "2026-02-28", True, 500.0))
        run.action_undo()
        self.assertEqual(self._get_figures(), (80.0, 30.0, 110.0, "2026-02-28", False, 500.0))

    def test_unreadable_row_in_the_first_list(self):
        run = self._import_debtors("10001;A;;;;8o,00", "10002;D;;;;25,00")
        self.assertEqual(self._get_figures(), (0.0, 130.0, 130.0, False, True, 0.0))
        self.assertEqual(self._get_history(), [(run, False, 0.0, True, True)])
        run.action_undo()
        self.assertEqual((self._get_figures(), self._get_history()), ((0.0, 130.0, 130.0, False, False, 0.0), []))

    def test_list_before_is_undone_in_between(self):
        first = self._import_debtors("10001;A;;;;70,00", balance_date="2026-01-31")
        second = self._import_debtors("10001;A;;;;80,00", balance_date="2026-02-28")
        third = self._import_debtors("10001;A;;;;8o,00", "10002;D;;;;25,00")
        second.action_undo()
        self.assertEqual(self._get_figures(), (70.0, 30.0, 100.0, "2026-01-31", True, 0.0))
        first.action_undo()
        self.assertEqual(self._get_figures(), (0.0, 130.0, 130.0, False, True, 0.0))
        self.assertEqual(self._get_history(), [(third, False, 0.0, True, True)])

    def test_rows_that_contradict_or_may_mean_two(self):
        third = self._create_partner("Deco Addict", debtor_number="10003")
        for complete in (True, False):
            with self.subTest(complete=complete):
                self.source.complete = complete
                self._import_debtors("10001;A;;;;80,00", "10002;D;;;;20,00", "10003;D;;;;30,00")
                run = self._import_debtors("10001;A;;;;80,00", "10001;A;;;;81,00", ";Deco Addict;;;;21,00")
                self.assertEqual(
                    [(line.action, line.reason_code, line.partner_id) for line in run.line_ids.sorted("id")],
                    [
                        ("review", "debtor_repeated", self.customer),
                        ("review", "debtor_repeated", self.customer),
                        ("review", "partner_ambiguous", self.env["res.partner"]),
                        ("skip", "mentioned", self.other_customer),
                        ("skip", "mentioned", third),
                    ],
                )
                self.assertEqual(self._get_figures(), (80.0, 0.0, 80.0, "2026-03-31", True, 0.0))
                self.assertEqual(self._get_figures(self.other_customer), (20.0, 0.0, 20.0, "2026-03-31", True, 0.0))
                self.assertEqual(self._get_figures(third), (30.0, 0.0, 30.0, "2026-03-31", True, 0.0))
                run.action_undo()
                self.assertEqual(self._get_figures(third), (30.0, 0.0, 30.0, "2026-03-31", False, 0.0))

    def test_limit_that_waits_leaves_the_balance_whole(self):
        self._import_debtors("10001;A;;500,00;;80,00")
        run = self._import_debtors("10001;A;;-1,00;;", "10002;D;;600,00;;")
        self.assertEqual(
            [(line.action, line.reason_code) for line in run.line_ids.sorted("id")],
            [("review", "limit_negative"), ("set_balance", "limit_changed")],
        )
        self.assertEqual(self._get_figures(), (80.0, 0.0, 80.0, "2026-03-31", False, 500.0))

    def test_items_of_an_earlier_open_item_list_stay_known(self):
        """Documents that waited in that list are among the newer ones as before."""
        self.source.per = "invoice"
        items = self._import(["10001;INV/2026/00001;15.01.2026;90,00", "10001;INV/2026/00002;20.03.2026;x"], apply=True)
        before = (90.0, 30.0, 120.0, "2026-03-31", True, 0.0)
        self.assertEqual(self._get_figures(), before)
        self.source.per = "debtor"
        run = self._import_debtors("10001;A;;;;8o,00", "10002;D;;;;25,00", balance_date="2026-04-10")
        self.assertEqual(self._get_figures(), before)
        items.action_undo()
        self.assertEqual(self._get_figures(), (0.0, 130.0, 130.0, False, True, 0.0))
        run.action_undo()
        self.assertEqual(self._get_figures(), (0.0, 130.0, 130.0, False, False, 0.0))
