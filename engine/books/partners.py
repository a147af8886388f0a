"""Finding the partner that a row names, with dictionaries only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from ..items import BookPartner, Kind, PartnerTexts
from ..values import numbers

_NOBODY: frozenset[int] = frozenset()
_SELF_NAMED = ("name", "email")  # what a partner may change itself, as a customer of a portal does
_SHOWN = 5  # so many names are told of several


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a row names. All numbers are ids of commercial partners.

    ``candidates``: one = found, several = ambiguous, none = unknown. ``named``: whether the list names anybody.
    ``conflict``: the number and the VAT number lead to different partners; they are the candidates.
    ``by_name``: the only partner of that name, 0 = none or several.
    ``self_named``: found by name or e-mail alone, which partners may change themselves.
    ``debtors`` / ``creditors``: the candidates found by that number; only for rows that don't tell their kind.
    """

    candidates: frozenset[int] = _NOBODY
    named: bool = True
    conflict: bool = False
    by_name: int = 0
    self_named: bool = False
    debtors: frozenset[int] = _NOBODY
    creditors: frozenset[int] = _NOBODY


class _Index:
    """Partners by a text. Those of one text are always the same set, which is hashed and compared in no time."""

    def __init__(self) -> None:
        """Start without any text."""
        self._partners: dict[str, set[int]] = {}
        self._asked: dict[str, frozenset[int]] = {}

    def add(self, text: str, partner: int) -> None:
        """Add a partner under a text that is not empty."""
        if text:
            self._partners.setdefault(text, set()).add(partner)

    def get(self, text: str) -> frozenset[int]:
        """Return the partners under a text."""
        found = self._asked.get(text)
        if found is None:
            found = self._asked[text] = frozenset(self._partners.get(text, _NOBODY))
        return found


class _Codes:
    """Partners by a number of theirs: as it is first, then without case, blanks and leading zeros."""

    def __init__(self) -> None:
        """Start without any number."""
        self._exact = _Index()
        self._folded = _Index()

    def add(self, code: str | None, partner: int) -> None:
        """Remember a partner's number."""
        if code:
            self._exact.add(code.strip(), partner)
            self._folded.add(numbers.fold_code(code), partner)

    def get(self, code: str, folded: bool) -> frozenset[int]:
        """Return the partners with that number."""
        return self._folded.get(numbers.fold_code(code)) if folded else self._exact.get(code.strip())


