"""How tables are understood: header, columns, styles, signs, groups, totals, states, repeats."""

from ...engine_case import ReadCase

SCOPE = "Account Number;Voucher Number;Voucher Date;Open Balance;{}"
BALANCES = ("number", "balance")


class TestEqualRows(ReadCase):
    """Rows of one document that say the same."""

    def test_without_due_dates_they_stay(self):
        content = [
            "Debitor;Belegnummer;Buchungsnummer;Datum;Offener Betrag;Buchungstext",
            "10001;RE-1;501;01.02.2026;50,00;Rate 1",
            "10001;RE-1;502;01.02.2026;50,00;Rate 2",
        ]
        result = self.read(content, kind="receivable")
        self.assertItems(result, ("10001", "RE-1", "50.00"), ("10001", "RE-1", "50.00"))

    def test_bookings_with_the_balance_of_their_document_are_one(self):
        content = [
            "Debitor;Belegnummer;Datum;Betrag Soll;Betrag Haben;Saldo",
            "10001;RE-1;01.02.2026;100,00;;50,00",
            "10001;RE-1;03.02.2026;;50,00;50,00",
        ]
        result = self.read(content, kind="receivable")
        self.assertItems(result, ("10001", "RE-1", "50.00"))


class TestHeader(ReadCase):
    """Where the header stands."""

    def test_preamble_of_40_lines(self):
        preamble = [f"Zeile {line};Debitor;Alle;Währung;Alle;Saldo;ungleich 0" for line in range(40)]
        result = self.read([*preamble, "Re-Nr.;Saldo;Debitorennr.;Datum", "R1;10,00;100;05.01.2026"])
        self.assertItems(result, ("100", "R1", "10.00"))
        self.assertEqual(result.detected.header_row, 41)
        self.assertEqual(len(result.detected.preamble), 40)

    def test_two_rows(self):
        result = self.read(
            [
                "Kunde;;Rechnung;;;Betrag;",
                "Nr.;Name;Nr.;Datum;Fällig;Gesamt;Offen",
                "100;ACME;R1;05.01.2026;04.02.2026;10,00;5,00",
            ]
        )
        self.assertItems(
            result,
            ("100", "ACME", "R1", "2026-01-05", "2026-02-04", "5.00"),
            fields=("partner_number", "partner_name", "number", "date", "due_date", "balance"),
        )

    def test_given_row(self):
        lines = ["Kundennr;Rechnungsnr;Offen", "x;y;z", "Kundennr;Rechnungsnr;Offen", "1;A;5,00"]
        self.assertItems(self.read(lines, header_row=3), ("1", "A", "5.00"))

    def test_given_columns(self):
        lines = ["Foo;Bar;Baz;Offen", "10;R1;5,00;7,00"]
        columns = {"Foo": "partner_number", "Bar": "number", "Baz": "balance", "Offen": ""}
        self.assertItems(self.read(lines, columns=columns), ("10", "R1", "5.00"))

    def test_aliases(self):
        aliases = {"partner_number": ("foo",), "number": ("BAR",), "balance": ("b-a-z",)}
        self.assertItems(self.read(["Foo;Bar;Baz", "10;R1;5,00"], aliases=aliases), ("10", "R1", "5.00"))

    def test_missing(self):
        result = self.read(["a;b;c", "1;2;3"])
        self.assertStops(result, "header_missing")
        self.assertEqual(result.problems[0].values["found"], ("a | b | c", "1 | 2 | 3"))

    def test_missing_amount(self):
        result = self.read(["Kundennr;Rechnungsnr;Rechnungsdatum", "1;2;01.01.2026"])
        self.assertStops(result, "column_missing")
        self.assertEqual(result.problems[0].values["missing"], ("balance",))

    def test_empty_list(self):
        result = self.read(["Kundennr;Rechnungsnr;Offen"])
        self.assertEqual((result.items, result.problems, result.failed), ((), (), False))

    def test_unnamed_partner(self):
        result = self.read([";Rechnung Nr.;Datum;Offen", "ACME GmbH;R1;05.01.2026;1,00", "Beta AG;R2;05.01.2026;2,00"])
        self.assertItems(
            result, ("ACME GmbH", "R1", "1.00"), ("Beta AG", "R2", "2.00"), fields=("partner_name", "number", "balance")
        )

    def test_ledger_account_is_no_partner(self):
        lines = [
            "Account,Partner,Number,Date,Balance",
            "121000,ACME,R1,2026-01-05,1.00",
            "121000,Beta,R2,2026-01-05,2.00",
        ]
        fields = ("partner_number", "partner_name")
        self.assertItems(self.read(lines), (None, "ACME"), (None, "Beta"), fields=fields)

    def test_customer_by_content(self):
        for value, expected in (("C2000", ("C2000", None)), ("Tactics", (None, "Tactics"))):
            with self.subTest(value):
                result = self.read(["Customer;Invoice No;Balance", f"{value};A;1,00"])
                self.assertItems(result, expected, fields=("partner_number", "partner_name"))

    def test_number_and_name_in_one_cell(self):
        lines = ["Customer;Invoice No;Balance", "10001 ACME;A;1,00", "10002 Beta;B;2,00"]
        fields = ("partner_number", "partner_name")
        self.assertItems(self.read(lines), ("10001", "ACME"), ("10002", "Beta"), fields=fields)

    def test_name_that_begins_with_a_number(self):
        lines = ["Customer;Invoice No;Balance", "1000 Fliesen;A;1,00", "Beta GmbH;B;2,00"]
        fields = ("partner_number", "partner_name")
        self.assertItems(self.read(lines), (None, "1000 Fliesen"), (None, "Beta GmbH"), fields=fields)

    def test_one_sheet_column_for_each_side(self):
        lines = ["Customer;Vendor;Document No;Date;Balance", "100;;1;05.01.2026;10,00", ";200;2;05.01.2026;-20,00"]
        result = self.read(lines)
        self.assertItems(
            result,
            ("receivable", "100", "10.00"),
            ("payable", "200", "-20.00"),
            fields=("kind", "partner_number", "balance"),
        )


