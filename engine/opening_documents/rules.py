"""What a row of a list of opening documents must say: amounts that agree, dates in order. Emersion's rules and ours.

Whatever is wrong becomes a fault of the row; nothing is taken for 0, and no row is left out for a fault.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .cells import Cells
from .columns import PARTNERS
from .items import DOCUMENT_TYPES, PAYMENT_TYPES, DocumentType
from .types import Sides


class Amounts(NamedTuple):
    """Type and amounts of a row in ledger sign; None = not given, or faults say why.

    ``written``: the total, or what is open of a payment, with the sign that it has in the file; only where the row
    names its type, else the sign is part of that.
    """

    type: DocumentType | None = None
    total: Decimal | None = None
    tax: Decimal | None = None
    open: Decimal | None = None
    company_total: Decimal | None = None
    rate: Decimal | None = None
    written: Decimal | None = None


# --- our own template -------------------------------------------------------------------------------------------


def template_amounts(cells: Cells, sides: Sides) -> Amounts:
    """Return type and amounts of a row of the template, or of a list like it."""
    text = cells.text("type")
    named = sides.read(text) if text else None
    if text and named is None:
        cells.fault("opening_type_unknown", "type")
    if named in PAYMENT_TYPES:
        return _payment(cells, named)
    total = cells.amount("total", required=True)
    tax = cells.amount("tax_amount")
    open_ = cells.amount("balance", required=True)
    if total is not None and not total:
        cells.fault("opening_total_zero", "total")
    _check_tax(cells, total, tax)
    _check_open(cells, "balance", total, open_)
    basis = total or open_
    if named is None and not text and basis:
        named = sides.type_of(basis)
    factor = _factor(named, basis)
    company, rate = cells.amount("company_total"), cells.rate()
    written = total if text else None
    total, tax, open_ = _times(total, factor), _times(tax, factor), _times(open_, factor)
    return Amounts(named, total, tax, open_, _times(company, factor), rate, written)


def _payment(cells: Cells, named: DocumentType | None) -> Amounts:
    """Return the amounts of money that is allocated to nothing: only what is open counts."""
    open_ = cells.amount("balance", required=True)
    total, company, rate = cells.amount("total"), cells.amount("company_total"), cells.rate()
    if open_ is not None and not open_:
        cells.fault("opening_open_zero", "balance")
    factor = _factor(named, open_)
    if company is not None and total and open_ and total != open_:
        rate, company = rate or abs(company / total) or None, None  # it was the total's, of which a part is open
    ledger = _times(open_, factor)
    return Amounts(named, ledger, None, ledger, _times(company, factor), rate, open_)


def _factor(named: DocumentType | None, basis: Decimal | None) -> int:
    """Return what turns amounts as they are written into ledger sign."""
    if named is None or not basis:
        return 1
    sign = DOCUMENT_TYPES[named][1]
    return sign if basis > 0 else -sign


def _times(amount: Decimal | None, factor: int) -> Decimal | None:
    """Return an amount in ledger sign."""
    return None if amount is None else amount * factor + 0


def _check_tax(cells: Cells, total: Decimal | None, tax: Decimal | None) -> None:
    """Note a tax that cannot be part of the total."""
    if not total or not tax:
        return
    if (tax > 0) != (total > 0):
        cells.fault("opening_tax_sign", "tax_amount")
    elif abs(tax) > abs(total):
        cells.fault("opening_tax_above_total", "tax_amount", total=total)


def _check_open(cells: Cells, name: str, total: Decimal | None, open_: Decimal | None) -> None:
    """Note an open amount that cannot be part of the total."""
    if total is None or not open_:
        return
    if total and (open_ > 0) != (total > 0):
        cells.fault("opening_open_sign", name)
    elif abs(open_) > abs(total):
        cells.fault("opening_open_above_total", name, total=total)


def check_partner(cells: Cells) -> None:
    """Note that a row names nobody."""
    if all(cells.cell(name) is None for name in PARTNERS):
        cells.fault("opening_partner_missing", next((name for name in PARTNERS if name in cells.columns), ""))


def check_dates(cells: Cells, day: date | None, due: date | None) -> None:
    """Note a due date before the date; Emersion's must come after it."""
    if day is None or due is None:
        return
    if cells.strict and due <= day:
        cells.fault("opening_due_not_after_date", "due_date", date=day)
    elif due < day:
        cells.fault("opening_due_before_date", "due_date", date=day)


def check_period(cells: Cells, start: date | None, end: date | None) -> None:
    """Note a period that ends before it starts."""
    if start is not None and end is not None and end < start:
        cells.fault("opening_period_reversed", "period_end", start=start)


# --- Emersion -----------------------------------------------------------------------------------------------------


def emersion_amounts(cells: Cells) -> Amounts:
    """Return type and amounts of a row with Emersion's columns: customers only, without and with tax apart.

    A credit stays available in full: its balance is given as 0 since it is no debt.
    """
    net, tax = cells.amount("net_total", required=True), cells.amount("tax_amount", required=True)
    net_open, open_tax = cells.amount("net_open", required=True), cells.amount("open_tax", required=True)
    if cells.cell("tax") is None:
        cells.fault("opening_value_missing", "tax")
    total = None if net is None or tax is None else net + tax
    if net and tax and (net > 0) != (tax > 0):
        cells.fault("opening_tax_sign", "tax_amount")
    if total is not None and not total:
        cells.fault("opening_total_zero", "net_total")
    if total is not None and total < 0:
        _check_closed(cells, net_open=net_open, open_tax=open_tax)
        return Amounts("out_refund", total, tax, total)
    _check_open(cells, "net_open", net, net_open)
    _check_open(cells, "open_tax", tax, open_tax)
    open_ = None if net_open is None or open_tax is None else net_open + open_tax
    return Amounts("out_invoice" if total else None, total, tax, open_)


def _check_closed(cells: Cells, **amounts: Decimal | None) -> None:
    """Note the columns in which something is open of a credit."""
    for name, amount in amounts.items():
        if amount:
            cells.fault("opening_credit_open", name)
