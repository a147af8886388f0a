"""Totals by arithmetic, whatever language calls them what: rows without date and number that sum up rows above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from decimal import Decimal

from ..values.cells import has_digit
from .raw import Raw

_ZERO = Decimal(0)
_USUALLY = 0.5  # of the rows have what sums below them lack
_MOST = 0.5  # of the rows have a date, where one without may be a total


def split_sums(raws: list[Raw]) -> tuple[list[Raw], list[Raw], list[Raw]]:
    """Return the rows of documents, those that are sums of rows above, and those that are neither for sure.

    A sum has no date, no number with digits, no partner that other rows name, and not both a partner and a number; its
    amount is that of all rows above, of those since the last sum, of its group, or of customers or vendors. A row that
    is like one but for its amount is nothing for sure if it is called by a word where all others have numbers, or is
    nobody's where all others are somebody's.
    """
    dated = [raw for raw in raws if _is_dated(raw)]
    if len(dated) == len(raws) or len(dated) < len(raws) * _MOST:
        return raws, [], []
    partners = {text for raw in dated for text in _named(raw)}
    numbered = all(has_digit(raw.number or raw.payable_number) for raw in dated)
    owned = not any(map(_is_nobodys, dated))
    kept, found, unclear = [], [], []
    sums = _Sums()
    for raw in sorted(raws, key=lambda raw: raw.row):
        is_like_total = _is_like_total(raw, partners)
        if is_like_total and sums.fit(raw, raw.value, not raw.own_partner):
            sums.restart()
            found.append(raw)
        elif is_like_total and _is_unclear(raw, numbered, owned):
            unclear.append(raw)
        else:
            sums.add(raw, raw.value)
            kept.append(raw)
    return kept, found, unclear


def _is_dated(raw: Raw) -> bool:
    """Tell whether a row has a date."""
    return bool(raw.day or raw.due_date)


def _named(raw: Raw) -> list[str]:
    """Return the texts by which a row itself names its partner."""
    return [text for text in (raw.partner_number, raw.partner_name) if text] if raw.own_partner else []


def _is_unclear(raw: Raw, numbered: bool, owned: bool) -> bool:
    """Tell whether a row has a word for a number where all others have numbers, or is nobody's where they are not."""
    is_called = bool(raw.number or raw.payable_number) and not raw.own_partner
    return is_called and (numbered or (owned and _is_nobodys(raw)))


def split_debtor_sums(raws: list[Raw], amounts: Mapping[int, Decimal | None]) -> tuple[list[Raw], list[Raw], list[Raw]]:
    """Return the rows of debtors, those that are sums of rows above, and those that may be either.

    A sum lacks the number or the name that all other rows have. Where all have a name only, the last row may be one.

    :param amounts: row -> what a debtor owes, or may owe at most
    """
    numbered = sum(1 for raw in raws if has_digit(raw.partner_number))
    named = sum(1 for raw in raws if raw.partner_name)
    usually = len(raws) * _USUALLY
    kept, found, unclear = [], [], []
    sums = _Sums()
    rows = sorted(raws, key=lambda raw: raw.row)
    for place, raw in enumerate(rows):
        amount = amounts.get(raw.row)
        lacks = _lacks_debtor(raw, numbered >= usually, named >= usually)
        is_like = (lacks or (place == len(rows) - 1 and not numbered)) and not raw.vat and not raw.email
        if not is_like or not sums.fit(raw, amount, False):
            sums.add(raw, amount)
            kept.append(raw)
        elif lacks:
            sums.restart()
            found.append(raw)
        else:
            unclear.append(raw)
    return kept, found, unclear


def _lacks_debtor(raw: Raw, numbered: bool, named: bool) -> bool:
    """Tell whether a row lacks the number or the name that the others have."""
    return not has_digit(raw.partner_number) and (numbered or (named and not raw.partner_name))


def _is_like_total(raw: Raw, partners: set[str]) -> bool:
    """Tell whether a row has no date and names no document, and no partner but by a word that no other row has."""
    if _is_dated(raw) or has_digit(raw.number) or has_digit(raw.payable_number) or raw.instalment:
        return False
    named = _named(raw)
    if named and (raw.number or raw.payable_number) not in ("", *named):
        return False  # somebody's document, whatever that is called
    return not any(text in partners or has_digit(text) for text in named)


def _is_nobodys(raw: Raw) -> bool:
    """Tell whether neither a row nor its group names a partner."""
    return not raw.partner_number and not raw.partner_name


class _Sums:
    """Sums of the rows so far: of all, of those since the last sum, by group and by kind."""

    def __init__(self) -> None:
        self._sums: Counter[Hashable] = Counter()
        self._counts: Counter[Hashable] = Counter()

    def add(self, raw: Raw, amount: Decimal | None) -> None:
        """Take a row in."""
        for key in self._keys(raw):
            self._sums[key] += amount or _ZERO  # type: ignore[assignment]
            self._counts[key] += 1

    def fit(self, raw: Raw, amount: Decimal | None, is_nobodys: bool) -> bool:
        """Tell whether a row's amount is one of the sums; one of a single row only where the row is nobody's."""
        if not amount:
            return False
        fewest, form = (1, abs) if is_nobodys else (2, Decimal)  # only what is nobody's may have another sign
        return any(self._counts[key] >= fewest and form(self._sums[key]) == form(amount) for key in self._keys(raw))

    def restart(self) -> None:
        """Begin the rows since the last sum."""
        self._sums["since"] = self._counts["since"] = 0

    @staticmethod
    def _keys(raw: Raw) -> tuple[Hashable, ...]:
        """Return the sums that a row is part of."""
        return "all", "since", ("group", raw.group), ("kind", raw.kind)
