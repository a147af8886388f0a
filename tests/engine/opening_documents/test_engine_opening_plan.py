"""What rows of a list of opening documents create, and why others wait for a person."""

from dataclasses import replace
from datetime import date

from ....engine import Assignment, BookPartner, Issue, ReportedDocument
from ...engine_samples import DAY, DUE, PARTNERS, D, partner
from ...opening_samples import FAULT, LATER, POLICY, OpeningCase, bill, book, make, numbered, row, told


class TestCreated(OpeningCase):
    """Rows that are documents of their own."""

    def test_open_document(self):
        result = make([told()])
        self.check(result, ("create", 0, 1, 1, 100, 100, 0, "opening_new"))
        self.problems(result)

    def test_part_paid(self):
        self.check(make([told(total=110, open_=55)]), ("create", 0, 1, 1, 110, 55, 55, "opening_new"))

    def test_paid(self):
        self.check(make([told(open_=0)]), ("create", 0, 1, 1, 100, 0, 100, "opening_new"))

    def test_whole_action(self):
        item = told(
            total=121, open_=21, tax=D(21), tax_name="21%", analytic="n1", salesperson="MARC", payment_terms="5"
        )
        action = make([item], books_tax=True).actions[0]
        self.assertEqual(
            action.reason,
            Issue("info", "opening_new", {"total": D(121), "open": D(21), "paid": D(100)}, "list.csv", 2),
        )
        self.assertEqual((action.document_type, action.currency, action.new_partner), ("out_invoice", "EUR", ""))
        self.assertEqual((action.tax, action.company_total, action.tax_id), (D(21), D(121), 7))
        self.assertEqual((action.analytic_id, action.salesperson_id, action.payment_term_id), (40, 2, 5))
        self.assertEqual((action.book_id, action.suggestion), (0, Assignment()))

    def test_every_type(self):
        items = [
            told(),
            told(total=-40, open_=-40, type="out_refund"),
            told(None, None, -30, type="receipt"),
            bill(),
            bill(total=20, type="in_refund"),
            bill(None, None, 10, type="vendor_payment"),
        ]
        partners = [partner(1, creditor_number="C1")]
        self.check(
            make(items, partners=partners),
            ("create", 0, 1, 1, 100, 100, 0, "opening_new"),
            ("create", 1, 2, 1, -40, -40, 0, "opening_new"),
            ("create", 2, 3, 1, -30, -30, 0, "opening_new"),
            ("create", 3, 4, 1, -100, -100, 0, "opening_new"),
            ("create", 4, 5, 1, 20, 20, 0, "opening_new"),
            ("create", 5, 6, 1, 10, 10, 0, "opening_new"),
        )

    def test_only_what_is_open_counts_of_a_receipt(self):
        action = make([told(total=-100, open_=-40, type="receipt", tax=D(-10), company_total=D(-100))]).actions[0]
        found = (action.total, action.open, action.paid, action.tax, action.company_total)
        self.assertEqual(found, (-40, -40, 0, 0, -40))

    def test_amounts_are_not_rounded_to_the_currency(self):
        """What has more decimals than its currency was most likely misread: 1.234 is 1,234.00."""
        items = [told(total="10.006"), told("R-2", open_="10.004"), told("R-3", total="1000.4", currency="JPY")]
        self.reasons(items, *[("review", "decimals_beyond")] * 3)

    def test_less_than_the_smallest_amount(self):
        self.reasons([told(total="0.004")], ("review", "amount_below_rounding"))

    def test_one_number_of_several_partners_and_types(self):
        items = [told(), told(owner="D2"), told(total=-5, type="out_refund"), bill("R-1")]
        self.check(
            make(items, partners=[partner(1, creditor_number="C1"), partner(2)]),
            ("create", 0, 1, 1, 100, 100, 0, "opening_new"),
            ("create", 1, 2, 2, 100, 100, 0, "opening_new"),
            ("create", 2, 3, 1, -5, -5, 0, "opening_new"),
            ("create", 3, 4, 1, -100, -100, 0, "opening_new"),
        )

    def test_order_of_documents_is_that_of_their_first_rows(self):
        items = [told("B"), told("A"), told("B", due_date=LATER)]
        self.assertEqual([action.document for action in make(items).actions], [1, 2, 1])


