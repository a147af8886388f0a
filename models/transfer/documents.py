"""Posted documents as the engine's values, as an accounting package takes them."""

from decimal import Decimal
from functools import lru_cache

from ...engine import apply_pattern
from ...engine.handover import FORMATS, HandoverDocument, HandoverLine, HandoverTax
from .codes import Codes
from .parties import PartyReader

TYPES = {"out_receipt": "out_invoice", "in_receipt": "in_invoice"}
LINE_FIELDS = (
    "display_type", "date_maturity", "sequence", "name", "balance", "amount_currency", "quantity", "tax_base_amount",
    "account_id", "tax_ids", "tax_line_id", "group_tax_id", "analytic_distribution", "currency_id", "move_id",
)  # fmt: skip
NOTES = ("line_section", "line_subsection", "line_note")
HUNDRED = Decimal(100)


class DocumentReader:
    """Reads documents for one package."""

    def __init__(self, package):
        """Look up what is the same for all documents.

        :param package: ``open.balance.package``, in its company
        """
        # Texts are the company's: whoever checks, and whoever hands over, may have other languages.
        self.package = package = package.with_context(lang=package.company_id.partner_id.lang)
        self.company = package.company_id
        needs = FORMATS[package.format].needs
        self.codes = Codes(package, needs.codes)
        self.is_numeric = needs.numeric_entry
        self.pattern = package.source_id.number_pattern or "{digits}"
        self.parties = PartyReader(package, self.codes)
        self.year_of = lru_cache(maxsize=None)(self._find_year)
        self.taxes = {}

    def read_documents(self, moves) -> list[HandoverDocument]:
        """The documents, in their order."""
        # Codes of accounts are those of the package's company, not of the one in which the user works.
        moves = moves.with_env(self.package.env)
        # All at once: parts of a document's lines would be read for each document.
        moves.line_ids.fetch(LINE_FIELDS)
        return [self._read_move(move) for move in moves]

    def _find_year(self, day):
        """First day of the fiscal year, what the year is called, and the number of the period."""
        found = self.company.compute_fiscalyear_dates(day)
        start, end = found["date_from"], found["date_to"]
        period = (day.year - start.year) * 12 + day.month - start.month + 1
        return start, (start if self.package.year_name == "start" else end).year, period

    def _read_move(self, move) -> HandoverDocument:
        self.codes.start()
        move_type = TYPES.get(move.move_type, move.move_type)
        refund = move_type.endswith("_refund")
        currency, company_currency = move.currency_id, move.company_currency_id
        start, year, period = self.year_of(move.date)
        taxes = {}
        lines = tuple(self._read_line(line, refund, taxes) for line in self._get_lines(move))
        journal = self.codes.find("journal", move.journal_id)
        rate = move.invoice_currency_rate
        return HandoverDocument(
            id=move.id,
            type=move_type,
            name=move.name or "",
            entry=(apply_pattern(self.pattern, move.name or "") if self.is_numeric else move.name) or "",
            journal=self.codes.get("journal", move.journal_id, move.journal_id.code, refund),
            party=self.parties.read_party(
                move.commercial_partner_id, "customer" if move.is_sale_document(True) else "vendor"
            ),
            date=move.date,
            invoice_date=move.invoice_date or move.date,
            year=year,
            period=period,
            year_start=start,
            currency=currency.name,
            digits=currency.decimal_places,
            company_currency=company_currency.name,
            company_digits=company_currency.decimal_places,
            rate=1 / Decimal(str(rate)) if rate and currency != company_currency else None,
            reference=move.ref or "",
            payment_reference=move.payment_reference or "",
            term=self._get_term(move),
            service_date=move.delivery_date or None,
            takes_foreign=not (journal and journal.company_currency_only),
            taxes=taxes,
            lines=lines,
            missing=tuple(self.codes.missing.values()),
        )

    def _get_lines(self, move):
        """The journal items that go out: instalments by due date, then the others as they stand."""
        hidden = NOTES if self.package.include_cogs else (*NOTES, "cogs")
        lines = move.line_ids.filtered(lambda line: line.display_type not in hidden)
        due = lines.filtered(lambda line: line.display_type == "payment_term")
        ordered = due.sorted(lambda line: (line.date_maturity or move.date, line.id))
        return [*ordered, *(lines - due).sorted(lambda line: (line.sequence, line.id))]

    def _get_term(self, move) -> str:
        """The code of a document's payment term."""
        term = move.invoice_payment_term_id
        if not term:
            code = self.package.no_term_code or ""
            if not code and "payment_term" in FORMATS[self.package.format].needs.codes:
                self.codes.lacks("payment_term", self.package.env._("no payment term"), 0)
            return code
        days = str(term.line_ids.nb_days) if len(term.line_ids) == 1 else term.name
        return self.codes.get("payment_term", term, days)

    def _read_line(self, line, refund: bool, taxes: dict) -> HandoverLine:
        """A journal item; the taxes that it names are put into ``taxes``."""
        role = {"payment_term": "due", "tax": "tax"}.get(line.display_type, "base")
        named = line.group_tax_id or line.tax_line_id if role == "tax" else line.tax_ids
        if role != "due":
            for tax in named:
                taxes.setdefault(str(tax.id), self._read_tax(tax, refund))
        account = self.codes.find("account", line.account_id)
        return HandoverLine(
            role=role,
            account=self.codes.get("account", line.account_id, line.account_id.code),
            account_type=_get_account_type(line.account_id.account_type, role),
            text=line.name or line.move_id.name or "",
            amount=_decimal(line.balance, line.move_id.company_currency_id),
            foreign=_decimal(line.amount_currency, line.currency_id),
            due_date=line.date_maturity or None,
            taxes=tuple(str(tax.id) for tax in named) if role != "due" else (),
            vat_base=_decimal(line.tax_base_amount, line.move_id.company_currency_id) if role == "tax" else Decimal(0),
            centres=self._get_centres(line) if role == "base" else (),
            quantity=Decimal(str(line.quantity)) if role == "base" and line.display_type == "product" else None,
            automatic=bool(account and account.automatic),
        )

    def _read_tax(self, tax, refund: bool) -> HandoverTax:
        """A tax with its code over there."""
        code = self.codes.get("tax", tax, refund=refund)
        if (tax.id, refund) not in self.taxes:
            self.taxes[tax.id, refund] = HandoverTax(code, tax.name, _get_rate(tax), tax.has_negative_factor)
        return self.taxes[tax.id, refund]

    def _get_centres(self, line) -> tuple:
        """Cost centres of a line with their shares, of the plan that the package has chosen."""
        plan = self.package.analytic_plan_id
        if not plan or not line.analytic_distribution:
            return ()
        shares = {}
        for key, percent in line.analytic_distribution.items():
            ids = [int(part) for part in key.split(",") if part.strip().isdecimal()]
            account = (
                line.env["account.analytic.account"].browse(ids).filtered(lambda one: one.root_plan_id == plan)[:1]
            )
            if account:
                code = self.codes.get("analytic_account", account, account.code or account.name)
                shares[code] = shares.get(code, Decimal(0)) + Decimal(str(percent)) / HUNDRED
        return tuple(shares.items())


def _get_rate(tax) -> Decimal | None:
    """What share of its base a tax is."""
    if tax.amount_type == "group":
        rates = [_get_rate(child) for child in tax.children_tax_ids]
        return sum(rates, Decimal(0)) if None not in rates else None
    return Decimal(str(tax.amount)) / HUNDRED if tax.amount_type in ("percent", "division") else None


def _get_account_type(account_type: str, role: str) -> str:
    """The type of an account, as the engine calls it."""
    if role == "tax":
        return "tax"
    known = {"asset_receivable": "receivable", "liability_payable": "payable"}
    return known.get(account_type) or next((name for name in ("income", "expense") if name in account_type), "other")


def _decimal(amount: float, currency) -> Decimal:
    """An amount with its currency's decimals."""
    return Decimal(f"{amount:.{currency.decimal_places}f}")
