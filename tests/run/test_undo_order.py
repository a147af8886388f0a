from itertools import permutations

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

DATES = ("2026-02-28", "2026-03-15", "2026-03-31")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestUndoOrder(OpenBalanceImportCommon):
    """Three runs, taken back in any order: what counts is what the last applied one that still stands says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _undo_in_any_order(self, lists, look, expected, **kwargs):
        """Apply three lists and take them back in each of the six orders.

        :param lists: the rows of each
        :param look: function of the runs that gives what there is to see
        :param dict expected: the same by the numbers of the runs that still stand
        """
        for order in permutations(range(len(lists))):
            savepoint = self.env.cr.savepoint()
            runs = [
                self._import(rows, apply=True, balance_date=date, **kwargs)
                for rows, date in zip(lists, DATES, strict=True)
            ]
            standing = [0, 1, 2]
            with self.subTest(order=order):
                self.assertEqual([run.state for run in runs], ["done"] * 3)
                self.assertEqual(look(runs), expected[0, 1, 2])
                for number in order:
                    runs[number].action_undo()
                    standing.remove(number)
                    with self.subTest(standing=standing):
                        self.assertEqual(look(runs), expected[tuple(standing)])
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _get_items(self, partner=None):
        """The partner's external items: number, balance in company currency, whether it is open."""
        items = self.env["open.balance.external.item"].with_context(active_test=False)
        items = items.search([("partner_id", "=", (partner or self.customer).id)], order="number, id")
        return [(item.number, item.company_balance, item.active) for item in items]

    def _get_open_items(self, _runs):
        return [(number, balance) for number, balance, active in self._get_items() if active]

    # === EXTERNAL ITEMS === #

    def test_updated(self):
        self._undo_in_any_order(
            [["10001;X-1;15.01.2026;5,00"], ["10001;X-1;15.01.2026;3,00"], ["10001;X-1;15.01.2026;2,00"]],
            self._get_open_items,
            {
                (0, 1, 2): [("X-1", 2.0)],
                (0, 1): [("X-1", 3.0)],
                (0, 2): [("X-1", 2.0)],
                (1, 2): [("X-1", 2.0)],
                (0,): [("X-1", 5.0)],
                (1,): [("X-1", 3.0)],
                (2,): [("X-1", 2.0)],
                (): [],
            },
        )

    def test_confirmed(self):
        rows = ["10001;X-1;15.01.2026;5,00"]
        named = [("X-1", 5.0)]
        self._undo_in_any_order(
            [rows, rows, rows],
            self._get_open_items,
            {
                standing: named if standing else []
                for standing in ((0, 1, 2), (0, 1), (0, 2), (1, 2), (0,), (1,), (2,), ())
            },
        )

    def test_closed_by_absence(self):
        rows = ["10001;X-1;15.01.2026;5,00", "10002;X-9;15.01.2026;1,00"]
        self._undo_in_any_order(
            [rows, [rows[0].replace("5,00", "4,00"), rows[1]], rows[1:]],
            self._get_open_items,
            {
                (0, 1, 2): [],
                (0, 1): [("X-1", 4.0)],
                (0, 2): [],
                (1, 2): [],
                (0,): [("X-1", 5.0)],
                (1,): [("X-1", 4.0)],
                (2,): [],
                (): [],
            },
        )

    def test_closed_and_named_again(self):
        """The third list makes an item of its own; without the second one it would have confirmed the first item."""
        rows = ["10001;X-1;15.01.2026;5,00", "10002;X-9;15.01.2026;1,00"]
        named = [("X-1", 5.0)]
        self._undo_in_any_order(
            [rows, rows[1:], rows],
            self._get_open_items,
            {
                (0, 1, 2): named,
                (0, 1): [],
                (0, 2): named,
                (1, 2): named,
                (0,): named,
                (1,): [],
                (2,): named,
                (): [],
            },
        )

    def test_closed_and_named_again_in_an_incomplete_list(self):
        rows = ["10001;X-1;15.01.2026;5,00", "10002;X-9;15.01.2026;1,00"]
        self._import(rows, apply=True, balance_date=DATES[0])
        second = self._import(rows[1:], apply=True, balance_date=DATES[1])
        self.source.complete = False
        third = self._import(rows, apply=True, balance_date=DATES[2])
        second.action_undo()
        self.assertEqual(self._get_items(), [("X-1", 5.0, False), ("X-1", 5.0, True)])
        third.action_undo()
        self.assertEqual(self._get_items(), [("X-1", 5.0, True), ("X-1", 5.0, False)])

    def test_left_out_by_later_complete_list(self):
        """Without the second list the third one would have closed the item."""
        rows = ["10001;X-1;15.01.2026;5,00", "10002;X-9;15.01.2026;1,00"]
        named = [("X-1", 5.0)]
        self._undo_in_any_order(
            [rows, rows[1:], rows[1:]],
            self._get_open_items,
            {
                (0, 1, 2): [],
                (0, 1): [],
                (0, 2): [],
                (1, 2): [],
                (0,): named,
                (1,): [],
                (2,): [],
                (): [],
            },
        )

    def test_left_out_by_later_list_of_which_a_row_waits(self):
        """Without the second list the third one would have left the item open, as its row may mean it."""
        rows = ["10001;X-1;15.01.2026;5,00", "10002;X-9;15.01.2026;1,00"]
        self._import(rows, apply=True, balance_date=DATES[0])
        for waiting, is_open in (
            ("10001;X-1;15.01.2026;x", True),
            ("4711;X-1;15.01.2026;5,00", True),
            ("10001;;15.01.2026;x", True),
            ("10001;X-2;15.01.2026;x", False),
            ("10002;X-1;15.01.2026;x", False),
        ):
            with self.subTest(waiting=waiting):
                second = self._import(rows[1:], apply=True, balance_date=DATES[1])
                third = self._import([rows[1], waiting], apply=True, balance_date=DATES[2])
                second.action_undo()
                self.assertEqual(self._get_items(), [("X-1", 5.0, is_open)])
                third.action_undo()
                self.assertEqual(self._get_items(), [("X-1", 5.0, True)])

    def test_due_date_that_has_moved(self):
        header = "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance"
        first = self._import(["10001;X-1;15.01.2026;01.02.2026;5,00"], header=header, apply=True)
        item = first.line_ids.external_id
        second = self._import(["10001;X-1;15.01.2026;01.03.2026;5,00"], header=header, apply=True)
        self.assertEqual((second.line_ids.action, item.due_date), ("keep", self._date("2026-03-01")))
        second.action_undo()
        self.assertEqual(item.due_date, self._date("2026-02-01"))

    def test_left_out_by_list_of_other_partners(self):
        rows = ["10001;X-1;15.01.2026;5,00", "10002;X-9;15.01.2026;1,00"]
        self._import(rows, apply=True, balance_date=DATES[0])
        second = self._import(rows[1:], apply=True, balance_date=DATES[1])
        self.source.scope = "partners"
        self._import(rows[1:], apply=True, balance_date=DATES[2])
        second.action_undo()
        self.assertEqual(self._get_items(), [("X-1", 5.0, True)])

    def test_incomplete_lists(self):
        self.source.complete = False
        self._undo_in_any_order(
            [
                ["10001;X-1;15.01.2026;5,00", "10001;X-2;15.01.2026;7,00"],
                ["10001;X-1;15.01.2026;3,00"],
                ["10001;X-2;15.01.2026;2,00"],
            ],
            self._get_open_items,
            {
                (0, 1, 2): [("X-1", 3.0), ("X-2", 2.0)],
                (0, 1): [("X-1", 3.0), ("X-2", 7.0)],
                (0, 2): [("X-1", 5.0), ("X-2", 2.0)],
                (1, 2): [("X-1", 3.0), ("X-2", 2.0)],
                (0,): [("X-1", 5.0), ("X-2", 7.0)],
                (1,): [("X-1", 3.0)],
                (2,): [("X-2", 2.0)],
                (): [],
            },
        )

    def test_payables(self):
        rows = ["10001;X-1;15.01.2026;5,00", "70001;X-2;15.01.2026;-5,00"]
        first = self._import(rows, apply=True, balance_date=DATES[0])
        second = self._import([rows[0], rows[1].replace("5,00", "4,00")], apply=True, balance_date=DATES[1])
        first.action_undo()
        self.assertEqual(self._get_items(self.vendor), [("X-2", -4.0, True)])
        second.action_undo()
        self.assertEqual(self._get_items(self.vendor), [("X-2", -4.0, False)])

    def test_adopted(self):
        """The document appears before the second list: the item is linked to it, whichever list stays."""
        first = self._import(["10001;INV/2026/00007;15.01.2026;70,00"], apply=True, balance_date=DATES[0])
        item = first.line_ids.external_id
        document = self._create_document(self.customer, 70.0, "INV/2026/00007")
        rows = ["10001;INV/2026/00007;15.01.2026;40,00"]
        second = self._import(rows, apply=True, balance_date=DATES[1])
        third = self._import(rows, apply=True, balance_date=DATES[2])
        first.action_undo()
        self.assertEqual((item.active, item.closed_by_id, item.move_id), (False, second, document))
        third.action_undo()
        self.assertEqual((item.active, item.closed_by_id, item.move_id), (False, second, document))
        second.action_undo()
        self.assertEqual((item.active, item.closed_by_id, item.move_id.ids), (False, second, []))
        self.assertEqual(document.amount_residual, 70.0)

    def test_adoption_is_undone(self):
        first = self._import(["10001;INV/2026/00007;15.01.2026;70,00"], apply=True, balance_date=DATES[0])
        item = first.line_ids.external_id
        self._create_document(self.customer, 70.0, "INV/2026/00007")
        rows = ["10001;INV/2026/00007;15.01.2026;40,00"]
        self._import(rows, apply=True, balance_date=DATES[1]).action_undo()
        self.assertEqual(
            (item.active, item.balance, item.import_id, item.closed_by_id.ids, item.move_id.ids),
            (True, 70.0, first, [], []),
        )

    def test_line_says_which_run_counts(self):
        rows = ["10001;X-1;15.01.2026;5,00"]
        first = self._import(rows, apply=True, balance_date=DATES[0])
        second = self._import(rows, apply=True, balance_date=DATES[1])
        first.action_undo()
        line = first.line_ids.filtered("external_id")
        self.assertEqual((line.state, line.result), ("undone", f"As {second.name} says, which was applied later."))

    # === BALANCES, DOCUMENTS, LIMITS === #

    def _get_documents(self, _runs):
        """What is open of the invoice, and how many payments in force it has."""
        payments = self.env["account.payment"].search([("partner_id", "=", self.customer.id), ("state", "=", "paid")])
        return (self.invoice.amount_residual, sorted(payments.mapped("amount")))

    def test_reopened_documents(self):
        row = "10001;INV/2026/00001;15.01.2026;{},00"
        self._undo_in_any_order(
            [[row.format(balance)] for balance in (40, 70, 90)],
            self._get_documents,
            {
                (0, 1, 2): (90.0, [10.0]),
                (0, 1): (70.0, [30.0]),
                (0, 2): (90.0, [10.0]),
                (1, 2): (90.0, [10.0]),
                (0,): (40.0, [60.0]),
                (1,): (70.0, [30.0]),
                (2,): (90.0, [10.0]),
                (): (100.0, []),
            },
        )

    def test_reopened_bill_in_foreign_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8737)])
        bill = self._create_document(self.vendor, 100.01, "RE-1", "in_invoice", currency_id=euro.id)
        row = "70001;RE-1;15.01.2026;-{};EUR"
        self._undo_in_any_order(
            [[row.format(balance)] for balance in ("40,01", "70,01", "90,01")],
            lambda _runs: bill.amount_residual,
            {
                (0, 1, 2): 90.01,
                (0, 1): 70.01,
                (0, 2): 90.01,
                (1, 2): 90.01,
                (0,): 40.01,
                (1,): 70.01,
                (2,): 90.01,
                (): 100.01,
            },
            header="Vendor;Voucher Number;Voucher Date;Open Balance;Currency",
        )

    def test_nothing_is_paid_beyond_what_a_later_list_says(self):
        row = "10001;INV/2026/00001;15.01.2026;{},00"
        lists = [self._import([row.format(balance)], apply=True) for balance in (40, 70, 50)]
        self.assertEqual(lists[1].line_ids.action, "reopen")
        lists[1].action_undo()
        self.assertEqual(self.invoice.amount_residual, 80.0)
        self.assertEqual(lists[1].line_ids.result, f"Not paid again: {lists[2].name} says that $\xa050.00 is open.")

    def test_what_was_paid_by_hand_since_stays_paid_beside_what_is_put_back(self):
        """An earlier list doesn't tell what was open before the run that is taken back."""
        row = "10001;INV/2026/00001;15.01.2026;{},00"
        self._import([row.format(40)], apply=True)
        self._pay_in_odoo(self.invoice, 40.0)
        self.assertEqual(self.invoice.amount_residual, 0.0)
        run = self._import([row.format(30)], apply=True)
        self.assertEqual((run.line_ids.action, self.invoice.amount_residual), ("reopen", 30.0))
        run.action_undo()
        self.assertEqual((run.line_ids.result, self.invoice.amount_residual), (False, 0.0))

    def test_loose_payment_comes_back_to_the_cent(self):
        """A payment in a foreign currency that is put back has its amount in company currency, whatever settles it."""
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8737)])
        self.source.complete = False
        credit = self._create_document(self.customer, 639.72, "R-1", "out_refund", currency_id=euro.id)
        row = "10001;R-1;15.01.2026;-{};EUR"
        header = "Customer;Voucher Number;Voucher Date;Open Balance;Currency"
        for balance in ("140,04", "37,46"):
            paid = self._import([row.format(balance)], header=header, apply=True)
            self.assertEqual((paid.line_ids.action, paid.state), ("pay", "done"))
        credit.line_ids.remove_move_reconcile()
        before = self._get_ledger()
        run = self._import([row.format("609,59")], header=header, apply=True)
        self.assertEqual(sorted(run.line_ids.mapped("action")), ["cancel", "pay"])
        run.action_undo()
        self.assertEqual(self._get_ledger(), before)

    def _get_ledger(self):
        """What is open of the customer in both currencies: documents, then payments that are loose."""
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        return sorted((line.amount_residual_currency, line.amount_residual) for line in lines)

    def test_balances(self):
        row = "10001;X-1;15.01.2026;{},00"
        self._undo_in_any_order(
            [[row.format(balance)] for balance in (40, 70, 90)],
            lambda _runs: (self._get_balances(self.customer)[0], str(self.customer.open_balance_date or "")),
            {
                (0, 1, 2): (90.0, DATES[2]),
                (0, 1): (70.0, DATES[1]),
                (0, 2): (90.0, DATES[2]),
                (1, 2): (90.0, DATES[2]),
                (0,): (40.0, DATES[0]),
                (1,): (70.0, DATES[1]),
                (2,): (90.0, DATES[2]),
                (): (0.0, ""),
            },
        )

    def test_older_list_that_was_confirmed_counts_while_it_is_the_last_applied_one(self):
        row = "10001;INV/2026/00001;15.01.2026;{},00"
        newer = self._import([row.format(40)], apply=True)
        older = self._import([row.format(70)], balance_date=DATES[0])
        older.problem_ids.filtered(lambda problem: problem.level == "stop").action_confirm()
        older.action_apply()
        self.assertEqual((self.invoice.amount_residual, self._get_balances(self.customer)[0]), (70.0, 70.0))
        older.action_undo()
        self.assertEqual((self.invoice.amount_residual, self._get_balances(self.customer)[0]), (40.0, 40.0))
        newer.action_undo()
        self.assertEqual((self.invoice.amount_residual, self._get_balances(self.customer)[0]), (100.0, 0.0))

    def test_limits(self):
        self.source.write({"per": "debtor", "sets_credit_limits": True})
        self.customer.credit_limit = 300.0
        self._undo_in_any_order(
            [["10001;A;;5.000,00;400,00;1,00"], ["10001;A;;5.000,00;;1,00"], ["10001;A;;7.000,00;700,00;1,00"]],
            lambda _runs: (self.customer.credit_limit, self.customer.internal_credit_limit),
            {
                (0, 1, 2): (7000.0, 700.0),
                (0, 1): (5000.0, 400.0),
                (0, 2): (7000.0, 700.0),
                (1, 2): (7000.0, 700.0),
                (0,): (5000.0, 400.0),
                (1,): (5000.0, 0.0),
                (2,): (7000.0, 700.0),
                (): (300.0, 0.0),
            },
            header="Debitor;Name;Name 2;Limit;Intern;Saldo",
        )

    def test_limit_that_a_person_set_between_two_lists(self):
        self.source.write({"per": "debtor", "sets_credit_limits": True})
        header = "Debitor;Name;Name 2;Limit;Intern;Saldo"
        first = self._import(["10001;A;;5.000,00;;1,00"], header=header, apply=True)
        self.customer.credit_limit = 6000.0
        second = self._import(["10001;A;;7.000,00;;1,00"], header=header, apply=True)
        first.action_undo()
        self.assertEqual(self.customer.credit_limit, 7000.0)
        self.assertEqual(first.line_ids.result, f"Credit Limit kept: {second.name} has set it since.")
        second.action_undo()
        self.assertEqual(self.customer.credit_limit, 6000.0)
