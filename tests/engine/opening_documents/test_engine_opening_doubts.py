"""Lists that could be misread: what they show of themselves beats a default, and what is odd waits for a person."""

from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase

from ....engine import Directory, ReadOptions, read_opening, settle_cell, standard_header
from ...engine_case import ReadCase, text
from ...engine_samples import DAY, DUE, D
from ...opening_samples import FAULT, LATER, OpeningCase, book, told
from .test_engine_opening_read import EMERSION, OWN, ROW, TEMPLATE, faults, table, workbook

MONTH_FIRST = {"INVOICE_ISSUE_DATE": "07/25/2025", "INVOICE_DUE_DATE": "08/24/2025"}


class ListCase(ReadCase):
    """Reads lists whose rows differ from the usual ones."""

    def read_rows(self, header, base, *changes, **options):
        """Read a list with one row for each dictionary of changes."""
        return read_opening(table(header, *({**base, **change} for change in changes)), "a.csv", ReadOptions(**options))

    def shown(self, result):
        """Number, type, date, total, open amount and faults of each item."""
        return [
            (item.number, item.type, text(item.date), text(item.total), text(item.open), faults(item))
            for item in result.items
        ]


class TestEmersionSaved(ListCase):
    """Emersion's list after a spreadsheet has saved it in the manner of its country."""

    def emersion(self, *changes, **options):
        return self.read_rows(EMERSION, ROW, *changes, **options)

    def test_month_first(self):
        rows = ({"INVOICE_ISSUE_DATE": "06/05/2025", "INVOICE_DUE_DATE": "07/06/2025"}, MONTH_FIRST)
        result = self.emersion(*rows)
        self.assertProblems(result, ("stop", "date_order_unknown", None))
        # What is asked for is blank, so that either answer is a change.
        self.assertEqual((result.problems[0].text, result.detected.date_order), ("06/05/2025", ""))
        self.assertEqual(self.emersion(*rows, date_order="dmy").problems, ())
        result = self.emersion(*rows, date_order="mdy")
        self.assertEqual([item.date for item in result.items], [date(2025, 6, 5), date(2025, 7, 25)])

    def test_one_slip_of_many_is_a_fault(self):
        days = [{"INVOICE_ISSUE_DATE": f"{day}/05/2025", "INVOICE_DUE_DATE": f"{day}/06/2025"} for day in range(13, 29)]
        result = self.emersion(*days, MONTH_FIRST, {})
        self.assertEqual(result.problems, ())
        self.assertEqual([item.row for item in result.items if item.faults], [18])

    def test_decimal_comma(self):
        names = ("CARDLINE_AMOUNT_EXTAX", "CARDLINE_AMOUNT_TAX", "BALANCE_DUE_EXTAX", "BALANCE_DUE_TAX")
        rows = (("1.000", "10,50", "50,00", "5,00"), ("1.234,56", "10,00", "0,00", "5,00"))
        result = self.emersion(*(dict(zip(names, row, strict=True)) for row in rows))
        self.assertEqual(
            [(text(item.total), text(item.open)) for item in result.items], [("1010.50", "55.00"), ("1244.56", "5.00")]
        )

    def test_both_marks_as_decimal_ones(self):
        result = self.emersion({"CARDLINE_AMOUNT_EXTAX": "1,000", "BALANCE_DUE_EXTAX": "50,25"})
        self.assertProblems(result, ("stop", "decimal_mark_unknown", None))
        self.assertEqual((result.problems[0].text, result.detected.decimal_mark), ("1,000", ""))


