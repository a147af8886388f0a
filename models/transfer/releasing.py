"""Documents leave what was handed over only by an accounting manager, who says why."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..open_balance_transfer import MANAGER
from ..open_balance_transfer_line import SENT


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_release_from_transfer(self):
        """Ask why the documents leave their transfers."""
        moves = self.filtered("open_balance_transfer_id")
        if not moves:
            raise UserError(self.env._("None of these documents was handed over."))
        return self.env["open.balance.transfer.release"]._get_action(moves=moves)

    def _release_from_transfer(self, reason: str):
        """Let documents count as not handed over.

        :param str reason: why
        :raise AccessError: if the user is no accounting manager
        """
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only an accounting manager releases documents from a transfer."))
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why."))
        self.check_access("write")
        for transfer, moves in self.filtered("open_balance_transfer_id").grouped("open_balance_transfer_id").items():
            transfer.check_access("write")
            transfer.line_ids.filtered(lambda line, moves=moves: line.move_id in moves)._release()
            moves._set_transfer(transfer.browse())
            names = ", ".join(moves.mapped("display_name"))
            transfer._tell(self.env._("Released: %(documents)s. Reason: %(reason)s", documents=names, reason=reason))
            for move in moves:
                move.message_post(
                    body=self.env._(
                        "Released from %(transfer)s. Reason: %(reason)s", transfer=transfer.name, reason=reason
                    )
                )


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    def action_ask_take_back(self):
        """Ask why the transfer is taken back."""
        self.ensure_one()
        return self.env["open.balance.transfer.release"]._get_action(transfer=self)


class OpenBalanceTransferLine(models.Model):
    _inherit = "open.balance.transfer.line"

    def _release(self):
        """Note that documents and partners are no longer handed over."""
        # By sudo: lines are nobody's to write but the hand-over's.
        self.filtered(lambda line: line.state in SENT).sudo().write({"state": "released", "is_there": False})
