"""Guards that need the books: what keeps a run from being applied, or wants attention before it is."""

import re
from datetime import date as Date

from odoo import models

from ...engine import PAYMENT_TYPES, Issue, Plan
from .entry import is_opening_file

# So many documents are named in one sentence.
SHOWN = 3


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_guards(self, results, planned: Plan) -> list[Issue]:
        """Guards that need the books: another company's list, a locked period, a file that was applied before."""
        guards = [*self._check_company_of_files(results), *self._check_checksums(), *self._check_branches()]
        if any(action.payment for action in planned.actions):
            guards += [
                *self._check_journal(),
                *self._check_lock_dates(planned),
                *self._check_unallocated(planned),
            ]
        return [*guards, *self._check_receipts()]

    def _check_content(self) -> list[Issue]:
        """Files that are known as a list of opening documents, in a run that imports something else: what is open
        and not in such a list would be closed."""
        if self.per == "opening":
            return []
        return [
            Issue("stop", "list_of_opening", {"file": file.name}, file=file.name)
            for file in self.file_ids
            if is_opening_file(file.name, file.content)
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

    def _check_lock_dates(self, planned: Plan) -> list[Issue]:
        """Payment dates in a locked period: Odoo would move them silently."""
        moves = self.env["account.move"].browse({action.book_id for action in planned.actions if action.payment})
        moves.fetch(["name", "company_id", "date", "invoice_date", "invoice_date_due"])
        dates = {}
        for move in moves:
            key = (move.company_id, self._get_payment_date(move))
            dates.setdefault(key, move)
        issues = []
        for (company, date), move in dates.items():
            message = self.env["account.payment"]._get_open_balance_lock_message(
                company, self.source_id.journal_id, date
            )
            if message:
                issues.append(Issue("stop", "period_locked", {"document": move.name, "date": date, "lock": message}))
        return issues

    def _check_journal(self) -> list[Issue]:
        """A clearing journal that payments cannot be booked on; one that is not there yet is made on first use."""
        journal = self.source_id.journal_id
        methods = journal.inbound_payment_method_line_ids and journal.outbound_payment_method_line_ids
        if not journal or (journal.active and journal.default_account_id and methods):
            return []
        return [Issue("stop", "journal_missing", {"journal": journal.display_name})]

    def _check_unallocated(self, planned: Plan) -> list[Issue]:
        """Payments in Odoo that are allocated to nothing and have the very amount to be booked: the same one?"""
        to_pay = {
            (action.partner_id, action.currency, float(-action.payment)): action.reason.values["document"]
            for action in planned.actions
            if action.payment and action.type in ("pay", "close")
        }
        lines = self.env["account.move.line"].search_fetch(
            [
                ("company_id", "in", self.env.companies.ids),
                ("account_type", "in", ("asset_receivable", "liability_payable")),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("partner_id", "in", list({partner_id for partner_id, _currency, _amount in to_pay})),
                ("payment_id", "!=", False),
            ],
            ["partner_id", "currency_id", "amount_residual_currency", "move_name"],
        )
        found = {}
        for line in lines:
            key = (line.partner_id.id, line.currency_id.name, line.amount_residual_currency)
            if key in to_pay and not line.payment_id.open_balance_booking:
                found[to_pay[key]] = line.move_name
        shown = ", ".join(f"{document}: {payment}" for document, payment in list(found.items())[:SHOWN])
        return [Issue("warning", "unallocated_payment", {"count": len(found), "payments": shown})] if found else []

    def _check_receipts(self) -> list[Issue]:
        """Receipts that came later for documents which imports have paid."""
        Line = self.env["open.balance.import.line"]
        waiting = self.env["account.move.line"].search(Line._get_receipt_domain(self.env["account.move"].browse()))
        lines = Line.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "in", waiting.partner_id.commercial_partner_id.ids),
                ("payment_id", "!=", False),
                ("state", "=", "done"),
                ("action", "!=", "create"),
            ]
        )
        found = [f"{line.move_id.name}: {item.move_name}" for line, item in lines._find_receipts().items()]
        values = {"count": len(found), "receipts": ", ".join(found[:SHOWN])}
        return [Issue("warning", "receipt_of_paid", values)] if found else []

    # === OPENING DOCUMENTS === #

    def _get_opening_guards(self, results, planned: Plan, read) -> list[Issue]:
        """Guards of a list of opening documents that need the books.

        :param read: file and item of each row
        """
        guards = [*self._check_company_of_files(results), *self._check_checksums(), *self._check_branches()]
        created = [action for action in planned.actions if action.type == "create"]
        if created:
            guards += [
                *self._check_journal(),
                *self._check_opening_journals(),
                *self._check_opening_dates(created, read),
                *self._check_opening_payments(created, read),
                *self._check_partner_rights(created),
            ]
        return guards

    def _check_opening_journals(self) -> list[Issue]:
        """A chosen journal that is archived; one that is not there yet is made on first use."""
        source = self.source_id
        names = ("opening_sale_journal_id", "opening_purchase_journal_id")
        journals = source.opening_entry_journal_id
        if source.opening_form == "document":
            journals = journals.union(*(source[name] for name in names)) - source.opening_entry_journal_id
        return [
            Issue("stop", "opening_journal_missing", {"journal": journal.display_name})
            for journal in journals
            if not journal.active
        ]

    def _check_opening_dates(self, created, read) -> list[Issue]:
        """Dates in a locked period: Odoo would move them silently. What is locked is so up to a date: of each kind of
        journal the earliest date is looked at."""
        earliest = {}
        for (journal_type, has_tax), date, number in self._get_opening_dates(created, read):
            key = (journal_type, has_tax)
            earliest[key] = min(earliest.get(key, (Date.max, "")), (date, number))
        issues = {}
        for (journal_type, has_tax), (date, number) in earliest.items():
            journal = self.env["account.journal"].new({"type": journal_type})
            locks = self.company_id._get_violated_lock_dates(date, has_tax, journal)
            if locks:
                lock = self.company_id._format_lock_dates(locks)
                values = {"document": number, "date": date, "lock": lock}
                issues[date, lock] = Issue("stop", "opening_period_locked", values)
        return list(issues.values())

    def _get_opening_dates(self, created, read):
        """The dates that will be booked on.

        :return: type of the journal and whether tax is booked, date, number of the document; some more than once
        """
        source = self.source_id
        paid_on = self._get_opening_payment_dates(created, read)
        for action in created:
            item = read[action.item][1]
            number = item.number or self.env._("row %(row)s", row=item.row)
            if action.document_type in PAYMENT_TYPES:
                yield ("cash", False), item.date, number
                continue
            journal_type = "sale" if action.document_type.startswith("out") else "purchase"
            has_tax = source.opening_tax == "exact" and bool(action.tax_id)
            date = self.balance_date if source.opening_date == "opening" else item.date
            yield ("general" if source.opening_form == "entry" else journal_type, has_tax), date, number
            if action.document in paid_on:
                yield ("cash", False), paid_on[action.document], number

    def _get_opening_payment_dates(self, created, read) -> dict:
        """On which dates the paid parts will be booked, by document.

        The due date that payment terms give is known when it is booked; a locked one is refused then.
        """
        due_dates = {}
        for action in created:
            item = read[action.item][1]
            if action.paid and (item.due_date or not action.payment_term_id):
                due_date = item.due_date or item.date
                due_dates[action.document] = max(
                    (due_date, item.date), due_dates.get(action.document, (due_date, item.date))
                )
        return {
            document: self._get_opening_payment_date(date, due_date) for document, (due_date, date) in due_dates.items()
        }

    def _check_opening_payments(self, created, read) -> list[Issue]:
        """Payments that would be dated after the opening date: on that date their documents look open."""
        late = [date for date in self._get_opening_payment_dates(created, read).values() if date > self.balance_date]
        if not late:
            return []
        return [Issue("warning", "opening_paid_later", {"count": len(late), "date": self.balance_date})]

    def _check_partner_rights(self, created) -> list[Issue]:
        """Partners that would be created by a user who may not create contacts."""
        new = {action.new_partner for action in created if action.new_partner}
        if not new or self.env["res.partner"].has_access("create"):
            return []
        return [Issue("stop", "partner_rights", {"count": len(new)})]


def _names(heading: str, name: str) -> bool:
    """Whether a heading (casefolded) holds a name as words of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", heading))
