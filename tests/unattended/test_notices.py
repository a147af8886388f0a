from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.account_open_balance.models.run import booking

from ..common import TODAY
from .common import FETCH_LOG, PAY_FIRST, FetchCommon

UNREADABLE = "nothing that could be read"
REVIEW = f"{PAY_FIRST}99999;X-1;15.01.2026;5,00\n"


class NoticeCommon(FetchCommon):
    """The same; a follower who sees the notices that are on by default."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follower = cls._create_user("follower", "account.group_account_readonly")
        cls.follower.email = "follower@example.com"
        cls.source.message_subscribe(cls.follower.partner_id.ids)

    def _bring(self, content=PAY_FIRST, name="list.csv"):
        """The run of a list that is fetched."""
        self._write(name, content)
        self._fetch()
        return self._get_runs()[-1:]

    def _get_activities(self):
        """The activities of the source that are to be done: user and summary."""
        return [(one.user_id, one.summary) for one in self.source.activity_ids]

    def _get_told(self, record):
        """The kinds of notices that the follower got."""
        messages = record.message_ids.filtered(lambda message: self.follower.partner_id in message.notified_partner_ids)
        return messages.sorted("id").subtype_id.mapped("name")


@tagged("post_install", "-at_install")
class TestNotices(NoticeCommon):
    """Who is told what a list ended with."""

    def test_applied(self):
        run = self._bring()
        self.assertEqual((run.outcome, self._get_told(run), self._get_activities()), ("applied", [], []))
        message = run.message_ids.filtered(lambda one: one.subtype_id.name == "Applied")
        self.assertIn("was applied.", message.body)

    def test_applied_is_told_to_who_wants_it(self):
        follower = self.source.message_follower_ids.filtered(lambda one: one.partner_id == self.follower.partner_id)
        follower.subtype_ids += self.env.ref("account_open_balance.mt_source_applied")
        self.assertEqual(self._get_told(self._bring()), ["Applied"])

    def test_failed(self):
        run = self._bring(UNREADABLE)
        self.assertEqual((run.outcome, self._get_told(run)), ("failed", ["Failed"]))
        self.assertEqual(self._get_activities(), [(self.clerk, f"{run.name}: Failed")])

    def test_stopped(self):
        self.source.absent_limit = 0.2
        self._create_document(self.other_customer, 900.0, "INV/2026/00002")
        run = self._bring()
        self.assertEqual((run.outcome, self._get_told(run)), ("stopped", ["Stopped"]))
        self.assertEqual(self._get_activities(), [(self.clerk, f"{run.name}: Stopped")])

    def test_new_layout_stops(self):
        run = self._bring(PAY_FIRST.replace("Voucher Date", "Due Date"))
        self.assertEqual((run.state, run.outcome), ("planned", "stopped"))

    def test_needs_review(self):
        run = self._bring(REVIEW)
        self.assertEqual((run.state, run.outcome, self._get_told(run)), ("done", "review", ["Needs Review"]))
        self.assertEqual(self._get_activities(), [(self.clerk, f"{run.name}: Needs Review")])

    def test_list_that_is_never_applied_by_itself_needs_review(self):
        self.source.apply_automatically = False
        run = self._bring()
        self.assertEqual((run.outcome, self._get_told(run)), ("review", ["Needs Review"]))

    def test_lines_that_failed(self):
        Line = self.env.registry["open.balance.import.line"]
        with patch.object(Line, "_is_stale", lambda line: True):
            run = self._bring()
        self.assertEqual((run.state, run.failed_count, run.outcome), ("done", 1, "failed"))

    def test_who_unsubscribed_is_not_told(self):
        follower = self.source.message_follower_ids.filtered(lambda one: one.partner_id == self.follower.partner_id)
        follower.subtype_ids -= self.env.ref("account_open_balance.mt_source_failed")
        self.assertEqual(self._get_told(self._bring(UNREADABLE)), [])

    def test_who_followed_before_there_were_notices(self):
        outside = self._create_partner("Outside", email="outside@example.com")
        self.source.message_subscribe(outside.ids, subtype_ids=self.env.ref("mail.mt_comment").ids)
        inside = self.source.message_follower_ids.filtered(lambda one: one.partner_id == self.follower.partner_id)
        inside.subtype_ids = self.env.ref("mail.mt_comment")
        self.source._subscribe_to_notices()
        kinds = {
            one.partner_id: one.subtype_ids.filtered(lambda kind: kind.res_model == self.source._name).mapped("name")
            for one in self.source.message_follower_ids
        }
        self.assertEqual(kinds[self.follower.partner_id], ["List failed", "List stopped", "List needs review"])
        self.assertEqual(kinds[outside], [])

    def test_one_activity_is_updated_and_closed_by_the_next_good_list(self):
        for number, content in enumerate((UNREADABLE, UNREADABLE + "!", REVIEW)):
            run = self._bring(content, f"{number}.csv")
            self.assertEqual(len(self.source.activity_ids), 1)
        self.assertEqual(self._get_activities(), [(self.clerk, f"{run.name}: Needs Review")])
        self._bring(PAY_FIRST.replace("40,00", "30,00"))
        self.assertEqual(self._get_activities(), [])
        self.assertFalse(self.source.waiting_import_id)

    def test_activity_goes_when_a_person_applies_or_gives_up_the_list(self):
        self.source.apply_automatically = False
        run = self._bring()
        self.assertEqual(len(self._get_activities()), 1)
        run.with_user(self.clerk).action_apply()
        self.assertEqual((self._get_activities(), run.outcome), ([], "review"))
        run = self._bring(PAY_FIRST.replace("40,00", "30,00"))
        self.assertEqual(len(self._get_activities()), 1)
        run.with_user(self.clerk).action_cancel()
        self.assertEqual(self._get_activities(), [])

    def test_activity_follows_the_responsible_person(self):
        self._bring(UNREADABLE)
        self.source.responsible_id = self._create_user("second", "account.group_account_invoice")
        run = self._bring(UNREADABLE + "!")
        self.assertEqual(self._get_activities(), [(self.source.responsible_id, f"{run.name}: Failed")])

    def test_without_a_responsible_person_there_is_no_activity(self):
        self.source.write({"fetch_from": False, "responsible_id": False})
        run = self._import_text(UNREADABLE)
        self.assertEqual((run.state, self._get_told(run), self._get_activities()), ("failed", ["Failed"], []))

    @mute_logger(FETCH_LOG)
    def test_three_looks_in_vain_are_one_activity(self):
        self.folder.rename(self.root / "away")
        self.addCleanup(lambda: self.folder.exists() or (self.root / "away").rename(self.folder))
        for _time in range(4):
            self._run_cron(1000)
        [(user, summary)] = self._get_activities()
        self.assertEqual(user, self.clerk)
        self.assertIn("Lists cannot be fetched", summary)
        self.assertEqual(self._get_told(self.source), ["List failed"])
        (self.root / "away").rename(self.folder)
        self._run_cron(1000)
        self.assertEqual(self._get_activities(), [])

    def test_place_that_is_back_does_not_hide_a_list_that_waits(self):
        run = self._bring(UNREADABLE)
        self.source.fetch_errors = 3
        self.source.fetch_error = "Gone"
        self._run_cron(1000)
        self.assertEqual(self._get_activities(), [(self.clerk, f"{run.name}: Failed")])

    def test_large_list_is_told_when_the_background_job_has_ended(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        run = self._bring(REVIEW)
        self.assertEqual((run.state, run.outcome, self._get_told(run)), ("running", False, []))
        with freeze_time(self.now), self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.outcome, self._get_told(run)), ("done", "review", ["Needs Review"]))

    def test_background_job_that_books_nothing_is_told(self):
        self.patch(booking, "DIRECT_LIMIT", 0)
        self.source.all_or_nothing = True
        run = self._bring()
        self._pay_in_odoo(self.invoice, 10.0)
        with freeze_time(self.now), self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.outcome), ("planned", "stopped"))

    def test_cap(self):
        self.source.apply_limit = 59.99
        run = self._bring()
        self.assertEqual((run.state, run.outcome), ("planned", "stopped"))
        message = run.message_ids.filtered(lambda one: one.subtype_id.name == "Stopped")
        self.assertRegex(message.body, "It would book .*60.00; Ledger allows .*59.99 without a person")
        self.source.apply_limit = 60.0
        self.assertEqual(self._bring(PAY_FIRST + "\n", "again.csv").state, "done")

    def test_cap_counts_both_signs(self):
        """Amounts of the opposite sign don't make up for each other."""
        self._create_document(self.customer, 50.0, "RINV/2026/00001", move_type="out_refund")
        self.source.apply_limit = 100.0
        run = self._bring()
        self.assertEqual(run._get_booked_amount(), 110.0)
        self.assertEqual(run.state, "planned")


