"""The cells of an XLSX sheet, and the shared texts, as they pass by: no tree is built.

What a cell means follows openpyxl's reader, whose styles and epochs are used: the values are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

_MARK = "}"  # stands between namespace and name
_DIGITS = "0123456789"
_CHUNK = 1 << 16
_ROW, _CELL, _VALUE, _FORMULA, _INLINE, _TEXT, _RUN, _DATA, _ITEM = (
    f"{SHEET_MAIN_NS}{_MARK}{name}" for name in ("row", "c", "v", "f", "is", "t", "r", "sheetData", "si")
)

Cells = tuple[int, list[Any]]  # number of a row, and the values of its cells from the first column on


def _feed(source: IO[bytes], start: Any, end: Any, text: Any, is_done: Callable[[], bool]) -> Iterator[None]:
    """Parse a part piece by piece and hand over what stands in it; no entity is known."""
    parser = expat.ParserCreate(None, _MARK)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    while not is_done():
        chunk = source.read(_CHUNK)
        parser.Parse(chunk, not chunk)
        yield
        if not chunk:
            return


class _Pieces:
    """The text inside an element, gathered piece by piece: of its own ``t``, and of those of its runs."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.path: list[str] = []

    def start(self, name: str) -> None:
        """Enter an element."""
        self.path.append(name)

    def end(self) -> None:
        """Leave it."""
        self.path.pop()

    def text(self, data: str) -> None:
        """Take a piece of text where it counts: what is said of how to read it aloud does not."""
        if self.path in ([_TEXT], [_RUN, _TEXT]):
            self.parts.append(data)


def shared_texts(source: IO[bytes]) -> list[str]:
    """Return the shared texts of a workbook, each without the formats of its pieces."""
    texts: list[str] = []
    item: _Pieces | None = None

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal item
        if item is not None:
            item.start(name)
        elif name == _ITEM:
            item = _Pieces()

    def end(_name: str) -> None:
        nonlocal item
        if item is None:
            return
        if item.path:
            item.end()
        else:
            texts.append("".join(item.parts).replace("x005F_", ""))
            item = None

    def text(data: str) -> None:
        if item is not None:
            item.text(data)

    for _ in _feed(source, start, end, text, lambda: False):
        pass
    return texts


class SheetReader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        texts: Sequence[str],
        epoch: datetime,
        dates: frozenset[int] | set[int],
        durations: frozenset[int] | set[int],
    ) -> None:
        """Take what the workbook says of its cells.

        :param texts: shared texts
        :param dates: styles that show dates; ``durations``: those that show spans of time
        """
        self._texts, self._epoch, self._dates, self._durations = texts, epoch, dates, durations
        self._columns: dict[str, int] = {}
        self._rows: list[Cells] = []
        self._row = self._column = 0
        self._values: list[Any] | None = None
        self._kind, self._style = "n", "0"
        self._in_cell = self._in_inline = self._is_done = False
        self._value: list[str] | None = None  # pieces of the stored value, None = there is none
        self._formula: list[str] | None = None
        self._inline: _Pieces | None = None
        self._into: list[str] | None = None  # where text goes

    def rows(self, source: IO[bytes]) -> Iterator[Cells]:
        """Yield number and values of each row; what follows them in the sheet is not read."""
        for _ in _feed(source, self._start, self._end, self._text, lambda: self._is_done):
            yield from self._rows
            self._rows.clear()

    # --- What the parser calls: once for each element, so as little as possible

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._in_cell:
            self._start_inside(name)
        elif name == _CELL and self._values is not None:
            self._in_cell = True
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._column = self._find_column(attributes.get("r"))
        elif name == _ROW:
            self._row = _row_number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column, self._values = 0, []

    def _start_inside(self, name: str) -> None:
        if self._in_inline and self._inline is not None:
            self._inline.start(name)
        elif name == _VALUE and self._value is None:
            self._value = self._into = []
        elif name == _FORMULA and self._formula is None:
            self._formula = self._into = []
        elif name == _INLINE:
            self._inline, self._in_inline = _Pieces(), True
        else:
            self._into = None

    def _text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)
        elif self._in_inline and self._inline is not None:
            self._inline.text(data)

    def _end(self, name: str) -> None:
        self._into = None
        if self._in_cell:
            if self._in_inline and self._inline is not None:
                if self._inline.path:
                    self._inline.end()
                else:
                    self._in_inline = False
            elif name == _CELL:
                self._finish_cell()
        elif name == _ROW and self._values is not None:
            self._rows.append((self._row, self._values))
            self._values = None
        elif name == _DATA:
            self._is_done = True

    # --- Cells

    def _find_column(self, reference: str | None) -> int:
        """Return the column that a cell names, or the next one."""
        if not reference:
            return self._column + 1
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index_from_string(letters)
        if len(letters) == len(reference):
            raise ValueError(reference)
        return column

    def _finish_cell(self) -> None:
        """Put the value of a cell where it belongs."""
        value = "".join(self._value) if self._value else ""
        found: Any = None
        if self._kind == "inlineStr":
            found = "".join(self._inline.parts) if self._inline is not None else None
        elif value:
            found = self._read(value)
        if found is None and self._formula is not None:
            found = "=" + "".join(self._formula)
        values, column = self._values, self._column
        if values is not None:
            if column == len(values) + 1:
                values.append(found)
            else:
                values.extend([None] * (column - len(values)))
                values[column - 1] = found
        self._value = self._formula = self._inline = None
        self._in_cell = False

    def _read(self, text: str) -> Any:
        """Return the value of a cell's text, by the cell's type and style."""
        kind = self._kind
        if kind == "s":
            return self._texts[int(text)]
        if kind == "n":
            style = int(self._style)
            number = float(text) if "." in text or "E" in text or "e" in text else int(text)
            return self._to_date(number, style) if style in self._dates else number
        if kind == "b":
            return bool(int(text))
        return from_ISO8601(text) if kind == "d" else text

    def _to_date(self, number: float, style: int) -> Any:
        """Return the date or span of time that a number shows."""
        try:
            return from_excel(number, self._epoch, timedelta=style in self._durations)
        except (OverflowError, ValueError):
            return "#VALUE!"


def _row_number(text: str) -> int:
    """Return the number that a row has; some programs write it as 1.0."""
    try:
        return int(text)
    except ValueError:
        number = float(text)
        if not number.is_integer():
            raise
        return int(number)
