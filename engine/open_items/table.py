"""A table of open items -> reported items: the reader for everything that comes as rows and columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ..errors import Issue, ReadError
from ..files.sheets import Sheet
from ..items import ReadOptions, ReadResult, Row
from ..tables import header as headers
from ..tables.content import names_documents
from ..tables.contradictions import contradicting
from ..tables.doubts import shifted_rows, tell_cut
from ..tables.groups import fill_partners, split_partners
from ..tables.header import Header
from ..tables.header_rows import tell_rows_above
from ..tables.known_layouts import known_layout
from ..tables.ledger_sides import settle_kinds
from ..tables.mapping import Layout, map_columns
from ..tables.payable import settle_payable
from ..tables.preamble import currency_stated
from ..tables.printed_counts import compare_counts
from ..tables.printed_totals import compare_totals
from ..tables.raw import Raw
from ..tables.reading import Reading, no_header
from ..tables.row_sums import split_sums
from ..tables.rows import RowReader
from ..tables.signs import settle_balance, settle_payables, settle_values
from ..tables.styles import Styles
from ..values.cells import money
from ..values.dates import DateReader
from .items import ReportedItem
from .lacking import judge_unknown
from .repeats import drop_repeats, drop_subtotals, repeats_balances, split_missing, sum_lines
from .rivals import find_rivals
from .roles import header_by_books, hear
from .walk import Walk
from .whole import judge_amounts, judge_whole


def read_table(sheet: Sheet, name: str, options: ReadOptions) -> ReadResult[ReportedItem]:
    """Return the items of a table and all that is to be said of it; refuse a table without header or amounts."""
    header = _header(sheet, options)
    shifted = shifted_rows(sheet, header.last)
    sound = [row for row in sheet.rows[header.last + 1 :] if row.number not in shifted]
    layout, told = hear(header, sound, options)
    missing = _missing(layout)
    if missing:
        raise ReadError(Issue("stop", "column_missing", {"missing": missing, "found": header.texts}))
    reading = Reading(sheet, layout, name, options)
    reading.problems += told
    reading.problems += [*tell_cut(sheet, shifted), *tell_rows_above(reading.above, layout.header.texts)]
    stated = reading.balance_date(options.date_order)
    known = options if options.balance_date or not stated else replace(options, balance_date=stated)
    styles = reading.find_styles(known)
    question = settle_payable(layout, reading.rows, styles.decimal_mark)
    reading.problems += [question] if question else []
    balance_date = reading.balance_date(options.date_order or styles.date_order or None)
    reader = RowReader(layout, styles, DateReader(styles.date_order, options.balance_date or balance_date))
    walk = Walk(reading, reader, shifted)
    walk.start(reading.above, reading.rows)
    walk.run(reading.rows)
    if walk.raws and not names_documents(layout, reading.rows):
        raise ReadError(Issue("stop", "list_of_balances", {"found": tuple(filter(None, header.texts))}))
    return _Settle(reading, styles, walk, balance_date).result()


def _header(sheet: Sheet, options: ReadOptions) -> Header:
    """Return the header of a sheet; refuse a sheet without one."""
    header = headers.find(sheet.rows, options) or known_layout(sheet.rows) or header_by_books(sheet.rows, options)
    if header is None:
        raise no_header(
            sheet,
            options,
            lambda like: _missing(map_columns(like, sheet.rows[like.last + 1 :])) or ("balance",),
            ("number", "partner_number", "balance"),
        )
    return header


def _missing(layout: Layout) -> tuple[str, ...]:
    """Return the columns that a list of open items needs and the table lacks."""
    if not layout.has_amount and not layout.buckets:
        return ("balance",)
    if not {"number", "reference", "order_reference", "partner_number", "partner_name", "date"} & set(layout.fields):
        return ("number",)
    return ()


class _Settle:
    """Turn the rows of one walk into items: kinds, signs, balances, repeats, totals."""

    def __init__(self, reading: Reading, styles: Styles, walk: Walk, balance_date: date | None) -> None:
        self.reading, self.styles, self.walk, self.balance_date = reading, styles, walk, balance_date
        self.layout, self.name, self.options = reading.layout, reading.name, reading.options
        self.problems = reading.problems
        self.problems += [*styles.problems, *walk.problems]

    def result(self) -> ReadResult[ReportedItem]:
        """Return the items and what was detected."""
        walk, layout = self.walk, self.layout
        raws = [*walk.raws, *walk.rejected]
        fill_partners(raws)
        split_partners(raws)
        rows = {row.number: row for row in self.reading.sheet.rows}
        cover = settle_kinds(layout, raws, rows, self.reading.preamble, self.reading.stem, self.options)
        raws, rejected = self._read_values(walk.raws)
        raws, unclear = self._take_sums(raws)
        raws, odd = self._split_contradictions(raws, rows)
        rejected += [*unclear, *odd]
        payables_sign = settle_payables(layout, raws, self.options)
        kept = [raw for raw in raws if raw.balance]
        self.problems += self._tell_shifted()
        if repeats_balances(layout):
            kept, repeats = drop_repeats(kept)
            self.problems += repeats
        self.problems += compare_totals(walk.totals, kept, walk.left_out)
        self.problems += self._compare_counts(kept)
        items = tuple(_item(layout, raw, self.name) for raw in kept)
        self._warn_unsure(kept)
        self.problems += judge_amounts(layout, kept)
        self.problems += judge_unknown(layout, kept, self.options)
        self.problems += find_rivals(layout, self.reading.rows, items, self.styles, self.options)
        self.problems += judge_whole(self.reading, kept, walk.left_out, walk.totals)
        detected = replace(
            self.reading.describe(self.styles),
            cover=cover,
            payables_sign=payables_sign,
            balance_date=self.balance_date,
            names_currency=any(raw.value_currency for raw in kept),
        )
        broken = tuple(
            replace(_item(layout, raw, self.name), balance=None, company_balance=None)
            for raw in (*walk.rejected, *rejected)
        )
        return ReadResult(items, self.reading.all_problems(), detected, broken)

    def _tell_shifted(self) -> list[Issue]:
        """Return that rows are damaged where only all rows of a document together tell its balance and sign."""
        damaged = [issue for issue in self.problems if issue.code in ("row_shifted", "row_too_wide")]
        may_run = {"debit", "credit", "balance"} <= set(self.layout.fields)
        if not damaged or not (may_run or repeats_balances(self.layout)):
            return []
        return [Issue("stop", "rows_shifted", {"count": len(damaged)}, row=damaged[0].row)]

    def _compare_counts(self, kept: list[Raw]) -> list[Issue]:
        """Return what the numbers of pages and rows that the list prints say of it."""
        taken = (*self.walk.raws, *self.walk.rejected, *self.walk.left_out)
        documents = [raw.row for raw in taken if raw.value is not None or raw.day]
        numbers = {(raw.partner_number, raw.partner_name, raw.number) for raw in kept}
        return compare_counts(self.reading.sheet.rows, documents, (len(kept), len(self.walk.raws), len(numbers)))

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
        default = currency_stated(self.reading.preamble)
        for raw in (*raws, *totals, *self.walk.left_out):
            settle_balance(layout, raw, default, self.options)
            raw.balance = money(raw.value) if raw.value is not None else None
            raw.company_balance = money(raw.company_value) if raw.company_value is not None else None
        self._spread_sign(raws, default)
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

    def _take_sums(self, raws: list[Raw]) -> tuple[list[Raw], list[Raw]]:
        """Return the rows without totals in words that are not known, and those of which nothing is for sure."""
        raws, sums, unclear = split_sums(raws)
        self.problems += [Issue("info", "row_total", row=raw.row) for raw in sums]
        for raw in unclear:
            text = raw.number or raw.payable_number
            self.problems.append(Issue("warning", "row_unclear", row=raw.row, text=text))
        return raws, unclear

    def _split_contradictions(self, raws: list[Raw], rows: dict[int, Row]) -> tuple[list[Raw], list[Raw]]:
        """Return the rows without those whose columns of what is open contradict each other, and these."""
        odd = contradicting(self.layout, raws, rows, self.styles.decimal_mark)
        self.problems[:] = [issue for issue in self.problems if issue.code != "row_zero" or issue.row not in odd]
        self.problems += [Issue("warning", "balances_contradict", row=row) for row in sorted(odd)]
        return [raw for raw in raws if raw.row not in odd], [raw for raw in raws if raw.row in odd]

    def _spread_sign(self, raws: list[Raw], stated: str | None) -> None:
        """Give amounts without a currency the sign ($, kr) of the list's total: some lists mark only a few amounts."""
        signs = {total.raw.sign for total in self.walk.totals if total.label == "" and total.raw.sign}
        if len(signs) == 1 and "currency" not in self.layout.fields and not stated:
            sign = signs.pop()
            for raw in raws:
                raw.sign = raw.sign or sign

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
        currency_sign=raw.sign if raw.value_currency is None else "",
        row=raw.row,
        file=name,
        partner_vat=raw.vat or None,
        partner_email=raw.email or None,
        number_unsure=raw.unsure,
    )
