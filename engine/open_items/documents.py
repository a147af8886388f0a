"""Finding documents of the books by their number, with dictionaries only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ..items import Kind
from ..values import numbers, patterns
from .items import BookItem

# Forms of a number from strict to loose; the first one that gives a document decides.
_FORMS: tuple[Callable[[str], str], ...] = (numbers.exact, numbers.with_breaks, numbers.without_breaks)
EXACT, WITH_BREAKS, WITHOUT_BREAKS = range(len(_FORMS))
BY_PATTERN = len(_FORMS)  # a document's name as the list writes it, see ``patterns``

NAME, REFERENCE, PAYMENT_REFERENCE, ORIGINAL = range(4)
_ORDER: dict[Kind | None, tuple[int, int, int]] = {
    "receivable": (NAME, REFERENCE, PAYMENT_REFERENCE),
    "payable": (REFERENCE, NAME, PAYMENT_REFERENCE),
    None: (NAME, REFERENCE, PAYMENT_REFERENCE),
}
# What an opening document was called before ranks with what it is called now: its name, for a bill the vendor's.
_LIKE_ORIGINAL: dict[Kind, int] = {"receivable": NAME, "payable": REFERENCE}
_NO_NAMES = frozenset({"", "/"})  # what Odoo calls a document that has no number yet
_FEW_DIGITS = 5  # with fewer, two numbers that differ in their separators are too easily two documents
_SCAN = 8  # up to so many documents of one number are looked through, more are searched by partner
_SHOWN = 5  # so many names are told of several


@dataclass(frozen=True)
class Hit:
    """Documents that a number fits, all at the same strictness. Items of one number share one hit: what is known of
    its documents together is worked out once, however many they are.

    ``level``: form of the number, ``field``: which of the document's texts it was, an original number being taken for
    the text that it ranks with. ``books``: several = ambiguous.
    ``loose``: the number fits only when its separators are ignored and has too few digits to trust that.
    """

    level: int
    field: int
    books: tuple[BookItem, ...]
    loose: bool = False

    @classmethod
    def of(cls, books: Iterable[BookItem]) -> Hit:
        """Return documents that were found in another way than by their number."""
        return cls(BY_PATTERN, NAME, tuple(books), True)

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller = stricter."""
        return (self.level, self.field)

    @cached_property
    def ids(self) -> frozenset[int]:
        """The documents."""
        return frozenset(book.id for book in self.books)

    @cached_property
    def owners(self) -> frozenset[int]:
        """Their partners."""
        return frozenset(book.partner_id for book in self.books)

    @cached_property
    def shown(self) -> str:
        """Their names, for a sentence."""
        names = {book.id: book.name or book.reference or str(book.id) for book in islice(self.books, 4 * _SHOWN)}
        return listed(names.values(), len(self.ids))


def listed(names: Iterable[str], count: int) -> str:
    """Return the first of ``count`` names with commas between them."""
    return ", ".join(islice(names, _SHOWN)) + (", …" if count > _SHOWN else "")


def _texts(book: BookItem) -> tuple[str | None, str | None, str | None, str | None]:
    """Return what a document is called, by field number."""
    name = None if book.name.strip() in _NO_NAMES else book.name
    return (name, book.reference, book.payment_reference, book.original_number)


