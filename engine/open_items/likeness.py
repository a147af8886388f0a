"""Documents that a reported item may mean although its number doesn't say so.

Such an item is shown to a person and the document is not closed as absent: better a question than a payment.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ..items import Kind
from ..values import numbers
from .documents import Hit
from .items import BookItem, ItemPolicy, ReportedItem
from .waiting import Traits

_SCAN = 16  # up to so many open documents of a partner are looked through
_MOST = 500  # of a partner with more, so many that share end of number, amount or date with the item are looked at
Place = tuple[int | None, Kind | None]


@dataclass(frozen=True)
class _Card:
    """An open document. ``texts``: its name, reference and original number, ``endings``: of these."""

    book: BookItem
    texts: tuple[str, ...]
    endings: tuple[numbers.Ending, ...]

    @cached_property
    def sequences(self) -> frozenset[str]:
        """Its place in a series, by any of its numbers."""
        return frozenset().union(*(numbers.sequences(text, booked=True) for text in self.texts))

    @cached_property
    def full_numbers(self) -> frozenset[str]:
        """What is nobody else's number by chance."""
        return frozenset().union(*(numbers.full_numbers(text, booked=True) for text in self.texts))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A reported item. ``ending``: of its number, None = it has none. ``dates``: those that it gives.

    ``sequences``, ``full_numbers``: of its number and its reference.
    """

    item: ReportedItem
    ending: numbers.Ending | None
    dates: tuple[date, ...]
    sequences: frozenset[str]
    full_numbers: frozenset[str]

    def same_number(self, card: _Card) -> bool:
        """Whether the item's number and one of the document's numbers may be one, written differently."""
        ending = self.ending
        if ending is not None and any(numbers.alike(ending, other) for other in card.endings):
            return True
        return not self.sequences.isdisjoint(card.sequences)

    def names(self, card: _Card) -> bool:
        """Whether the item's number is the document's by more than chance, or by its end on the document's date."""
        if not self.full_numbers.isdisjoint(card.full_numbers):
            return True
        same_date = (self.item.date or self.item.due_date) in (card.book.date, card.book.due_date)
        return bool(self.dates) and same_date and not self.sequences.isdisjoint(card.sequences)


class _Shelf:
    """Open documents of one partner and kind; many of them are found by end of number, amount and date."""

    def __init__(self, cards: list[_Card], deep: bool) -> None:
        """Prepare the documents; many of them get dictionaries when they are needed.

        :param deep: whether they are also looked up by what their numbers may be read as
        """
        self._deep = deep
        self.ids = frozenset(card.book.id for card in cards)
        self._cards = cards
        self._index: dict[object, list[_Card]] | None = None

    def near(self, wanted: _Wanted) -> Iterable[_Card]:
        """Return the documents worth a closer look."""
        if len(self._cards) <= _SCAN:
            return self._cards
        if self._index is None:
            self._index = self._build()
        item = wanted.item
        keys: list[object] = [item.balance, item.company_balance]
        keys += wanted.dates if wanted.ending is None else wanted.ending[:1]
        keys += sorted(wanted.sequences | wanted.full_numbers) if self._deep else ()
        found: dict[int, _Card] = {}
        for key in reversed(keys):
            for card in self._index.get(key, ())[:_MOST] if key else ():
                found[card.book.id] = card
        return found.values()

    def _build(self) -> dict[object, list[_Card]]:
        """Return end of number, amount or date -> documents (values of different types never meet)."""
        index: dict[object, list[_Card]] = {}
        for card in self._cards:
            book = card.book
            keys: set[object] = {book.residual, book.total, book.company_residual, book.company_total}
            keys.update((book.date, book.due_date), (ending[0] for ending in card.endings))
            if self._deep:
                keys |= card.sequences | card.full_numbers
            for key in keys:
                index.setdefault(key, []).append(card)
        return index


