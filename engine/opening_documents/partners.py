"""Whom the rows of a list of opening documents mean: a partner of the books, a new one, or nobody for sure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..books.partners import PartnerIndex, Who
from ..items import Assignment, BookPartner, Kind, PartnerTexts
from ..values import numbers
from .items import DOCUMENT_TYPES, OpeningPolicy, ReportedDocument

_NOTHING_SAID = Assignment()
ANYBODY = 0  # instead of a partner: the row names nobody


@dataclass(frozen=True, slots=True)
class Party:
    """Whom rows mean. ``partner_id``: 0 = not settled; ``new_partner``: key of a partner to be created, "" = none.

    ``code``, ``values``: why it is not settled, "" = it is. ``suggestion``: the partner that a person may want.
    ``maybe``: all that the rows may mean: ids of partners, a key of new ones, :data:`ANYBODY`.
    """

    texts: PartnerTexts
    partner_id: int = 0
    new_partner: str = ""
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    suggestion: Assignment = _NOTHING_SAID
    maybe: frozenset[Hashable] = frozenset()

    @property
    def owner(self) -> Hashable:
        """What rows of one document have in common."""
        return self.partner_id or self.new_partner or self.texts


class Parties:
    """The partners of the books, and those that a list makes necessary, found with dictionaries only."""

    def __init__(self, partners: Iterable[BookPartner], policy: OpeningPolicy) -> None:
        """Put all partners into the dictionaries."""
        self._index = PartnerIndex(partners, policy.partner_keys)
        self._numbers_count = "number" in policy.partner_keys
        self._creates = policy.creates_partners

    def find_all(self, items: Sequence[ReportedDocument], assigned: Mapping[int, Assignment]) -> list[Party]:
        """Return whom each row means. A person's word beats all, also for the other rows of the same document."""
        texts = [_texts(item) for item in items]
        known = {one: self._find(one) for one in dict.fromkeys(texts)}
        if self._creates:
            known |= _new_partners(known)
        found = [known[one] for one in texts]
        said: dict[tuple[Hashable, ...], set[int]] = {}
        for at, word in assigned.items():
            if word.partner_id and 0 <= at < len(items):
                found[at] = _settled(texts[at], word.partner_id)
                if items[at].number:
                    said.setdefault(_document(items[at], texts[at]), set()).add(word.partner_id)
        for at, item in enumerate(items if said else ()):
            partners = said.get(_document(item, texts[at]), set())
            if item.number and len(partners) == 1 and not assigned.get(at, _NOTHING_SAID).partner_id:
                found[at] = _settled(texts[at], *partners)
        return found

    def _find(self, texts: PartnerTexts) -> Party:
        """Return whom a row means by what it says of its partner."""
        who = self._index.find(texts)
        if not who.named:
            return Party(texts, code="partner_missing", maybe=frozenset({ANYBODY}))
        if not who.candidates:
            return Party(texts, code="partner_unknown", maybe=frozenset({_key(texts)}))
        if who.conflict or len(who.candidates) > 1:
            code = "partner_conflict" if who.conflict else "partner_ambiguous"
            return self._unsure(code, texts, who.candidates)
        partner = next(iter(who.candidates))
        if who.by_name and who.by_name != partner:
            return self._unsure("partner_conflict", texts, frozenset({partner, who.by_name}), partner)
        if self._has_other_number(texts, partner):
            return self._unsure("partner_number_differs", texts, who.candidates, partner)
        return _settled(texts, partner)

    def _has_other_number(self, texts: PartnerTexts, partner: int) -> bool:
        """Whether the row gives a number that nobody has, and the partner found otherwise has one already."""
        if not texts.number or not self._numbers_count or texts.kind not in self._index.numbered_kinds(partner):
            return False
        by_number: Who = self._index.find(PartnerTexts(texts.kind, texts.number, None))
        return not by_number.candidates

    def _unsure(self, code: str, texts: PartnerTexts, partners: frozenset[int], suggested: int = 0) -> Party:
        """Return that a person has to choose among partners."""
        values = {"names": self._index.names(partners)}
        return Party(texts, 0, "", code, values, Assignment(suggested), partners)


def _new_partners(known: Mapping[PartnerTexts, Party]) -> dict[PartnerTexts, Party]:
    """Return the parties that become new partners, unless one number has several names.

    Customers and vendors may be numbered apart: a customer and a vendor are one new partner only if names agree too.
    """
    names: dict[str, dict[Kind, dict[str, str]]] = {}
    for texts, party in known.items():
        if _is_new(party) and texts.kind and texts.name:
            kinds = names.setdefault(_key(texts), {})
            kinds.setdefault(texts.kind, {}).setdefault(numbers.fold_name(texts.name), texts.name)
    found: dict[PartnerTexts, Party] = {}
    for texts, party in known.items():
        if not (_is_new(party) and texts.kind and texts.name):
            continue
        kinds = names[_key(texts)]
        mine = kinds[texts.kind]
        if len(mine) > 1:
            shown = ", ".join(mine.values())
            found[texts] = replace(party, code="new_partner_names", values={"names": shown})
            continue
        other = kinds.get("receivable", mine) if texts.kind == "payable" else mine
        key = _key(texts) if mine.keys() == other.keys() else f"{_key(texts)} {next(iter(mine))}"
        found[texts] = replace(party, code="", new_partner=key)
    return found | dict(_unnumbered(found))


def _unnumbered(found: Mapping[PartnerTexts, Party]) -> Iterator[tuple[PartnerTexts, Party]]:
    """Yield the new parties without a number that have the name of another new one: they may well be the same."""
    keys: dict[str, dict[str, Party]] = {}
    for texts, party in found.items():
        if party.new_partner:
            keys.setdefault(numbers.fold_name(texts.name or ""), {}).setdefault(party.new_partner, party)
    for texts, party in found.items():
        alike = keys.get(numbers.fold_name(texts.name or ""), {})
        if party.new_partner and not texts.number and len(alike) > 1:
            other = next(one for key, one in alike.items() if key != party.new_partner)
            yield texts, replace(party, code="new_partner_alike", new_partner="", values={"names": other.texts.called})


def _key(texts: PartnerTexts) -> str:
    """Return what new partners are kept apart by, empty if the list names nobody."""
    return (
        (texts.number or "").strip()
        or numbers.fold_vat(texts.vat or "")
        or numbers.fold_name(texts.email or "")
        or numbers.fold_name(texts.name or "")
    )


def _is_new(party: Party) -> bool:
    """Whether nobody of the books is meant."""
    return party.code == "partner_unknown"


def _settled(texts: PartnerTexts, partner: int) -> Party:
    """Return that a partner is found."""
    return Party(texts, partner, maybe=frozenset({partner}))


def _texts(item: ReportedDocument) -> PartnerTexts:
    """Return how a row names its partner."""
    kind = DOCUMENT_TYPES[item.type][0] if item.type else None
    return item.partner(kind)


def _document(item: ReportedDocument, texts: PartnerTexts) -> tuple[Hashable, ...]:
    """Return what rows of one document have in common as the list writes it."""
    return (texts, item.type, item.number)
