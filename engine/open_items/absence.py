"""What a complete list doesn't hold: documents and external items that are settled elsewhere, or only seem absent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ..books.guards import many_absent
from ..errors import Issue
from ..items import Kind
from ..values import numbers
from ..values.money import ZERO, Money
from .allocating import explain
from .deciding import Decision, credit_of, decide_absent
from .items import BookItem, ExternalItem, ItemAction, ItemPolicy, Match, ReportedItem
from .loosening import loosen
from .waiting import Waiting

_SHOWN = 5  # so many rows are told of several
Pairs = Sequence[tuple[ReportedItem, Match]]


class Absence:
    """What a list is silent about. ``policy.cover`` None = it is not known what it ought to hold: nothing is absent."""

    def __init__(
        self, pairs: Pairs, rejected: Pairs, waiting: Collection[int], policy: ItemPolicy, money: Money
    ) -> None:
        """Take what was read and matched, and note what is mentioned only by the way.

        :param waiting: indexes of the items that wait for a person and have no document
        """
        self._pairs = pairs
        self._rejected = rejected
        self._policy = policy
        self._money = money
        self._active = policy.complete and bool(pairs) and policy.cover is not None
        self._taken = {found.book_id for _item, found in pairs if found.book_id}
        self._mentions = _mentioned_documents(pairs, rejected)
        self._partners = {found.partner_id for _item, found in (*pairs, *rejected) if found.partner_id}
        self._kinds = {found.kind or item.kind for item, found in (*pairs, *rejected)}
        rows = [(item, found) for item, found in pairs if found.item in waiting]
        rows += [(item, found) for item, found in rejected if not found.book_id]
        self._waiting = Waiting(rows, self._partners, policy)
        self._doubts: dict[tuple[int, str], int] | None = None

    def covers(self, kind: Kind, partner: int) -> bool:
        """Whether a document of that kind and partner would have to be in the list."""
        if not self._active or self._policy.cover not in (kind, "both"):
            return False
        return self._policy.scope == "ledger" or partner in self._partners

    def actions(self, books: Iterable[BookItem]) -> tuple[list[ItemAction], list[Issue]]:
        """Return what happens to the open documents that the list doesn't hold, by partner, date and name.

        :return: the actions, the guard ``many_absent`` if that are suspiciously many, and what is left as too new; of a
            list that is not complete only which documents a row may mean that waits for a person
        """
        actions: list[ItemAction] = []
        closed: list[BookItem] = []
        if not self._active:
            return self._mentioned(books), []
        concerned = [book for book in books if self._concerns(book)]
        absent = [book for book in concerned if book.id not in self._taken]
        for book in sorted(absent, key=lambda book: (book.partner_id, book.date, book.name, book.id)):
            made = self._absent_actions(book)
            actions += made
            if any(action.type in ("close", "reopen") for action in made):
                closed.append(book)
        return actions, self._problems(concerned, closed)

    def _problems(self, concerned: Iterable[BookItem], closed: Sequence[BookItem]) -> list[Issue]:
        """Return the guards on the documents that would be closed, and the remark on what is left as too new."""
        posted = [book for book in concerned if book.state == "posted"]
        applicable = [book for book in posted if not self._not_applicable(book)]
        later = [
            book for book in posted if book.id not in self._taken and self._not_applicable(book) == "created_after_list"
        ]
        return [*self._guard(closed, applicable), *self._vague(closed), *self._created_later(later)]

    def _mentioned(self, books: Iterable[BookItem]) -> list[ItemAction]:
        """Return that open documents wait as rows do that may mean them, so that the partner's figures hold them."""
        cover = self._policy.cover
        named = self._taken | {found.book_id for _item, found in self._rejected}
        return [
            self._action(book, Decision("skip", "mentioned"), {})
            for book in books
            if _is_open(book)
            and cover in (book.kind, "both", None)
            and book.id not in named
            and not self._not_applicable(book)
            and self._mention_of(book) is not None
        ]

    def mention_of(self, external: ExternalItem) -> int | None:
        """Return the row of an item that may be about that external item and waits for a person, or None."""
        if self._doubts is None:
            self._doubts = _doubts(self._pairs, self._rejected)
        number = numbers.with_breaks(external.number or "")
        for place in ((external.partner_id, ""), (external.partner_id, number), (0, number)):
            if place in self._doubts and place != (0, ""):
                return self._doubts[place]
        return None

    def _mention_of(self, book: BookItem) -> int | None:
        """Return the row of an item that may mean the document and waits for a person, or None."""
        row = self._mentions.get(book.id)
        return self._waiting.row_of(book) if row is None else row

    def _concerns(self, book: BookItem) -> bool:
        """Whether something of the document, or of its payments, is open and the list would have to tell it."""
        is_loose = any(payment.loose or (payment.draft and payment.amount) for payment in book.payments)
        return (_is_open(book) or is_loose) and self.covers(book.kind, book.partner_id)

    def _not_applicable(self, book: BookItem) -> str:
        """Return the code of why a document may be missing in the list although it is open, or an empty text."""
        policy = self._policy
        if book.date > policy.balance_date:
            return "after_balance_date"
        return why_unknown(
            policy.balance_date,
            policy.uses_transfers,
            book.transferred,
            book.created,
            opening=book.opening,
            pending=book.pending,
        )

    def _absent_actions(self, book: BookItem) -> list[ItemAction]:
        """Return what happens to an absent document and to its loose payments; nothing if it is balanced already."""
        code = self._not_applicable(book)
        if not code and self._mention_of(book) is not None:
            code = "mentioned"
        if code:
            return [self._action(book, Decision("skip", code), {})]
        loosened = loosen(book, self._money)
        if book.state == "draft":
            decision: Decision | None = Decision("review", "loose_draft") if loosened.taken else None
        elif loosened.refusal:
            decision = Decision("review", loosened.refusal)
        else:
            decision = decide_absent(loosened.book, self._money) if book.state == "posted" else None
            decision = loosened.conclude(decision)
        release = loosened.release() if book.state != "draft" else None
        return [self._action(book, one, loosened.told) for one in (release, decision) if one]

    def _action(self, book: BookItem, decision: Decision, told: Mapping[str, object]) -> ItemAction:
        """Return an action of an absent document."""
        values: dict[str, object] = {"date": book.date, "balance_date": self._policy.balance_date, **told}
        if book.created is not None:
            values["created"] = book.created
        if decision.code == "mentioned":
            values = {"row": self._mention_of(book)}
        return ItemAction(
            type=decision.type,
            reason=explain(book, decision, book.residual, ZERO, told=values),
            kind=book.kind,
            partner_id=book.partner_id,
            book_id=book.id,
            currency=book.currency,
            booked=book.residual,
            payment=decision.payment,
            undo=decision.undo,
        )

    def _guard(self, closed: Sequence[BookItem], applicable: Sequence[BookItem]) -> list[Issue]:
        """Return ``many_absent`` if too large a share of the applicable documents would be closed.

        A kind of which the list holds nothing at all is judged by itself: it may well not have been exported.
        """
        problem = self._many_absent(closed, applicable)
        missing = [kind for kind in ("receivable", "payable") if kind not in self._kinds]
        for kind in missing if problem is None and self._policy.cover == "both" else ():
            problem = problem or self._many_absent(
                [book for book in closed if book.kind == kind], [book for book in applicable if book.kind == kind]
            )
        return [problem] if problem else []

    def _vague(self, closed: Sequence[BookItem]) -> list[Issue]:
        """Return the guard about rows that may mean any of the documents that would be closed."""
        rows = self._waiting.vague
        if not rows or not closed:
            return []
        values: dict[str, object] = {
            "count": len(rows),
            "rows": tuple(item.row for item in rows[:_SHOWN]),
            "closed": len(closed),
        }
        return [Issue("stop", "row_may_mean_any", values)]

    def _created_later(self, later: Sequence[BookItem]) -> list[Issue]:
        """Return the remark on documents that are left because they were created after the list was made."""
        if not later:
            return []
        amount = sum((abs(book.company_residual) for book in later), ZERO)
        values: dict[str, object] = {
            "count": len(later),
            "amount": amount,
            "currency": self._policy.company_currency,
            "balance_date": self._policy.balance_date,
        }
        return [Issue("warning", "absent_created_later", values)]

    def _many_absent(self, closed: Sequence[BookItem], applicable: Sequence[BookItem]) -> Issue | None:
        """Return the guard for these documents, or None; shares by count and by amount in company currency."""
        return many_absent(
            [book.company_residual for book in closed], [book.company_residual for book in applicable], self._policy
        )


