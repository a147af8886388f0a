"""The values of lists of open items. All are immutable; every amount is in ledger sign, as in ``engine.items``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import Literal

from ..errors import Issue
from ..items import Action, Assignment, Kind, Policy, ReportedAmount

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


_NOBODY = Assignment()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedItem(ReportedAmount):
    """What the file says of one document (or one instalment of it).

    Of a rejected row, which names a document but whose amount cannot be read, the document is not absent.
    ``number_unsure``: the number was damaged before it reached us (``1.0E+10``); it must not be trusted to differ.
    """

    number: str | None
    reference: str | None = None
    date: Date | None = None
    due_date: Date | None = None
    number_unsure: bool = False


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
    ``lines``: what it settles of each due line: the line, the amount in its currency and in company currency.
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
    lines: tuple[tuple[int, Decimal, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class BookItem:
    """What the books say of one document.

    ``id``: the document; ``partner_id``: its commercial partner. ``total``, ``residual``: in ``currency`` (ISO code).
    ``company_total``, ``company_residual``: the same in company currency; their quotient is the document's own rate.
    ``transferred``: day on which its transfer to the accounting package was confirmed, None = it was not.
    ``pending``: it was handed over, and nobody knows yet whether the accounting package has booked it.
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
    pending: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPolicy(Policy):
    """How a list of open items is judged.

    ``uses_transfers``: only what was transferred before the balance date may be absent.
    ``tolerance``: a difference up to this (document's currency) is not booked.
    ``names_currency``: the list says somewhere in which currency its amounts are.
    ``payables_sign``: how payables are signed, "assumed" = to be checked against the books.
    ``number_patterns``: how the list writes the books' own numbers, see ``values.patterns``.
    """

    uses_transfers: bool = False
    tolerance: Decimal = Decimal(0)
    names_currency: bool = True
    payables_sign: Literal["ledger", "positive", "assumed"] | None = None
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
    suggestion: Assignment = _NOBODY
    protected: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAction(Action):
    """What will be done about one reported item, one absent document or one external item.

    ``book_id`` / ``line_id``: document and, for an instalment, its due line; 0 = none.
    ``currency``: ISO code of ``booked``, ``reported`` and ``payment``.
    ``booked``: residual of the document (or due line); ``reported``: balance reported for it, after conversion.
    ``payment``: amount of the payment to book (R - B, ledger sign of what it settles); 0 = none.
    ``undo``: payments of this addon to undo first, newest first.
    ``external_id``: the external item updated, closed or adopted; 0 = none or to be created.
    ``company_reported``: ``reported`` in company currency.
    """

    type: ActionType
    kind: Kind | None = None
    book_id: int = 0
    line_id: int = 0
    currency: str = ""
    booked: Decimal = Decimal(0)
    reported: Decimal = Decimal(0)
    company_reported: Decimal = Decimal(0)
    payment: Decimal = Decimal(0)
    undo: tuple[int, ...] = ()
    external_id: int = 0
