"""Lists of open items read for one amount per debtor, and lists of balances that are not read as items."""

from ....engine import join_pages
from ...engine_case import ReadCase
from ...exact_samples import Item, customer, document, topic, vendor
from .test_engine_balances_read import BalancesCase


class TestItems(BalancesCase):
    """Lists of open items, summed."""

    HEADER = "Debitor;Name;Rechnungsnr;Datum;Offen;Währung"

    def test_items_of_a_debtor_are_summed(self):
        result = self.balances(
            self.HEADER,
            "1;ACME;R1;01.02.2026;100,00;EUR",
            "2;Beta;R2;01.02.2026;7,00;USD",
            "1;ACME;R3;02.02.2026;-30,00;EUR",
        )
        fields = ("partner_number", "partner_name", "balance", "currency", "row", "items")
        expected = (("1", "ACME", "70.00", "EUR", "2", "2"), ("2", "Beta", "7.00", "USD", "3", "1"))
        self.assertBalances(result, *expected, fields=fields)
        self.assertEqual(result.detected.content, "items")
        self.assertProblems(result)

    def test_several_currencies(self):
        result = self.balances(self.HEADER, "1;A;R1;01.02.2026;10,00;EUR", "1;A;R2;01.02.2026;20,00;USD")
        self.assertEqual([(told.balance, told.currency) for told in result.items], [(None, None)])
        amounts = [(currency, str(amount)) for currency, amount in result.items[0].given]
        self.assertEqual(amounts, [("EUR", "10.00"), ("USD", "20.00")])

    def test_amounts_in_company_currency_count_first(self):
        header = "Customer No.;Document No.;Date;Currency Code;Remaining Amount;Remaining Amt. (LCY)"
        result = self.balances(header, "1;R1;2026-02-01;USD;100.00;90.00", "1;R2;2026-02-01;GBP;10.00;12.00")
        self.assertBalances(result, ("1", "102.00", None), fields=("partner_number", "balance", "currency"))

    def test_by_name_where_there_is_no_number(self):
        header = "Customer;Num;Date;Open balance"
        result = self.balances(
            header, "ACME Ltd;1;01/13/2026;10.00", "Acme  LTD;2;01/14/2026;5.00", "B;;01/15/2026;-3.00"
        )
        self.assertBalances(result, ("ACME Ltd", "15.00"), ("B", "-3.00"), fields=("partner_name", "balance"))

    def test_unreadable_item_rejects_its_debtor(self):
        lines = (self.HEADER, "1;A;R1;01.02.2026;10,00;EUR", "1;A;R2;01.02.2026;zehn;EUR", "2;B;R3;01.02.2026;5,00;EUR")
        result = self.balances(*lines)
        self.assertBalances(result, ("2", "5.00"), fields=("partner_number", "balance"))
        self.assertEqual([(told.partner_number, told.row, told.given) for told in result.rejected], [("1", 3, ())])
        self.assertProblems(result, ("warning", "amount_unreadable", 3))

    def test_payables_are_left_out(self):
        header = "Type;Partner No.;Number;Date;Open amount"
        result = self.balances(header, "Customer Invoice;1;R1;2026-02-01;10.00", "Vendor Bill;1;B1;2026-02-01;99.00")
        self.assertBalances(result, ("1", "10.00", "receivable"), fields=("partner_number", "balance", "kind"))
        self.assertProblems(result, ("info", "payables_left_out", None))

    def test_list_that_does_not_tell_its_kind(self):
        result = self.balances("Account Number;Voucher Number;Voucher Date;Open Balance", "1;R1;2026-02-01;10.00")
        self.assertBalances(result, ("1", None), fields=("partner_number", "kind"))
        self.assertEqual(result.detected.cover, "both")

    def test_limits_in_a_list_of_items_are_not_read(self):
        result = self.balances("Kunde;Rechnungsnr;Datum;Offen;Kreditlimit", "A;R1;01.02.2026;10,00;500,00")
        self.assertBalances(result, ("10.00", None), fields=("balance", "credit_limit"))
        self.assertProblems(result, ("warning", "limits_ignored", None))

    def test_printed_total_differs(self):
        result = self.balances(self.HEADER, "1;A;R1;01.02.2026;10,00;EUR", ";Gesamt;;;11,00;EUR")
        self.assertIn(("stop", "totals_differ", 3), [(one.level, one.code, one.row) for one in result.problems])

    def test_exact_online(self):
        entries = customer("10", "A", Item("1", "121"), Item("2", "-21")) + customer(
            "20", "B", Item("3", "5", "USD", "4.5")
        )
        result = self.balances(document(ars=entries), filename="ARs_1.XML")
        fields = ("partner_number", "partner_name", "balance", "currency", "items")
        self.assertBalances(result, ("10", "A", "100.00", None, "2"), ("20", "B", "4.50", None, "1"), fields=fields)

    def test_exact_online_payables(self):
        result = self.balances(document(aps=vendor("10", "A", Item("1", "121"))), filename="APs_1.XML")
        self.assertEqual(result.items, ())
        self.assertIn("list_of_payables", [issue.code for issue in result.problems])

    def test_pages_of_exact_online(self):
        full = document(ars=customer("10", "A", Item("1", "121")), topics=topic("ARs", 1, 1))
        rest = document(ars=customer("20", "B", Item("2", "5")), topics=topic("ARs", 1, 1000))
        first, second = self.balances(full, filename="ARs_1.XML"), self.balances(rest, filename="ARs_2.XML")
        self.assertIn("list_cut_off", [issue.code for issue in first.problems])
        joined = join_pages([first, second])
        self.assertEqual([[issue.code for issue in one.problems] for one in joined], [[], []])
        self.assertEqual([one.items for one in joined], [first.items, second.items])


class TestItemsReader(ReadCase):
    """What is no list of items is not read as one."""

    def test_list_of_balances_stops(self):
        for lines in (
            ("Debitorennr.;Name;Saldo", "1;A;10,00"),
            ("Customer;Balance", "A;10.00", "Total;10.00"),
            ("Customer;Invoice No.;Date;Balance", "A;;;10.00", "B;;;20.00"),
            ("Customer;Invoice No.;Date;Balance", "A;-;;10.00", ";Total;;10.00"),
            ("Debtor No.;Name;Credit Limit;Balance", "1;A;5.00;10.00"),
        ):
            with self.subTest(lines):
                result = self.read(lines)
                self.assertStops(result, "list_of_balances")
                self.assertIn(lines[0].split(";")[0], result.problems[0].values["found"])

    def test_some_rows_without_number(self):
        lines = ("Customer;Num;Date;Open balance", "A;;01/13/2026;-10.00", "B;1;01/14/2026;5.00")
        self.assertItems(self.read(lines), (None, None, "-10.00"), (None, "1", "5.00"))

    def test_rows_without_number_that_have_dates(self):
        self.assertItems(self.read(("Customer;Date;Open balance", "A;2026-01-13;-10.00")), (None, None, "-10.00"))

    def test_numbers_without_dates(self):
        self.assertItems(self.read(("Customer;Invoice No.;Balance", "A;1;10.00")), (None, "1", "10.00"))

    def test_empty_list_of_items(self):
        result = self.read(("Customer;Invoice No.;Date;Balance", "Total;;;0.00"))
        self.assertNotIn("list_of_balances", [issue.code for issue in result.problems])
