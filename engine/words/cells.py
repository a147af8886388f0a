"""What words in cells mean: states, yes and no, totals, footers. All are compared by ``values.fold``."""

from __future__ import annotations

import re

from ..values.cells import fold, tried
from . import mark_words
from .counts import stated_in, without_count
from .languages import folded, pattern, split
from .total_words import OF, TOTALS, WHOLE


def _folded(text: str) -> frozenset[str]:
    """Return the words of a list, separated by |, folded."""
    return frozenset(fold(word) for word in split(text))


YES = folded(mark_words.YES, mark_words.OPEN)
NO = folded(mark_words.NO) | _folded(
    "geschlossen|closed|gesloten|fermé|lukket|cleared|ausgeglichen|stängd|uzavřeno|zamknięte|lezárt|închis|kapalı|закрыто"
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

_TOTAL = re.compile(rf"(?:{pattern(TOTALS)}|\*{{1,5}}|[∑Σ])(?=$|[\s:.*(/,–-])", re.IGNORECASE)
_WHOLE = re.compile(pattern(WHOLE))
_OF = re.compile(rf"^(?:{pattern(OF)})\s+", re.IGNORECASE)


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
    return _OF.sub("", rest)


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
