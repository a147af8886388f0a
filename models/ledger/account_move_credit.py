from odoo import models
from odoo.tools import format_date, formatLang


class AccountMove(models.Model):
    _inherit = "account.move"

    def _build_credit_warning_message(self, record, current_amount=0.0, exclude_current=False, exclude_amount=0.0):
        # EXTENDS 'account': where a list was imported, what counts is what the partner really owes
        partner = record.partner_id.commercial_partner_id.with_company(record.company_id)
        if not partner.open_balance_date:
            return super()._build_credit_warning_message(record, current_amount, exclude_current, exclude_amount)
        to_invoice = partner.credit_to_invoice - exclude_amount
        total = partner.open_balance_total + to_invoice + current_amount
        if not partner.credit_limit or total <= partner.credit_limit:
            return ""
        currency = record.company_id.currency_id
        message = self.env._(
            "%(partner)s has reached its credit limit of %(limit)s: %(total)s with this document and sales orders. "
            "Of this %(imported)s are from the open item list of %(date)s, %(newer)s from newer invoices.",
            partner=partner.name,
            limit=formatLang(self.env, partner.credit_limit, currency_obj=currency),
            total=formatLang(self.env, total, currency_obj=currency),
            imported=formatLang(self.env, partner.open_balance_import, currency_obj=currency),
            newer=formatLang(self.env, partner.open_balance_invoices, currency_obj=currency),
            date=format_date(self.env, partner.open_balance_date),
        )
        notes = (partner._get_incomplete_message(), partner._get_stale_message())
        return "\n".join(text for text in (message, *notes) if text)
