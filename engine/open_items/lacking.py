"""What a list of open items lacks, so that a column with an unknown heading may be it."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Issue
from ..items import ReadOptions
from ..tables.mapping import Layout
from ..tables.raw import Raw
from ..tables.unknown_columns import ask_unknown
from ..values.money import ZERO
from .witness import Witness, is_residual

_STATES = frozenset(("status", "state", "open", "settled"))
_SAMPLE = 200
_FEW = 3
_HALF = 0.5  # of the rows whose document the books know


def judge_unknown(layout: Layout, kept: Sequence[Raw], options: ReadOptions) -> list[Issue]:
    """Return a guard for each column that nobody knows and that may decide what is booked.

    :param kept: rows that are items
    """
    return ask_unknown(layout, len(kept), _lacking(layout, kept), options, _unproved(layout, kept, options))


def _lacking(layout: Layout, kept: Sequence[Raw]) -> set[str]:
    """Return the roles without which rows may be misread."""
    fields = set(layout.fields)
    lacking = {"number", "currency", "date"} - fields
    if not any(raw.partner_number or raw.partner_name for raw in kept):
        lacking.add("partner_number")
    sides = {"debit", "credit"} - fields
    is_signed = any(raw.value is not None and raw.value < 0 for raw in kept)
    is_signed = is_signed or bool({"debit_credit", "debit", "credit"} & fields)
    if not is_signed:
        lacking |= {"debit_credit"} - ({"debit_credit"} if layout.buckets else set())
        lacking |= {"type"} - fields
    if not _STATES & fields:
        lacking.add("status")
    return lacking | (sides if len(sides) == 1 else set())


def _unproved(layout: Layout, kept: Sequence[Raw], options: ReadOptions) -> set[str]:
    """Return what the list has by its headings only: the books don't agree."""
    unproved = {"number", "balance"} & set(layout.fields)
    if not isinstance(options.books, Witness):
        return unproved
    sample = kept[:: len(kept) // _SAMPLE + 1]
    known = [(raw, books) for raw in sample if (books := options.books.documents(raw.number or raw.payable_number))]
    if len(known) >= max(_FEW, len(sample) * _HALF):
        unproved.discard("number")
    agree = sum(1 for raw, books in known if is_residual(raw.value or ZERO, books))
    if agree >= max(_FEW, len(sample) * _HALF):
        unproved.discard("balance")
    return unproved
