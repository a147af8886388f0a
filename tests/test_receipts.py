from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestReceipts(OpenBalanceImportCommon):
    """Receipts that come later for documents which an import has paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 120.0, "INV/2026/00001")
        cls.bill = cls._create_document(cls.vendor, 50.0, "RE-1", "in_invoice")

    def _apply(self):
        return self._import(["10002;X-9;20.02.2026;5,00"], apply=True)

    def _receive(self, amount=120.0, partner=None, payment_type="inbound"):
        """A payment that a person or the bank has entered, allocated to nothing."""
        receipt = self.env["account.payment"].create(
            {
                "partner_id": (partner or self.customer).id,
                "partner_type": "customer" if payment_type == "inbound" else "supplier",
                "payment_type": payment_type,
                "amount": amount,
                "date": "2026-04-10",
            }
        )
        receipt.action_post()
        return receipt

    def test_receipt_takes_the_place_of_the_payment(self):
        run = self._apply()
        line = run.line_ids.filtered(lambda line: line.move_id == self.invoice)
        payment = line.payment_id
        self.assertEqual((self.invoice.amount_residual, self.invoice.open_balance_receipt), (0.0, False))
        receipt = self._receive()
        self.invoice.invalidate_recordset(["open_balance_receipt"])
        self.assertEqual(
            self.invoice.open_balance_receipt,
            f"Paid by {run.name}, and an unallocated receipt of the same amount is there: {receipt.move_id.name}.",
        )
        again = self._import(["10002;X-9;20.02.2026;5,00"], balance_date="2026-04-01")
        self.assertEqual(self._get_problem(again, "receipt_of_paid").values["count"], 1)
        self.invoice.with_user(self.clerk).action_replace_open_balance_payment()
        self.env.invalidate_all()
        self.assertEqual((payment.state, self.invoice.amount_residual), ("canceled", 0.0))
        self.assertEqual(receipt.reconciled_invoice_ids, self.invoice)
        self.assertEqual((line.state, line.result), ("undone", f"Replaced by {receipt.move_id.name}."))
        self.assertFalse(self.invoice.open_balance_receipt)

    def test_payment_to_a_vendor(self):
        self.source.payables_sign = "ledger"
        run = self._import(
            ["70001;X-9;20.02.2026;-5,00"], header="Vendor;Voucher Number;Voucher Date;Open Balance", apply=True
        )
        receipt = self._receive(50.0, self.vendor, "outbound")
        self.assertEqual(self.bill.amount_residual, 0.0)
        self.bill.invalidate_recordset(["open_balance_receipt"])
        self.assertIn(run.name, self.bill.open_balance_receipt)
        self.bill.action_replace_open_balance_payment()
        self.assertEqual((self.bill.amount_residual, receipt.reconciled_bill_ids), (0.0, self.bill))

    def test_another_amount_or_partner_is_another_receipt(self):
        self._apply()
        self._receive(119.99)
        self._receive(120.0, self.env["res.partner"].create({"name": "Somebody else"}))
        self.assertFalse(self.invoice.open_balance_receipt)
        with self.assertRaises(UserError):
            self.invoice.action_replace_open_balance_payment()
        self.assertEqual(self.invoice.amount_residual, 0.0)

    def test_who_may_not_enter_payments(self):
        self._apply()
        self._receive()
        auditor = self._create_user("auditor", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            self.invoice.with_user(auditor).action_replace_open_balance_payment()
        self.assertEqual(self.invoice.amount_residual, 0.0)
