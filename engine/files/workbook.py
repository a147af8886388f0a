"""Workbooks -> sheets: XLSX by openpyxl, streaming; XLS by xlrd. Nothing in them is executed or looked up."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

import xlrd
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

from ..errors import ReadError
from ..items import Cell, ReadOptions, Row
from ..tables import header
from . import limits
from .further import tell_further
from .package import Package
from .sheets import Sheet, collect, finite, refuse
from .xlsx_sheet import SheetReader, shared_texts

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAMPLE = 100
_TIMES = (time, timedelta)


def read_xlsx(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of an XLSX; only the one with the best header is read to its end."""
    with damaged("xlsx"):
        sheets = xlsx_sheets(data)
        return choose(list(sheets), lambda name: xlsx_rows(sheets[name]), "xlsx", options)


def first_of_xlsx(data: bytes) -> list[list[Row]]:
    """Return the first rows of the sheets of an XLSX."""
    with damaged("xlsx"):
        sheets = xlsx_sheets(data).values()
        return [collect(islice(xlsx_rows(sheet), limits.HEADER_ROWS)) for sheet in sheets]


@contextmanager
def damaged(form: str) -> Iterator[None]:
    """Turn whatever the libraries raise on damaged files into one problem: they raise anything at all."""
    try:
        yield
    except ReadError:
        raise
    except Exception as error:
        if "encrypt" in str(error).lower():
            raise refuse("file_protected") from error
        unknown = "find workbook" in str(error).lower()
        raise refuse("file_unknown" if unknown else "file_damaged", format="ole" if unknown else form) from error


class _Reader(ExcelReader):  # type: ignore[misc]
    """openpyxl's reader on a package that is measured; charts are no lists."""

    def __init__(self, package: Package) -> None:
        super().__init__(package.fp, read_only=True, data_only=True, keep_links=False)
        self.archive = package

    def read_strings(self) -> None:
        """Read the shared texts, each without the formats of its pieces."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = shared_texts(source)

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Leave out a sheet that is a chart: it would be held in memory as a tree."""


def xlsx_sheets(data: bytes) -> dict[str, Any]:
    """Return the sheets of an XLSX by name, for :func:`xlsx_rows`."""
    reader = _Reader(Package(data))
    reader.read()
    return {sheet.title: sheet for sheet in reader.wb.worksheets[: limits.MAX_SHEETS]}


def xlsx_rows(sheet: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield number and cells of the rows; what follows them in a sheet, such as its merged cells, is not read."""
    book, last = sheet.parent, 0
    with book._archive.open(sheet._worksheet_path) as source:
        durations: set[int] = getattr(book, "_timedelta_formats", set())
        reader = SheetReader(sheet._shared_strings, book.epoch, book._date_formats, durations)
        for number, values in reader.rows(source):
            for blank in range(last + 1, number):
                yield blank, ()
            last = max(number, last + 1)
            yield last, as_cells(values)


def as_cells(row: Iterable[Any]) -> tuple[Cell, ...]:
    """Return a row's values as cells: times and durations as text, they are neither dates nor amounts."""
    return tuple(
        finite(value) if isinstance(value, float) else str(value) if isinstance(value, _TIMES) else value
        for value in row
    )


def choose(names: list[str], rows_of: Any, form: str, options: ReadOptions) -> list[Sheet]:
    """Return the best sheet read to its end, with the names of others that hold lists as well."""
    samples = {name: collect(islice(rows_of(name), _SAMPLE)) for name in names}
    rated = [
        (header.best_score(sample, options), len(sample), -place, name)
        for place, (name, sample) in enumerate(samples.items())
    ]
    if not any(samples.values()):
        raise refuse("file_empty" if rated else "file_damaged", format=form)
    if options.sheet and options.sheet not in names:
        raise refuse("sheet_missing", sheet=options.sheet, sheets=tuple(names))
    best = options.sheet or max(rated)[3]
    rows = collect(rows_of(best))
    limit = limits.XLS_ROWS if form == "xls" else limits.XLSX_ROWS
    cut_off = bool(rows) and rows[-1].number >= limit
    sheet = Sheet(rows, name=best, format=form, cut_off=cut_off)
    tell_further(sheet, ((name, sample) for name, sample in samples.items() if name != best), options)
    return [sheet]


def read_xls(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of an XLS."""
    if _ENCRYPTED in data[:2_000_000]:
        raise refuse("file_protected")
    with damaged("xls"):
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
        return choose(book.sheet_names()[: limits.MAX_SHEETS], lambda name: _xls_rows(book, name), "xls", options)


def _xls_rows(book: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield number and cells of the rows of an XLS sheet."""
    sheet = book.sheet_by_name(name)
    for row in range(sheet.nrows):
        yield (
            row + 1,
            [
                _xls_cell(kind, value, book.datemode)
                for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=False)
            ],
        )


def _xls_cell(kind: int, value: Any, datemode: int) -> Cell:
    """Return one XLS cell as a value."""
    if kind == xlrd.XL_CELL_DATE:
        try:
            found: datetime = xlrd.xldate_as_datetime(value, datemode)
        except (ValueError, OverflowError, xlrd.XLDateError):
            return finite(float(value))
        return found
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR"))
    if kind == xlrd.XL_CELL_NUMBER:
        return finite(value)
    return None if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else value
