from odoo import Command
from odoo.tests import tagged

from ..common_booking import BookingCommon


@tagged("post_install", "-at_install")
class TestBookingBatch(BookingCommon):
    """Many payments at once: numbers, chatter, cost, taxes that fall due with the payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create([{"name": f"Customer {number}"} for number in range(20)])

    @classmethod
    def _create_documents(cls, count):
        """Post that many invoices of 100, 101, 102...; each fourth in the other currency."""
        moves = cls.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": cls.partners[number % 20].id,
                    "invoice_date": "2026-03-10",
                    "currency_id": (cls.company.currency_id if number % 4 else cls.foreign).id,
                    "invoice_line_ids": [Command.create({"name": "line", "price_unit": 100 + number, "tax_ids": []})],
                }
                for number in range(count)
            ]
        )
        moves._post()
        return moves

    def _book_batch(self, documents):
        """Pay each second document by 30, the others wholly."""
        bookings = [
            self._prepare_booking(document, *([30] if number % 2 else [])) for number, document in enumerate(documents)
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        payments = self._book_all(bookings)
        self.env.flush_all()
        return payments, self.env.cr.sql_log_count - before

    def test_numbers_are_unique_and_without_gaps(self):
        self._book(self._create_document(10))
        payments, _queries = self._book_batch(self._create_documents(30))
        self._book(self._create_document(20))
        self.assertEqual(sorted(payments.mapped("name")), [f"POBC/2026/{number:05}" for number in range(2, 32)])
        entries = self.env["account.move"].search([("journal_id", "=", self.journal.id)])
        self.assertEqual(sorted(entries.mapped("sequence_number")), list(range(1, 33)))
        self.assertFalse(any(entries.mapped("made_sequence_gap")))

    def test_dates_of_several_years(self):
        documents = self._create_documents(6)
        bookings = [
            self._prepare_booking(document, date=f"{2026 + number // 3}-0{1 + number}-15")
            for number, document in enumerate(documents)
        ]
        payments = self._book_all(bookings)
        self.assertEqual(
            payments.mapped("name"), [f"POBC/{year}/0000{number}" for year in (2026, 2027) for number in (1, 2, 3)]
        )

    def test_every_residual_and_no_exchange_entry(self):
        documents = self._create_documents(40)
        payments, _queries = self._book_batch(documents)
        self.assertRecordValues(
            documents,
            [
                {
                    "amount_residual": number % 2 and document.amount_total - 30,
                    "payment_state": "partial" if number % 2 else "paid",
                }
                for number, document in enumerate(documents)
            ],
        )
        self.assertPaid(payments)
        self.assertEqual(payments.reconciled_invoice_ids, documents)
        self.assertFalse(self._get_exchange_moves())

    def test_no_log_notes(self):
        documents = self._create_documents(4)
        messages = self.env["mail.message"].search_count([])
        payments, _queries = self._book_batch(documents)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertFalse(payments.message_ids)

    def test_queries_do_not_grow_with_the_number(self):
        """Fewer than one query for each further payment: only what the database is sent in portions."""
        _payments, warm = self._book_batch(self._create_documents(10))
        _payments, few = self._book_batch(self._create_documents(10))
        _payments, many = self._book_batch(self._create_documents(200))
        self.assertLess(many - few, 190, f"{warm} and {few} queries for 10, {many} for 200")

    def test_queries_of_undo_do_not_grow_with_the_number(self):
        counts = []
        for number in (10, 10, 100):
            payments, _queries = self._book_batch(self._create_documents(number))
            self.env.flush_all()
            # Without statistics of what this transaction made, PostgreSQL may plan Odoo's queries for empty tables.
            self.env.cr.execute("ANALYZE account_move, account_move_line, account_payment, account_partial_reconcile")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(payments._undo_open_balance().undone, payments)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[2] - counts[1], 270, counts)

    def test_cash_basis_tax_falls_due_with_each_part(self):
        invoice = self._create_cash_basis_invoice()
        for amount, due in ((30, 5), (90, 15)):
            self._book(invoice, amount)
            entry = invoice.tax_cash_basis_created_move_ids.sorted("id")[-1]
            self.assertEqual(entry.state, "posted")
            self.assertEqual(str(entry.date), "2026-08-31")
            self.assertEqual(entry.line_ids.filtered(lambda line: line.tax_line_id).balance, -due)
        self.assertEqual(invoice.payment_state, "paid")


@tagged("-standard", "post_install", "-at_install", "open_balance_in_payment")
class TestBookingBatchInPayment(TestBookingBatch):
    """The same where invoices wait *in payment* for the bank."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "test_get_invoice_in_payment_state": True})
