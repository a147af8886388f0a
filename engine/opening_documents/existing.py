"""The documents that the books have already: none is created a second time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

from ..values import numbers
from ..values.money import Money
from .items import BookDocument, DocumentType

_MARKS = {code: None for code in range(128) if chr(code) not in "123456789"}
_Plain = tuple[int, DocumentType, Date, str, Decimal]  # partner, type, date, currency and total
_Alike = tuple[int, DocumentType, str, Decimal]  # partner, type, currency and total


@dataclass(frozen=True, slots=True)
class Plain:
    """What a document without a number is recognised by; ``due_date``: None = any."""

    partner_id: int
    type: DocumentType
    date: Date
    due_date: Date | None
    currency: str
    total: Decimal


def number_form(number: str) -> str:
    """Return the form in which numbers of documents are compared."""
    return numbers.with_breaks(number) or number.strip()


def _marks(number: str) -> str:
    """Return what numbers of one form have in common in any case, found quickly: their digits without zeros."""
    return number.translate(_MARKS) if number.isascii() else ""


class Existing:
    """The documents of the books by partner and type, and by number or by what they are."""

    def __init__(
        self, books: Iterable[BookDocument], partners: Collection[int], forms: Iterable[str], money: Money
    ) -> None:
        """Put the documents of some partners into the dictionaries, by those of their numbers that are asked for."""
        self._money = money
        self._forms = set(forms)
        self._known = {_marks(form) for form in self._forms}
        self._numbered: dict[tuple[int, DocumentType, str], list[BookDocument]] = {}
        self._plain: dict[_Plain, dict[Date | None, list[BookDocument]]] = {}
        self._drafts: dict[_Alike, list[BookDocument]] = {}
        for book in sorted(books, key=lambda one: one.draft):  # what is posted is found before a draft
            if book.partner_id in partners:
                self._add(book)

    def find(
        self, partner_id: int, type_: DocumentType, form: str, total: Decimal, currency: str
    ) -> BookDocument | None:
        """Return the document of that number: of several the one with this total and currency, else the first one."""
        found = self._numbered.get((partner_id, type_, form), ())
        return next((book for book in found if self.same(book, total, currency)), found[0] if found else None)

    def take_all(self, wanted: Sequence[tuple[int, Plain]]) -> dict[int, BookDocument]:
        """Return index -> document of those without a number; each document is taken once.

        Those that give a due date go first: what doesn't give one takes any that is left.
        """
        stacks = {
            key: {due_date: books[::-1] for due_date, books in by_due_date.items()}
            for key, by_due_date in self._plain.items()
        }
        taken: dict[int, BookDocument] = {}
        for at, one in wanted:
            stack = stacks.get(self._key(one), {}).get(one.due_date)
            if stack and one.due_date is not None:
                taken[at] = stack.pop()
        rests = {key: [book for stack in by_due_date.values() for book in stack] for key, by_due_date in stacks.items()}
        for at, one in wanted:
            rest = rests.get(self._key(one))
            if rest and one.due_date is None:
                taken[at] = rest.pop()
        return taken

    def drafts(self, partner_id: int, type_: DocumentType, total: Decimal, currency: str) -> Sequence[BookDocument]:
        """Return the drafts of that partner, type, total and currency, whatever their number and date."""
        return self._drafts.get((partner_id, type_, currency, self._money.round(total, currency)), ())

    def same(self, book: BookDocument, total: Decimal, currency: str) -> bool:
        """Whether a document has this total, in this currency."""
        return book.currency == currency and self._money.same(book.total, total, currency)

    def _add(self, book: BookDocument) -> None:
        """Put one document into the dictionaries."""
        if book.draft:
            alike = (book.partner_id, book.type, book.currency, self._money.round(book.total, book.currency))
            self._drafts.setdefault(alike, []).append(book)
        if book.numberless:
            self._plain.setdefault(self._key(book), {}).setdefault(book.due_date, []).append(book)
        for form in {number_form(number) for number in book.numbers if self._may_be_asked(number)}:
            if form in self._forms:
                self._numbered.setdefault((book.partner_id, book.type, form), []).append(book)

    def _may_be_asked(self, number: str) -> bool:
        """Whether a number may have one of the forms that are asked for."""
        return not number.isascii() or _marks(number) in self._known

    def _key(self, one: BookDocument | Plain) -> _Plain:
        """Return what documents without a number have in common, due dates apart."""
        return (one.partner_id, one.type, one.date, one.currency, self._money.round(one.total, one.currency))
