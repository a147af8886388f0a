import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...models.run import undo
from ..common import TODAY, OpenBalanceCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportChanged(OpenBalanceCommon):
    """What is booked is the plan that was shown: a change since asks for a new plan."""

    def setUp(self):
        super().setUp()
        self.invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self.run_ = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])

    def _check_refused_until_planned(self):
        self.assertTrue(self.run_.needs_plan)
        with self.assertRaisesRegex(UserError, "was changed since its preview. Plan again first."):
            self.run_.action_apply()
        self.run_.action_plan()
        self.assertFalse(self.run_.needs_plan)
        self.run_.action_apply()

    def test_settings(self):
        self.run_.complete = False
        self._check_refused_until_planned()
        self.assertEqual((self.invoice.amount_residual, self.absent.amount_residual), (40.0, 70.0))

    def test_assignment(self):
        self.run_.line_ids.filtered("row").move_id = self.absent
        self._check_refused_until_planned()
        self.assertEqual((self.invoice.amount_residual, self.absent.amount_residual), (0.0, 40.0))

    def test_file(self):
        self.run_.file_ids.decimal_mark = "."
        self.assertTrue(self.run_.needs_plan)

    def test_column(self):
        self.run_.file_ids.column_ids.filtered(lambda column: column.field == "date").field = False
        self._check_refused_until_planned()
        self.assertFalse(self.run_.line_ids.filtered("row").date)

    def test_unchanged_plan_needs_no_other(self):
        self.assertFalse(self.run_.needs_plan)
        self.run_.message_post(body="looked at")  # pylint: disable=translation-required
        self.run_.action_apply()
        self.assertEqual(self.run_.state, "done")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCorrections(OpenBalanceCommon):
    """Corrected rows belong to the list before them."""

    def test_corrected_row_is_added_to_the_partners_balance(self):
        run = self._import(["10001;X-1;15.01.2026;40,00", "4711;X-2;15.01.2026;55,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer)[0], 40.0)
        self.customer.debtor_number = "4711"
        file = base64.b64decode(run.corrections_file)
        corrected = self._import_text(file, filename="corrections.xlsx", apply=True)
        self.assertEqual((corrected.is_corrections, corrected.complete), (True, False))
        self.assertEqual(self._get_balances(self.customer)[0], 95.0)

    def test_row_that_still_waits_is_not_counted(self):
        self._create_document(self.customer, 10.0, "INV/2026/00001")
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        file = base64.b64decode(run.corrections_file)
        self._import_text(file, filename="corrections.xlsx", apply=True)
        self.assertEqual(self._get_balances(self.customer), (0.0, 10.0, 10.0))
        self.assertTrue(self.customer.open_balance_is_incomplete)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestUndoInBackground(OpenBalanceCommon):
    """A large run is undone in committed chunks."""

    def test_undo_of_a_large_run(self):
        invoices = [self._create_document(self.customer, 100.0, f"INV/2026/0000{number}") for number in (1, 2, 3)]
        run = self._import([f"10001;{invoice.name};15.01.2026;40,00" for invoice in invoices], apply=True)
        with patch.object(undo, "DIRECT_LIMIT", 2), patch.object(undo, "DOCUMENTS_AT_A_TIME", 2):
            run.action_undo()
            self.assertEqual((run.state, invoices[0].amount_residual), ("running", 40.0))
            with patch.object(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0):
                self.env["open.balance.import"]._cron_apply()
        self.assertEqual([invoice.amount_residual for invoice in invoices], [100.0, 100.0, 100.0])
        self.assertEqual((run.state, run.undo_result), ("undone", {"undone": 3, "reversed": 0, "kept": 0}))
