from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import config, mute_logger

from odoo.addons.account_open_balance.models.unattended import settings
from odoo.addons.account_open_balance.models.unattended.place import FolderPlace, PlaceError

from .common import FETCH_LOG, HEADER, NOW, PAY_FIRST, FetchCommon

SAME = "The same bytes as of list.csv, which was taken."


@tagged("post_install", "-at_install")
class TestFetchFolder(FetchCommon):
    """Lists that are fetched from a folder of the server."""

    def test_list_is_taken_and_applied_as_the_responsible_person(self):
        self._write("list.csv")
        self._fetch()
        [run] = self._get_runs()
        self.assertEqual((run.state, run.create_uid, run.applied_by_id), ("done", self.clerk, self.clerk))
        self.assertTrue(run.is_unattended)
        self.assertEqual(self.invoice.amount_residual, 40.0)
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])
        self.assertEqual(self._get_tree(), ["done/list.csv"])

    def test_list_waits_where_the_source_does_not_apply(self):
        self.source.apply_automatically = False
        self._write("list.csv")
        self._fetch()
        self.assertEqual((self._get_runs().state, self.invoice.amount_residual), ("planned", 100.0))
        self.assertEqual(self._get_tree(), ["done/list.csv"])

    def test_first_look_takes_nothing(self):
        self._write("list.csv")
        self._run_cron()
        self.assertEqual(self._get_files(), [("list.csv", "seen", "", "")])
        self.assertFalse(self._get_runs())

    def test_file_that_grows_waits(self):
        """What is half written is no list: two looks a minute apart have to be equal."""
        self._write("list.csv", HEADER, changed=NOW)
        self._run_cron()
        self._write("list.csv", PAY_FIRST, changed=fields.Datetime.to_datetime("2026-04-15 06:09:00"))
        self._run_cron(10)
        self.assertEqual(self._get_files(), [("list.csv", "seen", "", "")])
        self._run_cron(10)
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])

    def test_two_looks_within_a_minute_are_one(self):
        self._write("list.csv")
        self._run_cron()
        self.source.fetch_next = False
        with freeze_time("2026-04-15 06:00:59"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.assertEqual(self._get_files(), [("list.csv", "seen", "", "")])

    def test_not_every_file_is_a_list(self):
        for name in (".hidden.csv", "list.csv.part", "list.csv.tmp", "picture.png", "~$list.xlsx"):
            self._write(name)
        self._write("empty.csv", "")
        self._fetch()
        self.assertEqual((self._get_files(), self._get_runs().ids), ([], []))

    def test_pattern(self):
        self.source.fetch_pattern = "deb*.csv OP-?.txt"
        for name in ("Debtors.CSV", "list.csv", "op-1.txt", "op-12.txt"):
            self._write(name, f"{PAY_FIRST}10001;{name};15.01.2026;1,00\n")
        self._run_cron()
        self.assertEqual([name for name, *_more in self._get_files()], ["Debtors.CSV", "op-1.txt"])

    def test_same_bytes_are_taken_once(self):
        self._write("list.csv")
        self._fetch()
        self._write("again.csv")
        self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", ""), ("again.csv", "ignored", "", SAME)])
        self.assertEqual((len(self._get_runs()), self._get_tree()), (1, ["done/again.csv", "done/list.csv"]))

    def test_other_bytes_of_the_same_name_are_another_list(self):
        self._write("list.csv")
        self._fetch()
        self._write("list.csv", PAY_FIRST.replace("40,00", "10,00"))
        self._fetch()
        self.assertEqual(self._get_runs().mapped("state"), ["done", "done"])
        self.assertEqual(self.invoice.amount_residual, 10.0)
        self.assertEqual(self._get_tree(), ["done/list (2).csv", "done/list.csv"])

    def test_file_that_cannot_be_read(self):
        self._write("list.csv", "nothing that could be read")
        self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "failed", "failed", "")])
        self.assertEqual(self._get_tree(), ["failed/list.csv"])

    def test_what_failed_may_come_again(self):
        """Once the source knows its columns the same bytes are a list."""
        self._write("list.csv", PAY_FIRST.replace("Voucher Number", "Nr of it").replace("Open Balance", "To go"))
        self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "failed", "failed", "")])
        self.source.column_ids = [
            Command.create({"name": "Nr of it", "field": "number"}),
            Command.create({"name": "To go", "field": "balance"}),
        ]
        self._write("list.csv", PAY_FIRST.replace("Voucher Number", "Nr of it").replace("Open Balance", "To go"))
        self._fetch()
        self.assertEqual([state for _name, state, *_more in self._get_files()], ["failed", "taken"])

    def test_too_large(self):
        self.patch(settings, "LARGEST", 20)
        self._write("list.csv")
        self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "failed", "", "It is larger than 0 MB.")])
        self.assertEqual(self._get_tree(), ["failed/list.csv"])

    def test_kept_files_are_looked_at_once(self):
        self.source.fetch_after = "keep"
        self._write("list.csv")
        self._fetch()
        with patch.object(FolderPlace, "get_bytes", side_effect=AssertionError):
            self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])
        self.assertEqual((len(self._get_runs()), self._get_tree()), (1, ["list.csv"]))

    def test_deleted_files(self):
        self.source.fetch_after = "delete"
        self._write("list.csv")
        self._write("other.csv", "nothing that could be read")
        self._fetch()
        self.assertEqual(self._get_tree(), ["failed/other.csv"])

    def test_guard_stops_a_fetched_list(self):
        self.source.absent_limit = 0.2
        self._create_document(self.other_customer, 900.0, "INV/2026/00002")
        self._write("list.csv")
        self._fetch()
        self.assertEqual((self._get_runs().state, self._get_problems(self._get_runs())), ("planned", ["many_absent"]))
        self.assertEqual(self._get_tree(), ["done/list.csv"])

    def test_list_of_another_company(self):
        self.env["res.company"].sudo().create({"name": "Harbour Trading"})
        self._write("list.csv", f"Harbour Trading\n\n{PAY_FIRST}")
        self._fetch()
        self.assertEqual(self._get_problems(self._get_runs())[:1], ["other_company"])
        self.assertEqual(self.invoice.amount_residual, 100.0)

    def test_next_look(self):
        self.source.fetch_every = 120
        self._run_cron()
        self.assertEqual(self.source.fetch_next, fields.Datetime.to_datetime("2026-04-15 08:00:00"))
        self._write("list.csv")
        self._run_cron(60)
        self.assertEqual(self._get_files(), [])
        self._run_cron(60)
        self.assertEqual(self._get_files(), [("list.csv", "seen", "", "")])
        self.assertEqual(self.source.fetch_next, fields.Datetime.to_datetime("2026-04-15 08:01:00"))

    def test_fetch_now(self):
        self._run_cron()
        with freeze_time(self.now):
            self.source.with_user(self.clerk).action_fetch()
        self._write("list.csv")
        self._run_cron()
        self.assertEqual(self._get_files(), [("list.csv", "seen", "", "")])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_readers_do_not_fetch(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "not allowed to create 'Open Balance Import'"):
            self.source.with_user(reader).action_fetch()


