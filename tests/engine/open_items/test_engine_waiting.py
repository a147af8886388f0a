"""Rows that wait for a person protect every document that they may mean."""

from datetime import date

from odoo.tests import BaseCase

from ...engine_samples import D, bill, book, item, make, partner, payable, problems, rows

LISTED, HERE = item("INV/1", 5), book(1, 5)
DAY, OTHER_DAY, THIRD_DAY = date(2026, 2, 1), date(2026, 1, 15), date(2025, 12, 3)
VENDORS = (partner(1, creditor_number="C1"), partner(2, creditor_number="C2"), partner(3, creditor_number="C3"))
PAYABLES = {"partners": VENDORS, "cover": "payable"}


class WaitingCase(BaseCase):
    maxDiff = None

    def absent(self, books, expected, told=(), rejected=(), here=((LISTED, HERE),), **values):
        """Plan a list that holds INV/1, some rows and not these documents; compare what becomes of the documents.

        :param expected: per document its action and reason
        """
        items, documents = [one for one, _book in here], [one for _item, one in here]
        result = make([*items, *told], [*documents, *books], rejected=list(rejected), **values)
        found = {action.book_id: (action.type, action.reason.code) for action in result.actions if action.item is None}
        self.assertEqual([found[document.id] for document in books], expected)
        return result


CLOSED, LEFT = ("close", "absent"), ("skip", "mentioned")


class TestUnreadable(WaitingCase):
    """Rows whose amount cannot be read."""

    def test_number_of_no_document_protects_all_of_the_partner(self):
        books = [book(2, 1000, date=OTHER_DAY), book(3, 50), book(4, 70, owner=2, date=OTHER_DAY)]
        told = item("RE-4700", None, row=9)
        result = self.absent(books, [LEFT, LEFT, CLOSED], rejected=[told])
        self.assertEqual(rows(result)[1], ("review", 0, 0, 0, 0, 0, 0, (), 0, "amount_unreadable"))
        self.assertEqual(result.actions[2].reason.values, {**result.actions[2].reason.values, "row": 9})

    def test_number_of_a_document_protects_that_one(self):
        self.absent([book(2, 1000), book(3, 50)], [LEFT, CLOSED], rejected=[item("INV/2", None)])

    def test_bill(self):
        books = [bill(2, -1000, reference="V-2"), bill(3, -50, reference="V-3", owner=2, date=OTHER_DAY)]
        here = ((payable("V-1", -5), bill(1, -5)),)
        self.absent(books, [LEFT, CLOSED], rejected=[payable("X-77", None)], here=here, **PAYABLES)

    def test_number_of_another_partners_document(self):
        books = [book(2, 1000, date=OTHER_DAY), book(3, 50, owner=2, date=THIRD_DAY), book(4, 60, owner=3)]
        self.absent(books, [LEFT, LEFT, CLOSED], rejected=[item("INV/3", None)])

    def test_unknown_partner_and_number_is_a_guard(self):
        books = [book(2, 1000, date=OTHER_DAY), book(3, 50, owner=2)]
        result = self.absent(books, [CLOSED, LEFT], rejected=[item("X-77", None, "D9", row=9)])
        self.assertEqual(problems(result), [("stop", "row_may_mean_any")])
        self.assertEqual(result.problems[0].values, {"count": 1, "rows": (9,), "closed": 1})

    def test_nothing_told_but_nothing_closed_is_none(self):
        result = self.absent([], [], rejected=[item(None, None, None, date=None, due_date=None)])
        self.assertEqual(problems(result), [])


class TestOtherPartner(WaitingCase):
    """Rows whose number is another partner's document."""

    def test_same_amount_or_date_of_the_rows_own_partner(self):
        books = [
            book(2, 1000, date=OTHER_DAY),
            book(3, 70, date=DAY),
            book(4, 80, date=OTHER_DAY),
            book(5, 1000, owner=2, date=THIRD_DAY),
        ]
        result = self.absent(books, [LEFT, LEFT, CLOSED, LEFT], told=[item("INV/5", 1000)])
        self.assertEqual(rows(result)[1], ("review", 1, 0, 0, 1000, 1000, 0, (), 0, "number_other_partner"))

    def test_without_dates_all_of_the_rows_own_partner(self):
        books = [book(2, 1000, date=OTHER_DAY), book(5, 100, owner=2, date=THIRD_DAY)]
        told = item("INV/5", 40, date=None, due_date=None)
        self.absent(books, [LEFT, LEFT], told=[told])


class TestUnknownPartner(WaitingCase):
    """Rows of a partner that nobody is."""

    def absent_of(self, told, document, expected, **values):
        """Plan with a list that names the document's partner elsewhere."""
        return self.absent([document], [expected], told=[told], **values)

    def test_amount_and_date(self):
        self.absent_of(item("X-77", 1000, "D9"), book(2, 1000, name="INV/2026/00008"), LEFT)

    def test_number_without_prefix(self):
        told = item("2026-8", 40, "D9", date=THIRD_DAY, due_date=None)
        self.absent_of(told, book(2, 1000, name="INV/2026/00008"), LEFT)

    def test_end_of_number_and_date(self):
        self.absent_of(item("8", 40, "D9"), book(2, 1000, name="INV/2026/00008"), LEFT)

    def test_end_of_number_alone(self):
        told = item("8", 40, "D9", date=THIRD_DAY, due_date=None)
        self.absent_of(told, book(2, 1000, name="INV/2026/00008"), CLOSED)

    def test_date_alone(self):
        self.absent_of(item("X-77", 40, "D9"), book(2, 1000, name="INV/2026/00008"), CLOSED)

    def test_amount_alone_of_a_partner_that_the_list_names(self):
        told = item("X-77", 1000, "D9", date=THIRD_DAY, due_date=None)
        self.absent_of(told, book(2, 1000, name="INV/2026/00008"), CLOSED)

    def test_amount_alone_of_a_partner_that_the_list_does_not_name(self):
        told = item("X-77", 1000, "D9", date=THIRD_DAY, due_date=None)
        self.absent_of(told, book(2, 1000, name="INV/2026/00008", owner=2), LEFT)

    def test_only_an_amount_is_a_guard(self):
        told = item(None, 40, None, date=None, due_date=None)
        result = self.absent_of(told, book(2, 1000), CLOSED)
        self.assertEqual(problems(result), [("stop", "row_may_mean_any")])


class TestOtherReasons(WaitingCase):
    """Whatever the reason, a row that waits protects."""

    def test_no_rate(self):
        books = [book(2, 1000), book(3, 50, date=OTHER_DAY)]
        result = self.absent(books, [LEFT, CLOSED], told=[item("X-77", 40, currency="USD")])
        self.assertEqual(rows(result)[1], ("review", 1, 0, 0, 0, D(40), 0, (), 0, "no_rate"))

    def test_zero_waits_for_nobody(self):
        self.absent([book(2, 1000, date=OTHER_DAY)], [CLOSED], told=[item("X-77", 0, "D9")])
