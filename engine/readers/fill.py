"""A partner that is stated on the first row of its block only."""

from __future__ import annotations

from .raw import Raw

_SEVERAL = 2


def fill_partners(raws: list[Raw]) -> None:
    """Give rows without partner that of the row above, where the list states each partner only once.

    A single row without partner is left as it is, and so is a list that repeats a partner from row to row.
    """
    raws = sorted(raws, key=lambda raw: raw.row)
    bare = sum(1 for raw in raws if not _partner(raw))
    repeated = any(_partner(one) and _partner(one) == _partner(next_one) for one, next_one in zip(raws, raws[1:]))  # noqa: B905
    if bare < _SEVERAL or repeated or not raws or not _partner(raws[0]):
        return
    number, name = "", ""
    for raw in raws:
        if _partner(raw):
            number, name = raw.partner_number, raw.partner_name
        else:
            raw.partner_number, raw.partner_name = number, name


def _partner(raw: Raw) -> tuple[str, str] | None:
    """Return who a row names, None if nobody."""
    return (raw.partner_number, raw.partner_name) if raw.partner_number or raw.partner_name else None
