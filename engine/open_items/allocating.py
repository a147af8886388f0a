"""What the reported items of one document say together: one balance, or a balance for each due line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ..errors import Issue
from ..values.money import ZERO, Money, sign
from .deciding import Decision, credit_of, decide, decide_line
from .items import BookItem, BookLine, ItemAction, ItemPolicy, Match, ReportedItem
from .loosening import Loosened, loosen


@dataclass(frozen=True, slots=True)
class Part:
    """One reported item of a document. ``at``: its index. ``amount``: its balance, ledger sign, in company currency
    if ``in_company``, else in the document's.
    """

    at: int
    item: ReportedItem
    amount: Decimal
    in_company: bool


class Unnamed:
    """Amounts of a list that names no currency, for documents in foreign currency.

    They are taken to be in company currency. Where one is exactly an amount of its document in the document's currency
    it may be that; if more of them say so than say the contrary, none of the list's can be trusted.
    """

    def __init__(self, pairs: Iterable[tuple[ReportedItem, BookItem]], policy: ItemPolicy) -> None:
        """Count what speaks for either currency, over the items and documents that were matched."""
        self._policy = policy
        self.count = 0
        foreign = company = 0
        for item, book in pairs:
            if self._applies(item, book):
                foreign += _in_own(item, book)
                company += _in_company(item, book)
        self._doubtful = foreign > company

    def is_doubtful(self, item: ReportedItem, book: BookItem) -> bool:
        """Whether the item may be in the document's currency; if not, it counts as converted."""
        if not self._applies(item, book):
            return False
        if _in_own(item, book) or (self._doubtful and not _in_company(item, book)):
            return True
        self.count += 1
        return False

    def _applies(self, item: ReportedItem, book: BookItem) -> bool:
        """Whether the item's currency is only supposed, and that matters."""
        policy = self._policy
        unnamed = item.currency is None and not policy.names_currency
        return unnamed and bool(item.balance) and book.currency != policy.company_currency


def _in_company(item: ReportedItem, book: BookItem) -> bool:
    """Whether the balance is exactly an amount of the document in company currency."""
    return item.balance in (book.company_residual, book.company_total)


def _in_own(item: ReportedItem, book: BookItem) -> bool:
    """Whether the balance is exactly an amount of the document in its own currency, and not in the company's."""
    return item.balance in (book.residual, book.total) and not _in_company(item, book)


