"""Whether lists set credit limits, who decides that, and what they say of partners who name themselves."""

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

SCOPE = "Debitor;Name;Name 2;Limit;Intern;Saldo"
NAMED = "Customer Name;Credit Limit;Open Balance"


class LimitsCommon(OpenBalanceImportCommon):
    """A source of lists with one amount per debtor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.per = "debtor"
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.customer.write({"credit_limit": 300.0, "internal_credit_limit": 200.0})

    def _import_limits(self, *rows, header=SCOPE, **kwargs):
        return self._import(list(rows), header, **kwargs)

    def _get_found(self, run):
        """Per line: action, reason, partner, suggestion, balance and limit after, state."""
        return [
            (
                line.action,
                line.reason_code,
                line.partner_id.name or "",
                line.suggested_partner_id.name or "",
                line.reported_balance,
                line.limit_after,
                line.state,
            )
            for line in run.line_ids.sorted("id")
        ]

    def _get_figures(self, partner=None):
        """Balance, credit limit and internal credit limit of a partner."""
        partner = (partner or self.customer).sudo()
        return (self._get_balances(partner)[0], partner.credit_limit, partner.internal_credit_limit)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCreditLimits(LimitsCommon):
    """The switch on the source."""

    def test_off_imports_balances_and_says_that_limits_are_left_alone(self):
        self.assertFalse(self.source.sets_credit_limits)
        rows = ("10001;Azure;;5.000,00;4.000,00;80,00", "10002;Deco;;7.000,00;;", "70009;Nobody;;1,00;;", "10001;A;;;;")
        run = self._import_limits(*rows, apply=True)
        self.assertEqual(
            self._get_found(run),
            [
                ("set_balance", "balance_changed", "Azure Interior", "", 80.0, 300.0, "done"),
                ("keep", "limit_left", "Deco Addict", "", 0.0, 0.0, "done"),
                ("skip", "limit_left", "", "", 0.0, 0.0, "skipped"),
                ("keep", "nothing_given", "Azure Interior", "", 0.0, 300.0, "done"),
            ],
        )
        problem = self._get_problem(run, "limits_left")
        self.assertEqual(
            (problem.level, problem.message),
            (
                "warning",
                (
                    "3 rows give credit limits, which are left alone: “Set credit limits from lists” is off in the "
                    "balance source. An accounting manager can switch it on; then plan again."
                ),
            ),
        )
        self.assertEqual(self._get_figures(), (80.0, 300.0, 200.0))
        run.action_undo()
        self.assertEqual(self._get_figures(), (0.0, 300.0, 200.0))

    def test_switched_on_after_the_preview(self):
        run = self._import_limits("10001;Azure;;5.000,00;4.000,00;80,00")
        self.source.with_user(self.manager).sets_credit_limits = True
        with self.assertRaisesRegex(UserError, "no longer those that were planned"):
            run.action_apply()
        run.action_plan()
        run.action_apply()
        self.assertEqual(self._get_figures(), (80.0, 5000.0, 4000.0))

    def test_switched_off_after_the_preview(self):
        self.source.sets_credit_limits = True
        run = self._import_limits("10001;Azure;;5.000,00;4.000,00;80,00")
        self.source.sets_credit_limits = False
        with self.assertRaisesRegex(UserError, "no longer those that were planned"):
            run.action_apply()
        self.assertEqual(self._get_figures(), (0.0, 300.0, 200.0))

    def test_undo_puts_limits_back_when_it_was_switched_off_since(self):
        self.source.sets_credit_limits = True
        run = self._import_limits("10001;Azure;;5.000,00;4.000,00;80,00", apply=True)
        self.assertEqual(self._get_figures(), (80.0, 5000.0, 4000.0))
        self.source.sets_credit_limits = False
        run.action_undo()
        self.assertEqual(self._get_figures(), (0.0, 300.0, 200.0))

    def test_only_a_manager_decides(self):
        Source = self.env["open.balance.source"]
        for user in (self.clerk, self._create_user("reader", "account.group_account_readonly")):
            for value in (True, False):
                with self.subTest(user=user.login, value=value):
                    with self.assertRaisesRegex(AccessError, "Only an accounting manager"):
                        self.source.with_user(user).write({"sets_credit_limits": value})
                    with self.assertRaisesRegex(AccessError, "Only an accounting manager"):
                        Source.with_user(user).create({"name": "Mine", "sets_credit_limits": value})
        self.source.with_user(self.manager).write({"sets_credit_limits": True})
        self.assertTrue(self.source.sets_credit_limits)
        self.assertTrue(Source.with_user(self.manager).create({"name": "B", "sets_credit_limits": True}))

    def test_source_that_is_made_for_a_clerk_sets_none_whatever_the_clerk_s_defaults_say(self):
        self.env["open.balance.source"].search([]).unlink()
        clerk = self.env(user=self.clerk, context={"default_sets_credit_limits": True})
        clerk["ir.default"].set("open.balance.source", "sets_credit_limits", True, user_id=True)
        source = clerk["open.balance.source"]._get_candidates(self.env.company)[:1]
        self.assertEqual((source.sudo().name, source.sets_credit_limits), ("Open item list", False))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLimitsOfTheSelfNamed(LimitsCommon, HttpCase):
    """A customer of the portal who takes the name of a debtor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.sets_credit_limits = True
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.intruder = cls.portal.partner_id

    def _rename(self, name):
        """Change the address in the portal, as its customers do."""
        self.authenticate(self.portal.login, self.portal.login)
        values = {
            "partner_id": str(self.intruder.id),
            "name": name,
            "email": "intruder@example.com",
            "phone": "+31201234567",
            "street": "Canal 1",
            "city": "Amsterdam",
            "zipcode": "1011AA",
            "country_id": str(self.env.ref("base.nl").id),
            "csrf_token": Request.csrf_token(self),
        }
        answer = self.url_open("/my/address/submit", data=values)
        self.env.invalidate_all()
        self.assertEqual((answer.status_code, self.intruder.name), (200, name))

    def test_name_of_a_debtor_gets_no_limit(self):
        self._rename("Harbour Trading")
        run = self._import_limits("Harbour Trading;9.000,00;0,00", header=NAMED, apply=True)
        self.assertEqual(
            self._get_found(run),
            [
                ("review", "limit_by_name", "", self.intruder.name, 0.0, 0.0, "skipped"),
                ("skip", "mentioned", self.intruder.name, "", 0.0, 0.0, "skipped"),
            ],
        )
        self.assertEqual(self._get_figures(self.intruder), (0.0, 0.0, 0.0))

    def test_name_beside_a_number_that_nobody_has_gets_no_limit(self):
        self._rename("Harbour Trading")
        run = self._import_limits("10077;Harbour Trading;;9.000,00;;", apply=True)
        self.assertEqual(
            self._get_found(run),
            [("review", "limit_by_name", "", self.intruder.name, 0.0, 0.0, "skipped")],
        )
        self.assertEqual(self._get_figures(self.intruder), (0.0, 0.0, 0.0))

    def test_number_stays_and_a_person_may_accept_a_name(self):
        run = self._import_limits("10001;Azure Interior;;5.000,00;;80,00", "10077;Deco Addict;;6.000,00;;")
        self.assertEqual(
            self._get_found(run),
            [
                ("set_balance", "balance_changed", "Azure Interior", "", 80.0, 5000.0, "planned"),
                ("review", "limit_by_name", "", "Deco Addict", 0.0, 0.0, "planned"),
            ],
        )
        run.action_accept_suggestions()
        run.action_apply()
        self.assertEqual(self._get_figures(), (80.0, 5000.0, 200.0))
        self.assertEqual(self._get_figures(self.other_customer), (0.0, 6000.0, 0.0))
        again = self._import_limits("10077;Deco Addict;;6.500,00;;", apply=True)
        self.assertEqual(
            self._get_found(again)[0], ("set_balance", "limit_changed", "Deco Addict", "", 0.0, 6500.0, "done")
        )

    def test_name_is_enough_for_a_balance(self):
        self.source.sets_credit_limits = False
        run = self._import_limits("Deco Addict;9.000,00;70,00", header=NAMED, apply=True)
        self.assertEqual(
            self._get_found(run), [("set_balance", "balance_changed", "Deco Addict", "", 70.0, 0.0, "done")]
        )
        self.assertEqual(self._get_figures(self.other_customer), (70.0, 0.0, 0.0))
