"""Each row of a list is accounted for: what looks like an item and is none goes to a person."""

from datetime import date
from decimal import Decimal

from ....engine import ReadOptions, read_balances, read_opening
from ...engine_case import ReadCase
from ...engine_samples import book, item, make, partner, rows
from ...file_samples import FORMATS

D = Decimal
FIELDS = ("partner_number", "number", "balance")


def told(result):
    """Codes of what is to be looked at, with their rows."""
    return [(issue.level, issue.code, issue.row) for issue in result.problems if issue.level != "info"]


def rejected(result):
    """What is left of the rows that a person has to look at."""
    return [(one.row, one.partner_number, one.number, one.date) for one in result.rejected]


class TestWiderThanTheHeader(ReadCase):
    """A row with more filled cells than the header has columns: any of them may stand in the wrong one."""

    HEADER = "Customer;Name;Total;Open Balance;Invoice;Date"
    ROWS = ("C-1;North Shop;500,00;100,00;INV-1;12.01.2026", "C-3;West Shop;700,00;300,00;INV-3;14.01.2026")
    SOUND = (("C-1", "INV-1", "100.00"), ("C-3", "INV-3", "300.00"))

    def test_one_row_waits_and_protects_its_partner(self):
        for separator in ";", "\t", "|":
            lines = [self.HEADER, self.ROWS[0], "C-2;South; Shop;600,00;200,00;INV-2;13.01.2026", self.ROWS[1]]
            result = self.read([line.replace(";", separator) for line in lines])
            with self.subTest(separator):
                self.assertItems(result, *self.SOUND)
                self.assertEqual(rejected(result), [(3, "C-2", None, None)])
                self.assertEqual(told(result), [("warning", "row_too_wide", 3)])
                self.assertIn("South | Shop | 600,00", result.problems[0].text)

    def test_a_workbook(self):
        lines = [self.HEADER, *self.ROWS, "C-2;South; Shop;600,00;200,00;INV-2;13.01.2026"]
        for form in FORMATS:
            result = self.read(FORMATS[form]([line.split(";") for line in lines]), f"list.{form}")
            with self.subTest(form):
                self.assertItems(result, *self.SOUND)
                self.assertEqual(rejected(result), [(4, "C-2", None, None)])

    def test_blank_cells_at_the_end_count_as_well(self):
        """Shop has moved everything by one; the note at the end is blank, so that nothing stands beyond the header."""
        lines = [f"{self.HEADER};Note", *(f"{row};" for row in self.ROWS)]
        result = self.read([*lines, "C-2;South; Shop;600,00;200,00;INV-2;13.01.2026;"])
        self.assertItems(result, *self.SOUND)
        self.assertEqual(rejected(result), [(4, "C-2", None, None)])
        result = self.read([self.HEADER, *(f"{row};;" for row in self.ROWS)])
        self.assertItems(result, *self.SOUND)
        self.assertEqual((rejected(result), told(result)), ([], []))

    def test_if_most_rows_are_so_the_list_stops(self):
        lines = ["Customer,Invoice,Invoice Date,Open Balance"]
        lines += ["C-1,INV-1,12.01.2026,100,50", "C-1,INV-2,13.01.2026,200", "C-2,INV-3,14.01.2026,300,25"]
        result = self.read(lines)
        self.assertItems(result, ("C-1", "INV-2", "200.00"))
        self.assertEqual(rejected(result), [(2, "C-1", None, None), (4, "C-2", None, None)])
        self.assertEqual(told(result), [("stop", "rows_too_wide", 2)])
        self.assertEqual(result.problems[0].values, {"count": 2, "total": 3})

    def test_headings_and_totals_are_none(self):
        result = self.read([self.HEADER, *self.ROWS, "Total;;1.200,00;400,00;;;2 invoices", ";;;;;;;Page 1"])
        self.assertItems(result, *self.SOUND)
        self.assertEqual((rejected(result), told(result)), ([], []))

    def test_columns_without_a_header_that_are_used(self):
        result = self.read(["Invoice;Date;Open", "INV-1;12.01.2026;1,50;C-1", "INV-2;13.01.2026;2,50;C-2"])
        self.assertItems(result, ("C-1", "INV-1", "1.50"), ("C-2", "INV-2", "2.50"))
        self.assertEqual(told(result), [])

    def test_debtors(self):
        lines = ["Debiteur;Naam;Saldo", "1;Noord;10,50", "2;Zuid;BV;20,50", "3;West;30,50", "4;Oost;40,50"]
        result = read_balances("\n".join(lines).encode(), "list.csv", ReadOptions())
        self.assertEqual([(one.partner_number, one.balance) for one in result.items], [
            ("1", D("10.50")), ("3", D("30.50")), ("4", D("40.50")),
        ])  # fmt: skip
        self.assertEqual([(one.row, one.partner_number, one.balance) for one in result.rejected], [(3, "2", None)])
        self.assertEqual(told(result), [("warning", "row_too_wide", 3)])

    def test_opening_documents(self):
        lines = ["Document Type;Partner Number;Partner Name;Number;Date;Due Date;Total;Open Amount"]
        lines += [f"Customer Invoice;C{at};Shop;R{at};2026-01-05;2026-02-05;50,00;50,00" for at in range(3)]
        lines[2] = lines[2].replace("Shop", "Shop; South")
        result = read_opening("\n".join(lines).encode(), "list.csv", ReadOptions())
        faults = [(one.row, "row_too_wide" in [fault.code for fault in one.faults]) for one in result.items]
        self.assertEqual(faults, [(2, False), (3, True), (4, False)])

    def test_the_documents_of_its_partner_stay_open(self):
        lines = [self.HEADER, *self.ROWS, "D2;South; Shop;600,00;200,00;INV/2;13.01.2026"]
        result = self.read([line.replace("C-", "D") for line in lines])
        books = [book(2, 600, owner=2), book(4, 50, owner=2), book(5, 70, owner=4)]
        plan = make(result.items, books, rejected=result.rejected, partners=tuple(partner(at) for at in range(1, 5)))
        actions = [(one.type, one.book_id, one.reason.code) for one in plan.actions if one.item is None or one.rejected]
        self.assertEqual(actions, [
            ("review", 0, "amount_unreadable"),
            ("skip", 2, "mentioned"), ("skip", 4, "mentioned"), ("close", 5, "absent"),
        ])  # fmt: skip


