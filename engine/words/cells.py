"""What words in cells mean: states, yes and no, totals, footers. All are compared by ``values.fold``."""

from __future__ import annotations

import re

from ..values.cells import fold, tried
from .counts import stated_in, without_count


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

# Months of more than three letters as spreadsheets shorten them.
LONG_MONTHS = _folded("mars|juin|juil|août|sept|janv|févr|febr|avril|april|märz|juni|juli|maart")

# Headers of what only the lines of a document have.
LINE_HEADERS = _folded("""
    item|item name|item code|item description|item price|product|product code|sku|quantity|qty|unit price|unit amount
    artikel|artikelnummer|artikelnr|menge|einzelpreis|stückpreis|aantal|stuksprijs|article|quantité|prix unitaire
    artículo|cantidad|precio unitario|articolo|quantità|prezzo unitario|antal|styckpris|enhetspris|antall
""")

_TOTAL = re.compile(
    r"(?:grand totals?|sub-?totals?|sub ?totaal|totals?|totaal|totale[sn]?|totalt|totaux|"
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
    rest = without_count(text[match.end() :]).strip(" :.*-–()/")
    words = [fold(word) for word in re.split(r"[\s/]+", rest) if fold(word)]
    if all(_WHOLE.fullmatch(word) or (len(word) == 3 and word.isalpha() and rest.isupper()) for word in words):
        return ""
    return re.sub(r"^(?:for|of|für|fuer|von|voor|van|pour|de|du|des|f[oö]r|til|per)\s+", "", rest, flags=re.IGNORECASE)


_FOOTER = re.compile(
    r"(?:page|seite|pagina|blad|side|sida|sivu|p[aá]gina)\s*:?\s*\d+(?:\s*(?:/|of|von|van|sur|de|av|af)\s*\d+)?|\d+\s*(?:/|of|von|van|sur|de)\s*\d+|"
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
    return bool(_FOOTER.fullmatch(text) or _FOOTER_END.search(text) or stated_in(text))
