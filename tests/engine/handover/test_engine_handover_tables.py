"""DATEV's files, tables, and Exact's answers."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

from openpyxl import load_workbook

from odoo.tests import BaseCase

from ....engine.errors import ReadError
from ....engine.handover.answers import is_answer, read_answers
from ....engine.handover.datev import Datev
from ....engine.handover.items import HandoverTax
from ....engine.handover.table import SETS, Table
from ....engine.handover.texts import harmless
from .handover_samples import CUSTOMER, SETTINGS, VENDOR, bill, handover, invoice, line

DATEV = {"consultant": 1001, "client": 7, "chart": "03", "initials": "MM"}


class TestDatev(BaseCase):
    def write(self, *documents, parties=(), **options):
        return Datev().write(handover(*documents, parties=parties, **(DATEV | options)))

    def rows(self, *documents, **options):
        content = self.write(*documents, **options).files[0].content.decode("cp1252")
        return list(csv.reader(io.StringIO(content), delimiter=";"))

    def test_head(self):
        file = self.write(invoice()).files[0]
        self.assertEqual(file.name, "EXTF_Buchungsstapel_202601.csv")
        self.assertEqual(
            file.content.decode("cp1252").split("\r\n")[0],
            '"EXTF";700;21;"Buchungsstapel";13;20260201080000123;;"RE";"";"";1001;7;20260101;4;20260112;20260112;'
            '"Our company";"MM";1;0;0;"EUR";;"";;;"03";;;"";""',
        )

    def test_bases_that_cancel_each_other_out_keep_their_tax(self):
        """A final invoice whose down payment was all of it: another account for each, no tax is left."""
        lines = (
            line("due", "1300", 0, "receivable"),
            line("base", "8000", -1000, "income", taxes=("a",)),
            line("base", "8100", 1000, "income", taxes=("a",)),
        )
        rows = self.rows(invoice(lines=lines))[2:]
        self.assertEqual([[*row[:2], row[7]] for row in rows], [["1210,00", "S", "8000"], ["1210,00", "H", "8100"]])

    def test_period_of_the_file_holds_its_rows(self):
        """A bill is booked under its own day, where that is in the month in which it was posted."""
        (file,) = self.write(bill()).files
        head, _columns, *rows = file.content.decode("cp1252").split("\r\n")
        self.assertEqual(head.split(";")[14:16], ["20260128", "20260128"])
        self.assertEqual({row.split(";")[9] for row in rows if row}, {"2801"})

    def test_rows_are_gross(self):
        one = replace(invoice().lines[2], centres=())
        document = invoice(lines=(invoice().lines[0], replace(invoice().lines[1]), one, one, invoice().lines[4]))
        rows = [
            (row[0], row[1], row[6], row[7], row[8], row[9], row[10], row[11], row[116])
            for row in self.rows(document)[2:]
        ]
        self.assertEqual(
            rows,
            [
                ("44,12", "S", "10001", "8000", "2", "1201", "INV/2026/00042", "110226", "11022026"),
                ("44,11", "S", "10001", "8000", "2", "1201", "INV/2026/00042", "130326", "13032026"),
            ],
        )

    def test_automatic_account_needs_no_key(self):
        lines = tuple(replace(one, automatic=one.role == "base") for one in invoice().lines)
        self.assertEqual({row[8] for row in self.rows(invoice(lines=lines))[2:]}, {""})

    def test_another_currency(self):
        rows = [row[:8] for row in self.rows(bill())[2:]]
        self.assertEqual(rows[0], ["333,66", "H", "USD", "1,082497", "308,23", "EUR", "70001", "4500"])
        dinars = bill(currency="KWD", digits=3)
        written = self.write(dinars)
        self.assertEqual([issue.code for issue in written.issues][:1], ["handover_company_currency"])
        self.assertEqual(self.rows(dinars)[2][:3], ["308,23", "H", "EUR"])

    def test_a_file_for_each_period_and_year(self):
        days = (date(2025, 12, 31), date(2026, 1, 31), date(2026, 1, 1))
        documents = [
            invoice(id=at, date=day, invoice_date=day, year_start=date(day.year, 1, 1)) for at, day in enumerate(days)
        ]
        files = self.write(*documents).files
        self.assertEqual(
            [(file.name, file.documents) for file in files],
            [("EXTF_Buchungsstapel_202512.csv", (0,)), ("EXTF_Buchungsstapel_202601.csv", (1, 2))],
        )

    def test_day_of_another_month_is_the_day_of_posting(self):
        self.assertEqual(self.rows(invoice(invoice_date=date(2025, 12, 30)))[2][9], "1201")

    def test_texts(self):
        party = replace(CUSTOMER, name='=HYPERLINK("x"); Łódź 😀')
        written = self.write(invoice(name="INV 2026:00042", party=party))
        row = next(csv.reader(io.StringIO(written.files[0].content.decode("cp1252").split("\r\n")[2]), delimiter=";"))
        self.assertEqual((row[10], row[13]), ("INV202600042", '\'=HYPERLINK("x"); Lódz ? INV 2026:00042'))
        self.assertEqual(
            {issue.code for issue in written.issues},
            {"handover_reference", "handover_characters", "handover_vat_differs"},
        )

    def test_debtors_and_creditors(self):
        file = self.write(parties=[CUSTOMER, VENDOR, replace(CUSTOMER, name="Jan de Vries", is_company=False)]).files[0]
        self.assertEqual(file.name, "EXTF_DebKred_Stamm.csv")
        rows = list(csv.reader(io.StringIO(file.content.decode("cp1252")), delimiter=";"))
        self.assertEqual({len(row) for row in rows[1:]}, {254})
        wanted = [0, 1, 3, 4, 6, 8, 9, 15, 17, 18, 19, 32, 44, 46]
        self.assertEqual(
            [[row[at] for at in wanted] for row in rows[2:]],
            [
                ["10001", "Voorbeeld Afnemer B.V.", "", "", "2", "NL", "001234567B01", "Proefstraat 1", "1000 AA",
                 "Amsterdam", "NL", "ap@example.com", "", ""],
                ["70001", "Sample Supply Inc.", "", "", "2", "", "", "1 Test Road", "10001", "New York", "US", "",
                 "GB29NWBK60161331926819", "NWBKGB2L"],
                ["10001", "", "Vries", "Jan de", "1", "NL", "001234567B01", "Proefstraat 1", "1000 AA", "Amsterdam",
                 "NL", "ap@example.com", "", ""],
            ],
        )  # fmt: skip

    def test_tax_without_base(self):
        """A correction of VAT alone stands for itself."""
        lines = (line("due", "1300", "5.00", "receivable"), line("tax", "1500", "-5.00", "tax", taxes=("a",)))
        self.assertEqual(
            [row[:9] for row in self.rows(invoice(lines=lines))[2:]],
            [["5,00", "S", "EUR", "", "", "", "10001", "1500", ""]],
        )


class TestTable(BaseCase):
    def rows(self, *documents, **options):
        files = Table("csv").write(handover(*documents, **options)).files
        return list(
            csv.reader(io.StringIO(files[0].content.decode("utf-8-sig")), delimiter=options.get("separator", ";"))
        )

    def test_sets(self):
        self.assertEqual(
            self.rows(invoice(), columns=SETS["bmd"].columns, date_format="%Y%m%d"),
            [
                ["satzart", "konto", "gkonto", "belegnr", "belegdatum", "buchsymbol", "buchcode", "prozent",
                 "steuercode", "betrag", "steuer", "text", "kost"],
                ["0", "10001", "8000", "INV/2026/00042", "20260112", "AR", "1", "21,00", "2", "44,12", "-7,66",
                 "Consulting", "CC1"],
                ["0", "10001", "8000", "INV/2026/00042", "20260112", "AR", "1", "21,00", "2", "44,11", "-7,65",
                 "Second part", "CC2"],
            ],
        )  # fmt: skip
        xero = SETS["xero"]
        self.assertEqual(
            self.rows(
                invoice(), columns=xero.columns, separator=",", decimal_mark=".", date_format=xero.date_format,
                row_per="line",
            )[1],
            ["Voorbeeld Afnemer B.V.", "INV/2026/00042", "12/01/2026", "13/03/2026", "Consulting", "1", "36.4600",
             "8000", "2", "EUR"],
        )  # fmt: skip

    def test_rows_and_signs(self):
        columns = SETS["generic"].columns
        credit = replace(
            invoice(),
            type="out_refund",
            lines=tuple(replace(one, amount=-one.amount, foreign=-one.foreign) for one in invoice().lines),
        )
        rows = self.rows(invoice(), credit, columns=columns, row_per="document", sign="dc")
        self.assertEqual(
            [[row[at] for at in (0, 1, 15, 16, 17)] for row in rows[1:]],
            [["IN", "D", "72,92", "15,31", "88,23"], ["CN", "C", "72,92", "15,31", "88,23"]],
        )

    def test_nothing_is_a_formula(self):
        document = invoice(party=replace(CUSTOMER, name="=1+1"), reference="@x")
        rows = self.rows(document, row_per="document")
        self.assertEqual([rows[1][at] for at in (7, 9)], ["'=1+1", "'@x"])
        content = Table("xlsx").write(handover(document, row_per="document")).files[0].content
        row = next(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
        self.assertEqual((row[7].value, row[7].data_type), ("=1+1", "s"))
        self.assertEqual(
            [harmless(text) for text in ("+49 30 123", "-5,00", "-x", "a=b")], ["+49 30 123", "-5,00", "'-x", "a=b"]
        )

    def test_files_are_split(self):
        documents = tuple(invoice(id=at) for at in range(5))
        files = Table("csv").write(replace(handover(*documents), settings=replace(SETTINGS, max_documents=2))).files
        self.assertEqual([file.name for file in files], ["documents_1.csv", "documents_2.csv", "documents_3.csv"])

    def test_rows_by_account_and_code(self):
        taxes = {"a": HandoverTax("2", rate=D("0.21")), "b": HandoverTax("3", rate=D(0))}
        other = line("base", "8000", "-10.00", "income", text="free", taxes=("b",))
        due = replace(invoice().lines[0], amount=D("98.23"), foreign=D("98.23"))
        bases = [replace(one, centres=()) for one in invoice().lines[2:4]]
        document = invoice(taxes=taxes, lines=(due, *bases, other, invoice().lines[4]))
        rows = [[row[at] for at in (10, 11, 13, 15, 16)] for row in self.rows(document)[1:]]
        self.assertEqual(
            rows, [["INV/2026/00042", "8000", "2", "72,92", "15,31"], ["free", "8000", "3", "10,00", "0,00"]]
        )


class TestAnswersFile(BaseCase):
    def message(self, kind, node="GLTransaction", key="1", text="", day="2026-02-02T08:15:00"):
        topic = f'<Topic code="x" node="{node}"><Data keyAlt="{key}"/></Topic>' if node else ""
        return f'<Message type="{kind}">{topic}<Date>{day}</Date><Description>{text}</Description></Message>'

    def file(self, *messages):
        return f"<eExact><Messages>{''.join(messages)}</Messages></eExact>".encode()

    def test_recognised_by_content(self):
        self.assertTrue(is_answer(self.file(self.message(2))))
        self.assertTrue(is_answer(self.file(self.message(2)).decode().encode("utf-16")))
        for other in (b"", b"a;b", b"<eExact><ARs><AR></AR></ARs></eExact>", b"<html><Messages/></html>"):
            self.assertFalse(is_answer(other), other)

    def test_worst_counts(self):
        found = read_answers(self.file(self.message(2), self.message(0, text="no"), self.message(1, key="2")))
        self.assertEqual(
            [(one.outcome, one.key, one.text) for one in found], [("refused", "1", "no"), ("warned", "2", "")]
        )
        self.assertEqual(found[0].day, date(2026, 2, 2))

    def test_without_a_key_nothing_is_concluded(self):
        found = read_answers(
            self.file(self.message(3, node="", text="Import stopped"), self.message(0, key="", text="?"))
        )
        self.assertEqual([(one.outcome, one.about) for one in found], [("note", ""), ("note", "document")])

    def test_there_already(self):
        for text in ("Bestaat reeds - Boekstuknummer: 1", "Entry already exists", "Existiert bereits"):
            self.assertTrue(read_answers(self.file(self.message(0, text=text)))[0].is_there, text)

    def test_refused_files(self):
        for content in (
            b"<eExact><Messages><Message",
            b'<!DOCTYPE eExact [<!ENTITY a "b">]><eExact><Messages>&a;</Messages></eExact>',
        ):
            with self.assertRaises(ReadError):
                read_answers(content)
        self.assertEqual(read_answers(self.file(self.message(2, day="yesterday")))[0].day, None)
