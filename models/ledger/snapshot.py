"""One look at the books for one run: what the engine compares a list with.

A fixed number of queries, whatever the number of items or documents.
"""

import re
from collections import defaultdict
from decimal import Decimal
from functools import cached_property

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import BookItem, BookLine, BookPartner, BookPayment, ExternalItem, split_pattern
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
# Placeholder of a number pattern -> the same part of a document's name in SQL; zeros don't matter here.
PATTERN_PARTS = {
    "digits": "regexp_replace(account_move.name, '[^0-9]', '', 'g')",
    "last": "substring(account_move.name from '([0-9]+)[^0-9]*$')",
    "seq": "substring(account_move.name from '([0-9]+)[^0-9]*$')",
    "year": "substring(account_move.name from '(?:^|[^0-9])((?:19|20)[0-9]{2})[^0-9].*[0-9]')",
}
# Last columns of a document's row: since when the accounting package can know it.
KNOWN = ("transferred", "created", "opening")
ACCOUNT_TYPES = {"receivable": "asset_receivable", "payable": "liability_payable"}


def get_digits_key(number: str | None) -> str:
    """A number's digits without zeros: equal for any two numbers that matching could take for the same."""
    return re.sub("[^1-9]", "", number or "")


def get_text_key(number: str) -> str:
    """The same for numbers without digits: their letters and zeros, whatever the case."""
    return re.sub(r"[\W_]", "", number).lower()


