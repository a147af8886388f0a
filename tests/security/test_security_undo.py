"""Attacks on Undo by what is stored on a line, and on transfers: judged by what the books have afterwards."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

RIGHTS_LOGS = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
KEPT = "Kept: it names a document or payment that is not its own."


class OtherCompanyCommon(OpenBalanceImportCommon):
    """Another company, with a clerk of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.setup_other_company(name="Harbour Trading")["company"]
        cls.harbour = cls._create_user("harbour", "account.group_account_invoice", cls.elsewhere)
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSecurityUndo(OtherCompanyCommon):
    """What a line names is taken back only if it is the run's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls._create_document(cls.other_customer, 100.0, "THEIRS/00001", company_id=cls.elsewhere.id)
        cls.other = cls._create_document(cls.customer, 100.0, "INV/2026/00002")
        cls.their_source = cls.env["open.balance.source"].create(
            {"name": "Theirs", "company_id": cls.elsewhere.id, "absent_limit": 1.0}
        )
        cls.other_customer.with_company(cls.elsewhere).sudo().debtor_number = "10002"

    def _pay(self, document, rest, balance_date="2026-02-28", **kwargs):
        """A list that says how much of a document is open, and nothing of others."""
        (kwargs.get("source") or self.source).complete = False
        number = document.partner_id.with_company(document.company_id).sudo().debtor_number
        run = self._import(
            [f"{number};{document.name};15.01.2026;{rest:.0f},00"], apply=True, balance_date=balance_date, **kwargs
        )
        self.assertEqual((run.state, run.failed_count, document.sudo().amount_residual), ("done", 0, rest))
        return run

    def _pay_theirs(self, rest, balance_date="2026-02-28"):
        return self._pay(self.theirs, rest, balance_date, source=self.their_source, env=self.env(user=self.harbour))

    def _get_books(self, documents):
        """What is open of documents, and the payments of their companies."""
        payments = self.env["account.payment"].sudo().search([("company_id", "in", documents.company_id.ids)])
        return [(document.sudo().amount_residual, document.sudo().state) for document in documents], [
            (payment.id, payment.state, payment.amount) for payment in payments
        ]

    def _undo(self, run, user=None):
        run.invalidate_recordset()
        run.with_user(user or self.clerk).action_undo()

    @mute_logger(*RIGHTS_LOGS)
    def test_undo_leaves_another_companys_payments_alone(self):
        paid = self._pay_theirs(30.0)
        gone = paid.line_ids.payment_id
        standing = self._pay_theirs(80.0, "2026-03-15").line_ids.payment_id
        self.assertEqual((gone.sudo().state, standing.sudo().state), ("canceled", "paid"))
        before = self._get_books(self.theirs)
        both = self._create_user("both", "account.group_account_invoice", self.env.company + self.elsewhere)
        number = 100
        for vals in (
            {"undo_payment_ids": [Command.set(gone.ids)]},
            {"undo_payment_ids": [Command.set(standing.ids)]},
            {"payment_id": standing.id},
            {"payment_id": gone.id},
        ):
            for user in (self.clerk, both, self.env.ref("base.user_root")):
                with self.subTest(vals=vals, user=user.login):
                    number += 1
                    document = self._create_document(self.customer, 100.0, f"INV/2026/{number:05}")
                    run = self._pay(document, 40.0)
                    run.line_ids.sudo()._note(vals)
                    self._undo(run, user)
                    self.assertEqual(self._get_books(self.theirs), before)
                    self.assertEqual([(line.state, line.result) for line in run.line_ids.sudo()], [("done", KEPT)])
                    self.assertEqual((run.state, document.amount_residual), ("undone", 40.0))

    def test_undo_leaves_another_runs_payment_alone(self):
        run = self._pay(self.invoice, 40.0)
        standing = self._pay(self.other, 70.0)
        run.line_ids.sudo()._note({"payment_id": standing.line_ids.payment_id.id})
        self._undo(run)
        self.assertEqual((self.invoice.amount_residual, self.other.amount_residual), (40.0, 70.0))
        self.assertEqual(run.line_ids.result, KEPT)
        self._undo(standing)
        self.assertEqual(self.other.amount_residual, 70.0)

    def test_undo_leaves_another_runs_payment_of_the_same_document_alone(self):
        run = self._pay(self.invoice, 40.0)
        standing = self._pay(self.invoice, 10.0, "2026-03-15")
        run.line_ids.sudo()._note({"payment_id": standing.line_ids.payment_id.id})
        self._undo(run)
        self.assertEqual(self.invoice.amount_residual, 10.0)

    def test_undo_books_nothing_again_that_another_list_took_back(self):
        taken_back = self._pay(self.other, 30.0).line_ids.payment_id
        self._pay(self.other, 90.0, "2026-03-01")
        self.assertEqual(taken_back.state, "canceled")
        run = self._pay(self.invoice, 40.0, "2026-03-15")
        run.line_ids.sudo()._note({"undo_payment_ids": [Command.set(taken_back.ids)]})
        before = self._get_books(self.other)
        self._undo(run)
        self.assertEqual(self._get_books(self.other), before)

    def test_undo_closes_no_item_of_another_company(self):
        self.their_source.complete = self.source.complete = False
        rows = ["10002;X-1;15.01.2026;40,00"]
        theirs = self._import(
            rows, apply=True, source=self.their_source, env=self.env(user=self.harbour)
        ).line_ids.external_id.sudo()
        run = self._import(rows, apply=True)
        run.line_ids.sudo()._note({"external_id": theirs.id})
        self._undo(run)
        self.assertRecordValues(theirs, [{"active": True, "balance": 40.0, "company_id": self.elsewhere.id}])

    def test_an_honest_line_is_taken_back(self):
        run = self._pay(self.invoice, 40.0)
        again = self._pay(self.invoice, 80.0, "2026-03-15")
        self._undo(again)
        self.assertEqual(self.invoice.amount_residual, 40.0)
        self._undo(run)
        self.assertEqual(self.invoice.amount_residual, 100.0)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSecurityTransfers(OtherCompanyCommon):
    """A transfer says which lists can hold a document: it changes with a note, by who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._create_user("reader", "account.group_account_readonly")
        cls.invoice.with_user(cls.clerk).action_mark_as_transferred()
        cls.transfer = cls.invoice.open_balance_transfer_id
        cls.other = cls._create_document(cls.customer, 50.0, "INV/2026/00002")

    @mute_logger(*RIGHTS_LOGS)
    def test_neither_a_reader_nor_another_company_changes_a_transfer(self):
        notes = self.transfer.message_ids
        for user in (self.reader, self.harbour):
            theirs = self.transfer.with_user(user)
            invoice = self.other.with_user(user)
            for name, attack in {
                "date": lambda theirs=theirs: theirs.write({"date": "2026-01-01"}),
                "state": lambda theirs=theirs: theirs.write({"state": "taken_back"}),
                "company": lambda theirs=theirs: theirs.write({"company_id": self.elsewhere.id}),
                "documents": lambda theirs=theirs: theirs.write({"move_ids": [Command.clear()]}),
                "take back": lambda theirs=theirs: theirs.action_take_back(),
                "collect": lambda theirs=theirs: theirs.action_collect(),
                "delete": lambda theirs=theirs: theirs.unlink(),
                "mark": lambda invoice=invoice: invoice.action_mark_as_transferred(),
                "field": lambda invoice=invoice: invoice.write({"open_balance_transfer_id": self.transfer.id}),
            }.items():
                with (
                    self.subTest(user=user.login, attack=name),
                    self.assertRaises(AccessError),
                    self.env.cr.savepoint(),
                ):
                    attack()
        self.assertRecordValues(
            self.transfer, [{"state": "confirmed", "move_ids": self.invoice.ids, "company_id": self.env.company.id}]
        )
        self.assertFalse(self.other.open_balance_transfer_id)
        self.assertEqual(self.transfer.message_ids, notes)

    def test_no_document_comes_into_another_companys_transfer(self):
        both = self._create_user("both", "account.group_account_invoice", self.env.company + self.elsewhere)
        theirs = self.env["open.balance.transfer"].create({"name": "Theirs", "company_id": self.elsewhere.id})
        theirs.with_user(both).with_context(allowed_company_ids=both.company_ids.ids).action_collect()
        self.assertFalse(self.other.open_balance_transfer_id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.other.with_user(both)._set_transfer(theirs)
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            self.transfer.with_user(both).company_id = self.elsewhere
        self.assertFalse(self.other.open_balance_transfer_id)

    @mute_logger(*RIGHTS_LOGS)
    def test_a_transfer_is_not_taken_back_with_documents_that_the_user_does_not_see(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.env.company.id})
        hidden = self.env["account.move"].create({"move_type": "entry", "company_id": branch.id})
        hidden._set_transfer(self.transfer)
        chief = self._create_user("chief", "account.group_account_manager")
        self.assertFalse(hidden.with_user(chief).has_access("read"))
        transfer = self.transfer.with_user(chief)
        transfer.invalidate_recordset()
        with self.assertRaisesRegex(AccessError, "branches that you may not enter"), self.env.cr.savepoint():
            transfer.action_take_back()
        self.assertEqual(self.transfer.sudo().state, "confirmed")
        self.assertEqual((self.invoice + hidden).open_balance_transfer_id, self.transfer)

    def test_the_note_of_a_change_is_not_edited(self):
        transfer = self.transfer.with_user(self.clerk)
        transfer.date = "2026-01-01"
        note = transfer.message_ids[0]
        self.assertIn("Date changed from", note.body)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            transfer._message_update_content(note, body="Nothing happened.")
        self.assertIn("Date changed from", note.body)
