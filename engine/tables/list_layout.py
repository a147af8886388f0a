"""How a list is laid out: what its columns are called and taken for, so that one which comes otherwise is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..files.load import first_rows
from ..files.refusal import refused
from ..items import Detected, ReadOptions, Row
from ..values.cells import clean, fold
from ..values.dates import month_of
from . import header as headers

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_AGAIN = re.compile(r" \(\d{1,2}\)$")  # what makes equal headers of one list differ
_HEADER_ROWS = 60  # a header stands in one of the first rows


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The layout of a list. ``columns``: header text and canonical name ("" = not used), in the order of the file.

    ``decimal_mark``, ``date_order``: as in ``Detected``, "" = nothing shows it. ``heading``: the texts above the table.
    """

    columns: tuple[tuple[str, str], ...]
    sheet: str = ""
    decimal_mark: str = ""
    date_order: str = ""
    heading: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The header texts without what changes from list to list."""
        return tuple(key_of(text) for text, _role in self.columns)

    @property
    def headed(self) -> tuple[str, ...]:
        """The heading without what changes from list to list."""
        return tuple(key_of(text) for text in self.heading)


@dataclass(frozen=True, slots=True)
class LayoutChange:
    """What a list has otherwise than the layout that was confirmed: texts to be told."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is otherwise."""
        return any((self.came, self.went, self.moved, self.roles, self.styles))


def key_of(text: str) -> str:
    """Return a header text or a sheet's name without dates, numbers and months, which change from list to list."""
    text = _AGAIN.sub("", text)
    words = _WORD.sub(lambda word: "#" if len(word[0]) > 2 and month_of(word[0]) else word[0], text)
    return fold(_DIGITS.sub("#", words)) or "".join(words.split())


def layout_of(detected: Detected) -> ListLayout | None:
    """Return the layout of a list that was read; None for a format that has no columns, whose meaning is fixed."""
    if not detected.columns:
        return None
    return ListLayout(
        tuple((column.header, column.field) for column in detected.columns),
        detected.sheet,
        detected.decimal_mark,
        detected.date_order,
        detected.preamble,
    )


def compare_layouts(known: ListLayout, found: ListLayout) -> LayoutChange:
    """Return what a list has otherwise than a layout that was confirmed."""
    before, after = known.keys, found.keys
    if before == after:
        pairs = zip(known.columns, found.columns, strict=True)
        roles = tuple(text for (_text, was), (text, now) in pairs if was != now)
        return LayoutChange(roles=roles, styles=_styles(known, found))
    came = tuple(text for (text, _), key in zip(found.columns, after, strict=True) if key not in before)
    went = tuple(text for (text, _), key in zip(known.columns, before, strict=True) if key not in after)
    return LayoutChange(came, went, _moved(known, found), styles=_styles(known, found))


def _moved(known: ListLayout, found: ListLayout) -> tuple[str, ...]:
    """Return the headers that stand in another order among those that stayed."""
    before, after = known.keys, found.keys
    kept = [key for key in after if key in before]
    stays = SequenceMatcher(None, [key for key in before if key in after], kept, autojunk=False)
    placed = {at for block in stays.get_matching_blocks() for at in range(block.b, block.b + block.size)}
    texts = [text for (text, _), key in zip(found.columns, after, strict=True) if key in before]
    return tuple(text for at, text in enumerate(texts) if at not in placed)


def _styles(known: ListLayout, found: ListLayout) -> tuple[str, ...]:
    """Return what is written otherwise: sheet, decimal mark, order of day and month."""
    pairs = ((known.decimal_mark, found.decimal_mark), (known.date_order, found.date_order))
    changed = [now for was, now in pairs if was and now and was != now]
    return tuple(([] if key_of(known.sheet) == key_of(found.sheet) else [found.sheet]) + changed)


def roles_of(known: ListLayout, found: ListLayout) -> dict[str, str]:
    """Return header text -> confirmed role of the columns that were taken for something else; {} if headers differ."""
    if known.keys != found.keys:
        return {}
    pairs = zip(known.columns, found.columns, strict=True)
    return {text: was for (_text, was), (text, now) in pairs if was != now}


Heads = tuple[tuple[int, tuple[str, ...]], ...]  # number of a row, and the texts that it heads columns with


def heads_of(data: bytes, options: ReadOptions) -> Heads:
    """Return what may be the header of a file: one that is understood, which may have two rows, then each of the first
    rows. A file that cannot be read has none; of a large one only the beginning is read.
    """
    nothing: list[list[Row]] = []
    sheets = refused(lambda: first_rows(data, options), lambda _issue: nothing)
    return tuple(head for rows in sheets for head in _heads(rows, options))


def _heads(rows: Sequence[Row], options: ReadOptions) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what may be the header of one sheet."""
    found = headers.find(list(rows), options)
    if found and found.last >= 0:
        yield rows[found.last].number, tuple(text for text in found.texts if text)
    for row in rows[:_HEADER_ROWS]:
        yield row.number, tuple(text for text in map(clean, row.cells) if text)


def find_head(heads: Heads, known: ListLayout) -> tuple[int, dict[str, str]] | None:
    """Return the row whose texts are the headers of a layout, and header text -> role; None if none is."""
    wanted = [(key_of(text), role) for text, role in known.columns if text]
    for number, texts in heads:
        if [key_of(text) for text in texts] == [key for key, _role in wanted]:
            return number, dict(zip(texts, (role for _key, role in wanted), strict=True))
    return None


def nearest(known: Sequence[ListLayout], found: ListLayout) -> int:
    """Return which of several layouts, of which none fits, is most like a list."""
    return max(range(len(known)), key=lambda at: (_likeness(known[at].keys, found.keys), -at))


def _likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Return how much of two headers is the same, from 0 to 1."""
    one, other = set(one), set(other)
    return len(one & other) / len(one | other) if one | other else 1.0
