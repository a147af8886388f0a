"""The way of a run from files to the books and back, whatever kind of list it has."""

from .. import (  # extended here
    open_balance_import,
    open_balance_import_file,
    open_balance_import_line,
    open_balance_source,
    open_balance_source_layout,
)
from . import (
    booking,
    busy,
    download,
    entry,
    finding,
    fresh,
    guards,
    layouts,
    line_store,
    mail,
    plan_check,
    planning,
    reading,
    undo,
    undo_check,
)
