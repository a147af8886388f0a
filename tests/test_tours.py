import base64

from odoo.tests import HttpCase, new_test_user, tagged

from .common import OpenBalanceCommon
from .common_template import fill_template

LOGIN = "open_balance_accountant"
SCOPE = "Debtor;Name;Name 2;Credit limit;Internal credit limit;Balance"


class TourCommon(OpenBalanceCommon, HttpCase):
    """What an accountant does in the browser, with the lowest right that may import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            login=LOGIN,
            groups="account.group_account_invoice,base.group_partner_manager",
            company_id=cls.env.company.id,
            company_ids=cls.env.company.ids,
        )


@tagged("post_install", "-at_install", "open_balance_tour")
class TestTours(TourCommon):
    """Open item lists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.absent = cls._create_document(cls.customer, 1000.0, "TOUR/2024/00001", date="2024-01-15")
        cls.listed = cls._create_document(cls.customer, 500.0, "TOUR/2024/00002", date="2024-01-15")
        cls.unclear = cls._create_document(cls.other_customer, 250.0, "TOUR/2024/00003", date="2024-01-15")
        cls.newer = cls._create_document(cls.customer, 70.0, "TOUR/2024/00004", date="2024-04-10")

    def _get_residuals(self):
        documents = self.absent + self.listed + self.unclear + self.newer
        documents.invalidate_recordset()
        return documents.mapped("amount_residual")

    def _get_run(self):
        return self.env["open.balance.import"].search([("source_id", "=", self.source.id)])

    def test_import(self):
        """Upload, preview, correct a line, apply, see what it did, undo."""
        self.start_tour("/odoo", "open_balance_import", login=LOGIN)
        run = self._get_run()
        self.assertRecordValues(run, [{"state": "undone", "payment_count": 2, "applied_by_id": self.accountant.id}])
        self.assertEqual(self._get_residuals(), [1000.0, 500.0, 250.0, 70.0])
        self.assertEqual(self._get_balances(self.customer), (0.0, 1570.0, 1570.0))

    def test_guard(self):
        """A guard: change the run's settings and plan again, confirm, apply, see the external open item."""
        self.source.absent_limit = 0.2
        self.start_tour("/odoo/customer-invoices", "open_balance_guard", login=LOGIN)
        run = self._get_run()
        self.assertRecordValues(run, [{"state": "done", "payment_count": 2}])
        guard = run.problem_ids.filtered(lambda problem: problem.level == "stop")
        self.assertRecordValues(guard, [{"code": "many_absent", "confirmed_by_id": self.accountant.id}])
        self.assertEqual(self._get_residuals(), [0.0, 0.0, 250.0, 70.0])

    def test_items(self):
        """Overview, open items, explanation of one of them, the day before the list, the list's reconciliation."""
        self.newer.button_cancel()
        (self.absent + self.listed + self.unclear)._get_open_balance_lines().date_maturity = "2024-02-15"
        self.source.write({"cover": "receivable", "complete": False})
        run = self._import(
            ["10001;TOUR/2024/00002;15.01.2024;100,00", "10002;X-1;15.01.2024;400,00"],
            balance_date="2024-03-31",
            apply=True,
        )
        self.start_tour("/odoo/open-balances", "open_balance_items", login=LOGIN)
        self.start_tour(f"/odoo/open-balance-imports/{run.id}", "open_balance_protocol", login=LOGIN)

    def test_sort(self):
        """Sort the lines of a run by columns in which they are equal."""
        run = self._import(
            [
                "10002;X-1;15.01.2024;10,00",
                "10001;TOUR/2024/00001;15.01.2024;400,00",
                "99999;X-3;15.01.2024;30,00",
                "10002;TOUR/2024/00003;15.01.2024;250,00",
                "10001;TOUR/2024/00002;15.01.2024;100,00",
                "10002;X-2;15.01.2024;20,00",
            ],
            balance_date="2024-03-31",
        )
        self.start_tour(f"/odoo/open-balance-imports/{run.id}", "open_balance_sort", login=LOGIN)


@tagged("post_install", "-at_install", "open_balance_tour")
class TestReadingTour(TourCommon):
    """A column that nobody knows."""

    def test_say_what_a_column_is(self):
        """See how the list was read, say what a column is by a click, plan again, keep it on the source."""
        self.accountant.group_ids += self.env.ref("account.group_account_manager")
        self.source.complete = False
        self._create_document(self.customer, 500.0, "TOUR/2024/00001", date="2024-01-15")
        rows = ["10001;TOUR/2024/00001;15.01.2024;400,00", "10002;X-2;16.01.2024;20,00", "10002;X-3;17.01.2024;30,00"]
        run = self._import(rows, "Customer;Gribble;Voucher Date;Open Balance", balance_date="2024-03-31")
        self.assertEqual(run.line_ids.filtered("row").mapped("number"), [False, False, False])
        self.start_tour(f"/odoo/open-balance-imports/{run.id}", "open_balance_reading", login=LOGIN)
        run.invalidate_recordset()
        self.assertRecordValues(
            run.line_ids.filtered("row").sorted("row"),
            [
                {"number": "TOUR/2024/00001", "action": "pay"},
                {"number": "X-2", "action": "external"},
                {"number": "X-3", "action": "external"},
            ],
        )
        self.assertRecordValues(self.source.column_ids, [{"name": "Gribble", "field": "number"}])


