from . import open_balance_import_upload
