"""Documents that rows may mean which wait for a person: they are not taken for absent.

Every waiting row tells what the document that it means has to be like; a document is looked up by what it is like. So
one look at each is enough, however many rows wait.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

from ..items import Kind
from ..values import numbers
from ..values.cells import SIGNS
from .items import BookItem, ItemPolicy, Match, ReportedItem

_BY_NUMBER = ("document_ambiguous", "document_taken")  # the number does name documents, only not which one
_FEW = 20  # a row that fits more partners may be anybody's
_ANYBODY = 0
_UNNAMED = -1  # any partner that the list doesn't name elsewhere
Place = tuple[int, Kind | None]


class Traits:
    """What rows and documents are alike in, as keys of dictionaries."""

    def __init__(self, policy: ItemPolicy) -> None:
        """Take the currencies."""
        self._policy = policy

    def of_number(self, item: ReportedItem) -> Iterator[Hashable]:
        """Yield what the document is like that a row's number means although it is another partner's: that number, and
        amount or date; of the end of the number alone, both.
        """
        amounts, dates = self.amounts(item), _dates(item)
        for number in _numbers(_texts(item)):
            yield from ((number, one) for one in (*amounts, *dates))
        for sequence in _sequences(_texts(item)):
            yield from ((sequence, amount, day) for amount in amounts for day in dates)

    def of_book(self, book: BookItem) -> Iterator[Hashable]:
        """Yield the same of a document."""
        amounts, days = self.amounts_of(book), _book_dates(book)
        for number in _numbers(_book_texts(book), booked=True):
            yield from ((number, one) for one in (*amounts, *days))
        for sequence in _sequences(_book_texts(book), booked=True):
            yield from ((sequence, amount, day) for amount in amounts for day in days)

    def amounts(self, item: ReportedItem) -> list[Hashable]:
        """Return the amounts that a row gives, with their currency ("" = any)."""
        company = self._policy.company_currency
        amounts: list[tuple[str, Decimal | None]] = [
            (item.currency or company, item.balance),
            (company, item.company_balance),
        ]
        if item.currency in SIGNS or (item.currency is None and not self._policy.names_currency):
            amounts.append(("", item.balance))
        return [("amount", currency, abs(amount)) for currency, amount in amounts if amount]

    def amounts_of(self, book: BookItem) -> list[Hashable]:
        """Return a document's amounts in the same way."""
        company = self._policy.company_currency
        amounts = {
            (currency, abs(amount)) for currency in (book.currency, "") for amount in (book.residual, book.total)
        }
        amounts |= {(company, abs(book.company_residual)), (company, abs(book.company_total))}
        return [("amount", *amount) for amount in sorted(amounts)]


