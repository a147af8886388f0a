"""External open items: what a partner owes by documents that the books don't know."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..errors import Issue
from ..values import numbers
from ..values.cells import SIGNS
from ..values.money import ZERO, Money
from .absence import Absence
from .items import ActionType, BookItem, ExternalItem, ItemAction, ItemPolicy, Match, ReportedItem

# Commercial partner, kind, number without its form, document date (only without number), due date.
Key = tuple[int, str, str, date | None, date | None]
Place = tuple[int, str, str]


def has_no_document(found: Match) -> bool:
    """Whether the item becomes an external open item: its partner is certain, its document unknown."""
    return not found.book_id and found.reason is None and bool(found.partner_id)


class _Waiting:
    """External items of one key in their order, of which each item of a list takes one. ``left``: those not taken."""

    def __init__(self) -> None:
        """Start without any."""
        self.left: dict[int, ExternalItem] = {}
        self._all: deque[ExternalItem] = deque()
        self._by_balance: dict[tuple[Decimal | None, str], deque[ExternalItem]] = {}

    def add(self, external: ExternalItem) -> None:
        """Add one more."""
        self.left[external.id] = external
        self._all.append(external)
        self._by_balance.setdefault((external.balance, external.currency), deque()).append(external)

    def pop(self, item: ReportedItem, company_currency: str) -> ExternalItem:
        """Take the first external item with the item's own balance, else the first."""
        same = self._by_balance.get((item.balance, item.currency or company_currency))
        for queue in (same, self._all):
            while queue:
                external = queue.popleft()
                if self.left.pop(external.id, None):
                    return external
        raise LookupError("no external item is left")


