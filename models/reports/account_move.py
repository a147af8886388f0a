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
    open_balance_proposed_on = fields.Date(
        "Proposed for Payment",
        copy=False,
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="When the document was last in a payment proposal: it may be paid in the accounting package since.",
    )

    def _note_proposed(self, date):
        """Keep that the documents were proposed for payment."""
        # It says nothing of a document's content: allowed on posted, locked and hashed entries alike. By sudo, as
        # nobody writes it but by a proposal.
        self.check_access("write")
        self.sudo().write({"open_balance_proposed_on": date})
