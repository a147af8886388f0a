"""Pages of one list that arrive as files of one run: what only all of them together tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from ..errors import Issue
from ..items import ReadResult, Reported

R = TypeVar("R", bound=Reported)


def join_pages(results: Sequence[ReadResult[R]]) -> tuple[ReadResult[R], ...]:
    """Return the results of a run's files, in their order, as pages of the lists that they belong to.

    A full page is not the end of its list where a page that is not full is there too; of several full pages only the
    last one may lack the next. An empty page is none of the list's business where another one has items.
    """
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
