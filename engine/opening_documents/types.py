"""What lists call the types of opening documents, and which type a row has that doesn't say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..items import Kind, ReadOptions
from ..values.cells import fold
from ..words import document_types as types
from ..words.languages import Words, folded
from ..words.odoo_types import odoo_type
from ..words.sides import kinds_in
from .items import DOCUMENT_TYPES, DocumentType

_TEXTS: Mapping[DocumentType, Words] = {
    "out_invoice": types.CUSTOMER_INVOICE,
    "out_refund": types.CUSTOMER_CREDIT_NOTE,
    "in_invoice": types.VENDOR_INVOICE,
    "in_refund": types.VENDOR_CREDIT_NOTE,
    "receipt": types.CUSTOMER_PAYMENT,
    "vendor_payment": types.VENDOR_PAYMENT,
}
# Texts that leave open whether it is a customer's or a vendor's.
_EITHER: tuple[tuple[DocumentType, DocumentType, Words], ...] = (
    ("out_invoice", "in_invoice", types.INVOICE),
    ("out_refund", "in_refund", types.CREDIT_NOTE),
    ("receipt", "vendor_payment", types.PAYMENT),
)
_KNOWN: Mapping[str, DocumentType] = {word: name for name, table in _TEXTS.items() for word in folded(table)}
_BY_KIND: Mapping[Kind, Mapping[str, DocumentType]] = {
    "receivable": {word: name for name, _vendors, table in _EITHER for word in folded(table)},
    "payable": {word: name for _customers, name, table in _EITHER for word in folded(table)},
}
_OF: Mapping[tuple[Kind, int], DocumentType] = {
    DOCUMENT_TYPES[name]: name for name in ("out_invoice", "out_refund", "in_invoice", "in_refund")
}


@dataclass(frozen=True, slots=True)
class Sides:
    """How a list is meant where a row doesn't say: ``kind`` of its documents, ``factor`` from its sign to ledger sign.

    Lists of vendors have bills positive, unless a person says that they are in ledger sign.
    """

    kind: Kind = "receivable"
    factor: int = 1

    def type_of(self, total: Decimal) -> DocumentType:
        """Return the type of a document without one, by the sign of its total."""
        return _OF[self.kind, self.factor if total > 0 else -self.factor]

    def read(self, text: str) -> DocumentType | None:
        """Return the type that a text names, None if it names none."""
        word = fold(text)
        found = _KNOWN.get(word) or _BY_KIND[self.kind].get(word)
        if found is None and (side := odoo_type(word)) and "receipt" not in word:
            found = _OF.get(side)
        return found


def sides_of(options: ReadOptions, partner_headers: Iterable[str]) -> Sides:
    """Return how a list is meant: what a person said, else what the headers of its partners say."""
    kind = options.kind
    if kind not in ("receivable", "payable"):
        kinds = kinds_in(" ".join(partner_headers))
        kind = "payable" if kinds == {"payable"} else "receivable"
    if kind == "payable":
        return Sides("payable", 1 if options.payables_sign == "ledger" else -1)
    return Sides()
