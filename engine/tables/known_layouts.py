"""Tables that come without a header and are known by their shape."""

from __future__ import annotations

import re

from ..items import Row
from ..values.cells import clean, read_amount
from ..words.columns import make_index, meaning
from .header import Header

_DATEV_TEXT = (
    "Kontonummer;Rechnungsnummer;Rechnungsdatum;Faelligkeit;Gegenkonto;BetragSoll;BetragHaben;Saldo;SHSaldo;"
    "WKZ Eingabebetrag;Eingabebetrag;SHEingabebetrag;Kurs;Raffung;Faellig;Belegnummer;KZ;Buchungstext;UstSatz;"
    "Vorlauf;BSNummer;AusgleichsKZ"
)
_DATEV = _DATEV_TEXT.split(";")
_ACCOUNT = re.compile(r"\d{4,9}")
_DATE = re.compile(r"(?:\d{7,8})?")


def known_layout(rows: list[Row]) -> Header | None:
    """Return the header that a table without one would have, None if its shape is not known."""
    sample = [row for row in rows[:20] if row.cells]
    if not sample or not all(_is_datev(row) for row in sample):
        return None
    index = make_index()
    return Header(-1, -1, tuple(_DATEV), tuple(meaning(text, index) for text in _DATEV), 0.0)


def _is_datev(row: Row) -> bool:
    """Tell whether a row is one of DATEV's ASCII export of open items."""
    cells = [clean(cell) for cell in row.cells]
    if not 9 <= len(cells) <= len(_DATEV):
        return False
    is_amounts = all(not cell or read_amount(cell, ",") is not None for cell in cells[5:8])
    dates = all(_DATE.fullmatch(cell) for cell in cells[2:4])
    return bool(_ACCOUNT.fullmatch(cells[0])) and dates and is_amounts and cells[7] != "" and cells[8] in ("S", "H", "")
