import base64

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_template import open_template
from .test_opening_planning import EMERSION, OpeningPlanningCommon

UNTYPED = "Vendor;Number;Date;Total;Open Amount"


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningPlanningAgain(OpeningPlanningCommon):
    """What a person chooses or corrects, and rows that are read again without their file."""

    def _get_sheet(self, run):
        return list(open_template(run.corrections_file).worksheets[0].iter_rows(values_only=True))

    def _read_corrections(self, run):
        content = base64.b64decode(run.corrections_file)
        return self._import_text(content, filename="corrections.xlsx", source=self.opening)

    def test_date_order_day_first_can_be_chosen(self):
        run = self._plan(["Customer Invoice;10001;A-1;01/02/2026;01/03/2026;;110.00;55.00"])
        self.assertEqual(run.problem_ids.mapped("code"), ["date_order_unknown"])
        self.assertFalse(run.file_ids.date_order)
        run.file_ids.date_order = "dmy"
        run.action_plan()
        self.assertEqual((run.problem_ids.mapped("code"), str(run.line_ids.date)), ([], "2026-02-01"))

    def test_emersion_saved_with_the_month_first(self):
        rows = [
            f"10001,100.00,10.00,50.00,5.00,,{issued},{due},A-{issued[:2]},,,{self.tax.id}"
            for issued, due in (("01/02/2026", "02/03/2026"), ("02/13/2026", "03/13/2026"))
        ]
        run = self._plan(rows, EMERSION)
        self.assertEqual(run.problem_ids.mapped("code"), ["date_order_unknown"])
        run.file_ids.date_order = "mdy"
        run.action_plan()
        self.assertEqual(run.problem_ids.mapped("code"), [])
        self.assertEqual([str(line.date) for line in run.line_ids], ["2026-01-02", "2026-02-13"])

    def test_corrections_keep_what_the_heading_and_the_other_rows_told(self):
        self.opening.all_or_nothing = False
        self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0)])
        rows = ["", UNTYPED, "Nobody;B-1;02/01/2026;1.500;1.500", "Nobody;B-2;31/01/2026;-2.000,00;0"]
        run = self._plan(rows, "Open amounts in CHF;;;;")
        sheet = self._get_sheet(run)
        self.assertEqual(sheet[0], (*UNTYPED.split(";"), "Document Type", "Currency", "Reason"))
        self.assertEqual(
            [(row[1], str(row[2]), *row[3:7]) for row in sheet[1:]],
            [
                ("B-1", "2026-01-02 00:00:00", 1500, 1500, "Vendor Bill", "CHF"),
                ("B-2", "31/01/2026", "-2.000,00", "0", "Vendor Credit Note", "CHF"),
            ],
        )
        second = self._read_corrections(run)
        found = [(line.number, str(line.date), line.document_type, line.total_amount, line.currency_id.name)
                 for line in second.line_ids]  # fmt: skip
        self.assertEqual(
            found,
            [
                ("B-1", "2026-01-02", "in_invoice", -1500.0, "CHF"),
                ("B-2", "2026-01-31", "in_refund", 2000.0, "CHF"),
            ],
        )
        self.assertEqual(second.problem_ids.mapped("code"), [])

    def test_corrections_keep_columns_that_a_person_assigned(self):
        run = self._plan(["99999;A-1;2026-01-15;CHF;9.00;4.00"], "Partner Number;Number;Date;W;Total;Open Amount")
        column = run.file_ids.column_ids.filtered(lambda column: column.name == "W")
        self.assertFalse(column.field)
        column.field = "currency"
        run.action_plan()
        header, row = self._get_sheet(run)
        self.assertEqual((header[3], row[3]), ("Currency", "CHF"))

    def test_corrections_of_columns_with_one_name(self):
        run = self._plan(["99999;A-1;2026-01-15;9.00;7.00;4.00"], "Partner Number;Number;Date;Total;Total;Open Amount")
        header, row = self._get_sheet(run)
        self.assertEqual((header[3:6], row[3:6]), (("Total", "Total (2)", "Open Amount"), ("9.00", "7.00", "4.00")))
        self.assertEqual(self._read_corrections(run).line_ids.total_amount, 9.0)

    def test_all_columns_that_are_wrong_are_told(self):
        run = self._plan(["Customer Invoice;10001;A-1;soon;later;;x;1.00"])
        self.assertEqual(
            run.line_ids.reason,
            "Row 2, column “Date”: “soon” is no date. Enter it as YYYY-MM-DD. "
            "Further columns of the row are wrong: Due Date, Total.",
        )

    def test_customers_and_vendors_are_not_offset_in_the_sentence(self):
        rows = [
            "Customer Invoice;10001;A-1;2026-01-15;;;100.00;100.00",
            "Vendor Bill;70001;B-1;2026-01-15;;;60.00;60.00",
        ]
        sentence = self._plan(rows).apply_sentence
        self.assertIn("2 documents (customers $\xa0100.00; vendors $\xa0-\ufeff60.00)", sentence)
