"""Whom and what rows of a list of opening documents name: partners, currencies and rates, taxes and other records."""

from dataclasses import replace
from datetime import timedelta

from ....engine import Assignment, BookPartner, BookTax, Named
from ...engine_samples import DAY, DUE, D, partner
from ...opening_samples import DIRECTORY, LATER, OpeningCase, bill, make, row, told


class TestPartners(OpeningCase):
    """Whom rows mean."""

    def test_by_the_numbers_of_their_side(self):
        partners = [BookPartner(1, "Sold", debtor_number="100"), BookPartner(2, "Bought", creditor_number="100")]
        items = [told(owner="100"), bill(owner="100"), told(None, None, -1, owner="100", type="receipt")]
        self.assertEqual([action.partner_id for action in make(items, partners=partners).actions], [1, 2, 1])

    def test_any_partner_may_be_used_for_both(self):
        partners = [BookPartner(1, "Sold", debtor_number="100", ref="R1")]
        items = [bill(owner="R1"), bill("B-2", owner=None, partner_name="Sold")]
        self.assertEqual([action.partner_id for action in make(items, partners=partners).actions], [1, 1])

    def test_nobody(self):
        self.reasons([told(owner=None)], ("review", "partner_missing"))
        self.reasons([told(owner="D9", partner_name="New")], ("review", "partner_unknown"))

    def test_several(self):
        partners = [BookPartner(1, "Twin"), BookPartner(2, "Twin")]
        action = make([told(owner=None, partner_name="Twin")], partners=partners, creates_partners=True).actions[0]
        self.assertEqual((action.type, action.reason.code, action.new_partner), ("review", "partner_ambiguous", ""))
        self.assertEqual(dict(action.reason.values), {"partner": "Twin", "number": "R-1", "names": "Twin, Twin"})

    def test_number_and_vat_of_different_partners(self):
        partners = [partner(1), partner(2, vat="BE1")]
        self.reasons(
            [told(partner_vat="BE1")], ("review", "partner_conflict"), partners=partners, creates_partners=True
        )

    def test_number_and_name_of_different_partners(self):
        action = make([told(partner_name="Deco Addict")]).actions[0]
        self.assertEqual((action.reason.code, action.suggestion), ("partner_conflict", Assignment(1)))

    def test_partner_of_that_name_has_another_number(self):
        action = make([told(owner="D9", partner_name="Deco Addict")], creates_partners=True).actions[0]
        self.assertEqual((action.type, action.reason.code), ("review", "partner_number_differs"))
        self.assertEqual(action.suggestion, Assignment(2))

    def test_partner_of_that_name_has_no_number(self):
        partners = [BookPartner(2, "Deco Addict")]
        self.assertEqual(make([told(partner_name="Deco Addict")], partners=partners).actions[0].partner_id, 2)

    def test_assigned_partner_beats_all(self):
        self.assertEqual(make([told()], assigned={0: Assignment(3)}).actions[0].partner_id, 3)

    def test_assigned_for_the_whole_document(self):
        items = [told(owner="D9"), told(owner="D9", due_date=LATER), told("R-2", owner="D9")]
        self.check(
            make(items, assigned={1: Assignment(3)}),
            ("create", 0, 1, 3, 100, 100, 0, "opening_new"),
            ("create", 1, 1, 3, 100, 100, 0, "opening_new"),
            ("review", 2, 2, 0, 100, 100, 0, "partner_unknown"),
        )


class TestNewPartners(OpeningCase):
    """Partners that are created."""

    def keys(self, *items):
        """Return the keys of the new partners."""
        return [action.new_partner for action in make(items, creates_partners=True).actions]

    def test_reason(self):
        action = make([told(owner="D9", partner_name="New", open_=30)], creates_partners=True).actions[0]
        self.assertEqual(row(action), ("create", 0, 1, 0, 100, 30, 70, "opening_new_partner"))
        values = {"total": D(100), "open": D(30), "paid": D(70), "partner": "D9 New"}
        self.assertEqual(dict(action.reason.values), values)

    def test_key_is_number_vat_email_or_name(self):
        base = told("1", owner="D9", partner_name="New  One", partner_vat="BE 0.1", partner_email="A@b.example")
        items = [base]
        items.append(replace(base, number="2", partner_number=None))
        items.append(replace(items[-1], number="3", partner_vat=None))
        items.append(replace(items[-1], number="4", partner_email=None))
        self.assertEqual([self.keys(item) for item in items], [["D9"], ["be01"], ["a@b.example"], ["new one"]])

    def test_one_key_for_rows_of_one_partner(self):
        item = told(owner="D9", partner_name="New")
        self.assertEqual(self.keys(item, replace(item, number="R-2", partner_name="NEW")), ["D9", "D9"])

    def test_rows_of_one_document(self):
        items = [told(owner="D9", partner_name="New"), told(owner="D9", partner_name="New", due_date=LATER)]
        result = make(items, creates_partners=True)
        self.assertEqual([action.document for action in result.actions], [1, 1])

    def test_without_name(self):
        self.reasons([told(owner="D9")], ("review", "partner_unknown"), creates_partners=True)

    def test_one_number_with_two_names(self):
        items = [told(owner="D9", partner_name="One"), told("R-2", owner="D9", partner_name="Other")]
        result = self.reasons(
            items, ("review", "new_partner_names"), ("review", "new_partner_names"), creates_partners=True
        )
        self.assertEqual(result.actions[0].reason.values["names"], "One, Other")

    def test_customer_and_vendor_of_one_name_are_one(self):
        self.assertEqual(self.keys(told(owner="9", partner_name="N"), bill(owner="9", partner_name="n")), ["9", "9"])

    def test_customer_and_vendor_of_one_number_are_two(self):
        self.assertEqual(
            self.keys(told(owner="9", partner_name="One"), bill(owner="9", partner_name="Two")), ["9", "9 two"]
        )


