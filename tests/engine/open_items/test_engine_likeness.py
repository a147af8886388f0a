"""Items whose document is not found by number: look-alikes, damaged numbers, the kind, a person's word."""

from datetime import date

from ....engine.items import Assignment
from ...engine_samples import DAY, DUE, MatchingCase, bill, book, item, partner, payable

EXTERNAL = ("receivable", 1, 0, "", (0, 0), set())
LIKE = ("receivable", 1, 0, "looks_like", (1, 1), {1})
OTHER_DAY = date(2026, 1, 15)
INVOICE = book(1, name="INV/2026/00042", date=OTHER_DAY, due_date=None)


class TestLikeness(MatchingCase):
    """What a person had better look at."""

    def test_amount_and_end_of_number(self):
        self.check(item("R-42"), [INVOICE], LIKE)

    def test_amount_and_end_of_the_original_number(self):
        books = [book(1, name="OBI/2026/00007", original_number="R-2025-042", date=OTHER_DAY)]
        self.check(item("42"), books, LIKE)

    def test_total_and_end_of_number(self):
        books = [book(1, 60, 100, name="INV/2026/00042", date=OTHER_DAY)]
        self.check(item("42"), books, LIKE)

    def test_digits_are_the_end_of_the_others(self):
        self.check(item("2600042"), [INVOICE], LIKE)

    def test_amount_alone_is_not_enough(self):
        self.check(item("R-43"), [INVOICE], EXTERNAL)

    def test_end_of_number_alone_is_not_enough(self):
        self.check(item("R-42", 77), [INVOICE], EXTERNAL)

    def test_date_and_residual(self):
        self.check(item("R-43"), [book(1, name="INV/2026/00042")], LIKE)

    def test_date_and_end_of_number_with_a_part_payment(self):
        self.check(item("R-42", 40), [book(1, name="INV/2026/00042")], LIKE)

    def test_end_of_number_without_dates_with_a_part_payment(self):
        told = item("R-142", 40, date=None, due_date=None)
        self.check(told, [book(1, name="INV/2026/00142")], LIKE)

    def test_amount_without_number(self):
        self.check(item(None), [INVOICE], LIKE)

    def test_part_of_an_invoice_of_that_day_without_number(self):
        self.check(item(None, 40), [book(1)], LIKE)

    def test_unnamed_balance_without_dates(self):
        self.check(item(None, 40, date=None, due_date=None), [INVOICE], LIKE)

    def test_receipt_is_no_invoice(self):
        self.check(item(None, -100), [INVOICE], EXTERNAL)

    def test_receipt_like_a_credit_note(self):
        self.check(item(None, -100), [book(1, -100)], LIKE)

    def test_two_of_them_are_not_suggested(self):
        books = [INVOICE, book(2, name="RINV/00042", date=OTHER_DAY)]
        self.check(item("R-42"), books, ("receivable", 1, 0, "looks_like", (0, 0), {1, 2}))

    def test_document_of_another_item_is_not_meant(self):
        self.check(item("R-42"), [INVOICE], EXTERNAL, others=[item("INV/2026/00042")])

    def test_paid_document_is_not_meant(self):
        self.check(item("R-42"), [book(1, 0, 100, name="INV/2026/00042")], EXTERNAL)

    def test_end_of_number_of_another_partner_with_amount_and_date(self):
        books = [book(1, name="INV/2026/00042", owner=2)]
        self.check(item("R-42"), books, ("receivable", 1, 0, "number_other_partner", (2, 1), {1}))

    def test_document_of_another_partner_is_not_meant(self):
        self.check(item("R-42", 99), [book(1, name="INV/2026/00042", owner=2)], EXTERNAL)
        self.check(item("R-42"), [book(1, name="INV/2026/00042", owner=2, date=OTHER_DAY, due_date=None)], EXTERNAL)

    def test_part_payment_of_the_same_day_by_any_spelling(self):
        for number in (
            "2026-00008",
            "00008",
            "8",
            "26/8",
            "2600008",
            "202600008",
            "20268",
            "INV8",
            "00008/2026",
            "8/26",
        ):
            with self.subTest(number=number):
                self.check(item(number, 40), [book(1, name="INV/2026/00008")], LIKE)
                note = book(1, -100, name=("" if "INV" in number else "R") + "INV/2026/00008")
                self.check(item(number, -40), [note], LIKE)

    def test_part_payment_by_year_and_number_of_another_day(self):
        books = [book(1, name="INV/2026/00008", date=OTHER_DAY, due_date=None)]
        for number in ("2026-00008", "202600008", "00008/2026", "2600008"):
            with self.subTest(number=number):
                self.check(item(number, 40), books, LIKE)
        for number in ("00008", "8", "2025-00008", "X-7"):
            with self.subTest(number=number):
                self.check(item(number, 40), books, EXTERNAL)

    def test_number_with_the_year_last_in_the_books(self):
        self.check(item("2026-42", 40), [book(1, name="00042/2026")], LIKE)

    def test_part_payment_of_a_bill_by_either_number(self):
        known = (partner(1, creditor_number="C1"),)
        books = [bill(1, reference="RE-2026-1001", name="BILL/2026/02/0008")]
        for number in ("1001", "20261001", "8", "2026-02-0008", "0008"):
            with self.subTest(number=number):
                expected = ("payable", 1, 0, "looks_like", (1, 1), {1})
                self.check(payable(number, -40), books, expected, known)

    def test_same_day_and_nothing_else(self):
        for number in ("9", "00018", "2026-00080", "X-7", "X-8"):
            with self.subTest(number=number):
                self.check(item(number, 40), [book(1, name="INV/2026/00008")], EXTERNAL)

    def test_both_numbers_are_in_the_list(self):
        books = [book(1, name="INV/2026/00008")]
        self.check(item("8", 40), books, EXTERNAL, others=[item("INV/2026/00008")])

    def test_amount_in_company_currency(self):
        books = [book(1, 110, name="INV/2026/00042", date=OTHER_DAY, currency="USD", rate="0.9")]
        self.check(item("R-42", 99), books, LIKE)

    def test_amount_in_another_currency_is_another_amount(self):
        books = [book(1, 110, name="INV/2026/00042", date=OTHER_DAY, currency="USD", rate="0.9")]
        self.check(item("R-42", 110), books, EXTERNAL)

    def test_amount_in_a_currency_that_is_not_named(self):
        books = [book(1, 110, name="INV/2026/00042", date=OTHER_DAY, currency="USD", rate="0.9")]
        self.check(item("R-42", 110), books, LIKE, names_currency=False)

    def test_partner_with_very_many_documents(self):
        books = [book(at, at, name=f"INV/2026/{at:05d}", date=OTHER_DAY, due_date=None) for at in range(1, 900)]
        self.check(item("R-42", 42), books, ("receivable", 1, 0, "looks_like", (1, 42), {42}))


