"""What a client may try on a run, by what becomes of the books: each rule in the words of an attack."""

import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.account_open_balance.models.run import booking

from ..common import TODAY
from ..common_attacks import (
    FILE,
    HARMLESS,
    LINE,
    NO_NOISE,
    PAID,
    PROBLEM,
    RUN,
    AttackCommon,
    RpcAttackCommon,
)
from ..common_import import CUSTOMER_HEADER


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAttacksByRpc(RpcAttackCommon):
    """With the calls and contexts that a client sends."""

    def test_a_stopped_run_is_not_started_by_writing_its_state(self):
        run = self._plan_stopped()
        admin = self.env.ref("base.user_admin")
        values = [
            {"state": "running", "applied_by_id": admin.id},
            {"state": "done"},
            {"applied_by_id": admin.id},
            {"applied_on": "2026-01-01 00:00:00"},
            {"undone_by_id": 1},
            {"needs_plan": False},
            {"plan_checksum": False},
            {"totals": False},
            {"undo_result": {}},
            {"is_corrections": True},
            {"opening_settings": {}},
            {"balance_date_origin": "file"},
            {"problem_ids": [Command.clear()]},
            {"line_ids": [Command.clear()]},
            {"balance_date": "2026-03-31", "needs_plan": False},
        ]
        for vals in values:
            for method, args in (("write", [run.ids, vals]), ("web_save", [run.ids, vals, {"state": {}}])):
                with self.subTest(vals=vals, method=method):
                    self.assertRefused(self.clerk, RUN, method, *args)
        self._run_cron()
        self.assertEqual(
            (run.state, run.applied_by_id, run.balance_date_origin), ("planned", run.env["res.users"], "given")
        )
        self.assertOpen()

    def test_nobody_takes_back_what_another_has_booked_by_writing_who_did(self):
        run = self._plan(apply=True)
        self.assertRefused(self.second, RUN, "write", run.ids, {"state": "running", "undone_by_id": 1})
        self._run_cron()
        self.assertEqual((run.state, run.line_ids.payment_id.state), ("done", "paid"))
        self.assertOpen(10.0)

    def test_no_clerk_decides_that_lists_set_credit_limits(self):
        source = "open.balance.source"
        for vals in ({"sets_credit_limits": True}, {"sets_credit_limits": False}):
            with self.subTest(vals=vals):
                self.assertRefused(self.clerk, source, "write", self.source.ids, vals)
                self.assertRefused(self.clerk, source, "web_save", self.source.ids, vals, {"name": {}})
                self.assertRefused(self.clerk, source, "create", {"name": "Mine", **vals})
        self.assertRefused(self.clerk, source, "copy", self.source.ids, {"sets_credit_limits": True})
        self.assertRefused(
            self.clerk, source, "name_create", "Mine", context={"default_sets_credit_limits": True, "lang": "en_US"}
        )
        context = {"default_sets_credit_limits": True}
        self.source.active = False
        content = self._encode("Customer Number;Credit Limit;Open Balance\n10001;900,00;5,00")
        error, result = self._call(
            self.clerk, RUN, "import_file", "list.csv", content, apply=True, balance_date="2026-03-31", context=context
        )
        self.assertFalse(error)
        run = self.env[RUN].browse(result["run_id"])
        self.assertEqual((run.source_id.sets_credit_limits, self.customer.credit_limit), (False, 0.0))
        error, _result = self._call(self.manager, source, "write", self.source.ids, {"sets_credit_limits": True})
        self.assertEqual((error, self.source.sets_credit_limits), ("", True))

    def test_no_run_is_born_started(self):
        vals = {"source_id": self.source.id}
        admin = self.env.ref("base.user_admin").id
        for context, more in (
            ({}, {"state": "running"}),
            ({}, {"applied_by_id": admin}),
            ({}, {"line_ids": [Command.create({"action": "pay", "move_id": self.invoice.id, "payment_amount": 100})]}),
            ({"default_line_ids": [Command.create({"action": "pay", "move_id": self.invoice.id})]}, {}),
        ):
            with self.subTest(context=context, more=more):
                error, run_id = self._call(self.clerk, RUN, "create", {**vals, **more}, context=context)
                if not error:
                    self.assertFalse(self.env[RUN].browse(run_id).line_ids)
        self._run_cron()
        self.assertOpen()

    def test_a_context_says_nothing_of_what_the_import_decides(self):
        context = {"default_state": "running", "default_applied_by_id": 2, "default_needs_plan": False}
        error, run_id = self._call(self.clerk, RUN, "create", {"source_id": self.source.id}, context=context)
        self.assertEqual(error, "")
        self.assertRecordValues(self.env[RUN].browse(run_id), [{"state": "draft", "applied_by_id": False}])
        names = ["state", "applied_by_id"]
        self.assertEqual(self._call(self.clerk, RUN, "default_get", names, context=context), ("", {"state": "draft"}))

    def test_neither_does_a_default_of_the_users_own(self):
        for name, value in (("state", "planned"), ("applied_by_id", 2)):
            self.env(user=self.clerk)["ir.default"].set(RUN, name, value, user_id=True)
        error, run_id = self._call(self.clerk, RUN, "create", {"source_id": self.source.id})
        self.assertEqual(error, "")
        self.assertRecordValues(self.env[RUN].browse(run_id), [{"state": "draft", "applied_by_id": False}])

    def test_a_copy_is_a_draft(self):
        run = self._plan(apply=True)
        error, ids = self._call(self.clerk, RUN, "copy", run.ids)
        self.assertEqual(error, "")
        copy = self.env[RUN].browse(ids)
        self.assertRecordValues(copy, [{"state": "draft", "applied_by_id": False, "totals": False}])
        self.assertFalse(copy.line_ids or copy.file_ids)

    def test_a_loaded_file_writes_no_state(self):
        run = self._plan_stopped()
        _error, result = self._call(self.clerk, RUN, "load", [".id", "state"], [[str(run.id), "running"]])
        self.assertTrue(result is None or not result["ids"])
        self.assertEqual(run.state, "planned")

    def test_no_line_is_forged(self):
        run = self._plan(HARMLESS)
        forged = {
            "import_id": run.id,
            "company_id": run.company_id.id,
            "action": "pay",
            "kind": "receivable",
            "partner_id": self.customer.id,
            "move_id": self.invoice.id,
            "currency_id": self.env.company.currency_id.id,
            "booked_balance": 100.0,
            "payment_amount": 100.0,
        }
        self.assertRefused(self.clerk, LINE, "create", forged)
        self.assertRefused(self.clerk, RUN, "write", run.ids, {"line_ids": [Command.create(forged)]})
        self.assertRefused(self.clerk, LINE, "copy", run.line_ids.ids)
        self.assertRefused(self.clerk, LINE, "name_create", "X")
        self._call(self.clerk, LINE, "load", ["import_id/.id", "action"], [[str(run.id), "pay"]])
        for vals in (
            {"payment_amount": 100.0},
            {"action": "pay"},
            {"booked_balance": 1.0},
            {"import_id": run.id},
            {"state": "done"},
            {"is_assigned": True},
            {"undo_payment_ids": [Command.clear()]},
            {"sets_limit": True, "limit_after": 1000000.0},
            {"external_id": False},
            {"plan_checksum": "x"},
            {"partner_id": self.customer.id, "payment_amount": 100.0},
        ):
            with self.subTest(vals=vals):
                self.assertRefused(self.clerk, LINE, "write", run.line_ids.ids, vals)
                self.assertRefused(
                    self.clerk, RUN, "write", run.ids, {"line_ids": [Command.update(run.line_ids.id, vals)]}
                )
        self.assertRefused(self.clerk, LINE, "unlink", run.line_ids.ids)
        run.action_apply()
        self.assertEqual(self._get_short_rows(run), [("keep", "INV/2026/00001", "INV/2026/00001", "done", "confirmed")])
        self.assertOpen()

    def test_an_assignment_by_the_form_asks_for_a_new_plan(self):
        run = self._plan(HARMLESS)
        vals = {"line_ids": [Command.update(run.line_ids.id, {"partner_id": self.other_customer.id})]}
        self.assertEqual(self._call(self.clerk, RUN, "write", run.ids, vals), ("", True))
        self.assertEqual((run.needs_plan, run.line_ids.is_assigned), (True, True))
        self.assertRefused(self.clerk, RUN, "action_apply", run.ids)
        self.assertOpen()

    def test_a_form_names_no_document_of_another_company(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        secret = self._create_document(self.customer, 70.0, "SECRET/2026/0001", company_id=company.id)
        private = self._create_partner("Secret Partner", company_id=company.id)
        spec = {name: {"fields": {"display_name": {}}} for name in ("move_id", "partner_id")}
        line = self._plan(HARMLESS).line_ids
        for name, record in (("move_id", secret), ("partner_id", private)):
            for ids in ([], line.ids):
                with self.subTest(name=name, ids=ids):
                    found = self._call(self.clerk, LINE, "onchange", ids, {name: record.id}, [name], spec)
                    self.assertNotIn("secret", str(found).casefold())
        values = {"move_id": self.invoice.id}
        _error, found = self._call(self.clerk, LINE, "onchange", line.ids, values, ["move_id"], spec)
        self.assertNotIn("move_id", found["value"])

    def test_who_may_not_import_starts_nothing(self):
        planned = self._plan()
        stopped = self._plan_stopped()
        done = self._import_other()
        elsewhere = self.setup_other_company(name="Harbour Trading")["company"]
        stranger = self._create_user("stranger", "account.group_account_manager", elsewhere)
        for user in (self.reader, self.outsider, self.portal, stranger):
            for run, method in (
                (planned, "action_plan"),
                (planned, "action_apply"),
                (planned, "action_accept_suggestions"),
                (planned, "action_cancel"),
                (done, "action_undo"),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assertEqual(self._call(user, RUN, method, run.ids)[0].rpartition(".")[2], "AccessError")
            with self.subTest(user=user.login):
                self.assertRefused(user, PROBLEM, "action_confirm", stopped.problem_ids.ids)
                self.assertRefused(user, RUN, "write", planned.ids, {"complete": False})
                self.assertRefused(user, LINE, "write", planned.line_ids.ids, {"partner_id": self.other_customer.id})
                self.assertRefused(user, LINE, "action_accept_suggestion", planned.line_ids.ids)
                self.assertRefused(user, FILE, "write", planned.file_ids.ids, {"content": self._get_content(HARMLESS)})
        self.assertEqual((planned.state, planned.needs_plan, done.state), ("planned", False, "done"))
        self.assertTrue(stopped.has_stop)
        self.assertOpen()

    def _import_other(self):
        """A run that was applied, of another invoice."""
        self._create_document(self.other_customer, 50.0, "INV/2026/00002")
        self.source.complete = False
        return self._import(["10002;INV/2026/00002;15.01.2026;10,00"], CUSTOMER_HEADER, apply=True)

    def test_what_books_is_called_by_no_client(self):
        run = self._plan_stopped()
        for method in ("_start", "_apply", "_go_on", "_note", "_seal", "_end_job", "_cron_apply"):
            with self.subTest(method=method):
                self.assertTrue(hasattr(run, method))
                self.assertRefused(self.clerk, RUN, method, run.ids)
        self.assertOpen()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAttacksOnFiles(AttackCommon):
    """What was read is what is booked."""

    @mute_logger(*NO_NOISE)
    def test_files_of_a_started_run_are_frozen(self):
        run = self._plan(apply=True)
        attachment = self._get_attachment(run)
        self.assertEqual(len(attachment), 1)
        other = self.env(user=self.clerk)["ir.attachment"].create({"name": "x.csv", "raw": b"x"})
        checksum = run.file_ids.checksum
        place = {"res_model": FILE, "res_id": run.file_ids.id}
        for attack in (
            lambda: run.file_ids.write({"content": self._get_content(HARMLESS)}),
            lambda: run.file_ids.write({"name": "other.csv"}),
            run.file_ids.unlink,
            lambda: run.file_ids.column_ids[0].write({"field": False}),
            run.file_ids.column_ids[0].unlink,
            lambda: run.env[FILE].create({"import_id": run.id, "name": "x.csv", "content": self._get_content(PAID)}),
            lambda: run.write({"file_ids": [Command.create({"name": "x.csv", "content": self._get_content(PAID)})]}),
            lambda: attachment.write({"raw": b"x"}),
            lambda: attachment.write({"datas": base64.b64encode(b"x")}),
            lambda: attachment.write({"res_id": 0}),
            lambda: attachment.write({"res_model": "res.partner", "res_id": self.customer.id}),
            attachment.unlink,
            lambda: other.write(place),
            lambda: other.write({**place, "res_field": "content"}),
            lambda: other.create({"name": "y.csv", "raw": b"y", **place, "res_field": "content"}),
            lambda: other.create({"name": "y.csv", "raw": b"y", **place}),
            lambda: other.with_context(**{f"default_{name}": value for name, value in place.items()}).create(
                {"name": "y.csv", "raw": b"y"}
            ),
        ):
            with self.assertRaises(UserError):
                attack()
        self.env.invalidate_all()
        self.assertEqual((run.file_ids.checksum, run.file_ids.name), (checksum, "list.csv"))
        self.assertEqual(run.file_ids.content, self._get_content(PAID).encode())
        self.assertEqual(self._get_attachment(run), attachment)

    def test_other_bytes_ask_for_a_new_plan(self):
        content = self._get_content(PAID)
        for attack in (
            lambda run: run.file_ids.write({"content": content}),
            lambda run: self._get_attachment(run).write({"raw": base64.b64decode(content)}),
            lambda run: self._get_attachment(run).write({"datas": content}),
            lambda run: self._get_attachment(run).sudo().write({"raw": base64.b64decode(content)}),
            lambda run: self._get_attachment(run).unlink(),
            lambda run: run.file_ids.unlink(),
            lambda run: run.write({"file_ids": [Command.create({"name": "more.csv", "content": content})]}),
        ):
            run = self._plan(HARMLESS)
            checksum = run.file_ids.checksum
            attack(run)
            self.env.invalidate_all()
            self.assertTrue(run.needs_plan)
            self.assertNotEqual(run.file_ids.mapped("checksum"), [checksum])
            with self.assertRaisesRegex(UserError, "was changed since its preview"):
                run.action_apply()
        self.assertOpen()

    def test_a_file_does_not_move_to_another_run(self):
        run, other = self._plan(HARMLESS), self._plan(PAID)
        with self.assertRaisesRegex(UserError, "stays in the import"):
            other.file_ids.import_id = run
        with self.assertRaisesRegex(UserError, "stays in the import"):
            run.write({"file_ids": [Command.link(other.file_ids.id)]})

    def test_checksum_and_findings_are_not_written(self):
        run = self._plan(HARMLESS)
        for vals in (
            {"checksum": "x"},
            {"detected": {}},
            {"row_count": 7},
            {"content": self._get_content(PAID), "checksum": "x"},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "not written by hand"):
                run.file_ids.write(vals)
        with self.assertRaisesRegex(AccessError, "not written by hand"):
            run.file_ids.column_ids[0].detected = "x"
        self.assertFalse(run.needs_plan)

    def test_a_confirmation_is_of_a_list(self):
        """One clerk confirms a stop on a harmless list, another swaps the bytes, plans and applies."""
        run = self._plan(HARMLESS, balance_date="2026-04-16")
        self._get_problem(run, "balance_date_future").action_confirm()
        run = run.with_user(self.second)
        run.file_ids.content = self._get_content(PAID)
        run.action_plan()
        self.assertFalse(self._get_problem(run, "balance_date_future").confirmed_by_id)
        with self.assertRaisesRegex(UserError, "cannot be applied"):
            run.action_apply()
        self.assertOpen()

    def test_a_confirmation_is_gone_when_the_run_is_taken_for_something_else(self):
        run = self._plan(HARMLESS, balance_date="2026-04-16")
        other = self.env["open.balance.source"].create({"name": "Other", "absent_limit": 1.0})
        for vals in ({"source_id": other.id}, {"scope": "partners"}, {"complete": False}, {"cover": "receivable"}):
            with self.subTest(vals=vals):
                self._get_problem(run, "balance_date_future").action_confirm()
                run.write(vals)
                run.action_plan()
                self.assertTrue(run.has_stop)

    def test_a_confirmation_is_gone_when_the_books_have_changed(self):
        run = self._plan(HARMLESS, balance_date="2026-04-16")
        self._get_problem(run, "balance_date_future").action_confirm()
        run.action_plan()
        self.assertFalse(run.has_stop)
        self._create_document(self.customer, 1140.0, "INV/2026/00003")
        run.action_plan()
        self.assertTrue(run.has_stop)

    def test_nothing_is_confirmed_that_is_not_planned(self):
        run = self._plan(HARMLESS, balance_date="2026-04-16")
        run.file_ids.content = self._get_content(PAID)
        with self.assertRaisesRegex(UserError, "was changed since its preview"):
            self._get_problem(run, "balance_date_future").action_confirm()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAttacksOnPlans(AttackCommon):
    """What was planned is what is booked, in the name of a person who may."""

    def test_lines_that_were_changed_are_not_booked(self):
        other = self._create_document(self.customer, 100.0, "INV/2026/00003")
        paid = [PAID, "10001;INV/2026/00003;15.01.2026;100,00"]
        for attack in (
            lambda run: run.line_ids[0].sudo().write({"payment_amount": 60.0}),
            lambda run: run.line_ids[0]._note({"move_id": other.id}),
            lambda run: run.line_ids[1]._note({"action": "pay", "payment_amount": 100.0}),
            lambda run: run.line_ids[1].sudo().unlink(),
            lambda run: run.line_ids[1].sudo().copy(),
            lambda run: run.sudo().write({"balance_date": "2026-03-30", "needs_plan": False}),
            lambda run: run._note({"plan_checksum": False}),
        ):
            run = self._import(paid, CUSTOMER_HEADER)
            attack(run)
            run._note({"needs_plan": False})
            with self.assertRaisesRegex(UserError, "no longer those that were planned"):
                run.action_apply()
            self.assertEqual(run.state, "planned")
        self.assertEqual((self.invoice + other).mapped("amount_residual"), [100.0, 100.0])

    def test_a_job_checks_the_plan_again(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        run = self._plan(apply=True)
        self.assertEqual(run.state, "running")
        run.line_ids.sudo().payment_amount = 60.0
        self._run_cron()
        self.assertEqual((run.state, run.needs_plan), ("planned", True))
        self.assertIn("no longer those that were planned", "".join(run.message_ids.mapped("body")))
        self.assertOpen()

    def test_a_job_goes_on_as_the_person_who_asked(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        run = self._plan(apply=True)
        self._run_cron()
        self.assertEqual((run.state, run.line_ids.payment_id.create_uid), ("done", self.clerk))
        self.assertOpen(10.0)

    def test_a_job_books_for_nobody_who_may_not(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        elsewhere = self.setup_other_company(name="Harbour Trading")["company"]
        group = self.env.ref("account.group_account_invoice")
        for number, (sentence, vals) in enumerate(
            {
                "is no longer active": {"active": False},
                "has no right to import any more": {"group_ids": [Command.unlink(group.id)]},
                "may no longer enter": {"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id},
            }.items()
        ):
            user = self._create_user(f"gone{number}", "account.group_account_invoice")
            run = self._plan(env=self.env(user=user), apply=True)
            self.assertEqual(run.state, "running")
            user.sudo().write(vals)
            self._run_cron()
            run = run.with_user(self.clerk)
            with self.subTest(sentence=sentence):
                self.assertEqual((run.state, run.needs_plan, run.line_ids.state), ("planned", True, "planned"))
                [told] = run.message_ids.filtered(lambda message: "background job has ended" in message.body)
                self.assertRegex(told.body, sentence)
                self.assertEqual(told.subtype_id, self.env.ref("mail.mt_comment"))
                self.assertOpen()
        run.action_plan()
        run.action_apply()
        self._run_cron()
        self.assertOpen(10.0)

    def test_a_job_books_for_no_superuser(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        run = self._plan()
        root = self.env.ref("base.user_root")
        with self.assertRaisesRegex(UserError, "in the name of a person"):
            run.with_user(root).action_apply()
        run.sudo().write({"state": "running", "applied_by_id": root.id})
        self._run_cron()
        self.assertEqual(run.state, "planned")
        self.assertOpen()

    def test_a_job_that_has_booked_something_ends_with_what_is_left(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        self._create_document(self.customer, 50.0, "INV/2026/00003")
        user = self._create_user("gone", "account.group_account_invoice")
        run = self._import(
            [PAID, "10001;INV/2026/00003;15.01.2026;10,00"], CUSTOMER_HEADER, env=self.env(user=user), apply=True
        )
        run._in_company()._apply_documents(self.invoice.ids)
        user.sudo().active = False
        self._run_cron()
        run = run.with_user(self.clerk)
        self.assertEqual((run.state, run.line_ids.mapped("state")), ("done", ["done", "failed"]))
        self.assertRegex(run.line_ids[1].result, "is no longer active")
        run.action_undo()
        self._run_cron()
        self.assertEqual(run.state, "undone")
        self.assertOpen()

    def test_an_undo_goes_on_for_nobody_who_may_not(self):
        run = self._plan(apply=True)
        self.patch(booking, "DIRECT_LIMIT", 0)
        run.sudo().write({"state": "running", "undone_by_id": self.env.ref("base.user_root").id})
        self._run_cron()
        self.assertEqual((run.state, run.undone_by_id), ("done", run.env["res.users"]))
        self.assertOpen(10.0)

    def test_the_kind_follows_the_source_unless_a_manager_chooses(self):
        run = self._plan(HARMLESS)
        for vals in ({"per": "opening"}, {"per": "debtor"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "accounting manager"):
                run.write(vals)
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "accounting manager"):
                run.create({"source_id": self.source.id, **vals})
        run.with_user(self.manager).per = "debtor"
        self.assertEqual((run.per, run.needs_plan), ("debtor", True))
        run.per = "invoice"
        self.assertEqual(run.per, "invoice")

    def test_the_company_stays_when_a_list_was_read(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        self.clerk.sudo().company_ids += company
        run = self._plan(HARMLESS)
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            run.company_id = company

    def test_another_companys_records_are_not_assigned_and_not_named(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        secret = self._create_document(self.customer, 70.0, "SECRET/2026/0001", company_id=company.id)
        private = self._create_partner("Secret Partner", company_id=company.id)
        run = self._plan("10001;X-1;15.01.2026;40,00")
        line = run.line_ids.filtered("row")
        for vals in ({"move_id": secret.id}, {"partner_id": private.id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "another company") as caught:
                line.write(vals)
            self.assertNotIn("secret", str(caught.exception).casefold())
        # Nor by a user who may enter both.
        self.clerk.sudo().company_ids += company
        both = line.with_context(allowed_company_ids=[self.env.company.id, company.id])
        for vals in ({"move_id": secret.id}, {"partner_id": private.id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "another company"):
                both.write(vals)

    def test_nothing_is_assigned_or_remembered_in_a_started_run(self):
        run = self._plan(apply=True)
        for vals in ({"partner_id": self.other_customer.id}, {"move_id": False}, {"remember_number": True}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "can no longer be changed"):
                run.line_ids.write(vals)
