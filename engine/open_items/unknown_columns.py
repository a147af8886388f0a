"""Columns whose heading nobody knows and whose content may decide what is booked: a person says what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import Issue
from ..items import ReadOptions
from ..tables.mapping import Layout
from ..tables.profile import Profile, sample_size
from ..tables.raw import Raw
from ..values.cells import CURRENCIES, SIDES, fold
from ..words.cells import DRAFT, PAID, VOID
from ..words.other_lists import is_payment_number
from ..words.type_rules import document_sign

_MOST = 0.8  # of a column's values
_HALF = 0.5
_OTHER_CURRENCIES = frozenset({"wkzeingabebetrag"})  # DATEV: of the amount as it was entered, not of the balance
_STATES = PAID | DRAFT | VOID
_DISTINCT = 0.6  # of the rows have a number, and each another one: some lack it, some documents have several rows


def judge_unknown(layout: Layout, kept: Sequence[Raw], options: ReadOptions) -> list[Issue]:
    """Return a guard for each role that no column has, and that one with an unknown heading may have.

    :param kept: rows that are items
    """
    free = [
        (text, layout.profiles[column])
        for column, text in enumerate(layout.header.texts)
        if text and column not in layout.fields.values() and options.columns.get(text) is None
        and not layout.header.meanings[column].fields and not is_payment_number(text)
    ]  # fmt: skip
    filled = min(len(kept), sample_size(len(layout.profiles))) * _DISTINCT
    full = [(text, profile) for text, profile in free if profile.filled >= max(filled, 1)]
    return [*_judge(layout, kept, full), *_judge_side(layout, free), *_judge_currency(layout, free)] if kept else []


def _judge(layout: Layout, kept: Sequence[Raw], free: Sequence[tuple[str, Profile]]) -> Iterator[Issue]:
    """Yield a guard for each role of which rows lack what it tells."""
    if "number" not in layout.fields:
        yield from (_ask("number", text, profile) for text, profile in free if _holds_numbers(profile))
    if not any(raw.partner_number or raw.partner_name for raw in kept):
        yield from (_ask("partner_number", text, profile) for text, profile in free if _holds_partners(profile))
    is_signed = any(raw.value is not None and raw.value < 0 for raw in kept)
    is_signed = is_signed or bool({"debit_credit", "debit", "credit"} & set(layout.fields))
    if not is_signed and not layout.buckets:
        yield from (_ask("debit_credit", text, profile) for text, profile in free if _holds_sides(profile))
    if not {"status", "state", "open", "settled"} & set(layout.fields):
        yield from (_ask("status", text, profile) for text, profile in free if profile.words & _STATES)
    if not is_signed and "type" not in layout.fields:
        yield from (_ask("type", text, profile) for text, profile in free if _holds_credits(profile))


def _judge_side(layout: Layout, free: Sequence[tuple[str, Profile]]) -> Iterator[Issue]:
    """Yield a guard where a table has debit or credit only, and a column of amounts that may be the other one."""
    side, *others = sorted({"debit", "credit"} - set(layout.fields)) or [""]
    if side and not others:
        yield from (_ask(side, text, profile) for text, profile in free if profile.share(profile.cents) > _HALF)


def _judge_currency(layout: Layout, free: Sequence[tuple[str, Profile]]) -> Iterator[Issue]:
    """Yield a guard where no column is the currency's, and one of codes may be; those in company currency lack it."""
    if "currency" not in layout.fields:
        found = ((text, profile) for text, profile in free if _holds_currencies(profile))
        yield from (_ask("currency", text, profile) for text, profile in found if fold(text) not in _OTHER_CURRENCIES)


def _ask(role: str, text: str, profile: Profile) -> Issue:
    """Return the question whether a column has a role."""
    if role == "number":
        return Issue("stop", "number_unknown", {"column": text}, column=text)
    sample = ", ".join(sorted(profile.values)[:3])
    return Issue("stop", "column_unclear", {"column": text, "role": role, "sample": sample}, column=text)


def _holds_numbers(profile: Profile) -> bool:
    """Whether a column holds codes, each another one."""
    codes = profile.codes - profile.dates - profile.cents
    return codes >= profile.filled * _DISTINCT and len(profile.values) >= profile.filled * _DISTINCT


def _holds_partners(profile: Profile) -> bool:
    """Whether a column holds numbers or names: no dates, no amounts, no currencies."""
    others = max(profile.dates, profile.cents, profile.currencies)
    return others < profile.filled * (1 - _MOST) and len(profile.values) > 1


def _holds_currencies(profile: Profile) -> bool:
    """Whether a column holds codes of currencies; the label of a total may stand among them."""
    return profile.share(profile.currencies) > _DISTINCT and bool(profile.values & CURRENCIES)


def _holds_sides(profile: Profile) -> bool:
    """Whether a column holds marks of debit and credit, of which one is credit."""
    return all(word in SIDES for word in profile.words) and any(SIDES[word] < 0 for word in profile.words)


def _holds_credits(profile: Profile) -> bool:
    """Whether a column holds types of documents, of which one is a credit."""
    signs = [document_sign(word) for word in profile.words]
    return any(sign < 0 for sign in signs) and sum(1 for sign in signs if sign) * 2 >= len(signs)
