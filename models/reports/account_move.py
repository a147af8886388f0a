from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    open_balance_dispute_reason = fields.Char(
        "Reason of the Dispute",
        copy=False,
        tracking=True,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Why the document is not paid, or its payment is blocked; shown with open items.",
    )
