from odoo import api, fields, models
from odoo.exceptions import UserError


class OpenBalanceProposal(models.TransientModel):
    """Which bills to pay: a list for whoever pays, in the accounting package or by Odoo's own wizard."""

    _name = "open.balance.proposal"
    _description = "Payment Proposal"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    due_until = fields.Date(required=True, default=fields.Date.context_today)
    minimum = fields.Monetary(
        currency_field="company_currency_id", help="Partners to whom less is due in all are left out."
    )
    net_credits = fields.Boolean(default=True, help="Credit notes and payments reduce what is paid.")
    partner_ids = fields.Many2many("res.partner", string="Partners", help="Empty = all.")
    item_ids = fields.Many2many("open.balance.item", compute="_compute_items", string="Proposed")
    total = fields.Monetary(compute="_compute_items", currency_field="company_currency_id", help="Negative = to pay.")
    ordered_message = fields.Char(compute="_compute_items")

    @api.depends("due_until", "minimum", "net_credits", "partner_ids", "company_id")
    def _compute_items(self):
        for proposal in self:
            items = proposal._get_items()
            proposal.item_ids = items
            proposal.total = sum(items.mapped("company_residual"))
            ordered = proposal._get_ordered(items)
            names = ", ".join(ordered.mapped("move_id.name"))
            proposal.ordered_message = names and self.env._("Already in a payment order: %(names)s.", names=names)

    def _get_items(self):
        """What is proposed: payables that are due, without disputed ones and partners below the minimum.

        :rtype: open.balance.item
        """
        domain = [
            ("kind", "=", "payable"),
            ("company_id", "=", self.company_id.id),
            ("due_date", "<=", self.due_until),
            ("blocked", "=", False),
            ("commercial_partner_id", "!=", False),
        ]
        if self.partner_ids:
            domain.append(("commercial_partner_id", "in", self.partner_ids.commercial_partner_id.ids))
        if not self.net_credits:
            domain.append(("residual", "<", 0))
        items = self.env["open.balance.item"].search(domain, order="commercial_partner_id, due_date, id")
        found = items.browse()
        for of_partner in items.grouped(lambda item: (item.commercial_partner_id, item.currency_id)).values():
            due = -sum(of_partner.mapped("company_residual"))
            if self.company_currency_id.compare_amounts(due, max(self.minimum, 0.0)) >= 0 and due > 0:
                found |= of_partner
        return found

    @api.model
    def _get_ordered(self, items):
        """Items that stand in a payment order which is not done yet, of an addon that has such orders.

        :rtype: open.balance.item
        """
        if "account.payment.line" not in self.env or "move_line_id" not in self.env["account.payment.line"]._fields:
            return items.browse()
        lines = self.env["account.payment.line"].search([("move_line_id", "in", items.line_id.ids)])
        return items.filtered(lambda item: item.line_id in lines.move_line_id)

    # === WHAT IS DONE WITH IT === #

    def action_open_items(self):
        """Show the proposed items as a list."""
        name = self.env._("Payment Proposal")
        return self.env["open.balance.item"]._get_items_action(
            [("id", "in", self.item_ids.ids)], ("group_by_partner",), name=name
        )

    def action_download(self):
        """Download the proposal as a spreadsheet, for the package in which it is paid."""
        return self._propose().action_download()

    def action_print(self):
        """Print the proposal."""
        return self._propose().action_print()

    def _propose(self):
        """Keep on the documents that they were proposed.

        :return: the proposed items
        """
        items = self.item_ids
        if not items:
            raise UserError(self.env._("Nothing is due for payment by these rules."))
        items.move_id._note_proposed(fields.Date.context_today(self))
        items.invalidate_model(["proposed_on"])
        return items

    def action_pay(self):
        """Pay in Odoo, by its own wizard. External items are no documents of Odoo and cannot be paid there."""
        lines = self.item_ids.line_id
        if not lines:
            raise UserError(self.env._("Nothing of the proposal can be paid in Odoo."))
        return lines.action_register_payment()
