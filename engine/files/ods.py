"""Spreadsheets of OpenDocument (.ods) -> sheets, as their cells pass by: no tree is built, nothing is worked out.

Names of elements and attributes follow OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

from ..items import Cell, ReadOptions, Row
from . import limits
from .sheets import Sheet, collect, finite, refuse
from .workbook import choose, damaged

_MARKED = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_LOOKED_AT = 400
_CHUNK = 1 << 16
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _ROW, _CELL, _COVERED = (
    f"{_NAMES}:table:1.0}}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_NAME, _COLUMNS, _ROWS = (
    f"{_NAMES}:table:1.0}}{name}" for name in ("name", "number-columns-repeated", "number-rows-repeated")
)
_TYPE, _VALUE, _DATE, _BOOLEAN, _NOTE = (
    f"{_NAMES}:office:1.0}}{name}" for name in ("value-type", "value", "date-value", "boolean-value", "annotation")
)
_PARAGRAPH, _SPACES, _COUNT, _TAB, _BREAK = (
    f"{_NAMES}:text:1.0}}{name}" for name in ("p", "s", "c", "tab", "line-break")
)
_NUMBERS = frozenset({"float", "currency", "percentage"})
Record = tuple[int, tuple[Cell, ...]]


def is_ods(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument spreadsheet: its kind stands at its beginning, unpacked."""
    return _MARKED in data[:_LOOKED_AT]


def read_ods(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of a spreadsheet; the one with the best header, read to its end."""
    with damaged("ods"):
        tables = {name: collect(rows) for name, rows in _tables(data).items()}
        return choose(list(tables), lambda name: ((row.number, row.cells) for row in tables[name]), "ods", options)


def first_of_ods(data: bytes) -> list[list[Row]]:
    """Return the first rows of the sheets of a spreadsheet."""
    with damaged("ods"):
        return [collect(rows[: limits.HEADER_ROWS]) for rows in _tables(data).values()]


def _tables(data: bytes) -> dict[str, list[Record]]:
    """Return number and cells of the filled rows of each sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.getinfo(_CONTENT)
        if part.flag_bits & 1 or any("manifest:encryption-data" in text for text in _manifest(package)):
            raise refuse("file_protected")
        if part.file_size > limits.MAX_UNPACKED:
            raise refuse("file_too_large", bytes=part.file_size, limit=limits.MAX_UNPACKED)
        if part.file_size > max(limits.UNPACKED_ANYHOW, len(data) * limits.MAX_RATIO):
            raise refuse("workbook_packed", times=part.file_size // len(data), limit=limits.MAX_RATIO)
        reader = _Reader()
        parser = expat.ParserCreate(None, "}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
        parser.CharacterDataHandler = reader.text
        with package.open(part) as source:
            before = b""
            while chunk := source.read(_CHUNK):
                if _UNSAFE.search(before + chunk):
                    raise refuse("file_unsafe")
                before = chunk[-16:]
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        return reader.tables


def _manifest(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield what the package says of its parts, if it is not too long to be looked at."""
    name = "META-INF/manifest.xml"
    if name in package.namelist() and package.getinfo(name).file_size <= limits.MAX_PART:
        yield package.read(name).decode("utf-8", "replace")


class _Reader:
    """Gathers the rows of all sheets."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Record]] = {}
        self._rows: list[Record] | None = None
        self._depth = 0  # of tables inside tables, which are no sheets
        self._number = self._cells = 0
        self._row: list[Cell] = []
        self._blanks = 0  # cells that are blank, unless a filled one follows
        self._attributes: Mapping[str, str] = {}
        self._repeated = "1"  # of the row
        self._texts: list[str] | None = None  # paragraphs of the cell that is read
        self._in_text = self._in_note = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Enter an element."""
        if name == _TABLE:
            self._depth += 1
            if self._depth == 1:
                self._start_table(attributes)
        elif name == _NOTE:
            self._in_note += 1
        elif self._depth != 1:
            return
        elif name == _ROW:
            self._row, self._blanks, self._repeated = [], 0, attributes.get(_ROWS, "1")
        elif name in (_CELL, _COVERED):
            self._attributes, self._texts = attributes, []
        elif self._texts is not None and not self._in_note:
            self._start_text(name, attributes)

    def _start_table(self, attributes: Mapping[str, str]) -> None:
        """Begin a sheet; what is beyond the limit of sheets is not kept."""
        self._number, self._rows = 0, []
        if len(self.tables) < limits.MAX_SHEETS:
            self.tables[attributes.get(_NAME) or f"#{len(self.tables) + 1}"] = self._rows

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a paragraph, or take a sign that stands for white space."""
        texts = self._texts
        if texts is None:
            return
        if name == _PARAGRAPH:
            self._in_text += 1
            texts.append("")
        elif self._in_text and name in (_SPACES, _TAB, _BREAK):
            count = min(int(attributes.get(_COUNT, "1")), limits.MAX_TEXT) if name == _SPACES else 1
            texts[-1] += "\n" if name == _BREAK else " " * count

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._in_text and self._texts and not self._in_note:
            self._texts[-1] += data

    def end(self, name: str) -> None:
        """Leave an element."""
        if name == _TABLE:
            self._depth -= 1
        elif name == _NOTE:
            self._in_note -= 1
        elif self._depth != 1:
            return
        elif name == _PARAGRAPH and self._in_text and not self._in_note:
            self._in_text -= 1
        elif name in (_CELL, _COVERED):
            self._end_cell()
        elif name == _ROW:
            self._end_row()

    def _end_cell(self) -> None:
        """Put a cell into its row, as often as it is repeated."""
        value = _value(self._attributes, "\n".join(self._texts or ()))
        count = int(self._attributes.get(_COLUMNS, "1"))
        self._texts = None
        if value is None:
            self._blanks += count
            return
        self._cells += self._blanks + count
        if len(self._row) + self._blanks + count > limits.MAX_ROW_CELLS or self._cells > limits.MAX_WORKBOOK_CELLS:
            raise refuse("workbook_cells", limit=limits.MAX_WORKBOOK_CELLS)
        self._row += [None] * self._blanks + [value] * count
        self._blanks = 0

    def _end_row(self) -> None:
        """Put a row into its sheet, as often as it is repeated; blank ones leave a gap."""
        count = int(self._repeated)
        if self._row and self._rows is not None:
            self._cells += len(self._row) * (count - 1)
            if count > limits.MAX_ROWS or self._cells > limits.MAX_WORKBOOK_CELLS:
                raise refuse("workbook_cells", limit=limits.MAX_WORKBOOK_CELLS)
            self._rows += [(self._number + at, tuple(self._row)) for at in range(1, count + 1)]
        self._number += count


def _value(attributes: Mapping[str, str], text: str) -> Cell:
    """Return the value of a cell; the text is what a person sees of it."""
    kind = attributes.get(_TYPE)
    stored: Any = attributes.get(_VALUE)
    if kind in _NUMBERS and stored:
        return int(stored) if re.fullmatch(r"-?\d{1,15}", stored) else finite(float(stored))
    if kind == "date" and (day := _day(attributes.get(_DATE, ""))):
        return day
    if kind == "boolean":
        return attributes.get(_BOOLEAN) == "true"
    return text or None


def _day(text: str) -> datetime | None:
    """Return the date and time of a cell, None if there is no such day."""
    try:
        return datetime.fromisoformat(text[:19]).replace(tzinfo=None)
    except ValueError:
        return None
