"""Every sign convention of files -> ledger sign: positive = the partner owes us."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal

from ..items import ReadOptions
from ..words.odoo_types import odoo_type
from ..words.type_rules import document_sign
from .mapping import Layout
from .raw import Raw

PayablesSign = Literal["ledger", "positive", "assumed"]
_ZERO = Decimal(0)


def settle_values(layout: Layout, raws: list[Raw], totals: Iterable[Raw]) -> list[Raw]:
    """Give every amount its sign by what the file says of debit and credit; return the rows that don't tell theirs."""
    _sign_documents(raws)
    if "debit_credit" in layout.fields:
        return _by_sides(raws, totals)
    for raw in (*raws, *totals):
        if raw.side:
            _change(raw, lambda value, side=raw.side: abs(value) * side)  # type: ignore[misc]
    if any(raw.side for raw in raws):
        return []
    if _by_company(raws) or _by_net(raws):
        return []
    _by_type(raws)
    return []


def _sign_documents(raws: list[Raw]) -> None:
    """Give amounts in document currency the sign of those in company currency where only these have one."""
    if any(raw.document and raw.document < 0 for raw in raws):
        return
    for raw in raws:
        base = raw.amount or raw.company
        if raw.document and base and base < 0:
            raw.document = -raw.document


def _change(raw: Raw, change: Callable[[Decimal], Decimal]) -> None:
    """Change the sign of all amounts of a row."""
    for name in ("amount", "document", "company"):
        value = getattr(raw, name)
        if value is not None:
            setattr(raw, name, change(value))


def _main(raw: Raw) -> Decimal:
    """Return the amount by which signs are judged."""
    return next((value for value in (raw.amount, raw.document, raw.company) if value), _ZERO)


def _by_sides(raws: list[Raw], totals: Iterable[Raw]) -> list[Raw]:
    """Apply a column of D/C or S/H marks; a sign that says the same again is not applied twice."""
    marked = [raw for raw in raws if raw.side and _main(raw)]
    is_repeated = _is_repeated(marked)
    lacking = [raw for raw in raws if not raw.side and _main(raw)]
    if lacking and _are_credits_marked(raws, marked):
        for raw in lacking:
            raw.side = 1
        lacking = []
    for raw in (*raws, *totals):
        if raw.side:
            side = raw.side
            _change(raw, (lambda value: abs(value) * side) if is_repeated else (lambda value: value * side))  # noqa: B023
    return lacking


def _are_credits_marked(raws: list[Raw], marked: list[Raw]) -> bool:
    """Tell whether only credits are marked, and no amount has a sign."""
    return {raw.side for raw in marked} == {-1} and all(_main(raw) > 0 for raw in raws if _main(raw))


def _is_repeated(marked: list[Raw]) -> bool:
    """Tell whether the amounts' signs say the same as their marks, or all the opposite where there are both marks."""
    same = [(_main(raw) > 0) == (raw.side > 0) for raw in marked]
    return all(same) or (not any(same) and len({raw.side for raw in marked}) == 2)


def _by_company(raws: list[Raw]) -> bool:
    """Take the sign of the company amounts where only these have signs (Odoo); tell whether that was so."""
    amounts = [raw.amount for raw in raws if raw.amount]
    if any(amount < 0 for amount in amounts) or not any(raw.company and raw.company < 0 for raw in raws):
        return False
    for raw in raws:
        if raw.amount and raw.company and raw.company < 0:
            raw.amount = -raw.amount
    return True


def _by_net(raws: list[Raw]) -> bool:
    """Take the sign of a document's bookings where the balance has none; tell whether that was so."""
    if any(raw.amount and raw.amount < 0 for raw in raws) or not any(raw.net and raw.net < 0 for raw in raws):
        return False
    nets: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for raw in raws:
        nets[_document(raw)] += raw.net or _ZERO
    for raw in raws:
        if raw.amount and nets[_document(raw)] < 0:
            raw.amount = -raw.amount
    return True


def _document(raw: Raw) -> tuple[str, str]:
    """Return the partner and the number of a row's document; a row without number is one of its own."""
    return raw.partner_number or raw.partner_name, raw.number or f"row {raw.row}"


