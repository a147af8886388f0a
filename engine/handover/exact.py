"""Exact Online: relations.xml (accounts) and transactions.xml (entries).

Elements and their order follow Exact's published schema eExact-XML.xsd. Entries hold all journal items, each with its
amount in the ledger; with the option ``lines`` = "base" Exact works out the receivable and the VAT itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

from ..errors import Issue
from .amounts import split_centres, tax_shares
from .items import (
    ZERO,
    Handover,
    HandoverDocument,
    HandoverFile,
    HandoverLine,
    HandoverParty,
    HandoverSettings,
    Written,
)
from .markup import add, money, to_bytes
from .readiness import MAX_NAME, Needs
from .texts import clean

SCHEMA = "eExact-XML.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
TYPES = {"out_invoice": "20", "out_refund": "21", "in_invoice": "30", "in_refund": "31"}
_ACCOUNT_TYPES = {"receivable": "20", "payable": "22", "tax": "24", "income": "110"}
_VAT_TYPES = {"out_invoice": "A", "out_refund": "Z", "in_invoice": "O", "in_refund": "Y"}
_REVERSE = "P"  # reverse charge that is to be paid
_TEXT = 60
_RATE = Decimal("0.0000000001")
_HEAD, _TAIL = 300, 60  # bytes around the entries of a file


class ExactXml:
    """The format of Exact Online."""

    needs = Needs(
        codes=frozenset({"journal", "tax", "payment_term"}), numeric_entry=True, one_vat_code=True, numeric_number=True
    )

    def write(self, handover: Handover) -> Written:
        """Return relations.xml, and transactions.xml in as many files as their bounds ask for."""
        files = []
        settings = handover.settings
        if handover.parties:
            root = _root()
            accounts = etree.SubElement(root, "Accounts")
            for parties in _by_number(handover.parties):
                _account(accounts, parties, settings)
            keys = tuple((party.id, party.role) for party in handover.parties)
            files.append(HandoverFile("relations.xml", to_bytes(root), parties=keys))
        issues: list[Issue] = []
        chunks = list(_chunks(handover, issues))
        for place, chunk in enumerate(chunks, 1):
            name = "transactions.xml" if len(chunks) == 1 else f"transactions_{place}.xml"
            root = _root()
            entries = etree.SubElement(root, "GLTransactions")
            entries.extend(element for _document, element in chunk)
            files.append(HandoverFile(name, to_bytes(root), tuple(document.id for document, _element in chunk)))
        return Written(tuple(files), tuple(issues))


def _root() -> Any:
    """Return the root of a file."""
    root = etree.Element("eExact", nsmap={"xsi": _INSTANCE})
    root.set(f"{{{_INSTANCE}}}noNamespaceSchemaLocation", SCHEMA)
    return root


def _chunks(handover: Handover, issues: list[Issue]) -> Iterator[list[tuple[HandoverDocument, Any]]]:
    """Yield the documents of each file with their entries; no document is split."""
    settings = handover.settings
    chunk: list[tuple[HandoverDocument, Any]] = []
    size = _HEAD + _TAIL
    for document in handover.documents:
        entry = _entry(document, settings)
        if settings.options.get("lines") == "base":
            issues += _differences(document)
        length = len(etree.tostring(entry, pretty_print=True, encoding="utf-8"))
        if chunk and (len(chunk) >= settings.max_documents or size + length > settings.max_size):
            yield chunk
            chunk, size = [], _HEAD + _TAIL
        chunk.append((document, entry))
        size += length
    if chunk:
        yield chunk


# --- Relations


def _by_number(parties: Sequence[HandoverParty]) -> list[list[HandoverParty]]:
    """Return the parties that are one account over there: customer and vendor of one number are one."""
    found: dict[str, list[HandoverParty]] = {}
    for party in parties:
        found.setdefault(party.number, []).append(party)
    return list(found.values())


def _account(parent: Any, parties: Sequence[HandoverParty], settings: HandoverSettings) -> None:
    """Append an account. What is not known is left out: an empty element would erase it over there."""
    party = parties[0]
    roles = {one.role: one for one in parties}
    customer, vendor = roles.get("customer"), roles.get("vendor")
    element = add(parent, "Account", code=party.number, status="C" if customer else "")
    add(element, "Name", clean(party.name, MAX_NAME))
    add(element, "Phone", party.phone)
    add(element, "Email", party.email)
    add(element, "HomePage", party.website)
    add(element, "Language", code=party.language.upper())
    if vendor:
        add(element, "IsSupplier", "1")
    _address(element, party)
    for place, bank in enumerate(party.banks):
        found = add(element, "BankAccount", code=bank.iban, default="1" if not place else "0")
        add(found, "Country", code=bank.iban[:2])
        add(found, "BICCode", bank.bic)
        add(found, "IBAN", bank.iban)
        if bank.holder:
            add(etree.SubElement(found, "Holder"), "Name", bank.holder)
    add(element, "VATNumber", party.vat)
    add(element, "ChamberOfCommerce", party.registry)
    if customer:
        add(element, "SalesCurrency", code=customer.currency)
    if vendor:
        add(element, "PurchaseCurrency", code=vendor.currency)
    if customer and customer.credit_limit is not None and settings.options.get("credit_limits"):
        line = etree.SubElement(element, "CreditLine")
        add(line, "Sales", money(customer.credit_limit, 2))
    if customer:
        add(element, "SalesPaymentCondition", code=customer.term)
    if vendor:
        add(element, "PurchasePaymentCondition", code=vendor.term)


def _address(parent: Any, party: HandoverParty) -> None:
    """Append the address; without a street there is none in Exact."""
    if not party.street:
        return
    address = add(parent, "Address", type="INV", default="1")
    add(address, "AddressLine1", party.street)
    add(address, "AddressLine2", party.street2)
    add(address, "PostalCode", party.zip)
    add(address, "City", party.city)
    add(address, "State", code=party.state)
    add(address, "Country", code=party.country)


# --- Transactions


def _entry(document: HandoverDocument, settings: HandoverSettings) -> Any:
    """Return the entry of a document."""
    is_base = settings.options.get("lines") == "base"
    entry = etree.Element("GLTransaction", entry=document.entry)
    add(entry, "TransactionType", number=TYPES[document.type])
    add(entry, "Journal", code=document.journal)
    add(entry, "PaymentCondition", code=document.term)
    add(entry, "Date", document.date)
    if not is_base:
        _period(entry, document)
    text = document.name if document.is_sale else f"{document.name} {document.reference}"
    add(entry, "Description", clean(text, _TEXT))
    add(entry, "Account", code=document.party.number)
    writer = _Lines(entry, document)
    if is_base:
        writer.write_base()
    else:
        writer.write_all()
        _payment_terms(entry, document)
    return entry


def _period(parent: Any, document: HandoverDocument) -> None:
    """Append fiscal year and period."""
    add(parent, "FinYear", number=str(document.year))
    add(parent, "FinPeriod", number=str(document.period))


class _Lines:
    """The lines of an entry, numbered as they are written."""

    def __init__(self, entry: Any, document: HandoverDocument) -> None:
        self.entry, self.document = entry, document
        self.count = 0
        self.rate = _rate(document)
        self.pieces = [piece for line in document.of_role("base") for piece in split_centres(line, document)]
        self.shares = tax_shares(document, [line for line, _centre in self.pieces])

    def write_all(self) -> None:
        """Write the control line, the base lines and the tax lines."""
        due = self.document.of_role("due")
        if due:
            line = self._start(due[0].account, due[0].account_type, self.document.name, due[0])
            self._amounts(line, sum((one.amount for one in due), ZERO), sum((one.foreign for one in due), ZERO))
            self._references(line)
        for (piece, centre), (_own, foreign) in zip(self.pieces, self.shares, strict=True):
            line = self._start(piece.account, piece.account_type, piece.text, None, centre)
            self._quantity(line, piece)
            self._amounts(line, piece.amount, piece.foreign, self._code(piece), foreign)
            self._references(line)
        for tax in self.document.of_role("tax"):
            line = self._start(tax.account, "tax", tax.text, None, vat_type=self._vat_type(tax))
            own, foreign = self._bases(tax)
            self._amounts(line, tax.amount, tax.foreign, self._code(tax), None, (own, foreign))
            self._references(line)

    def write_base(self) -> None:
        """Write the base lines only, with their VAT."""
        due = self.document.of_role("due")
        for (piece, centre), (_own, foreign) in zip(self.pieces, self.shares, strict=True):
            line = self._start(piece.account, "other", piece.text, due[0] if due else None, centre, period=False)
            self._quantity(line, piece)
            self._amounts(line, piece.amount, piece.foreign, self._code(piece), foreign, is_base=True)
            self._references(line, payment=False)

    def _start(
        self,
        account: str,
        account_type: str,
        text: str,
        due: HandoverLine | None,
        centre: str = "",
        vat_type: str = "",
        period: bool = True,
    ) -> Any:
        """Append a line with everything before its amounts."""
        document = self.document
        self.count += 1
        line = etree.SubElement(
            self.entry,
            "GLTransactionLine",
            type=TYPES[document.type],
            linetype="0",
            line=str(self.count),
            status="20",
        )
        add(line, "Date", document.date)
        if vat_type:
            add(line, "VATType", vat_type)
        if period:
            _period(line, document)
        add(line, "GLAccount", code=account, type=_ACCOUNT_TYPES.get(account_type, ""))
        add(line, "Description", clean(text, _TEXT))
        if due is not None:
            add(line, "DueDate", due.due_date)
            add(line, "InvoiceDate", document.invoice_date)
        add(line, "Account", code=document.party.number)
        add(line, "Costcenter", code=centre)
        return line

    @staticmethod
    def _quantity(line: Any, piece: HandoverLine) -> None:
        """Append the quantity where it is told and is not just one."""
        if piece.quantity is not None and piece.quantity not in (ZERO, Decimal(1)):
            add(line, "Quantity", f"{piece.quantity.normalize():f}")

    def _code(self, line: HandoverLine) -> str:
        """Return the key of the tax of a line that has a code over there."""
        return next((key for key in line.taxes if self.document.taxes[key].code), "")

    def _amounts(
        self,
        line: Any,
        own: Decimal,
        foreign: Decimal,
        key: str = "",
        share: Decimal | None = None,
        bases: tuple[Decimal, Decimal] | None = None,
        is_base: bool = False,
    ) -> None:
        """Append the amounts in both currencies, with the VAT.

        :param share: tax of the line, in the document's currency
        :param bases: what the tax is of, in both currencies; the line itself, if not given
        """
        document = self.document
        tax = document.taxes.get(key)
        amount = etree.SubElement(line, "Amount")
        add(amount, "Currency", code=document.company_currency)
        add(amount, "Value", money(own, document.company_digits))
        if tax:
            add(amount, "VAT", code=tax.code)
            if not is_base:
                _vat(amount, tax.rate, (bases or (own, foreign))[0], document.company_digits)
        other = etree.SubElement(line, "ForeignAmount")
        add(other, "Currency", code=document.currency)
        add(other, "Value", money(foreign, document.digits))
        add(other, "Rate", self.rate)
        if tax:
            add(other, "VAT", code=tax.code)
            _vat(other, tax.rate, (bases or (own, foreign))[1], document.digits)
            if share is not None:
                add(other, "VATAmount", money(share, document.digits))

    def _vat_type(self, tax: HandoverLine) -> str:
        """Return the kind of VAT of a tax line."""
        document = self.document
        known = document.taxes[tax.taxes[0]] if tax.taxes else None
        if known and known.is_reverse and not document.is_sale and (tax.amount < 0) != document.is_refund:
            return _REVERSE
        return _VAT_TYPES[document.type]

    def _bases(self, tax: HandoverLine) -> tuple[Decimal, Decimal]:
        """Return what a tax line is of, in both currencies, with the sign of its amount."""
        bases = [piece for piece, _centre in self.pieces if set(tax.taxes) & set(piece.taxes)]
        own = tax.vat_base or sum((line.amount for line in bases), ZERO)
        foreign = sum((line.foreign for line in bases), ZERO)
        return abs(own).copy_sign(tax.amount), abs(foreign).copy_sign(tax.foreign)

    def _references(self, line: Any, payment: bool = True) -> None:
        """Append the numbers by which people and lists know the document."""
        document = self.document
        references = etree.SubElement(line, "References")
        add(references, "InvoiceNumber", document.entry)
        if payment:
            add(references, "PaymentReference", document.payment_reference)
        add(references, "YourRef", document.reference)


def _vat(parent: Any, rate: Decimal | None, base: Decimal, digits: int) -> None:
    """Append rate and base of a VAT."""
    if rate is not None:
        add(parent, "VATPercentage", f"{rate.normalize():f}")
    add(parent, "VATBaseAmount", money(base, digits))


def _rate(document: HandoverDocument) -> str:
    """Return company currency for one unit of the document's."""
    if not document.is_foreign or document.rate is None:
        return "1"
    return f"{document.rate.quantize(_RATE).normalize():f}"


