"""What words in cells mean: totals, states, kinds of document. All are compared by ``values.fold``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..items import Kind
from ..values.cells import fold, tried


def _folded(text: str) -> frozenset[str]:
    """Return the words of a list, separated by |, folded."""
    return frozenset(fold(word) for word in text.replace("\n", "|").split("|") if word.strip())


YES = _folded(
    "yes|y|ja|j|oui|o|si|sí|sim|tak|t|kyllä|true|wahr|vrai|waar|1|x|open|offen|openstaand|ouvert|åben|åpen|öppen"
)
NO = _folded(
    "no|n|nein|nee|non|nej|nei|não|nie|ei|false|falsch|faux|onwaar|0|geschlossen|closed|gesloten|fermé|lukket|"
    "cleared|ausgeglichen|stängd"
)
PAID = _folded("""
    paid|fully paid|paid in full|settled|cleared|closed|complete|completed|reversed|autopaid
    auto-paid
    bezahlt|voll bezahlt|vollständig bezahlt|ausgeglichen|beglichen|erledigt|geschlossen|abgeschlossen|storniert bezahlt
    betaald|volledig betaald|voldaan|afgesloten|gesloten|verwerkt en betaald
    payé|payée|réglé|réglée|soldé|soldée|lettré|lettrée|clôturé
    betalt|fuldt betalt|betald|slutbetald|maksettu|suoritettu|pagado|pagada|pagata|betalad|zaplaceno|pagato
    saldato|paga|pago|liquidado
    zapłacona|opłacona|uhrazeno
""")
DRAFT = _folded("""
    draft|drafts|unposted|submitted|awaiting approval|pending approval|submitted for approval|parked|proforma|pro forma
    entwurf|ungebucht|in bearbeitung|vorerfasst|concept|ontwerp|brouillon|kladde|utkast|luonnos|borrador|bozza|rascunho
    udkast|wersja robocza|návrh|provisório|szkic|koncept|unsent draft
""")
VOID = _folded("""
    void|voided|cancelled|canceled|cancel|deleted|reversed|rejected|written off|annulled
    storniert|storno|stornorechnung storniert|gelöscht|abgebrochen|ungültig|geannuleerd|vervallen verklaard|verwijderd
    annulé|annulée|supprimé|annulleret|annullert|makulerad|makuleret|kreditert|kumottu|mitätöity|avbruten|kansellert|peruttu|anulowano|cancelado|cancelada|zrušeno|annullata|anulado|anulada
    annullato|anulowana|stornováno
""")

# What stands in the column of numbers for a payment that belongs to no document.
NO_NUMBERS = _folded(
    "on account|a conto|akonto|à conto|a/conto|anzahlung|unapplied|unallocated|acompte|"
    "na|n/a|none|keine|ohne|geen|null|false"
)

# Headers of what only the lines of a document have.
LINE_HEADERS = _folded("""
    item|item name|item code|item description|item price|product|product code|sku|quantity|qty|unit price|unit amount
    artikel|artikelnummer|artikelnr|menge|einzelpreis|stückpreis|aantal|stuksprijs|article|quantité|prix unitaire
    artículo|cantidad|precio unitario|articolo|quantità|prezzo unitario|antal|styckpris|enhetspris|antall
