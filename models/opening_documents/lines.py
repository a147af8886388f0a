"""What the rows of one opening document become: due items, clearing items, taxes, payments."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..ledger.account_payment import Allocation

# Type of the document -> type of the journal.
JOURNAL_TYPES = {"out_invoice": "sale", "out_refund": "sale", "in_invoice": "purchase", "in_refund": "purchase"}
ACCOUNT_FIELDS = {"receivable": "property_account_receivable_id", "payable": "property_account_payable_id"}


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    # === THE DOCUMENT === #

    def _prepare_document_vals(self) -> dict:
        """Values of the document of these rows, with all its items. Extension point.

        :param self: the lines of one opening document
        """
        first, run = self[0], self.import_id
        source = run.source_id
        total, company_total = sum(self.mapped("total_amount")), sum(self.mapped("company_total"))
        journal = source._get_opening_journal(self._get_opening_journal_type())
        date = first.date if source.opening_date == "document" else run.balance_date
        parts = self._get_due_parts()
        return {
            "move_type": first.document_type if source.opening_form == "document" else "entry",
            "journal_id": journal.id,
            "company_id": first.company_id.id,
            "partner_id": first.partner_id.id,
            "currency_id": first.currency_id.id,
            "date": date,
            "invoice_date": first.date,
            "invoice_date_due": max(parts),
            # The rate of the list, not that of Odoo: kept when a person edits the document.
            "invoice_currency_rate": abs(total / company_total) if company_total else 1.0,
            "ref": first.reference or first.number,
            "payment_reference": first.number,
            # Odoo would make the importing user the salesperson, and fill in the company's terms of today.
            "invoice_user_id": (first.salesperson_id or first.partner_id.user_id).id,
            "narration": False,
            "fiscal_position_id": False,
            "invoice_payment_term_id": self._get_kept_term(parts).id,
            "open_balance_type": first.document_type,
            "open_balance_number": first.number,
            "open_balance_period_start": min((day for day in self.mapped("period_start") if day), default=False),
            "open_balance_period_end": max((day for day in self.mapped("period_end") if day), default=False),
            "open_balance_transfer_id": run._get_opening_transfer().id,
            "line_ids": [
                Command.create(item) for item in (*self._prepare_due_items(parts), *self._prepare_clearing_items())
            ],
        }

    def _get_opening_journal_type(self) -> str:
        """Type of the journal of these rows' document."""
        if self.import_id.source_id.opening_form == "entry":
            return "general"
        return JOURNAL_TYPES[self[0].document_type]

    def _get_opening_name(self):
        """What Odoo shall call the document: a customer document bears its original number."""
        return self[0].number if self._get_opening_journal_type() == "sale" else False

    def _get_opening_account(self):
        """The receivable or payable account of the partner, as Odoo would take it.

        :rtype: account.account
        :raise UserError: if neither partner nor company has one
        """
        first = self[0]
        field = ACCOUNT_FIELDS[first.kind]
        partner = first.partner_id.with_company(first.company_id)
        account = partner[field] or first.company_id.partner_id.with_company(first.company_id)[field]
        if not account:
            raise UserError(
                self.env._(
                    "%(partner)s has no %(account)s, and the company has none either.",
                    partner=partner.display_name,
                    account=partner._fields[field]._description_string(self.env),
                )
            )
        return account

    # === DUE ITEMS === #

    def _get_due_parts(self) -> dict:
        """What falls due when: the rows' due dates are the document's instalments.

        :return: by due date, in their order: total, total in company currency, and what of it was paid
        """
        parts, currency = {}, self.currency_id
        for line in self:
            paid = line.payment_amount
            for date, amount, company_amount in line._split_by_terms():
                part = min(paid, amount, key=abs)
                paid = currency.round(paid - part)
                before = parts.get(date, (0.0, 0.0, 0.0))
                parts[date] = (before[0] + amount, before[1] + company_amount, before[2] + part)
        rounded = {
            date: (currency.round(amount), self.company_currency_id.round(company_amount), currency.round(paid))
            for date, (amount, company_amount, paid) in parts.items()
        }
        return dict(sorted(rounded.items()))

    def _split_by_terms(self) -> list:
        """When the row's total falls due: on its due date, else by its payment terms, else at once.

        :return: date, amount and amount in company currency of each instalment
        """
        self.ensure_one()
        if self.due_date or not self.payment_term_id:
            return [(self.due_date or self.date, self.total_amount, self.company_total)]
        return self.payment_term_id._get_opening_terms(self)

    def _get_kept_term(self, parts):
        """The payment terms, if they say of the document what its items say.

        :param dict parts: see ``_get_due_parts``
        :rtype: account.payment.term
        """
        term = self.payment_term_id[:1]
        # A discount would be granted from the day of the document on, and its date would be one more of each item.
        if not term or term.early_discount:
            return term.browse()
        planned = [(date, part[0], part[1]) for date, part in parts.items()]
        return term if sorted(term._get_opening_terms(self)) == planned else term.browse()

    def _prepare_due_items(self, parts) -> list[dict]:
        """Values of the receivable or payable items, one per due date."""
        first = self[0]
        account = self._get_opening_account()
        display_type = "payment_term" if first.import_id.source_id.opening_form == "document" else "product"
        return [
            {
                **self._prepare_common_item(),
                "display_type": display_type,
                "account_id": account.id,
                "name": first.number or first.reference or first._get_item_name(),
                "date_maturity": date,
                "amount_currency": amount,
                "balance": company_amount,
            }
            for date, (amount, company_amount, _paid) in parts.items()
        ]

    def _prepare_common_item(self) -> dict:
        """What all items of a document have, and what Odoo must not look for: analytic accounts, taxes."""
        first = self[0]
        return {
            "currency_id": first.currency_id.id,
            "partner_id": first.partner_id.commercial_partner_id.id,
            "analytic_distribution": False,
            "tax_ids": [],
        }

    # === CLEARING ITEMS AND TAXES === #

    def _prepare_clearing_items(self) -> list[dict]:
        """Values of the items on the clearing account, one per row, and of the tax items."""
        if self.import_id.source_id.opening_tax != "exact" or not (self.tax_id or any(self.mapped("tax_amount"))):
            return [line._prepare_clearing_item(line.total_amount, line.company_total) for line in self]
        taxed = self.filtered("tax_id")
        untaxed = [line._prepare_clearing_item(line.total_amount, line.company_total) for line in self - taxed]
        if any((self - taxed).mapped("tax_amount")):
            raise UserError(
                self.env._("%(document)s has a tax amount, but no tax. Plan again.", document=self._get_item_name())
            )
        bases, taxes = self.tax_id._prepare_opening_tax_items(
            [line._prepare_base_line() for line in taxed], self.company_id
        )
        items = [
            {**line._prepare_clearing_item(line.total_amount, line.company_total), **base}
            for line, base in zip(taxed, bases, strict=True)
        ]
        self._fit_tax_items(taxed, items, taxes)
        taxes = [{**self._prepare_common_item(), **item} for item in taxes]
        return [*untaxed, *items, *taxes, *self._prepare_declared_items(taxes)]

    def _prepare_clearing_item(self, amount, company_amount) -> dict:
        """Values of the row's own item: the other side of what is due, without tax.

        :param float amount: document's currency, ledger sign of what is due
        """
        self.ensure_one()
        is_document = self.import_id.source_id.opening_form == "document"
        return {
            **self._prepare_common_item(),
            "display_type": "product",
            "account_id": self.import_id.source_id._get_journal().default_account_id.id,
            "name": self._get_item_name(),
            "quantity": 1.0,
            "price_unit": abs(amount) if is_document else 0.0,
            "amount_currency": -amount,
            "balance": -company_amount,
            "analytic_distribution": self.analytic_distribution or False,
        }

    def _get_item_name(self) -> str:
        """What stands for the document's content."""
        first = self[0]
        return first.description or first.reference or first.number or self.env._("Opening balance")

    def _prepare_base_line(self) -> dict:
        """What Odoo's tax computation needs of the row."""
        self.ensure_one()
        currency, company_currency = self.currency_id, self.company_currency_id
        company_tax = company_currency.round(self.company_total * self.tax_amount / self.total_amount)
        return self.tax_id._prepare_opening_base_line(
            {
                "net": currency.round(abs(self.total_amount - self.tax_amount)),
                "tax": abs(self.tax_amount),
                "company_net": company_currency.round(abs(self.company_total - company_tax)),
                "company_tax": abs(company_tax),
            },
            currency_id=currency,
            rate=abs(self.total_amount / self.company_total) if self.company_total else 1.0,
            sign=-1.0 if self.total_amount > 0 else 1.0,
            is_refund=self.document_type in ("out_refund", "in_refund"),
            partner_id=self.partner_id,
            account_id=self.import_id.source_id._get_journal().default_account_id,
            analytic_distribution=self.analytic_distribution or None,
        )

    def _fit_tax_items(self, taxed, items, taxes):
        """Check the tax, and put a cent that a computed tax leaves in company currency to the first row.

        :param taxed: the rows with tax
        :param list[dict] items: their own items
        :param list[dict] taxes: the tax items
        """
        wanted = -sum(taxed.mapped("tax_amount"))
        taxed.tax_id._check_opening_tax(
            self._get_item_name(), self.currency_id, wanted, sum(item["amount_currency"] for item in taxes)
        )
        rest = -sum(taxed.mapped("company_total")) - sum(item["balance"] for item in (*items, *taxes))
        items[0]["balance"] = self.company_currency_id.round(items[0]["balance"] + rest)

    def _prepare_declared_items(self, taxes) -> list[dict]:
        """For tax that falls due with the payment: what of it was paid, and declared, before.

        It leaves the tax item again, so that what is paid from now on books its own share and no more.

        :param list[dict] taxes: the tax items
        """
        if self.import_id.source_id.opening_cash_basis:
            return []
        share = sum(self.mapped("payment_amount")) / sum(self.mapped("total_amount"))
        items = []
        for tax in taxes:
            repartition = self.env["account.tax.repartition.line"].browse(tax["tax_repartition_line_id"])
            amount = self.currency_id.round(tax["amount_currency"] * share)
            if repartition.tax_id.tax_exigibility == "on_payment" and amount:
                company_amount = self.company_currency_id.round(tax["balance"] * share)
                item = self[0]._prepare_clearing_item(amount, company_amount)
                item |= {"analytic_distribution": False, "name": self.env._("Tax declared before")}
                items.append(item | {"amount_currency": amount, "balance": company_amount})
                items.append(item | {"account_id": tax["account_id"], "price_unit": -item["price_unit"]})
        return items

    # === PAYMENTS === #

    def _get_opening_allocations(self) -> list[Allocation]:
        """What the payment of the paid part takes off which due item of the document that was just created."""
        items = {item.date_maturity: item for item in self.move_id._get_open_balance_lines()}
        return [
            Allocation(items[date], paid)
            for date, (_amount, _company_amount, paid) in self._get_due_parts().items()
            if not self.currency_id.is_zero(paid)
        ]

    def _prepare_unallocated_vals(self) -> dict:
        """Values of the payment of a receipt, or of a payment to a vendor. Extension point."""
        first = self[0]
        amount = sum(self.mapped("reported_balance"))
        return {
            "payment_type": "inbound" if amount < 0 else "outbound",
            "partner_type": "supplier" if first.kind == "payable" else "customer",
            "partner_id": first.partner_id.id,
            "company_id": first.company_id.id,
            "currency_id": first.currency_id.id,
            "journal_id": first.import_id.source_id._get_journal().id,
            "date": first.date,
            "amount": first.currency_id.round(abs(amount)),
            "memo": first.reference or first.number or first._get_item_name(),
            "open_balance_number": first.number,
        }

    def _get_unallocated_part(self) -> tuple:
        """Account and amounts of that payment, see ``account.payment._book_unallocated``."""
        return (
            self._get_opening_account(),
            -sum(self.mapped("reported_balance")),
            -sum(self.mapped("company_reported")),
        )


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _get_opening_terms(self, lines) -> list:
        """When the total of these rows falls due by the terms.

        :param lines: import lines of one document
        :return: date, amount and amount in company currency of each instalment, in ledger sign
        """
        total, company_total = sum(lines.mapped("total_amount")), sum(lines.mapped("company_total"))
        terms = self._compute_terms(
            date_ref=lines[0].date,
            currency=lines.currency_id,
            company=lines.company_id,
            tax_amount=0.0,
            tax_amount_currency=0.0,
            sign=1 if total > 0 else -1,
            untaxed_amount=company_total,
            untaxed_amount_currency=total,
        )
        return [
            (
                term["date"],
                lines.currency_id.round(term["foreign_amount"]),
                lines.company_currency_id.round(term["company_amount"]),
            )
            for term in terms["line_ids"]
        ]
