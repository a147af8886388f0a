"""What happens while nobody looks: lists are fetched, and the right person is told."""

from .. import (  # extended here
    open_balance_import,
    open_balance_import_file,
    open_balance_source,
    run,
)
from . import (
    attachments,
    dates,
    digest,
    fetch,
    fetch_taking,
    fetched_file,
    following,
    limit,
    mail_proof,
    notices,
    overview,
    settings,
)
