"""Whom a reported balance means: the partners of the books, by the same keys as for documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..books.partners import PartnerIndex, Who
from ..errors import Issue
from ..items import Assignment, BookPartner, Policy
from .items import ReportedBalance

_NOBODY: frozenset[int] = frozenset()
_NO_SUGGESTION = Assignment()


@dataclass(frozen=True, slots=True)
class Debtor:
    """Whom a reported balance means. All numbers are ids of commercial partners.

    ``partner_id``: 0 = not settled. ``reason``: why the balance is not taken for the partner's, None = it is.
    ``maybe``: partners that it may mean; ``anybody``: the list names nobody, so it may mean any.
    ``suggestion``: the partner that a person may want. ``said``: a person named the partner.
    """

    partner_id: int = 0
    reason: Issue | None = None
    maybe: frozenset[int] = _NOBODY
    anybody: bool = False
    suggestion: Assignment = _NO_SUGGESTION
    said: bool = False


class DebtorIndex:
    """The partners of the books, to find debtors with dictionaries only."""

    def __init__(self, partners: Iterable[BookPartner], policy: Policy) -> None:
        """Put all partners into the dictionaries."""
        self._partners = PartnerIndex(partners, policy.partner_keys)
        self._cover = policy.cover

    def name(self, partner_id: int) -> str:
        """Return a partner's name, empty if it is not known here."""
        return self._partners.name(partner_id)

    def find(self, told: ReportedBalance, said: Assignment) -> Debtor:
        """Return whom a balance means; ``said``: a person's word, which beats everything."""
        if said.partner_id:
            return Debtor(said.partner_id, said=True)
        who = self._partners.find(told.partner(told.kind))
        if not who.named:
            return Debtor(reason=_reason("partner_missing", told), anybody=True)
        if not who.candidates:
            return Debtor(reason=_reason("partner_unknown", told))
        if who.conflict or len(who.candidates) > 1:
            code = "partner_conflict" if who.conflict else "partner_ambiguous"
            names = self._partners.names(who.candidates)
            return Debtor(reason=_reason(code, told, names=names), maybe=who.candidates)
        partner = next(iter(who.candidates))
        if who.by_name and who.by_name != partner:
            both = frozenset({partner, who.by_name})
            reason = _reason("partner_conflict", told, names=self._partners.names(both))
            return Debtor(reason=reason, maybe=both, suggestion=Assignment(partner))
        found = self._as_debtor(told, partner, who)
        if found.reason is None and who.self_named and told.gives_limit:
            reason = _reason("limit_by_name", told)
            return Debtor(reason=reason, maybe=frozenset({partner}), suggestion=Assignment(partner))
        return found

    def _as_debtor(self, told: ReportedBalance, partner: int, who: Who) -> Debtor:
        """Return the partner found, unless the list holds payables as well and this may be one."""
        if told.kind == "receivable":
            return Debtor(partner)
        is_debtor, is_creditor = partner in who.debtors, partner in who.creditors
        neither = is_debtor == is_creditor
        if told.kind == "payable" or (is_creditor and not is_debtor) or (neither and self._cover == "payable"):
            return Debtor(reason=replace(_reason("creditor_balance", told), level="info"))
        if neither and self._cover == "both":
            reason = _reason("kind_unknown", told)
            return Debtor(reason=reason, maybe=frozenset({partner}), suggestion=Assignment(partner))
        return Debtor(partner)


def _reason(code: str, told: ReportedBalance, **values: object) -> Issue:
    """Return why a balance waits for a person."""
    return Issue(
        "warning", code, {"partner": told.partner(told.kind).called, "number": "", **values}, told.file, told.row
    )
