"""Amounts to be paid: a column of them is never what was paid; what is open of a document is told by its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..errors import Issue
from ..items import Row
from ..values.cells import fold, read_amount
from ..words.headers import TO_BE_PAID
from .mapping import Layout

_WORDS = frozenset(map(fold, TO_BE_PAID.replace("\n", "|").split("|"))) - {""}
_OPEN = frozenset({"balance", "document_balance", "company_balance", "debit", "credit"})
_SAMPLE = 400
_ZERO = Decimal(0)


def settle_payable(layout: Layout, rows: list[Row], mark: str) -> Issue | None:
    """Take a column of what is to be paid for the balance if the rows show that it is; return a question if not.

    Total less what was paid is open. Total less a discount is not: then the whole total may still be. Whoever assigned
    the column said what it is.

    :param mark: decimal mark of the amounts
    """
    fields, total = layout.fields, layout.fields.get("total")
    column = _column(layout)
    if column is None or total is None or column == total:
        return None
    is_balance = fields.get("balance") == column
    if _OPEN & set(fields) and not is_balance:
        return None
    differences = _Differences(rows, total, column, mark)
    others = [other for other in range(len(layout.profiles)) if other not in (total, column) and differences.are(other)]
    if fields.get("paid") == column:
        del fields["paid"]
    if _means_paid(layout, others) or not differences.any or (is_balance and not others):
        fields["balance"] = column
        return None
    text = layout.header.texts[column]
    return Issue("stop", "to_be_paid_unclear", {"column": text, "total": layout.text("total")}, column=text)


def _means_paid(layout: Layout, columns: list[int]) -> bool:
    """Tell whether the heading of any of some columns may mean what was paid."""
    return any(name == "paid" for column in columns for name, _ in layout.header.meanings[column].fields)


def _column(layout: Layout) -> int | None:
    """Return the column of what is to be paid by its heading, None if there is none or a person said what it is."""
    for column, (text, found) in enumerate(zip(layout.header.texts, layout.header.meanings, strict=False)):
        if fold(text) in _WORDS and all(rank for _name, rank in found.fields):
            return column
    return None


class _Differences:
    """Total less what is to be paid, row by row. ``any``: whether there is a difference at all."""

    def __init__(self, rows: list[Row], total: int, column: int, mark: str) -> None:
        self._mark = mark or None
        self._rows: list[tuple[Row, Decimal]] = []
        for row in rows[:_SAMPLE]:
            amounts = list(self._amounts(row, total, column))
            if len(amounts) == 2:
                self._rows.append((row, amounts[0] - amounts[1]))
        self.any = any(difference for _row, difference in self._rows)

    def are(self, column: int) -> bool:
        """Tell whether they are what another column holds."""
        if not self.any:
            return False
        for row, difference in self._rows:
            amount = next(self._amounts(row, column), _ZERO)
            if abs(amount) != abs(difference):
                return False
        return True

    def _amounts(self, row: Row, *columns: int) -> Iterator[Decimal]:
        """Yield the amounts in some columns of a row."""
        for column in columns:
            amount = read_amount(row.cells[column], self._mark) if column < len(row.cells) else None
            if amount is not None:
                yield amount.value
