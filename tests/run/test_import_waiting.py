"""Rows that wait for a person, by what stays open: both documents that they may mean, and what is counted of them."""

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

FIRST = "10001;INV/2026/00001;15.01.2026;100,00"
KEPT = ("keep", "INV/2026/00001", "INV/2026/00001", "done", "confirmed")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestNumbersOfOthers(OpenBalanceImportCommon):
    """The row's number is a document of another partner; the row's own partner has one that looks like it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.listed = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls.branch = cls._create_partner("Azure Interior, Ghent", parent_id=cls.customer.id, debtor_number="10009")
        cls.second_vendor = cls._create_partner("Wood Corner Ltd.", creditor_number="70002")

    def _create_pair(self, owner, other, date="2026-01-20"):
        """The document whose number the row has, and one of the row's partner of that date and amount."""
        return self._create_document(owner, 70.0, "INV/2026/00003", date=date) + self._create_document(
            other, 70.0, "INV/2026/00004", date=date
        )

    def assertBothLeft(self, row, documents, reason, first=FIRST, kept=KEPT):
        """The row is reviewed and neither document is closed, though the list is complete and lacks both."""
        self.assertEqual(documents.mapped("commercial_partner_id").ids, documents.mapped("partner_id").ids)
        run = self._import([first, row], apply=True)
        number = row.split(";")[1]
        names = [document.name for document in documents]
        self.assertEqual(
            sorted(self._get_short_rows(run)),
            sorted(
                [
                    kept,
                    ("review", number, "", "skipped", reason),
                    *(("skip", name, name, "skipped", "mentioned") for name in names),
                ]
            ),
        )
        self.assertEqual(documents.mapped("amount_residual"), [70.0, 70.0])
        self.assertEqual(run.payment_count, 0)

    def test_customers(self):
        documents = self._create_pair(self.customer, self.other_customer)
        self.assertBothLeft("10002;INV/2026/00003;20.01.2026;70,00", documents, "number_other_partner")

    def test_vendors(self):
        self.source.payables_sign = "ledger"
        bills = [
            self._create_document(vendor, 70.0, number, "in_invoice", date="2026-01-20")
            for vendor, number in ((self.vendor, "RE-3"), (self.second_vendor, "RE-4"))
        ]
        self._create_document(self.vendor, 100.0, "RE-1", "in_invoice")
        self.listed.button_draft()
        self.source.cover = "payable"
        first = "70001;RE-1;15.01.2026;-100,00"
        name = self.env["account.move"].search([("ref", "=", "RE-1")]).name
        self.assertBothLeft(
            "70002;RE-3;20.01.2026;-70,00",
            bills[0] + bills[1],
            "looks_like",
            first,
            ("keep", "RE-1", name, "done", "confirmed"),
        )

    def test_branch_that_is_a_company_of_its_own(self):
        """The list has the parent's number for a document of its branch, and the other way round."""
        documents = self._create_pair(self.branch, self.customer)
        self.assertBothLeft("10001;INV/2026/00003;20.01.2026;70,00", documents, "number_other_partner")

    def test_document_of_the_parent_under_its_branch(self):
        documents = self._create_pair(self.customer, self.branch)
        self.assertBothLeft("10009;INV/2026/00003;20.01.2026;70,00", documents, "number_other_partner")

    def test_number_without_separators(self):
        documents = self._create_pair(self.customer, self.other_customer)
        self.assertBothLeft("10002;INV202600003;20.01.2026;70,00", documents, "looks_like")

    def test_bare_end_of_a_number_with_its_date_and_amount(self):
        documents = self._create_pair(self.customer, self.other_customer)
        self.assertBothLeft("10002;3;20.01.2026;70,00", documents, "looks_like")

    def test_bare_end_of_a_number_with_its_date_and_amount_where_nothing_else_looks_like_it(self):
        document = self._create_document(self.customer, 70.0, "INV/2026/00003", date="2026-01-20")
        run = self._import([FIRST, "10002;3;20.01.2026;70,00"], apply=True)
        self.assertEqual(
            sorted(self._get_short_rows(run)),
            sorted(
                [
                    KEPT,
                    ("review", "3", "", "skipped", "number_other_partner"),
                    ("skip", "INV/2026/00003", "INV/2026/00003", "skipped", "mentioned"),
                ]
            ),
        )
        self.assertEqual(document.amount_residual, 70.0)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestEqualRows(OpenBalanceImportCommon):
    """Two rows of one number and amount whose entries in the accounting package are two."""

    HEADER = "Customer;Voucher Number;Voucher Date;Entry;Open Balance"

    def test_document_that_odoo_does_not_know_counts_both(self):
        run = self._import(
            ["10001;X-1;15.01.2026;E-1;50,00", "10001;X-1;15.01.2026;E-2;50,00"], header=self.HEADER, apply=True
        )
        items = self.env["open.balance.external.item"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual([line.action for line in run.line_ids], ["external", "external"])
        self.assertEqual(sum(items.mapped("balance")), 100.0)
        self.assertEqual(self._get_balances(self.customer), (100.0, 0.0, 100.0))

    def test_document_with_two_instalments_counts_both(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Halves",
                "line_ids": [(0, 0, {"value": "percent", "value_amount": 50, "nb_days": days}) for days in (10, 40)],
            }
        )
        invoice = self._create_document(
            self.customer, 100.0, "INV/2026/00001", invoice_payment_term_id=term.id, invoice_date_due=False
        )
        run = self._import(
            ["10001;INV/2026/00001;15.01.2026;E-1;50,00", "10001;INV/2026/00001;15.01.2026;E-2;50,00"],
            header=self.HEADER,
            apply=True,
        )
        self.assertEqual((run.payment_count, invoice.amount_residual), (0, 100.0))
        self.assertEqual(self._get_balances(self.customer)[2], 100.0)
