"""Lists of opening documents: Emersion's columns, our own template, and lists that a person declares to be one."""

import io
import json
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from ....engine import ReadOptions, is_opening_list, read_opening
from ....engine.opening_documents.items import DOCUMENT_TYPES
from ....messages import COLUMN_LABELS
from ...engine_case import DATA, SAVE, ReadCase, text

EMERSION = (
    "ACCOUNT_ID,CARDLINE_AMOUNT_EXTAX,CARDLINE_AMOUNT_TAX,BALANCE_DUE_EXTAX,BALANCE_DUE_TAX,CARDLINE_DESCRIPTION,"
    "INVOICE_ISSUE_DATE,INVOICE_DUE_DATE,ORIGINAL_INVOICE_ID,INVOICE_START,INVOICE_END,TAX_ID"
)
TEMPLATE = (
    "Document Type,Partner Number,Partner VAT,Partner E-mail,Partner Name,Number,Reference,Date,Due Date,Currency,Rate,"
    "Company Amount,Total,Tax Amount,Tax,Open Amount,Description,Period Start,Period End,Analytic Account,Salesperson,"
    "Payment Terms"
)
# A right row of each, to be changed.
ROW = {
    "ACCOUNT_ID": "1001",
    "CARDLINE_AMOUNT_EXTAX": "100.00",
    "CARDLINE_AMOUNT_TAX": "10.00",
    "BALANCE_DUE_EXTAX": "50.00",
    "BALANCE_DUE_TAX": "5.00",
    "INVOICE_ISSUE_DATE": "05/07/2025",
    "INVOICE_DUE_DATE": "04/08/2025",
    "TAX_ID": "7",
}
OWN = {
    "Document Type": "Customer Invoice",
    "Partner Number": "10001",
    "Number": "R-1",
    "Date": "2025-11-03",
    "Due Date": "2025-12-03",
    "Total": "119.00",
    "Tax Amount": "19.00",
    "Open Amount": "69.00",
}


def as_row(item):
    """Return an item as a row of a golden file; what is not in the file is left out."""
    names = [field.name for field in fields(item) if field.name not in ("faults", "file", "row", "strict")]
    row = {name: getattr(item, name) for name in names}
    shown = {"row": item.row, **{name: text(value) for name, value in row.items() if value is not None}}
    if item.strict:
        shown["strict"] = True
    if item.faults:
        shown["faults"] = [list(fault) for fault in faults(item)]
    return shown


def faults(item):
    """Return code, column and text of all faults of an item."""
    return [(fault.code, fault.column, fault.text) for fault in item.faults]


def as_golden(result):
    """Return a result as a golden file has it."""
    found = result.detected
    return {
        "detected": {
            "content": found.content,
            "format": found.format,
            "separator": found.separator,
            "header_row": found.header_row,
            "decimal_mark": found.decimal_mark,
            "date_order": found.date_order,
            "cover": found.cover,
            "names_currency": found.names_currency,
            "balance_date": text(found.balance_date),
            "columns": {column.header: column.field for column in found.columns},
        },
        "items": [as_row(item) for item in result.items],
        "problems": [f"{issue.level} {issue.code} {issue.row or ''}".strip() for issue in result.problems],
    }


def table(header, *rows):
    """Return a text with a header and rows of named cells."""
    names = header.split(",")
    lines = [header, *(",".join(f'"{row.get(name, "")}"' if row.get(name) else "" for name in names) for row in rows)]
    return "\r\n".join([*lines, ""]).encode()


def workbook(*sheets):
    """Return an XLSX of sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {place + 1}")
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class OpeningCase(ReadCase):
    """Reads lists of opening documents."""

    def opening(self, data, filename="opening.csv", **options):
        """Read the bytes of a file, or lines of text."""
        data = data if isinstance(data, bytes) else "\r\n".join([*data, ""]).encode()
        result = read_opening(data, filename, ReadOptions(**options))
        for one in (*result.problems, *result.items, *(fault for item in result.items for fault in item.faults)):
            self.assertEqual(one.file, filename)
        for item in result.items:
            for fault in item.faults:
                self.assertEqual((fault.level, fault.row), ("warning", item.row))
                self.assertEqual(
                    (fault.values["row"], fault.values["column"], fault.values["text"]),
                    (fault.row, fault.column, fault.text),
                )
            if not item.faults:
                self.assertIsNotNone(item.type and item.total and item.date)
                self.assertGreater(item.total * DOCUMENT_TYPES[item.type][1], 0)
        return result

    def one(self, data, **options):
        """Return the only item of a file."""
        (item,) = self.opening(data, **options).items
        return item

    def emersion(self, **changes):
        """Return the item of a row with Emersion's columns."""
        return self.one(table(EMERSION, {**ROW, **changes}))

    def own(self, **changes):
        """Return the item of a row of the template; _ stands for a space."""
        changes = {name.replace("_", " "): value for name, value in changes.items()}
        return self.one(table(TEMPLATE, {**OWN, **changes}))

    def assertFaults(self, item, *expected):
        """Compare all faults of an item."""
        self.assertEqual(faults(item), list(expected))

    def assertAmounts(self, item, *expected):
        """Compare type, total, tax and open amount of an item."""
        found = tuple(text(value) for value in (item.type, item.total, item.tax, item.open))
        self.assertEqual(found, expected)
        self.assertEqual(item.faults, ())


