"""What Odoo calls its types of document, by language: where a list has nothing else, the type gives the ledger sign."""

from __future__ import annotations

from collections.abc import Mapping

from ..items import Kind
from ..values.cells import fold
from .languages import Words, texts_of

OUT_INVOICE: Words = {
    "nl": "Klantfactuur|Verkoopfactuur",
    "de": "Kundenrechnung|Ausgangsrechnung",
    "fr": "Facture client",
    "en": "out_invoice|Customer Invoice",
    "es": "Factura de cliente",
    "it": "Fattura cliente",
    "pt": "Fatura de Cliente",
    "da": "Kundefaktura",
    "sv": "Kundfaktura",
    "nb": "Kundefaktura",
    "fi": "Asiakaslasku",
    "pl": "Faktura sprzedaży",
    "cs": "Zákaznická faktura",
    "hu": "Vevői számla",
    "ro": "Factură client",
    "tr": "Müşteri Faturası",
    "ru": "Счёт-фактура клиента",
}
OUT_REFUND: Words = {
    "nl": "Klant creditfactuur|Creditfactuur klant",
    "de": "Kundengutschrift|Gutschrift an Kunden",
    "fr": "Avoir client",
    "en": "out_refund|Customer Credit Note",
    "es": "Factura rectificativa de cliente|Nota de crédito de cliente",
    "it": "Nota di credito cliente",
    "pt": "Nota de Crédito de Cliente",
    "da": "Kunde kreditnota",
    "sv": "Kundkreditfaktura",
    "nb": "Kundekreditnota",
    "fi": "Asiakkaan hyvityslasku",
    "pl": "Nota Kredytowa Klienta",
    "cs": "Zákaznický opravný daňový doklad",
    "hu": "Vevői jóváírás",
    "ro": "Notă credit client",
    "tr": "Müşteri İade/Fiyat Farkı Faturası",
    "ru": "Кредитная нота клиента",
}
IN_INVOICE: Words = {
    "nl": "Leveranciersfactuur",
    "de": "Lieferantenrechnung|Eingangsrechnung",
    "fr": "Facture fournisseur",
    "en": "in_invoice|Vendor Bill",
    "es": "Factura de proveedor",
    "it": "Fattura fornitore",
    "pt": "Fatura de Fornecedor",
    "da": "Leverandørfaktura",
    "sv": "Leverantörsfaktura",
    "nb": "Leverandørfaktura",
    "fi": "Toimittajan lasku",
    "pl": "Faktura zakupu",
    "cs": "Přijatá faktura",
    "hu": "Beszállítói számla",
    "ro": "Factură furnizor",
    "tr": "Tedarikçi Faturası",
    "ru": "Счет поставщика",
}
IN_REFUND: Words = {
    "nl": "Leveranciers creditfactuur|Creditfactuur leverancier",
    "de": "Lieferantengutschrift",
    "fr": "Avoir fournisseur",
    "en": "in_refund|Vendor Credit Note",
    "es": "Factura rectificativa de proveedor|Nota de crédito de proveedor",
    "it": "Nota di credito fornitore",
    "pt": "Nota de Crédito de Fornecedor",
    "da": "Leverandør kreditnota",
    "sv": "Leverantörskreditnota",
    "nb": "Leverandørkreditnota",
    "fi": "Toimittajan hyvityslasku",
    "pl": "Nota Kredytowa Dostawcy",
    "cs": "Přijatý opravný daňový doklad",
    "hu": "Beszállítói jóváírás",
    "ro": "Notă credit furnizor",
    "tr": "Tedarikçi İade/Fiyat Farkı",
    "ru": "Кредитная нота поставщика",
}
# In Odoo's own language only: elsewhere these are words for any slip (nl Kassabon, fr Ticket).
_RECEIPTS: tuple[tuple[str, Kind, int], ...] = (
    ("out_receipt", "receivable", 1),
    ("Sales Receipt", "receivable", 1),
    ("in_receipt", "payable", -1),
    ("Purchase Receipt", "payable", -1),
)
_SIDES: tuple[tuple[Words, Kind, int], ...] = (
    (OUT_INVOICE, "receivable", 1),
    (OUT_REFUND, "receivable", -1),
    (IN_INVOICE, "payable", -1),
    (IN_REFUND, "payable", 1),
)
_KNOWN: Mapping[str, tuple[Kind, int]] = {
    **{fold(text): (kind, sign) for table, kind, sign in _SIDES for text in texts_of(table)},
    **{fold(text): (kind, sign) for text, kind, sign in _RECEIPTS},
}


def odoo_type(word: str) -> tuple[Kind, int] | None:
    """Return kind and ledger sign of one of Odoo's (folded) document types."""
    return _KNOWN.get(word)
