from odoo import Command, fields

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.account_open_balance.models.ledger.account_payment import Allocation

DOCUMENT_DATE = "2026-03-10"
BOOKING_DATE = "2026-08-31"
CUSTOMER_TYPES = ("out_invoice", "out_refund", "out_receipt")


class BookingCommon(AccountTestInvoicingCommon):
    """A company with a clearing journal and a currency whose rate changed between document and payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.foreign = cls.setup_other_currency("EUR", rates=[("2026-01-01", 0.8737), ("2026-08-01", 0.91)])
        cls.journal = cls.env["account.journal"]._create_open_balance_journal(cls.company, "Clearing")
        cls.immediate = cls.env.ref("account.account_payment_term_immediate")

    @classmethod
    def _create_document(cls, amount, move_type="out_invoice", currency=None, term=None, **values):
        """Create and post a document of one line without tax."""
        return cls._create_invoice_one_line(
            price_unit=amount,
            tax_ids=values.pop("tax_ids", None) or [Command.clear()],
            name="line",
            post=True,
            move_type=move_type,
            invoice_date=DOCUMENT_DATE,
            partner_id=values.pop("partner", cls.partner_a).id,
            currency_id=(currency or values.pop("company", cls.company).currency_id).id,
            invoice_payment_term_id=(term or cls.immediate).id,
            **values,
        )

    @classmethod
    def _create_cash_basis_invoice(cls):
        """An invoice of 120, of which 20 are a tax that falls due with the payment."""
        cls.company.tax_exigibility = True
        account = cls.copy_account(cls.company_data["default_account_tax_sale"], {"reconcile": True})
        tax = cls.env["account.tax"].create(
            {
                "name": "Cash basis",
                "amount": 20,
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": account.id,
            }
        )
        return cls._create_document(100, tax_ids=[Command.set(tax.ids)])

    @classmethod
    def _get_due_lines(cls, document):
        lines = document.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return lines.sorted("date_maturity")

    @classmethod
    def _prepare_booking(cls, document, *parts, **values):
        """Values and allocations of one document's payment.

        :param parts: amount, or (amount, excess), per due line; without parts each line's whole residual
        """
        lines = cls._get_due_lines(document)
        parts = [part if isinstance(part, tuple) else (part, 0.0) for part in parts]
        parts = parts or [(line.amount_residual_currency, 0.0) for line in lines]
        allocations = [
            Allocation(line, amount, excess)
            for line, (amount, excess) in zip(lines, parts, strict=True)
            if amount or excess
        ]
        total = sum(amount + excess for amount, excess in parts)
        return {
            "payment_type": "inbound" if total > 0 else "outbound",
            "partner_type": "customer" if document.move_type in CUSTOMER_TYPES else "supplier",
            "partner_id": document.commercial_partner_id.id,
            "company_id": document.company_id.id,
            "currency_id": document.currency_id.id,
            "journal_id": cls.journal.id,
            "date": fields.Date.to_date(BOOKING_DATE),
            "memo": document.name,
            "amount": document.currency_id.round(abs(total)),
            **values,
        }, allocations

    @classmethod
    def _book(cls, document, *parts, env=None, **values):
        """Book one document's payment.

        :rtype: account.payment
        """
        vals, allocations = cls._prepare_booking(document, *parts, **values)
        return (env or cls.env)["account.payment"]._book_open_balance([vals], [allocations])

    @classmethod
    def _book_all(cls, bookings):
        """Book what ``_prepare_booking`` gave for several documents, in one go.

        :rtype: account.payment
        """
        vals_list, allocations_list = zip(*bookings, strict=True)
        return cls.env["account.payment"]._book_open_balance(list(vals_list), list(allocations_list))

    def _get_exchange_moves(self):
        return self.env["account.move"].search([("journal_id", "=", self.company.currency_exchange_journal_id.id)])

    def assertPaid(self, payments):
        """The payments are through in either edition; none waits for a bank statement."""
        expected = {"state": "paid", "is_matched": True, "is_reconciled": True}
        self.assertRecordValues(payments, [expected] * len(payments))

    def assertEntry(self, payment, expected):
        """The journal items of a payment: account, amount in its currency, balance, open balance."""
        self.assertRecordValues(
            payment.move_id.line_ids.sorted("id"),
            [
                dict(zip(("account_id", "amount_currency", "balance", "amount_residual"), row, strict=True))
                for row in expected
            ],
        )
