"""Lists of open items read for one amount per debtor: the sum of a debtor's items."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from decimal import Decimal

from ..errors import Issue
from ..items import ReadResult, ReportedAmount
from ..values.numbers import fold_name
from .items import ReportedBalance

_ZERO = Decimal(0)


def sum_items(result: ReadResult[ReportedAmount]) -> ReadResult[ReportedBalance]:
    """Return the sum of each debtor's items; payables are left out.

    A debtor of whom an item cannot be read is rejected as a whole: the rest is not what the debtor owes.
    """
    items = [item for item in result.items if item.kind != "payable"]
    unread = [item for item in result.rejected if item.kind != "payable"]
    broken: dict[Hashable, ReportedAmount] = {}
    for item in unread:
        broken.setdefault(_debtor(item), item)
    groups: dict[Hashable, list[ReportedAmount]] = {}
    for item in items:
        groups.setdefault(_debtor(item), []).append(item)
    problems = list(result.problems)
    payables = [item for item in result.items if item.kind == "payable"]
    if payables and not items:
        problems.append(Issue("stop", "list_of_payables", {"count": len(payables)}))
    elif payables:
        problems.append(Issue("info", "payables_left_out", {"count": len(payables)}))
    return ReadResult(
        items=tuple(_sum(group) for debtor, group in groups.items() if debtor not in broken),
        problems=tuple(problems),
        detected=result.detected,
        rejected=tuple(replace(_blank(item), items=1) for item in broken.values()),
    )


def _debtor(item: ReportedAmount) -> Hashable:
    """Return what the items of one debtor have in common: the number, else the name or what else names it."""
    for key, text in (
        ("number", (item.partner_number or "").strip()),
        ("name", fold_name(item.partner_name or "")),
        ("vat", item.partner_vat),
        ("email", item.partner_email),
    ):
        if text:
            return item.kind, key, text
    return item.kind


def _sum(items: list[ReportedAmount]) -> ReportedBalance:
    """Return the balance of one debtor, by currency if the items are in several."""
    sums: dict[str | None, Decimal] = {}
    for item in items:
        if item.company_balance is not None:
            sums[None] = sums.get(None, _ZERO) + item.company_balance
        elif item.balance is not None:
            currency = item.currency or item.currency_sign or None
            sums[currency] = sums.get(currency, _ZERO) + item.balance
    currency, balance = next(iter(sums.items()))
    is_one = len(sums) == 1
    return replace(
        _blank(items[0]),
        partner_name=_first(item.partner_name for item in items),
        partner_vat=_first(item.partner_vat for item in items),
        partner_email=_first(item.partner_email for item in items),
        balance=balance if is_one else None,
        currency=currency if is_one else None,
        amounts=() if is_one else tuple(sums.items()),
        items=len(items),
    )


def _first(texts: Iterable[str | None]) -> str | None:
    """Return the first text that is filled."""
    return next((text for text in texts if text), None)


def _blank(item: ReportedAmount) -> ReportedBalance:
    """Return the debtor of an item without any amount."""
    return ReportedBalance(
        partner_number=item.partner_number,
        partner_name=item.partner_name,
        partner_vat=item.partner_vat,
        partner_email=item.partner_email,
        row=item.row,
        file=item.file,
        kind=item.kind,
    )
