import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from odoo.tests import BaseCase, TransactionCase

from ..engine import Issue
from ..messages import COLUMN_LABELS, SENTENCES, get_sentence, to_json

ENGINE = Path(__file__).parents[1] / "engine"
MODELS = Path(__file__).parents[1] / "models"
# How the engine names a code: as the code of an issue, of a refused file, of a row told, of a decision or reason.
CODES = re.compile(
    r"""(?:Issue\(\s*(?:"(?:stop|warning|info)"|level)(?:\s+if\s+[^,]+)?,\s*|refuse\(\s*|_tell\(\s*|\.fault\(\s*|_reason\(\s*|_hint\(\s*
        |Decision\(\s*"\w+",\s*|_without_balance\(\s*\w+,\s*"\w+",\s*|_build\(\s*"\w+",\s*|code\s*=\s*)"([a-z_]+)\"""",
    re.VERBOSE,
)


class TestMessages(BaseCase):
    """Every code of the engine has a sentence, and every sentence a place."""

    def _get_codes(self):
        text = "\n".join(path.read_text() for folder in (ENGINE, MODELS) for path in folder.rglob("*.py"))
        return set(CODES.findall(text))

    def test_every_code_has_a_sentence(self):
        codes = self._get_codes()
        self.assertGreater(len(codes), 70)
        self.assertEqual(sorted(codes - set(SENTENCES)), [])

    def test_every_sentence_has_a_code(self):
        text = "\n".join(path.read_text() for folder in (ENGINE, MODELS) for path in folder.rglob("*.py"))
        self.assertEqual([code for code in SENTENCES if f'"{code}"' not in text], [])


# What a file may hold, and how it is shown: as it stands there.
TEXTS = (
    "2026-00-17",
    "2026-99-99",
    "0000-00-00",
    "2026-01-12",
    "\u0968\u0966\u0968\u096c-\u0966\u0967-\u0967\u0968",
    "100 % of %(row)s, %s, %d, %(",
    "{0} {row} {",
    "<b>&amp;</b>",
    "\u202eexe.csv",
    "",
)
OTHERS = (
    None,
    True,
    0,
    10**400,
    -(10**17),
    0.0,
    1e308,
    -1e308,
    float("inf"),
    float("nan"),
    Decimal("1E+400"),
    Decimal("NaN"),
    Decimal("-Infinity"),
    date(1, 1, 1),
    date(9999, 12, 31),
    datetime(2026, 1, 12, 23, 59, tzinfo=UTC),
    "a\0b",
    "\ud800",
    b"bytes",
    ("2026-99-99", None, ("nested", {"deep": [1]})),
    [],
    {},
    {"date": "2026-99-99"},
    {"date": None},
    {"date": ["2026-01-12"], "more": 1},
    frozenset({"a"}),
    object,
)
NAMES = re.compile(r"%\((\w+)\)s")


class TestSentences(TransactionCase):
    """Whatever a file holds, its sentences can be shown, and stored."""

    def _get_names(self, code):
        return {*NAMES.findall(str(SENTENCES[code])), "further"}

    def _render(self, code, value, **kwargs):
        stored = json.loads(json.dumps(to_json(dict.fromkeys(self._get_names(code), value)), allow_nan=False))
        return get_sentence(self.env, code, stored, **kwargs)

    def test_texts_are_shown_as_they_stand_in_the_file(self):
        for code in SENTENCES:
            names = self._get_names(code)
            for text in TEXTS:
                with self.subTest(code=code, text=text):
                    expected = str(SENTENCES[code]) % dict.fromkeys(names, text)
                    further = f" Further columns of the row are wrong: {text}." if text else ""
                    self.assertEqual(self._render(code, text), expected + further)

    def test_parts_are_told_if_there_are_any(self):
        for text in filter(None, TEXTS):
            with self.subTest(text=text):
                told = get_sentence(self.env, "layout_changed", to_json({"came": text, "styles": text}))
                self.assertIn(f" New: {text}. Written otherwise: {text}. Look at", told)
                self.assertNotIn("Gone", told)

    def test_nothing_raises(self):
        for code in SENTENCES:
            for value in OTHERS:
                for currency in (None, self.env.ref("base.EUR"), self.env.ref("base.JPY")):
                    with self.subTest(code=code, value=value, currency=currency):
                        self.assertTrue(self._render(code, value, currency=currency))
                with self.subTest(code=code, value=value, stored=False):
                    self.assertTrue(get_sentence(self.env, code, dict.fromkeys(self._get_names(code), value)))

    def test_values_that_are_missing_leave_a_gap(self):
        for code in SENTENCES:
            with self.subTest(code=code):
                names = self._get_names(code)
                self.assertEqual(get_sentence(self.env, code, {}), str(SENTENCES[code]) % dict.fromkeys(names, ""))

    def test_dates_are_shown_as_dates_and_amounts_as_amounts(self):
        values = to_json({"date": date(2026, 1, 12), "balance_date": "2026-01-12"})
        self.assertEqual(values, {"date": {"date": "2026-01-12"}, "balance_date": "2026-01-12"})
        self.assertEqual(
            get_sentence(self.env, "after_balance_date", values),
            "Dated 01/12/2026, after the balance date: the list cannot have it yet.",
        )
        self.assertEqual(
            get_sentence(self.env, "external_updated", to_json({"booked": Decimal("1234.5")})),
            "External open item, was 1,234.50.",
        )
        self.assertEqual(
            self._render("date_unreadable", date(2026, 1, 12)).partition(" in row")[0], "\u201c01/12/2026\u201d"
        )

    def test_columns_have_labels_whatever_else_stands_beside_them(self):
        values = to_json({"missing": ("balance", "2026-99-99"), "needed": None, "found": ("%s",), "file": "a.csv"})
        self.assertIn(f"{COLUMN_LABELS['balance']}, 2026-99-99", get_sentence(self.env, "column_missing", values))

    def test_unknown_codes_are_shown(self):
        self.assertEqual(get_sentence(self.env, "100 %s", {"date": "2026-99-99"}), "100 %s")
        self.assertEqual(get_sentence(self.env, False, {}), "")

    def test_problems_are_stored_and_shown(self):
        run = self.env["open.balance.import"].create({"source_id": self.env["open.balance.source"].search([])[:1].id})
        Problem = self.env["open.balance.import.problem"]
        hostile = "2026-99-99 %(row)s {0} \0\ud800"
        values = dict(enumerate(OTHERS)) | {"text": hostile, "count": hostile}
        issue = Issue("warning", "date_unreadable", values, "a.csv", 3, hostile, hostile)
        problem = Problem.create({**Problem._prepare_vals(issue), "import_id": run.id})
        self.env.flush_all()
        problem.invalidate_recordset()
        told = hostile.replace("\0\ud800", "?")
        self.assertEqual(
            problem.message, f"\u201c{told}\u201d in row 3, column {told} of a.csv is no date; it is left out."
        )
