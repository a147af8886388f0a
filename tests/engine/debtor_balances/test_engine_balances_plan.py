"""What one amount per debtor means for the balances and credit limits that the books keep."""

from dataclasses import replace

from odoo.tests import BaseCase

from ....engine import Assignment, BalancePolicy, BookBalance, BookPartner, Issue, ReportedBalance, plan_balances
from ...engine_samples import BALANCE_DATE, PARTNERS, POLICY, D, partner

LIMITS = BalancePolicy(
    company_currency="EUR",
    roundings=POLICY.roundings,
    balance_date=BALANCE_DATE,
    today=POLICY.today,
    cover="receivable",
    absent_limit=D(1),
    sets_limits=True,
)


def money(amount):
    """An amount that may be missing."""
    return None if amount is None else D(str(amount))


def told(owner="D1", balance=None, limit=None, internal=None, **values):
    """What the list says of debtor ``owner``."""
    base = ReportedBalance(
        partner_number=owner,
        partner_name=None,
        balance=money(balance),
        credit_limit=money(limit),
        internal_limit=money(internal),
        row=2,
        file="list.csv",
    )
    return replace(base, **values)


def known(ident=1, balance=0, limit=None, internal=None, booked=0):
    """What the books keep of a partner."""
    return BookBalance(ident, money(balance), money(limit), money(internal), money(booked))


def make(balances=(), current=(), rejected=(), partners=PARTNERS, assigned=None, **policy):
    """Plan with the usual policy, in which limits are set, changed by keywords."""
    return plan_balances(balances, rejected, current, partners, replace(LIMITS, **policy), assigned)


def row(action):
    """Type, index, partner, balance before and after, limit before and after, reason."""
    return (
        action.type,
        action.item,
        action.partner_id,
        action.balance_before,
        action.balance_after,
        action.limit_before,
        action.limit_after,
        action.reason.code,
    )


class BalanceCase(BaseCase):
    """Compares whole plans."""

    maxDiff = None

    def check(self, result, *expected):
        """Compare all actions, amounts written as numbers; rows are as :func:`row` gives them."""
        rows = [(*one[:3], *(money(amount) for amount in one[3:7]), one[7]) for one in expected]
        self.assertEqual([row(action) for action in result.actions], rows)

    def reviews(self, balances, *codes, **values):
        """Compare type and reason of all actions."""
        result = make(balances, **values)
        self.assertEqual([(action.type, action.reason.code) for action in result.actions], list(codes))
        return result


