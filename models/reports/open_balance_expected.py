from odoo import fields, models
from odoo.tools import SQL

from .item_sql import get_items_sql
from .open_balance_item import DATE_KEY, KINDS, OpenBalanceItem, column

# How late a partner pays: days from due date to settlement, over what was settled within the last year.
DELAYS = """
 SELECT q.commercial_partner_id, a.account_type,
        ROUND(AVG(p.max_date - COALESCE(l.date_maturity, l.date)))::int AS delay
   FROM (SELECT debit_move_id AS line_id, max_date FROM account_partial_reconcile
          UNION ALL
         SELECT credit_move_id, max_date FROM account_partial_reconcile) AS p
   JOIN account_move_line l ON l.id = p.line_id
   JOIN account_account a ON a.id = l.account_id AND a.account_type IN ('asset_receivable', 'liability_payable')
   JOIN account_move m ON m.id = l.move_id AND m.move_type IN ('out_invoice', 'in_invoice')
   JOIN res_partner q ON q.id = l.partner_id
  WHERE p.max_date > %(at)s::date - 365 AND p.max_date <= %(at)s
  GROUP BY 1, 2"""


class OpenBalanceExpected(models.Model):
    """When what is open is likely to be paid: at its due date, or as late as its partner usually pays."""

    _name = "open.balance.expected"
    _description = "Expected Payment"
    _auto = False
    _order = "expected_date, id"
    _rec_name = "number"
    _depends = OpenBalanceItem._depends

    item_id = column(fields.Many2one, "Open Item", comodel_name="open.balance.item")
    kind = column(fields.Selection, selection=KINDS[:2])
    number = column(fields.Char)
    partner_id = column(fields.Many2one, "Partner", comodel_name="res.partner")
    company_id = column(fields.Many2one, comodel_name="res.company")
    company_currency_id = column(fields.Many2one, comodel_name="res.currency")
    due_date = column(fields.Date, help="What is overdue is due on the day of the report.")
    expected_date = column(fields.Date, help="The due date and the partner's own delay, never before the report's day.")
    delay = column(
        fields.Integer,
        "Usual Delay",
        aggregator="avg",
        help="Days from due date to settlement of the partner's invoices or bills, on average of the last year.",
    )
    amount = column(
        fields.Monetary, currency_field="company_currency_id", help="Positive = comes in, negative = goes out."
    )
    blocked = column(fields.Boolean, "Disputed")

    @property
    def _table_query(self) -> SQL:
        # Raw SQL: averages of settlements are nowhere stored. The record rule and the rights of this model apply to it.
        Item = self.env["open.balance.item"]
        at = Item._get_date()
        is_past = at < fields.Date.context_today(self)
        return SQL(
            """SELECT i.id, i.id AS item_id, i.kind, i.number, i.commercial_partner_id AS partner_id, i.company_id,
                      i.company_currency_id, GREATEST(i.due_date, %(at)s::date) AS due_date,
                      GREATEST(i.due_date + GREATEST(COALESCE(d.delay, 0), 0), %(at)s::date) AS expected_date,
                      COALESCE(d.delay, 0) AS delay, i.company_residual AS amount, i.blocked
                 FROM (%(items)s) AS i
            LEFT JOIN (%(delays)s) AS d ON d.commercial_partner_id = i.commercial_partner_id
                  AND d.account_type = CASE i.kind WHEN 'payable' THEN 'liability_payable' ELSE 'asset_receivable' END
                WHERE i.kind IN ('receivable', 'payable')""",
            at=at,
            items=get_items_sql(at, is_past, self.env.company._get_open_balance_bounds()),
            delays=SQL(DELAYS, at=at),
        )

    def action_open_item(self):
        """Open the item with its explanation."""
        self.ensure_one()
        return self.item_id.with_context(**{DATE_KEY: self.env.context.get(DATE_KEY)})._get_records_action()
