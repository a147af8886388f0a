"""Values for the tests of matching and planning, in short; and what a plan does to them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..engine.items import BookPartner, Plan
from ..engine.open_items.items import (
    BookItem,
    BookLine,
    BookPayment,
    ExternalItem,
    ItemAction,
    ItemPolicy,
    Match,
    ReportedItem,
)
from ..engine.open_items.matching import match
from ..engine.open_items.planning import plan

D = Decimal
BALANCE_DATE = date(2026, 3, 31)
DAY = date(2026, 2, 1)
DUE = date(2026, 3, 3)
NAMES = {1: "Azure Interior", 2: "Deco Addict", 3: "Gemini Furniture", 4: "Lumber Inc"}

POLICY = ItemPolicy(
    company_currency="EUR",
    roundings={"EUR": D("0.01"), "USD": D("0.01"), "JPY": D("1")},
    balance_date=BALANCE_DATE,
    today=date(2026, 4, 2),
    cover="receivable",
    absent_limit=D(1),
)


def partner(number: int, **values) -> BookPartner:
    """A partner with debtor number ``D<number>``."""
    return replace(BookPartner(number, NAMES[number], debtor_number=f"D{number}"), **values)


PARTNERS = tuple(partner(number) for number in NAMES)


def item(number="INV/1", balance=100, owner="D1", **values) -> ReportedItem:
    """A reported customer item of debtor ``owner``."""
    base = ReportedItem(
        kind="receivable",
        partner_number=owner,
        partner_name=None,
        number=number,
        date=DAY,
        due_date=DUE,
        balance=None,
        row=2,
    )
    return replace(base, balance=None if balance is None else D(str(balance)), **values)


def payable(number="V-1", balance=-100, owner="C1", **values) -> ReportedItem:
    """A reported vendor item of creditor ``owner``."""
    return item(number, balance, owner, **{"kind": "payable", **values})


def book(ident=1, residual=100, total=None, name=None, owner=1, rate=1, **values) -> BookItem:
    """A posted customer invoice ``INV/<ident>``; ``rate``: company currency for one unit of its own."""
    residual = D(str(residual))
    total = residual if total is None else D(str(total))
    cent = D("0.01")
    base = BookItem(
        id=ident,
        kind="receivable",
        partner_id=owner,
        name=f"INV/{ident}" if name is None else name,
        reference=None,
        payment_reference=None,
        date=DAY,
        due_date=DUE,
        state="posted",
        currency="EUR",
        total=total,
        residual=residual,
        company_total=(total * D(str(rate))).quantize(cent),
        company_residual=(residual * D(str(rate))).quantize(cent),
    )
    return replace(base, **values)


def bill(ident=1, residual=-100, total=None, reference="V-1", **values) -> BookItem:
    """A posted vendor bill ``BILL/<ident>`` with the vendor's own number."""
    base = book(ident, residual, total, **{"name": f"BILL/{ident}", **values})
    return replace(base, kind="payable", reference=reference)


def lines(*open_amounts, first=10) -> tuple[BookLine, ...]:
    """Due lines at the end of January, February, ... with these residuals and the ids 10, 11, ..."""
    days = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))
    return tuple(BookLine(first + at, days[at], D(str(amount))) for at, amount in enumerate(open_amounts))


def external(ident=1, balance=70, number="X-1", owner=1, **values) -> ExternalItem:
    """An open external item of a customer."""
    return replace(ExternalItem(ident, "receivable", owner, number, DAY, DUE, "EUR", D(str(balance))), **values)


def paid(ident, amount, unallocated=0, elsewhere=False, **values) -> BookPayment:
    """A payment that this addon booked."""
    return BookPayment(ident, D(str(amount)), D(str(unallocated)), elsewhere, name=f"P{ident}", **values)


def loose(ident, amount, settled=0, unallocated=0, **values) -> BookPayment:
    """A payment that was loosened: ``amount`` of what it was booked to settle is allocated to nothing."""
    return paid(ident, settled, unallocated, loose=D(str(-amount)), **values)


def make(items=(), books=(), partners=PARTNERS, externals=(), rejected=(), assigned=None, **policy) -> Plan:
    """Plan with the usual policy, changed by keywords."""
    return plan(items, rejected, books, partners, externals, replace(POLICY, **policy), assigned)


