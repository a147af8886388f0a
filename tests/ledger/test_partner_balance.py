from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

FIELDS = ["open_balance_import", "open_balance_invoices", "open_balance_total"]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPartnerBalance(OpenBalanceImportCommon):
    """The partner's three fields and their date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.customer | cls.other_customer
        cls.ours = [("id", "in", cls.partners.ids)]

    # === WHAT THEY SAY === #

    def test_before_any_list(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.assertEqual(self._get_balances(self.customer), (0.0, 100.0, 100.0))
        self.assertFalse(self.customer.open_balance_date)

    def test_after_an_import(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (45.0, 0.0, 45.0))
        self.assertEqual(self.customer.open_balance_date, self._date("2026-03-31"))

    def test_nothing_before_the_run_is_applied(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertEqual(self._get_balances(self.customer), (0.0, 100.0, 100.0))

    def test_newer_invoice_and_credit_note_are_added(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self._create_document(self.customer, 30.0, "INV/2026/00002", date="2026-04-01")
        self._create_document(self.customer, 10.0, "RINV/2026/00001", "out_refund", date="2026-04-02")
        self.assertEqual(self._get_balances(self.customer), (40.0, 20.0, 60.0))

    def test_part_paid_newer_invoice_counts_with_its_rest(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        invoice = self._create_document(self.customer, 30.0, "INV/2026/00002", date="2026-04-01")
        self._pay_in_odoo(invoice, 10.0)
        self.assertEqual(self._get_balances(self.customer), (5.0, 20.0, 25.0))

    def test_draft_and_bill_do_not_count(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self._create_document(self.customer, 30.0, "INV/2026/00002", date="2026-04-01", post=False)
        self._create_document(self.customer, 30.0, "RE-1", "in_invoice", date="2026-04-01")
        self.assertEqual(self._get_balances(self.customer), (5.0, 0.0, 5.0))

    def test_older_invoice_that_an_incomplete_list_leaves_open_is_not_added(self):
        self.source.complete = False
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (5.0, 0.0, 5.0))

    def test_document_not_transferred_is_added(self):
        self.source.uses_transfers = True
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (5.0, 100.0, 105.0))
        transfer = self.env["open.balance.transfer"].create({"name": "Late", "date": "2026-04-01"})
        invoice._set_transfer(transfer)
        self.assertEqual(self._get_balances(self.customer), (5.0, 100.0, 105.0))

    def test_document_transferred_before_the_list_is_not_added(self):
        self.source.uses_transfers = True
        self.source.complete = False
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        transfer = self.env["open.balance.transfer"].create({"name": "March", "date": "2026-03-30"})
        invoice._set_transfer(transfer)
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (5.0, 0.0, 5.0))

    def test_document_dated_later_that_the_list_has_is_not_counted_twice(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001", date="2026-04-01")
        self._import(["10001;INV/2026/00001;01.04.2026;100,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (100.0, 0.0, 100.0))

    def test_document_not_transferred_that_the_list_has_is_not_counted_twice(self):
        self.source.uses_transfers = True
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (100.0, 0.0, 100.0))

    def test_document_whose_item_waits_for_a_person_counts_as_booked(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;110,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (0.0, 100.0, 100.0))
        self.assertTrue(self.customer.open_balance_is_incomplete)

    def test_overpaid_item_counts_as_credit(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;-20,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (-20.0, 0.0, -20.0))

    def test_instalments_count_once(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001", invoice_payment_term_id=self.pay_terms_b.id)
        rows = [f"10001;INV/2026/00001;15.01.2026;{due};{balance}" for due, balance in (("01.02.2026", 5), ("", 60))]
        self._import(rows, "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance")
        run = self._import(
            ["10001;INV/2026/00001;15.01.2026;15.01.2026;30,00", "10001;INV/2026/00001;15.01.2026;28.02.2026;70,00"],
            "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance",
            apply=True,
        )
        self.assertEqual(set(run.line_ids.mapped("action")), {"keep"})
        self.assertEqual(self._get_balances(self.customer), (100.0, 0.0, 100.0))

    def test_foreign_currency_is_summed_in_company_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-04-01", 4.0)])
        self._create_document(self.customer, 100.0, "INV/2026/00001", currency_id=euro.id)
        self._import(
            ["10001;INV/2026/00001;15.01.2026;40,00;EUR"],
            "Customer;Voucher Number;Voucher Date;Open Balance;Currency",
            apply=True,
        )
        self._create_document(self.customer, 80.0, "INV/2026/00002", date="2026-04-01", currency_id=euro.id)
        self.assertEqual(self._get_balances(self.customer), (20.0, 20.0, 40.0))

    def test_payables_are_not_in_the_debtors_balance(self):
        self.vendor.debtor_number = "10009"
        self._import(["10009;X-1;15.01.2026;5,00", "70001;RE-1;15.01.2026;-50,00"], apply=True)
        self.assertEqual(self._get_balances(self.vendor), (5.0, 0.0, 5.0))

    # === THE NEXT LIST === #

    def test_next_list_replaces(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True, balance_date="2026-02-28")
        self._import(["10001;X-1;15.01.2026;3,00", "10001;X-2;15.01.2026;4,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (7.0, 0.0, 7.0))
        self.assertEqual(self.customer.open_balance_date, self._date("2026-03-31"))

    def test_complete_list_says_zero_of_absent_partners(self):
        self._import(["10001;X-1;15.01.2026;5,00", "10002;X-2;15.01.2026;7,00"], apply=True, balance_date="2026-02-28")
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.other_customer), (0.0, 0.0, 0.0))
        self.assertEqual(self.other_customer.open_balance_date, self._date("2026-03-31"))

    def test_incomplete_list_says_nothing_of_absent_partners(self):
        self._import(["10001;X-1;15.01.2026;5,00", "10002;X-2;15.01.2026;7,00"], apply=True, balance_date="2026-02-28")
        self.source.complete = False
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.other_customer), (7.0, 0.0, 7.0))
        self.assertEqual(self.other_customer.open_balance_date, self._date("2026-02-28"))

    def test_list_of_single_partners_says_nothing_of_absent_ones(self):
        self._import(["10001;X-1;15.01.2026;5,00", "10002;X-2;15.01.2026;7,00"], apply=True, balance_date="2026-02-28")
        self.source.scope = "partners"
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(self.other_customer), (7.0, 0.0, 7.0))

    def test_list_of_payables_says_nothing_of_debtors(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True, balance_date="2026-02-28")
        self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        self._import(["70001;RE-1;15.01.2026;70,00"], "Vendor;Voucher Number;Voucher Date;Open Balance", apply=True)
        self.assertEqual(self._get_balances(self.customer), (5.0, 0.0, 5.0))

    def test_undo_restores_the_list_before(self):
        self._import(["10001;X-1;15.01.2026;5,00", "10002;X-2;15.01.2026;7,00"], apply=True, balance_date="2026-02-28")
        self._import(["10001;X-1;15.01.2026;3,00"], apply=True).action_undo()
        self.assertEqual(self._get_balances(self.customer), (5.0, 0.0, 5.0))
        self.assertEqual(self._get_balances(self.other_customer), (7.0, 0.0, 7.0))
        self.assertEqual(self.customer.open_balance_date, self._date("2026-02-28"))

    def test_undo_of_an_older_run_leaves_the_last_list(self):
        first = self._import(["10001;X-1;15.01.2026;5,00"], apply=True, balance_date="2026-02-28")
        self._import(["10001;X-1;15.01.2026;3,00"], apply=True)
        first.action_undo()
        self.assertEqual(self._get_balances(self.customer), (3.0, 0.0, 3.0))

    # === CONTACTS AND COMPANIES === #

    def test_contact_reads_its_company(self):
        contact = self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        self._create_document(contact, 30.0, "INV/2026/00001", date="2026-04-01")
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_balances(contact), (5.0, 30.0, 35.0))
        self.assertEqual(self._get_balances(self.customer), (5.0, 30.0, 35.0))

    def test_other_company_has_its_own_balances(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self._create_document(self.customer, 30.0, "INV/2026/00001", date="2026-04-01")
        self.assertEqual(self._get_balances(self.customer.with_company(other)), (0.0, 0.0, 0.0))
        self.assertEqual(self._get_balances(self.customer), (5.0, 30.0, 35.0))

    def test_search_is_in_the_current_company(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        domain = [("open_balance_import", ">", 0), *self.ours]
        self.assertEqual(self.env["res.partner"].search(domain), self.customer)
        self.assertFalse(self.env["res.partner"].with_company(other).search(domain))

    # === SEARCH, ORDER, GROUP, SUM === #

    def _import_two(self):
        """Imported 5 and 7, newer invoices 30 and 0."""
        self._import(["10001;X-1;15.01.2026;5,00", "10002;X-2;15.01.2026;7,00"], apply=True)
        self._create_document(self.customer, 30.0, "INV/2026/00001", date="2026-04-01")
        return self.env(user=self.clerk)["res.partner"]

    def test_search(self):
        Partner = self._import_two()
        both, first, second = self.partners, self.customer, self.other_customer
        for field, operator, value, expected in (
            ("open_balance_import", "=", 5, first),
            ("open_balance_import", "!=", 5, second),
            ("open_balance_import", ">", 5, second),
            ("open_balance_import", ">=", 5, both),
            ("open_balance_import", "<", 7, first),
            ("open_balance_import", "<=", 7, both),
            ("open_balance_import", "in", [5, 7], both),
            ("open_balance_import", "not in", [5], second),
            ("open_balance_invoices", "=", 0, second),
            ("open_balance_invoices", ">", 0, first),
            ("open_balance_total", "=", 35, first),
            ("open_balance_total", "<", 35, second),
            ("open_balance_date", "=", "2026-03-31", both),
            ("open_balance_date", ">", "2026-03-30", both),
            ("open_balance_date", "=", False, Partner),
            ("open_balance_date", "!=", False, both),
        ):
            with self.subTest(domain=(field, operator, value)):
                self.assertEqual(Partner.search([(field, operator, value), *self.ours], order="id"), expected)

    def test_search_of_partners_without_a_list(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.env["open.balance.partner.balance"].search([("partner_id", "=", self.other_customer.id)]).unlink()
        Partner = self.env["res.partner"]
        self.assertEqual(Partner.search([("open_balance_date", "=", False), *self.ours]), self.other_customer)
        self.assertEqual(Partner.search([("open_balance_import", "=", 0), *self.ours]), self.other_customer)
        self.assertEqual(Partner.search([("open_balance_import", "=", False), *self.ours]), self.other_customer)

    def test_order(self):
        Partner = self._import_two()
        for order, expected in (
            ("open_balance_import", self.customer + self.other_customer),
            ("open_balance_import desc", self.other_customer + self.customer),
            ("open_balance_total", self.other_customer + self.customer),
            ("open_balance_invoices desc, name", self.customer + self.other_customer),
        ):
            with self.subTest(order=order):
                self.assertEqual(Partner.search(self.ours, order=order).ids, expected.ids)

    def test_sum(self):
        Partner = self._import_two()
        aggregates = [f"{field}:sum" for field in FIELDS]
        self.assertEqual(Partner._read_group(self.ours, [], aggregates), [(12.0, 30.0, 42.0)])

    def test_group_by_country_sums(self):
        self.customer.country_id = self.env.ref("base.be")
        Partner = self._import_two()
        groups = Partner._read_group(self.ours, ["country_id"], ["open_balance_total:sum"], order="country_id")
        self.assertEqual({country.code: total for country, total in groups}, {"BE": 35.0, False: 7.0})

    def test_group_by_date(self):
        Partner = self._import_two()
        groups = Partner._read_group(self.ours, ["open_balance_date:month"], ["open_balance_import:sum"])
        self.assertEqual(groups, [(self._date("2026-03-01"), 12.0)])

    def test_read_group_as_the_list_view_asks(self):
        Partner = self._import_two()
        groups = Partner.formatted_read_group(self.ours, [], ["open_balance_total:sum", "__count"])
        self.assertEqual(groups, [{"open_balance_total:sum": 42.0, "__count": 2, "__extra_domain": [(1, "=", 1)]}])

    # === COST AND VIEWS === #

    def test_queries_are_as_many_for_one_partner_as_for_a_hundred(self):
        partners = self.env["res.partner"].create([{"name": f"Partner {number}"} for number in range(100)])
        counts = [self._count_queries(some) for some in (partners[:1], partners[:1], partners)]
        self.assertEqual(counts[1], counts[2], counts)  # the first one fills caches that stay
        self.assertLess(counts[2], 6)

    def _count_queries(self, partners):
        """Number of queries that reading the fields costs."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        partners.mapped("open_balance_total")
        partners.mapped("open_balance_date")
        return self.env.cr.sql_log_count - before

    def test_the_last_lists_rows(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True, balance_date="2026-02-28")
        run = self._import(["10001;X-1;15.01.2026;3,00", "10002;X-2;15.01.2026;7,00"], apply=True)
        contact = self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        for partner in (self.customer, contact):
            action = partner.with_user(self.clerk).action_open_balance_lines()
            lines = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual((lines.import_id, lines.mapped("number")), (run, ["X-1"]))

    def test_partner_form_shows_them(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        form = Form(self.customer)
        self.assertEqual((form.open_balance_import, form.open_balance_total), (5.0, 5.0))
