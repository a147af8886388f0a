"""What changes partners' open balances: they are computed in SQL, so that nothing else forgets what was read before."""

from odoo import api, models

# Fields of documents by which they are in a partner's balance or not.
BALANCE_MOVE_FIELDS = {
    "state", "partner_id", "move_type", "open_balance_type", "invoice_date", "date", "open_balance_transfer_id",
    "line_ids",
}  # fmt: skip


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        # EXTENDS 'account'
        result = super().write(vals)
        if not BALANCE_MOVE_FIELDS.isdisjoint(vals):
            self.env["res.partner"]._invalidate_open_balances()
        return result


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'account'
        partials = super().create(vals_list)
        self.env["res.partner"]._invalidate_open_balances()
        return partials

    def unlink(self):
        # EXTENDS 'account'
        result = super().unlink()
        self.env["res.partner"]._invalidate_open_balances()
        return result
