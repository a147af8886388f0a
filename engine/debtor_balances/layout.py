"""What a table for balances holds: documents, one row per debtor by header, or Scope's six columns by position."""

from __future__ import annotations

import re
from dataclasses import replace

from ..items import ReadOptions, Row
from ..tables import header as headers
from ..tables.content import NUMBERS, PLAIN_NUMBERS, may_number_partners, names_documents
from ..tables.header import Header
from ..tables.mapping import Layout, map_columns
from ..tables.profile import Profile, profile_columns
from ..values.cells import clean, fold
from ..words.columns import LIMITS, make_index, meaning
from ..words.headers import ALIASES

# Scope's "Import OB & Credit Limit"; the column of the second name is not used.
SCOPE = {"partner_number": 0, "partner_name": 1, "credit_limit": 3, "internal_limit": 4, "balance": 5}
_AMOUNT_COLUMNS = {3: {"credit_limit"}, 4: {"internal_limit"}, 5: {"balance", "company_balance", "total"}}
_SCOPE_WIDTHS = range(4, 7)
_SCOPE_TEXTS = ("Debtor number", "Name", "Name 2", "Credit limit", "Internal credit limit", "Balance")
_BALANCES = ("balance", "document_balance", "company_balance")
_PARTNERS = ("partner_number", "partner_name", "partner_vat", "partner_email")
_MARKS = ("debit_credit", "kind", "currency", "company_currency")
_USED = (*_PARTNERS, *_BALANCES, *LIMITS, "debit", "credit", "total", *_MARKS)
# Headings of amounts that are a balance where each row is a debtor; "Umsatz" or "Invoiced amount" are not.
_TOTAL_TEXTS = (
    "Total|Total Amount|Amount|Gross|Totaal|Totaalbedrag|Bedrag|Beløp|Beløb|Belopp|Totalt|Summa|Montant|Importe|"
    "Importe total|Importo|Totale|Valor|Valor total|Kwota|Betrag|Gesamtbetrag|Summe|Forderung|Gesamt|Yhteensä|"
    "Celkem|Částka|Összesen|Összeg|Sumă|Suma|Valoare|Tutar|Toplam|Сумма|Всего"
)
_TOTALS = frozenset(map(fold, _TOTAL_TEXTS.split("|")))
_SECOND_NAME = re.compile(r"na[av]?[mv]|nom|nimi|zusatz|2|ii", re.IGNORECASE)
_SAMPLE = 400


def find_header(rows: list[Row], options: ReadOptions) -> Header | None:
    """Return the header of a table with balances or, where it has none, with credit limits."""
    found = headers.find(rows, options)
    if found is not None:
        return found
    found = headers.find(rows, with_limits(options))
    if found is None:
        return None
    index = headers.index_for(options)
    return replace(found, meanings=tuple(meaning(text, index) for text in found.texts))


def with_limits(options: ReadOptions) -> ReadOptions:
    """Return options by which a credit limit is as good as a balance to know a header."""
    texts = tuple(text for name in LIMITS for line in ALIASES[name].splitlines() for text in line.split("|"))
    aliases = {**options.aliases, "total": (*options.aliases.get("total", ()), *filter(str.strip, texts))}
    return replace(options, aliases=aliases)


def debtor_layout(header: Header, rows: list[Row]) -> Layout | None:
    """Return the columns of a table with one row per debtor, None if its rows are documents.

    Where a table has credit limits and no document numbers, its dates are not those of documents.
    """
    layout = map_columns(header, rows)
    _take_plain_number(layout, rows)
    has_limits = any(name in layout.fields for name in LIMITS)
    dated = replace(layout, fields={name: at for name, at in layout.fields.items() if name in NUMBERS})
    if names_documents(dated if has_limits else layout, rows):
        return None
    layout.fields = {name: at for name, at in layout.fields.items() if name in _USED}
    _keep_balances(layout)
    layout.numbers = layout.payable_numbers = ()
    return layout


def _take_plain_number(layout: Layout, rows: list[Row]) -> None:
    """Take a plain number for the debtor's where nothing else names the debtor by number or documents by date."""
    fields, texts = layout.fields, layout.header.texts
    if "partner_number" in fields or not {"partner_name", "partner_vat", "partner_email"} & set(fields):
        return
    own = fields["number"] if may_number_partners(layout) else None
    if names_documents(layout, rows) or (own is None and "number" in fields):
        return
    used = set(fields.values()) - {own}
    for column, text in enumerate(texts):
        profile = layout.profiles[column]
        if column not in used and fold(text) in PLAIN_NUMBERS and profile.share(profile.codes) >= 0.6:
            fields.pop("number", None)
            fields["partner_number"] = column
            return


