from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from . import open_balance_protected  # noqa: F401  # extended here

MANAGER = "account.group_account_manager"


class OpenBalanceTransfer(models.Model):
    """Hand-over of documents to the accounting package: that package's list can hold them once it is confirmed.

    Without an accounting package a transfer is only a record of what was handed over by other means: what is put into
    it counts as booked there on its date.
    """

    _name = "open.balance.transfer"
    _description = "Transfer"
    _inherit = ["open.balance.protected", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    _user_fields = frozenset({"name", "company_id", "date", "package_id"})

    name = fields.Char(required=True, copy=False, default=lambda self: self.env._("New transfer"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="Documents up to this date are handed over.",
    )
    state = fields.Selection(
        [
            ("draft", "New"),
            ("handed_over", "Handed Over"),
            ("confirmed", "Confirmed"),
            ("taken_back", "Taken Back"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    confirmed_on = fields.Date(
        readonly=True,
        copy=False,
        tracking=True,
        help="The accounting package has booked the documents: only lists with a later balance date can hold them.",
    )
    package_id = fields.Many2one(
        "open.balance.package",
        "Accounting Package",
        index=True,
        check_company=True,
        ondelete="restrict",
        help="Where the documents go. Leave empty to record what was handed over by other means.",
    )
    made_on = fields.Datetime("Handed over on", readonly=True, copy=False)
    line_ids = fields.One2many("open.balance.transfer.line", "transfer_id", string="Lines", readonly=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
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
        """The date of a record decides which lists can hold its documents: changing it leaves a note, whoever does it
        and how."""
        self.check_access("write")
        before = {transfer: transfer.date for transfer in self}
        if not self.env.su:
            for transfer in self:
                transfer._check_change(vals)
        result = super().write(vals)
        if not {"package_id", "company_id"}.isdisjoint(vals):  # others may have to be handed over
            self.line_ids._drop()
        for transfer, date in before.items():
            if transfer.date != date:
                transfer._follow_date(date)
        if "date" in vals:  # it says whether a list can contain the documents
            self.env["res.partner"]._invalidate_open_balances()
        return result

    def _check_change(self, vals):
        """Raise when a user changes what is part of what was handed over."""
        if "date" in vals:
            self._check_date_is_free()
        if "package_id" in vals and self.state != "draft":
            raise UserError(self.env._("What was handed over stays with its accounting package."))
        # Documents of companies that the user may not enter belong to it as well.
        if "company_id" in vals and self.sudo().move_ids:
            raise UserError(self.env._("The company of a transfer with documents can no longer be changed."))

    def _follow_date(self, before):
        """Note another date; what is only recorded is confirmed by it."""
        self.line_ids.filtered(lambda line: line.date and line.date > self.date)._drop()
        if self.state == "confirmed" and self._is_record():
            self._note({"confirmed_on": self.date})
        self._tell(
            self.env._(
                "Date changed from %(before)s to %(after)s.",
                before=format_date(self.env, before),
                after=format_date(self.env, self.date),
            )
        )

    def _check_date_is_free(self):
        """Raise when the date of a transfer is part of what was handed over."""
        self._check_in_force()
        if not self._is_record() and self.state != "draft":
            raise UserError(self.env._("%(transfer)s was handed over: its date stays.", transfer=self.name))

    def _is_record(self) -> bool:
        """Whether the transfer only records what was handed over by other means."""
        self.ensure_one()
        return self.package_id.format in (False, "record")

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

        if any(transfer.made_on for transfer in self):
            raise UserError(self.env._("What was handed over stays, with its files: take the transfer back instead."))

    # === FROM STATE TO STATE === #

    def action_collect(self):
        """Add every posted document up to the transfer's date that is in no transfer yet."""
        for transfer in self:
            transfer.check_access("write")
            transfer._check_in_force()
            transfer._collect()

    def _collect(self):
        """Put what is to be handed over into the transfer."""
        if not self._is_record():
            self._collect_lines()
            return
        moves = self.env["account.move"].search(self._get_collect_domain())
        moves._set_transfer(self)
        self._tell(self.env._("%(count)s documents added.", count=len(moves)))

    def _get_collect_domain(self) -> list:
        """Which documents the transfer collects. Extension point."""
        return [
            *self.env["account.move"]._get_open_balance_domain(self.company_id),
            ("state", "=", "posted"),
            ("date", "<=", self.date),
            ("open_balance_transfer_id", "=", False),
            *self.package_id._get_document_domain(),
        ]

    def _confirm(self, day):
        """Let the documents count as booked in the accounting package from a day on.

        :param datetime.date day: the first list that can hold them is one of a later day
        """
        self._note({"state": "confirmed", "confirmed_on": day, "confirmed_by_id": self.env.uid})
        self.env["res.partner"]._invalidate_open_balances()

    def action_take_back(self, reason=""):
        """Take the transfer back: its documents count as not handed over.

        :param str reason: why; asked for once the documents were confirmed as booked there
        """
        for transfer in self:
            transfer.check_access("write")
            transfer._check_in_force()
            transfer._check_may_take_back(reason)
            transfer._check_documents()
            transfer._tell(self.env._("Taken back with %(count)s documents.", count=transfer.move_count))
            if reason:
                transfer._tell(self.env._("Reason: %(reason)s", reason=reason))
            transfer._take_back()

    def _take_back(self):
        """Let the documents count as not handed over."""
        self.move_ids._set_transfer(self.browse())
        self.line_ids._release()
        self._note({"state": "taken_back", "confirmed_on": False, "confirmed_by_id": False})

    def _check_may_take_back(self, reason):
        """Raise when the user may not take the transfer back, or has to say why."""
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only an accounting manager takes back what was handed over."))
        if not self._is_record() and self.state == "confirmed" and not (isinstance(reason, str) and reason.strip()):
            raise UserError(
                self.env._("%(transfer)s is confirmed as booked there. Say why it is taken back.", transfer=self.name)
            )

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

    def _check_in_force(self):
        """Raise when the transfer was taken back."""
        self.ensure_one()
        if self.state == "taken_back":
            raise UserError(self.env._("%(transfer)s was taken back. Make a new one.", transfer=self.name))