class TestChanges(BalanceCase):
    """Debtors that are found."""

    def test_changed_balance(self):
        result = make([told(balance=80)], [known(1, 100)])
        self.check(result, ("set_balance", 0, 1, 100, 80, None, None, "balance_changed"))
        self.assertEqual(result.problems, ())

    def test_whole_action(self):
        result = make([told(balance=80, limit=500, internal=400)], [known(1, 100, 600, 300, booked=95)])
        action = result.actions[0]
        self.assertEqual((action.internal_before, action.internal_after), (D(300), D(400)))
        self.assertEqual((action.booked, action.difference), (D(95), D(-15)))
        self.assertEqual((action.rejected, action.suggestion), (False, Assignment()))
        reason = action.reason
        self.assertEqual((reason.level, reason.file, reason.row), ("info", "list.csv", 2))
        self.assertEqual(
            dict(reason.values),
            {
                "partner": "D1",
                "before": D(100),
                "after": D(80),
                "limit_before": D(600),
                "limit_after": D(500),
                "internal_before": D(300),
                "internal_after": D(400),
                "booked": D(95),
                "currency": "EUR",
            },
        )

    def test_equal_balance(self):
        result = make([told(balance="80.00", limit=5)], [known(1, 80, 5)])
        self.check(result, ("keep", 0, 1, 80, 80, 5, 5, "balance_confirmed"))

    def test_less_than_a_cent_is_not_rounded_away(self):
        self.check(
            make([told(balance="80.004")], [known(1, 80)]), ("review", 0, 1, 80, None, None, None, "decimals_beyond")
        )

    def test_first_balance(self):
        self.check(make([told(balance=-5)]), ("set_balance", 0, 1, 0, -5, None, None, "balance_changed"))

    def test_zero_is_a_balance(self):
        self.check(make([told(balance=0)], [known(1, 80)]), ("set_balance", 0, 1, 80, 0, None, None, "balance_changed"))

    def test_what_is_not_given_is_untouched(self):
        result = make([told(limit=9)], [known(1, 80, 5, 4, booked=70)])
        self.check(result, ("set_balance", 0, 1, 80, None, 5, 9, "limit_changed"))
        action = result.actions[0]
        self.assertEqual((action.internal_before, action.internal_after, action.difference), (D(4), None, D(10)))

    def test_internal_limit_alone(self):
        action = make([told(internal=9)], [known(1, 80, 5)]).actions[0]
        self.assertEqual((action.type, action.internal_before, action.internal_after), ("set_balance", None, D(9)))

    def test_limit_of_zero_where_none_is_set(self):
        result = make([told(limit=0), told("D2", internal=0)])
        self.check(
            result,
            ("keep", 0, 1, 0, None, None, 0, "limit_zero"),
            ("keep", 1, 2, 0, None, None, None, "limit_zero"),
        )
        self.assertEqual(result.problems, (Issue("warning", "limits_zero", {"count": 2}),))

    def test_limit_of_zero_switches_the_check_off(self):
        balances = [
            told(limit=5000, balance=1200),
            told("D2", limit="0.004", balance=90),
            told("D3", internal=0, row=4),
        ]
        current = [known(1, 0, 999), known(2, 80, 999, 7, booked=70), known(3, 300, 999, 999)]
        result = make(balances, current)
        self.check(
            result,
            ("set_balance", 0, 1, 0, 1200, 999, 5000, "balance_changed"),
            ("set_balance", 1, 2, 80, 90, 999, 0, "limit_zero"),
            ("set_balance", 2, 3, 300, None, 999, None, "limit_zero"),
        )
        self.assertEqual(result.problems[0], Issue("warning", "limits_zero", {"count": 2}))
        self.assertEqual(
            [action.reason.values.get("limits") for action in result.actions[1:]],
            [("credit_limit",), ("internal_limit",)],
        )
        values = {
            "partner": "D2", "before": D(80), "after": D(90), "limit_before": D(999), "limit_after": D(0),
            "internal_before": D(7), "internal_after": None, "booked": D(70), "currency": "EUR",
            "limits": ("credit_limit",),
        }  # fmt: skip
        self.assertEqual(result.actions[1].reason, Issue("warning", "limit_zero", values, "list.csv", 2))

    def test_both_limits_of_zero(self):
        result = make([told(limit=0, internal=0)], [known(1, 0, 5, 4)])
        self.check(result, ("set_balance", 0, 1, 0, None, 5, 0, "limit_zero"))
        self.assertEqual(result.actions[0].reason.values["limits"], ("credit_limit", "internal_limit"))
        self.assertEqual(result.problems, (Issue("warning", "limits_zero", {"count": 1}),))

    def test_limit_of_zero_of_a_row_under_review_is_not_counted(self):
        result = self.reviews([told("D9", limit=0)], ("review", "partner_unknown"))
        self.assertEqual(result.problems, ())

    def test_nothing_given(self):
        result = make([told(), told("nobody")], [known(1, 80)])
        self.check(
            result,
            ("keep", 0, 1, 80, None, None, None, "nothing_given"),
            ("skip", 1, 0, 0, None, None, None, "nothing_given"),
        )

    def test_negative_limit(self):
        self.reviews([told(limit=-1)], ("review", "limit_negative"))

    def test_same_plan_twice(self):
        result = make([told(balance=80, limit=5)], [known(1, 100)])
        action = result.actions[0]
        after = BookBalance(1, action.balance_after, action.limit_after, action.internal_before, action.booked)
        self.check(make([told(balance=80, limit=5)], [after]), ("keep", 0, 1, 80, 80, 5, 5, "balance_confirmed"))


