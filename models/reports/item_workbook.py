"""Open items as a spreadsheet: a sheet per currency, subtotals per partner."""

from ..run.download import write_cell, write_workbook
from .item_groups import CurrencyItems, group_items

WIDTHS = (14, 32, 22, 18, 18, 13, 13, 10, 16, 16, 16, 24)
OPEN, COMPANY_OPEN = 9, 10  # the columns that are summed up
FIRST_ROW = 3  # below title, blank row and header


def write_items(items, title: str) -> bytes:
    """A workbook of open items as base64.

    :param items: ``open.balance.item``
    :param title: what they are and as of when
    """
    groups = group_items(items)

    def build(workbook):
        for group in groups:
            _Sheet(workbook, items, title, group).fill()
        if not groups:
            workbook.add_worksheet().write_string(0, 0, title)

    return write_workbook(build)


def get_header(env) -> list[str]:
    """The columns of a sheet."""
    return [
        env._("Partner Number"), env._("Partner"), env._("Number"), env._("Reference"), env._("Type"), env._("Date"),
        env._("Due Date"), env._("Days Overdue"), env._("Original"), env._("Open"), env._("Open (company currency)"),
        env._("Dispute"),
    ]  # fmt: skip


class _Sheet:
    """One currency."""

    def __init__(self, workbook, items, title: str, group: CurrencyItems):
        self.group, self.title, self.items = group, title, items
        self.sheet = workbook.add_worksheet(group.currency.name)
        digits = group.currency.decimal_places
        amount = {"num_format": "#,##0" + ("." + "0" * digits if digits else "")}
        self.amount = workbook.add_format(amount)
        self.late = workbook.add_format({**amount, "font_color": "#b00020"})
        self.subtotal = workbook.add_format({**amount, "bold": True, "top": 1})
        self.total = workbook.add_format({**amount, "bold": True, "top": 6})
        self.bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.title_format = workbook.add_format({"bold": True, "font_size": 14})
        self.types = dict(items._fields["item_type"]._description_selection(items.env))

    def fill(self):
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.write_string(0, 0, f"{self.title}, {self.group.currency.name}", self.title_format)
        for column, text in enumerate(get_header(self.items.env)):
            self.sheet.write_string(FIRST_ROW - 1, column, text, self.bold)
        self.sheet.freeze_panes(FIRST_ROW, 0)
        row = FIRST_ROW
        for partner in self.group.partners:
            row = self._write_partner(row, partner)
        self._write_sums(row, self.items.env._("Total"), self.group.total, self.group.company_total, self.total)
        self._write_buckets(row + 2)

    def _write_partner(self, row: int, partner) -> int:
        """Write a partner's items and subtotal.

        :return: the next free row
        """
        for item in partner.items:
            values = (
                item.partner_number or "", item.partner_id.display_name or "", item.number or "", item.reference or "",
                self.types[item.item_type], item.document_date, item.due_date, item.days_overdue, item.original,
                item.residual, item.company_residual, self._get_dispute(item),
            )  # fmt: skip
            late = self.late if item.days_overdue > 0 else self.amount
            for column, value in enumerate(values):
                write_cell(self.sheet, row, column, value, late if column >= OPEN else self.amount)
            row += 1
        name = partner.partner.display_name or ""
        self._write_sums(row, name, partner.total, partner.company_total, self.subtotal)
        return row + 2

    def _get_dispute(self, item) -> str:
        return item.dispute_reason or (self.items.env._("Disputed") if item.blocked else "")

    def _write_sums(self, row: int, label: str, total: float, company_total: float, form):
        self.sheet.write_string(row, 1, label, form)
        self.sheet.write_number(row, OPEN, total, form)
        self.sheet.write_number(row, COMPANY_OPEN, company_total, form)

    def _write_buckets(self, row: int):
        """Write what is open by how late it is."""
        labels = dict(self.items._get_buckets())
        for offset, (key, amount) in enumerate(self.group.buckets.items()):
            self.sheet.write_string(row + offset, 1, labels[key])
            self.sheet.write_number(row + offset, OPEN, amount, self.amount)
