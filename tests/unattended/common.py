"""A folder of the server with lists, and a source that fetches from it."""

import os
import tempfile
from datetime import timedelta, timezone
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time
from odoo.tools import config, mute_logger

from odoo.addons.account_open_balance.models.unattended.settings import OPTION

from ..common_import import OpenBalanceImportCommon

FETCH_LOG = "odoo.addons.account_open_balance.models.unattended.fetch"
HEADER = "Customer;Voucher Number;Voucher Date;Open Balance"
PAY_FIRST = f"{HEADER}\n10001;INV/2026/00001;15.01.2026;40,00\n"
NOW = fields.Datetime.to_datetime("2026-04-15 06:00:00")


class FetchCommon(OpenBalanceImportCommon):
    """An invoice of 100; a list of it comes into a folder, in which the job looks every hour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name).resolve()
        cls.startClassPatcher(patch.dict(config.options, {OPTION: str(cls.root)}))
        cls.folder = cls.root / "lists"
        cls.folder.mkdir()
        cls.clerk.email = "clerk@example.com"
        cls.source.write(
            {
                "responsible_id": cls.clerk.id,
                "fetch_from": "folder",
                "fetch_folder": "lists",
                "apply_automatically": True,
            }
        )
        cls.cron = cls.env.ref("account_open_balance.ir_cron_fetch")
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls._confirm_layout(PAY_FIRST)

    def setUp(self):
        super().setUp()
        self.now = NOW
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    def _write(self, name, content=PAY_FIRST, changed=None, folder=None):
        """Let a file lie in the folder.

        :param datetime changed: when it was written (UTC), an hour ago if not given
        """
        path = (folder or self.folder) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        moment = (changed or self.now - timedelta(hours=1)).replace(tzinfo=timezone.utc).timestamp()
        os.utime(path, (moment, moment))
        return path

    def _run_cron(self, minutes=0):
        """Let the job run, so many minutes after it has run the last time."""
        self.now += timedelta(minutes=minutes)
        with freeze_time(self.now), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _fetch(self):
        """Let the job look twice, so that what lies there is whole."""
        with mute_logger(FETCH_LOG):
            self._run_cron(60)
            self._run_cron(10)

    def _get_files(self):
        """What is kept of the files, in the order in which they were found: name, state, state of the run, remark."""
        records = self.env["open.balance.fetched.file"].search([("source_id", "=", self.source.id)], order="id")
        return [(one.name, one.state, one.import_id.state or "", one.message or "") for one in records]

    def _get_tree(self):
        """The files that lie in the folder and below it."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if not path.is_dir())

    def _get_runs(self):
        return self.env["open.balance.import"].search([("source_id", "=", self.source.id)], order="id")
