"""Lists of open items: the kind, and what only it asks of a source."""

from .. import (  # extended here
    open_balance_import,
    open_balance_import_problem,
    open_balance_list,
    open_balance_source,
)
from . import (
    guards,
    list,
    planning,
    rivals,
    source,
    witness,
)
