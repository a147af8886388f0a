from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from .item_sql import get_items_sql

# The date as at which items are shown is a key of the context: lists, pivots, graphs, exports and searches of one
# action share nothing else.
DATE_KEY = "open_balance_date"
KINDS = [("receivable", "Receivable"), ("payable", "Payable"), ("account", "G/L Account")]


def column(field, label: str | None = None, **options):
    """A column of the read model, which depends on the date that the context asks for."""
    context = (DATE_KEY, *options.pop("context", ()))
    if label:
        options["string"] = label
    return field(readonly=True, depends_context=context, **options)


class OpenBalanceItem(models.Model):
    """One thing that is open at a date: the due line of a document, an unallocated payment, another journal item, or
    an item that only a list knows.

    Amounts are in ledger sign: positive = the partner owes us.
    """

    _name = "open.balance.item"
    _description = "Open Item"
    _auto = False
    _order = "due_date, id"
    _rec_name = "number"
    _depends = {
        "account.account": ["account_type", "reconcile"],
        "account.move": [
            "move_type", "open_balance_type", "open_balance_number", "open_balance_dispute_reason", "name", "ref",
            "origin_payment_id", "statement_line_id", "invoice_user_id", "invoice_date", "invoice_payment_term_id",
            "payment_state", "open_balance_proposed_on",
        ],
        "account.move.line": [
            "account_id", "move_id", "partner_id", "company_id", "journal_id", "name", "date", "date_maturity",
            "currency_id", "company_currency_id", "amount_currency", "balance", "amount_residual",
            "amount_residual_currency", "reconciled", "parent_state",
        ],
        "account.partial.reconcile": [
            "debit_move_id", "credit_move_id", "amount", "debit_amount_currency", "credit_amount_currency", "max_date",
        ],
        "open.balance.external.item": [
            "active", "company_id", "import_id", "partner_id", "kind", "number", "reference", "date", "due_date",
            "currency_id", "balance", "company_balance",
        ],
        "open.balance.import": ["state", "source_id", "balance_date", "applied_on"],
        "open.balance.import.line": [
            "import_id", "company_id", "external_id", "move_id", "action", "state", "due_date", "currency_id",
            "reported_balance", "company_reported",
        ],
        "res.company": ["currency_id", "parent_path"],
        "res.partner": ["commercial_partner_id", "country_id", "debtor_number", "creditor_number"],
    }  # fmt: skip

    item_type = column(
        fields.Selection,
        "Type",
        selection=[
            ("document", "Document"),
            ("payment", "Unallocated Payment"),
            ("entry", "Other Entry"),
            ("external", "External Item"),
        ],
    )
    kind = column(fields.Selection, selection=KINDS)
    line_id = column(fields.Many2one, "Journal Item", comodel_name="account.move.line")
    move_id = column(fields.Many2one, "Journal Entry", comodel_name="account.move")
    external_id = column(fields.Many2one, "External Item", comodel_name="open.balance.external.item")
    partner_id = column(fields.Many2one, "Partner", comodel_name="res.partner")
    commercial_partner_id = column(fields.Many2one, "Company of the Partner", comodel_name="res.partner")
    partner_number = column(fields.Char)
    country_id = column(fields.Many2one, comodel_name="res.country")
    company_id = column(fields.Many2one, comodel_name="res.company")
    account_id = column(fields.Many2one, comodel_name="account.account")
    journal_id = column(fields.Many2one, comodel_name="account.journal")
    invoice_user_id = column(fields.Many2one, "Salesperson", comodel_name="res.users")
    payment_term_id = column(fields.Many2one, "Payment Terms", comodel_name="account.payment.term")
    number = column(fields.Char)
    reference = column(fields.Char)
    date = column(fields.Date, "Accounting Date")
    document_date = column(fields.Date)
    due_date = column(fields.Date)
    currency_id = column(fields.Many2one, comodel_name="res.currency")
    company_currency_id = column(fields.Many2one, comodel_name="res.currency")
    original = column(fields.Monetary, "Original (document currency)")
    settled = column(fields.Monetary, "Settled (document currency)")
    residual = column(fields.Monetary, "Open (document currency)", help="Positive = the partner owes us.")
    company_original = column(fields.Monetary, "Original", currency_field="company_currency_id")
    company_settled = column(fields.Monetary, "Settled", currency_field="company_currency_id")
    company_residual = column(
        fields.Monetary,
        "Open",
        currency_field="company_currency_id",
        help="In company currency; positive = the partner owes us.",
    )
    days_overdue = column(
        fields.Integer, aggregator="max", help="Days since the due date; negative = not yet due, 0 = due on this day."
    )
    bucket = column(
        fields.Selection,
        "Overdue since",
        selection="_get_buckets",
        context=["company"],
        help="The bounds are the company's, in the settings of Invoicing.",
    )
    blocked = column(fields.Boolean, "Disputed", help="The payment of the document is blocked.")
    dispute_reason = column(fields.Char)
    proposed_on = column(fields.Date, help="When the document was last in a payment proposal.")
    source_id = column(fields.Many2one, "Balance Source", comodel_name="open.balance.source")
    list_date = column(fields.Date, help="Balance date of the last list that says something of it.")
    reported = column(fields.Monetary, "Last Reported", help="What that list says is open, in its currency.")

    @property
    def _table_query(self) -> SQL:
        # Raw SQL: residuals at a date are nowhere stored. The record rule and the rights of this model apply to it.
        at = self._get_date()
        return get_items_sql(at, at < fields.Date.context_today(self), self.env.company._get_open_balance_bounds())

    @api.model
    def _get_date(self):
        """The date as at which items are shown: the one that the context asks for, else today.

        :rtype: datetime.date
        """
        asked = self.env.context.get(DATE_KEY)
        try:
            return fields.Date.to_date(asked) or fields.Date.context_today(self)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("“%(value)s” is no date to show open items at.", value=str(asked))) from error

    @api.model
    def _get_buckets(self) -> list[tuple[str, str]]:
        """The buckets with what they are called."""
        bounds = self.env.company._get_open_balance_bounds()
        first = [1, *(bound + 1 for bound in bounds)]
        labels = [
            self.env._("%(first)s to %(last)s days", first=start, last=bound)
            for start, bound in zip(first, bounds, strict=False)
        ]
        labels.append(self.env._("More than %(days)s days", days=bounds[-1]))
        return [("0", self.env._("Not due")), *((str(number), label) for number, label in enumerate(labels, 1))]

    @api.depends("number", "move_id", "reference")
    @api.depends_context(DATE_KEY)
    def _compute_display_name(self):
        for item in self:
            item.display_name = item.number or item.reference or self.env._("Open Item")

    @api.model
    def _get_items_action(self, domain, filters=(), name: str = "", at=None) -> dict:
        """Show open items as at a date, which the title names unless it is today.

        :param filters: names of filters that are switched on
        :param datetime.date at: empty = today, whenever it is looked at again
        """
        action = self.env["ir.actions.act_window"]._for_xml_id("account_open_balance.open_balance_item_action")
        name = name or self.env._("Open Items")
        if at:
            name = self.env._("%(what)s as of %(date)s", what=name, date=format_date(self.env, at))
        context = {f"search_default_{name}": 1 for name in filters}
        if at:
            context[DATE_KEY] = fields.Date.to_string(at)
        return {**action, "name": name, "display_name": name, "domain": list(domain), "context": context}

    def action_open_document(self):
        """Open the item's entry, or else its external item."""
        self.ensure_one()
        record = self.move_id.origin_payment_id or self.move_id or self.external_id
        return record._get_records_action(name=record.display_name)
