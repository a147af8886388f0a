from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_opening_after import OpeningAfterCommon
from ..common_opening_booking import OpeningBookingCommon


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningEdges(OpeningBookingCommon):
    """What the books, or the people at work in them, do to documents and runs since the preview."""

    def _get_states(self, run):
        run.invalidate_recordset()
        return [(line.number or "", line.state, line.result or "") for line in run.line_ids.sorted("id")]

    # === NEVER TWICE === #

    def test_partner_that_has_become_a_contact_since(self):
        rows = [{"total": 100, "number": "A"}, {"total": 40, "document_type": "receipt", "number": "R"}]
        again = self._create_run(rows)
        first = self._apply(rows)
        self.customer.write({"parent_id": self.other_customer.id, "is_company": False})
        again.action_apply()
        made = (first.line_ids.move_id.name, first.line_ids.payment_id.name)
        self.assertEqual(
            self._get_states(again),
            [
                ("A", "failed", f"{made[0]} is there already, since the preview. Plan again."),
                ("R", "failed", f"{made[1]} is there already, since the preview. Plan again."),
            ],
        )

    def test_numberless_documents_are_told_apart_by_due_date(self):
        made = self._apply([{"total": 100}]).line_ids.move_id
        run = self._apply([{"total": 100, "due_date": "2026-03-01"}, {"total": 100}, {"total": 100, "due_date": False}])
        refusal = f"{made.name} is there already, since the preview. Plan again."
        self.assertEqual(self._get_states(run), [("", "done", ""), ("", "failed", refusal), ("", "failed", refusal)])

    def test_receipts_alone_keep_other_runs_out(self):
        run = self._apply([{"total": 40, "document_type": "receipt", "number": "R"}])
        self.assertTrue(run.source_id.journal_id.open_balance_booked_on)

    def test_contact_in_a_running_import_is_locked(self):
        run = self._create_run([{"total": 100, "number": "A"}]).with_env(self.env)
        run.sudo().state = "running"
        self.customer.write({"parent_id": self.other_customer.id, "is_company": False})
        with self.assertRaisesRegex(UserError, "Opening documents of Deco Addict are being created by"):
            self._create_by_hand(partner=self.other_customer)

    # === SECURED JOURNALS === #

    def test_secured_journal_numbers_without_gaps(self):
        self._apply([{"total": 1, "number": "RE11"}])
        self.source.opening_sale_journal_id.restrict_mode_hash_table = True
        rows = [{"total": 10, "paid": 4, "number": number} for number in ("RE17", "RE12", "RE20")]
        runs = [self._apply(rows), self._apply([{"total": 10, "number": "RE14"}])]
        self.assertEqual(
            [self._get_rows(run) for run in runs],
            [
                [
                    ("OBI/2026/00001", 6.0, 4.0, "done", False),
                    ("OBI/2026/00002", 6.0, 4.0, "done", False),
                    ("OBI/2026/00003", 6.0, 4.0, "done", False),
                ],
                [("OBI/2026/00004", 10.0, 0.0, "done", False)],
            ],
        )
        self.assertEqual(
            [(move.open_balance_number, bool(move.inalterable_hash)) for run in runs for move in run.line_ids.move_id],
            [("RE17", True), ("RE12", True), ("RE20", True), ("RE14", True)],
        )

    # === UNDO === #

    def test_documents_of_one_run_reconciled_by_hand_are_kept(self):
        run = self._apply(
            [
                {"total": 100, "number": "A"},
                {"total": 40, "document_type": "receipt", "number": "R"},
                {"total": 100, "paid": 30, "number": "B"},
            ]
        )
        invoice, receipt, _other = run.line_ids.sorted("id")
        (invoice.move_id | receipt.payment_id.move_id)._get_open_balance_lines().reconcile()
        run.with_user(self.clerk).action_undo()
        self.assertEqual(
            self._get_states(run),
            [
                ("A", "done", f"It was reconciled with {receipt.payment_id.name} since."),
                ("R", "done", "It is reconciled otherwise than booked, with A."),
                ("B", "undone", ""),
            ],
        )
        self.assertEqual((invoice.move_id.amount_residual, receipt.payment_id.state), (60.0, "paid"))
        self.assertEqual(
            run.result_sentence,
            "1 documents and 1 payments were undone, 0 documents and 0 payments were reversed, 1 documents and "
            "1 payments were kept.",
        )

    def test_payment_moved_to_another_document_by_hand_keeps_both(self):
        run = self._apply([{"total": 100, "paid": 30, "number": "A"}, {"total": 100, "number": "B"}])
        paid, other = run.line_ids.sorted("id")
        due = paid.move_id._get_open_balance_lines()
        due.remove_move_reconcile()
        (paid.payment_id.move_id | other.move_id)._get_open_balance_lines().reconcile()
        run.with_user(self.clerk).action_undo()
        self.assertEqual(
            self._get_states(run),
            [
                ("A", "done", "It is reconciled otherwise than booked, with B."),
                ("B", "done", f"It was reconciled with {paid.payment_id.name} since."),
            ],
        )

    def test_cent_of_rounding_is_undone_with_its_payment(self):
        yen = self.setup_other_currency("JPY", rates=[("2024-01-01", 150.0)], rounding=1.0)
        run = self._apply(
            [
                {
                    "total": 2,
                    "paid": 1,
                    "number": "Y",
                    "document_type": "in_invoice",
                    "currency_id": yen.id,
                    "rate": 0.005,
                }
            ]
        )
        document = run.line_ids.move_id
        self.assertItems(
            document,
            [
                (self.company_data["default_account_payable"].id, self._date("2026-02-14"), -2.0, -0.01, -1.0),
                (self.source.journal_id.default_account_id.id, False, 2.0, 0.01, 0.0),
            ],
        )
        self.assertFalse(document.line_ids.matched_debit_ids.exchange_move_id)
        run.with_user(self.clerk).action_undo()
        self.assertEqual(self._get_states(run), [("Y", "undone", "")])
        self.assertEqual((document.state, run.line_ids.payment_id.state), ("cancel", "canceled"))
        groups = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("parent_state", "=", "posted")], ["account_id"], ["balance:sum"]
        )
        self.assertEqual([round(balance, 2) for _account, balance in groups if round(balance, 2)], [])

    # === RIGHTS === #

    def test_no_ordinary_invoice_becomes_an_opening_document(self):
        refusal = "what the import has written is not changed by hand"
        invoice = self._create_by_hand()
        for user in (self.clerk, self.env.user):
            with self.assertRaisesRegex(AccessError, refusal):
                invoice.with_user(user).open_balance_type = "out_invoice"
        opening = self._apply([{"total": 100, "number": "A"}]).line_ids.move_id
        with self.assertRaisesRegex(AccessError, refusal):
            opening.with_user(self.clerk).open_balance_type = False
        vals = {"move_type": "out_invoice", "partner_id": self.customer.id, "open_balance_type": "out_invoice"}
        for transfer in ({}, {"open_balance_transfer_id": opening.open_balance_transfer_id.id}):
            with self.assertRaisesRegex(AccessError, refusal):
                self.env["account.move"].with_user(self.clerk).create(vals | transfer)


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningPostedAgain(OpeningAfterCommon):
    """What an Undo has taken back and a person posts again is not created a second time."""

    def test_posted_again_by_hand(self):
        rows = [
            "Customer Invoice;10001;A-1;15.01.2026;14.02.2026;110,00;110,00",
            "Customer Receipt;10001;R-1;15.01.2026;;;40,00",
        ]
        first = self._open(rows)
        first.action_undo()
        invoice, receipt = first.line_ids.move_id.with_env(self.env), first.line_ids.payment_id.with_env(self.env)
        invoice.button_draft()
        invoice.action_post()
        receipt.action_draft()
        receipt.action_post()
        again = "It was posted again by hand."
        self.assertEqual(
            [(line.number, line.state, line.result) for line in first.line_ids.sorted("id")],
            [("A-1", "done", again), ("R-1", "done", again)],
        )
        second = self._open(rows)
        self.assertEqual(
            [(line.action, line.state, line.move_id, line.payment_id) for line in second.line_ids.sorted("id")],
            [
                ("skip", "skipped", invoice, self.env["account.payment"]),
                ("skip", "skipped", self.env["account.move"], receipt),
            ],
        )
