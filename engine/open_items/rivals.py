"""The chosen reading of a table against its rivals, with the books as witness.

A rival is proposed to a person where it agrees with clearly more documents than what was chosen. An open balance below
the books' residual is what lists are made for, and never speaks against a column; one above it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..errors import Issue
from ..items import ReadOptions, Row
from ..tables.mapping import Layout
from ..tables.styles import Styles
from ..values.cells import clean
from ..values.dates import DateReader
from ..values.money import ZERO
from .items import BookItem, ReportedItem
from .witness import Sample, Witness, has_residual, is_residual

_FEW = 2
_LEAST = 3
_RARELY, _MOSTLY = 0.2, 0.6
_ALMOST_ALL = 0.8
_OPEN = frozenset(("balance", "document_balance", "company_balance"))
_SIGNS = {".": ",", ",": "."}
_ORDERS = {"dmy": "mdy", "mdy": "dmy"}


@dataclass(frozen=True, slots=True)
class _Case:
    """An item in its row, and the documents that its number names, None = its partner's at least."""

    item: ReportedItem
    row: Row
    books: tuple[BookItem, ...]
    partners: frozenset[int]

    def own(self, books: Iterable[BookItem]) -> tuple[BookItem, ...]:
        """Return those of some documents that may be the item's partner's."""
        return tuple(book for book in books if not self.partners or book.partner_id in self.partners)


def find_rivals(
    layout: Layout, rows: Sequence[Row], items: Sequence[ReportedItem], styles: Styles, options: ReadOptions
) -> list[Issue]:
    """Return a guard for each way to read a table that the books agree with more than with the chosen one.

    :param rows: the rows below the header
    :param items: what was read of them, balance in ledger sign
    """
    if not isinstance(options.books, Witness) or not items:
        return []
    sample = Sample(rows, len(layout.header.texts), options.books)
    return list(_Rivals(layout, sample, items, styles, options).find())


