"""Hand-over by itself, every day, week or month, with the files and a log by e-mail."""

import logging
from datetime import datetime, time

import pytz

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

_logger = logging.getLogger(__name__)
MAX_MAIL = 20 * 2**20  # what is larger is a link: mail servers refuse it
STEPS = {"daily": {"days": 1}, "weekly": {"weeks": 1}, "monthly": {"months": 1}}


class OpenBalancePackage(models.Model):
    _inherit = "open.balance.package"

    interval = fields.Selection(
        [("manual", "By hand"), ("daily", "Every day"), ("weekly", "Every week"), ("monthly", "Every month")],
        "Hand over",
        default="manual",
        required=True,
        tracking=True,
    )
    next_date = fields.Date("Next time", help="On this day and at this hour, everything up to the day before goes out.")
    hour = fields.Integer("At", default=2, help="Hour of the day, 0 to 23.")
    tz = fields.Selection(
        _tz_get, "Time Zone", default=lambda self: self.env.user.tz or self.env.company.partner_id.tz or "UTC"
    )
    mail_partner_ids = fields.Many2many("res.partner", string="Send the files to")

    _hour_of_day = models.Constraint("CHECK (hour BETWEEN 0 AND 23)", "An hour is between 0 and 23.")

    @api.onchange("interval")
    def _onchange_interval(self):
        if self.interval == "manual":
            self.next_date = False
        elif not self.next_date:
            self.next_date = fields.Date.add(fields.Date.context_today(self), days=1)

    def _is_due(self, now: datetime) -> bool:
        """Whether it is time to hand over.

        :param now: naive, UTC
        """
        if self.interval == "manual" or not self.next_date:
            return False
        zone = pytz.timezone(self.tz or "UTC")
        moment = zone.localize(datetime.combine(self.next_date, time(self.hour)))
        return moment <= pytz.utc.localize(now)

    @api.model
    def _cron_hand_over(self):
        """Hand over for each package whose time has come; one that fails says so, and the others go on."""
        now = fields.Datetime.now()
        due = self.search([("interval", "!=", "manual"), ("next_date", "!=", False)]).filtered(
            lambda package: package._is_due(now)
        )
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(due))
        for found in due:
            package = found.with_company(found.company_id)
            try:
                with self.env.cr.savepoint():
                    package._hand_over_by_schedule()
            except Exception as error:  # whatever it is must not stop the other packages, nor be passed over
                _logger.exception("The hand-over to package %s failed.", package.id)
                package.message_post(body=self.env._("The hand-over failed: %(error)s", error=error))
                package._set_next_date()
            Cron._commit_progress(1)

    def _set_next_date(self):
        """Choose the next day, after today."""
        today = fields.Date.context_today(self.with_context(tz=self.tz or "UTC"))
        day = self.next_date
        while day <= today:
            day = fields.Date.add(day, **STEPS[self.interval])
        self.next_date = day

    def _hand_over_by_schedule(self):
        """Hand over what is ready, and send the files; where there is nothing new there is no mail."""
        today = fields.Date.context_today(self.with_context(tz=self.tz or "UTC"))
        self._set_next_date()
        transfer = self.transfer_ids.filtered(lambda one: one.state == "draft")[:1]
        transfer = transfer or self.env["open.balance.transfer"].create(
            {"package_id": self.id, "company_id": self.company_id.id, "name": self._get_transfer_name()}
        )
        transfer.date = fields.Date.subtract(today, days=1)
        transfer.action_collect()
        if transfer._is_record():
            return
        if not transfer.document_line_ids:
            transfer.unlink()
            return
        if transfer.ready_count:
            transfer._hand_over()
        transfer._send()


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    def _send(self):
        """Send the files, and what is not ready, to those whom the package names."""
        partners = self.package_id.mail_partner_ids
        if not partners:
            return
        template = self.env.ref("account_open_balance.open_balance_transfer_mail_template")
        files = self.file_ids if sum(self.file_ids.mapped("file_size")) <= MAX_MAIL else self.file_ids.browse()
        copies = files.copy({"res_model": False, "res_id": False})
        template.send_mail(
            self.id,
            email_values={"attachment_ids": copies.ids, "recipient_ids": [fields.Command.set(partners.ids)]},
        )
