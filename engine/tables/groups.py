"""Rows that head a group: the partner of the rows below, a section of the ledger, or an age."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..items import Kind, Row
from ..values.cells import clean, fold, has_digit
from ..words.cells import is_footer, total_label
from ..words.columns import is_bucket
from ..words.headers import ALIASES
from ..words.sides import kinds_in
from .raw import Raw

_CODE = r"[A-Za-z]{0,6}[-./]?\d[\w./-]*"
_CODE_NAME = re.compile(rf"({_CODE})\s*[-–:,|/]?\s+(?=\S*[^\W\d_])(.+)")
_LONG_CODE = re.compile(r"(?=(?:\D*\d){3})[A-Za-z]{0,6}[-./]?\d[\w./-]*")
_NAME_CODE = re.compile(rf"(.+?)\s*[(\[]({_CODE})[)\]]")
_LABELLED = re.compile(r"([^\d:]{2,40}?)\s*(?::|#|\s(?=\S*\d))\s*(.*)")
_WHOLE_CODE = re.compile(_CODE)
_SEVERAL = 2  # rows without partner
_LEDGER = re.compile(r"(?:account|trade|forderung|verbindlich|compte|grootboek|receivable|payable)", re.IGNORECASE)
_NUMBER_LABELS = frozenset(
    {"ac", "acref", "account", "konto", "personenkonto", "customer", "vendor", "debitor", "kreditor"}
)


# What may stand before a value in the heading of a partner's block and is not the partner.
_ADDRESS_WORDS = """
    Buchungskreis|Company Code|Company|Bedrijfsnummer|Société|Ort|City|Plaats|Ville|Land|Country|Pays|Straße
    Street|Adresse|Address|PLZ|Postcode|Tel|Tel.|Telefon|Telephone|Phone|Fax|Credit Limit|Kreditlimit
    Kredietlimiet|Contact|Ansprechpartner|Terms|Zahlungsbedingung|Turnover|Umsatz|Currency|Währung|Valuta
    Mahnstufe|Sachbearbeiter|Email|E-Mail|VAT|Dunning|Sperre|Block
"""
_ADDRESS = frozenset(fold(word) for word in re.split(r"[|\n]", _ADDRESS_WORDS) if word.strip())


@dataclass(slots=True)
class Group:
    """What the last heading said. ``serial`` counts headings, so that rows of one group can be told apart.

    ``is_unnamed``: it heads a group, and whose cannot be told.
    """

    partner_number: str = ""
    partner_name: str = ""
    kind: Kind | None = None
    serial: int = 0
    label: str = ""
    is_unnamed: bool = False

    def forget_partner(self) -> None:
        """Leave the partner's group."""
        self.partner_number = self.partner_name = ""
        self.is_unnamed = False
        self.serial += 1


@lru_cache(maxsize=1)
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded words that may stand before a partner's number and name."""
    numbers, names = (
        frozenset(fold(word) for line in ALIASES[field].splitlines() for word in line.split("|") if word.strip())
        for field in ("partner_number", "partner_name")
    )
    return numbers | _NUMBER_LABELS, names - {"account", "party account"}


def read_heading(texts: list[str], group: Group) -> str:
    """Take a heading's texts into the group; return what it was: partner, section, bucket, text, or unnamed: a label
    or cells that name somebody, but in words that are not known.
    """
    joined = " ".join(texts)
    if is_bucket(texts[0]) or (len(texts) == 1 and is_bucket(joined)):
        group.serial += 1
        group.label = joined
        return "bucket"
    if is_footer(joined) or total_label(joined) == "":
        return "text"
    if _read_labels(texts, group):
        return "partner"
    if fold(texts[0].partition(":")[0]) in _ADDRESS and (":" in texts[0] or len(texts) > 1):
        return "text"
    if ":" in texts[0] or len(texts) > 3:
        return "unnamed"
    kinds = kinds_in(joined)
    if kinds and _names_section(joined):
        group.kind = next(iter(kinds)) if len(kinds) == 1 else None
        group.forget_partner()
        return "section"
    _set(group, *split_partner(texts))
    return "partner"


def _names_section(text: str) -> bool:
    """Tell whether a heading that names customers or vendors heads a section, and no partner who is called so."""
    return bool(_LEDGER.search(text)) or (len(text.split()) <= 2 and not has_digit(text))


