from odoo import api, models
from odoo.fields import Command

JOURNAL_CODE = "OBC"


class AccountJournal(models.Model):
    _inherit = "account.journal"

    @api.model
    def _create_open_balance_journal(self, company, name):
        """Create the clearing journal of a balance source, with a clearing account of its own.

        The journal is of type *cash*: payments may use it, and unlike a bank journal nobody expects a bank account,
        bank feeds, recipients' accounts or SEPA files. Its account is the journal's liquidity account and at the same
        time the outstanding account of its payment methods, and it is not reconciled: that makes a payment *paid* at
        once, on Community and with ``in_payment`` accounting alike. It is a current asset and not *Bank and Cash*,
        since no money lies there.

        :param res.company company: a branch gets the journal of its root company, where its accounts live
        :param str name: what the journal is called, usually the name of the source
        :return: the new journal, in the user's own rights
        :rtype: account.journal
        """
        company = company.root_id
        # An invoicing user may import but not configure: a source's first run makes what the source needs.
        sudo = self.sudo().with_company(company)
        account = sudo.env["account.account"].create(sudo._prepare_open_balance_account_vals(company))
        journal = sudo.create(sudo._prepare_open_balance_journal_vals(company, name, account))
        return journal.with_env(self.env)

    @api.model
    def _prepare_open_balance_account_vals(self, company):
        """Values of the clearing account; the code follows the prefix of the chart's transfer accounts."""
        Account = self.env["account.account"]
        prefix = company.transfer_account_code_prefix or company.cash_account_code_prefix
        prefix = prefix or company.bank_account_code_prefix or ""
        example = Account.search(Account._check_company_domain(company), limit=1).code or "000000"
        return {
            "name": self.env._("Open Balance Clearing"),
            "code": Account._search_new_account_code(prefix.ljust(len(example), "0")),
            "account_type": "asset_current",
            "reconcile": False,
            "company_ids": [Command.link(company.id)],
        }

    @api.model
    def _prepare_open_balance_journal_vals(self, company, name, account):
        """Values of the clearing journal: manual payments in and out, booked on ``account``, not on the dashboard."""
        manual = {
            "inbound_payment_method_line_ids": self.env.ref("account.account_payment_method_manual_in"),
            "outbound_payment_method_line_ids": self.env.ref("account.account_payment_method_manual_out"),
        }
        return {
            "name": name,
            "code": self._get_open_balance_journal_code(company),
            "type": "cash",
            "company_id": company.id,
            "default_account_id": account.id,
            "show_on_dashboard": False,
            **{
                field: [
                    Command.create(
                        {
                            "name": method.name,
                            "payment_method_id": method.id,
                            "payment_account_id": account.id,
                        }
                    )
                ]
                for field, method in manual.items()
            },
        }

    @api.model
    def _get_open_balance_journal_code(self, company, code=JOURNAL_CODE):
        """The code, or with a number after it (``OBC1``...) where it is taken in the company or one of its branches."""
        taken = set(
            self.with_context(active_test=False)
            .search([("company_id", "child_of", company.id), ("code", "=like", f"{code}%")])
            .mapped("code")
        )
        codes = (f"{code}{number or ''}" for number in range(len(taken) + 1))
        return next(free for free in codes if free not in taken)
