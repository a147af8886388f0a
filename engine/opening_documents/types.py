"""What lists call the types of opening documents, and which type a row has that doesn't say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..items import Kind, ReadOptions
from ..values.cells import fold
from ..words.cells import odoo_type
from ..words.columns import kinds_in
from .items import DOCUMENT_TYPES, DocumentType

_TEXTS: Mapping[DocumentType, str] = {
    "out_invoice": """
        out_invoice|Customer Invoice|Sales Invoice|AR Invoice|Kundenrechnung|Debitorenrechnung|Ausgangsrechnung
        Verkaufsrechnung|Klantfactuur|Verkoopfactuur|Debiteurenfactuur|Facture client|Facture de vente
    """,
    "out_refund": """
        out_refund|Customer Credit Note|Sales Credit Note|Sales Credit Memo|Kundengutschrift|Ausgangsgutschrift
        Gutschrift an Kunden|Verkaufsgutschrift|Klantcreditnota|Verkoopcreditnota|Creditfactuur klant|Creditnota klant
        Avoir client|Avoir de vente
    """,
    "in_invoice": """
        in_invoice|Vendor Bill|Bill|Supplier Bill|Vendor Invoice|Supplier Invoice|Purchase Invoice|AP Invoice
        Lieferantenrechnung|Kreditorenrechnung|Eingangsrechnung|Einkaufsrechnung|Leveranciersfactuur|Inkoopfactuur
        Crediteurenfactuur|Facture fournisseur|Facture d'achat
    """,
    "in_refund": """
        in_refund|Vendor Credit Note|Vendor Credit|Supplier Credit Note|Supplier Credit|Purchase Credit Note
        Purchase Credit Memo|Lieferantengutschrift|Eingangsgutschrift|Einkaufsgutschrift|Leverancierscreditnota
        Inkoopcreditnota|Creditfactuur leverancier|Creditnota leverancier|Avoir fournisseur|Avoir d'achat
    """,
    "receipt": """
        receipt|Customer Receipt|Customer Payment|Customer Prepayment|Zahlungseingang|Kundenzahlung|Kundenanzahlung
        Erhaltene Anzahlung|Klantbetaling|Ontvangst|Ontvangen betaling|Encaissement|Paiement client|Règlement client
        Acompte client
    """,
    "vendor_payment": """
        vendor_payment|Vendor Payment|Vendor Prepayment|Supplier Payment|Supplier Prepayment|Zahlungsausgang
        Lieferantenzahlung|Lieferantenanzahlung|Geleistete Anzahlung|Leveranciersbetaling|Betaling leverancier
        Betaling aan leverancier|Décaissement|Paiement fournisseur|Règlement fournisseur|Acompte fournisseur
    """,
}
# Texts that leave open whether it is a customer's or a vendor's.
_EITHER: tuple[tuple[DocumentType, DocumentType, str], ...] = (
    ("out_invoice", "in_invoice", "Invoice|Rechnung|Factuur|Facture|Faktura"),
    (
        "out_refund",
        "in_refund",
        "Credit Note|Credit Memo|Refund|Gutschrift|Rechnungskorrektur|Creditnota|Creditfactuur|Avoir|Note de crédit",
    ),
    (
        "receipt",
        "vendor_payment",
        """
        Payment|Prepayment|Down Payment|Zahlung|Anzahlung|Vorauszahlung|Betaling|Vooruitbetaling|Aanbetaling
        Paiement|Règlement|Acompte
        """,
    ),
)


def _words(texts: str) -> list[str]:
    """Return texts folded."""
    return [fold(text) for text in texts.replace("\n", "|").split("|") if text.strip()]


_KNOWN: Mapping[str, DocumentType] = {word: name for name, texts in _TEXTS.items() for word in _words(texts)}
_BY_KIND: Mapping[Kind, Mapping[str, DocumentType]] = {
    "receivable": {word: name for name, _vendors, texts in _EITHER for word in _words(texts)},
    "payable": {word: name for _customers, name, texts in _EITHER for word in _words(texts)},
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
