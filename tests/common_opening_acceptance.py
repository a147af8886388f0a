from .common_opening_after import OpeningAfterCommon


class OpeningAcceptanceCommon(OpeningAfterCommon):
    """From the file to the books, by a clerk with the lowest right that may import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.company_data["default_tax_sale"]

    def _get_books(self, run):
        """Documents and payments that a run created, as tuples.

        :return: per document or unallocated payment: type, original number, partner, date, due date, total, what is
            open, state of payment, then date and amount of its payment (False and 0 without one)
        """
        lines = run.line_ids.sorted("id").filtered(lambda line: line.state == "done")
        documents = lines.grouped(lambda line: line.move_id or line.payment_id)
        return [
            self._describe_document(document, rows.payment_id)
            if document._name == "account.move"
            else self._describe_payment(document, rows.document_type)
            for document, rows in documents.items()
        ]

    def _describe_document(self, document, payment):
        items = document._get_open_balance_lines()
        self.assertEqual((document.state, len(payment)), ("posted", len(payment[:1])))
        return (
            document.open_balance_type,
            document.open_balance_number or "",
            document.partner_id.name,
            str(document.invoice_date),
            str(max(items.mapped("date_maturity"))),
            sum(items.mapped("amount_currency")),
            sum(items.mapped("amount_residual_currency")),
            document.payment_state,
            str(payment.date or ""),
            payment.amount,
        )

    @staticmethod
    def _describe_payment(payment, document_type):
        items = payment.move_id._get_open_balance_lines()
        return (
            document_type,
            payment.open_balance_number or "",
            payment.partner_id.name,
            str(payment.date),
            "",
            sum(items.mapped("amount_currency")),
            sum(items.mapped("amount_residual_currency")),
            payment.state,
            "",
            0.0,
        )

    def _get_items(self, moves):
        """Journal items as tuples: account's type, partner, balance in company currency, in the document's."""
        return [
            (item.account_id.account_type, item.partner_id.name or "", item.balance, item.amount_currency)
            for item in moves.line_ids.sorted("id")
        ]

    def _count_created(self):
        """Documents and payments of opening documents that are there, in whatever state."""
        return (
            self.env["account.move"].search_count([("open_balance_type", "!=", False)]),
            self.env["account.payment"].search_count([("journal_id", "=", self.opening.journal_id.id)])
            if self.opening.journal_id
            else 0,
        )

    def _get_clearing_balance(self):
        """What stands on the clearing account."""
        account = self.opening.journal_id.default_account_id
        items = self.env["account.move.line"].search([("account_id", "=", account.id), ("parent_state", "=", "posted")])
        return self.env.company.currency_id.round(sum(items.mapped("balance")))
