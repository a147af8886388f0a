"""Several items of one document: instalments, sums, repetitions, contradictions."""

from datetime import date

from odoo.tests import BaseCase

from ...engine_samples import D, book, item, lines, make, paid, row, rows

JAN, FEB, MAR = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def due(balance, day, at=0, **values):
    """An item of INV/1 with that due date; ``at``: its place in the list."""
    return item("INV/1", balance, **{"due_date": day, "row": at + 2, **values})


class InstalmentCase(BaseCase):
    maxDiff = None

    def check(self, told, document, expected, **values):
        """Compare (type, item, due line, booked, reported, payment, reason) of all actions on one document."""
        actions = make(told, [document], **values).actions
        found = [
            (one.type, one.item, one.line_id, one.booked, one.reported, one.payment, one.reason.code) for one in actions
        ]
        self.assertEqual(found, expected)
        return actions


class TestInstalments(InstalmentCase):
    """Items that name the due lines of a document."""

    def test_each_on_its_due_line(self):
        self.check(
            [due(30, FEB, 0), due(50, MAR, 1)],
            book(1, 100, lines=lines(0, 50, 50)),
            [
                ("pay", 0, 11, 50, 30, 20, "paid_outside"),
                ("keep", 1, 12, 50, 50, 0, "confirmed"),
            ],
        )

    def test_due_line_that_is_not_in_the_list(self):
        self.check(
            [due(50, FEB, 0), due(50, MAR, 1)],
            book(1, 150, lines=lines(50, 50, 50)),
            [
                ("keep", 0, 11, 50, 50, 0, "confirmed"),
                ("keep", 1, 12, 50, 50, 0, "confirmed"),
                ("close", None, 10, 50, 0, 50, "instalment_absent"),
            ],
        )

    def test_due_line_that_is_not_in_an_incomplete_list(self):
        self.check(
            [due(50, FEB)],
            book(1, 150, lines=lines(50, 50, 50)),
            [("keep", 0, 11, 50, 50, 0, "confirmed")],
            complete=False,
        )

    def test_single_item_of_a_due_line(self):
        self.check(
            [due(20, MAR)],
            book(1, 100, lines=lines(50, 0, 50)),
            [
                ("pay", 0, 12, 50, 20, 30, "paid_outside"),
                ("close", None, 10, 50, 0, 50, "instalment_absent"),
            ],
        )

    def test_single_item_of_the_whole_document(self):
        self.check(
            [due(100, MAR)],
            book(1, 100, lines=lines(50, 0, 50)),
            [("keep", 0, 0, 100, 100, 0, "confirmed")],
        )

    def test_single_item_of_more_than_its_due_line(self):
        self.check(
            [due(80, MAR)],
            book(1, 100, lines=lines(50, 0, 50)),
            [("pay", 0, 0, 100, 80, 20, "paid_outside")],
        )

    def test_single_item_without_due_date(self):
        self.check(
            [due(20, None)],
            book(1, 100, lines=lines(50, 0, 50)),
            [("pay", 0, 0, 100, 20, 80, "paid_outside")],
        )

    def test_credit_note_in_instalments(self):
        self.check(
            [due(-50, JAN, 0), due(-20, FEB, 1)],
            book(1, -100, lines=lines(-50, -50)),
            [
                ("keep", 0, 10, -50, -50, 0, "confirmed"),
                ("pay", 1, 11, -50, -20, -30, "paid_outside"),
            ],
        )

    def test_in_company_currency_exactly_the_residual_of_the_due_line(self):
        document = book(
            1, "66.67", currency="USD", rate="0.91", lines=lines("33.33", "33.34"), company_residual=D("60.66")
        )
        self.check(
            [due("30.33", JAN, 0), due("30.34", FEB, 1)],
            document,
            [
                ("keep", 0, 10, D("33.33"), D("33.33"), 0, "confirmed"),
                ("keep", 1, 11, D("33.34"), D("33.34"), 0, "confirmed"),
            ],
        )

    def test_order_of_the_list_is_kept(self):
        actions = self.check(
            [due(50, MAR, 0), due(30, FEB, 1)],
            book(1, 100, lines=lines(0, 50, 50)),
            [
                ("keep", 0, 12, 50, 50, 0, "confirmed"),
                ("pay", 1, 11, 50, 30, 20, "paid_outside"),
            ],
        )
        self.assertEqual([action.reason.row for action in actions], [2, 3])


