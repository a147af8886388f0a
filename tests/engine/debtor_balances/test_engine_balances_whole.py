"""Each row of a list of balances is accounted for: totals in any words, other headers, damaged rows; and columns."""

from ....engine import GUARDS
from .test_engine_balances_read import SCOPE, BalancesCase

HEADER = "Debtor No.;Name;Balance;Credit Limit"
ROWS = ("1;Alpha;100,00;500,00", "2;Beta;50,50;", "3;Gamma;-20,00;10,00")


class TestWhole(BalancesCase):
    def told(self, *lines, **options):
        """Debtors with their balances, rejected rows, and what was said: level, code, row and column."""
        result = self.balances(*lines, **options)
        self.assertTrue(all(issue.code in GUARDS for issue in result.problems if issue.code == "column_unclear"))
        return (
            [(item.partner_number, item.partner_name, str(item.balance)) for item in result.items],
            [(item.row, item.partner_number, item.balance) for item in result.rejected],
            [(issue.level, issue.code, issue.row, issue.column) for issue in result.problems],
        )

    right = [("1", "Alpha", "100.00"), ("2", "Beta", "50.50"), ("3", "Gamma", "-20.00")]

    # === TOTALS === #

    def test_totals_by_arithmetic(self):
        for total in ("Kokku;;130,50;", ";Im Ganzen;130,50;", "Zusammenzählung;Zusammenzählung;130,50;510,00"):
            with self.subTest(total):
                self.assertEqual(self.told(HEADER, *ROWS, total), (self.right, [], [("info", "row_total", 5, "")]))

    def test_total_of_each_part(self):
        lines = (HEADER, *ROWS[:2], ";Nord;150,50;", ROWS[2], "4;Delta;30,00;", ";Süd;10,00;", ";Alles;160,50;")
        totals = [("info", "row_total", row, "") for row in (4, 7, 8)]
        self.assertEqual(self.told(*lines), ([*self.right, ("4", "Delta", "30.00")], [], totals))

    def test_debtor_whose_balance_is_the_sum_of_the_others(self):
        """One that has a number as all have."""
        items = [*self.right, ("4", "Kokku", "130.50")]
        self.assertEqual(self.told(HEADER, *ROWS, "4;Kokku;130,50;"), (items, [], []))

    def test_debtor_without_number_is_no_total(self):
        items = [*self.right, (None, "Delta", "7.00")]
        self.assertEqual(self.told(HEADER, *ROWS, ";Delta;7,00;"), (items, [], []))

    def test_names_only(self):
        """The last one may be a debtor or the total: a person looks."""
        items = [(None, "Alpha", "100.00"), (None, "Beta", "50.50")]
        found = self.told("Name;Balance", "Alpha;100,00", "Beta;50,50", "Kokku;150,50")
        self.assertEqual(found, (items, [(4, None, None)], [("warning", "debtor_or_total", 4, "")]))

    def test_limits_only(self):
        result = self.balances("Debtor No.;Name;Credit Limit", "1;Alpha;100,00", "2;Beta;50,00", ";Kokku;150,00")
        self.assertEqual([told.credit_limit for told in result.items], [100, 50])
        self.assertProblems(result, ("info", "limits_only", None), ("info", "row_total", 4))

    def test_scope(self):
        result = self.balances(SCOPE, "1;A;x;;;10,00", "2;B;y;;;20,00", ";Kokku;;;;30,00")
        self.assertBalances(result, ("1", "10.00", None, None), ("2", "20.00", None, None))

    # === HEADERS === #

    def test_another_header_below(self):
        for header, row in (
            ("Debtor No.;Name;Credit Limit;Balance", "4;Delta;1,00;2,00"),
            ("Kundennummer;Name;Kreditlimit;Saldo", "4;Delta;1,00;2,00"),
        ):
            with self.subTest(header):
                _items, _rejected, problems = self.told(HEADER, *ROWS, header, row)
                self.assertEqual(problems, [("stop", "header_changes", 5, "")])

    def test_same_header_again(self):
        found = self.told(HEADER, *ROWS[:2], HEADER, ROWS[2])
        self.assertEqual(found, (self.right, [], [("info", "row_header_repeated", 4, "")]))

    def test_rows_above_the_header(self):
        _items, _rejected, problems = self.told("Zork;Zap;Zip;Zot", "8;Eta;100,00;500,00", HEADER, *ROWS)
        self.assertEqual(problems, [("stop", "rows_above", 2, "")])

    # === ROWS === #

    def test_rows_with_other_cells(self):
        """Whose such a row is cannot be told either."""
        for odd in ("4;Delta;;40,00;", "4;;Delta;40,00;1,00", "Delta;40,00;1,00"):
            with self.subTest(odd):
                items, rejected, problems = self.told(HEADER, ROWS[0], odd, *ROWS[1:])
                self.assertEqual(items, self.right)
                self.assertEqual([(row, balance) for row, _number, balance in rejected], [(3, None)])
                self.assertIn(problems[0][:3], [("warning", "row_shifted", 3), ("warning", "row_too_wide", 3)])

    def test_list_that_ends_in_a_short_row(self):
        _items, rejected, problems = self.told(HEADER, *ROWS, "4;Delta;4")
        self.assertEqual(rejected, [(5, None, None)])
        self.assertIn(("stop", "list_cut_off", None, ""), problems)

    # === COLUMNS === #

    def test_unknown_columns(self):
        for header, values, role in (
            ("Name;Balance;Zork", ("C1", "C2", "C3"), "partner_number"),
            ("Debtor No.;Balance;Zork", ("1,00", "2,00", "3,00"), "balance"),
            ("Debtor No.;Balance;Zork", ("EUR", "USD", "EUR"), "currency"),
            ("Debtor No.;Balance;Zork", ("S", "H", "S"), "debit_credit"),
        ):
            rows = [f"{first};{at}1,00;{value}" for at, (first, value) in enumerate(zip("ABC", values, strict=True), 1)]
            with self.subTest(role):
                result = self.balances(header, *rows)
                asked = [(issue.level, issue.code, issue.column, issue.values["role"]) for issue in result.problems]
                self.assertEqual(asked, [("stop", "column_unclear", "Zork", role)])
                self.assertEqual(self.balances(header, *rows, columns={"Zork": ""}).problems, ())
