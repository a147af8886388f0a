"""What a table lists: documents, or one amount per partner."""

from __future__ import annotations

from collections.abc import Iterable

from ..items import Row
from ..values.cells import BLANKS, clean, fold, has_digit
from ..values.dates import is_no_date
from ..words.cells import NO_NUMBERS, total_label
from ..words.columns import LIMITS
from .mapping import Layout

# Headings that name a number without saying of what.
_PLAIN_TEXTS = "No.|No|Nr.|Nr|N°|Nº|Number|Num|Nummer|Numéro|Número|Numero|Numer|ID|Code|Kod"
PLAIN_NUMBERS = frozenset(map(fold, _PLAIN_TEXTS.split("|")))
NUMBERS = ("number", "reference", "order_reference")
DATES = ("date", "posting_date", "due_date")


def names_documents(layout: Layout, rows: list[Row]) -> bool:
    """Tell whether any row of a table has a document number, a reference or a date.

    A table without them holds one amount per partner. Read as documents, its rows would pass for payments that are
    allocated to nothing, and every invoice for absent.
    """
    own = layout.fields["number"] if may_number_partners(layout) else None
    numbers, dates = ([at for at in _columns(layout, names) if at != own] for names in (NUMBERS, DATES))
    headers = set(layout.header.texts)
    for row in rows:
        for columns, is_filled in ((numbers, _is_number), (dates, _is_date)):
            for column in columns:
                text = clean(row.cells[column]) if column < len(row.cells) else ""
                if text not in BLANKS and text not in headers and is_filled(text):
                    return True
    return False


def may_number_partners(layout: Layout) -> bool:
    """Tell whether the number of a table may be the partner's: it says of nothing else, and credit limits are there."""
    fields = layout.fields
    is_plain = "number" in fields and fold(layout.text("number")) in PLAIN_NUMBERS
    return is_plain and "partner_number" not in fields and any(name in fields for name in LIMITS)


def has_partner_in_rows(layout: Layout) -> bool:
    """Tell whether the rows of documents name their partner themselves."""
    partners, marks = (
        [layout.profiles[at].filled for at in _columns(layout, names)]
        for names in (("partner_number", "partner_name"), ("number", "reference", "date"))
    )
    return bool(partners) and max(partners) >= max(marks, default=1) * 0.5


def _columns(layout: Layout, names: Iterable[str]) -> list[int]:
    """Return the columns of some canonical names."""
    return [layout.fields[name] for name in names if name in layout.fields]


def _is_number(text: str) -> bool:
    """Tell whether the text of a column of numbers is one, neither the label of a total nor a word for none."""
    return total_label(text) is None and (text[-1].isdecimal() or fold(text) not in NO_NUMBERS)


def _is_date(text: str) -> bool:
    """Tell whether the text of a column of dates is one, or was meant as one."""
    return has_digit(text) and not is_no_date(text) and total_label(text) is None
