"""Totals printed in the file against what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from ..errors import Issue, Level
from ..values.cells import fold
from .raw import Raw, Total

_TOLERANCE = Decimal("0.005")
_ZERO = Decimal(0)


class _Sums(NamedTuple):
    """What rows add up to: by the signs of the file, in ledger sign, in company currency; and in which currencies."""

    value: Decimal
    balance: Decimal
    company: Decimal
    currencies: frozenset[str | None]
    rows: int


def _add(raws: Iterable[Raw]) -> _Sums:
    """Return the sums of rows."""
    value = balance = company = _ZERO
    currencies: set[str | None] = set()
    rows = 0
    for raw in raws:
        value += raw.value or _ZERO
        balance += raw.balance or _ZERO
        company += raw.company_value or _ZERO
        currencies.add(raw.value_currency)
        rows += 1
    return _Sums(value, balance, company, frozenset(currencies), rows)


class _Printed(NamedTuple):
    """A printed total. ``is_company``: in company currency; ``currency``: as named in its row, None = not named."""

    amount: Decimal
    is_company: bool
    currency: str | None

    def of(self, sums: _Sums) -> Decimal:
        """Return what was read for it."""
        return sums.company if self.is_company else sums.value

    def fits(self, sums: _Sums | None) -> bool:
        """Tell whether rows add up to it, in the signs of the file or of the ledger."""
        if not sums or not sums.rows:
            return False
        found = (sums.company,) if self.is_company else (sums.value, sums.balance)
        return any(abs(abs(each) - abs(self.amount)) <= _TOLERANCE for each in found)


class TotalsCheck:
    """Compares the printed totals of one list; each sum is made once."""

    def __init__(self, raws: list[Raw], left_out: list[Raw]) -> None:
        self.raws = raws
        self.whole = _add(raws)
        self.wholes = [self.whole, _add([*raws, *left_out])]
        self.wholes += [_add(raw for raw in raws if raw.kind == kind) for kind in ("receivable", "payable")]
        self.by_currency = {
            code: _add(raw for raw in raws if raw.value_currency == code) for code in self.whole.currencies
        }
        names: dict[str, list[Raw]] = defaultdict(list)
        groups: dict[int, list[Raw]] = defaultdict(list)
        for raw in raws:
            groups[raw.group].append(raw)
            for word in {fold(raw.partner_number), fold(raw.partner_name), fold(raw.partner_number + raw.partner_name)}:
                names[word].append(raw)
        self.by_name = {name: _add(rows) for name, rows in names.items()}
        self.by_group = {group: _add(rows) for group, rows in groups.items()}

    def compare(self, totals: list[Total]) -> list[Issue]:
        """Return a remark for each total that no sum of the rows gives.

        Totals of the whole list stop (one of 0 only warns: some reports leave it empty), those of groups warn.
        """
        problems = []
        rows = sorted(self.raws, key=lambda raw: raw.row)
        place = 0
        for order, total in enumerate(totals):
            since = []
            while place < len(rows) and rows[place].row < total.row:
                since.append(rows[place])
                place += 1
            is_plain_group = total.label is None and not (len(totals) == 1 or order in (0, len(totals) - 1))
            found = self._compare(total, _add(since), is_plain_group)
            if found:
                problems.append(found)
        return problems

    def _compare(self, total: Total, since: _Sums, is_plain_group: bool) -> Issue | None:
        """Compare one total with all that it may be the total of."""
        printed = _printed(total.raw)
        if printed is None or printed.fits(since):
            return None
        if total.label:
            return self._compare_group(total, printed, since)
        if printed.currency is not None and not printed.is_company:
            sums = self.by_currency.get(printed.currency, _add(()))
            known = [sums]
        else:
            sums, known = self.whole, self.wholes
        if any(printed.fits(each) for each in known):
            return None
        if len(sums.currencies) > 1 and not printed.is_company:
            return None  # the sum of several currencies, or of one that the row doesn't name
        if is_plain_group:
            return _issue("warning", "group_total_differs", total, printed, since)
        return _issue("stop" if printed.amount else "warning", "totals_differ", total, printed, sums)

    def _compare_group(self, total: Total, printed: _Printed, since: _Sums) -> Issue | None:
        """Compare the total of a partner or another group."""
        named = self.by_name.get(fold(total.label or ""))
        if printed.fits(named) or printed.fits(self.by_group.get(total.raw.group)):
            return None
        sums = named or since
        if not sums.rows or len(sums.currencies) > 1:
            return None
        return _issue("warning", "group_total_differs", total, printed, sums)


def compare_totals(totals: list[Total], raws: list[Raw], left_out: list[Raw]) -> list[Issue]:
    """Return what is to be said of the totals printed in a list."""
    return TotalsCheck(raws, left_out).compare(totals) if totals else []


def _printed(raw: Raw) -> _Printed | None:
    """Return the printed amount of a total, None if it has none that can be compared."""
    if raw.value is not None and (raw.amount is not None or raw.document is not None):
        return _Printed(raw.value, False, raw.value_currency)
    if raw.company is not None:
        return _Printed(raw.company, True, None)
    return None


def _issue(level: Level, code: str, total: Total, printed: _Printed, sums: _Sums) -> Issue:
    """Return the remark on a total."""
    values = {
        "total": printed.amount,
        "read": printed.of(sums),
        "currency": printed.currency or "",
        "label": total.label or "",
    }
    return Issue(level, code, values, row=total.row)
