from odoo import api, fields, models
from odoo.tools import format_date


class OpenBalanceItemDate(models.TransientModel):
    """Asks for the date as at which open items are shown, printed or written to a spreadsheet."""

    _name = "open.balance.item.date"
    _description = "Open Items as of a Date"

    date = fields.Date("As of", required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [("receivable", "Receivables"), ("payable", "Payables"), ("account", "Other accounts that are reconciled")],
        default="receivable",
    )
    partner_ids = fields.Many2many("res.partner", string="Partners", help="Empty = all.")
    only_overdue = fields.Boolean()
    chosen = fields.Json(help="Ids of the open items that were selected in a list; empty = what the fields above say.")
    file = fields.Binary("Spreadsheet", compute="_compute_file")

    def _compute_file(self):
        for wizard in self:
            wizard.file = wizard._get_items()._write_workbook(wizard._get_title())

    def action_open_items(self):
        """Show the open items."""
        self.ensure_one()
        filters = [self.kind or "receivable", "group_by_partner", *(["overdue"] if self.only_overdue else [])]
        return self.env["open.balance.item"]._get_items_action(self._get_partner_domain(), filters, at=self.date)

    def action_download(self):
        """Download the open items as a spreadsheet, a sheet per currency."""
        self.ensure_one()
        return self.env["open.balance.import"]._get_download(self, "file", f"Open items {self.date}.xlsx")

    def action_print(self):
        """Print the open items."""
        self.ensure_one()
        report = self.env.ref("account_open_balance.open_balance_item_report")
        return report.report_action(self, config=False)

    @api.model
    def _of_items(self, items):
        """A dialog that was answered with some items, as of the date that they are shown at.

        :param items: ``open.balance.item``
        :rtype: open.balance.item.date
        """
        return self.create({"date": items._get_date(), "kind": False, "chosen": items.ids})

    def _get_items(self):
        """What is printed.

        :rtype: open.balance.item
        """
        Item = self.env["open.balance.item"].with_context(open_balance_date=fields.Date.to_string(self.date))
        if self.chosen:
            return Item.search([("id", "in", self.chosen)])
        late = [("days_overdue", ">", 0)] if self.only_overdue else []
        return Item.search([("kind", "=", self.kind), *self._get_partner_domain(), *late])

    def _get_partner_domain(self) -> list:
        partners = self.partner_ids.commercial_partner_id
        return [("commercial_partner_id", "in", partners.ids)] if partners else []

    def _get_title(self) -> str:
        return self.env._("Open items as of %(date)s", date=format_date(self.env, self.date))


class ReportOpenBalanceItems(models.AbstractModel):
    _name = "report.account_open_balance.report_items"
    _description = "Printed Open Items"

    @api.model
    def _get_report_values(self, docids, data=None):
        # EXTENDS: what is printed is what the dialog was answered with
        wizards = self.env["open.balance.item.date"].browse(docids)
        wizards.check_access("read")
        Item = self.env["open.balance.item"]
        return {
            "docs": wizards,
            "groups": {wizard.id: wizard._get_items()._get_groups() for wizard in wizards},
            "titles": {wizard.id: wizard._get_title() for wizard in wizards},
            "buckets": dict(Item._get_buckets()),
            "types": dict(Item._fields["item_type"]._description_selection(self.env)),
        }
