"""Workbooks -> sheets: XLSX by openpyxl, streaming; XLS by xlrd. Nothing in them is executed or looked up."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from itertools import islice
from typing import IO, Any

import openpyxl
import xlrd

from ..errors import ReadError
from ..items import Cell, ReadOptions, Row
from ..tables import header
from . import limits
from .sheets import Sheet, collect, finite, refuse

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_CHUNK = 1 << 20
_SAMPLE = 100
_TIMES = (time, timedelta)


def read_xlsx(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of an XLSX; only the one with the best header is read to its end."""
    with damaged("xlsx"):
        formulas = check_parts(data)
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        texts = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if formulas else None
        names = [name for name in values.sheetnames if hasattr(values[name], "iter_rows")][: limits.MAX_SHEETS]
        return _choose(names, lambda name: _xlsx_rows(values[name], texts[name] if texts else None), "xlsx", options)


def first_of_xlsx(data: bytes) -> list[list[Row]]:
    """Return the first rows of the sheets of an XLSX."""
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


def check_parts(data: bytes) -> bool:
    """Refuse a ZIP that holds no workbook, is a bomb or declares entities; tell whether it has formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        shared = max((part.file_size for part in parts if "sharedStrings" in part.filename), default=0)
        if not any(part.filename.startswith("xl/") for part in parts):
            raise refuse("file_unknown", format="zip")
        if unpacked > limits.MAX_UNPACKED or shared > limits.MAX_SHARED_TEXT:
            raise refuse("file_too_large", bytes=unpacked, limit=limits.MAX_UNPACKED)
        if any(part.flag_bits & 1 for part in parts):
            raise refuse("file_protected")
        found = False
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    found = _scan(stream) or found
        return found


def _scan(part: IO[bytes]) -> bool:
    """Refuse a part that declares entities or has too many rows; tell whether it has formulas. A chunk at a time."""
    found, tail, rows = False, b"", 0
    while chunk := part.read(_CHUNK):
        if _UNSAFE.search(tail + chunk[:2000]):
            raise refuse("file_unsafe")
        found = found or bool(_FORMULA.search(tail + chunk))
        rows += (tail[-3:] + chunk).count(b"<row")
        if rows > limits.MAX_ROWS * 3:  # blank rows are not counted later
            raise refuse("file_too_large", rows=rows, limit=limits.MAX_ROWS)
        tail = chunk[-20:]
    return found


def _xlsx_rows(values: Any, texts: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield number and cells of the rows; a formula that has no stored value stands as its text."""
    values.reset_dimensions()
    if texts is None:
        for number, row in enumerate(values.iter_rows(values_only=True), 1):
            yield number, as_cells(row)
        return
    texts.reset_dimensions()
    both = zip(values.iter_rows(values_only=True), texts.iter_rows(values_only=True), strict=False)
    for number, (row, formulas) in enumerate(both, 1):
        yield (
            number,
            tuple(
                formula if cell is None and isinstance(formula, str) and formula.startswith("=") else cell
                for cell, formula in zip(as_cells(row), formulas, strict=False)
            ),
        )


def as_cells(row: tuple[Any, ...]) -> tuple[Cell, ...]:
    """Return a row's values as cells: times and durations as text, they are neither dates nor amounts."""
    return tuple(
        finite(value) if isinstance(value, float) else str(value) if isinstance(value, _TIMES) else value
        for value in row
    )


def _choose(names: list[str], rows_of: Any, form: str, options: ReadOptions) -> list[Sheet]:
    """Return the best sheet read to its end, with the names of others that hold lists as well."""
    rated = []
    for place, name in enumerate(names):
        sample = collect(islice(rows_of(name), _SAMPLE))
        found = header.find(sample, options)
        rated.append(
            (found.score if found else header.best_score(sample, options), len(sample), -place, name, bool(found))
        )
    if not any(length for _, length, *_ in rated):
        raise refuse("file_empty" if rated else "file_damaged", format=form)
    if options.sheet and options.sheet not in names:
        raise refuse("sheet_missing", sheet=options.sheet, sheets=tuple(names))
    best = options.sheet or max(rated)[3]
    rows = collect(rows_of(best))
    limit = limits.XLS_ROWS if form == "xls" else limits.XLSX_ROWS
    cut_off = bool(rows) and rows[-1].number >= limit
    others = tuple(name for *_, name, is_list in rated if is_list and name != best)
    return [Sheet(rows, name=best, format=form, cut_off=cut_off, others=others)]


def read_xls(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of an XLS."""
    if _ENCRYPTED in data[:2_000_000]:
        raise refuse("file_protected")
    with damaged("xls"):
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
        return _choose(book.sheet_names()[: limits.MAX_SHEETS], lambda name: _xls_rows(book, name), "xls", options)


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
