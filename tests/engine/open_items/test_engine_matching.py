"""Which partner and document a reported item means."""

from dataclasses import replace
from datetime import date

from ...engine_samples import MatchingCase, bill, book, item, partner, payable


class TestPartner(MatchingCase):
    """Whom the list names."""

    def test_debtor_number(self):
        self.check(item("X-1", owner="D2"), [], ("receivable", 2, 0, "", (0, 0), set()))

    def test_debtor_number_without_case_blanks_and_zeros(self):
        known = (partner(1, debtor_number="00815 a"),)
        self.check(item("X-1", owner=" 0815A"), [], ("receivable", 1, 0, "", (0, 0), set()), known)

    def test_debtor_number_as_it_is_comes_first(self):
        known = (partner(1, debtor_number="0042"), partner(2, debtor_number="42"))
        self.check(item("X-1", owner="42"), [], ("receivable", 2, 0, "", (0, 0), set()), known)

    def test_creditor_number_for_payables(self):
        known = (partner(1, debtor_number="70"), partner(2, creditor_number="70"))
        self.check(payable("X-1", owner="70"), [], ("payable", 2, 0, "", (0, 0), set()), known)

    def test_reference(self):
        known = (partner(1, debtor_number=None, ref="K7"),)
        self.check(item("X-1", owner="k7"), [], ("receivable", 1, 0, "", (0, 0), set()), known)

    def test_vat(self):
        known = (partner(1, vat="BE0477472701"), partner(2))
        told = item("X-1", owner=None, partner_vat="be 0477.472.701")
        self.check(told, [], ("receivable", 1, 0, "", (0, 0), set()), known)

    def test_email(self):
        known = (partner(1, email="Ap@Azure.example"), partner(2))
        told = item("X-1", owner=None, partner_email="ap@azure.example")
        self.check(told, [], ("receivable", 1, 0, "", (0, 0), set()), known)

    def test_name(self):
        told = item("X-1", owner=None, partner_name="azure  INTERIOR ")
        self.check(told, [], ("receivable", 1, 0, "", (0, 0), set()))

    def test_part_of_a_name_is_nobody(self):
        told = item("X-1", owner=None, partner_name="Azure")
        self.check(told, [], ("receivable", 0, 0, "partner_unknown", (0, 0), set()))

    def test_contact_counts_as_its_company(self):
        known = (partner(1), partner(1, name="Brandon Freeman", debtor_number=None, email="b@azure.example"))
        told = item("X-1", owner=None, partner_email="b@azure.example")
        self.check(told, [], ("receivable", 1, 0, "", (0, 0), set()), known)

    def test_number_comes_before_name(self):
        told = item("INV/2", owner="D2", partner_name="Azure Interior")
        self.found(told, [book(2, owner=2)], 2)

    def test_order_set_by_the_source(self):
        known = (partner(1, ref="70"), partner(2, debtor_number="70"))
        keys = ("ref", "number")
        self.check(item("X-1", owner="70"), [], ("receivable", 1, 0, "", (0, 0), set()), known, partner_keys=keys)

    def test_key_left_out_by_the_source(self):
        told = item("X-1", owner=None, partner_name="Azure Interior")
        expected = ("receivable", 0, 0, "partner_unknown", (0, 0), set())
        self.check(told, [], expected, partner_keys=("number",))

    def test_two_of_one_name(self):
        known = (partner(1), partner(2, name="Azure Interior"))
        told = item("X-1", owner=None, partner_name="Azure Interior")
        found = self.check(told, [], ("receivable", 0, 0, "partner_ambiguous", (0, 0), set()), known)
        self.assertEqual(found.reason.values["names"], "Azure Interior, Azure Interior")

    def test_two_of_one_name_told_apart_by_another_key(self):
        known = (partner(1, email="a@x.example"), partner(2, email="a@x.example", name="Azure Interior"), partner(3))
        told = item("X-1", owner=None, partner_email="a@x.example", partner_name="Azure Interior")
        known = (known[0], replace(known[1], name="Deco"), known[2])
        self.check(told, [], ("receivable", 1, 0, "", (0, 0), set()), known)

    def test_two_of_one_name_told_apart_by_the_document(self):
        known = (partner(1), partner(2, name="Azure Interior"))
        told = item("INV/2", owner=None, partner_name="Azure Interior")
        self.found(told, [book(1), book(2, owner=2)], 2, partners=known)

    def test_two_of_one_name_with_the_same_number(self):
        known = (partner(1, creditor_number="C1"), partner(2, creditor_number="C1"))
        expected = ("payable", 0, 0, "partner_ambiguous", (0, 0), {1, 2})
        self.check(payable(), [bill(1), bill(2, owner=2)], expected, known)

    def test_two_partners_protect_what_looks_like_the_item(self):
        known = (partner(1), partner(2, name="Azure Interior"))
        told = item(None, owner=None, partner_name="Azure Interior")
        expected = ("receivable", 0, 0, "partner_ambiguous", (0, 0), {2})
        self.check(told, [book(1, 50, date=date(2026, 1, 1), due_date=None), book(2, owner=2)], expected, known)

    def test_number_against_vat(self):
        known = (partner(1), partner(2, vat="BE0477472701"))
        told = item("INV/1", partner_vat="BE0477472701")
        self.check(told, [book(1)], ("receivable", 0, 0, "partner_conflict", (1, 1), {1}), known)

    def test_number_against_name_is_a_conflict_without_document(self):
        told = item("X-1", partner_name="Deco Addict")
        self.check(told, [], ("receivable", 0, 0, "partner_conflict", (1, 0), set()))

    def test_unknown_partner(self):
        told = item("X-1", owner="D9")
        found = self.check(told, [], ("receivable", 0, 0, "partner_unknown", (0, 0), set()))
        self.assertEqual(dict(found.reason.values), {"number": "X-1", "partner": "D9"})

    def test_unknown_partner_with_a_known_document(self):
        told = item("INV/1", owner="D9")
        self.check(told, [book(1)], ("receivable", 0, 0, "partner_unknown", (1, 1), {1}))

    def test_unknown_partner_with_a_number_of_two(self):
        expected = ("payable", 0, 0, "partner_unknown", (0, 0), {1, 2})
        self.check(payable(owner="C9"), [bill(1), bill(2, owner=2)], expected)

    def test_unknown_partner_protects_what_looks_like_the_item(self):
        told = item("R-042", owner="D9", date=date(2026, 1, 15))
        books = [book(1, name="INV/2026/00042"), book(2, name="INV/2026/00043")]
        self.check(told, books, ("receivable", 0, 0, "partner_unknown", (0, 0), {1}))


