"""The kind of lists with one amount per debtor: balances and credit limits are kept, no document is touched."""

from odoo import api, models

from ...engine import read_balances
from .balances import BALANCE_ACTIONS


class OpenBalanceListDebtor(models.AbstractModel):
    """Lists of debtor balances."""

    _name = "open.balance.list.debtor"
    _description = "List of Debtor Balances"
    _inherit = "open.balance.list"

    @api.model
    def _read(self, data, name, options):
        return read_balances(data, name, options)

    @api.model
    def _plan(self, run, results, assigned):
        return run._plan_debtors(results, assigned)

    @api.model
    def _apply_rest(self, run):
        run._apply_debtors()

    @api.model
    def _apply_undo_rest(self, run):
        run._search_lines("done", action=BALANCE_ACTIONS)._apply_undo_limits()

    @api.model
    def _get_apply_sentence(self, run):
        return self.env._(
            "Apply sets balances or credit limits of %(changed)s debtors and sets %(absent)s absent ones to zero. "
            "No document is touched. %(review)s rows are left for you to review.",
            changed=run.summary["set_balance"]["count"],
            absent=run.summary["zero_balance"]["count"],
            review=run.review_count,
        )