class TestGolden(OpeningCase):
    """Whole files against golden files."""

    def check(self, name):
        path = DATA / "opening" / name
        found = as_golden(self.opening(path.read_bytes(), name))
        expected = path.with_suffix(".expected.json")
        if SAVE:
            expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.assertEqual(found, json.loads(expected.read_text(encoding="utf-8")))

    def test_emersion(self):
        self.check("emersion.csv")

    def test_template(self):
        self.check("template.csv")

    def test_german_list(self):
        self.check("op_liste.csv")

    def test_columns_can_be_corrected(self):
        """Every canonical name that is detected has a label in the form."""
        for path in sorted((DATA / "opening").glob("*.csv")):
            columns = read_opening(path.read_bytes(), path.name).detected.columns
            self.assertEqual([column.field for column in columns if column.field not in COLUMN_LABELS], [])


class TestIsOpeningList(OpeningCase):
    """What is taken for a list of opening documents without being told."""

    def test_own_samples(self):
        for name, expected in (("emersion.csv", True), ("template.csv", True), ("op_liste.csv", False)):
            with self.subTest(name):
                self.assertIs(is_opening_list((DATA / "opening" / name).read_bytes(), name), expected)

    def test_no_list_of_open_items_is_one(self):
        files = [path for path in DATA.rglob("*") if path.is_file()]
        paths = [path for path in files if "opening" not in str(path.relative_to(DATA))]
        self.assertGreater(len(paths), 100)
        for path in paths:
            with self.subTest(path.name):
                self.assertIs(is_opening_list(path.read_bytes(), path.name), False)

    def test_emersion_in_any_order_case_and_spelling(self):
        header = "Balance Due ExTax;tax id;account id;CARDLINE_AMOUNT_EXTAX"
        self.assertTrue(is_opening_list(f"{header}\r\n50;7;1001;100".encode(), "a.csv"))

    def test_mandatory_columns_only(self):
        self.assertTrue(is_opening_list(b"Document Type\tPartner Name\tDate\tTotal\tOpen Amount\r\n", "a.txt"))

    def test_texts_must_be_exact(self):
        for header in (
            "document type,Partner Name,Date,Total,Open Amount",
            "Document Type,Partner Name,Date,Total,Open",
            "Document Type,Customer,Date,Total,Open Amount",
        ):
            with self.subTest(header):
                self.assertFalse(is_opening_list(header.encode(), "a.csv"))

    def test_workbooks(self):
        header = [TEMPLATE.split(",")]
        self.assertTrue(is_opening_list(workbook([["Read me"]], header), "a.xlsx"))
        self.assertFalse(is_opening_list(workbook([["Read me"]], [["Customer No.", "Open Amount"]]), "a.xlsx"))

    def test_large_file_is_read_at_its_start_only(self):
        line = b"Customer Invoice;10001;2025-11-03;119.00;\xe2\x82\xac;69.00\r\n"
        data = b"Document Type;Partner Number;Date;Total;X;Open Amount\r\n" + line * 50_000
        self.assertTrue(is_opening_list(data, "a.csv", ReadOptions(encoding="utf-8")))
        self.assertTrue(is_opening_list(data.decode().encode("utf-16"), "a.csv"))

    def test_anything_else(self):
        for data in (b"", b"\0" * 100, b"PK\x03\x04 no workbook", b"%PDF-1.4", b"<html><table>", b'"', b"\xff\xfe"):
            with self.subTest(data):
                self.assertFalse(is_opening_list(data, "a.csv"))


