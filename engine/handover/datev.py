"""DATEV: EXTF files of bookings (Buchungsstapel) and of debtors and creditors.

Fields and their places follow DATEV's published description of the format (version 700). Rows are gross: DATEV takes
the VAT out of them by the key or by the account, so their sum is what the document makes its partner owe.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..errors import Issue
from .amounts import loose_taxes, matrix, split_centres, tax_shares
from .datev_columns import BOOKING_COLUMNS, PARTY_COLUMNS
from .items import (
    ZERO,
    Handover,
    HandoverBank,
    HandoverDocument,
    HandoverFile,
    HandoverParty,
    HandoverSettings,
    Written,
)
from .readiness import Needs
from .texts import clean, harmless

_REFERENCE = re.compile(r"[^A-Za-z0-9$&%*+\-/]")
_REFERENCE_LENGTH, _TEXT, _NAME, _CENTRE = 36, 60, 50, 36
_CENT = Decimal("0.01")
_RATE = Decimal("0.000001")
_MAX_RATE = 10_000
_LANGUAGES = {"de": "1", "fr": "4", "en": "5", "es": "10", "it": "19"}
# Countries whose tax IDs are of the European Union.
_UNION = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
    }
)  # fmt: skip


class Datev:
    """The format of DATEV."""

    needs = Needs(codes=frozenset({"tax"}), one_vat_code=True, numeric_number=True)

    def write(self, handover: Handover) -> Written:
        """Return the debtors and creditors, and the bookings: one file for each posting period."""
        writer = _Writer(handover.settings)
        files = []
        if handover.parties:
            rows = [_party_row(party, handover.settings) for party in handover.parties]
            keys = tuple((party.id, party.role) for party in handover.parties)
            head = writer.head(16, "Debitoren/Kreditoren", 5)
            content = writer.encode([head, PARTY_COLUMNS, *rows])
            files.append(HandoverFile("EXTF_DebKred_Stamm.csv", content, parties=keys))
        periods: dict[tuple[date, int, int], list[HandoverDocument]] = defaultdict(list)
        for document in handover.documents:
            periods[document.year_start, document.date.year, document.date.month].append(document)
        for (start, year, month), documents in sorted(periods.items()):
            most = handover.settings.max_documents
            parts = [documents[at : at + most] for at in range(0, len(documents), most)]
            for place, part in enumerate(parts, 1):
                suffix = f"_{place}" if len(parts) > 1 else ""
                name = f"EXTF_Buchungsstapel_{year}{month:02}{suffix}.csv"
                files.append(HandoverFile(name, writer.bookings(start, part), tuple(one.id for one in part)))
        return Written(tuple(files), tuple(writer.issues))


@dataclass(frozen=True)
class _Text:
    """A field that stands in quotation marks, also when it is empty."""

    text: str


Field = _Text | str


class _Writer:
    """Writes rows, and remembers what could not be written as it is."""

    def __init__(self, settings: HandoverSettings) -> None:
        self.settings = settings
        self.issues: list[Issue] = []

    def option(self, name: str, default: object = "") -> str:
        """Return an option of the package as text."""
        value = self.settings.options.get(name)
        return str(default if value in (None, "", False) else value)

    def head(
        self, category: int, title: str, version: int, period: Sequence[date] = (), start: str = ""
    ) -> list[Field]:
        """Return the first line of a file.

        :param period: first and last day of the bookings
        :param start: first day of the fiscal year
        """
        first, last = (_day(day) for day in period) if period else ("", "")
        stamp = self.settings.stamp
        year = start or f"{stamp.year}0101"
        is_booking = category == 21
        return [
            _Text("EXTF"), "700", str(category), _Text(title), str(version),
            f"{stamp:%Y%m%d%H%M%S}{stamp.microsecond // 1000:03}", "", _Text("RE"), _Text(""), _Text(""),
            self.option("consultant"), self.option("client"), year, self.option("account_length", 4), first, last,
            _Text(clean(self.settings.company, 30) if is_booking else ""),
            _Text(clean(self.option("initials"), 2)), "1" if is_booking else "", "0" if is_booking else "",
            ("1" if self.settings.options.get("lock") else "0") if is_booking else "",
            _Text("EUR" if is_booking else ""), "", _Text(""), "", "", _Text(self.option("chart")), "", "",
            _Text(""), _Text(""),
        ]  # fmt: skip

    def bookings(self, start: date, documents: Sequence[HandoverDocument]) -> bytes:
        """Return a file of bookings."""
        days = [_booking_day(document) for document in documents]
        rows = [row for document in documents for row in self.rows_of(document)]
        return self.encode(
            [self.head(21, "Buchungsstapel", 13, (min(days), max(days)), _day(start)), BOOKING_COLUMNS, *rows]
        )

    def rows_of(self, document: HandoverDocument) -> Iterator[list[Field]]:
        """Yield the rows of a document: one for each account, key, cost centre and due date, gross."""
        groups = gross_rows(document)
        due = document.of_role("due")
        dates = [line.due_date for line in due]
        own = matrix([-group.own for group in groups], [line.amount for line in due], document.company_digits)
        foreign = matrix([-group.foreign for group in groups], [line.foreign for line in due], document.digits)
        self.issues += _tell_vat(document, groups)
        number = self._reference(document)
        for group, of_own, of_foreign in zip(groups, own, foreign, strict=True):
            for amount, other, day in zip(of_own, of_foreign, dates, strict=True):
                if amount:
                    yield self._row(document, group, number, amount, other, day)

    def _row(
        self, document: HandoverDocument, group: Gross, number: str, amount: Decimal, foreign: Decimal, due: date | None
    ) -> list[Field]:
        """Return one row. Amounts: what the partner owes by it."""
        fields: dict[int, Field] = {
            1: _amount(amount),
            2: _Text("S" if amount > 0 else "H"),
            7: document.party.number,
            8: group.account,
            9: _Text("" if group.automatic else group.key),
            10: f"{_booking_day(document):%d%m}",
            11: _Text(number),
            12: _Text(f"{due:%d%m%y}" if due else ""),
            14: _Text(clean(f"{document.party.name} {document.name}", _TEXT)),
            20: _Text(""),
            37: _Text(group.centre[:_CENTRE]),
            114: "1" if self.settings.options.get("lock") else "0",
            115: f"{document.service_date:%d%m%Y}" if document.service_date else "",
            117: f"{due:%d%m%Y}" if due else "",
        }
        fields |= self._currency(document, amount, foreign)
        if document.party.vat[:2] in _UNION - {"DE"}:
            fields[40] = _Text(document.party.vat)
        return [fields.get(place, "") for place in range(1, len(BOOKING_COLUMNS) + 1)]

    def _currency(self, document: HandoverDocument, amount: Decimal, foreign: Decimal) -> Mapping[int, Field]:
        """Return the amounts of a document in another currency; what DATEV cannot hold stays in company currency."""
        if not document.is_foreign or not document.rate or not amount or not foreign:
            return {3: _Text(document.company_currency)}
        rate = (1 / document.rate).quantize(_RATE)
        if document.digits > 2 or not 0 < rate < _MAX_RATE:
            self.issues.append(
                Issue("info", "handover_company_currency", {"number": document.name, "currency": document.currency})
            )
            return {3: _Text(document.company_currency)}
        return {
            1: _amount(foreign),
            3: _Text(document.currency),
            4: f"{rate:.6f}".replace(".", ","),
            5: _amount(amount),
            6: _Text(document.company_currency),
        }

    def _reference(self, document: HandoverDocument) -> str:
        """Return the number by which the document is known: a bill by the vendor's."""
        own = document.name if document.is_sale else document.reference or document.name
        number = _REFERENCE.sub("", own)[:_REFERENCE_LENGTH]
        if number != own:
            values = {"number": document.name, "before": own, "after": number}
            self.issues.append(Issue("info", "handover_reference", values))
        return number

    def encode(self, rows: Iterable[Sequence[Field]]) -> bytes:
        """Return rows as bytes: CR LF, and no character that the file's encoding lacks."""
        encoding = self.option("encoding", "cp1252")
        lines = [";".join(map(_show, row)) for row in rows]
        text = "".join(f"{line}\r\n" for line in lines)
        try:
            return text.encode(encoding)
        except UnicodeEncodeError:
            lost = sorted({sign for sign in text if not _has(sign, encoding)})
            self.issues.append(Issue("info", "handover_characters", {"characters": " ".join(lost[:20])}))
            return "".join(sign if _has(sign, encoding) else _plain(sign, encoding) for sign in text).encode(encoding)


