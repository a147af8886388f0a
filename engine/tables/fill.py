"""Partners that are stated on the first row of their block only, or with number and name in one cell."""

from __future__ import annotations

from itertools import pairwise

from .groups import split_names
from .raw import Raw

_SEVERAL = 2


def fill_partners(raws: list[Raw]) -> None:
    """Give rows without partner that of the row above, where the list states each partner only once.

    A single row without partner is left as it is, and so is a list that repeats a partner from row to row.
    """
    raws = sorted(raws, key=lambda raw: raw.row)
    bare = sum(1 for raw in raws if not _partner(raw))
    repeated = any(_partner(one) and _partner(one) == _partner(next_one) for one, next_one in pairwise(raws))
    if bare < _SEVERAL or repeated or not raws or not _partner(raws[0]):
        return
    number, name, group = "", "", 0
    for raw in raws:
        if _partner(raw):
            number, name, group = raw.partner_number, raw.partner_name, raw.group
        elif raw.group == group:
            raw.partner_number, raw.partner_name = number, name


def split_partners(raws: list[Raw]) -> None:
    """Take number and name apart where the list writes them into one cell."""
    if any(raw.partner_number for raw in raws):
        return
    found = split_names({raw.partner_name for raw in raws if raw.partner_name})
    for raw in raws:
        if raw.partner_name in found:
            raw.partner_number, raw.partner_name = found[raw.partner_name]


def _partner(raw: Raw) -> tuple[str, str] | None:
    """Return who a row names, None if nobody."""
    return (raw.partner_number, raw.partner_name) if raw.partner_number or raw.partner_name else None