class TestDecimals(ReadCase):
    """An amount with more decimals than its currency has was most likely misread."""

    def check(self, amounts, expected, **options):
        lines = ["Customer;Invoice;Invoice Date;Open Balance"]
        lines += [f"C-1;INV-{at};2026-01-12;{amount}" for at, amount in enumerate(amounts)]
        result = self.read(lines, **options)
        self.assertItems(result, *expected, fields=("row", "balance"))
        waiting = sorted(set(range(2, len(lines) + 1)) - {int(row) for row, _balance in expected})
        self.assertEqual(sorted(one.row for one in result.rejected), waiting)
        codes = [issue.code for issue in result.problems if issue.level == "warning"]
        self.assertEqual(codes, ["amount_decimals"] * len(waiting))

    def test_three_among_others(self):
        for amounts, expected in (
            (("1.234", "250.50"), (("3", "250.50"),)),
            (("250,50", "1,000", "-12,500"), (("2", "250.50"),)),
            (("1.234 EUR", "250.50 EUR", "7 EUR"), (("3", "250.50"), ("4", "7.00"))),
            (("2,500", "12.345,60", "99,9"), (("3", "12345.60"), ("4", "99.90"))),
        ):
            with self.subTest(amounts):
                self.check(amounts, expected)

    def test_currency_that_has_three(self):
        """1.234 dinars are 1.234 dinars beside 250.50 euros, and not thousands; 1.234 euros may be."""
        self.check(("1.234 TND", "250.50 EUR", "12.345 KWD"), (("2", "1.234"), ("3", "250.50"), ("4", "12.345")))
        self.check(("1.234 EUR", "250.50 EUR", "12.345 KWD"), (("3", "250.50"), ("4", "12.345")))
        lines = ["Customer;Invoice;Invoice Date;Open (TND)", "C-1;A1;2026-01-12;1.234", "C-1;A2;2026-01-12;250.50"]
        self.assertItems(self.read(lines), ("2", "1.234"), ("3", "250.50"), fields=("row", "balance"))

    def test_all_with_three_or_four(self):
        self.check(("1190.000", "2.500", "12.345"), (("2", "1190.00"), ("3", "2.50"), ("4", "12.345")))
        self.check(("1190.0000", "2.5000"), (("2", "1190.00"), ("3", "2.50")))

    def test_what_shows_that_it_is_thousands_is_thousands(self):
        self.check(("1.234", "250,50"), (("2", "1234.00"), ("3", "250.50")))
        self.check(("1,000", "12,500.75"), (("2", "1000.00"), ("3", "12500.75")))

    def test_without_cents_elsewhere_it_is_asked(self):
        for amounts in (("1,000", "250"), ("1.000", "7")):
            lines = [f"C-1;INV-{at};2026-01-12;{amount}" for at, amount in enumerate(amounts)]
            result = self.read(["Customer;Invoice;Invoice Date;Open Balance", *lines])
            self.assertIn(("stop", "decimal_mark_unknown", None), told(result))

    def test_digits_that_are_left_over(self):
        result = self.read(["Customer;Invoice;Date;Open", "C-1;1;2026-01-12;1.234,56 7", "C-1;2;2026-01-12;1,50"])
        self.assertItems(result, ("C-1", "2", "1.50"))
        self.assertEqual(told(result), [("warning", "amount_unreadable", 2)])

    def test_debtors_and_opening_documents(self):
        data = b"Debiteur;Naam;Saldo\n1;Noord;1.234\n2;Zuid;20.50\n3;West;30.50"
        result = read_balances(data, "list.csv", ReadOptions())
        self.assertEqual([(one.partner_number, one.balance) for one in result.rejected], [("1", None)])
        data = (
            "Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount\n"
            "Customer Invoice;C1;R1;2026-01-05;2026-02-05;1.234;1.234\n"
            "Customer Invoice;C1;R2;2026-01-05;2026-02-05;250.50;50.50"
        )
        result = read_opening(data.encode(), "list.csv", ReadOptions())
        self.assertEqual([[fault.code for fault in one.faults] for one in result.items], [["amount_decimals"], []])

    def test_the_plan_takes_no_part_of_a_cent(self):
        books = [book(1, 1234), book(2, 300)]
        for balance, currency in (("1.234", None), ("299.999", None), ("1.2", "JPY"), ("99.999", "USD")):
            plan = make([item("INV/1", balance, currency=currency)], books, complete=False)
            with self.subTest(balance, currency=currency):
                found = [(one.type, one.reason.code, one.payment) for one in plan.actions]
                self.assertEqual(found, [("review", "decimals_beyond", 0)])
        plan = make([item("X/9", "1.234")])
        self.assertEqual([(one.type, one.reason.code) for one in plan.actions], [("review", "decimals_beyond")])

    def test_what_a_spreadsheet_lacks_of_a_cent_is_nothing(self):
        plan = make([item("INV/1", "1234.0000000001")], [book(1, 1234)])
        self.assertEqual([row[0] for row in rows(plan)], ["keep"])


