"""A month is closed here, handed over, closed there; and reopened."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .common_transfer import OpenBalanceTransferCommon

LOCKS = ["sale_lock_date", "purchase_lock_date", "tax_lock_date", "fiscalyear_lock_date"]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMonthClose(OpenBalanceTransferCommon):
    def _create_month(self, **values):
        return self.env["open.balance.month"].with_user(self.manager).create({"month": "2026-03-15", **values})

    def _get_locks(self):
        return [str(day) if (day := self.env.company[name]) else "" for name in LOCKS]

    def _get_counts(self, month):
        month.invalidate_recordset()
        names = ("draft", "waiting", "unconfirmed", "refused", "run", "review")
        return [month[f"{name}_count"] for name in names]

    def test_order_of_steps(self):
        month = self._create_month()
        self.assertEqual((str(month.date_from), str(month.date_to)), ("2026-03-01", "2026-03-31"))
        self._create_document(self.customer, 10, "INV/2026/00001", date="2026-03-10", post=False)
        invoice = self._create_document(self.customer, 10, "INV/2026/00002", date="2026-03-31")
        self._create_document(self.customer, 10, "INV/2026/00003", date="2026-04-01")
        self.assertEqual(self._get_counts(month), [1, 1, 0, 0, 0, 0])
        month.action_close()
        self.assertEqual(self._get_locks(), ["2026-03-31", "2026-03-31", "", ""])
        with self.assertRaisesRegex(UserError, "not handed over yet"):
            month.action_closed_there()
        transfer = self._collect(date="2026-03-31")
        transfer.action_hand_over()
        self.assertEqual(transfer.move_ids, invoice)
        self.assertEqual(self._get_counts(month), [1, 0, 1, 0, 0, 0])
        transfer.sudo().made_on = "2026-04-01"
        transfer.action_confirm("2026-04-02")
        self.assertEqual(self._get_counts(month), [1, 0, 0, 0, 0, 0])
        month.action_closed_there()
        self.assertEqual((month.state, str(self.package.closed_until)), ("closed_there", "2026-03-31"))
        month.action_reopen("a bill came late")
        self.assertEqual(self._get_locks(), ["", "", "", ""])
        self.assertEqual((month.state, str(self.package.closed_until)), ("reopened", "2026-02-28"))

    def test_a_list_is_applied_to_a_closed_month(self):
        invoice = self._create_document(self.customer, 100, "INV/2026/00001")
        self._create_month().action_close()
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual((run.state, invoice.amount_residual), ("done", 40.0))

    def test_only_forward(self):
        self.env.company.sudo().sale_lock_date = "2026-04-30"
        month = self._create_month(lock_tax=True)
        month.action_close()
        self.assertEqual(self._get_locks(), ["2026-04-30", "2026-03-31", "2026-03-31", ""])
        month.action_reopen()
        self.assertEqual(self._get_locks(), ["2026-04-30", "", "", ""])

    def test_refused_documents_stop(self):
        self._create_document(self.customer, 10, "INV/2026/00001", date="2026-03-31")
        transfer = self._collect(date="2026-03-31")
        transfer.action_hand_over()
        line = transfer.document_line_ids
        line.sudo().state = "refused"
        line._leave()
        month = self._create_month()
        self.assertEqual(self._get_counts(month), [0, 1, 0, 1, 0, 0])
        with self.assertRaisesRegex(UserError, "refused 1 documents of March 2026"):
            month.action_close()

    def test_changed_since_is_not_reopened(self):
        month = self._create_month()
        month.action_close()
        self.env.company.sudo().sale_lock_date = "2026-04-30"
        with self.assertRaisesRegex(UserError, "were changed since"):
            month.action_reopen()

    def test_rights(self):
        clerk = self.env["open.balance.month"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            clerk.create({"month": "2026-03-01"})
        month = self._create_month()
        for method in ("action_close", "action_closed_there", "action_reopen"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(month.with_user(self.clerk), method)()
        with self.assertRaises(AccessError):
            month.state = "closed"
        month.action_close()
        with self.assertRaisesRegex(UserError, "no longer changed"):
            month.month = "2026-02-01"
        with self.assertRaisesRegex(UserError, "Reopen"):
            month.unlink()
        with self.assertRaisesRegex(ValidationError, "there already"):
            self._create_month()

    def test_another_company(self):
        other = self.setup_other_company()["company"]
        stranger = self._create_user("stranger", "account.group_account_manager", other)
        month = self._create_month()
        with self.assertRaises(AccessError):
            month.with_user(stranger).action_close()
