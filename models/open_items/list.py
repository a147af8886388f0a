"""The kind of lists of open items: documents of the books are brought to the balances that the list gives them."""

from odoo import api, models

from ...engine import join_item_pages, read
from ..open_balance_import_line import BOOKING_ACTIONS, EXTERNAL_ACTIONS


class OpenBalanceListItem(models.AbstractModel):
    """Lists of open items."""

    _name = "open.balance.list.item"
    _description = "List of Open Items"
    _inherit = "open.balance.list"

    _tells_open_items = True
    _booking_actions = BOOKING_ACTIONS

    @api.model
    def _get_witness(self, run):
        return run._get_witness()

    @api.model
    def _read(self, data, name, options):
        return read(data, name, options)

    @api.model
    def _join_pages(self, results):
        return join_item_pages(results)

    @api.model
    def _plan(self, run, results, assigned):
        return run._plan_items(results, assigned)

    @api.model
    def _fails_by_itself(self, line):
        return line.action in ("keep", *BOOKING_ACTIONS) and (not line.move_id or line._is_stale())

    # === BOOKING === #

    @api.model
    def _get_keys_to_book(self, run):
        lines = run._search_lines("planned", action=BOOKING_ACTIONS)
        lines.fetch(["move_id"])
        return lines.move_id.ids

    @api.model
    def _group_lines_to_book(self, run, keys):
        lines = run._search_lines("planned", action=BOOKING_ACTIONS, move_id=keys)
        return list(lines.grouped("move_id").values())

    @api.model
    def _apply_groups(self, run, groups):
        Line = self.env["open.balance.import.line"]
        fresh = [group for group in groups if group._check_fresh()]
        reopened = Line.union(*fresh).filtered("undo_payment_ids")
        if reopened:
            reopened._apply_reopen()
        paid = [group for group in fresh if any(group.mapped("payment_amount"))]
        payments = self.env["account.payment"]._book_open_balance(
            [group._prepare_payment_vals() for group in paid], [group._get_allocations() for group in paid]
        )
        for group, payment in zip(paid, payments, strict=True):
            group._note({"payment_id": payment.id})
        Line.union(*fresh)._note({"state": "done", "result": False})

    @api.model
    def _apply_rest(self, run):
        run._apply_gone()
        run._search_lines("planned", action=EXTERNAL_ACTIONS)._check_fresh_externals()._apply_externals()
        run._apply_confirmed_externals()

    @api.model
    def _apply_figures(self, run):
        run._apply_partner_balances()

    @api.model
    def _apply_undo_rest(self, run):
        run._apply_undo_externals()

    # === WHAT IS SAID === #

    @api.model
    def _get_agreement_sentence(self, run):
        agreement = (run.totals or {}).get("agreement")
        if not agreement:
            return ""
        return self.env._(
            "%(numbers)s of %(items)s numbers, %(amounts)s amounts and %(dates)s dates agree with Odoo.", **agreement
        )

    @api.model
    def _get_apply_sentence(self, run):
        summary = run.summary
        paid = [summary[action] for action in ("pay", "close", "overpay")]
        externals = sum(summary[action]["count"] for action in EXTERNAL_ACTIONS)
        sentence = self.env._(
            "Apply will book as paid outside: %(payments)s (%(amount)s), of which absent from the list: "
            "%(closed)s; reopen: %(reopened)s; create, update or close as external open items: %(externals)s. "
            "Left for you to review: %(review)s.",
            payments=sum(values["count"] for values in paid),
            amount=run.company_currency_id.format(sum(values["amount"] for values in paid)),
            closed=summary["close"]["count"],
            reopened=summary["reopen"]["count"],
            externals=externals,
            review=summary["review"]["count"],
        )
        if cancelled := summary["cancel"]["count"]:
            sentence += " " + self.env._(
                "Payments of earlier imports that settle nothing any more, to be cancelled: %(count)s.",
                count=cancelled,
            )
        return sentence
