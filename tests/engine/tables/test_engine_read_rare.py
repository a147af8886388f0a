"""What few lists do, and what decides then: account ranges, headings of groups and sections, typed cells, charsets."""

from ...engine_case import ReadCase

BOOK = """<?xml version="1.0" encoding="{encoding}"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Open"><Table>{rows}</Table></Worksheet></Workbook>"""
FIELDS = ("kind", "partner_number", "number", "balance")


def xml_row(*cells, index=""):
    """A row of Excel's XML of 2003: (type, text) of each cell, or (type, text, column)."""
    made = "".join(
        f'<Cell{f" ss:Index={chr(34)}{place[0]}{chr(34)}" if place else ""}><Data ss:Type="{kind}">{text}</Data></Cell>'
        for kind, text, *place in cells
    )
    return f"<Row{index}>{made}</Row>"


class TestSides(ReadCase):
    """Customers or vendors, told by the ranges of their accounts."""

    def test_german_personal_accounts(self):
        """10000 to 69999 are debtors, 70000 to 99999 creditors, with a side for each amount."""
        result = self.read(
            [
                "Konto;Belegfeld 1;Belegdatum;Saldo;S/H",
                "10000;R-1;01.02.2026;100,00;S",
                "69999;R-2;01.02.2026;200,00;S",
                "70000;V-1;01.02.2026;300,00;H",
                "99999;V-2;01.02.2026;400,00;S",
            ]
        )
        self.assertItems(
            result,
            ("receivable", "10000", "R-1", "100.00"),
            ("receivable", "69999", "R-2", "200.00"),
            ("payable", "70000", "V-1", "-300.00"),
            ("payable", "99999", "V-2", "400.00"),
            fields=FIELDS,
        )
        self.assertEqual(result.detected.cover, "both")

    def test_french_accounts(self):
        """411 are customers, 401 suppliers."""
        result = self.read(
            [
                "Compte;N° pièce;Date;Débit;Crédit",
                "411DUPONT;FA1;01/02/2026;120,00;",
                "401DURAND;FF1;01/02/2026;;80,00",
                "411MARTIN;AV1;02/02/2026;;20,00",
            ]
        )
        self.assertItems(
            result,
            ("receivable", "411DUPONT", "FA1", "120.00"),
            ("payable", "401DURAND", "FF1", "-80.00"),
            ("receivable", "411MARTIN", "AV1", "-20.00"),
            fields=FIELDS,
        )
        self.assertEqual(result.detected.cover, "both")

    def test_titles_that_contradict_each_other(self):
        """Of several lines above the table the words of ledgers count."""
        lines = ["Belegnummer;Datum;Konto;Saldo", "R-1;01.02.2026;4711;100,00"]
        for title, kind in (
            (["Our customers", "Payables as of 31.03.2026"], "payable"),
            (["Vendors to check", "Debitoren"], "receivable"),
            (["Debitoren und Kreditoren"], None),
        ):
            with self.subTest(title=title):
                result = self.read([*title, *lines])
                self.assertEqual([item.kind for item in result.items], [kind])


class TestHeadings(ReadCase):
    """Partners, sections and ages that rows stand under."""

    HEADER = "Number;Date;Open Balance"

    def test_sections_of_customers_and_vendors(self):
        result = self.read(
            [
                self.HEADER,
                "Customers",
                "10001 Azure Interior",
                "R-1;2026-02-01;100.00",
                "Vendors",
                "70001 Lumber Inc",
                "V-1;2026-02-01;-50.00",
            ]
        )
        self.assertItems(
            result,
            ("receivable", "10001", "R-1", "100.00"),
            ("payable", "70001", "V-1", "-50.00"),
            fields=FIELDS,
        )

    def test_number_and_name_in_one_cell(self):
        """Ages between the partners head nothing."""
        result = self.read(
            [
                self.HEADER,
                "Azure Interior (10001)",
                "31 - 60 days",
                "R-1;2026-02-01;100.00",
                "Gemini (10003)",
                "R-3;2026-02-01;25.00",
            ]
        )
        self.assertItems(
            result,
            ("10001", "Azure Interior", "R-1", "100.00"),
            ("10003", "Gemini", "R-3", "25.00"),
            fields=("partner_number", "partner_name", "number", "balance"),
        )

    def test_currency_above_the_table(self):
        for line, currency in (
            ("Währung: USD", "USD"),
            ("All amounts in CHF", "CHF"),
            ("Valuta: €", "EUR"),
            ("Währung: USD und Währung: CHF", None),
        ):
            with self.subTest(line=line):
                result = self.read([line, "Number;Date;Customer;Open Balance", "R-1;2026-02-01;10001;100.00"])
                self.assertItems(result, (currency, "100.00"), fields=("currency", "balance"))


class TestMarkup(ReadCase):
    """Workbooks and pages in markup."""

    def test_typed_cells(self):
        """Numbers, dates and texts have types; rows and cells that are left out are counted."""
        rows = (
            xml_row(*(("String", text) for text in ("Customer", "Number", "Date", "Open Balance"))),
            xml_row(
                ("Number", "10001"),
                ("Number", "4711"),
                ("DateTime", "2026-02-01T00:00:00.000"),
                ("Number", "1234.5"),
                index=' ss:Index="4"',
            ),
            xml_row(("String", "10002"), ("String", "R-2"), ("Number", "-20", 4)),
            xml_row(("String", "10003"), ("String", "R-3"), ("DateTime", "soon"), ("Number", "30.00")),
        )
        book = BOOK.format(encoding="utf-8", rows="".join(rows)).encode()
        result = self.read(book, "list.xls")
        self.assertItems(
            result,
            ("4", "10001", "4711", "2026-02-01", "1234.50"),
            ("5", "10002", "R-2", None, "-20.00"),
            ("6", "10003", "R-3", None, "30.00"),
            fields=("row", "partner_number", "number", "date", "balance"),
        )
        self.assertProblems(result, ("warning", "date_unreadable", 6))

    def test_charset_of_a_page(self):
        """Bytes that are no UTF-8 are read as the page says."""
        page = (
            '<html><head><meta charset="iso-8859-2"></head><body><table>'
            "<tr><th>Customer</th><th>Number</th><th>Date</th><th>Open Balance</th></tr>"
            "<tr><td colspan='x'>Łódź</td><td>R-1</td><td>2026-02-01</td><td>100.00</td></tr></table></body></html>"
        )
        result = self.read(page.encode("iso-8859-2"), "list.xls")
        self.assertItems(result, ("Łódź", "R-1", "100.00"), fields=("partner_name", "number", "balance"))

    def test_archive_without_a_table(self):
        """A web archive with pages that hold no table is empty."""
        archive = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Nothing</p>"
        self.assertStops(self.read(archive, "list.xls"), "file_empty")
