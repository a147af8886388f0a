"""Hand-over of documents to the accounting package."""

from .. import (  # extended here
    ledger,
    open_balance_package,
    open_balance_transfer,
    open_balance_transfer_line,
)
from . import (
    collecting,
    confirming,
    freezing,
    handing_over,
    package,
    releasing,
    reporting,
    scheduling,
    showing,
)