class TestTypeAndSign(ListCase):
    """A type that is written with both signs may be its opposite."""

    def own(self, *changes):
        return self.read_rows(TEMPLATE, OWN, *({"Tax Amount": "", **change} for change in changes))

    def test_negative_invoice_among_positive_ones(self):
        result = self.own({}, {"Number": "R-2"}, {"Number": "R-3", "Total": "-119.00", "Open Amount": "-69.00"})
        mixed = [("opening_sign_mixed", "Total", "-119.00")]
        self.assertEqual(
            self.shown(result),
            [
                ("R-1", "out_invoice", "2025-11-03", "119.00", "69.00", []),
                ("R-2", "out_invoice", "2025-11-03", "119.00", "69.00", []),
                ("R-3", "out_invoice", "2025-11-03", "119.00", "69.00", mixed),
            ],
        )

    def test_one_of_each_is_the_negative_one_s_fault(self):
        bill = {"Document Type": "Vendor Bill"}
        result = self.own({**bill, "Total": "-119.00", "Open Amount": "0"}, {**bill, "Number": "R-2"})
        self.assertEqual([len(item.faults) for item in result.items], [1, 0])

    def test_each_type_has_its_own_sign(self):
        result = self.own(
            {"Total": "119.00"},
            {"Document Type": "Customer Credit Note", "Number": "R-2", "Total": "-119.00", "Open Amount": "-69.00"},
            {"Document Type": "Vendor Bill", "Number": "R-3", "Total": "-119.00", "Open Amount": "-69.00"},
            {"Document Type": "", "Number": "R-4", "Total": "-119.00", "Open Amount": "-69.00"},
            {"Document Type": "", "Number": "R-5"},
        )
        self.assertEqual([item.faults for item in result.items], [()] * 5)

    def test_payments(self):
        payment = {"Document Type": "Customer Receipt", "Total": ""}
        rows = ({"Open Amount": "-5.00"}, {"Number": "R-2"}, {"Number": "R-3"})
        result = self.own(*({**payment, **row} for row in rows))
        found = [faults(item) for item in result.items]
        self.assertEqual(found, [[("opening_sign_mixed", "Open Amount", "-5.00")], [], []])

    def test_wrong_rows_don_t_count(self):
        result = self.own({"Total": "-119.00", "Open Amount": "-200"}, {"Number": "R-2"})
        found = [[fault.code for fault in item.faults] for item in result.items]
        self.assertEqual(found, [["opening_open_above_total"], []])


class TestTaxCell(ListCase):
    def test_name_that_a_spreadsheet_took_for_a_share(self):
        header = list(OWN)
        rows = [[*header, "Tax"], [*OWN.values(), 0.21]]
        (item,) = read_opening(workbook(rows), "a.xlsx").items
        self.assertEqual((item.tax_name, item.faults), ("0.21", ()))


class TestRates(OpeningCase):
    """Rates are judged by those of the books, and by the other rows of the document."""

    def usd(self, *items, **values):
        return self.reasons(items, *values.pop("codes"), **values)

    def test_other_way_round_though_near_to_one(self):
        result = self.usd(told(currency="USD", rate=D("1.1")), codes=[("review", "rate_inverted")])
        values = {"partner": "D1", "number": "R-1", "rate": "1.1", "known": "0.9", "currency": "USD", "date": DAY}
        self.assertEqual(dict(result.actions[0].reason.values), values)

    def test_nearer_to_the_books_when_turned(self):
        inverted, new = ("review", "rate_inverted"), ("create", "opening_new")
        for known, rate, expected in (
            ("0.925926", "1.14", inverted),  # units of the currency for one of the company's
            ("1.08", "0.877193", inverted),
            ("0.925926", "0.877193", new),
            ("0.925926", "0.97", new),
            ("0.98", "1.02", new),  # as near as it stands
            ("1.5", "1.4", new),
        ):
            with self.subTest(known=known, rate=rate):
                directory = Directory(rates={("USD", DAY): D(known)})
                self.usd(told(currency="USD", rate=D(rate)), codes=[expected], directory=directory)
                given = told(currency="USD", company_total=D(rate) * 100)
                self.usd(given, codes=[expected], directory=directory)

    def test_rates_of_one_day_that_contradict_each_other(self):
        clash, new = ("review", "opening_rates_clash"), ("create", "opening_new")
        result = self.usd(
            told(currency="USD", date=DUE, rate=D("1.14")),
            told("R-2", currency="USD", date=DUE, rate=D("0.877193")),
            told("R-3", currency="USD", date=DAY, rate=D("0.877193")),
            told("R-4", currency="USD", date=DAY, company_total=D("88.00")),
            codes=[clash, clash, new, new],
        )
        values = {"partner": "D1", "number": "R-1", "rate": "0.877193", "other": "1.14", "currency": "USD", "date": DUE}
        self.assertEqual(dict(result.actions[0].reason.values), values)

    def test_far_from_the_books(self):
        far = ("review", "rate_far")
        self.usd(
            told(currency="USD", rate=D(900)),
            told("R-2", currency="USD", rate=D("9.0")),
            told("R-3", currency="USD", company_total=D(9000)),
            told("R-4", currency="USD", rate=D("0.3")),
            codes=[far, far, far, far],
        )

    def test_nothing_to_judge_by(self):
        self.usd(told(currency="USD", rate=D(900), date=DUE), codes=[("create", "opening_new")])

    def test_cents_say_little_of_a_rate(self):
        item = told(total="0.01", currency="USD", company_total=D("0.01"))
        self.usd(item, codes=[("create", "opening_new")], directory=Directory(rates={("USD", DAY): D("0.5")}))

    def test_amount_of_the_whole_document_on_each_instalment(self):
        whole = {"currency": "USD", "company_total": D(180)}
        self.usd(told(**whole), told(due_date=LATER, **whole), codes=[("review", "rate_far")] * 2)

    def test_instalments_with_different_rates(self):
        for day, amount, other in ((DAY, 98, {}), (DUE, 130, {"company_total": D(95)})):
            with self.subTest(day):
                first = told(currency="USD", date=day, company_total=D(amount))
                second = told(currency="USD", date=day, due_date=LATER, **other)
                result = self.usd(first, second, codes=[("review", "opening_rates_differ")] * 2)
                self.assertEqual(result.actions[1].reason.values["other"], "0.98" if day == DAY else "0.95")


