"""Lists that end before their end: what was cut off is no evidence that anything was paid."""

from ....engine import read
from ...engine_case import DATA, ReadCase
from ...file_samples import FORMATS

# Lists of tests/data that are cut at bytes all over: with each separator, quotes, groups, dates and words at the end.
CUT = (
    "abacus_debitoren.csv", "afas_openstaande_facturen.csv", "bc_debitorenposten.csv", "datev_opos_liste.csv",
    "exact_online_openstaande_posten.csv", "odoo_account_move.csv", "qbo_open_invoices.csv", "twinfield_100.csv",
    "sap_b1_receivables_aging.tsv", "sewobe.csv", "tripletex_kunde.csv", "sap_ecc_fbl5n_list.txt",
    "xero_invoices.csv", "noovy.csv",
)  # fmt: skip
ITEMS = (
    ("Customer No.", "Customer Name", "Invoice", "Date", "Due Date", "Open Balance", "Currency"),
    ("10001", "Müller & Söhne", "INV/2026/00001", "2026-01-05", "2026-02-05", 1190.5, "EUR"),
    ("10002", "North (Shop)", "INV/2026/00002", "2026-01-06", "2026-02-06", -20, "USD"),
    ("10002", "North (Shop)", "INV/2026/00003", "2026-01-07", "2026-02-07", 33.25, "EUR"),
)
GERMAN = (
    "Rechnungsnr.;Kundennr.;Name;Rechnungsdatum;Offen",
    "INV1;C1;Alfa;13.02.2026;1.190,00",
    "INV2;C1;Alfa;14.02.2026;190,00",
    "INV3;C2;Weiß;15.02.2026;20,50",
)


def whole_rows(items, lines):
    """The items that the whole list has in so many lines, with all they say."""
    return [item for item in items if item.row <= lines]


class CutCase(ReadCase):
    """Tells whether a list stops as cut off."""

    def is_cut(self, content):
        data = content if isinstance(content, bytes) else content.encode()
        return "list_cut_off" in [issue.code for issue in self.read(data).problems if issue.level == "stop"]

    def assertCut(self, content):
        self.assertTrue(self.is_cut(content), content[-60:])

    def assertWhole(self, content):
        self.assertFalse(self.is_cut(content), content[-60:])


class TestText(CutCase):
    """A text that ends in the middle of a row, by the last row alone."""

    def test_what_was_seen(self):
        result = self.read("\n".join([*GERMAN, "INV4;C2;We"]).encode())
        stops = [(issue.code, dict(issue.values), issue.text) for issue in result.problems if issue.level == "stop"]
        self.assertEqual(stops, [("list_cut_off", {"rows": 5}, "INV4 | C2 | We")])

    def test_every_place_of_a_row(self):
        text = "\n".join(GERMAN)
        start = text.rfind("\n") + 1
        self.assertWhole(text)
        for at in range(start + 1, len(text)):
            with self.subTest(text[start:at]):
                self.assertCut(text[:at])

    def test_with_its_line_break(self):
        rows = "\n".join(GERMAN) + "\n"
        for last in ("INV4", "INV4;C2;Weiß", "INV4;C2;Weiß;16.02.2026", "INV4;C2;Weiß;16.02.2026;1.19"):
            with self.subTest(last):
                self.assertCut(f"{rows}{last}\n")
        for last in (
            "INV4;C2;Weiß;16.02.2026;1,19",
            "3 Belege",
            "Summe;;;;1.400,50",
            "Summe;1.400,50",
            "printed by J.",
        ):
            with self.subTest(last):
                self.assertWhole(f"{rows}{last}\n")

    def test_last_cell(self):
        """What shows that the last cell is whole, where the line break is lacking."""
        for header, others, whole, cut in (
            ("Currency", ("EUR", "EUR", "USD"), ("EUR", "USD"), ("EU", "E", "")),
            ("Currency", (), ("EUR",), ("EU",)),
            ("Due Date", ("2026-01-05", "2026-02-05"), ("2026-03-05",), ("2026-03-0", "2026-03", "20")),
            ("Due Date", ("5.1.2026", "15.2.2026"), ("25.3.2026",), ("25.3.20", "25.3.2", "2")),
            ("Due Date", ("5/1/26", "15/2/26"), (), ("25/3/2", "25/3/26"[:4])),
            ("Memo", ("", ""), ("",), ("De",)),
            ("Memo", (), (), ("", "De")),
            ("Reference", ("PO-0001", "PO-0002"), ("PO-0003",), ("PO-000", "PO-0002")),
            ("Reference", ("PO-1", "PO-20"), (), ("PO-3", "PO-30")),
            ("Name", ("Alfa Ltd", "Beta Inc"), (), ("Gamma Lt", "Gamma Ltd", "Alfa Lt")),
            ("Paid", ("no", "no"), ("no", "yes"), ("n",)),
            ("Days", ("12", "7"), (), ("1", "5")),
            ("Open Amount", ("10.00 Cr", "5.00 Dr"), ("7.00 Dr",), ("7.00", "7.00 D")),
            ("Open Amount", ("10.00-", "5.00"), ("7.00-",), ("7.00",)),
            ("Open Amount", ("(10.00)", "5.00"), ("(7.00)", "7.00"), ("(7.00",)),
            ("Open Amount", ("$10.00", "$5.00"), ("$7.00",), ("$7.0", "$")),
            ("Open Amount", ("10", "5.5"), (), ("7", "7.5")),
            ("Open Amount", ("1,234.00", "5.00"), ("1,500.00",), ("1,500", "1,500.0", "1")),
        ):
            rows = "".join(f"10{at};INV{at};2.50;{text}\n" for at, text in enumerate(others))
            for text, is_cut in [*((text, False) for text in whole), *((text, True) for text in cut)]:
                with self.subTest(header=header, others=others, text=text):
                    list_ = f"Customer;Invoice;Balance;{header}\n{rows}109;INV9;2.50;{text}"
                    self.assertEqual(self.is_cut(list_), is_cut)

    def test_quotes(self):
        rows = 'Customer;Invoice;Balance;Name\n"100";"INV1";"10.00";"Alfa"\n"100";"INV2";"20.00";"Beta"\n'
        self.assertWhole(rows + '"100";"INV3";"30.00";"Gamma"')
        for cut in ('"100";"INV3";"30.00";"Gam', '"100";"INV3";"30.00";"', '"100";"INV3";"30.00"', '"100";"Gamma\n'):
            with self.subTest(cut):
                self.assertCut(rows + cut)

    def test_wrapped_lines(self):
        rows = "".join(f'"100;INV{at};1{at}.00;Alfa"\n' for at in range(10, 30))
        rows = f'"Customer;Invoice;Balance;Name"\n{rows}"100;INV3;30.00;Ga'
        self.assertWhole(rows + 'mma"')
        self.assertCut(rows)

    def test_totals_at_the_end(self):
        rows = "Customer;Invoice;Balance\n100;INV1;10.00\n100;INV2;20.00\n"
        for last, is_cut in (
            ("Total;;30.00", False), ("Total;30.00", False), ("Total;;30.0", True), ("Total;;", True), ("Tot", True),
            (";;30.00", False), ("Page 1", False), ("Total of 100;;3", True),
        ):  # fmt: skip
            with self.subTest(last):
                self.assertEqual(self.is_cut(rows + last), is_cut)

    def test_drawn_lines(self):
        rows = "Customer;Invoice;Balance\n------------------\n100;INV1;10.00\n100;INV2;20.00\n"
        for last, is_cut in (("-------", True), ("------------------", False), ("-------\n", False)):
            with self.subTest(last):
                self.assertEqual(self.is_cut(rows + last), is_cut)

    def test_half_a_sign(self):
        for encoding, text in (
            ("utf-8", "\n".join([*GERMAN, "INV4;C2;Wei"])),
            ("utf-8-sig", "\n".join(GERMAN)),
            ("utf-16", "\n".join(GERMAN)),
            ("utf-16-le", "\n".join(GERMAN)),
        ):
            with self.subTest(encoding):
                self.assertCut((text + "ß").encode(encoding)[:-1])


