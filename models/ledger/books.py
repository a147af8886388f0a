"""Documents and partners of a company's books as the engine's values, read without making records of them."""

from collections import defaultdict
from decimal import Decimal

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import BookItem, BookLine, BookPartner
from .res_partner_numbers import split_numbers

# Type of a document -> kind of a list's item
KINDS = {
    "out_invoice": "receivable",
    "out_refund": "receivable",
    "out_receipt": "receivable",
    "in_invoice": "payable",
    "in_refund": "payable",
    "in_receipt": "payable",
}
# Last columns of a document's row: since when the accounting package can know it.
KNOWN = ("transferred", "created", "opening", "pending")
ACCOUNT_TYPES = {"receivable": "asset_receivable", "payable": "liability_payable"}


class Books:
    """What the books of a run's company and its branches hold.

    ``companies``: the company and those of its branches that the user may enter.
    """

    def __init__(self, run):
        """Look at the books of a run.

        :param run: the ``open.balance.import``, in its company
        """
        self.run = run
        self.env = run.env
        self.company = run.company_id
        self.companies = run.env["res.company"].browse(run.env.context["allowed_company_ids"])
        self.currencies = self.env["res.currency"].with_context(active_test=False).search([])
        self.currency_codes = {currency.id: currency.name for currency in self.currencies}

    def get_domain(self) -> Domain:
        """Documents of every state that lists can concern."""
        return Domain(self.env["account.move"]._get_open_balance_domain(self.companies))

    @staticmethod
    def get_open_domain() -> Domain:
        """Posted documents of which something is open; opening documents that are journal entries have it on their
        lines."""
        due_lines = [
            ("account_type", "in", list(ACCOUNT_TYPES.values())),
            ("reconciled", "=", False),
            ("amount_residual_currency", "!=", 0),
        ]
        entries = Domain("move_type", "=", "entry") & Domain("open_balance_type", "!=", False)
        is_open = Domain("amount_residual", "!=", 0) | (entries & Domain("line_ids", "any", due_lines))
        return Domain("state", "=", "posted") & is_open

    def read_moves(self, ids: SQL) -> list[tuple]:
        # Raw SQL: 100,000 records would cost half a gigabyte. The ids come from searches under record rules.
        return self.env.execute_query(
            SQL(
                """SELECT m.id, m.name, m.ref, m.payment_reference, m.open_balance_number, m.commercial_partner_id,
                          COALESCE(m.open_balance_type, m.move_type), m.state,
                          COALESCE(m.invoice_date, m.date), m.invoice_date_due, m.currency_id, t.confirmed_on,
                          %s, m.open_balance_type IS NOT NULL, COALESCE(t.state = 'handed_over', FALSE)
                     FROM account_move m
                LEFT JOIN open_balance_transfer t ON t.id = m.open_balance_transfer_id
                    WHERE m.id IN (%s)
                 ORDER BY m.commercial_partner_id, COALESCE(m.invoice_date, m.date), m.name, m.id""",
                self.company._get_open_balance_day_sql(SQL("m.create_date")),
                ids,
            )
        )

    def read_lines(self, ids: SQL) -> dict[int, list[tuple]]:
        """Per document its receivable / payable lines: id, due date, amounts in ledger sign as text, currency."""
        lines = defaultdict(list)
        for move_id, *line in self.env.execute_query(
            SQL(
                """SELECT l.move_id, l.id, l.date_maturity, l.amount_currency::text, l.amount_residual_currency::text,
                          l.balance::text, l.amount_residual::text, l.currency_id
                     FROM account_move_line l
                     JOIN account_account a ON a.id = l.account_id
                    WHERE l.move_id IN (%s) AND a.account_type IN ('asset_receivable', 'liability_payable')
                 ORDER BY l.date_maturity, l.id""",
                ids,
            )
        ):
            lines[move_id].append(line)
        return lines

    def make_book(self, row, lines, payments=()) -> BookItem:
        (
            move_id,
            name,
            ref,
            payment_reference,
            original_number,
            partner_id,
            document_type,
            state,
            date,
            due_date,
            currency_id,
            *known,
        ) = row
        currency = self.currency_codes[lines[0][6] if lines else currency_id]
        total, residual, company_total, company_residual = (
            sum((Decimal(line[column]) for line in lines), Decimal(0)) for column in (2, 3, 4, 5)
        )
        return BookItem(
            id=move_id,
            kind=KINDS[document_type],
            partner_id=partner_id or 0,
            name=name or "",
            reference=ref,
            payment_reference=payment_reference,
            date=date,
            # Lines come by due date; an entry has it there only.
            due_date=due_date or (lines[-1][1] if lines else None),
            state=state,
            currency=currency,
            total=total,
            residual=residual,
            company_total=company_total,
            company_residual=company_residual,
            **dict(zip(KNOWN, known, strict=True)),
            lines=tuple(self._make_line(*line) for line in lines),
            payments=tuple(payments),
            original_number=original_number or None,
        )

    @staticmethod
    def _make_line(line_id, due_date, total, residual, company_total, company_residual, _currency_id) -> BookLine:
        amounts = map(Decimal, (residual, total, company_total, company_residual))
        return BookLine(line_id, due_date, *amounts)

    def read_partners(self) -> list[BookPartner]:
        """Every partner and contact of the company; archived ones only by their numbers."""
        Partner = self.env["res.partner"].with_context(active_test=False).with_company(self.company)
        query = Partner._search(Partner._check_company_domain(self.company))
        columns = ("commercial_partner_id", "name", "debtor_number", "creditor_number", "ref", "vat", "email", "active")
        columns += ("further_debtor_numbers", "further_creditor_numbers")
        fields = [Partner._field_to_sql(query.table, column, query) for column in columns]
        partners = []
        for partner_id, name, debtor, creditor, ref, vat, email, active, debtors, creditors in self.env.execute_query(
            query.select(*fields)
        ):
            if partner_id and (active or debtor or creditor or ref):
                about = (name, vat, email) if active else (None, None, None)
                partners.append(self._make_partner(partner_id, debtor, creditor, ref, *about))
            partners += [BookPartner(partner_id, "", debtor_number=number) for number in split_numbers(debtors)]
            partners += [BookPartner(partner_id, "", creditor_number=number) for number in split_numbers(creditors)]
        return partners

    @staticmethod
    def _make_partner(partner_id, debtor, creditor, ref, name, vat, email) -> BookPartner:
        return BookPartner(
            id=partner_id,
            name=name or "",
            debtor_number=debtor or None,
            creditor_number=creditor or None,
            ref=ref or None,
            vat=vat or None,
            email=email or None,
        )
