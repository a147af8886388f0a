"""Whether a document or a partner can be handed over, and what keeps it from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..errors import Issue
from .amounts import total
from .items import ZERO, HandoverDocument, HandoverParty

MAX_ENTRY = 2_147_483_647  # entry numbers are of 32 bits in one of Exact's two interfaces
MAX_NAME = 50
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a format cannot do without. ``codes``: kinds of which a person must set the code."""

    codes: frozenset[str] = frozenset()
    numeric_entry: bool = False
    one_vat_code: bool = False
    number: bool = True
    numeric_number: bool = False


def check_document(document: HandoverDocument, needs: Needs, closed_until: date | None = None) -> list[Issue]:
    """Return what keeps a document from being handed over (``stop``), and what is said of it (``info``)."""
    return [
        *_check_number(document.party, needs),
        *_check_codes(document, needs),
        *_check_entry(document, needs),
        *_check_amounts(document),
        *_check_period(document, closed_until),
        *_tell_party(document.party),
    ]


def _check_number(party: HandoverParty, needs: Needs) -> Iterator[Issue]:
    """Yield that the partner has no number that the package takes."""
    if needs.number and not party.number:
        yield Issue("stop", "handover_no_number", {"partner": party.name})
    elif needs.numeric_number and not set(party.number) <= _DIGITS:
        yield Issue("stop", "handover_number_digits", {"partner": party.name, "number": party.number})


def _check_codes(document: HandoverDocument, needs: Needs) -> Iterator[Issue]:
    """Yield each code that is not set, and lines with two of VAT."""
    for missing in document.missing:
        values = {"kind": missing.kind, "name": missing.name, "id": missing.id}
        yield Issue("stop", "handover_no_code", values)
    if not needs.one_vat_code:
        return
    for line in document.of_role("base"):
        codes = {document.taxes[key].code for key in line.taxes if document.taxes[key].code}
        if len(codes) > 1:
            yield Issue("stop", "handover_two_vat_codes", {"line": line.text, "codes": tuple(sorted(codes))})


def _check_entry(document: HandoverDocument, needs: Needs) -> Iterator[Issue]:
    """Yield that the document has no number that the package takes."""
    digits = document.entry if set(document.entry) <= _DIGITS else ""
    if not document.entry or (needs.numeric_entry and (not digits or not 0 < int(digits) <= MAX_ENTRY)):
        yield Issue("stop", "handover_entry_number", {"number": document.name, "entry": document.entry})


def _check_amounts(document: HandoverDocument) -> Iterator[Issue]:
    """Yield that an entry is not balanced, or lacks an amount in one of its currencies."""
    own = sum((line.amount for line in document.lines), ZERO)
    foreign = sum((line.foreign for line in document.lines), ZERO)
    if own or foreign:
        yield Issue("stop", "handover_unbalanced", {"company": own, "foreign": foreign})
    due = total(document)
    if document.is_foreign and (document.rate is None or bool(due[0]) != bool(due[1])):
        yield Issue("stop", "handover_no_rate", {"currency": document.currency})
    if document.is_foreign and not document.takes_foreign:
        yield Issue("stop", "handover_foreign", {"currency": document.currency, "journal": document.journal})


def _check_period(document: HandoverDocument, closed_until: date | None) -> Iterator[Issue]:
    """Yield that the period is closed over there."""
    if closed_until is not None and document.date <= closed_until:
        yield Issue("stop", "handover_locked_there", {"date": document.date, "closed": closed_until})


def _tell_party(party: HandoverParty) -> Iterator[Issue]:
    """Yield what of a partner is shortened or left out."""
    if len(party.name) > MAX_NAME:
        yield Issue("info", "handover_name_long", {"partner": party.name, "limit": MAX_NAME})


def check_together(documents: Sequence[HandoverDocument], taken: Iterable[tuple[str, str]] = ()) -> dict[int, Issue]:
    """Return the documents whose entry number is not theirs alone in the journal.

    :param taken: journal and entry number of documents that were handed over before
    """
    counts = Counter((document.journal, document.entry) for document in documents)
    before = set(taken)
    return {
        document.id: Issue("stop", "handover_entry_twice", {"entry": document.entry, "journal": document.journal})
        for document in documents
        if counts[document.journal, document.entry] > 1 or (document.journal, document.entry) in before
    }
