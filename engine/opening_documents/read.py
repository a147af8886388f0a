"""Bytes of a file -> opening documents: Emersion's columns, our own template, and lists that are like it."""

from __future__ import annotations

from ..files import limits
from ..files.load import first_rows, load
from ..files.refusal import refused
from ..items import ReadOptions, ReadResult, Row
from ..tables.reading import choose_sheet, read_file, read_sheet
from ..values.cells import clean
from .columns import is_header, search_options
from .items import ReportedDocument
from .table import read_documents


def read_opening(data: bytes, filename: str, options: ReadOptions | None = None) -> ReadResult[ReportedDocument]:
    """Return the opening documents of a file, one item for each row, amounts in ledger sign.

    A file that cannot be read gives a ``stop`` problem, never an exception; a row that is wrong is an item with faults.
    """
    options = options or ReadOptions()
    search = search_options(options)

    def work() -> ReadResult[ReportedDocument]:
        """Read a table in any format."""
        sheet = choose_sheet(load(data, search), search)
        return read_sheet(sheet, lambda sheet: read_documents(sheet, filename, options))

    return read_file(filename, work)


def is_opening_list(data: bytes, filename: str, options: ReadOptions | None = None) -> bool:
    """Tell by its first rows whether a file has Emersion's columns or those of the template; nothing else is one.

    ``filename`` is not looked at: files are known by their content.
    """
    sheets: list[list[Row]] = refused(
        lambda: first_rows(data, search_options(options or ReadOptions())),
        lambda issue: [],
    )
    return any(is_header(map(clean, row.cells)) for rows in sheets for row in rows[: limits.HEADER_ROWS])