class TestEmersion(OpeningCase):
    """Emersion's rules one by one."""

    def test_part_paid_invoice(self):
        item = self.emersion()
        self.assertEqual(
            as_row(item),
            {
                "row": 2,
                "type": "out_invoice",
                "partner_number": "1001",
                "date": "2025-07-05",
                "due_date": "2025-08-04",
                "total": "110.00",
                "tax": "10.00",
                "open": "55.00",
                "tax_name": "7",
                "strict": True,
            },
        )

    def test_columns_in_any_order_case_and_spelling(self):
        names = EMERSION.split(",")
        header = ",".join(name.lower().replace("_", " ") for name in reversed(names))
        data = table(header, {name.lower().replace("_", " "): value for name, value in ROW.items()})
        self.assertEqual(self.one(data), self.emersion())

    def test_optional_columns_may_be_absent(self):
        item = self.one(table(",".join(ROW), ROW))
        self.assertEqual(item, self.emersion())

    def test_mandatory_column_missing(self):
        for name, field in (("BALANCE_DUE_TAX", "open_tax"), ("TAX_ID", "tax"), ("INVOICE_DUE_DATE", "due_date")):
            with self.subTest(name):
                header = ",".join(column for column in ROW if column != name)
                result = self.opening(table(header, ROW))
                self.assertStops(result, "column_missing")
                self.assertEqual(result.problems[0].values["missing"], (field,))

    def test_mandatory_values(self):
        for name in ROW:
            with self.subTest(name):
                code = "opening_partner_missing" if name == "ACCOUNT_ID" else "opening_value_missing"
                self.assertFaults(self.emersion(**{name: ""}), (code, name, ""))

    def test_amounts_must_be_numbers(self):
        for bad in ("abc", "n/a", "1.2.3", "12,34,5", "100 AUD", "1e3", "#REF!", "100.00 CR"):
            for name in ("CARDLINE_AMOUNT_EXTAX", "BALANCE_DUE_TAX"):
                with self.subTest(f"{name} {bad}"):
                    item = self.emersion(**{name: bad})
                    self.assertFaults(item, ("opening_amount_unreadable", name, bad))
                    self.assertIsNone(item.total if name.startswith("CARD") else item.open)

    def test_a_point_is_the_decimal_mark(self):
        item = self.emersion(CARDLINE_AMOUNT_EXTAX="1,000", BALANCE_DUE_EXTAX="1.500")
        self.assertAmounts(item, "out_invoice", "1010.00", "10.00", "6.50")
        item = self.one(table(EMERSION, {**ROW, "CARDLINE_AMOUNT_EXTAX": "1.000"}), decimal_mark=",")
        self.assertAmounts(item, "out_invoice", "1010.00", "10.00", "55.00")

    def test_dates(self):
        for good in ("04/08/2025", "2025-08-04"):
            self.assertEqual(self.emersion(INVOICE_DUE_DATE=good).due_date, date(2025, 8, 4))
        for bad in ("08/25/2025", "04.08.2025", "4 Aug 2025", "45873", "04/08/25", "2025-13-01", "30/02/2025"):
            with self.subTest(bad):
                item = self.emersion(INVOICE_DUE_DATE=bad)
                self.assertFaults(item, ("opening_date_unreadable", "INVOICE_DUE_DATE", bad))

    def test_a_person_may_say_that_the_month_comes_first(self):
        item = self.one(table(EMERSION, ROW), date_order="mdy")
        self.assertEqual((item.date, item.due_date), (date(2025, 5, 7), date(2025, 4, 8)))

    def test_due_after_issue(self):
        for due in ("05/07/2025", "04/07/2025"):
            item = self.emersion(INVOICE_DUE_DATE=due)
            self.assertFaults(item, ("opening_due_not_after_date", "INVOICE_DUE_DATE", due))
            self.assertEqual(item.faults[0].values["date"], date(2025, 7, 5))

    def test_balance_not_above_the_amount(self):
        item = self.emersion(BALANCE_DUE_EXTAX="100.01")
        self.assertFaults(item, ("opening_open_above_total", "BALANCE_DUE_EXTAX", "100.01"))
        item = self.emersion(BALANCE_DUE_TAX="10.01")
        self.assertFaults(item, ("opening_open_above_total", "BALANCE_DUE_TAX", "10.01"))
        item = self.emersion(CARDLINE_AMOUNT_TAX="0", BALANCE_DUE_TAX="5")
        self.assertFaults(item, ("opening_open_above_total", "BALANCE_DUE_TAX", "5"))

    def test_balance_below_zero(self):
        item = self.emersion(BALANCE_DUE_EXTAX="-50.00", BALANCE_DUE_TAX="-5.00")
        self.assertFaults(
            item,
            ("opening_open_sign", "BALANCE_DUE_EXTAX", "-50.00"),
            ("opening_open_sign", "BALANCE_DUE_TAX", "-5.00"),
        )

    def test_credit_stays_available_in_full(self):
        item = self.emersion(
            CARDLINE_AMOUNT_EXTAX="-100", CARDLINE_AMOUNT_TAX="-10", BALANCE_DUE_EXTAX="0", BALANCE_DUE_TAX="0.00"
        )
        self.assertAmounts(item, "out_refund", "-110.00", "-10.00", "-110.00")

    def test_credit_with_a_balance(self):
        item = self.emersion(
            CARDLINE_AMOUNT_EXTAX="-100", CARDLINE_AMOUNT_TAX="-10", BALANCE_DUE_EXTAX="-100", BALANCE_DUE_TAX="5"
        )
        self.assertFaults(
            item,
            ("opening_credit_open", "BALANCE_DUE_EXTAX", "-100"),
            ("opening_credit_open", "BALANCE_DUE_TAX", "5"),
        )

    def test_amount_and_tax_of_opposite_sign(self):
        item = self.emersion(CARDLINE_AMOUNT_TAX="-10", BALANCE_DUE_TAX="0")
        self.assertFaults(item, ("opening_tax_sign", "CARDLINE_AMOUNT_TAX", "-10"))

    def test_total_zero(self):
        item = self.emersion(
            CARDLINE_AMOUNT_EXTAX="0", CARDLINE_AMOUNT_TAX="0", BALANCE_DUE_EXTAX="0", BALANCE_DUE_TAX="0"
        )
        self.assertFaults(item, ("opening_total_zero", "CARDLINE_AMOUNT_EXTAX", "0"))
        self.assertIsNone(item.type)

    def test_texts_too_long(self):
        item = self.emersion(CARDLINE_DESCRIPTION="d" * 255, ORIGINAL_INVOICE_ID="n" * 50)
        self.assertEqual((item.faults, len(item.description), len(item.number)), ((), 255, 50))
        item = self.emersion(CARDLINE_DESCRIPTION="d" * 256, ORIGINAL_INVOICE_ID="n" * 51)
        self.assertFaults(
            item,
            ("opening_text_too_long", "ORIGINAL_INVOICE_ID", "n" * 51),
            ("opening_text_too_long", "CARDLINE_DESCRIPTION", "d" * 200),
        )
        self.assertEqual([fault.values["limit"] for fault in item.faults], [50, 255])

    def test_period(self):
        item = self.emersion(INVOICE_START="01/07/2025", INVOICE_END="2025-07-31")
        self.assertEqual((item.period_start, item.period_end), (date(2025, 7, 1), date(2025, 7, 31)))
        item = self.emersion(INVOICE_START="01/07/2025")
        self.assertEqual((item.period_start, item.period_end, item.faults), (date(2025, 7, 1), None, ()))
        item = self.emersion(INVOICE_START="02/07/2025", INVOICE_END="01/07/2025")
        self.assertFaults(item, ("opening_period_reversed", "INVOICE_END", "01/07/2025"))
        item = self.emersion(INVOICE_START="July")
        self.assertFaults(item, ("opening_date_unreadable", "INVOICE_START", "July"))

    def test_all_faults_of_a_row_are_kept(self):
        item = self.emersion(
            ACCOUNT_ID="",
            CARDLINE_AMOUNT_EXTAX="x",
            INVOICE_DUE_DATE="05/07/2025",
            TAX_ID="",
            CARDLINE_DESCRIPTION="d" * 300,
        )
        self.assertEqual(
            [fault.code for fault in item.faults],
            [
                "opening_partner_missing",
                "opening_amount_unreadable",
                "opening_value_missing",
                "opening_due_not_after_date",
                "opening_text_too_long",
            ],
        )

    def test_a_faulty_row_leaves_the_others_alone(self):
        result = self.opening(table(EMERSION, ROW, {**ROW, "TAX_ID": ""}, ROW))
        self.assertEqual([(item.row, len(item.faults)) for item in result.items], [(2, 0), (3, 1), (4, 0)])
        self.assertEqual(result.problems, ())

    def test_more_than_500_rows(self):
        self.assertEqual(len(self.opening(table(EMERSION, *[ROW] * 600)).items), 600)

    def test_typed_workbook(self):
        data = workbook(
            [
                EMERSION.split(","),
                [
                    1001,
                    100.0,
                    10,
                    50,
                    5.0,
                    None,
                    datetime.fromisoformat("2025-07-05"),
                    date(2025, 8, 4),
                    778,
                    None,
                    None,
                    7,
                ],
            ]
        )
        item = self.one(data, filename="emersion.xlsx")
        self.assertEqual(as_row(item), {**as_row(self.emersion(ORIGINAL_INVOICE_ID="778"))})

    def test_typed_cells_that_are_wrong(self):
        row = [1001, True, 10, 50, 5.0, None, 45843, date(2025, 8, 4), 778, None, None, 7]
        item = self.one(workbook([EMERSION.split(","), row]), filename="emersion.xlsx")
        self.assertFaults(
            item,
            ("opening_date_unreadable", "INVOICE_ISSUE_DATE", "45843"),
            ("opening_amount_unreadable", "CARDLINE_AMOUNT_EXTAX", "TRUE"),
        )


