from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools.misc import mute_logger

from ..common import TODAY
from ..common_opening_after import CURRENCY_HEADER, OpeningAfterCommon

# What lists said when the company came to Odoo: R-1 of 100 with 40 open, B-1 of 200 with 80 open.
INVOICE = "Customer Invoice;10001;R-1;2026-01-10;2026-02-09;100.00;40.00"
PAID_INVOICE = "Customer Invoice;10001;R-0;2026-01-05;2026-02-04;70.00;0.00"
BILL = "Vendor Bill;70001;B-1;2026-01-15;2026-02-14;200.00;80.00"
FORMS = ("document", "entry")


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningDocuments(OpeningAfterCommon):
    """Open item lists, transfers and partners' figures know opening documents, invoices and entries alike."""

    def _open_as(self, form, rows, **kwargs):
        self.opening.opening_form = form
        return self._open(rows, **kwargs)

    # === OPEN ITEM LISTS === #

    def test_list_pays_by_original_number(self):
        for form in FORMS:
            with self.subTest(form=form):
                invoice, bill = self._open_as(form, [INVOICE, BILL]).line_ids.move_id.sorted("id")
                run = self._import(["10001;R-1;10.01.2026;25,00", "70001;B-1;15.01.2026;-80,00"], apply=True)
                self.assertEqual(
                    self._get_rows(run),
                    [
                        ("pay", "R-1", invoice.name, 25.0, 40.0, 15.0, "done", "paid_outside"),
                        ("keep", "B-1", bill.name, -80.0, -80.0, 0.0, "done", "confirmed"),
                    ],
                )
                self.assertRecordValues(
                    run.line_ids.payment_id,
                    [{"payment_type": "inbound", "partner_type": "customer", "amount": 15.0, "state": "paid"}],
                )
                self.assertEqual(self._get_open(invoice), 25.0)
                run.action_undo()
                self._undo_openings()

    def test_list_pays_a_vendors_entry(self):
        bill = self._open_as("entry", [BILL]).line_ids.move_id
        run = self._import(["70001;B-1;15.01.2026;-30,00"], apply=True)
        self.assertEqual(self._get_rows(run), [("pay", "B-1", bill.name, -30.0, -80.0, -50.0, "done", "paid_outside")])
        self.assertRecordValues(
            run.line_ids.payment_id, [{"payment_type": "outbound", "partner_type": "supplier", "amount": 50.0}]
        )

    def test_complete_list_closes_what_is_absent(self):
        for form in FORMS:
            with self.subTest(form=form):
                invoice = self._open_as(form, [INVOICE]).line_ids.move_id
                run = self._import(["10002;X-1;10.01.2026;5,00"], apply=True)
                self.assertEqual(
                    self._get_rows(run),
                    [
                        ("external", "X-1", "", 5.0, 0.0, 0.0, "done", "external_new"),
                        ("close", invoice.name, invoice.name, 0.0, 40.0, 40.0, "done", "absent"),
                    ],
                )
                self.assertEqual(self._get_open(invoice), 0.0)
                run.action_undo()
                self._undo_openings()

    def test_closed_document_is_found_by_its_original_number(self):
        """Else what is settled in Odoo would become an external item."""
        for form in FORMS:
            with self.subTest(form=form):
                invoice = self._open_as(form, [PAID_INVOICE, BILL]).line_ids.move_id.sorted("id")[0]
                self.opening.opening_form = "document"
                run = self._import(["10001;r0;05.01.2026;70,00"])
                self.assertEqual(
                    self._get_rows(run)[0],
                    ("reopen", "r0", invoice.name, 70.0, 0.0, 0.0, "planned", "reopened"),
                )
                self._undo_openings()

    def test_entry_in_a_foreign_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.9)])
        entry = self._open_as(
            "entry",
            ["Customer Invoice;10001;R-1;2026-01-10;2026-02-09;EUR;120.00;100.00;40.00"],
            header=CURRENCY_HEADER,
        ).line_ids.move_id
        header = "Account Number;Voucher Number;Voucher Date;Currency;Open Balance"
        run = self._import(["10001;R-1;10.01.2026;EUR;25,00"], header, apply=True)
        self.assertEqual(self._get_rows(run), [("pay", "R-1", entry.name, 25.0, 40.0, 15.0, "done", "paid_outside")])
        payment = run.line_ids.payment_id
        self.assertRecordValues(
            payment.move_id.line_ids.sorted("id"),
            [
                {"currency_id": currency.id, "amount_currency": 15.0, "balance": 18.0},
                {"currency_id": currency.id, "amount_currency": -15.0, "balance": -18.0},
            ],
        )
        self.assertEqual(self._get_open(entry), 25.0)

    def test_payment_date_of_an_entry(self):
        self.source.payment_date = "due"
        self._open_as("entry", [INVOICE])
        run = self._import(["10001;R-1;10.01.2026;25,00"], apply=True)
        self.assertEqual(run.line_ids.payment_id.date, self._date("2026-02-09"))

    def test_undone_documents_take_part_no_more(self):
        self._open([INVOICE]).action_undo()
        run = self._import(["10001;R-1;10.01.2026;25,00"], apply=True)
        self.assertEqual(self._get_rows(run), [("external", "R-1", "", 25.0, 0.0, 0.0, "done", "external_new")])

    def test_document_posted_again_by_hand_takes_part_again(self):
        run = self._open([INVOICE])
        invoice = run.line_ids.move_id
        run.action_undo()
        invoice.button_draft()
        invoice.action_post()
        self.assertFalse(invoice.open_balance_is_undone)
        later = self._import(["10001;R-1;10.01.2026;25,00"])
        self.assertEqual(
            self._get_rows(later), [("pay", "R-1", invoice.name, 25.0, 100.0, 75.0, "planned", "paid_outside")]
        )

    def test_number_of_queries_is_fixed(self):
        self._open([INVOICE, BILL])
        self._open_as("entry", ["Customer Invoice;10001;R-9;2026-01-10;2026-02-09;100.00;40.00"])
        rows = ["10001;R-1;10.01.2026;25,00", "10001;R-9;10.01.2026;25,00"]
        self._import(rows)
        counts = []
        for some in (rows[:1], rows):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._import(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(abs(counts[1] - counts[0]), 5)

    def test_entry_is_assigned_by_hand(self):
        entry = self._open_as("entry", [INVOICE]).line_ids.move_id
        run = self._import(["10001;ZZZ;10.01.2026;25,00"])
        line = run.line_ids.filtered("row")
        line.with_user(self.clerk).move_id = entry
        run.action_plan()
        self.assertEqual(self._get_rows(run), [("pay", "ZZZ", entry.name, 25.0, 40.0, 15.0, "planned", "paid_outside")])

    # === TRANSFERS AND FIGURES === #

    def test_documents_are_transferred_at_the_opening_date(self):
        self.source.uses_transfers = True
        for form in FORMS:
            with self.subTest(form=form):
                invoice = self._open_as(form, [INVOICE]).line_ids.move_id
                self.assertRecordValues(
                    invoice.open_balance_transfer_id, [{"date": self._date("2026-03-31"), "move_count": 1}]
                )
                run = self._import([], apply=False)
                self.assertEqual(self._get_problems(run), ["empty_list"])
                run = self._import(["10002;X-1;10.01.2026;5,00"])
                self.assertIn(
                    ("close", invoice.name, invoice.name, 0.0, 40.0, 40.0, "planned", "absent"), self._get_rows(run)
                )
                self._undo_openings()

    def test_entries_are_marked_and_collected(self):
        entry = self._open_as("entry", [INVOICE]).line_ids.move_id.with_env(self.env)
        entry.open_balance_transfer_id.action_take_back()
        entry.action_mark_as_transferred()
        self.assertEqual(entry.open_balance_transfer_id.state, "confirmed")
        entry.open_balance_transfer_id.action_take_back()
        transfer = self.env["open.balance.transfer"].create({"name": "All", "date": "2026-03-31"})
        transfer.action_collect()
        self.assertEqual(transfer.move_ids, entry)

    def test_partners_figures(self):
        for form in FORMS:
            with self.subTest(form=form):
                self._open_as(form, [INVOICE, PAID_INVOICE, BILL])
                self.assertEqual(self._get_balances(self.customer), (0.0, 40.0, 40.0))
                self.assertEqual(self.vendor.open_payable_bills, 80.0)
                run = self._import(["10001;R-1;10.01.2026;40,00"], apply=True)
                self.assertEqual(self._get_balances(self.customer), (40.0, 0.0, 40.0))
                run.action_undo()
                self._undo_openings()
                self.vendor.invalidate_recordset()

    def test_template_of_open_items(self):
        self._open([INVOICE])
        self._open_as("entry", [BILL])
        self.assertEqual(
            [row[2:6] for row in self.source._get_template_rows()],
            [
                ("R-1", self._date("2026-01-10"), self._date("2026-02-09"), 40.0),
                ("B-1", self._date("2026-01-15"), self._date("2026-02-14"), -80.0),
            ],
        )

    # === FINDING THEM === #

    def test_name_search_by_original_number(self):
        bill = self._open([BILL]).line_ids.move_id
        Move = self.env(user=self.clerk)["account.move"]
        bills = [("move_type", "=", "in_invoice")]
        self.assertEqual([found[0] for found in Move.name_search("B-1", bills)], bill.ids)
        bill.ref = "PO 7"
        bill.invalidate_recordset(["display_name"])
        self.assertEqual(Move.name_search("B-1", bills), [(bill.id, "OBB/2026/00001 (PO 7) [B-1]")])

    def test_name_that_is_the_original_number_is_said_once(self):
        invoice = self._open([INVOICE]).line_ids.move_id
        self.assertEqual(invoice.display_name, "R-1")

    # === NEVER SENT === #

    def test_sending_is_refused(self):
        invoices = self._open([INVOICE, PAID_INVOICE]).line_ids.move_id
        refused = "R-1 is an opening document: it was sent from the system"
        for send in (
            invoices.action_send_and_print,
            invoices[0].action_invoice_sent,
            invoices[0]._generate_and_send,
            lambda: self.env["account.move.send"]._generate_and_send_invoices(invoices),
            lambda: self._open_wizard("account.move.send.batch.wizard", invoices),
        ):
            with self.assertRaisesRegex(UserError, refused):
                send()
        self.assertFalse(any(invoices.mapped("is_move_sent")))

    def _open_wizard(self, model, moves):
        context = {"active_model": "account.move", "active_ids": moves.ids}
        return self.env[model].with_context(**context).create({})

    def test_cron_sends_none(self):
        invoice = self._open([INVOICE]).line_ids.move_id
        invoice.sending_data = {"sending_methods": ["email"]}
        with mute_logger("odoo.addons.account.models.account_move"), self.assertRaisesRegex(UserError, "R-1"):
            self.env["account.move"]._cron_account_move_send()
        self.assertFalse(invoice.is_move_sent)

    def test_send_button_is_not_offered(self):
        opening = self._open([INVOICE]).line_ids.move_id
        ordinary = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.assertRecordValues(
            opening | ordinary,
            [
                {"display_send_button": False, "highlight_send_button": False},
                {"display_send_button": True, "highlight_send_button": True},
            ],
        )
        with Form(opening.with_env(self.env)) as form:
            self.assertFalse(form.display_send_button)

    # === NO SALES, NOT ASKED TO PAY === #

    def test_documents_are_no_sales(self):
        self._create_document(self.customer, 30.0, "INV/2026/00001")
        for form in FORMS:
            with self.subTest(form=form):
                self._open_as(form, [INVOICE, PAID_INVOICE, BILL])
                self.env.flush_all()
                report = self.env["account.invoice.report"]
                found = report.search([("commercial_partner_id", "in", (self.customer | self.vendor).ids)])
                self.assertEqual(found.move_id.mapped("name"), ["INV/2026/00001"])
                self.customer.invalidate_recordset()
                self.assertEqual((self.customer.total_invoiced, self.vendor.total_invoiced), (30.0, 0.0))
                self._undo_openings()

    def test_portal_asks_for_what_is_open(self):
        part_paid, paid = self._open([INVOICE, PAID_INVOICE]).line_ids.move_id.sorted("amount_total", reverse=True)
        values = [move._get_invoice_portal_extra_values() for move in (part_paid, paid)]
        self.assertEqual(
            [(one["payment_state"], one["amount_due"], one["next_amount_to_pay"]) for one in values],
            [("partial", 40.0, 40.0), ("paid", 0.0, 0.0)],
        )
        if hasattr(part_paid, "_has_to_be_paid"):  # with account_payment
            self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
            self.assertEqual([move._has_to_be_paid() for move in (part_paid, paid)], [True, False])

    # === HELPERS === #

    @staticmethod
    def _get_open(move):
        return sum(move._get_open_balance_lines().mapped("amount_residual_currency"))

    def _undo_openings(self):
        """Take back what the last run created, so that the next one finds the books as they were."""
        run = self.env["open.balance.import"].search([("per", "=", "opening"), ("state", "=", "done")], limit=1)
        run.action_undo()
        self.assertEqual(run.undo_result["kept"], 0)
