from odoo import fields, models

from .. import open_balance_protected, open_balance_source  # noqa: F401  # extended here


class OpenBalanceFetchedFile(models.Model):
    """A file that lay where a source fetches its lists, and what became of it. The same bytes are taken once."""

    _name = "open.balance.fetched.file"
    _description = "Fetched File"
    _inherit = ["open.balance.protected"]
    _order = "id desc"

    source_id = fields.Many2one("open.balance.source", "Balance Source", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="source_id.company_id", store=True)
    name = fields.Char("File", required=True, readonly=True)
    size = fields.Float("Bytes", digits=(16, 0), readonly=True)
    changed_on = fields.Datetime("Changed on", readonly=True)
    stamp = fields.Char(readonly=True, help="Size and time as they were at the last look.")
    seen_on = fields.Datetime("Like this since", readonly=True)
    is_there = fields.Boolean("Still There", default=True, readonly=True, help="It lies where it was found.")
    checksum = fields.Char(readonly=True, help="SHA-256 of the bytes; of pages, of all pages and the page's place.")
    state = fields.Selection(
        [("seen", "Waits"), ("taken", "Taken"), ("failed", "Failed"), ("ignored", "Left Out")],
        required=True,
        default="seen",
        readonly=True,
    )
    attempts = fields.Integer(readonly=True)
    import_id = fields.Many2one("open.balance.import", readonly=True, index=True, ondelete="set null")
    message = fields.Char("Remark", readonly=True)

    _taken_once = models.UniqueIndex("(source_id, checksum) WHERE state = 'taken'", "This file was taken already.")
