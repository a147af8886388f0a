"""Lists of columns that a person chooses, as CSV or XLSX; with ready-made sets of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from .amounts import loose_taxes, split_centres, tax_shares, total
from .items import ZERO, Handover, HandoverDocument, HandoverFile, HandoverParty, Written
from .readiness import Needs
from .texts import clean, harmless

Value = str | Decimal | date | None
_TYPES = {"out_invoice": "IN", "out_refund": "CN", "in_invoice": "IC", "in_refund": "CC"}
_RATE_DIGITS = Decimal("0.0000001")
PARTY_FIELDS = (
    "number", "role", "name", "street", "street2", "zip", "city", "state", "country", "phone", "email", "website",
    "vat", "registry", "currency", "term",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row is made of. Amounts in ledger sign, as the partner owes them: an invoice to a customer is positive.

    ``net``, ``vat``: in company currency; ``foreign_net``, ``foreign_vat``: in the document's.
    """

    document: HandoverDocument
    net: Decimal
    vat: Decimal
    foreign_net: Decimal
    foreign_vat: Decimal
    account: str = ""
    centre: str = ""
    code: str = ""
    rate: Decimal | None = None
    text: str = ""
    quantity: Decimal | None = None

    @property
    def gross(self) -> Decimal:
        """Net and VAT, in company currency."""
        return self.net + self.vat

    @property
    def foreign_gross(self) -> Decimal:
        """Net and VAT, in the document's currency."""
        return self.foreign_net + self.foreign_vat


def _due(entry: Entry) -> Value:
    """Return the last due date."""
    return max((line.due_date for line in entry.document.of_role("due") if line.due_date), default=None)


