"""A cell of an opening list for another file: what only its own file tells of it is settled before."""

from __future__ import annotations

from ..items import Cell
from ..values.cells import decimal_evidence, read_amount
from ..values.dates import DateReader, order_evidence
from .columns import AMOUNTS, EMERSION, EMERSION_AMOUNTS, TEMPLATE

_DAYS = frozenset({"date", "due_date", "period_start", "period_end"})
_SUMS = frozenset((*AMOUNTS, *EMERSION_AMOUNTS))
_HEADERS = {
    True: {name: text for text, name in EMERSION.items()},
    False: {name: text for text, name in TEMPLATE.items()},
}


def settle_cell(name: str, cell: Cell, decimal_mark: str | None, date_order: str | None) -> Cell:
    """Return a cell that reads the same wherever it stands: 01/02/2026 as a date, 1.500 as a number.

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
