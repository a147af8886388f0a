"""Elements of an XML file that is written: none is empty, none holds what XML forbids."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from .texts import clean


def add(parent: Any, tag: str, value: object = None, **attributes: str) -> Any:
    """Append an element with a text; nothing at all where there is nothing to say.

    :return: the element, None if there is none
    """
    text = show(value)
    kept = {name: clean(found) for name, found in attributes.items() if clean(found)}
    if value is not None and not text:
        return None
    if attributes and not kept and value is None:
        return None
    element = etree.SubElement(parent, tag, kept)
    if text:
        element.text = text
    return element


def show(value: object) -> str:
    """Return a value as XML has it; amounts and texts come shaped."""
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value)) if value is not None else ""


def money(amount: Decimal, digits: int) -> str:
    """Return an amount with its currency's decimals."""
    return f"{amount:.{digits}f}"


def to_bytes(root: Any) -> bytes:
    """Return a document as UTF-8 with its declaration."""
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return content
