"""Damaged files of every format, read as every kind of list: a result or a sentence, never an exception."""

import io
import math
import random
import re
import struct
import zipfile
import zlib
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import BaseCase

from ....engine import Issue, ReadResult, is_opening_list, read, read_balances, read_opening
from ....engine.files import refusal
from ....engine.files.sheets import Sheet
from ....engine.values.dates import DateReader, is_no_date
from ...engine_case import DATA
from ...exact_samples import Item, customer, document
from ...file_samples import FORMATS

SEED = 20261127
ROUNDS = 4  # damaged copies of each sample
READERS = (read, read_balances, read_opening)
ITEMS = (
    ("Customer No.", "Customer Name", "Invoice", "Date", "Due Date", "Open Balance", "Currency"),
    ("10001", "Müller & Söhne", "INV/2026/00001", "2026-01-05", "2026-02-05", 1190.5, "EUR"),
    ("10002", "North (Shop)", "INV/2026/00002", "2026-01-06", "2026-02-06", -20, "USD"),
    ("10002", "North (Shop)", "15-26", "2026-01-07", "2026-02-07", 33.25, "EUR"),
)
BALANCES = (
    ("Customer No.", "Customer Name", "Balance", "Credit Limit"),
    ("10001", "Müller & Söhne", 1190.5, 5000),
    ("10002", "North (Shop)", -20, 0),
)
OPENING = (
    ("Document Type", "Partner Number", "Number", "Date", "Due Date", "Currency", "Total", "Tax Amount", "Open Amount"),
    ("Customer Invoice", "10001", "2025-0042", "2025-11-03", "2025-12-03", "EUR", 1190.0, 190.0, 690.0),
    ("Vendor Bill", "70001", "RE-881", "2025-11-20", "2025-12-20", "EUR", 238.0, 38.0, 238.0),
)
TEXTS = (
    "afas_openstaande_facturen.csv", "datev_opos_liste.csv", "sap_b1_receivables_aging.tsv",
    "sage50_aged_debtors.csv", "lexware_op.txt", "opening/emersion.csv", "balances/scope_ob_credit_limit.csv",
)  # fmt: skip
# What is put in the place of a number, an attribute or a bit of text.
HOSTILE = (
    "1E400", "-1E400", "INF", "NaN", "nan", "²", "٣", "1²", "9" * 30, "9" * 5000, "1_000", "0x10", "-0", "1e-400",
    "0001-01-01", "9999-99-99", "01.01.0001", "2026-02-30", "12/31/9999", "24:00:00", "1.1.1.1", "1,2,3",
    "", " ", "\t", "\n", "\u2028", "\u00a0", "\ufeff", "\u202e", "\x01", "&#0;", "&#x1F;", "%s", "{0}",
    "=1+1", "@SUM(1)", "'", '"', "'''", "<b>", "--", "((", "[1", "1-", "-1-", "€", "$ -", "1 €-", "x" * 300,
)  # fmt: skip
_NUMBER = re.compile(rb"\d[\d.]*")


def samples():
    """Name -> bytes of sound files."""
    found = {name: (DATA / name).read_bytes() for name in TEXTS}
    for kind, rows in (("items", ITEMS), ("balances", BALANCES), ("opening", OPENING)):
        found |= {f"{kind}.{form}": write(rows) for form, write in FORMATS.items()}
    found["exact.xml"] = document(ars=customer("10001", "Müller", Item("202600001"), Item("202600002", "-20")))
    return found


def damaged(data, rng):
    """A copy with one to three faults; of a workbook's parts more often than of the packed bytes."""
    for _fault in range(rng.randint(1, 3)):
        if data.startswith(b"PK") and rng.random() < 0.9:
            data = _with_damaged_part(data, rng)
        else:
            data = _with_fault(data, rng)
    return data


