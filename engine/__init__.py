"""Pure Python: bytes and values in, plan out. No odoo, no database, no clock, no disk."""

from __future__ import annotations

from .balance_items import (
    BALANCE_ACTIONS,
    BalanceAction,
    BalancePlan,
    BalanceResult,
    BookBalance,
    ReportedBalance,
)
from .balance_planning import plan_balances
from .columns import CANONICAL
from .errors import GUARDS, Issue, ReadError
from .items import (
    ACTIONS,
    Action,
    Assignment,
    BookItem,
    BookLine,
    BookPartner,
    BookPayment,
    Column,
    Detected,
    ExternalItem,
    Match,
    Page,
    Plan,
    Policy,
    ReadOptions,
    ReadResult,
    ReportedItem,
    Row,
)
from .matching import match
from .patterns import apply_pattern, split_pattern
from .planning import plan
from .readers import READERS, Reader, join_pages, read
from .readers.debtors import join_balance_pages, read_balances

__all__ = [
    "ACTIONS",
    "BALANCE_ACTIONS",
    "CANONICAL",
    "GUARDS",
    "READERS",
    "Action",
    "Assignment",
    "BalanceAction",
    "BalancePlan",
    "BalanceResult",
    "BookBalance",
    "BookItem",
    "BookLine",
    "BookPartner",
    "BookPayment",
    "Column",
    "Detected",
    "ExternalItem",
    "Issue",
    "Match",
    "Page",
    "Plan",
    "Policy",
    "ReadError",
    "ReadOptions",
    "ReadResult",
    "Reader",
    "ReportedBalance",
    "ReportedItem",
    "Row",
    "apply_pattern",
    "join_balance_pages",
    "join_pages",
    "match",
    "plan",
    "plan_balances",
    "read",
    "read_balances",
    "split_pattern",
]