class PartnerIndex:
    """The partners of the books by number, reference, VAT number, e-mail and name."""

    def __init__(self, partners: Iterable[BookPartner], keys: tuple[str, ...]) -> None:
        """Put all partners into the dictionaries; ``keys``: see ``Policy.partner_keys``."""
        self._keys = keys
        self._names: dict[int, str] = {}
        self._codes = {"debtor": _Codes(), "creditor": _Codes(), "ref": _Codes()}
        self._texts = {"vat": _Index(), "email": _Index(), "name": _Index()}
        self._asked: dict[PartnerTexts, Who] = {}
        self._filled: dict[int, set[Kind]] = {}
        self._common: dict[tuple[frozenset[int], frozenset[int]], frozenset[int]] = {}
        self._unions: dict[tuple[frozenset[int], ...], frozenset[int]] = {}
        self._shown: dict[frozenset[int], str] = {}
        for partner in partners:
            self._add(partner)

    def name(self, partner_id: int) -> str:
        """Return a partner's name, empty if it is not known here."""
        return self._names.get(partner_id, "")

    def names(self, partners: frozenset[int]) -> str:
        """Return the names of some partners, for a sentence; many rows may mean the same ones."""
        shown = self._shown.get(partners)
        if shown is None:
            first = (self.name(partner) or str(partner) for partner in nsmallest(_SHOWN, partners))
            shown = self._shown[partners] = ", ".join(first) + (", …" if len(partners) > _SHOWN else "")
        return shown

    def numbered_kinds(self, partner_id: int) -> frozenset[Kind]:
        """Return receivable / payable as the partner has a debtor / creditor number."""
        return frozenset(self._filled.get(partner_id, ()))

    def find(self, texts: PartnerTexts) -> Who:
        """Return whom a row names; the first key that gives candidates decides, later ones only narrow."""
        who = self._asked.get(texts)
        if who is None:
            who = self._asked[texts] = self._find(texts)
        return who

    def _add(self, partner: BookPartner) -> None:
        """Put one partner or contact into the dictionaries."""
        self._names.setdefault(partner.id, partner.name)
        self._codes["debtor"].add(partner.debtor_number, partner.id)
        self._codes["creditor"].add(partner.creditor_number, partner.id)
        self._codes["ref"].add(partner.ref, partner.id)
        self._texts["vat"].add(numbers.fold_vat(partner.vat or ""), partner.id)
        self._texts["email"].add(numbers.fold_name(partner.email or ""), partner.id)
        self._texts["name"].add(numbers.fold_name(partner.name), partner.id)
        if partner.debtor_number:
            self._filled.setdefault(partner.id, set()).add("receivable")
        if partner.creditor_number:
            self._filled.setdefault(partner.id, set()).add("payable")

    def _find(self, texts: PartnerTexts) -> Who:
        """Do the work of :meth:`find`."""
        if not (texts.number or texts.name or texts.vat or texts.email):
            return Who(named=False)
        hits = {key: self._hits(key, texts) for key in self._keys}
        candidates = self._narrowed(hits)
        by_number, by_vat = hits.get("number", _NOBODY), hits.get("vat", _NOBODY)
        conflict = bool(by_number and by_vat and not self._both(by_number, by_vat))
        by_name = hits.get("name", _NOBODY)
        return Who(
            candidates=self._joined((by_number, by_vat)) if conflict else candidates,
            conflict=conflict,
            by_name=next(iter(by_name)) if len(by_name) == 1 else 0,
            self_named=not any(hits[key] for key in self._keys if key not in _SELF_NAMED),
            debtors=_NOBODY if texts.kind else self._both(self._numbered("debtor", texts), candidates),
            creditors=_NOBODY if texts.kind else self._both(self._numbered("creditor", texts), candidates),
        )

    def _narrowed(self, hits: Mapping[str, frozenset[int]]) -> frozenset[int]:
        """Return the partners of the first key that gives any, as far as later keys don't tell them apart."""
        candidates = _NOBODY
        for key in self._keys:
            if not candidates:
                candidates = hits[key]
            elif len(candidates) > 1:
                candidates = self._both(candidates, hits[key]) or candidates
        return candidates

    def _both(self, one: frozenset[int], other: frozenset[int]) -> frozenset[int]:
        """Return the partners in both sets; of the same two sets always the same one."""
        if one is other or not (one and other):
            return one and other
        if (one, other) not in self._common:
            self._common[one, other] = one & other
        return self._common[one, other]

    def _joined(self, sets: Sequence[frozenset[int]]) -> frozenset[int]:
        """Return the partners in any of some sets; of the same sets always the same one."""
        filled = tuple(one for one in sets if one)
        if len(filled) < 2:
            return filled[0] if filled else _NOBODY
        if filled not in self._unions:
            self._unions[filled] = _NOBODY.union(*filled)
        return self._unions[filled]

    def _hits(self, key: str, texts: PartnerTexts) -> frozenset[int]:
        """Return the partners that one of ``Policy.partner_keys`` gives."""
        if key == "number":
            wanted = {"receivable": ("debtor",), "payable": ("creditor",)}.get(texts.kind or "", ("debtor", "creditor"))
            return self._by_code(texts.number, wanted)
        if key == "ref":
            return self._by_code(texts.number, ("ref",))
        asked: dict[str, tuple[str | None, Callable[[str], str]]] = {
            "vat": (texts.vat, numbers.fold_vat),
            "email": (texts.email, numbers.fold_name),
            "name": (texts.name, numbers.fold_name),
        }
        text, form = asked.get(key, (None, numbers.fold_name))
        return self._texts[key].get(form(text)) if text else _NOBODY

    def _by_code(self, code: str | None, wanted: tuple[str, ...]) -> frozenset[int]:
        """Return the partners with that number among the wanted ones: exactly, or else loosely."""
        if not code:
            return _NOBODY
        for folded in (False, True):
            found = self._joined([self._codes[name].get(code, folded) for name in wanted])
            if found:
                return found
        return _NOBODY

    def _numbered(self, name: str, texts: PartnerTexts) -> frozenset[int]:
        """Return the partners whose debtor or creditor number the row gives, if numbers are looked at."""
        return self._by_code(texts.number, (name,)) if "number" in self._keys else _NOBODY
