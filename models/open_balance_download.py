"""Spreadsheets that a person downloads, completes and reads again."""

import base64
import io

import xlsxwriter

from odoo import api, fields, models
from odoo.fields import Domain

# A sheet of this name holds single rows to correct: whatever the source says, it is no complete list.
CORRECTIONS_SHEET = "Open balance corrections"
HEADER = ("Account Number", "Name", "Voucher Number", "Voucher Date", "Due Date", "Open Balance", "Currency")
WIDTHS = (16, 32, 22, 14, 14, 16, 10, 60)


def write_sheet(name: str, header, rows) -> bytes:
    """A workbook of one sheet as base64.

    :param rows: values in the order of the header; dates and floats keep their type
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet(name)
        bold = workbook.add_format({"bold": True, "bottom": 1})
        amount = workbook.add_format({"num_format": "#,##0.00"})
        for column, width in enumerate(WIDTHS[: len(header)]):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, header, bold)
        sheet.freeze_panes(1, 0)
        for index, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(index, column, value, amount)
                elif isinstance(value, str):
                    # Never a formula or a link, whatever a partner's name looks like.
                    sheet.write_string(index, column, value)
                elif value:
                    sheet.write_datetime(index, column, value)
    return base64.b64encode(buffer.getvalue())


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    template_file = fields.Binary("Template", compute="_compute_template_file")

    def _compute_template_file(self):
        for source in self:
            source.template_file = write_sheet("Open items", HEADER, source._get_template_rows())

    def action_download_template(self):
        """Download a list in the simplest format, filled with what is open in Odoo today."""
        self.ensure_one()
        return self.env["open.balance.import"]._get_download(self, "template_file", f"{self.name} open items.xlsx")

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
            purchase = move.is_purchase_document(include_receipts=True)
            yield (
                (partner.creditor_number if purchase else partner.debtor_number) or "",
                partner.name or "",
                (purchase and move.ref) or move.name,
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
            run.corrections_file = write_sheet(
                CORRECTIONS_SHEET, (*HEADER, "Reason"), map(run._get_correction_row, run._get_lines_to_correct())
            )

    def action_download_corrections(self):
        """Download the failed and reviewed lines with their reasons; corrected, the file can be read again."""
        self.ensure_one()
        return self._get_download(self, "corrections_file", f"{self.name} corrections.xlsx")

    def _get_lines_to_correct(self):
        """Lines of the file that were not booked and want a person."""
        return self.line_ids.filtered(lambda line: line.row and (line.action == "review" or line.state == "failed"))

    @staticmethod
    def _get_correction_row(line):
        return (
            line.partner_number or "",
            line.partner_name or "",
            line.number or "",
            line.date or "",
            line.due_date or "",
            line.file_balance,
            line.file_currency or "",
            line.result or line.reason or "",
        )

    @api.model
    def _get_download(self, record, field, filename):
        """Action that downloads a computed file."""
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{record._name}/{record.id}/{field}?download=true&filename={filename}",
            "target": "download",
        }
