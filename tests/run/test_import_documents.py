from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import BALANCE_DATE, TODAY
from ..common_import import CUSTOMER_HEADER, OpenBalanceImportCommon

VENDOR_HEADER = "Vendor;Voucher Number;Voucher Date;Open Balance"
DUE_HEADER = "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportDocuments(OpenBalanceImportCommon):
    """Each kind of document, from file to ledger."""

    # === BILLS, CREDIT NOTES, RECEIPTS === #

    def test_vendor_credit_note_is_reduced(self):
        refund = self._create_document(self.vendor, 90.0, "GS-1", "in_refund")
        run = self._import(["70001;GS-1;15.01.2026;30,00"], apply=True)
        self.assertEqual(self._get_rows(run), [("pay", "GS-1", refund.name, 30.0, 90.0, 60.0, "done", "paid_outside")])
        self.assertEqual((refund.amount_residual, run.line_ids.payment_id.payment_type), (30.0, "inbound"))
        self.assertEqual(run.line_ids.payment_id.partner_type, "supplier")

    def test_customer_receipt_is_paid(self):
        receipt = self._create_document(self.customer, 90.0, "REC/2026/00001", "out_receipt")
        run = self._import(["10001;REC/2026/00001;15.01.2026;30,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "REC/2026/00001", "REC/2026/00001", 30.0, 90.0, 60.0, "done", "paid_outside")],
        )
        self.assertEqual(receipt.amount_residual, 30.0)

    def test_purchase_receipt_is_paid(self):
        receipt = self._create_document(self.vendor, 90.0, "BON-1", "in_receipt")
        run = self._import(["70001;BON-1;15.01.2026;-30,00"], apply=True)
        self.assertEqual(
            self._get_rows(run), [("pay", "BON-1", receipt.name, -30.0, -90.0, -60.0, "done", "paid_outside")]
        )
        self.assertEqual(receipt.amount_residual, 30.0)

    def test_unallocated_receipt_of_a_customer_becomes_a_negative_external_item(self):
        run = self._import(["10001;Z-14;28.02.2026;-500,00"], apply=True)
        self.assertEqual(self._get_rows(run), [("external", "Z-14", "", -500.0, 0.0, 0.0, "done", "external_new")])
        self.assertRecordValues(run.line_ids.external_id, [{"balance": -500.0, "kind": "receivable"}])

    def test_external_bill_is_a_payable(self):
        run = self._import(["70001;RE-9;15.01.2026;-55,00"], apply=True)
        self.assertRecordValues(
            run.line_ids.external_id, [{"partner_id": self.vendor.id, "balance": -55.0, "kind": "payable"}]
        )
        self.assertEqual(self._get_balances(self.vendor), (0.0, 0.0, 0.0))

    def test_bill_of_the_same_number_at_another_vendor_is_not_touched(self):
        other = self._create_partner("Ready Mat", creditor_number="70002")
        bill = self._create_document(self.vendor, 100.0, "2026-1", "in_invoice")
        namesake = self._create_document(other, 100.0, "2026-1", "in_invoice")
        run = self._import(["70001;2026-1;15.01.2026;-40,00", "70002;2026-1;15.01.2026;-100,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [
                ("pay", "2026-1", bill.name, -40.0, -100.0, -60.0, "done", "paid_outside"),
                ("keep", "2026-1", namesake.name, -100.0, -100.0, 0.0, "done", "confirmed"),
            ],
        )

    # === SIGN OF PAYABLES === #

    def test_payables_list_with_positive_bills(self):
        bill = self._create_document(self.vendor, 238.0, "RE-1", "in_invoice")
        run = self._import(["70001;RE-1;15.01.2026;100,00"], header=VENDOR_HEADER, apply=True)
        self.assertEqual(
            self._get_rows(run), [("pay", "RE-1", bill.name, -100.0, -238.0, -138.0, "done", "paid_outside")]
        )

    def test_payables_list_with_negative_bills(self):
        bill = self._create_document(self.vendor, 238.0, "RE-1", "in_invoice")
        run = self._import(["70001;RE-1;15.01.2026;-100,00"], header=VENDOR_HEADER, apply=True)
        self.assertEqual(
            self._get_rows(run), [("pay", "RE-1", bill.name, -100.0, -238.0, -138.0, "done", "paid_outside")]
        )

    def test_payables_sign_is_turned_as_the_documents_show(self):
        refunds = [self._create_document(self.vendor, 50.0, f"GS-{number}", "in_refund") for number in (1, 2)]
        bill = self._create_document(self.vendor, 30.0, "RE-1", "in_invoice")
        run = self._import(
            ["70001;GS-1;15.01.2026;50,00", "70001;GS-2;15.01.2026;50,00", "70001;RE-1;15.01.2026;-10,00"],
            header=VENDOR_HEADER,
            apply=True,
        )
        self.assertEqual(
            self._get_rows(run),
            [
                ("keep", "GS-1", refunds[0].name, 50.0, 50.0, 0.0, "done", "confirmed"),
                ("keep", "GS-2", refunds[1].name, 50.0, 50.0, 0.0, "done", "confirmed"),
                ("pay", "RE-1", bill.name, -10.0, -30.0, -20.0, "done", "paid_outside"),
            ],
        )
        self.assertIn("payables_sign_turned", self._get_problems(run, "info"))

    def test_payables_sign_that_nothing_tells_is_asked_for(self):
        run = self._import(["70001;RE-1;15.01.2026;100,00"], header=VENDOR_HEADER, apply=True)
        self.assertEqual((run.state, self._get_problems(run)), ("planned", ["payables_sign_unknown"]))
        self.assertFalse(self._get_problem(run, "payables_sign_unknown").can_confirm)
        run.payables_sign = "positive"
        run.action_plan()
        self.assertEqual(self._get_problems(run), [])
        self.assertEqual(self._get_rows(run), [("external", "RE-1", "", -100.0, 0.0, 0.0, "planned", "external_new")])

    # === INSTALMENTS === #

    def _create_instalments(self, amount=100.0, **values):
        """An invoice of which half is due on 14 February, half on 16 March."""
        term = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 30}),
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 60}),
                ],
            }
        )
        return self._create_document(self.customer, amount, "INV/2026/00001", invoice_payment_term_id=term.id, **values)

    def _get_due(self, document):
        """Residual by due date."""
        lines = document.line_ids.filtered("date_maturity").sorted("date_maturity")
        return [(str(line.date_maturity), line.amount_residual_currency) for line in lines]

    def test_each_instalment_gets_what_the_list_says_of_it(self):
        invoice = self._create_instalments()
        run = self._import(
            [
                "10001;INV/2026/00001;15.01.2026;14.02.2026;10,00",
                "10001;INV/2026/00001;15.01.2026;16.03.2026;50,00",
            ],
            header=DUE_HEADER,
            apply=True,
        )
        self.assertEqual(
            self._get_rows(run),
            [
                ("pay", "INV/2026/00001", "INV/2026/00001", 10.0, 50.0, 40.0, "done", "paid_outside"),
                ("keep", "INV/2026/00001", "INV/2026/00001", 50.0, 50.0, 0.0, "done", "confirmed"),
            ],
        )
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 10.0), ("2026-03-16", 50.0)])

    def test_absent_instalment_is_closed(self):
        invoice = self._create_instalments()
        run = self._import(["10001;INV/2026/00001;15.01.2026;16.03.2026;50,00"], header=DUE_HEADER, apply=True)
        self.assertEqual(
            self._get_rows(run),
            [
                ("keep", "INV/2026/00001", "INV/2026/00001", 50.0, 50.0, 0.0, "done", "confirmed"),
                ("close", "INV/2026/00001", "INV/2026/00001", 0.0, 50.0, 50.0, "done", "instalment_absent"),
            ],
        )
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 0.0), ("2026-03-16", 50.0)])

    def test_absent_instalment_of_an_incomplete_list_stays_open(self):
        self.source.complete = False
        invoice = self._create_instalments()
        self._import(["10001;INV/2026/00001;15.01.2026;16.03.2026;20,00"], header=DUE_HEADER, apply=True)
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 50.0), ("2026-03-16", 20.0)])

    def test_both_instalments_paid_make_one_payment(self):
        invoice = self._create_instalments()
        run = self._import(
            [
                "10001;INV/2026/00001;15.01.2026;14.02.2026;10,00",
                "10001;INV/2026/00001;15.01.2026;16.03.2026;30,00",
            ],
            header=DUE_HEADER,
            apply=True,
        )
        self.assertRecordValues(run.line_ids.payment_id, [{"amount": 60.0}])
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 10.0), ("2026-03-16", 30.0)])

    def test_one_balance_without_due_date_pays_the_oldest_first(self):
        invoice = self._create_instalments()
        run = self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 60.0, 100.0, 40.0, "done", "paid_outside")],
        )
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 10.0), ("2026-03-16", 50.0)])

    def test_instalments_twice_book_nothing_more(self):
        self._create_instalments()
        rows = [
            "10001;INV/2026/00001;15.01.2026;14.02.2026;10,00",
            "10001;INV/2026/00001;15.01.2026;16.03.2026;30,00",
        ]
        self._import(rows, header=DUE_HEADER, apply=True)
        second = self._import(rows, header=DUE_HEADER, apply=True)
        self.assertEqual(second.line_ids.mapped("action"), ["keep", "keep"])

    def test_instalment_that_came_back_is_reopened(self):
        invoice = self._create_instalments()
        first = self._import(["10001;INV/2026/00001;15.01.2026;16.03.2026;50,00"], header=DUE_HEADER, apply=True)
        self._import(
            [
                "10001;INV/2026/00001;15.01.2026;14.02.2026;50,00",
                "10001;INV/2026/00001;15.01.2026;16.03.2026;50,00",
            ],
            header=DUE_HEADER,
            apply=True,
        )
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 50.0), ("2026-03-16", 50.0)])
        self.assertEqual(first.line_ids.payment_id.state, "canceled")

    def test_undo_of_instalments(self):
        invoice = self._create_instalments()
        run = self._import(["10001;INV/2026/00001;15.01.2026;16.03.2026;20,00"], header=DUE_HEADER, apply=True)
        run.action_undo()
        self.assertEqual(self._get_due(invoice), [("2026-02-14", 50.0), ("2026-03-16", 50.0)])
        self.assertEqual(run.undo_result, {"undone": 1, "reversed": 0, "kept": 0})

    # === REOPENED, OVERPAID, PAID IN ODOO === #

    def _import_balance(self, balance):
        return self._import([f"10001;INV/2026/00001;15.01.2026;{balance},00"], apply=True)

    def test_reopened_over_several_payments(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        payments = [self._import_balance(balance).line_ids.payment_id for balance in (70, 40)]
        run = self._import_balance(90)
        self.assertEqual(
            self._get_rows(run),
            [("reopen", "INV/2026/00001", "INV/2026/00001", 90.0, 40.0, 10.0, "done", "reopened")],
        )
        self.assertEqual([payment.state for payment in payments], ["canceled", "canceled"])
        self.assertEqual(invoice.amount_residual, 90.0)

    def test_reopened_by_the_newest_payment_alone(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        payments = [self._import_balance(balance).line_ids.payment_id for balance in (70, 40)]
        run = self._import_balance(70)
        self.assertEqual([payment.state for payment in payments], ["paid", "canceled"])
        self.assertFalse(run.line_ids.payment_id)
        self.assertEqual(invoice.amount_residual, 70.0)

    def test_closed_document_that_came_back_is_reopened(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10002;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(invoice.amount_residual, 0.0)
        run = self._import_balance(100)
        self.assertEqual(
            self._get_rows(run)[0],
            ("reopen", "INV/2026/00001", "INV/2026/00001", 100.0, 0.0, 0.0, "done", "reopened"),
        )
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_more_than_the_total_is_reviewed(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.assertEqual(
            self._get_rows(self._import_balance(110)),
            [("review", "INV/2026/00001", "INV/2026/00001", 110.0, 100.0, 0.0, "skipped", "above_total")],
        )
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_paid_in_odoo_and_open_in_the_list_is_reviewed(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._pay_in_odoo(invoice, 100.0)
        self.assertEqual(
            self._get_rows(self._import_balance(100)),
            [("review", "INV/2026/00001", "INV/2026/00001", 100.0, 0.0, 0.0, "skipped", "paid_in_odoo")],
        )

    def test_overpaid_then_partly_refunded(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        first = self._import_balance(-20)
        self.assertEqual(self.customer.credit, -20.0)
        run = self._import_balance(-5)
        self.assertEqual(
            self._get_rows(run),
            [("reopen", "INV/2026/00001", "INV/2026/00001", -5.0, 0.0, 105.0, "done", "reopened")],
        )
        self.customer.invalidate_recordset()
        self.assertEqual((invoice.amount_residual, self.customer.credit), (0.0, -5.0))
        self.assertEqual((first.line_ids.payment_id.state, run.line_ids.payment_id.amount), ("canceled", 105.0))

    def test_overpaid_then_absent(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import_balance(-20)
        run = self._import(["10002;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(
            self._get_rows(run)[1], ("reopen", "INV/2026/00001", "INV/2026/00001", 0.0, 0.0, 100.0, "done", "absent")
        )
        self.customer.invalidate_recordset()
        self.assertEqual((invoice.payment_state, self.customer.credit), ("paid", 0.0))

    def test_overpaid_credit_that_was_used_is_reviewed(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        credit = self._import_balance(-20).line_ids.payment_id.move_id.line_ids.filtered("amount_residual")
        other = self._create_document(self.customer, 50.0, "INV/2026/00002", date="2026-04-10")
        (other.line_ids.filtered("date_maturity") + credit).reconcile()
        self.assertEqual(
            self._get_rows(self._import_balance(-5))[0],
            ("review", "INV/2026/00001", "INV/2026/00001", -5.0, 0.0, 0.0, "skipped", "credit_used"),
        )
        self.assertEqual(other.amount_residual, 30.0)

    # === TOLERANCE, PAYMENT DATES === #

    def test_difference_within_the_tolerance_is_left(self):
        self.source.tolerance = 0.05
        invoice = self._create_document(self.customer, 50.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;49,95"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("keep", "INV/2026/00001", "INV/2026/00001", 49.95, 50.0, 0.0, "done", "within_tolerance")],
        )
        self.assertEqual(invoice.amount_residual, 50.0)

    def test_difference_above_the_tolerance_is_paid_to_the_cent(self):
        self.source.tolerance = 0.05
        invoice = self._create_document(self.customer, 50.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;49,94"], apply=True)
        self.assertEqual(invoice.amount_residual, 49.94)

    def test_payment_is_dated_as_the_source_says(self):
        dates = {"balance_date": BALANCE_DATE, "document": "2026-01-15", "due": "2026-02-14", "fixed": "2026-04-02"}
        self.source.fixed_payment_date = "2026-04-02"
        term = self.env.ref("account.account_payment_term_30days")
        for number, (policy, date) in enumerate(dates.items(), start=1):
            name = f"INV/2026/{number:05}"
            self._create_document(self.customer, 100.0, name, invoice_payment_term_id=term.id)
            self.source.payment_date = policy
            run = self._import([f"10001;{name};15.01.2026;40,00"], apply=True, header=CUSTOMER_HEADER)
            with self.subTest(policy=policy):
                paid = run.line_ids.filtered("row").payment_id
                self.assertEqual((paid.date, paid.move_id.date), (self._date(date), self._date(date)))


@tagged("-standard", "post_install", "-at_install", "open_balance_in_payment")
class TestImportDocumentsInPayment(TestImportDocuments):
    """The same where invoices wait *in payment* for the bank."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "test_get_invoice_in_payment_state": True})
