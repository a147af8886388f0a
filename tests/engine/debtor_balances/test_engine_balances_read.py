"""One amount per debtor: Scope's six columns, tables by their header, and the sums of open items."""

import io
import json

import openpyxl

from ....engine import ReadOptions, read, read_balances
from ....engine.words.columns import LIMITS, make_index, meaning
from ...engine_case import DATA, SAVE, ReadCase, text

FIELDS = ("partner_number", "balance", "credit_limit", "internal_limit")
SCOPE = "Debitor;Name;Name 2;Limit;Internal limit;Balance"


def as_row(told):
    """Return a reported balance as a row of a golden file; what is not in the file is left out."""
    row = {
        "row": told.row,
        "kind": told.kind,
        "partner_number": told.partner_number,
        "partner_name": told.partner_name,
        "balance": text(told.balance),
        "currency": told.currency,
        "credit_limit": text(told.credit_limit),
        "internal_limit": text(told.internal_limit),
        "limit_currency": told.limit_currency,
        "partner_vat": told.partner_vat,
        "partner_email": told.partner_email,
        "items": told.items or None,
        "amounts": [[currency, str(amount)] for currency, amount in told.amounts] or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def as_golden(result):
    """Return a result as a golden file has it."""
    found = result.detected
    return {
        "detected": {
            "content": found.content,
            "format": found.format,
            "encoding": found.encoding,
            "separator": found.separator,
            "header_row": found.header_row,
            "decimal_mark": found.decimal_mark,
            "cover": found.cover,
            "balance_date": text(found.balance_date),
            "columns": {column.header: column.field for column in found.columns if column.field},
        },
        "balances": [as_row(told) for told in result.items],
        "rejected": [as_row(told) for told in result.rejected],
        "problems": [f"{issue.level} {issue.code} {issue.row or ''}".strip() for issue in result.problems],
    }


class BalancesCase(ReadCase):
    """Reads lists of debtors."""

    def balances(self, *lines, filename="list.csv", **options):
        """Read lines of text, or the bytes of a file."""
        data = lines[0] if isinstance(lines[0], bytes) else "\r\n".join([*lines, ""]).encode()
        result = read_balances(data, filename, ReadOptions(**options))
        for one in (*result.problems, *result.items, *result.rejected):
            self.assertEqual(one.file, filename)
        return result

    def assertBalances(self, result, *expected, fields=FIELDS):
        """Compare some fields of all balances; amounts as text."""
        found = [tuple(text(getattr(told, name)) for name in fields) for told in result.items]
        self.assertEqual(found, list(expected))


class TestGolden(ReadCase):
    """Files of real shapes against golden files."""

    def check(self, name):
        path = DATA / "balances" / name
        found = as_golden(read_balances(path.read_bytes(), name))
        expected = path.with_suffix(".expected.json")
        if SAVE:
            expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.assertEqual(found, json.loads(expected.read_text(encoding="utf-8")))

    def test_scope(self):
        self.check("scope_ob_credit_limit.csv")

    def test_scope_with_limits_only(self):
        self.check("scope_limits_only.txt")

    def test_scope_with_balances_only(self):
        self.check("scope_balances_only.csv")

    def test_business_central(self):
        self.check("bc_customer_list.csv")

    def test_datev(self):
        self.check("datev_summen_salden.csv")

    def test_xero(self):
        self.check("xero_aged_summary.csv")

    def test_exact_online(self):
        self.check("exact_kredietlimieten.csv")

    def test_ebp(self):
        self.check("ebp_encours.csv")

    def test_no_list_of_balances_is_read_as_items(self):
        expected = {"scope_ob_credit_limit.csv": ["header_missing"], "scope_limits_only.txt": []}
        for path in sorted((DATA / "balances").glob("*.[ct][sx][vt]")):
            with self.subTest(path.name):
                result = read(path.read_bytes(), path.name)
                self.assertEqual(result.items, ())
                stops = [issue.code for issue in result.problems if issue.level == "stop"]
                self.assertEqual(stops, expected.get(path.name, ["list_of_balances"]))

    def test_no_list_of_items_is_read_as_balances(self):
        for path in sorted(DATA.glob("*.[ct][sx][vt]")):
            with self.subTest(path.name):
                self.assertEqual(read_balances(path.read_bytes(), path.name).detected.content, "items")

    def test_sums_of_items_are_complete(self):
        """What all debtors owe together is what their items sum to, where the list is in one currency."""
        for path in sorted(DATA.glob("*.[ct][sx][vt]")):
            items = [item for item in read(path.read_bytes(), path.name).items if item.kind != "payable"]
            if len({item.currency for item in items}) == 1 and not any(item.company_balance for item in items):
                with self.subTest(path.name):
                    balances = read_balances(path.read_bytes(), path.name).items
                    self.assertEqual(sum(told.balance for told in balances), sum(item.balance for item in items))
                    self.assertEqual(sum(told.items for told in balances), len(items))


class TestScope(BalancesCase):
    """Six columns by position."""

    def test_first_line_is_ignored_whatever_it_says(self):
        expected = ("1001", "100.50", "5000.00", "2500.00")
        for first in (
            SCOPE,
            "a;b;c;d;e;f",
            "Saldenliste",
            "9;X;;1;2;3",
            "",
            "Number;Name;;Credit Limit;Int. Limit;Saldo",
        ):
            with self.subTest(first):
                self.assertBalances(self.balances(first, "1001;ACME;;5.000,00;2500;100,50"), expected)

    def test_any_separator(self):
        for separator in ",\t|":
            with self.subTest(separator):
                line = separator.join(("1001", "ACME", "", "5000", "", '"100,50"'))
                self.assertBalances(self.balances("x", line), ("1001", "100.50", "5000.00", None))

    def test_more_commas_than_semicolons(self):
        line = "1001;A, B, C, D, E, F, G, H Ltd;;5.000,00;;100,50"
        self.assertBalances(self.balances("x", line), ("1001", "100.50", "5000.00", None))

    def test_workbook(self):
        book = openpyxl.Workbook()
        for row in (["", "", ""], ["007", "ACME", None, 5000, None, 100.5], [1002, "B", None, None, None, "1.190,00"]):
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        expected = (("007", "100.50", "5000.00", None), ("1002", "1190.00", None, None))
        self.assertBalances(self.balances(stream.getvalue(), filename="list.xlsx"), *expected)

    def test_decimal_comma_where_nothing_shows_it(self):
        self.assertBalances(self.balances(SCOPE, "1;A;;;;1.190"), ("1", "1190.00", None, None))

    def test_a_decimal_point_that_shows_itself(self):
        result = self.balances(SCOPE, "1;A;;;;1,190", "2;B;;;;12.50")
        self.assertBalances(result, ("1", "1190.00", None, None), ("2", "12.50", None, None))

    def test_blank_is_not_zero(self):
        result = self.balances(SCOPE, "1;A;;0;;", "2;B;;;0,00;", "3;C;;;;0", "4;D;;;;-")
        self.assertBalances(
            result,
            ("1", None, "0.00", None),
            ("2", None, None, "0.00"),
            ("3", "0.00", None, None),
            ("4", None, None, None),
        )

    def test_a_limit_in_words_is_no_number(self):
        words = ("unlimited", "unbegrenzt", "illimité", "no limit", "none", "n/a", "∞", "inf", "Infinity", "NaN", "*",
                 "unlimited 0", "0 (unlimited)", "blocked", "keine", "EUR", "max.", "O", "#N/A")  # fmt: skip
        for header, cells in (
            ("Debtor Number;Name;Credit Limit;Balance", "{word};10,00"),
            ("Debtor Number;Name;Internal Credit Limit;Balance", "{word};10,00"),
            (SCOPE, "x;{word};;10,00"),
        ):
            for word in words:
                with self.subTest(header=header, word=word):
                    cell = cells.format(word=word)
                    fine = cells.format(word="0,00")
                    result = self.balances(header, f"10001;North;{fine}", f"10004;East;{cell}")
                    self.assertEqual([told.partner_number for told in result.items], ["10001"])
                    rejected = [
                        (told.partner_number, told.given, told.credit_limit, told.internal_limit)
                        for told in result.rejected
                    ]
                    self.assertEqual(rejected, [("10004", (), None, None)])

    def test_unreadable_amount_is_rejected(self):
        result = self.balances(SCOPE, "1;A;;;;12,00", "2;B;;;;see file", "3;C;;none;;5,00", "4;D;;;5,00;5,00")
        self.assertBalances(result, ("1", "12.00", None, None), ("4", "5.00", None, "5.00"))
        rejected = [(told.partner_number, told.row, told.given, told.credit_limit) for told in result.rejected]
        self.assertEqual(rejected, [("2", 3, (), None), ("3", 4, (), None)])
        self.assertProblems(
            result,
            ("info", "columns_by_position", None),
            ("warning", "amount_unreadable", 3),
            ("warning", "amount_unreadable", 4),
        )
        self.assertEqual(dict(result.problems[1].values), {"column": "Balance", "text": "see file"})

    def test_total_is_dropped_and_compared(self):
        for total, codes in (("30,00", []), ("31,00", ["totals_differ"])):
            with self.subTest(total):
                result = self.balances(SCOPE, "1;A;;;;10,00", "2;B;;;;20,00", f";Total;;;;{total}")
                self.assertEqual([told.partner_number for told in result.items], ["1", "2"])
                stops = [issue.code for issue in result.problems if issue.level == "stop"]
                self.assertEqual(stops, codes)
                self.assertIn("row_total", [issue.code for issue in result.problems])

    def test_duplicate_rows_are_kept_apart(self):
        result = self.balances(SCOPE, "1;A;;;;10,00", "1;A;;;;10,00")
        self.assertBalances(result, ("1", "10.00", None, None), ("1", "10.00", None, None))

    def test_currency_is_the_debtors_own(self):
        self.assertBalances(
            self.balances(SCOPE, "1;A;;5;;10,00"),
            (None, None, "receivable"),
            fields=("currency", "limit_currency", "kind"),
        )

    def test_other_order_of_columns_is_told_by_the_header(self):
        result = self.balances(
            "Debtor number;Name;City;Balance;Credit limit;Internal limit", "1;A;Bonn;10,00;5,00;4,00"
        )
        self.assertBalances(result, ("1", "10.00", "5.00", "4.00"))
        self.assertProblems(result)

    def test_unknown_column_beside_known_ones_is_no_limit(self):
        result = self.balances("Customer No.;Name;City;Credit Limit;Overdue;Balance", "1;A;Bonn;10,00;5,00;4,00")
        self.assertBalances(result, ("1", "4.00", "10.00", None))

    def test_column_corrected_by_the_user(self):
        lines = ("a;b;c;d;e;f", "1;A;;5,00;4,00;10,00", "2;B;;6,00;;")
        result = self.balances(*lines, columns={"D": "internal_limit", "e": "", "other": "balance"})
        self.assertBalances(result, ("1", "10.00", None, "5.00"), ("2", None, None, "6.00"))

    def test_dates_are_no_limits(self):
        result = self.balances("x;y;z;a;b;c", "1;A;;01.02.2026;;5,00", "2;B;;01.02.2026;;5,00")
        self.assertEqual(result.items, ())
        self.assertProblems(result, ("stop", "header_missing", None))


class TestTable(BalancesCase):
    """Tables by their header."""

    def test_headers_in_all_languages(self):
        for limit, internal in (
            ("Credit Limit", "Internal Credit Limit"),
            ("Kreditlimit", "Internes Kreditlimit"),
            ("Kreditrahmen", "Interner Kreditrahmen"),
            ("Kredietlimiet", "Intern kredietlimiet"),
            ("Limite de crédit", "Limite interne"),
            ("Encours autorisé", "Encours autorisé interne"),
            ("Kreditmaksimum", "Internt kreditmaksimum"),
            ("Kreditgräns", "Intern kreditgräns"),
            ("Kreditgrense", "Intern kredittgrense"),
            ("Límite de crédito", "Límite de crédito interno"),
            ("Fido", "Fido interno"),
        ):
            with self.subTest(limit):
                result = self.balances(f"Saldo;{internal};{limit};Debitorennr.", "10,00;4,00;5,00;1")
                self.assertBalances(result, ("1", "10.00", "5.00", "4.00"))

    def test_limits_mean_nothing_else(self):
        """No heading of a limit is one of another column, and no column of items is a limit."""
        for word, found in make_index().items():
            names = {name for name, _rank in found}
            if names & set(LIMITS):
                with self.subTest(word):
                    self.assertEqual(len(names), 1)
        for header in ("Credit", "Crédit", "Kredit", "Encours", "Credit Amount", "Credit Note", "Credit Memo"):
            with self.subTest(header):
                self.assertFalse({name for name, _rank in meaning(header, make_index()).fields} & set(LIMITS))

    def test_limit_in_a_list_of_items_changes_nothing(self):
        plain = ("Kunde;Rechnungsnr;Datum;Debit;Credit", "A;R1;01.02.2026;1.190,50;", "A;R2;02.02.2026;;20,50")
        limits = (f"{plain[0]};Credit Limit;Internal Limit", f"{plain[1]};5.000;1.000", f"{plain[2]};5.000;")
        self.assertEqual(self.read(plain).items, self.read(limits).items)
        self.assertEqual(self.read(plain).problems, self.read(limits).problems)

    def test_limits_only(self):
        result = self.balances("Customer;Credit Limit", "ACME;5,000.00", "Beta;")
        self.assertBalances(result, ("ACME", "5000.00"), ("Beta", None), fields=("partner_name", "credit_limit"))
        self.assertProblems(result, ("info", "limits_only", None))

    def test_name_and_balance_only(self):
        result = self.balances("Customer Name;Balance", "Total Energies SE;100.50", "Sum Ltd;20.00", "Total;120.50")
        fields = ("partner_number", "partner_name", "balance", "kind")
        expected = ((None, "Total Energies SE", "100.50", "receivable"), (None, "Sum Ltd", "20.00", "receivable"))
        self.assertBalances(result, *expected, fields=fields)
        self.assertProblems(result, ("info", "row_total", 4))

    def test_total_of_a_debtor(self):
        result = self.balances("Name;Saldo", "ACME;10,00", "Summe ACME;10,00", "Beta;5,00", "Gesamtsumme;15,00")
        self.assertBalances(result, ("ACME", "10.00"), ("Beta", "5.00"), fields=("partner_name", "balance"))

    def test_debtor_number_makes_a_debtor(self):
        result = self.balances("Debitorennr.;Name;Saldo", "1;Total;10,00", "2;Summe;5,00")
        self.assertBalances(result, ("1", "10.00"), ("2", "5.00"), fields=("partner_number", "balance"))

    def test_repeated_header_and_blank_rows(self):
        lines = ("Debitorennr.;Name;Saldo", "1;A;10,00", "", "Debitorennr.;Name;Saldo", "2;B;5,00", "Seite 1")
        result = self.balances(*lines)
        self.assertBalances(result, ("1", "10.00"), ("2", "5.00"), fields=("partner_number", "balance"))
        self.assertProblems(
            result, ("info", "row_blank_middle", 3), ("info", "row_header_repeated", 4), ("info", "row_text", 6)
        )

    def test_turnover_is_no_balance(self):
        result = self.balances("Kunde;Umsatz;Kreditlimit", "A;100,00;200,00")
        self.assertBalances(result, (None, "200.00"), fields=("balance", "credit_limit"))

    def test_currencies(self):
        lines = ("Debtor No.;Currency;Balance;Credit Limit", "1;USD;10.00;5.00", "2;;10.00;5.00", "3;XXQ;10.00;5.00")
        result = self.balances(*lines)
        fields = ("partner_number", "currency", "limit_currency")
        self.assertBalances(result, ("1", "USD", "USD"), ("2", None, None), fields=fields)
        self.assertProblems(result, ("warning", "currency_unreadable", 4))
        self.assertEqual([told.partner_number for told in result.rejected], ["3"])

    def test_limit_in_company_currency_beside_a_balance_that_is_not(self):
        result = self.balances("Customer No.;Currency;Balance;Credit Limit (LCY)", "1;USD;10.00;5.00")
        self.assertBalances(result, ("USD", None), fields=("currency", "limit_currency"))

    def test_creditors_are_left_out(self):
        lines = ("Konto;Name;Saldo;S/H", "10000;A;10,00;S", "70000;B;5,00;H")
        result = self.balances(*lines)
        self.assertBalances(result, ("10000", "10.00"), fields=("partner_number", "balance"))
        self.assertProblems(result, ("info", "payables_left_out", None))

    def test_list_of_creditors(self):
        result = self.balances("Kreditornummer;Name;Saldo", "70000;A;10,00")
        self.assertEqual(result.items, ())
        self.assertProblems(result, ("stop", "list_of_payables", None))
        self.assertTrue(result.failed)

    def test_plain_number_is_the_debtors_where_limits_are(self):
        result = self.balances("Number;Name;City;Open Balance;Credit Limit;Rep;Zone", "7;A;Bonn;10.00;5.00;x;y")
        self.assertBalances(result, ("7", "10.00", "5.00", None))

    def test_date_of_the_balance_beside_limits(self):
        result = self.balances("Debtor No.;Date;Balance;Credit Limit", "1;31.03.2026;10.00;5.00")
        self.assertBalances(result, ("1", "10.00", "5.00", None))

    def test_columns_named_by_the_user(self):
        columns = {"Foo": "partner_number", "Bar": "balance", "Baz": "internal_limit"}
        result = self.balances("Foo;Bar;Baz", "1;10,00;5,00", columns=columns)
        self.assertBalances(result, ("1", "10.00", None, "5.00"))

    def test_what_is_missing_is_told(self):
        for lines, missing in (
            (("Customer No.;Invoice No.;Zone", "1;R1;x"), ("balance",)),
            (("Branch;Open Balance;Zone", "1;10.00;x"), ("partner_number",)),
        ):
            with self.subTest(lines[0]):
                result = self.balances(*lines)
                self.assertProblems(result, ("stop", "column_missing", None))
                self.assertEqual(result.problems[0].values["missing"], missing)

    def test_damaged_files(self):
        for data, code in ((b"", "file_empty"), (b"%PDF-1.4", "file_unknown"), (b"PK\x03\x04broken", "file_damaged")):
            with self.subTest(code):
                result = self.balances(data)
                self.assertProblems(result, ("stop", code, None))
                self.assertTrue(result.failed)
