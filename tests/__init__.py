from . import test_import_flow
from . import test_import_guards, test_import_absence, test_import_documents, test_import_ledger
from . import test_import_assigning, test_import_files
from . import test_partner_balance, test_security
from . import test_booking, test_booking_batch, test_booking_undo
from . import test_engine_matching, test_engine_likeness
from . import test_engine_planning, test_engine_instalments, test_engine_absence, test_engine_externals
from . import test_engine_random, test_engine_purity
from . import test_tours
from . import test_credit_check
