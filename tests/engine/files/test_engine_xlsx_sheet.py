"""Sheets of workbooks read as openpyxl reads them."""

import io
import random
import warnings
from datetime import date, datetime, time, timedelta
from zipfile import ZipFile

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from odoo.tests import BaseCase

from ....engine.files.workbook import as_cells, xlsx_rows, xlsx_sheets

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def make_openpyxl(dice):
    """A workbook of openpyxl: values of all sorts, texts with formats, merged cells, formulas without values."""
    book = Workbook()
    book.epoch = dice.choice((datetime(1899, 12, 30), datetime(1904, 1, 1)))  # noqa: DTZ001  # as spreadsheets count
    sheet = book.active
    bold = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"), " end")
    values = ("text", "", " a\nb ", "ümläut €", 0, -3, 1.5, 1e300, True, False, bold, "=1+1", "#N/A", None, "x005F_y",
              date(2026, 3, 31), datetime(2026, 3, 31, 12, 30), time(8, 15), timedelta(hours=30))  # noqa: DTZ001  # fmt: skip
    for _ in range(dice.randint(1, 30)):
        sheet.append([dice.choice(values) for _ in range(dice.randint(0, 8))])
    sheet["K40"] = "far"
    sheet.merge_cells("A1:B2")
    return book


def make_xlsxwriter(dice):
    """A workbook of xlsxwriter: shared texts, formulas with values, dates by format, gaps."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "nan_inf_to_errors": True})
    sheet, formats = (
        book.add_worksheet(),
        [book.add_format({"num_format": text}) for text in ("dd.mm.yyyy", "[h]:mm", "0.00")],
    )
    for row in range(dice.randint(1, 30)):
        for column in range(0, 9, dice.randint(1, 3)):
            kind = dice.randint(0, 5)
            if kind == 0:
                sheet.write_string(row * 2, column, dice.choice(("a", "b", "same", " x ")))
            elif kind == 1:
                sheet.write_number(row * 2, column, dice.choice((0, 45000, -1, 0.25, 3e6, 1e9)), dice.choice(formats))
            elif kind == 2:
                sheet.write_formula(row * 2, column, "=A1", None, dice.choice((7, "text", True, "#DIV/0!")))
            elif kind == 3:
                sheet.write_boolean(row * 2, column, dice.random() < 0.5)
            elif kind == 4:
                sheet.write_blank(row * 2, column, None, formats[0])
            else:
                sheet.write_rich_string(row * 2, column, "a ", book.add_format({"bold": True}), "b")
    book.close()
    return target.getvalue()


def by_openpyxl(data):
    """Values of each row as openpyxl has them, a formula without a value as its text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = load_workbook(io.BytesIO(data), data_only=True).active
        formulas = load_workbook(io.BytesIO(data)).active
    rows = {}
    for row in values.iter_rows():
        cells = [
            cell.value
            if cell.value is not None or formulas[cell.coordinate].data_type != "f"
            else formulas[cell.coordinate].value
            for cell in row
        ]
        rows[row[0].row] = strip(as_cells(cells))
    return {number: cells for number, cells in rows.items() if cells}


def by_us(data):
    """Values of each row as we have them."""
    sheet = next(iter(xlsx_sheets(data).values()))
    return {number: cells for number, row in xlsx_rows(sheet) if (cells := strip(row))}


def strip(cells):
    cells = list(cells)
    while cells and cells[-1] is None:
        cells.pop()
    return [(type(cell).__name__, cell) for cell in cells]


class TestXlsxSheet(BaseCase):
    maxDiff = None

    def test_random_workbooks(self):
        for seed in range(40):
            dice = random.Random(seed)
            target = io.BytesIO()
            if seed % 2:
                make_openpyxl(dice).save(target)
            data = target.getvalue() or make_xlsxwriter(dice)
            with self.subTest(seed=seed):
                self.assertEqual(by_us(data), by_openpyxl(data))

    def read(self, rows):
        """Read a sheet of which the XML is given."""
        target, source = io.BytesIO(), io.BytesIO()
        Workbook().save(source)
        with ZipFile(source) as before, ZipFile(target, "w") as after:
            for name in before.namelist():
                content = f"{HEAD}{rows}</sheetData></worksheet>" if name == SHEET else before.read(name)
                after.writestr(name, content)
        return [(number, row) for number, row in xlsx_rows(next(iter(xlsx_sheets(target.getvalue()).values())))]

    def test_rows_and_cells_without_references(self):
        rows = '<row><c><v>1</v></c><c t="str"><v>a</v></c></row><row r="4"><c r="C4"><v>2</v></c><c><v>3</v></c></row>'
        self.assertEqual(self.read(rows), [(1, (1, "a")), (2, ()), (3, ()), (4, (None, None, 2, 3))])

    def test_row_numbers_of_other_programs(self):
        self.assertEqual(self.read('<row r="2.0"><c r="A2"><v>1</v></c></row>'), [(1, ()), (2, (1,))])

    def test_texts_in_the_sheet(self):
        inline = (
            '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><r><rPr><b/></rPr><t> b</t></r>'
            '<rPh sb="0" eb="1"><t>x</t></rPh>'
            '</is></c><c r="B1" t="inlineStr"/><c r="C1"><f>SUM(A1)</f></c><c r="D1" t="e"><v>#N/A</v></c></row>'
        )
        self.assertEqual(self.read(inline), [(1, ("a b", None, "=SUM(A1)", "#N/A"))])

    def test_days_as_texts_and_beyond(self):
        rows = '<row r="1"><c r="A1" t="d"><v>2026-03-31</v></c><c r="B1" t="b"><v>1</v></c></row>'
        self.assertEqual(self.read(rows)[0][1][1], True)
        self.assertEqual(str(self.read(rows)[0][1][0])[:10], "2026-03-31")
