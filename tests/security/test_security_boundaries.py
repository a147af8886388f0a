"""Attacks from around a run: what only the import writes on documents, payments, external items and balances."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

RIGHTS_LOGS = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSecurityBoundaries(OpenBalanceImportCommon):
    """Not even a manager writes by RPC what the import alone decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _apply(self):
        """A run that pays 60 of the invoice, keeps an external item of 5 and the balance of the customer."""
        rows = ["10001;INV/2026/00001;15.01.2026;40,00", "10001;X-1;15.01.2026;5,00"]
        return self._import(rows, apply=True)

    def _get_transfer(self):
        self.invoice.with_user(self.clerk).action_mark_as_transferred()
        return self.invoice.open_balance_transfer_id.with_user(self.clerk)

    def test_upgrades_restore_the_record_rules(self):
        rules = self.env["ir.model.data"].search([("module", "=", "account_open_balance"), ("model", "=", "ir.rule")])
        self.assertEqual((len(rules) > 10, any(rules.mapped("noupdate"))), (True, False))

    # === DOCUMENTS AND PAYMENTS === #

    def test_fields_of_the_import_on_a_document_are_nobodys_to_write(self):
        transfer = self.env["open.balance.transfer"].create({"name": "Mine"})
        values = {
            "open_balance_transfer_id": transfer.id,
            "open_balance_is_undone": True,
            "open_balance_type": "out_invoice",
            "open_balance_number": "OLD-1",
            "open_balance_period_start": "2026-01-01",
            "open_balance_period_end": "2026-01-31",
        }
        for user in (self.clerk, self.manager):
            for name, value in values.items():
                Move = self.env(user=user)["account.move"]
                vals = {"move_type": "out_invoice", "partner_id": self.customer.id}
                with self.subTest(user=user.login, name=name):
                    with self.assertRaisesRegex(AccessError, "not changed by hand"):
                        self.invoice.with_user(user).write({name: value})
                    with self.assertRaisesRegex(AccessError, "not changed by hand"):
                        Move.create({**vals, name: value})
                    with self.assertRaisesRegex(AccessError, "not changed by hand"):
                        self.invoice.with_user(user).copy({name: value})
                    self.assertFalse(Move.with_context(**{f"default_{name}": value}).create(vals)[name])
                    self.assertFalse(self.invoice[name])

    def test_documents_are_put_into_no_transfer_by_its_own_field(self):
        transfer = self.env["open.balance.transfer"].create({"name": "Mine"}).with_user(self.manager)
        for command in (Command.link(self.invoice.id), Command.set(self.invoice.ids)):
            with self.subTest(command=command[0]), self.assertRaises(AccessError):
                transfer.write({"move_ids": [command]})
        with self.assertRaises(AccessError):
            transfer.create({"name": "Other", "move_ids": [Command.link(self.invoice.id)]})
        self.assertFalse(self.invoice.open_balance_transfer_id)

    def test_what_is_remembered_of_a_booking_is_nobodys_to_write(self):
        payment = self._apply().line_ids.payment_id
        before = payment.open_balance_booking
        forged = {**before, "amount": 1.0, "lines": []}
        for user in (self.clerk, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(AccessError, "not changed by hand"):
                    payment.with_user(user).open_balance_booking = forged
                with self.assertRaisesRegex(AccessError, "not changed by hand"):
                    payment.with_user(user).copy({"open_balance_booking": forged, "open_balance_number": "1"})
        self.assertEqual(payment.open_balance_booking, before)

    # === EXTERNAL ITEMS AND BALANCES === #

    @mute_logger(*RIGHTS_LOGS)
    def test_external_items_and_balances_are_nobodys_to_write(self):
        run = self._apply()
        item = run.line_ids.external_id
        balance = self.env["open.balance.partner.balance"].search([("import_id", "=", run.id)])
        self.assertEqual((item.balance, balance.mapped("balance")), (5.0, [45.0]))
        for user in (self.clerk, self.manager):
            for records in (item, balance):
                with self.subTest(user=user.login, model=records._name):
                    with self.assertRaises(AccessError):
                        records.with_user(user).write({"partner_id": self.other_customer.id, "company_id": 1})
                    with self.assertRaises(AccessError):
                        records[0].with_user(user).copy({"balance": 1.0})
                    with self.assertRaises(AccessError):
                        records.with_user(user).unlink()
        self.assertEqual(self._get_balances(self.customer), (45.0, 0.0, 45.0))
        run.action_undo()
        self.assertFalse(item.active)
        self.assertEqual(self._get_balances(self.customer), (0.0, 100.0, 100.0))

    # === TRANSFERS === #

    def test_transfer_changes_only_with_a_note(self):
        transfer = self._get_transfer()
        for values in ({"state": "taken_back"}, {"move_ids": [Command.clear()]}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                transfer.write(values)
        with self.assertRaisesRegex(UserError, "documents belong to it"):
            transfer.unlink()
        self.assertEqual((transfer.state, self.invoice.open_balance_transfer_id), ("confirmed", transfer))
        transfer.with_context(tracking_disable=True).date = "2026-02-01"
        self.assertEqual(transfer.confirmed_on, self._date("2026-02-01"))
        with self.assertRaisesRegex(AccessError, "Only an accounting manager"):
            transfer.action_take_back()
        transfer.with_user(self.manager).action_take_back()
        self.assertEqual((transfer.state, self.invoice.open_balance_transfer_id.ids), ("taken_back", []))
        notes = " ".join(transfer.message_ids.mapped("body"))
        self.assertIn("Date changed from", notes)
        self.assertIn("Taken back with 1 documents", notes)
        with self.assertRaisesRegex(UserError, "was taken back"):
            transfer.date = "2026-03-01"

    def test_a_copy_of_a_transfer_is_new_and_empty(self):
        transfer = self._get_transfer()
        transfer.with_user(self.manager).action_take_back()
        self.assertRecordValues(
            transfer.copy(), [{"name": "New transfer", "state": "draft", "confirmed_on": False, "move_ids": []}]
        )

    # === DIALOG === #

    @mute_logger(*RIGHTS_LOGS)
    def test_dialog_belongs_to_its_user(self):
        Upload = self.env(user=self.clerk)["open.balance.import.upload"]
        upload = Upload.create({"source_id": self.source.id})
        with self.assertRaises(AccessError):
            upload.with_user(self.manager).balance_date = "2020-01-01"
        with self.assertRaises(AccessError):
            upload.with_user(self.manager).read(["source_id"])

    @mute_logger(*RIGHTS_LOGS)
    def test_dialog_creates_nothing_in_a_company_that_the_user_may_not_enter(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        Upload = self.env(user=self.clerk)["open.balance.import.upload"]
        with self.assertRaises(AccessError):
            Upload.create({"company_id": company.id}).action_preview()
        self.assertFalse(self.env["open.balance.source"].search([("company_id", "=", company.id)]))

    # === PORTAL === #

    @mute_logger(*RIGHTS_LOGS)
    def test_portal_user_reads_no_field_of_the_import_and_no_opening_document(self):
        self.portal.partner_id = self.customer
        self.invoice.sudo().open_balance_number = "OLD-1"
        self.invoice.message_subscribe(self.customer.ids)
        invoice = self.invoice.with_user(self.portal)
        self.assertEqual(invoice.read(["name"])[0]["name"], "INV/2026/00001")
        for name in ("open_balance_number", "open_balance_transfer_id", "open_balance_line_ids", "open_balance_type"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                invoice.read([name])
        self.invoice.sudo().open_balance_type = "out_invoice"
        self.assertFalse(invoice.search([("id", "=", invoice.id)]))


@tagged("post_install", "-at_install")
class TestSecurityPortal(OpenBalanceImportCommon, HttpCase):
    """What a customer sees of its invoices: nothing of the import, and no opening document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "open_balance_portal", groups="base.group_portal", password="portal-secret")
        cls.portal.partner_id = cls.customer
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls.opening = cls._create_document(cls.customer, 70.0, "OLD/2026/00001")
        cls.opening.sudo().write({"open_balance_type": "out_invoice", "open_balance_number": "OLD-1"})
        (cls.invoice + cls.opening).message_subscribe(cls.customer.ids)
        cls.invoice.sudo().open_balance_number = "OLD-2"

    @mute_logger(*RIGHTS_LOGS)
    def test_no_field_of_the_import_is_read_or_searched(self):
        ours = self.invoice.with_user(self.portal)
        fields = self.env["ir.model.fields"].search(
            [("model", "=", "account.move"), ("name", "=like", "open_balance%")]
        )
        self.assertIn("open_balance_number", fields.mapped("name"))
        for name in fields.mapped("name"):
            for attack in (
                lambda name=name: ours.read([name]),
                lambda name=name: ours.search([(name, "!=", False)]),
                lambda name=name: ours.web_search_read([], {name: {}}),
                lambda name=name: ours.write({name: False}),
            ):
                with self.subTest(name=name), self.assertRaises(AccessError):
                    attack()
            self.assertNotIn(name, ours.fields_get())

    def test_opening_documents_are_not_shown(self):
        Move = self.env(user=self.portal)["account.move"]
        self.assertEqual(Move.search([]).ids, self.invoice.ids)
        self.assertEqual(Move.search_count([("id", "=", self.opening.id)]), 0)
        with self.assertRaises(AccessError), mute_logger(*RIGHTS_LOGS):
            Move.browse(self.opening.id).read(["name"])
        self.authenticate("open_balance_portal", "portal-secret")
        page = self.url_open("/my/invoices").text
        self.assertIn("INV/2026/00001", page)
        self.assertNotIn("OLD", page)
        with mute_logger(*RIGHTS_LOGS):
            page = self.url_open(f"/my/invoices/{self.opening.id}").text
        self.assertNotIn("OLD", page)
        page = self.url_open(f"/my/invoices/{self.invoice.id}").text
        self.assertIn("INV/2026/00001", page)
        self.assertNotIn("OLD-2", page)
