"""What a list says of its own length: page 1 of 9, 1 to 3 of 27, 412 entries; in the languages of the word tables."""

from __future__ import annotations

import re
from typing import NamedTuple

_OF = r"(?:/|(?:out of|of|von|van|de|di|sur|av|af|fra|z|ze|od|din|из)\b)"
_TO = r"(?:-|–|—|(?:to|bis|tot|tot en met|t/m|à|a|al|au|até|hasta|til|till|do|až|по|до)\b)"
_NUMBER = r"(?<![\d.,/:-])(\d{1,3}(?:[.,' ]\d{3})+|\d{1,7})(?![\d:]|[.,/-]\d)"
_PAGES = (
    r"pages?|seiten?|pagina|p[aá]g(?:ina)?|sid[ae]|sivu|blad(?:zijde)?|blz|stron[ay]|str[aá]nka|strana|str|oldal|sayfa|"
    r"страница|стр"
)
# en, de, nl, fr, es, it, pt, da/nb/sv, fi, pl, cs, hu, ro, tr, ru
_WORDS = (
    r"entry|entries|records?|rows?|lines?|items?|documents?|invoices?|bills?|results?|postings?|transactions?|"
    r"eintr[aä]ge?n?|datens[aä]tze?n?|zeilen?|posten|positionen|belege?n?|dokumente?n?|rechnungen|buchungen|"
    r"regels?|documenten|facturen|boekingen|resultaten|boekstukken|"
    r"lignes?|[eé]critures?|factures?|pi[eè]ces?|enregistrements?|r[eé]sultats?|"
    r"l[ií]neas?|documentos?|facturas?|registros?|partidas?|apuntes?|"
    r"righe|riga|documenti|fatture|partite|voci|linhas|faturas?|registos?|"
    r"poster|bilag|fakturaer|fakturor|faktura|rader|linjer|rækker|verifikationer|dokumenter|dokument|"
    r"riviä|rivit|laskua|laskut|tositetta|tapahtumaa|"
    r"pozycj[ei]|dokument[oó]w|dokumenty|faktur[ay]?|wierszy|wiersze|"
    r"řádků|řádky|dokladů|doklady|položek|položky|záznamů|"
    r"sor|tétel|számla|bizonylat|rânduri|facturi|documente|[iî]nregistr[aă]ri|"
    r"kay[ıi]t|sat[ıi]r|belge|строк|строки|документов|документы|счетов|записей"
)
_HOW_MANY = (
    r"number of|no\. of|count(?: of)?|total(?: number of)?|anzahl(?: der)?|summe|aantal|nombre(?: de| d')?|"
    r"n[uú]mero (?:de|di)|cantidad(?: de)?|quantidade(?: de)?|antall?(?: af| av)?|määrä|lukumäärä|liczba|"
    r"počet|darabszám|num[aă]r(?: de)?|say[ıi]s[ıi]|количество"
)
_PAGE = re.compile(
    rf"\b(?:{_PAGES})\b\.?\s*(?:no\.?|nr\.?)?\s*:?\s*(\d{{1,6}})\.?\s*{_OF}\s*(\d{{1,6}})(?!\d)", re.IGNORECASE
)
_PAGE_LAST = re.compile(rf"(?<![\d.,/-])(\d{{1,6}})\.?\s*(?:{_OF})\s*(\d{{1,6}})\.?\s*(?:{_PAGES})\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<![\d.,/:-])(\d{{1,7}})(?![\d:.,/])\s*{_TO}\s*(\d[\d.,']*)\s*({_OF})\s*(?:total\s*)?{_NUMBER}", re.IGNORECASE
)
_PART = re.compile(
    rf"{_NUMBER}\s*{_OF}\s*(?:(?:total|insgesamt|the|den|de)\s+)?(\d[\d.,']*)\s*(?:[^\W\d]+\s+)?(?:{_WORDS})\b",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"{_NUMBER}\s+(?:[^\W\d]+\s+)?(?:{_WORDS})(?=\W*$|\s*[).,;:|–-])", re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?:\b(?:{_HOW_MANY})\s+(?:[^\W\d]+\s+)?(?:{_WORDS})|"
    r"\b(?:anzahl|aantal|count|number of|antall?|počet|liczba)|"
    rf"^(?:{_WORDS}))\s*[:=|]?\s*{_NUMBER}\s*(?:$|[).;|])",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*\d[\d.,']*\s+(?:[^\W\d]+\s+)?(?:{_WORDS})\s*[)\]]", re.IGNORECASE)


class Stated(NamedTuple):
    """What a text says of the list's length. ``total``: so many there are; ``till``: this part goes so far, 0 = all.

    ``is_page``: pages are counted, else rows.
    """

    total: int
    till: int = 0
    is_page: bool = False


def stated_in(text: str) -> Stated | None:
    """Return what a text of at most a cell's usual length says of the list's length, None if nothing."""
    if found := _PAGE.search(text) or _PAGE_LAST.search(text):
        return Stated(int(found[2]), int(found[1]), True)
    if found := _RANGE.search(text):
        total = _number(found[4])
        return None if found[3] == "/" and 1900 < total < 2100 else Stated(total, _number(found[2]))
    if found := _PART.search(text):
        return Stated(_number(found[2]), _number(found[1]))
    found = _COUNT.search(text) or _LABELLED.search(text)
    return Stated(_number(found[1])) if found else None


def without_count(text: str) -> str:
    """Return a label without the number of documents that follows it: Grand total (412 documents), Total 412 items."""
    return _COUNT.sub("", _IN_BRACKETS.sub("", text))


def _number(text: str) -> int:
    """Return a whole number that may be written with marks of thousands."""
    return int(re.sub(r"\D", "", text))