class TestTypes(OpeningCase):
    """Types and signs: everything in ledger sign."""

    def test_each_type_with_either_sign(self):
        for name, label in (
            ("out_invoice", "Customer Invoice"),
            ("out_refund", "Customer Credit Note"),
            ("in_invoice", "Vendor Bill"),
            ("in_refund", "Vendor Credit Note"),
        ):
            sign = "" if DOCUMENT_TYPES[name][1] > 0 else "-"
            for word in (label, label.upper(), name):
                for written in ("", "-"):
                    with self.subTest(f"{word} {written}"):
                        item = self.own(
                            Document_Type=word,
                            Total=f"{written}119.00",
                            Tax_Amount=f"{written}19.00",
                            Open_Amount=f"{written}69.00",
                            Company_Amount=f"{written}100.00",
                        )
                        self.assertAmounts(item, name, f"{sign}119.00", f"{sign}19.00", f"{sign}69.00")
                        self.assertEqual(text(item.company_total), f"{sign}100.00")

    def test_receipts_and_payments(self):
        for name, label, sign in (("receipt", "Customer Receipt", "-"), ("vendor_payment", "Vendor Payment", "")):
            for written in ("75.00", "-75.00"):
                with self.subTest(f"{label} {written}"):
                    item = self.own(Document_Type=label, Total="", Tax_Amount="", Open_Amount=written)
                    self.assertAmounts(item, name, f"{sign}75.00", None, f"{sign}75.00")

    def test_only_what_is_open_of_a_receipt_counts(self):
        item = self.own(
            Document_Type="Customer Receipt", Total="200", Open_Amount="50", Tax="19%", Company_Amount="180"
        )
        self.assertAmounts(item, "receipt", "-50.00", None, "-50.00")
        self.assertEqual((item.company_total, text(item.rate), item.tax_name), (None, "0.9", None))
        item = self.own(Document_Type="Customer Receipt", Total="", Open_Amount="50", Company_Amount="45")
        self.assertEqual((text(item.company_total), item.rate), ("-45.00", None))

    def test_receipt_of_which_nothing_is_open(self):
        item = self.own(Document_Type="Customer Receipt", Total="", Open_Amount="0.00")
        self.assertFaults(item, ("opening_open_zero", "Open Amount", "0.00"))
        item = self.own(Document_Type="Vendor Payment", Total="", Open_Amount="")
        self.assertFaults(item, ("opening_value_missing", "Open Amount", ""))

    def test_words_of_four_languages(self):
        for name, words in (
            ("out_invoice", "Invoice|Rechnung|Ausgangsrechnung|Factuur|Verkoopfactuur|Facture|Facture client"),
            ("out_refund", "Credit Note|Refund|Gutschrift|Kundengutschrift|Creditnota|Creditfactuur|Avoir"),
            ("in_invoice", "Bill|Purchase Invoice|Eingangsrechnung|Inkoopfactuur|Facture fournisseur"),
            ("in_refund", "Vendor Credit|Lieferantengutschrift|Creditfactuur leverancier|Avoir fournisseur"),
            ("receipt", "Payment|Prepayment|Zahlungseingang|Anzahlung|Betaling|Ontvangst|Paiement|Acompte"),
            ("vendor_payment", "Vendor Payment|Zahlungsausgang|Betaling aan leverancier|Paiement fournisseur"),
        ):
            for word in words.split("|"):
                with self.subTest(word):
                    self.assertEqual(self.own(Document_Type=word, Tax_Amount="").type, name)

    def test_invoices_of_a_list_of_vendors_are_bills(self):
        for word, name in (("Rechnung", "in_invoice"), ("Gutschrift", "in_refund"), ("Zahlung", "vendor_payment")):
            with self.subTest(word):
                item = self.one(table(TEMPLATE, {**OWN, "Document Type": word}), kind="payable")
                self.assertEqual(item.type, name)

    def test_unknown_type(self):
        item = self.own(Document_Type="Dunning")
        self.assertFaults(item, ("opening_type_unknown", "Document Type", "Dunning"))
        self.assertIsNone(item.type)

    def test_no_type(self):
        self.assertAmounts(self.own(Document_Type=""), "out_invoice", "119.00", "19.00", "69.00")
        item = self.own(Document_Type="", Total="-119", Tax_Amount="-19", Open_Amount="-69")
        self.assertAmounts(item, "out_refund", "-119.00", "-19.00", "-69.00")

    def test_no_type_column_in_a_list_of_vendors(self):
        header = "Partner Number,Date,Total,Open Amount"
        data = f"{header}\r\n7,2025-11-03,100.00,60.00\r\n7,2025-11-03,-30.00,-30.00".encode()
        for options, expected in (
            ({"kind": "payable"}, [("in_invoice", "-100.00", "-60.00"), ("in_refund", "30.00", "30.00")]),
            (
                {"kind": "payable", "payables_sign": "ledger"},
                [("in_refund", "100.00", "60.00"), ("in_invoice", "-30.00", "-30.00")],
            ),
            ({"kind": "both"}, [("out_invoice", "100.00", "60.00"), ("out_refund", "-30.00", "-30.00")]),
        ):
            with self.subTest(options):
                result = self.opening(data, **options)
                found = [(item.type, text(item.total), text(item.open)) for item in result.items]
                self.assertEqual(found, expected)
                self.assertEqual(result.detected.cover, "receivable" if options["kind"] == "both" else "payable")

    def test_headers_tell_that_a_list_is_of_vendors(self):
        item = self.one(("Vendor No.;Date;Total;Open Amount", "7;2025-11-03;100.00;60.00"))
        self.assertAmounts(item, "in_invoice", "-100.00", None, "-60.00")


