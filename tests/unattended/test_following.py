import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.account_open_balance.models.run import booking

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon
from ..test_tours import LOGIN, TourCommon

PAY_FIRST = "10001;INV/2026/00001;15.01.2026;40,00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFollowing(OpenBalanceImportCommon):
    """A run in the background says what it is at, and when it is through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def setUp(self):
        super().setUp()
        self.patch(booking, "DIRECT_LIMIT", 0)

    def _run_cron(self):
        """What the users were told on their screens."""
        told = []
        Users = self.env.registry["res.users"]
        with (
            patch.object(Users, "_bus_send", lambda user, kind, message, **more: told.append((user, kind, message))),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        return [
            (user, message["type"], message["title"], message["message"])
            for user, kind, message in told
            if kind == "simple_notification"
        ]

    def test_what_it_is_at(self):
        run = self._import([PAY_FIRST, "10002;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual((run.state, run.progress_sentence), ("running", "0 of 2 lines are through."))
        run.line_ids[0]._note({"state": "done"})
        run.invalidate_recordset()
        self.assertEqual((run.progress, run.progress_sentence), (50.0, "1 of 2 lines are through."))
        self._run_cron()
        self.assertEqual((run.state, run.progress_sentence), ("done", False))

    def test_who_started_it_is_told_when_it_is_through(self):
        run = self._import([PAY_FIRST], apply=True)
        told = self._run_cron()
        self.assertEqual(told, [(self.clerk, "success", run.name, run._get_result_sentence())])
        self.assertEqual(self._run_cron(), [])

    def test_lines_that_failed_are_a_warning(self):
        run = self._import([PAY_FIRST], apply=True)
        self._pay_in_odoo(self.invoice, 10.0)
        [(user, kind, _title, message)] = self._run_cron()
        self.assertEqual((run.state, user, kind, message), ("done", self.clerk, "warning", run._get_result_sentence()))

    def test_run_that_books_nothing(self):
        self.source.all_or_nothing = True
        run = self._import([PAY_FIRST], apply=True)
        self._pay_in_odoo(self.invoice, 10.0)
        [(_user, kind, _title, message)] = self._run_cron()
        self.assertEqual((run.state, kind), ("planned", "warning"))
        self.assertEqual(message, "Nothing was booked: open the import to see why.")

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_run_that_is_not_through_tells_nothing(self):
        self._import([PAY_FIRST], apply=True)
        with patch.object(self.env.registry["open.balance.import"], "_apply_documents", side_effect=RuntimeError):
            self.assertEqual(self._run_cron(), [])


@tagged("post_install", "-at_install", "open_balance_tour")
class TestFollowTour(TourCommon):
    """The form follows a background run by itself."""

    def test_form_follows_the_run(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.patch(booking, "DIRECT_LIMIT", 0)
        run = self._import([PAY_FIRST], apply=True, env=self.env(user=self.accountant))
        self.assertEqual(run.state, "running")

        asked = threading.Semaphore(0)
        Run = self.env.registry["open.balance.import"]
        get_sentence = Run._get_progress_sentence

        def get_sentence_and_say_so(run):
            asked.release()
            return get_sentence(run)

        def work():
            # Once for the page, once for what it asks by itself.
            if all(asked.acquire(timeout=80) for _time in range(2)):
                with self.registry.cursor() as cr:
                    api.Environment(cr, SUPERUSER_ID, {})["open.balance.import"]._cron_apply()

        self.startPatcher(patch.object(Run, "_get_progress_sentence", get_sentence_and_say_so))
        worker = threading.Thread(target=work)
        worker.start()
        self.addCleanup(worker.join)
        self.start_tour(f"/odoo/open-balance-imports/{run.id}", "open_balance_follow", login=LOGIN, timeout=90)
        self.env.invalidate_all()
        self.assertEqual(run.state, "done")

    def test_sources_at_a_glance(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        run = self._import([PAY_FIRST, "99999;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual((run.state, run.review_count), ("done", 1))
        self.source.write({"expected_days": 1, "sequence": 0})
        self.env["open.balance.source"].sudo()._cron_expected()
        manager = new_test_user(
            self.env, login="open_balance_manager", groups="account.group_account_manager",
            company_id=self.env.company.id, company_ids=self.env.company.ids,
        )  # fmt: skip
        self.start_tour("/odoo/balance-sources", "open_balance_sources", login=manager.login)
        self.env.invalidate_all()
        self.assertEqual((self.source.apply_automatically, self.source.apply_limit), (True, 500.0))
