"""The way of a run from files to the books and back, whatever kind of list it has."""

from .. import (
    open_balance_import,
    open_balance_import_file,
    open_balance_import_line,
    open_balance_source,
)  # extended here
from . import booking
from . import busy
from . import download
from . import entry
from . import fresh
from . import guards
from . import line_store
from . import mail
from . import plan_check
from . import planning
from . import undo
from . import undo_check
