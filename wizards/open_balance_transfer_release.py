from odoo import api, fields, models


class OpenBalanceTransferRelease(models.TransientModel):
    """Asks why documents are released from their transfers, or a transfer is taken back."""

    _name = "open.balance.transfer.release"
    _description = "Release from a Transfer"

    reason = fields.Char()
    move_ids = fields.Many2many("account.move", readonly=True, string="Documents")
    transfer_id = fields.Many2one("open.balance.transfer", readonly=True)

    @api.model
    def _get_action(self, moves=None, transfer=None) -> dict:
        """The dialog for some documents, or for a whole transfer."""
        dialog = self.create(
            {
                "move_ids": [fields.Command.set(moves.ids)] if moves else [],
                "transfer_id": transfer.id if transfer else False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Back") if transfer else self.env._("Release from Transfer"),
            "res_model": self._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_release(self):
        """Release the documents, or take the transfer back."""
        self.ensure_one()
        if self.transfer_id:
            self.transfer_id.action_take_back(self.reason)
        self.move_ids._release_from_transfer(self.reason)
        return {"type": "ir.actions.act_window_close"}
