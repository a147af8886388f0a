"""What the texts above a table and the file's name state: the balance date, the currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ..values.cells import CURRENCIES
from ..values.dates import DateReader, dates_in, order_evidence

_BEFORE_DATE = re.compile(
    r"(?:per|as of|as at|as on|at|zum|stand|stichtag|au|op|pr|al|den|à la date du|arr[eê]t[eé]e? au|"
    r"aging date|ageing date|"
    r"balance date|datum|date|dato|fecha|data|until|bis|t/m|tot en met|to|up to)\s*(?:datum|date|vom|der)?\s*[:.]?\s*$",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"(?:currency|w[aä]hrung|valuta|devise|moneda|divisa|hauswährung|reporting currency|"
    r"amounts?(?: are)? in|beträge in|"
    r"bedragen in|montants en|all amounts in|angaben in|werte in)\s*[:=]?\s*([A-Z]{3}|€|£)(?![A-Za-z])",
    re.IGNORECASE,
)


def balance_date_in(preamble: Iterable[str], name: str, order: str | None) -> date | None:
    """Return the balance date: in the texts above the table, else in the file's name."""
    lines = list(preamble)
    order = order or _order((*lines, name))
    reader = DateReader(order)
    stated = list(_dates(lines, order, reader))
    marked = [found for found, before in stated if _BEFORE_DATE.search(before)]
    if marked:
        return max(marked)
    if len({found for found, _before in stated}) == 1:
        return stated[0][0]
    return max((found for found, _before in _dates([name.replace(".", "-")], order, reader)), default=None)


def _dates(lines: Iterable[str], order: str | None, reader: DateReader) -> Iterator[tuple[date, str]]:
    """Yield each date of some lines that can be read for sure, and what stands before it."""
    for line in lines:
        for text in dates_in(line):
            found = reader.read(text)
            if found and (order or order_evidence(text) != "?"):
                yield found, line[: line.find(text)]


def _order(lines: Iterable[str]) -> str | None:
    """Return the order of day and month that the stated dates show, None if they don't."""
    found = {order_evidence(text) for line in lines for text in dates_in(line)} & {"dmy", "mdy"}
    return found.pop() if len(found) == 1 else None


def currency_stated(preamble: Iterable[str]) -> str | None:
    """Return the currency that the texts above the table state for all amounts."""
    found = set()
    for line in preamble:
        for match in _CURRENCY.finditer(line):
            code = {"€": "EUR", "£": "GBP"}.get(match[1], match[1].upper())
            if code in CURRENCIES:
                found.add(code)
    return found.pop() if len(found) == 1 else None
