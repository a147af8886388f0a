"""The numbers by which the accounting package knows a partner."""

from odoo import api, fields, models

from .res_partner import GROUPS

# Kind of a list's item -> the partner's number, and its further ones.
NUMBER_FIELDS = {
    "receivable": ("debtor_number", "further_debtor_numbers"),
    "payable": ("creditor_number", "further_creditor_numbers"),
}
WRITTEN_BY_INVOICING = {"internal_credit_limit", *(name for names in NUMBER_FIELDS.values() for name in names)}


class ResPartner(models.Model):
    _inherit = "res.partner"

    debtor_number = fields.Char(
        company_dependent=True,
        copy=False,
        groups=GROUPS,
        help="The partner's number as a customer in the accounting package.",
    )
    creditor_number = fields.Char(
        company_dependent=True,
        copy=False,
        groups=GROUPS,
        help="The partner's number as a vendor in the accounting package.",
    )
    further_debtor_numbers = fields.Text(
        company_dependent=True,
        copy=False,
        groups=GROUPS,
        help="Other numbers by which lists may name the customer, one per line, such as that of a merged partner.",
    )
    further_creditor_numbers = fields.Text(
        company_dependent=True,
        copy=False,
        groups=GROUPS,
        help="Other numbers by which lists may name the vendor, one per line, such as that of a merged partner.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        # EXTENDS 'base': whoever only reads the books changes nothing by which lists find a partner, or stop at a limit
        may = super()._has_field_access(field, operation)
        if operation == "write" and field.name in WRITTEN_BY_INVOICING and not self.env.su:
            return may and self.env.user.has_group("account.group_account_invoice")
        return may

    def _get_open_balance_numbers(self, kind: str) -> list[str]:
        """All numbers of these partners as customer or vendor in the current company, the main ones first."""
        main, further = NUMBER_FIELDS[kind]
        texts = [partner[main] for partner in self]
        texts += [text for partner in self for text in split_numbers(partner[further])]
        return list(dict.fromkeys(text for text in texts if text))

    def _add_open_balance_numbers(self, kind: str, numbers: list[str]):
        """Let lists of the current company find the partner by these numbers as well."""
        main, further = NUMBER_FIELDS[kind]
        before = self._get_open_balance_numbers(kind)
        after = list(dict.fromkeys([*before, *numbers]))
        if after != before:
            self.write({main: after[0], further: "\n".join(after[1:])})

    def _merge_open_balance_numbers(self, others):
        """Keep the numbers of partners that are merged into this one, in every company, archived ones as well."""
        for company in self.env["res.company"].search([("active", "in", (True, False))]):
            partner = self.with_company(company)
            for kind in NUMBER_FIELDS:
                partner._add_open_balance_numbers(kind, others.with_company(company)._get_open_balance_numbers(kind))


def split_numbers(text: str | None) -> list[str]:
    """The numbers of a text that has one on each line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
