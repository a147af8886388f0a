"""The explanation of one item: what it was, what settled it and what lists said of it."""

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestItemSteps(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        cls.invoice = cls._create_document(cls.customer, 100, "INV/2026/00001", date="2026-01-15")
        cls.Item = cls.env["open.balance.item"].with_user(cls.clerk)

    def _get_steps(self, document, at=None):
        """The steps as tuples: date, kind, entry, list, amount, rest."""
        Item = self.Item.with_context(open_balance_date=at) if at else self.Item
        item = Item.search([("move_id", "=", document.id)])
        return [
            (str(step.date), step.kind, step.move_id, step.import_id, step.company_amount, step.company_rest)
            for step in item.step_ids
        ]

    def _credit(self, amount, date):
        """A credit note that settles a part of the invoice."""
        credit = self._create_document(
            self.customer, amount, "RINV/2026/00001", move_type="out_refund", date=date, invoice_date_due=date
        )
        lines = (credit + self.invoice)._get_open_balance_lines()
        lines.reconcile()
        return credit

    def test_payments_credit_notes_and_lists(self):
        none, no_run = self.env["account.move"], self.env["open.balance.import"]
        payment = self._pay_in_odoo(self.invoice, 10, payment_date="2026-02-01").move_id
        credit = self._credit(15, "2026-02-15")
        run = self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        booked = run.line_ids.payment_id.move_id
        steps = [
            ("2026-01-15", "original", none, no_run, 100.0, 100.0),
            ("2026-02-01", "payment", payment, no_run, -10.0, 90.0),
            ("2026-02-15", "credit_note", credit, no_run, -15.0, 75.0),
            ("2026-03-31", "list", booked, run, -15.0, 60.0),
        ]
        self.assertEqual(self._get_steps(self.invoice), steps)
        for at, count in (("2026-01-15", 1), ("2026-02-01", 2), ("2026-02-20", 3), ("2026-03-31", 4)):
            self.assertEqual(self._get_steps(self.invoice, at), steps[:count])

    def test_an_exchange_difference(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-01", 4.0)])
        document = self._create_document(self.customer, 100, "INV/2026/00002", currency_id=euro.id)
        self._create_document(self.customer, 1, "INV/2026/00003", currency_id=euro.id)
        self._pay_in_odoo(document, 40, payment_date="2026-03-10", currency_id=euro.id)
        item = self.Item.search([("move_id", "=", document.id)])
        steps = [(step.kind, step.amount, step.rest, step.company_amount, step.company_rest) for step in item.step_ids]
        self.assertEqual(
            steps,
            [
                ("original", 100.0, 100.0, 50.0, 50.0),
                ("payment", -40.0, 60.0, -10.0, 40.0),
                ("exchange", 0.0, 60.0, -10.0, 30.0),
            ],
        )
        self.assertEqual((item.residual, item.company_residual), (60.0, 30.0))

    def test_what_lists_said(self):
        self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True, balance_date="2026-02-28")
        self._import(["10001;INV/2026/00001;15.01.2026;80,00"], apply=True, balance_date="2026-03-31")
        said = [
            ("2026-02-28", "pay", 60.0, 100.0),
            ("2026-03-31", "reopen", 80.0, 60.0),
        ]
        for at, count in (("2026-02-27", 0), ("2026-03-30", 1), (None, 2)):
            item = self.Item.with_context(open_balance_date=at).search([("move_id", "=", self.invoice.id)])
            lines = [
                (str(line.balance_date), line.action, line.reported_balance, line.booked_balance)
                for line in item.said_ids
            ]
            self.assertEqual(lines, said[:count])

    def test_what_lists_said_of_an_external_item(self):
        self._import(["10002;X-7;01.02.2026;25,00"], apply=True, balance_date="2026-02-28")
        self._import(["10002;X-7;01.02.2026;15,00"], apply=True, balance_date="2026-03-31")
        item = self.Item.search([("item_type", "=", "external")])
        self.assertEqual(
            [(str(line.balance_date), line.reported_balance) for line in item.said_ids],
            [("2026-02-28", 25.0), ("2026-03-31", 15.0)],
        )
        self.assertFalse(item.step_ids)
        form = Form(item.with_user(self.clerk))
        self.assertEqual((form.number, len(form.said_ids)), ("X-7", 2))

    def test_a_settlement_is_opened_and_taken_back(self):
        payment = self._pay_in_odoo(self.invoice, 10, payment_date="2026-02-01")
        item = self.Item.search([("move_id", "=", self.invoice.id)])
        self.assertEqual(item.step_ids[1].action_open_entry()["res_id"], payment.id)
        self.assertEqual(item.step_ids[0].action_open_entry()["res_id"], self.invoice.id)
        reader = self._create_user("reader", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "account.partial.reconcile"):
            item.step_ids[1].with_user(reader).action_unreconcile()
        item.step_ids[1].action_unreconcile()
        self.assertEqual([row[1:2] + row[4:] for row in self._get_steps(self.invoice)], [("original", 100.0, 100.0)])
