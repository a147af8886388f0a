from odoo import api, fields, models

from ..engine import ListLayout
from . import open_balance_protected, open_balance_source  # noqa: F401  # extended here


class OpenBalanceSourceLayout(models.Model):
    """How a list of a source was laid out when a person applied it: lists that come otherwise are shown to a person."""

    _name = "open.balance.source.layout"
    _description = "Balance Source Layout"
    _order = "confirmed_on desc, id desc"
    _inherit = ["open.balance.protected"]

    source_id = fields.Many2one("open.balance.source", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="source_id.company_id", store=True)
    name = fields.Char("Layout", compute="_compute_name")
    columns = fields.Json(required=True, readonly=True, help="Header text and role of each column, in their order.")
    sheet = fields.Char(readonly=True)
    decimal_mark = fields.Char(readonly=True)
    date_order = fields.Char(readonly=True)
    heading = fields.Text(readonly=True)
    import_id = fields.Many2one("open.balance.import", "Last import", readonly=True, index=True, ondelete="set null")
    balance_date = fields.Date(related="import_id.balance_date", string="Last list")
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", required=True, readonly=True)
    confirmed_on = fields.Datetime("Confirmed on", required=True, readonly=True)

    @api.depends("columns")
    def _compute_name(self):
        for layout in self:
            layout.name = " | ".join(text for text, _role in layout.columns or () if text)

    def _get_layout(self) -> ListLayout:
        """The layout as the engine compares it."""
        self.ensure_one()
        return ListLayout(
            tuple((text, role) for text, role in self.columns),
            self.sheet or "",
            self.decimal_mark or "",
            self.date_order or "",
            tuple((self.heading or "").splitlines()),
        )

    @api.model
    def _prepare_vals(self, layout: ListLayout) -> dict:
        """Values that keep a layout."""
        return {
            "columns": [list(column) for column in layout.columns],
            "sheet": layout.sheet,
            "decimal_mark": layout.decimal_mark,
            "date_order": layout.date_order,
            "heading": "\n".join(layout.heading),
        }


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    layout_ids = fields.One2many("open.balance.source.layout", "source_id", string="Layouts")