class TestDamagedNumber(MatchingCase):
    """Numbers that a spreadsheet turned into 1.0E+10."""

    def test_never_becomes_external(self):
        told = item("1.0E+10", 77, number_unsure=True)
        books = [book(1), book(2), book(3, owner=2), book(4, 0, 10)]
        self.check(told, books, ("receivable", 1, 0, "number_unsure", (0, 0), {1, 2}))

    def test_is_not_normalised(self):
        told = item("1.0E+10", 100, number_unsure=True)
        books = [book(1, name="1-0E10")]
        self.check(told, books, ("receivable", 1, 0, "number_unsure", (0, 0), {1}))

    def test_reference_still_counts(self):
        self.found(item("1.0E+10", 100, number_unsure=True, reference="INV/1"), [book(1)], 1)


class TestKind(MatchingCase):
    """Lists of both kinds whose rows don't tell which."""

    BOTH = (partner(1, creditor_number="C1"), partner(2, debtor_number="77", creditor_number="77"))

    def both(self, told, books, expected, **values):
        """Check with a list that covers both kinds."""
        self.check(told, books, expected, self.BOTH, cover="both", **values)

    def test_by_the_document(self):
        told = item("V-1", -100, "C1", kind=None)
        self.both(told, [book(1), bill(2)], ("payable", 1, 2, "", (0, 0), set()))

    def test_by_the_debtor_number(self):
        self.both(item("X-1", owner="D1", kind=None), [], ("receivable", 1, 0, "", (0, 0), set()))

    def test_by_the_creditor_number(self):
        self.both(item("X-1", owner="C1", kind=None), [], ("payable", 1, 0, "", (0, 0), set()))

    def test_unknown_when_the_number_is_both(self):
        self.both(item("X-1", owner="77", kind=None), [], (None, 2, 0, "kind_unknown", (0, 0), set()))

    def test_unknown_when_found_by_name(self):
        told = item("X-1", owner=None, partner_name="Azure Interior", kind=None)
        self.both(told, [], (None, 1, 0, "kind_unknown", (0, 0), set()))

    def test_by_a_list_of_one_kind(self):
        told = item("X-1", owner=None, partner_name="Azure Interior", kind=None)
        self.check(told, [], ("payable", 1, 0, "", (0, 0), set()), cover="payable")

    def test_debtor_and_creditor_number_of_different_partners(self):
        known = (partner(1, debtor_number="70"), partner(2, debtor_number=None, creditor_number="70"))
        told = item("V-1", -100, "70", kind=None)
        self.check(told, [bill(2, owner=2)], ("payable", 2, 2, "", (0, 0), set()), known, cover="both")
        told = item("X-1", 77, "70", kind=None)
        self.check(told, [], (None, 0, 0, "partner_ambiguous", (0, 0), set()), known, cover="both")

    def test_invoice_and_bill_of_one_number(self):
        told = item("V-1", kind=None)
        books = [book(1, name="V-1"), bill(2, name="V-1", reference=None)]
        self.both(told, books, (None, 1, 0, "document_ambiguous", (0, 0), {1, 2}))


