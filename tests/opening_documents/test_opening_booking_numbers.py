from odoo import Command
from odoo.tests import tagged

from ..common_opening_booking import OpeningBookingCommon


@tagged("post_install", "-at_install", "open_balance_opening")
class TestOpeningNumbers(OpeningBookingCommon):
    """Names: original numbers where they fit, and never the pattern of a new one."""

    def _get_names(self, run):
        return [line.move_id.name for line in run.line_ids.sorted("id")]

    def test_original_numbers(self):
        run = self._apply(
            [
                {"total": 10, "number": number, "date": date}
                for number, date in (
                    ("TEST-NEW-INV-11", "2026-01-15"),
                    ("RE-2025-17", "2025-03-01"),
                    ("RE-2025-18", "2026-01-15"),  # the year is not that of the date
                    ("2024/07/12", "2024-07-12"),
                    ("2024/07/13", "2024-08-13"),  # nor is this month
                    ("4711", "2023-01-15"),
                    ("12345678901234567890", "2026-01-15"),
                    ("no digits", "2026-01-15"),
                    ("/", "2026-01-15"),
                    (False, "2026-01-15"),
                )
            ]
        )
        self.assertEqual(
            self._get_names(run),
            [
                "TEST-NEW-INV-11",
                "RE-2025-17",
                "OBI/2026/00001",
                "2024/07/12",
                "OBI/2024/00001",
                "4711",
                "12345678901234567890",
                "no digits",
                "OBI/2026/00002",
                "OBI/2026/00003",
            ],
        )
        self.assertEqual(set(run.line_ids.mapped("state")), {"done"})
        self.assertFalse(any(run.line_ids.move_id.mapped("made_sequence_gap")))

    def test_two_partners_with_the_same_number(self):
        rows = [{"total": 10, "number": "1"}, {"total": 20, "number": "1", "partner": self.other_customer}]
        run = self._apply(rows)
        later = self._apply([{"total": 30, "number": "1", "partner": self._create_partner("Third")}])
        self.assertEqual(self._get_names(run) + self._get_names(later), ["1", "OBI/2026/00001", "OBI/2026/00002"])

    def test_original_number_that_looks_like_one_of_the_journal(self):
        run = self._apply([{"total": 10}, {"total": 10, "number": "OBI/2026/00002"}, {"total": 10}])
        self.assertEqual(self._get_names(run), ["OBI/2026/00001", "OBI/2026/00002", "OBI/2026/00003"])
        self.assertEqual(self._get_names(self._apply([{"total": 11}])), ["OBI/2026/00004"])

    def test_invoices_by_hand_in_the_journal_of_opening_documents(self):
        before = self._apply([{"total": 10}, {"total": 10, "number": "ZZ-2026"}, {"total": 10, "number": "X77"}])
        journal = self.source.opening_sale_journal_id
        names = [
            self._create_by_hand(journal).name,
            self._create_by_hand(journal).name,
            self._create_by_hand(journal, move_type="out_refund").name,
            self._create_by_hand(journal, date="2025-06-01").name,
        ]
        self.assertEqual(names, ["OBI/2026/00002", "OBI/2026/00003", "OBI/2026/00004", "OBI/2025/00001"])
        after = self._apply([{"total": 11}])
        self.assertEqual(self._get_names(before)[0], "OBI/2026/00001")
        self.assertEqual(self._get_names(after), ["OBI/2026/00005"])
        self.assertEqual(self._create_by_hand(journal).name, "OBI/2026/00006")

    def test_ordinary_journals_know_nothing_of_it(self):
        self._apply([{"total": 10, "number": "ZZ-99"}, {"total": 10, "document_type": "in_invoice", "number": "F-1"}])
        self.assertEqual(self._create_by_hand().name, "INV/2026/00001")
        bill = self._create_by_hand(move_type="in_invoice", partner=self.vendor, date="2026-04-01")
        self.assertEqual(bill.name, "BILL/2026/04/0001")

    def test_bills_by_hand_in_the_journal_of_opening_documents(self):
        self._apply([{"total": 10, "document_type": "in_invoice", "number": "F-1"}])
        journal = self.source.opening_purchase_journal_id
        bill = self._create_by_hand(journal, "2026-04-01", "in_invoice", self.vendor)
        self.assertEqual(bill.name, "OBB/2026/00002")

    def test_fiscal_year_from_july(self):
        self.company.write({"fiscalyear_last_month": "6", "fiscalyear_last_day": 30})
        run = self._apply([{"total": 10, "number": "25-26/12"}, {"total": 10, "number": "26-27/12"}, {"total": 10}])
        self.assertEqual(self._get_names(run), ["25-26/12", "OBI/2026/00001", "OBI/2026/00002"])

    def test_document_keeps_its_name_when_reset_and_posted_again(self):
        move = self._apply([{"total": 10, "number": "X77"}]).line_ids.move_id
        move.button_draft()
        move.action_post()
        self.assertEqual(move.name, "X77")

    # === JOURNALS === #

    def test_journals(self):
        self._apply([{"total": 10}, {"total": 10, "document_type": "in_invoice"}])
        journals = self.source.opening_sale_journal_id + self.source.opening_purchase_journal_id
        self.assertRecordValues(
            journals,
            [
                {
                    "name": f"Opening Documents ({whose})",
                    "code": code,
                    "type": type_,
                    "company_id": self.company.id,
                    "default_account_id": self.source.journal_id.default_account_id.id,
                    "show_on_dashboard": False,
                    "open_balance_opening": True,
                    "alias_name": False,
                }
                for whose, code, type_ in (("Customers", "OBI", "sale"), ("Vendors", "OBB", "purchase"))
            ],
        )
        self.assertFalse(self.source.opening_entry_journal_id)

    def test_sources_of_a_company_share_the_journals(self):
        other = self._create_source(name="Other system")
        self._apply([{"total": 10}])
        self._apply([{"total": 10, "number": "B"}], source=other)
        self.assertEqual(other.opening_sale_journal_id, self.source.opening_sale_journal_id)
        self.assertNotEqual(other.journal_id, self.source.journal_id)

    def test_empty_journal_of_a_persons_choice(self):
        journal = self.env["account.journal"].create({"name": "Before 2026", "code": "OLD", "type": "sale"})
        self.source.opening_sale_journal_id = journal
        self.assertEqual(
            self._get_names(self._apply([{"total": 10, "number": "X77"}, {"total": 1}])), ["X77", "OLD/2026/00001"]
        )
        self.assertTrue(journal.open_balance_opening)

    def test_journal_that_is_used_already_numbers_itself(self):
        self.source.opening_sale_journal_id = self.company_data["default_journal_sale"]
        first = self._create_by_hand()
        run = self._apply([{"total": 10, "number": "X77"}, {"total": 20, "number": "X78"}])
        self.assertEqual(
            [first.name, *self._get_names(run), self._create_by_hand().name],
            ["INV/2026/00001", "INV/2026/00002", "INV/2026/00003", "INV/2026/00004"],
        )

    def test_branch(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env.user.company_ids |= branch
        self.clerk.company_ids = [Command.link(branch.id)]
        run = self._apply([{"total": 10, "paid": 4, "number": "X1"}], company_id=branch.id)
        self.assertRecordValues(run.line_ids.move_id, [{"company_id": branch.id, "amount_residual": 6.0, "name": "X1"}])
        self.assertEqual(run.line_ids.move_id.journal_id.company_id, self.company)
