"""Rows that repeat the balance of one document are taken once; instalments are kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from decimal import Decimal

from ..errors import Issue
from .raw import Raw


def drop_repeats(raws: list[Raw]) -> tuple[list[Raw], list[Issue]]:
    """Return the rows without those that say again what another row of the same document says.

    Same document, same balance, and the same due date or none: a repeat. Different due dates: instalments.
    """
    kept: list[Raw] = []
    problems: list[Issue] = []
    seen: dict[Hashable, list[Raw]] = defaultdict(list)
    for raw in raws:
        if not raw.number and not raw.payable_number:
            kept.append(raw)
            continue
        first = next((other for other in seen[_key(raw)] if _is_repeat(raw, other)), None)
        if first is None:
            seen[_key(raw)].append(raw)
            kept.append(raw)
            continue
        first.due_date = first.due_date or raw.due_date
        first.date = first.date or raw.date
        problems.append(_issue(raw, first))
    return kept, problems


def _issue(raw: Raw, first: Raw) -> Issue:
    """Return the remark on a repeat."""
    values = {"first": first.row, "number": raw.number or raw.payable_number, "balance": raw.balance or Decimal(0)}
    return Issue("info", "row_repeats", values, row=raw.row)


def _key(raw: Raw) -> Hashable:
    """Return what the rows of one document and balance have in common."""
    partner = raw.partner_number or raw.partner_name
    return raw.kind, partner, raw.number, raw.payable_number, raw.balance, raw.value_currency, raw.instalment


def _is_repeat(raw: Raw, other: Raw) -> bool:
    """Tell whether a row says of a document what another row said already."""
    return raw.due_date == other.due_date or raw.due_date is None or other.due_date is None


def sum_lines(raws: list[Raw]) -> list[Raw]:
    """Return one row per document for a list of invoice lines without any open amount: the sum of its lines."""
    documents: dict[Hashable, Raw] = {}
    for raw in raws:
        key = (raw.kind, raw.partner_number or raw.partner_name, raw.number or f"row {raw.row}")
        first = documents.setdefault(key, raw)
        if first is not raw and raw.amount is not None:
            first.amount = (first.amount or Decimal(0)) + raw.amount
    return list(documents.values())


def split_missing(raws: list[Raw]) -> tuple[list[Raw], list[Raw], list[Issue]]:
    """Return rows with an amount, rows without that name a document of which nothing else is known, and remarks."""
    known = {_document(raw) for raw in raws if _has_amount(raw)}
    filled, missing, problems = [], [], []
    for raw in raws:
        if _has_amount(raw):
            filled.append(raw)
        elif _document(raw) in known:
            problems.append(Issue("info", "row_without_amount", {"number": raw.number}, row=raw.row))
        else:
            missing.append(raw)
            problems.append(Issue("warning", "amount_missing", {"number": raw.number}, row=raw.row))
    return filled, missing, problems


def _has_amount(raw: Raw) -> bool:
    """Tell whether any amount of a row was read."""
    return raw.amount is not None or raw.document is not None or raw.company is not None


def _document(raw: Raw) -> Hashable:
    """Return which document a row is of."""
    return raw.partner_number or raw.partner_name, raw.number or raw.payable_number
