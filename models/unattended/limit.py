"""A cap on what one run may book without a person."""

from odoo import fields, models

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here

# What books nothing.
NOTHING = ("keep", "review", "skip")


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    apply_limit = fields.Monetary(
        "Without a person up to",
        currency_field="company_currency_id",
        tracking=True,
        help="A list that would book more than this, all amounts added up whatever their sign, waits for a person; "
        "0 = without a limit.",
    )

    _apply_limit_positive = models.Constraint(
        "CHECK(apply_limit >= 0)", "What is booked without a person cannot be limited to a negative amount."
    )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_excess(self) -> str:
        """Why the run books more than its source allows without a person, or ""."""
        limit = self.source_id.apply_limit
        currency = self.company_currency_id
        booked = self._get_booked_amount()
        if not limit or currency.compare_amounts(booked, limit) <= 0:
            return ""
        return self.env._(
            "It would book %(amount)s; %(name)s allows %(limit)s without a person.",
            amount=currency.format(booked),
            name=self.source_id.name,
            limit=currency.format(limit),
        )

    def _get_booked_amount(self) -> float:
        """What the run would book, in company currency: amounts of either sign, added up."""
        Line = self.env["open.balance.import.line"]
        domain = [("import_id", "=", self.id), ("state", "=", "planned"), ("action", "not in", NOTHING)]
        amounts = [
            Line._read_group([*domain, ("company_amount", sign, 0)], [], ["company_amount:sum"])[0][0] or 0.0
            for sign in "<>"
        ]
        return self.company_currency_id.round(sum(abs(amount) for amount in amounts))
