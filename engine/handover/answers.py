"""What Exact Online answers to a file that was imported there: its ``Messages``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from lxml import etree

from ..files import limits
from ..files.sheets import refuse
from ..files.xml_head import body, read_head
from ..values.dates import make_date
from .texts import clean

Outcome = Literal["accepted", "warned", "refused", "note"]
_ROOT, _MESSAGES = "eExact", b"<Messages"
_LOOKED_AT = 65_536
# Types of messages; of those without a key nothing is concluded.
_OUTCOMES: dict[str, Outcome] = {"0": "refused", "1": "warned", "2": "accepted", "3": "refused"}
_NODES = {"GLTransaction": "document", "Account": "party"}
_THERE_ALREADY = ("bestaat reeds", "bestaat al", "already exist", "existe déjà", "existiert bereits", "ya existe")
_TEXT = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one document or partner.

    ``about``: document, party, or "" = of neither; ``key``: entry number or partner's number; ``is_there``: it was
    refused because it is there already. ``count``: in how many messages it was named.
    """

    outcome: Outcome
    about: str
    key: str
    text: str
    day: date | None = None
    is_there: bool = False
    count: int = 1


def is_answer(data: bytes) -> bool:
    """Whether a file holds messages of Exact, and nothing else that is read."""
    if read_head(data).root != _ROOT:
        return False
    head = data[:_LOOKED_AT].replace(b"\0", b"")
    return _MESSAGES in head and not any(mark in head for mark in (b"<AR>", b"<AR ", b"<AP>", b"<AP ", b"<GLTrans"))


def read_answers(data: bytes) -> list[Answer]:
    """Return the messages of a file, one for each document or partner: the worst that was said of it.

    :raise ReadError: if it is no harmless, well-formed XML
    """
    if len(data) > limits.MAX_MARKUP:
        raise refuse("file_too_large", bytes=len(data), limit=limits.MAX_MARKUP)
    if read_head(data).has_doctype:
        raise refuse("xml_forbidden")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body(data), parser)
    except etree.XMLSyntaxError as error:
        raise refuse("file_damaged", format="xml") from error
    found: dict[tuple[str, str], Answer] = {}
    notes = []
    for message in root.iter("{*}Message"):
        answer = _read(message)
        before = found.get((answer.about, answer.key))
        if answer.outcome == "note":
            notes.append(answer)
        elif before is None:
            found[answer.about, answer.key] = answer
        else:
            worst = answer if _RANK[answer.outcome] > _RANK[before.outcome] else before
            found[answer.about, answer.key] = replace(worst, count=before.count + 1)
    return [*found.values(), *notes]


_RANK = {"accepted": 0, "warned": 1, "refused": 2, "note": 3}


def _read(message: Any) -> Answer:
    """Return one message."""
    parts = {etree.QName(child).localname: child for child in message.iterdescendants() if isinstance(child.tag, str)}
    topic, data = parts.get("Topic"), parts.get("Data")
    about = _NODES.get((topic.get("node") if topic is not None else "") or "", "")
    key = clean((data.get("keyAlt") if data is not None else "") or "")
    text = clean(_text(parts.get("Description")), _TEXT)
    kind = (message.get("type") or "").strip()
    outcome = _OUTCOMES.get(kind, "note") if about and key else "note"
    is_there = outcome == "refused" and any(words in text.lower() for words in _THERE_ALREADY)
    return Answer(outcome, about, key, text, _day(_text(parts.get("Date"))), is_there)


def _text(element: Any) -> str:
    """Return an element's text."""
    return "".join(element.itertext()) if element is not None else ""


def _day(text: str) -> date | None:
    """Return the day of a time as XML has it."""
    parts = text.strip()[:10].split("-")
    return make_date(*map(int, parts)) if len(parts) == 3 and all(part.isdecimal() for part in parts) else None