class TestFaults(OpeningCase):
    """Rows that are wrong by themselves."""

    def test_first_fault_is_the_reason(self):
        other = Issue("warning", "date_missing", {}, "list.csv", 2, "Date", "")
        action = make([told(faults=(FAULT, other))]).actions[0]
        values = {"hint": "x", "file": "list.csv", "row": 2, "column": "Total", "text": "1.0.0", "further": ("Date",)}
        self.assertEqual(action.type, "review")
        self.assertEqual(action.reason, Issue("warning", "amount_unreadable", values, "list.csv", 2, "Total", "1.0.0"))

    def test_row_without_anything(self):
        item = ReportedDocument(type=None, partner_number=None, partner_name=None, row=2, faults=(FAULT,))
        self.check(make([item]), ("review", 0, 0, 0, 0, 0, 0, "amount_unreadable"))

    def test_other_rows_of_the_document_wait(self):
        items = numbered(told(due_date=DAY), told(faults=(FAULT,)), told(due_date=LATER), told("R-2"))
        result = self.reasons(
            items,
            ("review", "part_wrong"),
            ("review", "amount_unreadable"),
            ("review", "part_wrong"),
            ("create", "opening_new"),
        )
        self.assertEqual(result.actions[0].reason.values["other_row"], 3)

    def test_row_without_type_may_be_a_part(self):
        items = numbered(told(), told(type=None, total=None, faults=(FAULT,)), told(owner="D2"))
        result = self.reasons(
            items, ("review", "part_wrong"), ("review", "amount_unreadable"), ("create", "opening_new")
        )
        self.assertEqual(result.actions[0].reason.values["other_row"], 3)

    def test_row_that_names_nobody_may_be_a_part_of_any(self):
        items = numbered(told(), told(owner=None), told(owner="D2"), told("R-2"))
        self.reasons(
            items,
            ("review", "part_wrong"),
            ("review", "partner_missing"),
            ("review", "part_wrong"),
            ("create", "opening_new"),
        )

    def test_row_of_an_ambiguous_partner_may_be_a_part(self):
        partners = [*PARTNERS, BookPartner(5, "Twin", "X5"), BookPartner(6, "Twin")]
        items = numbered(
            told(owner="X5"), told(owner=None, partner_name="Twin"), told(owner="D1"), told("R-2", owner="X5")
        )
        self.reasons(
            items,
            ("review", "part_wrong"),
            ("review", "partner_ambiguous"),
            ("create", "opening_new"),
            ("create", "opening_new"),
            partners=partners,
        )

    def test_row_of_an_unknown_partner_is_of_nobody_else(self):
        self.reasons([told(), told(owner="D9")], ("create", "opening_new"), ("review", "partner_unknown"))

    def test_row_without_type_of_a_new_partner(self):
        items = [told(owner="D9", partner_name="New"), told(owner="D9", partner_name="New", type=None)]
        items[1] = replace(items[1], faults=(FAULT,))
        self.reasons(items, ("review", "part_wrong"), ("review", "amount_unreadable"), creates_partners=True)


