"""From what a list says and what the books say to what will be done: the plan that a person sees and then applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..books.guards import date_problems
from ..errors import Issue
from ..items import Assignment, BookPartner, Plan
from ..values.money import ZERO, Money
from .absence import Absence
from .allocating import Allocator, Unnamed, by_document
from .conclusions import (
    conclude_cover,
    has_payables,
    name_signs,
    payables_agree,
    settle_signs,
    turn_payables,
)
from .externals import Externals, has_no_document
from .items import BookItem, ExternalItem, ItemAction, ItemPolicy, Match, ReportedItem
from .matching import match


def plan(
    items: Sequence[ReportedItem],
    rejected: Sequence[ReportedItem],
    books: Sequence[BookItem],
    partners: Sequence[BookPartner],
    externals: Sequence[ExternalItem],
    policy: ItemPolicy,
    assigned: Mapping[int, Assignment] | None = None,
) -> Plan[ItemAction]:
    """Say what a list means for the books. Nothing is booked, and the same input always gives the same plan.

    :param items: reported items, balance in ledger sign
    :param rejected: rows that name a document but whose amount cannot be read; they only protect it
    :param books: documents of every state, amounts in the document's currency, ledger sign
    :param externals: open external items that earlier lists left behind
    :param assigned: index of an item -> what a person said about it
    :return: an action per item in their order, then per rejected item, per absent document and per external item
    """
    planner = _Planner(books, partners, policy, assigned or {})
    return planner.plan(items, rejected, externals)


class _Planner:
    """One run of :func:`plan`."""

    def __init__(
        self,
        books: Sequence[BookItem],
        partners: Sequence[BookPartner],
        policy: ItemPolicy,
        assigned: Mapping[int, Assignment],
    ) -> None:
        """Take the books and how to judge."""
        self._list = books
        self._books = {book.id: book for book in books}
        self._partners = partners
        self._policy = policy
        self._assigned = assigned
        self._problems: list[Issue] = []

    def plan(
        self, items: Sequence[ReportedItem], rejected: Sequence[ReportedItem], externals: Sequence[ExternalItem]
    ) -> Plan[ItemAction]:
        """Match, conclude, and decide in the order in which the actions are told."""
        self._problems = date_problems(self._policy)
        if not items and not rejected:
            self._problems.append(Issue("stop", "empty_list"))
        items = name_signs(items, self._policy.company_currency)
        items, matches = self._conclude(items)
        items = settle_signs(items, matches, self._books)
        unread = match(rejected, self._list, self._partners, self._policy) if rejected else ()
        money = Money(self._policy, self._policy.tolerance)
        outside = Externals(externals, self._policy, money)
        outside.pair(items, matches)
        actions, lines = self._reported(items, matches, _rows(rejected, unread), outside, money)
        waiting = {at for at, action in enumerate(actions) if action.type == "review" and not action.book_id}
        pairs, unread_pairs = list(zip(items, matches, strict=True)), list(zip(rejected, unread, strict=True))
        absence = Absence(pairs, unread_pairs, waiting, self._policy, money)
        actions += [self._rejected(item, found) for item, found in unread_pairs]
        closing, guard = absence.actions(self._list)
        actions += sorted([*closing, *lines], key=self._place)
        actions += outside.rest(items, matches, self._books, absence)
        return Plan(tuple(actions), (*self._problems, *guard), self._policy.cover)

    # --- What the list tells as a whole

    def _conclude(self, items: Sequence[ReportedItem]) -> tuple[Sequence[ReportedItem], Sequence[Match]]:
        """Return the items with the payables' sign settled, and their matches with the list's cover settled."""
        matches = self._match(items)
        again = False
        if self._policy.cover is None:
            again = self._conclude_cover(matches)
        if self._policy.payables_sign == "assumed" and has_payables(items, matches):
            votes = payables_agree(items, matches, self._books)
            if not votes:
                self._problems.append(Issue("stop", "payables_sign_unknown"))
            elif votes < 0:
                self._problems.append(Issue("info", "payables_sign_turned"))
                items, again = turn_payables(items, matches), True
        return items, self._match(items) if again else matches

    def _conclude_cover(self, matches: Sequence[Match]) -> bool:
        """Take the kind of the matched documents for what the list holds; return whether that changes a match."""
        cover = conclude_cover(matches, self._books)
        if cover is not None:
            self._policy = replace(self._policy, cover=cover)
            self._problems.append(Issue("info", "cover_concluded", {"cover": cover}))
            return any(found.reason and found.reason.code == "kind_unknown" for found in matches)
        if self._policy.complete and matches:
            self._problems.append(Issue("stop", "cover_unknown"))
        return False

    def _match(self, items: Sequence[ReportedItem]) -> Sequence[Match]:
        """Match the items under the present policy."""
        return match(items, self._list, self._partners, self._policy, self._assigned)

    # --- Item by item

    def _reported(
        self,
        items: Sequence[ReportedItem],
        matches: Sequence[Match],
        unreadable: Mapping[int, int],
        outside: Externals,
        money: Money,
    ) -> tuple[list[ItemAction], list[ItemAction]]:
        """Return an action per item in their order, and those of absent due lines."""
        pairs = [
            (item, self._books[found.book_id]) for item, found in zip(items, matches, strict=True) if found.book_id
        ]
        unnamed = Unnamed(pairs, self._policy)
        allocator = Allocator(self._policy, money, unnamed, unreadable)
        of_item: dict[int, ItemAction] = {}
        for book_id, group in by_document(items, matches).items():
            for action in allocator.allocate(self._books[book_id], group):
                if action.item is not None:
                    of_item[action.item] = action
        for item, found in zip(items, matches, strict=True):
            if has_no_document(found):
                of_item[found.item] = outside.action(item, found)
            elif not found.book_id:
                of_item[found.item] = self._review(item, found)
        if unnamed.count:
            self._problems.append(Issue("warning", "currency_not_named", {"count": unnamed.count}))
        return [of_item[at] for at in range(len(items))], allocator.lines

    def _review(self, item: ReportedItem, found: Match) -> ItemAction:
        """Return the review of an item that could not be matched; one of zero that means nothing is skipped."""
        reason = found.reason or Issue("warning", "amount_unreadable", {}, item.file, item.row)
        means_nothing = item.balance is not None and not item.balance and not found.protected
        book = self._books.get(found.suggestion.book_id)
        currency = item.currency or self._policy.company_currency
        reported = item.balance or ZERO
        booked = book.residual if book else ZERO
        told = {**reason.values, "booked": booked, "reported": reported, "currency": currency}
        if means_nothing:
            reason = replace(reason, level="info", code="zero_balance")
        return ItemAction(
            type="skip" if means_nothing else "review",
            reason=replace(reason, values=told),
            item=found.item,
            kind=found.kind,
            partner_id=found.partner_id,
            currency=currency,
            booked=booked,
            reported=reported,
            company_reported=reported if currency == self._policy.company_currency else item.company_balance or ZERO,
            suggestion=found.suggestion,
        )

    def _rejected(self, item: ReportedItem, found: Match) -> ItemAction:
        """Return the review of a row whose amount cannot be read."""
        book = self._books.get(found.book_id or found.suggestion.book_id)
        told = {
            "number": item.number or item.reference or "",
            "partner": item.partner_number or item.partner_name or "",
            "document": (book.name or book.reference or "") if book else "",
        }
        return ItemAction(
            type="review",
            reason=Issue("warning", "amount_unreadable", told, item.file, item.row),
            item=found.item,
            rejected=True,
            kind=found.kind,
            partner_id=found.partner_id,
            book_id=found.book_id,
            currency=book.currency if book else item.currency or self._policy.company_currency,
            booked=book.residual if book else ZERO,
            suggestion=found.suggestion,
        )

    def _place(self, action: ItemAction) -> tuple[object, ...]:
        """Return where the action of an absent document stands: by partner, date and name."""
        book = self._books[action.book_id]
        return (book.partner_id, book.date, book.name, book.id, action.line_id)


def _rows(rejected: Sequence[ReportedItem], matches: Iterable[Match]) -> dict[int, int]:
    """Return document -> row of the rejected item that means it."""
    return {found.book_id: item.row for item, found in zip(rejected, matches, strict=True) if found.book_id}
