from odoo import models

from .item_groups import group_items
from .item_workbook import write_items


class OpenBalanceItem(models.Model):
    _inherit = "open.balance.item"

    def action_download(self):
        """Download these items as a spreadsheet, a sheet per currency."""
        return self.env["open.balance.item.date"]._of_items(self).action_download()

    def action_print(self):
        """Print these items."""
        return self.env["open.balance.item.date"]._of_items(self).action_print()

    def _get_groups(self):
        """These items as they are printed: see :func:`group_items`."""
        return group_items(self)

    def _write_workbook(self, title: str) -> bytes:
        """These items as a spreadsheet, base64."""
        return write_items(self, title)