FIELDS: Mapping[str, Callable[[Entry], Value]] = {
    "type": lambda entry: _TYPES[entry.document.type],
    "side": lambda entry: "D" if entry.gross >= 0 else "C",
    "side_de": lambda entry: "S" if entry.gross >= 0 else "H",
    "side_code": lambda entry: "1" if entry.gross >= 0 else "2",
    "symbol": lambda entry: "AR" if entry.document.is_sale else "ER",
    "journal": lambda entry: entry.document.journal,
    "number": lambda entry: entry.document.name,
    "entry": lambda entry: entry.document.entry,
    "reference": lambda entry: entry.document.reference,
    "payment_reference": lambda entry: entry.document.payment_reference,
    "invoice_date": lambda entry: entry.document.invoice_date,
    "date": lambda entry: entry.document.date,
    "due_date": _due,
    "service_date": lambda entry: entry.document.service_date,
    "year": lambda entry: str(entry.document.year),
    "period": lambda entry: str(entry.document.period),
    "partner_number": lambda entry: entry.document.party.number,
    "partner_name": lambda entry: entry.document.party.name,
    "partner_vat": lambda entry: entry.document.party.vat,
    "text": lambda entry: entry.text,
    "account": lambda entry: entry.account,
    "cost_centre": lambda entry: entry.centre,
    "vat_code": lambda entry: entry.code,
    "vat_rate": lambda entry: None if entry.rate is None else entry.rate * 100,
    "net": lambda entry: entry.net,
    "vat": lambda entry: entry.vat,
    "vat_opposite": lambda entry: -entry.vat,
    "gross": lambda entry: entry.gross,
    "debit": lambda entry: max(entry.gross, ZERO),
    "credit": lambda entry: max(-entry.gross, ZERO),
    "currency": lambda entry: entry.document.currency,
    "foreign_net": lambda entry: entry.foreign_net,
    "foreign_vat": lambda entry: entry.foreign_vat,
    "foreign_gross": lambda entry: entry.foreign_gross,
    "rate": lambda entry: entry.document.rate and entry.document.rate.quantize(_RATE_DIGITS),
    "quantity": lambda entry: entry.quantity if entry.quantity is not None else Decimal(1),
    "unit_amount": lambda entry: (entry.foreign_net / (entry.quantity or 1)).quantize(Decimal("0.0001")),
    "payment_term": lambda entry: entry.document.term,
}
_AMOUNTS = frozenset(
    {"net", "vat", "vat_opposite", "gross", "debit", "credit", "foreign_net", "foreign_vat", "foreign_gross"}
)
_UNSIGNED = frozenset({"net", "vat", "gross", "foreign_net", "foreign_vat", "foreign_gross"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, and field of :data:`FIELDS`; without a field it always holds the same text."""

    header: str
    field: str
    fixed: str = ""


def _columns(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    """Return columns of headings and fields."""
    return tuple(Column(header, field) for header, field in pairs)


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """A ready-made list of columns with the settings that belong to it."""

    columns: tuple[Column, ...]
    row_per: str = "tax"
    sign: str = "signed"
    separator: str = ";"
    decimal_mark: str = ","
    date_format: str = "%d.%m.%Y"
    max_documents: int = 500
    purchases: bool = True


SETS: Mapping[str, ColumnSet] = {
    "generic": ColumnSet(
        _columns(
            ("Document Type", "type"), ("Debit/Credit", "side"), ("Invoice Date", "invoice_date"),
            ("Booking Date", "date"), ("Due Date", "due_date"), ("Account Number", "partner_number"),
            ("Invoice Number", "number"), ("Partner", "partner_name"), ("VAT ID", "partner_vat"),
            ("External Number", "reference"), ("Text", "text"), ("G/L Account", "account"),
            ("Cost Centre", "cost_centre"), ("VAT Code", "vat_code"), ("VAT Rate", "vat_rate"), ("Net", "net"),
            ("VAT", "vat"), ("Gross", "gross"), ("Currency", "currency"), ("Net in Currency", "foreign_net"),
            ("VAT in Currency", "foreign_vat"), ("Gross in Currency", "foreign_gross"), ("Rate", "rate"),
            ("Payment Reference", "payment_reference"), ("Service Date", "service_date"), ("Period", "period"),
        )
    ),
    "xero": ColumnSet(
        _columns(
            ("*ContactName", "partner_name"), ("*InvoiceNumber", "number"), ("*InvoiceDate", "invoice_date"),
            ("*DueDate", "due_date"), ("*Description", "text"), ("*Quantity", "quantity"),
            ("*UnitAmount", "unit_amount"), ("*AccountCode", "account"), ("*TaxType", "vat_code"),
            ("Currency", "currency"),
        ),
        row_per="line", separator=",", decimal_mark=".", date_format="%d/%m/%Y", purchases=False,
    ),
    "bmd": ColumnSet(
        (
            Column("satzart", "", "0"),
            *_columns(
                ("konto", "partner_number"), ("gkonto", "account"), ("belegnr", "number"),
                ("belegdatum", "invoice_date"), ("buchsymbol", "symbol"), ("buchcode", "side_code"),
                ("prozent", "vat_rate"), ("steuercode", "vat_code"), ("betrag", "gross"), ("steuer", "vat_opposite"),
                ("text", "text"), ("kost", "cost_centre"),
            ),
        ),
        date_format="%Y%m%d",
    ),
}  # fmt: skip


class Table:
    """A list as CSV or XLSX. ``form``: csv or xlsx."""

    needs = Needs(codes=frozenset(), one_vat_code=False)

    def __init__(self, form: str) -> None:
        self.form = form

    def write(self, handover: Handover) -> Written:
        """Return the documents, and the partners that are new or changed."""
        options, settings = handover.settings.options, handover.settings
        columns: Sequence[Column] = options.get("columns") or SETS["generic"].columns  # type: ignore[assignment]
        files = []
        if handover.parties:
            rows = [_party(party) for party in handover.parties]
            keys = tuple((party.id, party.role) for party in handover.parties)
            files.append(HandoverFile(f"partners.{self.form}", self._bytes(PARTY_FIELDS, rows, options), parties=keys))
        most = settings.max_documents
        parts = [handover.documents[at : at + most] for at in range(0, len(handover.documents), most)]
        for place, part in enumerate(parts, 1):
            rows = [_cells(entry, columns, options) for document in part for entry in entries(document, options)]
            name = f"documents_{place}" if len(parts) > 1 else "documents"
            content = self._bytes([column.header for column in columns], rows, options)
            files.append(HandoverFile(f"{name}.{self.form}", content, tuple(document.id for document in part)))
        return Written(tuple(files))

    def _bytes(self, header: Sequence[str], rows: Sequence[Sequence[Value]], options: Mapping[str, object]) -> bytes:
        """Return a table as a file."""
        return _to_xlsx(header, rows) if self.form == "xlsx" else _to_csv(header, rows, options)


def _party(party: HandoverParty) -> list[Value]:
    """Return a partner's row."""
    return [clean(str(getattr(party, name))) for name in PARTY_FIELDS]


def _cells(entry: Entry, columns: Sequence[Column], options: Mapping[str, object]) -> list[Value]:
    """Return a row's values; where a column tells the side, amounts have no sign."""
    is_unsigned = options.get("sign") in ("dc", "sh")
    document = entry.document
    cells: list[Value] = []
    for column in columns:
        value = FIELDS[column.field](entry) if column.field else column.fixed
        if isinstance(value, Decimal) and column.field in _AMOUNTS:
            digits = document.digits if column.field.startswith("foreign") else document.company_digits
            value = value.quantize(Decimal(1).scaleb(-digits))
        cells.append(abs(value) if is_unsigned and column.field in _UNSIGNED and isinstance(value, Decimal) else value)
    return cells


def entries(document: HandoverDocument, options: Mapping[str, object]) -> Iterator[Entry]:
    """Yield what the rows of a document are made of: the whole, or its lines, or these by account and VAT code."""
    row_per = options.get("row_per") or "tax"
    if row_per == "document":
        own, foreign = total(document)
        taxes = document.of_role("tax")
        vat = -sum((line.amount for line in taxes), ZERO)
        foreign_vat = -sum((line.foreign for line in taxes), ZERO)
        yield Entry(document, own - vat, vat, foreign - foreign_vat, foreign_vat, text=document.name)
        return
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for place, entry in enumerate(_lines(document)):
        key = (str(place),) if row_per == "line" else (entry.account, entry.code, entry.centre)
        groups.setdefault(key, []).append(entry)
    for found in groups.values():
        yield _joined(found)


def _lines(document: HandoverDocument) -> Iterator[Entry]:
    """Yield each line with its tax; a tax without any base stands for itself."""
    pieces = [piece for line in document.of_role("base") for piece in split_centres(line, document)]
    shares = tax_shares(document, [line for line, _centre in pieces])
    for (line, centre), (vat, foreign_vat) in zip(pieces, shares, strict=True):
        coded = next((document.taxes[key] for key in line.taxes if document.taxes[key].code), None)
        code, rate = (coded.code, coded.rate) if coded else ("", None)
        yield Entry(
            document, -line.amount, -vat, -line.foreign, -foreign_vat,
            line.account, centre, code, rate, clean(line.text), line.quantity,
        )  # fmt: skip
    for line in loose_taxes(document):
        yield Entry(document, ZERO, -line.amount, ZERO, -line.foreign, line.account, text=clean(line.text))


def _joined(found: Sequence[Entry]) -> Entry:
    """Return entries put together; several have the document's name as text."""
    if len(found) == 1:
        return found[0]
    first = found[0]
    net, vat, foreign_net, foreign_vat = (
        sum((getattr(entry, name) for entry in found), ZERO) for name in ("net", "vat", "foreign_net", "foreign_vat")
    )
    return Entry(
        first.document, net, vat, foreign_net, foreign_vat,
        first.account, first.centre, first.code, first.rate, first.document.name,
    )  # fmt: skip


def _to_csv(header: Sequence[str], rows: Sequence[Sequence[Value]], options: Mapping[str, object]) -> bytes:
    """Return a table as CSV."""
    mark, dates = str(options.get("decimal_mark") or ","), str(options.get("date_format") or "%d.%m.%Y")
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=str(options.get("separator") or ";"), lineterminator="\r\n")
    writer.writerow([harmless(text) for text in header])
    for row in rows:
        writer.writerow([_text(value, mark, dates) for value in row])
    encoding = str(options.get("encoding") or "utf-8-sig")
    return target.getvalue().encode(encoding, "replace")


def _text(value: Value, mark: str, dates: str) -> str:
    """Return a value as it stands in a CSV file."""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", mark)
    if isinstance(value, date):
        return value.strftime(dates)
    return harmless(clean(value or ""))


def _to_xlsx(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a table as XLSX: texts are strings, whatever they begin with."""
    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold, day = (
        book.add_worksheet(),
        book.add_format({"bold": True}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    for at, text in enumerate(header):
        sheet.write_string(0, at, text, bold)
    for place, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(place, at, float(value))
            elif isinstance(value, date):
                sheet.write_datetime(place, at, value, day)
            elif value:
                sheet.write_string(place, at, clean(value))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return target.getvalue()
