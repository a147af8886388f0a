from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..open_balance_partner_balance import COUNTED_ACTIONS

GROUPS = "account.group_account_invoice,account.group_account_readonly"
# Computed from imported balances and journal items; they have an SQL form, so that they sort, group and sum.
# Field -> kind of the list, and what the field shows of it.
BALANCE_FIELDS = {
    "open_balance_import": ("receivable", "import"),
    "open_balance_invoices": ("receivable", "newer"),
    "open_balance_total": ("receivable", "total"),
    "open_balance_date": ("receivable", "date"),
    "open_balance_is_incomplete": ("receivable", "incomplete"),
    "open_payable_import": ("payable", "import"),
    "open_payable_bills": ("payable", "newer"),
    "open_payable_total": ("payable", "total"),
    "open_payable_date": ("payable", "date"),
    "open_payable_is_incomplete": ("payable", "incomplete"),
}
# Per kind: account type, types of documents, and the sign in which the partner's fields show it.
KINDS = {
    "receivable": ("asset_receivable", ("out_invoice", "out_refund", "out_receipt"), 1),
    "payable": ("liability_payable", ("in_invoice", "in_refund", "in_receipt"), -1),
}
# What the SQL of these fields reads.
SOURCES = {
    "account.account": ("account_type",),
    "account.move": (
        "move_type", "open_balance_type", "invoice_date", "date", "open_balance_transfer_id", "create_date",
    ),
    "account.move.line": (
        "account_id", "move_id", "partner_id", "company_id", "parent_state", "reconciled", "amount_residual",
    ),
    "open.balance.import.line": ("import_id", "move_id", "suggested_move_id", "row", "action", "reason_code"),
    "open.balance.partner.balance": (
        "partner_id", "company_id", "kind", "is_current", "balance", "balance_date", "uses_transfers", "import_id",
        "list_id", "is_incomplete",
    ),
    "open.balance.transfer": ("confirmed_on", "state"),
}  # fmt: skip


