from datetime import date

from odoo import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon
from ..common_template import fill_template, open_template, save

HEADER = "Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount;Remark"
EMERSION = (
    "ACCOUNT_ID,CARDLINE_AMOUNT_EXTAX,CARDLINE_AMOUNT_TAX,BALANCE_DUE_EXTAX,BALANCE_DUE_TAX,CARDLINE_DESCRIPTION,"
    "INVOICE_ISSUE_DATE,INVOICE_DUE_DATE,ORIGINAL_INVOICE_ID,INVOICE_START,INVOICE_END,TAX_ID"
)


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningCorrections(OpenBalanceImportCommon):
    """Rows of opening documents that a person is given back to correct: as they stand in the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.write({"per": "opening", "complete": False})

    def _import_rows(self, *rows, header=HEADER, **kwargs):
        return self._import_text("\n".join((header, *rows)), **kwargs)

    def _get_sheet(self, run):
        sheet = open_template(run.corrections_file).worksheets[0]
        return sheet.title, list(sheet.iter_rows(values_only=True))

    def test_rows_with_their_own_columns_and_the_reason(self):
        run = self._import_rows(
            "Customer Invoice;10001;A-1;15.01.2026;14.02.2026;1.190,00;690,00;fine",
            "Customer Invoice;99999;A-2;15.01.2026;14.02.2026;100,00;100,00;who is it?",
            "Customer Invoice;10001;A-3;15.01.2026;14.02.2026;100,00;200,00;too much",
        )
        title, rows = self._get_sheet(run)
        reasons = run.line_ids.sorted("row").mapped("reason")
        self.assertEqual(title, "Opening documents")
        self.assertEqual(
            rows,
            [
                (*HEADER.split(";"), "Reason"),
                ("Customer Invoice", "99999", "A-2", "15.01.2026", "14.02.2026", "100,00", "100,00", "who is it?",
                 reasons[1]),
                ("Customer Invoice", "10001", "A-3", "15.01.2026", "14.02.2026", "100,00", "200,00", "too much",
                 reasons[2]),
            ],
        )  # fmt: skip

    def test_all_rows_of_a_document_that_is_wrong(self):
        run = self._import_rows(
            "Customer Invoice;10001;A-1;15.01.2026;14.02.2026;50,00;50,00;",
            "Customer Invoice;10001;A-1;15.01.2026;14.03.2026;50,00;x;",
        )
        _title, rows = self._get_sheet(run)
        self.assertEqual([row[6] for row in rows[1:]], ["50,00", "x"])

    def test_corrected_they_are_read(self):
        run = self._import_rows(
            "Customer Invoice;10001;A-1;15.01.2026;14.02.2026;1.190,00;690,00;",
            "Customer Invoice;99999;A-2;15.01.2026;14.02.2026;100,00;60,00;",
            apply=True,
        )
        self.assertEqual(run.line_ids.mapped("action"), ["create", "review"])
        workbook = open_template(run.corrections_file)
        workbook.worksheets[0]["B2"] = "10002"
        second = self._import_text(save(workbook), filename="corrections.xlsx", apply=True)
        self.assertRecordValues(
            second.line_ids,
            [
                {
                    "action": "create",
                    "partner_id": self.other_customer.id,
                    "number": "A-2",
                    "total_amount": 100.0,
                    "payment_amount": 40.0,
                    "reported_balance": 60.0,
                    "state": "done",
                }
            ],
        )

    def test_emersion_s_columns_stay_emersion_s(self):
        run = self._import_rows(
            "10001,100.00,10.00,110.00,10.00,Internet,03/11/2025,03/12/2025,A-1,,,99999999", header=EMERSION
        )
        _title, rows = self._get_sheet(run)
        self.assertEqual(rows[0], (*EMERSION.split(","), "Reason"))
        self.assertEqual(rows[1][:5], ("10001", "100.00", "10.00", "110.00", "10.00"))

    def test_typed_cells_stay_typed(self):
        template = fill_template(
            self.source.opening_template_file,
            [
                {
                    "Partner Number": "99999",
                    "Number": "007",
                    "Date": date(2026, 1, 15),
                    "Total": 9.5,
                    "Open Amount": 9,
                }
            ],
        )
        _title, rows = self._get_sheet(self._import_text(template, filename="filled.xlsx"))
        values = dict(zip(*rows, strict=True))
        self.assertEqual(values["Date"].date(), date(2026, 1, 15))
        self.assertEqual(
            [values[name] for name in ("Partner Number", "Number", "Total", "Open Amount", "Currency")],
            ["99999", "007", 9.5, 9, None],
        )


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningDialog(OpenBalanceImportCommon):
    """The upload dialog."""

    def test_opening_documents_have_a_source_of_their_own(self):
        manager = self._create_user("manager", "account.group_account_manager")
        with Form(self.env["open.balance.import.upload"].with_user(manager)) as dialog:
            self.assertEqual((dialog.source_id, dialog.per), (self.source, "invoice"))
            dialog.per = "opening"
            self.assertEqual((dialog.source_id.name, dialog.source_id.per), ("Opening documents", "opening"))
            dialog.per = "debtor"
            self.assertEqual((dialog.source_id, dialog.per), (self.source, "debtor"))

    def test_templates_of_the_dialog(self):
        opening = self.env["open.balance.source"].create({"name": "Migration", "per": "opening"})
        dialog = self.env["open.balance.import.upload"].with_user(self.clerk).create({"source_id": opening.id})
        dialog.company_id.sudo().name = "Smith & Sons"
        url = f"/web/content/open.balance.source/{dialog.source_id.id}"
        self.assertEqual(
            dialog.action_download_opening_template()["url"],
            f"{url}/opening_template_file?download=true&filename=Smith%20%26%20Sons%20opening%20documents.xlsx",
        )
        self.assertIn(f"{url}/opening_partners_file?", dialog.action_download_opening_partners()["url"])

    def test_file_after_the_template_was_downloaded(self):
        """The button saves the dialog; the web client then reads it with sizes of files instead of contents."""
        env = self.env(user=self.clerk)
        dialog = Form(env["open.balance.import.upload"]).save()
        self.assertEqual(dialog.per, "invoice")
        content = "Document Type;Partner Number;Date;Total;Open Amount\nCustomer Invoice;10001;2026-01-15;5.00;5.00"
        file = env["ir.attachment"].create({"name": "list.csv", "raw": content.encode()})
        values = dialog.web_save({"file_ids": [Command.link(file.id)]}, {"file_ids": {}, "source_id": {}, "per": {}})
        self.assertEqual((values[0]["per"], dialog.source_id.per), ("opening", "opening"))
