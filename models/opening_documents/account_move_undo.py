"""Opening documents are taken back: cancelled, or reversed where that is refused."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...engine import PAYMENT_TYPES


class AccountMove(models.Model):
    _inherit = "account.move"

    def _set_posted_again(self):
        """Note that a person posts again what an Undo had taken back: no list creates it a second time."""
        undone = self.filtered("open_balance_is_undone")
        # Whoever posts need not be allowed to see imports or payments.
        payments = self.filtered("posted_before").sudo().origin_payment_id.filtered("open_balance_booking")
        if not undone and not payments:
            return
        undone.sudo().open_balance_is_undone = False
        lines = self.env["open.balance.import.line"].sudo()
        lines = lines.search(
            [
                ("action", "=", "create"),
                ("state", "=", "undone"),
                "|",
                ("move_id", "in", undone.ids),
                "&",
                ("payment_id", "in", payments.ids),
                ("document_type", "in", PAYMENT_TYPES),
            ]
        )
        lines.write({"state": "done", "result": self.env._("It was posted again by hand.")})

    def _get_change_since_opening(self):
        """A sentence if the document is no longer in force, or left the house, else False.

        :rtype: str | bool
        """
        self.ensure_one()
        if self.state == "cancel":
            return self.env._("It was cancelled already.")
        if self.state != "posted":
            return self.env._("It was reset to draft.")
        if reversal := self.reversal_move_ids.filtered(lambda move: move.state == "posted")[:1]:
            return self.env._("It was reversed already by %(entry)s.", entry=reversal.name)
        if self.is_move_sent or self.sending_data:
            return self.env._("It was sent.")
        return False

    def _undo_opening(self) -> dict:
        """Cancel these documents, or reverse those for which that is refused, and take them out of their transfer.

        :return: those that were reversed, with the reason
        :rtype: dict[account.move, str]
        :raise UserError: if neither is possible for one of them
        """
        result = self._undo_open_balance()
        for reason in result.kept.values():
            raise UserError(reason)
        transfers = self.open_balance_transfer_id
        # These fields are nobody's to write, but the import's; that a document left its transfer is no news of it.
        moves = self.sudo().with_context(tracking_disable=True)
        moves.write({"open_balance_is_undone": True, "open_balance_transfer_id": False})
        transfers._take_back_empty()
        return {move: reason for move, (_entry, reason) in result.reversed.items()}

    def _get_refusal_to_cancel(self):
        # EXTENDS
        self.ensure_one()
        if self.inalterable_hash:
            return self.env._("It is secured.")
        if locks := self._get_violated_lock_dates(self.date, self._affect_tax_report()):
            return self.env._("Its date is locked: %(locks)s.", locks=self.company_id._format_lock_dates(locks))
        return False

    # === REVERSAL === #

    def _cancel_open_balance(self):
        self.button_cancel()

    def _get_reversal(self):
        return self.reversal_move_ids.filtered(lambda move: move.state == "posted").sorted("id")[-1:]

    def _reverse_open_balance(self):
        """An entry mirrors the items as they are; of a credit note Odoo would compute rates and taxes of today.

        :raise UserError: if one of them would stay open
        """
        self.line_ids.remove_move_reconcile()
        entries = self.with_context(skip_invoice_sync=True).create(
            [move._prepare_opening_reversal_vals() for move in self]
        )
        # Odoo reconciles an entry on posting with the one that it reverses.
        entries.with_context(move_reverse_cancel=True)._post(soft=False)
        for move in self:
            if not all(move._get_open_balance_lines().mapped("reconciled")):
                raise UserError(self.env._("%(document)s cannot be settled by a reversal.", document=move.name))

    def _prepare_opening_reversal_vals(self):
        """Values of the entry that reverses a document, today or on the first date that is not locked."""
        journal = self._get_opening_reversal_journal()
        date = fields.Date.context_today(self)
        if locks := self.company_id._get_violated_lock_dates(date, self._affect_tax_report(), journal):
            date = fields.Date.add(locks[-1][0], days=1)
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "date": date,
            "ref": self.env._("Reversal of: %(document)s", document=self._get_move_display_name(show_ref=True)),
            "reversed_entry_id": self.id,
            "fiscal_position_id": False,
            "line_ids": [
                Command.create(line._prepare_opening_reversal_vals())
                for line in self.line_ids
                if line.display_type not in ("line_section", "line_subsection", "line_note")
            ],
        }

    def _get_opening_reversal_journal(self):
        """The document's own journal if it is one of opening documents, where numbers say nothing; else a general one.

        :rtype: account.journal
        """
        if self.journal_id.open_balance_opening or self.journal_id.type == "general":
            return self.journal_id
        return self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(self.company_id), ("type", "=", "general")], limit=1
        )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _prepare_opening_reversal_vals(self):
        """Values of the item that mirrors this one."""
        return {
            "name": self.name,
            "account_id": self.account_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_currency": -self.amount_currency,
            "balance": -self.balance,
            "date_maturity": self.date_maturity,
            "analytic_distribution": self.analytic_distribution,
            "tax_ids": [Command.set(self.tax_ids.ids)],
            "tax_tag_ids": [Command.set(self.tax_tag_ids.ids)],
            "tax_repartition_line_id": self.tax_repartition_line_id.id,
            "group_tax_id": self.group_tax_id.id,
        }


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def _get_exchange_origin(self):
        """The reconciliations whose exchange difference this one settles.

        :rtype: account.partial.reconcile
        """
        return (self.debit_move_id | self.credit_move_id).move_id.exchange_diff_partial_ids


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    def _take_back_empty(self):
        """Take back those in which no document is left: the import that made them was undone."""
        # A transfer's state is nobody's to write; documents of companies that the user may not enter belong to it, too.
        for transfer in self.sudo():
            if transfer.state == "confirmed" and not transfer.move_ids:
                transfer.write({"state": "taken_back", "confirmed_on": False})
                transfer._tell(self.env._("Taken back: the import that made it was undone."))
