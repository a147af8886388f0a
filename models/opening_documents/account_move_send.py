"""Opening documents were sent from the system that the company came from: they are never sent again."""

from odoo import api, models

# Where other addons note that a posted document waits for being sent over their network.
WAITING_FIELDS = ("peppol_move_state",)


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_move_constraints(self, move):
        # EXTENDS 'account': every way of sending asks for these, by mail and by an e-invoicing network alike
        constraints = super()._get_move_constraints(move)
        if not move.open_balance_type:
            return constraints
        reason = self.env._(
            "%(document)s is an opening document: it was sent from the system that the company came from, "
            "and is not sent again.",
            document=move.display_name,
        )
        return {"opening_document": reason, **constraints}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _forget_sending(self):
        """What is never sent doesn't wait for it."""
        opening = self.filtered("open_balance_type")
        for name in WAITING_FIELDS if opening else ():
            if name in opening._fields:
                opening[name] = False

    @api.depends("open_balance_type")
    def _compute_display_send_button(self):
        # EXTENDS 'account'
        opening = self.filtered("open_balance_type")
        opening.display_send_button = False
        return super(AccountMove, self - opening)._compute_display_send_button()

    @api.depends("open_balance_type")
    def _compute_highlight_send_button(self):
        # EXTENDS 'account'
        opening = self.filtered("open_balance_type")
        opening.highlight_send_button = False
        return super(AccountMove, self - opening)._compute_highlight_send_button()