class TestCurrencies(OpeningCase):
    """Amounts in company currency."""

    def totals(self, *items, **values):
        """Return what the documents come to in company currency."""
        result = make(items, **values)
        self.assertEqual({action.type for action in result.actions}, {"create"}, result.actions)
        return [action.company_total for action in result.actions]

    def test_company_currency(self):
        self.assertEqual(self.totals(told(), told("R-2", currency="EUR", rate=D(1), company_total=D(100))), [100, 100])

    def test_amount_given(self):
        self.assertEqual(self.totals(told(currency="USD", company_total=D("91.23"))), [D("91.23")])

    def test_rate_given(self):
        self.assertEqual(self.totals(told(currency="USD", rate=D("0.91237"))), [D("91.24")])

    def test_rate_of_the_date(self):
        self.assertEqual(self.totals(told(currency="USD")), [90])

    def test_rates_of_two_dates(self):
        rates = {("USD", DAY): D("0.9"), ("USD", DUE): D("0.8")}
        items = [told(currency="USD"), told("R-2", currency="USD", date=DUE)]
        self.assertEqual(self.totals(*items, directory=replace(DIRECTORY, rates=rates)), [90, 80])

    def test_no_rate(self):
        result = self.reasons([told(currency="USD", date=DUE)], ("review", "no_rate_on"))
        values = {"partner": "D1", "number": "R-1", "currency": "USD", "date": DUE}
        self.assertEqual(dict(result.actions[0].reason.values), values)

    def test_currency_that_is_not_active(self):
        self.reasons([told(currency="CHF", rate=D(1))], ("review", "currency_unknown"))

    def test_amount_and_rate_agree_but_for_printed_digits(self):
        self.assertEqual(self.totals(told(currency="USD", rate=D("0.91"), company_total=D("91.40"))), [D("91.40")])

    def test_amount_and_rate_differ(self):
        items = [told(currency="USD", rate=D("0.91"), company_total=D(92)), told("R-2", rate=D("1.1"))]
        self.reasons(items, ("review", "rate_differs"), ("review", "rate_differs"))
        self.reasons([told(company_total=D("100.01"))], ("review", "rate_differs"))

    def test_sign_of_the_amount(self):
        for amount in (-91, 0):
            with self.subTest(amount):
                items = [told(currency="USD", company_total=D(amount))]
                self.reasons(items, ("review", "company_sign_differs"))

    def test_inverted_rate(self):
        item = told(total=10000, currency="JPY")
        action = make([replace(item, rate=D(160))]).actions[0]
        self.assertEqual(
            (action.type, action.reason.code, dict(action.reason.values)),
            (
                "review",
                "rate_inverted",
                {"partner": "D1", "number": "R-1", "rate": "160", "known": "0.0061", "currency": "JPY", "date": DAY},
            ),
        )
        self.reasons([replace(item, company_total=D(1600000))], ("review", "rate_inverted"))

    def test_rates_that_only_changed(self):
        self.assertEqual(self.totals(told(currency="USD", rate=D("0.8"))), [80])
        self.assertEqual(self.totals(told(currency="JPY", rate=D("0.0036"), total=1000)), [D("3.60")])

    def test_instalments_lose_no_cent(self):
        rate = D("0.87333")
        items = [told(currency="USD", rate=rate, due_date=DUE + timedelta(at)) for at in range(3)]
        self.assertEqual(self.totals(*items), [D("87.33"), D("87.33"), D("87.34")])

    def test_instalments_one_of_which_gives_its_amount(self):
        items = [
            told(total="33.33", currency="USD"),
            told(total="33.33", currency="USD", due_date=LATER, company_total=D("29.99")),
            told(total="33.34", currency="USD", due_date=DAY),
        ]
        self.assertEqual(self.totals(*items), [D("30.00"), D("29.99"), D("30.00")])

    def test_rate_of_one_row_is_the_document_s(self):
        items = [told(currency="USD"), told(currency="USD", due_date=LATER, rate=D("0.95"))]
        self.assertEqual(self.totals(*items), [95, 95])

    def test_two_rates_of_one_document(self):
        items = [told(currency="USD", rate=D("0.9")), told(currency="USD", due_date=LATER, rate=D("0.95"))]
        self.reasons(items, ("review", "opening_rows_differ"), ("review", "opening_rows_differ"))


