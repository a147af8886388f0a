from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from . import open_balance_protected  # noqa: F401  # extended here


class OpenBalanceTransfer(models.Model):
    """Hand-over of documents to the accounting package: from its date on, that package's list can hold them."""

    _name = "open.balance.transfer"
    _description = "Transfer"
    _inherit = ["open.balance.protected", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    _user_fields = frozenset({"name", "company_id", "date"})

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
        copy=False,
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

    def write(self, vals):
        """The date decides which lists can hold the documents: changing it leaves a note, whoever does it and how."""
        self.check_access("write")
        before = {transfer: transfer.date for transfer in self}
        if not self.env.su and "date" in vals:
            for transfer in self:
                transfer._check_open()
        if not self.env.su and "company_id" in vals and any(transfer.sudo().move_ids for transfer in self):
            raise UserError(self.env._("The company of a transfer with documents can no longer be changed."))
        result = super().write(vals)
        if "date" in vals:  # it says whether a list can contain the documents
            self.env["res.partner"]._invalidate_open_balances()
        for transfer, date in before.items():
            if transfer.date != date:
                transfer._tell(
                    self.env._(
                        "Date changed from %(before)s to %(after)s.",
                        before=format_date(self.env, date),
                        after=format_date(self.env, transfer.date),
                    )
                )
        return result

    def _tell(self, text: str):
        """Leave a note on the transfer."""
        # No comment: its author could change that afterwards.
        self.message_post(body=text)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the gateway works as superuser with values that whoever calls it may choose
        raise UserError(self.env._("No transfer is made by e-mail."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_transferred(self):
        # Documents of companies that the user may not enter belong to it as well.
        if self.sudo().move_ids:
            raise UserError(self.env._("Take the transfer back before you delete it: documents belong to it."))

    def action_collect(self):
        """Add every posted document up to the transfer's date that is in no transfer yet."""
        for transfer in self:
            transfer.check_access("write")
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
            transfer._tell(self.env._("%(count)s documents added.", count=len(moves)))

    def action_take_back(self):
        """Take the transfer back: its documents count as not handed over."""
        for transfer in self:
            transfer.check_access("write")
            transfer._check_open()
            transfer._check_documents()
            transfer._tell(self.env._("Taken back with %(count)s documents.", count=transfer.move_count))
            transfer.move_ids._set_transfer(self.browse())
            transfer._note({"state": "taken_back"})

    def action_open_documents(self):
        """Show the documents of the transfer."""
        self.ensure_one()
        return self.move_ids._get_documents_action()

    def _check_documents(self):
        """Raise when documents of branches that the user may not enter, and so does not see, are in the transfer."""
        self.ensure_one()
        # By sudo: only whether there are such documents is asked.
        documents = self.sudo().move_ids.sudo(False)
        if documents - documents._filtered_access("write"):
            raise AccessError(
                self.env._("%(transfer)s has documents of branches that you may not enter.", transfer=self.name)
            )

    def _check_open(self):
        """Raise when the transfer was taken back."""
        self.ensure_one()
        if self.state != "open":
            raise UserError(self.env._("%(transfer)s was taken back. Make a new one.", transfer=self.name))
