"""What a row gives before its sign, kind and repeats are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..items import Kind


@dataclass(slots=True)
class Raw:
    """One row with an amount. ``amount``, ``document``, ``company``: as the file writes them, see columns ``balance``,
    ``document_balance`` and ``company_balance``; ``side``: 1 debit, -1 credit, 0 not said;
    ``net``: debit less credit where both columns exist beside a balance.
    ``sign``: a sign of several currencies ($, kr) beside its amount or in its column of currencies, "" = none.
    ``value``: the open balance by the signs of the file; ``balance``: the same in ledger sign.
    """

    row: int
    amount: Decimal | None = None
    document: Decimal | None = None
    company: Decimal | None = None
    side: int = 0
    net: Decimal | None = None
    booked: bool = False
    currency: str | None = None
    amount_currency: str | None = None
    sign: str = ""
    company_currency: str | None = None
    type: str = ""
    kind: Kind | None = None
    partner_number: str = ""
    partner_name: str = ""
    own_partner: bool = False
    number: str = ""
    payable_number: str = ""
    others: tuple[str, ...] = ()
    unsure: bool = False
    instalment: str = ""
    day: date | None = None
    due_date: date | None = None
    vat: str = ""
    email: str = ""
    group: int = 0
    value: Decimal | None = None
    company_value: Decimal | None = None
    value_currency: str | None = None
    balance: Decimal | None = None
    company_balance: Decimal | None = None


@dataclass(slots=True)
class Total:
    """A printed total. ``label``: what it is of, "" = the whole list, None = it has no label."""

    row: int
    label: str | None
    raw: Raw
