"""The same table in every format, encoding and separator gives the same items; hostile files end in one problem."""

import email.mime.multipart
import email.mime.text
import html
import io
import re
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock
from unittest.mock import patch

import openpyxl

from ....engine import ReadOptions
from ....engine.files import limits
from ....engine.files.load import load
from ....engine.values.cells import read_amount
from ....engine.values.dates import DateReader, looks_like_date
from ...engine_case import DATA, SAMPLES, ReadCase

LINES = ("Kundennr;Kunde;Rechnungsnr;Datum;Offen", "10001;Müller & Söhne;R-1;05.01.2026;1.190,50 €")
EXPECTED = ("10001", "Müller & Söhne", "R-1", "2026-01-05", "1190.50", "EUR")
FIELDS = ("partner_number", "partner_name", "number", "date", "balance", "currency")
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(*sheets):
    """Return an XLSX of sheets, each a list of rows."""
    book = openpyxl.Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.active if not place else book.create_sheet(f"Sheet{place + 1}")
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    cell = sheet.cell(number, column, value)
                    if isinstance(value, str) and value.startswith('="'):
                        cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data, name, change):
    """Return a ZIP with one part changed; None takes it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            content = change(content) if part == name else content
            if content is not None:
                new.writestr(part, content)
    return stream.getvalue()


def typed(cell, mark, order):
    """Return a text as the typed cell that a spreadsheet would make of it."""
    text = cell.strip()
    if not text:
        return None
    if looks_like_date(text):
        day = DateReader(order).read(text)
        return datetime.combine(day, datetime.min.time())
    if re.fullmatch(r"[1-9]\d*", text):
        return int(text)
    if re.fullmatch(r"[1-9]\d*\.0", text):
        return float(text)
    if re.fullmatch(r"-?(?:[1-9][\d.,\u202f\u2009]*|0[.,]\d+)", text):
        amount = read_amount(text, mark)
        return float(amount.value) if amount else cell
    return float(text[:-1]) / 100 if re.fullmatch(r"\d+%", text) else cell


class TestFormats(ReadCase):
    """Formats and encodings are told by the content."""

    def check(self, data, name="list", form="csv", **options):
        result = self.read(data, name, **options)
        self.assertItems(result, EXPECTED, fields=FIELDS)
        self.assertEqual(result.detected.format, form)
        return result

    def text(self, separator=";", newline="\r\n"):
        return (
            newline.join(LINES)
            .replace(";", separator)
            .replace(",50", ",50" if separator != "," else ".50")
            .replace("1.190.50", "1190.50")
        )

    def test_separators(self):
        for separator in (";", "\t", "|", ","):
            with self.subTest(separator):
                result = self.check(self.text(separator).encode())
                self.assertEqual(result.detected.separator, separator)

    def test_newlines(self):
        for newline in ("\n", "\r\n", "\r"):
            with self.subTest(newline):
                self.check(self.text(newline=newline).encode())

    def test_encodings(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15"):
            with self.subTest(encoding):
                self.check(self.text().encode(encoding))
        dos = self.text().replace(" €", " EUR").encode("cp850")
        self.assertEqual(self.check(dos).detected.encoding, "cp850")

    def test_given_encoding(self):
        self.check(self.text().replace(" €", " EUR").encode("cp437"), encoding="cp437")
        self.assertStops(self.read(b"x", encoding="nonsense"), "encoding_unreadable")

    def test_separator_line(self):
        for start in (b"sep=;\r\n", b"\xef\xbb\xbfsep=;\r\n"):
            with self.subTest(start):
                result = self.check(start + self.text().encode())
                self.assertEqual((result.detected.header_row, result.items[0].row), (2, 3))

    def test_given_separator(self):
        self.check(self.text("#").encode(), separator="#")

    def test_semicolons_in_names(self):
        lines = ["Klant,Factuurnummer,Openstaand", '"One, two; three",F1,"1.210,00"', '"A; B; C; D; E",F2,"10,00"']
        result = self.read(lines)
        self.assertItems(result, ("One, two; three", "F1"), ("A; B; C; D; E", "F2"), fields=("partner_name", "number"))

    def test_physical_rows(self):
        lines = ["Kundennr;Name;RgNr;Offen", '1;"AC\nME";A;1,00', '1;"AC\n\nME";B;2,00', "1;ACME;C;3,00"]
        result = self.read("\n".join(lines).encode())
        self.assertItems(result, ("AC ME", "2"), ("AC ME", "4"), ("ACME", "7"), fields=("partner_name", "row"))

    def test_quote_never_closed(self):
        lines = ["Kundennr;Name;RgNr;Offen", '1;"Müller;A;1,00', *(f"1;ACME;B{row};2,00" for row in range(200))]
        result = self.read(lines)
        self.assertEqual((len(result.items), result.items[0].partner_name), (201, '"Müller'))

    def test_trailing_separators(self):
        self.check((LINES[0] + ";;;\r\n" + LINES[1] + ";;;;;;\r\n;;;;;").encode())

    def test_html(self):
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line.split(';'))}</tr>" for line in LINES
        )
        page = f"<html><body><table><tr><td>menu</td></tr></table><table>{rows}</table></body></html>"
        self.check(page.encode(), "list.xls", "html")
        archive = email.mime.multipart.MIMEMultipart("related")
        archive.attach(email.mime.text.MIMEText(page, "html", "utf-8"))
        self.check(archive.as_bytes(), "list.xls", "html")

    def test_spreadsheet_xml(self):
        cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
        rows = ["".join(cell.format(html.escape(text)) for text in line.split(";")) for line in LINES]
        space = "urn:schemas-microsoft-com:office:spreadsheet"
        start = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet><Table>'
        book = start + "".join(f"<Row>{row}</Row>" for row in rows) + "</Table></Worksheet></Workbook>"
        self.check(book.encode(), "list.xls", "xls")

    def test_samples_as_xlsx(self):
        """The samples saved as XLSX with typed cells give the same items."""
        for name in SAMPLES:
            with self.subTest(name):
                data = (DATA / name).read_bytes()
                first = self.read(data, name)
                rows = []
                for row in load(data, ReadOptions())[0].rows:
                    rows.extend([[]] * (row.number - 1 - len(rows)))
                    rows.append(
                        [typed(cell, first.detected.decimal_mark, first.detected.date_order) for cell in row.cells]
                    )
                again = self.read(workbook(rows), "list.xlsx")
                self.assertEqual([self.facts(item) for item in again.items], [self.facts(item) for item in first.items])
                self.assertEqual(again.detected.cover, first.detected.cover)

    @staticmethod
    def facts(item):
        return (
            item.kind, item.partner_number, item.partner_name, item.number, item.reference, item.date, item.due_date,
            item.balance, item.currency, item.company_balance, item.number_unsure,
        )  # fmt: skip

    def test_typed_cells(self):
        header = ["Kundennr", "Rechnungsnr", "Datum", "Offen"]
        rows = [header, [10001.0, "00815", date(2026, 1, 5), 262.5], [10002, 20260001, 46027, 0.1 + 0.2]]
        result = self.read(workbook(rows), "x.xlsx")
        fields = ("partner_number", "number", "date", "balance")
        expected = (("10001", "00815", "2026-01-05", "262.50"), ("10002", "20260001", "2026-01-05", "0.30"))
        self.assertItems(result, *expected, fields=fields)

    def test_sheets(self):
        table = [["Kundennr", "Rechnungsnr", "Offen"], [1, "A", 5.5]]
        result = self.read(workbook([["Notes"]], table), "x.xlsx")
        self.assertItems(result, ("1", "A", "5.50"))
        self.assertEqual(result.detected.sheet, "Sheet2")
        self.assertProblems(result)

    def test_several_lists(self):
        table = [["Kundennr", "Rechnungsnr", "Offen"], [1, "A", 5.5]]
        other = [["Kundennr", "Rechnungsnr", "Offen"], [2, "B", 6.5]]
        result = self.read(workbook(table, other), "x.xlsx")
        self.assertProblems(result, ("stop", "sheets_ignored", None))
        self.assertItems(self.read(workbook(table, other), "x.xlsx", sheet="Sheet2"), ("2", "B", "6.50"))

    def test_formula_without_value(self):
        rows = [["Kundennr", "Rechnungsnr", "Offen"], [1, "A", "=1+2"], [1, "B", 5.5]]
        result = self.read(workbook(rows), "x.xlsx")
        self.assertItems(result, ("1", "B", "5.50"))
        self.assertProblems(result, ("warning", "amount_unreadable", 2))
        self.assertEqual((result.problems[0].text, result.rejected[0].number), ("=1+2", "A"))

    def test_times_in_a_workbook(self):
        rows = [["Kundennr", "Rechnungsnr", "Offen", "Zeit", "Dauer"], [1, "A", 5.5, clock(3, 4), timedelta(hours=30)]]
        result = self.read(workbook(rows), "x.xlsx")
        self.assertItems(result, ("1", "A", "5.50"), fields=("partner_number", "number", "balance"))


class TestHostile(ReadCase):
    """Files that are not what they should be: a clear problem, quickly, and nothing is executed."""

    def setUp(self):
        super().setUp()
        self.book = workbook([["Kundennr", "Rechnungsnr", "Offen"], [1, "A", 5.5]])
        started = time.process_time()
        self.addCleanup(lambda: self.assertLess(time.process_time() - started, 30))

    def stops(self, data, code, name="list.csv"):
        self.assertStops(self.read(data, name), code)

    def test_empty(self):
        for data in (b"", b"\xef\xbb\xbf", b" \r\n\r\n;;;\r\n"):
            with self.subTest(data):
                self.stops(data, "file_empty")

    def test_binary(self):
        self.stops(b"\0", "file_not_text")
        self.stops(bytes(range(256)) * 100, "file_not_text")
        self.stops(bytes(range(1, 32)) * 1000, "file_not_text")
        self.stops(b"Kundennr;Rechnungsnr;Offen\r\n1;2\x00;3,00", "file_not_text")
        self.stops(b"%PDF-1.7 ...", "file_unknown")
        self.stops(b"\x89PNG\r\n\x1a\n....", "file_unknown")

    def test_damaged_xlsx(self):
        self.stops(self.book[: len(self.book) // 2], "file_damaged", "x.xlsx")
        self.stops(b"PK\x03\x04" + b"junk" * 100, "file_damaged", "x.xlsx")
        self.stops(with_part(self.book, SHEET, lambda part: part[: len(part) // 2]), "file_damaged", "x.xlsx")
        self.stops(with_part(self.book, SHEET, lambda part: None), "file_damaged", "x.xlsx")

    def test_other_zip(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("list.csv", "x")
        self.stops(stream.getvalue(), "file_unknown", "x.xlsx")

    def test_zip_bomb(self):
        self.stops(
            with_part(self.book, SHEET, lambda part: b" " * (limits.MAX_UNPACKED + 1)), "file_too_large", "x.xlsx"
        )

    def test_xlsx_of_many_rows(self):
        row = b'<row r="1"><c r="A1"><v>1</v></c></row>'

        def fill(part):
            start = part.index(b"<sheetData>") + 11
            return part[:start] + row * 4000 + b"</sheetData></worksheet>"

        with patch.object(limits, "MAX_ROWS", 1000):
            self.stops(with_part(self.book, SHEET, fill), "file_too_large", "x.xlsx")

    def test_wide_xlsx(self):
        header = ["Kundennr", "Rechnungsnr", "Offen", *(f"c{column}" for column in range(2000))]
        self.stops(workbook([header]), "file_too_wide", "x.xlsx")

    def test_entities(self):
        unsafe = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
        self.stops(
            with_part(self.book, SHEET, lambda part: unsafe + part[part.index(b"<worksheet") :]),
            "file_unsafe",
            "x.xlsx",
        )
        book = b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>'
        self.stops(unsafe + book, "file_unsafe", "x.xls")

    def test_protected(self):
        data = OLE + bytes(4000) + "EncryptedPackage".encode("utf-16-le") + bytes(4000)
        self.stops(data, "file_protected", "x.xlsx")

    def test_damaged_xls(self):
        self.stops(OLE + bytes(5000), "file_damaged", "x.xls")

    def test_many_rows(self):
        with patch.object(limits, "MAX_ROWS", 1000):
            self.stops(b"Kundennr;RgNr;Offen\r\n" + b"1;2;3,00\r\n" * 1001, "file_too_large")

    def test_too_many_bytes(self):
        self.stops(b"a" * (limits.MAX_BYTES + 1), "file_too_large")

    def test_long_line(self):
        self.stops(b"a;" * (limits.MAX_LINE // 2 + 1), "file_too_large")

    def test_many_columns(self):
        self.stops(";".join(f"c{column}" for column in range(10_000)).encode(), "file_too_wide")
        self.stops(b"Kundennr;RgNr;Offen\r\n1;2;3,00" + b";x" * 10_000, "file_too_wide")

    def test_many_blank_columns(self):
        result = self.read(b"Kundennr;RgNr;Offen" + b";" * 5000 + b"\r\n1;2;3,00" + b";" * 5000)
        self.assertItems(result, ("1", "2", "3.00"))

    def test_other_xml(self):
        self.stops(b"<?xml version='1.0'?><invoice/>", "file_unknown", "x.xml")

    def test_formulas_stay_text(self):
        result = self.read(["Kundennr;Name;RgNr;Offen", "1;=cmd|' /C calc'!A0;@SUM(1);3,00"])
        self.assertItems(result, ("=cmd|' /C calc'!A0", "@SUM(1)"), fields=("partner_name", "number"))
