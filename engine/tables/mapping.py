"""Which column of a table holds what: header texts, content, and what the columns say together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ..items import Kind, Row
from ..values.cells import clean, fold, has_digit, read_amount
from ..words.columns import CANONICAL, NEEDED_AMOUNTS, Meaning
from ..words.headers import FRENCH_ACCOUNTS, GERMAN_ACCOUNTS, NEUTRAL_ACCOUNTS, SAP_MARKS, XERO_MARKS
from ..words.sides import kinds_in
from .header import Header
from .profile import CODE, Profile, accepts, profile_columns


def _folds(texts: Iterable[str]) -> frozenset[str]:
    """Return texts folded."""
    return frozenset(fold(text) for text in texts)


_NEUTRAL, _GERMAN, _FRENCH = _folds(NEUTRAL_ACCOUNTS), _folds(GERMAN_ACCOUNTS), _folds(FRENCH_ACCOUNTS)
_REPEATED = re.compile(r"\s*\(\d+\)$")
_SAMPLE = 400
_LEDGER = _folds(("Account", "Ledger Account", "Party Account", "Compte", "N° compte", "Code", "Konto", "Account Code"))
# What names the document's own number, beside whatever words of SAP.
_OWN_NUMBERS = _folds(
    ("Number", "Nummer", "No.", "Nr.", "Invoice Number", "Invoice No.", "Rechnungsnummer", "Factuurnummer")
)
_SAP, _XERO = _folds(SAP_MARKS), _folds(XERO_MARKS)


@dataclass(slots=True)
class Layout:
    """The columns of a table. ``fields``: canonical name -> column; ``currencies``: column -> currency in its header.

    ``sides``: columns of customers and vendors where the table has both, of which one is filled in each row.
    ``heading``: a column without header that holds the number of a document, or the heading of a group.
    ``numbers``, ``payable_numbers``: columns of the document number, the first that is filled counts.
    """

    header: Header
    fields: dict[str, int]
    profiles: list[Profile]
    currencies: dict[int, str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    payable_numbers: tuple[int, ...] = ()
    buckets: tuple[int, ...] = ()
    heading: int | None = None
    sides: tuple[tuple[int, Kind], ...] = ()
    sap: bool = False

    def text(self, name: str) -> str:
        """Return the header text of a canonical column, "" if the table has none."""
        return self.header.texts[self.fields[name]] if name in self.fields else ""

    def account_style(self) -> str:
        """Return whose accounts the partner numbers are by the header: neutral, german, french, or ""."""
        word = fold(self.text("partner_number"))
        if word in _NEUTRAL:
            return "neutral"
        return "german" if word in _GERMAN else "french" if word in _FRENCH else ""

    @property
    def width(self) -> int:
        """How many columns the table has: up to the last one that has a header or is used without one."""
        headed = (column for column, text in enumerate(self.header.texts) if text)
        return max((*headed, *self.fields.values()), default=-1) + 1

    @property
    def has_amount(self) -> bool:
        """Whether some column can give a balance."""
        return any(name in self.fields for name in NEEDED_AMOUNTS)


def map_columns(header: Header, rows: list[Row], profiled: list[Profile] | None = None) -> Layout:
    """Return which column holds what; ``profiled``: what the columns look like, where that is known."""
    width = max(len(header.texts), max((len(row.cells) for row in rows[:200]), default=0))
    lacking = width - len(header.texts)
    header = replace(
        header, texts=(*header.texts, *[""] * lacking), meanings=(*header.meanings, *[Meaning()] * lacking)
    )
    profiles = profiled or profile_columns(rows, header.texts, width)
    layout = Layout(header, _assign(header, profiles), profiles)
    layout.currencies = {
        column: found.currency for column, found in enumerate(header.meanings) if found.currency is not None
    }
    layout.buckets = tuple(
        column for column, found in enumerate(header.meanings) if found.fields and found.fields[0][0] == "bucket"
    )
    words = {fold(text) for text in header.texts}
    layout.sap = len(words & _SAP) >= 2
    _settle_names(layout, rows)
    _drop_ledger_account(layout, rows)
    _find_unnamed_number(layout, rows)
    _find_unnamed_partner(layout)
    layout.sides = _both_sides(header)
    _settle_amounts(layout, rows)
    _settle_numbers(layout, bool(words & _XERO))
    return layout


def _assign(header: Header, profiles: list[Profile]) -> dict[str, int]:
    """Return canonical name -> column: for each name the filled column of the best rank, each column once."""
    options: dict[str, list[tuple[bool, bool, int, tuple[int, ...], int]]] = {}
    for column, found in enumerate(header.meanings):
        names = {name for name, _ in found.fields}
        sole, either = len(names) == 1, {"partner_number", "partner_name"} <= names
        for name, rank in found.fields:
            profile = profiles[column]
            if name in CANONICAL and (rank == 0 or accepts(name, profile, sole, header.texts[column])):
                places = options.setdefault(name, [])
                places.append((not profile.filled, either, rank, _tie(name, column, header, profile), column))
    fields: dict[str, int] = {}
    for name in CANONICAL:
        if name == "bucket":
            continue
        for *_, column in sorted(options.get(name, [])):
            if column not in fields.values():
                fields[name] = column
                break
    return fields


def _tie(name: str, column: int, header: Header, profile: Profile) -> tuple[int, ...]:
    """Return what decides between equal headers: a name stands beside its number and varies."""
    if name != "partner_name":
        return (column,)
    before = header.meanings[column - 1].fields if column else ()
    beside = any(field == "partner_number" for field, _ in before)
    return (0 if beside else 1, -len(profile.values), column)


def _settle_names(layout: Layout, rows: list[Row]) -> None:
    """Of several columns called the same, take the one whose names go with the partner numbers (Naam, Naam)."""
    number, name = layout.fields.get("partner_number"), layout.fields.get("partner_name")
    if number is None or name is None:
        return
    word = _REPEATED.sub("", layout.header.texts[name])
    same = [column for column, text in enumerate(layout.header.texts) if text and _REPEATED.sub("", text) == word]
    if len(same) > 1:
        layout.fields["partner_name"] = min(same, key=lambda column: _disagreement(rows, number, column))


def _pairs(rows: list[Row], number: int, name: int) -> set[tuple[str, str]]:
    """Return the different pairs in two columns where both are filled."""
    pairs = set()
    for row in rows[:_SAMPLE]:
        if max(number, name) < len(row.cells):
            pair = (clean(row.cells[number]), clean(row.cells[name]))
            if all(pair):
                pairs.add(pair)
    return pairs


def _disagreement(rows: list[Row], number: int, name: int) -> int:
    """Return how often one number has several names, and one name several numbers."""
    pairs = _pairs(rows, number, name)
    numbers, names = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return len(pairs) * 2 - len(numbers) - len(names) if pairs else 10**6


def _drop_ledger_account(layout: Layout, rows: list[Row]) -> None:
    """Forget a partner number that is the same for many names: it is a ledger account."""
    number, name = layout.fields.get("partner_number"), layout.fields.get("partner_name")
    if name is not None and _names_ledger(layout, name):
        del layout.fields["partner_name"]
    if number is None or name is None or fold(layout.header.texts[number]) not in _LEDGER:
        return
    pairs = _pairs(rows, number, name) - {(layout.header.texts[number], layout.header.texts[name])}
    numbers, names = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if len(names) >= 2 and len(numbers) * 3 <= len(names) + 1:
        del layout.fields["partner_number"]


def _names_ledger(layout: Layout, column: int) -> bool:
    """Tell whether a column of names holds ledger accounts: Account Receivable."""
    values = layout.profiles[column].values
    return fold(layout.header.texts[column]) in _LEDGER and all(kinds_in(value) for value in values)


def _both_sides(header: Header) -> tuple[tuple[int, Kind], ...]:
    """Return the columns of customers and of vendors, none unless the table has both."""
    found: dict[Kind, int] = {}
    for column, (text, known) in enumerate(zip(header.texts, header.meanings, strict=False)):
        kinds = kinds_in(text)
        if len(kinds) == 1 and any(name in ("partner_number", "partner_name") for name, _ in known.fields):
            found.setdefault(next(iter(kinds)), column)
    return tuple((column, kind) for kind, column in found.items()) if len(found) == 2 else ()


def _find_unnamed_number(layout: Layout, rows: list[Row]) -> None:
    """Take a column without header for the number where rows with a date have one there and no other column has."""
    fields, texts = layout.fields, layout.header.texts
    if {"number", "reference"} & set(fields) or "date" not in fields:
        return
    at = fields["date"]
    dated = [row for row in rows[:400] if at < len(row.cells) and has_digit(clean(row.cells[at]))]
    for column in range(len(layout.profiles)):
        if column < len(texts) and texts[column]:
            continue
        values = [clean(row.cells[column]) if column < len(row.cells) else "" for row in dated]
        if dated and sum(1 for value in values if CODE.fullmatch(value)) >= len(dated) * 0.8:
            fields["number"] = layout.heading = column
            return


def _find_unnamed_partner(layout: Layout) -> None:
    """Take a filled column without header for the partner where no other column is."""
    if "partner_number" in layout.fields or "partner_name" in layout.fields:
        return
    most = max((profile.filled for profile in layout.profiles), default=0)
    for column, profile in enumerate(layout.profiles):
        has_name = column < len(layout.header.texts) and layout.header.texts[column]
        if (
            has_name
            or column == layout.heading
            or profile.filled < max(2, most * 0.6)
            or profile.amounts > profile.codes
        ):
            continue
        if profile.share(profile.dates) < 0.3 and profile.share(profile.cents) < 0.3:
            is_number = profile.share(profile.codes) >= 0.6
            layout.fields["partner_number" if is_number else "partner_name"] = column
            return


def _settle_amounts(layout: Layout, rows: list[Row]) -> None:
    """Decide which amounts count: an aged report's total, a balance that runs, one beside the document's."""
    fields = layout.fields
    if fold(layout.text("document_balance")) == "amountcurrency" and not layout.buckets:
        del fields["document_balance"]  # the original amount, unless the report is aged
    if "balance" in fields and _is_running(layout, rows):
        fields["running"] = fields.pop("balance")
    if {"Amount", "AmountInTransit"} <= set(layout.header.texts) and layout.text("total") == "Amount":
        fields["balance"] = fields.pop("total")  # receivables of Exact's REST interface: what is in transit is open
    if _is_aged(layout) and _is_sum_of_buckets(layout, rows):
        fields["balance"] = fields.pop("total")
    if "document_balance" in fields and "balance" not in fields and not {"debit", "credit"} & set(fields):
        fields["balance"] = fields.pop("document_balance")
    _settle_two_balances(layout)
    if _is_booked_in_company(layout):
        fields.pop("currency", None)  # it is the documents', and the amounts are not in it


def _is_aged(layout: Layout) -> bool:
    """Tell whether a report has ages and a total, and no column of what is open."""
    fields = set(layout.fields)
    return bool(layout.buckets) and "total" in fields and not {"balance", "company_balance", "debit", "credit"} & fields


def _is_booked_in_company(layout: Layout) -> bool:
    """Tell whether the amounts are debit and credit in company currency."""
    fields = layout.fields
    booked = [fields[name] for name in ("debit", "credit") if name in fields]
    return "balance" not in fields and any(layout.header.meanings[column].in_company for column in booked)


def _is_sum_of_buckets(layout: Layout, rows: list[Row]) -> bool:
    """Tell whether the total of an aged report is what its ages sum up to, and so what is open: in most rows."""
    sums = total = 0
    for row in rows[:_SAMPLE]:
        amounts = [read_amount(row.cells[at], ".") for at in layout.buckets if at < len(row.cells)]
        whole = read_amount(row.cells[layout.fields["total"]], ".") if layout.fields["total"] < len(row.cells) else None
        if whole and any(amounts):
            total += 1
            sums += sum(amount.value for amount in amounts if amount) == whole.value
    return sums * 2 >= total


def _settle_two_balances(layout: Layout) -> None:
    """Of two columns of balances, take the one with a currency in its header for company currency."""
    fields = layout.fields
    if "balance" not in fields or "company_balance" in fields or "document_balance" in fields:
        return
    if "currency" not in fields:
        return
    others = [
        column
        for column, found in enumerate(layout.header.meanings)
        if column not in fields.values() and any(name == "balance" for name, _ in found.fields)
        and layout.profiles[column].share(layout.profiles[column].amounts) >= 0.5
    ]  # fmt: skip
    if not others:
        return
    first, second = fields["balance"], others[0]
    if second in layout.currencies and first not in layout.currencies:
        fields["company_balance"] = second
    elif first in layout.currencies and second not in layout.currencies:
        fields["balance"], fields["company_balance"] = second, first


def _is_running(layout: Layout, rows: list[Row]) -> bool:
    """Tell whether a balance runs on from row to row instead of being a document's own."""
    fields = layout.fields
    if not ({"debit", "credit"} <= set(fields) or "total" in fields) or "debit_credit" in fields:
        return False
    steps = [step for step in (_step(layout, row) for row in rows[:_RUNNING_SAMPLE]) if step is not None]
    pairs = [(before, after) for before, after in pairwise(steps) if before.partner == after.partner]
    runs = sum(1 for before, after in pairs if after.balance - before.balance == after.amount != after.balance)
    return bool(pairs) and runs >= len(pairs) * 0.8