class TestTemplate(OpeningCase):
    """The rules of our own template."""

    def test_mandatory_values(self):
        for name in ("Date", "Total", "Open Amount"):
            with self.subTest(name):
                self.assertFaults(self.own(**{name.replace(" ", "_"): ""}), ("opening_value_missing", name, ""))
        self.assertFaults(self.own(Partner_Number=""), ("opening_partner_missing", "Partner Number", ""))

    def test_one_partner_column_is_enough(self):
        for name in ("Partner VAT", "Partner E-mail", "Partner Name"):
            self.assertEqual(self.one(table(TEMPLATE, {**OWN, "Partner Number": "", name: "x@y.example"})).faults, ())

    def test_blank_is_not_zero(self):
        for blank in ("", " ", "-", "--"):
            item = self.own(Open_Amount=blank)
            self.assertEqual([fault.code for fault in item.faults], ["opening_value_missing"])
            self.assertIsNone(item.open)
        self.assertAmounts(self.own(Open_Amount="0"), "out_invoice", "119.00", "19.00", "0.00")

    def test_no_number_is_no_amount(self):
        for bad in ("abc", "not a number", "USD", "#N/A", "1..2", "9" * 40):
            with self.subTest(bad):
                item = self.own(Open_Amount=bad)
                self.assertFaults(item, ("opening_amount_unreadable", "Open Amount", bad))
                self.assertIsNone(item.open)

    def test_signs_must_agree(self):
        self.assertFaults(self.own(Open_Amount="-69.00"), ("opening_open_sign", "Open Amount", "-69.00"))
        self.assertFaults(self.own(Tax_Amount="-19.00"), ("opening_tax_sign", "Tax Amount", "-19.00"))

    def test_parts_are_not_above_the_total(self):
        item = self.own(Open_Amount="119.01", Tax_Amount="119.01")
        self.assertFaults(
            item,
            ("opening_tax_above_total", "Tax Amount", "119.01"),
            ("opening_open_above_total", "Open Amount", "119.01"),
        )

    def test_total_zero(self):
        for kind in ("Customer Invoice", ""):
            item = self.own(Document_Type=kind, Total="0", Tax_Amount="0", Open_Amount="0")
            self.assertFaults(item, ("opening_total_zero", "Total", "0"))

    def test_due_date(self):
        self.assertEqual(self.own(Due_Date="2025-11-03").faults, ())
        self.assertEqual((self.own(Due_Date="").due_date, self.own(Due_Date="").faults), (None, ()))
        item = self.own(Due_Date="2025-11-02")
        self.assertFaults(item, ("opening_due_before_date", "Due Date", "2025-11-02"))
        item = self.own(Due_Date="soon")
        self.assertFaults(item, ("opening_date_unreadable", "Due Date", "soon"))

    def test_period(self):
        item = self.own(Period_Start="2025-11-30", Period_End="2025-11-01")
        self.assertFaults(item, ("opening_period_reversed", "Period End", "2025-11-01"))

    def test_currency_rate_and_company_amount(self):
        item = self.own(Currency="usd", Rate="0.9215", Company_Amount="109.66")
        self.assertEqual(
            (item.currency, text(item.rate), text(item.company_total), item.faults), ("USD", "0.9215", "109.66", ())
        )
        for bad in ("0", "-0.92"):
            self.assertFaults(self.own(Rate=bad), ("opening_rate_not_positive", "Rate", bad))
        self.assertFaults(self.own(Rate="high"), ("opening_amount_unreadable", "Rate", "high"))

    def test_currency_beside_the_amount_or_in_the_header(self):
        self.assertEqual(self.own(Total="USD 119.00").currency, "USD")
        item = self.one(("Partner Name;Date;Total (CHF);Open Amount (CHF)", "Bee;2025-11-03;10.00;10.00"))
        self.assertEqual(item.currency, "CHF")
        item = self.own(Total="USD 119.00", Currency="EUR")
        self.assertFaults(item, ("opening_currency_differs", "Currency", "EUR"))

    def test_currency_that_is_none(self):
        """What no currency is called stays as it is written: planning asks a person."""
        self.assertEqual(self.own(Currency="Taler").currency, "TALER")

    def test_amounts_in_company_currency(self):
        item = self.one(table(TEMPLATE, {**OWN, "Currency": "USD"}), balance_currency="company")
        self.assertIsNone(item.currency)

    def test_damaged_numbers(self):
        item = self.own(Number="1.0E+10")
        self.assertFaults(item, ("opening_number_damaged", "Number", "1.0E+10"))
        item = self.own(Partner_Number="4.9E+12")
        self.assertFaults(item, ("opening_number_damaged", "Partner Number", "4.9E+12"))

    def test_texts_too_long_for_the_database(self):
        item = self.own(Number="n" * 101, Description="d" * 1000, Partner_Name="p" * 251)
        self.assertFaults(
            item,
            ("opening_text_too_long", "Number", "n" * 101),
            ("opening_text_too_long", "Partner Name", "p" * 200),
        )
        self.assertEqual((len(item.number), len(item.partner_name)), (100, 250))

    def test_errors_of_spreadsheets(self):
        item = self.own(Number="#REF!", Description="#NAME?", Date="#N/A")
        self.assertFaults(
            item,
            ("opening_cell_error", "Number", "#REF!"),
            ("opening_date_unreadable", "Date", "#N/A"),
            ("opening_cell_error", "Description", "#NAME?"),
        )

    def test_instalments_are_rows(self):
        result = self.opening(
            table(
                TEMPLATE,
                {**OWN, "Total": "60.00", "Tax Amount": "10.00", "Open Amount": "0.00"},
                {**OWN, "Total": "59.00", "Tax Amount": "9.00", "Open Amount": "59.00", "Due Date": "2026-01-03"},
            )
        )
        found = [(item.number, text(item.due_date), text(item.total), text(item.open)) for item in result.items]
        self.assertEqual(found, [("R-1", "2025-12-03", "60.00", "0.00"), ("R-1", "2026-01-03", "59.00", "59.00")])

    def test_rows_that_are_no_documents(self):
        result = self.opening(
            table(
                TEMPLATE,
                {**OWN, "Number": "example-1"},
                {},
                OWN,
                {"Partner Number": "10002", "Partner Name": "Bee Ltd"},
                dict(zip(TEMPLATE.split(","), TEMPLATE.split(","), strict=True)),
                {},
                {"Partner Number": "Total", "Total": "119.00", "Open Amount": "69.00"},
                {},
            )
        )
        self.assertEqual([item.row for item in result.items], [4])
        self.assertProblems(
            result,
            ("info", "row_example", 2),
            ("info", "rows_of_partner_only", 5),
            ("info", "row_header_repeated", 6),
            ("info", "row_total", 8),
        )

    def test_printed_totals_are_compared(self):
        """T59: a list whose rows come to something else than its own total is stopped until a person confirms it."""
        rows = [OWN, {**OWN, "Number": "R-2", "Partner Name": "Bee Ltd"}]
        for total, open_, differing in (
            ("238.00", "138.00", []),
            ("238.01", "138.00", [("Total", Decimal("238.01"), Decimal("238.00"))]),
            ("238", "69.00", [("Open Amount", Decimal("69.00"), Decimal("138.00"))]),
        ):
            with self.subTest(total=total, open=open_):
                result = self.opening(
                    table(TEMPLATE, *rows, {"Partner Name": "Total", "Total": total, "Open Amount": open_})
                )
                found = [issue for issue in result.problems if issue.code == "totals_differ"]
                self.assertEqual([(one.column, one.values["total"], one.values["read"]) for one in found], differing)
                self.assertEqual({(one.level, one.row) for one in found}, {("stop", 4)} if differing else set())

    def test_total_in_the_middle_is_a_wrong_row(self):
        """A partner may be called Total: what is left out without a word must stand at the end."""
        result = self.opening(table(TEMPLATE, {**OWN, "Partner Number": "Total", "Number": "", "Date": ""}, OWN))
        self.assertEqual([(item.row, len(item.faults)) for item in result.items], [(2, 1), (3, 0)])
        last = self.opening(table(TEMPLATE, OWN, {**OWN, "Partner Number": "", "Partner Name": "Total"}))
        self.assertEqual([(item.row, item.partner_name) for item in last.items], [(2, None), (3, "Total")])

    def test_column_for_reasons_is_ignored(self):
        data = table(f"{TEMPLATE},Reason", {**OWN, "Reason": "Row 2: “Open Amount” is blank."})
        self.assertEqual(self.one(data), self.own())

    def test_columns_missing(self):
        for header, missing in (
            ("Document Type,Partner Name,Date,Total", ("balance",)),
            ("Partner Name,Date,Open Amount", ("total",)),
            ("Partner Name,Total,Open Amount", ("date",)),
            ("Number,Date,Total,Open Amount", ("partner_number",)),
        ):
            with self.subTest(header):
                result = self.opening(table(header, {**OWN, "Partner Name": "Bee"}))
                self.assertStops(result, "column_missing")
                self.assertEqual(result.problems[0].values["missing"], missing)

    def test_receipts_need_no_column_of_totals(self):
        header = "Document Type,Partner Number,Date,Open Amount"
        self.assertEqual(self.one(table(header, {**OWN, "Document Type": "Receipt"})).type, "receipt")
        self.assertStops(self.opening(table(header, OWN)), "column_missing")

    def test_header_missing(self):
        self.assertStops(self.opening(("one;two", "three;four")), "header_missing")

    def test_a_person_corrects_columns(self):
        lines = ("Who;When;Sum;Left;Net", "ACME;2025-11-03;119.00;69.00;100.00")
        columns = {"Who": "partner_name", "When": "date", "Sum": "total", "Left": "balance", "Net": ""}
        result = self.opening(lines, columns=columns)
        self.assertEqual([column.field for column in result.detected.columns], [*columns.values()])
        self.assertAmounts(result.items[0], "out_invoice", "119.00", None, "69.00")

    def test_aliases_of_a_source_come_first(self):
        item = self.one(
            ("Partner Name;Date;Total;Betrag neu;Open Amount", "Bee;2025-11-03;1.00;119.00;69.00"),
            aliases={"total": ("Betrag neu",), "rate": ("Total",)},
        )
        self.assertEqual((text(item.total), text(item.rate)), ("119.00", "1.00"))

    def test_tax_column_with_amounts(self):
        item = self.one(("Partner Name;Date;Total;Tax;Open Amount", "Bee;2025-11-03;119.00;19.00;69.00"))
        self.assertEqual((text(item.tax), item.tax_name), ("19.00", None))


