"""What cannot be read is an answer: the problem that says why, whatever it was that went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from ..errors import Issue, ReadError

_logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def refused(work: Callable[[], Answer], answer: Callable[[Issue], Answer]) -> Answer:
    """Return what ``work`` returns, or where it raises the ``answer`` to the problem; it never raises.

    Files are made by others: libraries raise anything at all on a damaged one, and our own code may be wrong about it.
    """
    try:
        return work()
    except ReadError as error:
        return answer(error.issue)
    except Exception:  # the last door: behind it are the mail gateway and the jobs, which a file must not stop
        _logger.exception("A file cannot be read.")
        return answer(Issue("stop", "file_unreadable"))
