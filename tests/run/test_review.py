from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...models.run import booking
from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTwoRuns(OpenBalanceImportCommon):
    """Runs planned before another one was applied."""

    def test_older_list_after_newer_one(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        older = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], balance_date="2026-02-28")
        self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        with self.assertRaisesRegex(UserError, "Plan again"):
            older.action_apply()
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_same_external_item_twice(self):
        rows = ["10001;X-1;15.01.2026;40,00"]
        first, second = self._import(rows), self._import(rows)
        first.action_apply()
        second.action_apply()
        self.assertEqual(self.env["open.balance.external.item"].search_count([]), 1)
        self.assertEqual(second.line_ids.state, "failed")
        self.assertIn("Plan again", second.line_ids.result)

    def test_external_item_updated_meanwhile_is_not_closed(self):
        self._import(["10001;X-1;15.01.2026;40,00", "10001;X-2;15.01.2026;40,00"], apply=True)
        closing = self._import(["10001;X-2;15.01.2026;40,00"])
        self._import(["10001;X-1;15.01.2026;30,00", "10001;X-2;15.01.2026;40,00"], apply=True)
        closing.action_apply()
        items = self.env["open.balance.external.item"].search([])
        self.assertEqual(sorted(items.mapped("balance")), [30.0, 40.0])

    def test_undo_of_external_item_in_another_currency(self):
        self.setup_other_currency("EUR", rates=[("2026-01-01", 0.5)])
        header = "Account Number;Voucher Number;Voucher Date;Open Balance;Currency"
        self._import(["10001;X-1;15.01.2026;40,00;USD"], header=header, apply=True)
        item = self.env["open.balance.external.item"].search([])
        second = self._import(["10001;X-1;16.01.2026;20,00;EUR"], header=header, apply=True)
        self.assertEqual((item.currency_id.name, item.balance), ("EUR", 20.0))
        second.action_undo()
        self.assertEqual(
            (item.currency_id.name, item.balance, item.company_balance, item.date),
            ("USD", 40.0, 40.0, self._date("2026-01-15")),
        )

    def test_undo_both_after_reopening(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        first = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        second = self._import(["10001;INV/2026/00001;15.01.2026;70,00"], apply=True)
        self.assertEqual((second.line_ids.action, invoice.amount_residual), ("reopen", 70.0))
        second.action_undo()
        self.assertEqual(invoice.amount_residual, 40.0)
        first.action_undo()
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_undo_older_then_newer_after_reopening(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        first = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        second = self._import(["10001;INV/2026/00001;15.01.2026;70,00"], apply=True)
        first.action_undo()
        self.assertEqual(invoice.amount_residual, 70.0)
        second.action_undo()
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_reopened_again_after_undo(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self._import(["10001;INV/2026/00001;15.01.2026;70,00"], apply=True).action_undo()
        third = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual((third.line_ids.action, invoice.amount_residual), ("reopen", 100.0))

    def test_reversed_payment_is_no_credit_used_elsewhere(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        first = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.env.company.fiscalyear_lock_date = "2026-03-31"
        first.action_undo()
        self.assertEqual((first.undo_result["reversed"], invoice.amount_residual), (1, 100.0))
        self.env.company.fiscalyear_lock_date = False
        self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        self.assertEqual(invoice.amount_residual, 60.0)
        run = self._import(["10001;INV/2026/00001;15.01.2026;80,00"], apply=True)
        self.assertEqual((run.line_ids.action, run.line_ids.reason_code), ("reopen", "reopened"))
        self.assertEqual(invoice.amount_residual, 80.0)

    def test_undo_between_two_chunks_of_the_background_job(self):
        self.patch(booking, "DIRECT_LIMIT", 1)
        self.patch(booking, "DOCUMENTS_AT_A_TIME", 1)
        invoices = [self._create_document(self.customer, 100.0, f"INV/2026/0000{number}") for number in (1, 2)]
        run = self._import([f"10001;{invoice.name};15.01.2026;40,00" for invoice in invoices], apply=True)
        booked = []

        def commit(cron, processed=0, **values):
            if processed and not booked:
                booked.append(invoices[0].amount_residual)
                run.action_undo()
            return 60.0

        with patch.object(self.env.registry["ir.cron"], "_commit_progress", commit):
            self.env["open.balance.import"]._cron_apply()
        self.assertEqual((booked, run.state), ([40.0], "undone"))
        self.assertEqual([invoice.amount_residual for invoice in invoices], [100.0, 100.0])
        self.assertFalse(self.env["open.balance.partner.balance"].search([("import_id", "=", run.id)]))

    def test_undo_with_one_reopened_document_paid_since(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        other = self._create_document(self.customer, 100.0, "INV/2026/00002")
        rows = "10001;INV/2026/00001;15.01.2026;{},00", "10001;INV/2026/00002;15.01.2026;{},00"
        self._import([row.format(40) for row in rows], apply=True)
        second = self._import([row.format(70) for row in rows], apply=True)
        self._pay_in_odoo(invoice, 70.0)
        second.action_undo()
        self.assertEqual((second.state, other.amount_residual), ("undone", 40.0))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestWhatMustNotBeLost(OpenBalanceImportCommon):
    def test_three_decimals_of_a_row_to_correct(self):
        run = self._import(["4711;X-1;15.01.2026;1234,235"])
        self.assertEqual(run.line_ids.action, "review")
        self.env.invalidate_all()
        self.assertEqual(run.line_ids.file_balance, 1234.235)

    def test_paid_bill_without_digits_is_no_external_item(self):
        bill = self._create_document(self.vendor, 100.0, "Miete Mai", move_type="in_invoice")
        self._pay_in_odoo(bill, 100.0)
        run = self._import(
            ["70001;MIETE MAI;15.01.2026;-100,00"], header="Vendor;Voucher Number;Voucher Date;Open Balance"
        )
        self.assertEqual((run.line_ids.action, run.line_ids.move_id), ("review", bill))

    def test_paid_document_can_be_assigned(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;X-1;15.01.2026;10,00"], apply=True)
        self.assertEqual(invoice.amount_residual, 0.0)
        run = self._import(["10001;STRANGE;15.01.2026;30,00"])
        run.line_ids.filtered("row").move_id = invoice
        run.action_plan()
        line = run.line_ids.filtered("row")
        self.assertEqual((line.action, line.reason_code), ("reopen", "reopened"))

    def test_document_that_is_gone(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        run.action_apply()
        self.assertEqual(run.line_ids.state, "failed")

    def test_merged_partners_keep_both_balances(self):
        self._import(["10001;X-1;15.01.2026;40,00", "10002;X-2;15.01.2026;30,00"], apply=True)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | self.other_customer).ids, self.customer)
        self.assertEqual(self._get_balances(self.customer)[0], 70.0)

    def test_payment_of_a_merged_partner_is_undone(self):
        invoice = self._create_document(self.other_customer, 100.0, "INV/2026/00001")
        run = self._import(["10002;INV/2026/00001;15.01.2026;40,00"], apply=True)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | self.other_customer).ids, self.customer)
        run.action_undo()
        self.assertEqual((run.undo_result["undone"], invoice.amount_residual), (1, 100.0))

    def test_transfer_taken_back_since(self):
        self.source.uses_transfers = True
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._create_document(self.customer, 100.0, "INV/2026/00002")
        transfer = self.env["open.balance.transfer"].create({"name": "T", "date": "2026-03-01"})
        transfer.action_collect()
        run = self._import(["10001;INV/2026/00002;15.01.2026;100,00"])
        transfer.action_take_back()
        run.action_apply()
        self.assertEqual(invoice.amount_residual, 100.0)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRights(OpenBalanceImportCommon):
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_balance_of_another_company(self):
        self._import(["10001;X-1;15.01.2026;40,00"], apply=True)
        company = self.env["res.company"].create({"name": "Other"})
        spy = self._create_user("spy", "account.group_account_invoice", company)
        partner = self.customer.with_user(spy).with_context(allowed_company_ids=self.env.company.ids)
        for read in (
            lambda: partner.read(["open_balance_import"]),
            lambda: partner.search_read([("id", "=", partner.id)], ["open_balance_import"]),
            lambda: partner.search([("open_balance_import", "=", 40)]),
            lambda: partner._read_group([("id", "=", partner.id)], [], ["open_balance_import:sum"]),
            lambda: partner.open_balance_import,
        ):
            with self.subTest(), self.assertRaises(AccessError):
                self.fail(read())

    def test_plan_is_not_written_by_hand(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        line = run.line_ids
        for vals in ({"payment_amount": 100.0}, {"action": "keep"}, {"booked_balance": 1.0}, {"due_line_id": False}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                line.write(vals)
        with self.assertRaises(UserError):
            line.copy()
            run.action_apply()

    def test_state_is_not_written_by_hand(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        for state in ("draft", "planned", "cancelled", "failed"):
            with self.subTest(state=state), self.assertRaises(UserError):
                run.state = state
        with self.assertRaises(UserError):
            run.line_ids.state = "planned"
        with self.assertRaises(UserError):
            run.line_ids.unlink()
        self.assertEqual(invoice.amount_residual, 40.0)

    def test_equal_instalments_are_not_taken_for_a_repeat(self):
        """Two rows of 50 for an invoice of 100: nothing is paid, a person looks at both."""
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import(
            ["10001;INV/2026/00001;15.01.2026;E-1;50,00", "10001;INV/2026/00001;15.01.2026;E-2;50,00"],
            header="Customer;Voucher Number;Voucher Date;Entry;Open Balance",
            apply=True,
        )
        self.assertEqual([line.reason_code for line in run.line_ids], ["document_repeated", "document_repeated"])
        self.assertEqual((run.payment_count, invoice.amount_residual), (0, 100.0))

    def test_equal_rows_of_an_invoice_of_their_amount(self):
        """One of them is all that is open: they are one."""
        invoice = self._create_document(self.customer, 50.0, "INV/2026/00001")
        row = "10001;INV/2026/00001;15.01.2026;50,00"
        run = self._import([row, row], apply=True)
        self.assertEqual([line.action for line in run.line_ids], ["keep", "skip"])
        self.assertEqual((run.payment_count, invoice.amount_residual), (0, 50.0))
