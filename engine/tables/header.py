"""Where the header of a table stands: by what its cells can mean, over one row or two, below any preamble."""

from __future__ import annotations

from dataclasses import dataclass

from ..files import limits
from ..items import Cell, ReadOptions, Row
from ..values.cells import clean, fold, has_digit, read_amount
from ..values.dates import looks_like_date
from ..words.columns import NEEDED_AMOUNTS, Index, Meaning, make_index, meaning
from .profile import CODE

_WEIGHTS = {
    **dict.fromkeys(NEEDED_AMOUNTS, ("amount", 4.0)),
    "bucket": ("bucket", 0.5),
    "number": ("number", 3.0),
    "reference": ("number", 2.0),
    "partner_number": ("partner", 3.0),
    "partner_name": ("partner", 3.0),
    "date": ("date", 2.0),
    "posting_date": ("date", 1.5),
    "due_date": ("due_date", 2.0),
    "currency": ("currency", 1.0),
    "debit_credit": ("debit_credit", 1.0),
}
_OTHER = 0.3
TABLE_SCORE = 7.0  # an amount and a number or a partner


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table. ``first``, ``last``: indexes of its rows; ``texts``: one per column, made unique."""

    first: int
    last: int
    texts: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    score: float


class _Means(dict[str, Meaning]):
    """What texts mean, each looked up once: a row is tried alone, and together with the rows above and below."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, text: str) -> Meaning:
        self[text] = found = meaning(text, self._index)
        return found


def index_for(options: ReadOptions) -> Index:
    """Return what header texts can mean, with what the source and the user say of them."""
    index = dict(make_index(options.aliases))
    for text, field in options.columns.items():
        index[fold(text)] = ((field, 0),)
    return index


def find(rows: list[Row], options: ReadOptions) -> Header | None:
    """Return the header of a table, None if no row is one."""
    means = _Means(index_for(options))
    if options.header_row is not None:
        return _given(rows, options.header_row, means)
    best = None
    for position in range(_looked_at(rows)):
        for candidate in _candidates(rows, position, means):
            if candidate.score >= TABLE_SCORE and (best is None or candidate.score > best.score + 0.01):
                best = candidate
    return best


def best_score(rows: list[Row], options: ReadOptions) -> float:
    """Return how good a header the rows have, 0 if none."""
    found = find(rows, options)
    if found:
        return found.score
    means = _Means(index_for(options))
    scores = [_score(_texts(row.cells), means)[1] for row in rows[: _looked_at(rows)]]
    return max(scores, default=0.0) / 10


def _looked_at(rows: list[Row]) -> int:
    """Return in how many rows a header is looked for."""
    cells = 0
    for position, row in enumerate(rows[: limits.HEADER_ROWS]):
        if cells > limits.HEADER_CELLS:
            return position
        cells += len(row.cells)
    return min(len(rows), limits.HEADER_ROWS)


def is_header(row: Row, index: Index) -> bool:
    """Tell whether a row is as good a header as the first row of a table has to be."""
    return not is_data(row.cells) and _score(_texts(row.cells), _Means(index))[1] >= TABLE_SCORE


def has_meaning(text: str, index: Index) -> bool:
    """Tell whether a text may head a column."""
    return bool(meaning(text, index).fields)


def nearest(rows: list[Row], options: ReadOptions) -> Header | None:
    """Return the row that is most like a header although it is none: for the message about what is missing."""
    means = _Means(index_for(options))
    found = [
        candidate
        for position in range(_looked_at(rows))
        for candidate in _candidates(rows, position, means)
        if candidate.score >= 4
    ]
    return max(found, key=lambda candidate: candidate.score, default=None)


def _given(rows: list[Row], number: int, means: _Means) -> Header | None:
    """Return the header in the row that the user named."""
    for position, row in enumerate(rows):
        if row.number == number:
            candidates = list(_candidates(rows, position, means))
            return max(candidates, key=lambda candidate: candidate.score) if candidates else None
    return None


