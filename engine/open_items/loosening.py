"""Payments of this addon that no longer settle what they were booked for, by what people did in the books since."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..values.money import ZERO, Money
from .deciding import Decision
from .items import BookItem, BookPayment


@dataclass(frozen=True, slots=True)
class Loosened:
    """A document as it is without its loose payments.

    ``taken``: the loose payments, newest first: whatever the list says of the document, they go.
    ``drafts``: payments for it that a person reset to draft.
    ``refusal``: code of why a person has to look first, or an empty text.
    """

    book: BookItem
    taken: tuple[BookPayment, ...] = ()
    drafts: tuple[BookPayment, ...] = ()
    refusal: str = ""

    @property
    def is_partial(self) -> bool:
        """Whether taking the payments away changes what is open of the document."""
        return any(payment.amount for payment in self.taken)

    @property
    def told(self) -> dict[str, object]:
        """What a sentence may tell of the payments that are in question."""
        payments = self.taken or self.drafts
        if not payments:
            return {}
        return {
            "payments": ", ".join(payment.name for payment in payments),
            "loose": abs(sum((payment.loose + payment.open for payment in payments), ZERO)),
        }

    def conclude(self, decision: Decision | None) -> Decision | None:
        """Return what happens in the end, given what happens to ``book``; None = nothing."""
        matched = any(payment.amount for payment in self.drafts)
        if matched or (self.drafts and decision and (decision.payment or decision.undo)):
            # A draft still settles what it was matched with, although it is in no ledger.
            return Decision("review", "payment_draft")
        if decision is None or decision.type == "review" or not self.is_partial:
            return decision
        ids = sorted({*decision.undo, *(payment.id for payment in self.taken)}, reverse=True)
        code = "loose_absent" if decision.code == "absent" else "loose_replaced"
        return Decision("reopen", code, decision.payment, tuple(ids))

    def release(self) -> Decision | None:
        """Return the cancelling of payments that settle nothing at all, or None if there are none."""
        if not self.taken or self.is_partial or self.refusal:
            return None
        return Decision("cancel", "loose_cancelled", undo=tuple(payment.id for payment in self.taken))


def loosen(book: BookItem, money: Money) -> Loosened:
    """Return a document without the payments that a person loosened from it.

    What a person changed on such a payment itself, or matched with other documents, is left to a person.
    """
    drafts = tuple(payment for payment in book.payments if payment.draft)
    loose = tuple(payment for payment in book.payments if payment.loose and not payment.draft)
    if not drafts and not loose:
        return Loosened(book)
    refusal = ""
    if any(payment.changed for payment in loose):
        refusal = "loose_changed"
    elif any(payment.elsewhere for payment in loose):
        refusal = "loose_elsewhere"
    return Loosened(_without(book, loose, money), loose, drafts, refusal)


def _without(book: BookItem, loose: tuple[BookPayment, ...], money: Money) -> BookItem:
    """Return a document without its drafts and its loose payments, which leave what they settle open."""
    others = tuple(payment for payment in book.payments if not payment.draft and not payment.loose)
    back = sum((payment.amount for payment in loose), ZERO)
    bare = replace(book, payments=others)
    if not back:
        return bare
    company = money.to_company(book.residual + back, book)
    return replace(bare, residual=book.residual + back, company_residual=company)
