import base64

from odoo import Command
from odoo.tests import new_test_user

from .common import OpenBalanceCommon

CUSTOMER_HEADER = "Customer;Voucher Number;Voucher Date;Open Balance"


class OpenBalanceImportCommon(OpenBalanceCommon):
    """The same company; lists are imported by a clerk with the lowest right that may import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", "account.group_account_invoice")

    @classmethod
    def _create_user(cls, login, groups, companies=None):
        companies = companies or cls.env.company
        return new_test_user(
            cls.env,
            login=f"open_balance_{login}",
            groups=groups,
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    def _import_text(self, content, **kwargs):
        kwargs.setdefault("env", self.env(user=self.clerk))
        return super()._import_text(content, **kwargs)

    @staticmethod
    def _encode(content):
        return base64.b64encode(f"{content}\n".encode()).decode()

    def _import_base64(self, content, **kwargs):
        return self._import_text(base64.b64decode(content), **kwargs)

    def _get_problems(self, run, level="stop"):
        """Codes of the run's problems of a level."""
        return run.problem_ids.filtered(lambda problem: problem.level == level).mapped("code")

    def _get_problem(self, run, code):
        """The one problem of that code."""
        problem = run.problem_ids.filtered(lambda problem: problem.code == code)
        self.assertEqual(len(problem), 1, f"{code} in {run.problem_ids.mapped('code')}")
        return problem

    def _get_short_rows(self, run):
        """The run's lines as tuples: action, number, document, state, reason."""
        return [(*row[:3], *row[-2:]) for row in self._get_rows(run)]

    @classmethod
    def _pay_in_odoo(cls, document, amount, **values):
        """Register a payment as a person would."""
        wizard = cls.env["account.payment.register"].with_context(active_model="account.move", active_ids=document.ids)
        return wizard.create({"amount": amount, **values})._create_payments()
