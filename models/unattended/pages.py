"""Files that are the pages of one list: told by their names alone, without Odoo."""

import re
from collections.abc import Iterable

from ...engine import dates_in

# What ends the name of a page: _1, -01, (2).
_PAGE = re.compile(r"(?:[_ -]|[_ -]?\()(\d{1,2})\)?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def split_page(name: str) -> tuple[str, int]:
    """Return what the names of a list's pages have in common, and the page's number.

    ``ARs_2.csv`` is the second page. The number of a name that is none of a page, as that of ``ARs_2026-03-31.csv``, is
    -1, and it has nothing in common with others.
    """
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    match = _PAGE.search(stem)
    before = stem[: match.start()] if match else ""
    is_date = any(stem.replace("_", "-").endswith(text) for text in dates_in(stem))
    if not match or not before or is_date or _YEAR.search(before):
        return name, -1
    return f"{before}{dot}{ending}", int(match[1])


def group_pages(names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return the list and the page that each name of a file stands for.

    Names are pages if there are several of a list, the first with the number 0 or 1: of 30 and 31 nobody knows what
    they number.
    """
    split = {name: split_page(name) for name in names}
    pages: dict[str, set[int]] = {}
    for stem, number in split.values():
        pages.setdefault(stem, set()).add(number)
    return {
        name: (stem, number) if len(pages[stem]) > 1 and min(pages[stem]) in (0, 1) else (name, -1)
        for name, (stem, number) in split.items()
    }


def is_gap(names: Iterable[str]) -> bool:
    """Tell whether a page between the pages of a list is missing."""
    pages: dict[str, list[int]] = {}
    for stem, number in group_pages(names).values():
        pages.setdefault(stem, []).append(number)
    return any(sorted(numbers) != list(range(min(numbers), min(numbers) + len(numbers))) for numbers in pages.values())
