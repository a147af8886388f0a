"""Pure Python: bytes and values in, plan out. No odoo, no database, no clock, no disk."""

from __future__ import annotations

from .absence import why_unknown
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
from .ledger import foresee
from .matching import match
from .opening_books import number_form
from .opening_items import (
    DOCUMENT_TYPES,
    OPENING_ACTIONS,
    PAYMENT_TYPES,
    BookDocument,
    BookTax,
    Directory,
    Named,
    OpeningAction,
    OpeningItem,
    OpeningPlan,
    OpeningPolicy,
    OpeningResult,
)
from .opening_planning import plan_opening
from .patterns import apply_pattern, split_pattern
from .planning import plan
from .readers import READERS, Reader, join_pages, read
from .readers.debtors import join_balance_pages, read_balances
from .readers.opening import is_opening_list, read_opening
from .readers.opening_again import settle_cell, standard_header
from .readers.verbatim import read_rows

__all__ = [
    "ACTIONS",
    "BALANCE_ACTIONS",
    "CANONICAL",
    "DOCUMENT_TYPES",
    "GUARDS",
    "OPENING_ACTIONS",
    "PAYMENT_TYPES",
    "READERS",
    "Action",
    "Assignment",
    "BalanceAction",
    "BalancePlan",
    "BalanceResult",
    "BookBalance",
    "BookDocument",
    "BookItem",
    "BookLine",
    "BookPartner",
    "BookPayment",
    "BookTax",
    "Column",
    "Detected",
    "Directory",
    "ExternalItem",
    "Issue",
    "Match",
    "Named",
    "OpeningAction",
    "OpeningItem",
    "OpeningPlan",
    "OpeningPolicy",
    "OpeningResult",
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
    "foresee",
    "is_opening_list",
    "join_balance_pages",
    "join_pages",
    "match",
    "number_form",
    "plan",
    "plan_balances",
    "plan_opening",
    "read",
    "read_balances",
    "read_opening",
    "read_rows",
    "settle_cell",
    "split_pattern",
    "standard_header",
    "why_unknown",
]
