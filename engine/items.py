"""The values that flow through the engine. All are immutable.

Sign: every amount is a Decimal in ledger sign, positive = the partner owes us (debit), negative = we owe (credit):
customer invoice +, customer credit note and unallocated receipt -, vendor bill -, vendor credit note +.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from typing import Literal

from .errors import Issue

Kind = Literal["receivable", "payable"]
Cover = Literal["receivable", "payable", "both"]
Sign = Literal["ledger", "positive"]  # of a payables list: ledger = a bill is negative, positive = a bill is positive
DateOrder = Literal["dmy", "mdy", "ymd"]
Cell = str | Decimal | int | float | bool | Date | None  # datetime is a date

ACTIONS = (
    "keep",
    "pay",
    "close",
    "reopen",
    "overpay",
    "cancel",
    "external",
    "close_external",
    "adopt",
    "review",
    "skip",
)
ActionType = Literal[
    "keep", "pay", "close", "reopen", "overpay", "cancel", "external", "close_external", "adopt", "review", "skip"
]


@dataclass(frozen=True, slots=True)
class Row:
    """One table row of a file. ``number``: physical row (line of a text, row of a sheet), from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """What the file says of one document (or one instalment of it).

    ``balance``: what is still open, ledger sign, in ``currency``. It is None only in ``ReadResult.rejected``: the row
    names a document but its amount cannot be read; the document must then not be closed as absent.
    ``currency``: ISO code, or None = the company's currency.
    ``company_balance``: the same balance in company currency where the file gives both, else None.
    ``number_unsure``: the number was damaged before it reached us (``1.0E+10``); it must not be trusted to differ.
    ``kind``: None where the list holds both kinds and the row doesn't tell.
    """

    kind: Kind | None
    partner_number: str | None
    partner_name: str | None
    number: str | None
    reference: str | None
    date: Date | None
    due_date: Date | None
    balance: Decimal | None
    currency: str | None
    company_balance: Decimal | None
    row: int
    file: str = ""
    partner_vat: str | None = None
    partner_email: str | None = None
    number_unsure: bool = False


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is known beforehand; every value left at None or empty is detected.

    ``columns``: header text -> canonical column name (see ``words.columns.CANONICAL``, for lists of opening documents
    ``opening_documents.columns.OPENING``), "" = ignore the column.
    ``aliases``: canonical column name -> further header texts of this source.
    ``fallback_encoding``: for bytes that are neither marked nor valid UTF-8.
    ``balance_date``: completes dates without a year.
    ``balance_currency``: "company" = amounts are in company currency whatever the currency column says.
    """

    encoding: str | None = None
    fallback_encoding: str = "cp1252"
    separator: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    decimal_mark: Literal[".", ","] | None = None
    date_order: DateOrder | None = None
    kind: Cover | None = None
    payables_sign: Sign | None = None
    balance_currency: Literal["company"] | None = None
    balance_date: Date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table as it was understood. ``field``: canonical name, "" = not used."""

    index: int
    header: str
    field: str
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list that a package exports in pages.

    ``topic``: what is listed; pages of one topic belong together. ``count``: entries on this page.
    ``size``: entries on a page that is full, 0 = the file doesn't tell.
    """

    topic: str
    count: int
    size: int = 0

    @property
    def is_full(self) -> bool:
        """Whether another page may follow."""
        return 0 < self.size <= self.count


@dataclass(frozen=True, slots=True)
class Detected:
    """How the file was understood, shown to the user.

    ``format``: csv, xls, xlsx, html, xml. ``cover``: what the list holds, None = the file doesn't tell.
    ``payables_sign``: how payables were signed in the file: as given or told by D/C marks; "assumed" = only concluded
    from the majority of the rows, to be checked against the books; None = the list has no payables.
    ``names_currency``: the file says somewhere in which currency its amounts are.
    ``preamble``: the texts above the header. ``balance_date``: from the file's name or preamble.
    ``row_count``: table rows below the header, or entries of an XML file.
    ``pages``: what the file is a page of. ``payables_turned``: the sign of the payables was turned while reading.
    ``content``: what the file holds: "items" = documents, "balances" = one amount per debtor, "opening" = documents to
    be created.
    """

    format: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int | None = None
    decimal_mark: str = ""
    date_order: str = ""
    cover: Cover | None = None
    payables_sign: Literal["ledger", "positive", "assumed"] | None = None
    names_currency: bool = False
    balance_date: Date | None = None
    preamble: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    row_count: int = 0
    pages: tuple[Page, ...] = ()
    payables_turned: bool = False
    content: Literal["items", "balances", "opening"] = "items"


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What ``engine.read`` returns. ``rejected``: rows that name a document whose amount cannot be read."""

    items: tuple[ReportedItem, ...] = ()
    problems: tuple[Issue, ...] = ()
    detected: Detected = Detected()
    rejected: tuple[ReportedItem, ...] = ()

    @property
    def failed(self) -> bool:
        """The file could not be read at all."""
        return not self.items and any(issue.level == "stop" for issue in self.problems)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One due line of a booked document.

    ``total``, ``residual``: in the document's currency; ``company_total``, ``company_residual``: the same in company
    currency.
    """

    id: int
    due_date: Date | None
    residual: Decimal
    total: Decimal = Decimal(0)
    company_total: Decimal = Decimal(0)
    company_residual: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class BookPayment:
    """A payment that this addon booked for a document and that still stands, in the document's currency.

    ``amount``: what it settles of the document (same sign as the document).
    ``open``: the credit that it left when it was booked and that is allocated to nothing, ledger sign (a credit of a
    customer is negative).
    ``loose``: what it was booked to settle and is allocated to nothing since a person loosened it, sign of ``open``.
    ``elsewhere``: whether some of it was allocated to other documents since.
    ``changed``: whether a person changed the payment itself (amount, date, partner, currency).
    ``draft``: whether a person reset it to draft.
    ``company``: its whole amount in company currency, sign of ``open``.
    """

    id: int
    amount: Decimal
    open: Decimal = Decimal(0)
    elsewhere: bool = False
    loose: Decimal = Decimal(0)
    changed: bool = False
    draft: bool = False
    name: str = ""
    company: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class BookItem:
    """What the books say of one document.

    ``id``: the document; ``partner_id``: its commercial partner. ``total``, ``residual``: in ``currency`` (ISO code).
    ``company_total``, ``company_residual``: the same in company currency; their quotient is the document's own rate.
    ``transferred``: date of its transfer to the accounting package, None = not transferred.
    ``created``: day on which it was created in the books, None = not known.
    ``opening``: an opening document: its transfer is the list that it was created from.
    ``payments``: this addon's standing payments of it, newest first.
    ``original_number``: what an opening document was called in the system that the company came from.
    """

    id: int
    kind: Kind
    partner_id: int
    name: str
    reference: str | None
    payment_reference: str | None
    date: Date
    due_date: Date | None
    state: Literal["draft", "posted", "cancel"]
    currency: str
    total: Decimal
    residual: Decimal
    company_total: Decimal
    company_residual: Decimal
    transferred: Date | None = None
    lines: tuple[BookLine, ...] = ()
    payments: tuple[BookPayment, ...] = ()
    original_number: str | None = None
    created: Date | None = None
    opening: bool = False


@dataclass(frozen=True, slots=True)
class BookPartner:
    """A partner or contact of the books. ``id``: its commercial partner; several entries may share one id."""

    id: int
    name: str
    debtor_number: str | None = None
    creditor_number: str | None = None
    ref: str | None = None
    vat: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class ExternalItem:
    """An open external item that an earlier list left behind. ``currency``: ISO code."""

    id: int
    kind: Kind
    partner_id: int
    number: str | None
    date: Date | None
    due_date: Date | None
    currency: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a person said about a reported item; 0 = nothing said."""

    partner_id: int = 0
    book_id: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """How a list is to be judged.

    ``company_currency``: ISO code. ``roundings``: ISO code -> smallest amount of that currency.
    ``rates``: ISO code -> units of company currency for one unit at the balance date; absent = no rate.
    ``cover``: what the list holds, None = not known. ``complete``: what is absent is settled.
    ``scope``: "ledger" = the whole ledger, "partners" = only partners that occur in the list.
    ``uses_transfers``: only what was transferred before the balance date may be absent.
    ``absent_limit``: share (0 to 1) of the applicable documents, by count or by amount, above which absence stops.
    ``tolerance``: a difference up to this (document's currency) is not booked.
    ``partner_keys``: order in which partners are looked for.
    ``number_patterns``: how the list writes the books' own numbers, see ``patterns``.
    """

    company_currency: str
    roundings: Mapping[str, Decimal]
    balance_date: Date
    today: Date
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    cover: Cover | None = None
    complete: bool = True
    scope: Literal["ledger", "partners"] = "ledger"
    uses_transfers: bool = False
    absent_limit: Decimal = Decimal("0.2")
    tolerance: Decimal = Decimal(0)
    last_balance_date: Date | None = None
    names_currency: bool = True
    payables_sign: Literal["ledger", "positive", "assumed"] | None = None
    partner_keys: tuple[str, ...] = ("number", "ref", "vat", "email", "name")
    number_patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Pairing of reported items (indexes into the list read) with what the books hold.

    ``partner_id``: commercial partner, 0 = not found. ``book_id``: document, 0 = none.
    ``reason``: why it needs a person, or None. ``suggestion``: the partner / document that a person may want.
    ``protected``: documents that must not be closed as absent because of this item.
    ``partners``: whose it may be where that is several partners.
    """

    item: int
    kind: Kind | None = None
    partner_id: int = 0
    book_id: int = 0
    reason: Issue | None = None
    suggestion: Assignment = Assignment()
    protected: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Action:
    """What will be done about one reported item, one absent document or one external item.

    ``item``: index of the reported item, None = absent from the list. ``rejected``: the index counts the rejected ones.
    ``book_id`` / ``line_id``: document and, for an instalment, its due line; 0 = none.
    ``currency``: ISO code of ``booked``, ``reported`` and ``payment``.
    ``booked``: residual of the document (or due line); ``reported``: balance reported for it, after conversion.
    ``payment``: amount of the payment to book (R - B, ledger sign of what it settles); 0 = none.
    ``undo``: payments of this addon to undo first, newest first.
    ``external_id``: the external item updated, closed or adopted; 0 = none or to be created.
    ``company_reported``: ``reported`` in company currency.
    ``reason``: why, always given.
    ``suggestion``: partner / document that a person may want to assign (review only).
    """

    type: ActionType
    reason: Issue
    item: int | None = None
    rejected: bool = False
    kind: Kind | None = None
    partner_id: int = 0
    book_id: int = 0
    line_id: int = 0
    currency: str = ""
    booked: Decimal = Decimal(0)
    reported: Decimal = Decimal(0)
    company_reported: Decimal = Decimal(0)
    payment: Decimal = Decimal(0)
    undo: tuple[int, ...] = ()
    external_id: int = 0
    suggestion: Assignment = Assignment()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a run will do, in the order of the list, then what is absent; and what is in its way.

    ``cover``: what the list was taken to hold. ``payables_sign``: how payables were taken, if there are any.
    """

    actions: tuple[Action, ...] = ()
    problems: tuple[Issue, ...] = ()
    cover: Cover | None = None
