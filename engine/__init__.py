"""Pure Python: bytes and values in, plan out. No odoo, no database, no clock, no disk."""

from __future__ import annotations

from .open_items.absence import why_unknown
from .debtor_balances.items import (
    BALANCE_ACTIONS,
    BalanceAction,
    BalancePlan,
    BalanceResult,
    BookBalance,
    ReportedBalance,
)
from .debtor_balances.planning import plan_balances
from .words.columns import CANONICAL
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
from .open_items.ledger import foresee
from .open_items.matching import match
from .opening_documents.existing import number_form
from .opening_documents.items import (
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
from .opening_documents.planning import plan_opening
from .values.patterns import apply_pattern, split_pattern
from .open_items.planning import plan
from .open_items.read import READERS, Reader, join_pages, read
from .debtor_balances.read import join_balance_pages, read_balances
from .opening_documents.read import is_opening_list, read_opening
from .opening_documents.corrections import settle_cell, standard_header
from .opening_documents.verbatim import read_rows

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
