"""The rows of a list as they stand in its file: for a person who is given back some of them to correct."""

from __future__ import annotations

from ..files.load import load
from ..items import ReadOptions, Row
from ..open_items.table import choose_sheet


def read_rows(data: bytes, options: ReadOptions | None = None) -> tuple[Row, ...]:
    """Return the rows of the sheet that holds the list, those above its header too; nothing is judged.

    Raises ReadError like a reader inside: ask only for files that were read.
    """
    options = options or ReadOptions()
    return tuple(choose_sheet(load(data, options), options).rows)
