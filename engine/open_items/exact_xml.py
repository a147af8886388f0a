"""Exact Online's XML (eExact): outstanding items of customers (ARs) and vendors (APs), read piece by piece.

Elements are taken by their local names in any order, and freed when they end, so that memory holds the items only.
Document types, entities, external files, endless texts and deep nesting are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from lxml import etree

from ..errors import Issue, ReadError
from ..files import limits
from ..files.sheets import refuse
from ..files.xml_head import body, read_head
from ..items import Cover, Detected, Kind, Page, ReadOptions, ReadResult
from ..tables.preamble import balance_date_in
from ..tables.signs import are_negative
from ..values.cells import is_digits
from .exact_items import ItemReader, local_name, text_of
from .items import ReportedItem
from .pages import turn_payables

ROOT = "eExact"
KINDS: dict[str, Kind] = {"ARs": "receivable", "APs": "payable"}  # topics that are read
_ENTRIES: dict[str, Kind] = {"AR": "receivable", "AP": "payable"}  # what they consist of
_CODES = {"a/r": "ARs", "a/p": "APs", "ars": "ARs", "aps": "APs"}  # as a list of topics may call them
_BESIDES = frozenset({"Topics", "Messages"})
_GLOBE_SCHEMA, _GLOBE_TOPIC = "eexact-schema.xsd", "GLEntries"
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
_WATCHED = (ROOT, *_ENTRIES, "Account", "OutstandingItem", "Topic", "Message")
_CHUNK = 65_536
_SHOWN = 5  # so many messages are told of many
_ERRORS = ("0", "3")  # types of messages
_WARNING, _SUCCESS = "1", "2"
_BARREN = 20_000_000  # so many bytes without any entry are no list
# What libxml2 says, in several versions, of texts, comments and nesting beyond its limits.
_BEYOND_LIMITS = re.compile(r"huge|too big|too long|excessive|limit exceeded", re.IGNORECASE)


def claims(data: bytes) -> bool:
    """Tell whether the bytes are an XML file of Exact's, complete or not."""
    return read_head(data).root == ROOT


def read(data: bytes, name: str, options: ReadOptions) -> ReadResult[ReportedItem]:
    """Return the outstanding items of a file, or say what the file holds instead."""
    if len(data) > limits.MAX_STREAM:
        raise refuse("file_too_large", bytes=len(data), limit=limits.MAX_STREAM)
    if read_head(data).has_doctype:
        raise refuse("xml_forbidden")
    found = _File(name, options)
    found.parse(body(data))
    detected = found.detected(name)
    instead = found.instead()
    if instead:
        return ReadResult(problems=(instead,), detected=detected)
    return _settle_payables(found, detected, options)


def _settle_payables(found: _File, detected: Detected, options: ReadOptions) -> ReadResult[ReportedItem]:
    """Return the result with payables in ledger sign; without a word on it most of them are taken for bills."""
    result = ReadResult(tuple(found.items.items), found.problems(), detected, tuple(found.items.rejected))
    if not found.topics.get("APs"):
        return result
    sign = options.payables_sign or "assumed"
    result = replace(result, detected=replace(detected, payables_sign=sign))
    balances = (item.balance for item in result.items if item.kind == "payable")
    turn = not are_negative(balances) if sign == "assumed" else sign == "positive"
    return turn_payables(result) if turn else result