class TestNumbersThatBecameDates(ReadCase):
    """A spreadsheet makes 3-26 Mrz 26 and 1-4-26 01.04.2026; such a number must not be trusted to differ."""

    def unsure(self, *numbers):
        lines = ["Customer No.;Invoice;Invoice Date;Open Balance"]
        lines += [f"C-{at};{number};{at + 1:02}.01.2026;100,00" for at, number in enumerate(numbers)]
        result = self.read(lines)
        self.assertEqual([one.number for one in result.items], list(numbers))
        found = [one.number for one in result.items if one.number_unsure]
        warned = [issue.text for issue in result.problems if issue.code == "number_unsure"]
        self.assertEqual(sorted(found), sorted(warned))
        return found

    def test_dates(self):
        for text in ("01.04.2026", "2026-04-01", "4/1/2026", "1-4-26", "2026-04-01 00:00:00"):
            with self.subTest(text):
                self.assertEqual(self.unsure("15-26", text, "37-26"), [text])

    def test_months(self):
        for text in ("Mrz 26", "Mar-26", "mrt-26", "mars-26", "4. Apr", "04-Jan", "févr.-26", "3-Sep", "maj-26"):
            with self.subTest(text):
                self.assertEqual(self.unsure("15-26", text, "37-26"), [text])

    def test_powers(self):
        for text in ("1,00E+10", "1.5E+3", "2E+11", "5,00E-05"):
            with self.subTest(text):
                self.assertEqual(self.unsure("15-26", text, "37-26"), [text])

    def test_numbers_that_are_none(self):
        for text in ("2026-0004", "12/26", "MARKET-26", "12E3", "2026/01/99", "R-1-4-26", "5-E-05", "26.1"):
            with self.subTest(text):
                self.assertEqual(self.unsure("15-26", text, "37-26"), [])
        self.assertEqual(self.unsure("MAI-26", "MAI-27", "MAI-28"), [])
        self.assertEqual(self.unsure("INV/2026/00001", "2026-00-17", "2026-01-18", "X-1"), [])
        self.assertEqual(self.unsure("INV/2026/00001", "2026-0017", "2026-01-18", "X-1"), ["2026-01-18"])

    def test_a_workbook(self):
        table = [("Customer", "Invoice", "Invoice Date", "Open Balance"), ("C-1", "15-26", date(2026, 1, 5), 100)]
        table += [("C-2", "Mrz 26", date(2026, 1, 6), 150), ("C-3", "37-26", date(2026, 1, 7), 200)]
        result = self.read(FORMATS["xlsx"](table), "list.xlsx")
        self.assertItems(result, ("15-26", "False"), ("Mrz 26", "True"), ("37-26", "False"),
                         fields=("number", "number_unsure"))  # fmt: skip

    def test_opening_documents(self):
        lines = ["Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount"]
        numbers = ("15-26", "Mrz 26", "01.04.2026", "16-26")
        lines += [f"Customer Invoice;C1;{text};2026-01-05;2026-02-05;50,00;50,00" for text in numbers]
        result = read_opening("\n".join(lines).encode(), "list.csv", ReadOptions())
        damaged = ["opening_number_damaged"]
        self.assertEqual([[fault.code for fault in one.faults] for one in result.items], [[], damaged, damaged, []])

    def test_its_document_is_not_closed(self):
        lines = ["Customer No.;Invoice;Invoice Date;Open Balance", "D1;15-26;05.01.2026;100,00"]
        result = self.read([*lines, "D2;01.04.2026;08.01.2026;250,00", "D2;37-26;09.01.2026;10,00"])
        books = [book(1, 100, name="15-26"), book(2, 400, name="1-4-26", owner=2), book(3, 10, name="37-26", owner=2)]
        plan = make(result.items, books)
        self.assertEqual([(one.type, one.book_id, one.reason.code) for one in plan.actions], [
            ("keep", 1, "confirmed"), ("review", 0, "number_unsure"),
            ("keep", 3, "confirmed"), ("skip", 2, "mentioned"),
        ])  # fmt: skip


