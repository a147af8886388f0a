from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_open_balance_company_amount(self, amount):
        """What a part of this due line is in company currency, at the line's own rate.

        The whole residual gives exactly the residual in company currency. A part gives what leaves the rest
        proportional to the line: taking it off never adds up cents that an exchange difference would have to clear.

        :param float amount: document currency, ledger sign, not above the residual
        :return: company currency, ledger sign
        :rtype: float
        """
        self.ensure_one()
        if self.currency_id == self.company_currency_id:
            return self.currency_id.round(amount)
        if self.currency_id.compare_amounts(amount, self.amount_residual_currency) == 0:
            return self.amount_residual
        rest = self._convert_at_own_rate(self.amount_residual_currency - amount)
        company_amount = self.company_currency_id.round(self.amount_residual - rest)
        # Less than a cent in company currency: Odoo refuses a line whose two amounts have opposite signs.
        return company_amount if company_amount * amount > 0 else 0.0

    def _convert_at_own_rate(self, amount):
        """Convert from the line's currency to company currency, as the line itself was converted.

        :param float amount: document currency
        :return: company currency, rounded
        :rtype: float
        """
        self.ensure_one()
        if self.amount_currency:
            return self.company_currency_id.round(amount * self.balance / self.amount_currency)
        return self.company_currency_id.round(amount / self.currency_rate)

    def _prepare_move_line_residual_amounts(
        self, aml_values, counterpart_currency, shadowed_aml_values=None, other_aml_values=None
    ):
        """A document line that meets the payment booked for it takes the rate of that payment.

        Odoo would convert the paid part anew and book an exchange difference for the cent that rounding leaves.
        The payment was booked at the document's own rate: there is no difference to book.
        """
        # EXTENDS 'account'
        amounts = super()._prepare_move_line_residual_amounts(
            aml_values,
            counterpart_currency,
            shadowed_aml_values=shadowed_aml_values,
            other_aml_values=other_aml_values,
        )
        line = aml_values["aml"]
        other = (other_aml_values or {}).get("aml")
        if (
            other
            and line.currency_id == counterpart_currency != line.company_currency_id
            and counterpart_currency in amounts
            and line.id in other.move_id.origin_payment_id._get_open_balance_targets()
        ):
            # A part that is worth less than a cent takes none off: for Odoo that is no rate at all.
            amounts[counterpart_currency]["rate"] = abs(other.amount_currency / other.balance) if other.balance else 0.0
        return amounts