class TestStyles(OpeningCase):
    """Decimal marks and date orders are found, never guessed."""

    def rows(self, *cells, **options):
        return self.opening(("Partner Name;Date;Due Date;Total;Open Amount", *cells), **options)

    def test_decimal_comma_and_day_first(self):
        result = self.rows("A;13.11.2025;03.12.2025;1.190,00;1.190,00", "B;01.02.2025;03.02.2025;1.500;1.500")
        found = [(text(item.date), text(item.total)) for item in result.items]
        self.assertEqual(found, [("2025-11-13", "1190.00"), ("2025-02-01", "1500.00")])

    def test_month_first(self):
        result = self.rows("A;11/13/2025;12/13/2025;5.00;5.00", "B;1/2/2025;2/3/2025;5.00;5.00")
        self.assertEqual([text(item.date) for item in result.items], ["2025-11-13", "2025-01-02"])

    def test_date_order_unknown(self):
        result = self.rows("A;01/02/2025;03/04/2025;5.00;5.00")
        self.assertProblems(result, ("stop", "date_order_unknown", None))
        self.assertEqual(self.rows("A;01/02/2025;03/04/2025;5.00;5.00", date_order="mdy").problems, ())

    def test_decimal_mark_unknown(self):
        result = self.rows("A;2025-11-03;2025-12-03;1.500;1.500")
        self.assertProblems(result, ("stop", "decimal_mark_unknown", None))
        item = self.rows("A;2025-11-03;2025-12-03;1.500;1.500", decimal_mark=",").items[0]
        self.assertEqual(text(item.total), "1500.00")

    def test_rate_with_another_mark_than_the_amounts(self):
        header = "Partner Name;Date;Currency;Rate;Total;Open Amount"
        result = self.opening((header, "A;2025-11-03;USD;0.9215;1.190,00;1.190,00"))
        self.assertEqual(text(result.items[0].rate), "0.9215")
        result = self.opening((header, "A;2025-11-03;CHF;1.065;1.190,00;1.190,00"))
        self.assertEqual((result.problems, result.items[0].rate), ((), None))
        self.assertFaults(result.items[0], ("opening_rate_unclear", "Rate", "1.065"))
        result = self.opening((header, "A;2025-11-03;CHF;1,065;1.190,00;1.190,00"))
        self.assertEqual(text(result.items[0].rate), "1.065")


