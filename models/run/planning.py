"""The run's way from files to lines: read, take a snapshot of the books, plan, store the plan as lines."""

from dataclasses import replace

from odoo import models

from ...engine import Assignment, Issue, ReadResult
from .download import CORRECTIONS_SHEET


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _plan(self):
        """Read the files, plan, and store the plan as the run's lines. Books nothing."""
        self.ensure_one()
        assigned = self._get_assignments()
        confirmed = self._get_confirmations()
        # Problems are no user's to write: a guard goes by being confirmed, and who did is kept.
        self.problem_ids.sudo().unlink()
        # Lines are nobody's to delete either: they go with the plan that they are.
        self.sudo().line_ids.unlink()
        results = self._read_files()
        issues = [*self._check_content(), *(issue for _file, result in results for issue in result.problems)]
        if not results or any(result.failed for _file, result in results):
            self._store_problems(issues or [Issue("stop", "no_file")], confirmed)
            self._note({"state": "failed", "totals": False, "needs_plan": False})
            return
        self._set_balance_date([result for _file, result in results])
        if any(result.detected.sheet == CORRECTIONS_SHEET for _file, result in results):
            self._note({"complete": False, "is_corrections": True})
        issues += [*self._check_source(), *self._check_layouts(results), *self._check_pages()]
        issues += self._tell_undated()
        issues = self._leave_out_confirmed(issues)
        found = self._get_list()._plan(self, results, assigned)
        self._store_problems([*issues, *found], confirmed)
        self._seal()
        self._note({"state": "planned", "needs_plan": False})

    def _read_files(self):
        """Read every file of the run as what is imported.

        :rtype: list[tuple[open.balance.import.file, ReadResult]]
        """
        list_ = self._get_list()
        options = replace(
            self.source_id._get_read_options(),
            kind=self.cover or self.source_id.cover or None,
            payables_sign=self.payables_sign or self.source_id.payables_sign or None,
            balance_date=self.balance_date if self.balance_date_origin == "given" else None,
            books=list_._get_witness(self),
        )
        results = [file._read(options) for file in self.file_ids]
        return list(zip(self.file_ids, list_._join_pages(results), strict=True))

    def _set_balance_date(self, results: list[ReadResult]):
        """The date as a person gave it, else the latest that a file names, else by when the list came."""
        if self.balance_date_origin == "given" and self.balance_date:
            return
        found = [result.detected.balance_date for result in results if result.detected.balance_date]
        day, origin = (max(found), "file") if found else self._get_undated_day()
        self._note({"balance_date": day, "balance_date_origin": origin})

    @staticmethod
    def _index_assignments(items, assigned) -> dict[int, Assignment]:
        """What a person assigned, by the item's place in the list that is planned."""
        return {
            index: assigned[file.id, item.row]
            for index, (file, item) in enumerate(items)
            if (file.id, item.row) in assigned
        }

    def _get_assignments(self) -> dict[tuple[int, int], Assignment]:
        """What a person assigned on lines, by file and row: it outlives planning again."""
        self._search_lines("planned", remember_number=[True])._remember_numbers()
        return {
            (line.file_id.id, line.row): Assignment(
                partner_id=line.partner_id.commercial_partner_id.id or 0, book_id=line.move_id.id or 0
            )
            for line in self._search_lines("planned", is_assigned=[True])
            if line.row
        }

    def _get_confirmations(self) -> dict[tuple, tuple]:
        """Guards that a person confirmed, by what they said: the same guard of the same list need not be confirmed
        twice."""
        return {
            (problem.code, problem.file_name or "", problem.row): (
                problem.values,
                problem.confirmed_for,
                problem.confirmed_by_id.id,
                problem.confirmed_on,
            )
            for problem in self.problem_ids
            if problem.confirmed_by_id
        }

    def _store_problems(self, issues, confirmed):
        """Keep the issues as the run's problems; a guard that says the same of the same list stays confirmed."""
        vals_list = []
        list_checksum = self._get_confirmation_checksum()
        for issue in issues:
            vals = {**self.env["open.balance.import.problem"]._prepare_vals(issue), "import_id": self.id}
            said, *confirmation = confirmed.get((issue.code, issue.file, issue.row or 0), (None, None))
            if said == vals["values"] and confirmation[0] == list_checksum:
                vals |= dict(zip(("confirmed_for", "confirmed_by_id", "confirmed_on"), confirmation, strict=True))
            vals_list.append(vals)
        self.env["open.balance.import.problem"].sudo().create(vals_list)

    def _get_payment_date(self, move):
        """The date on which a payment of the document is booked, as the source says."""
        policy = self.source_id.payment_date
        if policy == "document":
            return move.invoice_date or move.date
        if policy == "due":
            return move._get_open_balance_due_date()
        return self.source_id.fixed_payment_date if policy == "fixed" else self.balance_date
