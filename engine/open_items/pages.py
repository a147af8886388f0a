"""Pages of one list of open items: payables whose sign was only assumed are all signed alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..items import ReadResult
from ..tables.pages import join_pages
from ..tables.signs import are_negative
from .items import ReportedItem

Result = ReadResult[ReportedItem]


def join_item_pages(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results of a run's files as pages of the lists that they belong to, see ``join_pages``.

    Payables whose sign was only assumed are signed by the majority on all pages together.
    """
    return join_pages(_sign_alike(results))


def turn_payables(result: Result) -> Result:
    """Return a result with the sign of its payables turned."""
    items = tuple(
        replace(
            item,
            balance=-item.balance,
            company_balance=None if item.company_balance is None else -item.company_balance,
        )
        if item.kind == "payable" and item.balance is not None
        else item
        for item in result.items
    )
    detected = replace(result.detected, payables_turned=not result.detected.payables_turned)
    return replace(result, items=items, detected=detected)


def _sign_alike(results: Sequence[Result]) -> list[Result]:
    """Return the results with their payables signed alike."""
    found = list(results)
    assumed = [
        at for at, result in enumerate(results) if result.detected.pages and result.detected.payables_sign == "assumed"
    ]
    if len({results[at].detected.payables_turned for at in assumed}) < 2:
        return found
    written = [turn_payables(results[at]) if results[at].detected.payables_turned else results[at] for at in assumed]
    turn = not are_negative(item.balance for result in written for item in result.items if item.kind == "payable")
    for at, result in zip(assumed, written, strict=True):
        found[at] = turn_payables(result) if turn else result
    return found
