"""Amounts spread so that the parts add up to the whole, to the last digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from .items import ZERO, HandoverDocument, HandoverLine


def spread(amount: Decimal, weights: Sequence[Decimal], digits: int) -> list[Decimal]:
    """Return the amount in parts by largest remainder: they add up to it; without any weight they are equal.

    >>> spread(Decimal("15.31"), [Decimal("36.46"), Decimal("36.46")], 2)
    [Decimal('7.66'), Decimal('7.65')]
    """
    if not weights:
        return []
    total = sum(weights, ZERO)
    if not total:
        weights, total = [Decimal(1)] * len(weights), Decimal(len(weights))
    return _rounded(amount, [amount * weight / total for weight in weights], digits)


def _rounded(amount: Decimal, exact: Sequence[Decimal], digits: int) -> list[Decimal]:
    """Return parts of an amount, which add up to it, rounded so that they still do."""
    unit = Decimal(1).scaleb(-digits)
    parts = [part.quantize(unit, ROUND_DOWN) for part in exact]
    rest = amount - sum(parts, ZERO)
    step = unit if rest > 0 else -unit
    count = int(abs(rest) / unit)
    order = sorted(range(len(parts)), key=lambda at: (exact[at] - parts[at]) * step, reverse=True)
    for place in range(count):
        parts[order[place % len(order)]] += step
    return parts


def spread_tax(amount: Decimal, bases: Sequence[Decimal], rate: Decimal | None, digits: int) -> list[Decimal]:
    """Return a tax in parts, one for each of its bases; where bases cancel each other out, their taxes do as well.

    >>> spread_tax(Decimal("0.21"), [Decimal("100.00"), Decimal("-99.00")], Decimal("0.21"), 2)
    [Decimal('21.00'), Decimal('-20.79')]
    """
    size = sum(map(abs, bases), ZERO)
    rest = amount - sum(bases, ZERO) * (rate or ZERO)
    if not rate or not size or abs(rest) > (len(bases) + 1) * Decimal(1).scaleb(-digits):
        return spread(amount, bases, digits)  # no share of the base, or of another one
    return _rounded(amount, [base * rate + rest * abs(base) / size for base in bases], digits)


def split_centres(line: HandoverLine, document: HandoverDocument) -> list[tuple[HandoverLine, str]]:
    """Return a line in parts, each with its cost centre; what the shares leave over has none."""
    if not line.centres:
        return [(line, "")]
    shares = [share for _code, share in line.centres]
    codes = [code for code, _share in line.centres]
    rest = 1 - sum(shares, ZERO)
    if rest > Decimal("0.0001"):
        shares, codes = [*shares, rest], [*codes, ""]
    if len(codes) == 1:
        return [(line, codes[0])]
    amounts = spread(line.amount, shares, document.company_digits)
    foreign = spread(line.foreign, shares, document.digits)
    quantities = [None if line.quantity is None else line.quantity * share for share in shares]
    parts = zip(amounts, foreign, quantities, codes, strict=True)
    return [(replace(line, amount=own, foreign=other, quantity=many), code) for own, other, many, code in parts]


def tax_shares(document: HandoverDocument, lines: Sequence[HandoverLine]) -> list[tuple[Decimal, Decimal]]:
    """Return the tax of each of some base lines, in company and in document currency.

    The parts of a tax add up to its tax lines. One of which no line is the base is in none of them.
    """
    shares = [(ZERO, ZERO)] * len(lines)
    taxes = document.of_role("tax")
    # Also those without a tax line: bases that cancel each other out have none.
    for key in dict.fromkeys(key for line in [*taxes, *lines] for key in line.taxes):
        of_tax = [tax for tax in taxes if key in tax.taxes]
        bases = [at for at, line in enumerate(lines) if key in line.taxes]
        rate = None if document.taxes[key].is_reverse else document.taxes[key].rate
        due, due_foreign = (
            sum((tax.amount for tax in of_tax), ZERO),
            sum((tax.foreign for tax in of_tax), ZERO),
        )
        own = spread_tax(due, [lines[at].amount for at in bases], rate, document.company_digits)
        other = spread_tax(due_foreign, [lines[at].foreign for at in bases], rate, document.digits)
        for at, amount, foreign in zip(bases, own, other, strict=True):
            before = shares[at]
            shares[at] = (before[0] + amount, before[1] + foreign)
    return shares


def loose_taxes(document: HandoverDocument) -> list[HandoverLine]:
    """Return the tax lines of which no line is the base."""
    known = {key for line in document.of_role("base") for key in line.taxes}
    return [line for line in document.of_role("tax") if not known.intersection(line.taxes)]


def total(document: HandoverDocument) -> tuple[Decimal, Decimal]:
    """Return what the document makes its partner owe, in company and in document currency."""
    due = document.of_role("due")
    return sum((line.amount for line in due), ZERO), sum((line.foreign for line in due), ZERO)


def matrix(rows: Sequence[Decimal], columns: Sequence[Decimal], digits: int) -> list[list[Decimal]]:
    """Return each row's amount spread over columns, so that rows and columns both add up.

    :param columns: amounts whose sum is the rows' sum
    """
    cells = [spread(row, columns, digits) for row in rows]
    if not cells:
        return []
    widest = max(range(len(rows)), key=lambda at: abs(rows[at]))
    for at, column in enumerate(columns):
        cells[widest][at] += column - sum((row[at] for row in cells), ZERO)
    return cells