class TestCurrencySigns(ReadCase):
    """A sign of several currencies is none of them until the company, the document or a person says so."""

    HEADER = "Customer,Invoice,Invoice Date,Open Balance"

    def signed(self, *amounts, header=HEADER):
        lines = [f'D1,INV/{at},2026-02-01,"{amount}"' for at, amount in enumerate(amounts, 1)]
        result = self.read([header, *lines])
        return result, [(one.balance, one.currency, one.currency_sign) for one in result.items]

    def test_signs(self):
        amounts = ("$100.00", "US$ 200.00", "C$300.00", "kr 400.00", "£500.00", "600.00", "¥ 700", "800 Ft", "-$9.50")
        self.assertEqual(self.signed(*amounts)[1], [
            (D("100.00"), None, "$"), (D("200.00"), "USD", ""), (D("300.00"), "CAD", ""), (D("400.00"), None, "kr"),
            (D("500.00"), "GBP", ""), (D("600.00"), None, ""), (D("700.00"), None, "¥"), (D("800.00"), "HUF", ""),
            (D("-9.50"), None, "$"),
        ])  # fmt: skip

    def test_other_places(self):
        for header in ("Balance ($)", "Balance $"):
            found = self.signed("1.50", header=f"Customer,Invoice,Invoice Date,{header}")[1]
            self.assertEqual(found, [(D("1.50"), None, "$")])
        lines = [
            "Kunde;Faktura;Dato;Valuta;Restbeløb",
            "K-1;F-1;01.02.2026;kr.;1.000,50",
            "K-2;F-2;02.02.2026;DKK;5,00",
        ]
        result = self.read(lines)
        self.assertEqual([(one.currency, one.currency_sign) for one in result.items], [(None, "kr"), ("DKK", "")])
        lines = [self.HEADER, "D1,INV/1,2026-02-01,$1.50", "D1,INV/2,2026-02-01,2.50", "TOTAL,,,$4.00"]
        result = self.read(lines)
        self.assertEqual(
            [(one.balance, one.currency_sign) for one in result.items], [(D("1.50"), "$"), (D("2.50"), "$")]
        )
        self.assertEqual(told(result), [])
        self.assertEqual([one.currency_sign for one in self.read(lines, balance_currency="company").items], ["", ""])

    def actions(self, *amounts, company="EUR", **policy):
        books = [book(1, 100), book(2, 300, currency="USD", rate="0.5"), book(3, 1000)]
        items = self.signed(*amounts)[0].items
        plan = make(items, books, company_currency=company, complete=False, **policy)
        return [(one.type, one.reason.code, one.currency, one.payment) for one in plan.actions]

    def test_not_the_company_s(self):
        self.assertEqual(self.actions("$40.00", "$100.00", "kr 400.00", "$ 5.00"), [
            ("review", "currency_differs", "EUR", 0),
            ("pay", "paid_outside", "USD", 200),
            ("review", "currency_differs", "EUR", 0),
            ("review", "currency_sign", "$", 0),
        ])  # fmt: skip

    def test_the_company_s(self):
        books = [book(1, 100, currency="USD"), book(2, 300, currency="CAD", rate="0.5")]
        items = self.signed("$40.00", "$100.00", "$5.00")[0].items
        plan = make(items, books, company_currency="USD", complete=False)
        self.assertEqual([(one.type, one.reason.code, one.currency, one.payment) for one in plan.actions], [
            ("pay", "paid_outside", "USD", 60),
            ("pay", "paid_outside", "CAD", 100),
            ("external", "external_new", "USD", 0),
        ])  # fmt: skip

    def test_an_absent_document_of_the_same_amount_is_protected(self):
        items = self.signed("$100.00")[0].items
        books = [book(7, 100, currency="USD", rate="0.5", name="RE-7", date=date(2025, 1, 1))]
        plan = make(items, books)
        self.assertEqual([(one.type, one.reason.code) for one in plan.actions], [
            ("review", "currency_sign"), ("skip", "mentioned"),
        ])  # fmt: skip

    def test_debtors_and_opening_documents(self):
        data = b"Debtor;Name;Balance\n1;North;$10.50\n2;South;20.50"
        result = read_balances(data, "list.csv", ReadOptions())
        self.assertEqual([(one.balance, one.currency) for one in result.items], [(D("10.50"), "$"), (D("20.50"), None)])
        data = (
            "Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount\n"
            "Customer Invoice;C1;R1;2026-01-05;2026-02-05;$50.00;$50.00"
        )
        result = read_opening(data.encode(), "list.csv", ReadOptions())
        self.assertEqual([(one.currency, one.faults) for one in result.items], [("$", ())])


