"""How a list writes Odoo's own numbers, and what that finds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ....engine import apply_pattern, split_pattern
from ...engine_samples import MatchingCase, bill, book, item, make, partner, payable, problems, rows

D = Decimal
OTHER_DAY = date(2025, 12, 1)
CREDITOR = (partner(1, debtor_number=None, creditor_number="C1"),)


class TestPattern(BaseCase):
    """The placeholder language."""

    def test_forms(self):
        for pattern, name, expected in [
            ("{digits}", "INV/2026/00042", "202600042"),
            ("{digits}", "INV/2026/03/0042", "2026030042"),
            ("{last}", "INV/2026/00042", "42"),
            ("{last}", "INV/2026/00000", "00000"),
            ("{seq}", "INV/2026/00042", "00042"),
            ("{year}{seq}", "INV/2026/03/0042", "20260042"),
            ("{year}-{last}", "INV/2026/00042", "2026-42"),
            ("F{seq}", "INV/2026/00042-A", "F00042"),
            (" {last} ", "INV/7", "7"),
            ("{year}{seq}", "INV/26-27/0042", ""),
            ("{year}{seq}", "INV2026", ""),
            ("{digits}", "INV", ""),
        ]:
            with self.subTest(pattern=pattern, name=name):
                self.assertEqual(apply_pattern(pattern, name), expected)

    def test_what_is_no_pattern(self):
        for pattern in ("", "INV", "{year}", "{}", "{seq5}", "{seq", "seq}", "{{seq}}", "{seq}}"):
            with self.subTest(pattern=pattern):
                self.assertEqual((split_pattern(pattern), apply_pattern(pattern, "INV/2026/00042")), ((), ""))

    def test_parts(self):
        self.assertEqual(split_pattern("{year}-{seq}"), (("year", ""), ("", "-"), ("seq", "")))


class TestMatchByPattern(MatchingCase):
    """The last way to find a document by its number."""

    digits = ("{digits}",)
    last = ("{last}",)

    def test_digits(self):
        books = [book(1, name="INV/2026/00042"), book(2, name="INV/2026/00043")]
        self.found(item("202600042"), books, 1, number_patterns=self.digits)

    def test_only_a_question_without_a_pattern(self):
        books = [book(1, name="INV/2026/00042", residual=50)]
        self.check(item("202600042"), books, ("receivable", 1, 0, "looks_like", (1, 1), {1}))

    def test_own_numbers_come_first(self):
        books = [book(1, name="INV/2026/00042"), book(2, name="OLD/1", reference="202600042")]
        self.found(item("202600042"), books, 2, number_patterns=self.digits)

    def test_last_digits_of_the_partner_named(self):
        books = [book(1, name="INV/2026/00042"), book(2, name="INV/2026/00042-2", owner=2)]
        self.found(item("42"), books, 1, number_patterns=self.last)

    def test_several_patterns(self):
        books = [book(1, name="INV/2026/00042")]
        self.found(item("2026-42"), books, 1, number_patterns=("{digits}", "{year}-{last}"))

    def test_two_years_of_one_partner_are_ambiguous(self):
        books = [book(1, name="INV/2026/00042"), book(2, residual=0, total=100, name="INV/2025/00042")]
        expected = ("receivable", 1, 0, "document_ambiguous", (0, 0), {1, 2})
        self.check(item("42"), books, expected, number_patterns=self.last)

    def test_posted_comes_before_cancelled(self):
        books = [book(1, name="INV/2026/00042"), book(2, name="INV/2025/00042", state="cancel")]
        self.found(item("42"), books, 1, number_patterns=self.last)

    def test_draft_without_number_is_never_meant(self):
        expected = ("receivable", 1, 0, "", (0, 0), set())
        self.check(item("42"), [book(1, name="/", state="draft")], expected, number_patterns=self.last)

    def test_list_without_partners_needs_date_or_amount_for_a_short_number(self):
        books = [book(1, residual=80, name="INV/2026/00042")]
        told = item("42", 70, owner=None)
        self.found(told, books, 1, number_patterns=self.last)
        self.found(replace(told, date=OTHER_DAY, due_date=None, balance=D(80)), books, 1, number_patterns=self.last)
        expected = ("receivable", 1, 0, "looks_like", (1, 1), {1})
        self.check(replace(told, date=OTHER_DAY, due_date=None), books, expected, number_patterns=self.last)

    def test_list_without_partners_trusts_all_digits(self):
        told = item("202600042", 70, owner=None, date=OTHER_DAY, due_date=None)
        self.found(told, [book(1, residual=80, name="INV/2026/00042")], 1, number_patterns=self.digits)

    def test_number_of_another_partner_is_reviewed(self):
        books = [book(1, residual=80, name="INV/2026/00042", owner=2)]
        expected = ("receivable", 1, 0, "number_other_partner", (2, 1), {1})
        self.check(item("202600042"), books, expected, number_patterns=self.digits)

    def test_short_number_of_another_partner_is_nothing(self):
        books = [book(1, residual=80, name="INV/2026/00042", owner=2)]
        self.check(item("42"), books, ("receivable", 1, 0, "", (0, 0), set()), number_patterns=self.last)

    def test_unknown_partner_gets_a_suggestion(self):
        books = [book(1, residual=80, name="INV/2026/00042")]
        expected = ("receivable", 0, 0, "partner_unknown", (1, 1), {1})
        self.check(item("202600042", owner="D99"), books, expected, number_patterns=self.digits)

    def test_damaged_number_is_not_written_by_a_pattern(self):
        books = [book(1, residual=80, name="INV/2026/00042")]
        told = item("202600042", number_unsure=True)
        self.check(told, books, ("receivable", 1, 0, "number_unsure", (0, 0), {1}), number_patterns=self.digits)

    def test_reference_that_means_another_document(self):
        books = [book(1, name="INV/2026/00042"), book(2, name="INV/2026/00017")]
        told = item("202600042", reference="INV/2026/00017")
        expected = ("receivable", 1, 0, "document_ambiguous", (0, 0), {1, 2})
        self.check(told, books, expected, number_patterns=self.digits)

    def test_bill_by_the_books_own_number(self):
        books = [bill(1, name="BILL/2026/03/0007", reference="V-7")]
        self.found(payable("2026030007"), books, 1, partners=CREDITOR, number_patterns=self.digits)
        told = payable("RE 99", reference="2026030007")
        self.found(told, books, 1, partners=CREDITOR, number_patterns=self.digits)

    def test_short_number_of_a_vendor_is_the_vendors_own(self):
        books = [bill(1, residual=-80, name="BILL/2026/03/0042", reference="V-7")]
        self.found(payable("42", -80, date=OTHER_DAY), books, 1, partners=CREDITOR, number_patterns=self.last)
        told = payable("42", -70, date=OTHER_DAY, due_date=None)
        expected = ("payable", 1, 0, "looks_like", (1, 1), {1})
        self.check(told, books, expected, partners=CREDITOR, number_patterns=self.last)
        told = payable("RE 99", -70, reference="42", date=OTHER_DAY, due_date=None)
        self.check(told, books, ("payable", 1, 0, "", (0, 0), set()), partners=CREDITOR, number_patterns=self.last)

    def test_document_named_in_full_belongs_to_that_row(self):
        plan = make(
            [item("INV/2026/00042", 60), item("202600042", 40)],
            [book(1, name="INV/2026/00042")],
            number_patterns=self.digits,
        )
        self.assertEqual(
            rows(plan),
            [
                ("pay", 0, 1, 0, D(100), D(60), D(40), (), 0, "paid_outside"),
                ("review", 1, 0, 0, D(100), D(40), D(0), (), 0, "document_taken"),
            ],
        )
        self.assertEqual(problems(plan), [])
