"""Rows of an opening list for another file, in which a person corrects them: as they stand, or settled before."""

from __future__ import annotations

from ..files.load import load
from ..items import Cell, ReadOptions, Row
from ..tables.reading import choose_sheet
from ..values.cells import decimal_evidence, read_amount
from ..values.dates import DateReader, order_evidence
from .columns import AMOUNTS, EMERSION, EMERSION_AMOUNTS, TEMPLATE

_DAYS = frozenset({"date", "due_date", "period_start", "period_end"})
_SUMS = frozenset((*AMOUNTS, *EMERSION_AMOUNTS))
_HEADERS = {
    True: {name: text for text, name in EMERSION.items()},
    False: {name: text for text, name in TEMPLATE.items()},
}


def read_rows(data: bytes, options: ReadOptions | None = None) -> tuple[Row, ...]:
    """Return the rows of the sheet that holds the list, those above its header too; nothing is judged.

    Raises ReadError like a reader inside: ask only for files that were read.
    """
    options = options or ReadOptions()
    return tuple(choose_sheet(load(data, options), options).rows)


def settle_cell(name: str, cell: Cell, decimal_mark: str | None, date_order: str | None) -> Cell:
    """Return a cell that reads the same wherever it stands: 01/02/2026 as a date, 1.500 as a number.

    What only its own file tells of it is settled.

    :param name: canonical column
    :param decimal_mark: as the file writes its amounts, None if that is not known
    :param date_order: as the file writes its dates, None if that is not known
    """
    if not isinstance(cell, str):
        return cell
    if name in _DAYS and date_order and order_evidence(cell) == "?":
        return DateReader(date_order).read(cell) or cell
    if name in _SUMS and decimal_mark and decimal_evidence(cell) == "?":
        amount = read_amount(cell, decimal_mark)
        if amount and not amount.side and not amount.currency:
            return amount.value
    return cell


def standard_header(name: str, strict: bool = False) -> str:
    """Return how the template, or Emersion (``strict``), calls a canonical column, "" if it has none."""
    return _HEADERS[strict].get(name, "")
