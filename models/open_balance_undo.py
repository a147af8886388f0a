"""Undo of a run, with its three buckets: undone, reversed, kept."""

from odoo import models
from odoo.exceptions import UserError


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _apply_undo(self):
        """Take back what the run booked; what was changed by hand since is kept, and says why."""
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_state("done")
        lines = self._search_lines("done")
        result = lines._apply_undo_payments()
        lines._apply_undo_externals()
        lines._apply_undo_limits()
        self._apply_undo_partner_balances()
        self.write({"state": "undone", "undo_result": result})
        self.message_post(body=self._get_undo_sentence(), message_type="comment")

    def _get_undo_sentence(self) -> str:
        """How many payments Undo took back, and how."""
        result = self.undo_result or {}
        return self.env._(
            "%(undone)s payments were undone, %(reversed)s were reversed, %(kept)s were kept.",
            undone=result.get("undone", 0),
            reversed=result.get("reversed", 0),
            kept=result.get("kept", 0),
        )


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _apply_undo_payments(self) -> dict[str, int]:
        """Undo the payments of these lines, and settle again what a line had reopened.

        :return: number of payments ``undone``, ``reversed`` and ``kept``
        """
        paid = self.filtered("payment_id")
        result = paid.payment_id._undo_open_balance()
        for line in paid:
            if line.payment_id in result.kept:
                line.result = result.kept[line.payment_id]
            else:
                line.write(
                    {
                        "state": "undone",
                        "result": self.env._("Reversed") if line.payment_id in result.reversed else False,
                    }
                )
        for group in self.filtered("undo_payment_ids").grouped("move_id").values():
            group.filtered(lambda line: line.payment_id not in result.kept)._apply_undo_reopen()
        rest = ("keep", "pay", "close", "overpay", "set_balance", "zero_balance")
        (self - paid).filtered(lambda line: line.action in rest).state = "undone"
        return {"undone": len(result.undone), "reversed": len(result.reversed), "kept": len(result.kept)}

    def _apply_undo_reopen(self):
        """Pay a reopened document down to the residual that it had before the run."""
        if not self:
            return
        move, line = self.move_id, self[0]
        residual = sum(move._get_open_balance_lines().mapped("amount_residual_currency"))
        amount = line.currency_id.round(residual - sum(self.mapped("booked_balance")))
        if not line.currency_id.is_zero(amount):
            if amount * residual < 0 or abs(amount) > abs(residual):
                raise UserError(
                    self.env._("%(document)s has changed since: it cannot be put back.", document=move.display_name)
                )
            vals = {
                **self._prepare_payment_vals(),
                "amount": abs(amount),
                "payment_type": "inbound" if amount > 0 else "outbound",
            }
            self.env["account.payment"]._book_open_balance([vals], [line._spread(amount)])
        self.state = "undone"
