"""The columns of lists of opening documents: Emersion's, those of the template, and what other lists call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..items import ReadOptions, Row
from ..tables import header as headers
from ..tables.header import Header
from ..tables.mapping import Layout
from ..tables.profile import accepts, profile_columns
from ..values.cells import fold
from ..words.columns import Index, make_index, meaning
from ..words.languages import split, texts_of
from ..words.opening_words import HEADERS

# What a column can hold: where the meaning is the same, the name is the same as in ``columns.CANONICAL``.
OPENING = (
    "type",  # type of document
    "partner_number",
    "partner_vat",
    "partner_email",
    "partner_name",
    "number",
    "reference",
    "date",
    "due_date",
    "currency",
    "rate",  # company currency for one unit of the document's
    "company_total",  # total in company currency
    "total",  # with tax
    "tax_amount",
    "tax",  # name or id
    "balance",  # what is open, with tax
    "description",
    "period_start",
    "period_end",
    "analytic",
    "salesperson",
    "payment_terms",
    "net_total",  # total without tax
    "net_open",  # what is open, without tax
    "open_tax",  # the tax of what is open
)
PARTNERS = ("partner_number", "partner_vat", "partner_email", "partner_name")
# The columns whose amounts tell the decimal mark.
AMOUNTS = ("total", "tax_amount", "balance", "company_total")
EMERSION_AMOUNTS = ("net_total", "tax_amount", "net_open", "open_tax")

EMERSION: Mapping[str, str] = {
    "ACCOUNT_ID": "partner_number",
    "CARDLINE_AMOUNT_EXTAX": "net_total",
    "CARDLINE_AMOUNT_TAX": "tax_amount",
    "BALANCE_DUE_EXTAX": "net_open",
    "BALANCE_DUE_TAX": "open_tax",
    "CARDLINE_DESCRIPTION": "description",
    "INVOICE_ISSUE_DATE": "date",
    "INVOICE_DUE_DATE": "due_date",
    "ORIGINAL_INVOICE_ID": "number",
    "INVOICE_START": "period_start",
    "INVOICE_END": "period_end",
    "TAX_ID": "tax",
}
EMERSION_NEEDED = (
    "partner_number", "net_total", "tax_amount", "net_open", "open_tax", "date", "due_date", "tax",
)  # fmt: skip
TEMPLATE: Mapping[str, str] = {
    "Document Type": "type",
    "Partner Number": "partner_number",
    "Partner VAT": "partner_vat",
    "Partner E-mail": "partner_email",
    "Partner Name": "partner_name",
    "Number": "number",
    "Reference": "reference",
    "Date": "date",
    "Due Date": "due_date",
    "Currency": "currency",
    "Rate": "rate",
    "Company Amount": "company_total",
    "Total": "total",
    "Tax Amount": "tax_amount",
    "Tax": "tax",
    "Open Amount": "balance",
    "Description": "description",
    "Period Start": "period_start",
    "Period End": "period_end",
    "Analytic Account": "analytic",
    "Salesperson": "salesperson",
    "Payment Terms": "payment_terms",
}
# Columns that lists of open items don't have, beside those by language; for all others their aliases count here, too.
_FURTHER: Mapping[str, str] = {
    "company_total": """
        Company Total|Gesamtbetrag in Hauswährung|Gesamtbetrag (MW)|Totaal in bedrijfsvaluta|Totaal in eigen valuta
        Totaal (LV)|Total (LCY)|Total devise société|Total DS
    """,
    "tax_amount": "amount_tax",
    "tax": "Tax Type|MwSt|MwSt.|USt|USt.|tax_ids",
    "description": "Line Description|Libellé écriture",
    "period_start": """
        Period From|Start Date|Service Start|Leistung von|Leistungszeitraum von|Zeitraum von|Leistungsbeginn|Periode van
        Begin periode|Begindatum periode|Début de période|Début période|Période du
    """,
    "period_end": """
        Period To|End Date|Service End|Leistung bis|Leistungszeitraum bis|Zeitraum bis|Leistungsende|Periode tot
        Einde periode|Einddatum periode|Fin de période|Fin période|Période au
    """,
    "analytic": """
        Analytic|Cost Center|Cost Centre|Kostenstelle|Analytisches Konto|Kostenplaats|Analytische rekening
        Compte analytique|Section analytique|Centre de coûts|Centre de coût
    """,
    "salesperson": """
        Sales Person|Salesman|Sales Rep|Sales Representative|Account Manager|invoice_user_id|Verkäufer|Vertreter
        Vertriebsmitarbeiter|Verkoper|Vertegenwoordiger|Vendeur|Commercial|Représentant
    """,
    "payment_terms": "Terms|invoice_payment_term_id",
}
# Where a header is looked for, these stand for amounts that lists of open items have.
_LIKE = {"net_total": "total", "net_open": "balance", "open_tax": "balance"}
_EMERSION_MARKS = frozenset(fold(text) for text, name in EMERSION.items() if name in ("net_total", *_LIKE))


def _further() -> dict[str, tuple[str, ...]]:
    """Return canonical name -> texts of the template and of other lists."""
    texts: dict[str, list[str]] = {}
    for text, name in TEMPLATE.items():
        texts.setdefault(name, []).append(text)
    for name, lines in _FURTHER.items():
        texts[name] += split(lines)
    for name, table in HEADERS.items():
        texts[name] += texts_of(table)
    return {name: tuple(found) for name, found in texts.items()}


_OWN = _further()


def search_options(options: ReadOptions) -> ReadOptions:
    """Return the options by which a table with opening documents, its separator and its header are found."""
    aliases = {name: list(texts) for name, texts in _OWN.items()}
    for text, name in EMERSION.items():
        aliases.setdefault(_LIKE.get(name, name), []).append(text)
    for name, texts in options.aliases.items():
        aliases.setdefault(_LIKE.get(name, name), []).extend(texts)
    columns = {text: _LIKE.get(name, name) for text, name in options.columns.items()}
    return replace(options, aliases={name: tuple(texts) for name, texts in aliases.items()}, columns=columns)


def opening_layout(header: Header, rows: list[Row], options: ReadOptions) -> Layout:
    """Return which column holds what."""
    width = max(len(header.texts), max((len(row.cells) for row in rows[:200]), default=0))
    texts = (*header.texts, *[""] * (width - len(header.texts)))
    index = _index(texts, options)
    header = replace(header, texts=texts, meanings=tuple(meaning(text, index) for text in texts))
    layout = Layout(header, {}, profile_columns(rows, texts, width))
    layout.fields = _assign(layout)
    layout.currencies = {
        column: found.currency for column, found in enumerate(header.meanings) if found.currency is not None
    }
    _settle_tax(layout)
    return layout


def _index(texts: Iterable[str], options: ReadOptions) -> Index:
    """Return what header texts can mean; Emersion's mean something else in other lists (TAX_ID)."""
    index: dict[str, tuple[tuple[str, int], ...]] = {}
    if len(_EMERSION_MARKS & {fold(text) for text in texts}) > 1:
        index = {fold(text): ((name, 0),) for text, name in EMERSION.items()}
    else:
        index = dict(make_index(_OWN))
    own: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, words in options.aliases.items():
        for word in words if name in OPENING else ():
            own[fold(word)] = (*own.get(fold(word), ()), (name, 0))
    return {**index, **own, **{fold(text): ((name, 0),) for text, name in options.columns.items()}}