def _candidates(rows: list[Row], position: int, means: _Means) -> list[Header]:
    """Return the headers that may start in a row: the row alone, or together with the next."""
    cells = rows[position].cells
    if len(cells) < 2 or is_data(cells):
        return []
    top = _texts(cells)
    found = [_make(rows, position, position, top, means)]
    below = rows[position + 1].cells if position + 1 < len(rows) else ()
    bottom = _texts(below)
    if sum(1 for text in bottom if text) >= 2 and not is_data(below) and not _has_values(bottom, means):
        for upper in (top, _filled_right(top, bottom)):
            joined = _join(upper, bottom, means)
            found.append(_make(rows, position, position + 1, joined, means, penalty=0.5))
    return found


def _texts(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return the cells of a row as header texts."""
    return tuple(clean(cell) for cell in cells)


def is_data(cells: tuple[Cell, ...]) -> bool:
    """Tell whether a row holds dates or amounts, so is no header."""
    values = [cell for cell in cells if cell is not None and cell != ""]
    if any(map(looks_like_date, values)):
        return True
    amounts = sum(1 for cell in values if read_amount(cell, ".") is not None)
    return amounts > len(values) * 0.4


def _has_values(texts: tuple[str, ...], means: _Means) -> bool:
    """Tell whether a row gives a label with its value (Customer ID: | C1), so heads a group and not the columns."""
    filled = [text for text in texts if text]
    return filled[0].endswith(":") or any(
        CODE.fullmatch(text) and has_digit(text) and not means[text].fields for text in filled
    )


def _filled_right(top: tuple[str, ...], bottom: tuple[str, ...]) -> tuple[str, ...]:
    """Return an upper row whose merged cells stand over several columns of the lower one."""
    filled: list[str] = []
    for column in range(max(len(top), len(bottom))):
        text = top[column] if column < len(top) else ""
        has_below = column < len(bottom) and bottom[column] != ""
        filled.append(text or (filled[-1] if filled and has_below else ""))
    return tuple(filled)


def _join(top: tuple[str, ...], bottom: tuple[str, ...], means: _Means) -> tuple[str, ...]:
    """Return the texts of two rows as one: together if that means something, else the one that does."""
    joined = []
    for column in range(max(len(top), len(bottom))):
        upper = top[column] if column < len(top) else ""
        lower = bottom[column] if column < len(bottom) else ""
        both = f"{upper} {lower}".strip()
        found = [text for text in (both, lower, upper) if text and means[text].fields]
        joined.append(found[0] if found else both)
    return tuple(joined)


def _make(
    rows: list[Row], first: int, last: int, texts: tuple[str, ...], means: _Means, penalty: float = 0.0
) -> Header:
    """Return a candidate with its score; amounts below its amount columns speak for it."""
    meanings, score = _score(texts, means)
    if score >= TABLE_SCORE and _has_amounts_below(rows, last, meanings):
        score += 3
    return Header(first, last, _unique(texts), meanings, score - penalty)


def _score(texts: tuple[str, ...], means: _Means) -> tuple[tuple[Meaning, ...], float]:
    """Return what the texts can mean, and how much a header they are: at most 6 where something needed is missing."""
    meanings = tuple(means[text] for text in texts)
    score, seen, known = 0.0, set(), 0
    for found in meanings:
        for field, _ in found.fields:
            group, weight = _WEIGHTS.get(field, (field, _OTHER))
            if group not in seen:
                seen.add(group)
                score += weight
                known += 1
                break
    if "amount" not in seen and "bucket" in seen and len(seen) > 3:
        seen.add("amount")
    complete = "amount" in seen and seen & {"number", "partner", "date"} and known >= 2
    return meanings, score + TABLE_SCORE - 6 if complete else min(score, 6.0)


def _has_amounts_below(rows: list[Row], last: int, meanings: tuple[Meaning, ...]) -> bool:
    """Tell whether amounts stand below the columns of amounts."""
    columns = [place for place, found in enumerate(meanings) if any(name in NEEDED_AMOUNTS for name, _ in found.fields)]
    for row in rows[last + 1 : last + 31]:
        for column in columns:
            if column < len(row.cells) and read_amount(row.cells[column], ".") is not None:
                return True
    return False


def _unique(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return header texts of which none repeats: Naam, Naam (2)."""
    seen: dict[str, int] = {}
    unique = []
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
        unique.append(f"{text} ({seen[text]})" if text and seen[text] > 1 else text)
    return tuple(unique)
