import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..common import BALANCE_DATE, TODAY
from ..common_import import OpenBalanceImportCommon

EMERSION = (
    "ACCOUNT_ID,CARDLINE_AMOUNT_EXTAX,CARDLINE_AMOUNT_TAX,BALANCE_DUE_EXTAX,BALANCE_DUE_TAX,CARDLINE_DESCRIPTION,"
    "INVOICE_ISSUE_DATE,INVOICE_DUE_DATE,ORIGINAL_INVOICE_ID,INVOICE_START,INVOICE_END,TAX_ID"
)
TEMPLATE = "Document Type;Partner Number;Number;Date;Due Date;Currency;Total;Open Amount"
INVOICE = "Customer Invoice;10001;A-1;2026-01-15;2026-02-14;;110.00;55.00"


@freeze_time(TODAY)
class OpeningPlanningCommon(OpenBalanceImportCommon):
    """A source of opening documents; its runs are planned by a clerk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opening = cls.env["open.balance.source"].create(
            {"name": "Migration", "per": "opening", "payment_date": "due", "complete": False}
        )
        cls.tax = cls.company_data["default_tax_sale"]

    def _plan(self, rows, header=TEMPLATE, **kwargs):
        kwargs.setdefault("source", self.opening)
        return self._import(rows, header, **kwargs)

    def _get_opening_rows(self, run):
        """The lines as tuples: action, type, document, number, partner, due date, total, paid, open, reason."""
        return [
            (
                line.action,
                line.document_type,
                line.document_index,
                line.number or "",
                line.partner_id.name or "",
                str(line.due_date or ""),
                line.total_amount,
                line.payment_amount,
                line.reported_balance,
                line.reason_code,
            )
            for line in run.line_ids.sorted("id")
        ]

    def _get_actions(self, run):
        """The lines as tuples: action, number, document, payment, reason."""
        return [
            (line.action, line.number or "", line.move_id.name or "", line.payment_id, line.reason_code)
            for line in run.line_ids.sorted("id")
        ]


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningPlanning(OpeningPlanningCommon):
    """What lists of opening documents become as lines."""

    # === ROWS === #

    def test_emersion_sample(self):
        run = self._plan(
            [
                f"10001,100.00,10.00,50.00,5.00,Internet,15/01/2026,14/02/2026,E-1,01/01/2026,31/01/2026,{self.tax.id}",
                f"10002,200,20,200,20,,2026-02-01,2026-03-01,,,,{self.tax.id}",
                f"10001,-30,-3,0,0,Credit,2026-02-10,2026-02-20,E-3,,,{self.tax.id}",
            ],
            EMERSION,
        )
        self.assertEqual(
            self._get_opening_rows(run),
            [
                ("create", "out_invoice", 1, "E-1", "Azure Interior", "2026-02-14", 110.0, 55.0, 55.0, "opening_new"),
                ("create", "out_invoice", 2, "", "Deco Addict", "2026-03-01", 220.0, 0.0, 220.0, "opening_new"),
                ("create", "out_refund", 3, "E-3", "Azure Interior", "2026-02-20", -33.0, 0.0, -33.0, "opening_new"),
            ],
        )
        self.assertRecordValues(
            run.line_ids,
            [
                {
                    "row": 2,
                    "kind": "receivable",
                    "tax_amount": 10.0,
                    "description": "Internet",
                    "period_start": self._date("2026-01-01"),
                    "period_end": self._date("2026-01-31"),
                    "company_total": 110.0,
                    "company_reported": 55.0,
                    "company_amount": 110.0,
                    "booked_balance": 0.0,
                    "tax_id": False,
                },
                {
                    "row": 3,
                    "kind": "receivable",
                    "tax_amount": 20.0,
                    "description": False,
                    "period_start": self._date(BALANCE_DATE),
                    "period_end": self._date(BALANCE_DATE),
                    "company_total": 220.0,
                    "company_reported": 220.0,
                    "company_amount": 220.0,
                    "booked_balance": 0.0,
                    "tax_id": False,
                },
                {
                    "row": 4,
                    "kind": "receivable",
                    "tax_amount": -3.0,
                    "description": "Credit",
                    "period_start": self._date(BALANCE_DATE),
                    "period_end": self._date(BALANCE_DATE),
                    "company_total": -33.0,
                    "company_reported": -33.0,
                    "company_amount": -33.0,
                    "booked_balance": 0.0,
                    "tax_id": False,
                },
            ],
        )
        self.assertEqual((run.state, run.per, run.complete, self._get_problems(run)), ("planned", "opening", False, []))

    def test_every_type_of_the_template(self):
        run = self._plan(
            [
                INVOICE,
                "Customer Credit Note;10001;A-2;2026-01-20;2026-01-20;;30.00;30.00",
                "Vendor Bill;70001;B-1;2026-01-21;2026-02-20;;80.00;20.00",
                "Vendor Credit Note;70001;B-2;2026-01-22;2026-01-22;;12.00;12.00",
                "Customer Receipt;10002;R-1;2026-02-01;;;;15.00",
                "Vendor Payment;70001;P-1;2026-02-02;;;;7.00",
            ]
        )
        azure, wood = "Azure Interior", "Wood Corner"
        self.assertEqual(
            self._get_opening_rows(run),
            [
                ("create", "out_invoice", 1, "A-1", azure, "2026-02-14", 110.0, 55.0, 55.0, "opening_new"),
                ("create", "out_refund", 2, "A-2", azure, "2026-01-20", -30.0, 0.0, -30.0, "opening_new"),
                ("create", "in_invoice", 3, "B-1", wood, "2026-02-20", -80.0, -60.0, -20.0, "opening_new"),
                ("create", "in_refund", 4, "B-2", wood, "2026-01-22", 12.0, 0.0, 12.0, "opening_new"),
                ("create", "receipt", 5, "R-1", "Deco Addict", "", -15.0, 0.0, -15.0, "opening_new"),
                ("create", "vendor_payment", 6, "P-1", wood, "", 7.0, 0.0, 7.0, "opening_new"),
            ],
        )
        self.assertEqual(
            run.line_ids.mapped("kind"), ["receivable", "receivable", "payable", "payable", "receivable", "payable"]
        )

    def test_instalments_are_one_document(self):
        run = self._plan([INVOICE, "Customer Invoice;10001;A-1;2026-01-15;2026-03-14;;90.00;90.00"])
        self.assertEqual(
            self._get_opening_rows(run),
            [
                ("create", "out_invoice", 1, "A-1", "Azure Interior", "2026-02-14", 110.0, 55.0, 55.0, "opening_new"),
                ("create", "out_invoice", 1, "A-1", "Azure Interior", "2026-03-14", 90.0, 0.0, 90.0, "opening_new"),
            ],
        )

    def test_records_named_by_rows(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        analytic = self.env["account.analytic.account"].create({"name": "Move", "code": "P7", "plan_id": plan.id})
        self.opening.opening_tax = "exact"
        run = self._plan(
            [f"{INVOICE};10.00;{self.tax.name};P7;{self.clerk.login};30 days;10001@example.com"],
            f"{TEMPLATE};Tax Amount;Tax;Analytic Account;Salesperson;Payment Terms;Partner E-mail",
        )
        self.assertRecordValues(
            run.line_ids,
            [
                {
                    "action": "create",
                    "tax_amount": 10.0,
                    "tax_id": self.tax.id,
                    "analytic_distribution": {str(analytic.id): 100},
                    "salesperson_id": self.clerk.id,
                    "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
                    "partner_email": "10001@example.com",
                }
            ],
        )

    def test_tax_of_another_country_is_reviewed(self):
        country = self.env.ref("base.nz")
        group = self.env["account.tax.group"].create({"name": "NZ", "country_id": country.id})
        foreign = self.tax.copy({"name": "GST", "country_id": country.id, "tax_group_id": group.id})
        run = self._plan([f"10001,100,10,50,5,,15/01/2026,14/02/2026,E-1,,,{foreign.id}"], EMERSION)
        self.assertEqual(self._get_actions(run), [("review", "E-1", "", run.line_ids.payment_id, "tax_other_country")])

    # === PARTNERS === #

    def test_assigned_partner_and_number_are_kept(self):
        run = self._plan([INVOICE.replace("10001", "4711"), "Vendor Bill;4712;B-1;2026-01-21;2026-02-20;;80.00;20.00"])
        self.assertEqual([line.reason_code for line in run.line_ids], ["partner_unknown", "partner_unknown"])
        first, second = run.line_ids
        first.write({"partner_id": self.customer.id, "remember_number": True})
        second.write({"partner_id": self.vendor.id, "remember_number": True})
        run.action_plan()
        self.assertEqual(
            [(line.action, line.partner_id, line.is_assigned) for line in run.line_ids],
            [("create", self.customer, True), ("create", self.vendor, True)],
        )
        self.assertEqual(self.customer._get_open_balance_numbers("receivable"), ["10001", "4711"])
        self.assertEqual(self.vendor._get_open_balance_numbers("payable"), ["70001", "4712"])

    def test_unknown_partner_is_created_if_the_source_says_so(self):
        self.opening.opening_create_partners = True
        rows = [f"{INVOICE.replace('10001', '4711')};New Ltd", f"{INVOICE.replace('10001;A-1', '4711;A-2')};New Ltd"]
        clerk = self._create_user("contacts", "account.group_account_invoice,base.group_partner_manager")
        run = self._plan(rows, f"{TEMPLATE};Partner Name", env=self.env(user=clerk))
        self.assertEqual(
            [(line.action, line.new_partner, line.partner_id.name, line.reason_code) for line in run.line_ids],
            [("create", "4711", False, "opening_new_partner"), ("create", "4711", False, "opening_new_partner")],
        )
        self.assertEqual(self._get_problems(run), [])

    def test_partners_by_a_user_who_may_not_create_them(self):
        self.opening.opening_create_partners = True
        run = self._plan([f"{INVOICE.replace('10001', '4711')};New Ltd"], f"{TEMPLATE};Partner Name")
        self.assertEqual(self._get_problems(run), ["partner_rights"])
        with self.assertRaisesRegex(UserError, "1 partners would be created, and you may not create contacts"):
            run.action_apply()

    # === WHAT EXISTS === #

    def test_existing_documents_are_skipped(self):
        first = self._create_document(self.customer, 110.0, "A-1")
        self._create_document(self.customer, 99.0, "A-2")
        bill = self._create_document(self.vendor, 80.0, "B-1", "in_invoice")
        self._create_document(self.other_customer, 110.0, "A-3")
        run = self._plan(
            [
                INVOICE,
                INVOICE.replace("A-1", "a 2"),
                "Vendor Bill;70001;B 1;2026-01-21;2026-02-20;;80.00;20.00",
                INVOICE.replace("A-1", "A-3"),
            ]
        )
        nothing = self.env["account.payment"]
        self.assertEqual(
            self._get_actions(run),
            [
                ("skip", "A-1", first.name, nothing, "document_exists"),
                ("skip", "a 2", "A-2", nothing, "document_exists_differs"),
                ("skip", "B 1", bill.name, nothing, "document_exists"),
                ("create", "A-3", "", nothing, "opening_new"),
            ],
        )

    def test_created_beside_a_draft(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        draft = self._create_document(contact, 110.0, False, date="2026-03-01", post=False)
        self._create_document(self.customer, 111.0, False, post=False)
        self._create_document(self.vendor, 80.0, "SUP-9", "in_invoice", post=False)
        self._create_document(self.customer, 30.0, False, "out_refund", post=False)
        same = self._create_document(self.other_customer, 70.0, False, ref="A-3", post=False)
        rows = [
            INVOICE,
            "Vendor Bill;70001;B-1;2026-01-21;2026-02-20;;80.00;20.00",
            "Customer Credit Note;10001;A-2;2026-01-20;2026-01-20;;30.00;30.00",
            "Customer Invoice;10002;A-3;2026-01-16;2026-02-16;;70.00;70.00",
            "Customer Invoice;10002;A-4;2026-01-16;2026-02-16;;70.00;70.00",
        ]
        run = self._plan(rows)
        self.assertEqual(
            [(line.action, line.number, line.move_id, line.reason_code) for line in run.line_ids.sorted("id")],
            [
                ("create", "A-1", self.env["account.move"], "opening_beside_draft"),
                ("create", "B-1", self.env["account.move"], "opening_beside_draft"),
                ("create", "A-2", self.env["account.move"], "opening_beside_draft"),
                ("skip", "A-3", same, "document_exists_draft"),
                ("create", "A-4", self.env["account.move"], "opening_new"),
            ],
        )
        self.assertIn(
            f"Odoo has drafts with the same partner, type and total: (* {draft.id}).",
            run.line_ids.sorted("id")[0].reason,
        )
        self.assertIn("total: SUP-9.", run.line_ids.sorted("id")[1].reason)
        self.assertEqual(
            [problem.message[:45] for problem in run.problem_ids if problem.level == "warning"],
            [
                "1 documents are in Odoo already, but only as ",
                "3 documents are created beside drafts with th",
            ],
        )
        run.action_apply()
        self.assertEqual(
            [(line.state, line.move_id.state) for line in run.line_ids.sorted("id")],
            [("done", "posted"), ("done", "posted"), ("done", "posted"), ("skipped", "draft"), ("done", "posted")],
        )

    def test_cancelled_documents_are_none(self):
        document = self._create_document(self.customer, 110.0, "A-1")
        document.button_draft()
        document.button_cancel()
        self.assertEqual([line.action for line in self._plan([INVOICE]).line_ids], ["create"])

    def test_original_number_counts_and_entries_too(self):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-01-15",
                "partner_id": self.customer.id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.company_data["default_account_receivable"].id,
                            "partner_id": self.customer.id,
                            "debit": 110.0,
                        }
                    ),
                    Command.create({"account_id": self.company_data["default_account_revenue"].id, "credit": 110.0}),
                ],
            }
        )
        entry.sudo().write({"open_balance_type": "out_invoice", "open_balance_number": "A-1"})
        entry.action_post()
        run = self._plan([INVOICE])
        self.assertEqual(
            self._get_actions(run), [("skip", "A-1", entry.name, run.line_ids.payment_id, "document_exists")]
        )

    def test_documents_without_number_are_recognised_once_each(self):
        made = self._create_document(self.customer, 110.0, "OBI/2026/00001", invoice_date_due="2026-02-14")
        made.sudo().open_balance_type = "out_invoice"
        row = INVOICE.replace("A-1", "")
        run = self._plan([row, f"{row} "])
        nothing = self.env["account.payment"]
        self.assertEqual(
            self._get_actions(run),
            [("skip", "", made.name, nothing, "document_exists"), ("create", "", "", nothing, "opening_new")],
        )

    def test_existing_receipts_are_skipped(self):
        payment = self.env["account.payment"].create(
            {"partner_id": self.customer.id, "amount": 15.0, "date": "2026-02-01", "memo": "R-1"}
        )
        payment.action_post()
        document = self._create_document(self.customer, 15.0, "R-2")
        self._import(["10001;R-2;15.01.2026;0,01"], apply=True)
        rows = [f"Customer Receipt;10001;{number};2026-02-01;;;;15.00" for number in ("R-1", "R-2")]
        run = self._plan(rows)
        self.assertEqual(
            self._get_actions(run),
            [
                ("skip", "R-1", "", payment, "document_exists"),
                ("create", "R-2", "", self.env["account.payment"], "opening_new"),
            ],
        )
        self.assertEqual((document.amount_residual, run.payment_count), (0.01, 0))

    def _check_second_file(self):
        """Apply a list, then the same rows in another file: nothing of it is created again."""
        rows = [
            INVOICE,
            "Customer Invoice;10001;A-1;2026-01-15;2026-03-14;;90.00;90.00",
            "Customer Invoice;10002;;2026-01-16;2026-02-16;;70.00;70.00",
            "Customer Credit Note;10001;A-2;2026-01-20;2026-01-20;;30.00;30.00",
            "Vendor Bill;70001;B-1;2026-01-21;2026-02-20;;80.00;20.00",
            "Customer Receipt;10002;R-1;2026-02-01;;;;15.00",
            "Vendor Payment;70001;;2026-02-02;;;;7.00",
        ]
        first = self._plan(rows, apply=True)
        self.assertEqual([(line.state, line.result) for line in first.line_ids], [("done", False)] * len(rows))
        second = self._plan([*rows, INVOICE.replace("A-1", "A-9")])
        booked = zip(first.line_ids, second.line_ids, strict=False)
        self.assertEqual(
            [(new.action, new.reason_code, new.move_id or new.payment_id == old.payment_id) for old, new in booked],
            [("skip", "document_exists", old.move_id or True) for old in first.line_ids],
        )
        self.assertEqual((second.line_ids[-1].action, second.payment_count, second.document_count), ("create", 0, 0))
        self.assertEqual(self._get_problems(second, "stop"), [])
        return first

    def test_second_file_creates_nothing_again(self):
        first = self._check_second_file()
        self.assertEqual(
            first.result_sentence,
            "4 documents and 4 payments were created. 0 rows existed already, 0 lines failed, 0 were left for review.",
        )
        account = self.opening.journal_id.default_account_id
        self.assertEqual(first.clearing_balance, -157.0)
        self.assertEqual(
            first.clearing_sentence,
            f"{self.env.company.currency_id.format(-157.0)} is on the clearing account {account.display_name}. "
            "Book the receivables and payables of the trial balance on it: "
            "that brings it to zero if they are what the list says is open.",
        )

    def test_second_file_creates_no_entries_again(self):
        self.opening.opening_form = "entry"
        self._check_second_file()

    def test_what_is_announced_is_what_is_booked(self):
        self.setup_other_currency("CHF", rates=[("2026-01-01", 3.0)])
        run = self._plan(
            [INVOICE.replace(";;110.00", ";CHF;110.00"), "Vendor Bill;70001;B-1;2026-01-21;2026-02-20;CHF;80.00;20.01"]
        )
        expected = [(row["kind"], row["after"]) for row in run.totals["accounts"]]
        run.action_apply()
        self.assertEqual(run.line_ids.mapped("result"), [False, False])
        accounts = (
            self.company_data["default_account_receivable"],
            self.company_data["default_account_payable"],
            self.opening.journal_id.default_account_id,
        )
        self.assertEqual(expected, [("receivable", 18.34), ("payable", -6.67), ("clearing", -11.67)])
        self.assertEqual(
            [run._get_account_balances(account)[account.id] for account in accounts],
            [18.34, -6.67, -11.67],
        )

    def test_booked_tax_is_announced(self):
        self.opening.opening_tax = "exact"
        rows = [f"{INVOICE};10.00;{self.tax.name}"]
        run = self._plan(rows, f"{TEMPLATE};Tax Amount;Tax")
        self.assertEqual(
            [(row["kind"], row["after"]) for row in run.totals["accounts"]], [("receivable", 55.0), ("clearing", -45.0)]
        )
        run.action_apply()
        self.assertEqual((run.line_ids.result, run.clearing_balance), (False, -45.0))
        self.assertIn("receivables, payables and taxes", run.clearing_sentence)

    def test_records_of_another_company_never_count(self):
        company = self.setup_other_company(name="Harbour Trading")["company"]
        self._create_document(self.customer, 110.0, "A-1", company_id=company.id)
        foreign = self.env["account.tax"].search(
            [("company_id", "=", company.id), ("type_tax_use", "=", "sale")], limit=1
        )
        foreign.name = "Only there"
        clerk = self._create_user("two", "account.group_account_invoice", self.env.company | company)
        self.opening.opening_tax = "exact"
        run = self._plan(
            [f"{INVOICE};10.00;Only there", INVOICE.replace("A-1", "A-2") + ";;"],
            f"{TEMPLATE};Tax Amount;Tax",
            env=self.env(user=clerk, context={"allowed_company_ids": (self.env.company | company).ids}),
        )
        self.assertEqual(
            [(line.action, line.reason_code, line.company_id) for line in run.line_ids],
            [("review", "tax_unknown", self.env.company), ("create", "opening_new", self.env.company)],
        )

    def _create_branch(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.env.company.id})
        self.env.cr.precommit.run()  # gives the branch its parent's accounts
        self.customer.with_company(branch).debtor_number = "10001"
        return branch

    def test_list_of_a_branch(self):
        root = self.env.company
        branch = self._create_branch()
        self._create_document(self.customer, 110.0, "A-1", company_id=branch.id)
        clerk = self._create_user("branch", "account.group_account_invoice", branch | root)
        run = self._plan(
            [
                f"10001,100,10,50,5,,15/01/2026,14/02/2026,A-1,,,{self.tax.id}",
                f"10001,200,20,0,0,,15/01/2026,14/02/2026,A-2,,,{self.tax.id}",
            ],
            EMERSION,
            env=self.env(user=clerk, context={"allowed_company_ids": branch.ids}),
        )
        self.assertEqual(
            [(line.action, line.number, line.company_id, line.reason_code) for line in run.line_ids],
            [("skip", "A-1", branch, "document_exists"), ("create", "A-2", branch, "opening_new")],
        )
        self.assertEqual(self._get_problems(run), [])
        run.action_apply()
        self.assertEqual(
            (run.line_ids.move_id.company_id, run.line_ids[1].result, run.source_id.journal_id.company_id),
            (branch, False, root),
        )

    def test_documents_of_branches_exist_for_the_root_too(self):
        branch = self._create_branch()
        self._create_document(self.customer, 110.0, "A-1", company_id=branch.id)
        self.assertEqual(self._get_problems(self._plan([INVOICE])), ["branches_hidden"])
        clerk = self._create_user("root", "account.group_account_invoice", self.env.company | branch)
        run = self._plan([INVOICE], env=self.env(user=clerk))
        self.assertEqual([line.reason_code for line in run.line_ids], ["document_exists"])

    # === CURRENCY === #

    def test_rates_of_the_documents_dates(self):
        currency = self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0), ("2026-02-01", 4.0)])
        run = self._plan(
            [
                INVOICE.replace(";;110.00", ";CHF;110.00"),
                INVOICE.replace("A-1;2026-01-15", "A-2;2026-02-01").replace(";;110.00", ";CHF;110.00"),
                INVOICE.replace("A-1;2026-01-15", "A-3;2025-12-31").replace(";;110.00", ";CHF;110.00"),
            ]
        )
        self.assertEqual(
            [
                (line.action, line.currency_id, line.total_amount, line.company_total, line.company_reported)
                for line in run.line_ids
            ],
            [
                ("create", currency, 110.0, 55.0, 27.5),
                ("create", currency, 110.0, 27.5, 13.75),
                ("review", currency, 110.0, 0.0, 0.0),
            ],
        )
        self.assertEqual(run.line_ids[2].reason_code, "no_rate_on")

    # === PROBLEMS === #

    def test_all_or_nothing(self):
        self.opening.all_or_nothing = True
        run = self._plan([INVOICE, INVOICE.replace("10001", "4711")])
        self.assertEqual(self._get_problems(run), ["opening_rows_wrong"])
        self.opening.all_or_nothing = False
        run.action_plan()
        self.assertEqual((self._get_problems(run), run.review_count), ([], 1))

    def test_locked_dates(self):
        self.env.company.fiscalyear_lock_date = "2026-01-31"
        run = self._plan([INVOICE, INVOICE.replace("A-1", "A-2").replace("01-15", "02-01")])
        problem = self._get_problem(run, "opening_period_locked")
        self.assertEqual(
            (problem.level, problem.values["document"], problem.values["date"]),
            ("stop", "A-1", {"date": "2026-01-15"}),
        )
        self.opening.opening_date = "opening"
        run.action_plan()
        self.assertEqual(self._get_problems(run), [])

    def test_locked_payment_date(self):
        self.env.company.fiscalyear_lock_date = "2026-01-31"
        self.opening.write({"opening_date": "opening", "payment_date": "document"})
        self.assertEqual(self._get_problems(self._plan([INVOICE])), ["opening_period_locked"])
        self.assertEqual(self._get_problems(self._plan([INVOICE.replace("55.00", "110.00")])), [])

    def test_payments_after_the_opening_date_are_said(self):
        late = INVOICE.replace("2026-02-14", "2026-12-24")
        part = late.replace("55.00", "110.00")
        run = self._plan([late, INVOICE.replace("A-1", "A-2"), part.replace("A-1", "A-3")])
        problem = self._get_problem(run, "opening_paid_later")
        self.assertEqual((problem.level, problem.values), ("warning", {"count": 1, "date": {"date": BALANCE_DATE}}))
        self.opening.payment_date = "balance_date"
        run.action_plan()
        self.assertEqual(self._get_problems(run, "warning"), [])

    def test_sales_lock_stops_documents_but_not_entries(self):
        self.env.company.sale_lock_date = "2026-01-31"
        run = self._plan([INVOICE])
        self.assertEqual(self._get_problems(run), ["opening_period_locked"])
        self.opening.opening_form = "entry"
        run.action_plan()
        self.assertEqual(self._get_problems(run), [])

    def test_archived_journal(self):
        journal = self.company_data["default_journal_sale"].copy({"name": "Old", "code": "OLD"})
        self.opening.opening_sale_journal_id = journal
        run = self._plan([INVOICE])
        self.assertEqual(self._get_problems(run), [])
        journal.active = False
        run.action_plan()
        self.assertEqual(self._get_problems(run), ["opening_journal_missing"])

    def test_changed_settings_are_planned_again(self):
        run = self._plan([INVOICE])
        self.opening.opening_tax = "exact"
        with self.assertRaisesRegex(UserError, "settings of Migration were changed since the preview"):
            run.action_apply()

    def test_lines_cannot_be_written(self):
        run = self._plan([INVOICE])
        for vals in ({"total_amount": 1.0}, {"document_index": 7}, {"number": "X"}, {"new_partner": "x"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "changed by assigning"):
                run.line_ids.write(vals)

    def test_user_without_invoicing_right(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "not allowed to create"):
            self._plan([INVOICE], env=self.env(user=reader))

    # === TOTALS === #

    def test_totals(self):
        receivable = self.company_data["default_account_receivable"]
        self._create_document(self.other_customer, 10.0, "INV/2026/00001")
        run = self._plan([INVOICE, "Customer Receipt;10002;R-1;2026-02-01;;;;15.00"])
        self.assertEqual(
            run.totals,
            {
                "documents": [
                    {
                        "type": "out_invoice",
                        "currency": "USD",
                        "count": 1,
                        "payments": 1,
                        "total": 110.0,
                        "tax": 0.0,
                        "paid": 55.0,
                        "open": 55.0,
                    },
                    {
                        "type": "receipt",
                        "currency": "USD",
                        "count": 1,
                        "payments": 0,
                        "total": -15.0,
                        "tax": 0.0,
                        "paid": 0.0,
                        "open": -15.0,
                    },
                ],
                "accounts": [
                    {"kind": "receivable", "name": receivable.display_name, "before": 10.0, "after": 50.0},
                    {"kind": "clearing", "name": "", "before": 0.0, "after": -40.0},
                ],
            },
        )
        self.assertIn("Customer Receipt", run.totals_table)
        self.assertEqual(
            run.apply_sentence,
            "Apply creates 1 documents ($\xa0110.00), 1 payments for what was paid of them and 1 unallocated payments. "
            "0 rows exist already and are skipped, 0 are left for you to review.",
        )
        self.assertEqual(run.clearing_sentence, "The clearing account is made when the documents are created.")

    def test_planning_costs_as_many_queries_for_ten_documents_as_for_two_hundred(self):
        numbers = range(200)
        partners = self.env["res.partner"].create([{"name": f"Debtor {n}", "debtor_number": f"D{n}"} for n in numbers])
        self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0)])
        rows = [
            f"Customer Invoice;{partner.debtor_number};Q-{number};2026-01-{number % 28 + 1:02};2026-02-28;CHF;9.00;4.00"
            for number, partner in zip(numbers, partners, strict=True)
        ]
        self._plan(rows[:2])
        counts = []
        for some in (rows[:10], rows):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run = self._plan(some)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(run.line_ids.mapped("action"), ["create"] * len(some))
        self.assertLess(counts[1] - counts[0], 5)


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningRecognition(OpeningPlanningCommon):
    """Files are known by their columns, but nobody's list becomes documents by that alone."""

    def _upload(self, content):
        return self.env["ir.attachment"].create({"name": "list.csv", "raw": content.encode()})

    def _import_unnamed(self, content, apply=False):
        """Import by code without naming a source."""
        Run = self.env(user=self.clerk)["open.balance.import"]
        result = Run.import_file("list.csv", self._encode(content), apply=apply, balance_date=BALANCE_DATE)
        return Run.browse(result["run_id"])

    def test_code_without_a_source(self):
        run = self._import_unnamed(f"{TEMPLATE}\n{INVOICE}")
        self.assertEqual((run.per, run.source_id, run.state), ("opening", self.opening, "planned"))

    def test_code_without_a_source_never_creates_documents(self):
        run = self._import_unnamed(f"{TEMPLATE}\n{INVOICE}", apply=True)
        self.assertEqual((run.state, run.line_ids.move_id), ("planned", self.env["account.move"]))

    def test_source_is_made_when_there_is_none(self):
        self.opening.active = False
        run = self._import_unnamed(f"{TEMPLATE}\n{INVOICE}")
        self.assertRecordValues(
            run.source_id,
            [{"name": "Opening documents", "per": "opening", "payment_date": "due", "all_or_nothing": True}],
        )

    def test_named_source_decides(self):
        run = self._plan([INVOICE], source=self.source)
        self.assertEqual((run.per, run.source_id), ("invoice", self.source))
        self.assertIn("list_of_opening", self._get_problems(run, "stop"))
        guard = self._get_problem(run, "list_of_opening")
        guard.action_confirm()
        self.assertEqual(guard.confirmed_by_id, self.clerk)

    def test_open_item_list_is_never_taken_for_one(self):
        self._plan([INVOICE])
        run = self._import_unnamed("Account Number;Voucher Number;Voucher Date;Open Balance\n10001;X-1;15.01.2026;5,00")
        self.assertEqual((run.per, run.source_id), ("invoice", self.source))

    def test_dialog_follows_the_files(self):
        opening = self._upload(f"{TEMPLATE}\n{INVOICE}")
        items = self._upload("Account Number;Voucher Number;Open Balance\n10001;X-1;5,00")
        dialog = Form(self.env["open.balance.import.upload"])
        self.assertEqual((dialog.source_id, dialog.per), (self.source, "invoice"))
        dialog.file_ids.add(opening)
        self.assertEqual((dialog.source_id, dialog.per), (self.opening, "opening"))
        dialog.file_ids.remove(opening.id)
        dialog.file_ids.add(items)
        self.assertEqual((dialog.source_id, dialog.per), (self.source, "invoice"))

    def test_choice_in_the_dialog_stays(self):
        other = self.env["open.balance.source"].create({"name": "Other"})
        dialog = Form(self.env["open.balance.import.upload"])
        dialog.source_id = other
        dialog.file_ids.add(self._upload(f"{TEMPLATE}\n{INVOICE}"))
        self.assertEqual((dialog.source_id, dialog.per), (other, "invoice"))
        dialog.per = "debtor"
        run = self.env["open.balance.import"].browse(dialog.save().action_preview()["res_id"])
        self.assertEqual((run.source_id, run.per), (other, "debtor"))

    def test_mail_waits_for_a_person(self):
        domain = self.env["mail.alias.domain"].create({"name": "lists.example.com"})
        self.source.write({"apply_automatically": True, "alias_name": "open-items", "alias_domain_id": domain.id})
        self.source.message_subscribe(self.clerk.partner_id.ids)
        attachment = ("list.csv", f"{TEMPLATE}\n{INVOICE}".encode(), {})
        message = {
            "subject": self.source.mail_key,
            "recipients": "open-items@lists.example.com",
            "author_id": self.clerk.partner_id.id,
            "attachments": [attachment],
        }
        run = self.env["open.balance.import"].sudo().message_new(message)
        self.assertEqual((run.per, run.source_id, run.state), ("opening", self.opening, "planned"))
        self.assertEqual(base64.b64decode(run.file_ids.content), attachment[1])