def row(action: ItemAction) -> tuple:
    """All that counts of an action."""
    return (
        action.type,
        action.item,
        action.book_id,
        action.line_id,
        action.booked,
        action.reported,
        action.payment,
        action.undo,
        action.external_id,
        action.reason.code,
    )


def rows(result: Plan) -> list[tuple]:
    """All actions of a plan."""
    return [row(action) for action in result.actions]


def problems(result: Plan) -> list[tuple[str, str]]:
    """Level and code of a plan's problems."""
    return [(problem.level, problem.code) for problem in result.problems]


def matched(found: Match) -> tuple:
    """All that counts of a match."""
    return (
        found.kind,
        found.partner_id,
        found.book_id,
        found.reason.code if found.reason else "",
        (found.suggestion.partner_id, found.suggestion.book_id),
        set(found.protected),
    )


class MatchingCase(BaseCase):
    """One item at a time."""

    def check(self, told, books, expected, partners=PARTNERS, assigned=None, others=(), **policy):
        """Compare the match of the first of some items with
        (kind, partner, document, reason, (suggested partner, document), protected documents).
        """
        found = match([told, *others], books, partners, replace(POLICY, **policy), assigned)
        self.assertEqual(matched(found[0]), expected)
        return found[0]

    def found(self, told, books, document, **values):
        """The item means that document and nothing is in doubt."""
        owner = next(one for one in books if one.id == document)
        self.check(told, books, (owner.kind, owner.partner_id, document, "", (0, 0), set()), **values)


# --- Applying a plan to the values, as the models do it in the books


def apply(
    result: Plan, items: Sequence[ReportedItem], books: Iterable[BookItem], externals: Iterable[ExternalItem] = ()
) -> tuple[list[BookItem], list[ExternalItem]]:
    """Return the books and external items as they are after a plan was applied."""
    by_id = {document.id: document for document in books}
    for action in result.actions:
        if action.book_id and (action.payment or action.undo):
            by_id[action.book_id] = _booked(by_id[action.book_id], action)
    return list(by_id.values()), _externals(result, items, externals)


def _booked(document: BookItem, action: ItemAction) -> BookItem:
    """Return the document after undoing and paying."""
    ident = 1 + max((payment.id for payment in document.payments), default=1000)
    undone = [payment for payment in document.payments if payment.id in action.undo]
    residual = document.residual + sum(payment.amount for payment in undone)
    payments = tuple(payment for payment in document.payments if payment.id not in action.undo)
    if action.payment:
        same_side = residual * action.payment > 0
        settled = min(abs(action.payment), abs(residual)) * (1 if residual > 0 else -1) if same_side else D(0)
        payments = (BookPayment(ident, settled, settled - action.payment), *payments)
        residual -= settled
    due = tuple(
        replace(line, residual=line.residual - action.payment) if line.id == action.line_id else line
        for line in document.lines
    )
    if not action.line_id and due:
        due = _spread(due, residual, document.total)
    rate = document.company_total / document.total
    company = (residual * rate).quantize(D("0.01"))
    return replace(document, residual=residual, company_residual=company, lines=due, payments=payments)


def _spread(due: Sequence[BookLine], residual: Decimal, total: Decimal) -> tuple[BookLine, ...]:
    """Return due lines of equal size that hold a residual, the oldest settled first."""
    share = total / len(due)
    spread = []
    for line in reversed(due):
        part = residual if abs(residual) < abs(share) else share
        residual -= part
        spread.append(replace(line, residual=part))
    return tuple(reversed(spread))


def _externals(result: Plan, items: Sequence[ReportedItem], externals: Iterable[ExternalItem]) -> list[ExternalItem]:
    """Return the external items after a plan."""
    by_id = {one.id: one for one in externals}
    for number, action in enumerate(result.actions, start=2000):
        if action.type in ("close_external", "adopt"):
            del by_id[action.external_id]
        elif action.type == "external":
            told = items[action.item]
            ident = action.external_id or number
            by_id[ident] = ExternalItem(
                ident,
                action.kind,
                action.partner_id,
                told.number,
                told.date,
                told.due_date,
                action.currency,
                action.reported,
            )
    return list(by_id.values())
