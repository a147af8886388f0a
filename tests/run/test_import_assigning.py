from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

NAME_HEADER = "Customer Name;Voucher Number;Voucher Date;Open Balance"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportAssigning(OpenBalanceImportCommon):
    """What is found by itself, what waits for a person, and what the person's word does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00042")

    # === FOUND === #

    def test_number_is_found_in_another_notation(self):
        for number in ("INV-2026-42", "inv 2026/00042", "INV202600042"):
            with self.subTest(number=number):
                run = self._import([f"10001;{number};15.01.2026;40,00"])
                self.assertEqual(
                    self._get_rows(run),
                    [("pay", number, "INV/2026/00042", 40.0, 100.0, 60.0, "planned", "paid_outside")],
                )

    def test_invoice_is_found_by_its_reference_and_payment_reference(self):
        self._create_document(
            self.customer, 50.0, "INV/2026/00043", ref="PO 88", payment_reference="+++123/4567/89002+++"
        )
        for number in ("PO 88", "+++123/4567/89002+++"):
            with self.subTest(number=number):
                run = self._import(["10001;INV/2026/00042;15.01.2026;100,00", f"10001;{number};15.01.2026;50,00"])
                self.assertEqual(
                    self._get_short_rows(run)[1], ("keep", number, "INV/2026/00043", "planned", "confirmed")
                )

    def test_partner_number_without_its_leading_zeros(self):
        run = self._import(["0000010001;INV/2026/00042;15.01.2026;100,00"])
        self.assertEqual(
            self._get_short_rows(run), [("keep", "INV/2026/00042", "INV/2026/00042", "planned", "confirmed")]
        )

    def test_partner_is_found_by_reference_vat_email_or_name(self):
        self.customer.write({"debtor_number": False, "ref": "A-17", "vat": "BE0477472701", "email": "ap@azure.example"})
        found = {
            "Customer": "A-17",
            "Customer;VAT": ";BE 0477.472.701",
            "Customer;Email": ";AP@azure.example",
            "Customer;Customer Name": ";azure  interior",
        }
        for header, value in found.items():
            with self.subTest(header=header):
                run = self._import(
                    [f"{value};OLD-1;15.01.2026;40,00"], f"{header};Voucher Number;Voucher Date;Open Balance"
                )
                self.assertEqual(run.line_ids.filtered("row").partner_id, self.customer)

    def test_contact_means_its_company(self):
        self.env["res.partner"].create({"name": "Brandon Freeman", "parent_id": self.customer.id})
        run = self._import(["Brandon Freeman;OLD-1;15.01.2026;40,00"], NAME_HEADER, apply=True)
        self.assertEqual(run.line_ids.external_id.partner_id, self.customer)

    def test_number_of_an_archived_partner_still_counts(self):
        self.customer.active = False
        run = self._import(["10001;INV/2026/00042;15.01.2026;40,00"], apply=True)
        self.assertEqual((run.line_ids.action, self.invoice.amount_residual), ("pay", 40.0))

    # === REVIEWED === #

    def assertReviewed(self, run, reason, partner=None, document=None):
        """The run's only item waits for a person for that reason, with that suggestion; its documents stay open."""
        line = run.line_ids.filtered("row")
        self.assertEqual((line.action, line.reason_code), ("review", reason))
        self.assertEqual(line.suggested_partner_id, partner or self.env["res.partner"])
        self.assertEqual(line.suggested_move_id, document or self.env["account.move"])
        run.action_apply()
        self.assertEqual((line.state, self.invoice.amount_residual), ("skipped", 100.0))

    def test_ambiguous_partner(self):
        self.source.complete = False
        self._create_partner("Azure Interior")
        self.assertReviewed(self._import(["Azure Interior;INV/9;15.01.2026;40,00"], NAME_HEADER), "partner_ambiguous")

    def test_ambiguous_partner_is_settled_by_the_document(self):
        self._create_partner("Azure Interior")
        run = self._import(["Azure Interior;INV/2026/00042;15.01.2026;40,00"], NAME_HEADER)
        self.assertEqual(run.line_ids.action, "pay")

    def test_number_and_vat_of_different_partners(self):
        self.other_customer.vat = "BE0477472701"
        run = self._import(
            ["10001;BE0477472701;INV/2026/00042;15.01.2026;40,00"],
            "Customer;VAT;Voucher Number;Voucher Date;Open Balance",
        )
        self.assertEqual(run.line_ids.filtered("row").reason_code, "partner_conflict")

    def test_number_of_another_partner(self):
        run = self._import(["10002;INV/2026/00042;15.01.2026;40,00"])
        self.assertReviewed(run, "number_other_partner", self.customer, self.invoice)

    def test_accepting_a_document_of_another_partner_moves_no_number(self):
        run = self._import(["10002;INV/2026/00042;15.01.2026;40,00"])
        run.action_accept_suggestions()
        self.assertEqual(run.line_ids.action, "pay")
        self.assertEqual((self.customer.debtor_number, self.other_customer.debtor_number), ("10001", "10002"))

    def test_same_amount_and_same_end_of_the_number_looks_like(self):
        self.assertReviewed(self._import(["10001;RG42;20.01.2026;100,00"]), "looks_like", self.customer, self.invoice)

    def test_look_alike_is_taken_when_accepted(self):
        run = self._import(["10001;RG42;20.01.2026;100,00"])
        run.action_accept_suggestions()
        self.assertEqual(
            self._get_rows(run), [("keep", "RG42", "INV/2026/00042", 100.0, 100.0, 0.0, "planned", "confirmed")]
        )

    def test_look_alike_that_is_not_becomes_external(self):
        run = self._import(["10001;RG42;20.01.2026;100,00"])
        run.line_ids.filtered("row").partner_id = self.customer
        run.action_plan()
        self.assertEqual(run.line_ids.filtered("row").action, "external")

    def test_number_damaged_by_a_spreadsheet(self):
        run = self._import(["10001;1,00E+10;15.01.2026;40,00"])
        self.assertReviewed(run, "number_unsure")
        self.assertEqual(run.line_ids[1].reason_code, "mentioned")

    def test_several_documents_of_that_number(self):
        self._create_document(self.customer, 50.0, "INV/2026/00043", ref="PO 88")
        self._create_document(self.customer, 60.0, "INV/2026/00044", ref="PO 88")
        run = self._import(["10001;INV/2026/00042;15.01.2026;100,00", "10001;PO 88;15.01.2026;50,00"], apply=True)
        self.assertEqual(
            self._get_short_rows(run)[1:],
            [
                ("review", "PO 88", "", "skipped", "document_ambiguous"),
                ("skip", "INV/2026/00043", "INV/2026/00043", "skipped", "mentioned"),
                ("skip", "INV/2026/00044", "INV/2026/00044", "skipped", "mentioned"),
            ],
        )

    def test_rows_that_contradict_each_other(self):
        run = self._import(["10001;INV/2026/00042;15.01.2026;40,00", "10001;INV/2026/00042;15.01.2026;30,00"])
        self.assertEqual(run.line_ids.mapped("reason_code"), ["document_repeated", "document_repeated"])

    # === ASSIGNED BY A PERSON === #

    def test_assigned_partner_is_kept_when_planned_again(self):
        run = self._import(["4711;OLD-1;15.01.2026;40,00"])
        run.line_ids.filtered("row").partner_id = self.other_customer
        for _time in range(2):
            run.action_plan()
            line = run.line_ids.filtered("row")
            self.assertEqual((line.action, line.partner_id, line.is_assigned), ("external", self.other_customer, True))

    def test_assigned_document_beats_what_the_list_says(self):
        run = self._import(["10002;OLD-1;15.01.2026;40,00"])
        line = run.line_ids.filtered("row")
        line.move_id = self.invoice
        self.assertEqual((line.partner_id, line.is_assigned), (self.customer, True))
        run.action_plan()
        self.assertEqual(
            self._get_rows(run), [("pay", "OLD-1", "INV/2026/00042", 40.0, 100.0, 60.0, "planned", "paid_outside")]
        )

    def test_assignment_that_is_taken_back(self):
        run = self._import(["4711;OLD-1;15.01.2026;40,00"])
        run.line_ids.filtered("row").partner_id = self.other_customer
        run.action_plan()
        run.line_ids.filtered("row").partner_id = False
        run.action_plan()
        line = run.line_ids.filtered("row")
        self.assertEqual((line.action, line.reason_code, line.is_assigned), ("review", "partner_unknown", False))

    def test_nothing_is_remembered_without_being_asked_for(self):
        run = self._import(["4711;OLD-1;15.01.2026;40,00"])
        run.line_ids.filtered("row").partner_id = self.other_customer
        run.action_plan()
        run.action_apply()
        self.assertEqual(self.other_customer.debtor_number, "10002")

    def test_remembered_debtor_number_finds_the_partner_next_time(self):
        partner = self._create_partner("Ready Mat")
        run = self._import(["4711;OLD-1;15.01.2026;40,00"])
        run.line_ids.filtered("row").write({"partner_id": partner.id, "remember_number": True})
        run.action_plan()
        self.assertEqual((partner.debtor_number, partner.creditor_number), ("4711", False))
        self.assertEqual(self._import(["4711;OLD-2;15.01.2026;40,00"]).line_ids.filtered("row").partner_id, partner)

    def test_remembered_creditor_number(self):
        partner = self._create_partner("Ready Mat")
        run = self._import(["4711;OLD-1;15.01.2026;40,00"], "Vendor;Voucher Number;Voucher Date;Open Balance")
        run.line_ids.filtered("row").write({"partner_id": partner.id, "remember_number": True})
        run.action_plan()
        self.assertEqual((partner.debtor_number, partner.creditor_number), (False, "4711"))

    def test_number_is_remembered_on_the_company_of_a_contact(self):
        partner = self._create_partner("Ready Mat")
        contact = self.env["res.partner"].create({"name": "Edwin", "parent_id": partner.id})
        run = self._import(["4711;OLD-1;15.01.2026;40,00"])
        run.line_ids.filtered("row").write({"partner_id": contact.id, "remember_number": True})
        run.action_plan()
        self.assertEqual((partner.debtor_number, contact.debtor_number), ("4711", False))

    def test_line_of_an_applied_run_takes_no_assignment(self):
        run = self._import(["4711;OLD-1;15.01.2026;40,00"], apply=True)
        with self.assertRaisesRegex(UserError, "lines can no longer be changed"):
            run.line_ids.filtered("row").partner_id = self.customer
