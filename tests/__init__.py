from . import test_import_flow
from . import test_booking, test_booking_batch, test_booking_undo
