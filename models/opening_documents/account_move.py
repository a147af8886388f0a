"""Opening documents: created and posted in vectors, exactly as a list says."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        # EXTENDS 'account'
        self._check_opening_lock()
        self._set_posted_again()
        posted = super()._post(soft=soft)
        posted._forget_sending()
        return posted

    # === BOOKING === #

    @api.model
    def _book_opening(self, vals_list, numbers):
        """Create and post opening documents, all in one vector.

        Their items are complete, so there is nothing for Odoo to compute: no terms, no taxes, no rate of today.

        :param list[dict] vals_list: values for ``create``, one per document, without a name
        :param list numbers: per document what it shall be called, False where that doesn't matter
        :return: the documents, in the order of ``vals_list``
        :rtype: account.move
        :raise UserError: if a date is locked, or a document is not as its values say
        """
        if not vals_list:
            return self.browse()
        self._check_opening_dates(vals_list)
        self._name_opening(vals_list, numbers)
        # The run's own note and the link on the line tell more than a log note on each of thousands of documents.
        moves = self.with_context(tracking_disable=True, skip_invoice_sync=True)._create_by_import(vals_list)
        # Odoo numbers on from what it remembers of this transaction: it must look again.
        self._get_sequence_cache().clear()
        with moves._ask_sequence_format_once():
            moves._post(soft=False)
        moves = moves.with_env(self.env)
        for move, vals in zip(moves, vals_list, strict=True):
            move._check_opening(vals)
        return moves

    @api.model
    def _check_opening_dates(self, vals_list):
        """Refuse dates that are locked; Odoo would move the documents to another date silently.

        :raise UserError: names the first such document and the lock
        """
        checked = set()
        for vals in vals_list:
            has_tax = any(command[2].get("tax_ids") for command in vals["line_ids"])
            key = (vals["company_id"], vals["journal_id"], vals["date"], has_tax)
            if key in checked:
                continue
            checked.add(key)
            company = self.env["res.company"].browse(vals["company_id"])
            journal = self.env["account.journal"].browse(vals["journal_id"])
            if locks := company._get_violated_lock_dates(vals["date"], has_tax, journal):
                raise UserError(
                    self.env._(
                        "%(document)s cannot be booked on %(date)s, which is locked: %(locks)s.",
                        document=vals["line_ids"][0][2]["name"],
                        date=format_date(self.env, vals["date"]),
                        locks=company._format_lock_dates(locks),
                    )
                )

    @api.model
    def _name_opening(self, vals_list, numbers):
        """Put the documents' names into their values, journal by journal."""
        indexes = {}
        for index, vals in enumerate(vals_list):
            indexes.setdefault(vals["journal_id"], []).append(index)
        for journal_id, of_journal in indexes.items():
            names = self._get_opening_names(
                self.env["account.journal"].browse(journal_id),
                [numbers[index] for index in of_journal],
                [vals_list[index]["date"] for index in of_journal],
            )
            for index, name in zip(of_journal, names, strict=True):
                if name:
                    vals_list[index]["name"] = name
                if name == vals_list[index]["ref"]:
                    vals_list[index]["ref"] = False  # Odoo shows both side by side

    def _check_opening(self, vals):
        """Refuse a document that was not posted as its values say.

        :param dict vals: what it was created with
        :raise UserError: names the document
        """
        if self.state != "posted" or self.date != vals["date"]:
            raise UserError(
                self.env._(
                    "%(document)s was not posted on %(date)s.",
                    document=self.name,
                    date=format_date(self.env, vals["date"]),
                )
            )
        planned = [
            item
            for _command, _id, item in vals["line_ids"]
            if item["account_id"] in self._get_open_balance_lines().account_id.ids
        ]
        booked = self._get_open_balance_lines().sorted("id")
        for line, item in zip(booked, planned, strict=True):
            amounts = (line.amount_residual_currency, line.amount_residual)
            if (
                line.currency_id.compare_amounts(amounts[0], item["amount_currency"])
                or line.company_currency_id.compare_amounts(amounts[1], item["balance"])
                or line.date_maturity != item["date_maturity"]
            ):
                raise UserError(
                    self.env._(
                        "%(document)s would have %(booked)s open on %(date)s instead of %(planned)s.",
                        document=self.name,
                        booked=formatLang(self.env, amounts[0], currency_obj=line.currency_id),
                        date=format_date(self.env, item["date_maturity"]),
                        planned=formatLang(self.env, item["amount_currency"], currency_obj=line.currency_id),
                    )
                )
        self._check_opening_total(sum(item["amount_currency"] for item in planned))

    def _check_opening_total(self, planned):
        """Refuse a document whose total is not the planned one; entries have none.

        :param float planned: document's currency, ledger sign
        """
        if self.is_invoice() and self.currency_id.compare_amounts(self.amount_total, abs(planned)):
            raise UserError(
                self.env._(
                    "%(document)s would have a total of %(booked)s instead of %(planned)s.",
                    document=self.name,
                    booked=formatLang(self.env, self.amount_total, currency_obj=self.currency_id),
                    planned=formatLang(self.env, abs(planned), currency_obj=self.currency_id),
                )
            )
