from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

GROUPS = "account.group_account_invoice,account.group_account_readonly"
OPERATORS = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
# Computed from imported balances and journal items; they have an SQL form, so that they sort, group and sum.
BALANCE_FIELDS = ("open_balance_import", "open_balance_invoices", "open_balance_total", "open_balance_date")


class ResPartner(models.Model):
    _inherit = "res.partner"

    debtor_number = fields.Char(
        company_dependent=True,
        copy=False,
        groups=GROUPS,
        help="The partner's number as a customer in the accounting package.",
    )
    creditor_number = fields.Char(
        company_dependent=True,
        copy=False,
        groups=GROUPS,
        help="The partner's number as a vendor in the accounting package.",
    )
    open_balance_import = fields.Monetary(
        "Open Balance (import)",
        compute="_compute_open_balance",
        search="_search_open_balance_import",
        aggregator="sum",
        groups=GROUPS,
        help="The amount last imported for this debtor.",
    )
    open_balance_invoices = fields.Monetary(
        "Open Balance (invoices)",
        compute="_compute_open_balance",
        search="_search_open_balance_invoices",
        aggregator="sum",
        groups=GROUPS,
        help="Open invoices and credit notes that the imported list cannot contain yet.",
    )
    open_balance_total = fields.Monetary(
        "Open Balance (total)",
        compute="_compute_open_balance",
        search="_search_open_balance_total",
        aggregator="sum",
        groups=GROUPS,
        help="Imported balance and newer invoices together: what the partner really owes.",
    )
    open_balance_date = fields.Date(
        compute="_compute_open_balance",
        search="_search_open_balance_date",
        groups=GROUPS,
        help="Date of the last imported list.",
    )

    # === SQL === #

    def _get_current_balance_sql(self, alias: str, column: str) -> SQL:
        """Column of the partner's current imported receivables balance in the current company."""
        return SQL(
            """(SELECT b.%(column)s FROM open_balance_partner_balance b
                 WHERE b.partner_id = %(partner)s AND b.company_id = %(company)s
                   AND b.kind = 'receivable' AND b.is_current)""",
            column=SQL.identifier(column),
            partner=SQL.identifier(alias, "id"),
            company=self.env.company.id,
            to_flush=self.env["open.balance.partner.balance"]._fields[column],
        )

    def _get_newer_invoices_sql(self, alias: str) -> SQL:
        """Residual of the partner's customer documents that the current list cannot contain, in company currency.

        A list whose source uses transfers can hold what was transferred up to its date, another what is dated up to it;
        and a document that the list did name is in it, whatever its date or transfer.
        """
        Line = self.env["account.move.line"]
        return SQL(
            """(SELECT COALESCE(SUM(l.amount_residual), 0)
                  FROM account_move_line l
                  JOIN account_account a ON a.id = l.account_id AND a.account_type = 'asset_receivable'
                  JOIN account_move m ON m.id = l.move_id
                   AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
             LEFT JOIN open_balance_transfer t ON t.id = m.open_balance_transfer_id
             LEFT JOIN open_balance_partner_balance b
                    ON b.partner_id = l.partner_id AND b.company_id = %(company)s
                   AND b.kind = 'receivable' AND b.is_current
                 WHERE l.partner_id = %(partner)s AND l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
                   AND l.company_id IN %(companies)s
                   AND (b.id IS NULL
                        OR (CASE WHEN b.uses_transfers THEN t.date IS NULL OR t.date > b.balance_date
                                 ELSE COALESCE(m.invoice_date, m.date) > b.balance_date END
                            AND NOT EXISTS (SELECT 1 FROM open_balance_import_line il
                                             WHERE il.import_id = b.import_id AND il.move_id = m.id
                                               AND il.row > 0))))""",
            partner=SQL.identifier(alias, "id"),
            company=self.env.company.id,
            companies=tuple(self._get_open_balance_companies().ids),
            to_flush=Line._fields["amount_residual"],
        )

    def _get_open_balance_companies(self):
        """The current company and its branches, whose documents belong to its balances as to Odoo's credit."""
        # Residuals of branches that the user has not switched on belong to the company's figure all the same.
        return self.env["res.company"].sudo().search([("id", "child_of", self.env.company.id)])

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'base': the balances are not stored but sort, group and sum in the database
        if field_expr not in BALANCE_FIELDS:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        if field_expr == "open_balance_date":
            return self._get_current_balance_sql(alias, "balance_date")
        imported = SQL("COALESCE(%s, 0)", self._get_current_balance_sql(alias, "balance"))
        if field_expr == "open_balance_import":
            return imported
        if field_expr == "open_balance_invoices":
            return self._get_newer_invoices_sql(alias)
        return SQL("(%s + %s)", imported, self._get_newer_invoices_sql(alias))

    # === COMPUTE AND SEARCH === #

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_open_balance(self):
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        self.env["open.balance.partner.balance"].flush_model()
        # Balances belong to the commercial partner; whoever may read a contact reads them there.
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        query = Partner._search([("id", "in", self.commercial_partner_id.ids)])
        columns = [
            Partner._field_to_sql(query.table, name, query) for name in (*BALANCE_FIELDS[:2], "open_balance_date")
        ]
        rows = {
            partner_id: values
            for partner_id, *values in self.env.execute_query(query.select(SQL.identifier(query.table, "id"), *columns))
        }
        for partner in self:
            imported, newer, date = rows.get(partner.commercial_partner_id.id, (0.0, 0.0, False))
            partner.open_balance_import = imported
            partner.open_balance_invoices = newer
            partner.open_balance_total = imported + newer
            partner.open_balance_date = date

    def _search_open_balance(self, name, operator, value):
        """Commercial partners whose balance compares so; contacts carry no balance of their own in searches."""
        query = self.with_context(active_test=False)._search([])
        expression = self._field_to_sql(query.table, name, query)
        if operator in ("in", "not in"):
            values = tuple(item or None if name == "open_balance_date" else item or 0.0 for item in value)
            condition = SQL(
                "(%s IN %s OR %s)",
                expression,
                values,
                SQL("%s IS NULL", expression) if None in values else SQL("FALSE"),
            )
            query.add_where(condition if operator == "in" else SQL("NOT %s", condition))
        elif operator in OPERATORS:
            query.add_where(SQL("%s %s %s", expression, SQL(OPERATORS[operator]), value))
        else:
            return NotImplemented
        return Domain("id", "in", query)

    def _search_open_balance_import(self, operator, value):
        return self._search_open_balance("open_balance_import", operator, value)

    def _search_open_balance_invoices(self, operator, value):
        return self._search_open_balance("open_balance_invoices", operator, value)

    def _search_open_balance_total(self, operator, value):
        return self._search_open_balance("open_balance_total", operator, value)

    def _search_open_balance_date(self, operator, value):
        return self._search_open_balance("open_balance_date", operator, value)

    def action_open_balance_items(self):
        """Show what the last lists said of this partner, item by item."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Items"),
            "res_model": "open.balance.import.line",
            "view_mode": "list,form",
            "domain": [
                ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
                ("import_id", "in", self._get_current_imports().ids),
            ],
        }

    def _get_current_imports(self):
        """The runs that the partner's current balances come from."""
        current = self.env["open.balance.partner.balance"].search(
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", self.env.company.id),
                ("is_current", "=", True),
            ]
        )
        return current.import_id
