"""Open items as a spreadsheet and on paper."""

import base64
import io
import re

from lxml import html
from openpyxl import load_workbook

from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestItemsPrint(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        euro = cls.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        cls._create_due(cls.customer, 100, "INV/2026/00001", "2026-01-15")
        cls._create_due(cls.customer, 40, "INV/2026/00002", "2026-04-20")
        cls._create_due(cls.other_customer, 30, "INV/2026/00003", "2026-04-14")
        cls.foreign = cls._create_due(cls.customer, 50, "INV/2026/00004", "2026-04-15", currency_id=euro.id)
        cls.foreign.action_toggle_block_payment()

    @classmethod
    def _create_due(cls, partner, amount, number, date, **values):
        """A document that is due at once."""
        day = min(date, TODAY)
        return cls._create_document(partner, amount, number, date=day, invoice_date_due=date, **values)

    def _ask(self, **values):
        wizard = Form(self.env["open.balance.item.date"].with_user(self.clerk))
        wizard.partner_ids = self.customer + self.other_customer
        for name, value in values.items():
            wizard[name] = value
        return wizard.save()

    def _read(self, wizard):
        """The sheets of the spreadsheet: their rows without what is empty."""
        book = load_workbook(io.BytesIO(base64.b64decode(wizard.file)))
        return {
            sheet.title: [
                [
                    value.date().isoformat() if hasattr(value, "date") else value
                    for value in row
                    if value not in (None, "")
                ]
                for row in sheet.iter_rows(values_only=True)
            ]
            for sheet in book
        }

    def test_a_sheet_per_currency_with_subtotals(self):
        wizard = self._ask()
        self.assertEqual(
            wizard.action_download()["url"],
            f"/web/content/open.balance.item.date/{wizard.id}/file?download=true"
            "&filename=Open%20items%202026-04-15.xlsx",
        )
        header = [
            "Partner Number", "Partner", "Number", "Reference", "Type", "Date", "Due Date", "Days Overdue", "Original",
            "Open", "Open (company currency)", "Dispute",
        ]  # fmt: skip
        azure, deco = "Azure Interior", "Deco Addict"
        buckets = ["1 to 30 days", "31 to 60 days", "61 to 90 days", "91 to 120 days", "More than 120 days"]
        sheets = self._read(wizard)
        self.assertEqual(list(sheets), ["EUR", "USD"])
        self.assertEqual(
            sheets["USD"],
            [
                ["Open items as of 04/15/2026, USD"],
                [],
                header,
                ["10001", azure, "INV/2026/00001", "INV/2026/00001", "Document", "2026-01-15", "2026-01-15", 90,
                 100, 100, 100],
                ["10001", azure, "INV/2026/00002", "INV/2026/00002", "Document", "2026-04-15", "2026-04-20", -5,
                 40, 40, 40],
                [azure, 140, 140],
                [],
                ["10002", deco, "INV/2026/00003", "INV/2026/00003", "Document", "2026-04-14", "2026-04-14", 1,
                 30, 30, 30],
                [deco, 30, 30],
                [],
                ["Total", 170, 170],
                [],
                ["Not due", 40],
                *[[label, amount] for label, amount in zip(buckets, (30, 0, 100, 0, 0), strict=True)],
            ],
        )  # fmt: skip
        self.assertEqual(
            sheets["EUR"][3:8],
            [
                ["10001", azure, "INV/2026/00004", "INV/2026/00004", "Document", "2026-04-15", "2026-04-15", 0,
                 50, 50, 25, "Disputed"],
                [azure, 50, 25],
                [],
                ["Total", 50, 25],
                [],
            ],
        )  # fmt: skip

    def test_as_of_an_earlier_date_and_only_what_is_overdue(self):
        sheets = self._read(self._ask(date="2026-03-01", only_overdue=True))
        self.assertEqual([row[2] for row in sheets["USD"][3:4]], ["INV/2026/00001"])
        self.assertEqual(sheets["USD"][0], ["Open items as of 03/01/2026, USD"])
        empty = self._read(self._ask(date="2025-12-31"))
        self.assertEqual(empty, {"Sheet1": [["Open items as of 12/31/2025"]]})

    def test_items_that_were_selected_in_a_list(self):
        Item = self.env["open.balance.item"].with_user(self.clerk).with_context(open_balance_date="2026-04-16")
        item = Item.search([("number", "=", "INV/2026/00003")])
        url = item.action_download()["url"]
        wizard = self.env["open.balance.item.date"].with_user(self.clerk).browse(int(url.split("/")[4]))
        sheets = self._read(wizard)
        self.assertEqual((list(sheets), sheets["USD"][3][7]), (["USD"], 2))
        self.assertEqual(item.action_print()["report_name"], "account_open_balance.report_items")

    def test_text_never_becomes_a_formula(self):
        self.customer.name = '=HYPERLINK("x")'
        book = load_workbook(io.BytesIO(base64.b64decode(self._ask().file)))
        self.assertEqual({cell.data_type for row in book["USD"]["B4:B5"] for cell in row}, {"s"})

    def test_printed(self):
        wizard = self._ask()
        Report = self.env["ir.actions.report"].with_user(self.clerk)
        content, _kind = Report._render_qweb_html("account_open_balance.report_items", wizard.ids)
        text = re.sub(r"\s+", "", html.fromstring(content).text_content())
        buckets = "1 to 30 days 31 to 60 days 61 to 90 days 91 to 120 days More than 120 days"
        for expected in (
            "Open items as of 04/15/2026",
            "Azure Interior 10001 INV/2026/00001 Document 01/15/2026 01/15/2026 90 $ 100.00 $ 100.00",
            "INV/2026/00004 (disputed)",
            f"Not due {buckets} Total $ 40.00 $ 30.00 $ 0.00 $ 100.00 $ 0.00 $ 0.00 $ 170.00",
        ):
            self.assertIn(expected.replace(" ", ""), text)
