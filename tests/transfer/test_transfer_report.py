"""What a transfer's report says equals the journal items."""

import io

from openpyxl import load_workbook

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .common_transfer import OpenBalanceTransferCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTransferReport(OpenBalanceTransferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_in = cls._create_tax("VAT in", 10.0, type_tax_use="purchase")
        cls.package.code_ids = [(0, 0, {"tax_id": cls.tax_in.id, "code": "5"})]

    def setUp(self):
        super().setUp()
        self.invoice = self._create_taxed(self.customer, [36.46, 36.46], "INV/2026/00042", ref="PO 7788")
        self.credit = self._create_taxed(self.customer, [10], "RINV/2026/00001", "out_refund")
        self.bill = self._create_taxed(self.vendor, [100], "SS-1", "in_invoice", tax=self.tax_in)
        self._create_taxed(self._create_partner("Nobody"), [10], "INV/2026/00050")
        self.transfer = self._collect()
        self.transfer.action_hand_over()

    def test_sums(self):
        rows = [
            tuple(row[name] for name in ("number", "partner_number", "net", "tax", "total"))
            for is_sale in (True, False)
            for row in self.transfer._get_report_documents(is_sale)
        ]
        self.assertEqual(
            rows,
            [
                ("INV/2026/00042", "10001", 72.92, 15.31, 88.23),
                ("RINV/2026/00001", "10001", -10.0, -2.1, -12.1),
                (self.bill.name, "70001", -100.0, -10.0, -110.0),
            ],
        )
        self.assertEqual(
            [(row["name"], row["code"], row["base"], row["tax"]) for row in self.transfer._get_report_taxes()],
            [("VAT in", "5", 100.0, 10.0), ("VAT 21 %", "2", -62.92, -13.21)],
        )
        accounts = {row["code"]: row["balance"] for row in self.transfer._get_report_accounts()}
        booked = {}
        for line in (self.invoice | self.credit | self.bill).line_ids:
            booked[line.account_id.code] = round(booked.get(line.account_id.code, 0) + line.balance, 2)
        self.assertEqual(accounts, booked)
        self.assertEqual(
            [(row["number"], row["reason"]) for row in self.transfer._get_report_left_out()],
            [("INV/2026/00050", "Nobody has no number in the accounting package.")],
        )

    def test_workbook(self):
        book = load_workbook(io.BytesIO(self.transfer._make_report_xlsx()))
        self.assertEqual(book.sheetnames, ["Sales", "Purchases", "Summary"])
        rows = [[cell.value for cell in row] for row in book["Sales"].iter_rows()]
        self.assertEqual(rows[1][:1] + rows[1][5:9], ["INV/2026/00042", 72.92, 15.31, 88.23, "USD"])
        self.assertEqual(rows[3][5:8], [62.92, 13.21, 76.13])

    def test_pdf(self):
        html, kind = self.env["ir.actions.report"]._render_qweb_html(
            "account_open_balance.open_balance_transfer_report", self.transfer.ids
        )
        self.assertEqual(kind, "html")
        text = html.decode()
        for part in ("INV/2026/00042", "88.23", "VAT 21 %", "Nobody has no number"):
            self.assertIn(part, text)

    def test_archive(self):
        action = self.transfer.action_download()
        self.assertIn(f"/open.balance.transfer/{self.transfer.id}/archive", action["url"])
        self.assertTrue(self.transfer.archive)
