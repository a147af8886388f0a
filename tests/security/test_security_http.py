"""Attacks on a running server, by session and by key, by what becomes of the books: whatever a client calls with
whatever values, what the import decides stays as it is."""

import inspect

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_attacks import FILE, LINE, PROBLEM, RUN, RpcAttackCommon
from ..common_import import CUSTOMER_HEADER

ADDON = "odoo.addons.account_open_balance."
SOURCE = "open.balance.source"
COLUMN = "open.balance.import.column"
ITEM = "open.balance.external.item"
BALANCE = "open.balance.partner.balance"
TRANSFER = "open.balance.transfer"
FETCHED = "open.balance.fetched.file"
MODELS = (SOURCE, "open.balance.source.column", RUN, FILE, COLUMN, PROBLEM, LINE, ITEM, BALANCE, TRANSFER, FETCHED)
WAYS = ("session", "key")
WRITTEN = ("open_balance_dispute_reason",)  # a user says why a document is disputed
BOOKS = ("account.move", "account.payment", "account.journal")
# What a refusal is called; anything else would be a fault of ours.
REFUSALS = {"AccessError", "UserError", "ValidationError", "MissingError"}
# Where it depends on the arguments whether a method writes: these have attacks of their own.
WITH_ARGUMENTS = {
    "create",
    "write",
    "unlink",
    "default_get",
    "onchange",
    "message_new",
    "message_route",
    "message_update",
    "import_file",
    "import_attachments",
}
# Models of Odoo's own, and what in them an import decides.
KEPT = {
    "account.move": (
        "state", "payment_state", "amount_residual", "open_balance_transfer_id", "open_balance_is_undone",
        "open_balance_type", "open_balance_number",
    ),
    "account.move.line": ("reconciled", "amount_residual", "parent_state"),
    "account.payment": ("state", "amount", "date", "open_balance_booking", "open_balance_number"),
    "account.journal": ("open_balance_opening", "open_balance_booked_on"),
    "res.partner": ("debtor_number", "creditor_number", "credit_limit"),
}  # fmt: skip


