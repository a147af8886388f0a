from odoo.tests import HttpCase, new_test_user, tagged

from .common import OpenBalanceCommon

LOGIN = "open_balance_accountant"


@tagged("post_install", "-at_install", "open_balance_tour")
class TestTours(OpenBalanceCommon, HttpCase):
    """What an accountant does in the browser, with the lowest right that may import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            login=LOGIN,
            groups="account.group_account_invoice,base.group_partner_manager",
            company_id=cls.env.company.id,
            company_ids=cls.env.company.ids,
        )
        cls.absent = cls._create_document(cls.customer, 1000.0, "TOUR/2024/00001", date="2024-01-15")
        cls.listed = cls._create_document(cls.customer, 500.0, "TOUR/2024/00002", date="2024-01-15")
        cls.unclear = cls._create_document(cls.other_customer, 250.0, "TOUR/2024/00003", date="2024-01-15")
        cls.newer = cls._create_document(cls.customer, 70.0, "TOUR/2024/00004", date="2024-04-10")

    def _get_residuals(self):
        documents = self.absent + self.listed + self.unclear + self.newer
        documents.invalidate_recordset()
        return documents.mapped("amount_residual")

    def _get_run(self):
        return self.env["open.balance.import"].search([("source_id", "=", self.source.id)])

    def test_import(self):
        """Upload, preview, correct a line, apply, see what it did, undo."""
        self.start_tour("/odoo", "open_balance_import", login=LOGIN)
        run = self._get_run()
        self.assertRecordValues(run, [{"state": "undone", "payment_count": 2, "applied_by_id": self.accountant.id}])
        self.assertEqual(self._get_residuals(), [1000.0, 500.0, 250.0, 70.0])
        self.assertEqual(self._get_balances(self.customer), (0.0, 1570.0, 1570.0))

    def test_guard(self):
        """A guard: change the run's settings and plan again, confirm, apply, see the external open item."""
        self.source.absent_limit = 0.2
        self.start_tour("/odoo/customer-invoices", "open_balance_guard", login=LOGIN)
        run = self._get_run()
        self.assertRecordValues(run, [{"state": "done", "payment_count": 2}])
        guard = run.problem_ids.filtered(lambda problem: problem.level == "stop")
        self.assertRecordValues(guard, [{"code": "many_absent", "confirmed_by_id": self.accountant.id}])
        self.assertEqual(self._get_residuals(), [0.0, 0.0, 250.0, 70.0])