class TestNumber(MatchingCase):
    """Which document the number means."""

    def test_name(self):
        self.found(item("INV/1"), [book(1), book(2)], 1)

    def test_blanks_around_it(self):
        self.found(item(" INV/1 "), [book(1)], 1)

    def test_reference_of_an_invoice(self):
        self.found(item("PO-9"), [book(1, reference="PO-9")], 1)

    def test_payment_reference(self):
        self.found(item("RF18"), [book(1, payment_reference="RF18")], 1)

    def test_name_of_an_invoice_comes_before_a_reference(self):
        self.found(item("INV/1"), [book(2, reference="INV/1"), book(1)], 1)

    def test_reference_of_a_bill_comes_before_a_name(self):
        known = (partner(1, creditor_number="C1"),)
        self.found(payable("BILL/1"), [bill(1), bill(2, reference="BILL/1")], 2, partners=known)

    def test_separators_case_and_zeros(self):
        for number in ("inv 2026-42", "INV2026/042", "INV.2026.00042", "inv_2026_42"):
            with self.subTest(number):
                self.found(item(number), [book(1, name="INV/2026/00042")], 1)

    def test_no_separators(self):
        self.found(item("INV202600042"), [book(1, name="INV/2026/00042")], 1)

    def test_leading_zeros_lost(self):
        known = (partner(1, creditor_number="C1"),)
        self.found(payable("815"), [bill(1, reference="00815")], 1, partners=known)

    def test_moved_separator_is_another_number(self):
        told = item("2026-1-11", 77, date=date(2026, 1, 11))
        self.check(told, [book(1, name="2026-11-1")], ("receivable", 1, 0, "", (0, 0), set()))

    def test_zeros_inside_are_not_lost_without_separators(self):
        told = item("INV202642", 77)
        books = [book(1, name="INV/2026/00042")]
        self.check(told, books, ("receivable", 1, 0, "looks_like", (1, 1), {1}))

    def test_few_digits_without_separators_are_only_a_hint(self):
        self.check(item("A12", 77), [book(1, name="A-1-2")], ("receivable", 1, 0, "looks_like", (1, 1), {1}))

    def test_strict_form_wins(self):
        self.found(item("A01"), [book(1, name="A1"), book(2, name="A01")], 2)

    def test_two_documents_in_the_same_form(self):
        known = (partner(1, creditor_number="C1"),)
        books = [bill(1, reference="V-1"), bill(2, reference="V-1")]
        found = self.check(payable(), books, ("payable", 1, 0, "document_ambiguous", (0, 0), {1, 2}), known)
        self.assertEqual(found.reason.values["documents"], "BILL/1, BILL/2")

    def test_many_documents_of_one_number_are_told_apart_by_partner(self):
        known = [partner(1, id=owner, creditor_number=f"C{owner}") for owner in range(1, 41)]
        books = [bill(owner, owner=owner) for owner in range(1, 41)]
        self.found(payable(owner="C17"), books, 17, partners=known)

    def test_kind_separates(self):
        self.check(item("V-1", 77), [bill(1)], ("receivable", 1, 0, "", (0, 0), set()))

    def test_same_number_at_another_vendor_is_not_mixed(self):
        known = (partner(1, creditor_number="C1"), partner(2, creditor_number="C2"))
        told = payable(balance=-55, owner="C1", date=date(2026, 1, 11), due_date=None)
        self.check(told, [bill(2, owner=2)], ("payable", 1, 0, "", (0, 0), set()), known)

    def test_same_number_at_another_vendor_with_amount_or_date(self):
        known = (partner(1, creditor_number="C1"), partner(2, creditor_number="C2"))
        expected = ("payable", 1, 0, "number_other_partner", (2, 2), {2})
        for told in (payable(date=date(2026, 1, 11), due_date=None), payable(balance=-55), payable("v 01")):
            with self.subTest(told=told):
                self.check(told, [bill(2, owner=2)], expected, known)

    def test_same_number_at_two_vendors_that_the_list_has_at_both(self):
        known = (partner(1, creditor_number="C1"), partner(2, creditor_number="C2"))
        others = [payable(owner="C2")]
        self.check(payable(), [bill(2, owner=2)], ("payable", 1, 0, "", (0, 0), set()), known, others=others)

    def test_invoice_number_that_the_list_has_at_both(self):
        books, others = [book(2, owner=2)], [item("INV/2", owner="D2")]
        self.check(item("INV/2"), books, ("receivable", 1, 0, "", (0, 0), set()), others=others)

    def test_invoice_of_another_customer_without_separators(self):
        told, books = item("202600042", 40), [book(2, name="INV/2026/00042", owner=2)]
        self.check(told, books, ("receivable", 1, 0, "number_other_partner", (2, 2), {2}))

    def test_invoice_of_another_customer(self):
        found = self.check(item("INV/2"), [book(2, owner=2)], ("receivable", 1, 0, "number_other_partner", (2, 2), {2}))
        self.assertEqual(found.reason.values["names"], "Deco Addict")

    def test_invoice_of_another_customer_written_otherwise(self):
        told, books = item("inv-2026-2"), [book(2, name="INV/2026/0002", owner=2)]
        self.check(told, books, ("receivable", 1, 0, "number_other_partner", (2, 2), {2}))

    def test_posted_comes_before_cancelled(self):
        self.found(item("INV/1"), [book(1, state="cancel"), book(2, name="INV/1")], 2)

    def test_cancelled_that_fits_better_than_posted(self):
        books = [book(1, state="cancel"), book(2, name="INV-1")]
        self.check(item("INV/1"), books, ("receivable", 1, 0, "document_ambiguous", (0, 0), {1, 2}))

    def test_draft_without_name_is_never_meant(self):
        self.check(item("/", 77), [book(1, name="/", state="draft")], ("receivable", 1, 0, "", (0, 0), set()))

    def test_draft_bill_by_reference(self):
        known = (partner(1, creditor_number="C1"),)
        self.found(payable(), [bill(1, name="/", state="draft")], 1, partners=known)


