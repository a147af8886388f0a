"""Lists of open items: the kind, and what only it asks of a source."""

from .. import open_balance_import, open_balance_list, open_balance_source  # extended here
from . import guards
from . import list
from . import planning
from . import source
