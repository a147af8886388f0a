"""From one amount per debtor to what will become of the balances and credit limits that the books keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ..books.guards import date_problems, many_absent
from ..errors import Issue
from ..items import Assignment, BookPartner, Plan
from ..values.cells import SIGNS, fits_sign
from ..values.money import ZERO, Money
from .items import Amounts, BalanceAction, BalanceActionType, BalancePolicy, BookBalance, ReportedBalance
from .partners import Debtor, DebtorIndex

_NOTHING_SAID = Assignment()


class _Mention(NamedTuple):
    """A row that may mean a partner; ``tells``: it gives, or may give, a balance."""

    file: str
    row: int
    tells: bool


def plan_balances(
    balances: Sequence[ReportedBalance],
    rejected: Sequence[ReportedBalance],
    current: Iterable[BookBalance],
    partners: Iterable[BookPartner],
    policy: BalancePolicy,
    assigned: Mapping[int, Assignment] | None = None,
) -> Plan[BalanceAction]:
    """Say what a list of balances means for the debtors. Nothing is written; the same input gives the same plan.

    :param balances: reported balances, ledger sign, in their own currency
    :param rejected: debtors of whom an amount cannot be read; nothing is done about them, they are not absent either
    :param current: what the books keep of the debtors, company currency, ledger sign
    :param policy: used are currencies, rates, dates, cover, complete, scope, absent_limit, partner_keys and sets_limits
    :param assigned: index of a balance -> the partner that a person named
    :return: an action per balance in their order, then per rejected one, then per absent debtor in the order of current
    """
    return _Planner(balances, rejected, current, partners, policy).plan(assigned or {})


class _Planner:
    """One run of :func:`plan_balances`."""

    def __init__(
        self,
        balances: Sequence[ReportedBalance],
        rejected: Sequence[ReportedBalance],
        current: Iterable[BookBalance],
        partners: Iterable[BookPartner],
        policy: BalancePolicy,
    ) -> None:
        """Take the list and the books and how to judge."""
        self._left = frozenset(at for at, told in enumerate(balances) if told.gives_limit and not policy.sets_limits)
        self._balances = [_without_limits(told) if at in self._left else told for at, told in enumerate(balances)]
        self._rejected = rejected
        self._policy = policy
        self._books = {book.partner_id: book for book in current}
        self._debtors = DebtorIndex(partners, policy)
        self._money = Money(policy)
        self._repeats: dict[int, Issue] = {}
        self._sums: dict[int, Amounts] = {}

    def plan(self, assigned: Mapping[int, Assignment]) -> Plan[BalanceAction]:
        """Find the debtors, look at those with several rows, then decide row by row."""
        problems = date_problems(self._policy)
        if not self._balances and not self._rejected:
            problems.append(Issue("stop", "empty_list"))
        found = [self._debtors.find(told, assigned.get(at, _NOTHING_SAID)) for at, told in enumerate(self._balances)]
        broken = [self._debtors.find(told, _NOTHING_SAID) for told in self._rejected]
        self._compare_rows(found, broken)
        actions = [self._reported(at, debtor) for at, debtor in enumerate(found)]
        actions += [self._unreadable(at, debtor) for at, debtor in enumerate(broken)]
        absent, guard = self._absent(found, broken)
        problems += self._limits_problems(actions)
        return Plan((*actions, *absent), (*problems, *guard))

    # --- Several rows of one debtor

    def _compare_rows(self, found: Sequence[Debtor], broken: Sequence[Debtor]) -> None:
        """Note the rows that must not be taken as they are: repeated, parts of a sum, beside an unreadable one."""
        firsts: dict[int, int] = {}
        several: dict[int, list[int]] = {}  # most debtors have one row
        for at, debtor in enumerate(found):
            if debtor.reason is None and not self._balances[at].is_blank:
                first = firsts.setdefault(debtor.partner_id, at)
                if first != at:
                    several.setdefault(debtor.partner_id, [first]).append(at)
        for at, debtor in enumerate(broken):
            if debtor.partner_id in firsts:
                for row in several.pop(debtor.partner_id, [firsts.pop(debtor.partner_id)]):
                    self._repeats[row] = self._about("debtor_part_unreadable", row, self._rejected[at])
        for places in several.values():
            self._compare(places, found)

    def _compare(self, places: Sequence[int], found: Sequence[Debtor]) -> None:
        """Add the sums of one debtor up; note balances or limits that are given twice."""
        sums = [at for at in places if self._balances[at].items]
        if self._contradict([self._balances[at] for at in places]):
            self._note_repeated(places, [at for at in places if found[at].said])
        elif len(sums) > 1:
            first = sums[0]
            self._sums[first] = tuple(pair for at in sums for pair in self._balances[at].given)
            for at in sums[1:]:
                self._repeats[at] = replace(self._about("debtor_summed", at, self._balances[first]), level="info")

    def _note_repeated(self, places: Sequence[int], said: Sequence[int]) -> None:
        """Note that rows of one debtor wait for a person, but for the only one that a person said is the debtor's."""
        for at in places:
            if said != [at]:
                other = next(one for one in (said or places) if one != at)
                self._repeats[at] = self._about("debtor_repeated", at, self._balances[other])

    @staticmethod
    def _contradict(rows: Sequence[ReportedBalance]) -> bool:
        """Whether rows of one debtor give one thing twice, or stand in one file; sums of items only add up.

        One file may give the balances and another one the limits.
        """
        seen: set[str] = set()
        for told in rows:
            if told.items:
                continue
            values = {"file " + told.file}
            values |= {"balance"} if told.given else set()
            values |= {name for name in ("credit_limit", "internal_limit") if getattr(told, name) is not None}
            if values & seen:
                return True
            seen |= values
        return "balance" in seen and any(told.items for told in rows)

    def _about(self, code: str, at: int, other: ReportedBalance) -> Issue:
        """Return a remark on a row that has to do with another row."""
        told = self._balances[at]
        values: dict[str, object] = {
            "partner": told.partner(told.kind).called,
            "other_row": other.row,
            "other_file": other.file,
        }
        return Issue("warning", code, values, told.file, told.row)

    # --- Row by row

    def _reported(self, at: int, debtor: Debtor) -> BalanceAction:
        """Return what will be done about one reported balance."""
        told = self._balances[at]
        reason = debtor.reason or self._repeats.get(at)
        if told.is_blank:
            code = "limit_left" if at in self._left else "nothing_given"
            blank = Issue("info", code, {"partner": told.partner(told.kind).called}, told.file, told.row)
            return self._untouched("keep" if debtor.partner_id else "skip", blank, at, debtor)
        if reason is None:
            return self._settle(at, told, debtor)
        if reason.level == "info":
            return self._untouched("skip", reason, at, debtor)
        return self._review(reason, at, debtor)

    def _review(self, reason: Issue, at: int, debtor: Debtor) -> BalanceAction:
        """Return the review of a reported balance."""
        action = self._untouched("review", reason, at, debtor)
        return replace(action, uncounted=bool(debtor.partner_id and self._balances[at].given))

    def _settle(self, at: int, told: ReportedBalance, debtor: Debtor) -> BalanceAction:
        """Return the action of a debtor that is found: what changes, or that nothing does."""
        given = self._sums.get(at, told.given)
        reason = self._doubt(told, given)
        if reason is not None:
            return self._review(reason, at, debtor)
        book = self._book(debtor.partner_id)
        balance = self._sum(given)
        limit = self._convert(told.credit_limit, told.limit_currency)
        internal = self._convert(told.internal_limit, told.limit_currency)
        is_new = self._differ(book.balance, balance)
        is_new_limit = self._differ(book.credit_limit or ZERO, limit) or self._differ(
            book.internal_limit or ZERO, internal
        )
        confirmed = "limit_left" if at in self._left else "balance_confirmed"
        code = "balance_changed" if is_new else "limit_changed" if is_new_limit else confirmed
        values = {
            **_values(book, balance, limit, internal),
            "partner": told.partner(told.kind).called,
            **self._foreign(given),
        }
        values["currency"] = self._policy.company_currency
        reason = Issue("info", code, values, told.file, told.row)
        return BalanceAction(
            type="set_balance" if is_new or is_new_limit else "keep",
            reason=_with_zeros(reason, {"credit_limit": limit, "internal_limit": internal}),
            item=at,
            partner_id=debtor.partner_id,
            balance_before=book.balance,
            balance_after=balance,
            limit_before=book.credit_limit,
            limit_after=limit,
            internal_before=book.internal_limit,
            internal_after=internal,
            booked=book.booked,
            difference=(book.balance if balance is None else balance) - book.booked,
        )

    def _doubt(self, told: ReportedBalance, given: Amounts) -> Issue | None:
        """Return why the amounts of a debtor cannot be taken, None if they can."""
        limits = [limit for limit in (told.credit_limit, told.internal_limit) if limit is not None]
        currencies = [currency for currency, _amount in given] + ([told.limit_currency] if limits else [])
        for currency in currencies:
            if self._rate(currency) is None:
                values = {"partner": told.partner(told.kind).called, "currency": currency}
                code = "currency_sign" if currency in SIGNS else "no_rate"
                return Issue("warning", code, values, told.file, told.row)
        for currency, amount in given:
            named = currency or self._policy.company_currency
            if self._money.has_more_decimals(amount, named):
                return Issue("warning", "decimals_beyond", {"currency": named}, told.file, told.row)
        if any(limit < 0 for limit in limits):
            return Issue("warning", "limit_negative", {"partner": told.partner(told.kind).called}, told.file, told.row)
        return None

    def _foreign(self, given: Amounts) -> dict[str, object]:
        """Return amount, currency and rate of a balance that is in one foreign currency."""
        currencies = {currency for currency, _amount in given}
        foreign = next(iter(currencies)) if len(currencies) == 1 else None
        if not foreign or foreign == self._policy.company_currency:
            return {}
        reported = sum((amount for _currency, amount in given), ZERO)
        return {"reported": reported, "reported_currency": foreign, "rate": self._rate(foreign)}

    def _unreadable(self, at: int, debtor: Debtor) -> BalanceAction:
        """Return the review of a debtor of whom an amount cannot be read."""
        told = self._rejected[at]
        reason = Issue("warning", "debtor_unreadable", {"partner": told.partner(told.kind).called}, told.file, told.row)
        action = self._untouched("review", reason, at, debtor)
        return replace(action, rejected=True, uncounted=bool(debtor.partner_id))

    def _untouched(self, kind: BalanceActionType, reason: Issue, at: int | None, debtor: Debtor) -> BalanceAction:
        """Return an action that changes nothing."""
        book = self._book(debtor.partner_id)
        return BalanceAction(
            type=kind,
            reason=reason,
            item=at,
            partner_id=debtor.partner_id,
            balance_before=book.balance,
            limit_before=book.credit_limit,
            internal_before=book.internal_limit,
            booked=book.booked,
            difference=book.balance - book.booked,
            suggestion=debtor.suggestion,
        )

    # --- Absent debtors

    def _absent(self, found: Sequence[Debtor], broken: Sequence[Debtor]) -> tuple[list[BalanceAction], list[Issue]]:
        """Return what happens to the debtors that a complete list of balances doesn't hold, and the guard.

        A list without any balance, such as one of credit limits, says nothing of those that it doesn't name. Of any
        list those are told whose balance a row may mean that waits for a person.
        """
        is_told = any(told.given for told in self._balances)
        if not (is_told or self._rejected):
            return [], []
        is_list = is_told and self._policy.complete and self._policy.scope == "ledger"
        balances = {book.partner_id: book.balance for book in self._books.values() if self._differ(book.balance, ZERO)}
        actions = list(self._unnamed(found, broken, balances if is_list else {}))
        absent = [balances[action.partner_id] for action in actions if action.type == "zero_balance"]
        guard = many_absent(absent, list(balances.values()), self._policy)
        return actions, [guard] if guard else []

    def _unnamed(
        self, found: Sequence[Debtor], broken: Sequence[Debtor], owing: Mapping[int, Decimal]
    ) -> Iterator[BalanceAction]:
        """Yield the actions of debtors that the list doesn't name; ``owing``: those that it would have to name."""
        listed = {debtor.partner_id for debtor in (*found, *broken)}
        mentions, anybody = self._mentions(found, broken)
        for partner, book in self._books.items():
            is_missed = partner in owing
            row = mentions.get(partner, anybody if is_missed else None)
            if partner in listed or not (is_missed or (row and row.tells)):
                continue
            if row is None:
                yield self._zero(book)
            else:
                reason = Issue("info", "mentioned", {"row": row.row, "file": row.file})
                yield replace(self._untouched("skip", reason, None, Debtor(partner)), uncounted=row.tells)

    def _mentions(
        self, found: Sequence[Debtor], broken: Sequence[Debtor]
    ) -> tuple[dict[int, _Mention], _Mention | None]:
        """Return partner -> a row that may mean the partner, and one that may mean anybody; first those of balances."""
        firsts: dict[frozenset[int], _Mention] = {}  # many rows may mean the same partners
        anybody: _Mention | None = None
        told = [_Mention(one.file, one.row, bool(one.given)) for one in self._balances]
        told += [_Mention(one.file, one.row, True) for one in self._rejected]
        pairs = zip(told, (*found, *broken), strict=True)
        for one, debtor in sorted(pairs, key=lambda pair: not pair[0].tells):
            if debtor.anybody and anybody is None:
                anybody = one
            firsts.setdefault(debtor.maybe, one)
        rows: dict[int, _Mention] = {}
        for partners, row in firsts.items():
            for partner in partners:
                rows.setdefault(partner, row)
        return rows, anybody

    def _zero(self, book: BookBalance) -> BalanceAction:
        """Return the action of a debtor that is absent: nothing is owed any more, the limits stay."""
        values: dict[str, object] = {
            "partner": self._debtors.name(book.partner_id),
            "before": book.balance,
            "booked": book.booked,
            "currency": self._policy.company_currency,
        }
        action = self._untouched("zero_balance", Issue("info", "debtor_absent", values), None, Debtor(book.partner_id))
        return replace(action, balance_after=ZERO, difference=-book.booked)

    def _limits_problems(self, actions: Sequence[BalanceAction]) -> list[Issue]:
        """Return how many rows give limits that are left alone, and how many debtors have a limit of 0, if any."""
        zeros = sum(action.reason.code == "limit_zero" for action in actions)
        counts = {"limits_left": len(self._left), "limits_zero": zeros}
        return [Issue("warning", code, {"count": count}) for code, count in counts.items() if count]

    # --- Amounts

    def _book(self, partner: int) -> BookBalance:
        """Return what the books keep of a partner; nothing of one that they don't know."""
        return self._books.get(partner) or BookBalance(partner)

    def _rate(self, currency: str | None) -> Decimal | None:
        """Return units of company currency for one unit at the balance date, None if there is no rate."""
        company = self._policy.company_currency
        if currency is None or currency == company or fits_sign(currency, company):
            return Decimal(1)
        return self._money.rate(currency)

    def _convert(self, amount: Decimal | None, currency: str | None) -> Decimal | None:
        """Return an amount in company currency, None if it is not given or has no rate."""
        rate = self._rate(currency)
        if amount is None or rate is None:
            return None
        return self._money.round(amount * rate, self._policy.company_currency)

    def _sum(self, given: Amounts) -> Decimal | None:
        """Return amounts of several currencies as one in company currency, None if there are none."""
        if not given:
            return None
        return sum((self._convert(amount, currency) or ZERO for currency, amount in given), ZERO)

    def _differ(self, before: Decimal, after: Decimal | None) -> bool:
        """Whether something is given that is not what the books have."""
        if after is None:
            return False
        return not self._money.same(before, after, self._policy.company_currency)


def _with_zeros(reason: Issue, limits: Mapping[str, Decimal | None]) -> Issue:
    """Return a reason, or that the list gives a limit of 0, which is none to the books and not "no credit"."""
    zeros = tuple(name for name, limit in limits.items() if limit is not None and not limit)
    if not zeros:
        return reason
    return replace(reason, level="warning", code="limit_zero", values={**reason.values, "limits": zeros})


def _without_limits(told: ReportedBalance) -> ReportedBalance:
    """Return what the list says of a debtor but the credit limits."""
    return replace(told, credit_limit=None, internal_limit=None, limit_currency=None)


def _values(
    book: BookBalance, balance: Decimal | None, limit: Decimal | None, internal: Decimal | None
) -> dict[str, object]:
    """Return what the sentences of a change need, in company currency; None = untouched or not set."""
    return {
        "before": book.balance,
        "after": balance,
        "limit_before": book.credit_limit,
        "limit_after": limit,
        "internal_before": book.internal_limit,
        "internal_after": internal,
        "booked": book.booked,
    }