class HttpAttackCommon(RpcAttackCommon):
    """A company that has imported, and five users who are after what they may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.column_ids = [Command.create({"name": "Foo", "field": "reference"})]
        cls.second_invoice = cls._create_document(cls.customer, 50.0, "INV/2026/00002")
        cls.opening = cls._create_document(cls.customer, 70.0, "INV/2026/00003", date="2026-04-01")
        cls.opening.sudo().write({"open_balance_type": "out_invoice", "open_balance_number": "OLD-1"})
        cls.second_invoice.with_user(cls.clerk).action_mark_as_transferred()
        cls.transfer = cls.second_invoice.open_balance_transfer_id
        cls.elsewhere = cls.setup_other_company(name="Harbour Trading")["company"]
        cls.stranger = cls._create_user("stranger", "account.group_account_manager", cls.elsewhere)
        cls.theirs = cls.env[SOURCE].sudo().create({"name": "Harbour", "company_id": cls.elsewhere.id})
        cls.unauthorized = cls.portal + cls.outsider + cls.reader + cls.stranger

    def setUp(self):
        super().setUp()
        self.source.complete = False
        rows = ["10001;INV/2026/00001;15.01.2026;40,00", "10002;X-1;15.01.2026;5,00"]
        self.done = self._import(rows, CUSTOMER_HEADER, apply=True)
        self.stopped = self._import(
            ["10001;INV/2026/00002;15.01.2026;10,00", "99999;X-2;15.01.2026;7,00"],
            CUSTOMER_HEADER,
            balance_date="2026-04-16",
        )
        self.assertEqual((self.done.state, self.stopped.state, self.stopped.has_stop), ("done", "planned", True))
        self.item = self.done.line_ids.external_id
        self.payment = self.done.line_ids.payment_id
        self.balances = self.env[BALANCE].sudo().search([("import_id", "=", self.done.id)])
        self.upload = self.env(user=self.clerk)["open.balance.import.upload"].create({"source_id": self.source.id})
        vals = {"source_id": self.source.id, "name": "list.csv", "state": "taken", "checksum": "x"}
        self.fetched = self.env[FETCHED].sudo().create(vals)
        self.targets = {
            SOURCE: self.source,
            "open.balance.source.column": self.source.column_ids,
            RUN: self.done + self.stopped,
            FILE: (self.done + self.stopped).file_ids,
            COLUMN: self.stopped.file_ids.column_ids,
            PROBLEM: self.stopped.problem_ids,
            LINE: (self.done + self.stopped).line_ids,
            ITEM: self.item,
            BALANCE: self.balances,
            TRANSFER: self.transfer,
            FETCHED: self.fetched,
            "open.balance.import.upload": self.upload,
            "account.move": self.invoice + self.second_invoice + self.opening,
            "account.payment": self.payment,
            "account.journal": self.payment.journal_id + self.invoice.journal_id,
            "res.partner": self.customer,
            "res.company": self.env.company,
            "ir.attachment": self._get_attachment(self.done + self.stopped),
        }

    def _get_state(self) -> dict:
        """All that the import has written, and what of the books hangs on it."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(su=True, context={"active_test": False})
        state = {}
        for model in MODELS:
            names = [
                name
                for name, field in env[model]._fields.items()
                if field.store and field.column_type and not name.startswith(("write_", "message_", "activity_"))
            ]
            state[model] = {record["id"]: record for record in env[model].search([]).read(names, load="")}
        for model, names in KEPT.items():
            records = env[model].search([("id", "in", self.targets[model].ids)] if "." not in model[8:] else [])
            state[model] = {record["id"]: record for record in records.read(names, load="")}
        attachments = env["ir.attachment"].search([("res_model", "=", FILE), ("res_field", "!=", False)])
        state["ir.attachment"] = attachments.read(["checksum", "res_model", "res_id"])
        return state

    def _attack(self, user, model, method, ids=(), ways=WAYS, **kwargs):
        """Call a method by session and by key; nothing but a result or a refusal comes back.

        :return: the errors, "" where there was none
        """
        is_model = hasattr(getattr(self.env[model], method), "_api_model")
        errors = []
        if "session" in ways:
            errors.append(self._call(user, model, method, *([] if is_model else [list(ids)]), **kwargs)[0])
        if "key" in ways:
            errors.append(self._call_by_key(user, model, method, ids, **kwargs)[0])
        errors = [error.rpartition(".")[2] for error in errors]
        self.assertLessEqual(set(errors), REFUSALS | {""}, f"{user.login} {model}.{method} {kwargs}")
        return errors

    def assertAllRefused(self, user, attacks, in_turn=False):
        """Each of the attacks is refused, and all together leave everything as it was.

        :param in_turn: each by one way only: by session, by key, and so on
        """
        before = self._get_state()
        for number, (model, method, ids, kwargs) in enumerate(attacks):
            ways = WAYS[number % 2] if in_turn else WAYS
            with self.subTest(user=user.login, model=model, method=method, values=str(kwargs)[:200]):
                self.assertNotIn("", self._attack(user, model, method, ids, ways, **kwargs))
        after = self._get_state()
        for model in before:
            self.assertEqual(after[model], before[model], f"{user.login} has changed {model}")

    # === ATTACKS === #

    def _get_forged(self, model: str, name: str):
        """A value for a field, which is not what it holds."""
        field = self.env[model]._fields[name]
        if field.type == "many2one":
            return self.env[field.comodel_name].sudo().search([], limit=1).id or 1
        if field.type == "selection":
            values = field.get_values(self.env)
            return "running" if "running" in values else values[-1]
        values = {
            "boolean": True, "integer": 7, "float": 7.0, "monetary": 7.0, "date": "2026-01-01",
            "datetime": "2026-01-01 00:00:00", "json": {"a": 1}, "one2many": [Command.clear()],
            "many2many": [Command.clear()], "html": "<p>x</p>",
        }  # fmt: skip
        return values.get(field.type, "forged")

    def _get_own_fields(self, model: str) -> list[str]:
        """The fields of a model that no user writes."""
        Model = self.env[model].sudo()
        if model not in MODELS:
            names = [name for name, field in Model._fields.items() if field.store and name.startswith("open_balance_")]
            fields = self.env[model]._fields
            return [name for name in names if not fields[name].type.endswith("2many") and name not in WRITTEN]
        magic = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}
        discussed = ("message_", "activity_", "my_activity_", "website_message_", "rating_", "has_message")
        return [
            name
            for name in Model._fields
            if name not in magic and not name.startswith(discussed) and not Model._is_user_field(name)
        ]

    def _get_forgeries(self, models=(RUN, FILE, COLUMN, LINE, TRANSFER, *BOOKS), limit=None):
        """Writing, creating and copying with the fields that the import alone writes.

        :param limit: number of fields of each model; all if not given
        """
        for model in models:
            records = self.targets[model]
            for name in self._get_own_fields(model)[:limit]:
                vals = {name: self._get_forged(model, name)}
                for record in records[:2]:
                    yield model, "write", record.ids, {"vals": vals}
                yield model, "create", (), {"vals_list": [{**self._get_needed(model), **vals}]}
                if self.env[model]._fields[name].type not in ("one2many", "many2many"):
                    yield model, "copy", records[-1:].ids, {"default": vals}

    def _get_needed(self, model: str) -> dict:
        """What a record of a model needs to be made."""
        return {
            RUN: {"source_id": self.source.id},
            FILE: {"import_id": self.stopped.id, "name": "x.csv", "content": self._get_content("10001;X-1;;1,00")},
            COLUMN: {"file_id": self.stopped.file_ids.id},
            LINE: {"import_id": self.stopped.id, "company_id": self.env.company.id, "action": "pay"},
            TRANSFER: {"name": "Mine"},
            "account.move": {"move_type": "out_invoice", "partner_id": self.customer.id},
            "account.payment": {"partner_id": self.customer.id, "amount": 1.0, "payment_type": "inbound"},
            "account.journal": {"name": "Mine", "code": "MINE", "type": "general"},
            PROBLEM: {"import_id": self.stopped.id, "level": "info", "severity": 3, "code": "x"},
            ITEM: {
                "partner_id": self.customer.id,
                "kind": "receivable",
                "company_id": self.env.company.id,
                "currency_id": self.env.company.currency_id.id,
                "balance": 1.0,
            },
            BALANCE: {
                "partner_id": self.customer.id,
                "company_id": self.env.company.id,
                "kind": "receivable",
                "balance": 1.0,
            },
            SOURCE: {"name": "Mine", "apply_automatically": True},
            "open.balance.source.column": {"source_id": self.source.id, "name": "Bar", "field": "balance"},
        }[model]

    def _get_records_attacks(self, models):
        """Creating, changing, copying and deleting what is nobody's to create, change or delete."""
        changes = {
            PROBLEM: {"level": "info"},
            ITEM: {"balance": 0.0},
            BALANCE: {"is_current": False},
            COLUMN: {"name": "Balance"},
            LINE: {"action": "skip"},
        }
        for model in models:
            records = self.targets[model]
            yield model, "create", (), {"vals_list": [self._get_needed(model)]}
            yield model, "copy", records[:1].ids, {}
            yield model, "unlink", records.ids, {}
            yield model, "unlink", records[:1].ids, {}
            yield model, "write", records[:1].ids, {"vals": changes[model]}
            yield model, "web_save", records[:1].ids, {"vals": changes[model], "specification": {"id": {}}}
            if "active" in records:
                yield model, "action_archive", records[:1].ids, {}

    def _get_frozen(self):
        """Of what was applied nothing is deleted or changed, and no file of it is exchanged."""
        vals = {"content": self._get_content("10001;INV/2026/00001;15.01.2026;1,00")}
        attachment = self._get_attachment(self.done)
        yield RUN, "unlink", self.done.ids, {}
        yield RUN, "write", self.done.ids, {"vals": {"balance_date": "2026-01-01"}}
        yield RUN, "write", self.done.ids, {"vals": {"file_ids": [Command.create({"name": "x.csv", **vals})]}}
        yield FILE, "write", self.done.file_ids.ids, {"vals": vals}
        yield FILE, "unlink", self.done.file_ids.ids, {}
        yield COLUMN, "write", self.done.file_ids.column_ids[:1].ids, {"vals": {"field": False}}
        yield LINE, "write", self.done.line_ids[:1].ids, {"vals": {"partner_id": self.other_customer.id}}
        yield "ir.attachment", "write", attachment.ids, {"vals": {"datas": vals["content"]}}
        yield "ir.attachment", "unlink", attachment.ids, {}
        yield TRANSFER, "unlink", self.transfer.ids, {}
        yield TRANSFER, "write", self.transfer.ids, {"vals": {"move_ids": [Command.clear()]}}
        yield TRANSFER, "write", self.transfer.ids, {"vals": {"company_id": self.elsewhere.id}}

    def _get_changes(self):
        """What a clerk may do with a run, a transfer, a document or a number, and nobody of the unauthorized."""
        content = self._get_content("10001;INV/2026/00002;15.01.2026;10,00")
        arguments = {"filename": "list.csv", "content_base64": content, "source_id": self.source.id, "apply": True}
        yield RUN, "import_file", (), arguments
        attachments = self._get_attachment(self.done).ids
        yield RUN, "import_attachments", (), {"attachment_ids": attachments, "source_id": self.source.id}
        yield FETCHED, "create", (), {"vals_list": [{"source_id": self.source.id, "name": "x", "state": "taken"}]}
        yield FETCHED, "write", self.fetched.ids, {"vals": {"state": "ignored"}}
        yield FETCHED, "unlink", self.fetched.ids, {}
        yield RUN, "create", (), {"vals_list": [self._get_needed(RUN)]}
        yield RUN, "copy", self.done.ids, {}
        yield RUN, "write", self.stopped.ids, {"vals": {"balance_date": "2026-03-31"}}
        yield RUN, "write", self.stopped.ids, {"vals": {"line_ids": [Command.update(self.stopped.line_ids[0].id, {})]}}
        yield RUN, "web_save", self.stopped.ids, {"vals": {"complete": True}, "specification": {"id": {}}}
        yield RUN, "unlink", self.stopped.ids, {}
        yield RUN, "message_post", self.stopped.ids, {"body": "x"}
        yield FILE, "create", (), {"vals_list": [self._get_needed(FILE)]}
        yield FILE, "write", self.stopped.file_ids.ids, {"vals": {"content": content}}
        yield FILE, "unlink", self.stopped.file_ids.ids, {}
        yield COLUMN, "write", self.stopped.file_ids.column_ids[:1].ids, {"vals": {"field": "balance"}}
        yield LINE, "write", self.stopped.line_ids[:1].ids, {"vals": {"partner_id": self.other_customer.id}}
        yield TRANSFER, "create", (), {"vals_list": [{"name": "x", "company_id": self.env.company.id}]}
        yield TRANSFER, "copy", self.transfer.ids, {}
        yield TRANSFER, "write", self.transfer.ids, {"vals": {"date": "2026-01-01"}}
        yield TRANSFER, "message_post", self.transfer.ids, {"body": "x"}
        yield SOURCE, "create", (), {"vals_list": [{**self._get_needed(SOURCE), "company_id": self.env.company.id}]}
        yield SOURCE, "write", self.source.ids, {"vals": {"absent_limit": 1.0}}
        yield SOURCE, "copy", self.source.ids, {}
        yield SOURCE, "unlink", self.source.ids, {}
        yield SOURCE, "message_post", self.source.ids, {"body": "x"}
        yield (
            "open.balance.source.column",
            "create",
            (),
            {"vals_list": [self._get_needed("open.balance.source.column")]},
        )
        yield "open.balance.source.column", "unlink", self.source.column_ids.ids, {}
        yield "open.balance.import.upload", "write", self.upload.ids, {"vals": {"balance_date": "2020-01-01"}}
        yield (
            "open.balance.import.upload",
            "create",
            (),
            {"vals_list": [{"source_id": self.source.id, "company_id": self.env.company.id}]},
        )
        yield "ir.attachment", "write", self._get_attachment(self.stopped).ids, {"vals": {"datas": content}}
        yield (
            "ir.attachment",
            "create",
            (),
            {"vals_list": [{"name": "x", "datas": content, "res_model": FILE, "res_id": self.stopped.file_ids.id}]},
        )
        yield "account.move", "write", self.invoice.ids, {"vals": {"ref": "x"}}
        yield "account.payment", "action_draft", self.payment.ids, {}
        yield "account.payment", "action_cancel", self.payment.ids, {}

    def _get_methods(self) -> set[tuple[str, str]]:
        """Model and name of every method of the addon that a client may call without arguments."""
        found = set()
        for model in self.targets:
            for part in type(self.env[model]).mro():
                if not part.__module__.startswith(ADDON):
                    continue
                names = {name for name, value in vars(part).items() if inspect.isfunction(value) and name[0] != "_"}
                found |= {(model, name) for name in names - WITH_ARGUMENTS}
        return found


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHttpWriting(HttpAttackCommon):
    """Who writes what."""

    def test_what_the_import_decides_is_nobodys_to_write(self):
        self.assertAllRefused(self.second, self._get_forgeries(), in_turn=True)
        self.assertAllRefused(self.manager, self._get_forgeries(BOOKS), in_turn=True)
        self.assertAllRefused(self.manager, self._get_forgeries(limit=3), in_turn=True)

    def test_what_the_import_decides_is_no_strangers_to_write(self):
        for user in self.unauthorized:
            self.assertAllRefused(user, self._get_forgeries(limit=2), in_turn=True)

    def test_what_the_import_makes_is_nobodys_to_make_or_delete(self):
        for user in self.second + self.manager + self.unauthorized:
            self.assertAllRefused(user, self._get_records_attacks((PROBLEM, ITEM, BALANCE, COLUMN, LINE)))

    def test_what_was_applied_is_frozen(self):
        for user in self.second + self.manager + self.unauthorized:
            self.assertAllRefused(user, self._get_frozen())

    def test_unauthorized_users_change_nothing(self):
        for user in self.unauthorized:
            self.assertAllRefused(user, self._get_changes())

    def test_unauthorized_users_call_every_method(self):
        """By what becomes of the books: some only show something."""
        methods = sorted(self._get_methods())
        self.assertIn((RUN, "action_apply"), methods)
        self.assertIn(("account.move", "action_replace_open_balance_payment"), methods)
        before = self._get_state()
        for user in self.unauthorized:
            for model, method in methods:
                for record in self.targets[model][:2]:
                    with self.subTest(user=user.login, model=model, method=method):
                        self._attack(user, model, method, record.ids)
            with self.subTest(user=user.login):
                self.assertEqual(self._get_state(), before)

    def test_methods_with_arguments_are_known(self):
        """A new one needs attacks of its own."""
        for model, method in self._get_methods():
            parameters = list(inspect.signature(getattr(type(self.env[model]), method)).parameters.values())[1:]
            with self.subTest(model=model, method=method):
                self.assertEqual([one.name for one in parameters if one.default is inspect.Parameter.empty], [])

    def test_nobody_makes_anything_by_the_words_of_a_mail(self):
        message = {
            "subject": self.source.mail_key,
            "recipients": "x@example.com",
            "author_id": self.clerk.partner_id.id,
        }
        attacks = [
            (model, "message_new", (), {"msg_dict": message, "custom_values": {"source_id": self.source.id}})
            for model in (SOURCE, RUN, TRANSFER)
        ]
        for user in self.second + self.manager + self.unauthorized:
            self.assertAllRefused(user, attacks)

    def test_companies_of_the_context(self):
        """Nobody enters a company by naming it."""
        context = {"allowed_company_ids": self.env.company.ids, "default_company_id": self.env.company.id}
        attacks = [
            (model, method, ids, {**kwargs, "context": context})
            for model, method, ids, kwargs in self._get_changes()
            if method in ("import_file", "create", "copy", "write")
        ]
        self.assertAllRefused(self.stranger, attacks)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHttpReading(HttpAttackCommon):
    """Who sees what."""

    def _read_all(self, user, model, method, ids=(), **kwargs):
        """What a call by session and one by key bring: the error's name, or the result."""
        is_model = hasattr(getattr(self.env[model], method), "_api_model")
        by_session = self._call(user, model, method, *([] if is_model else [list(ids)]), **kwargs)
        by_key = self._call_by_key(user, model, method, ids, **kwargs)
        return [error.rpartition(".")[2] or result for error, result in (by_session, by_key)]

    def _get_readings(self, model):
        """Ways to read a model, with what they bring where nothing may be seen."""
        records = self.targets[model]
        ours = [("id", "in", records.ids)]
        yield "search_read", (), {"domain": ours, "fields": ["display_name"]}, []
        yield "search", (), {"domain": ours}, []
        yield "search_count", (), {"domain": ours}, 0
        yield "web_search_read", (), {"domain": ours, "specification": {"id": {}}}, {"length": 0, "records": []}
        yield "formatted_read_group", (), {"domain": ours, "groupby": [], "aggregates": ["__count"]}, [{"__count": 0}]
        for method, kwargs in (
            ("read", {"fields": ["display_name"]}),
            ("web_read", {"specification": {"display_name": {}}}),
            ("copy", {}),
        ):
            yield method, records.ids, kwargs, "AccessError"

    def test_portal_and_plain_internal_users_read_nothing(self):
        for user in (self.portal, self.outsider):
            for model in MODELS:
                for method, ids, kwargs, _nothing in self._get_readings(model):
                    with self.subTest(user=user.login, model=model, method=method):
                        self.assertEqual(self._read_all(user, model, method, ids, **kwargs), ["AccessError"] * 2)

    def test_users_of_another_company_read_nothing(self):
        for model in (*MODELS, "account.move", "account.payment"):
            for method, ids, kwargs, nothing in self._get_readings(model):
                with self.subTest(model=model, method=method):
                    found = self._read_all(self.stranger, model, method, ids, **kwargs)
                    if method == "formatted_read_group":
                        found = [[{"__count": group["__count"]} for group in groups] for groups in found]
                    self.assertEqual(found, [nothing] * 2)
                    context = {"allowed_company_ids": self.env.company.ids}
                    found = self._read_all(self.stranger, model, method, ids, **kwargs, context=context)
                    self.assertEqual(found, ["AccessError"] * 2)

    def test_readers_read(self):
        for model in MODELS:
            ids = self.targets[model].ids
            with self.subTest(model=model):
                found = self._read_all(self.reader, model, "search", domain=[("id", "in", ids)])
                self.assertEqual([sorted(one) for one in found], [sorted(ids)] * 2)

    def test_files_are_served_to_those_who_may_read_them(self):
        attachment = self._get_attachment(self.done)
        urls = (
            f"/web/content/{FILE}/{self.done.file_ids.id}/content",
            f"/web/content/{attachment.id}",
            f"/web/content/{RUN}/{self.stopped.id}/corrections_file",
        )
        for user, status in (
            (self.portal, 404), (self.outsider, 404), (self.stranger, 404), (self.reader, 200), (self.clerk, 200),
        ):  # fmt: skip
            self._sign_in(user)
            for url in urls:
                with self.subTest(user=user.login, url=url):
                    self.assertEqual(self.url_open(url).status_code, status)

    def test_what_is_said_about_a_run_is_read_by_those_who_read_it(self):
        domain = [("model", "in", [RUN, SOURCE, TRANSFER]), ("res_id", "in", (self.done + self.stopped).ids)]
        for user in (self.portal, self.outsider, self.stranger):
            with self.subTest(user=user.login):
                found = self._read_all(user, "mail.message", "search", domain=domain)
                self.assertIn(found, ([[], []], ["AccessError"] * 2))

    def test_balances_of_partners(self):
        names = [
            "open_balance_import", "open_balance_total", "open_balance_date", "open_balance_is_incomplete",
            "open_balance_group_total", "open_payable_total", "debtor_number", "further_debtor_numbers",
        ]  # fmt: skip
        partner = self.other_customer
        for user in (self.portal, self.outsider):
            for name in names:
                attacks = [
                    ("read", partner.ids, {"fields": [name]}),
                    ("search", (), {"domain": [(name, "!=", False)]}),
                    ("search_count", (), {"domain": [("child_ids." + name, "=", 5)]}),
                    ("search", (), {"domain": [], "order": f"{name} desc"}),
                    ("formatted_read_group", (), {"domain": [], "groupby": [name], "aggregates": ["__count"]}),
                    ("write", partner.ids, {"vals": {name: "1"}}),
                ]
                for method, ids, kwargs in attacks:
                    with self.subTest(user=user.login, name=name, method=method):
                        found = self._read_all(user, "res.partner", method, ids, **kwargs)
                        self.assertLessEqual(set(map(str, found)), {"AccessError", "ValueError"})
        [by_session], [by_key] = self._read_all(self.stranger, "res.partner", "read", partner.ids, fields=names[:3])
        nothing = {"id": partner.id, "open_balance_import": 0.0, "open_balance_total": 0.0, "open_balance_date": False}
        self.assertEqual((by_session, by_key), (nothing, nothing))
        [by_session], [by_key] = self._read_all(self.clerk, "res.partner", "read", partner.ids, fields=names[:1])
        self.assertEqual((by_session, by_key), ({"id": partner.id, "open_balance_import": 5.0},) * 2)
