"""Headers below the first one: the same again, or another one that begins another table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..errors import Issue
from ..items import ReadOptions, Row
from ..values.cells import clean, fold
from . import header as headers

_SAME = 0.6  # of the texts of a row that repeats the header
_FEW = 2
_NARROWEST = 3  # cells of a row that heads a table in other words


class HeaderRows:
    """The header of a table, to know it when it comes again. ``texts``: all that stands in it."""

    def __init__(self, rows: Iterable[Row], options: ReadOptions) -> None:
        """Take the rows of the header, and by which words another one is known."""
        self._rows = [[clean(cell) for cell in row.cells] for row in rows]
        self._index = headers.index_for(options)
        self.texts = frozenset(text for texts in self._rows for text in texts if text)

    def is_header(self, texts: Sequence[str]) -> bool:
        """Tell whether the filled cells of a row repeat the header, in whatever order."""
        same = sum(1 for text in texts if text in self.texts)
        return same >= _FEW and same >= len(texts) * _SAME

    def is_other(self, row: Row) -> bool:
        """Tell whether a row heads a table, in other words than the first header."""
        return len(row.cells) >= _NARROWEST and headers.is_header(row, self._index)

    def tell(self, row: Row) -> Issue | None:
        """Return that a header is another one than the first, so that nothing below is read by it; None if it isn't."""
        if self._is_same(row):
            return None
        text = " | ".join(filter(None, map(clean, row.cells[:12])))
        return Issue("stop", "header_changes", {"text": text}, row=row.number, text=text)

    def _is_same(self, row: Row) -> bool:
        """Tell whether a header has the texts of the first one in their places; others may only stand where it has none
        or mean nothing.
        """
        for column, cell in enumerate(row.cells):
            text = clean(cell)
            before = [texts[column] for texts in self._rows if column < len(texts) and texts[column]]
            if not text or fold(text) in map(fold, before):
                continue
            if text in self.texts or headers.has_meaning(text, self._index):
                return False
        return True


def tell_rows_above(above: Sequence[Row], texts: Iterable[str]) -> list[Issue]:
    """Return that a row like those of the table stands above its header: another one heads it, or none.

    :param texts: of the header
    """
    least = max(_NARROWEST, sum(1 for text in texts if text) // 2)
    for row in above:
        filled = [text for text in map(clean, row.cells) if text]
        if len(filled) >= least and headers.is_data(row.cells):
            text = " | ".join(filled)[:200]
            return [Issue("stop", "rows_above", {"text": text}, row=row.number, text=text)]
    return []