class TestSums(InstalmentCase):
    """Items that only together say what is open of a document."""

    def test_due_dates_that_the_document_does_not_have(self):
        actions = self.check(
            [due(50, JAN, 0), due(30, FEB, 1)],
            book(1, 100),
            [
                ("pay", 0, 0, 100, 80, 20, "paid_outside"),
                ("pay", 1, 0, 0, 0, 0, "instalment_summed"),
            ],
        )
        told = actions[1].reason.values
        self.assertEqual((told["balance"], told["other_row"]), (30, 2))
        self.assertEqual([action.company_reported for action in actions], [80, 0])

    def test_more_than_is_open_of_a_due_line(self):
        self.check(
            [due(20, JAN, 0), due(60, FEB, 1)],
            book(1, 100, lines=lines(50, 50)),
            [
                ("pay", 0, 0, 100, 80, 20, "paid_outside"),
                ("pay", 1, 0, 0, 0, 0, "instalment_summed"),
            ],
        )

    def test_two_due_lines_of_one_day(self):
        document = book(1, 100, lines=(*lines(50), *lines(50, first=20)))
        self.check([due(50, JAN)], document, [("pay", 0, 0, 100, 50, 50, "paid_outside")])

    def test_open_amount_and_credit_against_it(self):
        self.check(
            [due(100, JAN, 0), due(-30, JAN, 1)],
            book(1, 100),
            [
                ("pay", 0, 0, 100, 70, 30, "paid_outside"),
                ("pay", 1, 0, 0, 0, 0, "instalment_summed"),
            ],
        )

    def test_sum_is_kept(self):
        self.check(
            [due(50, JAN, 0), due(50, FEB, 1)],
            book(1, 100),
            [
                ("keep", 0, 0, 100, 100, 0, "confirmed"),
                ("keep", 1, 0, 0, 0, 0, "instalment_summed"),
            ],
        )

    def test_sum_is_reopened(self):
        result = make(
            [due(50, JAN, 0), due(30, FEB, 1)], [book(1, 0, 100, lines=lines(0, 0), payments=(paid(7, 100),))]
        )
        self.assertEqual(
            rows(result),
            [
                ("reopen", 0, 1, 0, 0, 80, 20, (7,), 0, "reopened"),
                ("reopen", 1, 1, 0, 0, 0, 0, (), 0, "instalment_summed"),
            ],
        )

    def test_sum_above_the_total(self):
        self.check(
            [due(50, JAN, 0), due(60, FEB, 1)],
            book(1, 100),
            [
                ("review", 0, 0, 100, 110, 0, "above_total"),
                ("review", 1, 0, 0, 0, 0, "instalment_summed"),
            ],
        )

    def test_sum_in_company_currency_is_converted_once(self):
        document = book(1, "100.01", currency="USD", rate="0.9")
        self.check(
            [due("45.00", JAN, 0), due("45.01", FEB, 1)],
            document,
            [
                ("keep", 0, 0, D("100.01"), D("100.01"), 0, "confirmed"),
                ("keep", 1, 0, 0, 0, 0, "instalment_summed"),
            ],
        )


