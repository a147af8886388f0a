"""What labels a total, by language: regular expressions on a text as it stands, whatever its case."""

from __future__ import annotations

from .languages import Words

TOTALS: Words = {
    "nl": r"sub ?totaal|totaal|eindtotaal|eindsaldo|beginsaldo|saldovortrag|totale[sn]?",
    "de": (
        r"gesamt\w*|summen?|zwischensumme|endsumme|kontensumme|listensumme|[uü]bertrag|vortrag|er[oö]ffnungssaldo|"
        r"anfangssaldo|endsaldo"
    ),
    "fr": r"total g[eé]n[eé]ral|total|totaux|sous-total|somme|cumul|report [aà] nouveau|solde (?:final|initial|total)",
    "en": (
        r"grand totals?|sub-?totals?|totals?|sum|carried forward|brought forward|"
        r"(?:partner |account |opening |closing |initial )?(?:ending |opening |closing |initial |final )?balance"
    ),
    "es": r"total(?:es)?|suma|saldo (?:final|inicial|total)",
    "it": r"totale|totali|subtotale|saldo (?:finale|iniziale|totale)",
    "pt": r"totais|total geral|saldo (?:final|inicial|total)",
    "da": r"i ?alt|total|subtotal|sum|saldo i alt",
    "sv": r"totalt|summa|delsumma|slutsaldo|ing[aå]ende saldo|utg[aå]ende saldo",
    "nb": r"totalt|sum|delsum|inng[aå]ende saldo|utg[aå]ende saldo",
    "fi": r"yhteens[aä]|v[aä]lisumma|loppusumma|kaikki yhteens[aä]",
    "pl": r"razem|suma|og[oó][lł]em|[lł][aą]cznie|podsumowanie|saldo (?:ko[nń]cowe|pocz[aą]tkowe)",
    "cs": r"celkem|sou[cč]et|mezisou[cč]et|celkov[aáyý] (?:sou[cč]et|z[uů]statek)",
    "hu": r"[oö]sszesen|v[eé]g[oö]sszeg|mind[oö]sszesen|r[eé]sz[oö]sszeg|z[aá]r[oó] ?egyenleg|nyit[oó] ?egyenleg",
    "ro": r"total(?: general)?|subtotal|sold (?:final|ini[tț]ial|total)",
    "tr": r"genel toplam|ara toplam|toplam|devreden",
    "ru": r"итого|всего|общий итог|промежуточный итог|(?:конечное|начальное) сальдо|сальдо (?:конечное|начальное)",
}
# Words that a total of the whole list may carry beside "total": regular expressions on folded words.
WHOLE: Words = {
    "nl": r"open\w*|debiteur\w*|crediteur\w*|alle?r?|lopend|factur\w*|totaal",
    "de": r"offen\w*|posten|rechnungen|debitor\w*|kreditor\w*|summe|betrag|belege|soll|haben",
    "fr": r"general|fournisseurs?|clients?|ouvert\w*",
    "en": (
        r"overall|list\w*|items?|invoices?|customers?|vendors?|suppliers?|receivables?|payables?|accounts?|balance|total|"
        r"all|due|outstanding|ar|ap|a/r|a/p|report|amount|eur|in|of|for|the|ending|closing|aged|detail|debit|credit|"
        r"posts?|partner"
    ),
    "es": r"general|saldo|pendiente|clientes|proveedores|facturas",
    "it": r"generale|saldo|clienti|fornitori|fatture",
    "pt": r"geral|em|aberto|fornecedores|faturas",
    "da": r"debitorer|kreditorer|fakturaer|udestaende",
    "sv": r"kunder|leverantorer|fakturor|utestaende",
    "nb": r"kunder|leverandorer|fakturaer|utestaende",
    "fi": r"avoin\w*|asiakkaat|toimittajat|laskut",
    "pl": r"naleznosci|zobowiazania|klienci|dostawcy|faktury|otwarte",
    "cs": r"pohledavky|zavazky|odberatele|dodavatele|faktury",
    "hu": r"vevok|szallitok|szamlak|nyitott",
    "ro": r"clienti|furnizori|facturi",
    "tr": r"musteriler|saticilar|faturalar|acik",
    "ru": r"клиенты|поставщики|счета|задолженность|покупатели",
}
# What stands between "total" and what it is of.
OF: Words = {
    "nl": "voor|van",
    "de": "für|fuer|von",
    "fr": "pour|de|du|des",
    "en": "for|of",
    "es": "para|de",
    "it": "per",
    "pt": "para|de",
    "da": "for",
    "sv": "f[oö]r",
    "nb": "for",
    "fi": "til",
    "pl": "dla",
    "cs": "pro",
    "hu": "részére",
    "ro": "pentru",
    "tr": "için",
    "ru": "по|для",
}
