from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

OTHER = "10002;INV/2026/00002;15.01.2026;70,00"
PAID = [OTHER]  # a complete list that doesn't hold INV/2026/00001
LATER = "2026-04-10"
CURRENCY_HEADER = "Account Number;Voucher Number;Voucher Date;Open Balance;Currency"


@freeze_time(TODAY)
class LooseCommon(OpenBalanceImportCommon):
    """An invoice of 120 that a first list has settled, and another one that is always open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 120.0, "INV/2026/00001")
        cls.other = cls._create_document(cls.other_customer, 70.0, "INV/2026/00002")

    def _pay_by_list(self, rows=None):
        """Apply the first list.

        :return: the payment that it booked for INV/2026/00001
        """
        run = self._import(PAID if rows is None else rows, apply=True)
        payment = run.line_ids.filtered("payment_id").payment_id
        self.assertEqual((run.state, len(payment)), ("done", 1))
        return payment

    @staticmethod
    def _get_counterparts(payment):
        return payment.move_id.line_ids.filtered(
            lambda line: line.account_type in ("asset_receivable", "liability_payable")
        )

    def _unreconcile(self, payment):
        self._get_counterparts(payment).remove_move_reconcile()

    def _receive(self, document, amount):
        """A receipt from the bank that is matched with the document."""
        return self._pay_in_odoo(document, amount)

    def _create_halves(self):
        """Payment terms of two instalments."""
        lines = [Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (10, 40)]
        return self.env["account.payment.term"].create({"name": "Halves", "line_ids": lines})

    def _change(self, document, amount):
        """Reset to draft, change, post again."""
        document.button_draft()
        document.invoice_line_ids.price_unit = amount
        document.action_post()

    def _get_lines(self, run, document=None):
        """What the run does with a document: action, reported, booked, to pay, payments taken back, state, reason."""
        lines = run.line_ids.filtered(lambda line: line.move_id == (document or self.invoice))
        return [
            (
                line.action,
                line.reported_balance,
                line.booked_balance,
                line.payment_amount,
                line.undo_payment_ids,
                line.state,
                line.reason_code,
            )
            for line in lines.sorted("id")
        ]

    def _get_open(self, document=None):
        """What is open of a document, and the partner's balance in the ledger."""
        document = document or self.invoice
        self.env.invalidate_all()
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", document.commercial_partner_id.id),
                ("account_type", "in", ("asset_receivable", "liability_payable")),
                ("parent_state", "=", "posted"),
            ]
        )
        return (document.amount_residual, document.payment_state, round(sum(lines.mapped("balance")), 2))

    def assertStable(self, rows, **kwargs):
        """The same list once more books nothing."""
        run = self._import(rows, apply=True, balance_date=LATER, **kwargs)
        self.assertEqual(run.state, "done")
        self.assertFalse(run.line_ids.payment_id)
        self.assertFalse(run.line_ids.undo_payment_ids)
        self.assertNotIn("failed", run.line_ids.mapped("state"))
        return run


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLoosePayments(LooseCommon):
    """A payment of an import that no longer settles what it was booked for is no credit."""

    # === UNRECONCILED === #

    def test_unreconciled_and_still_paid(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("cancel", 0.0, 120.0, 0.0, payment, "done", "loose_cancelled"),
                ("close", 0.0, 120.0, 120.0, payment.browse(), "done", "absent"),
            ],
        )
        self.assertEqual(payment.state, "canceled")
        self.assertEqual(self._get_open(), (0.0, "paid", 0.0))
        self.assertStable(PAID)

    def test_unreconciled_and_reported_as_open(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;120,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("keep", 120.0, 120.0, 0.0, payment.browse(), "done", "confirmed"),
                ("cancel", 0.0, 120.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 120.0, "not_paid", 120.0))
        self.assertEqual(self._get_balances(self.customer), (120.0, 0.0, 120.0))
        self.assertStable(rows)

    def test_unreconciled_and_reported_in_part(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;50,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("pay", 50.0, 120.0, 70.0, payment.browse(), "done", "paid_outside"),
                ("cancel", 0.0, 120.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 50.0, "partial", 50.0))
        self.assertStable(rows)

    def test_the_preview_names_it(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        run = self._import(PAID, balance_date=LATER)
        reason = run.line_ids.filtered(lambda line: line.action == "cancel").reason
        self.assertIn(f"{payment.name} of an earlier import settles nothing any more", reason)
        self.assertIn("120.00", reason)
        self.assertIn("settle nothing any more, to be cancelled: 1.", run.apply_sentence)
        self.assertEqual(payment.state, "paid")

    def test_a_list_that_is_not_complete_leaves_what_it_does_not_name(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        self.source.complete = False
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual((self._get_lines(run), payment.state), ([], "paid"))
        rows = ["10001;INV/2026/00001;15.01.2026;20,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("pay", 20.0, 120.0, 100.0, payment.browse(), "done", "paid_outside"),
                ("cancel", 0.0, 120.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 20.0, "partial", 20.0))

    def test_all_or_nothing(self):
        self.source.all_or_nothing = True
        payment = self._pay_by_list()
        self._unreconcile(payment)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual((run.state, payment.state, *self._get_open()), ("done", "canceled", 0.0, "paid", 0.0))

    def test_matched_again_by_hand_after_the_preview(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        run = self._import(PAID, balance_date=LATER)
        (self._get_counterparts(payment) + self.invoice._get_open_balance_lines()).reconcile()
        run.action_apply()
        self.assertEqual([row[0::5] for row in self._get_lines(run)], [("cancel", "failed"), ("close", "failed")])
        self.assertEqual((payment.state, *self._get_open()), ("paid", 0.0, "paid", 0.0))

    def test_vendor_bill(self):
        bill = self._create_document(self.vendor, 120.0, "RE-1", "in_invoice")
        payment = self._pay_by_list(["10001;INV/2026/00001;15.01.2026;120,00", OTHER, "70001;RE-1;15.01.2026;-20,00"])
        self._unreconcile(payment)
        rows = ["10001;INV/2026/00001;15.01.2026;120,00", OTHER, "70001;RE-1;15.01.2026;-20,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run, bill),
            [
                ("pay", -20.0, -120.0, -100.0, payment.browse(), "done", "paid_outside"),
                ("cancel", 0.0, -120.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open(bill)), ("canceled", 20.0, "partial", -20.0))
        self.assertStable(rows)

    def test_credit_note(self):
        refund = self._create_document(self.customer, 30.0, "RINV/2026/00001", "out_refund")
        rows = ["10001;INV/2026/00001;15.01.2026;120,00", OTHER]
        payment = self._pay_by_list(rows)
        self._unreconcile(payment)
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run, refund),
            [
                ("cancel", 0.0, -30.0, 0.0, payment, "done", "loose_cancelled"),
                ("close", 0.0, -30.0, -30.0, payment.browse(), "done", "absent"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open(refund)), ("canceled", 0.0, "paid", 120.0))
        self.assertStable(rows)

    def test_loose_credit_of_a_document_paid_too_much(self):
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;-20,00"]
        payment = self._pay_by_list(rows)
        self._unreconcile(payment)
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("overpay", -20.0, 120.0, 140.0, payment.browse(), "done", "overpaid"),
                ("cancel", 0.0, 120.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 0.0, "paid", -20.0))
        self.assertStable(rows)

    # === THE DOCUMENT WAS CHANGED OR SETTLED OTHERWISE === #

    def test_document_changed_after_a_reset_to_draft(self):
        payment = self._pay_by_list()
        self._change(self.invoice, 150.0)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("cancel", 0.0, 150.0, 0.0, payment, "done", "loose_cancelled"),
                ("close", 0.0, 150.0, 150.0, payment.browse(), "done", "absent"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))
        self.assertStable(PAID)

    def test_bank_receipt_in_its_place(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        self._receive(self.invoice, 120.0)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("cancel", 0.0, 0.0, 0.0, payment, "done", "loose_cancelled")])
        self.assertEqual((payment.state, self._get_open()[::2]), ("canceled", (0.0, 0.0)))
        self.assertStable(PAID)

    def test_bank_receipt_in_its_place_while_the_list_has_it_open(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        self._receive(self.invoice, 120.0)
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;120,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run),
            [
                ("review", 120.0, 0.0, 0.0, payment.browse(), "skipped", "paid_in_odoo"),
                ("cancel", 0.0, 0.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, self._get_open()[::2]), ("canceled", (0.0, 0.0)))

    def test_reversed_with_a_new_invoice(self):
        payment = self._pay_by_list()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        )
        reversal = wizard.create({"journal_id": self.invoice.journal_id.id, "reason": "wrong"})
        reversal.modify_moves()
        self.assertEqual(self.invoice.amount_residual, 0.0)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("cancel", 0.0, 0.0, 0.0, payment, "done", "loose_cancelled")])
        self.assertEqual((payment.state, self._get_open()), ("canceled", (0.0, "reversed", 0.0)))
        self.assertStable(PAID)

    def test_document_cancelled(self):
        payment = self._pay_by_list()
        self.invoice.button_draft()
        self.invoice.button_cancel()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0] for row in self._get_lines(run)], ["cancel"])
        self.assertEqual((payment.state, self._get_open()[2]), ("canceled", 0.0))
        self.assertStable(PAID)

    def test_document_is_not_deleted_while_the_payment_stands(self):
        payment = self._pay_by_list()
        self.invoice.button_draft()
        with self.assertRaisesRegex(UserError, f"{payment.name} stays as a credit"):
            self.invoice.unlink()
        self.assertEqual((self.invoice.exists(), payment.state), (self.invoice, "paid"))
        payment.action_draft()
        payment.action_cancel()
        self.invoice.unlink()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(self._get_short_rows(run), [("keep", "INV/2026/00002", "INV/2026/00002", "done", "confirmed")])
        self.assertEqual(self._get_balances(self.customer), (0.0, 0.0, 0.0))
        self.assertEqual(self.customer.credit, 0.0)

    def test_document_whose_run_was_undone_is_deleted(self):
        payment = self._pay_by_list()
        self.env["open.balance.import.line"].search([("payment_id", "=", payment.id)]).import_id.action_undo()
        self.invoice.button_draft()
        self.invoice.unlink()
        self.assertEqual((self.invoice.exists(), payment.state), (self.env["account.move"], "canceled"))

    def test_document_left_in_draft_is_for_a_person(self):
        payment = self._pay_by_list()
        self.invoice.button_draft()
        self.invoice.invoice_line_ids.price_unit = 150.0
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("review", "loose_draft")])
        self.assertEqual(payment.state, "paid")
        self.invoice.action_post()
        self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))

    # === IN PART === #

    def _loosen_in_part(self):
        """A receipt of 50 is matched first, and what is left of the import's payment afterwards."""
        payment = self._pay_by_list()
        self._unreconcile(payment)
        self._receive(self.invoice, 50.0)
        (self._get_counterparts(payment) + self.invoice._get_open_balance_lines()).reconcile()
        self.assertEqual(self._get_open()[::2], (0.0, -50.0))
        return payment

    def test_in_part_and_paid(self):
        payment = self._loosen_in_part()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("reopen", 0.0, 0.0, 70.0, payment, "done", "loose_absent")])
        self.assertEqual((payment.state, self._get_open()[::2]), ("canceled", (0.0, 0.0)))
        self.assertStable(PAID)

    def test_in_part_and_open_in_part(self):
        payment = self._loosen_in_part()
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;30,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("reopen", 30.0, 0.0, 40.0, payment, "done", "loose_replaced")])
        self.assertEqual((payment.state, self._get_open()[::2]), ("canceled", (30.0, 30.0)))
        self.assertStable(rows)

    def test_in_part_and_open_as_far_as_it_goes(self):
        payment = self._loosen_in_part()
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;70,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("reopen", 70.0, 0.0, 0.0, payment, "done", "loose_replaced")])
        self.assertEqual((payment.state, self._get_open()[::2]), ("canceled", (70.0, 70.0)))

    def test_document_made_smaller(self):
        payment = self._pay_by_list()
        self._change(self.invoice, 100.0)
        (self._get_counterparts(payment) + self.invoice._get_open_balance_lines()).reconcile()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("reopen", 0.0, 0.0, 100.0, payment, "done", "loose_absent")])
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))
        self.assertStable(PAID)

    def test_instalments(self):
        term = self._create_halves()
        invoice = self._create_document(self.customer, 200.0, "INV/2026/00003", invoice_payment_term_id=term.id)
        header = "Customer;Voucher Number;Voucher Date;Due Date;Open Balance"
        kept = ["10001;INV/2026/00001;15.01.2026;;120,00", "10002;INV/2026/00002;15.01.2026;;70,00"]
        rows = [*kept, "10001;INV/2026/00003;15.01.2026;24.02.2026;60,00"]
        payment = self._import(rows, header=header, apply=True).line_ids.payment_id
        self.assertEqual((payment.amount, invoice.amount_residual), (140.0, 60.0))
        self._unreconcile(payment)
        run = self._import(rows, header=header, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run, invoice),
            [
                ("pay", 60.0, 100.0, 40.0, payment.browse(), "done", "paid_outside"),
                ("cancel", 0.0, 200.0, 0.0, payment, "done", "loose_cancelled"),
                ("close", 0.0, 100.0, 100.0, payment.browse(), "done", "instalment_absent"),
            ],
        )
        due_lines = invoice._get_open_balance_lines().sorted("date_maturity")
        self.assertEqual((payment.state, due_lines.mapped("amount_residual")), ("canceled", [0.0, 60.0]))
        self.assertStable(rows, header=header)

    def test_row_of_an_instalment_that_has_more_than_it(self):
        """What the list names stays open last, beside a loose payment too."""
        term = self._create_halves()
        term.line_ids = [
            Command.clear(),
            *(
                Command.create({"value": "percent", "value_amount": part, "nb_days": days})
                for part, days in ((25, 10), (25, 20), (50, 40))
            ),
        ]
        invoice = self._create_document(self.customer, 400.0, "INV/2026/00003", invoice_payment_term_id=term.id)
        header = "Customer;Voucher Number;Voucher Date;Due Date;Open Balance"
        kept = ["10001;INV/2026/00001;15.01.2026;;120,00", "10002;INV/2026/00002;15.01.2026;;70,00"]
        payment = self._import(kept, header=header, apply=True).line_ids.payment_id
        self._unreconcile(payment)
        rows = [*kept, "10001;INV/2026/00003;15.01.2026;04.02.2026;150,00"]
        run = self._import(rows, header=header, apply=True, balance_date=LATER)
        self.assertEqual([row[0::5] for row in self._get_lines(run, invoice)], [("pay", "done"), ("cancel", "done")])
        due_lines = invoice._get_open_balance_lines().sorted("date_maturity")
        self.assertEqual(due_lines.mapped("amount_residual"), [0.0, 100.0, 50.0])

    # === THE PAYMENT ITSELF WAS CHANGED === #

    def test_amount_changed_by_hand(self):
        payment = self._pay_by_list()
        payment.action_draft()
        payment.amount = 100.0
        payment.action_post()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("review", "loose_changed")])
        self.assertEqual((payment.state in ("in_process", "paid"), *self._get_open()), (True, 120.0, "not_paid", 20.0))

    def test_changed_by_hand_and_still_settling_it(self):
        payment = self._pay_by_list()
        payment.action_draft()
        payment.date = "2026-04-01"
        payment.action_post()
        self.assertStable(PAID)
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;120,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("review", "payment_changed")])
        self.assertEqual(self._get_open()[0], 0.0)

    def test_reset_to_draft(self):
        payment = self._pay_by_list()
        payment.action_draft()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("review", "payment_draft")])
        self.assertEqual((payment.state, self._get_open()[::2]), ("draft", (0.0, 120.0)))
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;120,00"]
        for reason in (("review", "payment_draft"), ("keep", "confirmed")):
            run = self._import(rows, apply=True, balance_date=LATER)
            self.assertEqual([row[0::6] for row in self._get_lines(run)], [reason])
            self._unreconcile(payment)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("review", "payment_draft")])

    def test_cancelled_by_hand_is_booked_anew(self):
        payment = self._pay_by_list()
        payment.action_cancel()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("close", "absent")])
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))

    def test_deleted_by_hand_is_booked_anew(self):
        payment = self._pay_by_list()
        payment.action_draft()
        payment.unlink()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("close", "absent")])
        self.assertEqual(self._get_open(), (0.0, "paid", 0.0))

    def test_given_to_another_document(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        another = self._create_document(self.customer, 120.0, "INV/2026/00003")
        (self._get_counterparts(payment) + another._get_open_balance_lines()).reconcile()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("close", "absent")])
        self.assertEqual((payment.state, *self._get_open()), ("paid", 0.0, "paid", 0.0))

    def test_given_to_another_document_in_part(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        another = self._create_document(self.customer, 50.0, "INV/2026/00003")
        (self._get_counterparts(payment) + another._get_open_balance_lines()).reconcile()
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("review", "loose_elsewhere")])
        self.assertEqual((payment.state, self.invoice.amount_residual), ("paid", 120.0))

    def test_matched_again_with_new_due_lines_is_reopened(self):
        """The document was reset and its payment matched again: what a later list says of it can still be booked."""
        payment = self._pay_by_list()
        self.invoice.button_draft()
        self.invoice.invoice_payment_term_id = self._create_halves()
        self.invoice.action_post()
        self._unreconcile(payment)
        (self._get_counterparts(payment) + self.invoice._get_open_balance_lines()).reconcile()
        self.assertStable(PAID)
        rows = [OTHER, "10001;INV/2026/00001;15.01.2026;120,00"]
        run = self._import(rows, apply=True, balance_date=LATER)
        self.assertEqual(self._get_lines(run), [("reopen", 120.0, 0.0, 0.0, payment, "done", "reopened")])
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 120.0, "not_paid", 120.0))

    def test_locked_date_is_reversed(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0::5] for row in self._get_lines(run)], [("cancel", "done"), ("close", "done")])
        self.assertEqual((payment.move_id.reversal_move_ids.state, *self._get_open()), ("posted", 0.0, "paid", 0.0))
        self.assertStable(PAID)

    # === UNDO === #

    def test_undo_brings_the_loose_payment_back(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        run = self._import(PAID, apply=True, balance_date=LATER)
        run.action_undo()
        self.assertEqual(self._get_open(), (120.0, "not_paid", 0.0))
        first = self.env["open.balance.import.line"].search([("move_id", "=", self.invoice.id)], order="id", limit=1)
        again = first.payment_id
        self.assertEqual((first.state, again.amount, again.state), ("done", 120.0, "paid"))
        self.assertEqual(self._get_counterparts(again).amount_residual, -120.0)
        run = self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual([row[0] for row in self._get_lines(run)], ["cancel", "close"])
        self.assertEqual((again.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))

    def test_undo_brings_back_what_was_loose_in_part(self):
        self._loosen_in_part()
        self._import(PAID, apply=True, balance_date=LATER).action_undo()
        self.assertEqual(self._get_open()[::2], (0.0, -50.0))
        run = self._import(PAID, balance_date=LATER)
        self.assertEqual([row[0::6] for row in self._get_lines(run)], [("reopen", "loose_absent")])

    def test_undo_beside_a_payment_that_is_kept(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        run = self._import(PAID, apply=True, balance_date=LATER)
        run.line_ids.payment_id.action_cancel()
        run.action_undo()
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 120.0, "not_paid", 120.0))
        line = run.line_ids.filtered(lambda line: line.action == "cancel")
        self.assertEqual((line.state, line.result), ("undone", "What took the payment's place was kept."))

    def test_payment_of_a_run_that_was_undone(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        self.env["open.balance.import.line"].search([("payment_id", "=", payment.id)]).import_id.action_undo()
        self.assertEqual((payment.state, self._get_open()[2]), ("paid", 0.0))
        self._import(PAID, apply=True, balance_date=LATER)
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))

    def test_undo_brings_back_what_an_earlier_undo_had_kept(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        line = self.env["open.balance.import.line"].search([("payment_id", "=", payment.id)])
        line.import_id.action_undo()
        for _round in range(2):
            before = line.payment_id
            run = self._import(PAID, apply=True, balance_date=LATER)
            self.assertEqual((before.state, *self._get_open()), ("canceled", 0.0, "paid", 0.0))
            run.action_undo()
            self.assertEqual(self._get_open(), (120.0, "not_paid", 0.0))
            self.assertNotEqual(line.payment_id, before)
            self.assertEqual((line.state, line.payment_id.state, line.payment_id.amount), ("done", "paid", 120.0))
            self.assertEqual(self._get_counterparts(line.payment_id).amount_residual, -120.0)

    def test_undo_leaves_what_was_taken_back_before_the_undo_of_its_run(self):
        payment = self._pay_by_list()
        self._unreconcile(payment)
        first = self.env["open.balance.import.line"].search([("payment_id", "=", payment.id)]).import_id
        run = self._import(PAID, apply=True, balance_date=LATER)
        first.action_undo()
        run.action_undo()
        self.assertEqual((payment.state, *self._get_open()), ("canceled", 120.0, "not_paid", 120.0))

    def test_undo_brings_back_what_was_loose_in_part_and_kept(self):
        payment = self._loosen_in_part()
        self.env["open.balance.import.line"].search([("payment_id", "=", payment.id)]).import_id.action_undo()
        before = self._get_open()
        self._import(PAID, apply=True, balance_date=LATER).action_undo()
        self.assertEqual(self._get_open(), before)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLooseForeign(LooseCommon):
    """The same in a currency whose rate has changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-01", 4.0)])
        cls.foreign = cls._create_document(cls.vendor, 100.0, "RE-1", "in_invoice", currency_id=cls.euro.id)

    def test_foreign_bill(self):
        kept = ["10001;INV/2026/00001;15.01.2026;120,00;USD", f"{OTHER};USD"]
        rows = [*kept, "70001;RE-1;15.01.2026;-40,00;EUR"]
        payment = self._import(rows, header=CURRENCY_HEADER, apply=True).line_ids.payment_id
        self._unreconcile(payment)
        run = self._import(rows, header=CURRENCY_HEADER, apply=True, balance_date=LATER)
        self.assertEqual(
            self._get_lines(run, self.foreign),
            [
                ("pay", -40.0, -100.0, -60.0, payment.browse(), "done", "paid_outside"),
                ("cancel", 0.0, -100.0, 0.0, payment, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((payment.state, *self._get_open(self.foreign)), ("canceled", 40.0, "partial", -20.0))
        self.assertStable(rows, header=CURRENCY_HEADER)
        run.action_undo()
        self.assertEqual(self._get_open(self.foreign), (100.0, "not_paid", -20.0))

    def test_document_moved_into_another_currency(self):
        rows = ["10001;INV/2026/00001;15.01.2026;120,00;USD", f"{OTHER};USD"]
        payment = self._import(rows, header=CURRENCY_HEADER, apply=True).line_ids.payment_id
        self.foreign.button_draft()
        self.foreign.currency_id = self.env.company.currency_id
        self.foreign.action_post()
        run = self._import(rows, header=CURRENCY_HEADER, apply=True, balance_date=LATER)
        self.assertEqual(
            [(row[0], row[5]) for row in self._get_lines(run, self.foreign)], [("cancel", "done"), ("close", "done")]
        )
        self.assertEqual((payment.state, self._get_open(self.foreign)[::2]), ("canceled", (0.0, 0.0)))


@tagged("-standard", "post_install", "-at_install", "open_balance_in_payment")
class TestLoosePaymentsInPayment(TestLoosePayments):
    """The same where invoices wait *in payment* for the bank."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "test_get_invoice_in_payment_state": True})
