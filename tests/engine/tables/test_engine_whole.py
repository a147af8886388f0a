"""The list as a whole: further sheets, and what a list says of its own length."""

from ....engine.words.counts import Stated, stated_in, without_count
from ...engine_case import ReadCase
from ...file_samples import as_spreadsheet_xml, as_xls
from ..files.test_engine_read_formats import workbook

HEADER = ("Kundennr", "Rechnungsnr", "Datum", "Offen")
MAY = (HEADER, ("1", "A", "05.05.2026", 5.5), ("1", "B", "06.05.2026", 7.5))
JUNE = (HEADER, ("2", "C", "05.06.2026", 6.5))


def page(*tables):
    """A page with tables."""
    rows = (
        "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table) for table in tables
    )
    return f"<html><body>{''.join(f'<table>{table}</table>' for table in rows)}</body></html>".encode()


class TestSheets(ReadCase):
    """Further sheets with rows of the same kind stop; a person says whether they are part of the list."""

    def told(self, content, **options):
        found = self.read(content, "list.xls", **options).problems
        return [(issue.level, issue.values["sheets"]) for issue in found if issue.code == "sheets_ignored"]

    def test_same_header(self):
        self.assertEqual(self.told(workbook(MAY, JUNE)), [("stop", ("Sheet2",))])

    def test_other_language(self):
        english = [("Customer No.", "Invoice No.", "Due Date", "Outstanding"), ("7", "X1", "05.06.2026", 6.5)]
        self.assertEqual(self.told(workbook(MAY, english)), [("stop", ("Sheet2",))])

    def test_without_header(self):
        """Excel's export goes on on the next sheet, without the header."""
        self.assertEqual(self.told(workbook(MAY, JUNE[1:])), [("stop", ("Sheet2",))])
        unknown = [("Foo", "Bar", "Baz", "Qux"), JUNE[1]]
        self.assertEqual(self.told(workbook(MAY, unknown)), [("stop", ("Sheet2",))])

    def test_other_kind(self):
        """Sums per customer, notes, a header without rows."""
        sums = [("Kunde", "Saldo"), ("Alfa", 13.0), ("Beta", 6.5)]
        self.assertEqual(self.told(workbook(MAY, sums)), [("warning", ("Sheet2",))])
        self.assertEqual(self.told(workbook(MAY, [("Stand", "05.05.2026")], [HEADER], [("a", 1)])), [])

    def test_named_by_a_person(self):
        result = self.read(workbook(MAY, JUNE), "list.xlsx", sheet="Sheet2")
        self.assertItems(result, ("2", "C", "6.50"))
        self.assertEqual(self.told(workbook(MAY, JUNE), sheet="Sheet2"), [("warning", ("Sheet",))])

    def test_tables_of_a_page(self):
        self.assertEqual(self.told(page(MAY, JUNE)), [("stop", ("#2",))])
        self.assertEqual(self.told(page([("Stand", "05.05.2026")], MAY)), [])

    def test_sheets_in_xml(self):
        first, second = (as_spreadsheet_xml(rows).decode() for rows in (MAY, JUNE))
        start, end = second.index("<Worksheet"), second.index("</Workbook>")
        both = first.replace("</Workbook>", second[start:end].replace('"List"', '"Juni"') + "</Workbook>")
        self.assertEqual(self.told(both.encode()), [("stop", ("Juni",))])
        self.assertItems(self.read(both.encode(), sheet="Juni"), ("2", "C", "6.50"))

    def test_one_sheet(self):
        self.assertEqual(self.told(as_xls(MAY)), [])


