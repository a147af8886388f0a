from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS 'base': Odoo would refuse two current balances of one partner, and keep one partner's numbers only
        self._merge_open_balances(src_partners, dst_partner)
        # By sudo: whoever may merge partners need not see the numbers, nor all companies.
        dst_partner.sudo()._merge_open_balance_numbers(src_partners.sudo())
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # EXTENDS 'base': what is owed is the company's, if the partner that stays is a contact of one
        result = super()._update_values(src_partners, dst_partner)
        if dst_partner.commercial_partner_id != dst_partner:
            self._merge_open_balances(dst_partner, dst_partner.commercial_partner_id)
        return result

    @api.model
    def _merge_open_balances(self, sources, target):
        """Give another partner what was imported for some."""
        # As above: no right to import is needed.
        for model in ("open.balance.partner.balance", "open.balance.external.item"):
            self.env[model].sudo()._merge_partners(sources, target)
