"""Text, numbers, currencies, amounts and dates as they stand in files."""

from datetime import date, datetime, time
from decimal import Decimal

from odoo.tests import BaseCase

from ....engine.values.cells import (
    clean,
    currency_in,
    decimal_evidence,
    fold,
    money,
    read_amount,
    read_currency,
    read_number,
)
from ....engine.values.dates import DateReader, dates_in, looks_like_date, order_evidence
from ....engine.words.columns import is_bucket, make_index, meaning
from ....engine.words.sides import kinds_in

NOON = datetime.combine(date(2026, 3, 31), time(12))


class TestText(BaseCase):
    """Cells as text."""

    def test_clean(self):
        for cell, expected in (
            (None, ""),
            ("  Müller \u00a0 &\tSöhne\n", "Müller & Söhne"),
            ("Cafe\u0301\nZürich", "Café Zürich"),
            ("\ufeffWeiß\u200b\u00ad KG\u00a0", "Weiß KG"),
            ('="00815"', "00815"),
            ("'4711", "4711"),
            ("'+Plus Energie", "+Plus Energie"),
            ("'t Hoekje", "'t Hoekje"),
            ("@5C\\Qoffen@", "offen"),
            (10001.0, "10001"),
            (262.5, "262.5"),
            (True, "TRUE"),
            (NOON, "2026-03-31"),
        ):
            with self.subTest(cell):
                self.assertEqual(clean(cell), expected)

    def test_fold(self):
        for text in ("Fällig_am", "FALLIG AM", "fällig-am:", "Fällig am *"):
            with self.subTest(text):
                self.assertEqual(fold(text), "falligam")
        self.assertEqual(fold("Straße Nº 5 (Ø)"), "strasseno5o")

    def test_number(self):
        for cell, expected in (
            ("20240001.0", ("20240001", False)),
            (20240001.0, ("20240001", False)),
            ("00815", ("00815", False)),
            ("RE 2024/5", ("RE 2024/5", False)),
            ("219E01BE", ("219E01BE", False)),
            ("12E3", ("12E3", False)),
            ("1.0E+10", ("1.0E+10", True)),
            ("2,19E+26", ("2,19E+26", True)),
            (1e10, ("10000000000", False)),
            (2.19e26, ("2.19E+26", True)),
            (date(2026, 1, 5), ("2026-01-05", True)),
        ):
            with self.subTest(cell):
                self.assertEqual(read_number(cell), expected)

    def test_currency(self):
        for cell, expected in (
            ("EUR", "EUR"),
            ("gbp", "GBP"),
            ("€", "EUR"),
            ("Euro", "EUR"),
            ("$", None),
            ("kr", None),
            ("XYZ", None),
            ("", None),
            (None, None),
        ):
            with self.subTest(cell):
                self.assertEqual(read_currency(cell), expected)
        self.assertEqual(currency_in("Offener Betrag CHF"), ("CHF", "Offener Betrag"))
        self.assertEqual(currency_in("Total Amount (£)"), ("GBP", "Total Amount"))
        self.assertEqual(currency_in("Balance Due"), (None, "Balance Due"))


