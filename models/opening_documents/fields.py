"""Opening documents: what a source, a run's lines and the documents themselves need to know of a migration."""

from odoo import fields, models

PER_OPENING = [("opening", "Opening documents")]
# Labels as in the template; receipts and payments to vendors are money that is allocated to nothing.
DOCUMENT_TYPES = [
    ("out_invoice", "Customer Invoice"),
    ("out_refund", "Customer Credit Note"),
    ("in_invoice", "Vendor Bill"),
    ("in_refund", "Vendor Credit Note"),
    ("receipt", "Customer Receipt"),
    ("vendor_payment", "Vendor Payment"),
]


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    per = fields.Selection(selection_add=PER_OPENING, ondelete={"opening": "set default"})
    opening_form = fields.Selection(
        [("document", "Invoices, bills and credit notes"), ("entry", "Journal entries")],
        "Created as",
        required=True,
        default="document",
        help="Journal entries have the same due dates, partners and numbers, but are no invoices: for countries where "
        "every invoice goes to an authority.",
    )
    opening_date = fields.Selection(
        [("document", "Date of the document"), ("opening", "Opening date")],
        "Accounting date",
        required=True,
        default="document",
        help="Invoice date and due date are always the original ones.",
    )
    opening_tax = fields.Selection(
        [("none", "Not booked: amounts are gross"), ("exact", "Booked as in the list")],
        "Tax",
        required=True,
        default="none",
        help="The tax was declared from the old system. Booked as in the list, it is in Odoo's tax report again.",
    )
    opening_cash_basis = fields.Boolean(
        "Cash basis tax of the paid part",
        help="Book the cash basis tax of what was paid in the old system once more.",
    )
    opening_allocate = fields.Boolean(
        "Allocate open credits",
        help="Afterwards, open credits and payments of a partner are allocated to its new documents, and its new "
        "credits to open documents, oldest first.",
    )
    opening_create_partners = fields.Boolean(
        "Create missing partners", help="A partner of the list that Odoo doesn't have is created, with its number."
    )
    opening_sale_journal_id = fields.Many2one(
        "account.journal",
        "Journal of customer documents",
        check_company=True,
        domain="[('type', '=', 'sale')]",
        help="Opening documents have journals of their own, made on first use.",
    )
    opening_purchase_journal_id = fields.Many2one(
        "account.journal", "Journal of vendor documents", check_company=True, domain="[('type', '=', 'purchase')]"
    )
    opening_entry_journal_id = fields.Many2one(
        "account.journal", "Journal of entries", check_company=True, domain="[('type', '=', 'general')]"
    )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    per = fields.Selection(selection_add=PER_OPENING, ondelete={"opening": "cascade"})
    # What the run's form shows of the source's settings.
    opening_form = fields.Selection(related="source_id.opening_form")
    opening_date = fields.Selection(related="source_id.opening_date")
    opening_tax = fields.Selection(related="source_id.opening_tax")
    opening_cash_basis = fields.Boolean(related="source_id.opening_cash_basis")
    opening_allocate = fields.Boolean(related="source_id.opening_allocate")
    opening_create_partners = fields.Boolean(related="source_id.opening_create_partners")
    payment_date = fields.Selection(related="source_id.payment_date")
    fixed_payment_date = fields.Date(related="source_id.fixed_payment_date")
    all_or_nothing = fields.Boolean(related="source_id.all_or_nothing")


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    action = fields.Selection(selection_add=[("create", "Create")], ondelete={"create": "cascade"})
    document_type = fields.Selection(DOCUMENT_TYPES, "Type", readonly=True)
    document_index = fields.Integer(
        readonly=True, aggregator=None, help="Rows of a run with the same number make one document; 0 = none."
    )
    new_partner = fields.Char(readonly=True, help="Lines with the same text get the same new partner.")
    partner_vat = fields.Char("Tax ID in the File", readonly=True)
    partner_email = fields.Char("E-mail in the File", readonly=True)
    total_amount = fields.Monetary("Total", readonly=True, help="With tax, in the document's currency.")
    tax_amount = fields.Monetary("Tax", readonly=True)
    company_total = fields.Monetary("Total (company currency)", currency_field="company_currency_id", readonly=True)
    tax_id = fields.Many2one("account.tax", "Tax Booked", readonly=True, ondelete="set null")
    description = fields.Char(readonly=True)
    period_start = fields.Date(readonly=True)
    period_end = fields.Date(readonly=True)
    analytic_distribution = fields.Json("Analytic", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    payment_term_id = fields.Many2one("account.payment.term", "Payment Terms", readonly=True, ondelete="set null")
    partial_ids = fields.Json(
        readonly=True, help="Reconciliations that the run made of the document, besides its own payment, for Undo."
    )

    _document_of_run = models.Index("(import_id, document_index) WHERE document_index > 0")


class AccountMove(models.Model):
    _inherit = "account.move"

    open_balance_type = fields.Selection(
        DOCUMENT_TYPES[:4],
        "Opening Document",
        copy=False,
        groups="base.group_user",
        readonly=True,
        index="btree_not_null",
        help="What it was in the system that the company came from. Opening documents are never sent and are no sales.",
    )
    open_balance_number = fields.Char(
        "Original Number",
        copy=False,
        groups="base.group_user",
        readonly=True,
        index="btree_not_null",
        help="Number of the document in the system that the company came from.",
    )
    open_balance_period_start = fields.Date("Period from", copy=False, groups="base.group_user", readonly=True)
    open_balance_period_end = fields.Date("Period to", copy=False, groups="base.group_user", readonly=True)


class AccountPayment(models.Model):
    _inherit = "account.payment"

    open_balance_number = fields.Char(
        "Original Number", copy=False, groups="base.group_user", readonly=True, index="btree_not_null"
    )
