"""One invoice, and those who try to have it paid: by code, and with the calls that a client sends."""

from odoo.tests import HttpCase, JsonRpcException
from odoo.tools import mute_logger

from .common_import import CUSTOMER_HEADER, OpenBalanceImportCommon

HARMLESS = "10001;INV/2026/00001;15.01.2026;100,00"
PAID = "10001;INV/2026/00001;15.01.2026;10,00"
RUN = "open.balance.import"
LINE = "open.balance.import.line"
FILE = "open.balance.import.file"
PROBLEM = "open.balance.import.problem"
NO_NOISE = ("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


class AttackCommon(OpenBalanceImportCommon):
    """One invoice of 100 that must stay open, and the users who try to have it paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_user("second", "account.group_account_invoice")
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.reader = cls._create_user("reader", "account.group_account_readonly")
        cls.outsider = cls._create_user("outsider", "base.group_user")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _plan(self, row=PAID, **kwargs):
        return self._import([row], CUSTOMER_HEADER, **kwargs)

    def _plan_stopped(self):
        """A planned run that a stop keeps from being booked."""
        run = self._plan(balance_date="2026-04-16")
        self.assertEqual((run.state, self._get_problems(run)), ("planned", ["balance_date_future"]))
        return run

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()

    def _get_content(self, *rows):
        return self._encode("\n".join([CUSTOMER_HEADER, *rows]))

    def _get_attachment(self, run):
        """The bytes of a run's file, as a client may address them."""
        return (
            self.env(user=self.clerk)["ir.attachment"]
            .sudo()
            .search([("res_model", "=", FILE), ("res_field", "=", "content"), ("res_id", "in", run.file_ids.ids)])
            .sudo(False)
        )

    def assertOpen(self, residual=100.0):
        self.env.invalidate_all()
        self.assertEqual(self.invoice.amount_residual, residual)


class RpcAttackCommon(AttackCommon, HttpCase):
    """The same with a running server: a session calls as the web client does, a key as another program does."""

    def setUp(self):
        super().setUp()
        self.keys = {}
        self.signed_in = None

    def _sign_in(self, user):
        """Let what is called next be called in the user's session."""
        if self.signed_in != user:
            self.authenticate(user.login, user.login)
            self.signed_in = user

    def _run_cron(self):
        # The transaction is shared already.
        self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()

    def _call(self, user, model, method, *args, **kwargs):
        """Call a method as a client does.

        :return: the name of the error, or "" and the result
        """
        self.env.flush_all()
        self._sign_in(user)
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        try:
            with mute_logger(*NO_NOISE):
                return "", self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
        except JsonRpcException as error:
            return str(error), None
        finally:
            self.env.invalidate_all()

    def assertRefused(self, user, model, method, *args, **kwargs):
        error, _result = self._call(user, model, method, *args, **kwargs)
        self.assertRegex(error, r"AccessError|UserError", f"{method} {args} {kwargs}")

    def _call_by_key(self, user, model, method, ids=(), **kwargs):
        """Call a method as another program does.

        :return: the name of the error, or "" and the result
        """
        if user not in self.keys:
            # A key that does not expire is an administrator's: the database's clock is not that of the test.
            apikeys = self.env["res.users.apikeys"].with_user(user).sudo()
            self.keys[user] = apikeys._generate(scope="rpc", name="attack", expiration_date=None)
        self.env.flush_all()
        self._sign_in(user)  # no other may be signed in
        body = {**kwargs, **({"ids": list(ids)} if ids else {})}
        with mute_logger(*NO_NOISE):
            answer = self.url_open(
                f"/json/2/{model}/{method}", json=body, headers={"Authorization": f"Bearer {self.keys[user]}"}
            )
        self.env.invalidate_all()
        return ("", answer.json()) if answer.ok else (answer.json()["name"], None)
