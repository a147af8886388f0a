from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, OpenBalanceCommon


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
        self.run_.message_post(body="looked at")
        self.run_.action_apply()
        self.assertEqual(self.run_.state, "done")
