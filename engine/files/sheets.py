"""What every format is turned into: sheets of rows, checked against the limits while they grow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import Issue, ReadError
from ..items import Cell, Row
from . import limits
from .encodings import Doubt


def refuse(code: str, **values: object) -> ReadError:
    """Return the error for a file that cannot be read as a whole."""
    return ReadError(Issue("stop", code, values))


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook, a table of a page, or a text as a whole. Blank rows at its end are left out.

    ``others``: sheets with rows of the same kind that were not read; ``different``: other lists.
    """

    rows: list[Row]
    name: str = ""
    format: str = ""
    encoding: str = ""
    separator: str = ""
    cut_off: bool = False
    others: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    doubt: Doubt | None = None


def finite(value: float) -> Cell:
    """Return a number as a cell: one that is beyond all numbers, such as 1E400, is a text that says nothing."""
    return value if math.isfinite(value) else str(value)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing to read."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def collect(records: Iterable[tuple[int, Iterable[Cell]]], keep: int | None = None) -> list[Row]:
    """Return numbered records as rows without the blank cells and rows at their ends; refuse what is too large."""
    return list(_trim(records, keep))


def _trim(records: Iterable[tuple[int, Iterable[Cell]]], keep: int | None) -> Iterator[Row]:
    """Yield the first ``keep`` rows, or all; blank rows only where another row follows."""
    blanks: list[Row] = []
    rows = cells = 0
    for number, record in records:
        row = tuple(record)
        width = len(row)
        cells += width
        while width and is_blank(row[width - 1]):
            width -= 1
        if width > limits.MAX_COLUMNS:
            raise refuse("file_too_wide", row=number, columns=width, limit=limits.MAX_COLUMNS)
        # A row or cell that claims any number brings all the blank ones before it.
        if cells > limits.MAX_CELLS or number > limits.XLSX_ROWS:
            raise refuse("file_too_large", rows=number, limit=limits.XLSX_ROWS)
        if not width:
            if len(blanks) < limits.HEADER_ROWS:
                blanks.append(Row(number, ()))
            continue
        rows += 1
        if keep is not None and rows > keep:
            return
        if rows > limits.MAX_ROWS:
            raise refuse("file_too_large", rows=rows, limit=limits.MAX_ROWS)
        if blanks:
            yield from blanks
            blanks.clear()
        yield Row(number, row[:width], len(row))
