from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D

from ....engine.handover.items import (
    Handover,
    HandoverBank,
    HandoverDocument,
    HandoverLine,
    HandoverParty,
    HandoverSettings,
    HandoverTax,
)

CUSTOMER = HandoverParty(
    1, "customer", "10001", "Voorbeeld Afnemer B.V.", email="ap@example.com", street="Proefstraat 1", zip="1000 AA",
    city="Amsterdam", country="NL", language="nl", vat="NL001234567B01", currency="EUR", term="30",
)  # fmt: skip
VENDOR = HandoverParty(
    2, "vendor", "70001", "Sample Supply Inc.", street="1 Test Road", zip="10001", city="New York", country="US",
    language="en", currency="USD", term="30",
    banks=(HandoverBank("GB29NWBK60161331926819", "NWBKGB2L", "Sample Supply Inc."),),
)  # fmt: skip
VAT = HandoverTax("2", "21 %", D("0.21"))
DAY = date(2026, 1, 12)
SETTINGS = HandoverSettings(datetime.fromisoformat("2026-02-01T08:00:00.123000"), "Our company")


def line(role, account, amount, account_type="other", foreign=None, **values):
    """A journal item; in company currency, if not said otherwise."""
    values.setdefault("text", account)
    own = D(str(amount))
    return HandoverLine(
        role, account, account_type, amount=own, foreign=own if foreign is None else D(str(foreign)), **values
    )


def invoice(**values):
    """An invoice over 88.23 in two instalments, with VAT of 15.31 that is not the sum of its lines' VAT."""
    lines = (
        line("due", "1300", "44.12", "receivable", due_date=date(2026, 2, 11)),
        line("due", "1300", "44.11", "receivable", due_date=date(2026, 3, 13)),
        line("base", "8000", "-36.46", "income", text="Consulting", taxes=("a",), centres=(("CC1", D(1)),)),
        line("base", "8000", "-36.46", "income", text="Second part", taxes=("a",), centres=(("CC2", D(1)),)),
        line("tax", "1500", "-15.31", "tax", text="VAT 21 %", taxes=("a",)),
    )
    known = {
        "id": 7, "type": "out_invoice", "name": "INV/2026/00042", "entry": "202600042", "journal": "70",
        "party": CUSTOMER, "date": DAY, "invoice_date": DAY, "year": 2026, "period": 1, "year_start": date(2026, 1, 1),
        "currency": "EUR", "digits": 2, "company_currency": "EUR", "company_digits": 2, "rate": None,
        "reference": "PO 7788", "payment_reference": "INV/2026/00042", "term": "30", "taxes": {"a": VAT},
        "lines": lines,
    }  # fmt: skip
    return HandoverDocument(**{**known, **values})


def bill(**values):
    """A bill over 1,001.00 dollars, worth 924.71, without tax, on three accounts."""
    day = date(2026, 1, 31)
    lines = (
        line("due", "1600", "-924.71", "payable", "-1001.00", due_date=date(2026, 3, 1)),
        line("base", "4500", "308.23", "expense", "333.66", text="Freight"),
        line("base", "4510", "308.24", "expense", "333.67", text="Handling"),
        line("base", "4520", "308.24", "expense", "333.67", text="Insurance"),
    )
    known = {
        "id": 9, "type": "in_invoice", "name": "BILL/2026/01/0003", "entry": "2026010003", "journal": "60",
        "party": VENDOR, "date": day, "invoice_date": date(2026, 1, 28), "currency": "USD", "rate": D("0.92379"),
        "reference": "SS-90017", "payment_reference": "", "taxes": {}, "lines": lines,
    }  # fmt: skip
    return replace(invoice(), **{**known, **values})


def handover(*documents, parties=(), **options):
    """What is handed over, with options of a format."""
    return Handover(documents, tuple(parties), replace(SETTINGS, options=options))
