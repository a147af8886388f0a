"""Attacks by way of the upload dialog: what a list is taken for, and in which company."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

LIST = "Account Number;Voucher Number;Voucher Date;Open Balance\n10001;INV/2026/00001;15.01.2026;40,00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSecurityDialog(OpenBalanceImportCommon):
    """The kind is the source's, the company one that the user may enter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.opening = cls.env["open.balance.source"].create({"name": "Migration", "per": "opening"})
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls.elsewhere = cls.setup_other_company(name="Harbour Trading")["company"]

    def _get_dialog(self, user):
        return self.env(user=user)["open.balance.import.upload"]

    def _get_sources_elsewhere(self):
        return self.env["open.balance.source"].search([("company_id", "=", self.elsewhere.id)])

    # === KIND === #

    def test_only_a_manager_chooses_the_kind_in_the_form(self):
        dialog = Form(self._get_dialog(self.clerk))
        self.assertEqual((dialog.source_id, dialog.per), (self.source, "invoice"))
        with self.assertRaisesRegex(AssertionError, "readonly"):
            dialog.per = "debtor"
        dialog.source_id = self.opening
        self.assertEqual(dialog.per, "opening")
        with Form(self._get_dialog(self.manager)) as dialog:
            dialog.per = "debtor"
            self.assertEqual((dialog.source_id, dialog.per), (self.source, "debtor"))

    def test_only_a_manager_writes_the_kind(self):
        Dialog = self._get_dialog(self.clerk)
        file = Dialog.env["ir.attachment"].create({"name": "list.csv", "raw": LIST.encode()})
        dialog = Dialog.create({"source_id": self.source.id, "per": "invoice", "file_ids": file.ids})
        for kind in ("debtor", "opening"):
            vals = {"source_id": self.source.id, "per": kind}
            for name, attack in {
                "create": lambda vals=vals: Dialog.create(vals),
                "default": lambda kind=kind: Dialog.with_context(default_per=kind).create({}),
                "write": lambda kind=kind: dialog.write({"per": kind}),
                "save": lambda vals=vals: dialog.web_save(vals, {"per": {}}),
            }.items():
                with (
                    self.subTest(kind=kind, attack=name),
                    self.assertRaisesRegex(AccessError, "accounting manager"),
                    self.env.cr.savepoint(),
                ):
                    attack()
        dialog.action_preview()
        run = self.env["open.balance.import"].search([("company_id", "=", self.env.company.id)])
        self.assertRecordValues(run, [{"per": "invoice", "source_id": self.source.id, "state": "planned"}])
        self._get_dialog(self.manager).create({"source_id": self.source.id, "per": "debtor"})

    # === COMPANY === #

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nothing_is_made_in_a_company_that_the_user_may_not_enter(self):
        Dialog = self._get_dialog(self.clerk)
        dialog = Dialog.create({"source_id": self.source.id})
        foreign = {"company_id": self.elsewhere.id}
        for name, attack in {
            "create": lambda: Dialog.create(foreign),
            "with source": lambda: Dialog.create({**foreign, "source_id": self.source.id, "per": "invoice"}),
            "write": lambda: (dialog.write(foreign), dialog.flush_recordset()),
            "context": lambda: Dialog.with_context(allowed_company_ids=self.elsewhere.ids).create({}),
        }.items():
            with self.subTest(attack=name), self.assertRaises(AccessError), self.env.cr.savepoint():
                attack()
        own = Dialog.with_context(default_company_id=self.elsewhere.id).create({})
        self.assertEqual((own.company_id, own.source_id), (self.env.company, self.source))
        answer = Dialog.onchange(foreign, ["company_id"], {"company_id": {}, "source_id": {}})
        self.assertNotIn(self.elsewhere.id, answer["value"].values())
        self.assertFalse(self._get_sources_elsewhere())
        self.assertEqual(dialog.company_id, self.env.company)
        self.assertEqual(
            self.env["res.company"].with_user(self.clerk).search(Dialog._fields["company_id"].domain(Dialog)),
            self.env.company,
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_no_source_of_another_company_is_taken_or_named(self):
        secret = self.env["open.balance.source"].create(
            {"name": "Secret", "per": "debtor", "company_id": self.elsewhere.id}
        )
        Dialog = self._get_dialog(self.clerk)
        dialog = Dialog.create({"source_id": self.source.id})
        spec = {"source_id": {"fields": {"display_name": {}}}, "per": {}, "found_source_id": {}}
        for name, attack in {
            "create": lambda: Dialog.create({"source_id": secret.id}).per,
            "found": lambda: Dialog.create({"found_source_id": secret.id}).action_preview(),
            "write": lambda: dialog.write({"source_id": secret.id}),
            "default": lambda: Dialog.with_context(default_source_id=secret.id).onchange({}, [], spec),
            "onchange": lambda: Dialog.onchange({"source_id": secret.id}, ["source_id"], spec),
            "first": lambda: Dialog.onchange({"source_id": secret.id}, [], spec),
        }.items():
            with self.subTest(attack=name):
                try:
                    with self.env.cr.savepoint():
                        answer = attack()
                except UserError as error:
                    answer = error.args[0]
                self.assertNotIn("Secret", str(answer))
                self.assertNotIn("debtor", str(answer))
        self.assertEqual(dialog.source_id, self.source)

    # === USER === #

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_dialogs_belong_to_their_users(self):
        dialog = self._get_dialog(self.clerk).create({"source_id": self.source.id})
        other = dialog.with_user(self._create_user("other", "account.group_account_invoice"))
        self.assertFalse(other.search([]))
        for user in (other.env.user, self.manager):
            for name, attack in {
                "read": lambda theirs: theirs.read(["source_id"]),
                "write": lambda theirs: theirs.write({"file_ids": [Command.clear()]}),
                "unlink": lambda theirs: theirs.unlink(),
                "preview": lambda theirs: theirs.action_preview(),
                "template": lambda theirs: theirs.action_download_template(),
                "onchange": lambda theirs: theirs.onchange({}, ["company_id"], {"per": {}}),
            }.items():
                with self.subTest(user=user.login, attack=name), self.assertRaises(AccessError):
                    attack(dialog.with_user(user))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_a_reader_has_no_dialog(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        self.env["open.balance.source"].search([("company_id", "=", self.env.company.id)]).unlink()
        for attack in (
            lambda: self._get_dialog(reader).create({}),
            lambda: self._get_dialog(reader).onchange({}, [], {"source_id": {}}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                attack()
        self.assertFalse(self.env["open.balance.source"].search([("company_id", "=", self.env.company.id)]))
