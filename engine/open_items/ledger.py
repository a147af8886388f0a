"""What a plan leaves on the receivable and payable accounts, to the cent; all amounts in ledger sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from decimal import Decimal

from ..items import Kind, Plan
from ..values.money import ZERO, Money, sign
from .items import BookItem, BookLine, BookPayment, ItemAction, ItemPolicy, ReportedItem


def foresee(
    planned: Plan[ItemAction], books: Mapping[int, BookItem], items: Sequence[ReportedItem], policy: ItemPolicy
) -> dict[Kind, Decimal]:
    """Return by how much a plan changes the accounts of each kind, in company currency.

    :param books: documents by id
    :param items: what was read, as the plan's actions count it
    """
    money = Money(policy, policy.tolerance)
    groups: dict[int, list[ItemAction]] = {}
    for action in planned.actions:
        if action.payment or action.undo:
            groups.setdefault(action.book_id, []).append(action)
    changes: dict[Kind, Decimal] = {"receivable": ZERO, "payable": ZERO}
    for book_id, actions in groups.items():
        book = books[book_id]
        told = [action for action in actions if action.type != "cancel"]
        named = {book.due_date if action.item is None else items[action.item].due_date for action in told}
        changes[book.kind] += _foresee_document(book, actions, named, money)
    return changes


def _foresee_document(book: BookItem, actions: Sequence[ItemAction], named: set[Date | None], money: Money) -> Decimal:
    """Return by how much the actions of a document change the account.

    Payments are taken back with all that they left as credit; those that are booked leave of each due line what is
    proportional to it, and a credit at the document's own rate.

    :param named: due dates that the list names: these lines are paid last
    """
    taken = _taken_back(book, actions)
    back = -sum((payment.company for payment in taken), ZERO)
    by_line = {action.line_id: action.payment for action in actions if action.line_id}
    amount = sum((action.payment for action in actions), ZERO)
    if not amount:
        return back
    lines = sorted(_without(book, taken, money), key=lambda line: line.due_date in named)
    if by_line and not any(payment.amount for payment in taken):
        return back - sum((_part(book, line, by_line.get(line.id, ZERO), money) for line in lines), ZERO)
    return back - _book(book, lines, amount, money)


def _taken_back(book: BookItem, actions: Sequence[ItemAction]) -> list[BookPayment]:
    """Return the payments of a document that actions take back; drafts are in no account."""
    undone = {payment_id for action in actions for payment_id in action.undo}
    return [payment for payment in book.payments if payment.id in undone and not payment.draft]


def _book(book: BookItem, lines: Sequence[BookLine], amount: Decimal, money: Money) -> Decimal:
    """Return what an amount changes that pays one due line after the other, and leaves the rest as credit."""
    booked = ZERO
    for line in lines:
        part = min(amount, line.residual, key=abs) if sign(line.residual) == sign(amount) else ZERO
        booked += _part(book, line, part, money)
        amount -= part
    return booked + _convert(book, lines[-1], amount, money)


def _without(book: BookItem, taken: Sequence[BookPayment], money: Money) -> Sequence[BookLine]:
    """Return the due lines as they are when the payments are taken back.

    If it is not known of which due lines a part is open again, the document stands for them.
    """
    if not any(payment.amount for payment in taken):
        return book.lines
    settled = [part for payment in taken for part in payment.lines]
    if sum((own for _id, own, _company in settled), ZERO) == sum((payment.amount for payment in taken), ZERO):
        return [_with_parts(line, [part for part in settled if part[0] == line.id]) for line in book.lines]
    residual = book.residual + sum((payment.amount for payment in taken), ZERO)
    if money.same(residual, book.total, book.currency):
        return [replace(line, residual=line.total, company_residual=line.company_total) for line in book.lines]
    whole = BookLine(0, None, residual, book.total, book.company_total)
    company = book.company_residual
    for payment in taken:
        company -= payment.company - _convert(book, whole, payment.open + payment.loose, money)
    return [replace(whole, company_residual=company)]


def _with_parts(line: BookLine, parts: Sequence[tuple[int, Decimal, Decimal]]) -> BookLine:
    """Return a due line of which parts are open again."""
    own = sum((part[1] for part in parts), ZERO)
    company = sum((part[2] for part in parts), ZERO)
    return replace(line, residual=line.residual + own, company_residual=line.company_residual + company)


def _part(book: BookItem, line: BookLine, amount: Decimal, money: Money) -> Decimal:
    """Return what a part of a due line is in company currency: what it leaves is proportional to the line."""
    if money.same(amount, line.residual, book.currency):
        return line.company_residual
    company = line.company_residual - _convert(book, line, line.residual - amount, money)
    return company if company * amount > 0 else ZERO


def _convert(book: BookItem, line: BookLine, amount: Decimal, money: Money) -> Decimal:
    """Convert an amount into company currency as the due line was converted itself."""
    if not line.total:
        return money.to_company(amount, book)
    return money.round(amount * line.company_total / line.total, money.company_currency)
