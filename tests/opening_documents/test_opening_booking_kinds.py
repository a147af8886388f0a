from odoo.tests import tagged

from ..common_opening_booking import OpeningBookingCommon


@tagged("post_install", "-at_install", "open_balance_in_payment")
class TestOpeningPaid(OpeningBookingCommon):
    """Documents and their payments, on Community and with ``in_payment`` accounting alike."""

    def test_part_paid_invoice(self):
        run = self._apply([{"total": 110, "paid": 55, "number": "RE-7"}])
        self.assertEqual(self._get_rows(run), [("RE-7", 55.0, 55.0, "done", False)])
        self.assertRecordValues(
            run.line_ids.payment_id,
            [
                {
                    "date": self._date("2026-02-14"),
                    "amount": 55.0,
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "state": "paid",
                    "is_matched": True,
                    "is_reconciled": True,
                    "reconciled_invoice_ids": run.line_ids.move_id.ids,
                }
            ],
        )
        self.assertEqual(run.line_ids.move_id.payment_state, "partial")

    def test_payment_of_instalments_is_dated_when_the_last_paid_one_was_due(self):
        rows = [("2026-02-01", 60), ("2026-03-01", 15), ("2026-12-01", 0)]
        run = self._apply(
            [
                {"total": 60, "paid": paid, "number": "RE-9", "due_date": due_date, "document_index": 1}
                for due_date, paid in rows
            ]
        )
        self.assertRecordValues(run.line_ids.payment_id, [{"date": self._date("2026-03-01"), "amount": 75.0}])

    def test_history(self):
        run = self._apply([{"total": 110, "paid": 110, "number": "RE-8"}])
        self.assertEqual(self._get_rows(run), [("RE-8", 0.0, 110.0, "done", False)])
        self.assertEqual((run.line_ids.move_id.payment_state, run.line_ids.payment_id.state), ("paid", "paid"))
        self.assertEqual(self._get_clearing_balance(), 0.0)

    def test_receipt(self):
        run = self._apply([{"total": 80, "document_type": "receipt", "number": "BANK-1"}])
        self.assertRecordValues(
            run.line_ids.payment_id,
            [
                {
                    "date": self._date("2026-01-15"),
                    "amount": 80.0,
                    "payment_type": "inbound",
                    "partner_id": self.customer.id,
                    "state": "paid",
                    "memo": "BANK-1",
                    "open_balance_number": "BANK-1",
                    "journal_id": self.source.journal_id.id,
                }
            ],
        )
        self.assertEqual(self.customer.credit, -80.0)

    def test_entry(self):
        self.source.opening_form = "entry"
        run = self._apply([{"total": 110, "paid": 55, "number": "RE-7"}])
        due = run.line_ids.move_id._get_open_balance_lines()
        self.assertEqual((run.line_ids.state, due.amount_residual), ("done", 55.0))
        self.assertRecordValues(run.line_ids.payment_id, [{"amount": 55.0, "state": "paid", "is_reconciled": True}])


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningKinds(OpeningBookingCommon):
    """Documents in other currencies, with payment terms, and as journal entries."""

    # === CURRENCIES === #

    def test_foreign_currency_at_the_rate_of_the_list(self):
        run = self._apply(
            [
                {"total": 1000, "paid": 600, "number": "X-1", "currency_id": self.foreign.id, "rate": 1.7331},
                {"total": 33.33, "paid": 11.11, "number": "X-2", "currency_id": self.foreign.id, "rate": 1.7331},
                {"total": 40, "document_type": "receipt", "currency_id": self.foreign.id, "rate": 2.0},
            ]
        )
        moves = run.line_ids.move_id.sorted("id")
        self.assertRecordValues(
            moves,
            [
                {
                    "amount_total": 1000.0,
                    "amount_total_signed": 1733.1,
                    "amount_residual": 400.0,
                    "amount_residual_signed": 693.24,
                },
                {
                    "amount_total": 33.33,
                    "amount_total_signed": 57.76,
                    "amount_residual": 22.22,
                    "amount_residual_signed": 38.51,
                },
            ],
        )
        self.assertAlmostEqual(moves[0].invoice_currency_rate, 1 / 1.7331)
        receipt = run.line_ids.filtered(lambda line: line.document_type == "receipt").payment_id
        self.assertRecordValues(
            receipt.move_id.line_ids.sorted("id"),
            [{"amount_currency": 40.0, "balance": 80.0}, {"amount_currency": -40.0, "balance": -80.0}],
        )
        exchange = self.company.currency_exchange_journal_id
        self.assertFalse(self.env["account.move"].search([("journal_id", "=", exchange.id)]))

    def test_rate_stays_when_the_document_is_edited(self):
        run = self._apply([{"total": 100, "number": "X-1", "currency_id": self.foreign.id, "rate": 1.7331}])
        move = run.line_ids.move_id.with_env(self.env)
        move.button_draft()
        move.write({"ref": "edited", "invoice_line_ids": [(1, move.invoice_line_ids.id, {"price_unit": 200})]})
        move.action_post()
        self.assertRecordValues(
            move, [{"name": "X-1", "amount_total": 200.0, "amount_total_signed": 346.62, "amount_residual": 200.0}]
        )

    # === PAYMENT TERMS === #

    def test_payment_terms_without_due_date(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30 % now",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 30, "nb_days": 0}),
                    (0, 0, {"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        run = self._apply(
            [{"total": 1000, "paid": 400, "number": "T-1", "due_date": False, "payment_term_id": term.id}]
        )
        move = run.line_ids.move_id
        self.assertEqual(move.invoice_payment_term_id, term)
        self.assertRecordValues(
            move._get_open_balance_lines().sorted("id"),
            [
                {"date_maturity": self._date("2026-01-15"), "balance": 300.0, "amount_residual": 0.0},
                {"date_maturity": self._date("2026-03-16"), "balance": 700.0, "amount_residual": 600.0},
            ],
        )

    def test_payment_terms_that_say_otherwise_are_left_out(self):
        term = self.env.ref("account.account_payment_term_30days")
        run = self._apply(
            [
                {"total": 10, "number": "T-1", "payment_term_id": term.id},
                {"total": 10, "number": "T-2", "payment_term_id": term.id, "due_date": "2026-02-15"},
                {"total": 10, "number": "T-3", "due_date": False},
            ]
        )
        self.assertRecordValues(
            run.line_ids.move_id.sorted("id"),
            [
                {"invoice_payment_term_id": term.id, "invoice_date_due": self._date("2026-02-14")},
                {"invoice_payment_term_id": False, "invoice_date_due": self._date("2026-02-15")},
                {"invoice_payment_term_id": False, "invoice_date_due": self._date("2026-01-15")},
            ],
        )

    # === JOURNAL ENTRIES === #

    def test_entries(self):
        self.source.opening_form = "entry"
        run = self._apply(
            [
                {"total": 110, "paid": 55, "number": "RE-7"},
                {"total": 60, "paid": 60, "number": "RE-8", "due_date": "2026-02-01"},
                {"total": 40, "number": "RE-8", "due_date": "2026-03-01", "document_index": 2},
                {"total": 500, "paid": 200, "document_type": "in_invoice", "number": "F-1"},
                {"total": 100, "paid": 60, "number": "X-1", "currency_id": self.foreign.id, "rate": 1.7331},
            ]
        )
        moves = run.line_ids.move_id.sorted("id")
        self.assertRecordValues(
            moves,
            [
                {
                    "name": f"OBE/2026/0000{index}",
                    "move_type": "entry",
                    "open_balance_type": document_type,
                    "open_balance_number": number,
                    "ref": number,
                    "partner_id": partner.id,
                }
                for index, (document_type, number, partner) in enumerate(
                    (
                        ("out_invoice", "RE-7", self.customer),
                        ("out_invoice", "RE-8", self.customer),
                        ("in_invoice", "F-1", self.vendor),
                        ("out_invoice", "X-1", self.customer),
                    ),
                    1,
                )
            ],
        )
        self.assertEqual(
            [
                (
                    str(due.date_maturity),
                    due.amount_currency,
                    due.balance,
                    due.amount_residual_currency,
                    due.amount_residual,
                )
                for move in moves
                for due in move._get_open_balance_lines().sorted("id")
            ],
            [
                ("2026-02-14", 110.0, 110.0, 55.0, 55.0),
                ("2026-02-01", 60.0, 60.0, 0.0, 0.0),
                ("2026-03-01", 40.0, 40.0, 40.0, 40.0),
                ("2026-02-14", -500.0, -500.0, -300.0, -300.0),
                ("2026-02-14", 100.0, 173.31, 40.0, 69.32),
            ],
        )
        self.assertEqual(
            run.line_ids.payment_id.mapped("partner_type"), ["customer", "customer", "supplier", "customer"]
        )
