from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.account_open_balance.models.unattended.pages import group_pages, is_gap

from .common import PAY_FIRST, FetchCommon

AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"


@tagged("post_install", "-at_install")
class TestBalanceDates(FetchCommon):
    """For which day a list is true that names none: never for the day that the job has."""

    def _get_day(self, changed, name="list.csv", now=None, **values):
        """The balance date of a list, where it comes from, and what stops it.

        :param changed: when the file was made, UTC
        """
        self.source.write(values)
        self._write(name, changed=fields.Datetime.to_datetime(changed))
        self.now = fields.Datetime.to_datetime(now or changed)
        self._fetch()
        run = self._get_runs()
        return str(run.balance_date), run.balance_date_origin, self._get_problems(run)

    def test_day_of_the_file_in_the_time_zone_of_the_source(self):
        """Half past midnight in Amsterdam is yesterday in UTC."""
        found = self._get_day("2026-04-14 22:30:00", tz=AMSTERDAM)
        self.assertEqual(found, ("2026-04-15", "time", []))
        problem = self._get_problem(self._get_runs(), "dated_by_time")
        self.assertEqual(problem.level, "info")
        self.assertEqual(
            problem.message,
            "Neither list.csv nor its name says for which day it is true. It was made at 2026-04-15 00:30 "
            "(Europe/Amsterdam): it is taken as a list of 04/15/2026.",
        )

    def test_late_in_new_york(self):
        """Half past eleven in the evening is tomorrow in UTC: that is no list of the future."""
        found = self._get_day("2026-04-15 03:30:00", tz=NEW_YORK)
        self.assertEqual(found, ("2026-04-14", "time", []))

    def test_list_made_after_midnight_of_the_day_before(self):
        found = self._get_day("2026-04-14 22:30:00", tz=AMSTERDAM, date_rule="day_before")
        self.assertEqual(found, ("2026-04-14", "time", []))

    def test_list_that_lay_there_for_days(self):
        found = self._get_day("2026-04-10 12:00:00", now="2026-04-15 12:00:00")
        self.assertEqual(found, ("2026-04-10", "time", []))

    def test_date_in_the_name_counts_more(self):
        found = self._get_day("2026-04-10 12:00:00", name="list 2026-03-31.csv")
        self.assertEqual(found, ("2026-03-31", "file", []))

    def test_the_responsible_persons_time_zone(self):
        self.clerk.tz = AMSTERDAM
        self.assertEqual(self._get_day("2026-04-14 22:30:00")[0], "2026-04-15")

    def test_the_companys_time_zone(self):
        self.clerk.tz = False
        self.env.company.partner_id.tz = AMSTERDAM
        self.assertEqual(self._get_day("2026-04-14 22:30:00")[0], "2026-04-15")

    def test_without_any_time_zone(self):
        self.clerk.tz = self.env.company.partner_id.tz = False
        self.assertEqual(self._get_day("2026-04-14 22:30:00")[0], "2026-04-14")
        self.assertIn("22:30 (UTC)", self._get_problem(self._get_runs(), "dated_by_time").message)

    def test_today_of_what_a_program_brings(self):
        """There is no file's time: it is today where the source is, whatever the time zone of who calls."""
        self.source.tz = AMSTERDAM
        self.clerk.tz = "UTC"
        with freeze_time("2026-04-14 22:30:00"):
            run = self._import_text(PAY_FIRST, balance_date=False)
        self.assertEqual((str(run.balance_date), run.balance_date_origin), ("2026-04-15", "today"))
        self.assertEqual(self._get_problems(run), [])

    def test_planned_again_by_a_person_it_is_of_the_same_day(self):
        self.source.apply_automatically = False
        self._get_day("2026-04-10 22:30:00", tz=AMSTERDAM)
        with freeze_time("2026-04-20 10:00:00"):
            self._get_runs().with_user(self.clerk).action_plan()
        self.assertEqual(str(self._get_runs().balance_date), "2026-04-11")


@tagged("post_install", "-at_install")
class TestPages(FetchCommon):
    """Which names are those of pages."""

    def test_names_of_pages(self):
        for names, lists in (
            (["ARs_1.csv", "ARs_2.csv"], 1),
            (["ARs_01.csv", "ARs_02.csv", "ARs_10.csv"], 1),
            (["list (1).csv", "list (2).csv"], 1),
            (["list-0.csv", "list-1.csv"], 1),
            (["list.csv", "list_1.csv"], 2),
            (["ARs_1.csv", "APs_2.csv"], 2),
            (["ARs_1.csv", "ARs_2.xlsx"], 2),
            (["ARs_30.csv", "ARs_31.csv"], 2),
            (["ARs_2026-03-01.csv", "ARs_2026-03-02.csv"], 2),
            (["ARs 01.03.2026.csv", "ARs 02.03.2026.csv"], 2),
            (["ARs_2026-01.csv", "ARs_2026-02.csv"], 2),
            (["ARs_20260301.csv", "ARs_20260302.csv"], 2),
            (["ARs_2026-03-01_1.csv", "ARs_2026-03-01_2.csv"], 1),
            (["1.csv", "2.csv"], 2),
        ):
            with self.subTest(names=names):
                self.assertEqual(len({stem for stem, _number in group_pages(names).values()}), lists)

    def test_gaps(self):
        for names, gap in (
            (["ARs_1.csv", "ARs_2.csv"], False),
            (["ARs_1.csv", "ARs_3.csv"], True),
            (["ARs_0.csv", "ARs_2.csv"], True),
            (["ARs_2.csv"], False),
            (["a.csv", "b.csv"], False),
            (["ARs_1.csv", "ARs_2.csv", "APs_1.csv", "APs_2.csv"], False),
            (["ARs_1.csv", "ARs_2.csv", "APs_1.csv", "APs_3.csv"], True),
            ([], False),
        ):
            with self.subTest(names=names):
                self.assertEqual(is_gap(names), gap)
