"""Lists of open items: the kind, and what only it asks of a source."""

from .. import open_balance_source  # extended here
from . import source
