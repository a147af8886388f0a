"""One look at the books for one run: what the engine compares a list with.

A fixed number of queries, whatever the number of items or documents.
"""

import re
from collections import defaultdict
from decimal import Decimal
from functools import cached_property

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import BookItem, BookPayment, ExternalItem, split_pattern
from .books import ACCOUNT_TYPES, Books

# Placeholder of a number pattern -> the same part of a document's name in SQL; zeros don't matter here.
PATTERN_PARTS = {
    "digits": "regexp_replace(account_move.name, '[^0-9]', '', 'g')",
    "last": "substring(account_move.name from '([0-9]+)[^0-9]*$')",
    "seq": "substring(account_move.name from '([0-9]+)[^0-9]*$')",
    "year": "substring(account_move.name from '(?:^|[^0-9])((?:19|20)[0-9]{2})[^0-9].*[0-9]')",
}


def get_digits_key(number: str | None) -> str:
    """A number's digits without zeros: equal for any two numbers that matching could take for the same."""
    return re.sub("[^1-9]", "", number or "")


def get_text_key(number: str) -> str:
    """The same for numbers without digits: their letters and zeros, whatever the case."""
    return re.sub(r"[\W_]", "", number).lower()


class Snapshot(Books):
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
        super().__init__(run)
        self._read_currencies()
        self.books = self._read_books(items, assigned)
        self.by_id = {book.id: book for book in self.books}
        self.partners = self.read_partners()
        self.externals = self._read_externals()
        self.external_by_id = {item.id: item for item in self.externals}

    # === DOCUMENTS === #

    def _read_books(self, items, assigned) -> list[BookItem]:
        """All documents that the list can concern, by partner, date and number."""
        Move = self.env["account.move"]
        self.env.flush_all()
        base = self.get_domain()
        payments = self._read_payments()
        credited = [
            move_id
            for move_id, found in payments.items()
            if any(payment.open or payment.loose or payment.draft for payment in found)
        ]
        wanted = [*credited, *assigned]
        open_query = Move._search(base & self.get_open_domain())
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
        lines = self.read_lines(ids)
        return [self.make_book(row, lines[row[0]], payments.get(row[0], ())) for row in self.read_moves(ids)]

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

    def _read_payments(self) -> dict[int, list[BookPayment]]:
        """This addon's standing payments by the document that they were booked for, newest first."""
        rows = self.env.execute_query(
            SQL(
                """SELECT booked.move_id, p.id, p.name, p.state = 'draft', %(changed)s,
                          COALESCE((SELECT SUM((part->>1)::numeric)
                                      FROM jsonb_array_elements(p.open_balance_booking->'lines') part), 0)::text,
                          COALESCE(SUM(settled.own), 0)::text, SUM(l.amount_residual_currency)::text,
                          COALESCE(SUM(settled.other), 0) != 0, SUM(l.balance)::text,
                          jsonb_agg(settled.parts) FILTER (WHERE settled.parts IS NOT NULL)
                     FROM (SELECT DISTINCT move_id, payment_id FROM open_balance_import_line
                            WHERE payment_id IS NOT NULL AND move_id IS NOT NULL AND state = 'done'
                              AND company_id = %(company)s) booked
                     JOIN account_payment p ON p.id = booked.payment_id AND p.state IN ('draft', 'in_process', 'paid')
                     JOIN account_move_line l ON l.move_id = p.move_id
                     JOIN account_account a ON a.id = l.account_id
                      AND a.account_type IN ('asset_receivable', 'liability_payable')
                     LEFT JOIN LATERAL (
                           SELECT SUM(part.amount) FILTER (WHERE other.move_id = booked.move_id) AS own,
                                  SUM(part.amount) FILTER (WHERE other.move_id != booked.move_id) AS other,
                                  jsonb_agg(jsonb_build_array(other.id, part.amount::text, part.company::text))
                                          FILTER (WHERE other.move_id = booked.move_id) AS parts
                             FROM (SELECT debit_move_id AS other_id, debit_amount_currency AS amount, amount AS company
                                     FROM account_partial_reconcile WHERE credit_move_id = l.id
                                    UNION ALL
                                   SELECT credit_move_id, -credit_amount_currency, -amount
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
    def _make_payment(payment_id, name, draft, changed, booked, settled, unallocated, elsewhere, company, parts):
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
            lines=tuple(
                (line_id, Decimal(own), Decimal(other)) for found in parts or () for line_id, own, other in found
            ),
        )

    # === PARTNERS, EXTERNAL ITEMS, CURRENCIES === #

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
        """Roundings and ids of all currencies; rates at the balance date of those that have one."""
        self.currency_ids = {currency.name: currency.id for currency in self.currencies}
        self.roundings = {currency.name: Decimal(str(currency.rounding)) for currency in self.currencies}
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
