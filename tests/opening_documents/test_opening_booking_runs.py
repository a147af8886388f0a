import base64
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.run import booking
from ..common import OpenBalanceCommon
from ..common_opening_booking import BALANCE_DATE, OpeningBookingCommon

EMERSION = (
    "ACCOUNT_ID,CARDLINE_AMOUNT_EXTAX,CARDLINE_AMOUNT_TAX,BALANCE_DUE_EXTAX,BALANCE_DUE_TAX,CARDLINE_DESCRIPTION,"
    "INVOICE_ISSUE_DATE,INVOICE_DUE_DATE,ORIGINAL_INVOICE_ID,INVOICE_START,INVOICE_END,TAX_ID"
)
CRON_LOG = "odoo.addons.base.models.ir_cron"


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningRuns(OpeningBookingCommon):
    """Runs: what fails alone, what fails together, what is never booked twice, chunks."""

    def _get_states(self, run):
        run.invalidate_recordset()
        return [(line.number or "", line.state, line.result or "") for line in run.line_ids.sorted("id")]

    def _count_documents(self):
        return self.env["account.move"].search_count([("open_balance_type", "!=", False)])

    # === FROM A FILE === #

    def _import_emersion(self, *rows):
        """Import and apply rows of Emersion's list; the last column is the tax."""
        self.source.write({"all_or_nothing": True, "complete": False})
        self.customer.debtor_number = "10001"
        tax = self.company_data["default_tax_sale"].id
        content = "\n".join([EMERSION, *(f"10001,{row},{tax}" for row in rows), ""])
        OpenBalanceCommon._confirm_layout.__func__(type(self), content, filename="balances.csv")
        result = (
            self.env["open.balance.import"]
            .with_user(self.clerk)
            .import_file(
                "balances.csv",
                base64.b64encode(content.encode()).decode(),
                source_id=self.source.id,
                balance_date=BALANCE_DATE,
                apply=True,
            )
        )
        return self.env["open.balance.import"].browse(result["run_id"])

    def test_emersions_list(self):
        run = self._import_emersion(
            "100,10,50,5,Internet,15/01/2026,14/02/2026,E-1,,",
            "-30,-3,0,0,Credit,2026-02-10,2026-02-20,E-2,,",
        )
        self.assertEqual(self._get_rows(run), [("E-1", 55.0, 55.0, "done", False), ("E-2", 33.0, 0.0, "done", False)])
        self.assertEqual(run.line_ids.payment_id.date, self._date("2026-02-14"))

    def test_one_wrong_row_of_emersions_list(self):
        run = self._import_emersion(
            "100,10,50,5,Internet,15/01/2026,14/02/2026,E-1,,",
            "100,10,-50,5,Internet,15/01/2026,14/02/2026,E-2,,",
        )
        self.assertEqual((run.state, self._count_documents()), ("planned", 0))

    # === ONE FAILS === #

    def test_wrong_row_fails_alone(self):
        archived = self.copy_account(self.company_data["default_account_receivable"])
        self.other_customer.property_account_receivable_id = archived
        archived.active = False
        run = self._apply(
            [
                {"total": 10, "paid": 4, "number": "A"},
                {"total": 20, "number": "B", "partner": self.other_customer},
                {"total": 30, "number": "C"},
            ]
        )
        states = self._get_states(run)
        self.assertEqual([row[:2] for row in states], [("A", "done"), ("B", "failed"), ("C", "done")])
        self.assertRegex(states[1][2], "archived")
        self.assertEqual((run.state, run.failed_count, self._count_documents()), ("done", 1, 2))
        self.assertEqual(
            run.result_sentence,
            "2 documents and 1 payments were created. 0 rows existed already, 1 lines failed, 0 were left for review.",
        )

    def test_no_receivable_account_at_all(self):
        run = self._create_run([{"total": 10, "number": "A"}, {"total": 20, "number": "B"}])
        (self.customer + self.company.partner_id).property_account_receivable_id = False
        self.env["ir.default"].search([("field_id.name", "=", "property_account_receivable_id")]).unlink()
        run.action_apply()
        reason = "Azure Interior has no Account Receivable, and the company has none either."
        self.assertEqual(self._get_states(run), [("A", "failed", reason), ("B", "failed", reason)])
        self.assertEqual(self._count_documents(), 0)

    def test_all_or_nothing(self):
        self.source.all_or_nothing = True
        self.company.fiscalyear_lock_date = "2024-12-31"
        run = self._apply([{"total": 10, "number": "A"}, {"total": 20, "number": "B", "date": "2024-05-01"}])
        self.assertEqual(
            self._get_states(run),
            [
                ("A", "planned", ""),
                (
                    "B",
                    "planned",
                    "B cannot be booked on 05/01/2024, which is locked: Global Lock Date (12/31/2024).",
                ),
            ],
        )
        self.assertEqual((run.state, self._count_documents()), ("planned", 0))
        self.assertFalse(self.env["open.balance.transfer"].search([]))

    def test_locked_dates(self):
        self.company.fiscalyear_lock_date = "2026-01-31"
        lock = "01/15/2026, which is locked: Global Lock Date (01/31/2026)."
        refusal = f"C cannot be paid on {lock} Choose a later date."
        run = self._apply(
            [
                {"total": 10, "number": "A"},
                {"total": 10, "paid": 5, "number": "B", "date": "2026-02-01"},
                {"total": 10, "number": "C", "document_type": "receipt"},
            ]
        )
        self.assertEqual(
            self._get_states(run),
            [
                ("A", "failed", f"A cannot be booked on {lock}"),
                ("B", "done", ""),
                ("C", "failed", refusal),
            ],
        )

    def test_started_run_is_not_started_again(self):
        run = self._apply([{"total": 10, "number": "A"}])
        with self.assertRaisesRegex(UserError, "is Done: this is only possible while it is Planned"):
            run.action_apply()
        with self.assertRaisesRegex(UserError, "The run has started: its lines can no longer be changed"):
            run.line_ids.partner_id = self.other_customer
        self.assertEqual(self._count_documents(), 1)

    def test_document_that_is_not_as_planned(self):
        run = self._create_run([{"total": 10, "number": "A"}])
        Move = type(self.env["account.move"])

        def post(moves, soft=True):
            return moves

        with patch.object(Move, "_post", post):
            run.action_apply()
        self.assertEqual(self._get_states(run), [("A", "failed", "A was not posted on 01/15/2026.")])

    # === NEVER TWICE === #

    def test_same_list_applied_by_two_runs(self):
        rows = [
            {"total": 10, "number": "RE/2026/001"},
            {"total": 20},
            {"total": 30, "document_type": "receipt", "number": "B-1"},
            {"total": 40, "document_type": "vendor_payment"},
            {"total": 50, "document_type": "in_invoice", "number": "F-1"},
            {"total": 10, "number": "RE/2026/001", "partner": self.other_customer},
        ]
        runs = [self._create_run(rows) for _time in range(2)]
        rows[0]["number"] = "RE-2026-1"
        runs.append(self._create_run(rows))
        for run in runs:
            run.action_apply()
        self.assertEqual([state for _number, state, _why in self._get_states(runs[0])], ["done"] * 6)
        for run in runs[1:]:
            self.assertEqual([state for _number, state, _why in self._get_states(run)], ["failed"] * 6)
        self.assertEqual(
            self._get_states(runs[2])[0][2], "RE/2026/001 is there already, since the preview. Plan again."
        )
        self.assertEqual(self._count_documents(), 4)

    def test_invoice_by_hand_since_the_preview(self):
        run = self._create_run(
            [{"total": 10, "number": "INV-2026-1"}, {"total": 10, "number": "F-9", "document_type": "in_invoice"}]
        )
        invoice = self._create_by_hand()
        bill = self._create_by_hand(move_type="in_invoice", partner=self.vendor, ref="f 9")
        run.action_apply()
        self.assertEqual(
            self._get_states(run),
            [
                ("INV-2026-1", "failed", f"{invoice.name} is there already, since the preview. Plan again."),
                ("F-9", "failed", f"{bill.name} is there already, since the preview. Plan again."),
            ],
        )

    def test_documents_without_number_that_are_alike(self):
        run = self._apply([{"total": 20}, {"total": 20}])
        self.assertEqual(self._get_states(run), [("", "done", "")] * 2)

    def test_numberless_document_that_the_plan_skips(self):
        first = self._apply([{"total": 20}])
        move = first.line_ids.move_id
        second = self._create_run([{"total": 20, "action": "skip", "move_id": move.id}, {"total": 20}])
        second.action_apply()
        self.assertEqual(self._get_states(second), [("", "skipped", ""), ("", "done", "")])

    def test_partner_that_was_deleted(self):
        partner = self._create_partner("Gone")
        run = self._create_run([{"total": 20, "number": "A", "partner": partner}])
        partner.unlink()
        run.action_apply()
        self.assertEqual(
            self._get_states(run), [("A", "failed", "The partner was deleted since the preview. Plan again.")]
        )

    # === NEW PARTNERS === #

    def _prepare_new(self, number, **values):
        return {
            "partner": False,
            "new_partner": number,
            "partner_number": number,
            "partner_name": f"New {number}",
            "partner_vat": False,
            "partner_email": f"{number}@example.com",
            **values,
        }

    def _create_manager_of_partners(self):
        self.clerk.group_ids = [Command.link(self.env.ref("base.group_partner_manager").id)]

    def test_new_partners(self):
        self._create_manager_of_partners()
        self.patch(booking, "DOCUMENTS_AT_A_TIME", 2)
        run = self._apply(
            [
                {"total": 10, "number": "A", **self._prepare_new("501")},
                {"total": 20, "number": "B", **self._prepare_new("502")},
                {"total": 30, "number": "C", **self._prepare_new("501")},
                {"total": 40, "number": "D", **self._prepare_new("503"), "document_type": "in_invoice"},
            ]
        )
        self.assertEqual(self._get_states(run), [(number, "done", "") for number in "ABCD"])
        partners = run.line_ids.sorted("id").mapped("partner_id")
        self.assertRecordValues(
            partners,
            [
                {
                    "name": f"New {number}",
                    "is_company": True,
                    "email": f"{number}@example.com",
                    "debtor_number": debtor,
                    "creditor_number": creditor,
                }
                for number, debtor, creditor in (("501", "501", False), ("502", "502", False), ("503", False, "503"))
            ],
        )
        self.assertEqual(run.line_ids[2].partner_id, partners[0])

    def test_new_partner_whose_only_document_fails_is_not_created(self):
        self._create_manager_of_partners()
        self.company.fiscalyear_lock_date = "2026-01-31"
        run = self._apply(
            [
                {"total": 10, "number": "A", **self._prepare_new("501")},
                {"total": 10, "number": "B", "date": "2026-02-01", **self._prepare_new("502")},
            ]
        )
        self.assertEqual([row[:2] for row in self._get_states(run)], [("A", "failed"), ("B", "done")])
        self.assertEqual(self.env["res.partner"].search([("name", "=like", "New 50%")]).mapped("name"), ["New 502"])

    def test_new_partner_that_has_appeared(self):
        self._create_manager_of_partners()
        run = self._create_run([{"total": 10, "number": "A", **self._prepare_new("501")}])
        self._create_partner("Somebody", debtor_number="501")
        run.action_apply()
        self.assertEqual(
            self._get_states(run), [("A", "failed", "Somebody is there already, since the preview. Plan again.")]
        )

    # === CHUNKS === #

    def _start_in_background(self, count):
        for name, value in (("DIRECT_LIMIT", 2), ("DOCUMENTS_AT_A_TIME", 2)):
            self.patch(booking, name, value)
        run = self._create_run(
            [{"total": 10 + number, "paid": number, "number": f"N{number}"} for number in range(count)]
        )
        run.action_apply()
        return run

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()

    @mute_logger(CRON_LOG)
    def test_crash_between_two_chunks(self):
        run = self._start_in_background(5)
        self.assertEqual((run.state, self._count_documents()), ("running", 0))
        Run = self.env.registry["open.balance.import"]
        apply_documents, calls = Run._apply_documents, []

        def crash(self, keys):
            done = apply_documents(self, keys)
            calls.append(list(keys))
            if len(calls) >= 2:
                raise RuntimeError("Stopped by test")
            return done

        with patch.object(Run, "_apply_documents", crash):
            self._run_cron()
        self.assertEqual(calls[:2], [[1, 2], [3, 4]])
        self.assertEqual([state for _number, state, _why in self._get_states(run)], ["done"] * 2 + ["planned"] * 3)
        self.assertEqual((run.state, self._count_documents()), ("running", 2))
        self._run_cron()
        self.assertEqual(self._get_rows(run), [(f"N{n}", 10.0, float(n), "done", False) for n in range(5)])
        self.assertEqual((run.state, self._count_documents()), ("done", 5))
        self.assertRecordValues(self.env["open.balance.transfer"].search([]), [{"move_count": 5}])
        self.assertEqual(run.line_ids.move_id.create_uid, self.clerk)

    @mute_logger(CRON_LOG)
    def test_all_or_nothing_in_the_background(self):
        self.source.all_or_nothing = True
        run = self._start_in_background(5)
        self.company.fiscalyear_lock_date = "2026-02-14"
        self._run_cron()
        self.assertEqual((run.state, self._count_documents()), ("planned", 0))

    @mute_logger(CRON_LOG)
    def test_all_or_nothing_of_a_run_too_long_for_one_transaction(self):
        self.source.all_or_nothing = True
        self.patch(booking, "WHOLE_LIMIT", 4)
        by_hand = self._create_by_hand()
        by_hand.payment_reference = "N4"
        run = self._start_in_background(7)
        self._run_cron()
        states = self._get_states(run)
        self.assertEqual([state for _number, state, _why in states], ["undone"] * 4 + ["failed", "undone", "skipped"])
        self.assertEqual(states[4][2], f"{by_hand.name} is there already, since the preview. Plan again.")
        moves = run.line_ids.move_id
        self.assertEqual(moves.mapped("state"), ["cancel"] * 5)
        self.assertEqual(run.line_ids.payment_id.mapped("state"), ["canceled"] * 4)
        self.assertEqual(
            (run.state, run.undo_result),
            (
                "undone",
                {"undone": 9, "reversed": 0, "kept": 0, "documents_undone": 5, "documents_reversed": 0}
                | {"documents_kept": 0},
            ),
        )
        self.assertEqual(self._get_clearing_balance(), 0.0)
        bodies = " ".join(run.message_ids.mapped("body"))
        self.assertIn("1 lines cannot be booked: what was booked before them is taken back.", bodies)

    # === COST === #

    def test_queries_do_not_grow(self):
        def count(number):
            partners = self.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(5)])
            run = self._create_run(
                [
                    {"total": 100 + n, "paid": n % 2 * 40, "number": f"{number}-{n}", "partner": partners[n % 5]}
                    for n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run.action_apply()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(5)
        few, many = count(20), count(120)
        self.assertLess((many - few) / 100, 1.5)
