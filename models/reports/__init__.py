"""What is open, how late it is and why: reports of the books and of what lists said."""

from .. import (  # extended or read here
    ledger,
    open_balance_external_item,
    open_balance_import,
    open_balance_import_line,
    open_balance_protected,
    run,
)
from . import (
    account_move,
    item_groups,
    item_workbook,
    open_balance_expected,
    open_balance_item,
    open_balance_item_print,
    open_balance_item_step,
    open_balance_mailing,
    open_balance_tile,
    reconciliation,
    res_company,
    res_partner,
    res_partner_credit,
)