class TestReasons(OpeningCase):
    def test_what_differs_is_told(self):
        items = [told(), told(due_date=LATER), told(due_date=DAY, currency="USD")]
        result = self.reasons(items, *[("review", "opening_rows_differ")] * 3)
        found = [
            tuple(action.reason.values[name] for name in ("other_row", "said_earlier", "said"))
            for action in result.actions
        ]
        self.assertEqual(found, [(2, "EUR", "USD")] * 3)

    def test_further_wrong_columns_are_told(self):
        item = replace(told(), faults=(FAULT, replace(FAULT, column="Date"), FAULT, replace(FAULT, column="Due Date")))
        (action,) = self.reasons([item], ("review", "amount_unreadable")).actions
        self.assertEqual(action.reason.values["further"], ("Date", "Due Date"))

    def test_documents_that_exist_otherwise_are_counted(self):
        items = [told(total=120), told("R-2")]
        result = self.reasons(items, ("skip", "document_exists_differs"), ("create", "opening_new"), books=[book()])
        self.problems(result, ("warning", "opening_exist_otherwise", {"count": 1}))


class TestNewPartners(OpeningCase):
    def test_without_number_but_with_the_name_of_another_new_one(self):
        new = ("create", "opening_new_partner")
        items = [
            told(owner="D9", partner_name="New Ltd"),
            told("R-2", owner=None, partner_name="NEW LTD"),
            told("R-3", owner=None, partner_name="Other"),
            told("R-4", owner=None, partner_name="Other"),
        ]
        result = self.reasons(items, new, ("review", "new_partner_alike"), new, new, creates_partners=True)
        self.assertEqual([action.new_partner for action in result.actions], ["D9", "", "other", "other"])
        self.assertEqual(result.actions[1].reason.values["names"], "D9 New Ltd")


class TestCellsReadAgain(BaseCase):
    """Cells that are given back to be corrected: what only the whole file tells is settled."""

    def test_settled(self):
        for name, cell, mark, order, expected in (
            ("date", "01/02/2026", ".", "mdy", date(2026, 1, 2)),
            ("due_date", "01/02/2026", ".", "dmy", date(2026, 2, 1)),
            ("date", "01/02/2026", ".", None, "01/02/2026"),
            ("date", "01.02.2026", ".", "dmy", "01.02.2026"),
            ("date", "31/31/2026", ".", "dmy", "31/31/2026"),
            ("number", "01/02/2026", ".", "mdy", "01/02/2026"),
            ("total", "1.500", ",", "dmy", D(1500)),
            ("net_open", "-1.500", ".", "dmy", D("-1.5")),
            ("balance", "1.500", None, "dmy", "1.500"),
            ("balance", "1.500,00", ",", "dmy", "1.500,00"),
            ("balance", "1.500 EUR", ",", "dmy", "1.500 EUR"),
            ("rate", "1.500", ",", "dmy", "1.500"),
            ("total", 1.5, ",", "dmy", 1.5),
        ):
            with self.subTest(f"{name} {cell} {mark} {order}"):
                self.assertEqual(settle_cell(name, cell, mark, order), expected)

    def test_headers(self):
        found = [
            standard_header("balance"),
            standard_header("net_open", strict=True),
            standard_header("due_date", True),
        ]
        self.assertEqual(found, ["Open Amount", "BALANCE_DUE_EXTAX", "INVOICE_DUE_DATE"])
        self.assertEqual((standard_header("net_open"), standard_header("currency", strict=True)), ("", ""))
