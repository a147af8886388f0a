"""No text is worth more than a few microseconds, whoever wrote it."""

import time
from unittest.mock import patch

from odoo.tests import BaseCase

from ...engine import read
from ...engine.files.text import _is_rule
from ...engine.tables.preamble import balance_date_in, currency_stated
from ...engine.tables.profile import CODE, Profile, _count
from ...engine.values import cells as values_module
from ...engine.values import numbers
from ...engine.values.cells import MAX_TRIED, clean, decimal_evidence, read_amount, read_currency, read_number
from ...engine.values.dates import DateReader, dates_in, lacks_year, looks_like_date, order_evidence
from ...engine.values.patterns import apply_pattern, split_pattern
from ...engine.words.cells import is_footer, total_label
from ...engine.words.columns import is_bucket, make_index, meaning
from ...engine.words.sides import kinds_in

LENGTH = 2000
GROWTH = 3.2  # of the time when a text is twice as long; what backtracks takes four times as long or more
NOTHING = 0.002  # seconds that are too few to be compared
BEST_OF = 5
PIECES = (
    " ", "0", "1", "a", "A", "T", "d", "-", ".", ",", "/", "(", "[", "'", '"', "_", ":", "=", "|", "@", "€", "\n",
    "1.", "1,", "1 ", "1-", "1a", "A-", "a ", "(1", "1)", "--", "1:", "11:11 ", "1.11", "1.111", " days", "1 days ",
    "continued ", "total ", "2026a", "@ab\\Q", "&", "²", "<!-- -->", "<!--", "EUR ", "\u0301\u0316",
)  # fmt: skip
ENDS = (("", ""), ("1", "!"), ('="a (', "x"))
DATES, INDEX = DateReader("dmy"), make_index()
TRIES = {
    "amount": lambda text: (read_amount(text, ","), decimal_evidence(text)),
    "date": lambda text: (DATES._read_text(clean(text)), order_evidence(text), looks_like_date(text), lacks_year(text)),
    "number": lambda text: (read_number(text), numbers.last_digits(text), numbers.with_breaks(text)),
    "ending": lambda text: (numbers.has_inner_break(text), numbers.without_breaks(text), numbers.all_digits(text)),
    "currency": read_currency,
    "header": lambda text: (meaning(clean(text), INDEX), is_bucket(text), kinds_in(text)),
    "footer": is_footer,
    "total": total_label,
    "rule": lambda text: _is_rule([text, "--"]),
    "code": CODE.fullmatch,
    "cell": lambda text: _count(Profile(), text, clean(text), DateReader(None)),
    "heading": lambda text: (dates_in(text), balance_date_in([text], "", None), currency_stated([text])),
    "pattern": lambda text: (split_pattern(text), apply_pattern("{year}-{seq}", text)),
}  # fmt: skip


def seconds(function, text):
    """The best time of some tries: a busy machine only makes single ones longer."""
    best = float("inf")
    for _try in range(BEST_OF):
        start = time.process_time()
        function(text)
        best = min(best, time.process_time() - start)
        if best < NOTHING:
            break
    return best


class TestHostileTexts(BaseCase):
    """Twice the text, no more than twice the time, even if long texts were tried; and they are not."""

    def test_time_grows_with_the_text_only(self):
        for name, function in TRIES.items():
            for piece in PIECES:
                for before, after in ENDS:
                    with (
                        self.subTest(name, piece=piece, before=before, after=after),
                        patch.object(values_module, "MAX_TRIED", 10 * LENGTH),
                    ):
                        text = before + (piece * LENGTH)[: LENGTH // 2] + after
                        longer = before + (piece * LENGTH)[:LENGTH] + after
                        time_of_longer = seconds(function, longer)
                        if time_of_longer > NOTHING:
                            self.assertLess(time_of_longer / max(seconds(function, text), NOTHING / 4), GROWTH)

    def test_long_texts_are_not_tried(self):
        zeros = "0" * MAX_TRIED
        self.assertIsNone(read_amount("1," + zeros, ","))
        self.assertIsNone(read_currency("EUR " + " a" * MAX_TRIED))
        self.assertEqual(meaning("Balance " * 30, INDEX).fields, ())
        self.assertIsNone(total_label("Total " + zeros))
        self.assertFalse(is_footer("Page 1" + zeros))
        self.assertFalse(is_bucket("1-30" + " " * MAX_TRIED + "days x" * 40))
        self.assertEqual(split_pattern("{digits}" * 30), ())

    def test_files(self):
        """A small file of hostile cells is read in no time, whatever it begins with."""
        for piece in PIECES:
            cell = (piece.replace("\n", " ").replace('"', "") * 120)[:120]
            rows = [f"{cell};{cell};{cell};{cell}" for _row in range(20)]
            for lines in (rows, ["Customer;Invoice;Date;Open Balance", *rows]):
                with self.subTest(piece=piece, header=lines is not rows):
                    start = time.process_time()
                    read("\n".join(lines).encode(), "list.csv")
                    self.assertLess(time.process_time() - start, 3)

    def test_comments_before_a_page(self):
        start = time.process_time()
        for piece in ("<!-- -->", "<!--", "<!-- x --> "):
            result = read((piece * 500).encode(), "list.html")
            self.assertEqual([issue.code for issue in result.problems], ["file_unknown"])
        self.assertLess(time.process_time() - start, 1)