class TestScope(ReadCase):
    """Scope's own formats."""

    def test_cover(self):
        for header, cover in (("Account Number", "both"), ("Customer", "receivable"), ("Vendor", "payable")):
            with self.subTest(header):
                result = self.read(
                    [f"{header};Voucher Number;Voucher Date;Open Balance;Currency", "1;A;05.01.2026;1,00;EUR"]
                )
                self.assertEqual(result.detected.cover, cover)
                self.assertEqual(result.items[0].kind, None if cover == "both" else cover)

    def test_indicators(self):
        for header in ("Type", "Credit Debit Indicator", "Credit/Debit Indicator", "S/H Betrag", "S/H Saldo"):
            for debit, credit in (("D", "C"), ("S", "H"), ("S", "K"), ("d", "c"), ("Debit", "Credit")):
                with self.subTest(header, debit=debit, credit=credit):
                    lines = [SCOPE.format(header), f"1;A;05.01.2026;10,00;{debit}", f"2;B;05.01.2026;5,00;{credit}"]
                    self.assertItems(self.read(lines), ("A", "10.00"), ("B", "-5.00"), fields=BALANCES)

    def test_indicator_beside_sign(self):
        lines = [SCOPE.format("Type"), "1;A;05.01.2026;10,00;D", "2;B;05.01.2026;-5,00;C"]
        self.assertItems(self.read(lines), ("A", "10.00"), ("B", "-5.00"), fields=BALANCES)

    def test_indicator_missing(self):
        result = self.read([SCOPE.format("Type"), "1;A;05.01.2026;10,00;D", "2;B;05.01.2026;5,00;"])
        self.assertItems(result, ("A", "10.00"), fields=BALANCES)
        self.assertProblems(result, ("warning", "side_unreadable", 3))
        self.assertEqual([(item.number, item.balance) for item in result.rejected], [("B", None)])

    def test_only_credits_marked(self):
        lines = [SCOPE.format("Type"), "1;A;05.01.2026;10,00;", "2;B;05.01.2026;5,00;C"]
        self.assertItems(self.read(lines), ("A", "10.00"), ("B", "-5.00"), fields=BALANCES)

    def test_type_of_document(self):
        lines = [SCOPE.format("Type"), "1;A;05.01.2026;10,00;Invoice", "2;B;05.01.2026;5,00;Credit Note"]
        self.assertItems(self.read(lines), ("A", "10.00"), ("B", "-5.00"), fields=BALANCES)

    def test_local_currency(self):
        lines = [SCOPE.format("Currency"), "1;A;05.01.2026;10,00;USD"]
        self.assertEqual(self.read(lines).items[0].currency, "USD")
        self.assertIsNone(self.read(lines, balance_currency="company").items[0].currency)