class Waiting:
    """The rows that wait for a person. ``vague``: those that tell neither whose nor which document they mean."""

    def __init__(self, rows: Iterable[tuple[ReportedItem, Match]], named: Collection[int], policy: ItemPolicy) -> None:
        """Take the rows for which no document was found.

        :param named: the partners that the list names in any row
        """
        self._named = named
        self._traits = Traits(policy)
        self._rows: dict[Hashable, int] = {}
        self.vague: list[ReportedItem] = []
        for item, found in rows:
            partners = found.partners or (frozenset({found.partner_id}) if found.partner_id else frozenset())
            is_known = 0 < len(partners) <= _FEW
            for key in self._of_partners(item, found, partners) if is_known else self._of_anybody(item, found):
                self._rows.setdefault(key, item.row)

    def row_of(self, book: BookItem) -> int | None:
        """Return a row that may mean the document, or None."""
        if not self._rows:
            return None
        return next((self._rows[key] for key in self._asked(book) if key in self._rows), None)

    def _of_partners(self, item: ReportedItem, found: Match, partners: Iterable[int]) -> Iterator[Hashable]:
        """Yield what a document of one of these partners has to be like; of a row that tells too little, nothing."""
        told: list[Hashable] = [()]
        if not _tells_too_little(item, found):
            told = [*self._traits.amounts(item), *_dates(item), *_sequences(_texts(item))]
        for partner in partners:
            for one in told:
                yield ((partner, _kind(item, found)), one)
        yield from (((_ANYBODY, _kind(item, found)), one) for one in self._traits.of_number(item))

    def _of_anybody(self, item: ReportedItem, found: Match) -> Iterator[Hashable]:
        """Yield what a document has to be like that a row of an unknown partner may mean: more than one likeness,
        unless the row tells no more, or the list names the document's partner nowhere.
        """
        place = (_ANYBODY, _kind(item, found))
        amounts, dates = self._traits.amounts(item), _dates(item)
        for text in _numbers(_texts(item)):
            yield (place, text)
        for sequence in _sequences(_texts(item)):
            for one in (*amounts, *dates):
                yield (place, (sequence, one))
        for amount in amounts:
            yield from ((place, (amount, day)) for day in dates)
            yield ((_UNNAMED, place[1]), amount)
        if not amounts or not _texts(item):
            yield from (((_ANYBODY if not amounts else _UNNAMED, place[1]), day) for day in dates)
        if not found.protected and (not amounts or not (_texts(item) or dates)):
            self.vague.append(item)

    def _asked(self, book: BookItem) -> Iterator[Hashable]:
        """Yield all that a document is like."""
        amounts, days = self._traits.amounts_of(book), _book_dates(book)
        sequences, full = _sequences(_book_texts(book), booked=True), _numbers(_book_texts(book), booked=True)
        single: list[Hashable] = [(), *amounts, *days, *sequences]
        several: list[Hashable] = [*full, *self._traits.of_book(book)]
        several += [(sequence, one) for sequence in sequences for one in (*amounts, *days)]
        several += [(amount, day) for amount in amounts for day in days]
        for kind in (book.kind, None):
            yield from (((book.partner_id, kind), one) for one in single)
            yield from (((_ANYBODY, kind), one) for one in (*several, *days))
            if book.partner_id not in self._named:
                yield from (((_UNNAMED, kind), one) for one in (*amounts, *days))


def _tells_too_little(item: ReportedItem, found: Match) -> bool:
    """Whether a row of a known partner may mean any document of that partner."""
    code = found.reason.code if found.reason else ""
    if item.balance is None:
        return code not in _BY_NUMBER
    has_number = bool(_texts(item)) and code != "number_other_partner"
    return item.number_unsure or not (item.date or item.due_date or has_number)


def _kind(item: ReportedItem, found: Match) -> Kind | None:
    """Return the kind of document that a row means, None = it doesn't tell."""
    return found.kind or item.kind


def _texts(item: ReportedItem) -> list[str]:
    """Return the numbers that a row gives; one that is damaged is none."""
    texts = (None if item.number_unsure else item.number, item.reference)
    return [text for text in texts if text]


def _dates(item: ReportedItem) -> list[Hashable]:
    """Return the dates that a row gives: its document date, or else its due date."""
    day = item.date or item.due_date
    return [("date", day)] if day else []


def _sequences(texts: Sequence[str], booked: bool = False) -> list[Hashable]:
    """Return places in a series; ``booked``: of a document."""
    places = {one for text in texts for one in numbers.sequences(text, booked)}
    return [("sequence", found) for found in sorted(places)]


def _numbers(texts: Sequence[str], booked: bool = False) -> list[Hashable]:
    """Return full numbers; ``booked``: of a document."""
    full = {one for text in texts for one in numbers.full_numbers(text, booked)}
    return [("number", found) for found in sorted(full)]


def _book_texts(book: BookItem) -> list[str]:
    """Return the numbers that a document has."""
    return [text for text in (book.name, book.reference, book.original_number) if text]


def _book_dates(book: BookItem) -> list[Hashable]:
    """Return the dates that a document has."""
    return [("date", day) for day in dict.fromkeys((book.date, book.due_date)) if day]
