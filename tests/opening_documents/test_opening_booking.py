from odoo.tests import tagged

from ..common_opening_booking import OpeningBookingCommon


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningBooking(OpeningBookingCommon):
    """Documents of a migration: real documents with what the list says, and not a cent besides."""

    # === CUSTOMERS === #

    def test_two_overdue_invoices(self):
        run = self._apply([{"total": 200, "number": "1", "due_date": "2026-01-20"}, {"total": 200, "number": "2"}])
        self.assertEqual(self._get_rows(run), [("1", 200.0, 0.0, "done", False), ("2", 200.0, 0.0, "done", False)])
        self.assertRecordValues(
            run.line_ids.move_id.sorted("id"),
            [
                {
                    "move_type": "out_invoice",
                    "state": "posted",
                    "partner_id": self.customer.id,
                    "invoice_date": self._date("2026-01-15"),
                    "date": self._date("2026-01-15"),
                    "invoice_date_due": self._date(due_date),
                    "amount_untaxed": 200.0,
                    "amount_tax": 0.0,
                    "amount_total": 200.0,
                    "amount_residual": 200.0,
                    "ref": False,
                    "payment_reference": number,
                    "open_balance_type": "out_invoice",
                    "open_balance_number": number,
                    "invoice_user_id": False,
                    "invoice_payment_term_id": False,
                    "fiscal_position_id": False,
                    "is_move_sent": False,
                }
                for number, due_date in (("1", "2026-01-20"), ("2", "2026-02-14"))
            ],
        )

    def test_items(self):
        run = self._apply([{"total": 300, "paid": 50, "number": "RE-1", "description": "Old invoice"}])
        move = run.line_ids.move_id
        receivable = self.company_data["default_account_receivable"].id
        clearing = self.source.journal_id.default_account_id.id
        self.assertItems(
            move,
            [
                (receivable, self._date("2026-02-14"), 300.0, 300.0, 250.0),
                (clearing, False, -300.0, -300.0, 0.0),
            ],
        )
        self.assertRecordValues(
            move.line_ids.sorted("id"),
            [
                {"display_type": "payment_term", "name": "RE-1", "quantity": 0.0, "price_unit": 0.0},
                {"display_type": "product", "name": "Old invoice", "quantity": 1.0, "price_unit": 300.0},
            ],
        )

    def test_amount_outstanding_after_several_payments(self):
        run = self._apply([{"total": 10000, "paid": 4500, "number": "RE-9", "due_date": "2026-02-20"}])
        due = run.line_ids.move_id._get_open_balance_lines()
        self.assertRecordValues(due, [{"date_maturity": self._date("2026-02-20"), "amount_residual": 5500.0}])

    def test_credit_note_that_was_used_in_part(self):
        run = self._apply([{"total": 100, "paid": 60, "document_type": "out_refund", "number": "GS-1"}])
        self.assertEqual(self._get_rows(run), [("GS-1", 40.0, 60.0, "done", False)])
        self.assertRecordValues(
            run.line_ids.payment_id, [{"payment_type": "outbound", "partner_type": "customer", "state": "paid"}]
        )
        self.assertEqual(run.line_ids.move_id.move_type, "out_refund")
        self.assertEqual(self.customer.credit, -40.0)

    def test_rows_of_one_document(self):
        run = self._apply(
            [
                {"total": 60, "paid": 60, "number": "RE-3", "due_date": "2026-02-01"},
                {"total": 40, "paid": 15, "number": "RE-3", "due_date": "2026-03-01", "document_index": 1},
                {"total": 30, "number": "RE-3", "due_date": "2026-03-01", "document_index": 1},
            ]
        )
        self.assertEqual(self._get_rows(run), [("RE-3", 55.0, 75.0, "done", False)] * 3)
        self.assertRecordValues(
            run.line_ids.move_id._get_open_balance_lines().sorted("id"),
            [
                {"date_maturity": self._date("2026-02-01"), "balance": 60.0, "amount_residual": 0.0},
                {"date_maturity": self._date("2026-03-01"), "balance": 70.0, "amount_residual": 55.0},
            ],
        )
        self.assertEqual(run.line_ids.move_id.invoice_date_due, self._date("2026-03-01"))
        self.assertEqual(len(run.line_ids.move_id.invoice_line_ids), 3)

    def test_analytic_account_of_each_row(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        accounts = self.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id} for name in ("North", "South")]
        )
        run = self._apply(
            [
                {"total": 10, "number": str(account.id), "analytic_distribution": {str(account.id): 100}}
                for account in accounts
            ]
        )
        self.assertEqual(
            [
                (
                    line.move_id.invoice_line_ids.analytic_distribution,
                    line.move_id.invoice_line_ids.analytic_line_ids.amount,
                )
                for line in run.line_ids.sorted("id")
            ],
            [({str(account.id): 100}, 10.0) for account in accounts],
        )
        self.assertFalse(any(run.line_ids.move_id._get_open_balance_lines().mapped("analytic_distribution")))

    def test_what_else_a_row_says(self):
        run = self._apply(
            [
                {
                    "total": 10,
                    "number": "RE-4",
                    "reference": "PO 17",
                    "period_start": "2025-12-01",
                    "period_end": "2025-12-31",
                    "salesperson_id": self.env.user.id,
                }
            ]
        )
        self.assertRecordValues(
            run.line_ids.move_id,
            [
                {
                    "name": "RE-4",
                    "ref": "PO 17",
                    "payment_reference": "RE-4",
                    "open_balance_period_start": self._date("2025-12-01"),
                    "open_balance_period_end": self._date("2025-12-31"),
                    "invoice_user_id": self.env.user.id,
                }
            ],
        )

    def test_accounting_date_is_the_opening_date(self):
        self.source.opening_date = "opening"
        run = self._apply([{"total": 10, "number": "A"}, {"total": 10, "number": "B", "document_type": "in_invoice"}])
        self.assertRecordValues(
            run.line_ids.move_id.sorted("id"),
            [{"date": self._date("2026-03-31"), "invoice_date": self._date("2026-01-15")}] * 2,
        )

    # === VENDORS === #

    def test_bills(self):
        run = self._apply(
            [
                {"total": 500, "paid": 200, "document_type": "in_invoice", "number": "F-1"},
                {"total": 50, "paid": 20, "document_type": "in_refund", "number": "F-2"},
                {"total": 70, "document_type": "vendor_payment", "number": "F-3"},
            ]
        )
        self.assertEqual(
            self._get_rows(run),
            [
                ("OBB/2026/00001", 300.0, 200.0, "done", False),
                ("OBB/2026/00002", 30.0, 20.0, "done", False),
                (False, 0.0, 70.0, "done", False),
            ],
        )
        self.assertRecordValues(
            run.line_ids.move_id.sorted("id"),
            [
                {
                    "move_type": "in_invoice",
                    "ref": "F-1",
                    "open_balance_number": "F-1",
                    "amount_residual_signed": -300.0,
                },
                {"move_type": "in_refund", "ref": "F-2", "open_balance_number": "F-2", "amount_residual_signed": 30.0},
            ],
        )
        self.assertRecordValues(
            run.line_ids.payment_id.sorted("id"),
            [
                {"payment_type": "outbound", "partner_type": "supplier", "amount": 200.0, "state": "paid"},
                {"payment_type": "inbound", "partner_type": "supplier", "amount": 20.0, "state": "paid"},
                {"payment_type": "outbound", "partner_type": "supplier", "amount": 70.0, "state": "paid"},
            ],
        )
        self.assertEqual(
            run.line_ids.payment_id.sorted("id").mapped("memo"), [f"F-1, {run.name}", f"F-2, {run.name}", "F-3"]
        )
        payable = self.env["account.move.line"].search(
            [("partner_id", "=", self.vendor.id), ("reconciled", "=", False)]
        )
        self.assertEqual(sum(payable.mapped("amount_residual")), -200.0)

    # === THE WHOLE === #

    def test_clearing_account_is_zero_after_the_trial_balance(self):
        run = self._apply(
            [
                {"total": 1000, "paid": 600, "number": "1"},
                {"total": 100, "document_type": "out_refund", "number": "2"},
                {"total": 50, "document_type": "receipt"},
                {"total": 700, "paid": 200, "document_type": "in_invoice", "number": "3"},
                {"total": 30, "document_type": "vendor_payment"},
                {"total": 10, "number": "4", "currency_id": self.foreign.id, "rate": 1.5},
            ]
        )
        receivable, payable = 400.0 - 100.0 - 50.0 + 15.0, -500.0 + 30.0
        self.assertEqual(set(run.line_ids.mapped("state")), {"done"})
        self.assertEqual(self._get_clearing_balance(), -(receivable + payable))
        trial = self.env["account.move"].create(
            {
                "line_ids": [
                    (
                        0,
                        0,
                        {"account_id": self.source.journal_id.default_account_id.id, "balance": receivable + payable},
                    ),
                    (
                        0,
                        0,
                        {
                            "account_id": self.company_data["default_account_assets"].id,
                            "balance": -receivable - payable,
                        },
                    ),
                ]
            }
        )
        trial.action_post()
        self.assertEqual(self._get_clearing_balance(), 0.0)

    def test_taxes_of_account_partner_and_company_are_left_out(self):
        tax = self.company_data["default_tax_sale"]
        self.source._get_journal().default_account_id.tax_ids = tax
        self.customer.property_account_position_id = self.env["account.fiscal.position"].create({"name": "Domestic"})
        self.env["account.analytic.distribution.model"].create({"partner_id": self.customer.id})
        run = self._apply([{"total": 200, "number": "RE-1"}])
        move = run.line_ids.move_id
        self.assertRecordValues(move, [{"amount_total": 200.0, "amount_tax": 0.0, "fiscal_position_id": False}])
        self.assertFalse(move.line_ids.tax_ids | move.line_ids.tax_line_id)
        self.assertFalse(move.line_ids.tax_tag_ids)

    def test_transfer(self):
        run = self._apply([{"total": 10, "number": "A"}, {"total": 10, "document_type": "in_invoice"}])
        transfer = self.env["open.balance.transfer"].search([])
        self.assertRecordValues(transfer, [{"name": run.name, "date": run.balance_date, "move_count": 2}])
        self.assertEqual(run.transfer_id, transfer)
