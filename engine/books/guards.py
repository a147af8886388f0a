"""Problems that keep a list from being applied until a person has confirmed them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..errors import Issue
from ..items import Policy
from ..values.money import ZERO

_PERCENT = Decimal(100)


def date_problems(policy: Policy) -> list[Issue]:
    """Return the guards about the list's date."""
    problems: list[Issue] = []
    if policy.balance_date > policy.today:
        problems.append(
            Issue("stop", "balance_date_future", {"balance_date": policy.balance_date, "today": policy.today})
        )
    last = policy.last_balance_date
    if last is not None and policy.balance_date < last:
        problems.append(Issue("stop", "balance_date_older", {"balance_date": policy.balance_date, "last": last}))
    return problems


def many_absent(absent: Sequence[Decimal], applicable: Sequence[Decimal], policy: Policy) -> Issue | None:
    """Return the guard if too large a share is absent, by count or by amount, or None.

    :param absent: amounts of what is absent and will be closed, company currency, of any sign
    :param applicable: amounts of all that may be absent, those included
    """
    if not absent:
        return None
    amount = sum((abs(each) for each in absent), ZERO)
    total = sum((abs(each) for each in applicable), ZERO)
    share = max(Decimal(len(absent)) / len(applicable), amount / total if total else ZERO)
    if share <= policy.absent_limit:
        return None
    values: dict[str, object] = {
        "count": len(absent),
        "total": len(applicable),
        "amount": amount,
        "total_amount": total,
        "currency": policy.company_currency,
        "percent": (share * _PERCENT).quantize(Decimal("0.1")),
        "limit": policy.absent_limit * _PERCENT,
    }
    return Issue("stop", "many_absent", values)
