"""Which other sheets of a workbook or tables of a page hold rows of the same kind as the one that is read."""

from __future__ import annotations

from collections.abc import Iterable

from ..items import Cell, ReadOptions, Row
from ..tables import header
from ..values.cells import clean, read_amount
from ..values.dates import looks_like_date
from .sheets import Sheet

_SAMPLE = 100
_FEW = 3
_DOCUMENTS = frozenset(("number", "reference", "order_reference", "date", "posting_date", "due_date"))


def tell_further(sheet: Sheet, others: Iterable[tuple[str, list[Row]]], options: ReadOptions) -> None:
    """Keep at a sheet which ``others`` (name and first rows) hold rows of the same kind, and which other lists.

    A sheet without a header is of the same kind if its rows have the same sorts of cells in the same columns. Once a
    person has said which sheet is the one, the others are only named.
    """
    found = header.find(sheet.rows, options)
    fields = _fields(found)
    start = found.last + 1 if found else 0
    shapes = {shape for row in sheet.rows[start : start + _SAMPLE] if (shape := _shape(row))}
    same: list[str] = []
    different: list[str] = []
    for name, rows in others:
        own = header.find(rows, options)
        if own and any(row.cells for row in rows[own.last + 1 :]):
            is_same = not fields & _DOCUMENTS or bool(_fields(own) & _DOCUMENTS)
            (same if is_same else different).append(name)
        elif any(_shape(row) in shapes for row in rows[:_SAMPLE]):
            same.append(name)
    named = options.sheet and sheet.name == options.sheet
    sheet.others = () if named else tuple(same)
    sheet.different = (*same, *different) if named else tuple(different)


def _fields(found: header.Header | None) -> frozenset[str]:
    """Return what the columns of a header can mean."""
    return frozenset(name for meaning in found.meanings for name, _ in meaning.fields) if found else frozenset()


def _shape(row: Row) -> tuple[str, ...] | None:
    """Return which sorts of cells stand in which columns of a row, None if it has too few to tell or no amount."""
    sorts = tuple(map(_sort, row.cells))
    filled = [sort for sort in sorts if sort]
    return sorts if len(filled) >= _FEW and "amount" in filled and len(set(filled)) > 1 else None


def _sort(cell: Cell) -> str:
    """Return of which sort a cell is: date, amount, text or blank."""
    if looks_like_date(cell):
        return "date"
    if read_amount(cell, ".") is not None:
        return "amount"
    return "text" if clean(cell) else ""
