"""External open items: made, confirmed, updated, closed, adopted."""

from datetime import date

from odoo.tests import BaseCase

from ...engine_samples import D, bill, book, external, item, make, partner, payable

LATER = date(2026, 3, 10)


class ExternalCase(BaseCase):
    maxDiff = None

    def check(self, told, externals, *expected, books=(), **values):
        """Compare (type, item, document, booked, reported, external item, reason)."""
        result = make(list(told), books, externals=externals, **values)
        found = [
            (one.type, one.item, one.book_id, one.booked, one.reported, one.external_id, one.reason.code)
            for one in result.actions
        ]
        self.assertEqual(found, list(expected))
        self.assertEqual({one.payment for one in result.actions if not one.book_id} - {0}, set())
        return result


class TestExternal(ExternalCase):
    """Items whose document Odoo doesn't know."""

    def test_new(self):
        result = self.check([item("X-1", 70)], [], ("external", 0, 0, 0, 70, 0, "external_new"))
        action = result.actions[0]
        self.assertEqual((action.partner_id, action.kind, action.currency), (1, "receivable", "EUR"))
        self.assertEqual(action.company_reported, 70)

    def test_receipt_without_number(self):
        self.check([item(None, -70)], [], ("external", 0, 0, 0, -70, 0, "external_new"))

    def test_confirmed(self):
        self.check([item("X-1", 70)], [external(5)], ("keep", 0, 0, 70, 70, 5, "external_confirmed"))

    def test_confirmed_in_another_form(self):
        self.check([item("x 001", 70)], [external(5)], ("keep", 0, 0, 70, 70, 5, "external_confirmed"))

    def test_updated(self):
        self.check([item("X-1", 30)], [external(5)], ("external", 0, 0, 70, 30, 5, "external_updated"))

    def test_other_currency_is_an_update(self):
        told = item("X-1", 70, currency="USD")
        result = self.check(
            [told], [external(5)], ("external", 0, 0, 0, 70, 5, "external_updated"), rates={"USD": D("0.9")}
        )
        self.assertEqual(result.actions[0].currency, "USD")

    def test_moved_due_date(self):
        told = item("X-1", 70, due_date=LATER)
        self.check([told], [external(5)], ("keep", 0, 0, 70, 70, 5, "external_confirmed"))

    def test_instalments_are_kept_apart(self):
        told = [item("X-1", 40), item("X-1", 30, due_date=LATER)]
        kept = [external(5, 30, due_date=LATER), external(6, 40)]
        self.check(
            told,
            kept,
            ("keep", 0, 0, 40, 40, 6, "external_confirmed"),
            ("keep", 1, 0, 30, 30, 5, "external_confirmed"),
        )

    def test_without_number_by_its_dates(self):
        told = [item(None, -70), item(None, -20, date=LATER)]
        kept = [external(5, -70, None), external(6, -99, None)]
        self.check(
            told,
            kept,
            ("keep", 0, 0, -70, -70, 5, "external_confirmed"),
            ("external", 1, 0, 0, -20, 0, "external_new"),
            ("close_external", None, 0, -99, 0, 6, "external_absent"),
        )

    def test_two_of_the_same_dates_keep_their_balances(self):
        told = [item(None, -20), item(None, -70)]
        kept = [external(5, -70, None), external(6, -20, None)]
        self.check(
            told,
            kept,
            ("keep", 0, 0, -20, -20, 6, "external_confirmed"),
            ("keep", 1, 0, -70, -70, 5, "external_confirmed"),
        )

    def test_of_another_partner(self):
        self.check(
            [item("X-1", 70)],
            [external(5, owner=2)],
            ("external", 0, 0, 0, 70, 0, "external_new"),
            ("close_external", None, 0, 70, 0, 5, "external_absent"),
        )

    def test_equal_rows_of_one_file(self):
        """Odoo knows no document that could tell whether they are one: they are two, as the list's own sum has it."""
        told = [item("X-1", 70), item("X-1", 70, row=3)]
        self.check(told, [], ("external", 0, 0, 0, 70, 0, "external_new"), ("external", 1, 0, 0, 70, 0, "external_new"))

    def test_repeated_in_another_file(self):
        told = [item("X-1", 70), item("X-1", 70, file="b.csv")]
        self.check(told, [], ("external", 0, 0, 0, 70, 0, "external_new"), ("skip", 1, 0, 0, 0, 0, "item_repeated"))

    def test_zero_balance(self):
        self.check([item("X-1", 0)], [], ("skip", 0, 0, 0, 0, 0, "zero_balance"))

    def test_zero_balance_of_a_known_one(self):
        self.check(
            [item("X-1", 0)], [external(5)], ("close_external", 0, 0, 70, 0, 5, "external_settled"), complete=False
        )

    def test_zero_balance_of_nobody(self):
        self.check([item("X-1", 0, owner="D9")], [], ("skip", 0, 0, 0, 0, 0, "zero_balance"))


