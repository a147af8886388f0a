"""Which of a row's amounts is its balance, and in which currency."""

from __future__ import annotations

from ..items import ReadOptions
from .mapping import Layout
from .raw import Raw


def settle_balance(layout: Layout, raw: Raw, default: str | None, options: ReadOptions) -> None:
    """Set value, company value and currency of a row from its signed amounts."""
    fields, currencies = layout.fields, layout.currencies
    named = currencies.get(fields.get("balance", fields.get("total", -1)))
    own = named or raw.currency or raw.amount_currency or (default if "currency" not in fields else None)
    if options.balance_currency == "company":
        raw.value = raw.company if raw.company is not None else raw.amount
        raw.value = raw.value if raw.value is not None else raw.document
        raw.company_value, raw.value_currency, raw.sign = raw.company, None, ""
    elif "document_balance" in fields:
        _settle_pair(raw, currencies.get(fields["document_balance"]) or raw.currency or raw.amount_currency)
    elif raw.amount or (raw.amount is not None and not raw.company):
        raw.value, raw.company_value, raw.value_currency = raw.amount, raw.company, own
    elif raw.company is not None:
        named = currencies.get(fields["company_balance"])
        raw.value, raw.company_value = raw.company, raw.company
        raw.value_currency = named or raw.company_currency


def _settle_pair(raw: Raw, currency: str | None) -> None:
    """Take the amount in the document's currency where the row has one, else the one in company currency."""
    company = raw.company if raw.company is not None else raw.amount
    if raw.document is not None and (raw.document or not company):
        raw.value, raw.company_value, raw.value_currency = raw.document, company, currency
    else:
        raw.value, raw.company_value, raw.value_currency = company, company, raw.company_currency
