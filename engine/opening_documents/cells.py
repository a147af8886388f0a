"""Cells of one row of a list of opening documents -> values, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..errors import Issue
from ..files.sheets import is_blank
from ..items import Cell, Row
from ..tables.doubts import Decimals
from ..tables.mapping import Layout
from ..values.cells import (
    BLANKS,
    Amount,
    clean,
    decimal_evidence,
    fits_sign,
    money,
    read_amount,
    read_currency,
    read_number,
    read_sign,
)
from ..values.dates import DateReader, is_no_date, make_date

MAX_NUMBER = 100  # characters of a document's or partner's number
MAX_TEXT = 250
MAX_DESCRIPTION = 1000
_LARGEST = 15  # digits before the decimal mark
# Emersion's own limits.
STRICT_LIMITS: Mapping[str, int] = {"number": 50, "description": 255}
_STRICT_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{1,2}-\d{1,2}")
_STRICT_AMOUNT = re.compile(r"[-+]?[\d.,' ]+")
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR", "#NV", "#BEZUG!", "#WERT!"}
)
_SHOWN = 200  # characters of a cell that a fault shows


class Cells:
    """Reads one row after another; what equal cells hold is worked out once.

    ``row``: physical number of the row; ``filled``: its cells that are not blank, by canonical column; ``faults``: what
    is wrong with it so far; ``decimals``: how many of them the amounts have; ``damaged``: document numbers that a
    spreadsheet made dates.
    """

    def __init__(
        self, layout: Layout, mark: str, rate_mark: str, dates: DateReader, strict: bool, filename: str
    ) -> None:
        self.layout, self.dates, self.strict, self.filename = layout, dates, strict, filename
        self.columns = dict(layout.fields)
        self.filled: dict[str, Cell] = {}
        self.row = 0
        self.faults: list[Issue] = []
        self.currencies: list[str] = []
        self._mark, self._rate_mark = mark or None, rate_mark or None
        self.decimals = Decimals()
        self.damaged: frozenset[str] = frozenset()
        self._texts: dict[str, str] = {}
        self._days: dict[str, date] = {}

    def take(self, row: Row) -> None:
        """Take the next row."""
        cells, width = row.cells, len(row.cells)
        self.row = row.number
        self.filled = {
            name: cells[column]
            for name, column in self.columns.items()
            if column < width and not is_blank(cells[column])
        }
        self.faults, self.currencies = [], []

    def cell(self, name: str) -> Cell:
        """Return the cell of a canonical column, None if there is nothing in it."""
        return self.filled.get(name)

    def fault(self, code: str, name: str, **values: object) -> None:
        """Note what is wrong with a cell of the row."""
        column, text = self.layout.text(name), clean(self.cell(name))[:_SHOWN]
        told = {"row": self.row, "column": column, "text": text, **values}
        self.faults.append(Issue("warning", code, told, self.filename, self.row, column, text))

    def text(self, name: str, limit: int = MAX_TEXT) -> str | None:
        """Return a cell as text, None if it is blank; what is too long is cut."""
        cell = self.filled.get(name)
        if cell is None:
            return None
        if not isinstance(cell, str):
            return self._checked(name, clean(cell), limit)
        text = self._texts.get(cell)
        if text is None:
            text = self._texts[cell] = clean(cell)
        return self._checked(name, text, limit)

    def number(self, name: str) -> str | None:
        """Return a number of a document, partner or tax, None if the cell is blank."""
        cell = self.cell(name)
        if cell is None:
            return None
        text, unsure = read_number(cell)
        unsure = unsure or (name == "number" and text in self.damaged)
        if unsure and (self.strict or name != "tax"):  # 0.21 may be how a spreadsheet keeps the name 21%
            self.fault("opening_number_damaged", name)
        return self._checked(name, text, MAX_NUMBER)

    def _checked(self, name: str, text: str, limit: int) -> str | None:
        """Return a text that is no error of a spreadsheet and not too long."""
        if text[:1] == "#" and text in _ERRORS:
            self.fault("opening_cell_error", name)
            return None
        if self.strict:
            limit = STRICT_LIMITS.get(name, limit)
        if len(text) > limit:
            self.fault("opening_text_too_long", name, limit=limit, length=len(text))
        return text[:limit].strip() or None

    def day(self, name: str, required: bool = False) -> date | None:
        """Return a date, None if the cell is blank or holds none."""
        cell = self.filled.get(name)
        if isinstance(cell, str) and (known := self._days.get(cell)):
            return known
        text = clean(cell) if isinstance(cell, str) else ""
        if cell is None or (isinstance(cell, str) and (text in BLANKS or is_no_date(text))):
            if required:
                self.fault("opening_value_missing", name)
            return None
        found = self.dates.read(cell) if self._may_be_date(cell, text) else None
        if found is None or make_date(found.year, found.month, found.day) is None:
            self.fault("opening_date_unreadable", name)
            return None
        if isinstance(cell, str):
            self._days[cell] = found
        return found

    def _may_be_date(self, cell: Cell, text: str) -> bool:
        """Tell whether a cell is written like a date; Emersion has two ways only."""
        if isinstance(cell, float):
            return not self.strict and abs(cell) < 10**9
        if self.strict:
            return isinstance(cell, date) or bool(_STRICT_DATE.fullmatch(text))
        return isinstance(cell, (str, int, date))

    def amount(self, name: str, required: bool = False) -> Decimal | None:
        """Return an amount by the signs of the file, None if the cell is blank or holds none."""
        found = self._amount(name, self._mark)
        if found is None:
            if required and not self._is_faulty(name):
                self.fault("opening_value_missing", name)
            return None
        self.decimals.note(self.row, name, self.cell(name), found.value)
        if found.currency or found.sign:
            self.currencies.append(found.currency or found.sign)
        return money(-abs(found.value) if found.side < 0 else found.value)

    def rate(self) -> Decimal | None:
        """Return the company currency for one unit of the row's currency, None if not given or wrong."""
        found = self._amount("rate", self._rate_mark)
        if found is None:
            return None
        cell, mark = self.cell("rate"), self._rate_mark
        if mark and isinstance(cell, str) and mark not in cell and decimal_evidence(cell) == "?":
            self.fault("opening_rate_unclear", "rate")  # a mark hardly groups the digits of a rate
            return None
        if found.value <= 0 or found.side:
            self.fault("opening_rate_not_positive", "rate")
            return None
        return found.value

    def _amount(self, name: str, mark: str | None) -> Amount | None:
        """Return what a cell of amounts holds, None if it is blank or no amount."""
        cell = self.cell(name)
        if cell is None or (isinstance(cell, str) and clean(cell) in BLANKS):
            return None
        found = read_amount(cell, mark) if isinstance(cell, (str, int, float, Decimal)) else None
        if found is None or found.value.adjusted() >= _LARGEST or not self._may_be_amount(cell):
            self.fault("opening_amount_unreadable", name)
            return None
        return found

    def _may_be_amount(self, cell: Cell) -> bool:
        """Tell whether a cell is written like an amount; Emersion's are numbers and nothing else."""
        return not self.strict or not isinstance(cell, str) or bool(_STRICT_AMOUNT.fullmatch(clean(cell)))

    def _is_faulty(self, name: str) -> bool:
        """Tell whether the cell of a column is filled, so that it was found wrong."""
        cell = self.cell(name)
        return cell is not None and clean(cell) not in BLANKS

    def currency(self, default: str | None) -> str | None:
        """Return the row's currency: of its column, of its amounts, or ``default``; one not known as it is written."""
        text = self.text("currency")
        own = (read_currency(text) or read_sign(text) or text.upper()) if text and text not in BLANKS else None
        for other in self.currencies:
            if other != (own or self.currencies[0]) and not fits_sign(other, own):
                self.fault("opening_currency_differs", "currency", currencies=(own or self.currencies[0], other))
                break
        return own or (self.currencies[0] if self.currencies else default)
