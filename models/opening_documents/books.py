"""One look at the books for one list of opening documents: what is there already, and what rows may name.

A fixed number of queries, whatever the number of rows or documents.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import BookDocument, BookTax, Directory, Named
from ..ledger.books import ACCOUNT_TYPES
from ..ledger.snapshot import Snapshot, get_digits_key, get_text_key

# Types of documents; the other two are payments.
MOVE_TYPES = ("out_invoice", "out_refund", "in_invoice", "in_refund")
MOVE_NUMBERS = ("name", "ref", "payment_reference", "open_balance_number")
PAYMENT_NUMBERS = ("name", "memo", "payment_reference", "open_balance_number")
# The unallocated payments that lists of opening documents created.
OPENING_PAYMENTS = """IN (SELECT payment_id FROM open_balance_import_line
      WHERE payment_id IS NOT NULL AND action = 'create' AND document_type IN ('receipt', 'vendor_payment'))"""
# The documents that lists created and that were reversed since, as they could not be cancelled any more.
UNDONE_DOCUMENTS = """IN (SELECT move_id FROM open_balance_import_line
      WHERE move_id IS NOT NULL AND action = 'create' AND state = 'undone')"""
UNDONE_PAYMENTS = """IN (SELECT payment_id FROM open_balance_import_line
      WHERE payment_id IS NOT NULL AND action = 'create' AND state = 'undone')"""


class OpeningBooks(Snapshot):
    """What the books say at this moment, as far as a list of opening documents can concern it.

    ``books``: documents and unallocated payments that bear a number of the list, drafts, and opening ones without a
    number if the list has rows without; ``partners``; ``directory``: what rows may name, as far as rows name any.
    """

    def __init__(self, run, items):
        """Take the snapshot.

        :param run: the ``open.balance.import``, in its company
        :param list[OpeningItem] items: what was read
        """
        super().__init__(run, items)
        self.directory = self._read_directory(items)

    # === DOCUMENTS AND PAYMENTS === #

    def _read_books(self, items, assigned) -> list[BookDocument]:
        """Documents and unallocated payments that a row may already be."""
        self.env.flush_all()
        return [*self._read_documents(items), *self._read_unallocated(items)]

    def _read_externals(self):
        """External items are no documents: an opening list takes no notice of them."""
        return []

    def _read_documents(self, items) -> list[BookDocument]:
        """Invoices, credit notes and bills, and the entries that stand for opening ones; cancelled ones are none."""
        Move = self.env["account.move"]
        domain = Domain("move_type", "in", MOVE_TYPES) | Domain("open_balance_type", "!=", False)
        domain &= Domain("company_id", "in", self.companies.ids) & Domain("state", "!=", "cancel")
        query = Move._search(domain)
        query.add_where(SQL(f"account_move.id NOT {UNDONE_DOCUMENTS}"))
        opening = SQL("account_move.open_balance_type IS NOT NULL")
        query.add_where(self._bears_number("account_move", MOVE_NUMBERS, items, opening))
        # Raw SQL: 100,000 records would cost half a gigabyte. The ids come from a search under record rules.
        rows = self.env.execute_query(
            SQL(
                """SELECT m.id, COALESCE(m.open_balance_type, m.move_type),
                          COALESCE(m.commercial_partner_id, due.partner_id, 0), COALESCE(m.name, ''),
                          ARRAY[m.name, m.ref, m.payment_reference, m.open_balance_number],
                          COALESCE(m.invoice_date, m.date), COALESCE(m.invoice_date_due, due.date),
                          COALESCE(due.currency_id, m.currency_id),
                          COALESCE(due.total, m.amount_total_in_currency_signed, 0)::text,
                          m.open_balance_type IS NOT NULL AND m.open_balance_number IS NULL, m.state = 'draft'
                     FROM account_move m
                     LEFT JOIN LATERAL (
                           SELECT MAX(l.partner_id) AS partner_id, MAX(l.date_maturity) AS date,
                                  MAX(l.currency_id) AS currency_id, SUM(l.amount_currency) AS total
                             FROM account_move_line l
                             JOIN account_account a ON a.id = l.account_id
                            WHERE m.move_type = 'entry' AND l.move_id = m.id AND a.account_type IN %s
                          ) due ON TRUE
                    WHERE m.id IN (%s)
                 ORDER BY m.id""",
                tuple(ACCOUNT_TYPES.values()),
                query.select(),
            )
        )
        return [self._make_document(row) for row in rows]

    def _read_unallocated(self, items) -> list[BookDocument]:
        """Receipts of customers and payments to vendors, but for those that are the paid part of a document."""
        Payment = self.env["account.payment"]
        customer = Domain("payment_type", "=", "inbound") & Domain("partner_type", "=", "customer")
        vendor = Domain("payment_type", "=", "outbound") & Domain("partner_type", "=", "supplier")
        domain = (customer | vendor) & Domain("state", "not in", ("canceled", "rejected"))
        query = Payment._search(domain & Domain("company_id", "in", self.companies.ids))
        opening = SQL(f"account_payment.id {OPENING_PAYMENTS}")
        query.add_where(SQL("(account_payment.open_balance_booking IS NULL OR %s)", opening))
        query.add_where(SQL(f"account_payment.id NOT {UNDONE_PAYMENTS}"))
        query.add_where(self._bears_number("account_payment", PAYMENT_NUMBERS, items, opening))
        # Raw SQL for the same reasons as for documents.
        rows = self.env.execute_query(
            SQL(
                """SELECT p.id, CASE p.payment_type WHEN 'inbound' THEN 'receipt' ELSE 'vendor_payment' END,
                          COALESCE(partner.commercial_partner_id, 0), COALESCE(p.name, p.memo, ''),
                          ARRAY[p.name, p.memo, p.payment_reference, p.open_balance_number],
                          p.date, NULL, p.currency_id,
                          (CASE p.payment_type WHEN 'inbound' THEN -p.amount ELSE p.amount END)::text,
                          p.open_balance_number IS NULL AND p.id %s, p.state = 'draft'
                     FROM account_payment p
                LEFT JOIN res_partner partner ON partner.id = p.partner_id
                    WHERE p.id IN (%s)
                 ORDER BY p.id""",
                SQL(OPENING_PAYMENTS),
                query.select(),
            )
        )
        return [self._make_document(row) for row in rows]

    def _bears_number(self, table, columns, items, opening) -> SQL:
        """Condition: a record bears a number of the list, is a draft, or an opening one without number.

        The latter only if the list has rows without number, which it may be.

        :param SQL opening: condition: made by a list of opening documents
        """
        numbers = {item.number for item in items if item.number}
        forms = {
            "regexp_replace(%s, '[^1-9]', '', 'g')": {get_digits_key(number) for number in numbers} - {""},
            "lower(regexp_replace(%s, '[[:space:][:punct:]]', '', 'g'))": {
                get_text_key(number) for number in numbers if not get_digits_key(number)
            },
        }
        conditions = [
            # A subquery without reference to the outer row is hashed once: one pass over the documents.
            SQL("%s IN (SELECT unnest(%s::varchar[]))", SQL(form, SQL.identifier(table, column)), sorted(texts))
            for form, texts in forms.items()
            for column in columns
            if texts
        ]
        if any(not item.number for item in items):
            conditions.append(SQL("(%s IS NULL AND %s)", SQL.identifier(table, "open_balance_number"), opening))
        conditions.append(SQL("%s = 'draft'", SQL.identifier(table, "state")))
        return SQL("(%s)", SQL(" OR ").join(conditions))

    def _make_document(self, row) -> BookDocument:
        """A row of :meth:`_read_documents` or :meth:`_read_unallocated` as the engine knows it."""
        book_id, document_type, partner_id, name, numbers, date, due_date, currency_id, total, numberless, draft = row
        return BookDocument(
            id=book_id,
            type=document_type,
            partner_id=partner_id,
            name=name,
            numbers=tuple(dict.fromkeys(number for number in numbers if number and number != "/")),
            date=date,
            due_date=due_date,
            currency=self.currency_codes[currency_id],
            total=Decimal(total),
            numberless=numberless,
            draft=draft,
        )

    # === WHAT ROWS NAME === #

    def _read_directory(self, items) -> Directory:
        """Taxes, analytic accounts, salespersons, payment terms and rates, as far as rows name any."""
        named = {
            name: any(getattr(item, name) for item in items)
            for name in ("tax_name", "analytic", "salesperson", "payment_terms")
        }
        return Directory(
            taxes=self._read_taxes() if named["tax_name"] else (),
            analytics=self._read_named("account.analytic.account", ("name", "code")) if named["analytic"] else (),
            salespersons=self._read_salespersons() if named["salesperson"] else (),
            payment_terms=self._read_named("account.payment.term", ("name",)) if named["payment_terms"] else (),
            rates=self._read_rates({(item.currency, item.date) for item in items if item.currency and item.date}),
        )

    def _read_taxes(self) -> tuple[BookTax, ...]:
        """The company's active taxes, a branch's from its parents too."""
        Tax = self.env["account.tax"]
        taxes = Tax.search_fetch(
            Tax._check_company_domain(self.company), ["name", "type_tax_use", "country_id"], order="id"
        )
        home = self.company.account_fiscal_country_id
        return tuple(BookTax(tax.id, tax.name, tax.type_tax_use, tax.country_id == home) for tax in taxes)

    def _read_named(self, model, columns) -> tuple[Named, ...]:
        """The company's active records of a model."""
        Model = self.env[model]
        records = Model.search_fetch(Model._check_company_domain(self.company), columns, order="id")
        return tuple(
            Named(record.id, tuple(record[column] for column in columns if record[column])) for record in records
        )

    def _read_salespersons(self) -> tuple[Named, ...]:
        """The company's users, by name and login."""
        users = self.env["res.users"].search_fetch(
            [("company_ids", "in", self.company.ids), ("share", "=", False)], ["name", "login"], order="id"
        )
        return tuple(Named(user.id, (user.name, user.login)) for user in users)

    # === CURRENCIES === #

    @cached_property
    def active_roundings(self) -> dict[str, Decimal]:
        """Smallest amounts of the currencies that documents may be in, by ISO code."""
        active = self.env["res.currency"].search([("active", "=", True)]) | self.company.currency_id
        return {currency.name: self.roundings[currency.name] for currency in active}

    def _read_rates(self, asked) -> dict:
        """Company currency for one unit, as known on that date; Odoo itself would take a later rate for an older one.

        :param set asked: ISO code and date
        :return: by ISO code and date, without those that are not known
        """
        own = self.company.currency_id
        asked = {(code, date) for code, date in asked if code in self.active_roundings and code != own.name}
        if not asked:
            return {}
        found = self._query_rates({*asked, *((own.name, date) for _code, date in asked)})
        # A company currency without any rate is the one that all others are measured in.
        own_rated = bool(self.env["res.currency.rate"].search_count(self._get_rates_domain(own), limit=1))
        rates = {}
        for code, date in asked:
            unit = found.get((own.name, date)) or (None if own_rated else Decimal(1))
            if unit and found.get((code, date)):
                rates[code, date] = unit / found[code, date]
        return rates

    def _get_rates_domain(self, currencies) -> list:
        """The rates that Odoo uses in the company."""
        return [("currency_id", "in", currencies.ids), ("company_id", "in", (False, self.company.root_id.id))]

    def _query_rates(self, asked) -> dict:
        """Odoo's rates: the company's own before common ones, the last on or before each date."""
        pairs = sorted(asked)
        # Raw SQL: for 100,000 documents of many dates Odoo's own method would be asked once for each date.
        rows = self.env.execute_query(
            SQL(
                """SELECT asked.currency_id, asked.date, found.rate::text
                     FROM unnest(%(currencies)s::int[], %(dates)s::date[]) AS asked(currency_id, date)
             CROSS JOIN LATERAL (
                           SELECT r.rate FROM res_currency_rate r
                            WHERE r.currency_id = asked.currency_id AND r.name <= asked.date
                              AND (r.company_id IS NULL OR r.company_id = %(company)s)
                         ORDER BY r.company_id, r.name DESC LIMIT 1
                          ) found""",
                currencies=[self.currency_ids[code] for code, _date in pairs],
                dates=[date for _code, date in pairs],
                company=self.company.root_id.id,
            )
        )
        return {(self.currency_codes[currency_id], date): Decimal(rate) for currency_id, date, rate in rows if rate}

    # === ACCOUNTS === #

    @cached_property
    def accounts(self) -> dict[int, tuple]:
        """Receivable and payable account of each partner; those of a new one under 0.

        :return: ``account.account`` ids by kind, by id of the partner
        """
        Partner = self.env["res.partner"].with_context(active_test=False).with_company(self.company)
        columns = ("property_account_receivable_id", "property_account_payable_id")
        query = Partner._search(Partner._check_company_domain(self.company))
        rows = self.env.execute_query(
            query.select(
                SQL.identifier(query.table, "id"),
                *(Partner._field_to_sql(query.table, column, query) for column in columns),
            )
        )
        standard = [Partner._fields[column].get_company_dependent_fallback(Partner).id for column in columns]
        return {0: dict(zip(ACCOUNT_TYPES, standard, strict=True))} | {
            partner_id: dict(zip(ACCOUNT_TYPES, accounts, strict=True)) for partner_id, *accounts in rows
        }

    def get_company_open(self, action) -> Decimal:
        """What stays open of a row in company currency: as booking leaves it, in proportion to the total."""
        return self._get_company_part(action, action.open)

    def get_company_tax(self, action) -> Decimal:
        """A row's tax in company currency."""
        return self._get_company_part(action, action.tax)

    def _get_company_part(self, action, part: Decimal) -> Decimal:
        """A part of a row's total in company currency, rounded."""
        if not action.total or part == action.total:
            return action.company_total
        exact = part * action.company_total / action.total
        return exact.quantize(self.roundings[self.company.currency_id.name], ROUND_HALF_UP)
