"""Rows that look sound and are not: cells beyond the header, numbers that a spreadsheet made dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from ..errors import Issue
from ..files.sheets import Sheet
from ..items import Cell, Row
from ..values.cells import clean, fold, tried
from ..values.dates import looks_like_date, month_of
from ..words.cells import LONG_MONTHS, total_label
from .mapping import Layout
from .profile import CODE, Profile
from .raw import Raw

_VARIOUS = 3  # widths of rows: where there are more, that is how the list writes them
_RARELY = 0.34  # of the rows
_FEW = 3  # filled cells of a row that is no document, wherever they stand
_MOST_DATES = 0.6  # of the cells of a column that holds dates
_SEPARATORS = re.compile(r"[-./]")
_DIGIT = re.compile(r"[0-9]")
_DAY = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}(?:[ T]\d.*)?")
_MONTH = re.compile(r"(\d{1,2}[-. /]{1,2})?([^\W\d_]{3,5})\.?([-. /]{1,2}(?:\d{2}|\d{4}))?")


def wide_rows(sheet: Sheet, layout: Layout, header_rows: list[Row], rows: list[Row]) -> frozenset[int]:
    """Return the numbers of the rows that have more cells than the header: in them any cell may stand in the wrong
    column.

    In a text blank cells at the end count as well, unless all rows end in them.
    """
    width = layout.width
    wide = {row.number for row in rows if len(row.cells) > width}
    if sheet.format == "csv" and header_rows:
        wide |= _longer_rows(width, header_rows, rows)
    return frozenset(row.number for row in rows if row.number in wide and _filled(row) >= _FEW) if wide else frozenset()


def _longer_rows(width: int, header_rows: list[Row], rows: list[Row]) -> set[int]:
    """Return the numbers of the rows that are longer than the header with their blank cells, unless all are so."""
    limit = max(width, *(row.width for row in header_rows))
    longer = [row for row in rows if row.width > limit]
    if longer and any(row.width != longer[0].width and _filled(row) * 2 > width for row in rows):
        return {row.number for row in longer}
    return set()


def shifted_rows(sheet: Sheet, last: int) -> frozenset[int]:
    """Return the numbers of the rows of a text that have more or fewer cells than most others: a separator was lost or
    added, so that any cell may stand in the wrong column.

    :param last: index of the last row of the header, -1 = it has none
    """
    if sheet.format != "csv" or last < 0:
        return frozenset()
    full = [row for row in sheet.rows[last + 1 :] if _filled(row) >= _FEW]
    widths = Counter(row.width for row in full)
    if len(widths) > _VARIOUS:
        return frozenset()  # a list that leaves blank cells out
    width = sheet.rows[last].width
    if width not in widths:
        width = max(widths, key=lambda one: widths[one], default=0)
    keeps_blanks = any(row.width > len(row.cells) for row in sheet.rows[last:])
    short = _short_rows(full, width, keeps_blanks)
    return frozenset(row.number for row in (*short, *(row for row in full if row.width > width)))


def _short_rows(full: list[Row], width: int, keeps_blanks: bool) -> list[Row]:
    """Return the rows that have too few cells, none where the list leaves blank cells at the end out."""
    short = [row for row in full if row.width < width]
    return [] if not keeps_blanks and len(short) > len(full) * _RARELY else short


class OddRows(NamedTuple):
    """Numbers of rows that have other cells than the others. ``wide``: more than the header; ``shifted``: a cell too
    many or too few.
    """

    wide: frozenset[int] = frozenset()
    shifted: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """All of them."""
        return self.wide | self.shifted


def odd_rows(sheet: Sheet, layout: Layout, header_rows: list[Row], rows: list[Row]) -> OddRows:
    """Return the rows that have other cells than the others."""
    wide = wide_rows(sheet, layout, header_rows, rows)
    return OddRows(wide, shifted_rows(sheet, layout.header.last) - wide)


def is_misplaced(column: Profile, text: str) -> bool:
    """Tell whether a number or code stands in a column that holds dates: it belongs into another.

    :param text: a cell that is no date; one that was meant as a date that no calendar has is not misplaced
    """
    holds_dates = column.filled > _FEW and column.share(column.readable_dates) >= _MOST_DATES
    is_meant = len(_SEPARATORS.split(text)) == 3
    return holds_dates and not is_meant and (not text.strip("+-.,' 0123456789") or bool(CODE.fullmatch(text)))


def tell_shifted(row: Row) -> Issue:
    """Return what is to be said of a row with a cell too many or too few."""
    text = " | ".join(map(clean, row.cells[:12]))
    return Issue("warning", "row_shifted", {"count": row.width}, row=row.number, text=text)


def tell_cut(sheet: Sheet, shifted: frozenset[int]) -> list[Issue]:
    """Return that a text is cut off: its last row lacks cells that the others have."""
    last = next((row for row in reversed(sheet.rows) if row.cells), None)
    if last is None or last.number not in shifted or sheet.cut_off:
        return []
    if any(isinstance(cell, str) and total_label(cell) is not None for cell in last.cells):
        return []  # a total may have cells of its own
    whole = max(row.width for row in sheet.rows)
    text = " | ".join(map(clean, last.cells))[:200]
    return [Issue("stop", "list_cut_off", {"rows": last.number}, text=text)] if last.width < whole else []


def _filled(row: Row) -> int:
    """Return how many cells of a row are filled."""
    return sum(1 for cell in row.cells if cell is not None and cell != "")


def tell_wide(wide: list[Row], documents: int) -> Iterable[Issue]:
    """Yield what is to be said of rows with more cells than the header.

    :param documents: how many rows hold documents or debtors; if most of them are so, the list stops
    """
    if len(wide) * 2 > documents:
        text = " | ".join(islice(map(clean, wide[0].cells), 12))
        yield Issue("stop", "rows_too_wide", {"count": len(wide), "total": documents}, row=wide[0].number, text=text)
        return
    for row in wide:
        yield Issue("warning", "row_too_wide", row=row.number, text=" | ".join(map(clean, row.cells[:12])))


_MILS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})  # ISO 4217: three decimals


class Decimals:
    """How many decimals the written amounts of a list have: one with three (1.234) among others may be thousands."""

    def __init__(self) -> None:
        self._thousandths: dict[int, tuple[str, str]] = {}
        self._has_others = False

    def note(self, row: int, name: str, cell: Cell, value: Decimal) -> None:
        """Take an amount in; ``name``: its canonical column."""
        if isinstance(cell, str) and value:
            if value.as_tuple().exponent != -3:
                self._has_others = True
            elif 1 <= abs(value) < 1000:
                self._thousandths[row] = (name, clean(cell))

    def odd(self, currencies: Mapping[int, str | None]) -> dict[int, tuple[str, str]]:
        """Return row -> canonical column and text of an amount that may be thousands.

        :param currencies: ISO code by row; an amount in one that has mils is what it says
        """
        found = self._thousandths if self._has_others else {}
        return {row: told for row, told in found.items() if currencies.get(row) not in _MILS}


def currencies_of(raws: Iterable[Raw], layout: Layout) -> dict[int, str | None]:
    """Return the currency that each row, or else the heading of the balance, names, by row."""
    headed = layout.currencies.get(layout.fields.get("balance", layout.fields.get("total", -1)))
    return {raw.row: raw.currency or raw.amount_currency or headed for raw in raws}


def tell_decimals(layout: Layout, row: int, name: str, text: str) -> Issue:
    """Return what is to be said of an amount that may be thousands; ``name``: its canonical column."""
    column = layout.text(name)
    return Issue("warning", "amount_decimals", {"column": column, "text": text}, row=row, column=column, text=text)


def forget_cells(raw: Raw) -> None:
    """Leave of a row only whose it is: which of its other cells are right cannot be told."""
    raw.number = raw.payable_number = ""
    raw.others = ()
    raw.day = raw.due_date = None
    raw.unsure = False


def find_damaged(numbers: Iterable[str]) -> frozenset[str]:
    """Return the numbers of a list that a spreadsheet made dates (Mrz 26, 04-Jan, 01.04.2026).

    Where most numbers are so, or others of the same shape are no dates (2026-00-17), that is how the list writes them.
    """
    texts = list(numbers)
    damaged = {text for text in set(texts) if became_date(text)}
    if damaged:
        shapes = {_DIGIT.sub("9", text) for text in texts if text not in damaged}
        damaged = {text for text in damaged if _DIGIT.sub("9", text) not in shapes}
    count = sum(1 for text in texts if text in damaged) if damaged else 0
    return frozenset(damaged) if count * 2 <= len(texts) else frozenset()


def became_date(cell: Cell) -> bool:
    """Tell whether a number is written as a spreadsheet writes a date, with day and month or month and year."""
    text = tried(cell)
    if _DAY.fullmatch(text):
        return looks_like_date(text)
    match = _MONTH.fullmatch(text) if text[-1:].isdecimal() or text[:1].isdecimal() else None
    return bool(match and (match[1] or match[3]) and month_of(match[2]) and _is_month(match[2]))


def _is_month(word: str) -> bool:
    """Tell whether a word is a month as spreadsheets shorten it, not one that only begins like it."""
    return len(fold(word)) <= 3 or fold(word) in LONG_MONTHS


def mark_damaged(raws: list[Raw]) -> None:
    """Mark the rows whose document number became a date as unsure."""
    for name in ("number", "payable_number"):
        damaged = find_damaged(text for raw in raws if (text := getattr(raw, name)))
        for raw in raws:
            if damaged and getattr(raw, name) in damaged:
                raw.unsure = True