""")

_TOTAL = re.compile(
    r"(?:grand total|sub-?total|sub ?totaal|totals?|totaal|totale[sn]?|totalt|totaux|"
    r"total g[eé]n[eé]ral|gesamt\w*|summen?|zwischensumme|"
    r"endsumme|summa|summe|sum|yhteens[aä]|celkem|suma|razem|[uü]bertrag|vortrag|saldovortrag|er[oö]ffnungssaldo|"
    r"anfangssaldo|endsaldo|eindsaldo|beginsaldo|slutsaldo|solde (?:final|initial|total)|cumul|report [aà] nouveau|"
    r"(?:partner |account |opening |closing |initial )?(?:ending |opening |closing |initial |final )?balance|i ?alt|"
    r"somme|sous-total|carried forward|brought forward|kontensumme|listensumme|gesamtsumme|\*{1,5}|[∑Σ])"
    r"(?=$|[\s:.*(/,–-])",
    re.IGNORECASE,
)
# Words that a total of the whole list may carry beside "total".
_WHOLE = re.compile(
    r"general|generale|overall|list\w*|open\w*|offen\w*|posten|items?|invoices?|rechnungen|debitor\w*|kreditor\w*|"
    r"debiteur\w*|crediteur\w*|customers?|vendors?|suppliers?|clients?|fournisseurs?|receivables?|payables?|accounts?|"
    r"balance|saldo|summe|total|totaal|alle?r?|all|due|outstanding|ar|ap|a/r|a/p|report|amount|eur|in|of|for|the|"
    r"ending|closing|aged|detail|betrag|belege|factur\w*|ouvert\w*|soll|haben|debit|credit|posts?|partner|lopend"
)


def total_label(text: str) -> str | None:
    """Return what a total is of ("" = of the whole list), None if the text is no label of a total."""
    text = tried(text)
    match = _TOTAL.match(text)
    if not match:
        return None
    rest = text[match.end() :].strip(" :.*-–()/")
    words = [fold(word) for word in re.split(r"[\s/]+", rest) if fold(word)]
    if all(_WHOLE.fullmatch(word) or (len(word) == 3 and word.isalpha() and rest.isupper()) for word in words):
        return ""
    return re.sub(r"^(?:for|of|für|fuer|von|voor|van|pour|de|du|des|f[oö]r|til|per)\s+", "", rest, flags=re.IGNORECASE)


# --- kinds of document --------------------------------------------------------------------------------------------

# What a document type does to an amount that has no sign of its own: 1 = invoice, -1 = credit note or payment.
_CREDIT_CODES = _folded(
    "cn|cm|cr|crn|rc|pmt|py|dg|dz|kg|kz|zp|icn|rin|pcn|gs|gu|zl|sc|pp|pa|sa|avoir|av|crm|rfd|g|gut|bc|ru|rx?"
) - {"rx"}
_INVOICE_CODES = _folded("in|inv|rv|dr|rx|rg|re|kr|si|pi|pu|fa|fac|fact|r|ar|vi|i|bill|rn|dn|vrk|ink")
_CREDIT = re.compile(
    r"credit|gutschrift|avoir|creditnota|creditfact|kreditnot|kreditfakt|kreditt|notacred|notadicred|notadecred|abono|"
    r"payment|zahlung|betaling|paiement|reglement|receipt|refund|erstattung|prepay|overpay|uberzahlung|anzahlung|"
    r"vorauszahlung|hyvitys|maksu|innbetaling|indbetaling|inbetalning|acompte|virement|pago|pagamento|deposit|korekta|"
    r"ontvangst|einzahlung|zahlungseingang|outrefund|inrefund|retour|storno|stornorechnung"
)
_INVOICE = re.compile(
    r"invoice|rechnung|factuur|facture|faktura|factura|fattura|fatura|bill|lasku|charge|debitnote|sales"
)
_ODOO_NAMES: tuple[tuple[Kind, int, str], ...] = (
    ("receivable", 1, "out_invoice|Customer Invoice|Kundenrechnung|Ausgangsrechnung|Klantfactuur|Verkoopfactuur"),
    ("receivable", 1, "Facture client|Factura de cliente|Fattura cliente|Kundefaktura|Kundfaktura"),
    ("receivable", 1, "Sales Receipt|out_receipt|Asiakaslasku|Faktura sprzedaży|Fatura de Cliente|Zákaznická faktura"),
    ("receivable", -1, "out_refund|Customer Credit Note|Kundengutschrift|Gutschrift an Kunden|Creditfactuur klant"),
    ("receivable", -1, "Avoir client|Klant creditfactuur|Nota di credito cliente|Nota de crédito de cliente"),
    (
        "receivable",
        -1,
        "Factura rectificativa de cliente",
    ),
    (
        "receivable",
        -1,
        "Kundekreditnota|Kunde kreditnota|Kundkreditfaktura|Asiakkaan hyvityslasku|Nota Kredytowa Klienta",
    ),
    ("payable", -1, "in_invoice|Vendor Bill|Lieferantenrechnung|Eingangsrechnung|Leveranciersfactuur"),
    ("payable", -1, "Facture fournisseur|Factura de proveedor|Fattura fornitore|Leverandørfaktura|Leverantörsfaktura"),
    (
        "payable",
        -1,
        "Purchase Receipt|in_receipt|Toimittajan lasku|Faktura zakupu|Fatura de Fornecedor|Přijatá faktura",
    ),
    ("payable", 1, "in_refund|Vendor Credit Note|Lieferantengutschrift|Creditfactuur leverancier|Avoir fournisseur"),
    ("payable", 1, "Nota de crédito de proveedor|Factura rectificativa de proveedor|Leverandørkreditnota"),
    ("payable", 1, "Leveranciers creditfactuur|Nota di credito fornitore|Leverandør kreditnota|Leverantörskreditnota"),
    ("payable", 1, "Toimittajan hyvityslasku|Nota Kredytowa Dostawcy|Nota de Crédito de Fornecedor"),
)
_ODOO: Mapping[str, tuple[Kind, int]] = {
    fold(name): (kind, sign) for kind, sign, names in _ODOO_NAMES for name in names.split("|")
}


@lru_cache(maxsize=1024)
def document_sign(word: str) -> int:
    """Return 1 for a (folded) document type that is an invoice, -1 for a credit note or payment, 0 if not known."""
    if _CREDIT.search(word):
        return -1
    if _INVOICE.search(word):
        return 1
    return -1 if word in _CREDIT_CODES else 1 if word in _INVOICE_CODES else 0


def odoo_type(word: str) -> tuple[Kind, int] | None:
    """Return kind and ledger sign of one of Odoo's (folded) document types."""
    return _ODOO.get(word)


