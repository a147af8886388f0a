"""Bytes of a file -> opening documents: Emersion's columns, our own template, and lists that are like it."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import islice

from ..errors import ReadError
from ..items import ReadOptions, Row
from ..opening_items import OpeningResult
from ..values import clean
from . import limits, outline, tables
from .opening_columns import is_header, search_options
from .opening_table import read_documents
from .refusal import refused
from .sheets import collect
from .table import choose_sheet

_HEAD = 65_536  # bytes of a text in which its header is looked for


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
    sheet = choose_sheet(tables.load(data, search), search)
    try:
        return read_documents(sheet, name, options)
    except ReadError as error:
        return OpeningResult(problems=(error.issue,), detected=outline(sheet))


def is_opening_list(data: bytes, filename: str, options: ReadOptions | None = None) -> bool:
    """Tell by its first rows whether a file has Emersion's columns or those of the template; nothing else is one.

    ``filename`` is not looked at: files are known by their content.
    """
    sheets: list[list[Row]] = refused(
        lambda: _first_rows(data, search_options(options or ReadOptions())),
        lambda issue: [],
    )
    return any(is_header(map(clean, row.cells)) for rows in sheets for row in rows[: limits.HEADER_ROWS])


def _first_rows(data: bytes, options: ReadOptions) -> list[list[Row]]:
    """Return the first rows of all sheets of a file without reading it to its end."""
    if len(data) > limits.MAX_BYTES:
        return []
    if data.startswith(tables.ZIP):
        return _first_of_xlsx(data)
    if not data.startswith(tables.OLE) and len(data) > _HEAD:
        end = data.rfind(b"\n", 0, _HEAD) + 1
        data = data[: _HEAD if b"\0" in data[:_HEAD] or not end else end]
    return [sheet.rows for sheet in tables.load(data, options)]


def _first_of_xlsx(data: bytes) -> list[list[Row]]:
    """Return the first rows of the sheets of an XLSX."""
    import openpyxl  # slow to import and not needed for text

    from .workbook import as_cells, check_parts, damaged

    with damaged("xlsx"):
        check_parts(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = []
        for name in book.sheetnames[: limits.MAX_SHEETS]:
            if hasattr(book[name], "iter_rows"):
                book[name].reset_dimensions()
                rows = islice(book[name].iter_rows(values_only=True), limits.HEADER_ROWS)
                found.append(collect(enumerate(map(as_cells, rows), 1)))
        return found
