from odoo import fields, models


class OpenBalanceItemDate(models.TransientModel):
    """Asks for the date as at which open items are shown."""

    _name = "open.balance.item.date"
    _description = "Open Items as of a Date"

    date = fields.Date("As of", required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [("receivable", "Receivables"), ("payable", "Payables"), ("account", "Other accounts that are reconciled")],
        required=True,
        default="receivable",
    )

    def action_open_items(self):
        """Show the open items."""
        self.ensure_one()
        return self.env["open.balance.item"]._get_items_action(
            [], filters=(self.kind, "group_by_partner"), at=self.date
        )
