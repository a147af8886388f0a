"""Columns whose heading nobody knows and whose content may decide what is booked: a person says what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from ..errors import Issue
from ..items import ReadOptions
from ..values.cells import CURRENCIES, SIDES, fold
from ..words.cells import DRAFT, PAID, VOID
from ..words.other_headers import is_other_header
from ..words.other_lists import is_payment_number
from ..words.type_rules import document_sign
from .mapping import Layout
from .profile import Profile, sample_size

_MOST = 0.8  # of a column's values
_HALF = 0.5
_OTHER_CURRENCIES = frozenset({"wkzeingabebetrag"})  # DATEV: of the amount as it was entered, not of the balance
_STATES = PAID | DRAFT | VOID
_DISTINCT = 0.6  # of the rows have a number, and each another one: some lack it, some documents have several rows
_MOST_ASKED = 5  # columns of one role; nobody reads more
_FEW = 3  # rows of which nothing can be told
_DECIMALS = re.compile(r"-?[\d., ]*[.,]\d+")
_SHORT = 4  # signs of a number that is hardly a document's if it has fewer


class _Column(NamedTuple):
    """A column whose heading nobody knows. ``full``: it is filled in most rows."""

    text: str
    profile: Profile
    full: bool


def ask_unknown(
    layout: Layout, rows: int, lacking: Collection[str], options: ReadOptions, beside: Collection[str] = ()
) -> list[Issue]:
    """Return a guard for each role that no column has, and that one with an unknown heading may have.

    :param rows: how many rows are documents or debtors
    :param lacking: roles that the table lacks
    :param beside: roles that it has, but nothing proves of the right column: number, balance
    """
    free = list(_unknown(layout, rows, options)) if rows else []
    found = list(_ask_lacking(free, lacking))
    asked = {issue.column for issue in found}
    full = [one for one in free if one.full and one.text not in asked] if rows >= _FEW else []
    if "balance" in beside:
        found += [_ask("balance", one) for one in _beside(full, _holds_amounts)]
    if "number" in beside:
        found += [_ask("number", one, True) for one in _beside(full, _holds_long_numbers) if not _repeats(layout, one)]
    return found


def _ask_lacking(columns: Iterable[_Column], lacking: Collection[str]) -> Iterator[Issue]:
    """Yield a guard for each column that may have a role which no column has."""
    for role in _HOLDS:
        if role in lacking:
            yield from (_ask(role, one) for one in columns if _may_be(role, one))


def _beside(columns: Iterable[_Column], holds: Callable[[Profile], bool]) -> Iterator[_Column]:
    """Return the first columns that hold something, but those whose heading is of nothing that is needed."""
    found = (one for one in columns if holds(one.profile) and not is_other_header(one.text))
    return islice(found, _MOST_ASKED)


def _unknown(layout: Layout, rows: int, options: ReadOptions) -> Iterator[_Column]:
    """Yield the columns with a heading of which nobody knows or has said what it means."""
    least = max(min(rows, sample_size(len(layout.profiles))) * _DISTINCT, 1)
    used = {*layout.fields.values(), *layout.buckets}
    for column, text in enumerate(layout.header.texts):
        if not text or column in used or options.columns.get(text) is not None:
            continue
        if not layout.header.meanings[column].fields and not is_payment_number(text):
            profile = layout.profiles[column]
            yield _Column(text, profile, profile.filled >= least)


def _may_be(role: str, column: _Column) -> bool:
    """Tell whether a column may have a role."""
    holds, needs_all = _HOLDS[role]
    if (needs_all and not column.full) or not holds(column.profile) or _is_other_currency(role, column.text):
        return False
    return role not in ("type", "date") or not is_other_header(column.text)


def _is_other_currency(role: str, text: str) -> bool:
    """Tell whether a column is known to be the currency of something else."""
    return role == "currency" and fold(text) in _OTHER_CURRENCIES


def _ask(role: str, column: _Column, is_beside: bool = False) -> Issue:
    """Return the question whether a column has a role."""
    if role == "number" and not is_beside:
        return Issue("stop", "number_unknown", {"column": column.text}, column=column.text)
    sample = ", ".join(sorted(column.profile.values)[:3])
    return Issue("stop", "column_unclear", {"column": column.text, "role": role, "sample": sample}, column=column.text)


def _holds_numbers(profile: Profile) -> bool:
    """Whether a column holds codes, each another one."""
    codes = profile.codes - profile.dates - profile.cents
    return codes >= profile.filled * _DISTINCT and len(profile.values) >= profile.filled * _DISTINCT


def _holds_long_numbers(profile: Profile) -> bool:
    """Whether a column holds codes as those of documents are: not just 1, 2, 3, and no amounts."""
    if not _holds_numbers(profile):
        return False
    long = sum(1 for value in profile.values if len(value) >= _SHORT)
    broken = sum(1 for value in profile.values if _DECIMALS.fullmatch(value))
    return min(long, len(profile.values) - broken) > len(profile.values) * _HALF


def _repeats(layout: Layout, column: _Column) -> bool:
    """Whether a column says the same as one that is used."""
    used = (layout.profiles[at].values for at in layout.fields.values())
    return any(len(column.profile.values & values) * 2 > len(column.profile.values) for values in used)


def _holds_amounts(profile: Profile) -> bool:
    """Whether a column holds amounts with cents, and not the same in each row."""
    return profile.share(profile.cents) > _HALF and len(profile.values) > 1


def _holds_partners(profile: Profile) -> bool:
    """Whether a column holds numbers or names: no dates, no amounts, no currencies."""
    others = max(profile.dates, profile.cents, profile.currencies)
    return others < profile.filled * (1 - _MOST) and len(profile.values) > 1


def _holds_dates(profile: Profile) -> bool:
    """Whether a column holds dates."""
    return profile.share(profile.dates) >= _MOST


def _holds_one_side(profile: Profile) -> bool:
    """Whether a column holds amounts that may be the other side's."""
    return profile.share(profile.cents) > _HALF


def _holds_currencies(profile: Profile) -> bool:
    """Whether a column holds codes of currencies; the label of a total may stand among them."""
    return profile.share(profile.currencies) > _DISTINCT and bool(profile.values & CURRENCIES)


def _holds_sides(profile: Profile) -> bool:
    """Whether a column holds marks of debit and credit, of which one is credit."""
    return all(word in SIDES for word in profile.words) and any(SIDES[word] < 0 for word in profile.words)


def _holds_states(profile: Profile) -> bool:
    """Whether a column holds states, of which one is not that of an open document."""
    return bool(profile.words & _STATES)


def _holds_credits(profile: Profile) -> bool:
    """Whether a column holds types of documents, of which one is a credit."""
    signs = [document_sign(word) for word in profile.words]
    return any(sign < 0 for sign in signs) and sum(1 for sign in signs if sign) * 2 >= len(signs)


# Role -> what a column of it holds, and whether most rows have something in it.
_HOLDS: Mapping[str, tuple[Callable[[Profile], bool], bool]] = {
    "number": (_holds_numbers, True),
    "partner_number": (_holds_partners, True),
    "debit_credit": (_holds_sides, True),
    "status": (_holds_states, True),
    "type": (_holds_credits, True),
    "debit": (_holds_one_side, False),
    "credit": (_holds_one_side, False),
    "currency": (_holds_currencies, False),
    "date": (_holds_dates, True),
}