class TestEveryByte(ReadCase):
    """Lists are cut at bytes all over: silent only at the end of a line, with the very rows that it has till there."""

    def check(self, name, step):
        data = (DATA / name).read_bytes()
        whole = self.read(data, name)
        for at in range(len(data) // 3, len(data), step):
            part = data[:at]
            if data[at - 1 : at] in b"\r\n" or data[at : at + 1] in b"\r\n":
                continue
            result = read(part, name)
            if any(issue.level == "stop" for issue in result.problems):
                continue
            lines = data[: data.find(b"\n", at)].count(b"\n") + 1
            told = [(item.number, item.balance) for item in result.items]
            expected = [(item.number, item.balance) for item in whole_rows(whole.items, lines)]
            self.assertEqual(part[part.rfind(b"\n") + 1 :], b"", (name, at, told == expected))

    def test_lists(self):
        for place, name in enumerate(CUT):
            with self.subTest(name):
                self.check(name, 23 + place % 5)


class TestFormats(CutCase):
    """What has an end of its own is cut off for certain without it."""

    def check(self, form, data, step):
        """At no byte a silent reading that lacks a row."""
        whole = [(item.number, item.balance) for item in self.read(data, f"list.{form}").items]
        self.assertEqual(len(whole), 3)
        for at in range(0, len(data) - 1, step):
            result = read(data[:at], f"list.{form}")
            if not any(issue.level == "stop" for issue in result.problems):
                self.assertEqual([(item.number, item.balance) for item in result.items], whole, (form, at))

    def test_formats(self):
        for form in set(FORMATS) - {"csv"}:
            with self.subTest(form):
                data = FORMATS[form](ITEMS)
                self.check(form, data, max(1, len(data) // 60))

    def test_html(self):
        rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ITEMS)
        for page, is_cut in (
            (f"<table>{rows}</table>", False),
            (f"<TABLE>{rows}</TABLE>", False),
            (f"<table>{rows}", True),
            (f"<html><body><table>{rows}</table></body></html>", False),
            (f"<html><body><table>{rows}</table></body>", True),
            (f"<html><body><table>{rows}</table>", True),
            (f"<html><body><table>{rows}</body></html>", True),
            (f"<html><!-- <table> --><body><table>{rows}</table></body></html>", False),
        ):
            with self.subTest(page[-40:]):
                self.assertEqual(self.is_cut(page), is_cut)
