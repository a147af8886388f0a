"""What a complete list of balances doesn't hold, and what a person must confirm."""

import time
from datetime import date

from ....engine import BookBalance, BookPartner
from ...engine_samples import D, partner, problems
from .test_engine_balances_plan import BalanceCase, known, make, told


class TestAbsent(BalanceCase):
    """Debtors that a complete list doesn't hold."""

    LISTED = ("set_balance", 0, 1, 0, 5, None, None, "balance_changed")

    def absent(self, *expected, balances=(), current=None, **values):
        """Compare the actions after that of debtor 1."""
        current = [known(2, 50, 9, booked=20), known(3, 0, 9), known(4, -7)] if current is None else current
        result = make([told(balance=5), *balances], current, **values)
        self.check(result, self.LISTED, *expected)
        return result

    def test_balance_goes_to_zero_and_limits_stay(self):
        result = self.absent(
            ("zero_balance", None, 2, 50, 0, 9, None, "debtor_absent"),
            ("zero_balance", None, 4, -7, 0, None, None, "debtor_absent"),
        )
        action = result.actions[1]
        self.assertEqual((action.booked, action.difference), (D(20), D(-20)))
        self.assertEqual(
            dict(action.reason.values),
            {"partner": "Deco Addict", "before": D(50), "booked": D(20), "currency": "EUR"},
        )

    def test_list_that_is_not_complete(self):
        self.absent(complete=False)

    def test_only_partners_in_the_list(self):
        self.absent(scope="partners")

    def test_uncounted(self):
        """Whose balance the list has, or may have, without its being taken."""
        for row, rejected, expected in (
            (told("D2", balance=5), (), False),
            (told("D2", balance=5, limit=-1), (), True),
            (told("D2", limit=-1), (), False),
            (told("D2", balance=5, currency="CHF"), (), True),
            (told("D9", balance=5), (), False),
            (told("D1", balance=6), [told("D2")], True),
        ):
            with self.subTest(row=row):
                action = make([row], [known(2, 50)], rejected).actions[-1 if rejected else 0]
                self.assertEqual(action.uncounted, expected)

    def test_limit_that_waits_says_nothing_of_the_balance(self):
        rows = [told("D2", balance=5), told(None, limit=7, partner_name="Azure Interior")]
        for balance, expected in ((0, []), (50, [("skip", None, 1, 50, None, None, None, "mentioned")])):
            with self.subTest(balance=balance):
                result = make(rows, [known(1, balance)])
                self.check(
                    result,
                    ("set_balance", 0, 2, 0, 5, None, None, "balance_changed"),
                    ("review", 1, 0, 0, None, None, None, "limit_by_name"),
                    *expected,
                )
                self.assertFalse(any(action.uncounted for action in result.actions))

    def test_uncounted_in_a_list_that_is_not_complete(self):
        partners = [partner(1), partner(2, name="Same"), partner(3, name="Same")]
        rows = [told(balance=5), told(None, balance=7, partner_name="Same")]
        result = make(rows, [known(2, 50), known(3)], partners=partners, complete=False)
        self.check(
            result,
            ("set_balance", 0, 1, 0, 5, None, None, "balance_changed"),
            ("review", 1, 0, 0, None, None, None, "partner_ambiguous"),
            ("skip", None, 2, 50, None, None, None, "mentioned"),
            ("skip", None, 3, 0, None, None, None, "mentioned"),
        )
        self.assertEqual([action.uncounted for action in result.actions], [False, False, True, True])

    def test_list_of_limits(self):
        result = make([told(limit=5)], [known(2, 50)])
        self.check(result, ("set_balance", 0, 1, 0, None, None, 5, "limit_changed"))

    def test_empty_list(self):
        result = make([], [known(2, 50)])
        self.check(result)
        self.assertEqual(problems(result), [("stop", "empty_list")])

    def test_listed_debtor_is_not_absent(self):
        for one, action in (
            (told("D2"), ("keep", 1, 2, 50, None, None, None, "nothing_given")),
            (told("D2", limit=-1), ("review", 1, 2, 50, None, None, None, "limit_negative")),
            (told("D2", 1, currency="USD"), ("review", 1, 2, 50, None, None, None, "no_rate")),
        ):
            with self.subTest(action[-1]):
                self.absent(action, balances=[one], current=[known(2, 50)])

    def test_row_that_names_nobody(self):
        result = self.absent(
            ("review", 1, 0, 0, None, None, None, "partner_missing"),
            ("skip", None, 2, 50, None, None, None, "mentioned"),
            balances=[told(None, 3, row=8)],
            current=[known(2, 50)],
        )
        self.assertEqual(dict(result.actions[2].reason.values), {"row": 8, "file": "list.csv"})

    def test_row_that_may_mean_one_of_several(self):
        partners = (partner(1), partner(2, debtor_number="D"), partner(3, debtor_number="D"), partner(4))
        self.absent(
            ("review", 1, 0, 0, None, None, None, "partner_ambiguous"),
            ("skip", None, 2, 50, None, None, None, "mentioned"),
            ("zero_balance", None, 4, -7, 0, None, None, "debtor_absent"),
            balances=[told("D", 3)],
            partners=partners,
            current=[known(2, 50), known(4, -7)],
        )

    def test_number_and_name_of_different_partners(self):
        self.absent(
            ("review", 1, 0, 0, None, None, None, "partner_conflict"),
            ("skip", None, 2, 50, None, None, None, "mentioned"),
            ("skip", None, 3, 1, None, None, None, "mentioned"),
            balances=[told("D2", 3, partner_name="Gemini Furniture")],
            current=[known(2, 50), known(3, 1)],
        )

    def test_unknown_debtor_protects_nobody(self):
        self.absent(
            ("review", 1, 0, 0, None, None, None, "partner_unknown"),
            ("zero_balance", None, 2, 50, 0, None, None, "debtor_absent"),
            balances=[told("X", 3)],
            current=[known(2, 50)],
        )

    def test_debtor_who_cannot_be_read(self):
        self.absent(
            ("review", 0, 2, 50, None, None, None, "debtor_unreadable"),
            current=[known(2, 50)],
            rejected=[told("D2")],
        )

    def test_unreadable_row_that_names_nobody(self):
        self.absent(
            ("review", 0, 0, 0, None, None, None, "debtor_unreadable"),
            ("skip", None, 2, 50, None, None, None, "mentioned"),
            current=[known(2, 50)],
            rejected=[told(None)],
        )

    def test_only_unreadable_rows_close_nothing(self):
        result = make([], [known(2, 50)], rejected=[told("D1")])
        self.check(result, ("review", 0, 1, 0, None, None, None, "debtor_unreadable"))


