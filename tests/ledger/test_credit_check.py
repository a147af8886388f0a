from odoo.tests import freeze_time, tagged

from ..common import TODAY, OpenBalanceCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCreditCheck(OpenBalanceCommon):
    """Odoo's credit warning counts what the partner really owes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.account_use_credit_limit = True
        cls.env.company.open_balance_stale_days = 30
        cls.customer.credit_limit = 100.0

    def _get_warning(self, amount):
        draft = self._create_document(self.customer, amount, "/", date="2026-04-10", post=False)
        return draft.partner_credit_warning

    def test_without_a_list_odoos_own_credit_counts(self):
        self._create_document(self.customer, 90.0, "INV/2026/00001")
        self.assertIn("Total amount due (including this document)", self._get_warning(20.0))

    def test_paid_outside_leaves_room(self):
        self._create_document(self.customer, 90.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;10,00"], apply=True)
        self.assertFalse(self._get_warning(20.0))

    def test_external_items_take_room(self):
        self._import(["10001;OLD-1;15.01.2026;85,00"], apply=True)
        warning = self._get_warning(20.0)
        self.assertIn("has reached its credit limit of $\xa0100.00: $\xa0105.00", warning)
        self.assertIn("$\xa085.00 are from the open item list of 03/31/2026, $\xa00.00 from newer invoices", warning)
        self.assertNotIn("stale", warning)

    def test_newer_invoices_take_room(self):
        self._import(["10001;OLD-1;15.01.2026;50,00"], apply=True)
        self._create_document(self.customer, 45.0, "INV/2026/00002", date="2026-04-05")
        self.assertIn("$\xa045.00 from newer invoices", self._get_warning(20.0))

    def test_stale_list_is_called_stale(self):
        self.env.company.open_balance_stale_days = 10
        self._import(["10001;OLD-1;15.01.2026;85,00"], apply=True)
        self.assertTrue(self.customer.open_balance_is_stale)
        self.assertIn("The open item list is stale: it is 15 days old.", self._get_warning(20.0))

    def test_parent_shows_the_sum_of_its_subsidiaries(self):
        subsidiary = self._create_partner("Azure South", debtor_number="10003", parent_id=self.customer.id)
        self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        self._import(["10001;OLD-1;15.01.2026;85,00", "10003;OLD-2;15.01.2026;15,00"], apply=True)
        (self.customer | subsidiary).invalidate_recordset()
        self.assertRecordValues(
            self.customer | subsidiary,
            [
                {"open_balance_total": 85.0, "open_balance_group_total": 100.0, "open_balance_subsidiary_count": 1},
                {"open_balance_total": 15.0, "open_balance_group_total": 15.0, "open_balance_subsidiary_count": 0},
            ],
        )

    def test_payables_have_their_own_figures(self):
        self.customer.creditor_number = "70009"
        self._create_document(self.customer, 60.0, "RE-1", "in_invoice")
        self._import(["10001;OLD-1;15.01.2026;85,00", "70009;RE-1;15.01.2026;-40,00"], apply=True)
        self._create_document(self.customer, 15.0, "RE-2", "in_invoice", date="2026-04-05")
        self.customer.invalidate_recordset()
        self.assertRecordValues(
            self.customer,
            [
                {
                    "open_balance_import": 85.0,
                    "open_balance_invoices": 0.0,
                    "open_balance_total": 85.0,
                    "open_payable_import": 40.0,
                    "open_payable_bills": 15.0,
                    "open_payable_total": 55.0,
                }
            ],
        )
        self.assertEqual(self.env["res.partner"].search([("open_payable_total", "=", 55)]), self.customer)