_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(
        _folded(
            "customer|customers|debitor|debitoren|debtor|debtors|receivable|"
            "accounts receivable|ar|a/r|client|kunde|kunden|"
            "klant|debiteur|debiteuren|sales|cliente|asiakas|kund|asset_receivable"
        ),
        "receivable",
    ),
    **dict.fromkeys(
        _folded(
            "supplier|suppliers|vendor|vendors|kreditor|kreditoren|creditor|creditors|payable|accounts payable|ap|a/p|"
            "lieferant|lieferanten|leverancier|crediteur|crediteuren|purchase|fournisseur|proveedor|fornitore|toimittaja|"
            "leverandør|leverantör|liability_payable"
        ),
        "payable",
    ),
}


def kind_word(word: str) -> Kind | None:
    """Return the kind that a (folded) word in a column of kinds names."""
    return _KINDS.get(word)


_KIND_LETTERS: Mapping[str, Kind] = {"d": "receivable", "k": "payable", "c": "receivable", "v": "payable"}


def kind_letter(word: str) -> Kind | None:
    """Return the kind that a letter in a column of account types names (D, K as in SAP)."""
    return _KIND_LETTERS.get(word)


_TYPE_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("receivable", re.compile(r"customer|sales|kunden|ausgangs|debitor|client|verkoop|vente|klant")),
    (
        "payable",
        re.compile(r"vendor|supplier|purchase|lieferant|eingangsrech|kreditor|fournisseur|inkoop|leverancier|^bill"),
    ),
)
_SAP_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("rv", "dr", "dg", "dz", "rx", "ru", "da"), "receivable"),
    **dict.fromkeys(("kr", "kg", "kz", "ka", "kn", "zp"), "payable"),
}


@lru_cache(maxsize=1024)
def type_kind(word: str, sap: bool) -> Kind | None:
    """Return the kind that a (folded) document type tells."""
    for kind, pattern in _TYPE_KINDS:
        if pattern.search(word):
            return kind
    return _SAP_KINDS.get(word) if sap else None


_FOOTER = re.compile(
    r"(?:page|seite|pagina|blad|side|sida|sivu|p[aá]gina)\s*:?\s*\d+|\d+\s*(?:/|of|von|van|sur|de)\s*\d+|"
    r"(?:printed|gedruckt|erstellt|created|generated|"
    r"afgedrukt|imprim[eé]|run date|druckdatum)\b.*|(?:accrual|cash) basis.*",
    re.IGNORECASE,
)
_FOOTER_END = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?(?: ?(?:gmt|utc|cet|z).*)?$|(?:continued|fortsetzung|vervolg)\)?$",
    re.IGNORECASE,
)


def is_footer(text: str) -> bool:
    """Tell whether a text is a page number, a time stamp or the like, which no partner is called."""
    text = tried(text)
    return bool(_FOOTER.fullmatch(text) or _FOOTER_END.search(text))
