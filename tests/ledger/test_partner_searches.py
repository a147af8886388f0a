"""Searches for balances: what no balance can be compared with is a sentence, whatever the operator."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import BALANCE_DATE, TODAY
from ..common_import import OpenBalanceImportCommon

OPERATORS = (
    "=", "!=", "<", "<=", ">", ">=", "=?", "in", "not in", "like", "not like", "ilike", "not ilike", "=like",
    "not =like", "=ilike", "not =ilike", "child_of", "parent_of", "any", "not any", "==", "<>", "any!", "between",
)  # fmt: skip
VALUES = (
    "forty", "", "40", "1e400", "nan", " ", "\0", "\ud800", "2026-03-31", "2026-02-30", "today", "'; --", None, True,
    False, 0, 40, -1, 1.5, float("nan"), float("inf"), 10**30, 10**400, [], ["forty"], [None], [False, 40], [40, "x"],
    [[1]], (), (1, 2), {}, {"a": 1}, [{}], date(2026, 3, 31), [("name", "=", "x")], ["&"],
)  # fmt: skip
SEARCHED = (
    "open_balance_total", "open_balance_date", "open_balance_is_incomplete", "open_payable_total",
    "open_balance_overdue", "open_balance_overdue_days", "open_credit_use",
)  # fmt: skip
# Stored fields of the same types: what Odoo itself says of a value is said of ours, too.
LIKE = {
    "monetary": "partner_latitude",
    "float": "partner_latitude",
    "integer": "color",
    "date": "write_date",
    "boolean": "is_company",
}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPartnerSearches(OpenBalanceImportCommon):
    """By every operator and with every kind of value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.customer + cls.other_customer + cls.vendor

    def _search(self, *condition):
        """Our partners that are found, or the error."""
        Partner = self.env(user=self.clerk)["res.partner"]
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db", "odoo.domains", "odoo.orm.domains", "py.warnings"):
                return Partner.search([("id", "in", self.partners.ids), condition])
        except Exception as error:  # noqa: BLE001  which one is what is tested
            return error

    def test_every_operator_and_value(self):
        """A result, a sentence, or what Odoo says of its own fields."""
        for name in SEARCHED:
            like = LIKE[self.customer._fields[name].type]
            for operator in OPERATORS:
                for value in VALUES:
                    found = self._search(name, operator, value)
                    if isinstance(found, UserError) or not isinstance(found, Exception):
                        continue
                    own = self._search(like, operator, value)
                    with self.subTest(name=name, operator=operator, value=ascii(value)[:50]):
                        self.assertIs(type(found), type(own), f"{found!r}; of {like}: {own!r}")

    def test_no_amount(self):
        for operator in ("=", "!=", "<", "<=", ">", ">=", "=?", "in", "not in"):
            for value in ("forty", "2026-03-31", ["forty"], [40, "forty"], 10**400, date(2026, 3, 31)):
                found = self._search("open_balance_total", operator, value)
                with self.subTest(operator=operator, value=str(value)[:20]):
                    self.assertIsInstance(found, UserError)
                    self.assertRegex(str(found), r"^“Open Balance \(total\)” is searched for an amount, not for .+\.$")

    def test_several_values_have_no_order(self):
        for name, value in (("open_balance_total", [1, 2]), ("open_balance_date", [BALANCE_DATE, "2026-04-01"])):
            for operator in ("<", "<=", ">", ">="):
                found = self._search(name, operator, value)
                with self.subTest(name=name, operator=operator):
                    self.assertIsInstance(found, UserError)
                    self.assertRegex(str(found), "is searched for ")

    def test_operators_that_compare_no_amounts(self):
        for operator in ("like", "not ilike", "child_of"):
            with self.subTest(operator=operator):
                found = self._search("open_balance_total", operator, "40")
                self.assertIsInstance(found, UserError)
                self.assertRegex(str(found), r"^Unsupported operator on Open Balance \(total\)")

    def test_what_is_found(self):
        rows = ["10001;X-1;15.01.2026;40,00", "10002;X-2;15.01.2026;25,50"]
        self._import(rows, apply=True)
        one, two, none = self.partners
        every = self.partners
        for condition, expected in (
            (("open_balance_total", "=", 40), one),
            (("open_balance_total", "=", "40"), one),
            (("open_balance_total", "!=", 40), two + none),
            (("open_balance_total", "in", [40, 25.5]), one + two),
            (("open_balance_total", "not in", [40, 25.5]), none),
            (("open_balance_total", "=", False), none),
            (("open_balance_total", "!=", None), one + two),
            (("open_balance_total", "in", []), none.browse()),
            (("open_balance_total", ">", 30), one),
            (("open_balance_total", ">=", "25.5"), one + two),
            (("open_balance_total", "<", 30), two + none),
            (("open_balance_total", "<=", 0), none),
            (("open_balance_total", ">", False), one + two),
            (("open_balance_total", "=?", False), every),
            (("open_balance_total", "=?", 40), one),
            (("open_balance_date", "=", BALANCE_DATE), one + two),
            (("open_balance_date", "=", False), none),
            (("open_balance_date", "!=", False), one + two),
            (("open_balance_date", "<=", "today"), one + two),
            (("open_balance_date", ">", date(2026, 3, 31)), none.browse()),
            (("open_balance_is_incomplete", "=", True), none.browse()),
            (("open_balance_is_incomplete", "!=", True), every),
            (("open_balance_is_incomplete", "in", [True, False]), every),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(self._search(*condition), expected.with_user(self.clerk).sorted())
