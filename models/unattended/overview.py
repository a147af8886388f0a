"""All sources at a glance: the last list of each, and what it ended with."""

from odoo import api, fields, models

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here
from . import notices  # noqa: F401  # extended here


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    last_import_id = fields.Many2one("open.balance.import", compute="_compute_last_import")
    last_import_state = fields.Selection(
        lambda self: self.env["open.balance.import"]._fields["state"]._description_selection(self.env),
        "Status of the Last Import",
        compute="_compute_last_import",
    )
    last_import_review_count = fields.Integer("Lines to Review", compute="_compute_last_import")
    last_import_failed_count = fields.Integer("Failed Lines", compute="_compute_last_import")

    @api.depends("import_ids.state")
    def _compute_last_import(self):
        Run = self.env["open.balance.import"]
        domain = [("source_id", "in", self.ids), ("state", "!=", "cancelled")]
        ids = dict(Run._read_group(domain, ["source_id"], ["id:max"]))
        # Read together, whatever the number of sources.
        Run.browse(ids.values()).mapped("summary")
        for source in self:
            last = Run.browse(ids.get(source._origin))
            source.last_import_id = last
            source.last_import_state = last.state
            source.last_import_review_count = last.review_count
            source.last_import_failed_count = last.failed_count

    def action_open_last_import(self):
        """Show the last import of the source."""
        self.ensure_one()
        return self.last_import_id._get_records_action()
