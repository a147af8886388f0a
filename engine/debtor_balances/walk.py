"""Walk the rows of a table with one row per debtor: which are debtors, and which are totals, headings, headers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..errors import Issue
from ..items import Row
from ..tables import header as headers
from ..tables.doubts import OddRows, currencies_of, tell_decimals, tell_shifted, tell_wide
from ..tables.header_rows import HeaderRows
from ..tables.mapping import Layout
from ..tables.raw import Raw, Total
from ..tables.rows import RowReader
from ..values.cells import BLANKS, clean, fold, is_currency, read_amount
from ..words.cells import is_footer, total_label
from ..words.columns import AMOUNTS, LIMITS

_PARTNERS = ("partner_number", "partner_name", "partner_vat", "partner_email")


class Limits(NamedTuple):
    """The credit limits of a debtor, None = not given; and the currency that stands beside them."""

    credit: Decimal | None = None
    internal: Decimal | None = None
    currency: str | None = None


class DebtorWalk:
    """One walk over a table; the results are ``raws``, ``limits`` by row, ``rejected``, ``totals`` and ``problems``."""

    def __init__(self, layout: Layout, reader: RowReader, header: HeaderRows, odd: OddRows) -> None:
        """Take a table, its header, and the rows that have other cells than the others."""
        self.layout, self.reader, self._headers, self._odd = layout, reader, header, odd
        self._wide_debtors: list[Row] = []
        self.raws: list[Raw] = []
        self.limits: dict[int, Limits] = {}
        self.rejected: list[Raw] = []
        self.totals: list[Total] = []
        self.problems: list[Issue] = []
        self._limits = [(name, layout.fields[name]) for name in LIMITS if name in layout.fields]
        self._percents = [*layout.buckets, *(layout.fields[name] for name in AMOUNTS if name in layout.fields)]
        self._names: set[str] = set()

    def run(self, rows: list[Row]) -> None:
        """Take all rows in."""
        self._names = {fold(text) for row in rows for text in self._partner(row)}
        blanks = 0
        for row in rows:
            if not row.cells:
                blanks += 1
                continue
            if blanks:
                self._tell("row_blank_middle", Row(row.number - 1, ()), count=blanks)
                blanks = 0
            self._take(row)
        self._end()

    def _end(self) -> None:
        """Look at what only all rows together tell: amounts with odd decimals, rows too wide."""
        odd = self.reader.decimals.odd(currencies_of(self.raws, self.layout))
        rejected = [raw for raw in self.raws if raw.row in odd]
        self.problems += [tell_decimals(self.layout, raw.row, *odd[raw.row]) for raw in rejected]
        self.rejected += rejected
        self.raws = [raw for raw in self.raws if raw.row not in odd]
        if self._wide_debtors:
            self.problems += tell_wide(self._wide_debtors, len(self.raws) + len(self.rejected))

    def _tell(self, code: str, row: Row, **values: object) -> None:
        """Say that a row was left out and why."""
        text = " | ".join(self.reader.texts(row)[:6])
        self.problems.append(Issue("info", code, values, row=row.number, text=text))

    def _take(self, row: Row) -> None:
        """Take one row in as what it is."""
        texts = self.reader.texts(row)
        partner = self._partner(row)
        has_amount = self._has_amount(row)
        label = self._total_of(row, texts)
        if self._is_header(row, texts):
            self._take_header(row)
        elif row.number in self._odd.all and label is None and (has_amount or headers.is_data(row.cells)):
            self._take_odd(row)
        elif self._is_percent(row):
            self._tell("row_percent", row)
        elif label is not None or (has_amount and not partner and self._is_only_amounts(row)):
            self._take_total(row, label, has_amount)
        elif not has_amount and (not partner or is_footer(" ".join(texts))):
            self._tell("row_text", row)
        else:
            self._take_debtor(row)

    def _is_header(self, row: Row, texts: list[str]) -> bool:
        """Tell whether a row repeats the header, or heads a table in other words."""
        return self._headers.is_header(texts) or (not self._has_number(row) and self._headers.is_other(row))

    def _take_header(self, row: Row) -> None:
        """Take in a header below the first one: the same again, or another: a stop."""
        other = self._headers.tell(row)
        if other:
            self.problems.append(other)
        else:
            self._tell("row_header_repeated", row)

    def _take_odd(self, row: Row) -> None:
        """Take in a row with cells too many or too few; where one was lost, even whose it is cannot be told."""
        if row.number in self._odd.wide:
            self.rejected.append(self.reader.read(row))
            self._wide_debtors.append(row)
            return
        self.rejected.append(Raw(row.number))
        self.problems.append(tell_shifted(row))

    def _has_number(self, row: Row) -> bool:
        """Tell whether an amount stands in a row, in whatever column."""
        return any(read_amount(cell, ".") is not None for cell in row.cells)

    def _partner(self, row: Row) -> list[str]:
        """Return the texts by which a row names its debtor."""
        return [text for name in _PARTNERS if (text := self.reader.text(row, name)) not in BLANKS]

    def _has_amount(self, row: Row) -> bool:
        """Tell whether a row has a balance or a limit."""
        return self.reader.has_amount(row) or any(self.reader.at(row, at) not in BLANKS for _, at in self._limits)

    def _total_of(self, row: Row, texts: list[str]) -> str | None:
        """Return what a row is the total of, "" = the list, None = it is none.

        Debtors may be called Total, too: what has a debtor number is one, and so is what is the total of nobody.
        """
        number = self.reader.text(row, "partner_number")
        if number and total_label(number) is None:
            return None
        for text in (*texts[:1], *self._partner(row)):
            label = total_label(text)
            if label is not None and (not label or fold(label) in self._names):
                return label
        return None

    def _is_percent(self, row: Row) -> bool:
        """Tell whether a row gives shares of a total."""
        return any(self.reader.at(row, column).endswith("%") for column in self._percents)

    def _is_only_amounts(self, row: Row) -> bool:
        """Tell whether a row holds amounts and nothing else but currencies."""
        texts = [text for cell in row.cells if (text := clean(cell)) not in BLANKS]
        return all(read_amount(text, ".") is not None or is_currency(text) for text in texts)

    def _take_total(self, row: Row, label: str | None, has_amount: bool) -> None:
        """Take a total in, or a line that only says so."""
        if not has_amount:
            self._tell("row_text", row)
            return
        self.totals.append(Total(row.number, label, self.reader.read(row)))
        self._tell("row_total", row)

    def _take_debtor(self, row: Row) -> None:
        """Take a debtor in; one with anything that cannot be read is rejected."""
        raw = self.reader.read(row)
        unreadable = list(self.reader.unreadable)
        values: dict[str, Decimal] = {}
        currency = None
        for name, column in self._limits:
            text = self.reader.at(row, column)
            amount = read_amount(row.cells[column], self.reader.mark) if text not in BLANKS else None
            if amount is not None:
                values[name], currency = amount.value, currency or amount.currency or amount.sign or None
            elif text not in BLANKS:
                unreadable.append(("amount_unreadable", name, text))
        for code, name, text in unreadable:
            column_text = self.layout.text(name)
            told = {"column": column_text, "text": text}
            self.problems.append(Issue("warning", code, told, row=row.number, column=column_text, text=text))
        self.limits[raw.row] = Limits(values.get("credit_limit"), values.get("internal_limit"), currency)
        (self.rejected if unreadable else self.raws).append(raw)
