from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PAY_FIRST, FetchCommon


@tagged("post_install", "-at_install")
class TestAttachments(FetchCommon):
    """Lists that are attached to records."""

    def _attach(self, content=PAY_FIRST, name="list.csv", user=None, record=None):
        record = self.source if record is None else record
        values = {"name": name, "raw": content.encode(), "res_model": record._name, "res_id": record.id}
        attachments = self.env["ir.attachment"].with_user(user or self.manager)
        return attachments.create(values)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.source.fetch_from = False

    def _import(self, attachments, user=None, **kwargs):
        """State and source of the runs that attachments make."""
        Run = self.env["open.balance.import"].with_user(user or self.clerk)
        results = Run.import_attachments(attachments.ids, **kwargs)
        runs = Run.browse([result["run_id"] for result in results])
        self.assertEqual([result["state"] for result in results], runs.mapped("state"))
        return [(run.state, run.source_id, ", ".join(run.file_ids.mapped("name"))) for run in runs]

    # === BY CODE === #

    def test_attachment_of_its_source(self):
        other = self.env["open.balance.source"].create({"name": "Other", "company_text": "Other"})
        found = self._import(self._attach(record=other))
        self.assertEqual(found, [("planned", other, "list.csv")])

    def test_applied_if_asked_to(self):
        found = self._import(self._attach(record=self.invoice), source_id=self.source.id, apply=True)
        self.assertEqual(found, [("done", self.source, "list.csv")])
        self.assertEqual(self.invoice.amount_residual, 40.0)

    def test_pages_make_one_run(self):
        attachments = self._attach(name="ARs_1.csv") + self._attach(name="ARs_2.csv") + self._attach(name="b.csv")
        found = self._import(attachments)
        self.assertEqual(found, [("planned", self.source, "ARs_1.csv, ARs_2.csv"), ("planned", self.source, "b.csv")])

    def test_two_lists_of_one_name_are_two(self):
        found = self._import(self._attach() + self._attach())
        self.assertEqual([name for _state, _source, name in found], ["list.csv", "list.csv"])

    def test_list_without_a_date_is_of_the_day_on_which_it_was_attached(self):
        attachment = self._attach()
        self.env.cr.execute("UPDATE ir_attachment SET create_date = '2026-03-30 12:00' WHERE id = %s", attachment.ids)
        attachment.invalidate_recordset()
        self._import(attachment)
        run = self._get_runs()
        self.assertEqual((str(run.balance_date), run.balance_date_origin), ("2026-03-30", "time"))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_may_not_read_an_attachment_does_not_import_it(self):
        secret = self.env["ir.attachment"].create(
            {"name": "list.csv", "raw": PAY_FIRST.encode(), "res_model": "ir.cron", "res_id": self.cron.id}
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._import(secret)
        reader = self._create_user("reader", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "not allowed to create 'Open Balance Import'"):
            self._import(self._attach(), user=reader)
        self.assertFalse(self._get_runs())

    def test_wrong_arguments(self):
        Run = self.env["open.balance.import"].with_user(self.clerk)
        for ids in (None, 5, "5", [True], ["5"], [], [2**31 - 1]):
            with (
                self.subTest(ids=ids),
                self.assertRaisesRegex(UserError, "^attachment_ids is .*, but has to be a list"),
            ):
                Run.import_attachments(ids)
        with self.assertRaisesRegex(UserError, "^apply is 1, but has to be true or false"):
            Run.import_attachments(self._attach().ids, apply=1)
        with self.assertRaisesRegex(UserError, "^source_id is 'x'"):
            Run.import_attachments(self._attach().ids, source_id="x")

    # === READY-MADE ACTIONS === #

    def test_server_action(self):
        action = self.env.ref("account_open_balance.action_import_attachments").with_user(self.clerk)
        attachments = self._attach()
        context = {"active_model": "ir.attachment", "active_ids": attachments.ids, "active_id": attachments.id}
        result = action.with_context(**context).run()
        self.assertEqual((result["res_model"], result["res_id"]), ("open.balance.import", self._get_runs().id))
        self.assertEqual((self._get_runs().state, self._get_runs().create_uid), ("planned", self.clerk))

    def test_server_action_is_no_readers(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        action = self.env.ref("account_open_balance.action_import_attachments").with_user(reader)
        attachments = self._attach()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_actions"):
            action.with_context(active_model="ir.attachment", active_ids=attachments.ids).run()

    def _run_attached(self):
        cron = self.env.ref("account_open_balance.ir_cron_import_attached")
        self.assertFalse(cron.active)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_scheduled_action_imports_each_list_once(self):
        self._attach()
        self._attach("an image", "logo.png")
        for _time in range(2):
            self._run_attached()
            self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])
        self.assertEqual((self._get_runs().create_uid, self.invoice.amount_residual), (self.clerk, 40.0))
        self._attach(name="again.csv")
        self._run_attached()
        message = "The same bytes as of list.csv, which was taken."
        self.assertEqual(self._get_files()[1], ("again.csv", "ignored", "", message))

    def test_scheduled_action_leaves_out_what_came_by_mail(self):
        """An answer to a message of the source may be forged, and anybody may attach what they like to it."""
        attachment = self._attach()
        self.source.message_post(message_type="email", attachment_ids=attachment.ids)
        outsider = self._create_user("outsider", "base.group_user")
        theirs = self._attach(name="theirs.csv")
        self.env.cr.execute("UPDATE ir_attachment SET create_uid = %s WHERE id = %s", [outsider.id, theirs.id])
        theirs.invalidate_recordset()
        self._run_attached()
        self.assertEqual(self._get_files(), [])

    def test_scheduled_action_tells_what_is_in_the_way(self):
        self._attach("nothing that could be read")
        self._run_attached()
        self.assertEqual(self._get_files(), [("list.csv", "failed", "failed", "")])
        self.assertEqual(self.source.activity_ids.user_id, self.clerk)
        self.clerk.active = False
        self._attach(name="second.csv")
        self._run_attached()
        name, state, run, message = self._get_files()[1]
        self.assertEqual(
            (name, state, run, message), ("second.csv", "failed", "", f"{self.clerk.name} is no longer active.")
        )
