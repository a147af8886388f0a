"""Reported items and the documents and partners of the books that they mean.

Nothing is guessed: what is not certain gets a ``reason`` and waits for a person, and the documents that it may mean are
``protected``, so that they are not taken for absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..books.partners import PartnerIndex, Who
from ..errors import Issue
from ..items import Assignment, BookPartner, Kind
from .documents import BY_PATTERN, EXACT, NAME, REFERENCE, WITHOUT_BREAKS, DocumentIndex, Hit
from .items import BookItem, ItemPolicy, Match, ReportedItem
from .likeness import Likeness

_FEW = 20  # documents of so many possible partners are compared one by one, of more all are protected
Rank = tuple[int, int, int]  # how strictly an item names its document: 0 number / 1 reference, level, field


def match(
    items: Sequence[ReportedItem],
    books: Sequence[BookItem],
    partners: Iterable[BookPartner],
    policy: ItemPolicy,
    assigned: Mapping[int, Assignment] | None = None,
) -> tuple[Match, ...]:
    """Pair each reported item with a document, or with its partner, or say why a person must.

    :param items: what was read, or the rejected items (their balance is None)
    :param books: documents of the books, of every state, paid ones as well
    :param partners: partners and contacts of the books
    :param assigned: index of an item -> what a person said about it; beats everything
    :return: one match per item, in their order; amounts are compared in ledger sign
    """
    matcher = _Matcher(books, partners, policy)
    return matcher.match(items, assigned or {})


@dataclass(frozen=True, slots=True)
class _Open:
    """An item whose document was not found. ``said``: a person named the partner."""

    who: Who
    said: bool = False


class _Matcher:
    """One run of :func:`match`."""

    def __init__(self, books: Sequence[BookItem], partners: Iterable[BookPartner], policy: ItemPolicy) -> None:
        """Prepare the dictionaries of documents and partners."""
        self._books = books
        self._policy = policy
        self._documents = DocumentIndex(books, policy.number_patterns)
        self._partners = PartnerIndex(partners, policy.partner_keys)
        self._ranks: dict[int, Rank] = {}
        self._open: dict[int, _Open] = {}
        self._joined: dict[tuple[object, ...], Hit] = {}

    def match(self, items: Sequence[ReportedItem], assigned: Mapping[int, Assignment]) -> tuple[Match, ...]:
        """Match by number first, then look at what is left over with all the others known."""
        nothing = Assignment()
        matches = [self._pair(at, item, assigned.get(at, nothing)) for at, item in enumerate(items)]
        self._keep_strictest(items, matches)
        taken = frozenset(found.book_id for found in matches if found.book_id)
        likeness = Likeness(self._books, taken, self._policy)
        for at, left in self._open.items():
            matches[at] = self._without_document(at, items[at], left, likeness)
        for at, found in enumerate(matches):
            if found.reason and found.reason.code in ("partner_unknown", "partner_missing"):
                like = frozenset(book.id for book in likeness.of_anybody(items[at], items[at].kind))
                if not like <= found.protected:
                    matches[at] = replace(found, protected=found.protected | like)
        return tuple(matches)

    # --- By number

    def _pair(self, at: int, item: ReportedItem, said: Assignment) -> Match:
        """Match one item by a person's word or its number; what has none stays in ``_open``."""
        if said.book_id:
            return self._assigned(at, item, said)
        who = Who(frozenset({said.partner_id})) if said.partner_id else self._partners.find(item.partner(item.kind))
        if not who.named:
            return self._nameless(at, item)
        if not who.candidates:
            return self._unknown(at, item)
        hit, source = self._document(item, who.candidates)
        if who.conflict:
            return self._conflict(at, item, who, hit)
        if hit is None:
            self._open[at] = _Open(who, bool(said.partner_id))
            return Match(at)
        return self._settle(at, item, hit, source, bool(said.partner_id))

    def _assigned(self, at: int, item: ReportedItem, said: Assignment) -> Match:
        """Match with the document that a person chose."""
        book = self._documents.get(said.book_id)
        if book is None:
            partners = self._partners.find(item.partner(item.kind)).candidates if not said.partner_id else frozenset()
            reason = _reason("assigned_missing", item)
            return Match(at, item.kind, said.partner_id, reason=reason, partners=partners)
        return Match(at, book.kind, book.partner_id, book.id)

    def _document(self, item: ReportedItem, partners: frozenset[int] | None) -> tuple[Hit | None, int]:
        """Return the documents that the item's number, or else its reference, fits; and which of the two it was."""
        hit = self._by_number(item, partners)
        reference = item.reference if item.reference != item.number else None
        if hit is None:
            return (self._by_reference(reference, item.kind, partners) if reference else None), 1
        if reference and (hit.field != NAME or hit.level == BY_PATTERN) and len(hit.books) == 1:
            # A number may be the vendor's or the package's own: if the reference means another bill, who can tell?
            other = self._documents.find(reference, item.kind, partners, WITHOUT_BREAKS)
            if other and hit.books[0].id not in other.ids:
                return self._join(hit, other), 0
        return hit, 0

    def _by_number(self, item: ReportedItem, partners: frozenset[int] | None) -> Hit | None:
        """Return the documents that the item's number fits, the list's way of writing numbers last."""
        if not item.number:
            return None
        if item.number_unsure:
            return self._documents.find(item.number, item.kind, partners, EXACT + 1)
        hit = self._documents.find(item.number, item.kind, partners)
        if hit is None:
            hit = self._documents.find_by_pattern(item.number, item.kind, partners)
            if hit and hit.loose and len(hit.books) == 1 and _agrees(item, hit.books[0]):
                hit = replace(hit, loose=False)
        return hit

    def _by_reference(self, reference: str, kind: Kind | None, partners: frozenset[int] | None) -> Hit | None:
        """Return the documents that the item's reference fits."""
        hit = self._documents.find(reference, kind, partners)
        return hit or self._documents.find_by_pattern(reference, kind, partners, short=False)

    def _settle(self, at: int, item: ReportedItem, hit: Hit, source: int, said: bool) -> Match:
        """Match with the document found, unless there are several or the number is only a hint."""
        book = hit.books[0]
        if len(hit.ids) > 1:
            code = "partner_ambiguous" if len(hit.owners) > 1 else "document_ambiguous"
            partner = 0 if len(hit.owners) > 1 else book.partner_id
            reason = _reason(code, item, names=self._partners.names(hit.owners), documents=hit.shown)
            partners = hit.owners if not partner else frozenset()
            kind = item.kind or _common_kind(hit, partner)
            return Match(at, kind, partner, reason=reason, protected=hit.ids, partners=partners)
        if hit.loose or (source == 1 and not said and not self._reference_counts(item, hit)):
            return self._hint("looks_like", at, item, hit, book.partner_id)
        self._ranks[at] = (source, *hit.rank)
        return Match(at, book.kind, book.partner_id, book.id)

    def _reference_counts(self, item: ReportedItem, hit: Hit) -> bool:
        """Whether an item whose number is unknown means the document that its reference names.

        Credit and debit notes made elsewhere refer to an invoice too, and orders have several invoices.
        """
        book = hit.books[0]
        if not item.number or item.balance is None:
            return True
        if _agrees(item, book, amount_only=True):
            return True
        if book.kind == "payable":
            sure = self._policy.payables_sign != "assumed"
            return not sure or not item.balance or (item.balance > 0) == (book.total > 0)
        if hit.field == REFERENCE:
            return False
        same_sign = not item.balance or (item.balance > 0) == (book.total > 0)
        return same_sign and (item.date == book.date or (item.date is None and item.due_date in (None, book.due_date)))

    def _nameless(self, at: int, item: ReportedItem) -> Match:
        """Match an item of a list that names no partner: by a number that only one document of all has."""
        hit, source = self._document(item, None)
        if hit is None:
            return Match(at, item.kind, reason=_reason("partner_missing", item))
        if len(hit.books) == 1 and hit.field == REFERENCE and not _agrees(item, hit.books[0]):
            # What partners call their own documents is unique only by chance.
            return self._hint("looks_like", at, item, hit, 0)
        found = self._settle(at, item, hit, source, False)
        if found.reason and found.reason.code == "partner_ambiguous":
            reason = replace(found.reason, code="document_ambiguous")
            return replace(found, reason=reason)
        return found

    def _unknown(self, at: int, item: ReportedItem) -> Match:
        """Return the review of an item whose partner nobody is; a document of that number is suggested."""
        hit, _source = self._document(item, None)
        if hit is None:
            return Match(at, item.kind, reason=_reason("partner_unknown", item))
        found = self._hint("partner_unknown", at, item, hit, 0)
        if len(found.protected) == 1 and not hit.loose:
            book = hit.books[0]
            return replace(found, suggestion=Assignment(book.partner_id, book.id))
        return replace(found, suggestion=Assignment())

    def _conflict(self, at: int, item: ReportedItem, who: Who, hit: Hit | None) -> Match:
        """Return the review of an item whose number and VAT number mean different partners."""
        if hit is None:
            self._open[at] = _Open(who)
            return Match(at)
        found = self._hint("partner_conflict", at, item, hit, 0, names=self._partners.names(who.candidates))
        return replace(found, partners=who.candidates)

    def _keep_strictest(self, items: Sequence[ReportedItem], matches: list[Match]) -> None:
        """Where items name one document by different texts, only those that name it most strictly keep it."""
        best: dict[int, tuple[Rank, int]] = {}
        for at, rank in self._ranks.items():
            book_id = matches[at].book_id
            if book_id not in best or rank < best[book_id][0]:
                best[book_id] = (rank, at)
        for at, rank in self._ranks.items():
            strictest, first = best[matches[at].book_id]
            book = None if rank == strictest else self._documents.get(matches[at].book_id)
            if book is not None:
                other = items[first].row
                taken = Hit.of((book,))
                matches[at] = self._hint("document_taken", at, items[at], taken, book.partner_id, other_row=other)

    # --- Without a document

    def _without_document(self, at: int, item: ReportedItem, left: _Open, likeness: Likeness) -> Match:
        """Return the match of an item whose partner may be known and whose document is not."""
        who = left.who
        if who.conflict or len(who.candidates) > 1:
            code = "partner_conflict" if who.conflict else "partner_ambiguous"
            return self._several(code, at, item, who, likeness)
        partner = next(iter(who.candidates))
        review = None if left.said else self._doubt(at, item, who, partner, likeness)
        kind = item.kind or self._kind(who, partner, left.said)
        if review is not None:
            return replace(review, kind=kind or review.kind) if review.partner_id else review
        if kind is None:
            protected = likeness.all_of_partner(None, partner) if item.balance is None else frozenset()
            return Match(at, None, partner, reason=_reason("kind_unknown", item), protected=protected)
        return Match(at, kind, partner)

    def _several(self, code: str, at: int, item: ReportedItem, who: Who, likeness: Likeness) -> Match:
        """Return the review of an item that may be of several partners; what looks like it is protected."""
        reason = _reason(code, item, names=self._partners.names(who.candidates))
        if len(who.candidates) > _FEW:
            every = likeness.all_of_partners(item.kind, who.candidates)
            return Match(at, item.kind, reason=reason, protected=every)
        like = [book.id for one in sorted(who.candidates) for book in likeness.of_partner(item, item.kind, one)]
        return Match(at, item.kind, reason=reason, protected=frozenset(like), partners=who.candidates)

    def _doubt(self, at: int, item: ReportedItem, who: Who, partner: int, likeness: Likeness) -> Match | None:
        """Return the review of an item that had better not become an external item, or None."""
        unnumbered = not item.number and item.balance is None
        if item.number_unsure or unnumbered:
            reason = _reason("number_unsure", item)
            protected = likeness.all_of_partner(item.kind, partner)
            return Match(at, item.kind, partner, reason=reason, protected=protected)
        hit = self._elsewhere(item)
        if hit is not None and not hit.ids <= likeness.taken:
            names = self._partners.names(hit.owners)
            return self._hint("number_other_partner", at, item, hit, partner, names=names)
        like = likeness.of_partner(item, item.kind, partner)
        if who.by_name and who.by_name != partner:
            like += likeness.of_partner(item, item.kind, who.by_name)
            names = self._partners.names(frozenset({partner, who.by_name}))
            found = self._hint("partner_conflict", at, item, Hit.of(like), 0, names=names)
            return replace(found, suggestion=Assignment(partner), partners=frozenset({partner, who.by_name}))
        if like:
            return self._hint("looks_like", at, item, Hit.of(like), partner)
        hit = likeness.of_others(item, item.kind, partner)
        if hit is not None:
            names = self._partners.names(hit.owners)
            return self._hint("number_other_partner", at, item, hit, partner, names=names)
        return None

    def _elsewhere(self, item: ReportedItem) -> Hit | None:
        """Return the documents of other partners that bear exactly this name; vendors' own numbers may well repeat."""
        if not item.number or item.kind == "payable":
            return None
        hit = self._documents.find(item.number, "receivable", None, WITHOUT_BREAKS)
        if hit is None and item.kind is None:
            hit = self._documents.find(item.number, None, None, EXACT + 1)
        if hit is None:
            hit = self._documents.find_by_pattern(item.number, "receivable", None, short=False)
        return hit if hit is not None and hit.field == NAME else None

    def _kind(self, who: Who, partner: int, said: bool) -> Kind | None:
        """Return what an item without document and kind is: by the list, or by the number that found its partner."""
        cover = self._policy.cover
        if cover == "receivable" or cover == "payable":
            return cover
        is_debtor, is_creditor = partner in who.debtors, partner in who.creditors
        if is_debtor != is_creditor:
            return "receivable" if is_debtor else "payable"
        kinds = self._partners.numbered_kinds(partner) if said else frozenset()
        return next(iter(kinds)) if len(kinds) == 1 else None

    # --- Helpers

    @staticmethod
    def _hint(code: str, at: int, item: ReportedItem, hit: Hit, partner: int, **values: object) -> Match:
        """Return a review that protects these documents and, if it is only one, suggests it."""
        suggestion = Assignment(hit.books[0].partner_id, hit.books[0].id) if len(hit.ids) == 1 else Assignment()
        reason = _reason(code, item, documents=hit.shown, **values)
        kind = item.kind or _common_kind(hit, partner)
        return Match(at, kind, partner, reason=reason, suggestion=suggestion, protected=hit.ids)

    def _join(self, one: Hit, other: Hit) -> Hit:
        """Return the documents of two hits as those of the first; of the same two always the same ones."""
        asked = (one.rank, one.loose, one.ids, other.ids)
        if asked not in self._joined:
            self._joined[asked] = replace(one, books=one.books + other.books)
        return self._joined[asked]


def _common_kind(hit: Hit, partner: int) -> Kind | None:
    """Return the kind of the partner's documents that a row may mean, None if it may mean both kinds or others'."""
    kinds = {book.kind for book in hit.books}
    return next(iter(kinds)) if len(kinds) == 1 and hit.owners == {partner} else None


def _agrees(item: ReportedItem, book: BookItem, amount_only: bool = False) -> bool:
    """Whether amount or date of an item are the document's."""
    if item.balance in (book.residual, book.total, book.company_residual, book.company_total):
        return True
    if amount_only:
        return False
    return item.date == book.date or (item.due_date is not None and item.due_date == book.due_date)


def _reason(code: str, item: ReportedItem, **values: object) -> Issue:
    """Return why an item waits for a person; ``partner`` and ``number`` are what the list names."""
    partner = " ".join(text for text in (item.partner_number, item.partner_name) if text)
    named: dict[str, object] = {
        "number": item.number or item.reference or "",
        "partner": partner or item.partner_vat or item.partner_email or "",
    }
    return Issue("warning", code, {**named, **values}, item.file, item.row)