def split_partner(texts: list[str]) -> tuple[str, str]:
    """Return number and name in a heading: in two cells, in one before or after the other, or a name alone."""
    if len(texts) >= 2 and _WHOLE_CODE.fullmatch(texts[0]):
        return texts[0], texts[1]
    if len(texts) >= 2 and _WHOLE_CODE.fullmatch(texts[1]):
        return texts[1], texts[0]
    text = texts[0]
    if _WHOLE_CODE.fullmatch(text):
        return text, ""
    if match := _NAME_CODE.fullmatch(text):
        return match[2], match[1]
    return "", text


def _set(group: Group, number: str, name: str) -> None:
    """Begin a partner's group."""
    group.partner_number, group.partner_name, group.is_unnamed = number, name, False
    group.label = name or number
    group.serial += 1


def _read_labels(texts: list[str], group: Group) -> bool:
    """Read label and value: "Customer 1000123, ACME", "A/C:" "ABB001" "Name:" "ABB Ltd"; tell whether there are any."""
    numbers, names = _labels()
    found = False
    for label, value in _find_labels(texts):
        if label in numbers and value and has_digit(value):
            _set(group, *_split_value(value))
            found = True
        elif label in names and value:
            if found or group.partner_number:
                group.partner_name = value
            else:
                _set(group, "", value)
            found = True
    return found


def _find_labels(texts: list[str]) -> list[tuple[str, str]]:
    """Return folded label and value: in cells side by side, else of the first text alone."""
    numbers, names = _labels()
    pairs = [(fold(label), value) for label, value in zip(texts[::2], texts[1::2], strict=False)]
    if pairs and all(
        label in numbers | names or texts[place * 2].endswith(":") for place, (label, _) in enumerate(pairs)
    ):
        return pairs
    if match := _LABELLED.fullmatch(texts[0]):
        value = match[2] or (texts[1] if len(texts) > 1 else "")
        return [(fold(match[1]), value)]
    return []


def _split_value(value: str) -> tuple[str, str]:
    """Return number and name in what stands behind a label."""
    number, name = split_partner(re.split(r"\s*[,;]\s*", value, maxsplit=1))
    if not number and (match := _CODE_NAME.fullmatch(value)):
        return match[1], match[2]
    return number, name


def split_names(names: set[str]) -> dict[str, tuple[str, str]]:
    """Return name -> number and name where nearly all of several names begin with a number: "CUST123 Anderson"."""
    found = {}
    for name in names:
        match = _CODE_NAME.fullmatch(name)
        if match and _LONG_CODE.fullmatch(match[1]):
            found[name] = (match[1], match[2])
    return found if len(found) >= 2 and len(found) >= len(names) * 0.9 else {}


def has_label(text: str) -> bool:
    """Tell whether a text is one that stands before a value in a heading."""
    word = fold(text)
    numbers, names = _labels()
    return word in numbers or word in names or word in _ADDRESS


def split_label(row: Row, texts: list[str]) -> list[str]:
    """Return the only text of a heading, as two where it sets label and value apart by spaces."""
    raw = next((cell for cell in row.cells if isinstance(cell, str) and cell.strip()), "")
    parts = [clean(part) for part in re.split(r"\s{2,}", raw.strip())]
    return parts if len(parts) == 2 and has_label(parts[0]) else texts


def has_partner_label(texts: list[str]) -> bool:
    """Tell whether a heading gives a partner with a label."""
    return _read_labels(texts, Group())


# --- partners that are stated once, or with number and name in one cell ----------------------------------------


def fill_partners(raws: list[Raw]) -> None:
    """Give rows without partner that of the row above, where the list states each partner only once.

    A single row without partner is left as it is, and so is a list that repeats a partner from row to row.
    """
    raws = sorted(raws, key=lambda raw: raw.row)
    bare = sum(1 for raw in raws if not _partner(raw))
    repeated = any(_partner(one) and _partner(one) == _partner(next_one) for one, next_one in pairwise(raws))
    if bare < _SEVERAL or repeated or not raws or not _partner(raws[0]):
        return
    number, name, group = "", "", 0
    for raw in raws:
        if _partner(raw):
            number, name, group = raw.partner_number, raw.partner_name, raw.group
        elif raw.group == group:
            raw.partner_number, raw.partner_name = number, name


def split_partners(raws: list[Raw]) -> None:
    """Take number and name apart where the list writes them into one cell."""
    if any(raw.partner_number for raw in raws):
        return
    found = split_names({raw.partner_name for raw in raws if raw.partner_name})
    for raw in raws:
        if raw.partner_name in found:
            raw.partner_number, raw.partner_name = found[raw.partner_name]


def _partner(raw: Raw) -> tuple[str, str] | None:
    """Return who a row names, None if nobody."""
    return (raw.partner_number, raw.partner_name) if raw.partner_number or raw.partner_name else None