class TestToBePaid(ReadCase):
    """What is to be paid is never what was paid; where the rows don't tell what is open, a person does."""

    def amounts(self, header, *rows, **options):
        lines = ["Kundennr.;Rechnungsnr.;Rechnungsdatum;" + header]
        lines += [f"1001;R{at};12.01.2026;{row}" for at, row in enumerate(rows, 1)]
        result = self.read(lines, **options)
        return [str(one.balance) for one in result.items], told(result)

    def test_after_a_discount_it_is_asked(self):
        for total, discount, payable in (
            ("Rechnungsbetrag", "Skontobetrag", "Zahlbetrag"),
            ("Factuurbedrag", "Korting", "Te betalen"),
            ("Montant TTC", "Escompte", "Net à payer"),
            ("Invoice Amount", "Discount", "Amount Payable"),
            ("Importo fattura", "Sconto", "Da pagare"),
            ("Importe factura", "Descuento", "A pagar"),
            ("Kwota brutto", "Rabat", "Do zapłaty"),
        ):
            header = f"{total};{discount};{payable}"
            with self.subTest(header):
                problems = self.amounts(header, "1.000,00;20,00;980,00", "200,00;6,00;194,00")[1]
                self.assertIn(("stop", "to_be_paid_unclear", None), problems)
                found = self.amounts(header, "1.000,00;20,00;980,00", columns={payable: "balance"})
                self.assertEqual(found, (["980.00"], []))
                amounts, problems = self.amounts(header, "1.000,00;20,00;980,00", columns={payable: ""})
                self.assertEqual((amounts, problems), (["1000.00"], [("stop", "amount_is_total", None)]))

    def test_less_what_was_paid_it_is_open(self):
        for header in (
            "Rechnungsbetrag;Bezahlt;Zahlbetrag", "Factuurbedrag;Betaald;Te betalen",
            "Montant TTC;Montant payé;Net à payer", "Invoice Amount;Amount Paid;Payable Amount",
        ):  # fmt: skip
            with self.subTest(header):
                found = self.amounts(header, "1.000,00;20,00;980,00", "200,00;0,00;200,00")
                self.assertEqual(found, (["980.00", "200.00"], []))

    def test_the_total_is_to_be_paid(self):
        found = self.amounts("Rechnungsbetrag;Zahlbetrag", "1.000,00;1.000,00", "200,00;200,00")
        self.assertEqual(found, (["1000.00", "200.00"], []))

    def test_nothing_tells(self):
        problems = self.amounts("Rechnungsbetrag;Zahlbetrag", "1.000,00;400,00", "200,00;150,00")[1]
        self.assertIn(("stop", "to_be_paid_unclear", None), problems)
        found = self.amounts("Rechnungsbetrag;Zahlbetrag", "1.000,00;400,00", columns={"Zahlbetrag": "paid"})
        self.assertEqual(found, (["600.00"], []))

    def test_beside_an_open_balance_it_doesn_t_matter(self):
        found = self.amounts("Rechnungsbetrag;Skonto;Zahlbetrag;Offen", "1.000,00;20,00;980,00;1.000,00")
        self.assertEqual(found, (["1000.00"], []))

    def test_still_to_be_paid_is_open(self):
        for header in ("Nog te betalen", "Reste à payer", "Kvar att betala", "Remaining to pay"):
            found = self.amounts(f"Rechnungsbetrag;Skonto;{header}", "1.000,00;20,00;980,00")
            self.assertEqual(found, (["980.00"], []))


class TestExactRest(ReadCase):
    """Receivables as Exact's REST interface gives them, saved as CSV."""

    def test_dates_and_amounts(self):
        lines = [
            "AccountCode,AccountName,Amount,AmountInTransit,CurrencyCode,DueDate,EntryNumber,InvoiceDate,InvoiceNumber",
            '"                12",Noord BV,1210.5,0,EUR,/Date(1771286400000)/,881,/Date(1768694400000)/,26700012',
            '"                15",Zuid BV,500,250,USD,/Date(1771286400000)/,883,/Date(1768694400000)/,26700014',
        ]
        result = self.read(lines)
        self.assertItems(
            result,
            ("12", "26700012", "2026-01-18", "2026-02-17", "1210.50", "EUR"),
            ("15", "26700014", "2026-01-18", "2026-02-17", "500.00", "USD"),
            fields=("partner_number", "number", "date", "due_date", "balance", "currency"),
        )
        self.assertEqual(told(result), [])


class TestTotals(ReadCase):
    """A total is one by what it says or by what it sums up; never an item, never left out in silence."""

    ROWS = ("C100;North Shop;INV-501;15.01.2026;1.200,00", "C101;South Shop;INV-503;25.01.2026;-75,00")
    SOUND = (("C100", "INV-501", "1200.00"), ("C101", "INV-503", "-75.00"))

    def totals(self, *last):
        result = self.read(["Account;Customer;Invoice;Date;Outstanding", *self.ROWS, *last])
        self.assertItems(result, *self.SOUND)
        return [(issue.code, issue.row) for issue in result.problems], rejected(result)

    def test_with_further_words(self):
        for label in (
            "Grand total (412 documents)", "Gesamtsumme (412 Belege)", "Totaal 412 facturen", "Total: 412 factures",
            "Total général (1.412 pièces)", "Totale (412 documenti)", "Grand Totals", "Total 412 items",
        ):  # fmt: skip
            with self.subTest(label):
                problems, waiting = self.totals(f"{label};;;;801.425,00")
                self.assertEqual((waiting, problems[:2]), ([], [("row_total", 4), ("totals_differ", 4)]))
                counted = [] if label == "Grand Totals" else [("count_differs", 4)]
                self.assertEqual(problems[2:], counted)

    def test_the_count(self):
        self.assertEqual(self.totals("Grand total (2 documents);;;;1.125,00"), ([("row_total", 4)], []))
        problems, _ = self.totals("Grand total (3 documents);;;;1.125,00")
        self.assertEqual(problems, [("row_total", 4), ("count_differs", 4)])

    def test_in_any_language_by_arithmetic(self):
        for label in ("Kokku", "Összesen", "Genel Toplam", "Ukupno", "合計", "Итого:", "Ogółem", "Vsota"):
            for row in (
                f"{label};;;;1.125,00",
                f";{label};;;1.125,00",
                f";;{label};;1.125,00",
                f";;{label};;-1.125,00",
            ):
                with self.subTest(row):
                    self.assertEqual(self.totals(row), ([("row_total", 4)], []))

    def test_of_groups_and_of_all(self):
        lines = ["Invoice;Date;Outstanding", "INV-1;12.01.2026;10,00", "INV-2;13.01.2026;20,00", "Vahesumma;;30,00"]
        lines += ["INV-3;14.01.2026;5,00", "INV-4;15.01.2026;6,00", "Vahesumma;;11,00", "Kokku;;41,00"]
        result = self.read(lines)
        self.assertItems(result, *((f"INV-{at}", f"{amount}.00") for at, amount in enumerate((10, 20, 5, 6), 1)),
                         fields=("number", "balance"))  # fmt: skip
        self.assertEqual([issue.row for issue in result.problems if issue.code == "row_total"], [4, 7, 8])
        self.assertEqual((told(result), rejected(result)), ([], []))

    def test_a_word_that_sums_up_nothing_waits(self):
        problems, waiting = self.totals(";;Kokku;;801.425,00")
        self.assertEqual((problems, waiting), ([("row_unclear", 4)], [(4, None, "Kokku", None)]))

    def test_documents_without_a_date_are_items(self):
        rows = ("C102;West Shop;INV-9;;1.125,00", "C102;West Shop;;;1.125,00", "C100;North Shop;Anzahlung;;1.125,00")
        for row in rows:
            result = self.read(["Account;Customer;Invoice;Date;Outstanding", *self.ROWS, row])
            with self.subTest(row):
                self.assertEqual((len(result.items), rejected(result)), (3, []))

    def test_a_workbook(self):
        table = [line.split(";") for line in ("Account;Customer;Invoice;Date;Outstanding", *self.ROWS)]
        result = self.read(FORMATS["xlsx"]([*table, ["Összesen", None, None, None, 1125]]), "list.xlsx")
        self.assertItems(result, *self.SOUND)
        self.assertEqual([issue.code for issue in result.problems], ["row_total"])


