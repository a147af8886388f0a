"""What the type of a document tells: its sign and its side. The words are in ``document_types``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..items import Kind
from . import document_types as types
from .languages import Words, folded, pattern, split

# --- invoice, credit note, payment ---------------------------------------------------------------------------------

# Parts of folded words: what no table has as a whole is known by these, credit notes and payments before invoices.
CREDIT_STEMS: Words = {
    "nl": "credit|betaling|ontvangst|retour",
    "de": "gutschrift|zahlung|erstattung|vorauszahlung|einzahlung|storno",
    "fr": "avoir|paiement|reglement|acompte|virement|rembours|encaissement",
    "en": "payment|receipt|refund|prepay|overpay|deposit",
    "es": "notacred|notadecred|abono|rectificativ|pago|cobro|anticipo|reembolso",
    "it": "notadicred|pagamento|incasso|acconto|rimborso",
    "pt": "notadecred|pagamento|adiantamento|recebimento",
    "da": "kreditnot|kreditt|indbetaling",
    "sv": "kreditfakt|inbetalning|betalning",
    "nb": "kreditnot|innbetaling",
    "fi": "hyvitys|maksu|palautus",
    "pl": "korekt|korygujac|notakred|platnosc|zaplata|zaliczka|wplata|wyplata",
    "cs": "dobropis|opravny|platba|uhrada|zaloha",
    "hu": "jovairas|helyesbit|sztorno|fizetes|eloleg",
    "ro": "notacredit|storn|plata|incasare|avans",
    "tr": "iade|odeme|tahsilat|alacakdekont",
    "ru": "кредит|корректиров|возврат|сторно|платеж|оплат|аванс|расчетн",
}
INVOICE_STEMS: Words = {
    "nl": "factuur",
    "de": "rechnung",
    "fr": "facture",
    "en": "invoice|bill|charge|debitnote|sales",
    "es": "factura",
    "it": "fattura",
    "pt": "fatura",
    "da": "faktura",
    "sv": "faktura",
    "nb": "faktura",
    "fi": "lasku",
    "pl": "faktura",
    "cs": "faktura",
    "hu": "szamla",
    "ro": "factura",
    "tr": "fatura",
    "ru": "счет|накладная|реализация|поступлениетовар",
}
_CREDIT_CODES = frozenset(
    split("cn|cm|cr|crn|rc|pmt|py|dg|dz|kg|kz|zp|icn|rin|pcn|gs|gu|zl|sc|pp|pa|sa|avoir|av|crm|rfd|g|gut|bc|ru")
)
_INVOICE_CODES = frozenset(split("in|inv|rv|dr|rx|rg|re|kr|si|pi|pu|fa|fac|fact|r|ar|vi|i|bill|rn|dn|vrk|ink"))
_WHOLE: Mapping[str, int] = {
    **dict.fromkeys(
        folded(
            types.CREDIT_NOTE, types.CUSTOMER_CREDIT_NOTE, types.VENDOR_CREDIT_NOTE,
            types.PAYMENT, types.CUSTOMER_PAYMENT, types.VENDOR_PAYMENT,
        ),
        -1,
    ),
    **dict.fromkeys(folded(types.INVOICE, types.CUSTOMER_INVOICE, types.VENDOR_INVOICE), 1),
}  # fmt: skip
_CREDIT, _INVOICE = re.compile(pattern(CREDIT_STEMS)), re.compile(pattern(INVOICE_STEMS))


@lru_cache(maxsize=1024)
def document_sign(word: str) -> int:
    """Return 1 for a (folded) document type that is an invoice, -1 for a credit note or payment, 0 if not known."""
    if word in _WHOLE:
        return _WHOLE[word]
    if _CREDIT.search(word):
        return -1
    if _INVOICE.search(word):
        return 1
    return -1 if word in _CREDIT_CODES else 1 if word in _INVOICE_CODES else 0


# --- customers or vendors ------------------------------------------------------------------------------------------

CUSTOMER_STEMS: Words = {
    "nl": "verkoop|klant",
    "de": "kunden|ausgangs|debitor",
    "fr": "vente",
    "en": "customer|sales|client",
    "es": "decliente|deventa",
    "it": "fatturaattiva|divendita",
    "pt": "decliente|devenda",
    "da": "kundefak|kundekred|kundebet|salgs",
    "sv": "kundfak|kundkred|kundbet|forsaljning",
    "nb": "utgaendefaktura|salgs",
    "fi": "asiak|myynti",
    "pl": "sprzedaz|klienta",
    "cs": "zakaznick|vydanafaktura|fakturavydana|vydanydobropis|prodejn",
    "hu": "vevoi|ertekesites|kimenoszamla",
    "ro": "vanzar",
    "tr": "musteri|satis",
    "ru": "клиент|покупател|фактуравыданн|реализация",
}
VENDOR_STEMS: Words = {
    "nl": "inkoop|leverancier",
    "de": "lieferant|eingangsrech|kreditor",
    "fr": "fournisseur|dachat",
    "en": "vendor|supplier|purchase|^bill",
    "es": "proveedor|decompra",
    "it": "fornitor|fatturapassiva|diacquisto",
    "pt": "fornecedor|decompra",
    "da": "leverandor|kobsfak",
    "sv": "leverantor|inkopsfak",
    "nb": "inngaendefaktura|kjops",
    "fi": "toimittaj|ostolasku|ostonhyv",
    "pl": "zakup|dostawc",
    "cs": "prijatafaktura|fakturaprijata|prijatydobropis|prijatyopravny|dodavatel|nakupn",
    "hu": "szallitoi|beszerzes|bejovoszamla",
    "ro": "furnizor|achizit",
    "tr": "tedarikci|satici|alisfat|satinalma",
    "ru": "поставщик|фактураполученн|поступлениетовар",
}
_WHOLE_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(folded(types.CUSTOMER_INVOICE, types.CUSTOMER_CREDIT_NOTE), "receivable"),
    **dict.fromkeys(folded(types.VENDOR_INVOICE, types.VENDOR_CREDIT_NOTE), "payable"),
}
_SIDES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("receivable", re.compile(pattern(CUSTOMER_STEMS))),
    ("payable", re.compile(pattern(VENDOR_STEMS))),
)
_SAP_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("rv", "dr", "dg", "dz", "rx", "ru", "da"), "receivable"),
    **dict.fromkeys(("kr", "kg", "kz", "ka", "kn", "zp"), "payable"),
}


@lru_cache(maxsize=1024)
def type_kind(word: str, sap: bool) -> Kind | None:
    """Return the kind that a (folded) document type tells."""
    if word in _WHOLE_KINDS:
        return _WHOLE_KINDS[word]
    for kind, stems in _SIDES:
        if stems.search(word):
            return kind
    return _SAP_KINDS.get(word) if sap else None
