"""What a run of opening documents sums up to: per type and currency, and on the accounts that it books."""

from decimal import Decimal

from odoo import api, fields, models

from ...engine import DOCUMENT_TYPES, Plan
from .books import OpeningBooks

_SUMS = ("total", "tax", "paid", "open")


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    clearing_balance = fields.Monetary(
        compute="_compute_clearing",
        currency_field="company_currency_id",
        help="What is booked on the clearing account of the source now.",
    )
    clearing_sentence = fields.Char(compute="_compute_clearing")

    # === WHEN PLANNED === #

    def _get_opening_totals(self, planned: Plan, books: OpeningBooks) -> dict:
        """Sums that let a person compare the run with the list and the ledger.

        :return: ``documents``: per type and currency what will be created; ``accounts``: the accounts that will be
            booked, with their balances before and after, in company currency
        """
        created = [action for action in planned.actions if action.type == "create"]
        return {
            "documents": [
                {"type": key[0], "currency": key[1], **row} for key, row in self._sum_documents(created).items()
            ],
            "accounts": self._sum_accounts(created, books),
        }

    @staticmethod
    def _sum_documents(created) -> dict[tuple, dict]:
        """Number of documents, number of payments for what was paid, and amounts by type and currency."""
        rows = {}
        for action in created:
            key = (action.document_type, action.currency)
            row = rows.setdefault(key, {"documents": set(), "payments": set(), **dict.fromkeys(_SUMS, Decimal(0))})
            row["documents"].add(action.document)
            if action.paid:
                row["payments"].add(action.document)
            for name in _SUMS:
                row[name] += getattr(action, name)
        order = {document_type: place for place, document_type in enumerate(DOCUMENT_TYPES)}
        return {
            key: {
                "count": len(rows[key]["documents"]),
                "payments": len(rows[key]["payments"]),
                **{name: float(rows[key][name]) for name in _SUMS},
            }
            for key in sorted(rows, key=lambda key: (order[key[0]], key[1]))
        }

    def _sum_accounts(self, created, books: OpeningBooks) -> list[dict]:
        """The receivable and payable accounts, then the clearing account: name, kind, balance before and after."""
        changes = {}
        clearing = Decimal(0)
        for action in created:
            kind, _sign = DOCUMENT_TYPES[action.document_type]
            standard = books.accounts[0][kind]
            account_id = books.accounts.get(action.partner_id, books.accounts[0])[kind] or standard or 0
            amount = books.get_company_open(action)
            changes[kind, account_id] = changes.get((kind, account_id), Decimal(0)) + amount
            clearing -= amount
            if action.tax_id and self.source_id.opening_tax == "exact":
                clearing += books.get_company_tax(action)
        rows = [(kind, account_id, change) for (kind, account_id), change in sorted(changes.items(), reverse=True)]
        rows.append(("clearing", self.source_id.journal_id.default_account_id.id, clearing))
        accounts = self.env["account.account"].browse({account_id for _kind, account_id, _change in rows if account_id})
        before = self._get_account_balances(accounts)
        names = {account.id: account.display_name for account in accounts}
        return [
            {
                "kind": kind,
                "name": names.get(account_id, ""),
                "before": before.get(account_id, 0.0),
                "after": self.company_currency_id.round(before.get(account_id, 0.0) + float(change)),
            }
            for kind, account_id, change in rows
        ]

    def _get_account_balances(self, accounts) -> dict[int, float]:
        """What is posted on accounts in the run's company and its branches, by id."""
        groups = self.env["account.move.line"]._read_group(
            [
                ("account_id", "in", accounts.ids),
                ("parent_state", "=", "posted"),
                ("company_id", "child_of", self.company_id.ids),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        return {account.id: self.company_currency_id.round(balance) for account, balance in groups}

    # === WHAT IS SHOWN === #

    @api.depends("per", "state", "source_id.journal_id", "source_id.opening_tax")
    @api.depends_context("lang")
    def _compute_clearing(self):
        self.clearing_balance = 0.0
        self.clearing_sentence = False
        for run in self.filtered(lambda run: run.per == "opening"):
            account = run.source_id.journal_id.default_account_id
            run.clearing_balance = run._get_account_balances(account).get(account.id, 0.0) if account else 0.0
            run.clearing_sentence = run._get_clearing_sentence(account)

    def _get_clearing_sentence(self, account) -> str:
        """What stands on the clearing account, and what brings it to zero."""
        if not account:
            return self.env._("The clearing account is made when the documents are created.")
        shown = self.company_currency_id.format(self.clearing_balance)
        if self.company_currency_id.is_zero(self.clearing_balance):
            return self.env._("The clearing account %(account)s is at zero.", account=account.display_name)
        if self.source_id.opening_tax == "exact":
            return self.env._(
                "%(balance)s is on the clearing account %(account)s. Book the receivables, payables and taxes of the "
                "trial balance on it: that brings it to zero if they are what the list says.",
                balance=shown,
                account=account.display_name,
            )
        return self.env._(
            "%(balance)s is on the clearing account %(account)s. Book the receivables and payables of the trial "
            "balance on it: that brings it to zero if they are what the list says is open.",
            balance=shown,
            account=account.display_name,
        )

    def _format_sums(self, documents) -> str:
        """The totals of the documents per currency, in brackets; customers' and vendors' are never offset."""
        by_kind = {"receivable": [], "payable": []}
        for row in documents:
            by_kind[DOCUMENT_TYPES[row["type"]][0]].append(row)
        customers, vendors = (self._format_totals(rows) for rows in by_kind.values())
        if customers and vendors:
            shown = self.env._("customers %(customers)s; vendors %(vendors)s", customers=customers, vendors=vendors)
        else:
            shown = customers or vendors
        return f" ({shown})" if shown else ""

    def _format_totals(self, documents) -> str:
        """The totals of documents per currency."""
        Currency = self.env["res.currency"].with_context(active_test=False)
        codes = sorted({row["currency"] for row in documents})
        currencies = {currency.name: currency for currency in Currency.search([("name", "in", codes)])}
        sums = {code: sum(row["total"] for row in documents if row["currency"] == code) for code in codes}
        return ", ".join(currencies[code].format(amount) for code, amount in sums.items())