class _File:
    """What one file holds, gathered while it is parsed."""

    def __init__(self, name: str, options: ReadOptions) -> None:
        """Start with nothing read."""
        self.items = ItemReader(name, options)
        self.topics: dict[str, int] = {}  # topics that are read -> entries
        self._root: Any = None
        self._encoding = ""
        self._pages: list[Page] = []
        self._named: list[str] = []
        self._preamble: list[str] = []
        self._counts = dict.fromkeys((*_ERRORS, _WARNING, _SUCCESS), 0)
        self._messages: list[tuple[str, str]] = []
        self._handlers: dict[tuple[str, str], Callable[[Any], None]] = {
            ("start", ROOT): self._start,
            ("start", "AR"): self._open,
            ("start", "AP"): self._open,
            ("end", "AR"): self._close,
            ("end", "AP"): self._close,
            ("end", "Account"): self._take_account,
            ("end", "OutstandingItem"): self._take_item,
            ("end", "Topic"): self._take_topic,
            ("end", "Message"): self._take_message,
        }
        self._known: dict[tuple[str, str], Callable[[Any], None] | None] = {}

    # --- Parsing

    def parse(self, data: bytes) -> None:
        """Read the whole file; refuse what is no well-formed or no harmless XML."""
        parser = etree.XMLPullParser(
            ("start", "end"),
            tag=["{*}" + name for name in _WATCHED],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            last = 0
            for at in range(0, len(data), _CHUNK):
                parser.feed(data[at : at + _CHUNK])
                last = at if self._take(parser.read_events()) else last
                self._check_topics()
                if at - last > _BARREN:
                    raise refuse("xml_forbidden")
            self._encoding = (parser.close().getroottree().docinfo.encoding or "").lower()
        except etree.XMLSyntaxError as error:
            beyond = _BEYOND_LIMITS.search(str(error))
            raise refuse("xml_forbidden") if beyond else refuse("file_damaged", format="xml") from error

    def _take(self, events: Iterable[tuple[str, Any]]) -> bool:
        """Hand each element to what takes it; return whether there was any."""
        known = self._known
        key = None
        for event, element in events:
            key = (event, element.tag)
            if key not in known:
                known[key] = self._handlers.get((event, local_name(element)))
            handler = known[key]
            if handler:
                handler(element)
        return key is not None

    def _check_topics(self) -> None:
        """Refuse a file that holds other topics, before they are all in memory; note those that are read."""
        if self._root is None:
            return
        names = [local_name(child) for child in self._root.iterchildren()]
        others = [name for name in names if name not in KINDS and name not in _BESIDES]
        if _GLOBE_TOPIC in others:
            raise refuse("exact_globe")
        if others:
            raise _other_topics(name for name in names if name not in _BESIDES)
        for name in names:
            if name in KINDS:
                self.topics.setdefault(name, 0)

    def _start(self, element: Any) -> None:
        """Take the root; refuse documents with a type, and files of the other Exact."""
        if self._root is not None:
            return
        self._root = element
        info = element.getroottree().docinfo
        if info.doctype or info.internalDTD is not None:
            raise refuse("xml_forbidden")
        if element.get(_SCHEMA, "").strip().lower().endswith(_GLOBE_SCHEMA):
            raise refuse("exact_globe")

    def _open(self, element: Any) -> None:
        """Begin a customer's or vendor's items."""
        self.items.open(_ENTRIES[local_name(element)])

    def _close(self, element: Any) -> None:
        """End a customer's or vendor's items."""
        topic = local_name(element) + "s"
        self.topics[topic] = self.topics.get(topic, 0) + 1
        self.items.close()
        _free(element)

    def _take_account(self, element: Any) -> None:
        """Take a customer or vendor; accounts inside accounts are others."""
        parent = element.getparent()
        if parent is not None and local_name(parent) in _ENTRIES:
            self.items.take_account(element)

    def _take_item(self, element: Any) -> None:
        """Take an outstanding item."""
        self.items.take_item(element)
        _free(element)

    def _take_topic(self, element: Any) -> None:
        """Take what is said of the page."""
        parent = element.getparent()
        if parent is None or local_name(parent) != "Topics":
            return
        code = element.get("code", "").strip()
        topic = _CODES.get(code.lower(), code)
        self._named.append(topic)
        if topic in KINDS:
            count, size = (_whole(element.get(name, "")) for name in ("count", "pagesize"))
            self._pages.append(Page(topic, -1 if count is None else count, size or 0))
        for parameter in element.iter("{*}Parameter"):
            values = [
                value.get("description") or value.get("value") or "" for value in parameter.iter("{*}ParameterValue")
            ]
            name = parameter.get("description") or parameter.get("name") or ""
            self._preamble.append(f"{name}: {', '.join(values)}"[: limits.MAX_TEXT])
        _free(element)

    def _take_message(self, element: Any) -> None:
        """Take a message of Exact's; of many only the first are kept."""
        kind = element.get("type", "").strip()
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if len(self._messages) < _SHOWN or kind in _ERRORS:
            texts = {local_name(child): text_of(child) for child in element.iterchildren()}
            keys = (data.get("keyAlt") or data.get("key") or "" for data in element.iter("{*}Data"))
            subject = ", ".join(key for key in keys if key)
            text = texts.get("Description") or texts.get("InnerXML") or ""
            self._messages.append((kind, f"{subject}: {text}" if subject else text))
            self._messages.sort(key=lambda message: message[0] not in _ERRORS)
            del self._messages[_SHOWN:]
        _free(element)

    # --- Judging

    def instead(self) -> Issue | None:
        """Return what the file is if it is no list of outstanding items, None if it is one."""
        if self.items.row_count:
            return None
        if self._messages:
            return self._told("stop")
        others = [topic for topic in self._named if topic and topic not in KINDS]
        if others and not self.topics:
            return _other_topics(others).issue
        topic = next(iter((*self.topics, *(page.topic for page in self._pages))), "")
        return Issue("stop", "exact_empty", {"topic": topic})

    def problems(self) -> tuple[Issue, ...]:
        """Return what is to be said of the list and its rows."""
        problems = sorted(self.items.problems, key=lambda issue: issue.row or 0)
        if any(count for kind, count in self._counts.items() if kind != _SUCCESS):
            problems.append(self._told("warning"))
        for page in self._all_pages():
            if page.is_full:
                values = {"rows": self.items.row_count, "topic": page.topic, "count": page.count, "pagesize": page.size}
                problems.append(Issue("stop", "list_cut_off", values))
        problems += [
            Issue("info", "exact_empty", {"topic": topic}) for topic, count in self.topics.items() if not count
        ]
        return tuple(problems)

    def _told(self, level: Any) -> Issue:
        """Return what Exact's messages say."""
        counts = self._counts
        values = {
            "count": sum(counts.values()),
            "errors": sum(counts[kind] for kind in _ERRORS),
            "warnings": counts[_WARNING],
            "types": tuple(kind for kind, _text in self._messages),
            "texts": tuple(text for _kind, text in self._messages),
        }
        return Issue(level, "exact_messages", values)

    def _all_pages(self) -> list[Page]:
        """Return the page of each topic; what the file doesn't tell of it was counted."""
        told = [replace(page, count=self.topics.get(page.topic, 0)) if page.count < 0 else page for page in self._pages]
        named = {page.topic for page in told}
        return told + [Page(topic, count) for topic, count in self.topics.items() if topic not in named]

    def detected(self, name: str) -> Detected:
        """Return how the file was understood."""
        topics = {page.topic for page in self._all_pages()}
        filled = {topic for topic, count in self.topics.items() if count} or topics
        cover: Cover | None = "both" if len(filled) > 1 else next((KINDS[topic] for topic in filled), None)
        return Detected(
            format="xml",
            encoding=self._encoding,
            cover=cover,
            names_currency=self.items.names_currency,
            balance_date=balance_date_in((), PurePath(name).stem if name else "", None),
            preamble=tuple(self._preamble),
            row_count=self.items.row_count,
            pages=tuple(self._all_pages()),
        )


def _other_topics(topics: Iterable[str]) -> ReadError:
    """Return the error for a file of topics that are no outstanding items."""
    return refuse("exact_topic", topics=tuple(dict.fromkeys(topics)))


def _whole(text: str) -> int | None:
    """Return a whole number, None if it is none."""
    text = text.strip()
    return int(text) if is_digits(text) and len(text) < 10 else None


def _free(element: Any) -> None:
    """Free what was read before an element; itself it stays, because the parser is not yet done with it."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
