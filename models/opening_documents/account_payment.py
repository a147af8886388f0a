from odoo import api, fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    @api.model
    def _book_unallocated(self, vals_list, parts):
        """Create and post payments that are allocated to nothing: money that came in, or went out, before a migration.

        They are posted as those of ``_book_open_balance``, in the same vectors.

        :param list[dict] vals_list: values for ``create``, one per payment, as for ``_book_open_balance``
        :param list[tuple] parts: per payment the receivable or payable account, the amount in its currency and that in
            company currency, in ledger sign of what is paid: positive for a receipt
        :return: the payments, in the order of ``vals_list``
        :rtype: account.payment
        :raise UserError: if a date is locked, or a payment is not posted on its date
        """
        if not vals_list:
            return self.browse()
        self = self.with_context(tracking_disable=True)  # noqa: PLW0642  # as in _book_open_balance
        self._check_open_balance_dates(vals_list, [[] for _vals in vals_list])
        payments = self._create_by_import(
            [
                self._complete_unallocated_vals(vals, account)
                for vals, (account, *_amounts) in zip(vals_list, parts, strict=True)
            ]
        )
        payments._post_open_balance([[part] for part in parts])
        # Nothing will be reconciled with the clearing account: the money is where it belongs.
        payments.filtered(lambda payment: payment.state == "in_process").action_validate()
        return payments

    @api.model
    def _complete_unallocated_vals(self, vals, account):
        """Values for ``create``: what follows from the journal, and what is remembered for undo."""
        journal = self.env["account.journal"].browse(vals["journal_id"])
        return {
            "payment_method_line_id": self._get_open_balance_method_line(journal, vals["payment_type"]).id,
            "outstanding_account_id": journal.default_account_id.id,
            "destination_account_id": account.id,
            "partner_bank_id": False,  # no money is sent
            **vals,
            "open_balance_booking": {
                "date": fields.Date.to_string(fields.Date.to_date(vals["date"])),
                "partner_id": vals["partner_id"],
                "currency_id": vals["currency_id"],
                "amount": vals["amount"],
                "lines": [],
            },
        }

    def _remember_allocation(self, due_line, amount):
        """Note that the import has allocated the payment to a due line, so that Undo takes it for nobody's change."""
        self.ensure_one()
        booking = self.open_balance_booking
        # What is remembered of the booking is nobody's to write.
        self.sudo().open_balance_booking = {**booking, "lines": [*booking["lines"], [due_line.id, amount]]}
