"""Lists with one amount per debtor: the kind, and what it keeps of partners."""

from .. import (  # extended here
    open_balance_import,
    open_balance_import_line,
    open_balance_list,
    open_balance_partner_balance,
    open_balance_source,
)
from . import (
    balances,
    list,
)