@tagged("post_install", "-at_install", "open_balance_tour")
class TestReceiptTour(TourCommon):
    """The bank's receipt comes after the list that has paid the document."""

    def test_receipt_takes_the_place_of_the_payment(self):
        """See on the invoice that the receipt is there, and let it take the place of the import's payment."""
        invoice = self._create_document(self.customer, 100.0, "TOUR/2024/00001", date="2024-01-15")
        run = self._import(["10002;X-1;15.01.2024;10,00"], apply=True, balance_date="2024-03-31")
        payment = run.line_ids.payment_id
        receipt = self.env["account.payment"].create({"partner_id": self.customer.id, "amount": 100.0})
        receipt.action_post()
        self.start_tour(f"/odoo/customer-invoices/{invoice.id}", "open_balance_receipt", login=LOGIN)
        self.env.invalidate_all()
        self.assertEqual((payment.state, invoice.amount_residual), ("canceled", 0.0))
        self.assertEqual(receipt.reconciled_invoice_ids, invoice)


@tagged("post_install", "-at_install", "open_balance_tour")
class TestExactTour(TourCommon):
    """Exact Online's XML, in a company that starts with the ready-made sources."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.unlink()
        cls.absent = cls._create_document(cls.customer, 100.0, "INV/2024/00001", date="2024-01-15")
        for number in range(2, 7):
            cls._create_document(cls.customer, 180.0, f"INV/2024/{number:05}", date="2024-01-15")
        cls.bill = cls._create_document(cls.vendor, 300.0, "F-4711", move_type="in_invoice", date="2024-01-20")

    def test_receivables_and_payables(self):
        """Drop A/R and A/P files together, preview, apply, see the paid invoice and both partners' figures."""
        self.start_tour("/odoo", "open_balance_exact", login=LOGIN)
        self.assertEqual((self.absent + self.bill).mapped("amount_residual"), [0.0, 100.0])
        self.assertIn(self.absent.payment_state, ("paid", "in_payment"))
        run = self.env["open.balance.import"].search([("company_id", "=", self.env.company.id)])
        self.assertEqual((run.source_id.name, run.state, len(run.file_ids)), ("Exact Online", "done", 2))
        self.assertEqual(self._get_balances(self.customer), (900.0, 0.0, 900.0))
        self.assertEqual(self.vendor.open_payable_total, 100.0)


@tagged("post_install", "-at_install", "open_balance_tour")
class TestDebtorTour(TourCommon):
    """Balances and credit limits per debtor, of which an earlier list is there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.account_use_credit_limit = True
        # To take a list for something else than its source says is a manager's choice.
        cls.accountant.group_ids += cls.env.ref("account.group_account_manager")
        cls.invoice = cls._create_document(cls.customer, 100.0, "TOUR/2024/00001", date="2024-01-15")

    def test_balances_and_limits(self):
        """Upload, choose per debtor, preview, apply, see the partner's balance, limits and history."""
        self.source.write({"per": "debtor", "sets_credit_limits": True})
        self._import(["10001;Azure Interior;;3.000,00;;800,00"], SCOPE, apply=True, balance_date="2024-02-29")
        self.source.layout_ids.unlink()  # this list comes without header
        self.source.per = "invoice"
        self.start_tour("/odoo/open-balance-imports", "open_balance_debtor", login=LOGIN)
        self.assertEqual(self._get_balances(self.customer)[0], 1250.5)
        self.assertEqual((self.customer.credit_limit, self.customer.internal_credit_limit), (5000.0, 4000.0))
        self.assertEqual(self._get_balances(self.other_customer)[0], 75.0)
        self.assertEqual(self.invoice.amount_residual, 100.0)


@tagged("post_install", "-at_install", "open_balance_tour")
class TestOpeningTour(TourCommon):
    """Opening documents, from the template to posted documents."""

    ROWS = (
        {
            "Document Type": "Customer Invoice", "Partner Number": "10001", "Number": "TOUR-77", "Reference": "PO 4711",
            "Date": "2024-01-15", "Due Date": "2024-02-14", "Total": 1190.0, "Tax Amount": 190.0, "Open Amount": 690.0,
            "Period Start": "2024-01-01", "Period End": "2024-01-31",
        },
        {
            "Document Type": "Customer Invoice", "Partner Number": "10002", "Number": "TOUR-78", "Date": "2024-01-20",
            "Due Date": "2024-02-19", "Total": 400.0, "Open Amount": 0.0,
        },
        {
            "Document Type": "Vendor Bill", "Partner Number": "79999", "Partner Name": "Wood & Corner",
            "Number": "RE-9", "Date": "2024-01-22", "Due Date": "2024-02-21", "Total": 238.0, "Open Amount": 238.0,
        },
    )  # fmt: skip

    def test_template_to_documents(self):
        """Upload the completed template, see it recognised, correct a row, apply, look at what was created."""
        template = self.source.with_user(self.accountant).opening_template_file
        self.env["ir.attachment"].create(
            {
                "name": "opening.xlsx",
                "url": "/open_balance_tour/opening.xlsx",
                "datas": base64.b64encode(fill_template(template, self.ROWS)),
                "public": True,
            }
        )
        self.start_tour("/odoo", "open_balance_opening", login=LOGIN)
        run = self.env["open.balance.import"].search([("company_id", "=", self.env.company.id)])
        self.assertRecordValues(run, [{"per": "opening", "state": "done", "applied_by_id": self.accountant.id}])
        documents = run.line_ids.move_id.sorted("open_balance_number", reverse=True)
        self.assertRecordValues(
            documents,
            [
                {"open_balance_number": "TOUR-78", "partner_id": self.other_customer.id, "amount_residual": 0.0},
                {"open_balance_number": "TOUR-77", "partner_id": self.customer.id, "amount_residual": 690.0},
                {"open_balance_number": "RE-9", "partner_id": self.vendor.id, "amount_residual": 238.0},
            ],
        )
