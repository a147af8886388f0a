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
    Plan,
    Policy,
    ReadOptions,
    ReadResult,
    ReportedItem,
    Row,
)
from .matching import match
from .planning import plan
from .readers import READERS, Reader, read

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
    "Plan",
    "Policy",
    "ReadError",
    "ReadOptions",
    "ReadResult",
    "Reader",
    "ReportedItem",
    "Row",
    "match",
    "plan",
    "read",
]
