"""The recipes of docs/unattended.md, as they stand there."""

import fnmatch
import io
from types import SimpleNamespace

from odoo import fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.orm.model_classes import add_to_registry
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_attacks import RpcAttackCommon
from .common import FETCH_LOG, PAY_FIRST, FetchCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRecipeHttp(RpcAttackCommon):
    """A program sends a list with a key."""

    def _post(self, user, body, key=None):
        if key is None:
            apikeys = self.env["res.users.apikeys"].with_user(user).sudo()
            key = apikeys._generate(scope="rpc", name="lists", expiration_date=None)
        self.env.flush_all()
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/json/2/open.balance.import/import_file",
                json=body,
                headers={"Authorization": f"bearer {key}", "X-Odoo-Database": self.env.cr.dbname},
            )
        self.env.invalidate_all()
        return answer

    def _get_body(self, **more):
        content = self._get_content("10001;INV/2026/00001;15.01.2026;40,00")
        return {"filename": "list.csv", "content_base64": content, "source_id": self.source.id, **more}

    def test_list_is_read_and_booked(self):
        self._confirm_layout(PAY_FIRST)
        answer = self._post(self.clerk, self._get_body(balance_date="2026-03-31", apply=True))
        result = answer.json()
        run = self.env["open.balance.import"].browse(result["run_id"])
        self.assertEqual((answer.status_code, result["state"], result["counts"]["pay"]), (200, "done", 1))
        self.assertEqual((result["amounts"]["pay"], result["failed"], result["problems"]), (60.0, 0, []))
        self.assertEqual(
            (run.create_uid, str(run.balance_date), self.invoice.amount_residual), (self.clerk, "2026-03-31", 40.0)
        )

    def test_answers_to_what_is_wrong(self):
        body = self._get_body()
        for user, key, values, status, text in (
            (self.clerk, "wrong", body, 401, "Invalid apikey"),
            (self.clerk, None, {"filename": "list.csv"}, 422, "content_base64"),
            (self.clerk, None, {**body, "content_base64": "?"}, 422, "content_base64 is"),
            (self.reader, None, body, 403, "not allowed to create"),
        ):
            with self.subTest(status=status, text=text):
                answer = self._post(user, values, key)
                self.assertEqual(answer.status_code, status, answer.text)
                self.assertIn(text, answer.text)
        self.assertOpen()


@tagged("post_install", "-at_install", "open_balance_automation")
@freeze_time(TODAY)
class TestRecipeAutomation(FetchCommon):
    """An automation rule writes an e-mail when a list failed."""

    def test_rule_on_state_failed(self):
        self._test_rule("state")

    def test_rule_on_outcome_failed(self):
        self._test_rule("outcome")

    def _test_rule(self, name):
        """:param str name: the field that becomes *failed*"""
        boss = self._create_partner("Boss", email="boss@example.com")
        model = self.env["ir.model"]._get("open.balance.import")
        template = self.env.ref("account_open_balance.mail_template_digest").copy({"partner_to": str(boss.id)})
        self.env["base.automation"].create(
            {
                "name": "A list failed",
                "model_id": model.id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [(6, 0, self.env["ir.model.fields"]._get(model.model, name).ids)],
                "filter_pre_domain": f"[('{name}', '!=', 'failed')]",
                "filter_domain": f"[('{name}', '=', 'failed')]",
                "action_server_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Write",
                            "model_id": model.id,
                            "state": "mail_post",
                            "template_id": template.id,
                            "mail_post_method": "email",
                        },
                    )
                ],
            }
        )
        for content in (PAY_FIRST, "nothing that could be read"):
            self._write("list.csv", content)
            self._fetch()
        [mail] = self.env["mail.mail"].sudo().search([("recipient_ids", "in", boss.ids)])
        self.assertIn("The list could not be read.", mail.body_html)


