"""Bytes of a file -> one amount per debtor: Scope's six columns, a table by its header, or the sums of open items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import Issue, ReadError
from ..files.load import load
from ..files.refusal import refused
from ..files.sheets import Sheet
from ..files.text import SEPARATORS
from ..items import ReadOptions, ReadResult, ReportedItem
from ..open_items.pages import join_pages
from ..open_items.read import claimed_by, outline
from ..open_items.table import choose_sheet, read_table
from ..tables import header
from ..tables.header import Header
from ..tables.known_layouts import known_layout
from ..tables.mapping import Layout, map_columns
from ..values.cells import clean
from ..words.columns import LIMITS
from .items import BalanceResult
from .layout import debtor_layout, find_header, gives_amounts, names_partners, scope_layout
from .sums import sum_items
from .table import read_debtors


def read_balances(data: bytes, filename: str, options: ReadOptions | None = None) -> BalanceResult:
    """Return what a file reports of each debtor, balances in ledger sign.

    A file that cannot be read gives a ``stop`` problem, never an exception. Which of the three kinds of list it is, is
    told by its content: with document numbers or dates in its rows it is a list of items, and these are summed.
    """
    options = options or ReadOptions()
    result = refused(
        lambda: _read_any(data, filename, options),
        lambda issue: BalanceResult(problems=(issue,)),
    )
    return replace(
        result,
        balances=tuple(told if told.file else replace(told, file=filename) for told in result.balances),
        rejected=tuple(told if told.file else replace(told, file=filename) for told in result.rejected),
        problems=tuple(replace(issue, file=filename) for issue in result.problems),
    )


def _read_any(data: bytes, name: str, options: ReadOptions) -> BalanceResult:
    """Read a file of any shape."""
    reader = claimed_by(data)
    return sum_items(reader.read(data, name, options)) if reader else _read_table(data, name, options)


def join_balance_pages(results: Sequence[BalanceResult]) -> tuple[BalanceResult, ...]:
    """Return the results of a run's files as pages of the lists that they belong to, see ``join_pages``."""
    filler = ReportedItem(None, None, None, None, None, None, None, None, None, None, 0)
    pages = [
        ReadResult((filler,) if one.balances else (), one.problems, replace(one.detected, payables_sign=None))
        for one in results
    ]
    return tuple(replace(one, problems=page.problems) for one, page in zip(results, join_pages(pages), strict=True))


def _read_table(data: bytes, name: str, options: ReadOptions) -> BalanceResult:
    """Read a table in any format."""
    sheet = choose_sheet(load(data, options), options)
    try:
        return _read_sheet(data, sheet, name, options)
    except ReadError as error:
        return BalanceResult(problems=(error.issue,), detected=outline(sheet))


def _read_sheet(data: bytes, sheet: Sheet, name: str, options: ReadOptions) -> BalanceResult:
    """Read a sheet as what it holds."""
    found = find_header(sheet.rows, options)
    layout = scope_layout(sheet.rows, found, options)
    if layout is None and found is None:
        sheet, layout = _by_other_separator(data, sheet, options)
    if layout is not None:
        return read_debtors(sheet, layout, name, options, True)
    if found is None and known_layout(sheet.rows):
        return sum_items(read_table(sheet, name, options))
    if found is None:
        raise _no_header(sheet, options)
    return _by_header(sheet, found, name, options)


def _by_header(sheet: Sheet, found: Header, name: str, options: ReadOptions) -> BalanceResult:
    """Read a table with a header: debtors or documents."""
    rows = sheet.rows[found.last + 1 :]
    layout = debtor_layout(found, rows)
    if layout is None:
        result = sum_items(read_table(sheet, name, options))
        fields = map_columns(found, rows).fields
        limits = tuple(found.texts[fields[limit]] for limit in LIMITS if limit in fields)
        ignored = (Issue("warning", "limits_ignored", {"columns": limits}),) if limits else ()
        return replace(result, problems=(*result.problems, *ignored))
    if not names_partners(layout) or not gives_amounts(layout):
        missing = "balance" if names_partners(layout) else "partner_number"
        raise ReadError(Issue("stop", "column_missing", {"missing": (missing,), "found": found.texts}))
    return read_debtors(sheet, layout, name, options, False)


def _by_other_separator(data: bytes, sheet: Sheet, options: ReadOptions) -> tuple[Sheet, Layout | None]:
    """Return Scope's layout with another separator: names may hold more commas than a line has semicolons."""
    for separator in SEPARATORS if sheet.format == "csv" and not options.separator else ():
        if separator != sheet.separator:
            other = load(data, replace(options, separator=separator))[0]
            layout = scope_layout(other.rows, find_header(other.rows, options), options)
            if layout is not None:
                return other, layout
    return sheet, None


def _no_header(sheet: Sheet, options: ReadOptions) -> ReadError:
    """Return why a table is none of debtors: what its best row lacks, or that none is a header."""
    like = header.nearest(sheet.rows, options)
    if like:
        names = names_partners(map_columns(like, sheet.rows[like.last + 1 :]))
        missing = ("balance",) if names else ("partner_number",)
        return ReadError(Issue("stop", "column_missing", {"missing": missing, "found": like.texts}))
    found = tuple(" | ".join(filter(None, map(clean, row.cells)))[:200] for row in sheet.rows[:5])
    return ReadError(Issue("stop", "header_missing", {"found": found, "needed": ("partner_number", "balance")}))