def balance_field(label: str, name: str, text: str, field=fields.Monetary):
    """A partner's balance field: not stored, yet it can be searched, sorted, grouped and summed.

    :param name: the field's own name
    :param text: its help
    """
    kind = BALANCE_FIELDS[name][0]
    options = {"aggregator": "sum", "currency_field": "open_balance_currency_id"} if field is fields.Monetary else {}
    return field(
        label,
        compute=f"_compute_open_{kind}",
        search=lambda self, operator, value: self._search_open_balance(name, operator, value),
        groups=GROUPS,
        help=text,
        **options,
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    open_balance_currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_open_balance_currency_id",
        help="The current company's; unlike the partner's own currency field it can be grouped, which sums need.",
    )
    open_balance_import = balance_field(
        "Open Balance (import)", "open_balance_import", "The amount last imported for this debtor."
    )
    open_balance_invoices = balance_field(
        "Open Balance (invoices)",
        "open_balance_invoices",
        "Open invoices and credit notes that the imported list cannot contain yet or that it could not count.",
    )
    open_balance_total = balance_field(
        "Open Balance (total)",
        "open_balance_total",
        "Imported balance and newer invoices together: what the partner really owes.",
    )
    open_balance_date = balance_field(
        "Open Balance Date", "open_balance_date", "Date of the last imported list.", fields.Date
    )
    open_balance_is_incomplete = balance_field(
        "Open Balance Incomplete",
        "open_balance_is_incomplete",
        "The last list has rows of this debtor that could not be counted: they wait for a person.",
        fields.Boolean,
    )
    open_payable_import = balance_field(
        "Open Payable (import)",
        "open_payable_import",
        "The amount last imported for this creditor; positive = we owe.",
    )
    open_payable_bills = balance_field(
        "Open Payable (bills)",
        "open_payable_bills",
        "Open bills and credit notes that the imported list cannot contain yet or that it could not count; "
        "positive = we owe.",
    )
    open_payable_total = balance_field(
        "Open Payable (total)",
        "open_payable_total",
        "Imported payable and newer bills together: what we really owe.",
    )
    open_payable_date = balance_field(
        "Open Payable Date", "open_payable_date", "Date of the last imported list of payables.", fields.Date
    )
    open_payable_is_incomplete = balance_field(
        "Open Payable Incomplete",
        "open_payable_is_incomplete",
        "The last list has rows of this creditor that could not be counted: they wait for a person.",
        fields.Boolean,
    )

    open_balance_is_stale = fields.Boolean(
        compute="_compute_open_balance_is_stale",
        groups=GROUPS,
        help="The last imported list is older than the company allows.",
    )

    open_balance_group_total = fields.Monetary(
        "Open Balance with Subsidiaries",
        compute="_compute_open_balance_group",
        currency_field="open_balance_currency_id",
        groups=GROUPS,
        help="Open Balance (total) of this company and of all companies below it. "
        "Contacts that are no companies carry none of their own.",
    )
    open_balance_subsidiary_count = fields.Integer("Subsidiaries", compute="_compute_open_balance_group", groups=GROUPS)

    # === SQL === #

    def _get_current_balance_sql(self, alias: str, kind: str, column: str) -> SQL:
        """Column of the partner's current imported balance of a kind in the current company."""
        return SQL(
            """(SELECT b.%(column)s FROM open_balance_partner_balance b
                 WHERE b.partner_id = %(partner)s AND b.company_id = %(company)s
                   AND b.kind = %(kind)s AND b.is_current)""",
            column=SQL.identifier(column),
            partner=SQL.identifier(alias, "id"),
            company=self.env.company.id,
            kind=kind,
            to_flush=self._get_balance_sources(),
        )

    def _get_newer_documents_sql(self, alias: str, kind: str) -> SQL:
        """Residual of the partner's documents that are not in the imported balance: company currency, ledger sign.

        These are the documents that the list cannot contain, and those of which a row waits for a person; a document
        that the list or its corrections did count is in the balance, whatever its date or transfer.
        """
        account_type, move_types, _sign = KINDS[kind]
        # Branches belong to the company's figure, as to Odoo's credit, also those that are not switched on.
        company = self.env.company.sudo()
        return SQL(
            """(SELECT COALESCE(SUM(l.amount_residual), 0)
                  FROM account_move_line l
                  JOIN account_account a ON a.id = l.account_id AND a.account_type = %(account_type)s
                  JOIN account_move m ON m.id = l.move_id
                   AND COALESCE(m.open_balance_type, m.move_type) IN %(move_types)s
             LEFT JOIN open_balance_transfer t ON t.id = m.open_balance_transfer_id
             LEFT JOIN open_balance_partner_balance b
                    ON b.partner_id = l.partner_id AND b.company_id = %(company)s
                   AND b.kind = %(kind)s AND b.is_current
                 WHERE l.partner_id = %(partner)s AND l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
                   AND l.company_id IN (SELECT id FROM res_company WHERE parent_path LIKE %(company_path)s)
                   AND (b.balance_date IS NULL
                        OR (%(is_new)s OR %(is_uncounted)s OR %(is_suggested)s) AND NOT %(is_counted)s))""",
            partner=SQL.identifier(alias, "id"),
            kind=kind,
            account_type=account_type,
            move_types=move_types,
            company=company.id,
            company_path=f"{company.parent_path}%",
            is_new=self._get_unknown_document_sql(company),
            is_uncounted=self._get_named_document_sql(
                "move_id", SQL("(il.action = 'review' OR il.action = 'skip' AND il.reason_code = 'mentioned')")
            ),
            is_suggested=self._get_named_document_sql("suggested_move_id", SQL("il.action = 'review'")),
            is_counted=self._get_named_document_sql("move_id", SQL("il.row > 0 AND il.action IN %s", COUNTED_ACTIONS)),
            to_flush=self._get_balance_sources(),
        )

    @staticmethod
    def _get_unknown_document_sql(company) -> SQL:
        """Condition: the list of balance ``b`` cannot contain document ``m`` of transfer ``t``; see ``why_unknown``."""
        return SQL(
            """(COALESCE(m.invoice_date, m.date) > b.balance_date
                OR (b.uses_transfers OR t.state = 'handed_over' OR %(created)s > b.balance_date)
                   AND (t.confirmed_on < b.balance_date
                        OR t.confirmed_on = b.balance_date AND m.open_balance_type IS NOT NULL) IS NOT TRUE)""",
            created=company._get_open_balance_day_sql(SQL("m.create_date")),
        )

    @staticmethod
    def _get_named_document_sql(column: str, condition: SQL) -> SQL:
        """Condition: a line ``il`` of the list of balance ``b``, or of its corrections, names document ``m``."""
        return SQL(
            """EXISTS (SELECT 1
                         FROM open_balance_import_line il
                         JOIN open_balance_partner_balance c ON c.import_id = il.import_id
                          AND c.partner_id = b.partner_id AND c.company_id = b.company_id
                          AND c.kind = b.kind AND c.list_id = b.list_id
                        WHERE il.%s = m.id AND %s)""",
            SQL.identifier(column),
            condition,
        )

    def _get_balance_sources(self) -> list:
        """The fields that the SQL of the balances reads: they are written to the database before it runs."""
        return [self.env[model]._fields[name] for model, names in SOURCES.items() for name in names]

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'base': the balances are not stored but sort, group and sum in the database
        if field_expr == "open_balance_currency_id":
            return SQL("%s", self.env.company.currency_id.id)
        if field_expr not in BALANCE_FIELDS:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        for model in SOURCES:
            self.env[model].flush_model()
        kind, part = BALANCE_FIELDS[field_expr]
        if part == "date":
            return self._get_current_balance_sql(alias, kind, "balance_date")
        if part == "incomplete":
            return SQL("COALESCE(%s, FALSE)", self._get_current_balance_sql(alias, kind, "is_incomplete"))
        imported = SQL("COALESCE(%s, 0)", self._get_current_balance_sql(alias, kind, "balance"))
        newer = self._get_newer_documents_sql(alias, kind)
        sums = {"import": imported, "newer": newer, "total": SQL("(%s + %s)", imported, newer)}
        return sums[part] if KINDS[kind][2] > 0 else SQL("(- %s)", sums[part])

    # === COMPUTE AND SEARCH === #

    @api.depends_context("company")
    def _compute_open_balance_currency_id(self):
        self.open_balance_currency_id = self.env.company.currency_id

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_open_receivable(self):
        self._set_open_balances("receivable")

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_open_payable(self):
        self._set_open_balances("payable")

    def _set_open_balances(self, kind: str):
        """Set the fields of a kind in one query, however many partners there are."""
        names = {part: name for name, (of_kind, part) in BALANCE_FIELDS.items() if of_kind == kind}
        # Balances belong to the commercial partner; whoever may read a contact reads them there.
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        query = Partner._search([("id", "in", self.commercial_partner_id.ids)])
        parts = ("import", "newer", "date", "incomplete")
        columns = [Partner._field_to_sql(query.table, names[part], query) for part in parts]
        rows = self.env.execute_query(query.select(SQL.identifier(query.table, "id"), *columns))
        found = {partner_id: dict(zip(parts, values, strict=True)) for partner_id, *values in rows}
        for partner in self:
            values = found.get(partner.commercial_partner_id.id, {"import": 0.0, "newer": 0.0})
            values["total"] = values["import"] + values["newer"]
            for part, name in names.items():
                partner[name] = values.get(part, False)

    def _invalidate_open_balances(self):
        """Forget the balances that were read in this transaction: what they come from has changed.

        They depend on journal items without a field in between, which would cost a query on every posting.
        """
        names = ["open_balance_is_stale", "open_balance_group_total", "open_balance_subsidiary_count"]
        self.invalidate_model([*BALANCE_FIELDS, *names], flush=False)

    @api.depends("open_balance_date")
    @api.depends_context("company")
    def _compute_open_balance_is_stale(self):
        days = self.env.company.open_balance_stale_days
        oldest = fields.Date.context_today(self) - timedelta(days=days)
        for partner in self:
            partner.open_balance_is_stale = (
                bool(days and partner.open_balance_date) and partner.open_balance_date < oldest
            )

    def _get_stale_message(self) -> str:
        """Say how old the last list is when it is stale."""
        if not self.open_balance_is_stale:
            return ""
        age = fields.Date.context_today(self) - self.open_balance_date
        return self.env._("The open item list is stale: it is %(days)s days old.", days=age.days)

    def _get_incomplete_message(self) -> str:
        """Say that the last list has more of the partner than is counted."""
        if not self.open_balance_is_incomplete:
            return ""
        return self.env._("The balance is incomplete: rows of the open item list wait for a person.")

    @api.depends("child_ids.is_company", "open_balance_total")
    @api.depends_context("company")
    def _compute_open_balance_group(self):
        companies = self.search([("id", "child_of", self.ids), ("is_company", "=", True)])
        totals = dict.fromkeys(self, 0.0)
        counts = dict.fromkeys(self, -1)
        for company in companies:
            above = company
            while above:
                if above in totals:
                    totals[above] += company.open_balance_total
                    counts[above] += 1
                above = above.parent_id
        for partner in self:
            partner.open_balance_group_total = totals[partner] if counts[partner] >= 0 else partner.open_balance_total
            partner.open_balance_subsidiary_count = max(counts[partner], 0)

    def action_open_balance_lines(self):
        """Show what the last lists said of this partner, row by row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Last Lists"),
            "res_model": "open.balance.import.line",
            "view_mode": "list,form",
            "domain": [
                ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
                ("import_id", "in", self._get_current_imports().ids),
            ],
        }

    def _get_current_imports(self):
        """The runs that the partner's current balances come from: the lists and their corrections."""
        balances = self.env["open.balance.partner.balance"].search(
            [("partner_id", "=", self.commercial_partner_id.id), ("company_id", "=", self.env.company.id)]
        )
        current = balances.filtered("is_current")
        return balances.filtered(lambda row: row.list_id in current.list_id).import_id