class Externals:
    """The external items of the books beside the items of a list that have no document."""

    def __init__(self, externals: Sequence[ExternalItem], policy: ItemPolicy, money: Money) -> None:
        """Take the open external items."""
        self._externals = externals
        self._policy = policy
        self._money = money
        self._open: dict[Key, _Waiting] = {}
        self._of_item: dict[int, ExternalItem] = {}
        self._repeats: dict[int, int] = {}
        for external in externals:
            self._open.setdefault(_key(external.partner_id, external.kind, external), _Waiting()).add(external)

    def pair(self, items: Sequence[ReportedItem], matches: Sequence[Match]) -> None:
        """Find for each item without a document the external item that an earlier list left of it."""
        mine = [(item, found) for item, found in zip(items, matches, strict=True) if has_no_document(found)]
        left: list[tuple[ReportedItem, Match]] = []
        rows: dict[tuple[object, ...], ReportedItem] = {}
        for item, found in mine:
            said = (*_key(found.partner_id, found.kind or "", item), item.balance, item.currency, item.date)
            first = rows.setdefault(said, item)
            if item.number and first.file != item.file:  # a page of the list that came twice; in one file they are two
                self._repeats[found.item] = first.row
                continue
            waiting = self._open.get(_key(found.partner_id, found.kind or "", item))
            if waiting and waiting.left:
                self._of_item[found.item] = waiting.pop(item, self._policy.company_currency)
            else:
                left.append((item, found))
        self._pair_moved(left)

    def _pair_moved(self, left: Iterable[tuple[ReportedItem, Match]]) -> None:
        """Pair numbers that only one item and one external item are left of: their due date has moved."""
        items: dict[Place, list[int]] = {}
        for item, found in left:
            if item.number:
                items.setdefault(_key(found.partner_id, found.kind or "", item)[:3], []).append(found.item)
        left_over: dict[Place, list[ExternalItem]] = {}
        for key, waiting in self._open.items():
            if key[2] and waiting.left and key[:3] in items:
                left_over.setdefault(key[:3], []).extend(waiting.left.values())
        for place, group in left_over.items():
            if len(group) == 1 and len(items[place]) == 1:
                self._of_item[items[place][0]] = group[0]

    def action(self, item: ReportedItem, found: Match) -> ItemAction:
        """Return what happens to an item without a document."""
        external = self._of_item.get(found.item)
        currency = item.currency or self._policy.company_currency
        balance = self._money.round(item.balance or ZERO, currency)
        if found.item in self._repeats:
            skip = self._build("skip", "item_repeated", item, found, currency, ZERO, ZERO, ZERO, None)
            told = {**skip.reason.values, "balance": balance, "other_row": self._repeats[found.item]}
            return replace(skip, reason=replace(skip.reason, values=told))
        if not balance:
            return self._zero(item, found, external, currency)
        company, rate = self._in_company(item, balance, currency)
        code = "no_rate" if company is None else ""
        if self._money.has_more_decimals(item.balance or ZERO, currency):
            code = "decimals_beyond"
        if currency in SIGNS:
            code = "currency_sign"
        if company is None or code:
            return self._build("review", code, item, found, currency, ZERO, balance, ZERO, external)
        if external is None:
            return self._build("external", "external_new", item, found, currency, ZERO, balance, company, None, rate)
        booked = external.balance if external.currency == currency else ZERO
        same = external.currency == currency and self._money.same(booked, balance, currency)
        if same:
            return self._build(
                "keep", "external_confirmed", item, found, currency, booked, balance, company, external, rate
            )
        return self._build(
            "external", "external_updated", item, found, currency, booked, balance, company, external, rate
        )

    def rest(
        self, items: Sequence[ReportedItem], matches: Sequence[Match], books: Mapping[int, BookItem], absence: Absence
    ) -> list[ItemAction]:
        """Return what happens to the external items that no item of the list has confirmed or updated."""
        wanted = {_key(external.partner_id, external.kind, external)[:3] for external in self._externals}
        appeared = _appeared(items, matches, books, {place for place in wanted if place[2]})
        used = {external.id for external in self._of_item.values()}
        actions: list[ItemAction] = []
        for external in self._externals:
            if external.id in used:
                continue
            found = appeared.get(_key(external.partner_id, external.kind, external)[:3])
            book = books[found.book_id] if found else None
            if book is not None and book.state == "posted":
                told = {"document": book.name}
                actions.append(_without_balance(external, "adopt", "document_appeared", told, book))
            elif absence.covers(external.kind, external.partner_id):
                row = items[found.item].row if found else absence.mention_of(external)
                if row is None:
                    actions.append(_without_balance(external, "close_external", "external_absent"))
                else:
                    actions.append(_without_balance(external, "skip", "mentioned", {"row": row}))
        return actions

    def _zero(self, item: ReportedItem, found: Match, external: ExternalItem | None, currency: str) -> ItemAction:
        """Return what happens to an item without document of which nothing is open."""
        if external is None:
            return self._build("skip", "zero_balance", item, found, currency, ZERO, ZERO, ZERO, None)
        booked = external.balance
        return self._build(
            "close_external", "external_settled", item, found, external.currency, booked, ZERO, ZERO, external
        )

    def _in_company(self, item: ReportedItem, balance: Decimal, currency: str) -> tuple[Decimal | None, Decimal | None]:
        """Return the balance in company currency (None = no rate) and the rate of the balance date if it was used."""
        company = self._policy.company_currency
        if item.company_balance is not None:
            return item.company_balance, None
        if currency == company:
            return balance, None
        rate = self._money.rate(currency)
        return (None, None) if not rate else (self._money.round(balance * rate, company), rate)

    def _build(
        self,
        kind: ActionType,
        code: str,
        item: ReportedItem,
        found: Match,
        currency: str,
        booked: Decimal,
        reported: Decimal,
        company: Decimal,
        external: ExternalItem | None,
        rate: Decimal | None = None,
    ) -> ItemAction:
        """Return the action of an item without a document."""
        told: dict[str, object] = {
            "number": item.number or item.reference or "",
            "booked": booked,
            "reported": reported,
            "currency": currency,
        }
        if rate is not None:
            told["rate"] = rate
            told["company_reported"] = company
        return ItemAction(
            type=kind,
            reason=Issue("warning" if kind == "review" else "info", code, told, item.file, item.row),
            item=found.item,
            kind=found.kind,
            partner_id=found.partner_id,
            currency=currency,
            booked=booked,
            reported=reported,
            company_reported=company,
            external_id=external.id if external else 0,
        )


def _key(partner: int, kind: str, stated: ReportedItem | ExternalItem) -> Key:
    """Return by what an item and an external item are known to be the same."""
    number = numbers.with_breaks(stated.number or "")
    return (partner, kind, number, None if number else stated.date, stated.due_date)


def _appeared(
    items: Sequence[ReportedItem], matches: Sequence[Match], books: Mapping[int, BookItem], wanted: set[Place]
) -> dict[Place, Match]:
    """Return partner, kind and number of the wanted external items that have a document now -> an item of it."""
    partners = {place[0] for place in wanted}
    appeared: dict[Place, Match] = {}
    for item, found in zip(items, matches, strict=True):
        book = books.get(found.book_id)
        if book is None or book.partner_id not in partners:
            continue
        for text in (item.number or item.reference, book.name):
            place = (book.partner_id, book.kind, numbers.with_breaks(text or ""))
            if place in wanted:
                appeared.setdefault(place, found)
    return appeared


def _without_balance(
    external: ExternalItem,
    kind: ActionType,
    code: str,
    values: Mapping[str, object] | None = None,
    book: BookItem | None = None,
) -> ItemAction:
    """Return the action of an external item that no item of the list stands for."""
    told: dict[str, object] = {
        "number": external.number or "",
        "booked": external.balance,
        "currency": external.currency,
    }
    told.update(values or {})
    return ItemAction(
        type=kind,
        reason=Issue("info", code, told),
        kind=external.kind,
        partner_id=external.partner_id,
        book_id=book.id if book else 0,
        currency=external.currency,
        booked=external.balance,
        external_id=external.id,
    )