def why_unknown(
    balance_date: date,
    uses_transfers: bool,
    transferred: date | None,
    created: date | None,
    *,
    opening: bool,
    pending: bool = False,
) -> str:
    """Return the code of why the accounting package may not have had a document when it made its list, "" if it had.

    A transfer has no time of day: one on the day of the list may have come too late for it. Only an opening document
    is known on that day, as the package's own list is where it comes from.

    :param transferred: day on which its transfer was confirmed, None = it is in none, or in one that is not confirmed
    :param created: day on which it was created in the books, None = not known
    :param pending: whether it was handed over and nobody knows yet whether it was booked there
    """
    if transferred is not None and (transferred < balance_date or (opening and transferred == balance_date)):
        return ""
    if pending:
        return "not_confirmed"
    if uses_transfers:
        return "not_transferred"
    return "created_after_list" if created is not None and created > balance_date else ""


def _is_open(book: BookItem) -> bool:
    """Whether something of the document, or of what was paid too much for it, is open."""
    return book.state == "posted" and bool(book.residual or credit_of(book))


def _mentioned_documents(pairs: Pairs, rejected: Pairs) -> dict[int, int]:
    """Return document -> row of the first item that may mean it without being matched with it."""
    rows: dict[frozenset[int], int] = {}
    for item, found in (*pairs, *rejected):
        if found.protected:
            rows.setdefault(found.protected, item.row)
    mentions: dict[int, int] = {}
    for documents, row in rows.items():
        for document in documents:
            mentions.setdefault(document, row)
    for item, found in rejected:
        if found.book_id:
            mentions.setdefault(found.book_id, item.row)
    return mentions


def _doubts(pairs: Pairs, rejected: Pairs) -> dict[tuple[int, str], int]:
    """Return (partner, number) -> row of items that wait for a person; number "" = any of the partner's, partner 0 =
    anybody's.
    """
    doubts: dict[tuple[int, str], int] = {}
    waiting = [(item, found) for item, found in pairs if found.reason]
    for item, found in (*waiting, *rejected):
        number = "" if item.number_unsure else numbers.with_breaks(item.number or "")
        doubts.setdefault((found.partner_id, number), item.row)
    return doubts