@tagged("post_install", "-at_install")
class TestLateLists(NoticeCommon):
    """Lists that have not come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.expected_days = 2

    def _expect(self, moment):
        with freeze_time(moment):
            self.env["open.balance.source"]._cron_expected()

    def test_no_list_since(self):
        self._write("list.csv", changed=fields.Datetime.to_datetime("2026-04-15 06:00:00"))
        self._fetch()
        self._expect("2026-04-17 12:00:00")
        self.assertEqual(self._get_activities(), [])
        for _time in range(2):
            self._expect("2026-04-18 12:00:00")
            self.assertEqual(self._get_activities(), [(self.clerk, "No list since 04/15/2026.")])
        self.now = fields.Datetime.to_datetime("2026-04-18 13:00:00")
        self._bring(PAY_FIRST.replace("40,00", "30,00"))
        self.assertEqual((self._get_activities(), self.source.late_since), ([], False))

    def test_late_where_the_lists_are_made(self):
        """In Auckland it is the next day already."""
        self.source.tz = "Pacific/Auckland"
        self._write("list.csv", changed=fields.Datetime.to_datetime("2026-04-15 06:00:00"))
        self._fetch()
        self._expect("2026-04-17 13:00:00")
        self.assertEqual(self._get_activities(), [(self.clerk, "No list since 04/15/2026.")])

    def test_same_list_again_is_a_list(self):
        """Nothing was paid over the weekend: what it says still is true."""
        self._bring()
        self.now = fields.Datetime.to_datetime("2026-04-18 06:00:00")
        self._write("list.csv")
        self._fetch()
        self._expect("2026-04-19 12:00:00")
        self.assertEqual(self._get_activities(), [])

    def test_list_that_waits_leaves_it_late(self):
        """A list that nobody has applied says nothing to the books."""
        self._bring()
        self._expect("2026-04-18 12:00:00")
        self.now = fields.Datetime.to_datetime("2026-04-18 13:00:00")
        run = self._bring(UNREADABLE)
        [(_user, summary)] = self._get_activities()
        self.assertEqual(summary, f"{run.name}: Failed")
        self.assertIn("No list since 04/15/2026.", self.source.activity_ids.note)

    def test_sources_that_expect_nothing(self):
        self.source.expected_days = 0
        self._bring()
        self._expect("2027-04-18 12:00:00")
        self.assertEqual(self._get_activities(), [])


@tagged("post_install", "-at_install")
class TestDigest(NoticeCommon):
    """An e-mail after each list that came by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_partner("Boss", email="boss@example.com")
        cls.source.digest_partner_ids = cls.boss

    def _get_mails(self):
        mails = self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.boss.ids)], order="id")
        return [(mail.subject, mail.state, str(mail.body_html)) for mail in mails]

    def test_digest(self):
        run = self._bring(REVIEW)
        [(subject, state, body)] = self._get_mails()
        self.assertEqual((subject, state), (f"{run.name}: Needs Review", "outgoing"))
        for text in (
            "1 payments were booked.",
            "Pay",
            "60.00",
            "Review",
            "The list, per currency",
            "Receivables",
            f"/odoo/open-balance-imports/{run.id}",
        ):
            with self.subTest(text=text):
                self.assertIn(text, body)

    def test_digest_of_a_list_that_failed(self):
        run = self._bring(UNREADABLE)
        [(subject, _state, body)] = self._get_mails()
        self.assertEqual(subject, f"{run.name}: Failed")
        self.assertIn("The list could not be read.", body)
        self.assertIn("No row of list.csv looks like the header of an open item list.", body)

    def test_what_a_file_says_is_text(self):
        self._bring(f"{PAY_FIRST}<img src=x>;<b>X-1</b>;15.01.2026;5,0x\n")
        [(_subject, _state, body)] = self._get_mails()
        self.assertNotIn("<img", body)

    def test_nothing_leaves_of_what_is_rolled_back(self):
        with self.assertRaisesRegex(RuntimeError, "Stopped by test"), self.env.cr.savepoint():
            self._import_text(PAY_FIRST, apply=True)
            self.assertEqual(len(self._get_mails()), 1)
            raise RuntimeError("Stopped by test")
        self.env.invalidate_all()
        self.assertEqual(self._get_mails(), [])

    def test_no_digest_of_what_a_person_did(self):
        run = self._import_text(PAY_FIRST)
        with freeze_time(TODAY):
            run.action_apply()
        self.assertEqual((run.state, self._get_mails()), ("done", []))
