"""For which day a list is true that names none: by the time of its file, in the time zone of its source."""

from odoo import fields, models

from ...engine import Issue
from .. import open_balance_import, open_balance_import_file, open_balance_source  # noqa: F401  # extended here


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    def _get_timezone(self) -> str:
        """The time zone in which the source's lists are made."""
        self.ensure_one()
        # By sudo: not everybody who may import may read the other's user.
        return self.tz or self.sudo().responsible_id.tz or self.company_id._get_open_balance_timezone()

    def _get_day(self, moment):
        """The day for which a list is true that was made at a moment.

        :param datetime.datetime moment: UTC, as Odoo stores moments
        :rtype: datetime.date
        """
        zone = self.with_context(tz=self._get_timezone())
        day = fields.Datetime.context_timestamp(zone, moment).date()
        return fields.Date.subtract(day, days=1) if self.date_rule == "day_before" else day

    def _get_today(self):
        """Today where the source's lists are made.

        :rtype: datetime.date
        """
        return fields.Date.context_today(self.with_context(tz=self._get_timezone()))


class OpenBalanceImportFile(models.Model):
    _inherit = "open.balance.import.file"

    changed_on = fields.Datetime(
        "Changed on", readonly=True, copy=False, help="When the file was made that was fetched."
    )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    balance_date_origin = fields.Selection(selection_add=[("time", "by the time of the file")])

    def _tell_undated(self) -> list[Issue]:
        """Say how the balance date of a list was found that names none."""
        if self.balance_date_origin != "time":
            return []
        zone = self.source_id._get_timezone()
        latest = max(file.changed_on for file in self.file_ids if file.changed_on)
        moment = fields.Datetime.context_timestamp(self.with_context(tz=zone), latest)
        values = {
            "files": tuple(self.file_ids.mapped("name")),
            "moment": f"{moment:%Y-%m-%d %H:%M}",
            "zone": zone,
            "date": self.balance_date,
        }
        return [Issue("info", "dated_by_time", values)]

    def _get_undated_day(self):
        """The balance date of a list that names none, and where it comes from.

        :rtype: tuple[datetime.date, str]
        """
        moments = [file.changed_on for file in self.file_ids if file.changed_on]
        if moments:
            return self.source_id._get_day(max(moments)), "time"
        today = self.source_id._get_today() if self.is_unattended else fields.Date.context_today(self)
        return today, "today"