class TestAnotherHeader(ReadCase):
    """A header that comes again in other words or in another order is no text between rows."""

    ROWS = ("C-1;INV-1;12.01.2026;12.02.2026;100,00;50,00", "C-2;INV-2;13.01.2026;13.02.2026;200,00;60,00")
    HEADERS = (
        ("Customer;Invoice;Date;Due;Total;Open", "Customer;Invoice;Due;Date;Open;Total"),
        ("Kunde;Rechnungsnr.;Rechnungsdatum;Fälligkeit;Betrag;Offen", "Kunde;Offen;Rechnungsnr.;Fälligkeit;Betrag"),
        ("Klant;Factuurnr.;Factuurdatum;Vervaldatum;Bedrag;Openstaand", "Client;N° facture;Date facture;Solde"),
        ("Customer;Invoice;Date;Due;Total;Open", "Customer;Invoice;Date;Due;Paid;Open"),
    )

    def test_another_one_stops(self):
        for header, other in self.HEADERS:
            for form in ("csv", "xlsx"):
                lines = [header, *self.ROWS, other, *self.ROWS]
                result = self.read(FORMATS[form]([line.split(";") for line in lines]), f"list.{form}")
                with self.subTest(other, form=form):
                    self.assertIn(("stop", "header_changes", 4), told(result))

    def test_the_same_one_is_left_out(self):
        for header, other in (
            ("Customer;Invoice;Date;Due;Total;Open",) * 2,
            (self.HEADERS[0][0], "Customer;Invoice;Date"),
        ):
            result = self.read([header, *self.ROWS, other, "C-3;INV-3;14.01.2026;14.02.2026;300,00;70,00"])
            self.assertItems(result, ("C-1", "INV-1", "50.00"), ("C-2", "INV-2", "60.00"), ("C-3", "INV-3", "70.00"))
            self.assertEqual(told(result), [])

    def test_no_row_stays_with_the_group_before(self):
        lines = ["Invoice;Date;Due;Open", "Customer: C1 Alfa", "INV-1;12.01.2026;;50,00", "INV-2;13.01.2026;;60,00"]
        lines += [lines[0], "INV-3;14.01.2026;;70,00", "Customer: C2 Beta", lines[0], "INV-4;15.01.2026;;80,00"]
        self.assertItems(
            self.read(lines),
            ("C1", "INV-1", "50.00"), ("C1", "INV-2", "60.00"), (None, "INV-3", "70.00"), ("C2", "INV-4", "80.00"),
        )  # fmt: skip


