"""A small file that unpacks to a large one is refused before it costs; a large list of sense is read."""

import io
import re
import time
import tracemalloc
import zipfile
from unittest.mock import patch

import openpyxl

from ....engine import is_opening_list, read
from ....engine.files import limits
from ...engine_case import ReadCase
from .test_engine_read_formats import SHEET, with_part, workbook

STYLES, TYPES, BOOK = "xl/styles.xml", "[Content_Types].xml", "xl/workbook.xml"
TEXTS = "xl/any/name.bin"  # of the shared texts: any part may be what another one says that it is
OVERRIDE = (
    b'<Override PartName="/%s" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
UNSAFE = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
GROWTH = 3.2  # of time when a file is twice as large; what is quadratic takes four times as long
HEADER = ["Kundennr", "Rechnungsnr", "Offen"]


def with_rows(data, rows):
    """Return a workbook with more rows in its sheet."""
    return with_part(data, SHEET, lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))


def with_texts(data, texts):
    """Return a workbook with shared texts, under a name that says nothing."""
    data = with_part(data, TYPES, lambda part: part.replace(b"</Types>", OVERRIDE % TEXTS.encode()))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TEXTS, b"<sst " + MAIN + b">" + texts + b"</sst>")
    return stream.getvalue()


def seconds(data, name="list.xlsx"):
    """Return the best time of three tries to read a file."""
    best = float("inf")
    for _try in range(3):
        start = time.process_time()
        read(data, name)
        best = min(best, time.process_time() - start)
    return best


class PackedCase(ReadCase):
    """A workbook of one item, to be spoilt."""

    def setUp(self):
        super().setUp()
        self.book = workbook([HEADER, [1, "A", 5.5]])

    def stops(self, data, code, name="list.xlsx"):
        """The file is refused, with little memory; as a list of opening documents too."""
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        result = self.read(data, name)
        self.assertStops(result, code)
        self.assertLess(tracemalloc.get_traced_memory()[1], 40_000_000)
        tracemalloc.stop()
        self.assertFalse(is_opening_list(data, name))
        return result.problems[0]

    def reads(self, data, name="list.xlsx"):
        self.assertItems(self.read(data, name), ("1", "A", "5.50"))

    def grows(self, make, size):
        """Twice the size takes about twice the time."""
        self.assertLess(seconds(make(2 * size)) / max(seconds(make(size)), 0.01), GROWTH)


