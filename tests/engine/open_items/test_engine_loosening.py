"""Payments of this addon that people loosened from their document since: what a list makes of them."""

from odoo.tests import BaseCase

from ...engine_samples import D, bill, book, item, lines, loose, make, paid, partner, payable, rows

LISTED, HERE = item("INV/1"), book(1, 100)
GONE = loose(7, 100)


def cancelled(document, booked, *payments):
    """The cancelling of payments that settle nothing."""
    return ("cancel", None, document, 0, D(booked), 0, 0, payments or (7,), 0, "loose_cancelled")


class TestNamed(BaseCase):
    """Documents that the list names."""

    maxDiff = None

    def one(self, balance, document, *expected, told=None, **values):
        """Plan one item for one document; the first expected row is the item's, without its place."""
        result = make([told or item(f"INV/{document.id}", balance)], [document], **values)
        kind, booked, reported, payment, undo, code = expected[0]
        first = (kind, 0, document.id, 0, D(booked), D(reported), D(payment), undo, 0, code)
        self.assertEqual(rows(result), [first, *expected[1:]])
        return result

    def test_open(self):
        document = book(1, 100, payments=(GONE,))
        result = self.one(100, document, ("keep", 100, 100, 0, (), "confirmed"), cancelled(1, 100))
        told = result.actions[1].reason
        self.assertEqual((told.values["payments"], told.values["loose"]), ("P7", D(100)))

    def test_open_in_part(self):
        document = book(1, 100, payments=(GONE,))
        self.one(30, document, ("pay", 100, 30, 70, (), "paid_outside"), cancelled(1, 100))

    def test_paid(self):
        document = book(1, 100, payments=(GONE,))
        self.one(0, document, ("pay", 100, 0, 100, (), "paid_outside"), cancelled(1, 100))

    def test_settled_otherwise(self):
        document = book(1, 0, 100, payments=(GONE,))
        self.one(0, document, ("keep", 0, 0, 0, (), "confirmed"), cancelled(1, 0))

    def test_settled_otherwise_and_open_in_the_list(self):
        document = book(1, 0, 100, payments=(GONE,))
        self.one(100, document, ("review", 0, 100, 0, (), "paid_in_odoo"), cancelled(1, 0))

    def test_several(self):
        document = book(1, 100, payments=(loose(9, 60), loose(8, 40)))
        self.one(100, document, ("keep", 100, 100, 0, (), "confirmed"), cancelled(1, 100, 9, 8))

    def test_beside_one_that_stands(self):
        document = book(1, 60, 100, payments=(loose(9, 60), paid(8, 40)))
        self.one(60, document, ("keep", 60, 60, 0, (), "confirmed"), cancelled(1, 60, 9))
        self.one(80, document, ("reopen", 60, 80, 20, (8,), "reopened"), cancelled(1, 60, 9))

    def test_with_the_credit_that_it_left(self):
        document = book(1, 100, payments=(loose(7, 100, unallocated=-20),))
        self.one(-20, document, ("overpay", 100, -20, 120, (), "overpaid"), cancelled(1, 100))

    def test_bill(self):
        told = payable("V-1", -40, "C1")
        document = bill(1, -100, payments=(loose(7, -100),))
        self.one(
            -40,
            document,
            ("pay", -100, -40, -60, (), "paid_outside"),
            cancelled(1, -100),
            told=told,
            partners=(partner(1, creditor_number="C1"),),
            cover="payable",
        )

    def test_settling_a_part(self):
        document = book(1, 0, 100, payments=(loose(7, 30, settled=70),))
        self.one(0, document, ("reopen", 0, 0, 70, (7,), "loose_replaced"))
        self.one(20, document, ("reopen", 0, 20, 50, (7,), "loose_replaced"))
        self.one(70, document, ("reopen", 0, 70, 0, (7,), "loose_replaced"))
        self.one(100, document, ("review", 0, 100, 0, (), "paid_in_odoo"))

    def test_settling_a_part_beside_one_that_stands(self):
        document = book(1, 0, 100, payments=(paid(9, 20), loose(8, 30, settled=50)))
        self.one(60, document, ("reopen", 0, 60, 10, (9, 8), "loose_replaced"))

    def test_changed_by_hand(self):
        document = book(1, 100, payments=(loose(7, 100, changed=True),))
        for balance in (100, 0):
            self.one(balance, document, ("review", 100, balance, 0, (), "loose_changed"))

    def test_given_to_others_in_part(self):
        document = book(1, 100, payments=(loose(7, 40, elsewhere=True),))
        self.one(100, document, ("review", 100, 100, 0, (), "loose_elsewhere"))

    def test_changed_and_standing(self):
        document = book(1, 0, 100, payments=(paid(7, 100, changed=True),))
        self.one(0, document, ("keep", 0, 0, 0, (), "confirmed"))
        self.one(100, document, ("review", 0, 100, 0, (), "payment_changed"))

    def test_draft(self):
        document = book(1, 100, payments=(paid(7, 0, draft=True),))
        self.one(100, document, ("keep", 100, 100, 0, (), "confirmed"))
        self.one(30, document, ("review", 100, 30, 0, (), "payment_draft"))

    def test_draft_that_is_still_matched(self):
        document = book(1, 0, 100, payments=(paid(7, 100, draft=True),))
        self.one(0, document, ("review", 0, 0, 0, (), "payment_draft"))

    def test_draft_document(self):
        document = book(1, 100, state="draft", payments=(GONE,))
        self.one(100, document, ("review", 100, 100, 0, (), "document_draft"))

    def test_instalments(self):
        document = book(1, 200, payments=(loose(7, 140),), lines=lines(100, 100))
        told = [item("INV/1", 60, due_date=document.lines[1].due_date)]
        self.assertEqual(
            rows(make(told, [document])),
            [
                ("pay", 0, 1, 11, D(100), D(60), D(40), (), 0, "paid_outside"),
                cancelled(1, 200),
                ("close", None, 1, 10, D(100), 0, D(100), (), 0, "instalment_absent"),
            ],
        )


