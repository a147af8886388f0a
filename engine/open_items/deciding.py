"""What happens to one document, given what is booked and what the list says: the table of design.md section 4."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..values.money import ZERO, Money, sign
from .items import ActionType, BookItem, BookPayment


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about a document or due line.

    ``code``: the reason's issue code. ``payment``: amount to book, ledger sign of what it settles, document's currency.
    ``undo``: payments of this addon to undo first, newest first.
    """

    type: ActionType
    code: str
    payment: Decimal = ZERO
    undo: tuple[int, ...] = ()


def credit_of(book: BookItem) -> Decimal:
    """Return what is unallocated of this addon's payments for the document (ledger sign, document's currency)."""
    return sum((payment.open for payment in book.payments), ZERO)


def decide(book: BookItem, balance: Decimal, money: Money, sign_assumed: bool = False) -> Decision:
    """Judge a document as a whole.

    :param balance: what the list reports, ledger sign, in the document's currency
    :param sign_assumed: the sign of the list's payables was never told, only concluded
    """
    if book.state != "posted":
        return Decision("review", "document_draft" if book.state == "draft" else "document_cancelled")
    residual, credit = book.residual, credit_of(book)
    if money.settled(balance, residual + credit, book.currency):
        exactly = money.same(balance, residual + credit, book.currency)
        code = "confirmed_credit" if credit else "confirmed"
        return Decision("keep", code if exactly else "within_tolerance")
    if credit:
        return _decide_with_credit(book, balance, money)
    side = sign(residual) or sign(book.total)
    if side and sign(balance) == -side:
        return _overpay(book, balance, money, sign_assumed)
    if abs(balance) < abs(residual):
        return Decision("pay", "paid_outside", residual - balance)
    return _reopen(book, balance, money)


def decide_line(residual: Decimal, balance: Decimal, money: Money, currency: str) -> Decision:
    """Judge one due line of which not more than its residual is reported."""
    if money.settled(balance, residual, currency):
        exactly = money.same(balance, residual, currency)
        return Decision("keep", "confirmed" if exactly else "within_tolerance")
    return Decision("pay", "paid_outside", residual - balance)


def decide_absent(book: BookItem, money: Money) -> Decision | None:
    """Judge an applicable document that a complete list doesn't hold; None = it is settled already."""
    credit = credit_of(book)
    if not credit:
        return Decision("close", "absent", book.residual) if book.residual else None
    if money.same(book.residual + credit, ZERO, book.currency):
        return None
    decision = _decide_with_credit(book, ZERO, money)
    return Decision(decision.type, "absent", decision.payment, decision.undo) if decision.undo else decision


def _overpay(book: BookItem, balance: Decimal, money: Money, sign_assumed: bool) -> Decision:
    """Judge a document whose reported balance has the opposite sign."""
    if any(payment.elsewhere for payment in book.payments):
        return Decision("review", "credit_used")
    is_credit_note = (book.total < 0) == (book.kind == "receivable")
    amounts = (abs(book.residual), abs(book.total))
    unsigned = is_credit_note and any(money.same(abs(balance), amount, book.currency) for amount in amounts)
    if unsigned or (sign_assumed and book.kind == "payable"):
        # A list without signs shows a credit note like an invoice: booking twice its amount would be wrong.
        return Decision("review", "sign_opposite")
    return Decision("overpay", "overpaid", book.residual - balance)


def _reopen(book: BookItem, balance: Decimal, money: Money) -> Decision:
    """Judge a document of which more is reported than is booked as open."""
    undone = _undo(book, balance, book.payments, book.residual, money)
    if undone is None:
        return _review_above(book, balance)
    if any(payment.elsewhere for payment in book.payments):
        return Decision("review", "credit_used")
    return _after_undo(book, balance, undone, money)


def _decide_with_credit(book: BookItem, balance: Decimal, money: Money) -> Decision:
    """Judge a document that payments of this addon overpaid, now that another balance is reported."""
    if any(payment.elsewhere for payment in book.payments):
        return Decision("review", "credit_used")
    overpaid = tuple(payment for payment in book.payments if payment.open)
    residual = book.residual + sum((payment.amount for payment in overpaid), ZERO)
    side = sign(residual) or sign(book.total)
    if sign(balance) == -side or abs(balance) <= abs(residual):
        return _after_undo(book, balance, (overpaid, residual), money)
    others = tuple(payment for payment in book.payments if not payment.open)
    undone = _undo(book, balance, others, residual, money)
    if undone is None:
        return _review_above(book, balance)
    chosen = {payment.id for payment in (*overpaid, *undone[0])}
    in_order = tuple(payment for payment in book.payments if payment.id in chosen)
    return _after_undo(book, balance, (in_order, undone[1]), money)


def _review_above(book: BookItem, balance: Decimal) -> Decision:
    """Return the review of a document of which more is reported than undoing payments can open."""
    return Decision("review", "above_total" if abs(balance) > abs(book.total) else "paid_in_odoo")


def _undo(
    book: BookItem, balance: Decimal, payments: tuple[BookPayment, ...], residual: Decimal, money: Money
) -> tuple[tuple[BookPayment, ...], Decimal] | None:
    """Return the fewest newest payments to undo so that the balance is open again, and the residual then; or None."""
    undone: list[BookPayment] = []
    for payment in payments:
        undone.append(payment)
        residual += payment.amount
        if abs(residual) >= abs(balance) or money.settled(residual, balance, book.currency):
            return tuple(undone), residual
    return None


def _after_undo(
    book: BookItem, balance: Decimal, undone: tuple[tuple[BookPayment, ...], Decimal], money: Money
) -> Decision:
    """Return the undoing of payments, and the payment that brings the document to its balance again."""
    payments, residual = undone
    if any(payment.changed for payment in payments):
        return Decision("review", "payment_changed")
    payment = ZERO if money.settled(residual, balance, book.currency) else residual - balance
    return Decision("reopen", "reopened", payment, tuple(payment.id for payment in payments))
