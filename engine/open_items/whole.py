"""Whether a table is a list of one company's open items at all, judged by all its rows together."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence

from ..errors import Issue
from ..tables.mapping import Layout
from ..tables.raw import Raw, Total
from ..tables.reading import Reading
from ..values.cells import BLANKS, clean, fold
from ..words.other_lists import COMPANIES, is_brought_forward, is_payment_number, speaks_of_payments

_OPEN = frozenset(("balance", "document_balance", "company_balance"))
_STATES = frozenset(("status", "state", "open", "settled", "settled_on"))
_FEW = 2
_MOST_NAMED = 20  # companies that a sentence names


def judge_whole(reading: Reading, kept: Sequence[Raw], left_out: Sequence[Raw], totals: Sequence[Total]) -> list[Issue]:
    """Return guards where a table holds several companies, an account's statement or payments.

    :param kept: rows that are items
    :param left_out: rows that are paid, drafts or void
    """
    rows = {raw.row for raw in (*kept, *left_out)}
    names_partners = any(raw.partner_number or raw.partner_name for raw in kept)  # else the column may be theirs
    found = [
        _companies(reading, rows) if names_partners else None,
        _statement(reading, kept, totals),
        _payments(reading, kept, left_out),
        _lacks_total(kept, totals),
    ]
    return [issue for issue in found if issue]


def judge_amounts(layout: Layout, kept: Sequence[Raw]) -> list[Issue]:
    """Return what is to be said of the amounts: that they are totals, or mostly negative."""
    fields, problems = set(layout.fields), []
    if kept and not fields & (_OPEN | {"debit", "credit"}):
        if "total" in fields and "paid" not in fields:
            problems.append(Issue("stop", "amount_is_total", {"column": layout.text("total")}))
        elif "total" not in fields and "line_total" in fields:
            problems.append(Issue("stop", "amount_from_lines", {"column": layout.text("line_total")}))
    owed = [raw for raw in kept if raw.kind == "receivable"]
    negative = sum(1 for raw in owed if raw.balance and raw.balance < 0)
    if len(owed) >= 3 and negative * 2 > len(owed):
        problems.append(Issue("warning", "receivables_negative", {"count": negative, "total": len(owed)}))
    return problems


def _companies(reading: Reading, rows: set[int]) -> Issue | None:
    """Return that a column which is not used otherwise names several companies."""
    layout = reading.layout
    used = set(layout.fields.values())
    for column, header in enumerate(layout.header.texts):
        if column in used or fold(header) not in COMPANIES:
            continue
        cells = (row.cells[column] for row in reading.rows if row.number in rows and column < len(row.cells))
        names = sorted({clean(cell) for cell in set(cells)} - {header, *BLANKS})
        if len(names) >= _FEW:
            values = {"column": header, "companies": tuple(names[:_MOST_NAMED])}
            return Issue("stop", "several_companies", values, column=header)
    return None


def _statement(reading: Reading, kept: Iterable[Raw], totals: Iterable[Total]) -> Issue | None:
    """Return that the table is an account's statement: it begins with a balance, or its balance runs on."""
    fields = reading.layout.fields
    if "running" in fields and not _OPEN & set(fields) and not _STATES & set(fields):
        return Issue("stop", "list_of_bookings", {"text": reading.layout.text("running")})
    without_number = _without_number(kept, totals)
    for row in reading.rows if without_number else ():
        if row.number in without_number:
            for text in map(clean, row.cells):
                if text and is_brought_forward(text):
                    return Issue("stop", "list_of_bookings", {"text": text}, row=row.number, text=text)
    return None


def _without_number(kept: Iterable[Raw], totals: Iterable[Total]) -> set[int]:
    """Return the rows of items without a document number, and of totals with an amount."""
    rows = {raw.row for raw in kept if not raw.number and not raw.payable_number}
    return rows | {total.row for total in totals if total.raw.amount or total.raw.company or total.raw.document}


def _lacks_total(kept: Sequence[Raw], totals: Sequence[Total]) -> Issue | None:
    """Return that the list ends within a group, where every group before it has a total below its rows."""
    ends = sorted(total.row for total in totals)
    rows = sorted(raw.row for raw in kept)
    if len(ends) < _FEW or not rows or rows[-1] < ends[-1]:
        return None
    owners = [bisect(ends, row) for row in rows]
    if set(owners) != set(range(len(ends) + 1)):
        return None
    return Issue("stop", "list_cut_off", {"rows": rows[-1]})


def _payments(reading: Reading, kept: Sequence[Raw], left_out: Sequence[Raw]) -> Issue | None:
    """Return that the table lists payments: all its rows are such, or are paid on a day, or its headings say so."""
    layout = reading.layout
    fields = set(layout.fields)
    if fields & (_OPEN | {"debit", "credit"}):
        return _payment_types(kept)
    if "settled_on" in fields and left_out and not kept:
        return Issue("stop", "list_of_payments", {"text": layout.text("settled_on")})
    headed = [layout.text(name) for name in ("number", "date", "total", "line_total") if name in fields]
    numbers = filter(is_payment_number, layout.header.texts)
    text = next(filter(speaks_of_payments, (*headed, *reading.texts)), "") or next(numbers, "")
    return Issue("stop", "list_of_payments", {"text": text}) if text and (kept or left_out) else None


def _payment_types(kept: Sequence[Raw]) -> Issue | None:
    """Return that all rows are payments by their types."""
    if len(kept) <= _FEW or not all(speaks_of_payments(raw.type) for raw in kept):
        return None
    return Issue("stop", "list_of_payments", {"text": next((raw.type for raw in kept if raw.type), "")})
