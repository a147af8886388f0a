"""A table with one row per debtor -> reported balances."""

from __future__ import annotations

import re
from dataclasses import replace

from ..errors import Issue
from ..files.sheets import Sheet
from ..items import Cover, ReadOptions, ReadResult
from ..tables.doubts import odd_rows, tell_cut
from ..tables.groups import split_partners
from ..tables.header_rows import HeaderRows, tell_rows_above
from ..tables.ledger_sides import settle_kinds
from ..tables.mapping import Layout
from ..tables.preamble import currency_stated
from ..tables.printed_counts import compare_counts
from ..tables.printed_totals import compare_totals
from ..tables.raw import Raw
from ..tables.reading import Reading
from ..tables.row_sums import split_debtor_sums
from ..tables.rows import RowReader
from ..tables.signs import settle_balance, settle_values
from ..tables.styles import Styles
from ..tables.unknown_columns import ask_unknown
from ..values.cells import money
from ..values.dates import DateReader
from ..words.columns import AMOUNTS, LIMITS
from .items import ReportedBalance
from .layout import with_limits
from .walk import DebtorWalk, Limits

# Marks of company currency in a heading of a limit: (LCY), (MW), (LV), (RV), (BVA), DS.
_COMPANY = re.compile(r"\b(?:lcy|mw|lv|rv|bva|hw|ds)\b", re.IGNORECASE)


def read_debtors(
    sheet: Sheet, layout: Layout, name: str, options: ReadOptions, by_position: bool
) -> ReadResult[ReportedBalance]:
    """Return the debtors of a table and all that is to be said of it; ``by_position``: the columns are Scope's."""
    return _Debtors(sheet, layout, name, options, by_position).result()


