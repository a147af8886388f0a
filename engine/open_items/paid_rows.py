"""Which rows are paid, drafts or void, and so are no open items."""

from __future__ import annotations

from ..errors import Issue
from ..items import Row
from ..tables.raw import Raw
from ..tables.rows import RowReader
from ..values.cells import fold
from ..words.cells import DRAFT, NO, PAID, VOID, YES

_MARKS = frozenset(
    {"ausgleichskz", "ausgleichskennzeichen", "clearingdocument", "clearingdoc", "clrngdoc", "ausgleichsbeleg"}
)
_SUBLEDGER = frozenset({"compauxnum", "compteauxiliaire", "ncompteauxiliaire", "nocompteauxiliaire"})
_LETTERS = frozenset({"ecriturelet", "lettrage", "lettre", "codelettrage"})


def why_left_out(reader: RowReader, row: Row, raw: Raw) -> Issue | None:
    """Return why a row is no open item, None if it is one. A paid row that still has a balance wants attention."""
    if not raw.partner_number and fold(reader.layout.text("partner_number")) in _SUBLEDGER:
        return Issue("info", "row_ledger")
    if raw.number == "/":
        return Issue("info", "row_draft")
    return _why_by_state(reader, row, raw) if reader.states else None


def _why_by_state(reader: RowReader, row: Row, raw: Raw) -> Issue | None:
    """Return why a row is no open item by the columns of states, None if they don't say so."""
    states = [reader.word(row, name) for name in ("status", "state") if name in reader.states]
    if any(state in DRAFT for state in states):
        return Issue("info", "row_draft")
    if any(state in PAID for state in states) or _is_settled(reader, row):
        return _tell_paid(reader, raw)
    if any(state in VOID for state in states):
        return Issue("info", "row_void")
    return None


def _tell_paid(reader: RowReader, raw: Raw) -> Issue:
    """Return that a row is paid."""
    balance = raw.amount or raw.company or 0
    has_balance = bool(balance) and bool({"balance", "company_balance"} & set(reader.columns))
    return Issue("warning" if has_balance else "info", "row_paid", {"balance": balance})


def _is_settled(reader: RowReader, row: Row) -> bool:
    """Tell whether a column says that a row is settled."""
    if reader.word(row, "open") in NO:
        return True
    if "settled" in reader.columns and _is_marked(reader, row):
        return True
    has_balance = {"balance", "company_balance", "debit", "credit"} & set(reader.columns)
    return not has_balance and "settled_on" in reader.columns and reader.date_cell(row, "settled_on").filled


def _is_marked(reader: RowReader, row: Row) -> bool:
    """Tell whether the column of settled rows marks a row: by yes, or by any mark, number or capital letter."""
    text = reader.text(row, "settled")
    header = fold(reader.layout.text("settled"))
    word = reader.word(row, "settled")
    if not text or text in ("0", "-", "0.0"):
        return False
    if header in _LETTERS:
        return text == text.upper()
    if header == "s":
        return word not in NO
    if header in _MARKS:
        return True
    words = reader.layout.profiles[reader.columns["settled"]].words
    return word in YES if words <= (YES | NO) else word not in NO