_RUNNING_SAMPLE = 200


class _Step(NamedTuple):
    """What a row adds to a balance that may run."""

    balance: Decimal
    amount: Decimal
    partner: str


def _step(layout: Layout, row: Row) -> _Step | None:
    """Return balance, amount and partner of a row, None if it has no balance."""
    found: dict[str, Decimal] = {}
    for name in ("balance", "debit", "credit", "total"):
        column = layout.fields.get(name)
        amount = read_amount(row.cells[column], ".") if column is not None and column < len(row.cells) else None
        if amount:
            found[name] = amount.value
    if "balance" not in found or len(found) < 2:
        return None
    zero = Decimal(0)
    booked = found.get("debit", zero) - found.get("credit", zero) or found.get("total", zero)
    partner = layout.fields.get("partner_number", layout.fields.get("partner_name"))
    name = clean(row.cells[partner]) if partner is not None and partner < len(row.cells) else ""
    return _Step(found["balance"], booked, name)


def _settle_numbers(layout: Layout, xero: bool) -> None:
    """Decide in which order columns give the document number: SAP's Reference and a vendor's number come first."""
    fields = layout.fields
    own, other, last = (fields.get(name) for name in ("number", "reference", "order_reference"))
    billing = (
        last
        if last is not None and fold(layout.header.texts[last]) in _folds(("Billing Document", "Fakturabeleg"))
        else None
    )
    if own is None:
        order = [other if other is not None else last]
        receivable = payable = order
    elif layout.sap and other is not None and fold(layout.header.texts[own]) not in _OWN_NUMBERS:
        receivable = payable = [other, billing, own]
    else:
        receivable, payable = [own], [own, other] if xero else [other, own]
    layout.numbers = tuple(column for column in receivable if column is not None)
    layout.payable_numbers = tuple(column for column in payable if column is not None)
