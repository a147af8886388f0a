"""Tax of opening documents: a tax of the books with the amount of a list, whatever its rate says."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import formatLang


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _prepare_opening_base_line(self, amounts, **values):
        """What Odoo's tax computation needs of one row, with the row's own amounts.

        :param self: one tax
        :param dict amounts: ``net``, ``tax`` (document's currency), ``company_net`` and ``company_tax``, without sign
        :param values: further values of ``_prepare_base_line_for_taxes_computation``
        :rtype: dict
        """
        self.ensure_one()
        if not self._has_own_amount():
            return self._prepare_base_line_for_taxes_computation(
                None, tax_ids=self, quantity=1.0, price_unit=amounts["net"], special_mode="total_excluded", **values
            )
        manual = {
            "base_amount_currency": amounts["net"],
            "base_amount": amounts["company_net"],
            "tax_amount_currency": amounts["tax"],
            "tax_amount": amounts["company_tax"],
        }
        return self._prepare_base_line_for_taxes_computation(
            None,
            tax_ids=self,
            quantity=1.0,
            price_unit=amounts["net"] + (amounts["tax"] if self.price_include else 0.0),
            manual_total_excluded_currency=amounts["net"],
            manual_total_excluded=amounts["company_net"],
            manual_tax_amounts={str(self.id): manual},
            **values,
        )

    def _has_own_amount(self) -> bool:
        """Whether the tax can be given an amount: a group is computed by its parts, reverse charge is no amount."""
        return self.amount_type != "group" and not self.has_negative_factor

    @api.model
    def _prepare_opening_tax_items(self, base_lines, company):
        """The journal items of the rows of one document and of their taxes, by Odoo's own computation.

        :param list[dict] base_lines: see ``_prepare_opening_base_line``
        :return: values of each row's own item and of the tax items, with amounts in ledger sign
        :rtype: tuple[list[dict], list[dict]]
        """
        self._add_tax_details_in_base_lines(base_lines, company)
        self._round_base_lines_tax_details(base_lines, company)
        self._add_accounting_data_in_base_lines_tax_details(base_lines, company)
        results = self._prepare_tax_lines(base_lines, company)
        items = [
            {
                **to_update,
                "tax_ids": [Command.set(base_line["tax_ids"].ids)],
                "price_unit": base_line["price_unit"],
                "extra_tax_data": self._export_base_line_extra_tax_data(base_line),
            }
            for base_line, to_update in results["base_lines_to_update"]
        ]
        return items, [{**item, "display_type": "tax"} for item in results["tax_lines_to_add"]]

    def _check_opening_tax(self, document, currency, wanted, booked):
        """Refuse a tax that cannot be booked with the amount of the list.

        :param self: the document's taxes
        :param str document: its number
        :param float wanted: tax of the list, ledger sign of the document's items
        :param float booked: sum of the tax items
        """
        if currency.compare_amounts(wanted, booked):
            raise UserError(
                self.env._(
                    "%(document)s: the tax %(tax)s gives %(booked)s and not %(wanted)s, as in the list. "
                    "Use a tax that is neither a group nor reverse charge.",
                    document=document,
                    tax=", ".join(self.mapped("name")),
                    booked=formatLang(self.env, abs(booked), currency_obj=currency),
                    wanted=formatLang(self.env, abs(wanted), currency_obj=currency),
                )
            )
