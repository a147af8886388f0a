"""Customers or vendors: what the list as a whole and each of its rows say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..items import Cover, Kind, ReadOptions, Row
from ..values.cells import fold
from ..words.odoo_types import odoo_type
from ..words.sides import kind_letter, kind_word, kinds_in
from ..words.type_rules import type_kind
from .mapping import Layout
from .raw import Raw

_PERSONAL = re.compile(r"[1-9]\d{4,8}")
_STRONG = re.compile(r"receivable|payable|debitor|kreditor|debiteur|crediteur|debtor|creditor|a/r|a/p", re.IGNORECASE)
_FRENCH: tuple[tuple[str, Kind], ...] = (
    ("411", "receivable"),
    ("401", "payable"),
    ("C", "receivable"),
    ("F", "payable"),
)
_BOTH: frozenset[Kind] = frozenset({"receivable", "payable"})


def settle_kinds(
    layout: Layout, raws: list[Raw], rows: dict[int, Row], preamble: Iterable[str], name: str, options: ReadOptions
) -> Cover | None:
    """Set the kind of every row that tells or inherits one; return what the list covers, None = it doesn't tell."""
    if options.kind in ("receivable", "payable"):
        for raw in raws:
            raw.kind = options.kind
        return options.kind
    whole = file_kinds(layout, list(preamble), name)
    single = next(iter(whole)) if len(whole) == 1 else None
    accounts = _Accounts(
        german=layout.account_style() == "german" and _are_personal(raws) and (_has_sides(layout) or not single),
        letters=fold(layout.text("partner_number")) == "kontokorrent",
        french=layout.account_style() == "french",
        ledger=_ledger_accounts(layout, rows),
    )
    for raw in raws:
        raw.kind = _kind_by_row(layout, raw, rows) or accounts.kind(raw) or raw.kind or single
    return options.kind or _cover(layout, raws, whole)


class _Accounts(NamedTuple):
    """What the accounts of a list tell the kind by; ``ledger``: row -> account of the ledger."""

    german: bool
    letters: bool
    french: bool
    ledger: dict[int, str]

    def kind(self, raw: Raw) -> Kind | None:
        """Return the kind that a row's account tells."""
        kind = _german_kind(raw) if self.german else None
        if not kind and self.letters:
            kind = kind_letter(fold(raw.partner_number[:1]))
        if not kind and (self.french or self.ledger):
            kind = _french_kind(self.ledger.get(raw.row) or raw.partner_number)
        return kind


def _cover(layout: Layout, raws: list[Raw], whole: frozenset[Kind]) -> Cover | None:
    """Return what the list covers by its words and its rows."""
    kinds = {raw.kind for raw in raws if raw.kind}
    if whole == _BOTH or len(kinds) == 2:
        return "both"
    if any(raw.kind is None for raw in raws) or not raws:
        if layout.account_style() == "neutral" and not whole:
            return "both"
        return next(iter(whole), None) if not kinds else None
    return next(iter(kinds), None)


def file_kinds(layout: Layout, preamble: list[str], name: str) -> frozenset[Kind]:
    """Return the kinds that the list as a whole names: in the partner's header, its title, its name, other headers."""
    if layout.sides:
        return _BOTH
    header = " ".join(layout.text(field) for field in ("partner_number", "partner_name", "kind"))
    found = kinds_in(header)
    if len(found) == 1:
        return found
    found = _title_kinds(preamble)
    if found:
        return found
    found = kinds_in(re.sub(r"[_\-.+]+", " ", name))
    if found:
        return found
    found = kinds_in(" | ".join(layout.text(field) for field in ("number", "reference", "date", "balance", "total")))
    return found if len(found) == 1 else frozenset()


def _title_kinds(preamble: list[str]) -> frozenset[Kind]:
    """Return the kinds that the lines above the header name; lines that contradict each other count by their words."""
    lines = [line for line in preamble if kinds_in(line)]
    if any(len(kinds_in(line)) == 2 for line in lines):
        return _BOTH
    found: frozenset[Kind] = frozenset().union(*(kinds_in(line) for line in lines))
    if len(found) == 2:
        found = frozenset().union(*(kinds_in(line) for line in lines if _STRONG.search(line)))
    return found if len(found) == 1 else frozenset()


def _has_sides(layout: Layout) -> bool:
    """Tell whether the table has marks or columns of debit and credit."""
    return bool({"debit_credit", "debit", "credit"} & set(layout.fields))


def _are_personal(raws: list[Raw]) -> bool:
    """Tell whether nearly all partner numbers are personal accounts of DATEV."""
    accounts = [raw.partner_number for raw in raws if raw.partner_number]
    personal = sum(1 for account in accounts if _PERSONAL.fullmatch(account))
    return bool(accounts) and personal >= len(accounts) * 0.9


def _german_kind(raw: Raw) -> Kind | None:
    """Return the kind by a personal account: first digit 1 to 6 debtors, 7 to 9 creditors."""
    if not _PERSONAL.fullmatch(raw.partner_number):
        return None
    return "receivable" if raw.partner_number[0] in "123456" else "payable"


def _french_kind(account: str) -> Kind | None:
    """Return the kind by a French account: 411 customers, 401 suppliers."""
    for start, kind in _FRENCH[:2]:
        if account.startswith(start):
            return kind
    return None


def _ledger_accounts(layout: Layout, rows: dict[int, Row]) -> dict[int, str]:
    """Return the ledger account of each row where a column of its own gives it (FEC)."""
    for column, text in enumerate(layout.header.texts):
        if fold(text) == "comptenum" and column != layout.fields.get("partner_number"):
            return {number: str(row.cells[column]) for number, row in rows.items() if column < len(row.cells)}
    return {}


def _kind_by_row(layout: Layout, raw: Raw, rows: dict[int, Row]) -> Kind | None:
    """Return the kind that a row's own columns tell."""
    column = layout.fields.get("kind")
    if column is not None:
        cells = rows[raw.row].cells
        word = fold(str(cells[column])) if column < len(cells) else ""
        return kind_word(word) or kind_letter(word)
    if not raw.type:
        return None
    known = odoo_type(raw.type)
    return known[0] if known else type_kind(raw.type, layout.sap)