class TestRate(ExternalCase):
    """External items in foreign currency."""

    def test_company_balance_of_the_file(self):
        told = item("X-1", 70, currency="USD", company_balance=D("61.50"))
        result = self.check([told], [], ("external", 0, 0, 0, 70, 0, "external_new"), rates={"USD": D("0.9")})
        self.assertEqual(result.actions[0].company_reported, D("61.50"))

    def test_rate_of_the_balance_date(self):
        told = item("X-1", "70.05", currency="USD")
        result = self.check([told], [], ("external", 0, 0, 0, D("70.05"), 0, "external_new"), rates={"USD": D("0.9")})
        action = result.actions[0]
        self.assertEqual((action.currency, action.company_reported), ("USD", D("63.05")))
        self.assertEqual(action.reason.values["rate"], D("0.9"))

    def test_no_rate(self):
        told = item("X-1", 70, currency="USD")
        self.check([told], [], ("review", 0, 0, 0, 70, 0, "no_rate"))

    def test_no_rate_leaves_the_external_item_alone(self):
        told = item("X-1", 70, currency="USD")
        self.check([told], [external(5, currency="USD")], ("review", 0, 0, 0, 70, 5, "no_rate"))


class TestClosing(ExternalCase):
    """External items that a list doesn't hold."""

    HERE = item("INV/1")
    KEPT = ("keep", 0, 1, 100, 100, 0, "confirmed")

    def rest(self, *expected, told=(), externals=None, **values):
        """Plan a list that holds INV/1 and compare what else happens."""
        externals = [external(5)] if externals is None else externals
        self.check([self.HERE, *told], externals, self.KEPT, *expected, books=[book(1, 100)], **values)

    def test_closed(self):
        self.rest(("close_external", None, 0, 70, 0, 5, "external_absent"))

    def test_incomplete_list(self):
        self.rest(complete=False)

    def test_kind_that_the_list_does_not_cover(self):
        self.rest(externals=[external(5, kind="payable")])

    def test_partner_outside_the_list(self):
        self.rest(externals=[external(5, owner=2)], scope="partners")

    def test_empty_list(self):
        self.check([], [external(5)])

    def test_mentioned_by_number(self):
        told = [item("x-1", owner="D9")]
        review = ("review", 1, 0, 0, 100, 0, "partner_unknown")
        self.rest(review, ("skip", None, 0, 70, 0, 5, "mentioned"), told=told)

    def test_mentioned_by_a_damaged_number(self):
        told = [item("1.0E+10", 12, number_unsure=True)]
        review = ("review", 1, 0, 0, 12, 0, "number_unsure")
        self.rest(review, ("skip", None, 0, 70, 0, 5, "mentioned"), told=told)

    def test_mentioned_by_a_row_that_cannot_be_read(self):
        result = make([self.HERE], [book(1, 100)], externals=[external(5)], rejected=[item("X-1", None)])
        self.assertEqual(
            [(action.type, action.reason.code) for action in result.actions],
            [("keep", "confirmed"), ("review", "amount_unreadable"), ("skip", "mentioned")],
        )

    def test_another_number_in_review_does_not_matter(self):
        told = [item("X-2", owner="D9")]
        review = ("review", 1, 0, 0, 100, 0, "partner_unknown")
        self.rest(review, ("close_external", None, 0, 70, 0, 5, "external_absent"), told=told)


class TestAdoption(ExternalCase):
    """External items whose document has appeared in Odoo."""

    def test_adopted(self):
        self.check(
            [item("INV/1", 40)],
            [external(5, 100, "INV-1")],
            ("pay", 0, 1, 100, 40, 0, "paid_outside"),
            ("adopt", None, 1, 100, 0, 5, "document_appeared"),
            books=[book(1, 100)],
        )

    def test_adopted_from_an_incomplete_list(self):
        self.check(
            [item("INV/1", 100)],
            [external(5, 100, "INV/1")],
            ("keep", 0, 1, 100, 100, 0, "confirmed"),
            ("adopt", None, 1, 100, 0, 5, "document_appeared"),
            books=[book(1, 100)],
            complete=False,
        )

    def test_bill_by_the_number_of_the_vendor(self):
        self.check(
            [payable("V-1", -100)],
            [external(5, -100, "V-1", kind="payable")],
            ("keep", 0, 1, -100, -100, 0, "confirmed"),
            ("adopt", None, 1, -100, 0, 5, "document_appeared"),
            books=[bill(1)],
            partners=(partner(1, creditor_number="C1"),),
            cover="payable",
        )

    def test_instalments_are_adopted_together(self):
        kept = [external(5, 40, "INV/1"), external(6, 60, "INV/1", due_date=LATER)]
        result = make([item("INV/1", 100)], [book(1, 100)], externals=kept)
        self.assertEqual(
            [(action.type, action.external_id) for action in result.actions], [("keep", 0), ("adopt", 5), ("adopt", 6)]
        )

    def test_draft_is_not_yet_there(self):
        self.check(
            [item("INV/1", 100)],
            [external(5, 100, "INV/1")],
            ("review", 0, 1, 100, 100, 0, "document_draft"),
            ("skip", None, 0, 100, 0, 5, "mentioned"),
            books=[book(1, 100, state="draft")],
        )

    def test_document_of_another_partner(self):
        self.check(
            [item("INV/1", 100)],
            [external(5, 100, "INV/1", owner=2)],
            ("keep", 0, 1, 100, 100, 0, "confirmed"),
            ("close_external", None, 0, 100, 0, 5, "external_absent"),
            books=[book(1, 100)],
        )