class TestAliases(OpeningCase):
    """Lists in four languages that a person declares to be opening documents."""

    def check(self, header, row):
        item = self.one((header, row))
        self.assertEqual(
            as_row(item),
            {
                "row": 2,
                "type": "out_invoice",
                "partner_number": "10001",
                "partner_name": "ACME",
                "number": "R-1",
                "date": "2025-11-13",
                "due_date": "2025-12-13",
                "total": "119.00",
                "open": "69.00",
                "currency": "CHF",
                "rate": "1.0650",
                "company_total": "126.74",
                "tax": "19.00",
                "tax_name": "V19",
                "description": "Work",
                "period_start": "2025-10-01",
                "period_end": "2025-10-31",
                "analytic": "4000",
                "salesperson": "Ann",
                "payment_terms": "30",
            },
        )

    def test_english(self):
        self.check(
            "Transaction Type;Customer No.;Customer Name;Invoice Number;Invoice Date;Due Date;Currency;Exchange Rate;"
            "Total in Company Currency;Invoice Total;VAT Amount;VAT Code;Outstanding;Memo;Period From;Period To;"
            "Cost Center;Sales Rep;Terms",
            "Invoice;10001;ACME;R-1;2025-11-13;2025-12-13;CHF;1.0650;126.74;119.00;19.00;V19;69.00;Work;2025-10-01;"
            "2025-10-31;4000;Ann;30",
        )

    def test_german(self):
        self.check(
            "Belegart;Debitorennr.;Kundenname;Rechnungsnummer;Rechnungsdatum;Fälligkeit;Währung;Wechselkurs;"
            "Gesamtbetrag in Hauswährung;Rechnungsbetrag;MwSt-Betrag;Steuercode;Offener Betrag;Buchungstext;"
            "Leistung von;Leistung bis;Kostenstelle;Vertreter;Zahlungsbedingung",
            "Rechnung;10001;ACME;R-1;13.11.2025;13.12.2025;CHF;1,0650;126,74;119,00;19,00;V19;69,00;Work;01.10.2025;"
            "31.10.2025;4000;Ann;30",
        )

    def test_dutch(self):
        self.check(
            "Documentsoort;Debiteurnummer;Debiteurnaam;Factuurnummer;Factuurdatum;Vervaldatum;Valuta;Wisselkoers;"
            "Totaal in eigen valuta;Factuurbedrag;Btw-bedrag;Btw-code;Openstaand bedrag;Omschrijving;Periode van;"
            "Periode tot;Kostenplaats;Verkoper;Betalingsvoorwaarde",
            "Factuur;10001;ACME;R-1;13-11-2025;13-12-2025;CHF;1,0650;126,74;119,00;19,00;V19;69,00;Work;01-10-2025;"
            "31-10-2025;4000;Ann;30",
        )

    def test_french(self):
        self.check(
            "Type de document;Code client;Nom client;N° facture;Date facture;Date échéance;Devise;Taux de change;"
            "Total en devise société;Montant TTC;Montant TVA;Code TVA;Solde dû;Libellé;Début période;Fin période;"
            "Section analytique;Vendeur;Conditions de paiement",
            "Facture;10001;ACME;R-1;13/11/2025;13/12/2025;CHF;1,0650;126,74;119,00;19,00;V19;69,00;Work;01/10/2025;"
            "31/10/2025;4000;Ann;30",
        )