class TestStyles(ReadCase):
    """Amounts and dates: a vote, or a question."""

    DATES = "Customer No.,Invoice No,Invoice Date,Due Date,Balance"

    def test_date_order_asked(self):
        result = self.read([self.DATES, "1,A,03/04/2026,05/04/2026,10.00"])
        self.assertProblems(result, ("stop", "date_order_unknown", None))
        self.assertItems(result, ("2026-04-03",), fields=("date",))

    def test_date_order_given(self):
        result = self.read([self.DATES, "1,A,03/04/2026,05/04/2026,10.00"], date_order="mdy")
        self.assertProblems(result)
        self.assertItems(result, ("2026-03-04",), fields=("date",))

    def test_date_order_by_column(self):
        result = self.read([self.DATES, "1,A,03/04/2026,05/04/2026,10.00", "1,B,03/25/2026,05/04/2026,10.00"])
        self.assertProblems(result)
        self.assertItems(result, ("2026-03-04",), ("2026-03-25",), fields=("date",))

    def test_date_order_by_due_date(self):
        result = self.read([self.DATES, "1,A,03/04/2026,02/05/2026,10.00"])
        self.assertProblems(result)
        self.assertItems(result, ("2026-04-03", "2026-05-02"), fields=("date", "due_date"))

    def test_date_order_by_title(self):
        result = self.read(["AR Aging", "As of 03/31/2026", self.DATES, "1,A,03/04/2026,05/04/2026,10.00"])
        self.assertProblems(result)
        self.assertItems(result, ("2026-03-04",), fields=("date",))

    def test_date_order_that_does_not_matter(self):
        self.assertProblems(self.read([self.DATES, "1,A,04/04/2026,05/05/2026,10.00"]))

    def test_date_unreadable(self):
        result = self.read(["Kundennr;RgNr;Datum;Offen", "1;A;31.02.2026;1,00"])
        self.assertProblems(result, ("warning", "date_unreadable", 2))
        self.assertEqual((result.problems[0].column, result.problems[0].text), ("Datum", "31.02.2026"))
        self.assertItems(result, ("A", None, "1.00"), fields=("number", "date", "balance"))

    def test_decimal_mark_asked(self):
        lines = ["Customer No.;Invoice No;Balance", "1;A;1.190"]
        result = self.read(lines)
        self.assertEqual((result.items, len(result.rejected)), ((), 1))
        self.assertIn(("stop", "decimal_mark_unknown"), [(one.level, one.code) for one in result.problems])
        self.assertItems(self.read(lines, decimal_mark=","), ("A", "1190.00"), fields=BALANCES)
        self.assertItems(self.read(lines, decimal_mark="."), ("A", "1.19"), fields=BALANCES)

    def test_decimal_mark_by_column(self):
        lines = ["Customer No.;Invoice No;Balance", "1;A;1.190", "1;B;1,5"]
        self.assertItems(self.read(lines), ("A", "1190.00"), ("B", "1.50"), fields=BALANCES)

    def test_amount_unreadable(self):
        result = self.read(["Kundennr;RgNr;Datum;Offen", "1;A;01.02.2026;abc", "1;B;01.02.2026;1,00"])
        self.assertItems(result, ("B", "1.00"), fields=BALANCES)
        self.assertProblems(result, ("warning", "amount_unreadable", 2))
        self.assertEqual((result.problems[0].column, result.problems[0].text), ("Offen", "abc"))
        self.assertEqual([(item.number, item.balance) for item in result.rejected], [("A", None)])

    def test_amount_missing(self):
        result = self.read(["Kundennr;RgNr;Datum;Offen", "1;A;01.02.2026;", "1;B;01.02.2026;1,00"])
        self.assertProblems(result, ("warning", "amount_missing", 2))
        self.assertEqual([item.number for item in result.rejected], ["A"])

    def test_balance_date(self):
        rows = ["Kundennr;RgNr;Offen", "1;A;1,00"]
        for title, name, expected in (
            ("Offene Posten per 31.03.2026", "list.csv", "2026-03-31"),
            ("Datum: 31-03-2026 door J. de Vries", "list.csv", "2026-03-31"),
            ("As of Mar 31, 2026", "list.csv", "2026-03-31"),
            ("Aging Date: 31/03/26", "list.csv", "2026-03-31"),
            ("Offene Posten", "openitems_2026-03-31.csv", "2026-03-31"),
            ("Offene Posten", "AR 20260331.csv", "2026-03-31"),
            ("Offene Posten", "liste 31.03.2026", "2026-03-31"),
            ("Offene Posten", "list.csv", "None"),
        ):
            with self.subTest(title, name=name):
                self.assertEqual(str(self.read([title, *rows], name).detected.balance_date), expected)

    def test_currency_in_header(self):
        for header, expected in (
            ("Saldo EUR", "EUR"),
            ("Offener Betrag CHF", "CHF"),
            ("Balance (£)", "GBP"),
            ("Saldo", None),
        ):
            with self.subTest(header):
                result = self.read([f"Konto;Re-Nr;{header}", "10001;R1;100,50"])
                self.assertEqual(
                    (result.items[0].currency, result.detected.names_currency), (expected, expected is not None)
                )

    def test_number_unsure(self):
        result = self.read(["Kundennr;RgNr;Datum;Offen", "1;1.0E+10;01.02.2026;1,00"])
        self.assertProblems(result, ("warning", "number_unsure", 2))
        self.assertEqual((result.items[0].number, result.items[0].number_unsure), ("1.0E+10", True))


