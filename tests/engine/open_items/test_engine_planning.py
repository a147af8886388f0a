"""What a plan does about documents that the list names: design.md section 4, row by row."""

from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase

from ....engine.items import Assignment
from ...engine_samples import D, bill, book, item, make, paid, partner, payable, problems, row, rows

VENDORS = (partner(1, creditor_number="C1"), partner(2, creditor_number="C2"))


class PlanningCase(BaseCase):
    """One item and one document at a time."""

    maxDiff = None

    def one(self, balance, document, expected, **values):
        """Plan one item and compare (type, booked, reported, payment, undone payments, reason)."""
        told = values.pop("told", None) or item(f"INV/{document.id}", balance)
        result = make([told], [document], **values)
        kind, booked, reported, payment, undo, code = expected
        place = (0, document.id, 0)
        self.assertEqual(
            rows(result), [(kind, *place, D(str(booked)), D(str(reported)), D(str(payment)), undo, 0, code)]
        )
        return result


class TestTable(PlanningCase):
    """One document, one item."""

    def test_same_balance(self):
        self.one(100, book(1, 100), ("keep", 100, 100, 0, (), "confirmed"))

    def test_same_balance_of_a_paid_document(self):
        self.one(0, book(1, 0, 100), ("keep", 0, 0, 0, (), "confirmed"))

    def test_part_paid_outside(self):
        self.one(40, book(1, 100), ("pay", 100, 40, 60, (), "paid_outside"))

    def test_paid_outside(self):
        self.one(0, book(1, 100), ("pay", 100, 0, 100, (), "paid_outside"))

    def test_part_paid_credit_note(self):
        self.one(-40, book(1, -100), ("pay", -100, -40, -60, (), "paid_outside"))

    def test_reason_has_what_its_sentence_needs(self):
        result = make([item("INV/1", 40)], [book(1, 100)])
        reason = result.actions[0].reason
        self.assertEqual(
            (reason.level, reason.row, dict(reason.values)),
            (
                "info",
                2,
                {"document": "INV/1", "booked": D(100), "reported": D(40), "payment": D(60), "currency": "EUR"},
            ),
        )

    def test_reopened(self):
        document = book(1, 0, 100, payments=(paid(7, 100),))
        self.one(100, document, ("reopen", 0, 100, 0, (7,), "reopened"))

    def test_reopened_in_part(self):
        document = book(1, 0, 100, payments=(paid(7, 100),))
        self.one(30, document, ("reopen", 0, 30, 70, (7,), "reopened"))

    def test_reopened_over_several_payments_newest_first(self):
        document = book(1, 10, 100, payments=(paid(9, 20), paid(8, 30), paid(7, 40)))
        self.one(55, document, ("reopen", 10, 55, 5, (9, 8), "reopened"))

    def test_reopened_exactly_by_the_newest(self):
        document = book(1, 10, 100, payments=(paid(9, 20), paid(8, 30)))
        self.one(30, document, ("reopen", 10, 30, 0, (9,), "reopened"))

    def test_paid_in_odoo(self):
        self.one(100, book(1, 40, 100), ("review", 40, 100, 0, (), "paid_in_odoo"))

    def test_payments_of_the_addon_explain_too_little(self):
        document = book(1, 10, 100, payments=(paid(9, 20),))
        self.one(40, document, ("review", 10, 40, 0, (), "paid_in_odoo"))

    def test_above_total(self):
        self.one(120, book(1, 100), ("review", 100, 120, 0, (), "above_total"))

    def test_reopening_of_a_payment_used_elsewhere(self):
        document = book(1, 0, 100, payments=(paid(9, 100, 0, True),))
        self.one(50, document, ("review", 0, 50, 0, (), "credit_used"))

    def test_overpaid(self):
        self.one(-20, book(1, 100), ("overpay", 100, -20, 120, (), "overpaid"))

    def test_overpaid_after_it_was_settled(self):
        self.one(-20, book(1, 0, 100), ("overpay", 0, -20, 20, (), "overpaid"))

    def test_draft(self):
        self.one(40, book(1, 100, state="draft"), ("review", 100, 40, 0, (), "document_draft"))

    def test_cancelled(self):
        self.one(100, book(1, 0, 100, state="cancel"), ("review", 0, 100, 0, (), "document_cancelled"))

    def test_cancelled_and_reported_as_settled(self):
        self.one(0, book(1, 0, 100, state="cancel"), ("review", 0, 0, 0, (), "document_cancelled"))

    def test_review_tells_document_and_partner(self):
        result = make([item("INV/2")], [book(2, 100, owner=2)])
        action = result.actions[0]
        self.assertEqual(row(action), ("review", 0, 0, 0, 100, 100, 0, (), 0, "number_other_partner"))
        self.assertEqual((action.partner_id, action.suggestion), (1, Assignment(2, 2)))

    def test_document_assigned_by_a_person(self):
        books = [book(2, 100, owner=2)]
        result = make([item("INV/2", 30)], books, assigned={0: Assignment(0, 2)})
        self.assertEqual(rows(result), [("pay", 0, 2, 0, 100, 30, 70, (), 0, "paid_outside")])

    def test_document_of_an_item_in_review_is_not_closed(self):
        result = make([item("INV/2")], [book(2, 100, owner=2)])
        self.assertEqual(len(result.actions), 2)
        self.assertEqual(row(result.actions[1]), ("skip", None, 2, 0, 100, 0, 0, (), 0, "mentioned"))


