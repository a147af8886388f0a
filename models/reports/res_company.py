from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

DEFAULT_BOUNDS = "30, 60, 90, 120"
MOST_BOUNDS = 8


class ResCompany(models.Model):
    _inherit = "res.company"

    open_balance_bounds = fields.Char(
        "Overdue buckets",
        default=DEFAULT_BOUNDS,
        help="Days up to which an open item is in each bucket, ascending: “30, 60, 90, 120” makes "
        "1 to 30, 31 to 60, 61 to 90, 91 to 120 and more than 120 days.",
    )

    def _get_open_balance_bounds(self) -> list[int]:
        """The upper bounds of the buckets by which open items are grouped, in days."""
        self.ensure_one()
        return [int(part) for part in (self.open_balance_bounds or DEFAULT_BOUNDS).split(",")]

    @api.constrains("open_balance_bounds")
    def _check_open_balance_bounds(self):
        for company in self:
            parts = [part.strip() for part in (company.open_balance_bounds or DEFAULT_BOUNDS).split(",")]
            bounds = [int(part) for part in parts if part.isdecimal() and len(part) < 6]
            if len(bounds) != len(parts) or len(parts) > MOST_BOUNDS or not _ascends([0, *bounds]):
                raise ValidationError(
                    self.env._(
                        "“%(bounds)s” makes no buckets: enter up to %(most)s ascending numbers of days, such as "
                        "%(example)s.",
                        bounds=company.open_balance_bounds,
                        most=MOST_BOUNDS,
                        example=DEFAULT_BOUNDS,
                    )
                )


def _ascends(numbers: list[int]) -> bool:
    return all(lower < higher for lower, higher in pairwise(numbers))


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    open_balance_bounds = fields.Char(related="company_id.open_balance_bounds", readonly=False)