class TestCurrencies(BalanceCase):
    """Foreign currency is converted with the rate of the balance date."""

    RATES = {"USD": D("0.9")}

    def test_converted(self):
        result = make([told(balance="100.55", currency="USD")], rates=self.RATES)
        self.check(result, ("set_balance", 0, 1, 0, "90.50", None, None, "balance_changed"))
        values = result.actions[0].reason.values
        self.assertEqual(
            (values["reported"], values["reported_currency"], values["rate"]), (D("100.55"), "USD", D("0.9"))
        )

    def test_limits_have_a_currency_of_their_own(self):
        result = make([told(balance=100, limit=10, currency="USD")], rates=self.RATES)
        self.check(result, ("set_balance", 0, 1, 0, 90, None, 10, "balance_changed"))
        result = make([told(balance=100, limit=10, limit_currency="USD")], rates=self.RATES)
        self.check(result, ("set_balance", 0, 1, 0, 100, None, 9, "balance_changed"))

    def test_several_currencies(self):
        amounts = (("EUR", D(10)), (None, D(5)), ("USD", D(100)))
        result = make([told(amounts=amounts, items=3)], rates=self.RATES)
        self.check(result, ("set_balance", 0, 1, 0, 105, None, None, "balance_changed"))

    def test_no_rate(self):
        for one in (
            told(balance=1, currency="USD"),
            told(amounts=(("EUR", D(10)), ("USD", D(100))), items=2),
            told(balance=1, limit=1, limit_currency="USD"),
        ):
            result = self.reviews([one], ("review", "no_rate"), current=[known(1, 80)])
            self.assertEqual(result.actions[0].reason.values["currency"], "USD")
            self.check(result, ("review", 0, 1, 80, None, None, None, "no_rate"))


class TestPartners(BalanceCase):
    """Whom a row means, by the same keys and with the same reasons as for documents."""

    def test_number_exactly_then_loosely(self):
        partners = (BookPartner(1, "A", debtor_number="0010"), BookPartner(2, "B", debtor_number="10"))
        for number, found in (("0010", 1), ("10", 2), ("00010", 0)):
            action = make([told(number, 5)], partners=partners).actions[0]
            self.assertEqual((number, action.partner_id), (number, found))

    def test_creditor_number_is_none_of_a_debtor(self):
        self.reviews([told("C9", 5)], ("review", "partner_unknown"), partners=[partner(1, creditor_number="C9")])

    def test_name_vat_and_email(self):
        partners = (partner(1, vat="NL123", email="a@b.c"), partner(2))
        for values in (
            {"partner_name": "azure  INTERIOR"},
            {"partner_vat": "nl 123"},
            {"partner_email": "A@B.C"},
        ):
            with self.subTest(values):
                self.assertEqual(make([told(None, 5, **values)], partners=partners).actions[0].partner_id, 1)

    def test_unknown(self):
        result = self.reviews([told("X", 5, partner_name="Nobody")], ("review", "partner_unknown"))
        self.assertEqual(dict(result.actions[0].reason.values), {"partner": "X Nobody", "number": ""})
        self.assertEqual(result.actions[0].reason.level, "warning")

    def test_nobody_named(self):
        self.reviews([told(None, 5)], ("review", "partner_missing"))

    def test_ambiguous(self):
        partners = (partner(1, debtor_number="D"), partner(2, debtor_number="D"))
        result = self.reviews([told("D", 5)], ("review", "partner_ambiguous"), partners=partners)
        self.assertEqual(result.actions[0].reason.values["names"], "Azure Interior, Deco Addict")

    def test_name_narrows(self):
        partners = (partner(1, debtor_number="D"), partner(2, debtor_number="D"))
        result = make([told("D", 5, partner_name="Deco Addict")], partners=partners)
        self.assertEqual(result.actions[0].partner_id, 2)

    def test_number_and_vat_of_different_partners(self):
        partners = (partner(1), partner(2, vat="V2"))
        self.reviews([told("D1", 5, partner_vat="V2")], ("review", "partner_conflict"), partners=partners)

    def test_number_and_name_of_different_partners(self):
        result = self.reviews([told("D1", 5, partner_name="Deco Addict")], ("review", "partner_conflict"))
        self.assertEqual(result.actions[0].suggestion, Assignment(1))

    def test_assigned_by_a_person(self):
        result = make([told("X", 5)], [known(3, 1)], assigned={0: Assignment(3)})
        self.check(result, ("set_balance", 0, 3, 1, 5, None, None, "balance_changed"))

    def test_contacts_of_one_partner(self):
        partners = (*PARTNERS, BookPartner(1, "Azure Interior, Ann"))
        result = make([told(None, 5, partner_name="Azure Interior, Ann")], partners=partners)
        self.assertEqual(result.actions[0].partner_id, 1)

    def test_list_that_does_not_tell_debtors_from_creditors(self):
        partners = (partner(1), partner(2, debtor_number=None, creditor_number="C2"), partner(3, debtor_number=None))
        debtor, creditor = told("D1", 5, kind=None), told("C2", 5, kind=None)
        by_name = told(None, 5, kind=None, partner_name="Gemini Furniture")
        both = (("set_balance", "balance_changed"), ("skip", "creditor_balance"), ("review", "kind_unknown"))
        result = self.reviews([debtor, creditor, by_name], *both, partners=partners, cover="both")
        self.assertEqual(result.actions[2].suggestion, Assignment(3))
        self.reviews([by_name], ("set_balance", "balance_changed"), partners=partners, cover="receivable")
        self.reviews([by_name], ("skip", "creditor_balance"), partners=partners, cover="payable")