class DocumentIndex:
    """The documents of the books by number.

    A number leads to codes (position * 4 + field) in the order of the documents' partners, so that those of one
    partner are found by bisection however many documents bear the same number.
    """

    def __init__(self, books: Sequence[BookItem], number_patterns: tuple[str, ...] = ()) -> None:
        """Prepare the documents; the dictionaries are made when they are needed."""
        self._patterns = patterns.Patterns(number_patterns)
        self._by_pattern: dict[str, list[int]] | None = None
        self._books = sorted(books, key=lambda book: book.partner_id)
        self._by_id = {book.id: book for book in books}
        self._levels: list[dict[str, list[int]] | None] = [None] * len(_FORMS)
        self._found: dict[tuple[object, ...], Hit | None] = {}

    def get(self, book_id: int) -> BookItem | None:
        """Return the document of that id, or None."""
        return self._by_id.get(book_id)

    def find(
        self, number: str, kind: Kind | None, partners: frozenset[int] | None, levels: int = len(_FORMS)
    ) -> Hit | None:
        """Return the documents that a number fits, posted ones first, or None.

        ``partners``: only theirs; None = anybody's. ``levels``: how many forms may be tried.
        """
        asked = (number, kind, partners, levels)
        if asked not in self._found:
            self._found[asked] = self._find(number, kind, partners, levels)
        return self._found[asked]

    def find_by_pattern(
        self, number: str, kind: Kind | None, partners: frozenset[int] | None, short: bool = True
    ) -> Hit | None:
        """Return the documents whose own name a list writes like that number, posted ones first, or None.

        A short number is no more than a hint in a list that names no partner, and where it may be a vendor's own.
        ``short``: whether one is looked for.
        """
        is_short = len(numbers.all_digits(number)) < _FEW_DIGITS
        is_hint = is_short and (partners is None or kind != "receivable")
        if not self._patterns or (is_short and not short):
            return None
        asked = (patterns.key(number), kind, partners, is_hint)
        if asked not in self._found:
            self._found[asked] = self._find_by_pattern(*asked)
        return self._found[asked]

    def _find_by_pattern(
        self, key: str, kind: Kind | None, partners: frozenset[int] | None, is_hint: bool
    ) -> Hit | None:
        """Do the work of :meth:`find_by_pattern`."""
        if self._by_pattern is None:
            self._by_pattern = self._build_by_pattern()
        codes = self._by_pattern.get(key) or []
        if partners is not None:
            codes = self._of_partners(codes, partners)
        books = [book for book in (self._books[code >> 2] for code in codes) if kind in (None, book.kind)]
        books = [book for book in books if book.state == "posted"] or books
        return Hit(BY_PATTERN, NAME, tuple(books), is_hint) if books else None

    def _build_by_pattern(self) -> dict[str, list[int]]:
        """Return form of a document's name -> codes."""
        index: dict[str, list[int]] = {}
        for position, book in enumerate(self._books):
            name = _texts(book)[NAME]
            if book.original_number not in (None, name):
                continue  # lists know it by that number, not by the one that it got here
            for key in self._patterns.keys(name) if name else ():
                index.setdefault(key, []).append(position * 4 + NAME)
        return index

    def _find(self, number: str, kind: Kind | None, partners: frozenset[int] | None, levels: int) -> Hit | None:
        """Do the work of :meth:`find`.

        A draft or cancelled document that fits better than a posted one leaves the choice to a person: both are given.
        """
        unposted: Hit | None = None
        for level in range(levels):
            codes = self._codes(number, level, kind, partners)
            for field in _ORDER[kind] if codes else ():
                books = [self._books[code >> 2] for code in codes if self._field(code) == field]
                posted = tuple(book for book in books if book.state == "posted")
                if posted and unposted is None:
                    return Hit(level, field, posted, self._is_loose(number, level))
                if posted and unposted is not None:
                    return Hit(unposted.level, unposted.field, unposted.books + posted)
                if books and unposted is None:
                    unposted = Hit(level, field, tuple(books), self._is_loose(number, level))
        return unposted

    def _field(self, code: int) -> int:
        """Return which text of its document a code stands for; an original number takes the field it ranks with."""
        field = code & 3
        return _LIKE_ORIGINAL[self._books[code >> 2].kind] if field == ORIGINAL else field

    def _codes(self, number: str, level: int, kind: Kind | None, partners: frozenset[int] | None) -> list[int]:
        """Return the codes of the documents with that form of the number, of that kind and of these partners."""
        key = _FORMS[level](number)
        codes = self._level(level).get(key) if key else None
        if not codes:
            return []
        if partners is not None:
            codes = self._of_partners(codes, partners)
        books = self._books
        if kind is not None:
            codes = [code for code in codes if books[code >> 2].kind == kind]
        if level == WITHOUT_BREAKS and numbers.has_inner_break(number):
            # 2026-1-11 is not 2026-11-1: without separators they may only meet a number that has none.
            codes = [code for code in codes if not numbers.has_inner_break(_texts(books[code >> 2])[code & 3] or "")]
        return codes

    def _of_partners(self, codes: list[int], partners: frozenset[int]) -> list[int]:
        """Return those codes whose documents belong to one of these partners."""
        books = self._books
        if len(codes) <= max(_SCAN, len(partners)):
            return [code for code in codes if books[code >> 2].partner_id in partners]
        found: list[int] = []
        for partner in sorted(partners):
            start = bisect_left(codes, partner, key=lambda code: books[code >> 2].partner_id)
            for at in range(start, len(codes)):
                if books[codes[at] >> 2].partner_id != partner:
                    break
                found.append(codes[at])
        return found

    def _is_loose(self, number: str, level: int) -> bool:
        """Whether a hit at that level is no more than a hint."""
        return level == WITHOUT_BREAKS and len(numbers.all_digits(number)) < _FEW_DIGITS

    def _level(self, level: int) -> dict[str, list[int]]:
        """Return the dictionary of one form of the numbers; it is made when first needed."""
        index = self._levels[level]
        if index is None:
            index = self._levels[level] = self._build(_FORMS[level])
        return index

    def _build(self, form: Callable[[str], str]) -> dict[str, list[int]]:
        """Return number in that form -> codes; a text that repeats an earlier one of its document is left out."""
        index: dict[str, list[int]] = {}
        for position, book in enumerate(self._books):
            texts = _texts(book)
            seen: list[str] = []
            first, *others = _ORDER[book.kind]
            for field in (first, ORIGINAL, *others):
                text = texts[field]
                key = form(text) if text else ""
                if not key or key in seen:
                    continue
                seen.append(key)
                codes = index.get(key)
                if codes is None:
                    index[key] = [position * 4 + field]
                else:
                    codes.append(position * 4 + field)
        return index
