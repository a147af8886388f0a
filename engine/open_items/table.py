"""A table of open items -> reported items: the reader for everything that comes as rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ..errors import Issue, ReadError
from ..files.sheets import Sheet
from ..items import Column, Detected, ReadOptions, ReadResult, ReportedItem, Row
from ..tables import header as headers
from ..tables.balances import settle_balance
from ..tables.content import names_documents
from ..tables.fill import fill_partners, split_partners
from ..tables.header import Header
from ..tables.known_layouts import known_layout
from ..tables.ledger_sides import settle_kinds
from ..tables.mapping import Layout, map_columns
from ..tables.preamble import balance_date_in, currency_stated
from ..tables.printed_totals import compare_totals
from ..tables.raw import Raw
from ..tables.rows import RowReader
from ..tables.signs import settle_payables, settle_values
from ..tables.styles import Styles, find_styles
from ..values.cells import clean, money
from ..values.dates import DateReader
from .repeats import drop_repeats, drop_subtotals, repeats_balances, split_missing, sum_lines
from .walk import Walk

EXTENSION = re.compile(r"\.(?:csv|txt|tsv|tab|asc|dat|prn|xls[xmb]?|html?|mht(?:ml)?|xml)$", re.IGNORECASE)


def choose_sheet(sheets: list[Sheet], options: ReadOptions) -> Sheet:
    """Return the sheet that the user named, else the one with the best header and the most rows."""
    named = [sheet for sheet in sheets if options.sheet and sheet.name == options.sheet]
    if named:
        return named[0]
    return max(sheets, key=lambda sheet: (round(headers.best_score(sheet.rows, options), 1), len(sheet.rows)))


def read_table(sheet: Sheet, name: str, options: ReadOptions) -> ReadResult:
    """Return the items of a table and all that is to be said of it; refuse a table without header or amounts."""
    header, rows, above = _split(sheet, options)
    layout = map_columns(header, rows)
    preamble = tuple(text for row in above if (text := " ".join(filter(None, map(clean, row.cells)))))
    missing = _missing(layout)
    if missing:
        raise ReadError(Issue("stop", "column_missing", {"missing": missing, "found": header.texts}))
    stem = EXTENSION.sub("", name)
    stated = balance_date_in(preamble, stem, options.date_order)
    known = options if options.balance_date or not stated else replace(options, balance_date=stated)
    styles = find_styles(layout, rows, (*preamble, stem), known)
    balance_date = balance_date_in(preamble, stem, options.date_order or styles.date_order or None)
    reader = RowReader(layout, styles, DateReader(styles.date_order, options.balance_date or balance_date))
    walk = Walk(layout, reader, sheet.rows[header.first : header.last + 1] if header.last >= 0 else [], preamble)
    walk.start(above, rows)
    walk.run(rows)
    if walk.raws and not names_documents(layout, rows):
        raise ReadError(Issue("stop", "list_of_balances", {"found": tuple(filter(None, header.texts))}))
    return _Settle(sheet, layout, styles, walk, preamble, name, options, balance_date).result()


def _split(sheet: Sheet, options: ReadOptions) -> tuple[Header, list[Row], list[Row]]:
    """Return the header of a sheet, the rows below it and those above; refuse a sheet without one."""
    header = headers.find(sheet.rows, options)
    if header:
        return header, sheet.rows[header.last + 1 :], sheet.rows[: header.first]
    header = known_layout(sheet.rows)
    if header:
        return header, sheet.rows, []
    like = headers.nearest(sheet.rows, options)
    if like:
        layout = map_columns(like, sheet.rows[like.last + 1 :])
        raise ReadError(
            Issue("stop", "column_missing", {"missing": _missing(layout) or ("balance",), "found": like.texts})
        )
    found = tuple(" | ".join(filter(None, map(clean, row.cells)))[:200] for row in sheet.rows[:5])
    raise ReadError(
        Issue("stop", "header_missing", {"found": found, "needed": ("number", "partner_number", "balance")})
    )


def _missing(layout: Layout) -> tuple[str, ...]:
    """Return the columns that a list of open items needs and the table lacks."""
    if not layout.has_amount and not layout.buckets:
        return ("balance",)
    if not {"number", "reference", "order_reference", "partner_number", "partner_name", "date"} & set(layout.fields):
        return ("number",)
    return ()


class _Settle:
    """Turn the rows of one walk into items: kinds, signs, balances, repeats, totals."""

    def __init__(
        self, sheet: Sheet, layout: Layout, styles: Styles, walk: Walk, preamble: tuple[str, ...], name: str,
        options: ReadOptions, balance_date: date | None,
    ) -> None:  # fmt: skip
        self.sheet, self.layout, self.styles, self.walk = sheet, layout, styles, walk
        self.preamble, self.name, self.options, self.balance_date = preamble, name, options, balance_date
        self.problems = [*styles.problems, *walk.problems]

    def result(self) -> ReadResult:
        """Return the items and what was detected."""
        walk, layout = self.walk, self.layout
        raws = [*walk.raws, *walk.rejected]
        fill_partners(raws)
        split_partners(raws)
        rows = {row.number: row for row in self.sheet.rows}
        cover = settle_kinds(layout, raws, rows, self.preamble, EXTENSION.sub("", self.name), self.options)
        raws, rejected = self._read_values(walk.raws)
        payables_sign = settle_payables(layout, raws, self.options)
        kept = [raw for raw in raws if raw.balance]
        if repeats_balances(layout):
            kept, repeats = drop_repeats(kept)
            self.problems += repeats
        self.problems += compare_totals(walk.totals, kept, walk.left_out)
        items = tuple(_item(layout, raw, self.name) for raw in kept)
        self._warn_unsure(kept)
        self._warn_whole(kept)
        detected = replace(
            describe(self.sheet, layout, self.styles, self.preamble),
            cover=cover,
            payables_sign=payables_sign,
            balance_date=self.balance_date,
            names_currency=any(raw.value_currency for raw in kept),
        )
        broken = tuple(
            replace(_item(layout, raw, self.name), balance=None, company_balance=None)
            for raw in (*walk.rejected, *rejected)
        )
        ordered = sorted(self.problems, key=lambda issue: issue.row or 0)
        return ReadResult(items, tuple(ordered), detected, broken)

    def _read_values(self, raws: list[Raw]) -> tuple[list[Raw], list[Raw]]:
        """Give rows their balance by the signs of the file; return those that have one, and the unreadable ones."""
        layout = self.layout
        if "line_total" in layout.fields and not {"balance", "total", "debit", "credit", "company_balance"} & set(
            layout.fields
        ):
            raws = sum_lines(raws)
        raws, subtotals = drop_subtotals(raws)
        raws, missing, problems = split_missing(raws)
        self.problems += [*subtotals, *problems]
        totals = [total.raw for total in self.walk.totals]
        lacking = settle_values(layout, raws, totals)
        default = currency_stated(self.preamble)
        for raw in (*raws, *totals, *self.walk.left_out):
            settle_balance(layout, raw, default, self.options)
            raw.balance = money(raw.value) if raw.value is not None else None
            raw.company_balance = money(raw.company_value) if raw.company_value is not None else None
        column = layout.text("debit_credit")
        self.problems += [
            Issue("warning", "side_unreadable", {"column": column}, row=raw.row, column=column) for raw in lacking
        ]
        skipped = {raw.row for raw in lacking}
        self.problems += [
            Issue("info", "row_zero", {"number": raw.number}, row=raw.row)
            for raw in raws if not raw.balance and raw.row not in skipped
        ]  # fmt: skip
        return [raw for raw in raws if raw.row not in skipped], [*missing, *lacking]

    def _warn_unsure(self, raws: Iterable[Raw]) -> None:
        """Warn of numbers that were damaged before they reached us."""
        column = self.layout.text("number")
        for raw in raws:
            if raw.unsure:
                self.problems.append(
                    Issue(
                        "warning", "number_unsure", {"number": raw.number}, row=raw.row, column=column, text=raw.number
                    )
                )

    def _warn_whole(self, kept: list[Raw]) -> None:
        """Say what is to be known of the list as a whole: amounts that are not open ones, a sheet cut off."""
        fields = self.layout.fields
        if kept and not {"balance", "document_balance", "company_balance", "debit", "credit"} & set(fields):
            if "total" in fields and "paid" not in fields:
                self.problems.append(Issue("warning", "amount_is_total", {"column": self.layout.text("total")}))
            elif "total" not in fields and "line_total" in fields:
                self.problems.append(Issue("warning", "amount_from_lines", {"column": self.layout.text("line_total")}))
        owed = [raw for raw in kept if raw.kind == "receivable"]
        negative = sum(1 for raw in owed if raw.balance and raw.balance < 0)
        if len(owed) >= 3 and negative * 2 > len(owed):
            self.problems.append(Issue("warning", "receivables_negative", {"count": negative, "total": len(owed)}))
        self.problems += sheet_problems(self.sheet)


def _item(layout: Layout, raw: Raw, name: str) -> ReportedItem:
    """Return a row as an item; a payable goes by the vendor's own number."""
    number = raw.payable_number if raw.kind == "payable" else raw.number
    reference = next((text for text in raw.others if text != number), None)
    return ReportedItem(
        kind=raw.kind,
        partner_number=raw.partner_number or None,
        partner_name=raw.partner_name or None,
        number=number or None,
        reference=reference,
        date=raw.day,
        due_date=raw.due_date,
        balance=raw.balance,
        currency=raw.value_currency,
        company_balance=raw.company_balance,
        row=raw.row,
        file=name,
        partner_vat=raw.vat or None,
        partner_email=raw.email or None,
        number_unsure=raw.unsure,
    )


def sheet_problems(sheet: Sheet) -> list[Issue]:
    """Return what is to be said of a sheet whatever it lists: that it was cut off, that there are others."""
    problems = []
    if sheet.cut_off:
        problems.append(Issue("stop", "list_cut_off", {"rows": sheet.rows[-1].number}))
    if sheet.others:
        problems.append(Issue("warning", "sheets_ignored", {"sheet": sheet.name, "sheets": sheet.others}))
    return problems


def describe(sheet: Sheet, layout: Layout, styles: Styles, preamble: tuple[str, ...]) -> Detected:
    """Return how the file was understood."""
    names = {column: name for name, column in layout.fields.items()}
    names.update(dict.fromkeys(layout.buckets, "bucket"))
    header = layout.header
    columns = tuple(
        Column(place, text, names.get(place, ""), min(layout.profiles[place].values, default=""))
        for place, text in enumerate(header.texts)
        if text or place in names
    )
    return Detected(
        format=sheet.format,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet=sheet.name,
        header_row=sheet.rows[header.last].number if header.last >= 0 else None,
        decimal_mark=styles.decimal_mark,
        date_order=styles.date_order,
        preamble=preamble,
        columns=columns,
        row_count=len(sheet.rows) - header.last - 1,
    )
