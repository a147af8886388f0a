"""What a transfer adds up to: its sales, its purchases, and sums by tax and account that equal the journal items."""

import base64
import io
from collections import defaultdict

import xlsxwriter

from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)
LABELS = {
    "number": _lt("Number"), "date": _lt("Date"), "partner": _lt("Partner"), "partner_number": _lt("Number There"),
    "reference": _lt("Reference"), "net": _lt("Net"), "tax": _lt("Tax"), "total": _lt("Total"),
    "currency": _lt("Currency"), "foreign": _lt("Total in Currency"), "code": _lt("Code"), "name": _lt("Name"),
    "balance": _lt("Balance"), "debit": _lt("Debit"), "credit": _lt("Credit"), "count": _lt("Documents"),
    "base": _lt("Base"), "reason": _lt("Reason"),
}  # fmt: skip
COLUMNS = ("number", "date", "partner", "partner_number", "reference", "net", "tax", "total", "currency", "foreign")


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    report_xlsx = fields.Binary(compute="_compute_report_xlsx", help="Sales, purchases and summary as a workbook.")

    def _compute_report_xlsx(self):
        for transfer in self:
            transfer.report_xlsx = base64.b64encode(transfer._make_report_xlsx())

    def _get_report_moves(self):
        """The documents of the report: those that were handed over, or are to be.

        :rtype: account.move
        """
        lines = self.document_line_ids.filtered(lambda line: line.state not in ("refused", "released"))
        moves = self.move_ids | (lines.move_id if self.state == "draft" else self.move_ids.browse())
        return moves.sorted(lambda move: (move.date, move.name or "", move.id))

    def _get_report_documents(self, is_sale: bool) -> list[dict]:
        """One row for each document, amounts in ledger sign."""
        rows = []
        for move in self._get_report_moves():
            if move.is_sale_document(True) != is_sale:
                continue
            partner = move.commercial_partner_id.with_company(self.company_id)
            rows.append(
                {
                    "number": move.name,
                    "date": move.date,
                    "partner": partner.display_name,
                    "partner_number": (partner.debtor_number if is_sale else partner.creditor_number) or "",
                    "reference": move.ref or "",
                    "net": move.amount_untaxed_signed,
                    "tax": move.amount_tax_signed,
                    "total": move.amount_total_signed,
                    "currency": move.currency_id.name,
                    "foreign": move.amount_total_in_currency_signed,
                }
            )
        return rows

    def _get_report_accounts(self) -> list[dict]:
        """Sum of the journal items of each account, company currency."""
        groups = self.env["account.move.line"]._read_group(
            [("move_id", "in", self._get_report_moves().ids), ("account_id", "!=", False)],
            ["account_id"],
            ["balance:sum", "debit:sum", "credit:sum", "move_id:count_distinct"],
        )
        return [
            {"code": account.code or "", "name": account.name, "balance": balance, "debit": debit, "credit": credit,
             "count": count}
            for account, balance, debit, credit, count in groups
        ]  # fmt: skip

    def _get_report_taxes(self) -> list[dict]:
        """Base and amount of each tax, company currency, ledger sign."""
        Line, moves = self.env["account.move.line"], self._get_report_moves()
        sums = defaultdict(lambda: [0.0, 0.0])
        for tax, balance in Line._read_group([("move_id", "in", moves.ids)], ["tax_ids"], ["balance:sum"]):
            if tax:
                sums[tax][0] += balance
        for tax, balance in Line._read_group([("move_id", "in", moves.ids)], ["tax_line_id"], ["balance:sum"]):
            if tax:
                sums[tax][1] += balance
        codes = {code.tax_id: code.code for code in self.package_id.code_ids if code.tax_id}
        return [
            {"name": tax.name, "code": codes.get(tax) or "", "base": base, "tax": amount, "total": base + amount}
            for tax, (base, amount) in sorted(sums.items(), key=lambda item: (item[0].type_tax_use, item[0].name))
        ]

    def _get_report_left_out(self) -> list[dict]:
        """Documents that are not handed over, and why."""
        lines = self.document_line_ids.filtered(lambda line: line.state in ("not_ready", "refused"))
        return [
            {"number": line.move_id.name or "", "partner": line.partner_id.display_name, "total": line.company_amount,
             "reason": line.answer if line.state == "refused" else line.reason}
            for line in lines
        ]  # fmt: skip

    def _get_report_labels(self) -> dict[str, str]:
        """Headings of the report's columns."""
        return {name: self.env._(label) for name, label in LABELS.items()}

    def _make_report_xlsx(self) -> bytes:
        """The report as a workbook: sales, purchases, summary."""
        self.ensure_one()
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        writer = _Writer(book, self._get_report_labels(), self.company_id.currency_id)
        for title, is_sale in ((self.env._("Sales"), True), (self.env._("Purchases"), False)):
            writer.start(title)
            writer.table(COLUMNS, self._get_report_documents(is_sale), ("net", "tax", "total"))
        writer.start(self.env._("Summary"))
        writer.table(("code", "name", "base", "tax", "total"), self._get_report_taxes(), ("tax",))
        writer.table(
            ("code", "name", "debit", "credit", "balance", "count"), self._get_report_accounts(),
            ("debit", "credit", "balance"),
        )  # fmt: skip
        writer.table(("number", "partner", "total", "reason"), self._get_report_left_out(), ("total",))
        book.close()
        return target.getvalue()

    def action_download_report(self):
        """Download the report as a workbook."""
        self.ensure_one()
        url = f"/web/content/{self._name}/{self.id}/report_xlsx?download=true&filename={self.id}.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}


class _Writer:
    """Writes tables one below the other."""

    def __init__(self, book, labels, currency):
        self.book, self.labels, self.currency = book, labels, currency
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.money = book.add_format({"num_format": "#,##0.00"})
        self.sum = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.sheet, self.row = None, 0

    def start(self, title: str):
        """Begin a sheet."""
        self.sheet, self.row = self.book.add_worksheet(title[:31]), 0
        self.sheet.set_column(0, 9, 16)

    def table(self, names, rows: list[dict], totals):
        """Write a table with the sums of some columns below it."""
        for at, name in enumerate(names):
            self.sheet.write_string(self.row, at, self.labels[name], self.bold)
        for row in rows:
            self.row += 1
            for at, name in enumerate(names):
                self._write(at, row[name])
        self.row += 1
        for name in totals:
            self.sheet.write_number(
                self.row, names.index(name), self.currency.round(sum(row[name] for row in rows)), self.sum
            )
        self.row += 2

    def _write(self, at: int, value):
        if isinstance(value, float):
            self.sheet.write_number(self.row, at, value, self.money)
        elif isinstance(value, int) and not isinstance(value, bool):
            self.sheet.write_number(self.row, at, value)
        elif value and not isinstance(value, str):
            self.sheet.write_datetime(self.row, at, value, self.day)
        elif value:
            self.sheet.write_string(self.row, at, value)
