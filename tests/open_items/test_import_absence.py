from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import CUSTOMER_HEADER, OpenBalanceImportCommon

FIRST = "10001;INV/2026/00001;15.01.2026;100,00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAbsence(OpenBalanceImportCommon):
    """Which documents a list may close because they are absent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls._create_document(cls.customer, 100.0, "INV/2026/00001")

    def _get_absent(self, run):
        """Action and reason of the lines that no row of the list made."""
        return [(line.action, line.move_id.name, line.reason_code) for line in run.line_ids if not line.row]

    # === COMPLETE, SCOPE, DATE === #

    def test_incomplete_list_closes_no_external_item(self):
        external = self._import([FIRST, "10002;X-7;20.02.2026;55,00"], apply=True).line_ids.external_id
        self.source.complete = False
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [])
        self.assertTrue(external.active)

    def test_a_list_is_complete_or_not_by_the_runs_own_choice(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import([FIRST])
        run.complete = False
        run.action_plan()
        self.assertEqual(self._get_absent(run), [])

    def test_scope_partners_leaves_other_partners_alone(self):
        self.source.scope = "partners"
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._create_document(self.other_customer, 30.0, "INV/2026/00003")
        run = self._import([FIRST])
        self.assertEqual(self._get_absent(run), [("close", "INV/2026/00002", "absent")])

    def test_scope_partners_leaves_external_items_of_other_partners_alone(self):
        external = self._import([FIRST, "10002;X-7;20.02.2026;55,00"], apply=True).line_ids.external_id
        self.source.scope = "partners"
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [])
        self.assertTrue(external.active)

    def test_document_dated_on_the_balance_date_is_closed(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002", date="2026-03-31")
        run = self._import([FIRST])
        self.assertEqual(self._get_absent(run), [("close", "INV/2026/00002", "absent")])

    def test_document_dated_later_is_left(self):
        later = self._create_document(self.customer, 70.0, "INV/2026/00002", date="2026-04-01")
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [("skip", "INV/2026/00002", "after_balance_date")])
        self.assertEqual(later.amount_residual, 70.0)

    def test_document_dated_later_that_the_list_has_is_paid(self):
        later = self._create_document(self.customer, 70.0, "INV/2026/00002", date="2026-04-01")
        run = self._import([FIRST, "10001;INV/2026/00002;01.04.2026;20,00"], apply=True)
        self.assertEqual(
            self._get_rows(run)[1],
            ("pay", "INV/2026/00002", "INV/2026/00002", 20.0, 70.0, 50.0, "done", "paid_outside"),
        )
        self.assertEqual(later.amount_residual, 20.0)

    def test_document_created_after_the_list_is_left(self):
        later = self._create_document(self.customer, 70.0, "INV/2026/00002", created="2026-04-01 08:00:00")
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [("skip", "INV/2026/00002", "created_after_list")])
        self.assertEqual(later.amount_residual, 70.0)
        self.assertIn("Created in Odoo on 04/01/2026, after the balance date", run.line_ids[-1].reason)
        self.assertEqual(
            self._get_problem(run, "absent_created_later").values,
            {"count": 1, "amount": 70.0, "currency": "USD", "balance_date": {"date": "2026-03-31"}},
        )

    def test_document_created_on_the_balance_date_is_closed(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002", created="2026-03-31 23:30:00")
        self.assertEqual(self._get_absent(self._import([FIRST])), [("close", "INV/2026/00002", "absent")])

    def test_day_of_creation_is_that_of_the_company(self):
        self.env.company.partner_id.tz = "Europe/Brussels"
        self._create_document(self.customer, 70.0, "INV/2026/00002", created="2026-03-31 21:59:00")
        self._create_document(self.customer, 30.0, "INV/2026/00003", created="2026-03-31 22:00:00")
        run = self._import([FIRST], apply=True)
        self.assertEqual(
            self._get_absent(run),
            [("close", "INV/2026/00002", "absent"), ("skip", "INV/2026/00003", "created_after_list")],
        )
        self.assertEqual(run.line_ids.mapped("state"), ["done", "done", "skipped"])

    def test_bill_created_after_the_list_is_left(self):
        bill = self._create_document(self.vendor, 70.0, "RE-1", "in_invoice", created="2026-04-02 08:00:00")
        self._import([FIRST, "70001;RE-2;15.01.2026;-10,00"], apply=True)
        self.assertEqual(bill.amount_residual, 70.0)

    def test_document_created_after_the_list_that_the_list_has_is_paid(self):
        later = self._create_document(self.customer, 70.0, "INV/2026/00002", created="2026-04-01 08:00:00")
        run = self._import([FIRST, "10001;INV/2026/00002;15.01.2026;20,00"], apply=True)
        self.assertEqual(later.amount_residual, 20.0)
        self.assertEqual(self._get_problems(run, "warning"), [])

    def test_imported_invoices_of_a_migration_are_said_and_a_transfer_before_the_list_closes_them(self):
        old = [
            self._create_document(self.customer, 70.0, f"INV/2026/0001{at}", created="2026-04-14 08:00:00")
            for at in range(3)
        ]
        run = self._import([FIRST])
        self.assertEqual([action for action, *_rest in self._get_absent(run)], ["skip"] * 3)
        self.assertEqual(self._get_problem(run, "absent_created_later").values["count"], 3)
        transfer = self._transfer(*old)
        run.action_plan()
        self.assertEqual([action for action, *_rest in self._get_absent(run)], ["close"] * 3)
        self.assertEqual(self._get_problems(run, "warning"), [])
        transfer.action_take_back()
        run.action_apply()
        self.assertEqual(run.line_ids[1:].mapped("state"), ["failed"] * 3)
        self.assertIn("was taken back since the preview", run.line_ids[-1].result)

    def test_receivables_list_closes_no_bill(self):
        self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        run = self._import([FIRST], header=CUSTOMER_HEADER)
        self.assertEqual(self._get_absent(run), [])

    def test_list_of_both_closes_bills_too(self):
        bill = self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        run = self._import([FIRST, "70001;RE-2;15.01.2026;-10,00"])
        self.assertEqual(self._get_absent(run), [("close", bill.name, "absent")])

    def test_kind_of_which_the_list_has_nothing_is_stopped(self):
        self.source.absent_limit = 0.9
        self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        run = self._import([FIRST])
        self.assertEqual(self._get_problems(run), ["many_absent"])

    def test_draft_is_not_closed(self):
        draft = self._create_document(self.customer, 70.0, "INV/2026/00002", post=False)
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [])
        self.assertEqual(draft.state, "draft")

    def test_paid_document_is_not_closed_again(self):
        paid = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._pay_in_odoo(paid, 70.0)
        self.assertEqual(self._get_absent(self._import([FIRST])), [])

    def test_part_paid_in_odoo_is_closed_with_its_rest(self):
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._pay_in_odoo(absent, 30.0)
        run = self._import([FIRST], apply=True)
        self.assertEqual(
            self._get_rows(run)[1], ("close", "INV/2026/00002", "INV/2026/00002", 0.0, 40.0, 40.0, "done", "absent")
        )
        self.assertEqual(absent.payment_state, self.env["account.move"]._get_invoice_in_payment_state())

    def test_unreadable_amount_closes_nothing(self):
        unread = self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import([FIRST, "10001;INV/2026/00002;15.01.2026;siebzig"], apply=True)
        self.assertEqual(
            self._get_rows(run)[1],
            ("review", "INV/2026/00002", "INV/2026/00002", 0.0, 70.0, 0.0, "skipped", "amount_unreadable"),
        )
        self.assertEqual(unread.amount_residual, 70.0)

    def test_document_that_a_row_may_mean_is_not_closed(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        run = self._import([FIRST, "4711;INV/2026/00002;15.01.2026;70,00"])
        self.assertEqual(self._get_absent(run), [("skip", "INV/2026/00002", "mentioned")])

    # === TRANSFERS === #

    def _transfer(self, *documents, date="2026-03-15"):
        transfer = self.env["open.balance.transfer"].with_user(self.clerk).create({"name": "March", "date": date})
        self.env["account.move"].union(*documents).with_user(self.clerk)._set_transfer(transfer)
        return transfer.with_env(self.env)

    def test_absent_and_transferred_is_closed(self):
        self.source.uses_transfers = True
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._transfer(self.kept, absent)
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [("close", "INV/2026/00002", "absent")])
        self.assertEqual(absent.amount_residual, 0.0)

    def test_absent_and_not_transferred_is_untouched(self):
        self.source.uses_transfers = True
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._transfer(self.kept)
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [("skip", "INV/2026/00002", "not_transferred")])
        self.assertEqual(absent.amount_residual, 70.0)

    def test_transferred_after_the_balance_date_is_untouched(self):
        self.source.uses_transfers = True
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._transfer(absent, date="2026-04-01")
        self.assertEqual(self._get_absent(self._import([FIRST])), [("skip", "INV/2026/00002", "not_transferred")])

    def test_transferred_on_the_balance_date_is_untouched(self):
        self.source.uses_transfers = True
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._transfer(absent, date="2026-03-31")
        run = self._import([FIRST], apply=True)
        self.assertEqual(self._get_absent(run), [("skip", "INV/2026/00002", "not_transferred")])
        self.assertEqual(absent.amount_residual, 70.0)

    def test_transferred_the_day_before_is_closed(self):
        self.source.uses_transfers = True
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._transfer(absent, date="2026-03-30")
        self.assertEqual(self._get_absent(self._import([FIRST])), [("close", "INV/2026/00002", "absent")])

    def test_transfer_taken_back_counts_as_not_transferred(self):
        self.source.uses_transfers = True
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        transfer = self._transfer(absent)
        transfer.action_take_back()
        self.assertEqual((transfer.state, transfer.move_count), ("taken_back", 0))
        self.assertEqual(self._get_absent(self._import([FIRST])), [("skip", "INV/2026/00002", "not_transferred")])

    def test_transfer_taken_back_cannot_be_used_again(self):
        transfer = self._transfer(self.kept)
        transfer.action_take_back()
        with self.assertRaisesRegex(UserError, "was taken back"):
            transfer.action_take_back()
        with self.assertRaisesRegex(UserError, "was taken back"):
            transfer.action_collect()

    def test_not_transferred_but_in_the_list_is_paid(self):
        self.source.uses_transfers = True
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual(self.kept.amount_residual, 40.0)
        self.assertEqual(run.line_ids.reason_code, "paid_outside")

    def test_without_transfers_on_the_source_they_do_not_matter(self):
        absent = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._transfer(absent, date="2026-04-01")
        self.assertEqual(self._get_absent(self._import([FIRST])), [("close", "INV/2026/00002", "absent")])

    def test_mark_as_transferred_makes_one_transfer_a_company(self):
        bill = self._create_document(self.vendor, 70.0, "RE-1", "in_invoice")
        draft = self._create_document(self.customer, 70.0, "INV/2026/00002", post=False)
        action = (self.kept | bill | draft).with_user(self.clerk).action_mark_as_transferred()
        transfer = self.env["open.balance.transfer"].browse(action["res_id"])
        self.assertRecordValues(
            transfer,
            [{"date": self._date(TODAY), "state": "confirmed", "move_count": 2, "company_id": self.env.company.id}],
        )
        self.assertEqual(transfer.move_ids, self.kept | bill)

    def test_mark_as_transferred_leaves_what_is_in_a_transfer(self):
        transfer = self._transfer(self.kept)
        with self.assertRaisesRegex(UserError, "in no transfer yet"):
            self.kept.with_user(self.clerk).action_mark_as_transferred()
        self.assertEqual(self.kept.open_balance_transfer_id, transfer)

    def test_collect_takes_what_is_posted_up_to_the_date(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002", post=False)
        self._create_document(self.customer, 70.0, "INV/2026/00003", date="2026-03-16")
        due = self._create_document(self.vendor, 70.0, "RE-1", "in_invoice", date="2026-03-15")
        taken = self._create_document(self.customer, 70.0, "INV/2026/00004")
        self._transfer(taken, date="2026-02-28")
        transfer = (
            self.env["open.balance.transfer"].with_user(self.clerk).create({"name": "March", "date": "2026-03-15"})
        )
        transfer.action_collect()
        self.assertEqual(transfer.move_ids, self.kept | due)

    def test_transfer_with_documents_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Take the transfer back"):
            self._transfer(self.kept).unlink()

    def test_copy_of_a_document_is_not_transferred(self):
        self._transfer(self.kept)
        self.assertFalse(self.kept.copy().open_balance_transfer_id)

    # === PAYMENTS THAT ARE THERE ALREADY === #

    def test_unallocated_payment_of_the_same_amount_is_warned_of(self):
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 60.0,
                "date": "2026-03-31",
                "journal_id": self.company_data["default_journal_bank"].id,
                "invoice_ids": [Command.clear()],
            }
        ).action_post()
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"])
        self.assertEqual(self._get_problems(run, "warning"), ["unallocated_payment"])
