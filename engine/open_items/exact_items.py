"""The outstanding items of Exact Online's XML -> reported items."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..errors import Issue
from ..files import limits
from ..files.sheets import refuse
from ..items import Kind, ReadOptions
from ..values.cells import clean, money
from ..values.dates import make_date
from .items import ReportedItem

FOREIGN, OWN = "OutstandingAmtFC", "OutstandingAmtDC"  # in the document's currency, in the company's
_READ = frozenset({FOREIGN, OWN, "YourRef", "InvoiceDate", "DueDate"})
_FLOAT = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]*)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_TOO_LARGE = Decimal(10) ** 15
_DECIMALS = 10  # a float has noise in the places beyond
_NO_ACCOUNT = (None, None, None, None)


class _Entry(NamedTuple):
    """An outstanding item as the file has it. ``texts``: its elements by name."""

    row: int
    number: str
    currency: str
    texts: dict[str, str]


def local_name(element: Any) -> str:
    """Return an element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Any) -> str:
    """Return an element's text without blanks around it; refuse one that is no text of a list."""
    text: str = element.text or ""
    if len(text) > limits.MAX_TEXT:
        raise refuse("xml_forbidden")
    return text.strip()


def read_float(text: str) -> Decimal | None:
    """Return an amount written as XML does: 920.5, 121, 1E+03; None if it is none."""
    if not _FLOAT.fullmatch(text):
        return None
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        value = round(value, _DECIMALS)
    return money(value) if abs(value) < _TOO_LARGE else None


class ItemReader:
    """Takes accounts and outstanding items in any order, and makes items of them where an account ends."""

    def __init__(self, file: str, options: ReadOptions) -> None:
        """Start with nothing read."""
        self.items: list[ReportedItem] = []
        self.rejected: list[ReportedItem] = []
        self.problems: list[Issue] = []
        self.row_count = 0
        self.names_currency = True
        self._file = file
        self._in_company = options.balance_currency == "company"
        self._kind: Kind = "receivable"
        self._account: tuple[str | None, ...] | None = None
        self._waiting: list[_Entry] = []
        self._first = 1
        self._dates: dict[str, date | None] = {"": None}
        self._tags: dict[str, str] = {}
        self._currencies: dict[str, str | None] = {"": None}
        self._bad: list[tuple[str, str]] = []

    # --- What the parser tells

    def open(self, kind: Kind) -> None:
        """Begin the items of one customer or vendor."""
        self._kind, self._account, self._first = kind, None, self.row_count + 1

    def take_account(self, element: Any) -> None:
        """Learn whose items these are."""
        children = {local_name(child): child for child in element.iterchildren()}
        texts = [text_of(children[name]) if name in children else "" for name in ("Name", "VATNumber", "Email")]
        self._account = tuple(clean(text) or None for text in (element.get("code", ""), *texts))
        self._flush()

    def take_item(self, element: Any) -> None:
        """Take one outstanding item in; it waits where the account comes after it."""
        self.row_count += 1
        if self.row_count > limits.MAX_ROWS:
            raise refuse("file_too_large", rows=self.row_count, limit=limits.MAX_ROWS)
        texts: dict[str, str] = {}
        currency = ""
        tags = self._tags
        for child in element.iterchildren():
            tag = child.tag
            name = tags.get(tag) or tags.setdefault(tag, local_name(child))
            if name in _READ:
                texts[name] = text_of(child)
            elif name == "Currency":
                currency = child.get("code") or text_of(child)
        entry = _Entry(self.row_count, element.get("number") or "", currency, texts)
        if self._account is None:
            self._waiting.append(entry)
        else:
            self._make(entry, self._account)

    def close(self) -> None:
        """End the items of one customer or vendor."""
        self._flush()
        if self.row_count >= self._first and not any((self._account or _NO_ACCOUNT)[:2]):
            self.problems.append(Issue("warning", "exact_account_missing", row=self._first))

    # --- What becomes of it

    def _flush(self) -> None:
        """Make items of the entries that waited for their account."""
        for entry in self._waiting:
            self._make(entry, self._account or _NO_ACCOUNT)
        self._waiting.clear()

    def _make(self, entry: _Entry, account: tuple[str | None, ...]) -> None:
        """Make an item of an entry, reject it, or leave it out because nothing is open."""
        texts = entry.texts
        number, reference = self._numbers(entry)
        foreign = self._amount(texts, FOREIGN)
        own = foreign if texts.get(FOREIGN) == texts.get(OWN) else self._amount(texts, OWN)
        if entry.currency not in self._currencies:
            self._currencies[entry.currency] = clean(entry.currency).upper() or None
        balance, currency = self._settle(foreign, own, self._currencies[entry.currency])
        code, name, vat, email = account
        item = ReportedItem(
            kind=self._kind,
            partner_number=code,
            partner_name=name,
            number=number,
            reference=reference,
            date=self._date(texts, "InvoiceDate", entry.row),
            due_date=self._date(texts, "DueDate", entry.row),
            balance=None if self._bad else balance,
            currency=currency,
            company_balance=None if self._bad or balance is None else own,
            row=entry.row,
            file=self._file,
            partner_vat=vat,
            partner_email=email,
        )
        if item.balance:
            self.items.append(item)
        elif item.balance is None:
            self._reject(item)
        else:
            self.problems.append(Issue("info", "row_zero", {"number": number or ""}, row=entry.row))

    def _reject(self, item: ReportedItem) -> None:
        """Keep an item whose amount is missing or cannot be read, so that its document is not taken for absent."""
        self.rejected.append(item)
        for column, text in self._bad:
            values = {"column": column, "text": text}
            self.problems.append(Issue("warning", "amount_unreadable", values, row=item.row, column=column, text=text))
        if not self._bad:
            self.problems.append(Issue("warning", "amount_missing", {"number": item.number or ""}, row=item.row))
        self._bad = []

    def _numbers(self, entry: _Entry) -> tuple[str | None, str | None]:
        """Return number and reference: a vendor's bill goes by the vendor's own number. 0 is no number."""
        number = entry.number.strip()
        if not number.strip("0"):
            number = ""
        theirs = entry.texts.get("YourRef", "")
        if theirs:
            theirs = clean(theirs)
        first, second = (theirs, number) if self._kind == "payable" else (number, theirs)
        if not first or first == second:
            first, second = first or second, ""
        return first or None, second or None

    def _amount(self, texts: dict[str, str], column: str) -> Decimal | None:
        """Return an amount, None if there is none; remember one that cannot be read."""
        text = texts.get(column, "")
        if not text:
            return None
        value = read_float(text)
        if value is None:
            self._bad.append((column, text))
        return value

    def _settle(
        self, foreign: Decimal | None, own: Decimal | None, currency: str | None
    ) -> tuple[Decimal | None, str | None]:
        """Return the balance and its currency; None = the company's."""
        if own is not None and (self._in_company or currency is None or foreign is None):
            return own, None
        if currency is None and foreign is not None:
            self.names_currency = False
        return foreign, None if self._in_company else currency

    def _date(self, texts: dict[str, str], column: str, row: int) -> date | None:
        """Return a date, None if there is none; warn of one that cannot be read."""
        text = texts.get(column, "")
        if text not in self._dates:
            match = _DATE.fullmatch(text)
            self._dates[text] = make_date(match[1], match[2], match[3]) if match else None
        found = self._dates[text]
        if text and found is None:
            values = {"column": column, "text": text}
            self.problems.append(Issue("warning", "date_unreadable", values, row=row, column=column, text=text))
        return found
