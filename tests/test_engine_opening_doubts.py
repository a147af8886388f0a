"""Real lists that could be misread: what they show of themselves beats a default, and what is odd waits for a person."""

from datetime import date
from decimal import Decimal

from ..engine import ReadOptions, read_opening
from .engine_case import ReadCase, text
from .opening_samples import DAY, DIRECTORY, LATER, OpeningCase, told
from .test_engine_opening_read import EMERSION, OWN, ROW, TEMPLATE, faults, table, workbook

MONTH_FIRST = {"INVOICE_ISSUE_DATE": "07/25/2025", "INVOICE_DUE_DATE": "08/24/2025"}
D = Decimal


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
        self.assertEqual(result.problems[0].text, "06/05/2025")
        self.assertEqual(self.emersion(*rows, date_order="dmy").problems, ())
        result = self.emersion(*rows, date_order="mdy")
        self.assertEqual([item.date for item in result.items], [date(2025, 6, 5), date(2025, 7, 25)])

    def test_one_slip_of_many_is_a_fault(self):
        days = [{"INVOICE_ISSUE_DATE": f"{day}/05/2025", "INVOICE_DUE_DATE": f"{day}/06/2025"} for day in range(13, 29)]
        result = self.emersion(*days, MONTH_FIRST, {})
        self.assertEqual(result.problems, ())
        self.assertEqual([item.row for item in result.items if item.faults], [18])

    def test_decimal_comma(self):
        rows = (
            {"CARDLINE_AMOUNT_EXTAX": "1.000", "CARDLINE_AMOUNT_TAX": "10,50"},
            {"CARDLINE_AMOUNT_EXTAX": "1.234,56", "BALANCE_DUE_EXTAX": "0,00"},
        )
        result = self.emersion(*rows)
        self.assertEqual(
            [(text(item.total), text(item.open)) for item in result.items], [("1010.50", "55.00"), ("1244.56", "5.00")]
        )

    def test_both_marks_as_decimal_ones(self):
        result = self.emersion({"CARDLINE_AMOUNT_EXTAX": "1,000", "BALANCE_DUE_EXTAX": "50,25"})
        self.assertProblems(result, ("stop", "decimal_mark_unknown", None))
        self.assertEqual(result.problems[0].text, "1,000")


class TestTypeAndSign(ListCase):
    """A type that is written with both signs may be its opposite."""

    def own(self, *changes):
        return self.read_rows(TEMPLATE, OWN, *({"Tax Amount": "", **change} for change in changes))

    def test_negative_invoice_among_positive_ones(self):
        result = self.own(
            {}, {"Number": "R-2"}, {"Number": "R-3", "Total": "-119.00", "Open Amount": "-69.00"}
        )
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
        result = self.own({**payment, "Open Amount": "-5.00"}, {**payment, "Number": "R-2"}, {**payment, "Number": "R-3"})
        found = [faults(item) for item in result.items]
        self.assertEqual(found, [[("opening_sign_mixed", "Open Amount", "-5.00")], [], []])

    def test_wrong_rows_don_t_count(self):
        result = self.own({"Total": "-119.00", "Open Amount": "-200"}, {"Number": "R-2"})
        self.assertEqual([[fault[0] for fault in faults(item)] for item in result.items], [["opening_open_above_total"], []])


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
        self.usd(told(currency="USD", rate=D(900), date=LATER), codes=[("create", "opening_new")])

    def test_cents_say_little_of_a_rate(self):
        item = told(total="0.01", currency="JPY", company_total=D("0.01"))
        directory = DIRECTORY.__class__(rates={("USD", DAY): D("0.5")})
        self.usd(told(total="0.01", currency="USD", company_total=D("0.01")), codes=[("create", "opening_new")],
                 directory=directory)  # fmt: skip
        self.usd(item, codes=[("review", "amount_below_rounding")])

    def test_amount_of_the_whole_document_on_each_instalment(self):
        whole = {"currency": "USD", "company_total": D(180)}
        self.usd(told(**whole), told(due_date=LATER, **whole), codes=[("review", "rate_far")] * 2)

    def test_instalments_with_different_rates(self):
        for day, other in ((DAY, {}), (LATER, {"company_total": D(95)})):
            with self.subTest(day):
                first = told(currency="USD", date=day, company_total=D(130))
                second = told(currency="USD", date=day, due_date=LATER, **other)
                result = self.usd(first, second, codes=[("review", "opening_rates_differ")] * 2)
                self.assertEqual(result.actions[1].reason.values["other"], "1.3" if day == DAY else "0.95")


class TestReasons(OpeningCase):
    def test_what_differs_is_told(self):
        items = [told(), told(due_date=LATER), told(due_date=DAY, currency="USD")]
        found = [
            (action.reason.code, action.reason.values["other_row"], action.reason.values["said_earlier"],
             action.reason.values["said"])
            for action in self.reasons([*items[:2], items[2]], *[("review", "opening_rows_differ")] * 3).actions
        ]  # fmt: skip
        self.assertEqual(found, [("opening_rows_differ", 2, "EUR", "USD")] * 3)
