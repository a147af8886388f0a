"""Customers or vendors: what names a side of the ledger, by language. Types of document are in ``document_types``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ..items import Kind
from ..values.numbers import normalize
from .languages import Words, folded, pattern

# What names customers or vendors within a text: regular expressions on lower case letters without accents.
CUSTOMER_STEMS: Words = {
    "nl": r"debiteur|\bdeb\.|klant|vordering|te ontvangen|verkoop",
    "de": r"debitor|\bkd-?nr|kunde|forderung|ausgangsrechnung",
    "fr": r"client|debiteur|vente|creances",
    "en": r"debtor|customer|client|receivable|\ba/r\b|\bars?\b|\bbp? ar\b|\bsales\b|out_invoice|out_refund",
    "es": r"client|cobrar",
    "it": r"client|crediti v",
    "pt": r"client|a receber\b",
    "da": r"debitor|kunde|tilgodehavend",
    "sv": r"\bkund\b|\bkunder\b|kundr|kundf|kundn|kundk|kundl",
    "nb": r"kunde",
    "fi": r"asiaka|myyntires|myyntisaam",
    "pl": r"naleznosc|klient|odbiorc|nabywc",
    "cs": r"odberatel|pohledav|zakazni[kc]",
    "hu": r"\bvevo|ugyfel|koveteles",
    "ro": r"client|creante",
    "tr": r"musteri|\balicilar",
    "ru": r"покупател|клиент|заказчик|дебитор",
}
VENDOR_STEMS: Words = {
    "nl": r"crediteur|\bcred\.|leverancier|inkoop",
    "de": r"kreditor|lieferant|verbindlichkeit|eingangsrechnung",
    "fr": r"fournisseur|achats",
    "en": (
        r"creditor|vendor|supplier|payable|\bbills?\b(?! (?:to|no doc|receivable))|\ba/p\b|\baps?\b|"
        r"\bpurchase (?!order)|in_invoice|in_refund"
    ),
    "es": r"proveedor|pagar\b",
    "it": r"fornitor|debiti v",
    "pt": r"fornecedor|pagar\b",
    "da": r"kreditor|leverand",
    "sv": r"leverant",
    "nb": r"leverand",
    "fi": r"toimittaja|ostores|ostovelat|ostovelka",
    "pl": r"zobowiazan|dostawc",
    "cs": r"dodavatel|\bzavazky|\bzavazku",
    "hu": r"szallito(?!level)|kotelezettseg",
    "ro": r"furnizor",
    "tr": r"tedarikci|satici",
    "ru": r"поставщик|кредитор",
}
# What names the documents of both sides at once proves neither, and is taken out before: Invoice/Bill, Ein-/Ausgangs-.
_BOTH = re.compile(
    r"\bein(?:gangs)?- ?(?:/|und|oder|u\.) ?ausgangsrechnung|\baus(?:gangs)?- ?(?:/|und|oder|u\.) ?eingangsrechnung|"
    r"\bin(?:koop)?- ?(?:/|en|of) ?verkoop|\bver(?:koop)?- ?(?:/|en|of) ?inkoop"
)
_INVOICE, _BILL = re.compile(r"\binvoices?\b"), re.compile(r"\bbills?\b")
# What names a side as a whole cell, in a column of kinds.
CUSTOMERS: Words = {
    "nl": "Klant|Klanten|Debiteur|Debiteuren|Verkoop",
    "de": "Kunde|Kunden|Debitor|Debitoren|Forderung|Forderungen",
    "fr": "Client|Clients|Débiteur|Débiteurs",
    "en": """
        Customer|Customers|Debtor|Debtors|Receivable|Receivables|Accounts receivable|AR|A/R|Client|Clients|Sales
        asset_receivable
    """,
    "es": "Cliente|Clientes|Deudor",
    "it": "Cliente|Clienti",
    "pt": "Cliente|Clientes",
    "da": "Kunde|Kunder|Debitor|Debitorer",
    "sv": "Kund|Kunder",
    "nb": "Kunde|Kunder",
    "fi": "Asiakas|Asiakkaat",
    "pl": "Klient|Odbiorca|Nabywca",
    "cs": "Zákazník|Odběratel",
    "hu": "Vevő|Ügyfél",
    "ro": "Client|Clienți",
    "tr": "Müşteri|Alıcı",
    "ru": "Клиент|Покупатель|Заказчик|Дебитор",
}
VENDORS: Words = {
    "nl": "Leverancier|Leveranciers|Crediteur|Crediteuren|Inkoop",
    "de": "Lieferant|Lieferanten|Kreditor|Kreditoren|Verbindlichkeit|Verbindlichkeiten",
    "fr": "Fournisseur|Fournisseurs|Créditeur",
    "en": """
        Supplier|Suppliers|Vendor|Vendors|Creditor|Creditors|Payable|Payables|Accounts payable|AP|A/P|Purchase
        liability_payable
    """,
    "es": "Proveedor|Proveedores|Acreedor",
    "it": "Fornitore|Fornitori",
    "pt": "Fornecedor|Fornecedores",
    "da": "Leverandør|Leverandører|Kreditor|Kreditorer",
    "sv": "Leverantör|Leverantörer",
    "nb": "Leverandør|Leverandører",
    "fi": "Toimittaja|Toimittajat",
    "pl": "Dostawca",
    "cs": "Dodavatel",
    "hu": "Szállító|Beszállító",
    "ro": "Furnizor|Furnizori",
    "tr": "Satıcı|Tedarikçi",
    "ru": "Поставщик|Кредитор",
}
# Letters in a column of account types: D and K of SAP, C and V of English packages.
_LETTERS: Mapping[str, Kind] = {"d": "receivable", "k": "payable", "c": "receivable", "v": "payable"}
_WORDS: Mapping[str, Kind] = {
    **dict.fromkeys(folded(CUSTOMERS), "receivable"),
    **dict.fromkeys(folded(VENDORS), "payable"),
}
_CUSTOMER, _VENDOR = re.compile(pattern(CUSTOMER_STEMS)), re.compile(pattern(VENDOR_STEMS))
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d"})


def kinds_in(text: str) -> frozenset[Kind]:
    """Return which sides of the ledger a text speaks of: customers, vendors, both or neither."""
    plain = normalize("NFD", text.casefold().translate(_PLAIN))
    plain = _BOTH.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    if _INVOICE.search(plain):
        plain = _BILL.sub(" ", plain)
    found: set[Kind] = set()
    if _CUSTOMER.search(plain):
        found.add("receivable")
    if _VENDOR.search(plain):
        found.add("payable")
    return frozenset(found)


def kind_word(word: str) -> Kind | None:
    """Return the kind that a (folded) word in a column of kinds names."""
    return _WORDS.get(word)


def kind_letter(word: str) -> Kind | None:
    """Return the kind that a letter in a column of account types names (D, K as in SAP)."""
    return _LETTERS.get(word)
