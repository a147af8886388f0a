from . import (
    base_partner_merge,
    open_balance_import_upload,
    open_balance_item_date,
    open_balance_proposal,
    open_balance_transfer_release,
)
