from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


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

    def _receive(self, amount=120.0, partner=None, payment_type="inbound", **values):
        """A payment that a person or the bank has entered, allocated to nothing."""
        receipt = self.env["account.payment"].create(
            {
                "partner_id": (partner or self.customer).id,
                "partner_type": "customer" if payment_type == "inbound" else "supplier",
                "payment_type": payment_type,
                "amount": amount,
                "date": "2026-04-10",
                **values,
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

    def _receive_on_statement(self, amount=120.0):
        """A line of a bank statement on the customer's account, matched with nothing."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": "2026-04-10",
                "payment_ref": "Transfer",
                "partner_id": self.customer.id,
                "amount": amount,
                "counterpart_account_id": self.customer.property_account_receivable_id.id,
            }
        )
        return line.move_id

    def _get_payment(self, run, document=None):
        return run.line_ids.filtered(lambda line: line.move_id == (document or self.invoice)).payment_id

    def _get_matched(self, document):
        """The entries that settle a document."""
        items = document._get_open_balance_lines()
        return (items.matched_credit_ids.credit_move_id + items.matched_debit_ids.debit_move_id).move_id

    def test_line_of_a_bank_statement(self):
        run = self._apply()
        entry = self._receive_on_statement()
        self.invoice.invalidate_recordset(["open_balance_receipt"])
        self.assertEqual(
            self.invoice.open_balance_receipt,
            f"Paid by {run.name}, and an unallocated receipt of the same amount is there: {entry.name}.",
        )
        self.invoice.with_user(self.clerk).action_replace_open_balance_payment()
        self.env.invalidate_all()
        self.assertEqual((self._get_payment(run).state, self._get_matched(self.invoice)), ("canceled", entry))
        self.assertEqual(
            (self.invoice.payment_state, self.invoice.amount_residual, self.customer.credit), ("paid", 0.0, 0.0)
        )
        again = self._import(["10002;X-9;20.02.2026;5,00"], balance_date="2026-04-14", apply=True)
        self.assertEqual([line.action for line in again.line_ids if line.move_id == self.invoice], [])

    def test_line_of_a_bank_statement_in_part_is_another_receipt(self):
        self._apply()
        self._receive_on_statement(119.0)
        self.assertFalse(self.invoice.open_balance_receipt)

    def test_locked_payment_is_reversed_and_the_receipt_settles_the_document(self):
        run = self._apply()
        payment = self._get_payment(run)
        receipt = self._receive()
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        self.invoice.with_user(self.clerk).action_replace_open_balance_payment()
        self.env.invalidate_all()
        reversal = payment.move_id.reversal_move_ids
        self.assertEqual(
            (str(reversal.date), reversal.state, self._get_matched(self.invoice)), (TODAY, "posted", receipt.move_id)
        )
        self.assertTrue(all((payment.move_id + reversal)._get_open_balance_lines().mapped("reconciled")))
        self.assertEqual((self.invoice.amount_residual, self.customer.credit), (0.0, 0.0))

    def test_payment_that_cannot_be_taken_back_leaves_all_as_it_was(self):
        run = self._apply()
        payment = self._get_payment(run)
        receipt = self._receive()
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        refuse = patch.object(self.env.registry["account.move"], "_reverse_moves", side_effect=UserError("locked"))
        with refuse, self.assertRaisesRegex(UserError, f"{payment.name} cannot be taken back: .*locked"):
            self.invoice.with_user(self.clerk).action_replace_open_balance_payment()
        self.env.invalidate_all()
        self.assertEqual(
            (payment.state, self._get_matched(self.invoice), self.invoice.amount_residual),
            ("paid", payment.move_id, 0.0),
        )
        self.assertEqual(
            (receipt.move_id._get_open_balance_lines().amount_residual, payment.is_matched), (-120.0, True)
        )

    def test_foreign_currency(self):
        """The real receipt has a gain or loss of exchange, the import's payment has none; nothing is left of it."""
        foreign = self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0), ("2026-04-01", 2.5)])
        invoice = self._create_document(self.customer, 200.0, "INV/2026/00002", currency_id=foreign.id)
        run = self._apply()
        payment = self._get_payment(run, invoice)
        exchange = [("journal_id", "=", self.env.company.currency_exchange_journal_id.id)]
        self.assertEqual((payment.amount, payment.move_id.amount_total_signed), (200.0, 100.0))
        self.assertFalse(self.env["account.move"].search(exchange))
        self._receive(200.0)  # of another currency
        self.assertFalse(invoice.open_balance_receipt)
        receipt = self._receive(200.0, currency_id=foreign.id)
        invoice.invalidate_recordset(["open_balance_receipt"])
        self.assertIn(receipt.move_id.name, invoice.open_balance_receipt)
        invoice.with_user(self.clerk).action_replace_open_balance_payment()
        self.env.invalidate_all()
        difference = self.env["account.move"].search(exchange)
        self.assertEqual(self._get_matched(invoice), receipt.move_id + difference)
        self.assertEqual(
            (len(difference), difference.state, difference._get_open_balance_lines().balance), (1, "posted", -20.0)
        )
        self.assertTrue(difference._get_open_balance_lines().reconciled)
        due, settling = invoice._get_open_balance_lines(), receipt.move_id._get_open_balance_lines()
        for items in (due, settling):
            self.assertEqual((items.amount_residual, items.amount_residual_currency), (0.0, 0.0))
        self.assertEqual((payment.state, invoice.payment_state), ("canceled", invoice._get_invoice_in_payment_state()))
        self.assertFalse(payment.move_id.line_ids.matched_debit_ids + payment.move_id.line_ids.matched_credit_ids)

    def test_who_may_not_enter_payments(self):
        self._apply()
        self._receive()
        auditor = self._create_user("auditor", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            self.invoice.with_user(auditor).action_replace_open_balance_payment()
        self.assertEqual(self.invoice.amount_residual, 0.0)
