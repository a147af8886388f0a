"""While opening documents are being created, their partners are locked for posting."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_opening_lock(self):
        """Refuse to post anything for a partner whose opening documents are being created at this moment.

        :raise UserError: names the partners and the import
        """
        runs = self._get_opening_runs()
        if not runs:
            return
        partners = self.filtered(lambda move: not move._is_booked_by_import())._get_open_balance_lines().partner_id
        runs = runs._filter_creating_for(partners.commercial_partner_id)
        if not runs:
            return
        raise UserError(
            self.env._(
                "Opening documents of %(partners)s are being created by %(runs)s. Post this when the import has ended. "
                "If it came to a halt, its messages say why: correct that, or undo the import.",
                partners=", ".join(partners.commercial_partner_id.mapped("display_name")),
                runs=", ".join(runs.mapped("name")),
            )
        )

    def _get_opening_runs(self):
        """The opening imports that may be creating documents of these companies or of their branches.

        :rtype: open.balance.import
        """
        # Whoever posts need not be allowed to see imports.
        runs = self.env["open.balance.import"].sudo()
        runs = runs.search(
            [("per", "=", "opening"), ("state", "in", ("planned", "running")), ("undone_by_id", "=", False)]
        )
        return runs and runs.filtered(lambda run: run.company_id.root_id in self.company_id.root_id)

    def _is_booked_by_import(self) -> bool:
        """Whether an import books it: a document, a payment, what takes them back or evens out their exchange rates."""
        # As above: payments and the entry that is reversed may be hidden from whoever posts.
        origin = self.sudo() | self.sudo().reversed_entry_id
        return (
            any(move.open_balance_type or move.origin_payment_id.open_balance_booking for move in origin)
            or self.journal_id == self.company_id.currency_exchange_journal_id
        )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _filter_creating_for(self, partners):
        """Those of the imports that are creating documents of some partners at this moment.

        :param res.partner partners: commercial ones
        :rtype: open.balance.import
        """
        groups = self.env["open.balance.import.line"]._read_group(
            [
                ("import_id", "in", self.ids),
                ("partner_id.commercial_partner_id", "in", partners.ids),
                ("action", "=", "create"),
                ("state", "in", ("planned", "done")),
            ],
            ["import_id"],
        )
        runs = self.browse().union(*(run for (run,) in groups))
        planned = runs.filtered(lambda run: run.state == "planned")
        return runs - planned._filter_unlocked()

    def _filter_unlocked(self):
        """Those of the imports that no other transaction is applying.

        :rtype: open.balance.import
        """
        if not self:
            return self
        # Raw SQL: the ORM has only locks that exclude each other, and those who post need not wait for one another.
        # An import that is being applied in another transaction has its row locked and is left out. The others cannot
        # be started until this transaction ends.
        rows = self.env.execute_query(
            SQL("SELECT id FROM open_balance_import WHERE id IN %s FOR SHARE SKIP LOCKED", tuple(self.ids))
        )
        return self.browse([run_id for (run_id,) in rows])
