"""The journals of opening documents: apart from ordinary ones, so that old numbers and new ones don't meet."""

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Type of the journal -> field of the source, code, name.
OPENING_JOURNALS = {
    "sale": ("opening_sale_journal_id", "OBI", _lt("Opening Documents (Customers)")),
    "purchase": ("opening_purchase_journal_id", "OBB", _lt("Opening Documents (Vendors)")),
    "general": ("opening_entry_journal_id", "OBE", _lt("Opening Documents (Entries)")),
}
# Odoo proposes the first journal of a type: never one of these.
SEQUENCE = 1000


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    def _get_opening_journal(self, journal_type):
        """The journal that opening documents of a kind are booked in, made when there is none yet.

        :param str journal_type: "sale", "purchase" or "general"
        :rtype: account.journal
        """
        self.ensure_one()
        field = OPENING_JOURNALS[journal_type][0]
        if not self[field]:
            journal = self.env["account.journal"]._get_opening_journal(
                self.company_id, journal_type, self._get_journal().default_account_id
            )
            # An invoicing user may run imports but not change sources; the journal was just made for this one.
            self.sudo()[field] = journal
        self[field]._mark_as_opening()
        return self[field]


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "open.balance.own.fields"]
    _open_balance_own = frozenset({"open_balance_opening", "open_balance_booked_on"})

    open_balance_opening = fields.Boolean(
        "For Opening Documents",
        readonly=True,
        copy=False,
        help="Documents in this journal can bear numbers of the system that the company came from. They never become "
        "the pattern of a new number.",
    )
    open_balance_booked_on = fields.Datetime(
        "Opening Documents Created on", readonly=True, copy=False, help="When an import last created documents here."
    )

    @api.model
    def _get_opening_journal(self, company, journal_type, account):
        """A company's journal for opening documents, which all its sources share; made on first use.

        :param res.company company: a branch gets the journal of its root company, where its accounts live
        :param str journal_type: "sale", "purchase" or "general"
        :param account.account account: the clearing account, proposed for what a person adds in the journal
        :return: the journal, in the user's own rights
        :rtype: account.journal
        """
        company = company.root_id
        # An invoicing user may import but not configure: a source's first run makes what the source needs.
        sudo = self.sudo().with_company(company)
        journal = sudo.search(
            [("company_id", "=", company.id), ("type", "=", journal_type), ("open_balance_opening", "=", True)],
            limit=1,
        )
        if not journal:
            journal = sudo.create(sudo._prepare_opening_journal_vals(company, journal_type, account))
            journal.alias_name = False  # create makes one even of none
        return journal.with_env(self.env)

    @api.model
    def _prepare_opening_journal_vals(self, company, journal_type, account):
        """Values of a journal of opening documents: not on the dashboard, nothing is mailed into it or sent from it."""
        _field, code, name = OPENING_JOURNALS[journal_type]
        vals = {
            "name": self.env._(name),
            "code": self._get_open_balance_journal_code(company, code),
            "type": journal_type,
            "company_id": company.id,
            "default_account_id": account.id,
            "open_balance_opening": True,
            "show_on_dashboard": False,
            "sequence": SEQUENCE,
            "refund_sequence": False,
        }
        if "edi_format_ids" in self._fields:
            vals["edi_format_ids"] = [Command.clear()]
        return vals

    def _lock_for_opening(self):
        """Keep other transactions from creating opening documents in these journals until this one ends.

        :raise LockError: if one of them is doing so
        """
        if held := self - self.try_lock_for_update(allow_referencing=True):
            raise LockError(
                self.env._(
                    "Somebody else is changing %(journals)s at this moment, or another import is booking there. "
                    "Try again when that has ended.",
                    journals=", ".join(held.mapped("display_name")),
                )
            )
        self._clear_formats()
        # What another import has created since this transaction began cannot be seen here, so it might be created a
        # second time. PostgreSQL then refuses to write the same journal, and Odoo begins anew. An invoicing user may
        # import, but not write journals.
        self.sudo().open_balance_booked_on = fields.Datetime.now()

    def _clear_formats(self):
        """Take the formats of electronic invoicing off journals of opening documents.

        Odoo puts them on all journals again when an addon for electronic invoicing is installed.
        """
        if "edi_format_ids" not in self._fields:
            return
        # An invoicing user may import, but not write journals.
        for journal in self.sudo().filtered(lambda journal: journal.open_balance_opening and journal.edi_format_ids):
            journal.edi_format_ids = [Command.clear()]

    def _check_no_formats(self):
        """Refuse a journal from which posted documents would be sent.

        :raise UserError: names the journal and its formats
        """
        if "edi_format_ids" not in self._fields:
            return
        for journal in self:
            if journal.edi_format_ids and not journal.open_balance_opening:
                raise UserError(
                    self.env._(
                        "%(journal)s sends its documents (%(formats)s). Opening documents were sent before: choose "
                        "another journal for them.",
                        journal=journal.display_name,
                        formats=", ".join(journal.edi_format_ids.mapped("display_name")),
                    )
                )

    def _mark_as_opening(self):
        """Make a journal that a person chose one for opening documents, if nothing else is in it yet.

        In a journal that is used already the documents are numbered by Odoo, as all others there.
        """
        self.ensure_one()
        if self.open_balance_opening:
            return
        # The journal's entries of all branches count, whatever the user may see.
        sudo = self.sudo()
        if not sudo.env["account.move"].search_count([("journal_id", "=", self.id)], limit=1):
            sudo.open_balance_opening = True
