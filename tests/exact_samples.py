"""Exact Online's XML built by code, and checked against Exact's own schema where that is at hand.

The schema is Exact's and no part of this addon: a folder ``shared/exact`` beside the checkout may hold it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "exact" / "eExact-XML.xsd"
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<eExact xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="eExact-XML.xsd">'
)


@dataclass(frozen=True)
class Item:
    """An outstanding item; ``total`` is its original amount, ``own``: the open amount in company currency."""

    number: str = ""
    open: str = "121"
    currency: str = "EUR"
    own: str = ""
    total: str = ""
    date: str = "2026-01-15"
    due: str = "2026-02-14"
    your_ref: str = ""
    description: str = ""

    def xml(self) -> str:
        own = self.own or self.open
        return (
            f"<OutstandingItem{_attribute('number', self.number)}>"
            f"{_element('YourRef', self.your_ref)}{_element('Description', self.description)}"
            f"<InvoiceDate>{self.date}</InvoiceDate><DueDate>{self.due}</DueDate>"
            f"<Currency code={quoteattr(self.currency)}/>"
            f"<InvoiceAmtFC>{self.total or self.open}</InvoiceAmtFC><OutstandingAmtFC>{self.open}</OutstandingAmtFC>"
            f"<InvoiceAmtDC>{self.total or own}</InvoiceAmtDC><OutstandingAmtDC>{own}</OutstandingAmtDC>"
            "</OutstandingItem>"
        )


def entry(tag: str, code: str, name: str, *items: Item) -> str:
    """The items of a customer (``AR``) or vendor (``AP``)."""
    inside = "".join(item.xml() for item in items)
    account = f"<Account{_attribute('code', code)}><Name>{escape(name)}</Name></Account>"
    return f"<{tag}>{account}<OutstandingItems>{inside}</OutstandingItems></{tag}>"


def customer(code: str, name: str, *items: Item) -> str:
    return entry("AR", code, name, *items)


def vendor(code: str, name: str, *items: Item) -> str:
    return entry("AP", code, name, *items)


def topic(code: str, count: int | None = None, size: int = 1000) -> str:
    """What a file says of the page that it is."""
    return f'<Topic code="{code}" ts_d="0x0000000000000001" count="{count or 0}" pagesize="{size}"/>'


def document(*, ars: str = "", aps: str = "", topics: str = "", messages: str = "") -> bytes:
    """A file of Exact's with these parts; those that are empty are left out."""
    parts = (("ARs", ars), ("APs", aps), ("Topics", topics), ("Messages", messages))
    return (_HEAD + "".join(f"<{tag}>{inside}</{tag}>" for tag, inside in parts if inside) + "</eExact>").encode()


def schema_errors(data: bytes) -> list[str]:
    """What Exact's schema has against a file; nothing where the schema is not at hand."""
    schema = _schema()
    if schema is None or schema.validate(etree.fromstring(data)):
        return []
    return [f"{error.line}: {error.message}" for error in schema.error_log]


@cache
def _schema() -> etree.XMLSchema | None:
    return etree.XMLSchema(etree.parse(str(SCHEMA))) if SCHEMA.exists() else None


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""
