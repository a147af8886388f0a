"""Totals printed in the file against what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from ..errors import Issue
from ..values import fold
from .raw import Raw, Total

_TOLERANCE = Decimal("0.005")
_ZERO = Decimal(0)


def compare_totals(totals: list[Total], raws: list[Raw], left_out: list[Raw]) -> list[Issue]:
    """Return a remark for each printed total that no sum of the rows gives.

    Totals of the whole list stop (one of 0 only warns: some reports leave it empty), those of groups warn.
    """
    problems = []
    before = 0
    for place, total in enumerate(totals):
        found = _compare(total, raws, left_out, before, is_last=place == len(totals) - 1, single=len(totals) == 1)
        if found:
            problems.append(found)
        before = total.at
    return problems


def _compare(total: Total, raws: list[Raw], left_out: list[Raw], before: int, is_last: bool, single: bool) -> Issue | None:
    """Compare one total."""
    printed, pick, currency = _printed(total.raw)
    if printed is None:
        return None
    if total.label:
        return _compare_group(total, printed, pick, raws, before)
    kept = [raw for raw in raws if currency is None or raw.value_currency == currency]
    if currency is None and pick is _value and len({raw.value_currency for raw in raws}) > 1 and not _fits(printed, pick, raws):
        return None  # a sum over several currencies, or of one that the row doesn't name
    if _fits_any(printed, pick, kept, left_out, raws[before : total.at]):
        return None
    if total.label is None and not (single or is_last or total.at == 0):
        return _issue("warning", "group_total_differs", total, printed, pick, raws[before : total.at], currency)
    level = "warning" if not printed else "stop"
    return _issue(level, "totals_differ", total, printed, pick, kept, currency)


def _value(raw: Raw) -> Decimal:
    """Return the balance of a row by the signs of the file."""
    return raw.value or _ZERO


def _company(raw: Raw) -> Decimal:
    """Return the balance of a row in company currency."""
    return raw.company_value or _ZERO


Pick = Callable[[Raw], Decimal]


def _printed(raw: Raw) -> tuple[Decimal | None, Pick, str | None]:
    """Return the printed amount, of which column it is, and its currency."""
    if raw.value is not None and (raw.amount is not None or raw.document is not None):
        return raw.value, _value, raw.value_currency
    if raw.company is not None:
        return raw.company, _company, None
    return None, _value, None


def _sum(pick: Pick, raws: Iterable[Raw]) -> Decimal:
    """Return the sum of one amount over rows."""
    return sum((pick(raw) for raw in raws), _ZERO)


def _fits(printed: Decimal, pick: Pick, raws: Iterable[Raw]) -> bool:
    """Tell whether rows add up to a printed total, in the signs of the file or of the ledger."""
    rows = list(raws)
    sums = (_sum(pick, rows), _sum(lambda raw: raw.balance or _ZERO, rows))
    return any(abs(abs(found) - abs(printed)) <= _TOLERANCE for found in sums)


def _fits_any(printed: Decimal, pick: Pick, kept: list[Raw], left_out: list[Raw], since: list[Raw]) -> bool:
    """Tell whether a total is the sum of the list, of one kind, with the rows left out, or of the rows since the last."""
    if _fits(printed, pick, kept) or _fits(printed, pick, [*kept, *left_out]):
        return True
    if any(_fits(printed, pick, [raw for raw in kept if raw.kind == kind]) for kind in ("receivable", "payable")):
        return True
    return bool(since) and _fits(printed, pick, since)


def _compare_group(total: Total, printed: Decimal, pick: Pick, raws: list[Raw], before: int) -> Issue | None:
    """Compare the total of a partner or another group."""
    word = fold(total.label or "")
    named = [raw for raw in raws if word and word in (fold(raw.partner_number), fold(raw.partner_name))]
    named = named or [raw for raw in raws if raw.partner_name and word == fold(f"{raw.partner_number}{raw.partner_name}")]
    group = [raw for raw in raws if raw.group == total.raw.group]
    since = raws[before : total.at]
    if any(rows and _fits(printed, pick, rows) for rows in (named, group, since)):
        return None
    rows = named or since
    if not rows or len({raw.value_currency for raw in rows}) > 1:
        return None
    return _issue("warning", "group_total_differs", total, printed, pick, rows, total.raw.value_currency)


def _issue(
    level: str, code: str, total: Total, printed: Decimal, pick: Pick, rows: Iterable[Raw], currency: str | None
) -> Issue:
    """Return the remark on a total."""
    values = {"total": printed, "read": _sum(pick, rows), "currency": currency or "", "label": total.label or ""}
    return Issue(level, code, values, row=total.row)  # type: ignore[arg-type]