class TestNames(OpeningCase):
    """Taxes, analytic accounts, salespersons and payment terms."""

    def tax(self, name, item=None, **values):
        """Return type, reason and tax of a row whose tax is booked."""
        item = replace(item or told(total=121, tax=D(21)), tax_name=name)
        action = make([item], **{"books_tax": True, **values}).actions[0]
        return action.type, action.reason.code, action.tax_id

    def test_tax_by_name_or_id(self):
        self.assertEqual(self.tax("21%"), ("create", "opening_new", 7))
        self.assertEqual(self.tax("7"), ("create", "opening_new", 7))
        self.assertEqual(self.tax("11"), ("create", "opening_new", 11))

    def test_tax_of_the_other_use(self):
        partners = [partner(1, creditor_number="C1")]
        self.assertEqual(self.tax("21%", bill(tax=D(-21)), partners=partners), ("create", "opening_new", 8))
        self.assertEqual(self.tax("8"), ("review", "tax_unknown", 0))
        self.assertEqual(self.tax("exempt"), ("review", "tax_unknown", 0))

    def test_tax_that_cannot_be_told(self):
        self.assertEqual(self.tax("19%"), ("review", "tax_unknown", 0))
        self.assertEqual(self.tax("6%"), ("review", "tax_ambiguous", 0))
        self.assertEqual(self.tax("21% eu"), ("review", "tax_other_country", 0))

    def test_home_tax_among_others_of_its_name(self):
        taxes = (*DIRECTORY.taxes, BookTax(30, "21%", "sale", is_home=False))
        self.assertEqual(self.tax("21%", directory=replace(DIRECTORY, taxes=taxes)), ("create", "opening_new", 7))

    def test_amount_of_tax_without_tax(self):
        self.assertEqual(self.tax(None), ("review", "tax_missing", 0))
        self.assertEqual(self.tax(None, told(tax=D(0))), ("create", "opening_new", 0))
        self.assertEqual(self.tax(None, books_tax=False), ("create", "opening_new", 0))

    def test_tax_that_is_not_booked_does_not_matter(self):
        self.assertEqual(self.tax("19%", books_tax=False), ("create", "opening_new", 0))
        self.assertEqual(self.tax("21%", books_tax=False), ("create", "opening_new", 0))

    def test_strict_lists_name_a_tax_of_the_books(self):
        item = told(total=121, tax=D(21), strict=True)
        self.assertEqual(self.tax("99", item, books_tax=False), ("review", "tax_unknown", 0))
        self.assertEqual(self.tax("9", item, books_tax=False), ("review", "tax_other_country", 0))
        self.assertEqual(self.tax("7", item, books_tax=False), ("create", "opening_new", 0))
        self.assertEqual(self.tax("7", item), ("create", "opening_new", 7))

    def test_names_that_cannot_be_told(self):
        twice = replace(DIRECTORY, salespersons=(Named(1, ("A",)), Named(2, ("a",))), payment_terms=())
        for name, text, directory, code in (
            ("analytic", "West", DIRECTORY, "analytic_unknown"),
            ("analytic", "South", DIRECTORY, "analytic_ambiguous"),
            ("salesperson", "Nobody", DIRECTORY, "salesperson_unknown"),
            ("salesperson", "A", twice, "salesperson_ambiguous"),
            ("payment_terms", "5", twice, "payment_terms_unknown"),
        ):
            with self.subTest(code):
                result = self.reasons([told(**{name: text})], ("review", code), directory=directory)
                values = {"partner": "D1", "number": "R-1", "text": text}
                self.assertEqual(dict(result.actions[0].reason.values), values)

    def test_code_before_id(self):
        directory = replace(DIRECTORY, analytics=(Named(40, ("North", "41")), Named(41, ("South", "7"))))
        items = [told(analytic="41"), told("R-2", analytic="40")]
        self.assertEqual([action.analytic_id for action in make(items, directory=directory).actions], [40, 40])
