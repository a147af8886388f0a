"""What stands before the root of an XML file, looked at without parsing: nothing is declared, resolved or fetched."""

from __future__ import annotations

import re
from typing import NamedTuple

_LOOKED_AT = 65_536
_MARKS = "\xef\xbb\xbf\xff\xfe\xfe\xff"  # byte order marks, read as Latin-1
_SKIPPED = (("<?", "?>"), ("<!--", "-->"))
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>]|$)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)", re.IGNORECASE)


class Head(NamedTuple):
    """``root``: local name of the root, "" = this is no XML. ``has_doctype``: a document type is declared."""

    root: str
    has_doctype: bool = False


def read_head(data: bytes) -> Head:
    """Return what a file's first bytes say; any encoding in which markup is ASCII apart from zero bytes."""
    text = data[:_LOOKED_AT].replace(b"\0", b"").decode("latin-1").lstrip(_MARKS)
    at = 0
    while True:
        at = len(text) - len(text[at:].lstrip())
        skipped = next((pair for pair in _SKIPPED if text.startswith(pair[0], at)), None)
        if skipped is None:
            break
        end = text.find(skipped[1], at + 2)
        if end < 0:
            return Head("")
        at = end + len(skipped[1])
    if declared := _DOCTYPE.match(text, at):
        return Head(declared[1], True)
    found = _ELEMENT.match(text, at)
    return Head(found[1] if found else "")


def body(data: bytes) -> bytes:
    """Return an XML file without white space before its declaration, which parsers refuse."""
    at = data.find(b"<", 0, _LOOKED_AT)
    before = data[: max(at, 0)]
    if not before.replace(b"\0", b"").decode("latin-1").lstrip(_MARKS):
        return data
    if at % 2 and before.endswith(b"\0"):  # two bytes a character, the zero first
        at -= 1
    mark = next((mark for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff") if data.startswith(mark)), b"")
    return mark + data[at:]