def _payment_terms(entry: Any, document: HandoverDocument) -> None:
    """Append the instalments, if there is more than one."""
    due = document.of_role("due")
    if len(due) < 2:
        return
    terms = etree.SubElement(entry, "PaymentTerms")
    for place, line in enumerate(due, 1):
        term = etree.SubElement(terms, "PaymentTerm", entry=document.entry, line=str(place), type=TYPES[document.type])
        add(term, "Description", clean(document.name, _TEXT))
        add(term, "GLAccount", code=line.account)
        add(term, "Account", code=document.party.number)
        own = etree.SubElement(term, "Amount")
        add(own, "Currency", code=document.company_currency)
        add(own, "Value", money(line.amount, document.company_digits))
        foreign = etree.SubElement(term, "ForeignAmount")
        add(foreign, "Currency", code=document.currency)
        add(foreign, "Value", money(line.foreign, document.digits))
        add(foreign, "Rate", _rate(document))
        add(term, "Reference", document.payment_reference or document.name)
        add(term, "YourRef", document.reference or document.name)
        add(term, "InvoiceNumber", document.entry)
        add(term, "InvoiceDate", document.invoice_date)
        add(term, "DueDate", line.due_date)


def _differences(document: HandoverDocument) -> Iterator[Issue]:
    """Yield that Exact will work out another VAT than the document has, as it rounds each line."""
    expected = booked = ZERO
    unit = Decimal(1).scaleb(-document.digits)
    for line in document.of_role("base"):
        for key in line.taxes:
            tax = document.taxes[key]
            if tax.code and tax.rate is not None and not tax.is_reverse:
                expected += (line.foreign * tax.rate).quantize(unit, ROUND_HALF_UP)
    for line in document.of_role("tax"):
        if line.taxes and not document.taxes[line.taxes[0]].is_reverse:
            booked += line.foreign
    if expected != booked:
        values = {"number": document.name, "difference": expected - booked}
        yield Issue("warning", "handover_vat_differs", values)
