"""Canonical column names, and which of them a header text can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..values.cells import currency_in, fold, read_currency, tried
from . import amount_words, header_words, mark_words
from .headers import ALIASES
from .languages import folded, split, texts_of

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
_COMPANY_MARKS, _DOCUMENT_MARKS = folded(mark_words.COMPANY_MARKS), folded(mark_words.DOCUMENT_MARKS)
_PLAIN_MARKS = folded(mark_words.PLAIN_MARKS)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})

_LATER, _UNSURE = 1000, 10**6  # added to the rank of words by language, and of headers that are unsure
# What an amount is in company currency; a total in it is none that is open (``opening_documents.columns``).
_COMPANY: Mapping[str, tuple[tuple[str, int], ...]] = {
    "balance": (("company_balance", 99),),
    "total": (("company_total", 99),),
}

Index = Mapping[str, tuple[tuple[str, int], ...]]


class Meaning(NamedTuple):
    """What a header can mean: canonical names with their rank (0 = most usual), and a currency if it names one."""

    fields: tuple[tuple[str, int], ...] = ()
    currency: str | None = None
    bracket: str | None = None  # what stands in brackets after an amount's header and isn't understood
    in_company: bool = False  # debit or credit that is explicitly in company currency


def make_index(further: Mapping[str, Iterable[str]] | None = None) -> Index:
    """Return folded header text -> what it can mean; ``further`` texts of a source come before the usual ones."""
    return _usual_index() if not further else _extend(_usual_index(), further)


@lru_cache(maxsize=1)
def _usual_index() -> Index:
    """Return what packages call columns, in ``headers.ALIASES``, then the words of all languages."""
    index: dict[str, list[tuple[str, int]]] = {}
    for field, text in ALIASES.items():
        for rank, alias in enumerate(split(text), 1):
            _add(index, alias, field, rank)
    for meant, table in {**header_words.HEADERS, **amount_words.HEADERS, **mark_words.HEADERS}.items():
        for rank, alias in enumerate(texts_of(table), _LATER):
            for field in ("partner_number", "partner_name") if meant == "partner" else (meant,):
                _add(index, alias, field, rank)
    return {word: tuple(entries) for word, entries in index.items()}


def _add(index: dict[str, list[tuple[str, int]]], alias: str, field: str, rank: int) -> None:
    """Add a header text, also as it is written without umlauts."""
    for word in {fold(alias), fold(alias.translate(_UMLAUTS))}:
        entries = index.setdefault(word, [])
        if all(name != field for name, _ in entries):
            entries.append((field, rank))


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
        if currency is None and any(not fold(mark) for mark in _BRACKETS.findall(header)):
            return _marked(header, index) or Meaning(fields)
        return Meaning(fields, currency if fold(rest) == fold(header) else None)
    if is_bucket(header):
        return Meaning((("bucket", 0),))
    if currency and (fields := index.get(fold(rest)) or _without_in(rest, index)):
        return Meaning(fields, currency)
    return _marked(header, index) or Meaning(_by_parts(header, index))


def _without_in(rest: str, index: Index) -> tuple[tuple[str, int], ...]:
    """Look a heading up without the word that led to its currency: "Saldo in", "Balance in"."""
    words = rest.split()
    if len(words) > 1 and words[-1].casefold() in ("in", "en", "im", "i"):
        return index.get(fold(" ".join(words[:-1])), ())
    return ()


def _marked(header: str, index: Index) -> Meaning | None:
    """Look a heading up without what stands in brackets, or without a last word such as MW; None if it has neither."""
    marks = _BRACKETS.findall(header)
    if marks:
        fields = index.get(fold(_BRACKETS.sub("", header)))
        return _with_marks(fields, marks) if fields else None
    rest, _, last = header.rpartition(" ")
    if last.isupper() and fold(last) in _COMPANY_MARKS | _DOCUMENT_MARKS:
        fields = index.get(fold(rest)) or _without_in(rest, index)
        if fields and fields[0][0] in AMOUNTS:
            return _with_marks(fields, [last])
    return None


def _with_marks(fields: tuple[tuple[str, int], ...], marks: list[str]) -> Meaning:
    """Return what a header means of which marks tell the currency; an amount with an unknown mark is unsure."""
    name = fields[0][0]
    if name not in AMOUNTS:
        return Meaning(fields)
    told = {_currency_told(mark) for mark in marks} - {""}
    if None in told or len(told) > 1:
        return Meaning(tuple((field, rank + _UNSURE) for field, rank in fields), bracket=", ".join(marks))
    if "company" in told:
        return Meaning(_COMPANY.get(name, fields), in_company=name in ("debit", "credit"))
    if "document" in told:
        return Meaning((("document_balance", 99),) if name == "balance" else fields)
    return Meaning(fields, next(iter(told), None))


def _currency_told(mark: str) -> str | None:
    """Return what a mark tells: company, document, a currency's code, "" = nothing of it, None = it is not known."""
    word = fold(mark)
    if (word in _PLAIN_MARKS and ("/" in mark or word not in _DOCUMENT_MARKS)) or mark.strip() in (
        "+",
        "-",
        "+/-",
        "*",
    ):
        return ""
    known = "company" if word in _COMPANY_MARKS else "document" if word in _DOCUMENT_MARKS else None
    return known or read_currency(mark)


def _by_parts(header: str, index: Index) -> tuple[tuple[str, int], ...]:
    """Look a heading in two languages up by its parts."""
    parts = re.split(r"\s+/\s+|\s*\|\s*|\s+-\s+|/", header)
    found = [index[fold(part)] for part in parts if fold(part) in index]
    return found[0] if found and len(parts) > 1 and len(found) == len(parts) else ()


def is_bucket(text: str) -> bool:
    """Tell whether a heading names an age: 31 - 60, 91+, Current, 1 - 30 days past due."""
    text = tried(text)
    return bool(_BUCKET.fullmatch(text) or _BUCKET_WORDS.fullmatch(text))