class TestRepetitions(InstalmentCase):
    """Items that say the same, or contradict each other."""

    def test_same_item_of_two_files(self):
        actions = self.check(
            [due(40, JAN, 0, file="a.csv"), due(40, JAN, 3, file="b.csv")],
            book(1, 100),
            [
                ("pay", 0, 0, 100, 40, 60, "paid_outside"),
                ("skip", 1, 0, 0, 0, 0, "item_repeated"),
            ],
        )
        told = actions[1].reason
        self.assertEqual((told.file, told.row, told.values["other_row"]), ("b.csv", 5, 2))

    def test_repeated_instalments(self):
        self.check(
            [due(50, JAN, 0), due(20, FEB, 1), due(50, JAN, 2, file="b.csv")],
            book(1, 100, lines=lines(50, 50)),
            [
                ("keep", 0, 10, 50, 50, 0, "confirmed"),
                ("pay", 1, 11, 50, 20, 30, "paid_outside"),
                ("skip", 2, 0, 0, 0, 0, "item_repeated"),
            ],
        )

    def test_different_balances_of_one_due_date(self):
        self.check(
            [due(40, JAN, 0), due(60, JAN, 1)],
            book(1, 100),
            [
                ("review", 0, 0, 100, 40, 0, "document_repeated"),
                ("review", 1, 0, 100, 60, 0, "document_repeated"),
            ],
        )

    def test_settled_and_open_at_once(self):
        self.check(
            [due(0, JAN, 0), due(60, JAN, 1)],
            book(1, 100),
            [
                ("review", 0, 0, 100, 0, 0, "document_repeated"),
                ("review", 1, 0, 100, 60, 0, "document_repeated"),
            ],
        )

    def test_with_and_without_due_date(self):
        self.check(
            [due(50, None, 0), due(60, JAN, 1)],
            book(1, 120),
            [
                ("review", 0, 0, 120, 50, 0, "document_repeated"),
                ("review", 1, 0, 120, 60, 0, "document_repeated"),
            ],
        )

    def test_equal_items_that_are_each_what_is_open_are_one(self):
        told = [item("INV/1", 50, due_date=None, row=2), item("INV/1", 50, due_date=None, row=3)]
        result = make(told, [book(1, 50, 100)])
        self.assertEqual(
            [(action.type, action.reason.code, action.payment) for action in result.actions],
            [("keep", "confirmed", 0), ("skip", "item_repeated", 0)],
        )

    def test_equal_items_of_which_one_would_pay_are_a_persons_choice(self):
        told = [item("INV/1", 50, due_date=None, row=2), item("INV/1", 50, due_date=None, row=3)]
        for document in (book(1, 100), book(1, 120)):
            with self.subTest(document=document):
                self.assertEqual(
                    [(action.type, action.reason.code, action.payment) for action in make(told, [document]).actions],
                    [("review", "document_repeated", 0)] * 2,
                )

    def test_equal_items_of_a_document_with_instalments(self):
        self.check(
            [due(50, None, 0), due(50, None, 1)],
            book(1, 100, lines=lines(50, 50)),
            [
                ("review", 0, 0, 100, 50, 0, "document_repeated"),
                ("review", 1, 0, 100, 50, 0, "document_repeated"),
            ],
        )

    def test_equal_rows_of_which_one_is_all_that_is_open(self):
        self.check(
            [due(100, None, 0), due(100, None, 1)],
            book(1, 100),
            [
                ("keep", 0, 0, 100, 100, 0, "confirmed"),
                ("skip", 1, 0, 0, 0, 0, "item_repeated"),
            ],
        )

    def test_equal_rows_that_would_book_a_payment(self):
        """One of them and 50 are paid, or two and nothing is: a person knows."""
        for day in (None, JAN):
            with self.subTest(day=day):
                self.check(
                    [due(50, day, 0), due(50, day, 1)],
                    book(1, 100),
                    [
                        ("review", 0, 0, 100, 50, 0, "document_repeated"),
                        ("review", 1, 0, 100, 50, 0, "document_repeated"),
                    ],
                )

    def test_one_amount_in_a_strange_currency_stops_all(self):
        self.check(
            [due(50, JAN, 0), due(50, FEB, 1, currency="GBP")],
            book(1, 100),
            [
                ("review", 0, 0, 100, 50, 0, "currency_differs"),
                ("review", 1, 0, 100, 50, 0, "currency_differs"),
            ],
        )

    def test_one_amount_that_cannot_be_read_stops_all(self):
        broken = due(None, FEB, 5)
        result = make([due(50, JAN)], [book(1, 100, lines=lines(50, 50))], rejected=[broken])
        self.assertEqual(
            [row(action) for action in result.actions],
            [
                ("review", 0, 1, 0, 100, 50, 0, (), 0, "part_unreadable"),
                ("review", 0, 1, 0, 100, 0, 0, (), 0, "amount_unreadable"),
            ],
        )
        self.assertEqual([action.rejected for action in result.actions], [False, True])
        self.assertEqual(result.actions[0].reason.values["other_row"], 7)

    def test_items_of_a_draft(self):
        self.check(
            [due(50, JAN, 0), due(50, FEB, 1)],
            book(1, 100, state="draft"),
            [
                ("review", 0, 0, 100, 50, 0, "document_draft"),
                ("review", 1, 0, 100, 50, 0, "document_draft"),
            ],
        )
