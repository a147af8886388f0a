"""How a file writes its amounts and dates: a vote over its columns, never a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..errors import Issue
from ..items import Cell, ReadOptions, Row
from ..values.cells import clean, decimal_evidence
from ..values.dates import DateReader, dates_in, order_evidence
from ..words.columns import AMOUNTS
from .mapping import Layout

_CLEAR = 10  # so much more often one style must be seen than the other, where both are


@dataclass(frozen=True, slots=True)
class Styles:
    """``decimal_mark``: "." or ",", "" = no amount shows or needs it. ``date_order``: dmy, mdy, ymd or "".

    What a person has to choose is "": the choice then differs from what was found, whatever it is.
    """

    decimal_mark: str = ""
    date_order: str = ""
    problems: tuple[Issue, ...] = ()


def find_styles(
    layout: Layout, rows: list[Row], texts: Iterable[str], options: ReadOptions, amounts: Iterable[str] = AMOUNTS
) -> Styles:
    """Return the styles of a table.

    :param texts: preamble and file name, whose dates are evidence too
    :param amounts: canonical names of the columns that tell the decimal mark
    """
    problems: list[Issue] = []
    mark: str | None = options.decimal_mark
    if not mark:
        mark, sample = _vote_decimal_mark(layout, rows, amounts)
        if mark == "?":
            problems.append(Issue("stop", "decimal_mark_unknown", {"text": sample}, text=sample))
            mark = ""
    order: str | None = options.date_order
    if not order:
        order, sample = _vote_date_order(layout, rows, texts, options.balance_date)
        if order == "?":
            problems.append(Issue("stop", "date_order_unknown", {"text": sample}, text=sample))
            order = ""
    return Styles(mark or "", order or "", tuple(problems))


def _columns(layout: Layout, names: Iterable[str]) -> set[int]:
    """Return the columns of some canonical names."""
    return {layout.fields[name] for name in names if name in layout.fields}


def _column_values(layout: Layout, rows: list[Row], columns: Iterable[int]) -> set[str]:
    """Return the different texts in some columns."""
    values: set[str] = set()
    for column in columns:
        values.update(
            cell for row in rows if column < len(row.cells) and isinstance(cell := row.cells[column], str) and cell
        )
    return values


def _vote_decimal_mark(layout: Layout, rows: list[Row], amounts: Iterable[str]) -> tuple[str, str]:
    """Return the decimal mark, "" if none is needed, "?" and an amount if none can be told but one is needed."""
    votes, doubtful = _count_marks(layout, rows, _columns(layout, amounts))
    if (votes["."] or votes[","]) and not _is_clear(votes, ".", ",") and not doubtful:
        return "", ""
    if not votes["."] and not votes[","] and doubtful:
        _add_bucket_votes(layout, rows, votes)
    if _is_clear(votes, ".", ","):
        return max(".,", key=lambda sign: votes[sign]), ""
    return ("?", doubtful) if doubtful else ("", "")


def _count_marks(layout: Layout, rows: list[Row], columns: Iterable[int]) -> tuple[Counter[str], str]:
    """Let some columns vote on the decimal mark, until that is clear; return an amount that needs it as well."""
    votes: Counter[str] = Counter()
    doubtful = ""
    for start in range(0, len(rows), 2000):
        for text in _column_values(layout, rows[start : start + 2000], columns):
            evidence = decimal_evidence(text)
            votes[evidence] += 1
            if evidence == "?":
                doubtful = doubtful or clean(text)
        if max(votes["."], votes[","]) > 100 and not min(votes["."], votes[","]):
            break
    return votes, doubtful


def _add_bucket_votes(layout: Layout, rows: list[Row], votes: Counter[str]) -> None:
    """Let the age columns vote where the amounts themselves say nothing."""
    for text in _column_values(layout, rows[:2000], layout.buckets):
        votes[decimal_evidence(text)] += 1


def _is_clear(votes: Counter[str], one: str, other: str) -> bool:
    """Tell whether one of two styles was seen, and the other hardly ever."""
    low, high = sorted((votes[one], votes[other]))
    return high > low * _CLEAR


def _vote_date_order(
    layout: Layout, rows: list[Row], texts: Iterable[str], balance_date: date | None
) -> tuple[str, str]:
    """Return the order of day and month, "" if no date needs it, "?" and a date if it cannot be told."""
    values = _column_values(layout, rows, _columns(layout, ("date", "due_date", "posting_date")))
    votes = Counter(order_evidence(text) for text in values)
    doubtful = next((clean(text) for text in sorted(values) if order_evidence(text) == "?"), "")
    if not doubtful and not votes["dmy"] and not votes["mdy"]:
        return _plain_order(values), ""
    if not _is_clear(votes, "dmy", "mdy"):
        votes.update(order_evidence(text) for line in texts for text in dates_in(line))
    if not _is_clear(votes, "dmy", "mdy"):
        votes = _plausible(layout, rows, balance_date)
    if _is_clear(votes, "dmy", "mdy"):
        return ("dmy" if votes["dmy"] > votes["mdy"] else "mdy"), ""
    return ("?", doubtful) if doubtful else ("dmy", "")


def _plain_order(values: set[str]) -> str:
    """Return the order of dates that don't need one: with points, or with the year first."""
    if any(re.match(r"\s*\d{1,2}\.\s?\d{1,2}\.", text) for text in values):
        return "dmy"
    return "ymd" if any(re.match(r"\s*\d{4}[-/.]\d", text) for text in values) else ""


def _plausible(layout: Layout, rows: list[Row], balance_date: date | None) -> Counter[str]:
    """Count for each order the rows that only it makes sense of: due after the date, dated by the balance date."""
    first, second = layout.fields.get("date"), layout.fields.get("due_date")
    readers = {"dmy": DateReader("dmy"), "mdy": DateReader("mdy")}
    votes: Counter[str] = Counter()
    seen: set[tuple[Cell, Cell]] = set()
    for row in rows:
        pair = (_cell(row, first), _cell(row, second))
        if pair in seen:
            continue
        seen.add(pair)
        sound = [order for order, reader in readers.items() if _is_sound(reader, pair, balance_date)]
        if len(sound) == 1:
            votes[sound[0]] += 1
    return votes


def _cell(row: Row, column: int | None) -> Cell:
    """Return a cell of a row, None where there is none."""
    return row.cells[column] if column is not None and column < len(row.cells) else None


def _is_sound(reader: DateReader, pair: tuple[Cell, Cell], balance_date: date | None) -> bool:
    """Tell whether date and due date make sense together."""
    day, due = reader.read(pair[0]), reader.read(pair[1])
    if day and due and due < day:
        return False
    return not (day and balance_date and day > balance_date)
