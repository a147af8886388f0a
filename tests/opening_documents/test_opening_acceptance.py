from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..common import BALANCE_DATE, TODAY
from ..common_opening_acceptance import OpeningAcceptanceCommon

# Two sales of 200 that were due before the opening date.
SALES = (
    "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;200.00;200.00",
    "Customer Invoice;10002;A-2;2026-01-20;2026-02-19;200.00;200.00",
)
AZURE, DECO, WOOD = "Azure Interior", "Deco Addict", "Wood Corner"
A_1 = ("out_invoice", "A-1", AZURE, "2026-01-15", "2026-02-14", 200.0, 200.0, "not_paid", "", 0.0)
A_2 = ("out_invoice", "A-2", DECO, "2026-01-20", "2026-02-19", 200.0, 200.0, "not_paid", "", 0.0)
# One row of each type of document, most of them paid in part.
EVERYTHING = (
    "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;110.00;55.00",
    "Customer Credit Note;10001;A-2;2026-01-20;2026-01-20;30.00;30.00",
    "Vendor Bill;70001;B-1;2026-01-21;2026-02-20;80.00;20.00",
    "Vendor Credit Note;70001;B-2;2026-01-22;2026-01-22;12.00;12.00",
    "Customer Receipt;10002;R-1;2026-02-01;;;15.00",
    "Vendor Payment;70001;P-1;2026-02-02;;;7.00",
)
BOOKED = [
    ("out_invoice", "A-1", AZURE, "2026-01-15", "2026-02-14", 110.0, 55.0, "partial", "2026-02-14", 55.0),
    ("out_refund", "A-2", AZURE, "2026-01-20", "2026-01-20", -30.0, -30.0, "not_paid", "", 0.0),
    ("in_invoice", "B-1", WOOD, "2026-01-21", "2026-02-20", -80.0, -20.0, "partial", "2026-02-20", 60.0),
    ("in_refund", "B-2", WOOD, "2026-01-22", "2026-01-22", 12.0, 12.0, "not_paid", "", 0.0),
    ("receipt", "R-1", DECO, "2026-02-01", "", -15.0, -15.0, "paid", "", 0.0),
    ("vendor_payment", "P-1", WOOD, "2026-02-02", "", 7.0, 7.0, "paid", "", 0.0),
]


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningAcceptance(OpeningAcceptanceCommon):
    """What tests and manuals of other products state of opening documents, from the file to the books."""

    # === DOCUMENTS === #

    def test_two_rows_of_the_past_are_two_overdue_invoices(self):
        """T1, T4"""
        run = self._open(SALES)
        self.assertEqual(self._get_books(run), [A_1, A_2])
        self.assertEqual((run.state, run.document_count, run.payment_count, run.failed_count), ("done", 2, 0, 0))
        moves = run.line_ids.move_id
        self.assertRecordValues(moves, [{"amount_tax": 0.0, "amount_untaxed": 200.0, "move_type": "out_invoice"}] * 2)
        overdue = self.env["account.move"].search(
            [("invoice_date_due", "<", TODAY), ("payment_state", "=", "not_paid"), ("id", "in", moves.ids)]
        )
        self.assertEqual(overdue, moves)

    def test_amounts_are_not_multiplied_by_a_quantity(self):
        """T2"""
        header = "Document Type;Partner Number;Number;Date;Due Date;Quantity;Total;Open Amount"
        rows = [
            "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;2;300.00;300.00",
            "Customer Invoice;10002;A-2;2026-01-20;2026-02-19;2;250.00;250.00",
        ]
        run = self._open(rows, header)
        self.assertEqual(
            [(row[1], *row[5:7]) for row in self._get_books(run)], [("A-1", 300.0, 300.0), ("A-2", 250.0, 250.0)]
        )
        self.assertEqual(run.line_ids.move_id.invoice_line_ids.mapped("quantity"), [1.0, 1.0])

    def test_purchases_are_bills_with_the_vendors_number(self):
        """T3"""
        run = self._open(["Vendor Bill;70001;RE-881;2026-01-21;2026-02-20;238.00;238.00"])
        bill = ("in_invoice", "RE-881", WOOD, "2026-01-21", "2026-02-20", -238.0, -238.0, "not_paid", "", 0.0)
        self.assertEqual(self._get_books(run), [bill])
        move = run.line_ids.move_id
        self.assertRecordValues(move, [{"move_type": "in_invoice", "ref": "RE-881", "payment_reference": "RE-881"}])
        self.assertEqual(
            self._get_items(move),
            [("liability_payable", WOOD, -238.0, -238.0), ("asset_current", WOOD, 238.0, 238.0)],
        )

    def test_document_bears_its_number(self):
        """T8"""
        run = self._open([SALES[0].replace("A-1", "TEST-NEW-INV-11")])
        self.assertRecordValues(
            run.line_ids.move_id, [{"name": "TEST-NEW-INV-11", "open_balance_number": "TEST-NEW-INV-11", "ref": False}]
        )

    def test_no_default_tax_is_added(self):
        """T9: the same invoice by hand has the company's tax"""
        product = self.env["product.product"].create({"name": "Service", "taxes_id": [Command.set(self.tax.ids)]})
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.customer
            with form.invoice_line_ids.new() as line:
                line.product_id = product
                line.price_unit = 200.0
        self.assertEqual(form.save().amount_total, 230.0)
        self.assertEqual(self._get_books(self._open(SALES[:1])), [A_1])

    def test_analytic_account_of_each_row(self):
        """T11"""
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        north, south = self.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id} for name in ("North", "South")]
        )
        header = "Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount;Analytic Account"
        run = self._open([f"{SALES[0]};North", f"{SALES[1]};South"], header)
        self.assertEqual(
            run.line_ids.move_id.invoice_line_ids.mapped("analytic_distribution"),
            [{str(north.id): 100}, {str(south.id): 100}],
        )

    def test_several_payments_are_one_of_what_is_not_open(self):
        """T62: 10000 less 1500, 1000 and 2000; by its due date 30 to 60 days overdue"""
        run = self._open(["Customer Invoice;10001;A-1;2026-01-15;2026-03-01;10000.00;5500.00"])
        self.assertEqual(
            self._get_books(run),
            [("out_invoice", "A-1", AZURE, "2026-01-15", "2026-03-01", 10000.0, 5500.0, "partial", "2026-03-01", 4500)],
        )
        days = (self._date(TODAY) - run.line_ids.move_id.invoice_date_due).days
        self.assertTrue(30 < days <= 60)

    # === PARTNERS === #

    def test_unknown_partner_is_created_if_wanted(self):
        """T10; switched off, the row waits for a person"""
        header = "Document Type;Partner Number;Number;Date;Due Date;Total;Open Amount;Partner Name;Partner VAT"
        row = [f"{SALES[0].replace('10001', '4711')};Harbour Trading;BE0477472701"]
        run = self._open(row, header)
        self.assertEqual([(line.action, line.reason_code) for line in run.line_ids], [("review", "partner_unknown")])
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Harbour Trading")]))
        self.opening.opening_create_partners = True
        contacts = self._create_user("contacts", "account.group_account_invoice,base.group_partner_manager")
        run = self._open(row, header, env=self.env(user=contacts))
        self.assertEqual(self._get_books(run), [(*A_1[:2], "Harbour Trading", *A_1[3:])])
        self.assertRecordValues(
            run.line_ids.partner_id, [{"debtor_number": "4711", "vat": "BE0477472701", "is_company": True}]
        )

    # === WHAT FAILS === #

    def test_wrong_account_of_one_row_fails_alone(self):
        """T5"""
        wrong = self.copy_account(self.company_data["default_account_receivable"])
        self.other_customer.property_account_receivable_id = wrong
        wrong.active = False
        run = self._open(SALES)
        self.assertEqual(self._get_books(run), [A_1])
        self.assertEqual((run.state, run.document_count, run.failed_count), ("done", 1, 1))
        failed = run.line_ids.filtered(lambda line: line.state == "failed")
        self.assertRegex(failed.result, "archived")

    def test_company_without_receivable_account(self):
        """T6, T52: nothing is booked"""
        (self.customer + self.other_customer + self.env.company.partner_id).property_account_receivable_id = False
        self.env["ir.default"].search([("field_id.name", "=", "property_account_receivable_id")]).unlink()
        run = self._open(SALES)
        self.assertEqual((self._get_books(run), run.failed_count, self._count_created()), ([], 2, (0, 0)))
        self.assertEqual(
            run.line_ids.mapped("result"),
            [f"{name} has no Account Receivable, and the company has none either." for name in (AZURE, DECO)],
        )

    def test_started_run_is_not_started_again(self):
        """T7"""
        run = self._open(SALES)
        created = self._count_created()
        for action in (run.action_apply, run.action_plan):
            with self.assertRaisesRegex(UserError, "is Done: this is only possible"):
                action()
        with self.assertRaisesRegex(UserError, "its lines can no longer be changed"):
            run.line_ids[0].partner_id = self.other_customer
        self.assertEqual(self._count_created(), created)

    # === LEDGER === #

    def test_items_of_every_type(self):
        """T51, T52: account, partner, amounts of each item, receivable or payable against clearing"""
        run = self._open(EVERYTHING)
        self.assertEqual(self._get_books(run), BOOKED)
        sums = {"A-1": (AZURE, 110.0), "A-2": (AZURE, -30.0), "B-1": (WOOD, -80.0), "B-2": (WOOD, 12.0)}
        kinds = {"A": "asset_receivable", "B": "liability_payable"}
        for move in run.line_ids.move_id:
            number = move.open_balance_number
            name, amount = sums[number]
            expected = [(kinds[number[0]], name, amount, amount), ("asset_current", name, -amount, -amount)]
            self.assertEqual(self._get_items(move), expected)
        self.assertEqual(run.line_ids.move_id.mapped("journal_id.code"), ["OBI", "OBB"])

    def test_clearing_account_is_zero_after_the_trial_balance(self):
        """T63"""
        run = self._open(EVERYTHING)
        # Receivables 55 - 30 - 15, payables -20 + 12 + 7.
        self.assertEqual((self._get_clearing_balance(), run.clearing_balance), (-9.0, -9.0))
        self._book_trial_balance(9.0)
        run.invalidate_recordset()
        self.assertEqual((self._get_clearing_balance(), run.clearing_balance), (0.0, 0.0))
        self.assertRegex(run.clearing_sentence, "is at zero")

    def test_difference_to_the_trial_balance_is_shown(self):
        """T59: receivables of 1000.00, documents of 999.99"""
        run = self._open([SALES[0].replace("200.00", "999.99")])
        self._book_trial_balance(1000.0)
        run.invalidate_recordset()
        self.assertEqual(run.clearing_balance, 0.01)
        self.assertRegex(run.clearing_sentence, "0.01 is on the clearing account")

    def _book_trial_balance(self, amount):
        """Book what a trial balance says of receivables and payables together, against equity."""
        equity = self.env["account.account"].create({"name": "Old", "code": "OLD1", "account_type": "equity"})
        clearing = self.opening.journal_id.default_account_id
        self.env["account.move"].create(
            {
                "date": BALANCE_DATE,
                "line_ids": [
                    Command.create({"account_id": clearing.id, "balance": amount}),
                    Command.create({"account_id": equity.id, "balance": -amount}),
                ],
            }
        ).action_post()

    # === RIGHTS AND COMPANIES === #

    def test_user_with_too_few_rights(self):
        run = self._open(SALES, apply=False)
        self.assertEqual(run.state, "planned")
        reader = self._create_user("reader", "account.group_account_readonly")
        for action in ("action_apply", "action_plan", "action_cancel"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(run.with_user(reader), action)()
        self.assertEqual((run.state, self._count_created()), ("planned", (0, 0)))
        run.action_apply()
        with self.assertRaises(AccessError):
            run.with_user(reader).action_undo()
        self.assertEqual((run.state, self._get_books(run)), ("done", [A_1, A_2]))

    def test_two_companies(self):
        """Each has its own documents, journals and runs, of the same numbers and partners"""
        company = self.setup_other_company(name="Harbour Trading")["company"]
        first = self._open(SALES)
        there = self._create_opening_source(company_id=company.id)
        self.customer.with_company(company).debtor_number = "10001"
        clerk = self._create_user("there", "account.group_account_invoice", company)
        second = self._open(SALES[:1], source=there, env=self.env(user=clerk))
        self.assertEqual((self._get_books(first), self._get_books(second.sudo())), ([A_1, A_2], [A_1]))
        moves = (first.line_ids[0] + second.line_ids).sudo().move_id
        self.assertEqual(moves.company_id, self.env.company + company)
        self.assertEqual(moves.journal_id.company_id, self.env.company + company)
        self.assertEqual(moves.mapped("name"), ["A-1", "A-1"])
        with self.assertRaises(AccessError):
            first.with_env(self.env(user=clerk, context={})).read(["state"])


@tagged("post_install", "-at_install", "open_balance_in_payment")
@freeze_time(TODAY)
class TestOpeningFromFile(OpeningAcceptanceCommon):
    """Files to books on Community and with ``in_payment`` accounting alike."""

    def test_every_type(self):
        self.assertEqual(self._get_books(self._open(EVERYTHING)), BOOKED)

    def test_history(self):
        run = self._open([row.replace("200.00;200.00", "200.00;0.00") for row in SALES])
        paid = [(*A_1[:6], 0.0, "paid", "2026-02-14", 200.0), (*A_2[:6], 0.0, "paid", "2026-02-19", 200.0)]
        self.assertEqual(self._get_books(run), paid)
        self.assertEqual(self._get_clearing_balance(), 0.0)

    def test_instalments(self):
        rows = [
            "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;60.00;0.00",
            "Customer Invoice;10001;A-1;2026-01-15;2026-03-14;60.00;45.00",
            "Customer Invoice;10001;A-1;2026-01-15;2026-06-14;60.00;60.00",
        ]
        run = self._open(rows)
        self.assertEqual(
            self._get_books(run),
            [("out_invoice", "A-1", AZURE, "2026-01-15", "2026-06-14", 180.0, 105.0, "partial", "2026-03-14", 75.0)],
        )
        self.assertEqual(
            [
                (str(item.date_maturity), item.balance, item.amount_residual)
                for item in run.line_ids.move_id._get_open_balance_lines().sorted("date_maturity")
            ],
            [("2026-02-14", 60.0, 0.0), ("2026-03-14", 60.0, 45.0), ("2026-06-14", 60.0, 60.0)],
        )

    def test_journal_entries(self):
        self.opening.opening_form = "entry"
        run = self._open(EVERYTHING)
        # Entries have no state of payment; the other values are those of the documents.
        states = [row[:7] + row[8:] for row in self._get_books(run)]
        self.assertEqual(states, [row[:7] + row[8:] for row in BOOKED])
        moves = run.line_ids.move_id
        self.assertRecordValues(
            moves,
            [
                {"move_type": "entry", "name": f"OBE/2026/0000{place}", "ref": row[1]}
                for place, row in enumerate(BOOKED[:4], 1)
            ],
        )
        self.assertEqual(self._get_clearing_balance(), -9.0)

    # === CURRENCY === #

    def test_rate_of_the_list_its_company_amount_or_odoos_of_the_date(self):
        """T60: what is open is that of the list, in the document's currency"""
        self.setup_other_currency("EUR", rates=[("2026-01-01", 0.5), ("2026-02-01", 0.8)])
        header = "Document Type;Partner Number;Number;Date;Due Date;Currency;Rate;Company Amount;Total;Open Amount"
        run = self._open(
            [
                "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;EUR;1.73;;1000.00;400.00",
                "Customer Invoice;10001;A-2;2026-01-15;2026-02-14;EUR;;1731.33;1000.00;400.00",
                "Customer Invoice;10001;A-3;2026-01-15;2026-02-14;EUR;;;1000.00;400.00",
                "Vendor Bill;70001;B-1;2026-02-15;2026-03-14;EUR;;;1000.00;0.00",
            ],
            header,
        )
        part = ("partial", "2026-02-14", 600.0)
        self.assertEqual(
            self._get_books(run),
            [
                *(
                    ("out_invoice", number, AZURE, "2026-01-15", "2026-02-14", 1000.0, 400.0, *part)
                    for number in ("A-1", "A-2", "A-3")
                ),
                ("in_invoice", "B-1", WOOD, "2026-02-15", "2026-03-14", -1000.0, 0.0, "paid", "2026-03-14", 1000.0),
            ],
        )
        self.assertRecordValues(
            run.line_ids.move_id,
            [
                {"amount_total_signed": 1730.0, "amount_residual_signed": 692.0},
                {"amount_total_signed": 1731.33, "amount_residual_signed": 692.53},
                {"amount_total_signed": 2000.0, "amount_residual_signed": 800.0},
                {"amount_total_signed": -1250.0, "amount_residual_signed": 0.0},
            ],
        )
        # The payments have the rates of their documents: nothing is gained or lost.
        journal = self.env.company.currency_exchange_journal_id
        self.assertFalse(self.env["account.move"].search([("journal_id", "=", journal.id)]))
        self.assertEqual(self._get_clearing_balance(), -2184.53)

    # === AGAIN === #

    def test_second_file_and_second_run_create_nothing(self):
        first = self._open(EVERYTHING)
        created = self._count_created()
        rows = [*EVERYTHING, SALES[0].replace("A-1", "A-9")]
        again = self._open(EVERYTHING)
        self.assertEqual((again.document_count, again.payment_count, self._count_created()), (0, 0, created))
        second = self._open(rows)
        self.assertEqual(self._get_books(second)[-1:], [("out_invoice", "A-9", *A_1[2:])])
        self.assertEqual(self._count_created(), (created[0] + 1, created[1]))
        self.assertEqual(self._get_books(first), BOOKED)

    def test_the_next_open_item_list_finds_them(self):
        """T55, T56: by original number; what is absent of a complete list is closed, newer invoices are not"""
        self._open([*SALES, EVERYTHING[2]])
        newer = self._create_document(self.customer, 70.0, "INV/2026/00009", date="2026-04-10")
        run = self._import(["10001;A-1;15.01.2026;150,00", "70001;B-1;21.01.2026;-20,00"], apply=True)
        bill = self._get_document("B-1")
        self.assertEqual(
            self._get_rows(run),
            [
                ("pay", "A-1", "A-1", 150.0, 200.0, 50.0, "done", "paid_outside"),
                ("keep", "B-1", bill.name, -20.0, -20.0, 0.0, "done", "confirmed"),
                ("skip", newer.name, newer.name, 0.0, 70.0, 0.0, "skipped", "after_balance_date"),
                ("close", "A-2", "A-2", 0.0, 200.0, 200.0, "done", "absent"),
            ],
        )
        self.assertEqual((self._get_document("A-2").amount_residual, newer.amount_residual), (0.0, 70.0))
        self.assertEqual(self._get_balances(self.customer), (150.0, 70.0, 220.0))

    def test_what_an_incomplete_list_leaves_out_is_untouched(self):
        """T55"""
        self.source.complete = False
        self._open(SALES)
        self._import(["10001;A-1;15.01.2026;150,00"], apply=True)
        self.assertEqual(self._get_document("A-2").amount_residual, 200.0)