class TestReference(MatchingCase):
    """Which document the item's reference means when its number means none."""

    def test_vendor_number_in_the_reference(self):
        known = (partner(1, creditor_number="C1"),)
        self.found(payable("70001", reference="V-1"), [bill(1)], 1, partners=known)

    def test_number_and_reference_mean_different_bills(self):
        known = (partner(1, creditor_number="C1"),)
        told = payable("1001", reference="1017")
        books = [bill(1, reference="1001"), bill(2, reference="1017")]
        self.check(told, books, ("payable", 1, 0, "document_ambiguous", (0, 0), {1, 2}), known)

    def test_invoice_name_in_the_reference(self):
        self.found(item("70001", 40, reference="INV/1"), [book(1)], 1)

    def test_credit_made_elsewhere_refers_to_an_invoice(self):
        told = item("CN-7", -40, reference="INV/1")
        self.check(told, [book(1)], ("receivable", 1, 0, "looks_like", (1, 1), {1}))

    def test_order_of_two_invoices(self):
        told = item("X-7", 40, reference="PO-9")
        self.check(told, [book(1, reference="PO-9")], ("receivable", 1, 0, "looks_like", (1, 1), {1}))

    def test_document_named_by_another_item(self):
        told, other = item("CN-7", 40, reference="INV/1", row=3), item("INV/1")
        found = self.check(told, [book(1)], ("receivable", 1, 0, "document_taken", (1, 1), {1}), others=[other])
        self.assertEqual(found.reason.values["other_row"], 2)

    def test_two_numbers_of_one_form(self):
        told, other = item("A1", row=3), item("A01")
        books = [book(1, name="A01")]
        self.check(told, books, ("receivable", 1, 0, "document_taken", (1, 1), {1}), others=[other])


