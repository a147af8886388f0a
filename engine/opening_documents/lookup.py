"""The taxes, analytic accounts, salespersons and payment terms that rows of a list of opening documents name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..values import numbers
from .items import DOCUMENT_TYPES, PAYMENT_TYPES, BookTax, Directory, Named, OpeningPolicy, ReportedDocument


@dataclass(frozen=True, slots=True)
class Records:
    """What a row names; 0 = nothing. ``code``: why one of them cannot be told; ``text``: what the row says of it."""

    tax_id: int = 0
    analytic_id: int = 0
    salesperson_id: int = 0
    payment_term_id: int = 0
    code: str = ""
    text: str = ""


class Lookup:
    """The records of a directory by what lists may call them."""

    def __init__(self, directory: Directory, policy: OpeningPolicy) -> None:
        """Put all records into the dictionaries."""
        self._books_tax = policy.books_tax
        self._asked: dict[tuple[object, ...], Records] = {}
        self._taxes: dict[tuple[str, str], dict[int, BookTax]] = {}
        for tax in directory.taxes:
            for text in (numbers.fold_name(tax.name), str(tax.id)):
                self._taxes.setdefault((tax.use, text), {})[tax.id] = tax
        self._analytics = _Names(directory.analytics, "analytic_unknown", "analytic_ambiguous")
        self._salespersons = _Names(directory.salespersons, "salesperson_unknown", "salesperson_ambiguous")
        self._payment_terms = _Names(directory.payment_terms, "payment_terms_unknown", "payment_terms_ambiguous")

    def find(self, item: ReportedDocument) -> Records:
        """Return what a row names, and why one of it cannot be told."""
        named = (item.tax_name, item.analytic, item.salesperson, item.payment_terms)
        asked = (item.type, item.strict, bool(item.tax), *named)
        records = self._asked.get(asked)
        if records is None:
            records = self._asked[asked] = self._find(item, named)
        return records

    def _find(self, item: ReportedDocument, named: tuple[str | None, ...]) -> Records:
        """Do the work of :meth:`find`; ``named``: what the row says of each record."""
        answers = (
            self._find_tax(item),
            self._analytics.find(item.analytic),
            self._salespersons.find(item.salesperson),
            self._payment_terms.find(item.payment_terms),
        )
        tax_id, analytic_id, salesperson_id, payment_term_id = (record for _code, record in answers)
        wrong = ((code, text or "") for (code, _record), text in zip(answers, named, strict=True) if code)
        code, text = next(wrong, ("", ""))
        return Records(tax_id, analytic_id, salesperson_id, payment_term_id, code, text)

    def _find_tax(self, item: ReportedDocument) -> tuple[str, int]:
        """Return what is wrong with a row's tax ("" = nothing), and the tax that is booked.

        A strict list has to name a tax of the company's own country even if no tax is booked.
        """
        if item.type is None or item.type in PAYMENT_TYPES or not (self._books_tax or item.strict):
            return "", 0
        if not item.tax_name:
            return ("tax_missing" if self._books_tax and item.tax else ""), 0
        use = "sale" if DOCUMENT_TYPES[item.type][0] == "receivable" else "purchase"
        named = self._taxes.get((use, numbers.fold_name(item.tax_name)), {})
        home = [tax.id for tax in named.values() if tax.is_home]
        if len(home) == 1:
            return "", home[0] if self._books_tax else 0
        if home:
            return "tax_ambiguous", 0
        return ("tax_other_country" if named else "tax_unknown"), 0


class _Names:
    """Records by their texts, or else by their id."""

    def __init__(self, records: Iterable[Named], unknown: str, ambiguous: str) -> None:
        """Put all records into the dictionaries; ``unknown``, ``ambiguous``: codes of what may be wrong."""
        self._unknown = unknown
        self._ambiguous = ambiguous
        self._texts: dict[str, set[int]] = {}
        self._ids: dict[str, set[int]] = {}
        for record in records:
            self._ids[str(record.id)] = {record.id}
            for text in record.texts:
                self._texts.setdefault(numbers.fold_name(text), set()).add(record.id)

    def find(self, text: str | None) -> tuple[str, int]:
        """Return what is wrong with a text ("" = nothing), and the record of that name, code or id; 0 = none."""
        if not text:
            return "", 0
        name = numbers.fold_name(text)
        found = self._texts.get(name) or self._ids.get(name) or set()
        if len(found) == 1:
            return "", next(iter(found))
        return (self._ambiguous if found else self._unknown), 0
