"""Which partners are a company's, so that its lists may name them and something is kept of them."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OpenBalanceOfCompany(models.AbstractModel):
    """What is kept of a partner in a company.

    A company's list holds the documents of its branches, so a branch's partner is one of the company's, too: that is
    wider than Odoo's own check of companies.
    """

    _name = "open.balance.of.company"
    _description = "Kept of a Partner in a Company"
    _check_company_auto = True

    @api.constrains("company_id", "partner_id")
    def _check_partner_of_company(self):
        for company, records in self.grouped("company_id").items():
            if records.partner_id - records.partner_id._filter_of_company(company):
                raise ValidationError(self.env._("The partner belongs to another company."))


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _filter_of_company(self, company):
        """Those of these partners that a list of a company may name: shared ones, its own, and those of the companies
        above and below it; as far as the user may read them.

        :rtype: res.partner
        """
        domain = Domain("id", "in", self.ids) & (
            Domain("company_id", "=", False)
            | Domain("company_id", "parent_of", company.ids)
            | Domain("company_id", "child_of", company.ids)
        )
        return self.with_context(active_test=False).search(domain).with_env(self.env)
