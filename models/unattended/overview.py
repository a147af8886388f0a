"""All sources at a glance: the last list of each, and what it ended with."""

from odoo import api, fields, models

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here
from . import notices  # noqa: F401  # extended here


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    last_import_id = fields.Many2one("open.balance.import", "Last Import", compute="_compute_last_import_id")
    last_import_state = fields.Selection(related="last_import_id.state", string="Status of the Last Import")
    last_import_review_count = fields.Integer(related="last_import_id.review_count", string="Lines to Review")
    last_import_failed_count = fields.Integer(related="last_import_id.failed_count", string="Failed Lines")

    @api.depends("import_ids")
    def _compute_last_import_id(self):
        Run = self.env["open.balance.import"]
        domain = [("source_id", "in", self.ids), ("state", "!=", "cancelled")]
        ids = dict(Run._read_group(domain, ["source_id"], ["id:max"]))
        for source in self:
            source.last_import_id = ids.get(source, False)

    def action_open_last_import(self):
        """Show the last import of the source."""
        self.ensure_one()
        return self.last_import_id._get_records_action()
