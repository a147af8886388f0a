"""Cells of one row -> what they say, by the columns and styles of the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..items import Cell, Row
from ..values.cells import (
    BLANKS,
    CURRENCIES,
    SIDES,
    Amount,
    clean,
    fold,
    read_amount,
    read_currency,
    read_number,
    read_sign,
    sign_in,
)
from ..values.dates import DateReader, is_no_date, lacks_year
from ..words.cells import NO_NUMBERS
from .doubts import Decimals
from .mapping import Layout
from .raw import Raw
from .styles import Styles

_BASES = ("balance", "document_balance", "company_balance", "debit", "credit", "total", "paid", "line_total")
_STATES = ("status", "state", "open", "settled", "settled_on")
_LEDGER_TEXTS = frozenset({"localcurrency", "hauswahrung", "lc", "lcy"})


class DateCell(NamedTuple):
    """What a cell of a date column holds. ``lacks_year``: day and month only."""

    filled: bool = False
    day: date | None = None
    lacks_year: bool = False
    cell: Cell = None


class RowReader:
    """Read rows of one table; what equal cells hold is worked out once.

    ``unreadable``: code, canonical column and text of what could not be read in the last row.
    ``decimals``: how many of them the amounts have.
    """

    def __init__(self, layout: Layout, styles: Styles, dates: DateReader) -> None:
        self.layout = layout
        self.mark = styles.decimal_mark or None
        self.dates = dates
        self.columns = dict(layout.fields)
        self.states = tuple(name for name in _STATES if name in layout.fields)
        self.unreadable: list[tuple[str, str, str]] = []
        self.decimals = Decimals()
        self._texts: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._numbers: dict[Cell, tuple[str, bool]] = {}
        self._dates: dict[Cell, DateCell] = {}
        names = layout.fields
        self._amounts = tuple((name, names[name]) for name in _BASES if name in names)
        has_open = bool({"balance", "debit", "credit"} & set(names))
        self._signs = {name: sign for name, _ in self._amounts if (sign := sign_in(layout.text(name)))}
        self._unused = frozenset(("total", "paid", "line_total") if has_open else ())
        self._others = tuple(names[name] for name in ("reference", "number", "order_reference") if name in names)

    def at(self, row: Row, column: int) -> str:
        """Return the cell of a column as text."""
        if column >= len(row.cells):
            return ""
        cell = row.cells[column]
        if not isinstance(cell, str):
            return clean(cell)
        text = self._texts.get(cell)
        if text is None:
            text = self._texts[cell] = clean(cell)
        return text

    def text(self, row: Row, name: str) -> str:
        """Return the cell of a canonical column as text."""
        column = self.columns.get(name)
        return self.at(row, column) if column is not None else ""

    def word(self, row: Row, name: str) -> str:
        """Return the cell of a canonical column folded."""
        text = self.text(row, name)
        word = self._words.get(text)
        if word is None:
            word = self._words[text] = fold(text)
        return word

    def texts(self, row: Row) -> list[str]:
        """Return the filled cells of a row as texts."""
        return [text for column in range(len(row.cells)) if (text := self.at(row, column))]

    def filled_amounts(self, row: Row) -> Iterator[tuple[str, Cell]]:
        """Yield canonical name and cell of the filled amount columns; a dash is not filled."""
        for name, column in self._amounts:
            if column < len(row.cells):
                cell = row.cells[column]
                if cell is not None and (not isinstance(cell, str) or cell.strip() not in BLANKS):
                    yield name, cell

    def has_amount(self, row: Row) -> bool:
        """Tell whether an amount column or an age column is filled."""
        for _ in self.filled_amounts(row):
            return True
        return any(self.at(row, column) not in BLANKS for column in self.layout.buckets)

    def number(self, row: Row, columns: tuple[int, ...]) -> tuple[str, bool]:
        """Return the document number of the first filled of some columns, and whether it was damaged."""
        for column in columns:
            if column < len(row.cells):
                cell = row.cells[column]
                found = self._numbers.get(cell)
                if found is None:
                    found = self._numbers[cell] = _document_number(cell)
                if found[0]:
                    return found
        return "", False

    def date_cell(self, row: Row, *names: str) -> DateCell:
        """Return what the first filled of some date columns holds."""
        for name in names:
            column = self.columns.get(name)
            if column is not None and column < len(row.cells):
                cell = row.cells[column]
                found = self._dates.get(cell)
                if found is None:
                    found = self._dates[cell] = self._date_cell(cell)
                if found.filled:
                    return found
        return DateCell()

    def _date_cell(self, cell: Cell) -> DateCell:
        """Return what one cell of a date column holds."""
        if is_no_date(clean(cell)):
            return DateCell()
        return DateCell(True, self.dates.read(cell), lacks_year(cell), cell)

    def read(self, row: Row) -> Raw:
        """Return all that a row says; what cannot be read is in ``unreadable``."""
        self.unreadable = []
        raw = Raw(row.number)
        self._read_amounts(row, raw)
        self._read_numbers(row, raw)
        raw.day = self._read_date(row, "date", "posting_date")
        raw.due_date = self._read_date(row, "due_date", after=raw.day)
        raw.type = self.word(row, "type")
        raw.instalment = self.text(row, "instalment")
        raw.vat, raw.email = self.text(row, "partner_vat"), self.text(row, "partner_email")
        self._read_currency(row, raw)
        return raw

    def _read_amounts(self, row: Row, raw: Raw) -> None:
        """Read the amount columns and the mark of the side."""
        found: dict[str, Amount] = {}
        for name, cell in self.filled_amounts(row):
            if name in self._unused:
                continue
            amount = read_amount(cell, self.mark)
            if amount is None:
                self.unreadable.append(("amount_unreadable", name, clean(cell)))
            else:
                found[name] = amount
                self.decimals.note(row.number, name, cell, amount.value)
                raw.amount_currency = raw.amount_currency or amount.currency
                raw.side = raw.side or amount.side
                if name != "company_balance":
                    raw.sign = raw.sign or amount.sign or self._signs.get(name, "")
        raw.document, raw.company = _value(found, "document_balance"), _value(found, "company_balance")
        self._read_base(row, raw, found)
        if "debit_credit" in self.columns:
            text = self.text(row, "debit_credit")
            raw.side = SIDES.get(fold(text) or text, {"+": 1, "-": -1}.get(text, 0))

    def _read_base(self, row: Row, raw: Raw, found: dict[str, Amount]) -> None:
        """Set the amount from the best column that the table has."""
        if "balance" in self.columns:
            raw.amount, raw.net = _value(found, "balance"), _net(found)
        elif "debit" in self.columns or "credit" in self.columns:
            raw.amount, raw.booked = _net(found), True
        elif "total" in self.columns and "company_balance" not in self.columns:
            if "total" in found:
                raw.amount = found["total"].value - (found["paid"].value if "paid" in found else 0)
        elif "line_total" in self.columns:
            raw.amount = _value(found, "line_total")
        elif self.layout.buckets and "company_balance" not in self.columns:
            raw.amount = self._sum_of_buckets(row)

    def _sum_of_buckets(self, row: Row) -> Decimal | None:
        """Return the sum of the age columns, None if none is filled."""
        amounts = [read_amount(row.cells[at], self.mark) for at in self.layout.buckets if at < len(row.cells)]
        values = [amount.value for amount in amounts if amount]
        return sum(values, Decimal(0)) if values else None

    def _read_numbers(self, row: Row, raw: Raw) -> None:
        """Read the document's and the partner's numbers."""
        raw.number, unsure = self.number(row, self.layout.numbers)
        if self.layout.payable_numbers == self.layout.numbers:
            raw.payable_number, raw.unsure = raw.number, unsure
        else:
            raw.payable_number, also = self.number(row, self.layout.payable_numbers)
            raw.unsure = unsure or also
        raw.others = tuple(text for column in self._others if (text := self.number(row, (column,))[0]))
        column = self.columns.get("partner_number")
        if column is not None:
            raw.partner_number = self.number(row, (column,))[0]
        raw.partner_name = self.text(row, "partner_name")
        if self.layout.sides:
            self._read_sides(row, raw)
        raw.own_partner = bool(raw.partner_number or raw.partner_name)

    def _read_sides(self, row: Row, raw: Raw) -> None:
        """Read the partner where customers and vendors have a column each."""
        filled = [(column, kind, text) for column, kind in self.layout.sides if (text := self.at(row, column))]
        if len(filled) != 1:
            return
        column, raw.kind, text = filled[0]
        profile = self.layout.profiles[column]
        is_number = profile.share(profile.codes) >= 0.6
        raw.partner_number = self.number(row, (column,))[0] if is_number else raw.partner_number
        raw.partner_name = raw.partner_name if is_number else text

    def _read_date(self, row: Row, *names: str, after: date | None = None) -> date | None:
        """Return the date of the first filled of some columns."""
        found = self.date_cell(row, *names)
        if not found.filled:
            return None
        day = self.dates.read_after(found.cell, after) if found.lacks_year and after else found.day
        if day is None:
            name = next(name for name in names if self.date_cell(row, name).filled)
            self.unreadable.append(("date_unreadable", name, clean(found.cell)))
        return day

    def _read_currency(self, row: Row, raw: Raw) -> None:
        """Read the currencies of a row."""
        if text := self.text(row, "currency"):
            raw.currency = text if text in CURRENCIES else read_currency(text)
            raw.sign = read_sign(text) or ("" if raw.currency else raw.sign)
            if raw.currency is None and len(text) == 3 and text.isalnum() and fold(text) not in _LEDGER_TEXTS:
                self.unreadable.append(("currency_unreadable", "currency", text))
        if text := self.text(row, "company_currency"):
            raw.company_currency = read_currency(text)


def _value(found: dict[str, Amount], name: str) -> Decimal | None:
    """Return the amount of a canonical column, None if it has none."""
    return found[name].value if name in found else None


def _net(found: dict[str, Amount]) -> Decimal | None:
    """Return debit less credit, None if neither is there."""
    if "debit" not in found and "credit" not in found:
        return None
    return (_value(found, "debit") or Decimal(0)) - (_value(found, "credit") or Decimal(0))


def _document_number(cell: Cell) -> tuple[str, bool]:
    """Return a number and whether it was damaged; words that stand for no number are none."""
    text, unsure = read_number(cell)
    if text in BLANKS or (not text[-1].isdecimal() and fold(text) in NO_NUMBERS):
        return "", False
    return text, unsure
