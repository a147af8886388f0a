from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import BALANCE_DATE, TODAY
from ..common_import import OpenBalanceImportCommon

CURRENCY_HEADER = "Customer;Voucher Number;Voucher Date;Open Balance;Currency"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestForeignCurrency(OpenBalanceImportCommon):
    """Documents and items in a currency whose rate has changed between document and list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-01", 4.0)])
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001", currency_id=cls.euro.id)

    def assertNoExchangeEntry(self):
        journal = self.env.company.currency_exchange_journal_id
        self.assertFalse(self.env["account.move"].search([("journal_id", "=", journal.id)]))

    def test_list_in_document_currency(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00;EUR"], header=CURRENCY_HEADER, apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "done", "paid_outside")],
        )
        self.assertEqual((self.invoice.amount_residual, self.invoice.amount_residual_signed), (40.0, 20.0))
        self.assertRecordValues(run.line_ids, [{"company_reported": 20.0, "company_amount": 30.0}])
        self.assertNoExchangeEntry()

    def test_list_in_company_currency_is_converted_at_the_documents_own_rate(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;20,00;USD"], header=CURRENCY_HEADER, apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "done", "paid_outside")],
        )
        self.assertEqual((self.invoice.amount_residual, self.invoice.amount_residual_signed), (40.0, 20.0))
        self.assertNoExchangeEntry()

    def test_payment_is_booked_at_the_documents_own_rate(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00;EUR"], header=CURRENCY_HEADER, apply=True)
        self.assertRecordValues(
            run.line_ids.payment_id.move_id.line_ids.sorted("balance"),
            [{"balance": -30.0, "amount_currency": -60.0}, {"balance": 30.0, "amount_currency": 60.0}],
        )

    def test_whole_balance_in_company_currency_is_kept(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;50,00;USD"], header=CURRENCY_HEADER)
        self.assertEqual(
            self._get_rows(run),
            [("keep", "INV/2026/00001", "INV/2026/00001", 100.0, 100.0, 0.0, "planned", "confirmed")],
        )

    def test_absent_document_is_closed_without_exchange_entry(self):
        run = self._import(["10002;X-1;15.01.2026;5,00;USD"], header=CURRENCY_HEADER, apply=True)
        self.assertEqual(run.line_ids[1].company_amount, 50.0)
        self.assertEqual((self.invoice.amount_residual, self.invoice.payment_state), (0.0, "paid"))
        self.assertNoExchangeEntry()

    def test_list_without_currency_is_taken_as_company_currency_and_says_so(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;20,00"])
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "planned", "paid_outside")],
        )
        self.assertEqual(self._get_problems(run, "warning"), ["currency_not_named"])

    def test_list_without_currency_whose_amount_is_the_documents_is_reviewed(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"])
        self.assertEqual(
            self._get_rows(run),
            [("review", "INV/2026/00001", "INV/2026/00001", 100.0, 100.0, 0.0, "planned", "currency_ambiguous")],
        )

    def test_source_that_is_always_in_company_currency(self):
        self.source.balance_currency = "company"
        run = self._import(["10001;INV/2026/00001;15.01.2026;20,00;EUR"], header=CURRENCY_HEADER)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "planned", "paid_outside")],
        )

    def test_third_currency_is_reviewed(self):
        self.setup_other_currency("GBP", rates=[("2026-01-01", 0.5)])
        run = self._import(["10001;INV/2026/00001;15.01.2026;20,00;GBP"], header=CURRENCY_HEADER)
        self.assertEqual(
            self._get_rows(run),
            [("review", "INV/2026/00001", "INV/2026/00001", 20.0, 100.0, 0.0, "planned", "currency_differs")],
        )

    def test_external_item_has_the_rate_of_the_balance_date(self):
        run = self._import(
            ["10001;INV/2026/00001;15.01.2026;100,00;EUR", "10002;X-1;15.01.2026;80,00;EUR"],
            header=CURRENCY_HEADER,
            apply=True,
        )
        self.assertRecordValues(
            run.line_ids.external_id,
            [{"currency_id": self.euro.id, "balance": 80.0, "company_balance": 20.0}],
        )
        self.assertEqual(run.line_ids[1].reason_values["rate"], 0.25)
        self.assertEqual(self._get_balances(self.other_customer), (20.0, 0.0, 20.0))

    def test_external_item_without_rate_is_reviewed(self):
        self.env.ref("base.GBP").active = True
        self.env.ref("base.GBP").rate_ids.unlink()
        run = self._import(["10002;X-1;15.01.2026;80,00;GBP"], header=CURRENCY_HEADER, apply=True)
        self.assertEqual(self._get_rows(run)[0], ("review", "X-1", "", 80.0, 0.0, 0.0, "skipped", "no_rate"))
        self.assertFalse(run.line_ids.external_id)

    def test_external_item_of_a_rate_later_than_the_balance_date_is_reviewed(self):
        self.setup_other_currency("GBP", rates=[("2026-04-01", 0.5)])
        run = self._import(["10002;X-1;15.01.2026;80,00;GBP"], header=CURRENCY_HEADER, apply=True)
        self.assertEqual(self._get_rows(run)[0], ("review", "X-1", "", 80.0, 0.0, 0.0, "skipped", "no_rate"))

    def test_cent_that_rounding_leaves_is_not_open(self):
        rated = self.setup_other_currency("GBP", rates=[("2026-01-01", 0.8737)])
        invoice = self._create_document(self.customer, 33.33, "INV/2026/00002", currency_id=rated.id)
        for balance in ("20,01", "7,77", "0,01"):
            self._import(
                ["10001;INV/2026/00001;15.01.2026;100,00;EUR", f"10001;INV/2026/00002;15.01.2026;{balance};GBP"],
                header=CURRENCY_HEADER,
                apply=True,
            )
        self._import(["10001;INV/2026/00001;15.01.2026;100,00;EUR"], header=CURRENCY_HEADER, apply=True)
        self.assertEqual((invoice.amount_residual, invoice.amount_residual_signed), (0.0, 0.0))
        self.assertNoExchangeEntry()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLedger(OpenBalanceImportCommon):
    """What an import leaves in the books, for those who read them afterwards."""

    def _create_taxed_invoice(self, **tax):
        tax = self.env["account.tax"].create({"name": "Ten", "amount": 10, "amount_type": "percent", **tax})
        return self._create_document(
            self.customer,
            100.0,
            "INV/2026/00001",
            invoice_line_ids=[Command.create({"name": "line", "price_unit": 100.0, "tax_ids": [Command.set(tax.ids)]})],
        )

    def _create_cash_basis_invoice(self):
        self.env.company.tax_exigibility = True
        account = self.copy_account(self.company_data["default_account_tax_sale"], {"reconcile": True})
        return self._create_taxed_invoice(tax_exigibility="on_payment", cash_basis_transition_account_id=account.id)

    def test_t53_half_of_a_taxed_invoice_on_its_due_date(self):
        self.source.payment_date = "due"
        invoice = self._create_taxed_invoice()
        run = self._import(["10001;INV/2026/00001;15.01.2026;55,00"], apply=True)
        self.assertRecordValues(
            run.line_ids.payment_id, [{"amount": 55.0, "date": invoice.invoice_date_due, "state": "paid"}]
        )
        self.assertEqual((invoice.amount_total, invoice.amount_residual), (110.0, 55.0))

    def test_cash_basis_tax_falls_due_with_the_part_that_was_paid(self):
        invoice = self._create_cash_basis_invoice()
        run = self._import(["10001;INV/2026/00001;15.01.2026;55,00"], apply=True)
        entry = invoice.tax_cash_basis_created_move_ids
        self.assertEqual((run.state, entry.state, entry.date), ("done", "posted", self._date(BALANCE_DATE)))
        self.assertEqual(entry.line_ids.filtered("tax_line_id").balance, -5.0)

    def test_undo_takes_cash_basis_tax_back(self):
        invoice = self._create_cash_basis_invoice()
        self._import(["10001;INV/2026/00001;15.01.2026;55,00"], apply=True).action_undo()
        lines = invoice.tax_cash_basis_created_move_ids.line_ids.filtered("tax_line_id")
        self.assertEqual((invoice.amount_residual, sum(lines.mapped("balance"))), (110.0, 0.0))

    def test_t18_each_invoice_gets_its_own_payment(self):
        first = self._create_document(self.customer, 1000.0, "INV/2026/00001")
        second = self._create_document(self.customer, 2000.0, "INV/2026/00002")
        run = self._import(
            ["10001;INV/2026/00001;15.01.2026;700,00", "10001;INV/2026/00002;15.01.2026;1500,00"], apply=True
        )
        self.assertEqual([payment.amount for payment in run.line_ids.mapped("payment_id")], [300.0, 500.0])
        self.assertEqual((first.amount_residual, second.amount_residual), (700.0, 1500.0))

    def test_t19_too_much_paid_stays_as_credit(self):
        invoice = self._create_document(self.customer, 3000.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;-100,00"], apply=True)
        self.assertEqual((invoice.amount_residual, run.line_ids.payment_id.amount), (0.0, 3100.0))
        self.assertEqual(self.customer.credit, -100.0)

    def test_t62_three_payments_leave_what_is_due(self):
        invoice = self._create_document(
            self.customer,
            10000.0,
            "INV/2026/00001",
            date="2026-02-15",
            invoice_payment_term_id=self.env.ref("account.account_payment_term_immediate").id,
        )
        for balance in ("8500,00", "7500,00", "5500,00"):
            self._import([f"10001;INV/2026/00001;15.02.2026;{balance}"], apply=True)
        due = invoice.line_ids.filtered("date_maturity")
        self.assertEqual((due.amount_residual, due.date_maturity), (5500.0, self._date("2026-02-15")))
        payments = invoice.matched_payment_ids.sorted("id")
        self.assertEqual(payments.mapped("amount"), [1500.0, 1000.0, 2000.0])

    def test_t47_payment_is_of_the_documents_commercial_partner(self):
        contact = self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        invoice = self._create_document(contact, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        lines = run.line_ids.payment_id.move_id.line_ids
        self.assertEqual((lines.partner_id, invoice.amount_residual), (self.customer, 40.0))

    def test_clearing_account_has_what_was_paid(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._create_document(self.vendor, 50.0, "RE-1", "in_invoice")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00", "70001;RE-1;15.01.2026;-20,00"], apply=True)
        account = self.source.journal_id.default_account_id
        balances = self.env["account.move.line"].search([("account_id", "=", account.id)]).mapped("balance")
        self.assertEqual(sorted(balances), [-30.0, 60.0])

    def test_totals_tell_list_and_ledger(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10002;X-1;15.01.2026;5,00"])
        ledger = self._get_receivable()
        self.assertEqual(
            run.totals,
            {
                "currencies": {"USD": {"file": 45.0, "matched": 40.0, "external": 5.0}},
                "ledgers": {
                    "receivable": {"before": ledger, "after": ledger - 130.0},
                    "payable": {"before": 0.0, "after": 0.0},
                },
                "agreement": {"items": 2, "numbers": 1, "amounts": 0, "dates": 1},
            },
        )
        run.action_apply()
        self.assertEqual(self._get_receivable(), run.totals["ledgers"]["receivable"]["after"])

    def test_totals_tell_the_ledger_to_the_cent(self):
        """Reopened, part paid and overpaid documents in a currency whose rate leaves fractions of a cent."""
        rated = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8737)])
        for number, amount in enumerate((33.33, 77.77, 11.11), 1):
            self._create_document(self.customer, amount, f"INV/2026/0000{number}", currency_id=rated.id)
        self._import(["10001;INV/2026/00002;15.01.2026;7,00;EUR"], header=CURRENCY_HEADER, apply=True)
        rows = [
            "10001;INV/2026/00001;15.01.2026;20,01;EUR",
            "10001;INV/2026/00002;15.01.2026;50,01;EUR",
            "10001;INV/2026/00003;15.01.2026;-5,01;EUR",
        ]
        run = self._import(rows, header=CURRENCY_HEADER)
        self.assertEqual(run.line_ids.mapped("action"), ["reopen", "reopen", "overpay"])
        run.action_apply()
        self.assertAlmostEqual(self._get_receivable(), run.totals["ledgers"]["receivable"]["after"], 6)

    def _get_receivable(self):
        account_type = ("account_type", "=", "asset_receivable")
        lines = self.env["account.move.line"].search([account_type, ("parent_state", "=", "posted")])
        return sum(lines.mapped("balance"))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCompanies(OpenBalanceImportCommon):
    """Branches belong to their company's list, other companies don't."""

    def _import_as(self, companies, rows, company=None, source=None):
        user = self._create_user(f"clerk_{companies.ids}", "account.group_account_invoice", companies)
        env = self.env(user=user, context={"allowed_company_ids": (company or companies[:1]).ids})
        return self._import(rows, apply=True, env=env, source=source)

    def _create_branch(self):
        self.env.company.write({"child_ids": [Command.create({"name": "Branch"})]})
        self.cr.precommit.run()  # loads the branch's chart
        branch = self.env.company.child_ids
        self.env.user.company_ids |= branch
        return branch

    def test_t23_document_of_a_branch_is_paid_in_the_branch(self):
        branch = self._create_branch()
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", company_id=branch.id)
        run = self._import_as(self.env.company | branch, ["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertEqual((run.company_id, invoice.amount_residual), (self.env.company, 40.0))
        payment = run.line_ids.payment_id.with_env(self.env)
        self.assertRecordValues(payment, [{"company_id": branch.id, "amount": 60.0}])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_may_not_enter_a_branch_sees_and_moves_nothing_of_it(self):
        branch = self._create_branch()
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", company_id=branch.id)
        self._create_document(self.customer, 50.0, "INV/2026/00002")
        run = self._import_as(
            self.env.company | branch,
            ["10001;INV/2026/00001;15.01.2026;40,00", "10001;INV/2026/00002;15.01.2026;30,00"],
        )
        self.assertRecordValues(
            run.line_ids, [{"document_company_id": branch.id}, {"document_company_id": self.env.company.id}]
        )
        hidden, theirs = run.line_ids
        for user in (self.clerk, self._create_user("reader", "account.group_account_readonly")):
            seen = run.with_user(user).with_context(allowed_company_ids=self.env.company.ids)
            self.env.invalidate_all()
            self.assertEqual(seen.line_ids, theirs)
            with self.assertRaises(AccessError):
                hidden.with_env(seen.env).read(["move_id"])
        with self.assertRaisesRegex(AccessError, "branches that you may not enter"):
            run.with_user(self.clerk).action_undo()
        self.assertEqual((run.state, invoice.amount_residual), ("done", 40.0))
        # Who may enter it sees it, whatever is chosen at the moment.
        self.assertEqual(run.with_context(allowed_company_ids=self.env.company.ids).line_ids, hidden | theirs)
        run.action_undo()
        self.assertEqual((run.state, invoice.amount_residual), ("undone", 100.0))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_may_not_enter_a_branch_applies_no_plan_with_its_documents(self):
        branch = self._create_branch()
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", company_id=branch.id)
        user = self._create_user("planner", "account.group_account_invoice", self.env.company | branch)
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], env=self.env(user=user))
        invoice.with_user(self.env.user).button_draft()
        with self.assertRaisesRegex(AccessError, "branches that you may not enter"):
            run.with_user(self.clerk).action_apply()
        self.assertEqual(run.state, "planned")
        run.with_user(self.clerk).action_plan()
        self.assertFalse(run.sudo().line_ids.filtered("move_id"))

    def test_absent_document_of_a_branch_is_closed(self):
        branch = self._create_branch()
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", company_id=branch.id)
        self._import_as(self.env.company | branch, ["10001;X-1;15.01.2026;40,00"])
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_branch_that_the_user_may_not_enter_stops(self):
        branch = self._create_branch()
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", company_id=branch.id)
        run = self._import_as(self.env.company, ["10001;INV/2026/00001;15.01.2026;40,00"])
        stops = run.problem_ids.filtered(lambda problem: problem.level == "stop")
        self.assertEqual((run.state, stops.mapped("code")), ("planned", ["branches_hidden"]))
        self.assertEqual((stops.can_confirm, invoice.amount_residual), (False, 100.0))

    def test_same_numbers_in_two_companies_never_meet(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        here = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.other_customer.with_company(other).debtor_number = "10001"
        there = self._create_document(
            self.other_customer.with_company(other), 100.0, "INV/2026/00001", company_id=other.id
        )
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual((run.line_ids.move_id, run.line_ids.partner_id), (here, self.customer))
        self.assertEqual((here.amount_residual, there.amount_residual), (40.0, 100.0))

    def test_absence_never_reaches_another_company(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        there = self._create_document(self.customer, 70.0, "INV/2026/00002", company_id=other.id)
        run = self._import_as(self.env.company | other, ["10001;INV/2026/00001;15.01.2026;100,00"])
        self.assertEqual(len(run.line_ids), 1)
        self.assertEqual(there.amount_residual, 70.0)

    def test_source_of_another_company_runs_there(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        source = self.env["open.balance.source"].create(
            {"name": "Harbour", "company_id": other.id, "absent_limit": 1.0}
        )
        self.customer.with_company(other).debtor_number = "10001"
        there = self._create_document(self.customer, 70.0, "INV/2026/00001", company_id=other.id)
        rows = ["10001;INV/2026/00001;15.01.2026;40,00"]
        run = self._import_as(self.env.company | other, rows, self.env.company | other, source)
        self.assertEqual((run.company_id, there.amount_residual), (other, 40.0))