def _assign(layout: Layout) -> dict[str, int]:
    """Return canonical name -> column: for each name the filled column of the best rank, each column once."""
    places: dict[str, list[tuple[bool, int, int]]] = {}
    for column, found in enumerate(layout.header.meanings):
        names = [(name, rank) for name, rank in found.fields if name in OPENING]
        profile = layout.profiles[column]
        for name, rank in names:
            if rank == 0 or accepts(name, profile, len(names) == 1, layout.header.texts[column]):
                places.setdefault(name, []).append((not profile.filled, rank, column))
    fields: dict[str, int] = {}
    for name in OPENING:
        free = [column for *_, column in sorted(places.get(name, [])) if column not in fields.values()]
        if free:
            fields[name] = free[0]
    return fields


def _settle_tax(layout: Layout) -> None:
    """Take a column called Tax for amounts if it holds some and no other does."""
    fields = layout.fields
    if "tax" in fields and "tax_amount" not in fields:
        profile = layout.profiles[fields["tax"]]
        if profile.share(profile.cents) >= 0.5 and profile.share(profile.amounts) >= 0.9:
            fields["tax_amount"] = fields.pop("tax")


def is_emersion(layout: Layout) -> bool:
    """Tell whether a table has Emersion's columns, so that its rules count."""
    return bool(set(_LIKE) & set(layout.fields)) and not {"total", "balance"} & set(layout.fields)


def is_header(texts: Iterable[str]) -> bool:
    """Tell whether texts are a header of Emersion's or of the template: nothing else may be taken for one."""
    found = set(texts)
    if {"Document Type", "Total", "Open Amount"} <= found:
        return any(TEMPLATE.get(text) in PARTNERS for text in found)
    return {"accountid", "cardlineamountextax", "balancedueextax"} <= {fold(text) for text in found}


def find_header(rows: list[Row], options: ReadOptions) -> Header | None:
    """Return the header of a table with opening documents, None if no row is one."""
    return headers.find(rows, search_options(options))