class TestSigns(ReadCase):
    """Every sign convention ends in ledger sign."""

    VENDOR = "Vendor;Invoice Number;Date;Balance"
    TYPED = "Customer;Document Type;Document No.;Amount Due"

    def test_credit_notes_without_sign(self):
        lines = [self.TYPED, "1;Invoice;A;100,00", "1;Gutschrift;B;30,00", "1;Payment;C;20,00"]
        self.assertItems(self.read(lines), ("A", "100.00"), ("B", "-30.00"), ("C", "-20.00"), fields=BALANCES)

    def test_credit_notes_with_sign(self):
        lines = [self.TYPED, "1;Invoice;A;100,00", "1;Credit Note;B;-30,00"]
        self.assertItems(self.read(lines), ("A", "100.00"), ("B", "-30.00"), fields=BALANCES)

    def test_payables_assumed(self):
        for sign in ("", "-"):
            other = "-" if not sign else ""
            with self.subTest(sign):
                lines = [
                    self.VENDOR,
                    f"1;A;05.01.2026;{sign}10,00",
                    f"1;B;05.01.2026;{sign}20,00",
                    f"1;C;05.01.2026;{other}5,00",
                ]
                result = self.read(lines)
                self.assertEqual(result.detected.payables_sign, "assumed")
                self.assertItems(result, ("A", "-10.00"), ("B", "-20.00"), ("C", "5.00"), fields=BALANCES)

    def test_payables_given(self):
        lines = [self.VENDOR, "1;A;05.01.2026;10,00"]
        self.assertItems(self.read(lines, payables_sign="ledger"), ("A", "10.00"), fields=BALANCES)
        self.assertItems(self.read(lines, payables_sign="positive"), ("A", "-10.00"), fields=BALANCES)

    def test_payables_by_type(self):
        header = "Vendor;Document Type;Document No.;Amount Due"
        for amount, expected in (("10,00", "positive"), ("-10,00", "ledger")):
            with self.subTest(amount):
                result = self.read([header, f"1;Invoice;A;{amount}"])
                self.assertEqual(result.detected.payables_sign, expected)
                self.assertItems(result, ("A", "-10.00"), fields=BALANCES)

    def test_debit_and_credit(self):
        lines = ["Klant;Factuurnr;Debet;Credit", "1;A;10,00;", "1;B;;5,00", "1;C;0,00;2,50"]
        self.assertItems(self.read(lines), ("A", "10.00"), ("B", "-5.00"), ("C", "-2.50"), fields=BALANCES)

    def test_total_less_paid(self):
        lines = ["Kundennr;Rechnungsnr;Betrag;Bezahlt", "1;A;100,00;40,00", "1;B;100,00;100,00"]
        result = self.read(lines)
        self.assertItems(result, ("A", "60.00"), fields=BALANCES)
        self.assertProblems(result, ("info", "row_zero", 3))

    def test_total_alone(self):
        result = self.read(
            ["Klant;Factuur;Datum;Bedrag", "ACME;2026001;05-01-2026;1.210,00", "B;2026002;13-01-2026;60,00"]
        )
        self.assertItems(result, ("2026001", "1210.00"), ("2026002", "60.00"), fields=BALANCES)
        self.assertProblems(result, ("stop", "amount_is_total", None))

    def test_receivables_that_are_negative(self):
        result = self.read(["Customer;Invoice No;Balance", "1;A;-1,00", "1;B;-2,00", "1;C;-3,50"])
        self.assertProblems(result, ("warning", "receivables_negative", None))

    def test_kind_given(self):
        lines = ["Konto;RgNr;Offen", "1;A;-1,00"]
        self.assertEqual(self.read(lines, kind="payable").items[0].kind, "payable")
        self.assertEqual(self.read(lines).detected.cover, None)


