from . import base_partner_merge
from . import open_balance_import_upload