def _keep_balances(layout: Layout) -> None:
    """Forget amounts that are not what a debtor owes: turnovers, one side of the ledger only."""
    fields = layout.fields
    if any(name in fields for name in _BALANCES) or not {"debit", "credit"} <= set(fields):
        fields.pop("debit", None)
        fields.pop("credit", None)
    has_others = any(name in fields for name in (*_BALANCES, "debit"))
    if has_others or fold(layout.text("total")) not in _TOTALS:
        fields.pop("total", None)


def gives_amounts(layout: Layout) -> bool:
    """Tell whether a table has balances or limits."""
    return bool(layout.buckets) or any(name in layout.fields for name in (*_BALANCES, *LIMITS, "debit", "total"))


def names_partners(layout: Layout) -> bool:
    """Tell whether a table names debtors."""
    return any(name in layout.fields for name in _PARTNERS)


# --- Scope's six columns ------------------------------------------------------------------------------------------


def scope_layout(rows: list[Row], found: Header | None, options: ReadOptions) -> Layout | None:
    """Return the layout of Scope's six columns if the rows below the first fit it and no header contradicts it."""
    if not _may_be_scope(rows, found, options):
        return None
    below = rows[1:]
    given = tuple([*(clean(cell) for cell in rows[0].cells), *[""] * 6][:6])
    named = _named(given, options)
    if named and found is not None:
        return None
    profiles = profile_columns(below, (), 6)
    if not _agrees(given, found, profiles, options) or not _fits(profiles, below):
        return None
    texts = tuple(text or usual for text, usual in zip(given, _SCOPE_TEXTS, strict=True))
    index = make_index()
    header = Header(0, 0, texts, tuple(meaning(text, index) for text in _SCOPE_TEXTS), 0.0)
    return Layout(header, _scope_fields(named), profile_columns(below, texts, 6))


def _may_be_scope(rows: list[Row], found: Header | None, options: ReadOptions) -> bool:
    """Tell whether a table is as wide as Scope's, and no row but the first is its header."""
    width = max((len(row.cells) for row in rows[1:]), default=0)
    if options.header_row not in (None, rows[0].number if rows else None) or width not in _SCOPE_WIDTHS:
        return False
    return found is None or (found.first, found.last) == (0, 0)


def _scope_fields(named: dict[int, str]) -> dict[str, int]:
    """Return canonical name -> column of Scope's, but for what the user named."""
    fields = {name: at for name, at in SCOPE.items() if at not in named and name not in named.values()}
    return {**fields, **{name: at for at, name in named.items() if name}}


def _named(texts: tuple[str, ...], options: ReadOptions) -> dict[int, str]:
    """Return the columns that the user named, "" = not to be used."""
    words = {fold(text): name for text, name in options.columns.items()}
    return {column: words[fold(text)] for column, text in enumerate(texts) if text and fold(text) in words}


def _agrees(texts: tuple[str, ...], found: Header | None, profiles: list[Profile], options: ReadOptions) -> bool:
    """Tell whether no text of the first line says that a column holds something else.

    What is no header may say anything, unless it names an amount that is Scope's too, in another place.
    """
    index = make_index(options.aliases)
    means = [{name for name, _ in meaning(text, index).fields} for text in texts]
    others = [column for column, fits in _AMOUNT_COLUMNS.items() if means[column] and not means[column] & fits]
    if found is None:
        return not any(means[column] & {*_BALANCES, *LIMITS} for column in others)
    return not others and _is_header_of_scope(texts, means, profiles)


def _is_header_of_scope(texts: tuple[str, ...], means: list[set[str]], profiles: list[Profile]) -> bool:
    """Tell whether the texts of a header may head Scope's code, names and amounts.

    :param means: the canonical names that each may stand for
    """
    has_limits = "credit_limit" in means[3] or "internal_limit" in means[4]
    if means[0] and "partner_number" not in means[0] and not has_limits:
        return False
    if means[2] and "partner_name" not in means[2]:
        return False
    unknown = any(texts[column] and not means[column] and profiles[column].filled for column in _AMOUNT_COLUMNS)
    return not unknown or not texts[2] or bool(_SECOND_NAME.search(texts[2]))


def _fits(profiles: list[Profile], rows: list[Row]) -> bool:
    """Tell whether columns hold what Scope's do: a code, two texts, three amounts of which any may be left out."""
    filled = [row for row in rows[:_SAMPLE] if row.cells]
    code, name, _second, *amounts = profiles
    has_dates = any(profile.share(profile.dates) > 0.2 for profile in profiles)
    if not filled or has_dates or not any(each.amounts for each in amounts):
        return False
    if code.filled < len(filled) * 0.6 or code.share(code.cents) > 0.2 or name.share(name.cents) > 0.2:
        return False
    is_rare = len(filled) / 3  # a column with so few entries may well have only unreadable ones
    return all(each.filled <= is_rare or each.share(each.amounts) >= 0.5 for each in amounts)
