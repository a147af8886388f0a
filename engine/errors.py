"""What the engine says about a file, a row or a document: codes and values, never sentences.

The sentences are in ``messages.py`` at the addon's root, one for each code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["stop", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A remark on a file, a row or a document.

    ``level``: ``stop`` keeps a run from being applied until it is cured or, if ``code`` is one of
    :data:`GUARDS`, confirmed by a person; ``warning`` wants attention; ``info`` explains.
    ``values``: what the sentence of ``code`` needs, by name; amounts are Decimal in ledger sign.
    ``row``: physical number of the row in the file, counted from 1; ``column``: header text.
    ``text``: what the file holds there, as found.
    """

    level: Level
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    row: int | None = None
    column: str = ""
    text: str = ""


class ReadError(Exception):
    """The file as a whole cannot be read; ``issue`` says why (level ``stop``)."""

    def __init__(self, issue: Issue):
        super().__init__(issue.code, dict(issue.values))
        self.issue = issue


# Problems of level "stop" that a person may confirm, so that the run can be applied all the same.
GUARDS = frozenset(
    {
        "other_company",
        "balance_date_future",
        "balance_date_older",
        "many_absent",
        "row_may_mean_any",
        "number_unknown",
        "column_unclear",
        "rows_above",
        "totals_differ",
        "list_cut_off",
        "list_is_part",
        "count_differs",
        "sheets_ignored",
        "several_companies",
        "list_of_bookings",
        "list_of_payments",
        "amount_is_total",
        "amount_from_lines",
        "encoding_doubtful",
        "signs_lost",
        "list_of_opening",
        "rival_column",
        "rival_decimal_mark",
        "rival_date_order",
        "rival_currency",
        "rival_sign",
        "layout_changed",
        "source_unclear",
        "page_missing",
    }
)
