"""Pure Python: bytes and values in, plan out. No odoo, no database, no clock, no disk."""

from __future__ import annotations

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

__all__ = [
    "ACTIONS",
    "CANONICAL",
    "GUARDS",
    "READERS",
    "Action",
    "Assignment",
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
    "ReportedItem",
    "Row",
    "apply_pattern",
    "join_pages",
    "match",
    "plan",
    "read",
    "split_pattern",
]
