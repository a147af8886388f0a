"""Guards of a list of opening documents that need the books."""

from datetime import date as Date

from odoo import models

from ...engine import PAYMENT_TYPES, Issue, Plan


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

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