class TestSeveralRows(OpeningCase):
    """Rows that make one document."""

    def test_instalments(self):
        items = [told(total=60, open_=0), told(total=40, due_date=LATER), told("R-2")]
        self.check(
            make(items),
            ("create", 0, 1, 1, 60, 0, 60, "opening_new"),
            ("create", 1, 1, 1, 40, 40, 0, "opening_new"),
            ("create", 2, 2, 1, 100, 100, 0, "opening_new"),
        )

    def test_a_line_per_tax_analytic_or_text(self):
        for name in ("tax_name", "description"):
            with self.subTest(name):
                items = [told(**{name: "one"}), told(**{name: "other"})]
                self.reasons(items, ("create", "opening_new"), ("create", "opening_new"))
        items = [told(analytic="North"), told(analytic="S1")]
        self.assertEqual([action.analytic_id for action in make(items).actions], [40, 41])

    def test_alike_rows_of_one_file(self):
        result = self.reasons(
            numbered(told(), told(), told(due_date=LATER)),
            ("review", "opening_row_repeated"),
            ("review", "opening_row_repeated"),
            ("review", "part_wrong"),
        )
        self.assertEqual([action.reason.values["other_row"] for action in result.actions], [3, 2, 2])

    def test_two_amounts_for_one_due_date(self):
        self.reasons([told(), told(total=40)], ("review", "opening_row_repeated"), ("review", "opening_row_repeated"))

    def test_no_due_date_is_the_date(self):
        items = [told(due_date=None), told(due_date=DAY)]
        self.reasons(items, ("review", "opening_row_repeated"), ("review", "opening_row_repeated"))

    def test_receipts_have_no_parts(self):
        items = [told(total=-10, type="receipt"), told(total=-20, type="receipt", due_date=LATER)]
        self.reasons(items, ("review", "opening_row_repeated"), ("review", "opening_row_repeated"))

    def test_rows_that_contradict_each_other(self):
        for name, value in (
            ("date", date(2026, 2, 2)),
            ("currency", "USD"),
            ("number", "r 1"),
            ("reference", "other"),
            ("salesperson", "Joel"),
            ("payment_terms", "60 Days"),
        ):
            with self.subTest(name):
                first = told(reference="one", salesperson="marc", payment_terms="30 Days")
                items = [first, replace(first, due_date=LATER, **{name: value})]
                self.reasons(items, ("review", "opening_rows_differ"), ("review", "opening_rows_differ"))

    def test_currency_left_out_is_the_company_s(self):
        items = [told(currency="EUR"), told(due_date=LATER)]
        self.reasons(items, ("create", "opening_new"), ("create", "opening_new"))

    def test_salesperson_and_terms_are_the_document_s(self):
        items = [told(), told(due_date=LATER, salesperson="marc", payment_terms="60 days")]
        found = [(action.salesperson_id, action.payment_term_id) for action in make(items).actions]
        self.assertEqual(found, [(2, 6), (2, 6)])

    def test_one_wrong_row(self):
        items = numbered(told(), told(due_date=LATER, salesperson="nobody"), told("R-2"))
        self.reasons(items, ("review", "part_wrong"), ("review", "salesperson_unknown"), ("create", "opening_new"))


class TestSeveralFiles(OpeningCase):
    """Rows of several files."""

    def test_instalments_of_two_files(self):
        items = [told(), told(due_date=LATER, file="more.csv")]
        self.assertEqual([action.document for action in make(items).actions], [1, 1])

    def test_row_that_another_file_says_again(self):
        items = numbered(told(), told("R-2"), told(file="more.csv"))
        result = make(items)
        self.check(
            result,
            ("create", 0, 1, 1, 100, 100, 0, "opening_new"),
            ("create", 1, 2, 1, 100, 100, 0, "opening_new"),
            ("skip", 2, 0, 1, 100, 100, 0, "item_repeated"),
        )
        values = {"partner": "D1", "number": "R-1", "other_row": 2, "other_file": "list.csv"}
        self.assertEqual(result.actions[2].reason, Issue("info", "item_repeated", values, "more.csv", 4))

    def test_partner_named_otherwise(self):
        items = [told(), told(owner=None, partner_name="azure interior", file="more.csv")]
        self.reasons(items, ("create", "opening_new"), ("skip", "item_repeated"))

    def test_files_that_contradict_each_other(self):
        items = [told(), told(total=99, file="more.csv")]
        self.reasons(items, ("review", "opening_row_repeated"), ("review", "opening_row_repeated"))

    def test_twice_in_both_files(self):
        items = [told(), told(), told(file="more.csv"), told(file="more.csv")]
        self.reasons(
            items,
            ("review", "opening_row_repeated"),
            ("review", "opening_row_repeated"),
            ("skip", "item_repeated"),
            ("skip", "item_repeated"),
        )

    def test_without_number_as_often_as_in_the_file_that_has_it_most(self):
        items = [told(None), told(None, file="more.csv"), told(None, file="more.csv")]
        self.reasons(items, ("create", "opening_new"), ("skip", "item_repeated"), ("create", "opening_new"))


