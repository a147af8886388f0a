"""What is handed over, as pure values. Amounts are Decimal in ledger sign: positive = debit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from typing import Literal

from ..errors import Issue

Role = Literal["due", "base", "tax"]
AccountType = Literal["receivable", "payable", "income", "expense", "tax", "other"]
DocumentType = Literal["out_invoice", "out_refund", "in_invoice", "in_refund"]
PartyRole = Literal["customer", "vendor"]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class HandoverTax:
    """A tax as the package knows it. ``rate``: a fraction (0.21), None = none; ``is_reverse``: reverse charge."""

    code: str
    name: str = ""
    rate: Decimal | None = None
    is_reverse: bool = False


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A journal item.

    ``amount``: in company currency; ``foreign``: in the document's currency. ``taxes``: keys of the document's taxes:
    of a base line those on it, of a tax line the one that it is. ``vat_base``: of a tax line, in company currency.
    ``centres``: cost centres with their shares of the line (1 = all of it). ``automatic``: the account computes its VAT
    itself over there.
    """

    role: Role
    account: str
    account_type: AccountType
    text: str
    amount: Decimal
    foreign: Decimal
    due_date: Date | None = None
    taxes: tuple[str, ...] = ()
    vat_base: Decimal = ZERO
    centres: tuple[tuple[str, Decimal], ...] = ()
    quantity: Decimal | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class HandoverBank:
    """A trusted bank account."""

    iban: str
    bic: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class HandoverParty:
    """A partner in one role. ``number``: the one in the accounting package, "" = it has none yet."""

    id: int
    role: PartyRole
    number: str
    name: str
    is_company: bool = True
    street: str = ""
    street2: str = ""
    zip: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    language: str = ""
    vat: str = ""
    registry: str = ""
    currency: str = ""
    term: str = ""
    credit_limit: Decimal | None = None
    banks: tuple[HandoverBank, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A code that a person has to set: ``kind`` account, journal, tax, payment_term or analytic_account."""

    kind: str
    name: str
    id: int


@dataclass(frozen=True, slots=True)
class HandoverDocument:
    """A posted invoice, bill or credit note.

    ``entry``: its number over there; ``date``: of posting, decides the period; ``invoice_date``: on the document.
    ``rate``: company currency for one unit of the document's, None = it has none. ``year``, ``period``: of the fiscal
    year, which begins on ``year_start``. ``missing``: codes that are not set.
    """

    id: int
    type: DocumentType
    name: str
    entry: str
    journal: str
    party: HandoverParty
    date: Date
    invoice_date: Date
    year: int
    period: int
    year_start: Date
    currency: str
    digits: int
    company_currency: str
    company_digits: int
    rate: Decimal | None
    reference: str = ""
    payment_reference: str = ""
    term: str = ""
    service_date: Date | None = None
    takes_foreign: bool = True
    taxes: Mapping[str, HandoverTax] = field(default_factory=dict)
    lines: tuple[HandoverLine, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def is_sale(self) -> bool:
        """Whether it is a customer's."""
        return self.type.startswith("out_")

    @property
    def is_refund(self) -> bool:
        """Whether it is a credit note."""
        return self.type.endswith("_refund")

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another currency than the company's."""
        return self.currency != self.company_currency

    def of_role(self, role: Role) -> list[HandoverLine]:
        """Return its lines of a role."""
        return [line for line in self.lines if line.role == role]


@dataclass(frozen=True, slots=True)
class HandoverSettings:
    """How a package wants its files. ``stamp``: the moment at which they are made; nothing here reads a clock.

    ``max_documents``, ``max_size`` (bytes): what one file holds at most. ``options``: of one format, by name.
    """

    stamp: datetime
    company: str = ""
    max_documents: int = 500
    max_size: int = 5 * 2**20
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handover:
    """What is written: documents, and partners that are new or changed."""

    documents: tuple[HandoverDocument, ...]
    parties: tuple[HandoverParty, ...]
    settings: HandoverSettings


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A file that was made. ``documents``, ``parties``: what it holds, by id and (id, role)."""

    name: str
    content: bytes
    documents: tuple[int, ...] = ()
    parties: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """Files, and what is to be said of what they hold."""

    files: tuple[HandoverFile, ...]
    issues: tuple[Issue, ...] = ()


def digest(value: HandoverDocument | HandoverParty) -> str:
    """Return a checksum of what is handed over: another one says that it has changed since.

    Of a document's partner only the number counts, as partners are handed over by themselves.
    """
    if isinstance(value, HandoverDocument):
        party = value.party
        value = replace(value, party=HandoverParty(party.id, party.role, party.number, ""))
    return hashlib.sha256(json.dumps(_plain(value), sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """Return a value in a form that is the same in every version: what has its default is left out."""
    if is_dataclass(value):
        found = {one.name: (getattr(value, one.name), one.default) for one in fields(value)}
        return {name: _plain(own) for name, (own, default) in found.items() if own != default}
    if isinstance(value, Mapping):
        return {str(name): _plain(own) for name, own in value.items()}
    if isinstance(value, tuple):
        return [_plain(own) for own in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, Date) else value
