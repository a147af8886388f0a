from odoo import api, fields, models

KINDS = ("account", "journal", "tax", "payment_term", "analytic_account")


class OpenBalancePackageCode(models.Model):
    """What an account, a journal, a tax, a payment term or an analytic account is called in the accounting package."""

    _name = "open.balance.package.code"
    _description = "Accounting Package Code"
    _order = "kind, name"
    _rec_name = "code"
    _check_company_auto = True

    package_id = fields.Many2one("open.balance.package", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="package_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("account", "Account"),
            ("journal", "Journal"),
            ("tax", "Tax"),
            ("payment_term", "Payment Term"),
            ("analytic_account", "Analytic Account"),
        ],
        compute="_compute_kind",
        store=True,
    )
    name = fields.Char(compute="_compute_kind", store=True)
    account_id = fields.Many2one("account.account", ondelete="cascade", check_company=True)
    journal_id = fields.Many2one("account.journal", ondelete="cascade", check_company=True)
    tax_id = fields.Many2one("account.tax", ondelete="cascade", check_company=True)
    payment_term_id = fields.Many2one("account.payment.term", ondelete="cascade", check_company=True)
    analytic_account_id = fields.Many2one("account.analytic.account", ondelete="cascade", check_company=True)
    code = fields.Char(help="Its code in the accounting package.")
    reverse_code = fields.Char(
        "Code on credit notes",
        help="Where it differs: so that credit notes do not have the numbers of invoices in one journal.",
    )
    automatic = fields.Boolean("Computes VAT", help="The account computes its VAT itself there: it needs no VAT code.")
    company_currency_only = fields.Boolean(help="The journal there takes no document in another currency.")
    used = fields.Integer("Documents", readonly=True, help="In how many documents of the last 12 months it was found.")

    _one_reference = models.Constraint(
        "CHECK (num_nonnulls(account_id, journal_id, tax_id, payment_term_id, analytic_account_id) = 1)",
        "A code is of one account, journal, tax, payment term or analytic account.",
    )
    _account_unique = models.UniqueIndex("(package_id, account_id) WHERE account_id IS NOT NULL")
    _journal_unique = models.UniqueIndex("(package_id, journal_id) WHERE journal_id IS NOT NULL")
    _tax_unique = models.UniqueIndex("(package_id, tax_id) WHERE tax_id IS NOT NULL")
    _payment_term_unique = models.UniqueIndex("(package_id, payment_term_id) WHERE payment_term_id IS NOT NULL")
    _analytic_account_unique = models.UniqueIndex(
        "(package_id, analytic_account_id) WHERE analytic_account_id IS NOT NULL"
    )

    @api.depends("account_id", "journal_id", "tax_id", "payment_term_id", "analytic_account_id")
    def _compute_kind(self):
        for code in self:
            code.kind = next((kind for kind in KINDS if code[f"{kind}_id"]), False)
            code.name = code[f"{code.kind}_id"].display_name if code.kind else ""
