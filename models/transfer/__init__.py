"""Hand-over of documents to the accounting package."""

from .. import ledger, open_balance_transfer  # extended here
from . import freezing