class Likeness:
    """The open documents that no item names by number."""

    def __init__(self, books: Sequence[BookItem], taken: frozenset[int], policy: ItemPolicy) -> None:
        """Take the open documents that are not ``taken`` by an item."""
        self._policy = policy
        self._open = [book for book in books if book.state == "posted" and book.residual and book.id not in taken]
        self._cards: dict[int, list[_Card]] | None = None
        self._shelves: dict[Place, _Shelf] = {}
        self.taken = taken
        self._traits = Traits(policy)
        self._by_traits: dict[Hashable, list[BookItem]] | None = None
        self._hits: dict[Hashable, Hit] = {}
        self._of_several: dict[tuple[Kind | None, frozenset[int]], frozenset[int]] = {}

    def of_partner(self, item: ReportedItem, kind: Kind | None, partner: int) -> tuple[BookItem, ...]:
        """Return the documents of a partner that look like the item; ``kind`` None = of either kind."""
        wanted = _wanted(item)
        near = self._shelf(partner, kind).near(wanted)
        return tuple(card.book for card in near if self._resembles(wanted, card))

    def of_anybody(self, item: ReportedItem, kind: Kind | None) -> tuple[BookItem, ...]:
        """Return the documents that look like an item whose partner is unknown: here amount *and* number or date."""
        if item.balance is None:
            return ()
        wanted = _wanted(item)
        return tuple(
            card.book
            for card in self._shelf(None, kind).near(wanted)
            if self._same_amount(item, card.book) and (item.date == card.book.date or wanted.same_number(card))
        )

    def of_others(self, item: ReportedItem, kind: Kind | None, partner: int) -> Hit | None:
        """Return the documents of other partners that bear the item's number and have its amount or date, or None."""
        if self._by_traits is None:
            self._by_traits = {}
            for book in self._open:
                for key in self._traits.of_book(book):
                    self._by_traits.setdefault((key, book.kind), []).append(book)
        for key in self._traits.of_number(item):
            for one in ("receivable", "payable"):
                found = self._by_traits.get((key, one)) if kind in (None, one) else None
                if found and any(book.partner_id != partner for book in found):
                    return self._hits.setdefault((key, one), Hit.of(found))
        return None

    def all_of_partner(self, kind: Kind | None, partner: int) -> frozenset[int]:
        """Return the ids of a partner's open documents."""
        return self._shelf(partner, kind).ids

    def all_of_partners(self, kind: Kind | None, partners: frozenset[int]) -> frozenset[int]:
        """Return the ids of the open documents of several partners; of the same ones always the same set."""
        asked = (kind, partners)
        if asked not in self._of_several:
            self._of_several[asked] = frozenset().union(*(self._shelf(one, kind).ids for one in partners))
        return self._of_several[asked]

    def _shelf(self, partner: int | None, kind: Kind | None) -> _Shelf:
        """Return the open documents of a partner (None = of all) and kind (None = of both)."""
        place = (partner, kind)
        if place not in self._shelves:
            cards = self._of_partner(partner)
            self._shelves[place] = _Shelf(
                [card for card in cards if kind is None or card.book.kind == kind], deep=partner is not None
            )
        return self._shelves[place]

    def _of_partner(self, partner: int | None) -> list[_Card]:
        """Return the open documents of a partner, or of all."""
        if self._cards is None:
            self._cards = {}
            for book in self._open:
                texts = tuple(text for text in {book.name, book.reference, book.original_number} if text)
                card = _Card(book, texts, tuple(map(numbers.ending, texts)))
                self._cards.setdefault(book.partner_id, []).append(card)
        if partner is None:
            return [card for cards in self._cards.values() for card in cards]
        return self._cards.get(partner, [])

    def _resembles(self, wanted: _Wanted, card: _Card) -> bool:
        """Whether an item of the document's own partner may mean that document."""
        item, book = wanted.item, card.book
        if item.balance is None:
            return wanted.same_number(card)
        if not item.balance:
            return False
        if wanted.names(card):
            return True
        if self._same_amount(item, book):
            same_residual = item.balance in (book.residual, book.company_residual)
            if not item.number or (item.date == book.date and same_residual) or wanted.same_number(card):
                return True
        return self._may_be_part(item, book) and self._is_part(wanted, card)

    def _is_part(self, wanted: _Wanted, card: _Card) -> bool:
        """Whether number or dates say that an item is what is left of a document of its partner."""
        item, book = wanted.item, card.book
        if wanted.ending is not None:
            tail = wanted.ending[0]
            certain = len(tail) >= 2 if item.date == book.date else len(tail) >= 3 and not wanted.dates
            return certain and wanted.same_number(card)
        is_invoice = (book.total > 0) == (book.kind == "receivable")
        return is_invoice and (not wanted.dates or item.date == book.date or book.due_date in wanted.dates)

    def _same_amount(self, item: ReportedItem, book: BookItem) -> bool:
        """Whether the item's balance is the document's residual or total, in its currency or the company's."""
        company = self._policy.company_currency
        currency = item.currency or company
        of_company = (book.company_residual, book.company_total)
        if item.company_balance is not None and item.company_balance in of_company:
            return True
        same_currency = currency == book.currency or (item.currency is None and not self._policy.names_currency)
        if same_currency and item.balance in (book.residual, book.total):
            return True
        return currency == company and item.balance in of_company

    def _may_be_part(self, item: ReportedItem, book: BookItem) -> bool:
        """Whether the item's balance can be what is left of the document: same sign, not above its total."""
        same_currency = (item.currency or self._policy.company_currency) == book.currency
        total = book.total if same_currency else book.company_total
        balance = item.balance or Decimal(0)
        return (balance > 0) == (total > 0) and abs(balance) <= abs(total)


def _wanted(item: ReportedItem) -> _Wanted:
    """Return an item with what is compared of it."""
    dates = tuple(day for day in (item.date, item.due_date) if day)
    texts = [text for text in (item.number, item.reference) if text]
    return _Wanted(
        item,
        numbers.ending(item.number) if item.number else None,
        dates,
        frozenset().union(*map(numbers.sequences, texts)),
        frozenset().union(*map(numbers.full_numbers, texts)),
    )
