"""Bytes of a file -> one amount per debtor: Scope's six columns, a table by its header, or the sums of open items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, Protocol

from ..errors import Issue, ReadError
from ..files.load import load
from ..files.sheets import Sheet
from ..files.text import SEPARATORS
from ..items import ReadOptions, ReadResult, ReportedAmount
from ..tables.header import Header
from ..tables.known_layouts import known_layout
from ..tables.mapping import Layout, map_columns
from ..tables.reading import choose_sheet, no_header, read_file, read_sheet
from ..words.columns import LIMITS
from .items import ReportedBalance
from .layout import debtor_layout, find_header, gives_amounts, names_partners, scope_layout
from .sums import sum_items
from .table import read_debtors


class Claim(Protocol):
    """A reader of a format that is no table."""

    @property
    def read(self) -> Callable[[bytes, str, ReadOptions], ReadResult[ReportedAmount]]:
        """Bytes, name and options -> items."""


class ItemReaders(NamedTuple):
    """How lists of open items are read, for what turns out to be one: it is summed.

    ``claimed``: bytes of a file -> the reader of its format, None for a table; ``table``: reads a sheet.
    """

    claimed: Callable[[bytes], Claim | None]
    table: Callable[[Sheet, str, ReadOptions], ReadResult[ReportedAmount]]


def read_balances(
    data: bytes, filename: str, options: ReadOptions | None, readers: ItemReaders
) -> ReadResult[ReportedBalance]:
    """Return what a file reports of each debtor, balances in ledger sign.

    A file that cannot be read gives a ``stop`` problem, never an exception. Which of the three kinds of list it is, is
    told by its content: with document numbers or dates in its rows it is a list of items, and these are summed.
    """
    file = _File(data, filename, options or ReadOptions(), readers)
    return read_file(filename, file.read)


class _File(NamedTuple):
    """A file that is being read."""

    data: bytes
    name: str
    options: ReadOptions
    readers: ItemReaders

    def read(self) -> ReadResult[ReportedBalance]:
        """Read a file of any shape."""
        reader = self.readers.claimed(self.data)
        if reader:
            return sum_items(reader.read(self.data, self.name, self.options))
        return read_sheet(choose_sheet(load(self.data, self.options), self.options), self._read_sheet)

    def _read_sheet(self, sheet: Sheet) -> ReadResult[ReportedBalance]:
        """Read a sheet as what it holds."""
        options = self.options
        found = find_header(sheet.rows, options)
        layout = scope_layout(sheet.rows, found, options)
        if layout is None and found is None:
            sheet, layout = self._by_other_separator(sheet)
        if layout is not None:
            return read_debtors(sheet, layout, self.name, options, True)
        if found is None and known_layout(sheet.rows):
            return sum_items(self.readers.table(sheet, self.name, options))
        if found is None:
            raise no_header(sheet, options, lambda like: _missing(sheet, like), ("partner_number", "balance"))
        return self._by_header(sheet, found)

    def _by_header(self, sheet: Sheet, found: Header) -> ReadResult[ReportedBalance]:
        """Read a table with a header: debtors or documents."""
        rows = sheet.rows[found.last + 1 :]
        layout = debtor_layout(found, rows)
        if layout is None:
            result = sum_items(self.readers.table(sheet, self.name, self.options))
            fields = map_columns(found, rows).fields
            limits = tuple(found.texts[fields[limit]] for limit in LIMITS if limit in fields)
            ignored = (Issue("warning", "limits_ignored", {"columns": limits}),) if limits else ()
            return replace(result, problems=(*result.problems, *ignored))
        if not names_partners(layout) or not gives_amounts(layout):
            missing = "balance" if names_partners(layout) else "partner_number"
            raise ReadError(Issue("stop", "column_missing", {"missing": (missing,), "found": found.texts}))
        return read_debtors(sheet, layout, self.name, self.options, False)

    def _by_other_separator(self, sheet: Sheet) -> tuple[Sheet, Layout | None]:
        """Return Scope's layout with another separator: names may hold more commas than a line has semicolons."""
        for separator in SEPARATORS if sheet.format == "csv" and not self.options.separator else ():
            if separator != sheet.separator:
                other = load(self.data, replace(self.options, separator=separator))[0]
                layout = scope_layout(other.rows, find_header(other.rows, self.options), self.options)
                if layout is not None:
                    return other, layout
        return sheet, None


def _missing(sheet: Sheet, like: Header) -> tuple[str, ...]:
    """Return the column that a list of debtors needs and a table with nearly a header lacks."""
    return ("balance",) if names_partners(map_columns(like, sheet.rows[like.last + 1 :])) else ("partner_number",)
