from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import BALANCE_DATE, TODAY, OpenBalanceCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportFlow(OpenBalanceCommon):
    """Each row of the design's table, from file to ledger."""

    def test_unchanged_invoice_is_kept(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("keep", "INV/2026/00001", "INV/2026/00001", 100.0, 100.0, 0.0, "done", "confirmed")],
        )
        self.assertEqual((invoice.amount_residual, invoice.payment_state), (100.0, "not_paid"))

    def test_lower_balance_is_paid(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "done", "paid_outside")],
        )
        self.assertEqual((invoice.amount_residual, invoice.payment_state), (40.0, "partial"))
        self.assertRecordValues(
            run.line_ids.payment_id,
            [
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": self.customer.id,
                    "amount": 60.0,
                    "date": self._date(BALANCE_DATE),
                    "state": "paid",
                    "journal_id": self.source.journal_id.id,
                }
            ],
        )

    def test_absent_invoice_is_closed(self):
        kept = self._create_document(self.customer, 100.0, "INV/2026/00001")
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [
                ("keep", "INV/2026/00001", "INV/2026/00001", 100.0, 100.0, 0.0, "done", "confirmed"),
                ("close", "INV/2026/00002", "INV/2026/00002", 0.0, 70.0, 70.0, "done", "absent"),
            ],
        )
        self.assertEqual((kept.payment_state, absent.payment_state), ("not_paid", "paid"))

    def test_absent_invoice_of_incomplete_list_is_untouched(self):
        self.source.complete = False
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("keep", "INV/2026/00001", "INV/2026/00001", 100.0, 100.0, 0.0, "done", "confirmed")],
        )
        self.assertEqual(absent.amount_residual, 70.0)

    def test_same_list_twice_books_nothing(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        rows = ["10001;INV/2026/00001;15.01.2026;40,00", "10002;X-7;20.02.2026;55,00"]
        self._import(rows, apply=True)
        second = self._import(rows, apply=True)
        self.assertEqual(
            self._get_rows(second),
            [
                ("keep", "INV/2026/00001", "INV/2026/00001", 40.0, 40.0, 0.0, "done", "confirmed"),
                ("keep", "X-7", "", 55.0, 55.0, 0.0, "done", "external_confirmed"),
            ],
        )
        self.assertEqual(invoice.amount_residual, 40.0)
        self.assertFalse(second.line_ids.payment_id)
        self.assertIn("file_applied_before", second.problem_ids.mapped("code"))

    def test_higher_balance_reopens_what_was_paid_by_an_import(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        first = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        second = self._import(["10001;INV/2026/00001;15.01.2026;75,00"], apply=True)
        self.assertEqual(
            self._get_rows(second),
            [("reopen", "INV/2026/00001", "INV/2026/00001", 75.0, 40.0, 25.0, "done", "reopened")],
        )
        self.assertEqual(invoice.amount_residual, 75.0)
        self.assertEqual(first.line_ids.state, "undone")
        self.assertEqual(first.line_ids.payment_id.state, "canceled")

    def test_higher_balance_of_a_payment_in_odoo_is_reviewed(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids).create(
            {"amount": 30.0}
        )._create_payments()
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("review", "INV/2026/00001", "INV/2026/00001", 100.0, 70.0, 0.0, "skipped", "paid_in_odoo")],
        )
        self.assertEqual(invoice.amount_residual, 70.0)

    def test_opposite_balance_leaves_a_credit(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;-20,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("overpay", "INV/2026/00001", "INV/2026/00001", -20.0, 100.0, 120.0, "done", "overpaid")],
        )
        self.assertEqual((invoice.amount_residual, invoice.payment_state), (0.0, "paid"))
        self.assertEqual(self.customer.credit, -20.0)
        again = self._import(["10001;INV/2026/00001;15.01.2026;-20,00"], apply=True)
        self.assertFalse(again.line_ids.payment_id)

    def test_unknown_document_becomes_an_external_item(self):
        run = self._import(["10001;OLD-5;15.01.2026;55,00"], apply=True)
        self.assertEqual(self._get_rows(run), [("external", "OLD-5", "", 55.0, 0.0, 0.0, "done", "external_new")])
        self.assertRecordValues(
            run.line_ids.external_id,
            [
                {
                    "partner_id": self.customer.id,
                    "number": "OLD-5",
                    "balance": 55.0,
                    "kind": "receivable",
                    "active": True,
                }
            ],
        )
        self.assertEqual(self._get_balances(self.customer), (55.0, 0.0, 55.0))

    def test_external_item_absent_from_the_next_list_is_closed(self):
        first = self._import(["10001;OLD-5;15.01.2026;55,00"], apply=True)
        item = first.line_ids.external_id
        second = self._import(["10002;OLD-6;15.01.2026;10,00"], apply=True)
        self.assertEqual(
            self._get_rows(second),
            [
                ("external", "OLD-6", "", 10.0, 0.0, 0.0, "done", "external_new"),
                ("close_external", "OLD-5", "", 0.0, 55.0, 0.0, "done", "external_absent"),
            ],
        )
        self.assertRecordValues(item, [{"active": False, "closed_by_id": second.id}])
        self.assertEqual(self._get_balances(self.customer), (0.0, 0.0, 0.0))

    def test_external_item_is_adopted_when_its_document_appears(self):
        item = self._import(["10001;INV/2026/00009;15.01.2026;55,00"], apply=True).line_ids.external_id
        invoice = self._create_document(self.customer, 80.0, "INV/2026/00009")
        run = self._import(["10001;INV/2026/00009;15.01.2026;55,00"], apply=True)
        self.assertEqual(
            sorted(self._get_rows(run)),
            [
                ("adopt", "INV/2026/00009", "INV/2026/00009", 0.0, 55.0, 0.0, "done", "document_appeared"),
                ("pay", "INV/2026/00009", "INV/2026/00009", 55.0, 80.0, 25.0, "done", "paid_outside"),
            ],
        )
        self.assertRecordValues(item, [{"active": False, "move_id": invoice.id}])

    def test_unknown_partner_is_reviewed_until_a_person_assigns_it(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["4711;INV/2026/00001;15.01.2026;40,00"])
        line = run.line_ids.filtered("row")
        self.assertEqual((line.action, line.reason_code), ("review", "partner_unknown"))
        self.assertEqual((line.suggested_partner_id, line.suggested_move_id), (self.customer, invoice))
        run.action_accept_suggestions()
        self.assertEqual(
            self._get_rows(run),
            [("pay", "INV/2026/00001", "INV/2026/00001", 40.0, 100.0, 60.0, "planned", "paid_outside")],
        )
        self.assertRecordValues(self.customer, [{"debtor_number": "10001", "further_debtor_numbers": "4711"}])

    def test_draft_and_cancelled_documents_are_reviewed(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001", post=False)
        self._create_document(self.customer, 50.0, "INV/2026/00002").button_cancel()
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00", "10001;INV/2026/00002;15.01.2026;50,00"])
        self.assertEqual(
            [(line.action, line.reason_code) for line in run.line_ids],
            [("review", "document_draft"), ("review", "document_cancelled")],
        )

    def test_bill_is_paid_by_the_vendors_own_number(self):
        bill = self._create_document(self.vendor, 238.0, "RE-4711", "in_invoice")
        run = self._import(["70001;RE-4711;15.01.2026;-100,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "RE-4711", bill.name, -100.0, -238.0, -138.0, "done", "paid_outside")],
        )
        self.assertEqual(bill.amount_residual, 100.0)
        self.assertEqual(run.line_ids.payment_id.payment_type, "outbound")

    def test_credit_note_is_reduced(self):
        refund = self._create_document(self.customer, 90.0, "RINV/2026/00001", "out_refund")
        run = self._import(["10001;RINV/2026/00001;15.01.2026;-30,00"], apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "RINV/2026/00001", "RINV/2026/00001", -30.0, -90.0, -60.0, "done", "paid_outside")],
        )
        self.assertEqual(refund.amount_residual, 30.0)

    def test_undo_restores_everything(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10002;X-7;20.02.2026;55,00"], apply=True)
        item = run.line_ids.external_id
        run.action_undo()
        self.assertEqual((invoice.amount_residual, absent.amount_residual), (100.0, 70.0))
        self.assertEqual(run.undo_result, {"undone": 2, "reversed": 0, "kept": 0})
        self.assertEqual(set(run.line_ids.mapped("state")), {"undone"})
        self.assertFalse(item.active)
        self.assertEqual(self._get_balances(self.customer), (0.0, 170.0, 170.0))

    def test_undo_of_a_reopening_pays_again(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        second = self._import(["10001;INV/2026/00001;15.01.2026;75,00"], apply=True)
        second.action_undo()
        self.assertEqual(invoice.amount_residual, 40.0)

    def test_applied_run_is_frozen(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        with self.assertRaisesRegex(UserError, "only possible while it is Planned"):
            run.action_apply()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            run.balance_date = "2026-03-01"
        with self.assertRaisesRegex(UserError, "Undo it instead"):
            run.unlink()

    def test_stale_line_fails_alone(self):
        stale = self._create_document(self.customer, 100.0, "INV/2026/00001")
        fresh = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10001;INV/2026/00002;15.01.2026;10,00"])
        self.env["account.payment.register"].with_context(active_model="account.move", active_ids=stale.ids).create(
            {"amount": 5.0}
        )._create_payments()
        run.action_apply()
        self.assertEqual([(line.state, line.move_id) for line in run.line_ids], [("failed", stale), ("done", fresh)])
        self.assertIn("has changed since the preview", run.line_ids[0].result)
        self.assertEqual((stale.amount_residual, fresh.amount_residual, run.state), (95.0, 10.0, "done"))

    def test_all_or_nothing_books_nothing_when_one_line_fails(self):
        self.source.all_or_nothing = True
        stale = self._create_document(self.customer, 100.0, "INV/2026/00001")
        fresh = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10001;INV/2026/00002;15.01.2026;10,00"])
        self.env["account.payment.register"].with_context(active_model="account.move", active_ids=stale.ids).create(
            {"amount": 5.0}
        )._create_payments()
        run.action_apply()
        self.assertEqual((run.state, fresh.amount_residual), ("planned", 70.0))
        self.assertFalse(run.line_ids.payment_id)
        self.assertIn("has changed since the preview", run.line_ids[0].result)
