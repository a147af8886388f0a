from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

MODELS = (
    "open.balance.source",
    "open.balance.source.column",
    "open.balance.import",
    "open.balance.import.file",
    "open.balance.import.column",
    "open.balance.import.problem",
    "open.balance.import.line",
    "open.balance.external.item",
    "open.balance.partner.balance",
    "open.balance.transfer",
    "open.balance.fetched.file",
)
LIST = "Customer;Voucher Number;Voucher Date;Open Balance\n10001;INV/2026/00001;15.01.2026;40,00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSecurity(OpenBalanceImportCommon):
    """Who may read, import and configure; and that companies never see each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._create_user("reader", "account.group_account_readonly")
        cls.accountant = cls._create_user("accountant", "account.group_account_user")
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.outsider = cls._create_user("outsider", "base.group_user,base.group_partner_manager")
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _import_as(self, user, **kwargs):
        """Import by the public entry, with the arguments that a client sends."""
        return self.env(user=user)["open.balance.import"].import_file("list.csv", self._encode(LIST), **kwargs)

    # === READERS === #

    def test_reader_reads_everything(self):
        self._import(["10001;X-1;15.01.2026;40,00", "10001;X-2;15.01.2026;0,00"], apply=True)
        self.source.column_ids = [Command.create({"name": "Foo", "field": "balance"})]
        self.env["open.balance.transfer"].create({"name": "March"})
        self.env["open.balance.fetched.file"].sudo().create({"source_id": self.source.id, "name": "list.csv"})
        for model in MODELS:
            with self.subTest(model=model):
                records = self.env(user=self.reader)[model].search([])
                self.assertTrue(records.read())
        run = self.env(user=self.reader)["open.balance.import"].search([])
        self.assertTrue(run.summary and run.apply_sentence and run.result_sentence and run.corrections_file)
        self.assertEqual(self._get_balances(self.customer.with_user(self.reader)), (40.0, 0.0, 40.0))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_reader_changes_nothing(self):
        self._import(["10001;X-1;15.01.2026;40,00"], apply=True)
        for model in MODELS:
            records = self.env(user=self.reader)[model].search([])
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model, operation=operation), self.assertRaisesRegex(AccessError, "not allowed"):
                    records.check_access(operation)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_reader_does_not_import(self):
        with self.assertRaisesRegex(AccessError, "not allowed to create 'Open Balance Import'"):
            self._import_as(self.reader, source_id=self.source.id, apply=True)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_reader_neither_applies_nor_undoes(self):
        planned = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        done = self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        for run, action in (
            (planned, "action_apply"),
            (planned, "action_plan"),
            (planned, "action_cancel"),
            (done, "action_undo"),
        ):
            with self.subTest(action=action), self.assertRaisesRegex(AccessError, "not allowed"):
                getattr(run.with_user(self.reader), action)()
        self.assertEqual((planned.state, done.state, self.invoice.amount_residual), ("planned", "done", 60.0))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_reader_confirms_no_guard(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], balance_date="2026-04-16")
        problem = self._get_problem(run, "balance_date_future")
        with self.assertRaisesRegex(AccessError, "not allowed"):
            problem.with_user(self.reader).action_confirm()
        self.assertFalse(problem.confirmed_by_id)

    # === OUTSIDERS === #

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_outsider_reads_nothing(self):
        self._import(["10001;X-1;15.01.2026;40,00"], apply=True)
        for model in MODELS:
            with self.subTest(model=model), self.assertRaisesRegex(AccessError, "not allowed to access"):
                self.env(user=self.outsider)[model].search([])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_outsider_does_not_import(self):
        for source_id in (self.source.id, False):
            with self.subTest(source_id=source_id), self.assertRaisesRegex(AccessError, "not allowed"):
                self._import_as(self.outsider, source_id=source_id, apply=True)
        self.assertFalse(self.env["open.balance.import"].search([]))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_outsider_makes_no_source_in_a_company_without_one(self):
        self.source.unlink()
        with self.assertRaisesRegex(AccessError, "not allowed"):
            self._import_as(self.outsider)
        self.assertFalse(self.env["open.balance.source"].search([]))

    def test_outsider_sees_no_balance_of_a_partner(self):
        partner = self.customer.with_user(self.outsider)
        for field in ("open_balance_import", "open_balance_total", "open_balance_date", "debtor_number"):
            with self.subTest(field=field), self.assertRaisesRegex(AccessError, field):
                partner.read([field])
            with self.subTest(field=field), self.assertRaisesRegex(AccessError, field):
                partner.search([(field, "!=", False)])

    def test_outsider_still_reads_and_changes_partners(self):
        partner = self.customer.with_user(self.outsider)
        partner.name = "Azure"
        self.assertEqual(partner.read(["name"])[0]["name"], "Azure")

    # === INVOICING USERS === #

    def test_invoicing_user_does_a_first_run_by_rpc(self):
        self.source.unlink()
        result = self._import_as(self.clerk, balance_date="2026-03-31", apply=True)
        run = self.env(user=self.clerk)["open.balance.import"].browse(result["run_id"])
        source = run.source_id
        self.assertEqual((result["state"], self.invoice.amount_residual), ("planned", 100.0))
        run.action_apply()  # the first list is a person's to look at
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))
        self.assertRecordValues(source, [{"name": "Open item list", "company_id": self.env.company.id}])
        self.assertEqual((source.journal_id.type, source.journal_id.name), ("cash", "Open item list"))

    def test_invoicing_user_undoes(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10002;X-1;15.01.2026;5,00"], apply=True)
        run.action_undo()
        self.assertEqual((run.state, self.invoice.amount_residual), ("undone", 100.0))
        self.assertFalse(run.line_ids.external_id.active)

    def test_invoicing_user_reopens(self):
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self._import(["10001;INV/2026/00001;15.01.2026;75,00"], apply=True)
        self.assertEqual(self.invoice.amount_residual, 75.0)

    def test_invoicing_user_deletes_a_run_that_was_not_applied(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        run.unlink()
        self.assertFalse(run.exists())

    def test_invoicing_user_uses_the_upload_dialog(self):
        Upload = self.env(user=self.clerk)["open.balance.import.upload"]
        file = Upload.env["ir.attachment"].create({"name": "list.csv", "datas": self._encode(LIST)})
        upload = Upload.create({"file_ids": file.ids, "source_id": self.source.id, "balance_date": "2026-03-31"})
        run = self.env["open.balance.import"].browse(upload.action_preview()["res_id"])
        self.assertEqual((run.state, run.line_ids.action, run.create_uid), ("planned", "pay", self.clerk))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_invoicing_user_and_accountant_change_no_source(self):
        for user in (self.clerk, self.accountant):
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "not allowed to modify"):
                self.source.with_user(user).absent_limit = 1.0

    def test_manager_changes_sources(self):
        self.source.with_user(self.manager).write(
            {"absent_limit": 0.5, "column_ids": [Command.create({"name": "Foo", "field": "balance"})]}
        )
        self.assertEqual((self.source.absent_limit, self.source.column_ids.name), (0.5, "Foo"))

    # === COMPANIES === #

    def _create_elsewhere(self):
        """A run and a transfer of another company, and a user of that company alone."""
        company = self.setup_other_company(name="Harbour Trading")["company"]
        source = self.env["open.balance.source"].create({"name": "Harbour", "company_id": company.id})
        source.column_ids = [Command.create({"name": "Foo", "field": "balance"})]
        user = self._create_user("harbour", "account.group_account_invoice", company)
        self.customer.with_company(company).debtor_number = "10001"
        run = self._import(
            ["10001;X-1;15.01.2026;40,00", "10001;X-2;15.01.2026;0,00"],
            "Customer;Voucher Number;Voucher Date;Open Balance",
            apply=True,
            source=source,
            env=self.env(user=user),
        )
        self.assertEqual((run.company_id, run.state), (company, "done"))
        transfer = self.env["open.balance.transfer"].create({"name": "March", "company_id": company.id})
        return run, transfer

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nothing_of_another_company_is_seen_or_touched(self):
        run, transfer = self._create_elsewhere()
        lines = run.line_ids
        balances = self.env["open.balance.partner.balance"].sudo().search([("import_id", "=", run.id)])
        for records in (
            run.source_id,
            run.source_id.column_ids,
            run,
            run.file_ids,
            run.file_ids.column_ids,
            run.problem_ids,
            lines,
            lines.external_id,
            balances,
            transfer,
        ):
            ours = records.with_user(self.clerk).with_context(active_test=False)
            with self.subTest(model=records._name):
                self.assertTrue(records)
                self.assertFalse(ours.search([("id", "in", records.ids)]))
                for operation in ("read", "write", "unlink"):
                    if ours.browse().has_access(operation):
                        with self.assertRaisesRegex(AccessError, "company|access"):
                            ours.check_access(operation)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_source_of_another_company_cannot_be_used(self):
        run, _transfer = self._create_elsewhere()
        with self.assertRaisesRegex(AccessError, "company|access"):
            self._import_as(self.clerk, source_id=run.source_id.id)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_run_of_another_company_cannot_be_undone(self):
        run, _transfer = self._create_elsewhere()
        with self.assertRaisesRegex(AccessError, "Access to unauthorized|access"):
            run.with_user(self.clerk).action_undo()
        self.assertEqual(run.state, "done")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_file_of_another_company_cannot_be_downloaded(self):
        run, _transfer = self._create_elsewhere()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "open.balance.import.file"),
                    ("res_field", "=", "content"),
                    ("res_id", "in", run.file_ids.ids),
                ]
            )
        )
        self.assertTrue(attachment)
        with self.assertRaisesRegex(AccessError, "access"):
            attachment.with_user(self.clerk).read(["datas"])

    def test_balance_of_another_company_is_not_in_ours(self):
        self._create_elsewhere()
        self.assertEqual(self._get_balances(self.customer.with_user(self.clerk)), (0.0, 100.0, 100.0))

    def test_document_of_another_company_cannot_be_assigned(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        there = self._create_document(self.customer, 70.0, "INV/2026/00009", company_id=company.id)
        run = self._import(["10001;X-1;15.01.2026;40,00"])
        with self.assertRaisesRegex(UserError, "another company"):
            run.line_ids.filtered("row").move_id = there
            run.action_plan()

    # === RPC === #

    def test_what_books_is_not_callable_by_rpc(self):
        for model, names in {
            "open.balance.import": (
                "_apply", "_apply_documents", "_apply_rest", "_apply_undo", "_cron_apply", "_plan", "_start",
                "_create_run", "_in_company", "_get_result",
            ),
            "open.balance.import.line": ("_apply_externals", "_apply_reopen", "_remember_numbers"),
            "open.balance.source": ("_get_candidates", "_get_journal"),
            "open.balance.partner.balance": ("_apply_current",),
            "account.payment": ("_book_open_balance", "_undo_open_balance"),
            "account.journal": ("_create_open_balance_journal",),
            "account.move": ("_set_transfer",),
        }.items():  # fmt: skip
            for name in names:
                self.assertTrue(hasattr(self.env[model], name), f"{model}.{name}")
                with self.subTest(model=model, name=name), self.assertRaisesRegex(AccessError, "Private methods"):
                    get_public_method(self.env[model], name)

    def test_the_entry_for_code_is_callable_by_rpc(self):
        self.assertTrue(get_public_method(self.env["open.balance.import"], "import_file"))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_guard_is_confirmed_by_its_button_alone(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], balance_date="2026-04-16")
        problem = self._get_problem(run, "balance_date_future")
        for vals in ({"confirmed_by_id": self.manager.id}, {"level": "info"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "not allowed to modify"):
                problem.write(vals)
        with self.assertRaisesRegex(AccessError, "not allowed to delete"):
            problem.unlink()
        problem.action_confirm()
        self.assertEqual(problem.confirmed_by_id, self.clerk)