class TestNoPartner(MatchingCase):
    """Lists that name no partner."""

    def test_number_of_one_document(self):
        self.found(item("INV/2", owner=None), [book(1), book(2, owner=2)], 2)

    def test_number_of_two_documents(self):
        expected = ("payable", 0, 0, "document_ambiguous", (0, 0), {1, 2})
        self.check(payable(owner=None), [bill(1), bill(2, owner=2)], expected)

    def test_vendor_number_with_amount_of_the_bill(self):
        self.found(payable(owner=None, date=None, due_date=None), [bill(1)], 1)

    def test_vendor_number_with_nothing_else_of_the_bill(self):
        told = payable(balance=-55, owner=None, date=None, due_date=None)
        self.check(told, [bill(1)], ("payable", 0, 0, "looks_like", (1, 1), {1}))

    def test_unknown_number(self):
        self.check(item("X-1", owner=None), [], ("receivable", 0, 0, "partner_missing", (0, 0), set()))


class TestOriginalNumber(MatchingCase):
    """Opening documents are known by what they were called in the old system."""

    def setUp(self):
        super().setUp()
        self.creditor = (partner(1, creditor_number="C1"),)

    def test_invoice(self):
        books = [book(1, name="OBI/2026/00001", original_number="R-2025-42"), book(2)]
        self.found(item("r2025-0042"), books, 1)

    def test_ranks_with_the_name_of_an_invoice(self):
        books = [book(1, name="OBI/2026/00001", original_number="INV/2"), book(2)]
        self.check(item("INV/2"), books, ("receivable", 1, 0, "document_ambiguous", (0, 0), {1, 2}))

    def test_comes_before_a_reference(self):
        books = [book(1, name="OBI/2026/00001", original_number="R-1"), book(2, reference="R-1")]
        self.found(item("R-1"), books, 1)

    def test_reference_that_repeats_it_is_no_weaker(self):
        opening = book(1, name="OBI/2026/00001", original_number="R-1", reference="R-1", payment_reference="R-1")
        self.found(item("R-1"), [opening, book(2, reference="R-1")], 1)

    def test_bill_ranks_with_the_reference(self):
        books = [bill(1, reference="PO 7", original_number="V-9"), bill(2, reference="V-9")]
        told = payable("V-9")
        self.check(told, books, ("payable", 1, 0, "document_ambiguous", (0, 0), {1, 2}), self.creditor)
        self.found(told, [books[0], bill(3, name="V-9", reference="V-3")], 1, partners=self.creditor)

    def test_bill_of_a_list_without_partners_is_unique_only_by_chance(self):
        books = [bill(1, reference="PO 7", original_number="V-9")]
        told = payable("V-9", -55, owner=None, kind=None, date=None, due_date=None)
        self.check(told, books, (None, 0, 0, "looks_like", (1, 1), {1}))

    def test_number_of_another_partner(self):
        books = [book(1, owner=2, name="OBI/2026/00001", original_number="R-1")]
        self.check(item("R-1"), books, ("receivable", 1, 0, "number_other_partner", (2, 1), {1}))

    def test_pattern_knows_it_by_no_other_number(self):
        books = [
            book(1, name="OBI/2026/00042", original_number="R-1", residual=7),
            book(2, name="INV/2026/00042"),
        ]
        self.found(item("42"), books, 2, number_patterns=("{last}",))

    def test_pattern_of_an_original_name(self):
        books = [book(1, name="INV/2026/00042", original_number="INV/2026/00042")]
        self.found(item("42"), books, 1, number_patterns=("{last}",))