class TestAbsent(BaseCase):
    """Documents that the list doesn't hold."""

    maxDiff = None

    def absent(self, document, *expected, **values):
        result = make([LISTED], [HERE, document], **values)
        self.assertEqual(rows(result)[1:], list(expected))
        return result

    def test_open(self):
        document = book(2, 100, payments=(GONE,))
        self.absent(document, cancelled(2, 100), ("close", None, 2, 0, D(100), 0, D(100), (), 0, "absent"))

    def test_settled_otherwise(self):
        self.absent(book(2, 0, 100, payments=(GONE,)), cancelled(2, 0))

    def test_cancelled_document(self):
        self.absent(book(2, 0, 100, state="cancel", payments=(GONE,)), cancelled(2, 0))

    def test_draft_document(self):
        document = book(2, 100, state="draft", payments=(GONE,))
        self.absent(document, ("review", None, 2, 0, D(100), 0, 0, (), 0, "loose_draft"))

    def test_settling_a_part(self):
        document = book(2, 0, 100, payments=(loose(7, 30, settled=70),))
        self.absent(document, ("reopen", None, 2, 0, 0, 0, D(70), (7,), 0, "loose_absent"))

    def test_changed_by_hand(self):
        document = book(2, 0, 100, payments=(loose(7, 100, changed=True),))
        self.absent(document, ("review", None, 2, 0, 0, 0, 0, (), 0, "loose_changed"))

    def test_draft_payment(self):
        document = book(2, 100, payments=(paid(7, 0, draft=True),))
        self.absent(document, ("review", None, 2, 0, D(100), 0, 0, (), 0, "payment_draft"))
        document = book(2, 0, 100, payments=(paid(7, 100, draft=True),))
        self.absent(document, ("review", None, 2, 0, 0, 0, 0, (), 0, "payment_draft"))

    def test_list_that_is_not_complete(self):
        self.absent(book(2, 100, payments=(GONE,)), complete=False)

    def test_not_transferred(self):
        document = book(2, 100, payments=(GONE,))
        self.absent(document, ("skip", None, 2, 0, D(100), 0, 0, (), 0, "not_transferred"), uses_transfers=True)

    def test_partner_whom_the_list_does_not_name(self):
        self.absent(book(2, 100, owner=2, payments=(GONE,)), scope="partners")
