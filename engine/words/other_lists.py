"""Words by which a table is another thing than a list of one company's open items."""

from __future__ import annotations

import re

from ..values.cells import fold, tried


def _folded(text: str) -> frozenset[str]:
    """Return the words of a list, separated by |, folded."""
    return frozenset(fold(word) for word in text.replace("\n", "|").split("|") if word.strip())


# Headers of a column that names the own company of a row.
COMPANIES = _folded("""
    Company Code|CoCd|Company|Company Name|Company ID|Legal Entity|Entity|Subsidiary|dataAreaId|Data area|Our company
    Buchungskreis|BuKr|BuKr.|BuKrs|Mandant|Mandantennummer|Mandant-Nr.|Mandantenname|Gesellschaft|Unternehmen|Firmennummer
    Bedrijfsnummer|Bedrijfscode|Administratie|Administratiecode|Administratienummer|Vennootschap|Dossier
    Société|Code société|Entité|Entreprise|Sociedad|Código sociedad|Empresa|Código empresa|Società|Azienda
    Codice azienda|Selskap|Selskab|Firmakode|Bolag|Företag|Yhtiö|Yritys|Spółka|Jednostka|Společnost
    Firma účetní|Vállalat|Cég|Societate|Companie|Şirket|Компания|Организация
""")

_BROUGHT_FORWARD = re.compile(
    r"(?:opening|initial|starting|beginning|previous) balance|balance (?:brought )?forward|balance b/?f|"
    r"brought forward|saldovortrag|er[oö]ffnungssaldo|anfangssaldo|anfangsbestand|alter saldo|vortrag|"
    r"beginsaldo|openingssaldo|vorig saldo|solde (?:initial|d'ouverture|pr[eé]c[eé]dent|reporté)|report [aà] nouveau|"
    r"[aà] nouveaux?|saldo (?:inicial|anterior|iniziale|precedente|de apertura)|apertura|riporto|"
    r"(?:inngående|ingående|indgående|primo) ?saldo|ing[aå]ende balans|primosaldo|alkusaldo|"
    r"saldo (?:początkowe|otwarcia)|bilans otwarcia|počáteční (?:zůstatek|stav)|nyitó ?egyenleg|sold ini[tț]ial|"
    r"devreden (?:bakiye)?|a[cç]ılış bakiyesi|начальное сальдо|сальдо начальное|входящее сальдо|входящий остаток",
    re.IGNORECASE,
)
_PAYMENTS = re.compile(
    r"\b(?:payments?|receipts?|cash receipts|remittances?)\b(?! (?:terms?|due|status|reference|days|conditions?))|"
    r"zahlung(?:en|seing[aä]nge?|sausg[aä]nge?|sliste|sjournal|sbetrag|sdatum|snummer|snr|sart)?\b|betaling(?:en)?\b|"
    r"betaal(?:d|datum|dag)\b|ontvangsten|betaalwijze|paiements?\b|encaissements?|r[eè]glements?\b|pagos?\b|cobros?\b|"
    r"pagament[oi]\b|incass[oi]\b|recebimentos?|(?:inn|ind)?betaling(?:er|sdato)?\b|inbetalning(?:ar)?|betalningsdatum|"
    r"maksupäivä|maksut\b|suoritukset|płatno[sś]ci|wpłat[ay]|data zapłaty|platb[ay]\b|úhrad[ay]|fizet[eé]s|"
    r"befizet[eé]s|pl[aă][tț]i\b|[iî]ncas[aă]ri|[oö]demeler?|tahsilat|платеж|оплат",
    re.IGNORECASE,
)
_PAYMENT_NUMBER = re.compile(
    r"(?:payment|receipt|zahlungs|betalings|betaal|paiement|r[eè]glement|pago|pagamento)[-. ]?"
    r"(?:no|nr|number|nummer|id)\b|"
    r"(?:n[°ºo]|nr|num[eé]ro|n[uú]mero)\.? (?:(?:de|du|di|do) )?(?:paiement|r[eè]glement|pago|pagamento)\b",
    re.IGNORECASE,
)


def is_brought_forward(text: str) -> bool:
    """Tell whether a text labels what an account began with."""
    return _BROUGHT_FORWARD.match(tried(text)) is not None


def is_payment_number(header: str) -> bool:
    """Tell whether a heading is that of a column of payments' numbers."""
    return _PAYMENT_NUMBER.match(tried(header)) is not None


def speaks_of_payments(text: str) -> bool:
    """Tell whether a heading or document type speaks of payments."""
    return _PAYMENTS.search(tried(text)) is not None
