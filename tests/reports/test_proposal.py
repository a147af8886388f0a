"""Which bills to pay."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestProposal(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._create_partner("Small Ltd")
        cls.due = cls._create_bill(cls.vendor, 100, "RE-1", "2026-04-01")
        cls.later = cls._create_bill(cls.vendor, 50, "RE-2", "2026-04-30")
        cls.credit = cls._create_bill(cls.vendor, 30, "GS-1", "2026-04-01", move_type="in_refund")
        cls.disputed = cls._create_bill(cls.vendor, 20, "RE-3", "2026-04-01")
        cls.disputed.action_toggle_block_payment()
        cls.little = cls._create_bill(cls.small, 5, "RE-4", "2026-04-01")
        cls.partners = cls.vendor | cls.small

    @classmethod
    def _create_bill(cls, partner, amount, number, due, move_type="in_invoice"):
        return cls._create_document(
            partner, amount, number, move_type=move_type, date="2026-03-01", invoice_date_due=due
        )

    def _propose(self, **values):
        form = Form(self.env["open.balance.proposal"].with_user(self.clerk))
        form.partner_ids = self.partners
        for name, value in values.items():
            form[name] = value
        return form.save()

    def test_what_is_due_net_of_credits_without_what_is_disputed(self):
        proposal = self._propose()
        self.assertEqual(proposal.item_ids.move_id, self.little | self.due | self.credit)
        self.assertEqual(proposal.total, -75.0)
        self.assertEqual(self._propose(minimum=70.0).item_ids.move_id, self.due | self.credit)
        self.assertEqual(self._propose(minimum=70.01).item_ids.move_id, self.env["account.move"])
        self.assertEqual(self._propose(net_credits=False).item_ids.move_id, self.little | self.due)
        self.assertEqual(
            self._propose(due_until="2026-04-30").item_ids.move_id, self.little | self.due | self.credit | self.later
        )
        self.assertFalse(proposal.ordered_message)

    def test_the_day_of_a_proposal_is_kept(self):
        proposal = self._propose(minimum=70.0)
        self.assertIn("/web/content/open.balance.item.date/", proposal.action_download()["url"])
        documents = (self.due, self.credit, self.little)
        self.assertEqual(
            [str(document.open_balance_proposed_on) for document in documents], ["2026-04-15", "2026-04-15", "False"]
        )
        self.assertEqual(self.env["account.payment"].search_count([("partner_id", "=", self.vendor.id)]), 0)
        item = self.env["open.balance.item"].search([("move_id", "=", self.due.id)])
        self.assertEqual(item.proposed_on, self._date("2026-04-15"))
        with self.assertRaisesRegex(UserError, "Nothing is due for payment"):
            self._propose(minimum=1000.0).action_print()

    def test_paid_in_odoo_on_request(self):
        action = self._propose(minimum=70.0).action_pay()
        wizard = Form.from_action(self.env(user=self.clerk), action).save()
        wizard.group_payment = True
        wizard._create_payments()
        self.assertEqual((self.due.amount_residual, self.credit.amount_residual), (0.0, 0.0))

    def test_who_may_propose(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "Payment Proposal"):
            self.env["open.balance.proposal"].with_user(reader).create({})
