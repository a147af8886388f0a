"""Base of the tests of the readers: whole items against whole expected rows, golden files beside the data."""

import json
import os
from pathlib import Path

from odoo.tests import BaseCase

from ..engine import ReadOptions, read

DATA = Path(__file__).parent / "data"
# Set OPEN_BALANCE_SAVE_JSON=1 to write the golden files anew; look at the difference before you keep it.
SAVE = bool(os.environ.get("OPEN_BALANCE_SAVE_JSON"))
SAMPLES = (
    "afas_openstaande_facturen.csv",
    "bc_debitorenposten.csv",
    "datev_opos_liste.csv",
    "exact_online_openstaande_posten.csv",
    "excel_mangled.csv",
    "odoo_account_move.csv",
    "qbo_ar_aging_detail.csv",
    "sage_fr_echeancier.csv",
    "sap_b1_receivables_aging.tsv",
)


def text(value):
    """Return a value of an item as text, None as it is."""
    return None if value is None else str(value)


def as_sample(item):
    """Return an item as the samples' expected rows have it: payables positive when we owe."""
    return {
        "partner_ref": item.partner_number,
        "partner_name": item.partner_name,
        "kind": item.kind,
        "number": item.number,
        "date": text(item.date),
        "due_date": text(item.due_date),
        "amount_open": str(-item.balance if item.kind == "payable" else item.balance),
        "currency": item.currency,
    }


def as_golden(result):
    """Return a result as a golden file has it."""
    found = result.detected
    return {
        "detected": {
            "format": found.format,
            "separator": found.separator,
            "sheet": found.sheet,
            "header_row": found.header_row,
            "decimal_mark": found.decimal_mark,
            "date_order": found.date_order,
            "cover": found.cover,
            "payables_sign": found.payables_sign,
            "names_currency": found.names_currency,
            "balance_date": text(found.balance_date),
            "columns": {column.header: column.field for column in found.columns if column.field},
        },
        "items": [as_row(item) for item in result.items],
        "rejected": [as_row(item) for item in result.rejected],
        "problems": [f"{issue.level} {issue.code} {issue.row or ''}".strip() for issue in result.problems],
    }


def as_row(item):
    """Return an item as a row of a golden file; what is not in the file is left out."""
    row = {
        "row": item.row,
        "kind": item.kind,
        "partner_number": item.partner_number,
        "partner_name": item.partner_name,
        "number": item.number,
        "reference": item.reference,
        "date": text(item.date),
        "due_date": text(item.due_date),
        "balance": text(item.balance),
        "currency": item.currency,
        "company_balance": text(item.company_balance),
        "partner_vat": item.partner_vat,
        "partner_email": item.partner_email,
        "number_unsure": item.number_unsure or None,
    }
    return {name: value for name, value in row.items() if value is not None}


class ReadCase(BaseCase):
    """Reads files and texts, and compares what comes of them."""

    maxDiff = None

    def read(self, content, filename="list.csv", **options):  # pylint: disable=method-required-super
        """Read bytes, or lines of text."""
        data = content if isinstance(content, bytes) else "\r\n".join([*content, ""]).encode()
        result = read(data, filename, ReadOptions(**options))
        for issue in result.problems:
            self.assertEqual(issue.file, filename)
        for item in (*result.items, *result.rejected):
            self.assertEqual(item.file, filename)
        return result

    def assertItems(self, result, *expected, fields=("partner_number", "number", "balance")):
        """Compare some fields of all items; dates and amounts as text."""
        found = [tuple(text(getattr(item, name)) for name in fields) for item in result.items]
        self.assertEqual(found, list(expected))

    def assertProblems(self, result, *expected):
        """Compare level, code and row of all remarks."""
        found = [(issue.level, issue.code, issue.row) for issue in result.problems]
        self.assertEqual(found, list(expected))

    def assertStops(self, result, code):
        """Assert that a file could not be read, and why."""
        self.assertTrue(result.failed)
        self.assertEqual(result.items, ())
        self.assertProblems(result, ("stop", code, None))

    def assertGolden(self, name):
        """Compare a file of tests/data with its golden file."""
        result = self.read((DATA / name).read_bytes(), name)
        path = (DATA / name).with_suffix(".expected.json")
        found = as_golden(result)
        if SAVE:
            path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.assertEqual(found, json.loads(path.read_text(encoding="utf-8")))
