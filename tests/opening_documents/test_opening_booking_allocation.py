from odoo.tests import tagged

from ..common_opening_booking import OpeningBookingCommon


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningAllocation(OpeningBookingCommon):
    """Open credits meet open debits of the same partner, oldest first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.opening_allocate = True

    def _get_open(self, run):
        """Per line the number, what is open and how many reconciliations the run has noted."""
        run.invalidate_recordset()
        return [
            (
                line.number,
                sum((line.move_id or line.payment_id.move_id)._get_open_balance_lines().mapped("amount_residual")),
                len(line.partial_ids or ()),
            )
            for line in run.line_ids.sorted("id")
        ]

    def test_not_asked_for(self):
        self.source.opening_allocate = False
        run = self._apply([{"total": 100, "number": "A"}, {"total": 30, "number": "B", "document_type": "out_refund"}])
        self.assertEqual(self._get_open(run), [("A", 100.0, 0), ("B", -30.0, 0)])

    def test_new_credits_and_new_debits(self):
        run = self._apply(
            [
                {"total": 100, "number": "A", "due_date": "2026-03-01"},
                {"total": 50, "paid": 10, "number": "B", "due_date": "2026-02-01"},
                {"total": 60, "number": "C", "document_type": "out_refund"},
                {"total": 30, "number": "D", "document_type": "receipt", "date": "2026-03-02"},
                {"total": 70, "number": "E", "partner": self.other_customer},
            ]
        )
        # 40 and 20 by the older credit note, then 30 by the receipt
        self.assertEqual(
            self._get_open(run), [("A", 50.0, 2), ("B", 0.0, 1), ("C", 0.0, 2), ("D", 0.0, 1), ("E", 70.0, 0)]
        )
        receipt = run.line_ids.sorted("id")[3].payment_id
        due = run.line_ids.sorted("id")[0].move_id._get_open_balance_lines()
        self.assertEqual(receipt.open_balance_booking["lines"], [[due.id, 30.0]])
        self.assertFalse(receipt._get_change_by_hand())
        partials = self.env["account.partial.reconcile"].browse(run.line_ids.sorted("id")[0].partial_ids)
        self.assertEqual(partials.mapped("amount"), [20.0, 30.0])

    def test_older_credits_and_older_debits(self):
        older = [
            self._create_by_hand(date="2025-12-01", move_type=move_type, partner=partner)
            for move_type, partner in (("out_refund", self.customer), ("out_invoice", self.other_customer))
        ]
        run = self._apply(
            [
                {"total": 100, "number": "A"},
                {"total": 4, "number": "B", "document_type": "receipt", "partner": self.other_customer},
            ]
        )
        self.assertEqual(self._get_open(run), [("A", 90.0, 1), ("B", 0.0, 1)])
        self.assertEqual([move.amount_residual for move in older], [0.0, 6.0])

    def test_older_items_are_left_among_themselves(self):
        older = [self._create_by_hand(move_type=move_type) for move_type in ("out_refund", "out_invoice")]
        run = self._apply([{"total": 100, "paid": 100, "number": "A"}])
        self.assertEqual(self._get_open(run), [("A", 0.0, 0)])
        self.assertEqual([move.amount_residual for move in older], [10.0, 10.0])

    def test_vendors_and_currencies_apart(self):
        foreign = {"currency_id": self.foreign.id, "rate": 1.25}
        run = self._apply(
            [
                {"total": 100, "number": "A", "document_type": "in_invoice"},
                {"total": 40, "number": "B", "document_type": "vendor_payment"},
                {"total": 10, "number": "C", "document_type": "vendor_payment", **foreign},
                {"total": 100, "number": "D"},
                {"total": 20, "number": "E", "document_type": "receipt", **foreign},
            ]
        )
        self.assertEqual(
            self._get_open(run), [("A", -60.0, 1), ("B", 0.0, 1), ("C", 12.5, 0), ("D", 100.0, 0), ("E", -25.0, 0)]
        )

    def test_foreign_currency(self):
        foreign = {"currency_id": self.foreign.id, "rate": 1.25}
        run = self._apply(
            [
                {"total": 100, "number": "A", **foreign},
                {"total": 100, "number": "B", "document_type": "receipt", **foreign},
            ]
        )
        self.assertEqual(self._get_open(run), [("A", 0.0, 1), ("B", 0.0, 1)])

    def test_exchange_difference_that_cannot_be_booked(self):
        self.company.currency_exchange_journal_id = False
        foreign = {"currency_id": self.foreign.id, "partner": self.other_customer}
        run = self._apply(
            [
                {"total": 100, "number": "A", "rate": 1.25, **foreign},
                {"total": 100, "number": "B", "rate": 1.5, "document_type": "receipt", **foreign},
                {"total": 100, "number": "C"},
                {"total": 30, "number": "D", "document_type": "receipt"},
            ]
        )
        self.assertEqual(self._get_open(run), [("A", 125.0, 0), ("B", -150.0, 0), ("C", 70.0, 1), ("D", 0.0, 1)])
        self.assertEqual(set(run.line_ids.mapped("result")), {False})
        self.assertIn("Open credits of Deco Addict were not allocated", " ".join(run.message_ids.mapped("body")))

    def test_entries(self):
        self.source.opening_form = "entry"
        run = self._apply([{"total": 100, "number": "A"}, {"total": 30, "number": "B", "document_type": "out_refund"}])
        self.assertEqual(self._get_open(run), [("A", 70.0, 1), ("B", 0.0, 1)])
