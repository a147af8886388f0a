from odoo import Command
from odoo.tests import tagged

from ..common_opening_booking import OpeningBookingCommon


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningTax(OpeningBookingCommon):
    """Tax booked with the amount of the list, and tax that falls due with the payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.opening_tax = "exact"
        cls.tags = cls.env["account.account.tag"].create(
            [
                {"name": name, "applicability": "taxes", "country_id": cls.company.account_fiscal_country_id.id}
                for name in ("Base", "Tax", "Base of refunds", "Tax of refunds")
            ]
        )
        cls.account = cls.company_data["default_account_tax_sale"]
        cls.tax = cls._create_tax("19 %", 19)

    @classmethod
    def _create_tax(cls, name, amount, use="sale", **values):
        base, tax, refund_base, refund_tax = (Command.set(tag.ids) for tag in cls.tags)
        account = values.pop("account", cls.account)
        lines = {
            f"{kind}_repartition_line_ids": [
                Command.create({"repartition_type": "base", "tag_ids": [base_tag]}),
                Command.create({"repartition_type": "tax", "tag_ids": [tax_tag], "account_id": account.id}),
            ]
            for kind, base_tag, tax_tag in (("invoice", base, tax), ("refund", refund_base, refund_tax))
        }
        return cls.env["account.tax"].create({"name": name, "amount": amount, "type_tax_use": use, **lines, **values})

    def _get_items(self, move):
        """The items besides what is due, as tuples: account, amount, balance, taxes, tax, tags."""
        items = move.line_ids - move._get_open_balance_lines()
        return [
            (
                "clearing" if item.account_id == self.source.journal_id.default_account_id else item.account_id.code,
                item.amount_currency,
                item.balance,
                item.tax_ids.name or "",
                item.tax_line_id.name or "",
                item.tax_tag_ids.mapped("name"),
            )
            for item in items.sorted("id")
        ]

    def test_tax_of_the_list(self):
        run = self._apply([{"total": 119, "tax": 19, "paid": 50, "number": "A", "tax_id": self.tax.id}])
        move = run.line_ids.move_id
        self.assertRecordValues(
            move, [{"amount_untaxed": 100.0, "amount_tax": 19.0, "amount_total": 119.0, "amount_residual": 69.0}]
        )
        self.assertEqual(
            self._get_items(move),
            [
                ("clearing", -100.0, -100.0, "19 %", "", ["Base"]),
                (self.account.code, -19.0, -19.0, "", "19 %", ["Tax"]),
            ],
        )
        self.assertRecordValues(
            move.invoice_line_ids, [{"price_unit": 100.0, "price_subtotal": 100.0, "price_total": 119.0}]
        )

    def test_amount_that_the_rate_does_not_give(self):
        run = self._apply([{"total": 119, "tax": 18.5, "number": "A", "tax_id": self.tax.id}])
        move = run.line_ids.move_id
        self.assertRecordValues(move, [{"amount_untaxed": 100.5, "amount_tax": 18.5, "amount_total": 119.0}])
        self.assertRecordValues(move.invoice_line_ids, [{"price_subtotal": 100.5, "price_total": 119.0}])
        move.button_draft()
        move.ref = "edited"
        move.action_post()
        self.assertRecordValues(move, [{"amount_untaxed": 100.5, "amount_tax": 18.5, "amount_residual": 119.0}])

    def test_price_included_tax(self):
        tax = self._create_tax("10 % incl.", 10, price_include_override="tax_included")
        run = self._apply([{"total": 110, "tax": 9.99, "number": "A", "tax_id": tax.id}])
        self.assertRecordValues(run.line_ids.move_id, [{"amount_untaxed": 100.01, "amount_tax": 9.99}])

    def test_credit_note_and_bill(self):
        purchase = self._create_tax("19 % paid", 19, "purchase")
        run = self._apply(
            [
                {"total": 119, "tax": 19, "number": "A", "tax_id": self.tax.id, "document_type": "out_refund"},
                {"total": 119, "tax": 19, "number": "B", "tax_id": purchase.id, "document_type": "in_invoice"},
            ]
        )
        credit_note, bill = run.line_ids.sorted("id").move_id
        self.assertEqual(
            self._get_items(credit_note),
            [
                ("clearing", 100.0, 100.0, "19 %", "", ["Base of refunds"]),
                (self.account.code, 19.0, 19.0, "", "19 %", ["Tax of refunds"]),
            ],
        )
        self.assertEqual(
            self._get_items(bill),
            [
                ("clearing", 100.0, 100.0, "19 % paid", "", ["Base"]),
                (self.account.code, 19.0, 19.0, "", "19 % paid", ["Tax"]),
            ],
        )

    def test_row_of_each_tax_in_a_foreign_currency(self):
        reduced = self._create_tax("7 %", 7)
        common = {"number": "A", "document_index": 1, "currency_id": self.foreign.id, "rate": 1.7331}
        run = self._apply(
            [
                {"total": 33.33, "tax": 5.33, "tax_id": self.tax.id, **common},
                {"total": 10.71, "tax": 0.7, "tax_id": reduced.id, **common},
                {"total": 20.01, "tax": 3.19, "tax_id": self.tax.id, **common},
                {"total": 5, **common},
            ]
        )
        move = run.line_ids.move_id
        self.assertRecordValues(
            move,
            [{"amount_untaxed": 59.83, "amount_tax": 9.22, "amount_total": 69.05, "amount_total_signed": 119.67}],
        )
        self.assertEqual(
            self._get_items(move),
            [
                ("clearing", -5.0, -8.67, "", "", []),
                ("clearing", -28.0, -48.52, "19 %", "", ["Base"]),
                ("clearing", -10.01, -17.35, "7 %", "", ["Base"]),
                ("clearing", -16.82, -29.15, "19 %", "", ["Base"]),
                (self.account.code, -8.52, -14.77, "", "19 %", ["Tax"]),
                (self.account.code, -0.7, -1.21, "", "7 %", ["Tax"]),
            ],
        )

    def test_entry_with_tax(self):
        self.source.opening_form = "entry"
        run = self._apply([{"total": 119, "tax": 18.5, "paid": 19, "number": "A", "tax_id": self.tax.id}])
        move = run.line_ids.move_id
        self.assertEqual(
            self._get_items(move),
            [
                ("clearing", -100.5, -100.5, "19 %", "", ["Base"]),
                (self.account.code, -18.5, -18.5, "", "19 %", ["Tax"]),
            ],
        )
        self.assertEqual(move._get_open_balance_lines().amount_residual, 100.0)

    def test_zero_tax_keeps_its_tags(self):
        tax = self._create_tax("0 %", 0)
        run = self._apply([{"total": 100, "number": "A", "tax_id": tax.id}])
        self.assertEqual(self._get_items(run.line_ids.move_id), [("clearing", -100.0, -100.0, "0 %", "", ["Base"])])

    # === TAXES THAT HAVE NO AMOUNT OF THEIR OWN === #

    def test_group_that_gives_the_amount(self):
        group = self.env["account.tax"].create(
            {
                "name": "Two",
                "amount_type": "group",
                "children_tax_ids": [Command.set((self._create_tax("5 %", 5) + self._create_tax("4 %", 4)).ids)],
            }
        )
        refusal = (
            "B: the tax Two gives $\N{NO-BREAK SPACE}9.09 and not $\N{NO-BREAK SPACE}8.00, as in the list. "
            "Use a tax that is neither a group nor reverse charge."
        )
        run = self._apply(
            [
                {"total": 109, "tax": 9, "number": "A", "tax_id": group.id},
                {"total": 109, "tax": 8, "number": "B", "tax_id": group.id},
            ]
        )
        self.assertEqual(
            [(line.state, line.result, line.move_id.amount_tax) for line in run.line_ids.sorted("id")],
            [
                ("done", False, 9.0),
                ("failed", refusal, 0.0),
            ],
        )

    def test_reverse_charge(self):
        tax = self._create_tax("Reverse charge", 19, "purchase")
        back = {"repartition_type": "tax", "factor_percent": -100, "account_id": self.account.id}
        tax.write(
            {
                f"{kind}_repartition_line_ids": [Command.create({**back, "document_type": kind})]
                for kind in ("invoice", "refund")
            }
        )
        bill = {"document_type": "in_invoice", "tax_id": tax.id, "total": 100}
        run = self._apply([{**bill, "number": "A"}, {**bill, "number": "B", "tax": 19}])
        self.assertEqual(
            [(line.state, line.move_id.amount_total, line.move_id.amount_tax) for line in run.line_ids.sorted("id")],
            [("done", 100.0, 0.0), ("failed", 0.0, 0.0)],
        )
        self.assertRegex(run.line_ids.sorted("id")[1].result, "neither a group nor reverse charge")

    def test_tax_that_was_deleted(self):
        run = self._create_run([{"total": 119, "tax": 19, "number": "A", "tax_id": self.tax.id}])
        self.tax.unlink()
        run.action_apply()
        self.assertEqual(self._get_rows(run)[0][3:], ("failed", "A has a tax amount, but no tax. Plan again."))

    # === CASH BASIS === #

    def _create_cash_basis_tax(self):
        self.company.tax_exigibility = True
        transition = self.copy_account(self.account, {"reconcile": True})
        return self._create_tax(
            "Cash basis", 20, tax_exigibility="on_payment", cash_basis_transition_account_id=transition.id
        )

    def _get_cash_basis_tax(self, move):
        """What the payments of a document have booked on the tax account."""
        entries = self.env["account.move"].search([("tax_cash_basis_origin_move_id", "=", move.id)], order="id")
        return [
            -sum(entry.line_ids.filtered(lambda line: line.account_id == self.account).mapped("balance"))
            for entry in entries
        ]

    def test_paid_part_books_no_cash_basis_tax_and_the_open_part_its_share(self):
        tax = self._create_cash_basis_tax()
        run = self._apply([{"total": 120, "tax": 20, "paid": 60, "number": "A", "tax_id": tax.id}])
        move = run.line_ids.move_id
        self.assertEqual(self._get_cash_basis_tax(move), [])
        self.assertRecordValues(
            move, [{"amount_untaxed": 100.0, "amount_tax": 20.0, "amount_total": 120.0, "amount_residual": 60.0}]
        )
        for amount in (30, 30):
            wizard = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=move.ids)
            wizard.create({"amount": amount, "payment_date": "2026-04-10"})._create_payments()
        self.assertEqual(self._get_cash_basis_tax(move), [5.0, 5.0])
        transition = move.line_ids.filtered(lambda line: line.account_id == tax.cash_basis_transition_account_id)
        self.assertEqual(set(transition.mapped("reconciled")), {True})

    def test_history_has_no_cash_basis_tax_left(self):
        tax = self._create_cash_basis_tax()
        run = self._apply([{"total": 120, "tax": 20, "paid": 120, "number": "A", "tax_id": tax.id}])
        move = run.line_ids.move_id
        self.assertEqual((self._get_cash_basis_tax(move), move.payment_state), ([], "paid"))
        transition = tax.cash_basis_transition_account_id
        self.assertEqual(sum(move.line_ids.filtered(lambda line: line.account_id == transition).mapped("balance")), 0.0)

    def test_cash_basis_tax_of_the_paid_part_if_wanted(self):
        self.source.opening_cash_basis = True
        tax = self._create_cash_basis_tax()
        run = self._apply([{"total": 120, "tax": 20, "paid": 60, "number": "A", "tax_id": tax.id}])
        self.assertEqual(self._get_cash_basis_tax(run.line_ids.move_id), [10.0])
