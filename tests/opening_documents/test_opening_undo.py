from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_opening_after import CURRENCY_HEADER, OpeningAfterCommon

INVOICE = "Customer Invoice;10001;R-1;2026-01-10;2026-02-09;100.00;40.00"
OPEN_INVOICE = "Customer Invoice;10001;R-2;2026-01-20;2026-02-19;50.00;50.00"
CREDIT_NOTE = "Customer Credit Note;10002;G-1;2026-01-12;2026-01-12;30.00;30.00"
BILL = "Vendor Bill;70001;B-1;2026-01-15;2026-02-14;200.00;80.00"
RECEIPT = "Customer Receipt;10002;Z-1;2026-02-01;;;25.00"


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningUndo(OpeningAfterCommon):
    """What Undo of a run of opening documents takes back, and what it leaves alone."""

    def assertUndone(self, run, **expected):
        """The buckets: documents and payments that were undone, reversed and kept; what isn't named is 0."""
        self.assertEqual(run.state, "undone")
        buckets = ("undone", "reversed", "kept")
        zero = {key: 0 for bucket in buckets for key in (bucket, f"documents_{bucket}")}
        self.assertEqual(run.undo_result, {**zero, **expected})

    # === UNDONE === #

    def test_documents_payments_and_receipts_are_undone(self):
        run = self._open([INVOICE, OPEN_INVOICE, CREDIT_NOTE, BILL, RECEIPT])
        self.assertEqual(
            self._get_lines(run),
            [
                ("R-1", "R-1", "posted", 40.0, "paid", "done", ""),
                ("R-2", "R-2", "posted", 50.0, False, "done", ""),
                ("G-1", "G-1", "posted", -30.0, False, "done", ""),
                ("B-1", "OBB/2026/00001", "posted", -80.0, "paid", "done", ""),
                ("Z-1", "", False, 0, "paid", "done", ""),
            ],
        )
        transfer = run.transfer_id
        run.action_undo()
        self.assertUndone(run, undone=7, documents_undone=4)
        self.assertEqual(
            self._get_lines(run),
            [
                ("R-1", "R-1", "cancel", 0.0, "canceled", "undone", ""),
                ("R-2", "R-2", "cancel", 0.0, False, "undone", ""),
                ("G-1", "G-1", "cancel", 0.0, False, "undone", ""),
                ("B-1", "OBB/2026/00001", "cancel", 0.0, "canceled", "undone", ""),
                ("Z-1", "", False, 0, "canceled", "undone", ""),
            ],
        )
        self.assertEqual(
            run.result_sentence,
            "4 documents and 3 payments were undone, 0 documents and 0 payments were reversed, "
            "0 documents and 0 payments were kept.",
        )
        self.assertRecordValues(transfer, [{"state": "taken_back", "move_ids": []}])
        clearing = self.opening.journal_id.default_account_id
        self.assertEqual(clearing.with_context(allowed_company_ids=self.env.company.ids).current_balance, 0.0)

    def test_the_same_file_can_be_imported_again(self):
        rows = [INVOICE, CREDIT_NOTE, BILL, RECEIPT]
        first = self._open(rows)
        first.action_undo()
        second = self._open(rows)
        self.assertEqual(
            [(line.action, line.state, line.reason_code) for line in second.line_ids],
            [("create", "done", "opening_new")] * 4,
        )
        self.assertEqual([row[3] for row in self._get_lines(second)], [40.0, -30.0, -80.0, 0])
        self.assertFalse(second.line_ids.move_id & first.line_ids.move_id)

    def test_new_partners_stay(self):
        self.opening.opening_create_partners = True
        self.clerk.group_ids += self.env.ref("base.group_partner_manager")
        header = "Document Type;Partner Number;Partner Name;Number;Date;Due Date;Total;Open Amount"
        run = self._open(["Customer Invoice;10077;Newcomer;R-1;2026-01-10;2026-02-09;100.00;40.00"], header)
        partner = run.line_ids.partner_id
        run.action_undo()
        self.assertTrue(partner.exists().active)
        self.assertEqual(
            run.result_sentence,
            "1 documents and 1 payments were undone, 0 documents and 0 payments were reversed, "
            "0 documents and 0 payments were kept. The 1 new partners stay.",
        )

    def test_entries_are_undone(self):
        self.opening.opening_form = "entry"
        run = self._open([INVOICE, BILL])
        run.action_undo()
        self.assertUndone(run, undone=4, documents_undone=2)
        self.assertEqual(
            self._get_lines(run),
            [
                ("R-1", "OBE/2026/00001", "cancel", 0.0, "canceled", "undone", ""),
                ("B-1", "OBE/2026/00002", "cancel", 0.0, "canceled", "undone", ""),
            ],
        )

    def test_allocations_of_the_run_are_undone(self):
        """A receipt and a credit note that the run allocated to its invoice, and an older credit of the partner."""
        self.opening.opening_allocate = True
        older = self._create_document(self.customer, 15.0, "RINV/2025/00001", "out_refund", date="2025-12-01")
        run = self._open(
            [
                OPEN_INVOICE,
                "Customer Credit Note;10001;G-2;2026-01-12;2026-01-12;10.00;10.00",
                "Customer Receipt;10001;Z-2;2026-02-01;;;20.00",
            ]
        )
        self.assertEqual([row[3] for row in self._get_lines(run)], [5.0, 0.0, 0])
        self.assertEqual(older.amount_residual, 0.0)
        run.action_undo()
        self.assertUndone(run, undone=3, documents_undone=2)
        self.assertRecordValues(older, [{"amount_residual": 15.0, "payment_state": "not_paid"}])

    # === REVERSED === #

    def test_locked_period_reverses(self):
        run = self._open([INVOICE, BILL, RECEIPT])
        self.env.company.fiscalyear_lock_date = "2026-02-28"
        run.action_undo()
        self.assertUndone(run, reversed=5, documents_reversed=2)
        locked = "Its date is locked: Global Lock Date (02/28/2026). Reversed by"
        self.assertEqual(
            self._get_lines(run),
            [
                ("R-1", "R-1", "posted", 0.0, "paid", "undone", f"{locked} OBI/2026/00001 on 04/15/2026."),
                ("B-1", "OBB/2026/00001", "posted", 0.0, "paid", "undone", f"{locked} OBB/2026/00002 on 04/15/2026."),
                ("Z-1", "", False, 0, "paid", "undone", "Reversed"),
            ],
        )
        clearing = self.opening.journal_id.default_account_id
        self.assertEqual(clearing.with_context(allowed_company_ids=self.env.company.ids).current_balance, 0.0)

    def test_reversed_documents_are_imported_again(self):
        run = self._open([INVOICE, BILL, RECEIPT])
        self.env.company.fiscalyear_lock_date = "2026-02-28"
        run.action_undo()
        self.env.company.fiscalyear_lock_date = False
        again = self._open([INVOICE, BILL, RECEIPT])
        self.assertEqual(
            [(line.action, line.state, line.reason_code) for line in again.line_ids],
            [("create", "done", "opening_new")] * 3,
        )

    def test_hashed_document_is_reversed_in_its_own_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.9), ("2026-04-01", 0.8)])
        run = self._open(["Customer Invoice;10001;R-1;2026-01-10;2026-02-09;EUR;111.11;100.00;40.00"], CURRENCY_HEADER)
        invoice = run.line_ids.move_id.with_env(self.env)
        invoice.journal_id.restrict_mode_hash_table = True
        invoice.button_hash()
        self.assertTrue(invoice.inalterable_hash)
        run.action_undo()
        self.assertUndone(run, undone=1, reversed=1, documents_reversed=1)
        self.assertRecordValues(
            invoice.reversal_move_ids.line_ids.sorted("balance"),
            [
                {"currency_id": currency.id, "amount_currency": -100.0, "balance": -111.11, "amount_residual": 0.0},
                {"currency_id": currency.id, "amount_currency": 100.0, "balance": 111.11, "amount_residual": 0.0},
            ],
        )
        exchange = self.env.company.currency_exchange_journal_id
        self.assertFalse(self.env["account.move"].search([("journal_id", "=", exchange.id)]))

    def test_tax_is_reversed_exactly(self):
        self.opening.opening_tax = "exact"
        tax = self.company_data["default_tax_sale"]
        header = "Document Type;Partner Number;Number;Date;Due Date;Total;Tax Amount;Tax;Open Amount"
        run = self._open([f"Customer Invoice;10001;R-1;2026-01-10;2026-02-09;110.00;9.99;{tax.name};110.00"], header)
        invoice = run.line_ids.move_id
        self.env.company.fiscalyear_lock_date = "2026-02-28"
        run.action_undo()
        self.assertUndone(run, reversed=1, documents_reversed=1)
        lines = (invoice + invoice.reversal_move_ids).line_ids
        sums = {
            (account, tags): sum(some.mapped("balance"))
            for (account, tags), some in lines.grouped(lambda line: (line.account_id, line.tax_tag_ids)).items()
        }
        self.assertEqual(set(sums.values()), {0.0})
        self.assertEqual(len(sums), 3)

    def test_one_of_many_refused(self):
        """T43: another addon refuses to cancel a document of which a reminder was sent."""
        rows = [f"Customer Invoice;10001;R-{n};2026-01-10;2026-02-09;100.00;40.00" for n in range(1, 6)]
        run = self._open(rows)
        reminded = self._get_document("R-4")
        Move = self.env.registry["account.move"]
        cancel = Move.button_cancel

        def button_cancel(moves):
            if reminded in moves:
                raise UserError("A reminder was sent.")  # pylint: disable=translation-required
            return cancel(moves)

        with patch.object(Move, "button_cancel", button_cancel):
            run.action_undo()
        self.assertUndone(run, undone=9, documents_undone=4, reversed=1, documents_reversed=1)
        self.assertEqual(
            self._get_lines(run)[3],
            (
                "R-4",
                "R-4",
                "posted",
                0.0,
                "canceled",
                "undone",
                "A reminder was sent. Reversed by OBI/2026/00001 on 04/15/2026.",
            ),
        )

    def test_neither_cancelled_nor_reversed(self):
        """The payment of a document that stays stays as well."""
        run = self._open([INVOICE, OPEN_INVOICE])
        invoice = self._get_document("R-1")
        Move = self.env.registry["account.move"]
        cancel = Move.button_cancel

        def button_cancel(moves):
            if invoice in moves:
                raise UserError("Not possible here.")  # pylint: disable=translation-required
            return cancel(moves)

        def _reverse_open_balance(moves):
            raise UserError("Nor this.")  # pylint: disable=translation-required

        with (
            patch.object(Move, "button_cancel", button_cancel),
            patch.object(Move, "_reverse_open_balance", _reverse_open_balance),
        ):
            run.action_undo()
        self.assertUndone(run, undone=1, documents_undone=1, kept=2, documents_kept=1)
        self.assertEqual(
            self._get_lines(run)[0],
            ("R-1", "R-1", "posted", 40.0, "paid", "done", "Not possible here. Nor this."),
        )

    # === KEPT === #

    def _get_kept(self, run):
        """Undo a run of one document that was touched: why it is kept."""
        before = self._get_lines(run)[0][1:5]
        run.action_undo()
        line = self._get_lines(run)[0]
        self.assertEqual((line[1:5], line[5]), (before, "done"))
        self.assertEqual(run.undo_result["documents_kept"], 1)
        return line[6]

    def test_paid_since_is_kept(self):
        run = self._open([INVOICE, OPEN_INVOICE])
        payment = self._pay_in_odoo(self._get_document("R-1"), 10.0)
        self.assertEqual(self._get_kept(run), f"It was reconciled with {payment.name} since.")
        self.assertEqual(self._get_lines(run)[1][2], "cancel")
        self.assertRecordValues(run.transfer_id, [{"state": "confirmed", "move_count": 1}])

    def test_paid_by_a_later_list_is_kept(self):
        run = self._open([INVOICE])
        later = self._import(["10001;R-1;10.01.2026;30,00"], apply=True)
        payment = later.line_ids.payment_id
        self.assertEqual(self._get_kept(run), f"It was reconciled with {payment.name} since.")

    def test_changed_by_hand_is_kept(self):
        run = self._open([OPEN_INVOICE])
        invoice = self._get_document("R-2")
        invoice.button_draft()
        invoice.write({"invoice_date_due": "2026-03-01", "partner_id": self.other_customer.id})
        invoice.action_post()
        self.assertEqual(self._get_kept(run), "It was changed by hand: Due Date, Partner.")

    def test_amount_changed_by_hand_is_kept(self):
        run = self._open([OPEN_INVOICE])
        invoice = self._get_document("R-2")
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 60
        invoice.action_post()
        self.assertRegex(self._get_kept(run), "It was changed by hand: Total")

    def test_payment_unreconciled_by_hand_is_kept(self):
        run = self._open([INVOICE])
        run.line_ids.payment_id.move_id.line_ids.remove_move_reconcile()
        self.assertEqual(self._get_kept(run), "It is no longer reconciled with R-1.")

    def test_sent_is_kept(self):
        run = self._open([OPEN_INVOICE])
        self._get_document("R-2").is_move_sent = True
        self.assertEqual(self._get_kept(run), "It was sent.")

    def test_reset_and_cancelled_by_hand_are_kept(self):
        run = self._open([OPEN_INVOICE, CREDIT_NOTE])
        draft, cancelled = self._get_document("R-2"), self._get_document("G-1")
        draft.button_draft()
        cancelled.button_cancel()
        run.action_undo()
        self.assertUndone(run, kept=2, documents_kept=2)
        self.assertEqual(
            [row[5:] for row in self._get_lines(run)],
            [("done", "It was reset to draft."), ("done", "It was cancelled already.")],
        )

    def test_reversed_by_hand_is_kept(self):
        run = self._open([OPEN_INVOICE])
        reversal = self._get_document("R-2")._reverse_moves([{"date": TODAY}], cancel=True)
        self.assertEqual(self._get_kept(run), f"It was reversed already by {reversal.name}.")

    def test_deleted_by_hand(self):
        run = self._open([INVOICE, OPEN_INVOICE])
        invoice = self._get_document("R-2")
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        run.action_undo()
        self.assertUndone(run, undone=2, documents_undone=1)
        self.assertEqual([row[5] for row in self._get_lines(run)], ["undone", "undone"])

    # === A LATER LIST REOPENS === #

    def test_reopened_document_stands_and_round_trip(self):
        """R-1 of 100 with 40 open; a later list says 70, so the opening's payment of 60 becomes one of 30."""
        run = self._open([INVOICE])
        invoice, paid = self._get_document("R-1"), run.line_ids.payment_id
        later = self._import(["10001;R-1;10.01.2026;70,00"], apply=True)
        self.assertEqual(self._get_rows(later), [("reopen", "R-1", invoice.name, 70.0, 40.0, 30.0, "done", "reopened")])
        self.assertEqual(self._get_lines(run), [("R-1", invoice.name, "posted", 70.0, False, "done", "")])
        self.assertRecordValues(run.line_ids, [{"reopened_payment_id": paid.id}])
        self.assertEqual(paid.state, "canceled")
        later.action_undo()
        again = run.line_ids.payment_id
        self.assertEqual(self._get_lines(run), [("R-1", invoice.name, "posted", 40.0, "paid", "done", "")])
        self.assertRecordValues(
            again, [{"amount": 60.0, "date": paid.date, "journal_id": paid.journal_id.id, "state": "paid"}]
        )
        self.assertFalse(run.line_ids.reopened_payment_id)
        run.action_undo()
        self.assertUndone(run, undone=2, documents_undone=1)

    def test_payment_that_was_loosened_is_cancelled_and_comes_back(self):
        """R-1 of 100 with 40 open; the payment of 60 is unreconciled, and a later list says 100."""
        run = self._open([INVOICE])
        invoice, paid = self._get_document("R-1"), run.line_ids.payment_id
        paid.move_id.line_ids.remove_move_reconcile()
        later = self._import(["10001;R-1;10.01.2026;100,00"], apply=True)
        self.assertEqual(
            self._get_rows(later),
            [
                ("keep", "R-1", invoice.name, 100.0, 100.0, 0.0, "done", "confirmed"),
                ("cancel", invoice.name, invoice.name, 0.0, 100.0, 0.0, "done", "loose_cancelled"),
            ],
        )
        self.assertEqual((paid.state, invoice.amount_residual), ("canceled", 100.0))
        later.action_undo()
        again = run.line_ids.payment_id
        self.assertRecordValues(again, [{"amount": 60.0, "date": paid.date, "state": "paid"}])
        self.assertEqual(invoice.amount_residual, 100.0)
        self.assertEqual(sum(again.move_id._get_open_balance_lines().mapped("amount_residual")), -60.0)

    def test_document_reopened_wholly_is_undone_without_payment(self):
        run = self._open([INVOICE])
        later = self._import(["10001;R-1;10.01.2026;100,00"], apply=True)
        run.action_undo()
        self.assertUndone(run, undone=1, documents_undone=1)
        later.action_undo()
        self.assertEqual(later.state, "undone")
        self.assertEqual(self._get_lines(run), [("R-1", "R-1", "cancel", 0.0, False, "undone", "")])

    # === BACKGROUND, RIGHTS, COMPANIES === #

    def test_in_the_background(self):
        run = self._open([INVOICE, OPEN_INVOICE, BILL, RECEIPT])
        target = "odoo.addons.account_open_balance.models"
        with (
            patch(f"{target}.run.undo.DIRECT_LIMIT", 0),
            patch(f"{target}.run.undo.DOCUMENTS_AT_A_TIME", 2),
        ):
            run.action_undo()
            self.assertEqual(run.state, "running")
            self.assertEqual([row[5] for row in self._get_lines(run)], ["done"] * 4)
            with self.enter_registry_test_mode():
                self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
            self.env.invalidate_all()
        self.assertUndone(run, undone=6, documents_undone=3)

    def test_run_that_came_to_a_halt_is_undone(self):
        run = self._open([INVOICE, OPEN_INVOICE], apply=False)
        run.sudo().write({"state": "running", "applied_by_id": self.clerk.id})
        run._in_company()._apply_documents([1])
        self.assertEqual([line.state for line in run.line_ids], ["done", "planned"])
        run.action_undo()
        self.assertUndone(run, undone=2, documents_undone=1)
        self.assertEqual([line.state for line in run.line_ids], ["undone", "skipped"])

    def test_readonly_accountant_does_not_undo(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        run = self._open([INVOICE])
        with self.assertRaisesRegex(AccessError, "not allowed to modify"):
            run.with_user(reader).action_undo()
        self.assertEqual(run.state, "done")

    def test_other_company_is_left_alone(self):
        other = self.setup_other_company()["company"]
        clerk = self._create_user("both", "account.group_account_invoice", self.env.company + other)
        source = self._create_opening_source(company_id=other.id)
        env = self.env(user=clerk, context={"allowed_company_ids": [other.id, self.env.company.id]})
        self.customer.with_company(other).debtor_number = "10001"
        run = self._open([INVOICE])
        there = self._open([INVOICE], source=source, env=env)
        self.assertEqual(there.line_ids.move_id.company_id, other)
        there.action_undo()
        self.assertUndone(there, undone=2, documents_undone=1)
        self.assertEqual(self._get_lines(run)[0][2:6], ("posted", 40.0, "paid", "done"))
