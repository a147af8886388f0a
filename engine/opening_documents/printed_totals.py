"""Totals printed below a list of opening documents, compared with the sum of its rows as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..errors import Issue
from ..items import Row
from ..values.cells import money, read_amount
from .cells import Cells

_COLUMNS = ("total", "balance", "net_total", "net_open", "open_tax")
_FEWEST = 2  # rows that a total sums up
_ZERO = Decimal(0)


class PrintedTotals:
    """The totals of a table by column, and what its rows come to. Signs are those of the file."""

    def __init__(self, cells: Cells, decimal_mark: str) -> None:
        self._cells, self._mark = cells, decimal_mark
        self._printed: dict[str, list[tuple[Decimal, int]]] = {}
        self._sums: dict[str, Decimal | None] = {}

    def __bool__(self) -> bool:
        return bool(self._printed)

    def take(self) -> None:
        """Take in the row of ``cells`` as a total."""
        for name in _COLUMNS:
            amount = self._read(name)
            if amount is not None:
                self._printed.setdefault(name, []).append((amount, self._cells.row))

    def sums_up(self, rows: Sequence[Row], row: Row) -> bool:
        """Tell whether each amount of a row is the sum of some rows above it, of two at least."""
        columns = [(name, amount) for name in _COLUMNS if (amount := self._read(name))]
        sums = dict.fromkeys((name for name, _amount in columns), _ZERO)
        filled = 0
        for above in rows if columns else ():
            self._cells.take(above)
            amounts = {name: self._read(name) or _ZERO for name in sums}
            sums = {name: sums[name] + amounts[name] for name in sums}
            filled += any(amounts.values())
        self._cells.take(row)
        return bool(columns) and filled >= _FEWEST and all(sums[name] == amount for name, amount in columns)

    def add(self) -> None:
        """Take in the row of ``cells`` as a document. A column with anything unreadable has no sum."""
        for name in self._printed:
            amount, before = self._read(name), self._sums.get(name, _ZERO)
            unreadable = amount is None and self._cells.cell(name) is not None
            self._sums[name] = None if before is None or unreadable else before + (amount or _ZERO)

    def problems(self, currencies: set[str | None]) -> Iterator[Issue]:
        """Yield the totals that differ; ``currencies``: of the rows, several have no sum."""
        if len(currencies) > 1:
            return
        currency = next(iter(currencies), None) or ""
        for name, printed in self._printed.items():
            read = self._sums.get(name, _ZERO)
            amount, row = printed[0]
            if read is None or any(read == total for total, _row in printed):
                continue
            values = {"total": money(amount), "read": money(read), "currency": currency, "row": row}
            yield Issue("stop", "totals_differ", values, row=row, column=self._cells.layout.text(name))

    def _read(self, name: str) -> Decimal | None:
        """Return the amount in a column of the row, None if there is none."""
        cell = self._cells.cell(name)
        found = read_amount(cell, self._mark) if cell is not None else None
        if found is None:
            return None
        return -abs(found.value) if found.side < 0 else found.value
