"""A run's opening documents on their way to the books: partners, documents, payments, in chunks of documents."""

from odoo import fields, models

from ...engine import PAYMENT_TYPES


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    transfer_id = fields.Many2one(
        "open.balance.transfer",
        readonly=True,
        copy=False,
        check_company=True,
        help="The opening documents of the run: the accounting package has them already.",
    )

    def _lock_opening_journals(self, keys):
        """Make the journals of some documents if need be, and keep other runs from booking in them meanwhile.

        Here and not where the documents are created: a journal that another run holds is no fault of a document.
        """
        lines = self._search_lines("planned", action=["create"], document_index=keys)
        documents = lines.filtered(lambda line: line.document_type not in PAYMENT_TYPES)
        # Of receipts alone nothing else would tell that another run is creating them at this moment.
        journals = self.source_id._get_journal()
        for journal_type in {line._get_opening_journal_type() for line in documents}:
            journals |= self.source_id._get_opening_journal(journal_type)
        journals._lock_for_opening()

    # === DOCUMENTS === #

    def _apply_opening_documents(self, groups):
        """Create documents, post them and pay what was paid of them, each step in one vector.

        :param list groups: lines by document
        """
        vals_list = [group._prepare_document_vals() for group in groups]
        moves = self.env["account.move"]._book_opening(vals_list, [group._get_opening_name() for group in groups])
        if self.source_id.opening_tax == "exact":
            moves._apply_declared_tax()
        for group, move in zip(groups, moves, strict=True):
            group._note({"move_id": move.id})
        paid = [(group, allocations) for group in groups if (allocations := group._get_opening_allocations())]
        # The tax of what was paid before was declared before: Odoo's own key keeps it from being booked again.
        Payment = self.env["account.payment"].with_context(no_cash_basis=not self.source_id.opening_cash_basis)
        payments = Payment._book_open_balance(
            [group._prepare_payment_vals() for group, _allocations in paid],
            [allocations for _group, allocations in paid],
        )
        for (group, _allocations), payment in zip(paid, payments, strict=True):
            group._note({"payment_id": payment.id})

    def _apply_unallocated(self, groups):
        """Book the money that is allocated to nothing.

        :param list groups: lines by payment
        """
        payments = self.env["account.payment"]._book_unallocated(
            [group._prepare_unallocated_vals() for group in groups],
            [group._get_unallocated_part() for group in groups],
        )
        for group, payment in zip(groups, payments, strict=True):
            group._note({"payment_id": payment.id})

    def _get_opening_transfer(self):
        """The transfer of the run's documents, made with the first of them: later lists may hold them.

        :rtype: open.balance.transfer
        """
        if not self.transfer_id:
            transfer = self.env["open.balance.transfer"].create(
                {"name": self.name, "company_id": self.company_id.id, "date": self.balance_date, "package_id": False}
            )
            transfer._confirm(self.balance_date)
            self._note({"transfer_id": transfer.id})
        return self.transfer_id


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    # === NEW PARTNERS === #

    def _apply_new_partners(self):
        """Create the partners that these lines need, once for each key, and set them on all lines of that key."""
        missing = self.filtered(lambda line: line.new_partner and not line.partner_id)
        if not missing:
            return
        lines = self.import_id._search_lines("planned", new_partner=list(set(missing.mapped("new_partner"))))
        groups = list(lines.grouped("new_partner").values())
        partners = (
            self.env["res.partner"]
            .with_company(self.company_id)
            .with_context(tracking_disable=True)
            .create([group._prepare_partner_vals() for group in groups])
        )
        for group, partner in zip(groups, partners, strict=True):
            group._note({"partner_id": partner.id})

    def _prepare_partner_vals(self) -> dict:
        """Values of the partner of these lines. Extension point.

        :param self: all lines of one new partner
        """
        vals = {
            "name": next(line.partner_name for line in self if line.partner_name),
            "is_company": True,
            "vat": next((line.partner_vat for line in self if line.partner_vat), False),
            "email": next((line.partner_email for line in self if line.partner_email), False),
        }
        for line in self.filtered("partner_number"):
            vals.setdefault("creditor_number" if line.kind == "payable" else "debtor_number", line.partner_number)
        return vals


class AccountMove(models.Model):
    _inherit = "account.move"

    def _apply_declared_tax(self):
        """Settle tax that was declared before with what takes it back in the same document.

        Both are there for tax that falls due with the payment; see ``_prepare_declared_items``.
        """
        plan = []
        for move in self:
            declared = move.line_ids.sorted("id").filtered(
                lambda line: (
                    line.account_id.reconcile and line.account_type not in ("asset_receivable", "liability_payable")
                )
            )
            taxes = declared.filtered("tax_repartition_line_id")
            for tax in taxes:
                backs = (declared - taxes).filtered(
                    lambda line, tax=tax: line.account_id == tax.account_id and not line.tax_ids
                )
                plan += [tax + back for back in backs[:1]]
                declared -= backs[:1]
        # Both have the document's rate: a difference could only be a cent of rounding.
        Line = self.env["account.move.line"].with_context(skip_invoice_sync=True, no_exchange_difference=True)
        Line._reconcile_plan([Line.browse(lines.ids) for lines in plan])
