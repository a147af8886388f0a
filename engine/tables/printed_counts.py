"""How many pages and rows a list says that it has, against what was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..errors import Issue
from ..items import Row
from ..values.cells import clean, has_digit, tried
from ..words.counts import Stated, stated_in


def compare_counts(rows: Iterable[Row], documents: Collection[int], further: Collection[int] = ()) -> list[Issue]:
    """Return a guard where a list says that it is longer than what was read, or that it has another number of rows.

    :param rows: all rows of the sheet, those above the header too
    :param documents: numbers of the rows that are documents, left out or not
    :param further: what the number may count as well: items, different documents
    """
    own = set(documents)
    since = filled = 0
    told: list[tuple[Row, str, Stated, int]] = []
    for row in rows:
        filled += bool(row.cells)
        if row.number in own:
            since += 1
            continue
        texts = [text for cell in row.cells if (text := clean(cell))]
        text = tried(" ".join(texts))
        if has_digit(text) and (stated := stated_in(text) or stated_in(tried(" | ".join(texts)))):
            told.append((row, text, stated, since))
            since = 0
    known = {len(own), filled, *further}
    found = [_differs(told, known), *(_is_part(told, is_page, known) for is_page in (True, False))]
    return [issue for issue in found if issue]


def _is_part(told: list[tuple[Row, str, Stated, int]], is_page: bool, known: set[int]) -> Issue | None:
    """Return that the list is only a part, by its own words: the last page or row that it has is not the last."""
    parts = [
        (stated.till, row, text, stated) for row, text, stated, _ in told if stated.till and stated.is_page == is_page
    ]
    if not parts:
        return None
    till, row, text, stated = max(parts, key=lambda part: part[0])
    if till >= stated.total or (not is_page and stated.total in known):
        return None
    return Issue("stop", "list_is_part", {"stated": text}, row=row.number, text=text)


def _differs(told: list[tuple[Row, str, Stated, int]], known: set[int]) -> Issue | None:
    """Return the first number of rows that is neither that of the list nor of what stands above it."""
    for row, text, stated, since in told:
        if not stated.is_page and not stated.till and stated.total not in known and stated.total != since:
            values = {"count": stated.total, "read": since if 0 < since < max(known) else max(known), "stated": text}
            return Issue("stop", "count_differs", values, row=row.number, text=text)
    return None