class TestGroups(ReadCase):
    """Headings, totals and what else is no document."""

    def test_partner_called_total(self):
        lines = [
            "Kunde;Rechnungsnr;Datum;Offen",
            "Total Tools;A;01.01.2026;10,00",
            "Summe GmbH;B;01.01.2026;20,00",
            "Total;;;30,00",
        ]
        result = self.read(lines)
        self.assertItems(result, ("Total Tools", "A"), ("Summe GmbH", "B"), fields=("partner_name", "number"))
        self.assertProblems(result, ("info", "row_total", 4))

    def test_totals_differ(self):
        result = self.read(["Kundennr;Rechnungsnr;Offen", "1;A;10,00", "1;B;20,00", "Summe;;31,00"])
        self.assertProblems(result, ("info", "row_total", 4), ("stop", "totals_differ", 4))
        values = {name: str(value) for name, value in result.problems[1].values.items()}
        self.assertEqual(values, {"total": "31.00", "read": "30.00", "currency": "", "label": ""})

    def test_total_of_zero(self):
        result = self.read(["Kundennr;Rechnungsnr;Offen", "1;A;10,00", "Summe;;0,00"])
        self.assertProblems(result, ("info", "row_total", 3), ("warning", "totals_differ", 3))

    def test_totals_per_currency(self):
        lines = [
            "Klant;Factuurnr.;Valuta;Openstaand",
            "1;F1;EUR;10,00",
            "2;F2;USD;20,00",
            "Totaal;;EUR;10,00",
            "Totaal;;USD;21,00",
        ]
        problems = self.read(lines).problems
        self.assertEqual([(one.row, one.values["currency"]) for one in problems if one.level == "stop"], [(5, "USD")])

    def test_total_of_several_currencies(self):
        lines = ["Klant;Factuurnr.;Valuta;Openstaand", "1;F1;EUR;10,00", "2;F2;USD;20,00", "Totaal;;;28,00"]
        self.assertProblems(self.read(lines), ("info", "row_total", 4))

    def test_group_total_differs(self):
        lines = [
            "Kundennr;Rechnungsnr;Offen",
            "1;A;10,00",
            "Total 1;;11,00",
            "2;B;5,00",
            "Total 2;;5,00",
            "Total;;15,00",
        ]
        found = [(one.level, one.code, one.row) for one in self.read(lines).problems if one.level != "info"]
        self.assertEqual(found, [("warning", "group_total_differs", 3)])

    def test_partner_stated_once(self):
        lines = ["Kundennr;Name;RgNr;Offen", "1;ACME;A;10,00", ";;B;20,00", ";;C;30,00", "2;Beta;D;5,00"]
        fields = ("partner_number", "number")
        self.assertItems(self.read(lines), ("1", "A"), ("1", "B"), ("1", "C"), ("2", "D"), fields=fields)

    def test_partner_missing_in_one_row(self):
        lines = ["Kundennr;Name;RgNr;Offen", "1;ACME;A;10,00", ";;B;20,00", "2;Beta;D;5,00"]
        fields = ("partner_number", "number")
        self.assertItems(self.read(lines), ("1", "A"), (None, "B"), ("2", "D"), fields=fields)

    def test_blank_rows(self):
        result = self.read(["Kundennr;RgNr;Offen", "1;A;1,00", "", "", "1;B;2,00", "", ""])
        self.assertProblems(result, ("info", "row_blank_middle", 4))
        self.assertEqual(result.problems[0].values["count"], 2)

    def test_states(self):
        lines = [
            "Customer;Invoice No;Status;Balance",
            "1;A;Awaiting Payment;1,00",
            "1;B;Partially Paid;1,00",
            "1;C;Paid;0,00",
            "1;D;Draft;1,00",
            "1;E;Voided;1,00",
            "1;F;betaald;1,00",
        ]
        result = self.read(lines)
        self.assertItems(result, ("A", "1.00"), ("B", "1.00"), fields=BALANCES)
        self.assertProblems(
            result,
            ("info", "row_paid", 4),
            ("info", "row_draft", 5),
            ("info", "row_void", 6),
            ("warning", "row_paid", 7),
        )

    def test_open_is_an_amount_or_a_word(self):
        self.assertItems(self.read(["Kunde;RgNr;Offen", "A;1;5,00"]), ("1", "5.00"), fields=BALANCES)
        lines = ["Kunde;RgNr;Restbetrag;Offen", "A;1;5,00;Ja", "A;2;0,00;Nein"]
        self.assertItems(self.read(lines), ("1", "5.00"), fields=BALANCES)

    def test_continuation(self):
        lines = [
            "Number,Partner,Amount Due,Type,Lines",
            "INV/1,Deco,10.0,Customer Invoice,a",
            ",,,,b",
            "INV/2,Deco,5.5,Customer Invoice,c",
        ]
        result = self.read(lines)
        self.assertItems(result, ("INV/1", "10.00"), ("INV/2", "5.50"), fields=BALANCES)
        self.assertProblems(result, ("info", "row_continuation", 3))


