"""Rows that repeat the balance of one document are taken once; instalments are kept apart."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from itertools import groupby

from ..errors import Issue
from ..tables.mapping import Layout
from ..tables.raw import Raw
from ..values.cells import fold
from ..words.cells import LINE_HEADERS


def repeats_balances(layout: Layout) -> bool:
    """Tell whether the table has a reason to repeat a balance: its rows are the bookings or lines of documents."""
    fields = set(layout.fields)
    has_lines = any(fold(text) in LINE_HEADERS for text in layout.header.texts)
    has_balance = bool({"balance", "document_balance", "company_balance"} & fields)
    return has_balance and (has_lines or bool({"debit", "credit", "line_total"} & fields))


def drop_repeats(raws: list[Raw]) -> tuple[list[Raw], list[Issue]]:
    """Return the rows without those that say again what another row of the same document says.

    Same document, same balance, and the same due date or none: a repeat. Different due dates: instalments. Only for
    tables that have a reason to repeat, see :func:`repeats_balances`.
    """
    kept: list[Raw] = []
    problems: list[Issue] = []
    firsts: dict[Hashable, Raw] = {}
    balances: dict[Hashable, dict[date | None, Raw]] = {}
    for raw in raws:
        key = _key(raw)
        if key is None or firsts.setdefault(key, raw) is raw:
            kept.append(raw)
            continue
        if key not in balances:  # most documents have one row: only now is it worth more than a key
            first = firsts[key]
            balances[key] = {}
            balances[key, first.balance, first.value_currency] = {first.due_date: first}
        known = balances.setdefault((key, raw.balance, raw.value_currency), {})
        same = _repeated(raw, known)
        if same is None:
            known[raw.due_date] = raw
            kept.append(raw)
        else:
            same.due_date = same.due_date or raw.due_date
            same.day = same.day or raw.day
            known[same.due_date] = same
            problems.append(_issue(raw, same))
    return kept, problems


def _repeated(raw: Raw, known: dict[date | None, Raw]) -> Raw | None:
    """Return the row that a row repeats: one with the same due date, or any where one of the two has none."""
    if raw.due_date in known:
        return known[raw.due_date]
    if raw.due_date is None:
        return next(iter(known.values()), None)
    return known.pop(None, None)


def _issue(raw: Raw, first: Raw) -> Issue:
    """Return the remark on a repeat."""
    values = {"first": first.row, "number": raw.number or raw.payable_number, "balance": raw.balance or Decimal(0)}
    return Issue("info", "row_repeats", values, row=raw.row)


def _key(raw: Raw) -> Hashable:
    """Return what the rows of one document have in common, None for a row without number."""
    if not raw.number and not raw.payable_number:
        return None
    return raw.kind, raw.partner_number or raw.partner_name, raw.number, raw.payable_number, raw.instalment


def drop_subtotals(raws: list[Raw]) -> tuple[list[Raw], list[Issue]]:
    """Return the rows without those that only give the sum of their partner's rows next to them.

    Such a row has neither number nor date; one that gives another amount is an item without a number.
    """
    kept: list[Raw] = []
    problems: list[Issue] = []
    for _, block in groupby(raws, key=lambda raw: (raw.partner_number, raw.partner_name)):
        rows = list(block)
        bare = [raw for raw in rows if not (raw.number or raw.payable_number or raw.day or raw.due_date)]
        if len(bare) == 1 and len(rows) > 1 and bare[0].own_partner:
            rest = sum((raw.amount or Decimal(0) for raw in rows if raw is not bare[0]), Decimal(0))
            if bare[0].amount == rest:
                rows.remove(bare[0])
                problems.append(Issue("info", "row_total", row=bare[0].row))
        kept += rows
    return kept, problems


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
