"""Totals by arithmetic, whatever language calls them what: rows without date and number that sum up rows above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from decimal import Decimal

from ..values.cells import has_digit
from .raw import Raw

_ZERO = Decimal(0)
_MOST = 0.5  # of the rows have a date, where one without may be a total


def split_sums(raws: list[Raw]) -> tuple[list[Raw], list[Raw], list[Raw]]:
    """Return the rows of documents, those that are sums of rows above, and those that are neither for sure.

    A sum has no date, no number with digits, no partner that other rows name, and not both a partner and a number; its
    amount is that of all rows above, of those since the last sum, of its group, or of customers or vendors. A row that
    is like one but for its amount is nothing for sure if it is called by a word where all others have numbers.
    """
    dated = [raw for raw in raws if _is_dated(raw)]
    if len(dated) == len(raws) or len(dated) < len(raws) * _MOST:
        return raws, [], []
    partners = {text for raw in dated for text in _named(raw)}
    numbered = all(has_digit(raw.number or raw.payable_number) for raw in dated)
    kept, found, unclear = [], [], []
    sums = _Sums()
    for raw in sorted(raws, key=lambda raw: raw.row):
        is_like_total = _is_like_total(raw, partners)
        if is_like_total and sums.fit(raw):
            sums.restart()
            found.append(raw)
        elif is_like_total and numbered and _is_only_called(raw):
            unclear.append(raw)
        else:
            sums.add(raw)
            kept.append(raw)
    return kept, found, unclear


def _is_dated(raw: Raw) -> bool:
    """Tell whether a row has a date."""
    return bool(raw.day or raw.due_date)


def _named(raw: Raw) -> list[str]:
    """Return the texts by which a row itself names its partner."""
    return [text for text in (raw.partner_number, raw.partner_name) if text] if raw.own_partner else []


def _is_only_called(raw: Raw) -> bool:
    """Tell whether a row has something for a number, and no partner."""
    return bool(raw.number or raw.payable_number) and not raw.own_partner


def _is_like_total(raw: Raw, partners: set[str]) -> bool:
    """Tell whether a row has no date and names no document, and no partner but by a word that no other row has."""
    if _is_dated(raw) or has_digit(raw.number) or has_digit(raw.payable_number) or raw.instalment:
        return False
    named = _named(raw)
    if named and (raw.number or raw.payable_number) not in ("", *named):
        return False  # somebody's document, whatever that is called
    return not any(text in partners or has_digit(text) for text in named)


class _Sums:
    """Sums of the rows so far: of all, of those since the last sum, by group and by kind."""

    def __init__(self) -> None:
        self._sums: Counter[Hashable] = Counter()
        self._counts: Counter[Hashable] = Counter()

    def add(self, raw: Raw) -> None:
        """Take a row in."""
        for key in self._keys(raw):
            self._sums[key] += raw.value or _ZERO  # type: ignore[assignment]
            self._counts[key] += 1

    def fit(self, raw: Raw) -> bool:
        """Tell whether a row's amount is one of the sums; one of a single row only where the row is nobody's."""
        if not raw.value:
            return False
        fewest, form = (2, Decimal) if raw.own_partner else (1, abs)  # only what is nobody's may have another sign
        return any(self._counts[key] >= fewest and form(self._sums[key]) == form(raw.value) for key in self._keys(raw))

    def restart(self) -> None:
        """Begin the rows since the last sum."""
        self._sums["since"] = self._counts["since"] = 0

    @staticmethod
    def _keys(raw: Raw) -> tuple[Hashable, ...]:
        """Return the sums that a row is part of."""
        return "all", "since", ("group", raw.group), ("kind", raw.kind)