class TestAmounts(BaseCase):
    """Amounts: never zero where there is none."""

    def check(self, mark, *pairs):
        for text, expected in pairs:
            with self.subTest(text, mark=mark):
                found = read_amount(text, mark)
                self.assertEqual(found and str(found.value), expected)

    def test_point(self):
        self.check(
            ".",
            ("1,234.56", "1234.56"),
            ("1,234,567.89", "1234567.89"),
            ("-1,234.56", "-1234.56"),
            ("$1,234.56", "1234.56"),
            ("1,234.56 USD", "1234.56"),
            ("  1,234.56  ", "1234.56"),
            ("12,34.56", "1234.56"),
            ("1,28,500.00", "128500.00"),
            ("1,190", "1190"),
            ("1.190", "1.190"),
            ("1'190.00", "1190.00"),
            ("1\u2019190.50", "1190.50"),
            ("88.--", "88"),
            ("1495.0000", "1495.0000"),
            (".50", "0.50"),
        )

    def test_comma(self):
        self.check(
            ",",
            ("1.190,00", "1190.00"),
            ("1234.567,89", "1234567.89"),
            ("1.190", "1190"),
            ("1 000,5", "1000.5"),
            ("1\u202f200,00", "1200.00"),
            ("12\u00a0345,60", "12345.60"),
            ("60,-", "60"),
            ("1.000,00-", "-1000.00"),
            ("\u22121,50", "-1.50"),
            ("(119,00)", "-119.00"),
            ("(EUR 200,00)", "-200.00"),
            ("EUR -5,00", "-5.00"),
            ("-€ 5,00", "-5.00"),
            ("€ 1.190,00", "1190.00"),
            ("262.5", "262.5"),
            ("-0,00", "-0.00"),
        )

    def test_none(self):
        for text in (
            "",
            "not a number",
            "USD",
            "div.",
            "12%",
            "1.2.3",
            "12.03.2026",
            "12 34",
            "abc 12",
            "1,2,3",
            "--",
            "x",
            "9" * 50,
            "1000000000000000",
            1e300,
        ):
            with self.subTest(text):
                self.assertIsNone(read_amount(text, ","))

    def test_style_needed(self):
        self.assertIsNone(read_amount("1.190"))
        self.assertIsNone(read_amount("1,190"))
        self.assertEqual(read_amount("1.190,5").value, Decimal("1190.5"))

    def test_evidence(self):
        for text, expected in (
            ("1.190,00", ","),
            ("1,190.00", "."),
            ("1.190.000", ","),
            ("1190.000", "."),
            ("0.500", "."),
            ("1.190", "?"),
            ("1190", ""),
            ("1'190", ""),
            ("abc", ""),
        ):
            with self.subTest(text):
                self.assertEqual(decimal_evidence(text), expected)

    def test_sides(self):
        for text, expected in (("5,00 Dr", 1), ("5,00 Cr", -1), ("5,00 S", 1), ("5,00 H", -1), ("5,00", 0)):
            with self.subTest(text):
                self.assertEqual(read_amount(text, ",").side, expected)

    def test_currency(self):
        self.assertEqual(read_amount("1.190,00 €", ",").currency, "EUR")
        self.assertEqual(read_amount("EUR 600.00", ".").currency, "EUR")
        self.assertIsNone(read_amount("$600.00", ".").currency)

    def test_typed(self):
        for cell, expected in ((262.5, "262.5"), (0.1 + 0.2, "0.3"), (1190, "1190"), (-50.25, "-50.25")):
            with self.subTest(cell):
                self.assertEqual(str(read_amount(cell).value), expected)
        for cell in (None, True, date(2026, 1, 1), float("nan"), float("inf")):
            with self.subTest(cell):
                self.assertIsNone(read_amount(cell))

    def test_money(self):
        for value, expected in (
            ("1495.0000", "1495.00"),
            ("5", "5.00"),
            ("1.234", "1.234"),
            ("-0.00", "0.00"),
            ("1E+3", "1000.00"),
        ):
            with self.subTest(value):
                self.assertEqual(str(money(Decimal(value))), expected)


