from contextlib import closing
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import LockError, UserError
from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_opening_after import OpeningAfterCommon

INVOICE = "Customer Invoice;10001;R-1;2026-01-10;2026-02-09;100.00;40.00"
OTHER_INVOICE = "Customer Invoice;10001;R-2;2026-01-10;2026-02-09;50.00;20.00"
CRON_LOG = "odoo.addons.base.models.ir_cron"
LOCKED = "Opening documents of Azure Interior are being created by Migration 2026-03-31. Post this when"


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningLock(OpeningAfterCommon):
    """While opening documents are being created, nothing else is posted for their partners."""

    def _start(self, rows=(INVOICE, OTHER_INVOICE)):
        """A run that the background job has to do, or is just doing."""
        run = self._open(list(rows), apply=False)
        with patch("odoo.addons.account_open_balance.models.run.booking.DIRECT_LIMIT", 0):
            run.action_apply()
        self.assertEqual(run.state, "running")
        return run

    def _create_draft(self, partner=None, **values):
        return self._create_document(partner or self.customer, 10.0, False, post=False, **values)

    # === LOCKED === #

    def test_invoice_is_refused(self):
        self._start()
        invoice = self._create_draft()
        with self.assertRaisesRegex(UserError, LOCKED):
            invoice.action_post()
        self.assertEqual(invoice.state, "draft")

    def test_invoice_of_a_contact_is_refused(self):
        self._start()
        contact = self.env["res.partner"].create({"name": "Brandon", "parent_id": self.customer.id})
        with self.assertRaisesRegex(UserError, LOCKED):
            self._create_draft(contact).action_post()

    def test_payment_is_refused(self):
        self._start()
        payment = self.env["account.payment"].create({"partner_id": self.customer.id, "amount": 10.0})
        with self.assertRaisesRegex(UserError, LOCKED):
            payment.action_post()

    def test_entry_on_the_receivable_account_is_refused(self):
        self._start()
        entry = self.env["account.move"].create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.company_data["default_account_receivable"].id,
                            "partner_id": self.customer.id,
                            "balance": 10.0,
                        }
                    ),
                    Command.create({"account_id": self.company_data["default_account_revenue"].id, "balance": -10.0}),
                ]
            }
        )
        with self.assertRaisesRegex(UserError, LOCKED):
            entry.action_post()

    def test_between_two_chunks_it_stays_locked(self):
        run = self._start()
        run._in_company()._apply_documents([1])
        self.assertEqual(run.line_ids.mapped("state"), ["done", "planned"])
        run._in_company()._apply_documents([2])
        with self.assertRaisesRegex(UserError, LOCKED):
            self._create_draft().action_post()

    @mute_logger(CRON_LOG)
    def test_run_that_came_to_a_halt_is_undone(self):
        run = self._start()
        Run = self.env.registry["open.balance.import"]

        def fail(_run, _keys):
            raise ValueError("broken")

        with patch.object(Run, "_apply_documents", fail), self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(run.state, "running")
        with self.assertRaisesRegex(UserError, "If it came to a halt, its messages say why: correct that, or undo"):
            self._create_draft().action_post()
        run.action_undo()
        invoice = self._create_draft()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    # === FREE === #

    def assertFree(self, move):
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_other_partner_is_free(self):
        self._start()
        self.assertFree(self._create_draft(self.other_customer))

    def test_planned_run_locks_nobody(self):
        self._open([INVOICE], apply=False)
        self.assertFree(self._create_draft())

    def test_free_after_the_end(self):
        run = self._start()
        with self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.line_ids.mapped("state")), ("done", ["done", "done"]))
        self.assertFree(self._create_draft())

    def test_free_when_nothing_was_booked(self):
        """All or nothing: the run is planned again."""
        self.opening.all_or_nothing = True
        run = self._open([INVOICE], apply=False)
        refused = patch.object(self.env.registry["account.move"], "_book_opening", side_effect=UserError("No account"))
        with refused:
            run.action_apply()
        self.assertEqual((run.state, run.line_ids.state), ("planned", "planned"))
        self._create_draft()._check_opening_lock()

    def test_free_while_it_is_undone(self):
        run = self._start()
        run.sudo().undone_by_id = self.env.user
        self.assertFree(self._create_draft())

    def test_rows_to_review_lock_nobody(self):
        self.opening.all_or_nothing = False
        self._start([INVOICE, "Customer Invoice;10002;R-3;2027-01-10;2027-02-09;100.00;40.00"])
        self.assertFree(self._create_draft(self.other_customer))

    def test_other_company_is_free(self):
        self._start()
        other = self.setup_other_company()["company"]
        self.assertFree(self._create_draft(company_id=other.id))

    def test_import_of_open_items_is_free(self):
        self._create_document(self.customer, 30.0, "INV/2026/00001")
        self._start()
        run = self._import(["10001;INV/2026/00001;15.01.2026;10,00"], apply=True)
        self.assertEqual(run.line_ids.state, "done")

    def test_cost_without_opening_imports(self):
        invoice = self._create_draft()
        self.env.flush_all()
        with self.assertQueryCount(1):
            invoice._check_opening_lock()


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningLockConcurrency(TransactionCase):
    """The same with two transactions that know nothing of each other: one applies the run, the other posts."""

    def setUp(self):
        super().setUp()
        with self.env.registry.cursor() as cr:
            self.ids = self._create_records(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._delete_records)

    @staticmethod
    def _create_records(env):
        """An entry of a customer, in draft, and a planned run with a document of that customer."""
        partner = env["res.partner"].create({"name": "Concurrent Customer"})
        accounts = env["account.account"].create(
            [
                {"name": "Concurrent", "code": "OBCR", "account_type": "asset_receivable", "reconcile": True},
                {"name": "Concurrent", "code": "OBCI", "account_type": "income"},
            ]
        )
        journal = env["account.journal"].create({"name": "Concurrent", "code": "OBCJ", "type": "general"})
        items = [
            Command.create({"account_id": account.id, "partner_id": partner.id, "balance": balance})
            for account, balance in zip(accounts, (10.0, -10.0), strict=True)
        ]
        move = env["account.move"].create({"journal_id": journal.id, "date": "2026-01-15", "line_ids": items})
        source = env["open.balance.source"].create({"name": "Concurrent", "per": "opening"})
        run = env["open.balance.import"].create({"source_id": source.id, "per": "opening", "state": "planned"})
        env["open.balance.import.line"].create(
            {"import_id": run.id, "company_id": run.company_id.id, "action": "create", "partner_id": partner.id}
        )
        return [(record._name, record.ids) for record in (run, source, move, journal, accounts, partner)]

    def _delete_records(self):
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for model, ids in self.ids:
                env[model].browse(ids).unlink()

    def _open_transactions(self):
        """The run in one transaction, the entry in another."""
        found = []
        for model in ("open.balance.import", "account.move"):
            cr = self.enterContext(closing(self.env.registry.cursor()))
            found.append(api.Environment(cr, SUPERUSER_ID, {})[model].browse(dict(self.ids)[model]))
        return found

    def test_locked_while_another_transaction_applies(self):
        run, move = self._open_transactions()
        run.lock_for_update()
        run.write({"state": "running"})
        run.flush_recordset()
        with self.assertRaisesRegex(UserError, "Concurrent Customer are being created by Concurrent.*Post this when"):
            move._post()
        run.env.cr.rollback()
        move._post()
        self.assertEqual(move.state, "posted")
        move.env.cr.rollback()

    def test_run_is_not_started_while_another_transaction_posts(self):
        run, move = self._open_transactions()
        move._post()
        with self.assertRaisesRegex(LockError, "Cannot grab a lock"):
            run.lock_for_update()
        move.env.cr.rollback()
        run.lock_for_update()
        run.env.cr.rollback()

    def test_two_may_post_at_the_same_time(self):
        _run, move = self._open_transactions()
        _other_run, other = self._open_transactions()
        move._check_opening_lock()
        other._check_opening_lock()
