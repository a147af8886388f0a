from odoo import api, fields, models
from odoo.exceptions import UserError

from .protocol import PART_NAMES, Protocol


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    has_protocol = fields.Boolean(compute="_compute_has_protocol", help="A list of open items that was applied.")

    @api.depends("state", "per")
    def _compute_has_protocol(self):
        for run in self:
            run.has_protocol = run.state == "done" and run._get_list()._tells_open_items

    def action_open_protocol(self):
        """Show the reconciliation of the list with the account; it can be printed from there."""
        self.ensure_one()
        self._check_has_protocol()
        report = self.env.ref("account_open_balance.open_balance_protocol_report_html")
        return report.report_action(self, config=False)

    def action_open_items(self):
        """Show what is open as of the balance date, of the kinds that the list holds."""
        self.ensure_one()
        domain = [("company_id", "child_of", self.company_id.id), ("kind", "in", self._get_covered_kinds())]
        return self.env["open.balance.item"]._get_items_action(domain, ("group_by_partner",), at=self.balance_date)

    def _check_has_protocol(self):
        for run in self:
            if not run.has_protocol:
                raise UserError(
                    self.env._(
                        "%(run)s has nothing to reconcile: only a list of open items that was applied has.",
                        run=run.name,
                    )
                )


class ReportOpenBalanceProtocol(models.AbstractModel):
    _name = "report.account_open_balance.report_protocol"
    _description = "Reconciliation of a List"

    @api.model
    def _get_report_values(self, docids, data=None):
        # EXTENDS: who may not read a run gets none of it
        runs = self.env["open.balance.import"].browse(docids)
        runs.check_access("read")
        runs._check_has_protocol()
        return {
            "docs": runs,
            "protocols": {run.id: Protocol(run) for run in runs},
            "part_labels": self._get_part_labels(),
            "reason_labels": self._get_reason_labels(),
            "kind_labels": {"receivable": self.env._("Receivables"), "payable": self.env._("Payables"), "": "?"},
        }

    @api.model
    def _get_part_labels(self) -> dict[str, str]:
        """What became of rows, in the order in which it is printed."""
        labels = {
            "kept": self.env._("Unchanged"),
            "paid": self.env._("Left after payment"),
            "overpaid": self.env._("Overpaid"),
            "external": self.env._("External"),
            "review": self.env._("To review"),
            "skipped": self.env._("Repeated, zero"),
            "failed": self.env._("Failed"),
        }
        return {name: labels[name] for name in PART_NAMES}

    @api.model
    def _get_reason_labels(self) -> dict[str, str]:
        """Why account and list differ."""
        return {
            "not_transferred": self.env._("Documents not transferred to the accounting package in time"),
            "created_after_list": self.env._("Documents created in Odoo after the list"),
            "mentioned": self.env._("Documents left open as a row to review may mean them"),
            "review": self.env._("Rows to review, and the documents that they name"),
            "not_in_list": self.env._("Documents that the list need not name, as it is not complete"),
            "external": self.env._("External items, which are no documents of Odoo"),
            "skipped": self.env._("Rows that repeat others"),
            "failed": self.env._("Rows that could not be booked"),
            "entry": self.env._("Entries that are no documents"),
            "payment": self.env._("Unallocated payments"),
            "later": self.env._("Payments of this list that are dated after it"),
            "dated_later": self.env._("Documents that the list names, although they are dated after it"),
            "reopened": self.env._("Documents that a later list reopened"),
            "rounding": self.env._("Rounding of foreign currency"),
        }