class TestRepeats(ReadCase):
    """Repeats of a balance, instalments, several partners."""

    HEADER = "Kundennr;RgNr;Fälligkeit;Offen"
    BOOKINGS = "Kundennr;RgNr;Fälligkeit;Soll;Haben;Offen"

    def check(self, rows, *expected, header=HEADER):
        self.assertItems(self.read([header, *rows]), *expected, fields=("partner_number", "due_date", "balance"))

    def test_repeat_of_bookings(self):
        """A row for each booking, each with the balance of its document."""
        rows = ["1;A;01.02.2026;9,00;;5,00", "1;A;01.02.2026;;4,00;5,00"]
        self.check(rows, ("1", "2026-02-01", "5.00"), header=self.BOOKINGS)

    def test_repeat_of_lines(self):
        """A row for each line of a document."""
        for header in ("Artikel", "Quantity", "Item Name"):
            with self.subTest(header=header):
                rows = ["1;A;01.02.2026;Kabel;5,00", "1;A;01.02.2026;Stecker;5,00"]
                self.check(rows, ("1", "2026-02-01", "5.00"), header=f"Kundennr;RgNr;Fälligkeit;{header};Offen")

    def test_repeat_without_due_date(self):
        first = ("1", "2026-02-01", "5.00")
        self.check(["1;A;01.02.2026;9,00;;5,00", "1;A;;;4,00;5,00"], first, header=self.BOOKINGS)
        self.check(["1;A;;9,00;;5,00", "1;A;01.02.2026;;4,00;5,00"], first, header=self.BOOKINGS)

    def test_equal_rows_without_a_reason(self):
        """Two rows are two: what they mean is told by the document."""
        row = "1;A;01.02.2026;5,00"
        self.check([row, row], ("1", "2026-02-01", "5.00"), ("1", "2026-02-01", "5.00"))
        self.check(["1;A;;5,00", "1;A;;5,00"], ("1", None, "5.00"), ("1", None, "5.00"))
        rows = ["1;A;01.02.2026;Rate 1;5,00", "1;A;01.02.2026;Rate 2;5,00"]
        twice = [("1", "2026-02-01", "5.00")] * 2
        self.check(rows, *twice, header="Kundennr;RgNr;Fälligkeit;Text;Offen")

    def test_instalments(self):
        rows = ["1;A;01.02.2026;5,00;;5,00", "1;A;01.03.2026;5,00;;5,00", "1;A;01.03.2026;;1,00;5,00"]
        expected = [("1", "2026-02-01", "5.00"), ("1", "2026-03-01", "5.00")]
        self.check(rows, *expected, header=self.BOOKINGS)

    def test_different_balances(self):
        self.check(["1;A;;5,00", "1;A;;6,00"], ("1", None, "5.00"), ("1", None, "6.00"))

    def test_two_partners(self):
        self.check(["1;A;;5,00", "2;A;;5,00"], ("1", None, "5.00"), ("2", None, "5.00"))

    def test_without_number(self):
        self.check(
            ["1;;01.02.2026;5,00", "1;;01.02.2026;5,00"], ("1", "2026-02-01", "5.00"), ("1", "2026-02-01", "5.00")
        )

    def test_subtotal_without_label(self):
        lines = [
            "Konto;Name;RgNr;Datum;Offen",
            "1;ACME;;;30,00",
            "1;ACME;A;05.01.2026;10,00",
            "1;ACME;B;05.01.2026;20,00",
        ]
        result = self.read(lines)
        self.assertItems(result, ("1", "A", "10.00"), ("1", "B", "20.00"))
        self.assertProblems(result, ("info", "row_total", 2))

    def test_receipt_without_number_and_date(self):
        lines = ["Konto;Name;RgNr;Datum;Offen", "1;ACME;A;05.01.2026;10,00", "1;ACME;;;-20,00"]
        self.assertItems(self.read(lines), ("1", "A", "10.00"), ("1", None, "-20.00"))

    def test_subtotal_in_the_partner_column(self):
        lines = ["Konto;RgNr;Datum;Offen", "10001;A;05.01.2026;10,00", "Konto 10001;;;10,00", "10002;B;05.01.2026;5,00"]
        self.assertItems(self.read(lines), ("10001", "A", "10.00"), ("10002", "B", "5.00"))