class Allocator:
    """Turns the items of a document into actions. ``lines``: due lines that a complete list doesn't hold."""

    def __init__(self, policy: ItemPolicy, money: Money, unnamed: Unnamed, unreadable: Mapping[int, int]) -> None:
        """Remember what is the same for all documents.

        :param unreadable: document -> row of a further item of it whose amount cannot be read
        """
        self._policy = policy
        self._money = money
        self._unnamed = unnamed
        self._unreadable = unreadable
        self.lines: list[ItemAction] = []

    def allocate(self, book: BookItem, items: Sequence[tuple[int, ReportedItem]]) -> list[ItemAction]:
        """Return an action for each of the document's items (index, item), in their order."""
        if book.state != "posted":
            return self._review_all(book, items, "document_draft" if book.state == "draft" else "document_cancelled")
        parts: list[Part] = []
        for at, item in items:
            part = self._part(at, item, book)
            if isinstance(part, str):
                return self._review_all(book, items, part)
            parts.append(part)
        unique = _unique(parts)
        code = self._refusal(book, parts, unique)
        if code:
            return self._review_all(book, items, code)
        loosened = loosen(book, self._money)
        if loosened.refusal:
            return self._review_all(book, items, loosened.refusal, loosened.told)
        release = loosened.release()
        if release:
            self.lines.append(self._action(book, None, release, book.residual, told=loosened.told))
        actions = self._judge(book, unique, loosened)
        if len(parts) > len(unique):
            actions += self._repetitions(book, parts, unique)
        return sorted(actions, key=lambda action: action.item or 0)

    def _judge(self, book: BookItem, unique: Sequence[Part], loosened: Loosened) -> list[ItemAction]:
        """Return the actions of different items: by due lines if each names one, else of the document as a whole."""
        is_whole = credit_of(loosened.book) or loosened.is_partial or loosened.drafts
        by_line = None if is_whole else _by_line(book, unique)
        balances = self._line_balances(book, by_line) if by_line else []
        if by_line and balances:
            return self._instalments(book, by_line, balances)
        return self._whole(book, unique, loosened)

    def _repetitions(self, book: BookItem, parts: Sequence[Part], unique: Sequence[Part]) -> list[ItemAction]:
        """Return the skips of the items that say again what one of the different ones says."""
        kept = {_key(part): part for part in unique}
        repeated = (part for part in parts if kept[_key(part)] is not part)
        return [self._repeated(book, part, kept[_key(part)]) for part in repeated]

    def _part(self, at: int, item: ReportedItem, book: BookItem) -> Part | str:
        """Return the item's balance in the document's or in company currency, or the code of why that is not known."""
        company = self._policy.company_currency
        currency = item.currency or company
        if item.balance is None:
            return "amount_unreadable"
        if self._money.has_more_decimals(item.balance, currency):
            return "decimals_beyond"
        if currency == book.currency:
            return Part(at, item, self._money.round(item.balance, currency), False)
        amount = item.balance if currency == company else item.company_balance
        if amount is None:
            return "currency_differs"
        if self._unnamed.is_doubtful(item, book):
            return "currency_ambiguous"
        if amount and book.currency != company and self._money.own_rate(book) is None:
            return "no_rate"
        return Part(at, item, amount, book.currency != company)

    def _refusal(self, book: BookItem, parts: Sequence[Part], unique: Sequence[Part]) -> str:
        """Return the code of why the items of a document cannot be put together, or an empty text."""
        if book.id in self._unreadable:
            return "part_unreadable"
        if len(parts) > 1 and _contradict(unique):
            return "document_repeated"
        # Equal rows of one file are one or are several: only if one is all that is open does that not matter.
        if len(parts) > len(unique) and _are_equal_rows(parts):
            balance, known = self._balance(book, unique), book.residual + credit_of(book)
            return "" if self._money.same(balance, known, book.currency) else "document_repeated"
        return ""

    def _line_balances(self, book: BookItem, by_line: Sequence[tuple[Part, BookLine]]) -> list[Decimal]:
        """Return what is reported of each due line, in the document's currency; nothing if it is more than is open."""
        side = sign(book.residual) or sign(book.total)
        balances: list[Decimal] = []
        for part, line in by_line:
            balance = self._balance(book, [part], line)
            fits = abs(balance) <= abs(line.residual) or self._money.same(balance, line.residual, book.currency)
            if not fits or sign(balance) == -side or sign(line.residual) == -side:
                return []
            balances.append(balance)
        return balances

    def _balance(self, book: BookItem, parts: Sequence[Part], line: BookLine | None = None) -> Decimal:
        """Return the sum of the parts in the document's currency (parts in company currency are added up first)."""
        residual = line.residual if line else book.residual
        company_residual = None if line else book.company_residual
        if len(parts) == 1 and not parts[0].in_company:
            return parts[0].amount
        own = sum((part.amount for part in parts if not part.in_company), ZERO)
        company = sum((part.amount for part in parts if part.in_company), ZERO)
        return own + (self._money.to_document(company, book, residual, company_residual) or ZERO)

    def _instalments(
        self, book: BookItem, by_line: Sequence[tuple[Part, BookLine]], balances: Sequence[Decimal]
    ) -> list[ItemAction]:
        """Return an action per item and due line; due lines that a complete list doesn't hold are settled."""
        actions = []
        for (part, line), balance in zip(by_line, balances, strict=True):
            decision = decide_line(line.residual, balance, self._money, book.currency)
            company = self._company_reported(book, [part], balance)
            actions.append(self._action(book, part, decision, line.residual, balance, company, line_id=line.id))
        named = {line.id for _part, line in by_line}
        for line in book.lines:
            if self._policy.complete and line.id not in named and line.residual:
                decision = Decision("close", "instalment_absent", line.residual)
                self.lines.append(self._action(book, None, decision, line.residual, line_id=line.id))
        return actions

    def _whole(self, book: BookItem, parts: Sequence[Part], loosened: Loosened) -> list[ItemAction]:
        """Return the actions of a document judged as a whole: the first item carries it, the others point there."""
        balance = self._balance(book, parts)
        assumed = self._policy.payables_sign == "assumed"
        decided = decide(loosened.book, balance, self._money, assumed)
        decision = loosened.conclude(decided) or decided
        company = self._company_reported(book, parts, balance)
        first = self._action(book, parts[0], decision, book.residual, balance, company, told=loosened.told)
        rest = Decision(decision.type, "instalment_summed")
        row = parts[0].item.row
        return [
            first,
            *(self._action(book, part, rest, told={"balance": part.amount, "other_row": row}) for part in parts[1:]),
        ]

    def _company_reported(self, book: BookItem, parts: Sequence[Part], balance: Decimal) -> Decimal:
        """Return what is reported in company currency: as the file gives it, else by the document's own rate."""
        if book.currency == self._policy.company_currency:
            return balance
        given = [part.amount if part.in_company else part.item.company_balance for part in parts]
        if all(amount is not None for amount in given):
            return sum((amount for amount in given if amount is not None), ZERO)
        return self._money.to_company(balance, book)

    def _repeated(self, book: BookItem, part: Part, other: Part) -> ItemAction:
        """Return the skip of an item that says again what another one says; it counts in no sum."""
        told = {"balance": part.amount, "other_row": other.item.row}
        return self._action(book, part, Decision("skip", "item_repeated"), told=told)

    def _review_all(
        self,
        book: BookItem,
        items: Sequence[tuple[int, ReportedItem]],
        code: str,
        told: Mapping[str, object] | None = None,
    ) -> list[ItemAction]:
        """Return reviews for all items of a document, with the residual and the balance as the file gives it."""
        actions = []
        decision = Decision("review", code)
        for at, item in items:
            part = Part(at, item, item.balance or ZERO, False)
            values: dict[str, object] = {"reported_currency": item.currency or self._policy.company_currency}
            values.update(told or {})
            if code == "part_unreadable":
                values["other_row"] = self._unreadable[book.id]
            company = self._company_stated(book, item)
            actions.append(self._action(book, part, decision, book.residual, part.amount, company, told=values))
        return actions

    def _company_stated(self, book: BookItem, item: ReportedItem) -> Decimal:
        """Return an item's balance in company currency, zero if that is not known."""
        if item.company_balance is not None:
            return item.company_balance
        currency = item.currency or self._policy.company_currency
        if currency == self._policy.company_currency:
            return item.balance or ZERO
        return self._money.to_company(item.balance or ZERO, book) if currency == book.currency else ZERO

    def _action(
        self,
        book: BookItem,
        part: Part | None,
        decision: Decision,
        booked: Decimal = ZERO,
        reported: Decimal = ZERO,
        company_reported: Decimal = ZERO,
        line_id: int = 0,
        told: Mapping[str, object] | None = None,
    ) -> ItemAction:
        """Return the action of one item, or of a due line that is absent (``part`` None)."""
        return ItemAction(
            type=decision.type,
            reason=explain(book, decision, booked, reported, part.item if part else None, told),
            item=part.at if part else None,
            kind=book.kind,
            partner_id=book.partner_id,
            book_id=book.id,
            line_id=line_id,
            currency=book.currency,
            booked=booked,
            reported=reported,
            company_reported=company_reported,
            payment=decision.payment,
            undo=decision.undo,
        )


