"""Lists of documents to be created: the kind, and its own extensions of Odoo's models."""

from .. import (  # extended here
    ledger,
    open_balance_import,
    open_balance_import_file,
    open_balance_import_line,
    open_balance_list,
    open_balance_source,
    open_balance_transfer,
)
from . import (
    account_journal,
    account_move,
    account_move_lock,
    account_move_numbering,
    account_move_send,
    account_move_undo,
    account_payment,
    account_tax,
    allocation,
    booking,
    books,
    corrections,
    fields,
    fresh,
    guards,
    lines,
    list,
    planning,
    template,
    totals,
    undo,
)