class TestGuards(BalanceCase):
    """What a person must confirm."""

    def test_dates(self):
        future = make([told(balance=5)], balance_date=date(2026, 5, 1))
        self.assertEqual(problems(future), [("stop", "balance_date_future")])
        older = make([told(balance=5)], last_balance_date=date(2026, 4, 1))
        self.assertEqual(problems(older), [("stop", "balance_date_older")])

    def test_many_absent_by_amount(self):
        current = [known(1, 60), known(2, 40), known(3, 0)]
        result = make([told(balance=60)], current, absent_limit=D("0.4"))
        self.assertEqual(problems(result), [("stop", "many_absent")])
        self.assertEqual(
            dict(result.problems[0].values),
            {
                "count": 1,
                "total": 2,
                "amount": D(40),
                "total_amount": D(100),
                "currency": "EUR",
                "percent": D("50.0"),
                "limit": D(40),
            },
        )
        self.assertEqual(problems(make([told(balance=60)], current, absent_limit=D("0.5"))), [])

    def test_credits_count_as_amounts(self):
        current = [known(1, 1), known(2, -99), known(3, 1), known(4, 1)]
        rows = [told(f"D{number}", 1) for number in (1, 3, 4)]
        result = make(rows, current, absent_limit=D("0.9"))
        self.assertEqual(result.problems[0].values["amount"], D(99))

    def test_protected_debtors_do_not_count(self):
        result = make([told(balance=60), told(None, 5)], [known(1, 60), known(2, 40)], absent_limit=D(0))
        self.assertEqual(problems(result), [])


class TestMany(BalanceCase):
    """Only dictionary look-ups."""

    def plan_many(self, count):
        """Seconds of processor time for so many debtors, a tenth of them absent."""
        partners = [BookPartner(ident, f"Partner {ident}", debtor_number=str(ident)) for ident in range(1, count)]
        current = [BookBalance(one.id, D(one.id), D(5), None, D(1)) for one in partners]
        rows = [told(str(ident), ident % 7) for ident in range(1, count) if ident % 10]
        start = time.process_time()
        result = make(rows, current, partners=partners)
        self.assertEqual(len(result.actions), count - 1)
        return time.process_time() - start

    def test_time_grows_with_the_number_of_debtors(self):
        few, many = self.plan_many(2_000), self.plan_many(20_000)
        self.assertLess(many, max(few, 0.02) * 30)