def explain(
    book: BookItem,
    decision: Decision,
    booked: Decimal,
    reported: Decimal,
    item: ReportedItem | None = None,
    told: Mapping[str, object] | None = None,
) -> Issue:
    """Return the reason of a decision with all that its sentence may tell; amounts in the document's currency."""
    values: dict[str, object] = {
        "document": book.name or book.reference or "",
        "booked": booked,
        "reported": reported,
        "payment": decision.payment,
        "currency": book.currency,
    }
    if decision.type in ("keep", "reopen", "review", "overpay"):
        values["credit"] = credit_of(book)
        values["total"] = book.total
    values.update(told or {})
    level: Literal["warning", "info"] = "warning" if decision.type == "review" else "info"
    return Issue(level, decision.code, values, item.file if item else "", item.row if item else None)


def by_document(items: Sequence[ReportedItem], matches: Sequence[Match]) -> dict[int, list[tuple[int, ReportedItem]]]:
    """Return document -> its items with their indexes."""
    groups: dict[int, list[tuple[int, ReportedItem]]] = {}
    for item, found in zip(items, matches, strict=True):
        if found.book_id:
            groups.setdefault(found.book_id, []).append((found.item, item))
    return groups


def _key(part: Part) -> tuple[Decimal, bool, date | None]:
    """Return what makes two items of a document the same statement."""
    return (part.amount, part.in_company, part.item.due_date)


def _unique(parts: Sequence[Part]) -> list[Part]:
    """Return the parts without those that repeat an earlier one."""
    if len(parts) == 1:
        return list(parts)
    first: dict[tuple[Decimal, bool, date | None], Part] = {}
    for part in parts:
        first.setdefault(_key(part), part)
    return list(first.values())


def _contradict(parts: Sequence[Part]) -> bool:
    """Whether different items speak of one due date (or of none), other than an open amount and a credit against it."""
    by_due: dict[date | None, list[Part]] = {}
    for part in parts:
        by_due.setdefault(part.item.due_date, []).append(part)
    if None in by_due and len(by_due) > 1:
        by_due = {None: list(parts)}
    return any(
        len(group) > 2 or (len(group) == 2 and sign(group[0].amount) * sign(group[1].amount) >= 0)
        for group in by_due.values()
    )


def _are_equal_rows(parts: Sequence[Part]) -> bool:
    """Whether two rows of one file say the same."""
    seen = {(part.item.file, *_key(part)) for part in parts}
    return len(seen) < len(parts)


def _by_line(book: BookItem, parts: Sequence[Part]) -> list[tuple[Part, BookLine]] | None:
    """Return each part with the due line that its due date names, or None if they don't name one line each."""
    if len(book.lines) < 2 or sum((line.residual for line in book.lines), ZERO) != book.residual:
        return None
    by_due: dict[date, list[BookLine]] = {}
    for line in book.lines:
        if line.due_date:
            by_due.setdefault(line.due_date, []).append(line)
    pairs: list[tuple[Part, BookLine]] = []
    for part in parts:
        # A due date that is named again finds its line taken.
        lines = by_due.pop(part.item.due_date, []) if part.item.due_date else []
        if len(lines) != 1:
            return None
        pairs.append((part, lines[0]))
    return pairs