class MemorySystem:
    """A file system as fsspec knows them, as far as it is used; the figures are those of its SFTP."""

    def __init__(self):
        self.files, self.error = {}, None

    def _check(self):
        if self.error:
            raise self.error

    def invalidate_cache(self):
        self._check()

    def ls(self, path, detail=False):
        names = [name for name in self.files if name.rpartition("/")[0] == path]
        return [
            {
                "name": name,
                "size": len(self.files[name]),
                "type": "file",
                "mtime": fields.Datetime.to_datetime("2026-04-15 05:00:00"),
            }
            for name in names
        ] + [{"name": f"{path}/folder.csv", "size": 0, "type": "directory"}]

    def open(self, path, mode):
        return io.BytesIO(self.files[path])

    def makedirs(self, path, exist_ok=False):
        assert exist_ok and fnmatch.fnmatch(path, "in/*")

    def exists(self, path):
        return path in self.files

    def mv(self, before, after):
        self.files[after] = self.files.pop(before)

    def rm_file(self, path):
        del self.files[path]


SYSTEM = MemorySystem()


class FsStorage(models.AbstractModel):
    """What is used of OCA's fs_storage."""

    _name = "fs.storage"
    _description = "Storage"
    _module = "account_open_balance"

    def get_by_code(self, code):
        return SimpleNamespace(fs=SYSTEM) if code == "sftp" else None

    def check_access(self, operation):
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Only administrators see storages."))


@tagged("post_install", "-at_install")
class TestRecipeStorage(FetchCommon):
    """Lists are fetched by SFTP from a storage of fs_storage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        registry = cls.env.registry
        if "fs.storage" not in registry:

            def forget():
                del registry["fs.storage"]
                registry["base"]._inherit_children.discard("fs.storage")
                registry._setup_models__(cls.env.cr, [])

            cls.addClassCleanup(forget)
            add_to_registry(registry, FsStorage)
            registry._setup_models__(cls.env.cr, [])
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.source.write({"fetch_from": "storage", "fetch_storage": "sftp", "fetch_folder": "in"})

    def setUp(self):
        super().setUp()
        SYSTEM.files, SYSTEM.error = {"in/list.csv": PAY_FIRST.encode(), "other/list.csv": b"x"}, None

    def test_fetched_and_moved(self):
        self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])
        self.assertEqual(self.invoice.amount_residual, 40.0)
        self.assertEqual(sorted(SYSTEM.files), ["in/done/list.csv", "other/list.csv"])

    def test_second_of_a_name_does_not_replace_the_first(self):
        SYSTEM.files["in/done/list.csv"] = b"y"
        self._fetch()
        self.assertEqual(sorted(SYSTEM.files), ["in/done/list (2).csv", "in/done/list.csv", "other/list.csv"])

    def test_deleted(self):
        self.source.fetch_after = "delete"
        self._fetch()
        self.assertEqual(sorted(SYSTEM.files), ["other/list.csv"])

    @mute_logger(FETCH_LOG)
    def test_whatever_a_protocol_raises_is_told_after_three_looks(self):
        class SSHException(Exception):
            pass

        SYSTEM.error = SSHException("Authentication failed")
        for errors in (1, 2, 3):
            self._run_cron(1000)
            self.assertEqual((self.source.fetch_errors, self.source.fetch_error), (errors, "Authentication failed"))
        self.assertEqual(self.source.activity_ids.summary, "Lists cannot be fetched: Authentication failed")
        SYSTEM.error = None
        self._run_cron(1000)
        self._run_cron(10)
        self.assertEqual((self._get_files(), len(self.source.activity_ids)), ([("list.csv", "taken", "done", "")], 0))

    def test_only_administrators_choose_a_storage(self):
        """A storage may hold anything, as the attachments of all companies."""
        with self.assertRaisesRegex(AccessError, "Only administrators"):
            self.source.with_user(self.manager).fetch_storage = "other"
        with self.assertRaisesRegex(ValidationError, "There is no storage with the code “other”"):
            self.source.fetch_storage = "other"
        self.source.with_user(self.manager).fetch_every = 30

    def test_folder_stays_in_the_storage(self):
        for folder in ("..", "in/../..", "/in"):
            with self.subTest(folder=folder), self.assertRaisesRegex(ValidationError, "is no folder below"):
                self.source.fetch_folder = folder


@tagged("post_install", "-at_install")
class TestWithoutStorage(FetchCommon):
    """fs_storage is not needed."""

    def test_it_cannot_be_chosen(self):
        if "fs.storage" in self.env:
            self.skipTest("fs_storage is installed")
        self.assertEqual([place for place, _label in self.source._selection_fetch_from()], ["folder"])
        with self.assertRaisesRegex(ValidationError, "Enter the code of the storage"):
            self.source.write({"fetch_from": "storage", "fetch_storage": "sftp"})