class _Rivals:
    """One comparison of a table with the books."""

    def __init__(
        self,
        layout: Layout,
        sample: Sample,
        items: Sequence[ReportedItem],
        styles: Styles,
        options: ReadOptions,
    ) -> None:
        self.layout, self.styles, self.options = layout, styles, options
        self.sample, self.witness = sample, sample.witness
        by_row = {item.row: item for item in items}
        self.cases = [self._case(by_row[row.number], row) for row in self.sample.rows if row.number in by_row]
        used = {*layout.fields.values(), *layout.buckets, *layout.numbers, *layout.payable_numbers}
        self.free = [at for at in range(self.sample.width) if at not in used and layout.header.texts[at]]
        self.known = [case for case in self.cases if case.books]

    def _case(self, item: ReportedItem, row: Row) -> _Case:
        """Return an item with what the books know by its number or reference."""
        partners = self.witness.partners(item.partner(item.kind))
        named = [book for text in (item.number, item.reference) if text for book in self.witness.documents(text)]
        case = _Case(item, row, (), partners)
        return _Case(item, row, case.own(named), partners)

    def find(self) -> Iterator[Issue]:
        """Return the rivals that are better."""
        yield from self._number()
        yield from self._partner()
        yield from self._balance()
        yield from self._sign()
        yield from self._decimal_mark()
        yield from self._date_order()
        yield from self._currency()

    def _column(self, role: str, column: int, agrees: int, before: int) -> Issue:
        """Return that another column should have a role."""
        text = self.layout.header.texts[column]
        values = {"role": role, "column": text, "now": self.layout.text(role), "count": agrees, "before": before}
        return Issue("stop", "rival_column", {**values, "total": len(self.cases)}, column=text)

    def _number(self) -> Iterator[Issue]:
        """Propose the column that names documents which the items' numbers don't."""
        before, unknown = len(self.known), [case for case in self.cases if not case.books]
        for column in self.free:
            found = [case.own(self.witness.documents(Sample.cell(case.row, column))) for case in unknown]
            named = {books[0].id for books in found if books}
            least = max(before + 1, min(_LEAST, len(self.cases)), _FEW)
            filled = sum(1 for case in unknown if clean(Sample.cell(case.row, column)))
            if len(named) >= least and len(named) * 2 > filled and not self._is_said("number", column, before):
                yield self._column("number", column, len(named) + before, before)
                return

    def _partner(self) -> Iterator[Issue]:
        """Propose the column of partners' numbers or names where those of the items are nobody's."""
        before = sum(1 for case in self.cases if case.partners)
        if before > len(self.cases) * _RARELY:
            return
        for column in self.free:
            called = self._called(column)
            for role, place in (("partner_number", 0), ("partner_name", 1)):
                found = [partners[place] for partners in called if partners[place]]
                is_clear = len(found) >= max(_LEAST, len(self.cases) * _MOSTLY) and len(set(found)) >= _FEW
                if is_clear and not self._is_said(role, column, before):
                    yield self._column(role, column, len(found), before)
                    return

    def _called(self, column: int) -> list[tuple[frozenset[int], frozenset[int]]]:
        """Return the partners whose numbers and names a column has, none if it is nobody's in too many rows."""
        called, may_differ = [], len(self.cases) * (1 - _MOSTLY)
        for case in self.cases:
            found = self.witness.partners_called(clean(Sample.cell(case.row, column)))
            called.append(found)
            may_differ -= not any(found)
            if may_differ < 0:
                return []
        return called

    def _balance(self) -> Iterator[Issue]:
        """Propose the column of what is open where the chosen amounts are others, or above what is open."""
        mark = self.styles.decimal_mark or None
        agrees = [self._is_residual(case) for case in self.known]
        if len(self.known) < _FEW:
            return
        for column in self.free:
            if self.layout.header.meanings[column].fields and not self._means_open(column):
                continue
            other = [has_residual(Sample.cell(case.row, column), case.books, mark) for case in self.known]
            if self._is_better(agrees, other) and not self._is_said("balance", column, sum(agrees)):
                yield self._column("balance", column, sum(other), sum(agrees))
                return

    def _is_better(self, agrees: Sequence[bool], other: Sequence[bool]) -> bool:
        """Whether another column is what is open of clearly more of the known documents than the chosen amounts are.

        :param agrees: for each of them, whether the chosen amount is; ``other``: whether the other column is
        """
        pairs = list(zip(agrees, other, strict=True))
        lost = sum(1 for own, its in pairs if own and not its)
        gained = (case for case, (own, its) in zip(self.known, pairs, strict=True) if its and not own)
        above = sum(1 for case in gained if self._is_above(case))
        return (above >= _FEW and above > lost * 2) or self._is_clear(sum(agrees), sum(other), len(pairs))

    def _means_open(self, column: int) -> bool:
        """Whether a header may mean what is open."""
        return any(name in _OPEN for name, _rank in self.layout.header.meanings[column].fields)

    @staticmethod
    def _is_residual(case: _Case) -> bool:
        """Whether the item's balance is what is open of its document."""
        amounts = (case.item.balance, case.item.company_balance)
        return any(amount is not None and is_residual(amount, case.books) for amount in amounts)

    @staticmethod
    def _is_above(case: _Case) -> bool:
        """Whether more is reported than the document has open; in the other currency nothing can be said."""
        currency, balance = case.item.currency, case.item.balance or ZERO
        return all(currency in (None, book.currency) and abs(balance) > abs(book.residual) for book in case.books)

    @staticmethod
    def _is_clear(before: int, after: int, total: int, least: int = _LEAST) -> bool:
        """Whether hardly any row agreed, and almost all would."""
        return before <= total * _RARELY and after >= max(least, total * _ALMOST_ALL)

    def _is_said(self, role: str, column: int, before: int) -> bool:
        """Whether a person decided which column has the role, and knew of the rival; unless nothing at all agrees."""
        said = {self.layout.text(role), self.layout.header.texts[column]} <= set(self.options.columns)
        return said and before > 0

    def _decimal_mark(self) -> Iterator[Issue]:
        """Propose the other decimal mark."""
        mark = _SIGNS.get(self.styles.decimal_mark)
        fields = self.layout.fields
        chosen = _OPEN & set(fields) or {"debit", "credit"} & set(fields) or {"total"} & set(fields)
        columns = [fields[name] for name in chosen]
        before = sum(map(self._is_residual, self.known))
        if not mark or before > len(self.known) * _RARELY:
            return
        right = sum(
            1 for case in self.known if any(has_residual(Sample.cell(case.row, at), case.books, mark) for at in columns)
        )
        if self._is_clear(before, right, len(self.known), _FEW):
            values = {"mark": mark, "count": right, "before": before, "total": len(self.known)}
            yield Issue("stop", "rival_decimal_mark", values)

    def _sign(self) -> Iterator[Issue]:
        """Ask where a customer's open balance is just the opposite of its document's: nobody pays exactly twice."""
        opposite = [
            case
            for case in self.known
            if case.item.kind == "receivable" and case.item.balance
            and all(case.item.balance == -book.residual for book in case.books)
        ]  # fmt: skip
        if opposite:
            values = {"count": len(opposite), "total": len(self.known), "number": opposite[0].item.number or ""}
            yield Issue("stop", "rival_sign", values, row=opposite[0].item.row)

    def _date_order(self) -> Iterator[Issue]:
        """Propose day and month the other way round."""
        order = _ORDERS.get(self.styles.date_order)
        column = self.layout.fields.get("date")
        if not order or column is None:
            return
        reader = DateReader(order, self.options.balance_date)
        before = self._dated(lambda case: case.item.date)
        right = self._dated(lambda case: reader.read(Sample.cell(case.row, column)))
        if right >= _LEAST and before < right * _RARELY:
            yield Issue(
                "stop", "rival_date_order", {"order": order, "count": right, "before": before, "total": len(self.known)}
            )

    def _dated(self, day_of: Callable[[_Case], object]) -> int:
        """Return how many items have their document's date."""
        return sum(1 for case in self.known if (day := day_of(case)) and any(day == book.date for book in case.books))

    def _currency(self) -> Iterator[Issue]:
        """Propose that amounts are in company currency although the list names the documents'."""
        if self.options.balance_currency:
            return
        foreign = [case for case in self.known if any(_is_foreign(case.item, book) for book in case.books)]
        before = sum(1 for case in foreign if any(_has(case.item, book.residual) for book in case.books))
        company = sum(1 for case in foreign if any(_has(case.item, book.company_residual) for book in case.books))
        if company >= _FEW and self._is_clear(before, company, len(foreign), _FEW):
            yield Issue("stop", "rival_currency", {"count": company, "before": before, "total": len(foreign)})


def _is_foreign(item: ReportedItem, book: BookItem) -> bool:
    """Whether an item names the currency of a document that has another value in company currency."""
    return item.currency == book.currency and abs(book.residual) != abs(book.company_residual)


def _has(item: ReportedItem, amount: Decimal) -> bool:
    """Whether an item's balance is an amount, whatever the sign."""
    return item.balance is not None and abs(item.balance) == abs(amount)
