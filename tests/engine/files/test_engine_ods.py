"""Spreadsheets of OpenDocument."""

import io
import zipfile
from datetime import datetime

from odoo.tests import BaseCase

from ....engine.errors import ReadError
from ....engine.files.load import first_rows, load
from ....engine.items import ReadOptions
from ....engine.open_items.read import read

KIND = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def cell(text="", kind="", value="", repeated=0):
    """A cell as LibreOffice writes it."""
    names = {"date": "date-value", "boolean": "boolean-value"}
    kinds = f' office:value-type="{kind}"' if kind else ""
    kinds += f' office:{names.get(kind, "value")}="{value}"' if value else ""
    kinds += f' table:number-columns-repeated="{repeated}"' if repeated else ""
    return f"<table:table-cell{kinds}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def row(*cells, repeated=0):
    times = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    return f"<table:table-row{times}>{''.join(cells)}</table:table-row>"


def book(head=HEAD, **tables):
    """A spreadsheet of sheets by name."""
    sheets = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in tables.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), KIND)
        package.writestr("content.xml", head + sheets + TAIL)
    return target.getvalue()


LIST = [
    row(*(cell(text, "string") for text in ("Customer", "Voucher Number", "Voucher Date", "Open Balance", "Currency"))),
    row(
        cell("10001", "string"), cell("INV/2026/00001", "string"), cell("31.03.26", "date", "2026-03-31"),
        cell("1.140,50 €", "currency", "1140.5"), cell("EUR", "string"),
    ),
    row(cell(repeated=16384), repeated=3),
    row(
        cell("10002", "string"), cell("INV/2026/00002", "string"), cell("01.03.26", "date", "2026-03-01T00:00:00"),
        cell("-5", "float", "-5"), cell("EUR", "string"), cell(repeated=16379),
    ),
    row(cell(repeated=16384), repeated=1048569),
]  # fmt: skip


class TestOds(BaseCase):
    def rows(self, data):
        return [(one.number, one.cells) for one in load(data, ReadOptions())[0].rows]

    def test_list(self):
        result = read(book(Liste="".join(LIST)), "list.ods", ReadOptions())
        self.assertEqual(
            [(item.row, item.partner_number, item.number, str(item.date), str(item.balance)) for item in result.items],
            [
                (2, "10001", "INV/2026/00001", "2026-03-31", "1140.50"),
                (6, "10002", "INV/2026/00002", "2026-03-01", "-5.00"),
            ],
        )
        self.assertEqual((result.detected.format, result.problems), ("ods", ()))

    def test_cells(self):
        values = row(
            cell("a", "string", repeated=2), cell(repeated=2), cell("21 %", "percentage", "0.21"),
            cell("TRUE", "boolean", "true"), cell("12:30", "time"), cell("1e400", "float", "1e400"),
            "<table:covered-table-cell/>", cell("text without type"),
        )  # fmt: skip
        self.assertEqual(
            self.rows(book(A=values)),
            [(1, ("a", "a", None, None, 0.21, True, "12:30", "inf", None, "text without type"))],
        )

    def test_texts(self):
        note = "<office:annotation><text:p>a remark</text:p></office:annotation>"
        text = (
            f'<table:table-cell office:value-type="string">{note}<text:p>a<text:s text:c="2"/><text:span>b</text:span>'
            "<text:tab/>c</text:p><text:p>second &amp; last</text:p></table:table-cell>"
        )
        self.assertEqual(self.rows(book(A=row(text))), [(1, ("a  b c\nsecond & last",))])

    def test_day(self):
        self.assertEqual(
            self.rows(book(A=row(cell("x", "date", "2026-03-31T12:30:00"), cell("31.02.26", "date", "2026-02-31")))),
            [(1, (datetime.fromisoformat("2026-03-31T12:30:00"), "31.02.26"))],
        )

    def test_best_sheet(self):
        data = book(Notes=row(cell("nothing here", "string")), Open="".join(LIST))
        self.assertEqual(load(data, ReadOptions())[0].name, "Open")
        self.assertEqual([len(rows) for rows in first_rows(data, ReadOptions())], [1, 3])

    def test_rows_that_repeat(self):
        self.assertEqual(
            [number for number, _cells in self.rows(book(A=row(cell("a", "string"), repeated=3)))], [1, 2, 3]
        )

    def test_refused(self):
        whole = "".join(LIST)
        for code, data in (
            ("workbook_cells", book(A=row(cell("a", "string"), repeated=1000000))),
            ("workbook_cells", book(A=row(cell("a", "string", repeated=200000)))),
            (
                "file_unsafe",
                book(head=HEAD.replace("<office:doc", '<!DOCTYPE x [<!ENTITY a "b">]><office:doc', 1), A=whole),
            ),
            ("file_damaged", book(A=whole + "</table:table>")),
            ("file_damaged", book(A=whole)[:400]),
            ("workbook_packed", book(A="".join([*LIST, " " * 30_000_000]))),
            ("file_empty", book(A="")),
        ):
            with self.subTest(code=code), self.assertRaises(ReadError) as caught:
                load(data, ReadOptions())
            self.assertEqual(caught.exception.issue.code, code)
