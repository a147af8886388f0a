import io
from datetime import date

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import BALANCE_DATE, TODAY
from ..common_opening_acceptance import OpeningAcceptanceCommon

HEADERS = (
    "ACCOUNT_ID", "CARDLINE_AMOUNT_EXTAX", "CARDLINE_AMOUNT_TAX", "BALANCE_DUE_EXTAX", "BALANCE_DUE_TAX",
    "CARDLINE_DESCRIPTION", "INVOICE_ISSUE_DATE", "INVOICE_DUE_DATE", "ORIGINAL_INVOICE_ID", "INVOICE_START",
    "INVOICE_END", "TAX_ID",
)  # fmt: skip
AZURE = "Azure Interior"
# An invoice of 110 of which 55 are open.
PART = ("out_invoice", "E-1", AZURE, "2026-01-15", "2026-02-14", 110.0, 55.0, "partial", "2026-02-14", 55.0)
CREDIT = {
    "CARDLINE_AMOUNT_EXTAX": "-30", "CARDLINE_AMOUNT_TAX": "-3", "BALANCE_DUE_EXTAX": "0", "BALANCE_DUE_TAX": "0",
    "ORIGINAL_INVOICE_ID": "E-2",
}  # fmt: skip
ALL_OPEN = {"BALANCE_DUE_EXTAX": "100.00", "BALANCE_DUE_TAX": "10.00"}
ALL_PAID = {"BALANCE_DUE_EXTAX": "0.00", "BALANCE_DUE_TAX": "0"}
# What is changed in a good row -> what the line says.
WRONG = (
    ({"ACCOUNT_ID": ""}, "names no partner"),
    ({"CARDLINE_AMOUNT_EXTAX": ""}, "“CARDLINE_AMOUNT_EXTAX” is blank"),
    ({"CARDLINE_AMOUNT_TAX": ""}, "“CARDLINE_AMOUNT_TAX” is blank"),
    ({"BALANCE_DUE_EXTAX": ""}, "“BALANCE_DUE_EXTAX” is blank. Enter it; blank is not zero"),
    ({"BALANCE_DUE_TAX": ""}, "“BALANCE_DUE_TAX” is blank"),
    ({"INVOICE_ISSUE_DATE": ""}, "“INVOICE_ISSUE_DATE” is blank"),
    ({"INVOICE_DUE_DATE": ""}, "“INVOICE_DUE_DATE” is blank"),
    ({"TAX_ID": ""}, "“TAX_ID” is blank"),
    ({"CARDLINE_AMOUNT_EXTAX": "ten"}, "column “CARDLINE_AMOUNT_EXTAX”: “ten” is no amount"),
    ({"INVOICE_ISSUE_DATE": "01/25/2026"}, "column “INVOICE_ISSUE_DATE”: “01/25/2026” is no date"),
    ({"INVOICE_DUE_DATE": "15/01/2026"}, "must come after the document's date"),
    ({"BALANCE_DUE_EXTAX": "100.01"}, "more is open"),
    ({"BALANCE_DUE_TAX": "10.01"}, "more is open"),
    ({"BALANCE_DUE_EXTAX": "-50.00"}, "has the opposite sign of the total"),
    ({**CREDIT, "BALANCE_DUE_EXTAX": "-30"}, "“BALANCE_DUE_EXTAX” of a credit must be 0"),
    ({"CARDLINE_AMOUNT_TAX": "-10.00", "BALANCE_DUE_TAX": "0"}, "have opposite signs"),
    ({"CARDLINE_DESCRIPTION": "x" * 256}, "256 characters, the limit is 255"),
    ({"ORIGINAL_INVOICE_ID": "x" * 51}, "51 characters, the limit is 50"),
    ({"INVOICE_START": "2026-02-01", "INVOICE_END": "2026-01-31"}, "before it starts"),
    ({"TAX_ID": "99999999"}, "Odoo has no tax “99999999”"),
    ({"ACCOUNT_ID": "4711"}, "4711"),
)


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestEmersion(OpeningAcceptanceCommon):
    """The rules of Emersion's Opening Balance Importer, one by one, from its own list to the books (T53)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opening.all_or_nothing = True

    def _make_row(self, **values):
        row = {
            "ACCOUNT_ID": "10001", "CARDLINE_AMOUNT_EXTAX": "100.00", "CARDLINE_AMOUNT_TAX": "10.00",
            "BALANCE_DUE_EXTAX": "50.00", "BALANCE_DUE_TAX": "5.00", "CARDLINE_DESCRIPTION": "Internet",
            "INVOICE_ISSUE_DATE": "15/01/2026", "INVOICE_DUE_DATE": "14/02/2026", "ORIGINAL_INVOICE_ID": "E-1",
            "TAX_ID": str(self.tax.id),
        }  # fmt: skip
        return {**row, **values}

    def _import_emersion(self, *changes, **kwargs):
        """Import and apply rows, each a good one that is changed so.

        :param dict changes: values by header
        """
        rows = [self._make_row(**change) for change in changes]
        lines = [",".join(row.get(name, "") for name in HEADERS) for row in rows]
        return self._open(lines, ",".join(HEADERS), **kwargs)

    # === WHAT IS CREATED === #

    def test_invoice_and_payment_of_what_is_not_open(self):
        """The payment is allocated, and dated the day the invoice was due"""
        run = self._import_emersion({})
        self.assertEqual(self._get_books(run), [PART])
        self.assertEqual(run.line_ids.payment_id.reconciled_invoice_ids, run.line_ids.move_id)

    def test_unpaid_and_paid_invoices(self):
        run = self._import_emersion(ALL_OPEN, {**ALL_PAID, "ORIGINAL_INVOICE_ID": "E-3"})
        self.assertEqual(
            self._get_books(run),
            [
                (*PART[:6], 110.0, "not_paid", "", 0.0),
                ("out_invoice", "E-3", *PART[2:6], 0.0, "paid", "2026-02-14", 110.0),
            ],
        )

    def test_credit_is_available_in_full(self):
        run = self._import_emersion(CREDIT)
        self.assertEqual(
            self._get_books(run),
            [("out_refund", "E-2", AZURE, "2026-01-15", "2026-02-14", -33.0, -33.0, "not_paid", "", 0.0)],
        )
        self.assertEqual(self.customer.credit, -33.0)

    def test_unallocated_payment_is_allocated_to_the_new_invoice(self):
        self.opening.opening_allocate = True
        payment = self.env["account.payment"].create(
            {"partner_id": self.customer.id, "amount": 40.0, "date": "2026-03-01", "payment_type": "inbound"}
        )
        payment.action_post()
        run = self._import_emersion({})
        self.assertEqual(self._get_books(run), [(*PART[:6], 15.0, "partial", "2026-02-14", 55.0)])
        self.assertTrue(payment.is_reconciled)

    def test_credit_is_allocated_to_the_new_invoice(self):
        self.opening.opening_allocate = True
        run = self._import_emersion({}, CREDIT)
        books = [(row[1], *row[6:8]) for row in self._get_books(run)]
        self.assertEqual(books, [("E-1", 22.0, "partial"), ("E-2", 0.0, "paid")])

    def test_description_number_and_period(self):
        text, number = "x" * 255, "N" * 50
        run = self._import_emersion(
            {
                "CARDLINE_DESCRIPTION": text,
                "ORIGINAL_INVOICE_ID": number,
                "INVOICE_START": "01/01/2026",
                "INVOICE_END": "2026-01-31",
            },
            {"CARDLINE_DESCRIPTION": "", "ORIGINAL_INVOICE_ID": ""},
        )
        named, plain = run.line_ids.move_id.sorted("id")
        opening = date.fromisoformat(BALANCE_DATE)
        self.assertRecordValues(
            named + plain,
            [
                {
                    "name": number,
                    "open_balance_number": number,
                    "open_balance_period_start": date(2026, 1, 1),
                    "open_balance_period_end": date(2026, 1, 31),
                },
                {
                    "name": "OBI/2026/00001",
                    "open_balance_number": False,
                    "open_balance_period_start": opening,
                    "open_balance_period_end": opening,
                },
            ],
        )
        self.assertEqual(named.invoice_line_ids.name, text)

    def test_tax_with_exactly_its_amount_if_wanted(self):
        """10.00 of 100 although the tax says 15 %; by default none"""
        self.assertEqual(self._import_emersion({}).line_ids.move_id.amount_tax, 0.0)
        self.opening.opening_tax = "exact"
        run = self._import_emersion({"ORIGINAL_INVOICE_ID": "E-9"})
        self.assertEqual(self._get_books(run), [("out_invoice", "E-9", *PART[2:])])
        self.assertRecordValues(run.line_ids.move_id, [{"amount_untaxed": 100.0, "amount_tax": 10.0}])
        self.assertEqual(run.line_ids.move_id.invoice_line_ids.tax_ids, self.tax)

    def test_columns_in_any_order_and_case(self):
        headers = [name.lower().replace("_", " ") for name in reversed(HEADERS)]
        row = self._make_row()
        values = ",".join(row.get(name, "") for name in reversed(HEADERS))
        self.assertEqual(self._get_books(self._open([values], ",".join(headers))), [PART])

    def test_workbook(self):
        book = openpyxl.Workbook()
        book.active.append(HEADERS)
        row = {
            **self._make_row(),
            "CARDLINE_AMOUNT_EXTAX": 100.0,
            "BALANCE_DUE_EXTAX": 50.0,
            "INVOICE_ISSUE_DATE": date(2026, 1, 15),
            "INVOICE_DUE_DATE": date(2026, 2, 14),
            "TAX_ID": self.tax.id,
        }
        book.active.append([row.get(name) for name in HEADERS])
        data = io.BytesIO()
        book.save(data)
        run = self._import_text(data.getvalue(), filename="balances.xlsx", apply=True, source=self.opening)
        self.assertEqual(self._get_books(run), [PART])

    def test_more_than_500_rows(self):
        """Few of them paid: PostgreSQL has no statistics of rows made in the same transaction"""
        paid = {True: {}, False: ALL_OPEN}
        run = self._import_emersion(*({**paid[n % 50 == 0], "ORIGINAL_INVOICE_ID": f"E-{n}"} for n in range(501)))
        with self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.document_count, run.payment_count, run.failed_count), ("done", 501, 11, 0))
        moves = run.line_ids.move_id
        self.assertEqual((sum(moves.mapped("amount_residual")), len(set(moves.mapped("name")))), (54505.0, 501))
        self.assertEqual(self._get_clearing_balance(), -54505.0)

    # === WHAT IS REFUSED === #

    def test_one_wrong_row_and_nothing_is_imported(self):
        for change, told in WRONG:
            with self.subTest(change):
                run = self._import_emersion({}, {"ORIGINAL_INVOICE_ID": "E-7", **change})
                good, wrong = run.line_ids.sorted("id")
                self.assertEqual((good.action, wrong.action), ("create", "review"))
                self.assertIn(told, wrong.reason)
                self.assertEqual(self._get_problems(run), ["opening_rows_wrong"])
                with self.assertRaisesRegex(UserError, "Nothing is created while rows are wrong"):
                    run.action_apply()
                self.assertEqual((run.state, self._count_created()), ("planned", (0, 0)))

    def test_tax_of_another_country(self):
        country = self.env.ref("base.nz")
        group = self.env["account.tax.group"].create({"name": "NZ", "country_id": country.id})
        foreign = self.tax.copy({"name": "GST", "country_id": country.id, "tax_group_id": group.id})
        run = self._import_emersion({}, {"ORIGINAL_INVOICE_ID": "E-7", "TAX_ID": str(foreign.id)})
        self.assertIn("not one of the company's own country", run.line_ids.sorted("id")[1].reason)
        self.assertEqual((run.state, self._count_created()), ("planned", (0, 0)))

    def test_the_others_are_created_if_the_source_says_so(self):
        self.opening.all_or_nothing = False
        run = self._import_emersion({}, {"ORIGINAL_INVOICE_ID": "E-7", "BALANCE_DUE_TAX": ""})
        self.assertEqual((self._get_books(run), run.state, run.review_count), ([PART], "done", 1))

    def test_invoice_is_refused_while_its_customer_is_imported(self):
        """Other invoices of the account wait until the import has ended"""
        run = self._import_emersion({}, apply=False)
        draft = self._create_document(self.customer, 10.0, "INV/2026/00001", post=False)
        run.sudo().state = "running"
        with self.assertRaisesRegex(UserError, AZURE):
            draft.action_post()
        run.sudo().state = "done"
        draft.action_post()
        self.assertEqual(draft.state, "posted")