class TestGroups(ReadCase):
    """A group whose partner cannot be told is nobody's, and least of all of the partner before."""

    LINES = ("Invoice,Date,Due,Currency,Open", "Customer ID:,C1,Name:,Alfa", "INV-1,2026-01-12,,EUR,50.00")

    def groups(self, *lines):
        result = self.read([*self.LINES, "INV-2,2026-01-13,,EUR,60.00", *lines])
        found = [(one.partner_number, one.partner_name, one.number) for one in result.items]
        self.assertEqual(found[:2], [("C1", "Alfa", "INV-1"), ("C1", "Alfa", "INV-2")])
        waiting = [(one.partner_number, one.partner_name, one.number) for one in result.rejected]
        return found[2:], waiting, [issue for issue in told(result) if issue[1] != "amount_unreadable"]

    def test_label_and_value_in_cells_of_their_own(self):
        for heading in (
            "Customer ID:,C2,Name:,Baker", "Kundennr.:,C2,Name:,Baker", "Klantnummer,C2,Naam,Baker", "C2,Baker",
            "Baker,C2", "Kunde: C2 Baker", "N° client:,C2,Nom:,Baker",
        ):  # fmt: skip
            with self.subTest(heading):
                found = self.groups(heading, "INV-3,2026-01-14,,EUR,70.00")
                self.assertEqual(found, ([("C2", "Baker", "INV-3")], [], []))

    def test_words_that_are_not_known(self):
        for heading in (
            "Klienditunnus:,X,Nimetus:,Baker",
            "C2,Baker,Street 1,Berlin",
            "Ügyfél: Baker",
            "Müşteri No:,C2",
        ):
            with self.subTest(heading):
                found = self.groups(heading, "INV-3,2026-01-14,,EUR,70.00", "Customer ID:,C3,Name:,Carla",
                                    "INV-4,2026-01-14,,EUR,80.00")  # fmt: skip
                named, waiting, problems = found
                self.assertEqual(named, [("C3", "Carla", "INV-4")])
                self.assertEqual((waiting, problems), ([(None, None, "INV-3")], [("warning", "group_unnamed", 5)]))

    def test_a_name_without_its_number(self):
        """The number before is another partner's."""
        found = self.groups("Name: Baker", "INV-3,2026-01-14,,EUR,70.00")
        self.assertEqual(found, ([(None, "Baker", "INV-3")], [], []))

    def test_addresses_and_footers_head_nothing(self):
        for text in ("Tel: 030 1234", "Page 3 of 3", "City:,Berlin"):
            found = self.groups(text, "INV-3,2026-01-14,,EUR,70.00")
            self.assertEqual(found, ([("C1", "Alfa", "INV-3")], [], []))

    def test_headings_wider_than_the_table(self):
        lines = ["Invoice,Date,Open", "Customer ID:,C1,Name:,Alfa", "INV-1,2026-01-12,50.00"]
        result = self.read([*lines, "Kundennr.:,C2,Name:,Baker", "INV-2,2026-01-13,60.00"])
        self.assertItems(result, ("C1", "INV-1", "50.00"), ("C2", "INV-2", "60.00"))


class TestContradictions(ReadCase):
    """Two columns of what is open: nothing in one and 1,000.00 in the other is nothing that can be booked."""

    def check(self, header, rows, waiting, **options):
        result = self.read([header, *rows], **options)
        self.assertEqual([one.row for one in result.rejected], waiting)
        self.assertEqual([one.row for one in result.items], [at for at in range(2, len(rows) + 2) if at not in waiting])
        self.assertEqual(told(result), [("warning", "balances_contradict", row) for row in waiting])

    def test_company_and_document_currency(self):
        rows = ["C-1;1;12.01.2026;USD;100,00;90,00", "C-1;2;12.01.2026;;70,00;70,00", "C-2;3;12.01.2026;;0,00;1.000,00"]
        rows += [
            "C-2;4;12.01.2026;USD;1.000,00;0,00",
            "C-2;5;12.01.2026;;10,00;12,00",
            "C-2;6;12.01.2026;USD;9,00;8,00",
        ]
        rows += ["C-2;7;12.01.2026;USD;100,00;9,00"]
        for header in (
            "Customer;Invoice;Date;Currency;Remaining Amount;Remaining Amt. (LCY)",
            "Debitor;Belegnr.;Datum;Währung;Restbetrag;Restbetrag (MW)",
            "Klant;Factuurnr.;Datum;Valuta;Restbedrag;Restbedrag (LV)",
        ):
            with self.subTest(header):
                self.check(header, rows, [4, 5, 6, 8])

    def test_a_list_that_leaves_one_at_zero(self):
        """Packages that fill the document's currency for foreign documents only."""
        rows = [
            "C-1;1;12.01.2026;USD;100,00;90,00",
            "C-1;2;12.01.2026;EUR;0,00;70,00",
            "C-2;3;12.01.2026;EUR;0,00;80,00",
        ]
        self.check("Customer;Invoice;Date;Currency;Balance FC;Balance (LCY)", rows, [])

    def test_two_columns_of_one_currency(self):
        rows = ["C-1;1;12.01.2026;100,00;100,00", "C-1;2;12.01.2026;70,00;70,00", "C-2;3;12.01.2026;0,00;1.000,00"]
        self.check("Kunde;Rechnungsnr.;Datum;Offen;Restbetrag", [*rows, "C-2;4;12.01.2026;50,00;0,00"], [4, 5])
        self.check(
            "Kunde;Rechnungsnr.;Datum;Offener Betrag;Fälliger Betrag", [*rows[:2], "C-2;3;12.01.2026;9,00;0,00"], []
        )


