"""Credit limits in a list of balances: set where the source says so, and never by what a partner says of itself."""

from ....engine import Assignment, Issue
from ...engine_samples import partner
from .test_engine_balances_plan import BalanceCase, known, make, told

NAME = {"partner_name": "Azure Interior"}
MAIL = {"partner_email": "info@azure.example"}


class TestLimitsOff(BalanceCase):
    """The list's limits are left alone, and that is said."""

    def test_balances_are_taken_and_limits_left(self):
        result = make(
            [
                told(balance=80, limit=500),
                told("D2", balance=20, internal=4),
                told("D3", limit=7),
                told("D4", balance=9),
                told("D9", limit=1),
            ],
            [known(1, 100, 600, 300), known(2, 20, 5, 5), known(3, 30, 6)],
            sets_limits=False,
        )
        self.check(
            result,
            ("set_balance", 0, 1, 100, 80, 600, None, "balance_changed"),
            ("keep", 1, 2, 20, 20, 5, None, "limit_left"),
            ("keep", 2, 3, 30, None, 6, None, "limit_left"),
            ("set_balance", 3, 4, 0, 9, None, None, "balance_changed"),
            ("skip", 4, 0, 0, None, None, None, "limit_left"),
        )
        self.assertEqual([action.internal_after for action in result.actions], [None] * 5)
        self.assertEqual(result.problems, (Issue("warning", "limits_left", {"count": 4}),))

    def test_what_is_wrong_with_a_limit_keeps_no_balance_back(self):
        rows = [
            told(balance=5, limit=-1),
            told("D2", balance=6, limit=3, limit_currency="CHF"),
            told("D3", balance=7, limit=0),
        ]
        result = make(rows, sets_limits=False)
        self.check(
            result,
            ("set_balance", 0, 1, 0, 5, None, None, "balance_changed"),
            ("set_balance", 1, 2, 0, 6, None, None, "balance_changed"),
            ("set_balance", 2, 3, 0, 7, None, None, "balance_changed"),
        )
        self.assertEqual(result.problems, (Issue("warning", "limits_left", {"count": 3}),))

    def test_list_without_limits_says_nothing(self):
        self.assertEqual(make([told(balance=5)], sets_limits=False).problems, ())

    def test_name_is_enough(self):
        rows = [told(None, balance=5, limit=7, **NAME)]
        self.check(make(rows, sets_limits=False), ("set_balance", 0, 1, 0, 5, None, None, "balance_changed"))


class TestLimitsByName(BalanceCase):
    """A name, or a mail address, is what a partner may change itself."""

    def suggested(self, row, **values):
        """Compare the action of a row that waits with partner 1 as the suggestion; the partner is not absent."""
        result = make([row, told("D2", balance=1)], [known(1, 100, 3)], **values)
        self.check(
            result,
            ("review", 0, 0, 0, None, None, None, "limit_by_name"),
            ("set_balance", 1, 2, 0, 1, None, None, "balance_changed"),
            ("skip", None, 1, 100, None, 3, None, "mentioned"),
        )
        self.assertEqual(result.actions[0].suggestion, Assignment(1))
        self.assertEqual(result.problems, ())

    def test_name_alone(self):
        self.suggested(told(None, balance=5, limit=7, **NAME))

    def test_name_beside_a_number_that_nobody_has(self):
        self.suggested(told("D99", balance=5, limit=7, **NAME))

    def test_internal_limit_and_limit_of_zero(self):
        self.suggested(told(None, internal=7, **NAME))
        self.suggested(told(None, limit=0, **NAME))

    def test_e_mail_alone_or_with_the_name(self):
        partners = [partner(1, email="info@azure.example"), partner(2)]
        self.suggested(told(None, limit=7, **MAIL), partners=partners)
        self.suggested(told(None, limit=7, **MAIL, **NAME), partners=partners)

    def test_names_are_all_that_the_source_looks_at(self):
        result = make([told("D1", limit=7, **NAME)], partner_keys=("name",))
        self.check(result, ("review", 0, 0, 0, None, None, None, "limit_by_name"))

    def test_number_reference_or_tax_id(self):
        found = ("set_balance", 0, 1, 0, None, None, 7, "limit_changed")
        partners = [partner(1, ref="R1", vat="NL123456789B01"), partner(2)]
        for row in (
            told("D1", limit=7),
            told("D1", limit=7, **NAME),
            told("R1", limit=7, **NAME),
            told(None, limit=7, partner_vat="NL123456789B01", **NAME),
        ):
            with self.subTest(row=row):
                self.check(make([row], partners=partners), found)

    def test_number_of_two_that_the_name_tells_apart(self):
        partners = [partner(1), partner(2, debtor_number="D1")]
        self.check(
            make([told("D1", limit=7, **NAME)], partners=partners),
            ("set_balance", 0, 1, 0, None, None, 7, "limit_changed"),
        )

    def test_balance_alone(self):
        self.check(make([told(None, balance=5, **NAME)]), ("set_balance", 0, 1, 0, 5, None, None, "balance_changed"))

    def test_what_a_person_says(self):
        self.check(
            make([told(None, limit=7, **NAME)], assigned={0: Assignment(1)}),
            ("set_balance", 0, 1, 0, None, None, 7, "limit_changed"),
        )