def _with_damaged_part(data, rng):
    """A copy of a packed workbook with a fault in one of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, EOFError, OSError):
        return _with_fault(data, rng)
    if not parts:
        return data
    sheets = [name for name in parts if "sheet" in name.lower() or "sharedStrings" in name]
    name = rng.choice(sheets if sheets and rng.random() < 0.7 else sorted(parts))
    if rng.random() < 0.05:
        del parts[name]
    else:
        parts[name] = _with_fault(parts[name], rng)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


def _with_fault(data, rng):
    """A copy with one fault: a number or a bit replaced, bytes changed, cut out, repeated or cut off."""
    way = rng.random()
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((1, 2, 4, 16, 64)))
    if way < 0.45 and (numbers := [found.span() for found in _NUMBER.finditer(data)]):
        start, end = rng.choice(numbers)
        return data[:start] + rng.choice(HOSTILE).encode() + data[end:]
    if way < 0.6:
        return data[:start] + rng.choice(HOSTILE).encode() + data[end:]
    if way < 0.75:
        return data[:start] + bytes(rng.randrange(256) for _ in data[start:end]) + data[end:]
    if way < 0.85:
        return data[:start] + data[end:]
    if way < 0.95:
        return data[:end] + data[start:end] * rng.choice((1, 3, 100)) + data[end:]
    return data[:start]


def leaves(value):
    """All texts, numbers and dates in a result, whatever holds them."""
    if isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, dict):
        yield from leaves([*value, *value.values()])
    elif hasattr(value, "__dataclass_fields__"):
        yield from leaves([getattr(value, name) for name in value.__dataclass_fields__])
    else:
        yield value


# How many items, balances and opening documents are read of each sample.
EXPECTED = {
    "afas_openstaande_facturen.csv": (6, 3, 6),
    "datev_opos_liste.csv": (9, 3, 0),
    "sap_b1_receivables_aging.tsv": (6, 2, 0),
    "sage50_aged_debtors.csv": (4, 2, 0),
    "lexware_op.txt": (3, 2, 3),
    "opening/emersion.csv": (0, 0, 5),
    "balances/scope_ob_credit_limit.csv": (0, 5, 0),
    **{f"items.{form}": (3, 2, 0) for form in FORMATS},
    **{f"balances.{form}": (0, 2, 0) for form in FORMATS},
    **{f"opening.{form}": (2, 1, 2) for form in FORMATS},
    "exact.xml": (2, 1, 0),
}


class TestMutations(BaseCase):
    """Every reader answers every file."""

    def check(self, data, name="list.csv"):
        """Read as every kind of list: something is found or told, or the table is empty; all of it can be stored."""
        for reader in READERS:
            result = reader(data, name)
            self.assertIsInstance(result, ReadResult)
            found = [getattr(result, field, ()) for field in ("items", "balances", "rejected")]
            self.assertTrue(any(found) or result.problems or result.detected.columns)
            self.assertEqual([leaf for leaf in leaves(result) if not self._is_storable(leaf)], [])
        self.assertIn(is_opening_list(data, name), (True, False))

    @staticmethod
    def _is_storable(leaf):
        """Whether a value is one that the books can keep: no half characters, no number beyond all numbers."""
        if isinstance(leaf, str):
            return "\0" not in leaf and leaf.encode("utf-8", "replace").decode() == leaf
        if isinstance(leaf, Decimal | float):
            return math.isfinite(leaf)
        return not isinstance(leaf, date) or 1950 <= leaf.year < 2120

    def test_sound_samples_are_read(self):
        """Each sample is read as what it is, so that its damaged copies reach every part of the readers."""
        found = {}
        for name, data in samples().items():
            counts = (len(read(data, name).items), len(read_balances(data, name).items))
            found[name] = (*counts, len(read_opening(data, name).items))
        self.assertEqual(found, EXPECTED)

    def test_damaged_samples(self):
        """The precise answers are enough: the last door, which is logged, stays shut."""
        rng = random.Random(SEED)
        for name, data in samples().items():
            for place in range(ROUNDS):
                broken = damaged(data, rng)
                with self.subTest(name, place=place), self.assertNoLogs(refusal.__name__, "ERROR"):
                    self.check(broken)

    def test_hostile_texts_in_each_column(self):
        """Every column of the small samples holds every hostile text."""
        for kind, (header, first, *_rows) in (("items", ITEMS), ("balances", BALANCES), ("opening", OPENING)):
            for column, name in enumerate(header):
                rows = [[*first[:column], text, *first[column + 1 :]] for text in HOSTILE]
                with self.subTest(kind, column=name), self.assertNoLogs(refusal.__name__, "ERROR"):
                    self.check(FORMATS["csv"]([header, *rows]))

    def test_whatever_goes_wrong_is_a_sentence(self):
        """An error that nobody foresaw is logged and told, by every reader."""
        issue = Issue("stop", "file_unreadable", file="list.csv")
        for error in (ValueError("secret"), RecursionError(), MemoryError(), AssertionError(), LookupError("x")):
            with (
                self.subTest(error=error),
                patch.object(Sheet, "__init__", side_effect=error),
                self.assertLogs(refusal.__name__, "ERROR") as logs,
            ):
                for reader in READERS:
                    self.assertEqual(reader(b"a;b", "list.csv"), ReadResult(problems=(issue,)))
                self.assertFalse(is_opening_list(b"a;b", "list.csv"))
            self.assertEqual(len(logs.records), 4)

    def test_numbers_beyond_all_numbers_are_texts(self):
        """A row with such an amount waits for a person; the others are read."""
        for form, number in (("xlsx", b"<v>1E400</v>"), ("spreadsheet_xml", b">INF<")):
            data = _replaced(FORMATS[form](ITEMS), b"<v>-20</v>" if form == "xlsx" else b">-20<", number)
            result = read(data, "list.xls")
            with self.subTest(form):
                self.assertEqual([item.number for item in result.items], ["INV/2026/00001", "15-26"])
                self.assertEqual([item.number for item in result.rejected], ["INV/2026/00002"])

    def test_a_row_number_beyond_all_rows_is_refused(self):
        data = _replaced(FORMATS["xlsx"](ITEMS), b'<row r="3"', b'<row r="99999999999"')
        self.assertEqual([issue.code for issue in read(data, "list.xlsx").problems], ["file_too_large"])

    def test_dates_out_of_range_are_none(self):
        reader = DateReader("dmy")
        for cell in ("01.01.0001", "0001-01-01", "31.12.1949", "01.01.2120", date(1, 1, 1), date.max):
            self.assertIsNone(reader.read(cell), cell)
        self.assertEqual([reader.read("01.01.01"), reader.read("1950-01-01")], [date(2001, 1, 1), date(1950, 1, 1)])
        self.assertEqual([is_no_date(text) for text in ("01.01.0001", "0001-01-01T00:00:00", "01.01.01")], [1, 1, 0])


def _replaced(data, before, after):
    """A file with one text replaced, in a packed workbook in its first sheet."""
    if not data.startswith(b"PK"):
        return data.replace(before, after)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(before, after))
    return stream.getvalue()
