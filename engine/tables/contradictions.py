"""Rows whose columns of what is open contradict each other: nothing in one, 1,000.00 in the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median_low
from typing import NamedTuple

from ..items import Row
from ..values.cells import fold, read_amount
from .mapping import Layout
from .raw import Raw

_ZERO = Decimal(0)
_FAR = 2  # times another rate than most rows of the currency have
_FEW = 3  # rows that show the usual rate of a currency
# What is due may be less than what is open.
_DUE = re.compile(r"due|fallig|faellig|overdue|verval|echu|forfald|forfall|forfal|scadut|vencid|eraanty|wymagal|splatn")


class _Pair(NamedTuple):
    """What is open of a row in the document's currency and in the company's, by the signs of the file."""

    raw: Raw
    own: Decimal
    company: Decimal


def contradicting(layout: Layout, raws: list[Raw], rows: Mapping[int, Row], mark: str) -> set[int]:
    """Return the numbers of the rows in which two columns of what is open cannot both be right.

    How the list as a whole writes them counts first: packages that leave one of the two at zero do so in all rows.

    :param rows: number -> row
    :param mark: decimal mark
    """
    pairs = list(_pairs(raws))
    found = {pair.raw.row for pair in _zeros(pairs)}
    found |= {pair.raw.row for pair in _signs(pairs)}
    found |= {pair.raw.row for pair in _rates(pairs, "currency" in layout.fields)}
    return found | _second_column(layout, raws, rows, mark or None)


def _pairs(raws: list[Raw]) -> Iterator[_Pair]:
    """Yield the rows that have both amounts."""
    for raw in raws:
        own = raw.document if raw.document is not None else raw.amount
        company = raw.company if raw.company is not None else raw.amount if raw.document is not None else None
        if own is not None and company is not None:
            yield _Pair(raw, own, company)


def _zeros(pairs: list[_Pair]) -> Iterator[_Pair]:
    """Yield pairs of zero and another amount, unless that is how the list writes documents in company currency."""
    if not any(pair.company for pair in pairs) or not any(pair.own for pair in pairs):
        return
    writes_both = any(pair.own == pair.company != 0 for pair in pairs)
    filled = {pair.raw.currency for pair in pairs if pair.own and pair.company}
    for pair in pairs:
        if bool(pair.own) != bool(pair.company) and (pair.own or writes_both or pair.raw.currency in filled):
            yield pair


def _signs(pairs: list[_Pair]) -> list[_Pair]:
    """Return pairs of opposite signs, if most have the same."""
    opposite = [pair for pair in pairs if pair.own * pair.company < 0]
    return opposite if len(opposite) * 2 < len(pairs) else []


def _rates(pairs: list[_Pair], has_currency: bool) -> Iterator[_Pair]:
    """Yield pairs whose quotient is far from that of most rows of their currency; rows that name none are the
    company's, so that both amounts are one.
    """
    groups: dict[str | None, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.own and pair.company:
            groups[pair.raw.currency].append(pair)
    for currency, group in groups.items():
        if currency is None and has_currency and sum(pair.own == pair.company for pair in group) * 2 >= len(group):
            yield from (pair for pair in group if abs(pair.own) != abs(pair.company))
        elif currency is not None and len(group) >= _FEW:
            yield from _far(group)


def _far(group: list[_Pair]) -> Iterator[_Pair]:
    """Yield pairs of one currency whose quotient is far from that of most."""
    usual = median_low([abs(pair.company / pair.own) for pair in group])
    for pair in group:
        rate = abs(pair.company / pair.own)
        if rate > usual * _FAR or rate * _FAR < usual:
            yield pair


def _second_column(layout: Layout, raws: list[Raw], rows: Mapping[int, Row], mark: str | None) -> set[int]:
    """Return the rows in which a second column of what is open is zero and the first is not, or the other way round;
    none unless the two agree in as many others.
    """
    found: set[int] = set()
    used = set(layout.fields.values())
    for column, meant in enumerate(layout.header.meanings):
        is_open = bool(meant.fields) and meant.fields[0][0] == "balance" and meant.currency is None
        if column in used or not is_open or _DUE.search(fold(layout.header.texts[column])):
            continue
        equal, odd = 0, set()
        for raw in raws:
            cells = rows[raw.row].cells if raw.row in rows else ()
            amount = read_amount(cells[column], mark) if column < len(cells) else None
            if amount is not None and raw.amount is not None:
                equal += abs(amount.value) == abs(raw.amount) != 0
                odd |= {raw.row} if bool(amount.value) != bool(raw.amount) else set()
        found |= odd if len(odd) <= equal else set()
    return found
