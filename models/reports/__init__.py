"""What is open, how late it is and why: reports of the books and of what lists said."""

from .. import (  # extended or read here
    ledger,
    open_balance_external_item,
    open_balance_import,
    open_balance_import_line,
)
from . import (
    account_move,
    open_balance_item,
    open_balance_item_step,
    reconciliation,
    res_company,
    res_partner,
    res_partner_credit,
)
