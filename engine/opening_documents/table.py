"""A table of opening documents -> items: which rows are documents, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from ..errors import Issue, ReadError
from ..files.sheets import Sheet, is_blank
from ..items import Cover, ReadOptions, ReadResult, Row
from ..tables.doubts import OddRows, find_damaged, odd_rows, shifted_rows, tell_cut, tell_decimals, tell_wide
from ..tables.header import Header
from ..tables.header_rows import HeaderRows, tell_rows_above
from ..tables.mapping import Layout
from ..tables.preamble import currency_stated
from ..tables.printed_counts import compare_counts
from ..tables.reading import Reading, no_header
from ..tables.styles import Styles, find_styles
from ..tables.unknown_columns import ask_unknown
from ..values.cells import BLANKS, clean, decimal_evidence, has_digit, read_amount
from ..values.dates import DateReader, order_evidence
from ..words.cells import total_label
from .cells import MAX_DESCRIPTION, Cells
from .columns import (
    AMOUNTS,
    EMERSION_AMOUNTS,
    EMERSION_NEEDED,
    PARTNERS,
    find_header,
    is_emersion,
    opening_layout,
    search_options,
)
from .items import DOCUMENT_TYPES, PAYMENT_TYPES, DocumentType, ReportedDocument
from .printed_totals import PrintedTotals
from .rules import Amounts, check_dates, check_partner, check_period, emersion_amounts, template_amounts
from .types import sides_of

EXAMPLE = "EXAMPLE-"
_DEFAULT_DATE_ORDER, _DEFAULT_MARK = "dmy", "."  # of Emersion
_DAYS = ("date", "due_date")


def read_documents(sheet: Sheet, name: str, options: ReadOptions) -> ReadResult[ReportedDocument]:
    """Return the documents of a table and all that is to be said of it; refuse one that lacks a column."""
    header = _header(sheet, options)
    shifted = shifted_rows(sheet, header.last)
    sound = [row for row in sheet.rows[header.last + 1 :] if row.number not in shifted]
    return _Documents(sheet, opening_layout(header, sound, options), name, options).result()


def _header(sheet: Sheet, options: ReadOptions) -> Header:
    """Return the header of a sheet; refuse a sheet without one."""
    found = find_header(sheet.rows, options)
    if found:
        return found
    raise no_header(
        sheet,
        search_options(options),
        lambda like: _missing(opening_layout(like, sheet.rows[like.last + 1 :], options)) or ("balance",),
        ("partner_number", "date", "total", "balance"),
    )


def _missing(layout: Layout) -> tuple[str, ...]:
    """Return the columns that a list of opening documents needs and the table lacks."""
    fields = layout.fields
    if is_emersion(layout):
        return tuple(name for name in EMERSION_NEEDED if name not in fields)
    partner = () if any(name in fields for name in PARTNERS) else ("partner_number",)
    total = () if "type" in fields else ("total",)
    return (*partner, *(name for name in ("date", *total, "balance") if name not in fields))


class _Documents(Reading):
    """One reading of a table of opening documents."""

    def __init__(self, sheet: Sheet, layout: Layout, name: str, options: ReadOptions) -> None:
        super().__init__(sheet, layout, name, options)
        self.strict = is_emersion(layout)
        self.sides = sides_of(options, (layout.text(partner) for partner in PARTNERS))
        self.styles = self._settle_styles()
        self.problems += self.styles.problems
        dates = DateReader(self.styles.date_order)
        self.cells = Cells(layout, self.styles.decimal_mark, self._rate_mark(), dates, self.strict, name)
        self.header_text = layout.text("net_open") or layout.text("balance")
        self.default_currency = self._default_currency()
        self.totals = PrintedTotals(self.cells, self.styles.decimal_mark)
        self.headers = HeaderRows(self.header_rows, search_options(options))
        self._odd = OddRows()
        self._unfilled: list[int] = []
        self._signs: dict[tuple[DocumentType, bool], dict[int, Decimal]] = {}

    def _settle_styles(self) -> Styles:
        """Return how amounts and dates are written; Emersion has fixed ways, unless the file shows another one."""
        options = self.options
        if not self.strict:
            return self.find_styles(options, AMOUNTS)
        mark, order = options.decimal_mark or _DEFAULT_MARK, options.date_order or _DEFAULT_DATE_ORDER
        problems: list[Issue] = []
        if not options.decimal_mark and self._shows(EMERSION_AMOUNTS, ",", decimal_evidence, ","):
            found = find_styles(self.layout, self.rows, (), replace(options, date_order="dmy"), EMERSION_AMOUNTS)
            mark = "" if found.problems else found.decimal_mark or mark
            problems += found.problems
        if not options.date_order and self._shows(_DAYS, "/", order_evidence, "mdy"):
            found = find_styles(self.layout, self.rows, (), replace(options, decimal_mark="."), ())
            doubtful = self._shows(_DAYS, "/", order_evidence, "?")
            if doubtful and (found.problems or found.date_order == "mdy"):  # no month comes first unasked
                problems.append(Issue("stop", "date_order_unknown", {"text": doubtful}, text=doubtful))
                return Styles(mark, "", tuple(problems))
        return Styles(mark, order, tuple(problems))

    def _shows(self, names: Iterable[str], sign: str, evidence: Callable[[str], str], style: str) -> str:
        """Return a text with a sign in some columns that is written in a style, "" if there is none."""
        columns = [self.layout.fields[name] for name in names if name in self.layout.fields]
        cells = (row.cells[at] for row in self.rows for at in columns if at < len(row.cells))
        texts = {cell for cell in cells if isinstance(cell, str) and sign in cell}
        return next((clean(text) for text in sorted(texts) if evidence(text) == style), "")

    def _rate_mark(self) -> str:
        """Return the decimal mark of the rates, which may differ from that of the amounts."""
        known = self.styles.decimal_mark
        if "rate" not in self.layout.fields:
            return known
        found = find_styles(self.layout, self.rows, (), replace(self.options, date_order="dmy"), ("rate",))
        if not known and not self.styles.problems:
            self.problems += found.problems
        return found.decimal_mark or known

    def _default_currency(self) -> str | None:
        """Return the currency that the headers of the amounts name, or the texts above the table."""
        fields, currencies = self.layout.fields, self.layout.currencies
        named = [currencies[fields[name]] for name in ("total", "balance") if fields.get(name) in currencies]
        return named[0] if named else None if "currency" in fields else currency_stated(self.preamble)

    def result(self) -> ReadResult[ReportedDocument]:
        """Return the documents and what was detected."""
        missing = _missing(self.layout)
        if missing:
            raise ReadError(Issue("stop", "column_missing", {"missing": missing, "found": self.layout.header.texts}))
        end = self._end()
        self._look_at_all(self.rows[:end])
        self.problems += [*tell_cut(self.sheet, self._odd.shifted)]
        self.problems += tell_rows_above(self.above, self.layout.header.texts)
        items = self._with_signs(tuple(self._item() for row in self.rows[:end] if self._is_document(row)))
        items = self._with_doubts(items)
        if "total" not in self.layout.fields and not self.strict:
            self._check_payments_only(items)
        self.problems += ask_unknown(self.layout, len(items), self._lacking(), self.options, ("number", "balance"))
        self.problems += self.totals.problems({item.currency for item in items})
        self.problems += compare_counts(self.sheet.rows, [item.row for item in items])
        if self._unfilled:
            values = {"count": len(self._unfilled)}
            self.problems.append(Issue("info", "rows_of_partner_only", values, row=self._unfilled[0]))
        detected = replace(
            self.describe(self.styles),
            cover=_cover(items),
            balance_date=self.balance_date(self.styles.date_order or None),
            names_currency=any(item.currency for item in items),
            content="opening",
        )
        return ReadResult(items, self.all_problems(), detected)

    def _check_payments_only(self, items: tuple[ReportedDocument, ...]) -> None:
        """Refuse a table without totals, unless it holds receipts and payments only."""
        if any(item.type not in PAYMENT_TYPES for item in items):
            raise ReadError(Issue("stop", "column_missing", {"missing": ("total",), "found": self.layout.header.texts}))

    def _lacking(self) -> set[str]:
        """Return the roles without which documents may be misread; Emersion's lists have none of them."""
        lacking = {"number", "currency", "type"} - set(self.layout.fields)
        return {"number"} & lacking if self.strict else lacking

    # --- which rows are documents ----------------------------------------------------------------------------------

    def _end(self) -> int:
        """Return where the totals at the end of the table start; what is labelled so elsewhere is wrong instead."""
        end = len(self.rows)
        while end:
            row = self.rows[end - 1]
            if row.cells and not self._is_total(row) and not self._is_sum(row, end - 1):
                break
            if row.cells:
                self.totals.take()
                self._tell("row_total", row)
            end -= 1
        return end

    def _is_total(self, row: Row) -> bool:
        """Tell whether a row is labelled as a total and names neither partner nor number nor date."""
        self.cells.take(row)
        named = [clean(self.cells.cell(name)) for name in (*PARTNERS, "number", "date")]
        if any(text and total_label(text) is None for text in named):
            return False
        return any(isinstance(cell, str) and total_label(clean(cell)) is not None for cell in row.cells)

    def _is_sum(self, row: Row, above: int) -> bool:
        """Tell whether a row is a total in words that nobody knows: it names no document and sums up the rows above.

        :param above: how many rows stand above it
        """
        self.cells.take(row)
        named = ("type", "number", "date", "due_date", *PARTNERS)
        if any(has_digit(clean(self.cells.cell(name))) for name in named):
            return False
        if all(self.cells.cell(name) for name in ("type", *(each for each in PARTNERS if each in self.cells.columns))):
            return False
        return self.totals.sums_up(self.rows[:above], row)

    def _is_document(self, row: Row) -> bool:
        """Tell whether a row, which is taken, is to be read; say why if it is none."""
        if not row.cells:
            return False
        self.cells.take(row)
        cell = self.cells.cell
        if not self.cells.filled:
            if not all(map(is_blank, row.cells)):
                self._tell("row_text", row)
        elif clean(cell("number")).upper().startswith(EXAMPLE):
            self._tell("row_example", row)
        elif self.header_text in (cell("net_open"), cell("balance")) or self._is_header(row):
            self._take_header(row)
        elif not self.strict and all(name in PARTNERS for name in self.cells.filled):
            self._unfilled.append(row.number)
        else:
            if self.totals:
                self.totals.add()
            return True
        return False

    def _is_header(self, row: Row) -> bool:
        """Tell whether a row is a header, the first one again or another."""
        if any(read_amount(cell, ".") is not None for cell in row.cells):
            return False
        texts = [text for cell in row.cells if (text := clean(cell)) not in BLANKS]
        return self.headers.is_header(texts) or self.headers.is_other(row)

    def _take_header(self, row: Row) -> None:
        """Take in a header below the first one: the same again, or another: a stop."""
        other = self.headers.tell(row)
        if other:
            self.problems.append(other)
        else:
            self._tell("row_header_repeated", row)

    def _tell(self, code: str, row: Row) -> None:
        """Say that a row was left out and why."""
        text = " | ".join(text for one in row.cells[:12] if (text := clean(one)) not in BLANKS)[:200]
        self.problems.append(Issue("info", code, {}, row=row.number, text=text))

    # --- what only all rows together tell ---------------------------------------------------------------------------

    def _look_at_all(self, rows: list[Row]) -> None:
        """Find the rows with other cells than the others, and the numbers that a spreadsheet made dates."""
        self._odd = odd_rows(self.sheet, self.layout, self.header_rows, rows)
        column = self.layout.fields.get("number")
        if column is not None:
            numbers = (clean(row.cells[column]) for row in rows if column < len(row.cells))
            self.cells.damaged = find_damaged(filter(None, numbers))

    def _with_doubts(self, items: tuple[ReportedDocument, ...]) -> tuple[ReportedDocument, ...]:
        """Return the items, those at fault that have cells too many or too few or an amount that may be thousands."""
        faults: dict[int, list[Issue]] = {}
        taken = {item.row for item in items}
        wide = [row for row in self.rows if row.number in self._odd.wide & taken]
        told = list(tell_wide(wide, len(items))) if wide else []
        self.problems += [issue for issue in told if issue.level == "stop"]
        for row in self.rows if self._odd.all & taken else ():
            if row.number in self._odd.all & taken:
                faults[row.number] = [self._odd_row(row)]
        odd = {} if self.strict else self.cells.decimals.odd({item.row: item.currency for item in items})
        for number, (name, text) in odd.items():
            issue = tell_decimals(self.layout, number, name, text)
            values = {**issue.values, "row": number, "file": self.name}
            faults.setdefault(number, []).append(replace(issue, values=values, file=self.name))
        return tuple(
            replace(item, faults=(*item.faults, *faults[item.row])) if item.row in faults else item for item in items
        )

    def _odd_row(self, row: Row) -> Issue:
        """Return that a row has cells too many or too few."""
        text = " | ".join(map(clean, row.cells[:12]))
        code = "row_too_wide" if row.number in self._odd.wide else "row_shifted"
        values = {"row": row.number, "file": self.name, "column": "", "text": text, "count": row.width}
        return Issue("warning", code, values, self.name, row.number, text=text)

    # --- what they say ---------------------------------------------------------------------------------------------

    def _item(self) -> ReportedDocument:
        """Return the row that was taken as an item with all its faults."""
        cells = self.cells
        check_partner(cells)
        number, day = cells.number("number"), cells.day("date", required=True)
        due = cells.day("due_date", required=self.strict)
        amounts = emersion_amounts(cells) if self.strict else template_amounts(cells, self.sides)
        start, end = cells.day("period_start"), cells.day("period_end")
        if amounts.type not in PAYMENT_TYPES:
            check_dates(cells, day, due)
        check_period(cells, start, end)
        self._note_sign(amounts)
        return ReportedDocument(
            type=amounts.type,
            partner_number=cells.number("partner_number"),
            partner_name=cells.text("partner_name"),
            number=number,
            date=day,
            due_date=due,
            total=amounts.total,
            open=amounts.open,
            row=cells.row,
            file=self.name,
            partner_vat=cells.text("partner_vat"),
            partner_email=cells.text("partner_email"),
            reference=cells.text("reference"),
            currency=self._currency(),
            rate=amounts.rate,
            company_total=amounts.company_total,
            tax=amounts.tax,
            tax_name=None if amounts.type in PAYMENT_TYPES else cells.number("tax"),
            description=cells.text("description", MAX_DESCRIPTION),
            period_start=start,
            period_end=end,
            analytic=cells.text("analytic"),
            salesperson=cells.text("salesperson"),
            payment_terms=cells.text("payment_terms"),
            faults=tuple(cells.faults),
            strict=self.strict,
        )

    def _note_sign(self, amounts: Amounts) -> None:
        """Note how the row that was taken writes the sign of its type, if it is right."""
        if amounts.type and amounts.written and not self.cells.faults:
            self._signs.setdefault((amounts.type, amounts.written > 0), {})[self.cells.row] = amounts.written

    def _with_signs(self, items: tuple[ReportedDocument, ...]) -> tuple[ReportedDocument, ...]:
        """Return the items, those at fault whose sign is another one than that of most others of their type.

        A list may write a type with either sign, but not with both: one of them may be the type's opposite.
        """
        odd: dict[int, Decimal] = {}
        for type_ in DOCUMENT_TYPES:
            minus, plus = (self._signs.get((type_, is_plus), {}) for is_plus in (False, True))
            if minus and plus:
                odd |= minus if len(minus) <= len(plus) else plus
        return tuple(self._mixed(item, odd[item.row]) if item.row in odd else item for item in items)

    def _mixed(self, item: ReportedDocument, written: Decimal) -> ReportedDocument:
        """Return an item at fault for the sign of an amount."""
        column, text = self.layout.text("balance" if item.type in PAYMENT_TYPES else "total"), str(written)
        values = {"row": item.row, "column": column, "text": text}
        fault = Issue("warning", "opening_sign_mixed", values, self.name, item.row, column, text)
        return replace(item, faults=(*item.faults, fault))

    def _currency(self) -> str | None:
        """Return the currency of the row that was taken."""
        found = self.cells.currency(self.default_currency)
        return None if self.options.balance_currency == "company" else found


def _cover(items: tuple[ReportedDocument, ...]) -> Cover | None:
    """Return what a list holds."""
    kinds = {DOCUMENT_TYPES[item.type][0] for item in items if item.type}
    return "both" if len(kinds) == 2 else next(iter(kinds), None)