@dataclass(frozen=True)
class Gross:
    """What of a document goes to one account, key and cost centre, with its tax; ledger sign."""

    account: str
    key: str
    centre: str
    automatic: bool
    own: Decimal
    foreign: Decimal
    tax: Decimal
    rate: Decimal | None


def gross_rows(document: HandoverDocument) -> list[Gross]:
    """Return a document's base lines with their tax, put together; a tax without any base stands for itself."""
    pieces = [piece for line in document.of_role("base") for piece in split_centres(line, document)]
    shares = tax_shares(document, [line for line, _centre in pieces])
    groups: dict[tuple[str, str, str, bool], list[tuple[Decimal, Decimal, Decimal]]] = defaultdict(list)
    rates: dict[str, Decimal | None] = {}
    for (line, centre), (own, foreign) in zip(pieces, shares, strict=True):
        coded = next((document.taxes[key] for key in line.taxes if document.taxes[key].code), None)
        code = coded.code if coded else ""
        rates[code] = coded.rate if coded and not coded.is_reverse else None
        groups[line.account, code, centre, line.automatic].append((line.amount + own, line.foreign + foreign, own))
    for line in loose_taxes(document):
        groups[line.account, "", "", False].append((line.amount, line.foreign, ZERO))
    made = []
    for (account, code, centre, automatic), parts in groups.items():
        own, foreign, tax = (sum((part[at] for part in parts), ZERO) for at in range(3))
        made.append(Gross(account, code, centre, automatic, own, foreign, tax, rates.get(code)))
    return made