class TestExisting(OpeningCase):
    """Documents that the books have already."""

    def test_same_document(self):
        action = make([told(open_=30)], [book()]).actions[0]
        self.assertEqual(row(action), ("skip", 0, 1, 1, 100, 30, 70, "document_exists"))
        self.assertEqual((action.book_id, action.reason.level), (900, "info"))
        self.assertEqual(action.reason.values["document"], "OBI/2026/00900")

    def test_any_of_its_numbers_in_another_form(self):
        result = make([told("INV/2026/00042")], [book(number="x", numbers=("x", "inv 2026-42"))])
        self.check(result, ("skip", 0, 1, 1, 100, 100, 0, "document_exists"))

    def test_another_total(self):
        action = make([told()], [book(total=90)]).actions[0]
        self.assertEqual((action.type, action.reason.code, action.book_id), ("skip", "document_exists_differs", 900))
        self.assertEqual(
            dict(action.reason.values),
            {"partner": "D1", "number": "R-1", "document": "OBI/2026/00900", "booked": D(90), "reported": D(100)},
        )

    def test_another_currency(self):
        action = make([told()], [book(currency="USD")]).actions[0]
        self.assertEqual((action.type, action.reason.code), ("skip", "document_exists_differs"))
        self.assertEqual((action.reason.values["booked"], action.reason.values["reported"]), ("100 USD", "100.00 EUR"))

    def test_of_several_the_one_with_this_total(self):
        self.assertEqual(make([told()], [book(1, total=90), book(2), book(3)]).actions[0].book_id, 2)

    def test_a_draft_is_said_to_be_one(self):
        result = make([told(), told("R-2")], [book(1, draft=True), book(2, "R-2", draft=True), book(3, "R-2")])
        self.check(
            result,
            ("skip", 0, 1, 1, 100, 100, 0, "document_exists_draft"),
            ("skip", 1, 2, 1, 100, 100, 0, "document_exists"),
        )
        self.assertEqual([action.book_id for action in result.actions], [1, 3])
        self.problems(result, ("warning", "opening_exist_as_drafts", {"count": 1}))

    def test_a_draft_without_number_of_an_earlier_list(self):
        result = make([told(None)], [book(1, None, draft=True)])
        self.check(result, ("skip", 0, 1, 1, 100, 100, 0, "document_exists_draft"))
        self.problems(result, ("warning", "opening_exist_as_drafts", {"count": 1}))

    def test_created_beside_drafts(self):
        drafts = [
            book(1, "D-1", draft=True),
            book(2, None, date=LATER, due_date=None, numberless=False, draft=True),
            book(3, "B 7", -50, type="in_invoice", draft=True),
            book(4, "C-1", -20, type="out_refund", draft=True),
            book(5, "P-1", -30, type="receipt", due_date=None, draft=True),
        ]
        items = [
            told(open_=40),
            bill(total=-50),
            told("R-2", -20, type="out_refund"),
            told("R-3", None, -30, type="receipt"),
            told("R-4", total=60),
            told("R-4", total=40, due_date=LATER),
        ]
        result = make(items, drafts, partners=[partner(1, creditor_number="C1")])
        self.check(
            result,
            ("create", 0, 1, 1, 100, 40, 60, "opening_beside_draft"),
            ("create", 1, 2, 1, -50, -50, 0, "opening_beside_draft"),
            ("create", 2, 3, 1, -20, -20, 0, "opening_beside_draft"),
            ("create", 3, 4, 1, -30, -30, 0, "opening_beside_draft"),
            ("create", 4, 5, 1, 60, 60, 0, "opening_beside_draft"),
            ("create", 5, 5, 1, 40, 40, 0, "opening_beside_draft"),
        )
        values = {"total": D(100), "open": D(40), "paid": D(60), "drafts": ("D-1", "(* 2)")}
        self.assertEqual(result.actions[0].reason, Issue("warning", "opening_beside_draft", values, "list.csv", 2))
        self.problems(result, ("warning", "opening_beside_drafts", {"count": 5}))

    def test_not_beside_a_draft(self):
        drafts = [
            book(1, "D-1", 99, draft=True),
            book(2, "D-2", owner=2, draft=True),
            book(3, "D-3", currency="USD", draft=True),
            book(4, "D-4", type="out_refund", draft=True),
            book(5, "D-5"),
            book(6, "R-2", draft=True),
        ]
        result = self.reasons(
            [told(), told("R-2")], ("create", "opening_new"), ("skip", "document_exists_draft"), books=drafts
        )
        self.problems(result, ("warning", "opening_exist_as_drafts", {"count": 1}))

    def test_another_partner_type_or_number(self):
        books = [book(1, owner=2), book(2, type="out_refund"), book(3, "R-11"), book(4, "1")]
        self.reasons([told()], ("create", "opening_new"), books=books)

    def test_instalments_of_a_document_that_exists(self):
        items = [told(total=60), told(total=40, due_date=LATER)]
        self.check(
            make(items, [book()]),
            ("skip", 0, 1, 1, 60, 60, 0, "document_exists"),
            ("skip", 1, 1, 1, 40, 40, 0, "document_exists"),
        )

    def test_what_exists_is_skipped_whatever_else_is_wrong(self):
        items = [told(salesperson="nobody", currency="USD", date=LATER)]
        self.reasons(items, ("skip", "document_exists"), books=[book(currency="USD")])

    def test_wrong_row_of_a_document_that_exists(self):
        self.reasons([told(faults=(FAULT,))], ("review", "amount_unreadable"), books=[book()])

    def test_receipt(self):
        books = [book(number="P-1", total=-30, type="receipt", due_date=None)]
        self.reasons([told("P-1", None, -30, type="receipt")], ("skip", "document_exists"), books=books)

    def test_without_number(self):
        books = [book(1, None), book(2, None, total=90)]
        self.assertEqual([a.book_id for a in make([told(None), told(None, 90)], books).actions], [1, 2])

    def test_without_number_each_is_taken_once(self):
        items = [told(None), told(None), told(None)]
        self.check(
            make(items, [book(1, None), book(2, None)]),
            ("skip", 0, 1, 1, 100, 100, 0, "document_exists"),
            ("skip", 1, 2, 1, 100, 100, 0, "document_exists"),
            ("create", 2, 3, 1, 100, 100, 0, "opening_new"),
        )

    def test_without_number_nor_due_date(self):
        items = [told(None, due_date=None), told(None)]
        result = make(items, [book(1, None), book(2, None, due_date=LATER)])
        self.assertEqual([action.book_id for action in result.actions], [2, 1])

    def test_without_number_something_else_differs(self):
        books = [
            book(1, None, due_date=LATER),
            book(2, None, date=DUE),
            book(3, None, currency="USD"),
            book(4, None, owner=2),
            book(5, None, numberless=False),
        ]
        self.reasons([told(None)], ("create", "opening_new"), books=books)

    def test_receipt_without_number(self):
        books = [book(1, None, total=-30, type="receipt", due_date=None)]
        self.reasons([told(None, None, -30, type="receipt")], ("skip", "document_exists"), books=books)