class TestWorkbook(OpeningCase):
    """Typed cells."""

    def test_typed_row(self):
        cells = {
            **OWN,
            "Partner Number": 10001,
            "Number": 4711,
            "Date": datetime.fromisoformat("2025-11-03"),
            "Due Date": date(2025, 12, 3),
            "Rate": 0.9215,
            "Currency": "USD",
            "Total": 0.1 + 0.2,
            "Tax Amount": None,
            "Open Amount": 0,
        }
        rows = [TEMPLATE.split(","), [cells.get(name) for name in TEMPLATE.split(",")]]
        help_rows = [["Column", "Mandatory", "What goes in"], ["Total", "yes", "The total."], ["Number", "no", "It."]]
        lists = [["Customer Invoice", "EUR", "19%"], ["Vendor Bill", "USD", "7%"]]
        result = self.opening(workbook(rows, help_rows, lists), "opening.xlsx")
        self.assertEqual(result.problems, ())
        self.assertEqual(
            as_row(result.items[0]),
            {
                "row": 2,
                "type": "out_invoice",
                "partner_number": "10001",
                "number": "4711",
                "date": "2025-11-03",
                "due_date": "2025-12-03",
                "total": "0.30",
                "open": "0.00",
                "currency": "USD",
                "rate": "0.9215",
            },
        )

    def test_number_that_became_a_date(self):
        cells = {**OWN, "Number": datetime.fromisoformat("2025-03-01")}
        data = workbook([TEMPLATE.split(","), [cells.get(name) for name in TEMPLATE.split(",")]])
        self.assertFaults(self.one(data), ("opening_number_damaged", "Number", "2025-03-01"))

    def test_amounts_no_business_has(self):
        for bad in (1e300, -1e16):
            cells = {**OWN, "Open Amount": bad}
            data = workbook([TEMPLATE.split(","), [cells.get(name) for name in TEMPLATE.split(",")]])
            self.assertEqual([fault.code for fault in self.one(data).faults], ["opening_amount_unreadable"])


class TestHostile(OpeningCase):
    """Nothing raises, whatever stands in a file."""

    def test_files_that_are_no_lists(self):
        for data, code in (
            (b"", "file_empty"),
            (b"\0" * 100, "file_not_text"),
            (b"PK\x03\x04 no workbook", "file_damaged"),
            (b"%PDF-1.4", "file_unknown"),
            (b"<eExact></eExact>", "file_unknown"),
        ):
            with self.subTest(code):
                self.assertStops(self.opening(data), code)

    def test_header_only(self):
        result = self.opening(f"{TEMPLATE}\r\n".encode())
        self.assertEqual((result.items, result.problems, result.failed), ((), (), False))

    def test_any_text_in_any_column(self):
        texts = (
            "\u202e", "\ufeff", "=1+1", "'", "@SUM", "%s%(x)s", "1e999", "nan", "Infinity", "9" * 500, "-" * 300, "²",
            "١٢٣", "0000-00-00", "99/99/9999", "1/1/1", "12:00", "\t", "🙂" * 90, "()", "1,2,3,4.5.6", "total", "€",
            "<script>", "0x10", "TRUE", "1 000 000 000 000 000 000", "--5", "+-5", "5-", "(5)",
        )  # fmt: skip
        for header, row in ((EMERSION, ROW), (TEMPLATE, OWN)):
            for name in header.split(","):
                result = self.opening(table(header, *({**row, name: bad} for bad in texts), row), date_order="dmy")
                with self.subTest(name):
                    self.assertGreaterEqual(len(result.items), len(texts) - 2)
                    self.assertEqual(result.items[-1].faults, ())

    def test_rows_of_any_length(self):
        lines = (TEMPLATE, "x", "," * 500, "Customer Invoice", "a," * 30, '"open', TEMPLATE[:50])
        result = self.opening(lines)
        self.assertTrue(all(item.faults for item in result.items))
        self.assertFalse([issue for issue in result.problems if issue.level == "stop" and issue.code != "list_cut_off"])