def _by_type(raws: list[Raw]) -> None:
    """Make credit notes and payments negative where no amount has a sign; Odoo's types give the ledger sign."""
    if any(raw.booked for raw in raws) or any(_main(raw) < 0 for raw in raws):
        return
    has_odoo = has_odoo_types(raws)
    for raw in raws:
        known = odoo_type(raw.type) if has_odoo else None
        sign = known[1] if known else document_sign(raw.type) if raw.type else 1
        if sign < 0:
            _change(raw, lambda value: -value)


def has_odoo_types(raws: list[Raw]) -> bool:
    """Tell whether the types of the rows are those of Odoo."""
    return any(raw.type and odoo_type(raw.type) for raw in raws) and all(
        odoo_type(raw.type) or raw.type in ("", "entry", "journalentry") for raw in raws
    )


def settle_payables(layout: Layout, raws: list[Raw], options: ReadOptions) -> PayablesSign | None:
    """Turn payables into ledger sign; return how they were signed in the file, None if there are none."""
    payables = [raw for raw in raws if raw.kind == "payable"]
    if not payables:
        return None
    if told_by_sides(layout, raws):
        return "ledger"
    sign: PayablesSign = options.payables_sign or _sign_by_bills(payables) or "assumed"
    turn = sign == "positive" or (sign == "assumed" and not are_negative(raw.balance for raw in payables))
    if turn:
        for raw in payables:
            if raw.balance is not None:
                raw.balance = -raw.balance
                raw.company_balance = -raw.company_balance if raw.company_balance is not None else None
    return sign


def told_by_sides(layout: Layout, raws: list[Raw]) -> bool:
    """Tell whether debit and credit are marked, or Odoo's types and signed amounts decide."""
    if {"debit_credit", "debit", "credit"} & set(layout.fields) and not _is_bare(layout):
        return True
    return any(raw.side for raw in raws) or has_odoo_types(raws)


def _is_bare(layout: Layout) -> bool:
    """Tell whether debit and credit columns stand beside a balance that has no marks."""
    return "balance" in layout.fields and "debit_credit" not in layout.fields and "credit" not in layout.fields


def _sign_by_bills(payables: list[Raw]) -> PayablesSign | None:
    """Return the sign by rows that are surely bills, None if there are none or they differ."""
    bills = {(raw.balance or _ZERO) > 0 for raw in payables if raw.balance and raw.type and document_sign(raw.type) > 0}
    if len(bills) != 1:
        return None
    return "positive" if bills.pop() else "ledger"


def are_negative(amounts: Iterable[Decimal | None]) -> bool:
    """Tell whether most amounts are negative, so that bills are; where as many are not, by their sum."""
    balances = [amount for amount in amounts if amount]
    negative = sum(1 for balance in balances if balance < 0)
    if negative * 2 == len(balances):
        return sum(balances, _ZERO) < 0
    return negative * 2 > len(balances)


# --- which of the amounts is the balance ----------------------------------------------------------------------


def settle_balance(layout: Layout, raw: Raw, default: str | None, options: ReadOptions) -> None:
    """Set value, company value and currency of a row from its signed amounts."""
    fields, currencies = layout.fields, layout.currencies
    named = currencies.get(fields.get("balance", fields.get("total", -1)))
    own = named or raw.currency or raw.amount_currency or (default if "currency" not in fields else None)
    if options.balance_currency == "company":
        _settle_in_company(raw)
    elif "document_balance" in fields:
        _settle_pair(raw, currencies.get(fields["document_balance"]) or raw.currency or raw.amount_currency)
    elif raw.amount or (raw.amount is not None and not raw.company):
        raw.value, raw.company_value, raw.value_currency = raw.amount, raw.company, own
    elif raw.company is not None:
        named = currencies.get(fields["company_balance"])
        raw.value, raw.company_value = raw.company, raw.company
        raw.value_currency = named or raw.company_currency


def _settle_in_company(raw: Raw) -> None:
    """Take the amount in company currency; another one, where the row has none, is said to be in it."""
    amounts = (raw.company, raw.amount, raw.document)
    raw.value = next((amount for amount in amounts if amount is not None), None)
    raw.company_value, raw.value_currency, raw.sign = raw.company, None, ""


def _settle_pair(raw: Raw, currency: str | None) -> None:
    """Take the amount in the document's currency where the row has one, else the one in company currency."""
    company = raw.company if raw.company is not None else raw.amount
    if raw.document is not None and (raw.document or not company):
        raw.value, raw.company_value, raw.value_currency = raw.document, company, currency
    else:
        raw.value, raw.company_value, raw.value_currency = company, company, raw.company_currency
