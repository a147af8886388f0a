from odoo import api, models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    _inherit = "account.invoice.report"

    _depends = {"account.move": ["open_balance_type"]}

    @api.model
    def _where(self) -> SQL:
        # EXTENDS 'account': opening documents were sold, and counted, in the system that the company came from
        return SQL("%s AND move.open_balance_type IS NULL", super()._where())