class TestAssigned(MatchingCase):
    """A person's word."""

    def test_document(self):
        books = [book(1), book(2, owner=2)]
        self.check(item("INV/1"), books, ("receivable", 2, 2, "", (0, 0), set()), assigned={0: Assignment(0, 2)})

    def test_document_that_is_gone(self):
        expected = ("receivable", 0, 0, "assigned_missing", (0, 0), set())
        self.check(item("INV/1"), [book(1)], expected, assigned={0: Assignment(0, 9)})

    def test_partner_of_an_unknown_one(self):
        self.check(item("X-1", owner="D9"), [], EXTERNAL, assigned={0: Assignment(1)})

    def test_number_within_that_partner(self):
        books = [book(1, name="V"), book(2, name="V", owner=2)]
        self.check(item("V", owner="D9"), books, ("receivable", 2, 2, "", (0, 0), set()), assigned={0: Assignment(2)})

    def test_partner_of_a_look_alike(self):
        self.check(item("R-42"), [INVOICE], EXTERNAL, assigned={0: Assignment(1)})

    def test_partner_of_a_damaged_number(self):
        told = item("1.0E+10", number_unsure=True)
        self.check(told, [INVOICE], EXTERNAL, assigned={0: Assignment(1)})

    def test_partner_with_an_invoice_number_of_another(self):
        self.check(item("INV/2", owner="D9"), [book(2, owner=2)], EXTERNAL, assigned={0: Assignment(1)})

    def test_kind_of_a_partner_with_one_number(self):
        told = item("X-1", owner="D9", kind=None)
        self.check(told, [], EXTERNAL, assigned={0: Assignment(1)}, cover="both")


class TestRejected(MatchingCase):
    """Rows whose amount cannot be read protect what they may mean."""

    def test_its_document(self):
        self.found(item("INV/1", None), [book(1)], 1)

    def test_end_of_number(self):
        self.check(item("R-42", None), [INVOICE, book(2, name="INV/2026/00043")], LIKE)

    def test_no_number(self):
        told = item(None, None, date=DAY, due_date=DUE)
        self.check(told, [book(1), book(2)], ("receivable", 1, 0, "number_unsure", (0, 0), {1, 2}))

    def test_payable(self):
        known = (partner(1, creditor_number="C1"),)
        self.found(payable("V-1", None), [bill(1)], 1, partners=known)