class _Debtors(Reading):
    """One reading of a table with one row per debtor."""

    def __init__(self, sheet: Sheet, layout: Layout, name: str, options: ReadOptions, by_position: bool) -> None:
        super().__init__(sheet, layout, name, options)
        self.by_position = by_position
        self.styles = self._settle_styles()
        self.problems += self.styles.problems
        limits = [name for name in LIMITS if name in layout.fields]
        marked = any(_COMPANY.search(layout.text(name)) for name in limits)
        self.limits_in_company_currency = marked or options.balance_currency == "company"
        self.headed = next((code for name in limits if (code := layout.currencies.get(layout.fields[name]))), None)

    def _settle_styles(self) -> Styles:
        """Return how amounts are written; Scope's have a decimal comma where they don't show it."""
        names = (*AMOUNTS, *LIMITS)
        styles = self.find_styles(self.options, names)
        if self.by_position and any(issue.code == "decimal_mark_unknown" for issue in styles.problems):
            return self.find_styles(replace(self.options, decimal_mark=","), names)
        return styles

    def result(self) -> ReadResult[ReportedBalance]:
        """Return the balances and what was detected."""
        odd = odd_rows(self.sheet, self.layout, self.header_rows, self.rows)
        self.problems += [*tell_cut(self.sheet, odd.shifted), *tell_rows_above(self.above, self.layout.header.texts)]
        header = HeaderRows(self.header_rows, with_limits(self.options))
        walk = DebtorWalk(self.layout, RowReader(self.layout, self.styles, DateReader(None)), header, odd)
        walk.run(self.rows)
        self.problems += walk.problems
        raws = [*walk.raws, *walk.rejected]
        split_partners(raws)
        cover = self._settle_kinds(raws)
        lacking = self._settle_amounts(walk)
        kept, unclear = self._take_sums(walk, [raw for raw in walk.raws if raw.row not in lacking])
        self.problems += compare_totals(walk.totals, kept, [])
        self.problems += compare_counts(self.sheet.rows, [raw.row for raw in raws])
        broken = [*walk.rejected, *unclear, *(raw for raw in walk.raws if raw.row in lacking)]
        broken.sort(key=lambda raw: raw.row)
        balances = tuple(self._balance(raw, walk.limits[raw.row]) for raw in kept if raw.kind != "payable")
        rejected = tuple(self._balance(raw, None) for raw in broken if raw.kind != "payable")
        self._tell_whole(kept, balances)
        if not self.by_position:
            self.problems += ask_unknown(self.layout, len(kept), self._lacking(kept), self.options, ("balance",))
        detected = replace(
            self.describe(self.styles),
            cover=cover,
            balance_date=self.balance_date(self.options.date_order),
            names_currency=any(told.currency for told in balances),
            content="balances",
        )
        return ReadResult(balances, self.all_problems(), detected, rejected)

    def _settle_kinds(self, raws: list[Raw]) -> Cover | None:
        """Set who is a debtor and who a creditor; return what the list holds."""
        if self.by_position:
            for raw in raws:
                raw.kind = "receivable"
            return "receivable"
        rows = {row.number: row for row in self.rows}
        return settle_kinds(self.layout, raws, rows, self.preamble, self.stem, self.options)

    def _settle_amounts(self, walk: DebtorWalk) -> set[int]:
        """Give the debtors and totals their balance in ledger sign; return the rows that don't tell their side."""
        totals = [total.raw for total in walk.totals]
        lacking = settle_values(self.layout, walk.raws, totals)
        default = currency_stated(self.preamble)
        for raw in (*walk.raws, *totals):
            settle_balance(self.layout, raw, default, self.options)
            raw.balance = money(raw.value) if raw.value is not None else None
        column = self.layout.text("debit_credit")
        self.problems += [
            Issue("warning", "side_unreadable", {"column": column}, row=raw.row, column=column) for raw in lacking
        ]
        return {raw.row for raw in lacking}

    def _take_sums(self, walk: DebtorWalk, raws: list[Raw]) -> tuple[list[Raw], list[Raw]]:
        """Return the rows without totals in words that are not known, and those that may be a debtor or a total."""
        amounts = {raw.row: raw.value if raw.value is not None else walk.limits[raw.row].credit for raw in raws}
        kept, sums, unclear = split_debtor_sums(raws, amounts)
        self.problems += [Issue("info", "row_total", row=raw.row) for raw in sums]
        for raw in unclear:
            text = raw.partner_name
            self.problems.append(Issue("warning", "debtor_or_total", {"text": text}, row=raw.row, text=text))
        return kept, unclear

    def _lacking(self, kept: list[Raw]) -> set[str]:
        """Return the roles without which balances may be misread."""
        fields = set(self.layout.fields)
        lacking = {"partner_number", "currency"} - fields
        is_signed = {"debit_credit", "debit", "credit"} & fields or any(raw.value and raw.value < 0 for raw in kept)
        return lacking if is_signed else lacking | {"debit_credit"}

    def _balance(self, raw: Raw, limits: Limits | None) -> ReportedBalance:
        """Return a row as a balance; one without limits is rejected and has no amounts."""
        balance = raw.balance if limits else None
        credit, internal, currency = limits or Limits()
        return ReportedBalance(
            partner_number=raw.partner_number or None,
            partner_name=raw.partner_name or None,
            balance=balance,
            credit_limit=None if credit is None else money(credit),
            internal_limit=None if internal is None else money(internal),
            currency=None if balance is None else raw.value_currency or raw.sign or None,
            row=raw.row,
            file=self.name,
            partner_vat=raw.vat or None,
            partner_email=raw.email or None,
            kind=raw.kind,
            limit_currency=None if credit is internal is None else self._limit_currency(raw, currency),
        )

    def _limit_currency(self, raw: Raw, written: str | None) -> str | None:
        """Return the currency of a row's limits: that of their heading or cell, else the balance's or the row's."""
        if self.limits_in_company_currency:
            return None
        return self.headed or written or (raw.value_currency if raw.balance is not None else raw.currency)

    def _tell_whole(self, kept: list[Raw], balances: tuple[ReportedBalance, ...]) -> None:
        """Say what is to be known of the list as a whole."""
        payables = sum(1 for raw in kept if raw.kind == "payable")
        if payables:
            level, code = ("info", "payables_left_out") if balances else ("stop", "list_of_payables")
            self.problems.append(Issue(level, code, {"count": payables}))  # type: ignore[arg-type]
        if self.by_position:
            self.problems.append(Issue("info", "columns_by_position", {"columns": self.layout.header.texts}))
        if balances and not any(told.given for told in balances):
            self.problems.append(Issue("info", "limits_only", {"count": len(balances)}))
        if "total" in self.layout.fields:
            self.problems.append(Issue("warning", "amount_is_total", {"column": self.layout.text("total")}))
