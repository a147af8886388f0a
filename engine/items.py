"""The values that every kind of list shares. All are immutable.

Sign: every amount is a Decimal in ledger sign, positive = the partner owes us (debit), negative = we owe (credit):
customer invoice +, customer credit note and unallocated receipt -, vendor bill -, vendor credit note +.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar

from .errors import Issue

Kind = Literal["receivable", "payable"]
Cover = Literal["receivable", "payable", "both"]
Sign = Literal["ledger", "positive"]  # of a payables list: ledger = a bill is negative, positive = a bill is positive
DateOrder = Literal["dmy", "mdy", "ymd"]
Cell = str | Decimal | int | float | bool | Date | None  # datetime is a date


@dataclass(frozen=True, slots=True)
class Row:
    """One table row of a file. ``number``: physical row (line of a text, row of a sheet), from 1.

    ``width``: how many cells the file has in it, blank ones at its end as well.
    """

    number: int
    cells: tuple[Cell, ...]
    width: int = 0


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is known beforehand; every value left at None or empty is detected.

    ``columns``: header text -> canonical column name (see ``words.columns.CANONICAL``, for lists of opening documents
    ``opening_documents.columns.OPENING``), "" = ignore the column.
    ``aliases``: canonical column name -> further header texts of this source.
    ``fallback_encoding``: for bytes that are neither marked nor valid UTF-8.
    ``balance_date``: completes dates without a year.
    ``balance_currency``: "company" = amounts are in company currency whatever the currency column says.
    ``books``: what the books say, to find what columns are and to check it, as the kind of list has it (for open items
    ``open_items.witness.Witness``); None = nobody knows.
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
    books: object = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table as it was understood. ``field``: canonical name, "" = not used; ``samples``: of its first
    different values.
    """

    index: int
    header: str
    field: str
    samples: tuple[str, ...] = ()


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

    ``format``: csv, xls, xlsx, ods, html, xml. ``cover``: what the list holds, None = the file doesn't tell.
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
class Assignment:
    """What a person said about a reported item; 0 = nothing said."""

    partner_id: int = 0
    book_id: int = 0


class PartnerTexts(NamedTuple):
    """How a list names a partner; ``kind`` tells whose numbers count, None = those of customers and of vendors."""

    kind: Kind | None
    number: str | None
    name: str | None
    vat: str | None = None
    email: str | None = None

    @property
    def called(self) -> str:
        """What the list calls the partner, for a sentence."""
        return " ".join(text for text in (self.number, self.name) if text) or self.vat or self.email or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What every row of every kind of list may say: whose it is, and where it stands.

    ``row``: physical row in ``file``, from 1 (the first one where a value comes from several rows).
    """

    partner_number: str | None
    partner_name: str | None
    partner_vat: str | None = None
    partner_email: str | None = None
    row: int
    file: str = ""

    def partner(self, kind: Kind | None) -> PartnerTexts:
        """Return how the row names its partner; ``kind``: whose numbers count."""
        return PartnerTexts(kind, self.partner_number, self.partner_name, self.partner_vat, self.partner_email)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAmount(Reported):
    """What a row says of one open amount.

    ``kind``: None where the list holds both kinds and the row doesn't tell.
    ``balance``: what is still open, ledger sign, in ``currency``; None only in ``ReadResult.rejected``.
    ``currency``: ISO code, or None = the company's currency.
    ``company_balance``: the same balance in company currency where the file gives both, else None.
    ``currency_sign``: a sign of several currencies that the amount has ($, kr) where nothing says which, "" = none.
    """

    kind: Kind | None
    balance: Decimal | None
    currency: str | None = None
    company_balance: Decimal | None = None
    currency_sign: str = ""


R_co = TypeVar("R_co", bound=Reported, covariant=True)


@dataclass(frozen=True, slots=True)
class ReadResult(Generic[R_co]):
    """What reading a file of any kind of list returns.

    ``rejected``: rows that name something whose amount cannot be read; what they may mean is not absent.
    """

    items: tuple[R_co, ...] = ()
    problems: tuple[Issue, ...] = ()
    detected: Detected = Detected()
    rejected: tuple[R_co, ...] = ()

    @property
    def failed(self) -> bool:
        """The file could not be read at all."""
        return not self.items and any(issue.level == "stop" for issue in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a list of any kind is judged; a kind that asks for more has a policy of its own that extends this one.

    ``company_currency``: ISO code. ``roundings``: ISO code of every active currency -> its smallest amount.
    ``balance_date``: the day that the list is of; of opening documents the opening date.
    ``rates``: ISO code -> units of company currency for one unit at the balance date; absent = no rate.
    ``cover``: what the list holds, None = not known. ``complete``: what is absent is settled.
    ``scope``: "ledger" = the whole ledger, "partners" = only partners that occur in the list.
    ``absent_limit``: share (0 to 1) of what may be absent, by count or by amount, above which absence stops.
    ``last_balance_date``: of the newest list applied before, None = there is none.
    ``partner_keys``: order in which partners are looked for.
    """

    company_currency: str
    roundings: Mapping[str, Decimal]
    balance_date: Date
    today: Date
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    cover: Cover | None = None
    complete: bool = True
    scope: Literal["ledger", "partners"] = "ledger"
    absent_limit: Decimal = Decimal("0.2")
    last_balance_date: Date | None = None
    partner_keys: tuple[str, ...] = ("number", "ref", "vat", "email", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What will be done about one row of a list, or about what is absent from it.

    ``reason``: why, always given. ``item``: index of the reported item, None = absent from the list.
    ``rejected``: the index counts the rejected ones. ``partner_id``: commercial partner, 0 = not found.
    ``suggestion``: partner / document that a person may want to assign (review only).
    """

    reason: Issue
    item: int | None = None
    rejected: bool = False
    partner_id: int = 0
    suggestion: Assignment = Assignment()


A_co = TypeVar("A_co", bound=Action, covariant=True)


@dataclass(frozen=True, slots=True)
class Plan(Generic[A_co]):
    """All that a run will do: an action per row in the order of the list, then what is absent; what is in its way.

    ``cover``: what the list was taken to hold, where that was asked.
    """

    actions: tuple[A_co, ...] = ()
    problems: tuple[Issue, ...] = ()
    cover: Cover | None = None
