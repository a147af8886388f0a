"""Columns that nobody knows, rows with other cells than the others, and rows above the header: a person is asked."""

from dataclasses import replace

from odoo.tests import BaseCase

from ....engine import GUARDS, ReadOptions, Witness, read
from ...engine_samples import D, book

# Headings of columns that decide nothing, in several languages.
HARMLESS = (
    "Days overdue", "Überfällig (Tage)", "Jours de retard", "VAT amount", "Mehrwertsteuer", "Montant TVA", "Omsætning",
    "Batch No.", "Page", "User", "Kostenstelle", "Filiaal", "Dokumenttext", "Описание", "Skonto", "Kreditlimit",
    "Mahnstufe", "TaxTotal", "Wisselkoers", "Telefonnummer", "Projekt-Nr.", "Lp.", "IBAN", "Betalingsbetingelser",
)  # fmt: skip


class TestUnknown(BaseCase):
    def read(self, *lines, **options):
        return read(("\n".join(lines) + "\n").encode(), "list.csv", ReadOptions(**options))

    def asked(self, *lines, **options):
        """What stops the list, with the column and the role that is asked for."""
        found = [issue for issue in self.read(*lines, **options).problems if issue.level == "stop"]
        self.assertTrue(all(issue.code in GUARDS for issue in found if issue.code != "rows_shifted"))
        return [(issue.code, issue.column, issue.values.get("role", "")) for issue in found]

    # === COLUMNS === #

    def test_each_role(self):
        rows = ("C1;A1;05.01.2026;10,00;{}", "C2;A2;06.01.2026;20,00;{}", "C3;A3;07.01.2026;30,00;{}")
        for values, role in (
            (("S", "H", "S"), "debit_credit"),
            (("D", "C", "D"), "debit_credit"),
            (("Rechnung", "Gutschrift", "Rechnung"), "type"),
            (("Fattura", "Nota di credito", "Fattura"), "type"),
            (("EUR", "USD", "EUR"), "currency"),
            (("", "", "GBP"), "currency"),
            (("Draft", "Open", "Open"), "status"),
            (("Betaald", "Open", "Open"), "status"),
        ):
            lines = ["Customer No.;Invoice No.;Date;Balance;Zork"]
            lines += [row.format(value) for row, value in zip(rows, values, strict=True)]
            with self.subTest(values):
                self.assertEqual(self.asked(*lines), [("column_unclear", "Zork", role)])
                self.assertEqual(self.asked(*lines, columns={"Zork": ""}), [])

    def test_amounts_and_numbers_beside_the_chosen_ones(self):
        """Nothing but its heading says that the chosen column is it."""
        header = "Customer No.;Invoice No.;Date;Balance;{}"
        rows = ("C1;A-11;05.01.2026;10,00;{}", "C2;A-12;06.01.2026;20,00;{}", "C3;A-13;07.01.2026;30,00;{}")
        for values, role in (
            (("1,00", "2,00", "3,00"), "balance"),
            (("110.00", "220.50", "330.75"), "balance"),
            (("F-2026-1", "F-2026-2", "F-2026-3"), "number"),
            (("40711", "40712", "40713"), "number"),
        ):
            lines = [row.format(value) for row, value in zip(rows, values, strict=True)]
            with self.subTest(values):
                self.assertEqual(self.asked(header.format("Zork"), *lines), [("column_unclear", "Zork", role)])
                self.assertEqual(self.asked(header.format("Zork"), *lines, columns={"Zork": ""}), [])
                for text in HARMLESS:
                    self.assertEqual(self.asked(header.format(text), *lines), [], text)

    def test_the_books_answer(self):
        """What they know of the chosen columns is not asked."""
        lines = ["Customer No.;Invoice No.;Date;Balance;Zork;Zap"]
        lines += [f"C{at};A-1{at};0{at}.01.2026;{at}0,00;{at}5,00;Q-4071{at}" for at in range(1, 6)]
        known = [book(at, at * 10, name=f"A-1{at}") for at in range(1, 6)]
        asked = [("column_unclear", "Zork", "balance"), ("column_unclear", "Zap", "number")]
        self.assertEqual(self.asked(*lines), asked)
        self.assertEqual(self.asked(*lines, books=Witness(known)), [])
        others = [replace(one, residual=D(700), company_residual=D(700)) for one in known]
        self.assertEqual(self.asked(*lines, books=Witness(others)), asked[:1])

    def test_what_decides_nothing_is_not_asked(self):
        rows = ("C1;A1;05.01.2026;10,00;{}", "C2;A2;06.01.2026;20,00;{}", "C3;A3;07.01.2026;30,00;{}")
        for values in (
            ("red", "blue", "red"),
            ("12", "14", "16"),
            ("S", "S", "S"),
            ("", "", ""),
        ):
            lines = ["Customer No.;Invoice No.;Date;Balance;Zork"]
            lines += [row.format(value) for row, value in zip(rows, values, strict=True)]
            with self.subTest(values):
                self.assertEqual(self.asked(*lines), [])

    def test_partner(self):
        lines = ("Invoice No.;Date;Balance;Zork", "A1;05.01.2026;10,00;Anna", "A2;06.01.2026;20,00;Bert")
        self.assertEqual(self.asked(*lines), [("column_unclear", "Zork", "partner_number")])

    def test_date_beside_another_one(self):
        """The day of booking is no document's date where another column may be it."""
        lines = ("Customer;Invoice No.;Posting Date;Balance;Zork", "C1;A1;05.01.2026;10,00;04.01.2026")
        lines = (*lines, "C2;A2;06.01.2026;20,00;06.01.2026", "C3;A3;07.01.2026;30,00;06.01.2026")
        self.assertEqual(self.asked(*lines), [("column_unclear", "Zork", "date")])

    def test_number_beside_a_reference(self):
        """A reference is no number where another column may be it."""
        lines = ("Customer;Your reference;Zork;Date;Balance", "C1;PO 1;A-11;05.01.2026;10,00")
        lines = (*lines, "C2;PO 2;A-12;06.01.2026;20,00", "C3;;A-13;07.01.2026;30,00")
        self.assertEqual(self.asked(*lines), [("number_unknown", "Zork", "")])

    def test_one_side_only(self):
        rows = ("C1;A1;05.01.2026;;10,00", "C2;A2;06.01.2026;20,00;", "C3;A3;07.01.2026;30,00;")
        for header, role in (("Debit;Zork", "credit"), ("Zork;Credit", "debit")):
            with self.subTest(header):
                asked = self.asked(f"Customer No.;Invoice No.;Date;{header}", *rows)
                self.assertEqual(asked, [("column_unclear", "Zork", role)])

    # === ROWS === #

    def test_rows_with_other_cells(self):
        """A separator that was lost or added: nothing is taken of such a row, and what it may mean is protected."""
        header = "Customer No.;Invoice No.;Date;Balance;Note"
        right = ["C1;A1;05.01.2026;10,00;x", "C2;A2;06.01.2026;20,00;", "C3;A3;07.01.2026;30,00;"]
        for odd in (
            "C4;A4;08.01.2026;;40,00;",
            "C4;;A4;08.01.2026;40,00;x",
            "A4;08.01.2026;40,00;",
        ):
            result = self.read(header, right[0], odd, *right[1:])
            with self.subTest(odd):
                self.assertEqual([item.number for item in result.items], ["A1", "A2", "A3"])
                self.assertEqual([(item.row, item.number, item.balance) for item in result.rejected], [(3, None, None)])

    def test_row_of_bookings_that_lost_its_date(self):
        """It holds amounts, though more texts: only all rows of an account tell that its balance runs on."""
        lines = ["Account;Name;Date;Journal;Number;Text;Debit;Credit;Balance"]
        lines += [
            "C1;Dupont;12.01.2026;VE;F-1;Facture;1200,00;;1200,00",
            "C1;Dupont;20.01.2026;VE;F-2;Facture;300,00;;1500,00",
        ]
        lines += ["C1;Dupont;VE;V-1;Virement;;300,00;1200,00", "C1;Dupont;05.03.2026;VE;AV-9;Avoir;;200,00;1000,00"]
        asked = self.asked(*lines)
        self.assertIn(("rows_shifted", ""), [(code, column) for code, column, _role in asked])

    def test_total_that_sums_up_a_row_that_waits(self):
        """It is no sum of the rows that are left; nobody's, where all others are somebody's, it waits as well."""
        lines = [
            "Invoice No.;Date;Reference;Balance",
            "Baker;;;",
            "A-1;05.01.2026;10,00;;",
            ";06.01.2026;Refund;-20,00",
        ]
        lines += [
            "Total Baker;;;-10,00",
            "Butcher;;;",
            "A-3;07.01.2026;x;30,00",
            "Total Butcher;;;30,00",
            "Kokku;;;20,00",
        ]
        result = self.read(*lines)
        self.assertEqual([(item.number, item.balance) for item in result.items], [(None, -20), ("A-3", 30)])
        self.assertEqual([(item.row, item.balance) for item in result.rejected], [(3, None), (9, None)])

    def test_own_number_among_words_of_another_package(self):
        """Of SAP's lists the reference is the number; not where a column is called just that."""
        lines = ("Number;Customer;Reference;Doc.Date;Net Due Date;Balance;Amount in local currency",)
        lines = (
            *lines,
            "A-1;C1;PO 88;05.01.2026;06.02.2026;10,00;10,00",
            "A-2;C2;PO 89;06.01.2026;07.02.2026;20,00;20,00",
        )
        self.assertEqual(
            [(item.number, item.reference) for item in self.read(*lines).items], [("A-1", "PO 88"), ("A-2", "PO 89")]
        )

    def test_blank_cells_at_the_end_may_be_left_out(self):
        lines = ["Customer No.;Invoice No.;Date;Balance;Note", "C1;A1;05.01.2026;10,00;x", "C2;A2;06.01.2026;20,00"]
        result = self.read(*lines, "C3;A3;07.01.2026;30,00")
        self.assertEqual(([item.number for item in result.items], result.problems), (["A1", "A2", "A3"], ()))

    def test_a_number_among_the_dates(self):
        rows = [f"C{at};A{at};0{at}.01.2026;1{at}.02.2026;{at},00" for at in range(1, 6)]
        header = "Customer No.;Invoice No.;Date;Due date;Balance"
        result = self.read(header, *rows, "C9;A9;09.01.2026;120,00;5,00")
        self.assertEqual([(item.number, item.balance) for item in result.rejected], [("A9", None)])
        self.assertEqual([item.number for item in result.items], ["A1", "A2", "A3", "A4", "A5"])

    def test_list_that_ends_in_a_short_row(self):
        lines = ("Customer;Invoice No.;Date;Amount;Balance", "C1;A1;05.01.2026;10,00;10,00", "C2;A2;06.01.2026;20,00;9")
        lines = (*lines, "C3;A3;06.01.2026;20,00")
        codes = [issue.code for issue in self.read(*lines).problems if issue.level == "stop"]
        self.assertEqual(codes, ["list_cut_off"])

    def test_rows_above_the_header(self):
        """The header that is understood is not the first one: nothing above it is passed over."""
        lines = ("Zork;Zap;Zip;Zot", "C1;A1;05.01.2026;10,00", "C2;A2;06.01.2026;20,00")
        lines = (*lines, "Customer No.;Invoice No.;Date;Balance", "C3;A3;07.01.2026;30,00", "C4;A4;08.01.2026;40,00")
        self.assertEqual(self.asked(*lines), [("rows_above", "", "")])

    def test_total_of_an_aged_report(self):
        """It is what is open only where the ages sum up to it."""
        header = "Customer;Invoice No.;Date;Total;0 - 30;31 - 60"
        right = ("C1;A1;05.01.2026;10,00;10,00;", "C2;A2;06.01.2026;20,00;;20,00")
        wrong = ("C1;A1;05.01.2026;100,00;10,00;", "C2;A2;06.01.2026;200,00;;20,00")
        self.assertEqual([item.balance for item in self.read(header, *right).items], [10, 20])
        result = self.read(header, *wrong)
        self.assertEqual([issue.code for issue in result.problems if issue.level == "stop"], ["amount_is_total"])
