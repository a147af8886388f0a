"""Lists of documents to be created: the kind, and its own extensions of Odoo's models."""

from .. import (
    ledger,
    open_balance_import,
    open_balance_import_file,
    open_balance_import_line,
    open_balance_list,
    open_balance_source,
    open_balance_transfer,
)  # extended here
from . import account_journal
from . import account_move
from . import account_move_lock
from . import account_move_numbering
from . import account_move_send
from . import account_move_undo
from . import account_payment
from . import account_tax
from . import allocation
from . import booking
from . import books
from . import corrections
from . import fields
from . import fresh
from . import guards
from . import lines
from . import list
from . import planning
from . import template
from . import totals
from . import undo
