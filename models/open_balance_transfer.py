from odoo import api, fields, models
from odoo.exceptions import UserError


class OpenBalanceTransfer(models.Model):
    """Hand-over of documents to the accounting package: from its date on, that package's list can hold them."""

    _name = "open.balance.transfer"
    _description = "Transfer"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, copy=False, default=lambda self: self.env._("New transfer"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="Lists with a balance date after this date can hold the documents.",
    )
    state = fields.Selection(
        [("open", "Transferred"), ("taken_back", "Taken Back")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
    )
    move_ids = fields.One2many("account.move", "open_balance_transfer_id", string="Documents")
    move_count = fields.Integer(compute="_compute_move_count")

    @api.depends("move_ids")
    def _compute_move_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                [("open_balance_transfer_id", "in", self.ids)], ["open_balance_transfer_id"], ["__count"]
            )
        )
        for transfer in self:
            transfer.move_count = counts.get(transfer, 0)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the gateway works as superuser with values that whoever calls it may choose
        raise UserError(self.env._("No transfer is made by e-mail."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_transferred(self):
        if self.move_ids:
            raise UserError(self.env._("Take the transfer back before you delete it: documents belong to it."))

    def action_collect(self):
        """Add every posted document up to the transfer's date that is in no transfer yet."""
        for transfer in self:
            transfer._check_open()
            Move = self.env["account.move"]
            moves = Move.search(
                [
                    *Move._get_open_balance_domain(transfer.company_id),
                    ("state", "=", "posted"),
                    ("date", "<=", transfer.date),
                    ("open_balance_transfer_id", "=", False),
                ]
            )
            moves._set_transfer(transfer)

    def action_take_back(self):
        """Take the transfer back: its documents count as not handed over."""
        for transfer in self:
            transfer._check_open()
            transfer.message_post(
                body=self.env._("Taken back with %(count)s documents.", count=transfer.move_count),
                message_type="comment",
            )
            transfer.move_ids._set_transfer(self.browse())
            transfer.state = "taken_back"

    def action_open_documents(self):
        """Show the documents of the transfer."""
        self.ensure_one()
        return self.move_ids._get_documents_action()

    def _check_open(self):
        """Raise when the transfer was taken back."""
        self.ensure_one()
        if self.state != "open":
            raise UserError(self.env._("%(transfer)s was taken back. Make a new one.", transfer=self.name))
