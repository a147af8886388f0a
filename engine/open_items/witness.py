"""The books as witness: what the cells of a list agree with in the books, whatever their headings say.

Most items of a daily list are as the books have them, so that agreement is strong evidence. That few or no values agree
proves nothing: a first list, or one of a system that the company leaves, has others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from ..books.partners import PartnerIndex
from ..items import BookPartner, Cell, PartnerTexts, Row
from ..values import numbers
from ..values.cells import clean, read_amount, read_number
from ..values.patterns import Patterns
from .items import BookItem

_SAMPLE, _CELLS = 1000, 20_000  # so many rows and cells, spread over the list, are looked at
_SHORTEST = 3  # a number of fewer signs is some document's by chance
_MOST = 5  # documents of one number; of more it says nothing
_KEYS = ("number", "ref", "vat", "email", "name")


class Witness:
    """Documents and partners of the books, to be asked by what a cell holds."""

    def __init__(
        self,
        books: Iterable[BookItem],
        partners: Iterable[BookPartner] = (),
        number_patterns: tuple[str, ...] = (),
        partner_keys: tuple[str, ...] = _KEYS,
    ) -> None:
        """Take what is open in the books; a part of it is enough.

        :param books: documents, amounts in ledger sign
        :param number_patterns: see ``ItemPolicy.number_patterns``
        :param partner_keys: see ``Policy.partner_keys``
        """
        self._documents: dict[str, list[BookItem]] = {}
        self._asked: dict[str, tuple[BookItem, ...]] = {}
        self._partners = PartnerIndex(partners, partner_keys)
        written = Patterns(number_patterns)
        for book in books:
            texts = {book.name, book.reference, book.payment_reference, book.original_number} - {None, "", "/"}
            keys = set(written.keys(book.name)) if written and book.name else set()
            for text in texts:
                keys.update((numbers.with_breaks(text or ""), numbers.without_breaks(text or "")))
            for key in keys:
                if len(key) >= _SHORTEST:
                    self._documents.setdefault(key, []).append(book)

    def documents(self, cell: Cell) -> tuple[BookItem, ...]:
        """Return the documents whose number a cell holds; none if so many bear it that it tells nothing."""
        if isinstance(cell, date):
            return ()
        text = read_number(cell)[0]
        if text not in self._asked:
            self._asked[text] = self._find(text)
        return self._asked[text]

    def _find(self, text: str) -> tuple[BookItem, ...]:
        """Return the documents of a number; one with separators between its digits is compared with them."""
        found = self._documents.get(numbers.with_breaks(text))
        if not found and not numbers.has_inner_break(text):
            found = self._documents.get(numbers.without_breaks(text))
        return tuple(found) if found and len(found) <= _MOST else ()

    def partners(self, texts: PartnerTexts) -> frozenset[int]:
        """Return the partners that texts name."""
        return self._partners.find(texts).candidates

    def partners_called(self, text: str) -> tuple[frozenset[int], frozenset[int]]:
        """Return the partners that have a text as their number, and those that have it as their name."""
        by_number = self.partners(PartnerTexts(None, text, None))
        return by_number, self.partners(PartnerTexts(None, None, text))


class Sample:
    """Rows spread over a table, and the documents that they name in the column which names most."""

    def __init__(self, rows: Sequence[Row], width: int, witness: Witness) -> None:
        """Look at each cell of the sample once."""
        self.witness = witness
        filled = [row for row in rows if len(row.cells) > 1]
        most = min(_SAMPLE, _CELLS // max(width, 1))
        self.rows = filled[:: len(filled) // most + 1]
        self.width = width
        self._hits = [[witness.documents(self.cell(row, column)) for row in self.rows] for column in range(width)]
        self.number = max(range(width), key=self.named, default=0)
        self.documents = self._hits[self.number] if self.named(self.number) else [()] * len(self.rows)

    @staticmethod
    def cell(row: Row, column: int) -> Cell:
        """Return a cell of a row, None where it has none."""
        return row.cells[column] if column < len(row.cells) else None

    def cells(self, column: int) -> list[Cell]:
        """Return a column's cells, one for each row."""
        return [self.cell(row, column) for row in self.rows]

    def filled(self, column: int) -> int:
        """Return in how many rows a column is filled."""
        return sum(1 for cell in self.cells(column) if clean(cell))

    def hits(self, column: int) -> list[tuple[BookItem, ...]]:
        """Return the documents that a column names in each row."""
        return self._hits[column]

    def named(self, column: int) -> int:
        """Return how many different documents a column names."""
        return len({books[0].id for books in self._hits[column] if books})

    def known(self) -> int:
        """Return in how many rows the document is known."""
        return sum(1 for books in self.documents if books)


def has_residual(cell: Cell, books: Iterable[BookItem], mark: str | None) -> bool:
    """Whether a cell is what is open of one of some documents, in its currency or the company's, whatever the sign."""
    amount = read_amount(cell, mark)
    return amount is not None and is_residual(amount.value, books)


def is_residual(value: Decimal, books: Iterable[BookItem]) -> bool:
    """Whether a value is what is open of one of some documents or of one of their due lines."""
    return bool(value) and any(abs(value) in residuals(book) for book in books)


def residuals(book: BookItem) -> set[Decimal]:
    """Return what is open of a document and of its due lines, in its currency and the company's, without sign."""
    lines = (amount for line in book.lines for amount in (line.residual, line.company_residual))
    return {abs(amount) for amount in (book.residual, book.company_residual, *lines) if amount}
