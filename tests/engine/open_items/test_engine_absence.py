"""Documents that a list doesn't hold, and the guards."""

from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase

from ....engine.errors import Issue
from ...engine_samples import BALANCE_DATE, D, bill, book, item, make, paid, partner, problems, row, rows

LISTED, HERE = item("INV/1"), book(1, 100)
DAY_BEFORE, NEXT_DAY = date(2026, 3, 30), date(2026, 4, 1)


class AbsenceCase(BaseCase):
    maxDiff = None

    def absent(self, document, *expected, told=(LISTED,), **values):
        """Plan a list that holds INV/1 and compare the actions that have no item."""
        result = make(list(told), [HERE, document], **values)
        self.assertEqual([row(action) for action in result.actions if action.item is None], list(expected))
        return result


class TestApplicable(AbsenceCase):
    """What a complete list closes."""

    def test_closed(self):
        result = self.absent(book(2, 50), ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"))
        action = result.actions[1]
        self.assertEqual((action.kind, action.partner_id, action.currency), ("receivable", 1, "EUR"))

    def test_credit_note_closed(self):
        self.absent(book(2, -50), ("close", None, 2, 0, -50, 0, -50, (), 0, "absent"))

    def test_incomplete_list(self):
        self.absent(book(2, 50), complete=False)

    def test_settled_already(self):
        self.absent(book(2, 0, 50))

    def test_draft(self):
        self.absent(book(2, 50, state="draft"))

    def test_cancelled(self):
        self.absent(book(2, 50, state="cancel"))

    def test_kind_that_the_list_does_not_cover(self):
        self.absent(bill(2, -50))

    def test_kind_of_a_list_of_both(self):
        self.absent(bill(2, -50), ("close", None, 2, 0, -50, 0, -50, (), 0, "absent"), cover="both")

    def test_dated_on_the_balance_date(self):
        self.absent(book(2, 50, date=BALANCE_DATE), ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"))

    def test_dated_after_the_balance_date(self):
        document = book(2, 50, date=NEXT_DAY)
        self.absent(document, ("skip", None, 2, 0, 50, 0, 0, (), 0, "after_balance_date"))

    def test_transferred_before_the_balance_date(self):
        document = book(2, 50, transferred=DAY_BEFORE)
        self.absent(document, ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"), uses_transfers=True)

    def test_transferred_on_the_balance_date(self):
        document = book(2, 50, transferred=BALANCE_DATE)
        self.absent(document, ("skip", None, 2, 0, 50, 0, 0, (), 0, "not_transferred"), uses_transfers=True)

    def test_opening_document_of_the_balance_date(self):
        document = book(2, 50, transferred=BALANCE_DATE, created=NEXT_DAY, opening=True)
        for uses_transfers in (False, True):
            with self.subTest(uses_transfers=uses_transfers):
                self.absent(document, ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"), uses_transfers=uses_transfers)

    def test_opening_document_of_a_later_date(self):
        document = book(2, 50, transferred=NEXT_DAY, created=NEXT_DAY, opening=True)
        for uses_transfers, code in ((False, "created_after_list"), (True, "not_transferred")):
            with self.subTest(uses_transfers=uses_transfers):
                self.absent(document, ("skip", None, 2, 0, 50, 0, 0, (), 0, code), uses_transfers=uses_transfers)

    def test_created_on_the_balance_date(self):
        document = book(2, 50, created=BALANCE_DATE)
        self.absent(document, ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"))

    def test_created_after_the_list(self):
        document = book(2, 50, created=NEXT_DAY)
        result = self.absent(document, ("skip", None, 2, 0, 50, 0, 0, (), 0, "created_after_list"))
        self.assertEqual(
            result.problems,
            (
                Issue(
                    "warning",
                    "absent_created_later",
                    {"count": 1, "amount": D(50), "currency": "EUR", "balance_date": BALANCE_DATE},
                ),
            ),
        )

    def test_created_after_the_list_but_in_it(self):
        result = make([LISTED, item("INV/2", 20)], [HERE, book(2, 50, created=NEXT_DAY)])
        self.assertEqual(rows(result)[1:], [("pay", 1, 2, 0, 50, 20, 30, (), 0, "paid_outside")])
        self.assertEqual(problems(result), [])

    def test_created_after_the_list_but_transferred_before_it(self):
        document = book(2, 50, created=NEXT_DAY, transferred=DAY_BEFORE)
        for uses_transfers in (False, True):
            with self.subTest(uses_transfers=uses_transfers):
                self.absent(document, ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"), uses_transfers=uses_transfers)

    def test_created_after_the_list_and_transferred_on_its_day(self):
        document = book(2, 50, created=NEXT_DAY, transferred=BALANCE_DATE)
        self.absent(document, ("skip", None, 2, 0, 50, 0, 0, (), 0, "created_after_list"))

    def test_transferred_after_the_balance_date(self):
        document = book(2, 50, transferred=NEXT_DAY)
        self.absent(document, ("skip", None, 2, 0, 50, 0, 0, (), 0, "not_transferred"), uses_transfers=True)

    def test_not_transferred(self):
        self.absent(book(2, 50), ("skip", None, 2, 0, 50, 0, 0, (), 0, "not_transferred"), uses_transfers=True)

    def test_partner_outside_the_list(self):
        self.absent(book(2, 50, owner=2), scope="partners")

    def test_partner_in_the_list(self):
        self.absent(book(2, 50), ("close", None, 2, 0, 50, 0, 50, (), 0, "absent"), scope="partners")

    def test_partner_that_is_only_suggested(self):
        unknown = item("INV/3", owner="D9")
        books = [HERE, book(2, 50, owner=2), book(3, 100, owner=2)]
        result = make([LISTED, unknown], books, scope="partners")
        self.assertEqual([action.type for action in result.actions], ["keep", "review"])

    def test_mentioned_by_an_item_in_review(self):
        told = (LISTED, item("INV/2", 30, owner="D9", row=8))
        result = self.absent(book(2, 50), ("skip", None, 2, 0, 50, 0, 0, (), 0, "mentioned"), told=told)
        self.assertEqual(result.actions[2].reason.values["row"], 8)

    def test_mentioned_by_a_row_that_cannot_be_read(self):
        result = make([LISTED], [HERE, book(2, 50)], rejected=[item("INV/2", None, row=8)])
        self.assertEqual(
            rows(result)[1:],
            [
                ("review", 0, 2, 0, 50, 0, 0, (), 0, "amount_unreadable"),
                ("skip", None, 2, 0, 50, 0, 0, (), 0, "mentioned"),
            ],
        )

    def test_mentioned_in_a_list_that_is_not_complete(self):
        """Documents that a waiting row may mean are told; those that it doesn't mean, or that are too new, are not."""
        told = item("INV/9", None, date=date(2026, 1, 20), row=8)
        books = [
            HERE,
            book(2, 50, date=date(2026, 1, 20)),
            book(3, 50, owner=2),
            book(4, 50, date=date(2026, 1, 20), created=NEXT_DAY),
            book(5, 0, 50, date=date(2026, 1, 20)),
        ]
        result = make([LISTED], books, rejected=[told], complete=False)
        self.assertEqual(
            [(action.type, action.book_id, action.reason.code) for action in result.actions],
            [("keep", 1, "confirmed"), ("review", 0, "amount_unreadable"), ("skip", 2, "mentioned")],
        )

    def test_overpaid_before(self):
        document = book(2, 0, 50, payments=(paid(7, 50, -20),))
        self.absent(document, ("reopen", None, 2, 0, 0, 0, 50, (7,), 0, "absent"))

    def test_overpaid_before_and_used_elsewhere(self):
        document = book(2, 0, 50, payments=(paid(7, 50, -5, True),))
        self.absent(document, ("review", None, 2, 0, 0, 0, 0, (), 0, "credit_used"))

    def test_balanced_by_a_payment_that_was_set_free(self):
        self.absent(book(2, 50, payments=(paid(7, 0, -50),)))

    def test_order_by_partner_date_and_name(self):
        books = [HERE, book(2, 50, owner=2), book(3, 50, date=date(2026, 1, 5)), book(4, 50, date=date(2026, 1, 4))]
        result = make([LISTED], books[::-1])
        self.assertEqual([action.book_id for action in result.actions], [1, 4, 3, 2])


class TestGuards(AbsenceCase):
    """Problems that keep a run from being applied."""

    def test_empty_list(self):
        result = make([], [HERE])
        self.assertEqual((rows(result), problems(result)), ([], [("stop", "empty_list")]))

    def test_list_of_nothing_but_unreadable_rows_closes_nothing(self):
        result = make([], [HERE], rejected=[item("X-1", None)])
        self.assertEqual(
            [(action.type, action.reason.code) for action in result.actions],
            [("review", "amount_unreadable"), ("skip", "mentioned")],
        )
        self.assertEqual(problems(result), [])

    def test_balance_date_in_the_future(self):
        result = make([LISTED], [HERE], balance_date=date(2026, 4, 3))
        self.assertEqual(problems(result), [("stop", "balance_date_future")])

    def test_balance_date_today(self):
        self.assertEqual(problems(make([LISTED], [HERE], balance_date=date(2026, 4, 2))), [])

    def test_balance_date_older_than_the_last_list(self):
        result = make([LISTED], [HERE], last_balance_date=NEXT_DAY)
        self.assertEqual(problems(result), [("stop", "balance_date_older")])

    def test_balance_date_of_the_last_list(self):
        self.assertEqual(problems(make([LISTED], [HERE], last_balance_date=BALANCE_DATE)), [])

    def many(self, listed, absent, **values):
        """Plan so many documents of 100 in the list and absent from it, with a limit of 20 %."""
        books = [book(at, 100) for at in range(1, listed + absent + 1)]
        told = [item(f"INV/{at}") for at in range(1, listed + 1)]
        return make(told, books, **{"absent_limit": D("0.2"), **values})

    def test_many_absent(self):
        result = self.many(7, 3)
        self.assertEqual(problems(result), [("stop", "many_absent")])
        self.assertEqual(
            dict(result.problems[0].values),
            {
                "count": 3,
                "total": 10,
                "amount": 300,
                "total_amount": 1000,
                "currency": "EUR",
                "percent": D("30.0"),
                "limit": 20,
            },
        )

    def test_as_many_absent_as_allowed(self):
        self.assertEqual(problems(self.many(8, 2)), [])

    def test_limit_of_the_source(self):
        self.assertEqual(problems(self.many(8, 2, absent_limit=D("0.1"))), [("stop", "many_absent")])

    def test_large_amount_absent(self):
        books = [book(at, 10) for at in range(1, 10)] + [book(10, -500)]
        result = make([item(f"INV/{at}", 10) for at in range(1, 10)], books, absent_limit=D("0.2"))
        self.assertEqual(problems(result), [("stop", "many_absent")])

    def test_documents_that_may_be_missing_do_not_count(self):
        books = [book(1, 100)] + [book(at, 100, date=NEXT_DAY) for at in range(2, 9)]
        self.assertEqual(problems(make([LISTED], books, absent_limit=D("0.2"))), [])

    def test_kind_that_is_missing_altogether(self):
        books = [book(at, 100) for at in range(1, 10)] + [bill(20, -10)]
        told = [item(f"INV/{at}") for at in range(1, 10)]
        result = make(told, books, cover="both", absent_limit=D("0.2"))
        self.assertEqual(problems(result), [("stop", "many_absent")])
        self.assertEqual((result.problems[0].values["count"], result.problems[0].values["total"]), (1, 1))

    def test_kind_that_is_in_the_list_is_not_judged_by_itself(self):
        books = [book(at, 100) for at in range(1, 10)] + [bill(20, -10), bill(21, -10, reference="V-2")]
        told = [item(f"INV/{at}") for at in range(1, 10)]
        told.append(item("V-2", -10, "C1", kind="payable"))
        known = (partner(1, creditor_number="C1"),)
        self.assertEqual(problems(make(told, books, known, cover="both", absent_limit=D("0.2"))), [])


class TestPlan(AbsenceCase):
    """The plan as a whole."""

    def test_nothing_at_all(self):
        self.assertEqual(rows(make([], [], complete=False)), [])

    def test_twice_the_same(self):
        books = [HERE, book(2, 50), book(3, 80)]
        told = [LISTED, item("INV/3", 20), item("X-9", 12, date=None, due_date=None)]
        self.assertEqual(make(told, books), make(told, books))

    def test_order_of_the_books_does_not_matter(self):
        books = [HERE, book(2, 50), book(3, 80, owner=2), book(4, 90, name="INV/4", owner=3)]
        self.assertEqual(make([LISTED], books), make([LISTED], books[::-1]))

    def test_values_are_not_changed(self):
        before = replace(HERE)
        make([LISTED], [HERE])
        self.assertEqual(HERE, before)
