"""What keeps a plan from being booked when other runs, or the books, have moved on since it was made."""

from odoo import api, models
from odoo.exceptions import UserError

from ...engine import why_unknown
from ...messages import to_json
from ..open_balance_import_line import BOOKING_ACTIONS

# From a state on the left only to those on the right; a run that has started never becomes a draft again.
NEXT_STATES = {
    "draft": {"draft", "planned", "failed", "cancelled"},
    "planned": {"draft", "planned", "failed", "cancelled", "running"},
    "failed": {"draft", "planned", "failed", "cancelled"},
    "running": {"running", "planned", "done", "undone"},
    "done": {"done", "running", "undone"},
    "undone": {"undone"},
    "cancelled": {"cancelled"},
}
# These keep nothing of a line's partner.
KEPT_OF_NOBODY = ("review", "skip", "close_external", "adopt")


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _check_next_state(self, vals):
        """Raise when values would take a run back to a state that it has left."""
        if "state" in vals:
            for run in self:
                back = vals["state"] == "planned" and run.state == "running" and run._search_lines("done")
                if back or vals["state"] not in NEXT_STATES[run.state]:
                    raise UserError(self.env._("A run that has started can no longer be changed."))

    def _check_newest(self):
        """Raise when a newer list was applied since the preview: what this one says is past.

        Some kinds of list are of any date: none of them says what is open today.
        """
        last = self._get_list()._tells_what_is_open and self.source_id.last_balance_date
        if not last or self.balance_date >= last:
            return
        told = self.problem_ids.filtered(lambda problem: problem.code == "balance_date_older")
        if not any((problem.values or {}).get("last") == to_json({"last": last})["last"] for problem in told):
            raise UserError(
                self.env._("A newer list than %(run)s was applied since its preview. Plan again first.", run=self.name)
            )

    def _apply_gone(self):
        """Lines whose document was deleted since the preview fail."""
        self._search_lines("planned", action=BOOKING_ACTIONS, move_id=[False])._note(
            {"state": "failed", "result": self.env._("The document was deleted since the preview. Plan again.")}
        )

    def _apply_foreign(self):
        """Lines of partners that are no longer the company's, or that the user may not read, fail: nothing is kept of
        them."""
        Line = self.env["open.balance.import.line"]
        domain = [("import_id", "=", self.id), ("state", "=", "planned"), ("action", "not in", KEPT_OF_NOBODY)]
        partners = self.env["res.partner"].union(
            *(partner for (partner,) in Line._read_group([*domain, ("partner_id", "!=", False)], ["partner_id"]))
        )
        foreign = partners - partners._filter_of_company(self.company_id)
        Line.search([*domain, ("partner_id", "in", foreign.ids)])._note(
            {"state": "failed", "result": Line._get_foreign_message()}
        )

    def _is_still_running(self, undo=False) -> bool:
        """Whether the background job goes on with the run: between two chunks a person may have taken it back.

        :param undo: whether the job undoes the run
        """
        self._lock_run()
        return self.state == "running" and bool(self.undone_by_id) == undo


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _filter_own_partners(self):
        """The lines whose partners are their company's and may be read by the user; of others nothing is written.

        :param self: lines of one company
        :rtype: open.balance.import.line
        """
        own = self.partner_id._filter_of_company(self.company_id)
        return self.filtered(lambda line: line.partner_id in own)

    @api.model
    def _get_foreign_message(self) -> str:
        """Why nothing is written of a line's partner."""
        return self.env._("The partner belongs to another company, or you may not read it.")

    def _is_not_transferred(self) -> bool:
        """Whether the document may be absent after all: its transfer was taken back since the preview."""
        if self.reason_code not in ("absent", "loose_absent"):
            return False
        run, move, transfer = self.import_id, self.move_id, self.move_id.open_balance_transfer_id
        code = why_unknown(
            run.balance_date,
            run.source_id.uses_transfers,
            transfer.confirmed_on or None,
            run.company_id._get_open_balance_day(move.create_date),
            opening=bool(move.open_balance_type),
            pending=transfer.state == "handed_over",
        )
        return bool(code)

    def _check_fresh_externals(self):
        """The lines whose external items still are what they were when the run was planned; the others fail.

        :rtype: open.balance.import.line
        """
        waiting = {}
        if any(not line.external_id for line in self):
            items = self.env["open.balance.external.item"].search(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("source_id", "in", (*self.import_id.source_id.ids, False)),
                    ("partner_id", "in", self.partner_id.commercial_partner_id.ids),
                    ("id", "not in", self.import_id.line_ids.external_id.ids),
                ]
            )
            waiting = items.grouped(lambda item: (item.partner_id, item.kind, item.number, item.date, item.due_date))
        stale = self.filtered(lambda line: line._is_external_stale(waiting))
        stale._note(
            {"state": "failed", "result": self.env._("The external item has changed since the preview. Plan again.")}
        )
        return self - stale

    def _is_external_stale(self, waiting: dict) -> bool:
        """Whether another run has made, changed or closed the line's external item since the preview.

        :param waiting: open external items that this run does not name, by what they are known by
        """
        item = self.external_id
        if not item:
            partner = self.partner_id.commercial_partner_id
            return (partner, self.kind, self.number, self.date, self.due_date) in waiting
        changed = item.currency_id == self.currency_id and self.currency_id.compare_amounts(
            item.balance, self.booked_balance
        )
        return not item.active or bool(changed)
