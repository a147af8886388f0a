from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.account_open_balance.models.ledger.account_payment import Allocation

from ..common_booking import BookingCommon


@tagged("post_install", "-at_install")
class TestBooking(BookingCommon):
    """What a payment of an import is in the books. Runs with and without ``in_payment`` accounting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clearing = cls.journal.default_account_id
        cls.receivable = cls.company_data["default_account_receivable"]
        cls.payable = cls.company_data["default_account_payable"]

    # === JOURNAL === #

    def test_clearing_journal_is_complete_and_apart(self):
        account = self.clearing
        self.assertRecordValues(
            self.journal,
            [
                {
                    "name": "Clearing",
                    "code": "OBC",
                    "type": "cash",
                    "company_id": self.company.id,
                    "show_on_dashboard": False,
                    "payment_sequence": True,
                }
            ],
        )
        self.assertRecordValues(account, [{"account_type": "asset_current", "reconcile": False, "currency_id": False}])
        self.assertEqual(account.name, "Open Balance Clearing")
        methods = self.journal.inbound_payment_method_line_ids + self.journal.outbound_payment_method_line_ids
        self.assertRecordValues(methods, [{"code": "manual", "payment_account_id": account.id}] * 2)

    def test_second_journal_takes_next_code(self):
        other = self.env["account.journal"]._create_open_balance_journal(self.company, "Other")
        self.assertEqual(other.code, "OBC1")
        self.assertNotEqual(other.default_account_id, self.clearing)

    def test_invoicing_user_gets_a_journal(self):
        user = new_test_user(self.env, "biller", "account.group_account_invoice", company_id=self.company.id)
        journal = self.env["account.journal"].with_user(user)._create_open_balance_journal(self.company, "Mine")
        self.assertFalse(journal.env.su)
        self.assertEqual(journal.env.user, user)

    # === FULL AND PART PAYMENT === #

    def test_whole_customer_invoice(self):
        invoice = self._create_document(1000)
        payment = self._book(invoice)
        self.assertPaid(payment)
        self.assertEntry(payment, [(self.clearing.id, 1000, 1000, 0), (self.receivable.id, -1000, -1000, 0)])
        self.assertRecordValues(invoice, [{"payment_state": "paid", "amount_residual": 0}])
        self.assertRecordValues(
            payment,
            [
                {
                    "date": self.env["account.payment"]._fields["date"].to_date("2026-08-31"),
                    "memo": invoice.name,
                    "partner_id": self.partner_a.id,
                    "destination_account_id": self.receivable.id,
                    "outstanding_account_id": self.clearing.id,
                    "reconciled_invoice_ids": invoice.ids,
                    "invoice_ids": invoice.ids,
                }
            ],
        )
        self.assertEqual(payment.name, "POBC/2026/00001")
        self.assertEqual(payment.move_id.origin_payment_id, payment)

    def test_part_of_customer_invoice(self):
        invoice = self._create_document(1000)
        payment = self._book(invoice, 300)
        self.assertPaid(payment)
        self.assertEntry(payment, [(self.clearing.id, 300, 300, 0), (self.receivable.id, -300, -300, 0)])
        self.assertRecordValues(invoice, [{"payment_state": "partial", "amount_residual": 700}])

    def test_several_part_payments(self):
        invoice = self._create_document(1000)
        payments = self._book(invoice, 300) + self._book(invoice, 400)
        self.assertRecordValues(invoice, [{"payment_state": "partial", "amount_residual": 300}])
        payments += self._book(invoice)
        self.assertPaid(payments)
        self.assertRecordValues(invoice, [{"payment_state": "paid", "amount_residual": 0}])

    def test_credit_note(self):
        refund = self._create_document(400, "out_refund")
        payment = self._book(refund, -150)
        self.assertPaid(payment)
        self.assertEqual(payment.payment_type, "outbound")
        self.assertEntry(payment, [(self.clearing.id, -150, -150, 0), (self.receivable.id, 150, 150, 0)])
        self.assertRecordValues(refund, [{"payment_state": "partial", "amount_residual": 250}])

    def test_vendor_bill(self):
        bill = self._create_document(500, "in_invoice")
        payment = self._book(bill)
        self.assertPaid(payment)
        self.assertRecordValues(payment, [{"payment_type": "outbound", "partner_type": "supplier"}])
        self.assertEntry(payment, [(self.clearing.id, -500, -500, 0), (self.payable.id, 500, 500, 0)])
        self.assertRecordValues(bill, [{"payment_state": "paid", "amount_residual": 0}])

    def test_vendor_credit_note(self):
        refund = self._create_document(80, "in_refund")
        payment = self._book(refund, 30)
        self.assertPaid(payment)
        self.assertEntry(payment, [(self.clearing.id, 30, 30, 0), (self.payable.id, -30, -30, 0)])
        self.assertRecordValues(refund, [{"payment_state": "partial", "amount_residual": 50}])

    def test_receipts(self):
        sale, purchase = self._create_document(70, "out_receipt"), self._create_document(60, "in_receipt")
        self.assertPaid(self._book(sale) + self._book(purchase, -20))
        self.assertRecordValues(
            sale + purchase,
            [{"payment_state": "paid", "amount_residual": 0}, {"payment_state": "partial", "amount_residual": 40}],
        )

    def test_each_payment_on_its_own_invoice(self):
        """T18: 1000 and 2000, of which 700 and 1500 are left."""
        documents = self._create_document(1000) + self._create_document(2000)
        payments = self._book_all([self._prepare_booking(documents[0], 300), self._prepare_booking(documents[1], 500)])
        self.assertRecordValues(documents, [{"amount_residual": 700}, {"amount_residual": 1500}])
        self.assertRecordValues(
            payments,
            [
                {"amount": 300, "reconciled_invoice_ids": documents[0].ids},
                {"amount": 500, "reconciled_invoice_ids": documents[1].ids},
            ],
        )

    def test_overpaid_leaves_credit(self):
        """T19: 3100 on 3000."""
        invoice = self._create_document(3000)
        payment = self._book(invoice, (3000, 100))
        self.assertRecordValues(
            payment, [{"state": "paid", "is_matched": True, "is_reconciled": False, "amount": 3100}]
        )
        self.assertEntry(
            payment,
            [
                (self.clearing.id, 3100, 3100, 0),
                (self.receivable.id, -3000, -3000, 0),
                (self.receivable.id, -100, -100, -100),
            ],
        )
        self.assertRecordValues(invoice, [{"payment_state": "paid", "amount_residual": 0}])

    def test_overpaid_after_it_was_paid(self):
        invoice = self._create_document(3000, currency=self.foreign)
        self._book(invoice)
        payment = self._book(invoice, (0, 100))
        self.assertEqual(payment.state, "paid")
        self.assertEntry(payment, [(self.clearing.id, 100, 114.46, 0), (self.receivable.id, -100, -114.46, -114.46)])

    # === CURRENCY === #

    def test_foreign_invoice_at_its_own_rate(self):
        """Rate of the document 0.8737, on the booking date 0.91."""
        invoice = self._create_document(1000, currency=self.foreign)
        part, rest = self._book(invoice, 333.33), self._book(invoice)
        self.assertPaid(part + rest)
        self.assertEntry(part, [(self.clearing.id, 333.33, 381.52, 0), (self.receivable.id, -333.33, -381.52, 0)])
        self.assertEntry(rest, [(self.clearing.id, 666.67, 763.04, 0), (self.receivable.id, -666.67, -763.04, 0)])
        self.assertRecordValues(
            self._get_due_lines(invoice), [{"balance": 1144.56, "amount_residual": 0, "amount_residual_currency": 0}]
        )
        self.assertFalse(self._get_exchange_moves())

    def test_foreign_rest_stays_proportional_through_many_parts(self):
        """Cents never add up to an exchange difference, whatever the parts are."""
        for total in (100.01, 99.99, 1234.56):
            invoice = self._create_document(total, currency=self.foreign)
            line = self._get_due_lines(invoice)
            rate = line.balance / line.amount_currency
            for amount in (0.01, 7.13, 11.11, 0.03, 13.37):
                self._book(invoice, amount)
                proportional = self.company.currency_id.round(line.amount_residual_currency * rate)
                self.assertEqual(line.amount_residual, proportional)
            self._book(invoice)
            self.assertRecordValues(line, [{"amount_residual": 0, "amount_residual_currency": 0, "reconciled": True}])
        self.assertFalse(self._get_exchange_moves())

    def test_parts_worth_less_than_a_cent(self):
        """300 foreign cents are one of ours: parts without a balance, and none with the wrong sign."""
        self.foreign.rate_ids.unlink()
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": self.foreign.id, "rate": 300})
        invoice = self._create_document(10, currency=self.foreign)
        line = self._get_due_lines(invoice)
        for amount in (0.01, 1.2, 0.7, 0.3, 5, 0.04):
            self._book(invoice, amount)
            self.assertEqual(line.amount_residual, round(line.amount_residual_currency * 0.003, 2))
        self._book(invoice)
        self.assertRecordValues(line, [{"balance": 0.03, "amount_residual": 0, "amount_residual_currency": 0}])
        self.assertFalse(self._get_exchange_moves())

    def test_foreign_without_exchange_journal(self):
        """T15: nothing is needed for a difference that does not arise."""
        self.company.currency_exchange_journal_id = False
        invoice = self._create_document(100.01, "in_invoice", currency=self.foreign)
        self._book(invoice, -33.33)
        self._book(invoice)
        self.assertRecordValues(invoice, [{"payment_state": "paid", "amount_residual": 0}])

    def test_foreign_overpaid(self):
        invoice = self._create_document(1000, currency=self.foreign)
        payment = self._book(invoice, (1000, 50))
        self.assertEntry(
            payment,
            [
                (self.clearing.id, 1050, 1201.79, 0),
                (self.receivable.id, -1000, -1144.56, 0),
                (self.receivable.id, -50, -57.23, -57.23),
            ],
        )
        self.assertFalse(self._get_exchange_moves())

    # === DUE LINES, ACCOUNTS, PARTNERS === #

    def test_instalments_each_its_own_amount(self):
        invoice = self._create_document(1000, term=self.pay_terms_b)
        payment = self._book(invoice, 100, 400)
        self.assertPaid(payment)
        self.assertEntry(
            payment,
            [(self.clearing.id, 500, 500, 0), (self.receivable.id, -100, -100, 0), (self.receivable.id, -400, -400, 0)],
        )
        self.assertRecordValues(self._get_due_lines(invoice), [{"amount_residual": 200}, {"amount_residual": 300}])

    def test_foreign_instalments(self):
        invoice = self._create_document(1000.03, currency=self.foreign, term=self.pay_terms_b)
        self._book(invoice, 300.01, 123.45)
        self._book(invoice, 0, 576.57)
        self.assertRecordValues(
            self._get_due_lines(invoice),
            [{"amount_residual": 0, "reconciled": True}, {"amount_residual": 0, "reconciled": True}],
        )
        self.assertFalse(self._get_exchange_moves())

    def test_other_receivable_account(self):
        """The account is the document's, not the partner's present one."""
        invoice = self._create_document(1000, partner=self.partner_b)
        account = self._get_due_lines(invoice).account_id
        self.partner_b.property_account_receivable_id = self.receivable
        payment = self._book(invoice, 250)
        self.assertNotEqual(account, self.receivable)
        self.assertEqual(payment.destination_account_id, account)
        self.assertEntry(payment, [(self.clearing.id, 250, 250, 0), (account.id, -250, -250, 0)])

    def test_contact_of_a_company(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.partner_a.id})
        invoice = self._create_document(1000, partner=contact)
        for partner in (self.partner_a, contact):
            payment = self._book(invoice, 100, partner_id=partner.id)
            self.assertEqual(payment.move_id.line_ids.partner_id, self.partner_a)

    def test_branch_books_in_its_own_company(self):
        """T23."""
        self.company.write({"child_ids": [Command.create({"name": "Branch"})]})
        self.cr.precommit.run()  # loads the branch's chart
        branch = self.company.child_ids
        self.env.user.company_ids += branch
        journal = self.env["account.journal"]._create_open_balance_journal(branch, "Branch")
        self.assertEqual(journal.company_id, self.company)
        invoice = self._create_document(1000, company_id=branch.id)
        payment = self._book(invoice, 400, journal_id=journal.id)
        self.assertPaid(payment)
        self.assertEqual(invoice.company_id, branch)
        self.assertEqual(payment.company_id + payment.move_id.company_id, branch)
        self.assertEqual(invoice.amount_residual, 600)

    # === OUTSTANDING ACCOUNT === #

    def test_without_outstanding_account(self):
        """T16: an entry is made and the residual drops, whatever the journal's payment methods say."""
        bank = self.company_data["default_journal_bank"]
        bank.inbound_payment_method_line_ids.payment_account_id = False
        self.journal.inbound_payment_method_line_ids.payment_account_id = False
        for journal in (self.journal, bank):
            invoice = self._create_document(1000)
            payment = self._book(invoice, journal_id=journal.id)
            self.assertPaid(payment)
            self.assertEqual(payment.outstanding_account_id, journal.default_account_id)
            self.assertEqual(payment.move_id.state, "posted")
            self.assertRecordValues(invoice, [{"payment_state": "paid", "amount_residual": 0}])

    def test_other_outstanding_account_is_not_used(self):
        """T17: the outstanding account is the journal's own liquidity account, so the payment is paid at once."""
        bank = self.company_data["default_journal_bank"]
        self.assertNotEqual(bank.inbound_payment_method_line_ids.payment_account_id, bank.default_account_id)
        payment = self._book(self._create_document(1000), journal_id=bank.id)
        self.assertPaid(payment)
        self.assertEntry(
            payment, [(bank.default_account_id.id, 1000, 1000, 1000), (self.receivable.id, -1000, -1000, 0)]
        )

    def test_journal_without_payment_methods(self):
        self.journal.outbound_payment_method_line_ids.unlink()
        bill = self._create_document(10, "in_invoice")
        with self.assertRaisesRegex(UserError, "Clearing.*needs an account and payment methods"):
            self._book(bill)

    # === REFUSED === #

    def test_more_than_is_open(self):
        invoice = self._create_document(1000)
        with self.assertRaisesRegex(UserError, f"{invoice.name}.*cannot be booked.*Plan again"):
            self._book(invoice, 1000.01)
        self._book(invoice, 600)
        with self.assertRaisesRegex(UserError, f"{invoice.name}.*cannot be booked.*Plan again"):
            self._book(invoice, 600)

    def test_amount_differs_from_allocation(self):
        invoice = self._create_document(1000)
        with self.assertRaisesRegex(UserError, f"{invoice.name}.*is not what was allocated"):
            self._book(invoice, 300, amount=301)

    def test_line_twice(self):
        line = self._get_due_lines(self._create_document(1000))
        with self.assertRaisesRegex(ValueError, "only once"):
            self.env["account.payment"]._book_open_balance([{}, {}], [[Allocation(line, 1)], [Allocation(line, 1)]])

    def test_residual_after_booking_is_checked(self):
        """Something else that changes the document while it is booked is noticed."""
        invoice = self._create_document(1000)
        with self.assertRaisesRegex(UserError, f"{invoice.name}.*would have .*1,000.00 open after booking instead of"):
            self.env["account.payment"]._check_residuals({self._get_due_lines(invoice): 700.0})

    def test_locked_date(self):
        """T26."""
        invoice = self._create_document(1000)
        self.company.fiscalyear_lock_date = "2026-08-31"
        message = self.env["account.payment"]._get_open_balance_lock_message(
            self.company, self.journal, invoice.date.replace(month=8, day=31)
        )
        self.assertIn("08/31/2026", message)
        with self.assertRaisesRegex(UserError, f"{invoice.name}.*08/31/2026.*locked.*08/31/2026.*Choose a later date"):
            self._book(invoice)
        payment = self._book(invoice, date="2026-09-01")
        self.assertEqual(str(payment.move_id.date), "2026-09-01")

    def test_lock_exception_of_the_user(self):
        invoice = self._create_document(1000)
        self.company.fiscalyear_lock_date = "2026-08-31"
        self.env["account.lock_exception"].create(
            {
                "company_id": self.company.id,
                "user_id": self.env.uid,
                "fiscalyear_lock_date": "2026-07-31",
                "end_datetime": "2100-01-01",
            }
        )
        self.assertEqual(str(self._book(invoice).move_id.date), "2026-08-31")

    # === RIGHTS === #

    def test_invoicing_user_books(self):
        user = new_test_user(self.env, "biller", "account.group_account_invoice", company_id=self.company.id)
        invoice = self._create_document(1000, currency=self.foreign)
        payment = self._book(invoice, 250, env=self.env(user=user))
        self.assertEqual(payment.create_uid, user)
        self.assertPaid(payment)

    def test_other_user_does_not_book(self):
        user = new_test_user(self.env, "employee", "base.group_user", company_id=self.company.id)
        with self.assertRaisesRegex(AccessError, "not allowed to access"):
            self._book(self._create_document(1000), env=self.env(user=user))


@tagged("-standard", "post_install", "-at_install", "open_balance_in_payment")
class TestBookingInPayment(TestBooking):
    """The same where invoices wait *in payment* for the bank: OCA's account_in_payment, or Enterprise."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # account_in_payment does nothing in tests without this key of its own
        cls.env = cls.env(context={**cls.env.context, "test_get_invoice_in_payment_state": True})

    def test_edition(self):
        self.assertEqual(self.env["account.move"]._get_invoice_in_payment_state(), "in_payment")