class Snapshot:
    """What the books say at this moment, as far as a list can concern it.

    ``books``: open documents, and those that are not open but bear a number of the list; ``partners``; ``externals``;
    ``roundings`` and ``rates`` (company currency per unit at the balance date) by ISO code;
    ``ledgers``: balance of the receivable and payable accounts by kind, company currency, ledger sign.
    """

    def __init__(self, run, items, assigned=()):
        """Take the snapshot.

        :param run: the ``open.balance.import``, in its company
        :param items: what was read
        :param assigned: ids of documents that a person named, open or not
        """
        self.run = run
        self.env = run.env
        self.company = run.company_id
        self.companies = run.env["res.company"].browse(run.env.context["allowed_company_ids"])
        self._read_currencies()
        self.books = self._read_books(items, assigned)
        self.by_id = {book.id: book for book in self.books}
        self.partners = self._read_partners()
        self.externals = self._read_externals()
        self.external_by_id = {item.id: item for item in self.externals}

    # === DOCUMENTS === #

    def _read_books(self, items, assigned) -> list[BookItem]:
        """All documents that the list can concern, by partner, date and number."""
        Move = self.env["account.move"]
        self.env.flush_all()
        base = Domain(Move._get_open_balance_domain(self.companies))
        payments = self._read_payments()
        credited = [
            move_id
            for move_id, found in payments.items()
            if any(payment.open or payment.loose or payment.draft for payment in found)
        ]
        wanted = [*credited, *assigned]
        open_query = Move._search(base & Domain("state", "=", "posted") & self._get_open_domain())
        # Documents that are journal entries have no residual of their own: they may be in both queries.
        closed_query = Move._search(base & (Domain("state", "!=", "posted") | Domain("amount_residual", "=", 0)))
        numbers = sorted({text for item in items for text in (item.number, item.reference) if text})
        keys = sorted({get_digits_key(number) for number in numbers} - {""})
        plain = sorted({get_text_key(number) for number in numbers if not get_digits_key(number)} - {""})
        closed_query.add_where(
            SQL(
                "(account_move.id = ANY(%s) OR %s OR %s OR %s)",
                wanted,
                self._any_of("regexp_replace(%s, '[^1-9]', '', 'g')", keys),
                self._any_of("lower(regexp_replace(%s, '[[:space:][:punct:]]', '', 'g'))", plain),
                self._by_patterns(keys),
            )
        )
        ids = SQL("%s UNION ALL %s", open_query.select(), closed_query.select())
        lines = self._read_lines(ids)
        return [self._make_book(row, lines[row[0]], payments.get(row[0], ())) for row in self._read_moves(ids)]

    @staticmethod
    def _get_open_domain() -> Domain:
        """Documents of which something is open; opening documents that are journal entries have it on their lines."""
        due_lines = [
            ("account_type", "in", list(ACCOUNT_TYPES.values())),
            ("reconciled", "=", False),
            ("amount_residual_currency", "!=", 0),
        ]
        entries = Domain("move_type", "=", "entry") & Domain("open_balance_type", "!=", False)
        return Domain("amount_residual", "!=", 0) | (entries & Domain("line_ids", "any", due_lines))

    @staticmethod
    def _any_of(expression: str, values: list[str]) -> SQL:
        """Condition: one of a document's numbers, put into the expression, is among the values."""
        if not values:
            return SQL("FALSE")
        return SQL(" OR ").join(
            # A subquery without reference to the outer row is hashed once: one pass over the documents.
            SQL("%s IN (SELECT unnest(%s::varchar[]))", SQL(expression, SQL.identifier("account_move", column)), values)
            for column in ("name", "ref", "payment_reference", "open_balance_number")
        )

    def _by_patterns(self, keys: list[str]) -> SQL:
        """Condition: the source's lists write the document's name as one of the numbers; see :func:`get_digits_key`."""
        conditions = [SQL("FALSE")]
        for pattern in self.run.source_id._get_item_policy()["number_patterns"]:
            parts = [
                SQL(PATTERN_PARTS[placeholder]) if placeholder else SQL("%s", literal)
                for placeholder, literal in split_pattern(pattern)
            ]
            conditions.append(
                SQL(
                    "regexp_replace(%s, '[^1-9]', '', 'g') IN (SELECT unnest(%s::varchar[]))",
                    SQL(" || ").join(parts),
                    keys,
                )
            )
        return SQL(" OR ").join(conditions)

    def _read_moves(self, ids: SQL) -> list[tuple]:
        # Raw SQL: 100,000 records would cost half a gigabyte. The ids come from searches under record rules.
        return self.env.execute_query(
            SQL(
                """SELECT m.id, m.name, m.ref, m.payment_reference, m.open_balance_number, m.commercial_partner_id,
                          COALESCE(m.open_balance_type, m.move_type), m.state,
                          COALESCE(m.invoice_date, m.date), m.invoice_date_due, m.currency_id, t.date,
                          %s, m.open_balance_type IS NOT NULL
                     FROM account_move m
                LEFT JOIN open_balance_transfer t ON t.id = m.open_balance_transfer_id
                    WHERE m.id IN (%s)
                 ORDER BY m.commercial_partner_id, COALESCE(m.invoice_date, m.date), m.name, m.id""",
                self.company._get_open_balance_day_sql(SQL("m.create_date")),
                ids,
            )
        )

    def _read_lines(self, ids: SQL) -> dict[int, list[tuple]]:
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

    def _make_book(self, row, lines, payments) -> BookItem:
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

    def _read_payments(self) -> dict[int, list[BookPayment]]:
        """This addon's standing payments by the document that they were booked for, newest first."""
        rows = self.env.execute_query(
            SQL(
                """SELECT booked.move_id, p.id, p.name, p.state = 'draft', %(changed)s,
                          COALESCE((SELECT SUM((part->>1)::numeric)
                                      FROM jsonb_array_elements(p.open_balance_booking->'lines') part), 0)::text,
                          COALESCE(SUM(settled.own), 0)::text, SUM(l.amount_residual_currency)::text,
                          COALESCE(SUM(settled.other), 0) != 0, SUM(l.balance)::text
                     FROM (SELECT DISTINCT move_id, payment_id FROM open_balance_import_line
                            WHERE payment_id IS NOT NULL AND move_id IS NOT NULL AND state = 'done'
                              AND company_id = %(company)s) booked
                     JOIN account_payment p ON p.id = booked.payment_id AND p.state IN ('draft', 'in_process', 'paid')
                     JOIN account_move_line l ON l.move_id = p.move_id
                     JOIN account_account a ON a.id = l.account_id
                      AND a.account_type IN ('asset_receivable', 'liability_payable')
                     LEFT JOIN LATERAL (
                           SELECT SUM(part.amount) FILTER (WHERE other.move_id = booked.move_id) AS own,
                                  SUM(part.amount) FILTER (WHERE other.move_id != booked.move_id) AS other
                             FROM (SELECT debit_move_id AS other_id, debit_amount_currency AS amount
                                     FROM account_partial_reconcile WHERE credit_move_id = l.id
                                    UNION ALL
                                   SELECT credit_move_id, -credit_amount_currency
                                     FROM account_partial_reconcile WHERE debit_move_id = l.id) part
                             JOIN account_move_line other ON other.id = part.other_id
                          ) settled ON TRUE
                 GROUP BY booked.move_id, p.id
                 ORDER BY booked.move_id, p.id DESC""",
                changed=self._payment_changed(),
                company=self.company.id,
            )
        )
        payments = defaultdict(list)
        for move_id, *row in rows:
            if payment := self._make_payment(*row):
                payments[move_id].append(payment)
        return payments

    @staticmethod
    def _payment_changed() -> SQL:
        """Condition: a person changed a payment since it was booked; as ``_get_change_of_values`` says it."""
        return SQL(
            """(p.open_balance_booking IS NULL
                OR p.amount != (p.open_balance_booking->>'amount')::numeric
                OR p.date != (p.open_balance_booking->>'date')::date
                OR p.currency_id != (p.open_balance_booking->>'currency_id')::int
                OR (p.partner_id IS DISTINCT FROM (p.open_balance_booking->>'partner_id')::int
                    AND EXISTS (SELECT 1 FROM res_partner
                                 WHERE res_partner.id = (p.open_balance_booking->>'partner_id')::int)))"""
        )

    @staticmethod
    def _make_payment(payment_id, name, draft, changed, booked, settled, unallocated, elsewhere, company):
        """What is left of a payment: None if a person gave all of it to other documents.

        What is allocated to nothing is the credit that the booking left as such, else it is loose.

        :rtype: BookPayment | None
        """
        booked, settled, unallocated = Decimal(booked), Decimal(settled), Decimal(unallocated)
        missing = booked - settled
        loose = -min(abs(missing), abs(unallocated)) if missing > 0 else min(abs(missing), abs(unallocated))
        if loose * unallocated < 0:
            loose = Decimal(0)
        if changed:
            loose = unallocated
        if draft:
            unallocated = loose = Decimal(0)
        elif booked and not settled and not unallocated:
            return None
        return BookPayment(
            id=payment_id,
            amount=settled,
            open=unallocated - loose,
            elsewhere=elsewhere,
            loose=loose,
            changed=changed,
            draft=draft,
            name=name or "",
            company=Decimal(company),
        )

    # === PARTNERS, EXTERNAL ITEMS, CURRENCIES === #

    def _read_partners(self) -> list[BookPartner]:
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
                partners.append(
                    BookPartner(
                        id=partner_id,
                        name=(name or "") if active else "",
                        debtor_number=debtor or None,
                        creditor_number=creditor or None,
                        ref=ref or None,
                        vat=(vat or None) if active else None,
                        email=(email or None) if active else None,
                    )
                )
            partners += [BookPartner(partner_id, "", debtor_number=number) for number in split_numbers(debtors)]
            partners += [BookPartner(partner_id, "", creditor_number=number) for number in split_numbers(creditors)]
        return partners

    def _read_externals(self) -> list[ExternalItem]:
        """Open external items of this source, or of none."""
        items = self.env["open.balance.external.item"].search(
            [("company_id", "=", self.company.id), ("source_id", "in", (self.run.source_id.id, False))]
        )
        return [
            ExternalItem(
                id=item.id,
                kind=item.kind,
                partner_id=item.partner_id.id,
                number=item.number or None,
                date=item.date or None,
                due_date=item.due_date or None,
                currency=item.currency_id.name,
                balance=Decimal(str(item.balance)).quantize(self.roundings[item.currency_id.name]),
            )
            for item in items
        ]

    def _read_currencies(self):
        """Roundings, ids and codes of all currencies; rates at the balance date of those that have one."""
        currencies = self.env["res.currency"].with_context(active_test=False).search([])
        self.currency_ids = {currency.name: currency.id for currency in currencies}
        self.currency_codes = {currency.id: currency.name for currency in currencies}
        self.roundings = {currency.name: Decimal(str(currency.rounding)) for currency in currencies}
        rated = self.env["res.currency.rate"]._read_group(
            [("company_id", "in", (False, self.company.root_id.id)), ("name", "<=", self.run.balance_date)],
            ["currency_id"],
        )
        known = self.env["res.currency"].union(*(currency for (currency,) in rated)) | self.company.currency_id
        rates = known._get_rates(self.company, self.run.balance_date)
        own = rates[self.company.currency_id.id]
        self.rates = {currency.name: Decimal(str(own)) / Decimal(str(rates[currency.id])) for currency in known}

    @cached_property
    def ledgers(self) -> dict[str, Decimal]:
        """Balance of the receivable / payable accounts by kind, company currency."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("parent_state", "=", "posted"),
                ("company_id", "in", self.companies.ids),
                ("account_type", "in", list(ACCOUNT_TYPES.values())),
                ("reconciled", "=", False),
            ],
            ["account_type"],
            ["amount_residual:sum"],
        )
        sums = dict(groups)
        rounding = self.roundings[self.company.currency_id.name]
        return {
            kind: Decimal(str(sums.get(account_type, 0.0))).quantize(rounding)
            for kind, account_type in ACCOUNT_TYPES.items()
        }

    def get_company_amount(self, action) -> Decimal:
        """What an action changes or confirms, in company currency and ledger sign."""
        book = self.by_id.get(action.book_id)
        if action.payment and book:
            if abs(action.payment) == abs(book.residual):
                return book.company_residual
            return action.payment * book.company_total / book.total if book.total else action.payment
        if action.item is None and book:
            return book.company_residual
        return action.company_reported