def _tell_vat(document: HandoverDocument, groups: Iterable[Gross]) -> Iterator[Issue]:
    """Yield that DATEV takes another VAT out of the gross amounts than the document has."""
    difference = ZERO
    for group in groups:
        if group.rate:
            vat = (group.own * group.rate / (1 + group.rate)).quantize(_CENT, ROUND_HALF_UP)
            difference += vat - group.tax
    if difference:
        yield Issue("info", "handover_vat_differs", {"number": document.name, "difference": difference})


def _party_row(party: HandoverParty, settings: HandoverSettings) -> list[Field]:
    """Return a debtor or creditor."""
    prefix = party.vat[:2] if party.vat[:2] in _UNION else ""
    fields: dict[int, Field] = {
        1: party.number,
        9: _Text(prefix),
        10: _Text(party.vat[2:] if prefix else ""),
        15: _Text("STR" if party.street else ""),
        16: _Text(clean(party.street, 36)),
        18: _Text(clean(party.zip, 10)),
        19: _Text(clean(party.city, 30)),
        20: _Text(party.country),
        22: _Text(clean(party.street2, 36)),
        29: _Text(clean(party.phone, 60)),
        33: _Text(clean(party.email, 60)),
        35: _Text(clean(party.website, 60)),
        99: _Text(party.number),
        101: _LANGUAGES.get(party.language.lower(), ""),
        109: party.term if party.term.isdecimal() else "",
    }
    fields |= _name_fields(party) | _bank_fields(party)
    if party.credit_limit is not None and party.role == "customer" and settings.options.get("credit_limits"):
        fields[108] = _amount(party.credit_limit)
    return [fields.get(place, "") for place in range(1, len(PARTY_COLUMNS) + 1)]


def _name_fields(party: HandoverParty) -> dict[int, Field]:
    """Return what a company or a person is called."""
    if party.is_company:
        return {2: _Text(clean(party.name, _NAME)), 4: _Text(""), 5: _Text(""), 7: _Text("2")}
    last, _comma, first = party.name.partition(", ") if ", " in party.name else party.name.rpartition(" ")[::-1]
    return {2: _Text(""), 4: _Text(clean(last, 30)), 5: _Text(clean(first, 30)), 7: _Text("1")}


def _bank_fields(party: HandoverParty) -> dict[int, Field]:
    """Return the first trusted bank account."""
    bank = party.banks[0] if party.banks else HandoverBank("")
    return {45: _Text(bank.iban), 47: _Text(bank.bic)}


def _booking_day(document: HandoverDocument) -> date:
    """Return the day on the document if it is in the month in which it was posted, else the day of posting."""
    day = document.invoice_date
    return day if (day.year, day.month) == (document.date.year, document.date.month) else document.date


def _amount(amount: Decimal) -> str:
    """Return an amount without its sign, with a comma."""
    return f"{abs(amount).quantize(_CENT, ROUND_HALF_UP):.2f}".replace(".", ",")


def _day(day: date) -> str:
    """Return a day as headers have it."""
    return f"{day:%Y%m%d}"


def _show(field: Field) -> str:
    """Return a field as it stands in the file."""
    return field if isinstance(field, str) else '"' + harmless(clean(field.text)).replace('"', '""') + '"'


def _has(sign: str, encoding: str) -> bool:
    """Whether an encoding has a character."""
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_BARE = str.maketrans("ŁłĐđŦŧĦħıȷ", "LlDdTtHhij")  # letters that are no letter with a mark to Unicode


def _plain(sign: str, encoding: str) -> str:
    """Return what a character becomes in an encoding that lacks it: its letter without marks, or a question mark."""
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", sign.translate(_BARE)) if not unicodedata.combining(part)
    )
    return bare if bare and all(_has(part, encoding) for part in bare) else "?"