class TestTolerance(PlanningCase):
    """Cents that are not worth a payment."""

    def test_none_by_default(self):
        self.one("99.99", book(1, 100), ("pay", 100, "99.99", "0.01", (), "paid_outside"))

    def test_up_to_it_nothing_is_booked(self):
        expected = ("keep", 100, "99.95", 0, (), "within_tolerance")
        self.one("99.95", book(1, 100), expected, tolerance=D("0.05"))

    def test_above_it(self):
        self.one("99.94", book(1, 100), ("pay", 100, "99.94", "0.06", (), "paid_outside"), tolerance=D("0.05"))

    def test_reopened_as_far_as_it_goes(self):
        document = book(1, 0, 100, payments=(paid(7, 100),))
        self.one("100.02", document, ("reopen", 0, "100.02", 0, (7,), "reopened"), tolerance=D("0.05"))


class TestOverpayment(PlanningCase):
    """Documents that this addon overpaid before."""

    def document(self, *payments):
        return book(1, 0, 100, payments=payments)

    def test_same_credit_again(self):
        document = self.document(paid(7, 100, -20))
        self.one(-20, document, ("keep", 0, -20, 0, (), "confirmed_credit"))

    def test_more_credit(self):
        document = self.document(paid(7, 100, -20))
        self.one(-50, document, ("reopen", 0, -50, 150, (7,), "reopened"))

    def test_credit_gone(self):
        document = self.document(paid(7, 100, -20))
        self.one(0, document, ("reopen", 0, 0, 100, (7,), "reopened"))

    def test_open_again(self):
        document = self.document(paid(8, 40, -20), paid(7, 60))
        self.one(90, document, ("reopen", 0, 90, 10, (8, 7), "reopened"))

    def test_open_again_in_part(self):
        document = self.document(paid(9, 0, -5), paid(8, 40, -20), paid(7, 60))
        self.one(30, document, ("reopen", 0, 30, 10, (9, 8), "reopened"))

    def test_newer_payment_than_the_overpaying_one(self):
        document = self.document(paid(9, 30), paid(8, 40, -20), paid(7, 30))
        self.one(60, document, ("reopen", 0, 60, 10, (9, 8), "reopened"))

    def test_more_open_than_its_payments_explain(self):
        document = self.document(paid(7, 40, -20))
        self.one(70, document, ("review", 0, 70, 0, (), "paid_in_odoo"))

    def test_credit_used_elsewhere(self):
        document = self.document(paid(7, 100, 0, True))
        self.one(-20, document, ("review", 0, -20, 0, (), "credit_used"))

    def test_credit_used_in_part(self):
        document = self.document(paid(7, 100, -5, True))
        self.one(-20, document, ("review", 0, -20, 0, (), "credit_used"))

    def test_credit_used_as_the_list_says(self):
        document = self.document(paid(7, 100, -5, True))
        self.one(-5, document, ("keep", 0, -5, 0, (), "confirmed_credit"))


