"""Pure Python: bytes and values in, plan out. No odoo, no database, no clock, no disk."""

from __future__ import annotations

from .debtor_balances import read as debtor_balances
from .debtor_balances.items import BALANCE_ACTIONS, BalanceAction, BalancePolicy, BookBalance, ReportedBalance
from .debtor_balances.planning import plan_balances
from .errors import GUARDS, Issue, ReadError
from .items import (
    Action,
    Assignment,
    BookPartner,
    Column,
    Detected,
    Page,
    Plan,
    Policy,
    ReadOptions,
    ReadResult,
    Reported,
    Row,
)
from .open_items.absence import why_unknown
from .open_items.items import (
    ACTIONS,
    BookItem,
    BookLine,
    BookPayment,
    ExternalItem,
    ItemAction,
    ItemPolicy,
    Match,
    ReportedItem,
)
from .open_items.ledger import foresee
from .open_items.matching import match
from .open_items.pages import join_item_pages
from .open_items.planning import plan
from .open_items.read import READERS, Reader, claimed_by, read
from .open_items.table import read_table
from .open_items.witness import Witness
from .opening_documents.corrections import read_rows, settle_cell, standard_header
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
    OpeningPolicy,
    ReportedDocument,
)
from .opening_documents.planning import plan_opening
from .opening_documents.read import is_opening_list, read_opening
from .tables.list_layout import (
    LayoutChange,
    ListLayout,
    compare_layouts,
    find_head,
    heads_of,
    layout_of,
    nearest,
    roles_of,
)
from .tables.pages import join_pages
from .values.dates import dates_in, make_date
from .values.patterns import apply_pattern, split_pattern
from .words.columns import CANONICAL


def read_balances(data: bytes, filename: str, options: ReadOptions | None = None) -> ReadResult[ReportedBalance]:
    """Return what a file reports of each debtor, balances in ledger sign; the items of a list of items are summed.

    A file that cannot be read gives a ``stop`` problem, never an exception.
    """
    readers = debtor_balances.ItemReaders(claimed_by, read_table)
    return debtor_balances.read_balances(data, filename, options, readers)


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
    "BalancePolicy",
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
    "ItemAction",
    "ItemPolicy",
    "LayoutChange",
    "ListLayout",
    "Match",
    "Named",
    "OpeningAction",
    "OpeningPolicy",
    "Page",
    "Plan",
    "Policy",
    "ReadError",
    "ReadOptions",
    "ReadResult",
    "Reader",
    "Reported",
    "ReportedBalance",
    "ReportedDocument",
    "ReportedItem",
    "Row",
    "Witness",
    "apply_pattern",
    "compare_layouts",
    "dates_in",
    "find_head",
    "foresee",
    "heads_of",
    "is_opening_list",
    "join_item_pages",
    "join_pages",
    "layout_of",
    "make_date",
    "match",
    "nearest",
    "number_form",
    "plan",
    "plan_balances",
    "plan_opening",
    "read",
    "read_balances",
    "read_opening",
    "read_rows",
    "roles_of",
    "settle_cell",
    "split_pattern",
    "standard_header",
    "why_unknown",
]
