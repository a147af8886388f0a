"""Bytes of a file -> opening documents: Emersion's columns, our own template, and lists that are like it."""

from __future__ import annotations

from dataclasses import replace

from ..errors import ReadError
from ..files import limits
from ..files.load import first_rows, load
from ..files.refusal import refused
from ..items import ReadOptions, Row
from ..open_items.read import outline
from ..open_items.table import choose_sheet
from ..values.cells import clean
from .columns import is_header, search_options
from .items import OpeningResult
from .table import read_documents


def read_opening(data: bytes, filename: str, options: ReadOptions | None = None) -> OpeningResult:
    """Return the opening documents of a file, one item for each row, amounts in ledger sign.

    A file that cannot be read gives a ``stop`` problem, never an exception; a row that is wrong is an item with faults.
    """
    options = options or ReadOptions()
    result = refused(
        lambda: _read_table(data, filename, options),
        lambda issue: OpeningResult(problems=(issue,)),
    )
    return replace(result, problems=tuple(replace(issue, file=filename) for issue in result.problems))


def _read_table(data: bytes, name: str, options: ReadOptions) -> OpeningResult:
    """Read a table in any format."""
    search = search_options(options)
    sheet = choose_sheet(load(data, search), search)
    try:
        return read_documents(sheet, name, options)
    except ReadError as error:
        return OpeningResult(problems=(error.issue,), detected=outline(sheet))


def is_opening_list(data: bytes, filename: str, options: ReadOptions | None = None) -> bool:
    """Tell by its first rows whether a file has Emersion's columns or those of the template; nothing else is one.

    ``filename`` is not looked at: files are known by their content.
    """
    sheets: list[list[Row]] = refused(
        lambda: first_rows(data, search_options(options or ReadOptions())),
        lambda issue: [],
    )
    return any(is_header(map(clean, row.cells)) for rows in sheets for row in rows[: limits.HEADER_ROWS])
