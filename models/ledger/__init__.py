"""What all kinds of list need of Odoo's own models."""

from .. import open_balance_import_line, open_balance_protected, open_balance_transfer  # extended here
from . import account_invoice_report
from . import account_journal
from . import account_move
from . import account_move_balance
from . import account_move_credit
from . import account_move_line
from . import account_move_receipt
from . import account_payment
from . import account_payment_undo
from . import ir_attachment
from . import res_company
from . import res_partner
from . import res_partner_numbers
from . import res_partner_search
from . import snapshot
