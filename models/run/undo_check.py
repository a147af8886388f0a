"""Undo trusts nothing that is stored on a line: whose the records are that it names is asked before it acts on them."""

from odoo import models


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _filter_own(self):
        """The lines whose documents and payments are their run's; the others of a document are kept, and say so.

        :rtype: open.balance.import.line
        """
        # By sudo: what is not the run's may be what the user may not read. Nothing but whose it is, is asked.
        lines = self.sudo()
        foreign = lines.filtered(lambda line: line._names_other_company() or line._names_other_document())
        foreign |= lines._get_named_by_others()
        foreign |= lines.filtered(lambda line: line.move_id & foreign.move_id)
        kept = self.browse(foreign.ids)
        kept._note({"result": self.env._("Kept: it names a document or payment that is not its own.")})
        return self - kept

    def _get_named_payments(self):
        """All payments that the lines name.

        :rtype: account.payment
        """
        return self.payment_id | self.reopened_payment_id | self.undo_payment_ids

    def _names_other_company(self) -> bool:
        """Whether a record of the line is neither its company's nor a branch's."""
        companies = self.move_id.company_id | self._get_named_payments().company_id
        return any(self.company_id not in company.parent_ids for company in companies)

    def _names_other_document(self) -> bool:
        """Whether a payment of the line was booked for another document than the line's."""
        return bool(self.move_id) and any(
            self.move_id not in payment._get_booked_documents() for payment in self._get_named_payments()
        )

    def _get_named_by_others(self):
        """The lines whose payment or created document a line of another run has booked or created as well.

        :rtype: open.balance.import.line
        """
        others = self.search(
            [
                ("import_id", "not in", self.import_id.ids),
                ("action", "!=", "skip"),
                "|",
                ("payment_id", "in", self.payment_id.ids),
                "&",
                ("action", "=", "create"),
                ("move_id", "in", self.filtered(lambda line: line.action == "create").move_id.ids),
            ]
        )
        created = others.filtered(lambda line: line.action == "create").move_id
        return self.filtered(
            lambda line: line.payment_id & others.payment_id or (line.action == "create" and line.move_id & created)
        )


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _get_booked_documents(self):
        """The documents that the import booked the payment for: by what the payment remembers, else by its lines.

        :rtype: account.move
        """
        booked = self.env["account.move.line"].browse(self._get_open_balance_targets()).exists().move_id
        return booked or self.env["open.balance.import.line"].search([("payment_id", "=", self.id)]).move_id
