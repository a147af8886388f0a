from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .test_partner_figures import FiguresCommon

SECOND_DATE = "2026-04-10"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPartnerMerge(FiguresCommon):
    """Partners that are merged: lists go on finding them, and what they owe goes with them."""

    def _merge(self, target, *sources):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((target.union(*sources)).ids, target)
        # As Odoo leaves it to the end of the request.
        self.env.invalidate_all()

    def _get_numbers(self, partner, kind="receivable"):
        return partner._get_open_balance_numbers(kind)

    def test_list_that_goes_on_with_both_numbers(self):
        kept = self._create_document(self.customer, 100.0, "INV/2026/00001")
        merged = self._create_document(self.other_customer, 70.0, "INV/2026/00002")
        rows = ["10001;INV/2026/00001;15.01.2026;90,00", "10002;INV/2026/00002;15.01.2026;60,00", "10002;X-1;;5,00"]
        self._import(rows, apply=True)
        self._merge(self.customer, self.other_customer)
        self.assertEqual(self._get_numbers(self.customer), ["10001", "10002"])
        self.assertFigures((155.0, 0.0, 155.0, False))
        rows = ["10001;INV/2026/00001;15.01.2026;80,00", "10002;INV/2026/00002;15.01.2026;50,00", "10002;X-1;;4,00"]
        run = self._import(rows, apply=True, balance_date=SECOND_DATE)
        self.assertEqual(
            [(line.action, line.partner_id, line.state) for line in run.line_ids],
            [("pay", self.customer, "done")] * 2 + [("external", self.customer, "done")],
        )
        self.assertEqual((kept.amount_residual, merged.amount_residual), (80.0, 50.0))
        self.assertFigures((134.0, 0.0, 134.0, False))
        run.action_undo()
        self.assertFigures((155.0, 0.0, 155.0, False))

    def test_number_of_a_partner_that_has_none(self):
        nameless = self._create_partner("Azure Interior B.V.")
        self._merge(nameless, self.customer, self.vendor)
        self.assertEqual(self._get_numbers(nameless), ["10001"])
        self.assertEqual(self._get_numbers(nameless, "payable"), ["70001"])
        self.assertEqual((nameless.debtor_number, nameless.creditor_number), ("10001", "70001"))

    def test_three_partners_with_further_numbers(self):
        third = self._create_partner("Third", debtor_number="10003", further_debtor_numbers="A1\n 10001 \n\nB2")
        self._merge(third, self.customer, self.other_customer)
        self.assertEqual(self._get_numbers(third), ["10003", "A1", "10001", "B2", "10002"])

    def test_numbers_of_vendors_in_two_companies(self):
        other = self.setup_other_company(name="Harbour Trading")["company"]
        second = self._create_partner("Wood Corner Ltd.", creditor_number="70002")
        second.with_company(other).creditor_number = "K-2"
        self.vendor.with_company(other).creditor_number = "K-1"
        self._merge(self.vendor, second)
        self.assertEqual(self._get_numbers(self.vendor, "payable"), ["70001", "70002"])
        self.assertEqual(self._get_numbers(self.vendor.with_company(other), "payable"), ["K-1", "K-2"])
        self._create_document(self.vendor, 50.0, "RE-1", "in_invoice")
        run = self._import(["70002;RE-1;15.01.2026;-20,00", "10001;X-1;;1,00"], apply=True)
        self.assertEqual((run.line_ids[0].action, run.line_ids[0].partner_id), ("pay", self.vendor))
        self.assertFigures((20.0, 0.0, 20.0, False), self.vendor, "payable")

    def test_balances_per_debtor(self):
        self.source.per = "debtor"
        header = "Debitor;Name;Name 2;Limit;Intern;Saldo"
        self._merge(self.customer, self.other_customer)
        run = self._import(["10002;A;;;;80,00"], header=header, apply=True)
        self.assertEqual((run.line_ids.action, run.line_ids.partner_id), ("set_balance", self.customer))

    def test_person_merged_into_a_contact_of_a_company(self):
        """What is owed is the company's, and the number that the contact gets leads there."""
        contact = self.env["res.partner"].create({"name": "Deco, Ghent", "parent_id": self.customer.id})
        self.other_customer.is_company = False
        self._import(["10001;X-1;;40,00", "10002;X-2;;30,00"], apply=True)
        self._merge(contact, self.other_customer)
        self.assertEqual(contact.commercial_partner_id, self.customer)
        self.assertFigures((70.0, 0.0, 70.0, False))
        run = self._import(["10001;X-1;;40,00", "10002;X-2;;20,00"], apply=True, balance_date=SECOND_DATE)
        self.assertEqual(
            [(line.action, line.reason_code, line.partner_id) for line in run.line_ids],
            [("keep", "external_confirmed", self.customer), ("external", "external_updated", self.customer)],
        )
        self.assertFigures((60.0, 0.0, 60.0, False))

    def test_company_merged_into_a_contact_of_another_one(self):
        """Odoo makes a company of the contact: it owes what the merged one did."""
        contact = self.env["res.partner"].create({"name": "Deco, Ghent", "parent_id": self.customer.id})
        self._import(["10001;X-1;;40,00", "10002;X-2;;30,00"], apply=True)
        self._merge(contact, self.other_customer)
        self.assertEqual(contact.commercial_partner_id, contact)
        self.assertFigures((40.0, 0.0, 40.0, False))
        self.assertFigures((30.0, 0.0, 30.0, False), contact)

    def test_balances_of_different_lists(self):
        """The one that was imported last goes on; taken back, the one before counts again."""
        self._import(["10001;X-1;;40,00"], apply=True, balance_date="2026-02-28")
        self.source.scope = "partners"
        second = self._import(["10002;X-2;;30,00", "10002;X-3;;x"], apply=True)
        self._merge(self.customer, self.other_customer)
        self.assertFigures((70.0, 0.0, 70.0, True))
        second.action_undo()
        self.assertFigures((40.0, 0.0, 40.0, False))

    def test_remembered_number_does_not_replace_the_one_before(self):
        run = self._import(["4711;X-1;15.01.2026;5,00"])
        run.line_ids.write({"partner_id": self.customer.id, "remember_number": True})
        run.action_plan()
        run.action_apply()
        self.assertEqual(self._get_numbers(self.customer), ["10001", "4711"])
        rows = ["4711;X-1;15.01.2026;5,00", "10001;X-2;15.01.2026;6,00"]
        self._import(rows, apply=True, balance_date=SECOND_DATE)
        self.assertFigures((11.0, 0.0, 11.0, False))

    def test_archived_partner_is_found_by_a_further_number(self):
        self.customer.write({"further_debtor_numbers": "4711", "debtor_number": False, "active": False})
        run = self._import(["4711;X-1;15.01.2026;5,00"])
        self.assertEqual((run.line_ids.action, run.line_ids.partner_id), ("external", self.customer))

    def test_search_by_a_further_number(self):
        self.customer.further_debtor_numbers = "4711\n4712"
        search = self.env.ref("account_open_balance.res_partner_view_search").arch
        self.assertIn("further_debtor_numbers", search)
        Partner = self.env(user=self.clerk)["res.partner"]
        self.assertEqual(Partner.search([("further_debtor_numbers", "ilike", "4712")]), self.customer)
