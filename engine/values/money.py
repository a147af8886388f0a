"""Amounts of a policy's currencies: rounding, comparing and converting. All amounts in ledger sign."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from ..items import Policy

ZERO = Decimal(0)
_USUAL_ROUNDING = Decimal("0.01")
_USUAL_HALF = _USUAL_ROUNDING / 2


def sign(amount: Decimal) -> int:
    """Return 1, 0 or -1."""
    return (amount > 0) - (amount < 0)


class Rated(Protocol):
    """What has a rate of its own: a document of the books in its currency and in company currency, see ``BookItem``."""

    @property
    def currency(self) -> str:
        """ISO code."""

    @property
    def total(self) -> Decimal:
        """In ``currency``."""

    @property
    def residual(self) -> Decimal:
        """In ``currency``."""

    @property
    def company_total(self) -> Decimal:
        """In company currency."""

    @property
    def company_residual(self) -> Decimal:
        """In company currency."""


class Money:
    """The currencies of a policy."""

    def __init__(self, policy: Policy, tolerance: Decimal = ZERO) -> None:
        """Take the currencies' roundings and rates; ``tolerance``: a difference that is not booked."""
        self.company_currency = policy.company_currency
        self._roundings = policy.roundings
        self._halves = {currency: rounding / 2 for currency, rounding in policy.roundings.items()}
        self._rates = policy.rates
        self._tolerance = tolerance

    def round(self, amount: Decimal, currency: str) -> Decimal:
        """Round half up to the currency's smallest amount."""
        rounding = self._roundings.get(currency) or _USUAL_ROUNDING
        return (amount / rounding).quantize(Decimal(1), ROUND_HALF_UP) * rounding

    def has_more_decimals(self, amount: Decimal, currency: str) -> bool:
        """Whether an amount has decimals that its currency doesn't; what a spreadsheet's numbers lack is nothing."""
        return abs(amount - self.round(amount, currency)) > (self._roundings.get(currency) or _USUAL_ROUNDING) / 1000

    def same(self, one: Decimal, other: Decimal, currency: str) -> bool:
        """Whether two amounts are one to the currency's rounding; tolerance doesn't count."""
        return one == other or abs(one - other) < (self._halves.get(currency) or _USUAL_HALF)

    def settled(self, one: Decimal, other: Decimal, currency: str) -> bool:
        """Whether nothing needs to be booked between two amounts: same, or not more apart than the tolerance."""
        return self.same(one, other, currency) or abs(one - other) <= self._tolerance

    def to_document(
        self, amount: Decimal, book: Rated, residual: Decimal, company_residual: Decimal | None = None
    ) -> Decimal | None:
        """Convert an amount in company currency into the document's currency at the document's own rate.

        :param residual: what is open of the document (or due line); the amount that equals it in company currency
            gives exactly this, so that rounding leaves no cent open
        :param company_residual: the same in company currency; None = by the own rate
        :return: the amount in the document's currency, None if the document has no rate
        """
        own = self.own_rate(book)
        if own is None or not amount:
            return None if amount else ZERO
        total, company_total = own
        if company_residual is None:
            company_residual = self.round(residual * company_total / total, self.company_currency)
        if self.same(abs(amount), abs(company_residual), self.company_currency):
            return residual if sign(amount) == sign(company_residual) else -residual
        return self.round(amount * total / company_total, book.currency)

    def to_company(self, amount: Decimal, book: Rated) -> Decimal:
        """Convert an amount in the document's currency into company currency at the document's own rate."""
        if book.currency == self.company_currency:
            return amount
        if self.same(amount, book.residual, book.currency):
            return book.company_residual
        own = self.own_rate(book)
        return self.round(amount * own[1] / own[0], self.company_currency) if own else ZERO

    def own_rate(self, book: Rated) -> tuple[Decimal, Decimal] | None:
        """Return amounts in document and company currency whose quotient is the document's own rate, or None."""
        for own, company in ((book.total, book.company_total), (book.residual, book.company_residual)):
            if own and company:
                return own, company
        return None

    def rate(self, currency: str) -> Decimal | None:
        """Return units of company currency for one unit at the balance date, or None."""
        return self._rates.get(currency)
