"""The values of lists with one amount per debtor. All are immutable.

Sign: balances are in ledger sign, positive = the debtor owes us, negative = we owe the debtor; limits are positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..items import Action, Kind, Policy, Reported

BALANCE_ACTIONS = ("set_balance", "keep", "zero_balance", "review", "skip")
BalanceActionType = Literal["set_balance", "keep", "zero_balance", "review", "skip"]
Amounts = tuple[tuple[str | None, Decimal], ...]  # currency (ISO code, None = the company's) and amount


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancePolicy(Policy):
    """How a list of balances is judged. ``sets_limits``: credit limits in it are set; else they are left alone."""

    sets_limits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedBalance(Reported):
    """What the file says of one debtor.

    ``balance``: what the debtor owes in all, in ``currency``; None = the list doesn't give it, which is not zero.
    ``credit_limit``, ``internal_limit``: in ``limit_currency``; None = not given.
    ``currency``, ``limit_currency``: ISO code, None = the company's currency (or the list names none).
    ``amounts``: instead of ``balance``, one sum per currency where a debtor has items in several.
    ``items``: of how many reported items the balance is the sum; 0 = the list gives it as such. Sums of one debtor are
    added up, balances that are given twice contradict each other.
    ``kind``: None where the list holds both kinds and doesn't tell; then the number that is found decides.
    """

    balance: Decimal | None = None
    credit_limit: Decimal | None = None
    internal_limit: Decimal | None = None
    currency: str | None = None
    kind: Kind | None = "receivable"
    items: int = 0
    amounts: Amounts = ()
    limit_currency: str | None = None

    @property
    def given(self) -> Amounts:
        """The balance by currency; empty = not given."""
        if self.amounts or self.balance is None:
            return self.amounts
        return ((self.currency, self.balance),)

    @property
    def gives_limit(self) -> bool:
        """Whether the list gives a credit limit; 0 is one."""
        return self.credit_limit is not None or self.internal_limit is not None

    @property
    def is_blank(self) -> bool:
        """Whether the list names the debtor without saying anything."""
        return not self.gives_limit and not self.given


@dataclass(frozen=True, slots=True)
class BookBalance:
    """What the books say of one commercial partner, in company currency.

    ``balance``: imported last, 0 if never. ``credit_limit``, ``internal_limit``: None = none is set.
    ``booked``: sum of what is open of the partner's customer documents in the books, ledger sign.
    """

    partner_id: int
    balance: Decimal = Decimal(0)
    credit_limit: Decimal | None = None
    internal_limit: Decimal | None = None
    booked: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceAction(Action):
    """What will be done about one debtor. All amounts are in company currency, balances in ledger sign.

    ``type``: "set_balance" = balance or limits change; "keep" = they are what the list says, or it says nothing;
    "zero_balance" = absent from a complete list; "review" = a person must look; "skip" = nothing, with the reason.
    ``..._before``: as the books have it; ``..._after``: as it will be, None = untouched.
    ``booked``: what the books' own documents of the partner sum to.
    ``difference``: balance as it will be (or stays) less ``booked``.
    ``uncounted``: the list has, or may have, a balance of the partner that is not taken: the one before is incomplete.
    """

    type: BalanceActionType
    balance_before: Decimal = Decimal(0)
    balance_after: Decimal | None = None
    limit_before: Decimal | None = None
    limit_after: Decimal | None = None
    internal_before: Decimal | None = None
    internal_after: Decimal | None = None
    booked: Decimal = Decimal(0)
    difference: Decimal = Decimal(0)
    uncounted: bool = False
