"""What is open of a partner, item by item, and how late it is: always as of today."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..ledger.res_partner import GROUPS
from .open_balance_item import DATE_KEY

# Computed from open items, with an SQL form. Field -> column of the sums per partner.
ITEM_FIELDS = {
    "open_balance_items": "receivable",
    "open_payable_items": "payable",
    "open_balance_overdue": "overdue",
    "open_balance_overdue_days": "days",
}


def item_field(field, label: str, name: str, text: str, aggregator: str):
    """A partner's field that sums up open items: not stored, yet it can be searched, sorted, grouped and summed.

    :param name: the field's own name
    :param text: its help
    """
    options = {"currency_field": "open_balance_currency_id"} if field is fields.Monetary else {}
    return field(
        label,
        compute="_compute_open_balance_items",
        search=lambda self, operator, value: self._search_open_balance(name, operator, value),
        groups=GROUPS,
        help=text,
        aggregator=aggregator,
        **options,
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    open_balance_items = item_field(
        fields.Monetary,
        "Open Items",
        "open_balance_items",
        "Everything that is open of the customer today: documents, unallocated payments, other entries and external "
        "items.",
        "sum",
    )
    open_payable_items = item_field(
        fields.Monetary,
        "Open Items (payable)",
        "open_payable_items",
        "Everything that is open of the vendor today; negative = we owe.",
        "sum",
    )
    open_balance_overdue = item_field(
        fields.Monetary,
        "Overdue",
        "open_balance_overdue",
        "The open items of the customer that are past their due date, less credits and payments that are.",
        "sum",
    )
    open_balance_overdue_days = item_field(
        fields.Integer,
        "Days Overdue",
        "open_balance_overdue_days",
        "Days since the due date of the item that the customer owes for longest.",
        "max",
    )
    open_balance_difference = fields.Monetary(
        "Beyond the Balance",
        compute="_compute_open_balance_difference",
        currency_field="open_balance_currency_id",
        groups=GROUPS,
        help="Open items less Open Balance (total): unallocated payments and other entries, and what was settled or "
        "changed in Odoo since the list. Open Balance (total) has neither.",
    )

    # === SQL === #

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS: what sums up open items is not stored but sorts, groups and sums in the database
        if field_expr not in ITEM_FIELDS:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        column = SQL.identifier(ITEM_FIELDS[field_expr])
        sums = self._get_open_item_sums_sql()
        partner = SQL.identifier(alias, "id")
        if query is None:
            return SQL("COALESCE((SELECT o.%s FROM %s AS o WHERE o.partner_id = %s), 0)", column, sums, partner)
        # Joined once, however many of the fields are asked for.
        joined = query.make_alias(alias, "open_items")
        query.add_join("LEFT JOIN", joined, sums, SQL("%s = %s", SQL.identifier(joined, "partner_id"), partner))
        return SQL("COALESCE(%s.%s, 0)", SQL.identifier(joined), column)

    def _get_open_item_sums_sql(self) -> SQL:
        """Per commercial partner the sums of open items, in parentheses."""
        Item = self._get_open_items()
        query = Item._search(self._get_open_item_domain())
        names = ("commercial_partner_id", "kind", "company_residual", "days_overdue")
        return SQL(
            """(SELECT i.commercial_partner_id AS partner_id,
                       SUM(i.company_residual) FILTER (WHERE i.kind = 'receivable') AS receivable,
                       SUM(i.company_residual) FILTER (WHERE i.kind = 'payable') AS payable,
                       SUM(i.company_residual) FILTER (WHERE i.kind = 'receivable' AND i.days_overdue > 0) AS overdue,
                       GREATEST(0, MAX(i.days_overdue)
                           FILTER (WHERE i.kind = 'receivable' AND i.company_residual > 0)) AS days
                  FROM (%s) AS i
              GROUP BY 1)""",
            query.select(*[SQL.identifier(query.table, name) for name in names]),
        )

    def _get_open_items(self):
        """Open items as of today, whatever date an action shows them at.

        :rtype: open.balance.item
        """
        return self.env["open.balance.item"].with_context(**{DATE_KEY: False})

    def _get_open_item_domain(self) -> list:
        """Which open items count for a partner: those of the current company and of its branches."""
        return [
            ("company_id", "child_of", self.env.company.id),
            ("kind", "in", ("receivable", "payable")),
            ("commercial_partner_id", "!=", False),
        ]

    # === COMPUTE === #

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "allowed_company_ids")
    def _compute_open_balance_items(self):
        sums = {}
        domain = [*self._get_open_item_domain(), ("commercial_partner_id", "in", self.commercial_partner_id.ids)]
        Item = self._get_open_items()
        for partner, kind, amount in Item._read_group(
            domain, ["commercial_partner_id", "kind"], ["company_residual:sum"]
        ):
            sums.setdefault(partner.id, {})[kind] = amount
        late = [*domain, ("kind", "=", "receivable"), ("days_overdue", ">", 0)]
        for partner, amount in Item._read_group(late, ["commercial_partner_id"], ["company_residual:sum"]):
            sums[partner.id]["overdue"] = amount
        owed = [*late, ("company_residual", ">", 0)]
        for partner, days in Item._read_group(owed, ["commercial_partner_id"], ["days_overdue:max"]):
            sums[partner.id]["days"] = days
        for partner in self:
            of_partner = sums.get(partner.commercial_partner_id.id, {})
            for name, part in ITEM_FIELDS.items():
                partner[name] = of_partner.get(part, 0)

    @api.depends("open_balance_items", "open_balance_total")
    @api.depends_context("company", "allowed_company_ids")
    def _compute_open_balance_difference(self):
        for partner in self:
            currency = partner.open_balance_currency_id
            partner.open_balance_difference = currency.round(partner.open_balance_items - partner.open_balance_total)

    def _invalidate_open_balances(self):
        # EXTENDS: open items come from the same journal items
        self.invalidate_model([*ITEM_FIELDS, "open_balance_difference"], flush=False)
        self.env["open.balance.item"].invalidate_model(flush=False)
        return super()._invalidate_open_balances()

    # === ACTIONS === #

    def action_open_balance_items(self):
        """Show what is open of the customer, item by item: their sum is the partner's."""
        return self._get_open_items_action("receivable")

    def action_open_payable_items(self):
        """Show what is open of the vendor, item by item: their sum is the partner's."""
        return self._get_open_items_action("payable")

    def _get_open_items_action(self, kind: str) -> dict:
        self.ensure_one()
        partner = self.commercial_partner_id
        domain = [("company_id", "child_of", self.env.company.id), ("commercial_partner_id", "=", partner.id)]
        name = self.env._("Open Items of %(partner)s", partner=partner.name)
        return self.env["open.balance.item"]._get_items_action(domain, filters=(kind,), name=name)
