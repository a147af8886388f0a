"""How much of a customer's credit limit is used."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..ledger.res_partner import GROUPS

CREDIT_FIELDS = ("open_credit_limit", "open_credit_used", "open_credit_free", "open_credit_use")


def credit_field(field, label: str, name: str, text: str, **options):
    """A field that tells of the credit limit: not stored, yet it can be searched, sorted and summed."""
    if field is fields.Monetary:
        options["currency_field"] = "open_balance_currency_id"
    return field(
        label,
        compute="_compute_open_credit",
        search=lambda self, operator, value: self._search_open_balance(name, operator, value),
        groups=GROUPS,
        help=text,
        **options,
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    open_credit_limit = credit_field(
        fields.Monetary,
        "Credit Limit in Force",
        "open_credit_limit",
        "The partner's limit, or else the company's; 0 = none.",
        aggregator="sum",
    )
    open_credit_used = credit_field(
        fields.Monetary,
        "Credit Used",
        "open_credit_used",
        "Where there is a limit: Open Balance (total) if a list was imported, else all open items. Orders are not in "
        "it.",
        aggregator="sum",
    )
    open_credit_free = credit_field(
        fields.Monetary,
        "Credit Free",
        "open_credit_free",
        "The limit less what is used of it; negative = over the limit.",
        aggregator="sum",
    )
    open_credit_use = credit_field(
        fields.Float,
        "Credit Use",
        "open_credit_use",
        "Share of the limit that is used; 1 = all of it.",
        aggregator=None,
    )

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS: what tells of the limit is not stored but sorts and sums in the database
        if field_expr not in CREDIT_FIELDS:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        if not self.env.company.account_use_credit_limit:
            return SQL("0.0::numeric")
        limit = SQL("COALESCE(%s, 0)::numeric", self._field_to_sql(alias, "credit_limit", query))
        used = SQL(
            "(CASE WHEN %s IS NULL THEN %s ELSE %s END)",
            self._field_to_sql(alias, "open_balance_date", query),
            self._field_to_sql(alias, "open_balance_items", query),
            self._field_to_sql(alias, "open_balance_total", query),
        )
        values = {
            "open_credit_limit": limit,
            "open_credit_used": used,
            "open_credit_free": SQL("%s - %s", limit, used),
            "open_credit_use": SQL("%s / NULLIF(%s, 0)", used, limit),
        }
        return SQL("(CASE WHEN %s > 0 THEN %s ELSE 0 END)", limit, values[field_expr])

    @api.depends("commercial_partner_id.credit_limit", "open_balance_total", "open_balance_items")
    @api.depends_context("company", "allowed_company_ids")
    def _compute_open_credit(self):
        is_used = self.env.company.account_use_credit_limit
        for partner in self:
            limit = partner.commercial_partner_id.credit_limit if is_used else 0.0
            used = partner.open_balance_total if partner.open_balance_date else partner.open_balance_items
            partner.open_credit_limit = max(limit, 0.0)
            partner.open_credit_used = used if limit > 0 else 0.0
            partner.open_credit_free = limit - used if limit > 0 else 0.0
            partner.open_credit_use = used / limit if limit > 0 else 0.0

    def _invalidate_open_balances(self):
        # EXTENDS: what is used of a limit comes from the same figures
        self.invalidate_model(list(CREDIT_FIELDS), flush=False)
        return super()._invalidate_open_balances()
