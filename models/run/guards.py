"""Guards that need the books: what keeps a run from being applied, or wants attention before it is."""

import re

from odoo import models

from ...engine import Issue


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _check_content(self) -> list[Issue]:
        """Files that are known as a list of another kind: what is open and not in such a list would be closed."""
        Kinds = self.env["open.balance.list"]
        found = {file: file._find_per() for file in self.file_ids}
        return [
            Issue("stop", Kinds._of(per)._known_issue, {"file": file.name}, file=file.name)
            for file, per in found.items()
            if per and per != self.per
        ]

    def _check_company_of_files(self, results) -> list[Issue]:
        """A heading that lacks the source's text, or names another company of this database and not this one."""
        # Names of companies that the user may not enter are needed to see that a list is theirs.
        related = self.company_id | self.company_id.parent_ids
        others = self.env["res.company"].sudo().search([("id", "not in", related.ids)]).mapped("name")
        issues = []
        for file, result in results:
            heading = "\n".join(result.detected.preamble).casefold()
            text = self.source_id.company_text
            foreign = [name for name in others if len(name) > 3 and _names(heading, name)]
            if text and text.casefold() not in heading:
                issues.append(Issue("stop", "other_company", {"expected": text}, file=file.name))
            elif foreign and not _names(heading, self.company_id.name):
                issues.append(Issue("stop", "other_company", {"expected": self.company_id.name}, file=file.name))
        return issues

    def _check_branches(self) -> list[Issue]:
        """Branches that the user may not enter: their documents would look unknown, and become external items."""
        # Only the names of the branches are told, and whether they have documents at all.
        branches = self.company_id.sudo().search([("id", "child_of", self.company_id.id)]) - self.env.companies
        hidden = branches.filtered(
            lambda branch: (
                self.env["account.move"]
                .sudo()
                .search_count(
                    [*self.env["account.move"]._get_open_balance_domain(branch), ("state", "=", "posted")], limit=1
                )
            )
        )
        return [Issue("stop", "branches_hidden", {"branches": hidden.mapped("name")})] if hidden else []

    def _check_checksums(self) -> list[Issue]:
        """Say which files were applied before."""
        same = self.env["open.balance.import.file"].search(
            [
                ("checksum", "in", self.file_ids.mapped("checksum")),
                ("import_id", "!=", self.id),
                ("import_id.state", "in", ("running", "done")),
                ("company_id", "=", self.company_id.id),
            ]
        )
        runs = {file.checksum: file.import_id for file in same}
        return [
            Issue("warning", "file_applied_before", {"run": runs[file.checksum].name}, file=file.name)
            for file in self.file_ids
            if file.checksum in runs
        ]

    def _check_journal(self) -> list[Issue]:
        """A clearing journal that payments cannot be booked on; one that is not there yet is made on first use."""
        journal = self.source_id.journal_id
        methods = journal.inbound_payment_method_line_ids and journal.outbound_payment_method_line_ids
        if not journal or (journal.active and journal.default_account_id and methods):
            return []
        return [Issue("stop", "journal_missing", {"journal": journal.display_name})]


def _names(heading: str, name: str) -> bool:
    """Whether a heading (casefolded) holds a name as words of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", heading))