class TestQuotedRows(ReadCase):
    """A text in quotes that holds whole rows is none: the quotes are plain signs, and no row is lost."""

    def check(self, lines, *expected):
        result = self.read(lines)
        self.assertItems(result, *expected, fields=("row", "partner_number", "partner_name", "number", "balance"))
        self.assertEqual((result.rejected, result.problems), ((), ()))

    def test_two_names_with_a_quote(self):
        for sign in (";", "\t", "|"):
            header = ["Customer No.;Name;Invoice;Date;Open", "Debitorennr.;Name;Rechnungsnr.;Datum;Offen"]
            for first in header:
                lines = [
                    first,
                    '1;"Rose;R1;2026-03-01;10.00',
                    "2;Lily;R2;2026-03-02;20.00",
                    '3;Tulip" KG;R3;2026-03-02;30.00',
                    "4;Fern;R4;2026-03-03;40.00",
                ]
                with self.subTest(sign=sign, header=first):
                    self.check(
                        [line.replace(";", sign) for line in lines],
                        ("2", "1", '"Rose', "R1", "10.00"),
                        ("3", "2", "Lily", "R2", "20.00"),
                        ("4", "3", 'Tulip" KG', "R3", "30.00"),
                        ("5", "4", "Fern", "R4", "40.00"),
                    )

    def test_two_rows_as_one(self):
        """Nothing stands between the two quotes but the end of one row and the start of the next."""
        self.check(
            ["Customer No.;Name;Invoice;Date;Open", '1;"Rose;R1;2026-03-01;10.00', '2;Tulip" KG;R2;2026-03-02;20.00'],
            ("2", "1", '"Rose', "R1", "10.00"),
            ("3", "2", 'Tulip" KG', "R2", "20.00"),
        )

    def test_real_text_of_several_lines(self):
        self.check(
            [
                "Customer No.,Name,Invoice,Date,Open",
                '1,"Rose Street 1,',
                'Town, Land, Earth, Sun",R1,2026-03-01,10.00',
                "2,Lily,R2,2026-03-02,20.00",
            ],
            ("2", "1", "Rose Street 1, Town, Land, Earth, Sun", "R1", "10.00"),
            ("4", "2", "Lily", "R2", "20.00"),
        )


class TestNumberColumn(ReadCase):
    """Without a number all documents look absent: a column that may be the number is asked for."""

    ROWS = (
        "10001;INV/2026/00001;05.03.2026;40,00",
        "10001;INV/2026/00002;06.03.2026;20,00",
        "10002;15-77;07.03.2026;9,00",
    )

    def get_stops(self, header, rows=ROWS, **options):
        result = self.read([header, *rows], **options)
        return [(issue.code, issue.column) for issue in result.problems if issue.level == "stop"]

    def test_unknown_heading(self):
        for header in (
            "Debitor;Zzz;Datum;Offen",
            "Customer;Vorgangsschlüssel;Date;Open",
            "Klant;Stuk-ID;Datum;Openstaand",
        ):
            with self.subTest(header):
                self.assertEqual(self.get_stops(header), [("number_unknown", header.split(";")[1])])

    def test_assigned_or_left_out(self):
        header = "Debitor;Zzz;Datum;Offen"
        self.assertEqual(self.get_stops(header, columns={"Zzz": "number"}), [])
        self.assertEqual(self.get_stops(header, columns={"Zzz": ""}), [])

    def test_what_is_no_number(self):
        for cells in (("A1", "A1", "A1"), ("Müller", "Meier", "Huber"), ("1,50", "1,50", "1,50"), ("01.03.2026",) * 3):
            rows = [row.replace(row.split(";")[1], cell) for row, cell in zip(self.ROWS, cells, strict=True)]
            with self.subTest(cells):
                self.assertEqual(self.get_stops("Debitor;Zzz;Datum;Offen", rows), [])


class TestMoneyWithoutDocument(ReadCase):
    """Money of a partner that is allocated to nothing: no number, no date. It is an item, and no total."""

    def check(self, lines, *expected):
        result = self.read(lines)
        self.assertItems(result, *expected, fields=("row", "partner_number", "partner_name", "number", "balance"))
        self.assertEqual((result.rejected, result.problems), ((), ()))

    def test_credit_of_a_numbered_customer(self):
        """The number is made of digits, and so the row of nothing but amounts; other rows say whose it is."""
        for header in ("Customer;Invoice;Date;Open", "Debitor;Beleg;Datum;Offen", "Klantnr;Factuur;Datum;Openstaand"):
            with self.subTest(header):
                self.check(
                    [header, "10001;INV1;2026-03-01;100.00", "10001;;;-100.00", "10002;INV2;2026-03-02;50.00"],
                    ("2", "10001", None, "INV1", "100.00"),
                    ("3", "10001", None, None, "-100.00"),
                    ("4", "10002", None, "INV2", "50.00"),
                )

    def test_what_is_called_by_a_word_is_somebodys(self):
        """120.00 is the sum of both rows above, and has a partner and a text for its number: no total has both."""
        self.check(
            [
                "Customer;Invoice;Date;Open",
                "ACME;INV1;2026-03-01;100.00",
                "ACME;INV2;2026-03-02;20.00",
                "BetaCo;deposit;;120.00",
            ],
            ("2", None, "ACME", "INV1", "100.00"),
            ("3", None, "ACME", "INV2", "20.00"),
            ("4", None, "BetaCo", "deposit", "120.00"),
        )

    def test_opposite_amount_is_no_sum(self):
        self.check(
            [
                "Customer;Invoice;Date;Open",
                "ACME;INV1;2026-03-01;100.00",
                "ACME;INV2;2026-03-02;20.00",
                "BetaCo;;;-120.00",
            ],
            ("2", None, "ACME", "INV1", "100.00"),
            ("3", None, "ACME", "INV2", "20.00"),
            ("4", None, "BetaCo", None, "-120.00"),
        )
