"""Hand-over by itself."""

from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from .common_transfer import OpenBalanceTransferCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSchedule(OpenBalanceTransferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = cls._create_partner("Bookkeeper", email="books@example.com")
        cls.package.write(
            {
                "interval": "daily", "next_date": TODAY, "hour": 2, "tz": "Europe/Amsterdam",
                "mail_partner_ids": cls.bookkeeper.ids, "start_date": "2026-04-01",
            }
        )  # fmt: skip

    def _run(self):
        # A test's cursor is not committed.
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kwargs: 0):
            self.env["open.balance.package"]._cron_hand_over()

    def _get_mails(self):
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.bookkeeper.ids)], order="id")
        return [(mail.subject, mail.attachment_ids.sorted("name").mapped("name")) for mail in mails]

    def test_files_go_out_by_mail(self):
        invoice = self._create_document(self.customer, 10, "INV/2026/00001", date="2026-04-14")
        today = self._create_document(self.customer, 10, "INV/2026/00002", date=TODAY)
        nobody = self._create_document(self._create_partner("Nobody"), 10, "INV/2026/00003", date="2026-04-01")
        self._run()
        transfer = self.package.transfer_ids
        self.assertRecordValues(
            transfer, [{"state": "handed_over", "move_ids": invoice.ids, "date": self._date("2026-04-14")}]
        )
        self.assertFalse((today | nobody).open_balance_transfer_id)
        self.assertEqual(self._get_mails(), [(f"Exact: {transfer.name}", ["relations.xml", "transactions.xml"])])
        body = self.env["mail.mail"].search([("recipient_ids", "in", self.bookkeeper.ids)]).body_html
        self.assertIn("INV/2026/00003: Nobody has no number", body.replace("\n", " ").replace("  ", ""))
        self.assertEqual(str(self.package.next_date), "2026-04-16")
        self._run()
        self.assertEqual(len(self._get_mails()), 1)

    def test_nothing_new_is_no_mail(self):
        self._run()
        self.assertEqual((self._get_mails(), self.package.transfer_ids.ids), ([], []))

    def test_time_of_day_is_the_packages(self):
        for moment, is_due in (("2026-04-14 23:59", False), ("2026-04-15 00:00", True), ("2026-04-15 00:01", True)):
            with self.subTest(moment=moment):
                self.assertEqual(self.package._is_due(datetime.fromisoformat(moment)), is_due)
        self.package.interval = "manual"
        self.assertFalse(self.package._is_due(datetime.fromisoformat("2027-01-01")))

    def test_one_that_fails_does_not_stop_the_others(self):
        other = self._create_package(
            name="Other", source_id=False, interval="weekly", next_date=TODAY, hour=0, start_date="2026-04-01"
        )
        self._create_document(self.customer, 10, "INV/2026/00001", date="2026-04-14")
        hand_over = type(self.package)._hand_over_by_schedule

        def fail(package):
            if package == self.package:
                raise ValueError("no disk")
            hand_over(package)

        with (
            patch.object(type(self.package), "_hand_over_by_schedule", fail),
            mute_logger("odoo.addons.account_open_balance.models.transfer.scheduling"),
        ):
            self._run()
        self.assertEqual(other.transfer_ids.state, "handed_over")
        self.assertIn("The hand-over failed: no disk", self.package.message_ids[0].body)
        self.assertEqual((str(self.package.next_date), str(other.next_date)), ("2026-04-16", "2026-04-22"))