@tagged("post_install", "-at_install")
class TestFetchPages(FetchCommon):
    """Several files at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_document(cls.customer, 100.0, "INV/2026/00002")

    def test_pages_make_one_run(self):
        self._write("ARs_1.csv")
        self._write("ARs_2.csv", PAY_FIRST.replace("00001", "00002"))
        self._fetch()
        [run] = self._get_runs()
        self.assertEqual((run.state, run.file_ids.mapped("name")), ("done", ["ARs_1.csv", "ARs_2.csv"]))
        self.assertEqual((self.invoice.amount_residual, self.second.amount_residual), (40.0, 40.0))

    def test_pages_wait_for_each_other(self):
        self._write("ARs_1.csv")
        self._run_cron()
        self._write("ARs_2.csv", PAY_FIRST.replace("00001", "00002"))
        self._run_cron(10)
        self.assertFalse(self._get_runs())
        self._run_cron(10)
        self.assertEqual(self._get_runs().file_ids.mapped("name"), ["ARs_1.csv", "ARs_2.csv"])

    def test_missing_page_stops(self):
        self._write("ARs_1.csv")
        self._write("ARs_3.csv", PAY_FIRST.replace("00001", "00002"))
        self._fetch()
        run = self._get_runs()
        self.assertEqual((run.state, self._get_problems(run)), ("planned", ["page_missing"]))
        run.with_user(self.clerk).problem_ids.filtered(lambda problem: problem.level == "stop").action_confirm()
        run.with_user(self.clerk).action_apply()
        self.assertEqual((self.invoice.amount_residual, self.second.amount_residual), (40.0, 40.0))

    def test_one_page_that_did_not_change_belongs_to_the_list(self):
        self._write("ARs_1.csv")
        self._write("ARs_2.csv", PAY_FIRST.replace("00001", "00002"))
        self._fetch()
        self._write("ARs_1.csv")
        self._write("ARs_2.csv", PAY_FIRST.replace("00001", "00002").replace("40,00", "30,00"))
        self._fetch()
        self.assertEqual([len(run.file_ids) for run in self._get_runs()], [2, 2])
        self.assertEqual((self.invoice.amount_residual, self.second.amount_residual), (40.0, 30.0))

    def test_same_pages_again(self):
        for _time in range(2):
            self._write("ARs_1.csv")
            self._write("ARs_2.csv", PAY_FIRST.replace("00001", "00002"))
            self._fetch()
        self.assertEqual([state for _name, state, *_more in self._get_files()], ["taken"] * 2 + ["ignored"] * 2)
        self.assertEqual(len(self._get_runs()), 1)

    def test_lists_of_several_days_are_taken_in_their_order(self):
        """After a few days without a job: whatever they are called and whenever they were copied."""
        for name, day, balance in (("b", 31, 10), ("a", 30, 40)):
            content = f"{PAY_FIRST.replace('40,00', f'{balance},00')}10001;INV/2026/00002;15.01.2026;100,00\n"
            self._write(f"{name} {day}.03.2026.csv", content)
        self._fetch()
        self.assertEqual([str(run.balance_date) for run in self._get_runs()], ["2026-03-30", "2026-03-31"])
        self.assertEqual(self._get_runs().mapped("state"), ["done", "done"])
        self.assertEqual(self.invoice.amount_residual, 10.0)

    def test_one_bad_file_does_not_hold_up_the_others(self):
        self._write("a.csv", "nothing that could be read")
        self._write("b.csv", PAY_FIRST + "10001;INV/2026/00002;15.01.2026;100,00\n")
        Run = self.env.registry["open.balance.import"]
        plan = Run._plan

        def crash(self):
            if self.file_names == "c.csv":
                raise RuntimeError("Stopped by test")
            return plan(self)

        self._write("c.csv", PAY_FIRST + "10001;INV/2026/00002;15.01.2026;99,00\n")
        with patch.object(Run, "_plan", crash):
            self._fetch()
        self.assertEqual(
            self._get_files(),
            [
                ("a.csv", "failed", "failed", ""),
                ("b.csv", "taken", "done", ""),
                ("c.csv", "failed", "draft", "Stopped by test"),
            ],
        )
        self.assertEqual(self._get_tree(), ["done/b.csv", "failed/a.csv", "failed/c.csv"])


@tagged("post_install", "-at_install")
class TestFetchCrashes(FetchCommon):
    """Jobs that are stopped in between, places out of reach, and two jobs at once."""

    def test_stopped_before_the_file_was_moved(self):
        self._write("list.csv")
        with patch.object(FolderPlace, "move", side_effect=RuntimeError("Stopped by test")):
            self._fetch()
        self.assertEqual(self._get_tree(), ["list.csv"])
        self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])
        self.assertEqual((len(self._get_runs()), self._get_tree()), (1, ["done/list.csv"]))

    def _stop_while_planning(self):
        """Let the job die while it plans, as if the server had been stopped."""

        class Stop(BaseException):
            pass

        with (
            patch.object(self.env.registry["open.balance.import"], "_plan", side_effect=Stop),
            mute_logger(FETCH_LOG, "odoo.addons.base.models.ir_cron"),
        ):
            for _time in range(2):
                try:
                    self._run_cron(10)
                except Stop:
                    self.env.invalidate_all()

    def test_stopped_while_planning(self):
        self._write("list.csv")
        self._stop_while_planning()
        self.assertEqual(self._get_files(), [("list.csv", "taken", "draft", "")])
        self._run_cron(60)
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "")])
        self.assertEqual((len(self._get_runs()), self._get_tree()), (1, ["done/list.csv"]))

    def test_place_out_of_reach(self):
        """Told after three looks in vain, once; and looked at less and less often."""
        self.folder.rename(self.root / "away")
        self.addCleanup(lambda: self.folder.exists() or (self.root / "away").rename(self.folder))
        told = []
        for minutes in (0, 60, 60, 120, 240, 480, 960, 960):
            self._run_cron(minutes)
            told.append((self.source.fetch_errors, len(self._get_messages()), self._get_minutes()))
        expected = [
            (1, 0, 60),
            (2, 0, 120),
            (2, 0, 60),
            (3, 1, 240),
            (4, 1, 480),
            (5, 1, 960),
            (6, 1, 960),
            (7, 1, 960),
        ]
        self.assertEqual(told, expected)
        self.assertRegex(self._get_messages()[0], "Lists cannot be fetched: .*No such file")
        (self.root / "away").rename(self.folder)
        self._run_cron(960)
        self.assertEqual((self.source.fetch_errors, self.source.fetch_error, self._get_minutes()), (0, False, 60))

    def _get_minutes(self):
        """Minutes until the next look."""
        return int((self.source.fetch_next - self.now).total_seconds()) // 60

    def test_file_that_cannot_be_had(self):
        """A place may break down between two files: that is tried again, and told in the end."""
        self._write("list.csv")
        self._run_cron()
        with patch.object(FolderPlace, "get_bytes", side_effect=PlaceError("Broken pipe")):
            for attempts in (1, 2, 3):
                self._run_cron(60)
                self.assertEqual(self.env["open.balance.fetched.file"].search([]).attempts, attempts)
        self.assertEqual(self._get_files(), [("list.csv", "failed", "", "Broken pipe")])
        self.assertIn("list.csv was not taken: Broken pipe", self._get_messages()[0])

    def test_file_that_cannot_be_moved_is_told_once(self):
        self._write("list.csv")
        with patch.object(FolderPlace, "move", side_effect=PlaceError("Read-only")):
            self._fetch()
            self._fetch()
        self.assertEqual(self._get_files(), [("list.csv", "taken", "done", "It cannot be moved away: Read-only")])
        self.assertEqual(len(self._get_messages()), 1)

    def test_two_jobs_at_once(self):
        """The second finds the source locked; if it was faster, the bytes are taken already."""
        self._write("list.csv")
        with patch.object(self.env.registry["open.balance.source"], "_lock_source", lambda source: False):
            self._fetch()
        self.assertEqual(self._get_files(), [])
        self._fetch()
        self._write("again.csv")
        nothing = self.env["open.balance.fetched.file"]
        with (
            patch.object(self.env.registry["open.balance.source"], "_find_taken", lambda source, datas: nothing),
            mute_logger("odoo.sql_db"),
        ):
            self._fetch()
        self.assertEqual(self._get_files()[1], ("again.csv", "ignored", "", "The same file was taken at that moment."))
        self.assertEqual((len(self._get_runs()), self._get_tree()), (1, ["done/again.csv", "done/list.csv"]))

    def test_run_that_never_ends_is_left_to_a_person(self):
        self._write("list.csv")
        for _time in range(3):
            self._stop_while_planning()
            self.now += timedelta(hours=1)
        with patch.object(self.env.registry["open.balance.import"], "_plan", side_effect=AssertionError):
            self._run_cron(60)
        message = "It was begun several times, and never ended."
        self.assertEqual(self._get_files(), [("list.csv", "failed", "draft", message)])
        self.assertEqual(self._get_tree(), ["failed/list.csv"])

    def _get_messages(self):
        subtype = self.env.ref("account_open_balance.mt_source_failed")
        return [str(one.body) for one in self.source.message_ids.sorted("id") if one.subtype_id == subtype]


@tagged("post_install", "-at_install")
class TestFetchSettings(FetchCommon):
    """What a source may be set to."""

    def test_folder_stays_below_the_one_that_the_server_allows(self):
        outside = self.root.parent
        (self.root / "link").symlink_to(outside)
        (self.root / "lists" / "inner").symlink_to(outside)
        self.addCleanup((self.root / "link").unlink)
        for folder in (
            "..",
            "lists/../..",
            "/etc",
            "link",
            "lists/inner",
            "nowhere",
            "lists/list.csv",
            "a\0b",
            "..\\x",
        ):
            with self.subTest(folder=folder), self.assertRaisesRegex(ValidationError, "is no folder below"):
                self.source.fetch_folder = folder
        for folder in ("", "lists", "./lists/", False):
            with self.subTest(folder=folder):
                self.source.fetch_folder = folder

    def test_folder_that_was_exchanged_for_a_link_is_not_followed(self):
        self._write("list.csv", folder=self.root)
        self.folder.rename(self.root / "away")
        self.folder.symlink_to(self.root)
        self.addCleanup((self.root / "away").rename, self.folder)
        self.addCleanup(self.folder.unlink)
        self.addCleanup((self.root / "list.csv").unlink)
        self._fetch()
        self.assertEqual((self._get_files(), self.source.fetch_errors), ([], 1))

    def test_links_are_no_files(self):
        secret = self._write("secret.csv", folder=self.root)
        self.addCleanup(secret.unlink)
        (self.folder / "list.csv").symlink_to(secret)
        (self.folder / "folder.csv").mkdir()
        self._fetch()
        self.assertEqual(self._get_files(), [])

    def test_file_that_was_exchanged_for_a_link_is_not_read(self):
        secret = self._write("secret.csv", folder=self.root)
        self.addCleanup(secret.unlink)
        path = self._write("list.csv")
        self._run_cron()
        found = FolderPlace.find

        def exchange(place):
            files = found(place)
            path.unlink()
            path.symlink_to(secret)
            return files

        with patch.object(FolderPlace, "find", exchange):
            self._run_cron(10)
        self.assertFalse(self._get_runs())
        [(_name, state, _run, message)] = self._get_files()
        self.assertEqual(state, "seen")
        self.assertIn("symbolic links", message)

    def test_without_the_option_there_are_no_folders(self):
        with patch.dict(config.options, {settings.OPTION: ""}):
            self.assertEqual(self.source._selection_fetch_from(), [])
            self._fetch()
        self.assertEqual(self.source.fetch_error, "This server has no place of that kind any more.")

    def test_responsible_person_may_import(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        elsewhere = self.setup_other_company(name="Elsewhere")["company"]
        stranger = self._create_user("stranger", "account.group_account_invoice", elsewhere)
        for user, message in (
            (reader, "has no right to import"),
            (stranger, "may no longer enter"),
            (self.env.ref("base.user_root"), "in the name of a person"),
            (self.env["res.users"], "Say who is responsible"),
        ):
            with self.subTest(user=user.login), self.assertRaisesRegex(ValidationError, message):
                self.source.responsible_id = user

    def test_responsible_person_who_left(self):
        self._write("list.csv")
        self.clerk.active = False
        self._fetch()
        self.assertEqual((self._get_files(), self._get_tree()), ([], ["list.csv"]))
        self.assertEqual(self.source.fetch_error, f"{self.clerk.name} is no longer active.")

    def test_responsible_person_without_the_right(self):
        self._write("list.csv")
        self.clerk.group_ids -= self.env.ref("account.group_account_invoice")
        self._fetch()
        self.assertEqual((self._get_files(), self._get_tree()), ([], ["list.csv"]))

    def test_folder_of_another_company(self):
        (self.root / "lists" / "deeper").mkdir()
        elsewhere = self.setup_other_company(name="Elsewhere")["company"]
        user = self._create_user("elsewhere", "account.group_account_invoice", elsewhere)
        values = {"name": "Theirs", "company_id": elsewhere.id, "responsible_id": user.id, "fetch_from": "folder"}
        for folder in ("lists", "lists/deeper", ""):
            with self.subTest(folder=folder), self.assertRaisesRegex(ValidationError, "of another company"):
                self.env["open.balance.source"].create({**values, "fetch_folder": folder})
        (self.root / "theirs").mkdir()
        self.addCleanup((self.root / "theirs").rmdir)
        self.assertTrue(self.env["open.balance.source"].create({**values, "fetch_folder": "theirs"}))
