from odoo import fields, models


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


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    open_balance_stale_days = fields.Integer(related="company_id.open_balance_stale_days", readonly=False)