class TestPackedWorkbooks(PackedCase):
    """What a workbook unpacks to."""

    def test_ratio(self):
        blanks = b" " * (limits.UNPACKED_ANYHOW + 1)
        issue = self.stops(with_rows(self.book, blanks), "workbook_packed")
        self.assertEqual((issue.values["limit"], issue.values["times"] > 100), (100, True))
        self.reads(with_rows(self.book, blanks[: limits.UNPACKED_ANYHOW - 20_000]))

    def test_cells(self):
        row = b"<row>" + b'<c s="0"/>' * 1000 + b"</row>"
        named = b"<x:row>" + b"<x:c\n/>" * 1000 + b"</x:row>"
        with patch.object(limits, "MAX_WORKBOOK_CELLS", 30_000):
            self.reads(with_rows(self.book, row * 29))
            for rows in (row * 30, named * 30):
                self.assertEqual(self.stops(with_rows(self.book, rows), "workbook_cells").values["limit"], 30_000)
        self.assertEqual(limits.MAX_WORKBOOK_CELLS, 3_000_000)

    def test_cells_of_a_row(self):
        self.stops(with_rows(self.book, b"<row>" + b"<c/>" * 1_000_000 + b"</row>"), "workbook_cells")

    def test_cells_that_a_row_claims(self):
        rows = b'<row><c r="XFD1"/></row>'
        with patch.object(limits, "MAX_CELLS", 1_000_000):
            self.stops(with_rows(self.book, rows * 100), "file_too_large")

    def test_shared_texts_of_any_name(self):
        with patch.object(limits, "MAX_WORKBOOK_CELLS", 30_000):
            self.reads(with_texts(self.book, b"<si><t>a</t></si>" * 29_000))
            for texts in (b"<si/>" * 30_001, b"<si>" + b"<r/>" * 30_001 + b"</si>"):
                self.stops(with_texts(self.book, texts), "workbook_cells")

    def test_shared_texts_with_formats(self):
        header = b"".join(b"<si><r><t>%s</t></r><r><rPr><b/></rPr><t>%s</t></r></si>" % pair for pair in (
            (b"Kunden", b"nr"), (b"Rechnungs", b"nr"), (b"Off", b"en")
        ))  # fmt: skip
        book = with_texts(self.book, header + b"<si><rPh><t>no</t></rPh><t>B</t></si>")
        row = b"<row>%s</row>" % b"".join(b'<c t="s"><v>%d</v></c>' % place for place in range(3))
        self.reads(
            with_part(book, SHEET, lambda part: re.sub(rb"<row.*?</row>", row, part, count=1)),
        )

    def test_parts_that_are_held_in_memory(self):
        for part in (STYLES, BOOK, TYPES, "xl/theme/theme1.xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels"):
            for fill in (b" " * limits.MAX_PART, b"<!-- -->" * limits.MAX_PART_TAGS):
                with self.subTest(part):
                    spoilt = with_part(self.book, part, lambda content, fill=fill: content + fill)
                    self.assertEqual(self.stops(spoilt, "workbook_part_large").values["part"], part)

    def test_a_sheet_that_is_named_many_times(self):
        space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        sheet = b'<sheet xmlns:r="%s" name="s%d" sheetId="%d" r:id="rId1"/>'
        sheets = b"".join(sheet % (space, place, place) for place in range(3, 3000)) + b"</sheets>"
        self.stops(with_part(self.book, BOOK, lambda part: part.replace(b"</sheets>", sheets)), "file_damaged")

    def test_entities_in_any_part_and_encoding(self):
        for part in (SHEET, STYLES, BOOK, "docProps/core.xml"):
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-7"):
                head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{UNSAFE}'
                with self.subTest(part, encoding=encoding):
                    spoilt = with_part(
                        self.book,
                        part,
                        lambda content, head=head, encoding=encoding: (
                            head + content.decode().partition("?>")[2]
                        ).encode(encoding),
                    )
                    self.stops(spoilt, "file_unsafe" if encoding.startswith("utf-8") else "file_damaged")

    def test_entities_between_two_chunks(self):
        for distance in range(0, len(UNSAFE), 9):
            fill = b" " * ((1 << 20) - distance - 6)
            self.stops(
                with_part(self.book, STYLES, lambda part, fill=fill: b"<a>" + fill + UNSAFE.encode()), "file_unsafe"
            )

    def test_what_is_not_read_may_be_large(self):
        stream = io.BytesIO(self.book)
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
            archive.writestr("xl/media/image1.png", b"x" * (limits.MAX_PART + 1))
        self.reads(stream.getvalue())

    def test_time_grows_with_the_file_only(self):
        """Formulas that share one, merged cells, columns, shared texts, styles."""
        shared = b'<row><c r="D3"><f t="shared" si="0">%s1</f></c></row>'
        same = b'<row><c r="D4"><f t="shared" si="0"/></c></row>'
        self.grows(lambda size: with_rows(self.book, shared % (b"A1+" * size) + same * size), 5000)
        merged = b"</sheetData><mergeCells>%s</mergeCells>"
        self.grows(
            lambda size: with_part(
                self.book, SHEET, lambda part: part.replace(b"</sheetData>", merged % (b'<mergeCell ref="A1"/>' * size))
            ),
            50_000,
        )
        self.grows(lambda size: with_texts(self.book, b"<si/>" * size), 50_000)
        styles = b"<cellXfs>%s</cellXfs><cellXfs"
        self.grows(
            lambda size: with_part(
                self.book, STYLES, lambda part: part.replace(b"<cellXfs", styles % (b"<xf/>" * size), 1)
            ),
            5_000,
        )

    def test_large_list(self):
        """100,000 rows of 12 columns that repeat themselves: 16 times as large unpacked, and a list like any other."""
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(["Kundennr", "Kunde", "Rechnungsnr", "Datum", "Offen", "Währung", *(f"x{n}" for n in range(6))])
        texts = ["Standard", "Wien", "Österreich", "offen", "A", "B"]
        for number in range(100_000):
            sheet.append([10001, "Müller & Söhne GmbH", f"R-{number}", "05.01.2026", 1190.5, "EUR", *texts])
        stream = io.BytesIO()
        book.save(stream)
        with zipfile.ZipFile(stream) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        self.assertGreater(unpacked, 2 * limits.UNPACKED_ANYHOW)
        self.assertGreater(unpacked / len(stream.getvalue()), 12)
        result = self.read(stream.getvalue(), "list.xlsx")
        self.assertEqual([issue.level for issue in result.problems if issue.level == "stop"], [])
        self.assertEqual((len(result.items), result.items[-1].number), (100_000, "R-99999"))


class TestNestedTables(PackedCase):
    """Pages and web archives cost no more than their cells."""

    def page(self, depth, rows=1):
        cells = "".join(f"<tr><td>1</td><td>A{row or ''}</td><td>5,50</td></tr>" for row in range(rows))
        table = f"<table><tr><th>Kundennr</th><th>Rechnungsnr</th><th>Offen</th></tr>{cells}</table>"
        return f"<html>{'<table><tr><td>' * (depth - 1)}{table}{'</td></tr></table>' * (depth - 1)}</html>".encode()

    def archive(self, page):
        return b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + page

    def test_depth(self):
        for wrap, name in ((bytes, "list.xls"), (self.archive, "list.mht")):
            self.reads(wrap(self.page(limits.MAX_NESTED)), name)
            for page in (self.page(limits.MAX_NESTED + 1), b"<html>" + b"<table>" * 50_000):
                self.assertEqual(self.stops(wrap(page), "tables_nested", name).values["limit"], 10)

    def test_archives_inside_each_other(self):
        parts = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (place, place) for place in range(400)
        )
        self.stops(b"MIME-Version: 1.0\n" + parts + b"\nx" * 100_000, "tables_nested", "list.mht")

    def test_time_grows_with_the_cells_only(self):
        """Also of pages in pages, and of tables beside each other in one."""
        beside = b"<tr><td><table><tr><td>x</table></td></tr>"
        for make in (
            lambda size: self.page(limits.MAX_NESTED, size),
            lambda size: b"<html><table>" + beside * size + b"</table>",
            lambda size: b"<html><table><tr><td>" + b"<table><tr><td>x</table>" * size + b"</table>",
        ):
            self.grows(make, 2_000)

    def test_too_many_elements(self):
        with patch.object(limits, "MAX_TAGS", 1000):
            self.stops(self.page(1, 200), "file_too_large", "list.xls")

    def test_entities_in_any_encoding(self):
        book = '<?xml version="1.0" encoding="utf-16"?>' + UNSAFE + (
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&c;</Workbook>'
        )  # fmt: skip
        self.stops(book.encode("utf-16"), "file_unsafe", "list.xls")
