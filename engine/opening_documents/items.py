"""The values of lists of opening documents. All are immutable.

Sign: every amount is in ledger sign, positive = the partner owes us (debit), negative = we owe (credit): customer
invoice and payment to a vendor +, customer credit note and receipt -, vendor bill -, vendor credit note +.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from typing import Literal

from ..errors import Issue
from ..items import Action, Kind, Policy, Reported

DocumentType = Literal["out_invoice", "out_refund", "in_invoice", "in_refund", "receipt", "vendor_payment"]
# Type -> kind and sign of its total.
DOCUMENT_TYPES: Mapping[DocumentType, tuple[Kind, int]] = {
    "out_invoice": ("receivable", 1),
    "out_refund": ("receivable", -1),
    "receipt": ("receivable", -1),
    "in_invoice": ("payable", -1),
    "in_refund": ("payable", 1),
    "vendor_payment": ("payable", 1),
}
# Money that is allocated to nothing: no document, but a payment of what is open.
PAYMENT_TYPES = frozenset({"receipt", "vendor_payment"})

OPENING_ACTIONS = ("create", "skip", "review")
OpeningActionType = Literal["create", "skip", "review"]
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDocument(Reported):
    """What an opening list says of one document, or of one instalment or tax of it: one row.

    ``type``: None only if ``faults`` say why. ``number``: as the old system numbered it, None = not given.
    ``currency``: ISO code, None = company currency.
    ``total``: with tax; ``tax``: its part that is tax, None = not given; ``open``: what is still open of the total;
    ledger sign, in ``currency``. They are None only if ``faults`` say why; ``total`` also for receipts and payments.
    ``rate``: company currency for one unit of ``currency``; ``company_total``: the total in company currency.
    ``tax_name``, ``analytic``, ``salesperson``, ``payment_terms``: as written: a name, code or id; None = not given.
    ``faults``: what is wrong with the row by itself, each with row, column and text; it is then never created.
    ``strict``: the list has Emersion's columns, and so its rules count.
    """

    type: DocumentType | None
    number: str | None = None
    date: Date | None = None
    due_date: Date | None = None
    total: Decimal | None = None
    open: Decimal | None = None
    reference: str | None = None
    currency: str | None = None
    rate: Decimal | None = None
    company_total: Decimal | None = None
    tax: Decimal | None = None
    tax_name: str | None = None
    description: str | None = None
    period_start: Date | None = None
    period_end: Date | None = None
    analytic: str | None = None
    salesperson: str | None = None
    payment_terms: str | None = None
    faults: tuple[Issue, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class BookDocument:
    """A document (or unallocated payment) that the books have already; cancelled ones are none.

    ``numbers``: all it is called: its name, reference, payment reference and original number.
    ``total``: ledger sign, in ``currency`` (ISO code). ``numberless``: an opening list created it without a number.
    ``draft``: it is not posted yet.
    """

    id: int
    type: DocumentType
    partner_id: int
    name: str
    numbers: tuple[str, ...]
    date: Date
    due_date: Date | None
    currency: str
    total: Decimal
    numberless: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a list may name. ``texts``: its name, code and what else it may be called."""

    id: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookTax:
    """A tax of the books. ``use``: "sale", "purchase" or "none"; ``is_home``: of the company's own country."""

    id: int
    name: str
    use: str
    is_home: bool = True


@dataclass(frozen=True, slots=True)
class Directory:
    """What the books have that rows of a list may name.

    ``rates``: (ISO code, date) -> units of company currency for one unit, as known on that date; absent = none known.
    """

    taxes: tuple[BookTax, ...] = ()
    analytics: tuple[Named, ...] = ()
    salespersons: tuple[Named, ...] = ()
    payment_terms: tuple[Named, ...] = ()
    rates: Mapping[tuple[str, Date], Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPolicy(Policy):
    """How a list of opening documents is judged.

    ``all_or_nothing``: one wrong row keeps all from being created.
    ``books_tax``: the row's tax is booked with the row's amount. ``creates_partners``: unknown partners are created.
    """

    all_or_nothing: bool = True
    books_tax: bool = False
    creates_partners: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningAction(Action):
    """What will be done about one row. All amounts are in ledger sign.

    ``type``: "create"; "skip" = the document exists; "review" = a person must look, or the row is wrong.
    ``document``: rows with the same number (from 1, in order of their first rows) make one document; 0 = none.
    ``new_partner``: key of a partner to be created, "" = none; rows
    with the same key get the same partner.
    ``currency``: ISO code of ``total``, ``tax``, ``open`` and ``paid`` (= total - open: a payment of the document).
    ``company_total``: ``total`` in company currency, at the row's or the document date's rate.
    ``book_id``: the document that exists (skip only); for receipts and payments the payment.
    """

    type: OpeningActionType
    document: int = 0
    document_type: DocumentType | None = None
    new_partner: str = ""
    currency: str = ""
    total: Decimal = _ZERO
    tax: Decimal = _ZERO
    open: Decimal = _ZERO
    paid: Decimal = _ZERO
    company_total: Decimal = _ZERO
    tax_id: int = 0
    analytic_id: int = 0
    salesperson_id: int = 0
    payment_term_id: int = 0
    book_id: int = 0
