"""Canonical column names, and which of them a header text can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..values.cells import currency_in, fold, tried
from .headers import ALIASES

# What a column can hold; the names for ``ReadOptions.columns`` and ``ReadOptions.aliases``.
CANONICAL = (
    "partner_number",  # number of the partner in the accounting package
    "partner_name",
    "partner_vat",
    "partner_email",
    "number",  # number of the document
    "reference",  # the other side's number of it
    "order_reference",  # any further reference, never taken for the number where there is one
    "instalment",  # number of the instalment
    "date",
    "posting_date",
    "due_date",
    "balance",  # what is open, in the currency of the currency column
    "document_balance",  # what is open, explicitly in the document's currency (beside one in company currency)
    "company_balance",  # what is open, in company currency
    "debit",
    "credit",
    "total",  # amount of the document; used for the balance if nothing else is there
    "paid",
    "line_total",  # amount of one invoice line
    "credit_limit",  # of the partner; only read in lists of balances
    "internal_limit",  # a further credit limit of the partner, for internal use
    "debit_credit",  # D/C, S/H
    "kind",  # customer or vendor
    "currency",
    "company_currency",
    "type",  # invoice, credit note, payment
    "status",
    "state",  # a second status (posted, draft)
    "open",  # yes/no
    "settled",  # yes/no, or a mark or number if settled
    "settled_on",
    "running",  # a running balance, never used
    "bucket",  # an age bucket, never used as the balance
)
AMOUNTS = ("balance", "document_balance", "company_balance", "debit", "credit", "total", "paid", "line_total")
LIMITS = ("credit_limit", "internal_limit")
DATES = ("date", "posting_date", "due_date", "settled_on")
# Column that makes a table a list of open items, one of:
NEEDED_AMOUNTS = ("balance", "document_balance", "company_balance", "debit", "credit", "total", "line_total", "bucket")

_BUCKET = re.compile(
    r"(?:over|[uü]ber|meer dan|plus de)? ?[<>≤≥=]{0,3} ?\d{1,5}(?: ?(?:-|–|to|bis|tot|à) ?(?:\d{1,5}|above))? ?\+? ?"
    r"(?:or more|and over|above|days?|tage?n?|dagen|jours?|dage?r?|d|pv|pvm|months?|monate?|maanden|mois)? ?"
    r"(?:past due|overdue|due|[uü]berf[aä]llig|f[aä]llig|vervallen|[eé]chus?)?",
    re.IGNORECASE,
)
_BUCKET_WORDS = re.compile(
    r"(?:days?|tage|months?)? ?(?:current|not (?:yet )?due|past due|over ?due|older|older than.*|"
    r"(?:noch )?nicht f[aä]llig|"
    r"[uü]berf[aä]llig|f[aä]llig|niet vervallen|vervallen|non [eé]chus?|[eé]chus?|ikke forfalt|forfalt|"
    r"(?=\d).*(?:past due|overdue)|\d.*?days.*)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_REPEATED = re.compile(r"\s*\(\d{1,2}\)$")
_COMPANY_MARKS = frozenset(
    {"lcy", "mw", "lv", "ds", "rv", "bva", "hw", "lc", "lw", "local", "localcurrency", "base", "bcy"}
)
_DOCUMENT_MARKS = frozenset({"fcy", "fc", "fw", "vv", "foreigncurrency", "foreign", "dc", "documentcurrency", "tc"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})

Index = Mapping[str, tuple[tuple[str, int], ...]]


class Meaning(NamedTuple):
    """What a header can mean: canonical names with their rank (0 = most usual), and a currency if it names one."""

    fields: tuple[tuple[str, int], ...] = ()
    currency: str | None = None


def _split_aliases(text: str) -> list[str]:
    """Return the aliases of one canonical name, in order."""
    return [alias.strip() for line in text.splitlines() for alias in line.split("|") if alias.strip()]


def make_index(further: Mapping[str, Iterable[str]] | None = None) -> Index:
    """Return folded header text -> what it can mean; ``further`` texts of a source come before the usual ones."""
    return _usual_index() if not further else _extend(_usual_index(), further)


@lru_cache(maxsize=1)
def _usual_index() -> Index:
    """Return the index of ``aliases.ALIASES``."""
    index: dict[str, list[tuple[str, int]]] = {}
    for field, text in ALIASES.items():
        for rank, alias in enumerate(_split_aliases(text), 1):
            for word in {fold(alias), fold(alias.translate(_UMLAUTS))}:
                entries = index.setdefault(word, [])
                if all(name != field for name, _ in entries):
                    entries.append((field, rank))
    return {word: tuple(entries) for word, entries in index.items()}


def _extend(index: Index, further: Mapping[str, Iterable[str]]) -> Index:
    """Return the index with the header texts of a source, which mean just what the source says."""
    own: dict[str, tuple[tuple[str, int], ...]] = {}
    for field, texts in further.items():
        for text in texts:
            own[fold(text)] = (*own.get(fold(text), ()), (field, 0))
    return {**index, **own}


def meaning(header: str, index: Index) -> Meaning:
    """Return what a header text can mean: as it stands, then without currency, brackets and second language."""
    header = _REPEATED.sub("", tried(header))
    if not header:
        return Meaning()
    currency, rest = currency_in(header)
    if fields := index.get(fold(header)):
        return Meaning(fields, currency if fold(rest) == fold(header) else None)
    if is_bucket(header):
        return Meaning((("bucket", 0),))
    if currency and (fields := index.get(fold(rest)) or _without_in(rest, index)):
        return Meaning(fields, currency)
    return Meaning(_by_parts(header, index))


def _without_in(rest: str, index: Index) -> tuple[tuple[str, int], ...]:
    """Look a heading up without the word that led to its currency: "Saldo in", "Balance in"."""
    words = rest.split()
    if len(words) > 1 and words[-1].casefold() in ("in", "en", "im", "i"):
        return index.get(fold(" ".join(words[:-1])), ())
    return ()


def _by_parts(header: str, index: Index) -> tuple[tuple[str, int], ...]:
    """Look a heading up without what stands in brackets, then by the parts of a heading in two languages."""
    match = _BRACKETS.search(header)
    if match and (fields := index.get(fold(_BRACKETS.sub("", header)))):
        mark = fold(match[1])
        if fields[0][0] == "balance" and mark in _COMPANY_MARKS:
            return (("company_balance", 99),)
        if fields[0][0] == "balance" and mark in _DOCUMENT_MARKS:
            return (("document_balance", 99),)
        return fields
    parts = re.split(r"\s+/\s+|\s*\|\s*|\s+-\s+|/", header)
    found = [index[fold(part)] for part in parts if fold(part) in index]
    return found[0] if found and len(parts) > 1 and len(found) == len(parts) else ()


def is_bucket(text: str) -> bool:
    """Tell whether a heading names an age: 31 - 60, 91+, Current, 1 - 30 days past due."""
    text = tried(text)
    return bool(_BUCKET.fullmatch(text) or _BUCKET_WORDS.fullmatch(text))
