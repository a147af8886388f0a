"""What the columns of a table are, as the books tell: in any language, and without header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ..errors import Issue
from ..items import Cell, ReadOptions, Row
from ..tables.header import Header
from ..tables.mapping import Layout, map_columns
from ..values.cells import clean, read_amount
from ..values.dates import DateReader
from ..words.columns import Meaning
from .items import BookItem
from .witness import Sample, Witness, has_residual

_LEAST = 3  # so few rows that agree may do so by chance
_CLEAR = 0.8  # of the rows whose document is known
_HALF = 0.5  # of a column's filled cells; of the amounts, as some are part paid
_ORDERS = ("dmy", "mdy", "ymd")
_FIRST = 200  # rows that tell how wide a table is


def hear(header: Header, rows: list[Row], options: ReadOptions) -> tuple[Layout, list[Issue]]:
    """Return which column holds what, also by what the books say of those that the header doesn't explain, and what
    was found so.

    :param rows: the rows below the header
    """
    layout = map_columns(header, rows)
    if not isinstance(options.books, Witness) or not _lacking(layout):
        return layout, []
    width = len(layout.header.texts)
    sample = Sample(rows, width, options.books)
    used = {*layout.fields.values(), *layout.buckets}
    free = [at for at in range(width) if at not in used and options.columns.get(layout.header.texts[at]) != ""]
    found = _Roles(sample, free, options).find(_lacking(layout))
    meanings = list(layout.header.meanings)
    issues = []
    for field, (column, agrees, of) in found.items():
        meanings[column] = meanings[column]._replace(fields=((field, 0),))
        values = {"role": field, "column": layout.header.texts[column], "count": agrees, "total": of}
        issues.append(Issue("info", "role_by_books", values, column=layout.header.texts[column]))
    if issues:
        layout = map_columns(replace(layout.header, meanings=tuple(meanings)), rows, layout.profiles)
    return layout, issues


def header_by_books(rows: Sequence[Row], options: ReadOptions) -> Header | None:
    """Return a header for a table that has none which is understood, None unless the books know its documents.

    What stands above the first known document, and isn't an amount where documents have one, heads the columns;
    without such a row they are numbered.
    """
    if not isinstance(options.books, Witness) or not rows:
        return None
    width = max(len(row.cells) for row in rows[:_FIRST])
    sample = Sample(rows, width, options.books)
    roles = _Roles(sample, list(range(width)), options).find({"number", "balance"})
    if set(roles) != {"number", "balance"}:
        return None
    number, balance = roles["number"][0], roles["balance"][0]
    first = next(at for at, row in enumerate(rows) if options.books.documents(Sample.cell(row, number)))
    at = _find_heads(rows[:first], number, balance, options.decimal_mark)
    texts = map(clean, rows[at].cells) if at >= 0 else ()
    padded = tuple(text or f"#{place}" for place, text in enumerate([*texts, *[""] * width][:width], 1))
    return Header(at, at, padded, (Meaning(),) * width, 0.0)


def _find_heads(rows: Sequence[Row], number: int, balance: int, mark: str | None) -> int:
    """Return the index of the last row with texts that may head the columns of number and balance, -1 = none has."""
    for at in range(len(rows) - 1, -1, -1):
        cells = rows[at].cells
        if len(cells) <= max(number, balance) or read_amount(cells[balance], mark):
            continue
        if clean(cells[number]) and clean(cells[balance]):
            return at
    return -1


def _lacking(layout: Layout) -> set[str]:
    """Return the roles of which the books may know, and that no column has."""
    fields = set(layout.fields)
    lacking = {"number", "date", "due_date", "currency"} - fields
    if not fields & {"partner_number", "partner_name"} and not layout.sides:
        lacking |= {"partner_number", "partner_name"}
    return lacking if layout.has_amount or layout.buckets else lacking | {"balance"}


Found = tuple[int, int, int]  # a column, in how many rows it agrees, of how many


class _Roles:
    """The roles of free columns, each found at most once."""

    def __init__(self, sample: Sample, free: list[int], options: ReadOptions) -> None:
        self.sample, self.free, self.options = sample, free, options

    def find(self, lacking: Iterable[str]) -> Mapping[str, Found]:
        """Return role -> column, for those that the books know for sure."""
        lacking, found = set(lacking), {}
        for field, search in (
            ("number", self._number),
            ("balance", self._balance),
            ("date", lambda: self._date(lambda book: book.date)),
            ("due_date", lambda: self._date(lambda book: book.due_date)),
            ("currency", self._currency),
            ("partner_number", lambda: self._partner(0)),
            ("partner_name", lambda: self._partner(1)),
        ):
            result = search() if field in lacking else None
            if result:
                found[field] = result
                self.free.remove(result[0])
        return found

    def _number(self) -> Found | None:
        """Return the column whose values are mostly documents' numbers, each another one."""
        best = max(self.free, key=self.sample.named, default=None)
        if best is None:
            return None
        named, filled = self.sample.named(best), self.sample.filled(best)
        hits = sum(1 for books in self.sample.hits(best) if books)
        if named < _LEAST or hits < filled * _HALF or named < hits * _HALF:
            return None
        return best, hits, filled

    def _balance(self) -> Found | None:
        """Return the column of what is open of the documents; None where two columns may be it and differ."""
        marks = [self.options.decimal_mark] if self.options.decimal_mark else [".", ","]
        rated = {column: max(self._open(column, mark) for mark in marks) for column in self.free}
        known = self.sample.known()
        good = [column for column, agrees in rated.items() if agrees >= max(_LEAST, known * _HALF)]
        if any(self._differ(good[0], other) for other in good[1:]):
            return None
        return (good[0], rated[good[0]], known) if good else None

    def _open(self, column: int, mark: str) -> int:
        """Return in how many rows a column has what is open of the document."""
        return self._count(column, lambda cell, books: has_residual(cell, books, mark), _HALF)

    def _differ(self, one: int, other: int) -> bool:
        """Whether two columns of amounts are not the same amounts."""
        pairs = zip(self.sample.cells(one), self.sample.cells(other), strict=True)
        return any(clean(first) != clean(second) for first, second in pairs)

    def _date(self, of_book: Callable[[BookItem], object]) -> Found | None:
        """Return the column of a date of the documents."""
        orders = [self.options.date_order] if self.options.date_order else _ORDERS
        readers = [DateReader(order, self.options.balance_date) for order in orders]
        best = max(
            ((column, self._dated(column, reader, of_book)) for column in self.free for reader in readers),
            key=lambda pair: pair[1],
            default=(0, 0),
        )
        known = self.sample.known()
        return (*best, known) if best[1] >= max(_LEAST, known * _CLEAR) else None

    def _dated(self, column: int, reader: DateReader, of_book: Callable[[BookItem], object]) -> int:
        """Return in how many rows a column has a date of the document."""
        return self._count(
            column, lambda cell, books: bool(day := reader.read(cell)) and any(of_book(book) == day for book in books)
        )

    def _currency(self) -> Found | None:
        """Return the column of the documents' currencies."""
        known = self.sample.known()
        named = {column: self._count(column, _has_currency) for column in self.free}
        best = max(named, key=named.__getitem__, default=None)
        return (best, named[best], known) if best is not None and named[best] >= max(_LEAST, known * _CLEAR) else None

    def _partner(self, place: int) -> Found | None:
        """Return the column of the numbers (0) or names (1) of the documents' partners."""
        known = self.sample.known()
        owned = {
            column: self._count(column, lambda cell, books: self._owns(cell, books, place)) for column in self.free
        }
        best = max(owned, key=owned.__getitem__, default=None)
        return (best, owned[best], known) if best is not None and owned[best] >= max(_LEAST, known * _CLEAR) else None

    def _owns(self, cell: Cell, books: tuple[BookItem, ...], place: int) -> bool:
        """Whether a cell is the number (0) or name (1) of the partner of one of some documents."""
        text = clean(cell)
        called = self.sample.witness.partners_called(text)[place] if text else frozenset()
        return any(book.partner_id in called for book in books)

    def _count(self, column: int, agrees: Callable[[Cell, tuple[BookItem, ...]], bool], share: float = _CLEAR) -> int:
        """Return in how many rows a column agrees with the row's document, 0 if in less than a share of the known."""
        known = self.sample.known()
        may_differ, found = known - known * share, 0
        for row, books in zip(self.sample.rows, self.sample.documents, strict=True):
            if not books:
                continue
            if agrees(self.sample.cell(row, column), books):
                found += 1
            else:
                may_differ -= 1
                if may_differ < 0:
                    return 0
        return found


def _has_currency(cell: Cell, books: tuple[BookItem, ...]) -> bool:
    """Whether a cell is the currency of one of some documents."""
    return any(clean(cell) == book.currency for book in books)
