"""What all kinds of list need of Odoo's own models."""

from .. import (  # extended here
    open_balance_import_line,
    open_balance_protected,
    open_balance_transfer,
)
from . import (
    account_invoice_report,
    account_journal,
    account_move,
    account_move_balance,
    account_move_credit,
    account_move_line,
    account_move_receipt,
    account_payment,
    account_payment_undo,
    halves,
    ir_attachment,
    res_company,
    res_partner,
    res_partner_numbers,
    res_partner_search,
    snapshot,
    undo_mixin,
)
