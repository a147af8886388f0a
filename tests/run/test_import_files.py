import base64
import io
import zipfile

import openpyxl
import xlsxwriter

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ...models.run.download import write_sheet
from ..common import TODAY
from ..common_import import CUSTOMER_HEADER, OpenBalanceImportCommon

PAID_OUTSIDE = "$\xa0100.00 is open in Odoo, $\xa040.00 in the list: $\xa060.00 was settled outside."
ROWS = (
    ("Customer", "Voucher Number", "Voucher Date", "Open Balance"),
    ("10001", "INV/2026/00001", "15.01.2026", "40,00"),
    ("10002", "X-7", "20.02.2026", "55,00"),
)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportFiles(OpenBalanceImportCommon):
    """Files: what is detected, corrected, downloaded and read again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    @staticmethod
    def _make_workbook(rows):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
            sheet = workbook.add_worksheet("List")
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
        return buffer.getvalue()

    def test_t34_same_table_as_text_and_as_workbook(self):
        text = "\n".join(";".join(row) for row in ROWS)
        expected = [
            ("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "planned", "paid_outside"),
            ("external", "X-7", "", 55.0, 0.0, 0.0, "planned", "external_new"),
        ]
        self.assertEqual(self._get_rows(self._import_text(text, filename="list.csv")), expected)
        self.assertEqual(self._get_rows(self._import_text(self._make_workbook(ROWS), filename="list.xlsx")), expected)

    def test_t39_file_without_ending_is_known_by_its_content(self):
        run = self._import_text(self._make_workbook(ROWS), filename="list")
        self.assertEqual((run.file_ids.format, len(run.line_ids)), ("xlsx", 2))

    def test_what_was_detected_is_kept_on_the_file(self):
        run = self._import_text("\n".join(["Stand 31.03.2026", "", *(";".join(row) for row in ROWS)]))
        self.assertRecordValues(
            run.file_ids,
            [
                {
                    "format": "csv",
                    "encoding": "utf-8",
                    "separator": ";",
                    "header_row": 3,
                    "decimal_mark": ",",
                    "date_order": "dmy",
                    "preamble": "Stand 31.03.2026",
                    "row_count": 2,
                    "item_count": 2,
                }
            ],
        )
        self.assertEqual(
            [(column.name, column.field, column.sample) for column in run.file_ids.column_ids],
            [
                ("Customer", "partner_number", "10001 · 10002"),
                ("Voucher Number", "number", "INV/2026/00001 · X-7"),
                ("Voucher Date", "date", "15.01.2026 · 20.02.2026"),
                ("Open Balance", "balance", "40,00 · 55,00"),
            ],
        )

    # === BALANCE DATE === #

    def test_balance_date_from_the_heading(self):
        run = self._import_text(
            "\n".join(["Stand 28.02.2026", "", *(";".join(row) for row in ROWS)]), balance_date=False
        )
        self.assertEqual((run.balance_date, run.balance_date_origin), (self._date("2026-02-28"), "file"))

    def test_balance_date_from_the_name(self):
        run = self._import_text(
            "\n".join(";".join(row) for row in ROWS), filename="list 2026-02-28.csv", balance_date=False
        )
        self.assertEqual((run.balance_date, run.balance_date_origin), (self._date("2026-02-28"), "file"))

    def test_balance_date_is_today_when_nothing_tells(self):
        run = self._import_text("\n".join(";".join(row) for row in ROWS), balance_date=False)
        self.assertEqual((run.balance_date, run.balance_date_origin), (self._date(TODAY), "today"))

    def test_balance_date_as_entered_outlives_plan_again(self):
        run = self._import_text(
            "\n".join(["Stand 28.02.2026", "", *(";".join(row) for row in ROWS)]), balance_date=False
        )
        run.balance_date = "2026-03-30"
        run.action_plan()
        self.assertEqual((run.balance_date, run.balance_date_origin), (self._date("2026-03-30"), "given"))

    # === CORRECTED BY A PERSON === #

    def test_order_of_day_and_month_that_nothing_tells_is_asked_for(self):
        run = self._import_text(f"{CUSTOMER_HEADER}\n10001;INV/2026/00001;01/02/2026;40.00")
        self.assertEqual(self._get_problems(run), ["date_order_unknown"])
        run.file_ids.date_order = "mdy"
        run.action_plan()
        self.assertEqual((self._get_problems(run), run.line_ids.date), ([], self._date("2026-01-02")))

    def test_correction_outlives_planning_twice(self):
        run = self._import_text(f"{CUSTOMER_HEADER}\n10001;INV/2026/00001;01/02/2026;40.00")
        run.file_ids.date_order = "mdy"
        for _time in range(2):
            run.action_plan()
            self.assertEqual((run.file_ids.date_order, run.line_ids.date), ("mdy", self._date("2026-01-02")))

    def test_decimal_mark_that_nothing_tells_is_asked_for(self):
        self._create_document(self.customer, 1190.0, "INV/2026/00002")
        run = self._import_text(f"{CUSTOMER_HEADER}\n10001;INV/2026/00002;15.01.2026;1.190")
        self.assertEqual(self._get_problems(run), ["decimal_mark_unknown"])
        run.file_ids.decimal_mark = ","
        run.action_plan()
        self.assertEqual((self._get_problems(run), run.line_ids.filtered("row").reported_balance), ([], 1190.0))

    def test_column_assigned_by_a_person(self):
        header = "Customer;Voucher Number;Voucher Date;Open Balance;Wert"
        run = self._import_text(f"{header}\n10001;INV/2026/00001;15.01.2026;100,00;40,00")
        columns = {column.name: column for column in run.file_ids.column_ids}
        columns["Open Balance"].field = False
        columns["Wert"].field = "balance"
        for _time in range(2):
            run.action_plan()
            self.assertEqual(run.line_ids.reported_balance, 40.0)

    def test_column_name_of_the_source(self):
        content = "Customer;Voucher Number;Voucher Date;Nog te gaan\n10001;INV/2026/00001;15.01.2026;40,00"
        self.assertEqual(self._get_problems(self._import_text(content)), ["column_missing"])
        self.source.column_ids = [Command.create({"name": "Nog te gaan", "field": "balance"})]
        self.assertEqual(self._import_text(content).line_ids.reported_balance, 40.0)

    # === DOWNLOADS === #

    def _correct(self, content, changes):
        """Change cells of a downloaded workbook: {(row, header): value}."""
        workbook = openpyxl.load_workbook(io.BytesIO(base64.b64decode(content)))
        sheet = workbook.active
        columns = {cell.value: cell.column for cell in sheet[1]}
        for (row, header), value in changes.items():
            sheet.cell(row, columns[header]).value = value
        buffer = io.BytesIO()
        workbook.save(buffer)
        return buffer.getvalue()

    def test_corrections_name_what_waits_and_why(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "4711;OLD-1;20.02.2026;55,00"], apply=True)
        workbook = openpyxl.load_workbook(io.BytesIO(base64.b64decode(run.corrections_file)))
        rows = [[cell.value for cell in row] for row in workbook["Open balance corrections"]]
        self.assertEqual(
            rows[0],
            [
                "Account Number",
                "Name",
                "Voucher Number",
                "Voucher Date",
                "Due Date",
                "Open Balance",
                "Currency",
                "Reason",
            ],
        )
        self.assertEqual(len(rows), 2)
        self.assertEqual([rows[1][0], rows[1][2], rows[1][5]], ["4711", "OLD-1", 55])
        self.assertIn("No partner is found for “4711”", rows[1][7])

    def test_corrections_are_read_again(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "4711;OLD-1;20.02.2026;55,00"], apply=True)
        corrected = self._correct(run.corrections_file, {(2, "Account Number"): "10002"})
        second = self._import_text(corrected, filename="corrections.xlsx", apply=True)
        self.assertEqual(self._get_rows(second), [("external", "OLD-1", "", 55.0, 0.0, 0.0, "done", "external_new")])

    def test_corrections_are_never_a_complete_list(self):
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["4711;OLD-1;20.02.2026;55,00"])
        second = self._import_text(run.corrections_file and base64.b64decode(run.corrections_file), apply=True)
        self.assertFalse(second.complete)
        self.assertEqual(absent.amount_residual, 70.0)

    def test_corrections_leave_the_balance_of_other_partners(self):
        run = self._import(["10001;X-1;15.01.2026;40,00", "4711;OLD-1;20.02.2026;55,00"], apply=True)
        corrected = self._correct(run.corrections_file, {(2, "Account Number"): "10002"})
        self._import_text(corrected, filename="corrections.xlsx", apply=True)
        self.assertEqual(self._get_balances(self.customer)[0], 40.0)
        self.assertEqual(self._get_balances(self.other_customer)[0], 55.0)

    def test_corrections_of_payables_keep_their_sign(self):
        run = self._import(["4711;RE-1;20.02.2026;55,00"], "Vendor;Voucher Number;Voucher Date;Open Balance")
        run.payables_sign = "positive"
        run.action_plan()
        corrected = self._correct(run.corrections_file, {(2, "Account Number"): "70001"})
        second = self._import_text(corrected, filename="corrections.xlsx", apply=True)
        self.assertRecordValues(second.line_ids.external_id, [{"kind": "payable", "balance": -55.0}])

    def test_a_booked_run_with_texts_like_dates_is_opened_again(self):
        """Numbers and dates of no calendar are shown as they stand in the file."""
        header = "Customer;Name;Invoice;Invoice Date;Open Balance"
        rows = [
            "10001;;INV/2026/00001;2026-01-12;40.00",
            "10001;;2026-00-17;2026-01-12;55.00",
            "10001;;2026-01-18;2026-13-45;56.00",
            "2026-99-98;;X-1;2026-01-12;57.00",
            ";2026-99-99;X-2;2026-01-12;abc",
        ]
        run = self._import(rows, header, apply=True)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            [(line.number, line.state, line.reason) for line in run.line_ids],
            [
                ("INV/2026/00001", "done", PAID_OUTSIDE),
                ("2026-00-17", "done", "Odoo doesn't have 2026-00-17: kept as external open item."),
                ("2026-01-18", "done", "Odoo doesn't have 2026-01-18: kept as external open item."),
                ("X-1", "skipped", "No partner is found for “2026-99-98”. Assign one."),
                ("X-2", "skipped", "The amount in row 6 cannot be read: its document is neither paid nor closed."),
            ],
        )
        self.assertIn(
            "“2026-13-45” in row 4, column Invoice Date of list.csv is no date; it is left out.",
            run.problem_ids.mapped("message"),
        )

    def test_template_holds_what_is_open_and_gives_only_keeps(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        self._create_document(self.customer, 200.0, "INV/2026/00002", currency_id=euro.id)
        self._create_document(self.customer, 30.0, "RINV/2026/00001", "out_refund")
        self._create_document(self._create_partner("No Number"), 60.0, "INV/2026/00003")
        self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        self._create_document(self.vendor, 20.0, "GS-1", "in_refund")
        term = self.pay_terms_b
        self._create_document(self.customer, 100.0, "INV/2026/00004", invoice_payment_term_id=term.id)
        self._pay_in_odoo(self._create_document(self.customer, 80.0, "INV/2026/00005"), 80.0)
        template = self.source.with_user(self.clerk).template_file
        run = self._import_base64(template, filename="Ledger open items.xlsx")
        self.assertEqual(set(self._get_problems(run)), set())
        self.assertEqual({(line.action, line.reason_code) for line in run.line_ids}, {("keep", "confirmed")})
        self.assertEqual(len(run.line_ids), 8)

    def test_template_of_receivables_only(self):
        self.source.cover = "receivable"
        self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        run = self._import_base64(self.source.template_file)
        self.assertEqual(
            self._get_short_rows(run), [("keep", "INV/2026/00001", "INV/2026/00001", "planned", "confirmed")]
        )

    def test_corrections_give_unreadable_cells_back_as_they_stand(self):
        header = "Customer;Voucher Number;Voucher Date;Due Date;Open Balance"
        run = self._import(
            ["10001;INV/2026/00001;15.01.2026;15.02.2026;4o,00", "4711;X-1;2026-13-45;9999-99-99;=5"], header
        )
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(run.corrections_file))).active
        rows = [[cell.value for cell in row[2:6]] for row in sheet.iter_rows(min_row=2)]
        self.assertEqual(rows[0][3], "4o,00")
        self.assertEqual(rows[1][1:], ["2026-13-45", "9999-99-99", "=5"])
        self.assertEqual({cell.data_type for cell in sheet[3][3:6]}, {"s"})
        corrected = self._correct(run.corrections_file, {(2, "Open Balance"): 40, (3, "Open Balance"): 5})
        second = self._import_text(corrected, filename="corrections.xlsx")
        self.assertEqual(
            [(line.action, line.number, line.reported_balance) for line in second.line_ids],
            [("pay", "INV/2026/00001", 40.0), ("review", "X-1", 5.0)],
        )

    def test_headers_of_downloads_are_texts(self):
        """Headers of a file that look like formulas, links or numbers are written as they are."""
        names = ["=1+1", "+1", "-1", "@SUM(A1)", "http://a.example", "{=1}", "12", "mailto:a@b.example"]
        data = base64.b64decode(write_sheet("List", names, []))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml")
        self.assertFalse(b"<f>" in sheet or b"<hyperlink" in sheet)
        cells = openpyxl.load_workbook(io.BytesIO(data)).active[1]
        self.assertEqual([(cell.value, cell.data_type) for cell in cells], [(name, "s") for name in names])

    def test_downloads_hold_no_formula(self):
        self.customer.name = "=1+1"
        content = self.source.template_file
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(content))).active
        self.assertEqual((sheet["B2"].value, sheet["B2"].data_type), ("=1+1", "s"))
