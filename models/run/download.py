"""Spreadsheets that a person downloads, completes and reads again."""

import base64
import io
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter

from odoo import api, fields, models
from odoo.fields import Domain

# A sheet of this name holds single rows to correct: whatever the source says, it is no complete list.
CORRECTIONS_SHEET = "Open balance corrections"
OPENING_SHEET = "Opening documents"
REASON = "Reason"
OPENING_WIDTH = 18
HEADER = ("Account Number", "Name", "Voucher Number", "Voucher Date", "Due Date", "Open Balance", "Currency")
DUE_DATE = 4  # its place in the header
# Code of a cell that could not be read -> the place of what it should have held.
UNREADABLE = {"amount_unreadable": 5, "date_unreadable": 3, "currency_unreadable": 6}
WIDTHS = (16, 32, 22, 14, 14, 16, 10, 60)
DATE_FORMAT = "yyyy-mm-dd"
AMOUNT_FORMAT = "#,##0.00"


def write_workbook(build) -> bytes:
    """A workbook as base64.

    :param build: function that is called with the workbook and adds its sheets
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": DATE_FORMAT}) as workbook:
        build(workbook)
    return base64.b64encode(buffer.getvalue())


def add_sheet(workbook, name: str, header, rows, widths=WIDTHS):
    """Add a sheet of rows below a header that stays in sight.

    :param rows: values in the order of the header; dates and numbers keep their type
    :return: the sheet
    """
    sheet = workbook.add_worksheet(name)
    for column, width in enumerate(widths[: len(header)]):
        sheet.set_column(column, column, width)
    bold = workbook.add_format({"bold": True, "bottom": 1})
    for column, text in enumerate(header):
        sheet.write_string(0, column, str(text), bold)  # a file's own header may look like a formula or a link
    sheet.freeze_panes(1, 0)
    amount = workbook.add_format({"num_format": AMOUNT_FORMAT})
    for index, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write_cell(sheet, index, column, value, amount)
    return sheet


def write_cell(sheet, row: int, column: int, value, amount=None):
    """Write a value with its type; amounts in the format ``amount``."""
    if isinstance(value, str):
        # Never a formula or a link, whatever a partner's name looks like.
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, float | Decimal):
        sheet.write_number(row, column, value, amount)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_datetime(row, column, value)


def write_sheet(name: str, header, rows, widths=WIDTHS) -> bytes:
    """A workbook of one sheet as base64; see :func:`add_sheet`."""
    return write_workbook(lambda workbook: add_sheet(workbook, name, header, rows, widths))


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    template_file = fields.Binary("Template", compute="_compute_template_file")

    def _compute_template_file(self):
        for source in self:
            source.template_file = write_sheet("Open items", HEADER, source._get_template_rows())

    def action_download_template(self):
        """Download a list in the format of what the source is for; one of open items has what is open in Odoo today."""
        return self._get_list()._download_template(self)

    def _get_template_rows(self):
        """Rows of the template: every open due line of the source's documents, ledger sign."""
        Move = self.env["account.move"]
        kinds = {"receivable": ["asset_receivable"], "payable": ["liability_payable"]}
        types = kinds.get(self.cover, ["asset_receivable", "liability_payable"])
        moves = Move._search(Domain(Move._get_open_balance_domain(self.company_id)) & Domain("state", "=", "posted"))
        lines = self.env["account.move.line"].search(
            [("move_id", "in", moves), ("account_type", "in", types), ("reconciled", "=", False)],
            order="partner_id, date_maturity, id",
        )
        for line in lines:
            move, partner = line.move_id, line.partner_id.with_company(self.company_id)
            purchase = move._get_open_balance_kind() == "payable"
            yield (
                (partner.creditor_number if purchase else partner.debtor_number) or "",
                partner.name or "",
                move.open_balance_number or (purchase and move.ref) or move.name,
                move.invoice_date or move.date,
                line.date_maturity or "",
                line.amount_residual_currency,
                line.currency_id.name,
            )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    corrections_file = fields.Binary("Lines to Correct", compute="_compute_corrections_file")

    def _compute_corrections_file(self):
        for run in self:
            run.corrections_file = run._get_list()._write_corrections(run)

    def action_download_corrections(self):
        """Download the failed and reviewed lines with their reasons; corrected, the file can be read again."""
        self.ensure_one()
        return self._get_download(self, "corrections_file", f"{self.name} corrections.xlsx")

    def _get_lines_to_correct(self):
        """Lines of the file that were not booked and want a person."""
        return self.line_ids.filtered(lambda line: line.row and (line.action == "review" or line.state == "failed"))

    def _write_corrections(self) -> bytes:
        """The lines to correct as items of the simplest list."""
        lines = self._get_lines_to_correct()
        found = self._get_unreadable_texts()
        rows = []
        for line in lines:
            texts = found.get((line.file_id.name, line.row), {})
            rows.append([texts.get(at, value) for at, value in enumerate(self._get_correction_row(line))])
        return write_sheet(CORRECTIONS_SHEET, (*HEADER, REASON), rows)

    def _get_unreadable_texts(self) -> dict:
        """(File, row) -> place in ``HEADER`` -> the cell as it stands in the file, where it could not be read."""
        found = {}
        for problem in self.problem_ids.filtered(lambda problem: problem.code in UNREADABLE and problem.row):
            column = problem.column
            fields_of = self.file_ids.filtered(lambda file, name=problem.file_name: file.name == name).column_ids
            field = fields_of.filtered(lambda one, name=column: one.name == name)[:1].field
            place = DUE_DATE if field == "due_date" else UNREADABLE[problem.code]
            found.setdefault((problem.file_name, problem.row), {}).setdefault(place, problem.text or "")
        return found

    def _write_opening_corrections(self) -> bytes:
        """The rows to correct with the columns of their files, whatever those are."""
        found = []
        for file, lines in self._get_lines_to_correct().grouped("file_id").items():
            found += [{**row, REASON: line.result or line.reason or ""} for line, row in file._get_rows(lines)]
        header = [*dict.fromkeys(name for row in found for name in row if name != REASON), REASON]
        widths = [*(OPENING_WIDTH for _name in header[1:]), WIDTHS[-1]]
        return write_sheet(OPENING_SHEET, header, ([row.get(name) for name in header] for row in found), widths)

    @staticmethod
    def _get_correction_row(line):
        return (
            line.partner_number or "",
            line.partner_name or "",
            line.number or "",
            line.date or "",
            line.due_date or "",
            "" if line.reason_code in ("amount_unreadable", "debtor_unreadable") else line.file_balance,
            line.file_currency or "",
            line.result or line.reason or "",
        )

    @api.model
    def _get_download(self, record, field, filename):
        """Action that downloads a computed file."""
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{record._name}/{record.id}/{field}?download=true&filename={quote(filename)}",
            "target": "download",
        }
