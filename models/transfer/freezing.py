"""What was handed over stays as it was handed over: the other ledger keeps it."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

# Of an opening document the other ledger is where it comes from.
IN_FORCE = ("handed_over", "confirmed")


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.constrains("state")
    def _check_handed_over(self):
        """Raise when a document that was handed over is no longer posted."""
        for move in self:
            if move.state != "posted":
                move._check_is_free()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        for move in self:
            move._check_is_free()

    def _check_is_free(self):
        """Raise when the document was handed over: names the transfer, and what can be done."""
        # By sudo: whoever changes documents need not see transfers, and the transfer may be a parent company's.
        transfer = self.sudo().open_balance_transfer_id
        if transfer.state not in IN_FORCE or self.sudo().open_balance_type:
            return
        raise UserError(
            self.env._(
                "%(document)s was handed over to the accounting package by %(transfer)s on %(date)s: there it stays as "
                "it is. Make a credit note, or let an accounting manager release it from the transfer first.",
                document=self.display_name,
                transfer=transfer.name,
                date=format_date(self.env, transfer.date),
            )
        )


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_open_balance_files(self):
        super()._check_open_balance_files()
        if self.env.su:
            return
        # By sudo: an attachment says what it belongs to, whoever may read that.
        ids = [one.id for one in self.sudo() if one.res_model == "open.balance.transfer"]
        if ids and self.env["open.balance.transfer"].sudo().search_count([("file_ids", "in", ids)], limit=1):
            raise AccessError(self.env._("The files of a transfer stay as they were handed over."))
