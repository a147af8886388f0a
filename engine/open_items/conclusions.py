"""What a list as a whole tells when it is laid beside the books: what it covers, and how its payables are signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..items import Cover, Kind
from ..values.cells import SIGNS, fits_sign
from ..values.money import sign
from .items import BookItem, Match, ReportedItem


def conclude_cover(matches: Sequence[Match], books: dict[int, BookItem]) -> Cover | None:
    """Return the only kind of all documents matched, or None if there are none or both."""
    kinds: set[Kind] = {books[found.book_id].kind for found in matches if found.book_id}
    return kinds.pop() if len(kinds) == 1 else None


def payables_agree(items: Sequence[ReportedItem], matches: Sequence[Match], books: dict[int, BookItem]) -> int:
    """Compare the sign of the payables with their documents.

    :return: above 0: most agree with ledger sign, below 0: most are opposite, 0: nothing to tell it by
    """
    votes = 0
    for item, found in zip(items, matches, strict=True):
        book = books.get(found.book_id)
        if book is not None and book.kind == "payable" and book.state == "posted":
            votes += sign(item.balance or Decimal(0)) * (sign(book.residual) or sign(book.total))
    return votes


def has_payables(items: Sequence[ReportedItem], matches: Sequence[Match]) -> bool:
    """Whether any item is a payable, by the list or by its document."""
    return any("payable" in (item.kind, found.kind) for item, found in zip(items, matches, strict=True))


def turn_payables(items: Sequence[ReportedItem], matches: Sequence[Match]) -> list[ReportedItem]:
    """Return the items with the sign of the payables turned."""
    return [
        _turned(item) if (item.kind or found.kind) == "payable" else item
        for item, found in zip(items, matches, strict=True)
    ]


def _turned(item: ReportedItem) -> ReportedItem:
    """Return the item with its amounts negated."""
    balance, company = item.balance, item.company_balance
    return replace(
        item,
        balance=None if balance is None else -balance,
        company_balance=None if company is None else -company,
    )


def name_signs(items: Sequence[ReportedItem], company_currency: str) -> Sequence[ReportedItem]:
    """Return the items whose sign ($, kr) cannot be the company's currency with the sign as their currency.

    So no amount of theirs is taken for company currency.
    """
    if not any(item.currency_sign for item in items):
        return items
    return [
        replace(item, currency=item.currency_sign)
        if item.currency_sign and not fits_sign(item.currency_sign, company_currency)
        else item
        for item in items
    ]


def settle_signs(
    items: Sequence[ReportedItem], matches: Sequence[Match], books: dict[int, BookItem]
) -> Sequence[ReportedItem]:
    """Return the items whose currency is a sign with that of their document, if the sign may mean it."""
    if not any(item.currency in SIGNS for item in items):
        return items
    settled = []
    for item, found in zip(items, matches, strict=True):
        book = books.get(found.book_id)
        fits = book is not None and item.currency is not None and fits_sign(item.currency, book.currency)
        settled.append(replace(item, currency=book.currency) if book is not None and fits else item)
    return settled