class TestRepeated(BalanceCase):
    """Several rows of one debtor."""

    def test_two_rows_of_one_debtor(self):
        result = make([told(balance=5), told("D2", 7), told("d1", 5, row=4)], [known(1, 80)])
        self.check(
            result,
            ("review", 0, 1, 80, None, None, None, "debtor_repeated"),
            ("set_balance", 1, 2, 0, 7, None, None, "balance_changed"),
            ("review", 2, 1, 80, None, None, None, "debtor_repeated"),
        )
        values = [action.reason.values.get("other_row") for action in result.actions]
        self.assertEqual(values, [4, None, 2])

    def test_balance_and_limit_in_two_rows_of_one_file(self):
        repeated = ("review", "debtor_repeated")
        self.reviews([told(balance=5), told(limit=7)], repeated, repeated)

    def test_balances_and_limits_in_two_files(self):
        result = make([told(balance=5), told(limit=7, file="limits.csv")], [known(1, 80, 6)])
        self.check(
            result,
            ("set_balance", 0, 1, 80, 5, 6, None, "balance_changed"),
            ("set_balance", 1, 1, 80, None, 6, 7, "limit_changed"),
        )

    def test_balance_in_two_files(self):
        repeated = ("review", "debtor_repeated")
        self.reviews([told(balance=5), told(balance=5, file="b.csv")], repeated, repeated)

    def test_blank_row_beside(self):
        self.reviews([told(balance=5), told()], ("set_balance", "balance_changed"), ("keep", "nothing_given"))

    def test_row_that_a_person_chose(self):
        rows = [told(balance=5), told(balance=7, row=3)]
        chosen = (("review", "debtor_repeated"), ("set_balance", "balance_changed"))
        result = self.reviews(rows, *chosen, assigned={1: Assignment(1)})
        self.assertEqual(result.actions[1].balance_after, D(7))

    def test_sums_of_items_add_up(self):
        rows = [told(balance=5, items=2), told("D2", 1, items=1), told(balance=100, items=3, currency="USD", row=9)]
        result = make(rows, [known(1, 80)], rates={"USD": D("0.9")})
        self.check(
            result,
            ("set_balance", 0, 1, 80, 95, None, None, "balance_changed"),
            ("set_balance", 1, 2, 0, 1, None, None, "balance_changed"),
            ("skip", 2, 1, 80, None, None, None, "debtor_summed"),
        )
        self.assertEqual(result.actions[2].reason.values["other_row"], 2)

    def test_sum_and_balance_of_one_debtor(self):
        repeated = ("review", "debtor_repeated")
        self.reviews([told(balance=5, items=1), told(balance=5, file="b.csv")], repeated, repeated)
        fine = (("set_balance", "balance_changed"), ("set_balance", "limit_changed"))
        self.reviews([told(balance=5, items=1), told(limit=5, file="b.csv")], *fine)

    def test_row_beside_one_that_cannot_be_read(self):
        result = make([told(balance=5), told("D2", 5)], [known(1, 80)], rejected=[told(row=7)])
        self.check(
            result,
            ("review", 0, 1, 80, None, None, None, "debtor_part_unreadable"),
            ("set_balance", 1, 2, 0, 5, None, None, "balance_changed"),
            ("review", 0, 1, 80, None, None, None, "debtor_unreadable"),
        )
        self.assertEqual([action.rejected for action in result.actions], [False, False, True])
        self.assertEqual(result.actions[0].reason.values["other_row"], 7)