class TestStated(ReadCase):
    """What texts say of a list's length."""

    def test_pages(self):
        for text in (
            "Page 1 of 9", "page: 1 / 9", "Seite 1 von 9", "Seite 1/9", "Pagina 1 van 9", "Page 1 sur 9",
            "Página 1 de 9", "Pagina 1 di 9", "Side 1 av 9", "Sida 1 av 9", "Side 1 af 9", "Sivu 1 / 9",
            "Strona 1 z 9", "Strana 1 z 9", "Pagina 1 din 9", "Sayfa 1 / 9", "Страница 1 из 9", "1 / 9 oldal",
            "Offene Posten - Seite 1 von 9 - 31.03.2026", "Blad 1 van 9",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertEqual(stated_in(text), Stated(9, 1, True))

    def test_ranges(self):
        for text in (
            "Showing 1 to 3 of 27 entries", "1-3 of 27", "1 - 3 / 27", "Einträge 1 bis 3 von 27",
            "1 tot 3 van 27 regels", "Lignes 1 à 3 sur 27", "1 al 3 de 27", "da 1 a 3 di 27", "1 till 3 av 27",
            "1–3 z 27", "1 до 3 из 27",
            "3 of 27 records", "3 von 27 Belegen", "3 van de 27 facturen",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertEqual(stated_in(text), Stated(27, 3))

    def test_counts(self):
        for text in (
            "412 entries", "Total: 412 documents", "Grand total (412 documents)", "Anzahl Belege: 412", "Anzahl: 412",
            "412 offene Posten", "Aantal facturen 412", "412 openstaande posten", "Nombre de lignes : 412",
            "412 écritures", "Número de facturas: 412", "412 documenti", "Antal bilag: 412", "412 riviä", "412 faktur",
            "Počet dokladů: 412", "412 tétel", "412 kayıt", "412 строк", "Records: 412", "Number of invoices 412",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertEqual(stated_in(text), Stated(412))
        self.assertEqual(stated_in("1,412 entries"), Stated(1412))
        self.assertEqual(stated_in("1.412 Posten."), Stated(1412))

    def test_other_texts(self):
        for text in (
            "01.01.2026 - 31.03.2026", "1-3 / 2026", "3 Items Ltd", "24 Posten GmbH & Co", "Total 1,234.00", "Page 3",
            "INV-1 of 05/03/2026", "Net 30 days", "Customer 1001", "Summe 412,00", "Periode 1 bis 3",
            "Stand 31.03.2026", "12 customers", "Count of Monte Cristo", "1 - 30 days", "2026-01-05",
            "100 Records Street",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertIsNone(stated_in(text))

    def test_label(self):
        self.assertEqual(without_count("Grand total (412 documents)"), "Grand total")
        self.assertEqual(without_count("Summe [3 Belege]"), "Summe")
        self.assertEqual(without_count("Total (GBP)"), "Total (GBP)")


class TestCounts(ReadCase):
    """A printed number that differs from what was read stops."""

    ROWS = (
        "Account,Customer,Invoice,Date,Outstanding",
        'C100,North Shop,INV-501,15/01/2026,"1,200.00"',
        "C101,South Shop,INV-503,25/01/2026,-75.00",
    )

    def stops(self, *below, above=()):
        result = self.read([*above, *self.ROWS, *below])
        self.assertEqual([item.number for item in result.items], ["INV-501", "INV-503"])
        return [(issue.code, issue.row) for issue in result.problems if issue.level == "stop"]

    def test_whole(self):
        for text in (
            "2 entries",
            "Page 1 of 1",
            "1 to 2 of 2 entries",
            "Anzahl Belege: 2",
            '"Total (2 documents)",,,,"1,125.00"',
        ):
            with self.subTest(text):
                self.assertEqual(self.stops(text), [])
                self.assertEqual(self.stops("", text), [])

    def test_part(self):
        for text in ("Page 1 of 9", "Seite 1 von 9", "Showing 1 to 2 of 27 entries", "1-2 / 27", "2 of 27 records"):
            with self.subTest(text):
                self.assertEqual(self.stops("", text), [("list_is_part", 5)])
                self.assertEqual(self.stops(above=(text, "")), [("list_is_part", 1)])

    def test_all_pages(self):
        again = self.ROWS[0]
        result = self.read([*self.ROWS, "Page 1 of 2", again, "C102,West,INV-9,25/01/2026,5.00", "Page 2 of 2"])
        self.assertItems(
            result, ("C100", "INV-501", "1200.00"), ("C101", "INV-503", "-75.00"), ("C102", "INV-9", "5.00")
        )
        self.assertEqual([issue.code for issue in result.problems if issue.level == "stop"], [])

    def test_differs(self):
        for text in ("412 entries", "Anzahl Belege;412".replace(";", ","), "Nombre de lignes : 412"):
            with self.subTest(text):
                self.assertEqual(self.stops("", text), [("count_differs", 5)])
        result = self.read([*self.ROWS, "412 entries"])
        values = [dict(issue.values) for issue in result.problems if issue.code == "count_differs"]
        self.assertEqual(values, [{"count": 412, "read": 2, "stated": "412 entries"}])

    def test_total_with_its_count(self):
        """The field's case: sum and number of documents are those of another list."""
        stops = self.stops('Grand total (412 documents),,,,"801,425.00"')
        self.assertEqual(stops, [("totals_differ", 4), ("count_differs", 4)])

    def test_groups_with_their_counts(self):
        lines = ["Invoice;Date;Balance", "Customer: C1 Alfa", "A;05.01.2026;10,00", "B;05.01.2026;20,00", "2 invoices"]
        more = [*lines, "Customer: C2 Beta", "C;05.01.2026;5,00", "1 invoice", "3 invoices"]
        self.assertProblems(
            self.read(more),
            *(
                ("info", f"row_{code}", row)
                for code, row in (("group", 2), ("text", 5), ("group", 6), ("text", 8), ("text", 9))
            ),
        )
        codes = [(issue.code, issue.row) for issue in self.read([*lines[:3], "2 invoices"]).problems]
        self.assertEqual(codes, [("row_group", 2), ("row_text", 4), ("count_differs", 4)])

    def test_workbook(self):
        rows = [HEADER, *MAY[1:], ("Anzahl", 9)]
        codes = [(issue.code, issue.row) for issue in self.read(workbook(rows)).problems if issue.level == "stop"]
        self.assertEqual(codes, [("count_differs", 4)])


class TestGroups(ReadCase):
    """A list of groups with totals that ends without one."""

    LINES = (
        "Invoice;Date;Balance", "Customer: C1 Alfa", "A;05.01.2026;10,00", "Total Alfa;;10,00", "Customer: C2 Beta",
        "B;05.01.2026;20,00", "C;05.01.2026;5,00", "Total Beta;;25,00", "Customer: C3 Gamma", "D;05.01.2026;7,00",
    )  # fmt: skip

    def stops(self, *lines):
        return [(issue.code, issue.row) for issue in self.read([*lines]).problems if issue.level == "stop"]

    def test_last_total_is_missing(self):
        self.assertEqual(self.stops(*self.LINES), [("list_cut_off", None)])
        self.assertEqual(self.stops(*self.LINES, "Total Gamma;;7,00"), [])
        self.assertEqual(self.stops(*self.LINES, "Total Gamma;;7,00", "Total;;42,00"), [])

    def test_totals_above_their_rows(self):
        lines = ("Total Alfa;;10,00", "A;05.01.2026;10,00", "Total Beta;;25,00", "B;05.01.2026;25,00")
        self.assertEqual(self.stops(self.LINES[0], *lines), [])

    def test_one_total(self):
        self.assertEqual(self.stops(*self.LINES[:6]), [])