class TestDates(BaseCase):
    """Dates in every usual form."""

    def test_read(self):
        for text, expected in (
            ("05.01.2026", "2026-01-05"),
            ("5.1.26", "2026-01-05"),
            ("23-1-2024", "2024-01-23"),
            ("15/01/26", "2026-01-15"),
            ("2026-01-05", "2026-01-05"),
            ("2024-01-09 00:00:00", "2024-01-09"),
            ("2026-01-05T10:00:00Z", "2026-01-05"),
            ("20260105", "2026-01-05"),
            ("05012026", "2026-01-05"),
            ("5012026", "2026-01-05"),
            ("45296", "2024-01-05"),
            ("45301.0", "2024-01-10"),
            ("12-Aug-2026", "2026-08-12"),
            ("24 Mar 2026", "2026-03-24"),
            ("Mar 31, 2026", "2026-03-31"),
            ("5. Januar 2026", "2026-01-05"),
            ("1er février 2026", "2026-02-01"),
            ("3 mrt. 2026", "2026-03-03"),
            ("31.02.2026", None),
            ("05.01.", None),
            ("xx", None),
            ("", None),
            ("55", None),
        ):
            with self.subTest(text):
                found = DateReader("dmy").read(text)
                self.assertEqual(found and str(found), expected)

    def test_order(self):
        self.assertEqual(DateReader("mdy").read("03/04/2026"), date(2026, 3, 4))
        self.assertEqual(DateReader("dmy").read("03/04/2026"), date(2026, 4, 3))
        self.assertEqual(DateReader("mdy").read("05.01.2026"), date(2026, 5, 1))

    def test_without_year(self):
        reader = DateReader("dmy", date(2026, 3, 31))
        self.assertEqual(reader.read("10.03."), date(2026, 3, 10))
        self.assertEqual(reader.read("10.12."), date(2025, 12, 10))
        self.assertEqual(reader.read_after("14.04.", date(2026, 3, 10)), date(2026, 4, 14))
        self.assertEqual(reader.read_after("09.01.", date(2025, 12, 10)), date(2026, 1, 9))

    def test_typed(self):
        self.assertEqual(DateReader(None).read(NOON), date(2026, 3, 31))
        self.assertEqual(DateReader(None).read(45296), date(2024, 1, 5))
        self.assertIsNone(DateReader(None).read(True))

    def test_evidence(self):
        for text, expected in (
            ("31/03/26", "dmy"),
            ("03/31/26", "mdy"),
            ("03/04/2026", "?"),
            ("04/04/2026", ""),
            ("03.04.2026", ""),
        ):
            with self.subTest(text):
                self.assertEqual(order_evidence(text), expected)

    def test_in_text(self):
        for text, expected in (
            ("455148/10203/2026 OPOS per 31.03.2026", ["31.03.2026"]),
            ("As of Mar 31, 2026", ["Mar 31, 2026"]),
            ("openitems_2026-03-31", ["2026-03-31"]),
            ("AR 20260331 v2", ["20260331"]),
            ("Aging Date: 31/03/26", ["31/03/26"]),
            ("Nr. 123456789", []),
        ):
            with self.subTest(text):
                self.assertEqual(dates_in(text), expected)

    def test_looks_like_date(self):
        self.assertTrue(looks_like_date("05.01.2026"))
        self.assertFalse(looks_like_date("45296"))
        self.assertFalse(looks_like_date("1.190,00"))


class TestColumns(BaseCase):
    """What header texts mean."""

    def field(self, header):
        found = meaning(header, make_index())
        return (found.fields[0][0] if found.fields else "", found.currency)

    def test_headers(self):
        for header, expected in (
            ("Rechnungs-Nr.", ("number", None)),
            ("*InvoiceNumber", ("number", None)),
            ("Invoice #", ("number", None)),
            ("N° pièce", ("number", None)),
            ("Faelligkeit", ("due_date", None)),
            ("FÄLLIGKEIT", ("due_date", None)),
            ("Date d'échéance", ("due_date", None)),
            ("Restbetrag (MW)", ("company_balance", None)),
            ("Saldo (Hauswährung)", ("company_balance", None)),
            ("Saldo EUR", ("balance", "EUR")),
            ("Offener Betrag in CHF", ("balance", "CHF")),
            ("Outstanding (LCY)", ("company_balance", None)),
            ("Naam (2)", ("partner_name", None)),
            ("Soll/Haben-Kennz.", ("debit_credit", None)),
            ("Förfallodatum", ("due_date", None)),
            ("eräpäivä", ("due_date", None)),
            ("0 - 30", ("bucket", None)),
            ("91+", ("bucket", None)),
            ("< 1 Month", ("bucket", None)),
            ("Rechnungsnummer / Invoice No.", ("number", None)),
            ("Bemerkung", ("", None)),
        ):
            with self.subTest(header):
                self.assertEqual(self.field(header), expected)

    def test_buckets(self):
        for text in ("91 or more days past due", "1 - 30 days past due", "CURRENT", "121-Above", "Older"):
            with self.subTest(text):
                self.assertTrue(is_bucket(text))
        for text in ("Studio 54", "3M Supplies", "Current Affairs Ltd"):
            with self.subTest(text):
                self.assertFalse(is_bucket(text))

    def test_kinds(self):
        for text, expected in (
            ("OPOS-Liste Debitoren/Kreditoren", {"receivable", "payable"}),
            ("A/R Aging Detail Report", {"receivable"}),
            ("Bills Receivable", {"receivable"}),
            ("Unpaid Bills", {"payable"}),
            ("Échéancier clients", {"receivable"}),
            ("Leverancier", {"payable"}),
            ("Purchase Order Number", set()),
            ("Account Number", set()),
        ):
            with self.subTest(text):
                self.assertEqual(kinds_in(text), expected)
