from odoo import fields, models
from odoo.tools import SQL


class ResCompany(models.Model):
    _inherit = "res.company"

    open_balance_stale_days = fields.Integer(
        "Open balances are stale after",
        default=7,
        help="Days after its balance date from which an imported list is called stale; 0 = never.",
    )

    _open_balance_stale_days_positive = models.Constraint(
        "CHECK(open_balance_stale_days >= 0)", "The number of days cannot be negative."
    )

    def _get_open_balance_timezone(self) -> str:
        """The time zone in which a moment is before or after a balance date: the same whoever looks."""
        self.ensure_one()
        return self.partner_id.tz or "UTC"

    def _get_open_balance_day_sql(self, moment: SQL) -> SQL:
        """The day of a moment in the company's time zone.

        :param moment: a column as Odoo stores moments, without time zone
        """
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, self._get_open_balance_timezone())

    def _get_open_balance_day(self, moment):
        """The same of a value.

        :param datetime.datetime moment: as Odoo stores moments, without time zone
        :rtype: datetime.date
        """
        zone = self.with_context(tz=self._get_open_balance_timezone())
        return fields.Datetime.context_timestamp(zone, moment).date()


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    open_balance_stale_days = fields.Integer(related="company_id.open_balance_stale_days", readonly=False)
