"""Rows of opening lists that make one document, and what is wrong with them side by side."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from ..values import numbers
from .items import PAYMENT_TYPES, DocumentType, ReportedDocument
from .partners import ANYBODY, Party

# All that a row says of a document, its partner and currency apart.
_SAID = attrgetter(
    "number", "date", "due_date", "total", "open", "tax", "tax_name", "analytic", "description", "reference", "rate",
    "company_total", "period_start", "period_end", "salesperson", "payment_terms",
)  # fmt: skip
# What a document has only once: rows may leave it out, but not contradict each other.
_ONCE = ("reference", "rate", "salesperson", "payment_terms")
_Claim = tuple[Hashable, DocumentType | None, str]


def group(items: Sequence[ReportedDocument], parties: Sequence[Party], forms: Sequence[str]) -> list[list[int]]:
    """Return the rows of each document, in the order of their first rows. Rows without a type make none.

    :param forms: each item's number in the form in which numbers are compared
    """
    documents: list[list[int]] = []
    places: dict[Hashable, list[int]] = {}
    for at, item in enumerate(items):
        if item.type is None:
            continue
        if not item.number:
            documents.append([at])
            continue
        key = (parties[at].owner, item.type, forms[at])
        rows = places.get(key)
        if rows is None:
            places[key] = rows = []
            documents.append(rows)
        rows.append(at)
    return documents


def repeats(items: Sequence[ReportedDocument], rows: Iterable[int], owners: Sequence[Hashable]) -> dict[int, int]:
    """Return row -> the row of an earlier file that it says again.

    What one file says several times is not said again by itself: it is as often there as in the file that has it most.

    :param owners: partner and currency of each item
    """
    kept: dict[Hashable, list[int]] = {}
    counts: dict[Hashable, int] = {}
    found: dict[int, int] = {}
    for at in rows:
        item = items[at]
        said = (owners[at], item.type, _SAID(item))
        firsts = kept.setdefault(said, [])
        place = counts.get((item.file, said), 0)
        counts[item.file, said] = place + 1
        if place < len(firsts):
            found[at] = firsts[place]
        else:
            firsts.append(at)
    return found


class Contradiction(NamedTuple):
    """A row of a document that says something else than an earlier one, and what they say."""

    row: int
    earlier: int
    said: object
    said_earlier: object


def contradiction(
    items: Sequence[ReportedDocument], rows: Sequence[int], currencies: Sequence[str]
) -> Contradiction | None:
    """Return the first row that gives another date, currency, spelling of the number, ... than an earlier one."""
    once: dict[str, tuple[int, object]] = {}
    for at in rows:
        item = items[at]
        said = {"date": item.date, "currency": currencies[at], "number": (item.number or "").strip()}
        said |= {name: value for name in _ONCE if (value := getattr(item, name)) is not None}
        for name, value in said.items():
            earlier, first = once.setdefault(name, (at, value))
            if first != value:
                return Contradiction(at, earlier, value, first)
    return None


def doubles(items: Sequence[ReportedDocument], rows: Iterable[int]) -> dict[int, int]:
    """Return row -> another row that gives the same part of the document: the same due date, tax, analytic and text.

    Receipts and payments have no parts.
    """
    parts: dict[Hashable, list[int]] = {}
    for at in rows:
        parts.setdefault(_part(items[at]), []).append(at)
    return {at: same[1] if at == same[0] else same[0] for same in parts.values() if len(same) > 1 for at in same}


def _part(item: ReportedDocument) -> Hashable:
    """Return what tells a row from the other ones of its document."""
    if item.type in PAYMENT_TYPES:
        return None
    texts = (item.tax_name, item.analytic, item.description)
    return (item.due_date or item.date, *(numbers.fold_name(text or "") for text in texts))


class Claims:
    """Rows that may be a part of a document, though it cannot be told for sure: the document is not complete then."""

    def __init__(self, items: Sequence[ReportedDocument], parties: Sequence[Party], forms: Sequence[str]) -> None:
        """Note the rows that have no type, or of whose partner a person has to decide."""
        self._rows: dict[_Claim, int] = {}
        self._groups: dict[Hashable, list[Hashable]] = {}  # partner -> the sets of several that it is in
        groups: set[Hashable] = set()
        self._items = items
        self._parties = parties
        self._forms = forms
        for at, item in enumerate(items):
            party = parties[at]
            if item.number and (item.type is None or party.code):
                self._rows.setdefault((party.maybe, item.type, forms[at]), at)
                self._rows.setdefault((party.texts[1:], item.type, forms[at]), at)
                for partner in party.maybe if party.maybe not in groups else ():
                    self._groups.setdefault(partner, []).append(party.maybe)
                groups.add(party.maybe)

    def find(self, rows: Sequence[int]) -> int | None:
        """Return a row outside of a document that may be a part of it, None if there is none."""
        if not self._rows:
            return None
        inside = set(rows)
        for at in rows:
            item, party = self._items[at], self._parties[at]
            for one in self._named(party) if item.number else ():
                for type_ in (item.type, None):
                    claim = self._rows.get((one, type_, self._forms[at]))
                    if claim is not None and claim not in inside:
                        return claim
        return None

    def _named(self, party: Party) -> Iterator[Hashable]:
        """Yield what a row that may mean the same partner is noted under."""
        for one in (*party.maybe, ANYBODY):
            yield from self._groups.get(one, ())
        yield party.texts[1:]