class TestProblems(OpeningCase):
    """What is said of the list as a whole."""

    def test_empty_list(self):
        self.problems(make([]), ("stop", "empty_list", {}))

    def test_opening_date_in_the_future(self):
        values = {"balance_date": date(2026, 5, 1), "today": date(2026, 4, 2)}
        self.problems(make([told()], balance_date=date(2026, 5, 1)), ("stop", "balance_date_future", values))

    def test_wrong_rows_stop_all(self):
        items = [told(), told("R-2", owner="D9"), told("R-3", owner="D9")]
        self.problems(make(items), ("stop", "opening_rows_wrong", {"count": 2}))

    def test_wrong_rows_row_by_row(self):
        result = make([told(), told("R-2", owner="D9")], all_or_nothing=False)
        self.problems(result)
        self.assertEqual([action.type for action in result.actions], ["create", "review"])

    def test_what_exists_stops_nothing(self):
        self.problems(make([told()], [book(total=90)]), ("warning", "opening_exist_otherwise", {"count": 1}))

    def test_date_after_today(self):
        result = self.reasons([told(date=LATER, due_date=LATER)], ("review", "date_future"))
        self.problems(result, ("stop", "opening_rows_wrong", {"count": 1}))

    def test_documents_after_the_opening_date(self):
        late = {"date": date(2026, 4, 1), "due_date": LATER}
        items = [told(), told("R-2", **late), told("R-2", date=date(2026, 4, 1)), told("R-3", date=POLICY.balance_date)]
        values = {"count": 1, "date": POLICY.balance_date}
        self.problems(make(items), ("warning", "opening_after_date", values))

    def test_rows_without_number_that_look_alike(self):
        items = numbered(told(None), told(None, total=90), told(None), told(None, owner="D2"), told(None))
        result = make(items)
        self.assertEqual([action.document for action in result.actions], [1, 2, 3, 4, 5])
        self.problems(result, ("warning", "opening_alike", {"count": 3, "rows": "2, 4, 6"}))
        self.assertEqual((result.problems[0].file, result.problems[0].row), ("list.csv", 2))

    def test_rows_alike_of_which_all_but_one_exist(self):
        self.problems(make([told(None), told(None)], [book(number=None)]))
