"""What is open of a partner, item by item, and how late it is."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _invalidate_open_balances(self):
        # EXTENDS: open items come from the same journal items
        super()._invalidate_open_balances()
        self.env["open.balance.item"].invalidate_model(flush=False)
