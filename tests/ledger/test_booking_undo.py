from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common_booking import BookingCommon

TODAY = "2026-10-20"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBookingUndo(BookingCommon):
    """What an undo takes back, how, and what it leaves alone."""

    def assertOpen(self, documents):
        self.assertRecordValues(documents, [{"amount_residual": document.amount_total} for document in documents])
        self.assertRecordValues(documents, [{"payment_state": "not_paid"}] * len(documents))

    def assertUndone(self, result, payments):
        self.assertEqual(result, (payments, {}, {}))
        self.assertRecordValues(payments, [{"state": "canceled"}] * len(payments))
        self.assertRecordValues(payments.move_id, [{"state": "cancel"}] * len(payments))

    def assertReversed(self, result, payment, reason):
        """The payment and its reversal settle each other, nothing else stays open."""
        self.assertFalse(result.undone)
        self.assertFalse(result.kept)
        self.assertEqual(list(result.reversed), [payment])
        move, said = result.reversed[payment]
        self.assertRegex(said, reason)
        self.assertRecordValues(move, [{"state": "posted", "reversed_entry_id": payment.move_id.id}])
        for line in (payment.move_id + move).line_ids:
            self.assertEqual(line.amount_residual, 0)
        self.assertEqual(sum((payment.move_id + move).line_ids.mapped("balance")), 0)
        return move

    def assertKept(self, payment, reason):
        state = payment.exists() and payment.state
        result = payment._undo_open_balance()
        self.assertFalse(result.undone)
        self.assertFalse(result.reversed)
        self.assertEqual(list(result.kept), [payment])
        self.assertRegex(result.kept[payment], reason)
        self.assertEqual(payment.exists() and payment.state, state)

    # === UNDONE === #

    def test_undone(self):
        documents = (
            self._create_document(1000)
            + self._create_document(100.01, currency=self.foreign)
            + self._create_document(500, "in_invoice")
        )
        payments = self._book(documents[0], 300) + self._book(documents[1]) + self._book(documents[2], -20)
        self.assertUndone(payments._undo_open_balance(), payments)
        self.assertOpen(documents)
        self.assertFalse(self._get_exchange_moves())

    def test_instalments_undone(self):
        invoice = self._create_document(1000, term=self.pay_terms_b)
        payment = self._book(invoice, 100, 400)
        self.assertUndone(payment._undo_open_balance(), payment)
        self.assertOpen(invoice)

    def test_credit_undone(self):
        invoice = self._create_document(1000)
        payment = self._book(invoice, (1000, 100))
        self.assertUndone(payment._undo_open_balance(), payment)
        self.assertOpen(invoice)

    def test_only_the_newest_undone(self):
        invoice = self._create_document(1000)
        self._book(invoice, 300)
        newest = self._book(invoice, 400)
        self.assertUndone(newest._reopen_open_balance(), newest)
        self.assertRecordValues(invoice, [{"payment_state": "partial", "amount_residual": 700}])

    def test_numbers_have_no_gap_after_undo(self):
        self._book(self._create_document(10))._undo_open_balance()
        payment = self._book(self._create_document(20))
        self.assertEqual(payment.name, "POBC/2026/00002")
        self.assertFalse(payment.move_id.made_sequence_gap)

    def test_cash_basis_tax_is_taken_back(self):
        invoice = self._create_cash_basis_invoice()
        payment = self._book(invoice, 48)
        [entry] = invoice.tax_cash_basis_created_move_ids
        self.assertUndone(payment._undo_open_balance(), payment)
        reversal = entry.reversal_move_ids
        self.assertEqual(sum((entry + reversal).line_ids.filtered("tax_line_id").mapped("balance")), 0)
        self.assertOpen(invoice)

    # === REVERSED === #

    def test_locked_period_reverses_today(self):
        invoice = self._create_document(1000)
        payment = self._book(invoice, 300)
        self.company.fiscalyear_lock_date = "2026-08-31"
        move = self.assertReversed(
            payment._undo_open_balance(), payment, "date is locked: .*08/31/2026.*Reversed by OBC.* on 10/20/2026"
        )
        self.assertEqual(move.date, fields.Date.to_date(TODAY))
        self.assertOpen(invoice)

    def test_locked_today_reverses_on_first_open_date(self):
        payment = self._book(self._create_document(1000))
        self.company.fiscalyear_lock_date = "2026-10-31"
        move = self.assertReversed(payment._undo_open_balance(), payment, "Reversed by OBC.* on 11/01/2026")
        self.assertEqual(str(move.date), "2026-11-01")

    def test_hashed_reverses(self):
        self.journal.restrict_mode_hash_table = True
        invoice = self._create_document(100.01, currency=self.foreign)
        payment = self._book(invoice, 33.33)
        self.assertTrue(payment.move_id.inalterable_hash)
        self.assertReversed(payment._undo_open_balance(), payment, "Its journal entry is secured. Reversed by OBC")
        self.assertOpen(invoice)
        self.assertFalse(self._get_exchange_moves())

    def test_hashed_in_locked_period_reverses(self):
        self.journal.restrict_mode_hash_table = True
        invoice = self._create_document(1000, term=self.pay_terms_b)
        payment = self._book(invoice)
        self.company.fiscalyear_lock_date = "2026-08-31"
        self.assertReversed(payment._undo_open_balance(), payment, "Reversed by OBC.* on 10/20/2026")
        self.assertOpen(invoice)

    def test_credit_reverses(self):
        self.journal.restrict_mode_hash_table = True
        invoice = self._create_document(1000)
        payment = self._book(invoice, (1000, 100))
        self.assertReversed(payment._undo_open_balance(), payment, "Reversed by")
        self.assertOpen(invoice)

    def test_one_of_many_refused(self):
        """T43: a reminder was sent for one of the documents; another addon then refuses to cancel its payment."""
        documents = self.env["account.move"].union(*(self._create_document(100 + number) for number in range(5)))
        payments = self.env["account.payment"].union(*(self._book(document) for document in documents))
        reminded = payments[3]
        Move = self.env.registry["account.move"]
        cancel = Move.button_cancel

        def button_cancel(moves):
            if reminded.move_id in moves:
                raise UserError("A reminder was sent.")  # pylint: disable=translation-required
            return cancel(moves)

        with patch.object(Move, "button_cancel", button_cancel):
            result = payments._undo_open_balance()
        self.assertEqual(result.undone, payments - reminded)
        self.assertEqual(list(result.reversed), [reminded])
        self.assertRegex(result.reversed[reminded][1], "A reminder was sent. Reversed by OBC.* on 10/20/2026")
        self.assertFalse(result.kept)
        self.assertOpen(documents)

    def test_neither_cancelled_nor_reversed(self):
        payment = self._book(self._create_document(1000))
        Move = self.env.registry["account.move"]

        def refuse(*_args, **_kwargs):
            raise UserError("Not possible here.")  # pylint: disable=translation-required

        with patch.object(Move, "button_cancel", refuse), patch.object(Move, "_reverse_moves", refuse):
            self.assertKept(payment, "Not possible here. Not possible here.")
        self.assertPaid(payment)

    # === KEPT === #

    def test_cancelled_by_hand(self):
        payment = self._book(self._create_document(1000))
        payment.action_cancel()
        self.assertKept(payment, "cancelled already")

    def test_reset_by_hand(self):
        payment = self._book(self._create_document(1000))
        payment.action_draft()
        self.assertKept(payment, "reset to draft")

    def test_deleted_by_hand(self):
        payment = self._book(self._create_document(1000))
        payment.action_draft()
        payment.unlink()
        self.assertKept(payment, "deleted")

    def test_changed_by_hand(self):
        invoice = self._create_document(1000)
        payment = self._book(invoice, 300)
        payment.action_draft()
        payment.write({"amount": 250, "date": "2026-09-15"})
        payment.action_post()
        self.assertKept(payment, "changed by hand: Amount, Date")

    def test_instalments_changed_by_hand(self):
        """Odoo can edit the payment although it had a counterpart per instalment."""
        payment = self._book(self._create_document(1000, term=self.pay_terms_b), 100, 400)
        payment.action_draft()
        payment.amount = 450
        payment.action_post()
        self.assertRecordValues(
            payment.move_id.line_ids.sorted("id"), [{"amount_currency": 450}, {"amount_currency": -450}]
        )
        self.assertKept(payment, "changed by hand: Amount")

    def test_unreconciled_by_hand(self):
        invoice = self._create_document(1000)
        payment = self._book(invoice, 300)
        payment.move_id.line_ids.remove_move_reconcile()
        self.assertKept(payment, f"no longer reconciled with {invoice.name}")

    def test_reconciled_otherwise_by_hand(self):
        invoice, other = self._create_document(1000), self._create_document(2000)
        payment = self._book(invoice, 300)
        payment.move_id.line_ids.remove_move_reconcile()
        counterpart = payment.move_id.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        (counterpart + self._get_due_lines(other)).reconcile()
        self.assertKept(payment, f"reconciled otherwise than booked, with {other.name}")

    def test_credit_used_by_hand(self):
        invoice, other = self._create_document(1000), self._create_document(2000)
        payment = self._book(invoice, (1000, 100))
        credit = payment.move_id.line_ids.filtered(lambda line: line.amount_residual < 0)
        (credit + self._get_due_lines(other)).reconcile()
        self.assertKept(payment, f"reconciled otherwise than booked, with {other.name}")
        with self.assertRaisesRegex(UserError, f"{payment.name} cannot be taken back: .*{other.name}"):
            payment._reopen_open_balance()

    def test_reversed_twice(self):
        self.journal.restrict_mode_hash_table = True
        payment = self._book(self._create_document(1000))
        move, _reason = payment._undo_open_balance().reversed[payment]
        self.assertKept(payment, f"reversed already by {move.name}")

    def test_payment_of_a_person(self):
        payment = self.init_payment(100, post=True)
        self.assertKept(payment, "not booked by an import")

    # === RIGHTS === #

    def test_invoicing_user_undoes(self):
        user = new_test_user(self.env, "biller", "account.group_account_invoice", company_id=self.company.id)
        invoice = self._create_document(1000)
        payment = self._book(invoice, env=self.env(user=user))
        self.assertUndone(payment._undo_open_balance(), payment)
        self.assertOpen(invoice)

    def test_other_user_does_not_undo(self):
        user = new_test_user(self.env, "employee", "base.group_user", company_id=self.company.id)
        payment = self._book(self._create_document(1000))
        with self.assertRaisesRegex(AccessError, "not allowed to modify"):
            payment.with_user(user)._undo_open_balance()


@tagged("-standard", "post_install", "-at_install", "open_balance_in_payment")
class TestBookingUndoInPayment(TestBookingUndo):
    """The same where invoices wait *in payment* for the bank."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "test_get_invoice_in_payment_state": True})
