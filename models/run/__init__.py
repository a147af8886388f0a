"""The way of a run from files to the books and back, whatever kind of list it has."""

from .. import (  # extended here
    open_balance_import,
    open_balance_import_file,
    open_balance_import_line,
    open_balance_source,
)
from . import (
    booking,
    busy,
    download,
    entry,
    fresh,
    guards,
    line_store,
    mail,
    plan_check,
    planning,
    undo,
    undo_check,
)