class TestCurrency(PlanningCase):
    """Amounts in the document's and in company currency; one dollar is 0.90 at the document's own rate."""

    def dollars(self, residual, total=None, **values):
        return book(1, residual, total, currency="USD", rate="0.9", **values)

    def test_in_the_currency_of_the_document(self):
        told = item("INV/1", 40, currency="USD", company_balance=D("35.10"))
        result = self.one(40, self.dollars(100), ("pay", 100, 40, 60, (), "paid_outside"), told=told)
        self.assertEqual((result.actions[0].currency, result.actions[0].company_reported), ("USD", D("35.10")))

    def test_in_company_currency_by_the_rate_of_the_document(self):
        result = self.one(45, self.dollars(100), ("pay", 100, 50, 50, (), "paid_outside"), rates={"USD": D("0.5")})
        self.assertEqual((result.actions[0].currency, result.actions[0].company_reported), ("USD", D(45)))

    def test_rounded_half_up(self):
        self.one("33.33", self.dollars(100), ("pay", 100, "37.03", "62.97", (), "paid_outside"))

    def test_open_in_company_currency_is_exactly_the_residual(self):
        document = replace(self.dollars(50, 100), company_residual=D("45.01"))
        self.one("45.01", document, ("keep", 50, 50, 0, (), "confirmed"))

    def test_currency_without_cents(self):
        document = book(1, 10000, currency="JPY", company_total=D("61.35"), company_residual=D("61.35"))
        self.one("30.67", document, ("pay", 10000, 4999, 5001, (), "paid_outside"))

    def test_named_company_currency(self):
        told = item("INV/1", 45, currency="EUR")
        self.one(45, self.dollars(100), ("pay", 100, 50, 50, (), "paid_outside"), told=told)

    def test_third_currency_with_company_balance(self):
        told = item("INV/1", 40, currency="GBP", company_balance=D(45))
        self.one(40, self.dollars(100), ("pay", 100, 50, 50, (), "paid_outside"), told=told)

    def test_third_currency_without_company_balance(self):
        told = item("INV/1", 40, currency="GBP")
        result = self.one(40, self.dollars(100), ("review", 100, 40, 0, (), "currency_differs"), told=told)
        self.assertEqual(result.actions[0].reason.values["reported_currency"], "GBP")

    def test_no_rate_of_its_own(self):
        document = replace(self.dollars(100), company_total=D(0), company_residual=D(0))
        self.one(45, document, ("review", 100, 45, 0, (), "no_rate"))

    def test_list_that_names_no_currency(self):
        expected = ("pay", 100, 50, 50, (), "paid_outside")
        result = self.one(45, self.dollars(100), expected, names_currency=False)
        self.assertEqual(problems(result), [("warning", "currency_not_named")])
        self.assertEqual(result.problems[0].values, {"count": 1})

    def test_unnamed_amount_that_is_the_residual(self):
        expected = ("review", 100, 100, 0, (), "currency_ambiguous")
        result = self.one(100, self.dollars(100), expected, names_currency=False)
        self.assertEqual(problems(result), [])

    def test_unnamed_amount_that_is_the_total(self):
        expected = ("review", 50, 100, 0, (), "currency_ambiguous")
        self.one(100, self.dollars(50, 100), expected, names_currency=False)

    def test_unnamed_amounts_beside_others_in_foreign_currency(self):
        second = replace(self.dollars(80), id=2, name="INV/2")
        result = make([item("INV/1", 100), item("INV/2", 45)], [self.dollars(100), second], names_currency=False)
        self.assertEqual(
            rows(result),
            [
                ("review", 0, 1, 0, 100, 100, 0, (), 0, "currency_ambiguous"),
                ("review", 1, 2, 0, 80, 45, 0, (), 0, "currency_ambiguous"),
            ],
        )

    def test_unnamed_amount_of_a_document_in_company_currency(self):
        result = self.one(100, book(1, 100), ("keep", 100, 100, 0, (), "confirmed"), names_currency=False)
        self.assertEqual(problems(result), [])


