"""Values for the tests of planning opening documents, in short."""

from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase

from ..engine import (
    BookDocument,
    BookTax,
    Directory,
    Issue,
    Named,
    OpeningPolicy,
    ReportedDocument,
    plan_opening,
)
from .engine_samples import DAY, DUE, PARTNERS, D

POLICY = OpeningPolicy(
    company_currency="EUR",
    roundings={"EUR": D("0.01"), "USD": D("0.01"), "JPY": D("1")},
    balance_date=date(2026, 3, 31),
    today=date(2026, 4, 2),
)
DIRECTORY = Directory(
    taxes=(
        BookTax(7, "21%", "sale"),
        BookTax(8, "21%", "purchase"),
        BookTax(9, "21% EU", "sale", is_home=False),
        BookTax(10, "6%", "sale"),
        BookTax(11, "6%", "sale"),
        BookTax(12, "Exempt", "none"),
    ),
    analytics=(Named(40, ("North", "N1")), Named(41, ("South", "S1")), Named(42, ("South",))),
    salespersons=(Named(2, ("Marc Demo", "marc")), Named(3, ("Joel", "joel"))),
    payment_terms=(Named(5, ("30 Days",)), Named(6, ("60 Days",))),
    rates={("USD", DAY): D("0.9"), ("JPY", DAY): D("0.0061")},
)
LATER = date(2026, 4, 3)
FAULT = Issue("stop", "amount_unreadable", {"hint": "x"}, "list.csv", 2, "Total", "1.0.0")


def told(number="R-1", total=100, open_=None, owner="D1", **values):
    """A row of debtor ``owner``: a customer invoice of which all is open."""
    base = ReportedDocument(
        type="out_invoice",
        partner_number=owner,
        partner_name=None,
        number=number,
        date=DAY,
        due_date=DUE,
        row=2,
        file="list.csv",
    )
    amount = None if total is None else D(str(total))
    return replace(base, total=amount, open=amount if open_ is None else D(str(open_)), **values)


def bill(number="B-1", total=-100, open_=None, owner="C1", **values):
    """A row of a vendor's bill."""
    return told(number, total, open_, owner, **{"type": "in_invoice", **values})


def numbered(*rows):
    """Rows with the numbers 2, 3, ... of their file."""
    return [replace(row, row=at) for at, row in enumerate(rows, 2)]


def book(ident=900, number="R-1", total=100, owner=1, **values):
    """A customer invoice that the books have already."""
    base = BookDocument(
        ident, "out_invoice", owner, f"OBI/2026/{ident:05d}", (number,) if number else (), DAY, DUE, "EUR", D(total)
    )
    return replace(base, **{"numberless": not number, **values})


def make(items, books=(), partners=PARTNERS, assigned=None, directory=DIRECTORY, **policy):
    """Plan with the usual policy, changed by keywords."""
    return plan_opening(items, books, partners, directory, replace(POLICY, **policy), assigned)


def row(action):
    """Type, index, document, partner, total, open, paid, reason."""
    return (
        action.type,
        action.item,
        action.document,
        action.partner_id,
        action.total,
        action.open,
        action.paid,
        action.reason.code,
    )


class OpeningCase(BaseCase):
    """Compares whole plans."""

    maxDiff = None

    def check(self, result, *expected):
        """Compare all actions, as :func:`row` gives them."""
        self.assertEqual([row(action) for action in result.actions], list(expected))

    def reasons(self, items, *codes, **values):
        """Compare type and reason of all actions."""
        result = make(items, **values)
        self.assertEqual([(action.type, action.reason.code) for action in result.actions], list(codes))
        return result

    def problems(self, result, *expected):
        """Compare level, code and values of all problems."""
        self.assertEqual([(one.level, one.code, dict(one.values)) for one in result.problems], list(expected))
