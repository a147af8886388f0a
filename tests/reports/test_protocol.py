"""The reconciliation of a list with the account: explained to the last cent, or red."""

import re

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...models.reports.protocol import Protocol
from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

PARTS = ("kept", "paid", "overpaid", "external", "review", "skipped", "failed", "total", "unread")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestProtocol(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        for number, amount in ((1, 100), (2, 40), (3, 30), (4, 20), (5, 10)):
            cls._create_document(cls.customer, amount, f"INV/2026/0000{number}", date="2026-01-15")

    def _get_document(self, number):
        return self.env["account.move"].search([("name", "=", number), ("company_id", "=", self.env.company.id)])

    def _import_all(self):
        """A list with a row of each sort."""
        self._create_document(
            self.customer, 7, "INV/2026/00007", date="2026-03-15", created="2026-04-02"
        )  # created after the list
        return self._import(
            [
                "10001;INV/2026/00001;15.01.2026;60,00",
                "10001;INV/2026/00002;15.01.2026;40,00",
                "10001;INV/2026/00003;15.01.2026;-5,00",
                "10001;INV/2026/00004;15.01.2026;see letter",
                "10002;X-7;01.02.2026;25,00",
                "99999;Y-8;01.02.2026;3,00",
            ],
            apply=True,
        )

    def _get_ledger(self, run):
        """The receivables: before, after, list, difference, reasons, unexplained."""
        [ledger] = Protocol(run).get_ledgers()
        self.assertEqual(ledger.kind, "receivable")
        return (
            ledger.before, ledger.at_date, ledger.listed, ledger.difference, ledger.reasons, ledger.unexplained,
        )  # fmt: skip

    def test_the_list_by_what_became_of_its_rows(self):
        run = self._import_all()
        [row] = Protocol(run).get_parts()
        self.assertEqual(row["code"], "USD")
        self.assertEqual(
            {name: row[name] for name in PARTS},
            {
                "kept": 40.0, "paid": 60.0, "overpaid": -5.0, "external": 25.0, "review": 3.0, "skipped": 0.0,
                "failed": 0.0, "total": 123.0, "unread": 1,
            },
        )  # fmt: skip
        self.assertNotIn("missing", {key: value for key, value in row.items() if value})
        run.sudo().totals = {"currencies": {"USD": {"file": 124.5, "matched": 0, "external": 0}}, "ledgers": {}}
        self.assertEqual(Protocol(run).get_parts()[0]["missing"], 1.5)

    def test_the_difference_is_explained_to_the_cent(self):
        self._pay_in_odoo(self._get_document("INV/2026/00002"), 0.01, payment_date="2026-04-01")  # newer than the list
        self.env["account.payment"].create(
            {
                "payment_type": "inbound", "partner_id": self.customer.id, "amount": 8.0, "date": "2026-03-01",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        ).action_post()  # fmt: skip
        run = self._import_all()
        self.assertEqual(
            self._get_ledger(run),
            (
                199.0,  # 207 of documents less the payment of 8
                114.0,  # 60 + 40 - 5 + 20 + 7 - 8
                123.0,
                -9.0,
                {"created_after_list": 7.0, "review": 17.0, "external": -25.0, "payment": -8.0},
                0.0,
            ),
        )

    def test_what_nobody_explains_is_shown_with_its_documents(self):
        run = self._import_all()
        document = self._get_document("INV/2026/00001")
        self._pay_in_odoo(document, 10, payment_date="2026-03-20")
        [ledger] = Protocol(run).get_ledgers()
        self.assertEqual((ledger.unexplained, ledger.suspects), (-10.0, [(document, 50.0, 60.0, -10.0)]))
        text = self._render(run)
        self.assertRegex(text, r"Unexplained \$ -10.00")
        self.assertIn("Behind what is unexplained", text)
        self.assertIn("INV/2026/00001", text)

    def test_payments_that_are_dated_later(self):
        self.source.write({"payment_date": "fixed", "fixed_payment_date": "2026-04-05"})
        run = self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        self.assertEqual(self._get_ledger(run), (200.0, 200.0, 60.0, 140.0, {"later": 140.0}, 0.0))

    def test_what_a_later_list_reopened(self):
        first = self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True, balance_date="2026-02-28")
        self.assertEqual(self._get_ledger(first)[-2:], ({}, 0.0))
        second = self._import(["10001;INV/2026/00001;15.01.2026;80,00"], apply=True)
        self.assertEqual(self._get_ledger(first)[-2:], ({"reopened": 40.0}, 0.0))
        self.assertEqual(self._get_ledger(second), (60.0, 80.0, 80.0, 0.0, {}, 0.0))

    def test_a_list_that_is_not_complete(self):
        self.source.complete = False
        run = self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        self.assertEqual(self._get_ledger(run), (200.0, 160.0, 60.0, 100.0, {"not_in_list": 100.0}, 0.0))

    def test_who_and_what_is_printed(self):
        run = self._import_all()
        text = self._render(run)
        for expected in (run.name, run.file_ids.checksum, "list.csv", self.clerk.name, "Total of the list"):
            self.assertIn(expected, text)
        self.assertRegex(text, r"Unexplained \$ 0.00")

    def _render(self, run):
        """The text of the printed reconciliation."""
        Report = self.env["ir.actions.report"].with_user(self.clerk)
        content, _kind = Report._render_qweb_html("account_open_balance.report_protocol", run.ids)
        text = html.fromstring(content).text_content()
        return re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("\ufeff", ""))

    def test_only_an_applied_list_has_one(self):
        run = self._import(["10001;INV/2026/00001;15.01.2026;60,00"])
        self.assertFalse(run.has_protocol)
        with self.assertRaisesRegex(UserError, "has nothing to reconcile"):
            run.action_open_protocol()
        self._confirm_layout("Account Number;Voucher Number;Voucher Date;Open Balance\n10001;I;15.01.2026;1,00")
        run.action_apply()
        self.assertEqual(run.action_open_protocol()["report_type"], "qweb-html")

    def test_the_run_opens_what_is_open_at_its_date(self):
        action = self._import_all().action_open_items()
        self.assertEqual(action["context"]["open_balance_date"], "2026-03-31")
        Item = self.env["open.balance.item"].with_context(**action["context"])
        self.assertEqual(sum(Item.search(action["domain"]).mapped("company_residual")), 147.0)