class TestPayables(PlanningCase):
    """Bills, and lists whose sign nobody told."""

    def plan(self, items, books, **values):
        return make(items, books, VENDORS, **{"cover": "payable", "payables_sign": "assumed", **values})

    def test_bill_paid_in_part(self):
        result = self.plan([payable("V-1", -40)], [bill(1, -100)], payables_sign="ledger")
        self.assertEqual(rows(result), [("pay", 0, 1, 0, -100, -40, -60, (), 0, "paid_outside")])

    def test_assumed_right(self):
        result = self.plan([payable("V-1", -40)], [bill(1, -100)])
        self.assertEqual(rows(result), [("pay", 0, 1, 0, -100, -40, -60, (), 0, "paid_outside")])
        self.assertEqual(problems(result), [])

    def test_turned(self):
        told = [payable("V-1", 40, company_balance=D(40)), payable("X-9", 15, date=date(2026, 1, 5))]
        result = self.plan(told, [bill(1, -100)])
        self.assertEqual(
            rows(result),
            [
                ("pay", 0, 1, 0, -100, -40, -60, (), 0, "paid_outside"),
                ("external", 1, 0, 0, 0, -15, 0, (), 0, "external_new"),
            ],
        )
        self.assertEqual(problems(result), [("info", "payables_sign_turned")])

    def test_turned_look_alike(self):
        told = [payable("V-1", 40), payable("X-72", 70)]
        books = [bill(1, -100), bill(2, -70, reference="V-72")]
        result = self.plan(told, books)
        self.assertEqual(
            [(action.type, action.reason.code) for action in result.actions],
            [("pay", "paid_outside"), ("review", "looks_like"), ("skip", "mentioned")],
        )

    def test_majority_decides_and_the_rest_is_reviewed(self):
        told = [payable("V-1", -100), payable("V-2", -100), payable("V-3", -50)]
        books = [bill(1), bill(2, reference="V-2"), bill(3, 50, reference="V-3")]
        result = self.plan(told, books)
        self.assertEqual(rows(result)[2:], [("review", 2, 3, 0, 50, -50, 0, (), 0, "sign_opposite")])

    def test_paid_bills_tell_it_by_their_total(self):
        result = self.plan([payable("V-1", 40)], [bill(1, 0, -100)])
        self.assertEqual(problems(result), [("info", "payables_sign_turned")])

    def test_nothing_to_tell_it_by(self):
        result = self.plan([payable("X-1", -40)], [])
        self.assertEqual(problems(result), [("stop", "payables_sign_unknown")])

    def test_as_many_for_as_against(self):
        told = [payable("V-1", -100), payable("V-2", 100)]
        result = self.plan(told, [bill(1), bill(2, reference="V-2")])
        self.assertEqual(problems(result), [("stop", "payables_sign_unknown")])

    def test_told_sign_is_never_turned(self):
        result = self.plan([payable("V-1", 40)], [bill(1, -100)], payables_sign="ledger")
        self.assertEqual(rows(result), [("overpay", 0, 1, 0, -100, 40, -140, (), 0, "overpaid")])

    def test_credit_note_in_a_list_without_signs(self):
        self.one(50, book(1, -50), ("review", -50, 50, 0, (), "sign_opposite"))

    def test_invoice_paid_twice(self):
        self.one(-50, book(1, 50), ("overpay", 50, -50, 100, (), "overpaid"))

    def test_customers_are_not_turned(self):
        result = make([item("INV/1", 40)], [book(1, 100)], payables_sign="assumed", cover="both")
        self.assertEqual(problems(result), [])


class TestBothKinds(PlanningCase):
    """Lists of receivables and payables whose rows don't tell which."""

    def test_kind_comes_from_the_document(self):
        known = (partner(1, creditor_number="D1"),)
        told = [item("INV/1", 40, kind=None), item("V-2", -30, kind=None)]
        result = make(told, [book(1, 100), bill(2, -100, reference="V-2")], known, cover="both")
        self.assertEqual(
            rows(result),
            [
                ("pay", 0, 1, 0, 100, 40, 60, (), 0, "paid_outside"),
                ("pay", 1, 2, 0, -100, -30, -70, (), 0, "paid_outside"),
            ],
        )
        self.assertEqual([action.kind for action in result.actions], ["receivable", "payable"])

    def test_cover_of_a_list_that_does_not_tell_it(self):
        told = item("X-1", 15, owner=None, partner_name="Azure Interior", kind=None, date=date(2026, 1, 5))
        result = make([item("INV/1", 100, kind=None), told], [book(1, 100)], cover=None)
        self.assertEqual(
            rows(result),
            [
                ("keep", 0, 1, 0, 100, 100, 0, (), 0, "confirmed"),
                ("external", 1, 0, 0, 0, 15, 0, (), 0, "external_new"),
            ],
        )
        self.assertEqual((result.cover, problems(result)), ("receivable", [("info", "cover_concluded")]))

    def test_cover_that_cannot_be_told_closes_nothing(self):
        known = (partner(1, creditor_number="D1"),)
        told = [item("INV/1", 100, kind=None), item("V-2", -100, kind=None)]
        books = [book(1, 100), bill(2, -100, reference="V-2"), book(3, 50)]
        result = make(told, books, known, cover=None)
        self.assertEqual([action.type for action in result.actions], ["keep", "keep"])
        self.assertEqual((result.cover, problems(result)), (None, [("stop", "cover_unknown")]))
