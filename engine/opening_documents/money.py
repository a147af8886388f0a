"""Amounts of opening documents: rounded, and in company currency at the rate of the row or of the books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..values.money import ZERO, Money, sign
from .items import PAYMENT_TYPES, Directory, OpeningPolicy, ReportedDocument

_ONE = Decimal(1)
_LEEWAY = Decimal("0.005")  # what a rate may differ, rates being printed with few digits
_CENT = Decimal("0.01")
# A rate so many times the known one, or that part of it, is wrong unless the currency collapsed: a whole document's
# amount beside one of its two instalments gives about twice the rate.
_FAR = Decimal("1.8")
_NEAR = Decimal("0.2")  # a far rate is the wrong way round if it is so near to the known one when turned
_APART = Decimal("0.05")  # one that is not far, if it differs so much as it is, and less when turned; or two of one day
_TELLING = Decimal(1)  # company currency: of a smaller amount no rate can be told


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a row says, rounded to its currency. Of receipts and payments only what is open counts."""

    currency: str
    total: Decimal
    tax: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an amount in company currency cannot be told or trusted."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class OpeningMoney:
    """The currencies and rates of a policy and a directory."""

    def __init__(self, policy: OpeningPolicy, directory: Directory) -> None:
        """Take currencies and rates."""
        self.money = Money(policy)
        self._company = policy.company_currency
        self._roundings = policy.roundings
        self._rates = directory.rates

    def is_known(self, currency: str) -> bool:
        """Whether documents may be in a currency."""
        return currency == self._company or currency in self._roundings

    def amounts(self, item: ReportedDocument) -> Amounts:
        """Return the amounts of a row; what is not given is zero."""
        currency = item.currency or self._company
        open_ = self.money.round(item.open or ZERO, currency)
        if item.type in PAYMENT_TYPES:
            return Amounts(currency, open_, ZERO, open_)
        total = self.money.round(item.total or ZERO, currency)
        tax = self.money.round(item.tax, currency) if item.tax else ZERO
        return Amounts(currency, total, tax, open_)

    def has_more_decimals(self, item: ReportedDocument) -> bool:
        """Whether an amount of a row has decimals that its currency doesn't."""
        currency = item.currency or self._company
        amounts = (item.total, item.open, item.tax)
        return any(amount is not None and self.money.has_more_decimals(amount, currency) for amount in amounts)

    def company_totals(
        self, items: Sequence[ReportedDocument], amounts: Sequence[Amounts]
    ) -> tuple[list[Decimal], dict[int, Doubt]]:
        """Return the totals of one document's rows in company currency, and position -> why one cannot be told.

        Rows that don't give theirs share the rounded sum of theirs: the last one takes what rounding leaves.
        """
        whole_rate = next((item.rate for item in items if item.rate), None)
        if whole_rate is None and all(self._is_plain(*one) for one in zip(items, amounts, strict=True)):
            return [told.total for told in amounts], {}
        totals = [ZERO] * len(items)
        doubts: dict[int, Doubt] = {}
        converted: dict[int, Decimal] = {}
        for at, (item, told) in enumerate(zip(items, amounts, strict=True)):
            rate = whole_rate or self._known(item, told)
            doubt = self._doubt(item, told, whole_rate)
            if doubt is not None:
                doubts[at] = doubt
            elif item.company_total is not None:
                totals[at] = self._given(item, told)
            elif rate is not None:
                converted[at] = told.total * rate
        self._share(converted, totals)
        if len(items) > 1 and not doubts:
            doubts = self._differences(items, amounts, totals)
        return totals, doubts

    def _share(self, converted: Mapping[int, Decimal], totals: list[Decimal]) -> None:
        """Round amounts of one document, by position, so that they come to their rounded sum."""
        for at, amount in converted.items():
            totals[at] = self.money.round(amount, self._company)
        if len(converted) > 1:
            whole = self.money.round(sum(converted.values(), ZERO), self._company)
            totals[max(converted)] += whole - sum((totals[at] for at in converted), ZERO)

    def clashes(
        self, items: Sequence[ReportedDocument], amounts: Sequence[Amounts]
    ) -> dict[tuple[str, date | None], Doubt]:
        """Return currency and day -> that the rows of a list give it rates which contradict each other."""
        lowest: dict[tuple[str, date | None], Decimal] = {}
        highest: dict[tuple[str, date | None], Decimal] = {}
        for item, told in zip(items, amounts, strict=True):
            rate = item.rate or self._implied(item)
            if rate and told.currency != self._company:
                key = (told.currency, item.date)
                lowest[key] = min(rate, lowest.get(key, rate))
                highest[key] = max(rate, highest.get(key, rate))
        return {
            key: Doubt(
                "opening_rates_clash",
                {"rate": _shown(rate), "other": _shown(highest[key]), "currency": key[0], "date": key[1]},
            )
            for key, rate in lowest.items()
            if highest[key] / rate - 1 > _APART
        }

    @staticmethod
    def _implied(item: ReportedDocument) -> Decimal | None:
        """Return the rate that a row's total and amount in company currency come to, None if they tell none."""
        total, given = item.total or ZERO, item.company_total or ZERO
        if min(abs(total), abs(given)) < _TELLING or sign(total) != sign(given):
            return None
        return given / total

    def _differences(
        self, items: Sequence[ReportedDocument], amounts: Sequence[Amounts], totals: Sequence[Decimal]
    ) -> dict[int, Doubt]:
        """Return position -> that rows of one document come to different rates, which has only one."""
        given = [at for at, item in enumerate(items) if item.company_total is not None and amounts[at].total]
        other = next((at for at in range(len(items)) if at not in given and amounts[at].total), None)
        rate = None if other is None else self._known(items[other], amounts[other])
        for at in given:
            told = amounts[at]
            if rate is None:
                rate = totals[at] / told.total
            elif not self._fits(totals[at], told.total * rate, told.currency):
                values = {"rate": _shown(rate), "other": _shown(totals[at] / told.total)}
                return dict.fromkeys(range(len(items)), Doubt("opening_rates_differ", values))
        return {}

    def _is_plain(self, item: ReportedDocument, told: Amounts) -> bool:
        """Whether a row is in company currency and says nothing else of it."""
        return told.currency == self._company and item.company_total is None

    def _known(self, item: ReportedDocument, told: Amounts) -> Decimal | None:
        """Return the books' rate on the document's date, None if they have none."""
        if told.currency == self._company:
            return _ONE
        return self._rates.get((told.currency, item.date)) if item.date else None

    def _given(self, item: ReportedDocument, told: Amounts) -> Decimal:
        """Return the amount in company currency that a row gives, for what is created of it."""
        given = item.company_total or ZERO
        if item.type in PAYMENT_TYPES and item.total:
            given = given * told.open / item.total
        return self.money.round(given, self._company)

    def _doubt(self, item: ReportedDocument, told: Amounts, stated: Decimal | None) -> Doubt | None:
        """Return what is wrong with the rate or the amount in company currency that a row gives or lacks, if any."""
        if not told.total or (stated is None and self._is_plain(item, told)):
            return None
        if item.company_total is None and told.currency != self._company:
            known = self._known(item, told)
            if stated is None and known is None:
                return Doubt("no_rate_on", {"currency": told.currency, "date": item.date})
            return _strange(stated, known, item, told)
        given = told.total if item.company_total is None else self._given(item, told)
        if sign(given) != sign(told.total):
            return Doubt("company_sign_differs")
        if told.currency == self._company:
            return self._differing(given, told, stated, _ONE)
        doubt = self._strange_given(given, item, told, stated)
        return doubt if doubt is not None or stated is None else self._differing(given, told, stated, stated)

    def _strange_given(
        self, given: Decimal, item: ReportedDocument, told: Amounts, stated: Decimal | None
    ) -> Doubt | None:
        """Return that the rate that a row states, or its amounts come to, is strange beside the books', if it is."""
        known = self._known(item, told)
        # Of a few cents no rate can be told.
        fits = stated is None and known is not None and self._fits(given, told.total * known, told.currency)
        return None if fits else _strange(stated or given / told.total, known, item, told)

    def _differing(self, given: Decimal, told: Amounts, stated: Decimal | None, expected: Decimal) -> Doubt | None:
        """Return that an amount in company currency is not what the rate makes of the total, if it isn't."""
        if stated in (None, expected) and self._fits(given, told.total * expected, told.currency):
            return None
        return Doubt("rate_differs", {"rate": _shown(stated or expected), "implied": _shown(given / told.total)})

    def _fits(self, given: Decimal, expected: Decimal, currency: str) -> bool:
        """Whether an amount in company currency is what the rate makes of it, but for rounding."""
        if currency == self._company:
            return self.money.same(given, expected, self._company)
        leeway = self._roundings.get(self._company, _CENT) + _LEEWAY * abs(expected)
        return abs(given - expected) <= leeway


def _strange(stated: Decimal | None, known: Decimal | None, item: ReportedDocument, told: Amounts) -> Doubt | None:
    """Return that a rate is far from the books', or looks as if it were units of the currency for one of the
    company's; None if it doesn't.
    """
    if not stated or not known:
        return None
    times = stated / known
    is_far = not 1 / _FAR < times < _FAR
    if not is_far and (abs(times - 1) <= _APART or _apart(stated * known) >= _apart(times)):
        return None
    is_turned = not is_far or abs(1 / stated - known) <= _NEAR * known
    values = {"rate": _shown(stated), "known": _shown(known), "currency": told.currency, "date": item.date}
    return Doubt("rate_inverted" if is_turned else "rate_far", values)


def _apart(times: Decimal) -> Decimal:
    """Return how many times the greater of two rates is the smaller one."""
    return max(times, 1 / times)


def _shown(rate: Decimal) -> str:
    """Return a rate for a sentence: amounts are shown with the digits of a currency, too few for rates."""
    return f"{rate:.6g}"
