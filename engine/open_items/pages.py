"""Pages of one list that arrive as files of one run: what only all of them together tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import Issue
from ..items import ReadResult
from ..tables.signs import are_negative


def join_pages(results: Sequence[ReadResult]) -> tuple[ReadResult, ...]:
    """Return the results of a run's files, in their order, as pages of the lists that they belong to.

    A full page is not the end of its list where a page that is not full is there too; of several full pages only the
    last one may lack the next. An empty page is none of the list's business where another one has items. Payables
    whose sign was only assumed are all signed alike.
    """
    results = _sign_alike(results)
    pages = [(at, page) for at, result in enumerate(results) for page in result.detected.pages]
    ended = {page.topic for _at, page in pages if page.size and not page.is_full}
    last = {page.topic: at for at, page in pages if page.is_full}
    filled = {page.topic for at, page in pages if page.count and results[at].items}

    def matters(at: int, issue: Issue) -> bool:
        """Whether a problem of a file is still one beside the others."""
        topic = issue.values.get("topic")
        if issue.code == "list_cut_off" and topic:
            return topic not in ended and last.get(str(topic)) == at
        return issue.code != "exact_empty" or topic not in filled

    return tuple(
        replace(result, problems=tuple(issue for issue in result.problems if matters(at, issue)))
        for at, result in enumerate(results)
    )


def turn_payables(result: ReadResult) -> ReadResult:
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


def _sign_alike(results: Sequence[ReadResult]) -> list[ReadResult]:
    """Return the results with the payables of all pages signed by the majority on all pages together."""
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
