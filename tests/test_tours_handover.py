"""The hand-over in a browser."""

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import OpenBalanceCommon

LOGIN = "open_balance_chief"


@tagged("post_install", "-at_install", "open_balance_tour")
class TestHandoverTour(OpenBalanceCommon, HttpCase):
    def test_handover(self):
        """Codes, collect, cure, hand over, answer."""
        new_test_user(
            self.env,
            login=LOGIN,
            groups="account.group_account_manager,base.group_partner_manager",
            company_id=self.env.company.id,
            company_ids=self.env.company.ids,
        )
        self.other_customer.debtor_number = False
        first = self._create_document(self.customer, 100.0, "TOUR/2024/00001", date="2024-01-15")
        second = self._create_document(self.other_customer, 50.0, "TOUR/2024/00002", date="2024-01-16")
        package = self.env["open.balance.package"].create(
            {
                "name": "Exact",
                "source_id": self.source.id,
                "start_date": "2024-01-01",
                "no_term_code": "00",
                "code_ids": [
                    Command.create({"journal_id": self.company_data["default_journal_sale"].id}),
                    Command.create({"payment_term_id": term.id, "code": "30"})
                    if (term := (first | second).invoice_payment_term_id[:1])
                    else Command.clear(),
                ],
            }
        )
        self.start_tour(f"/odoo/open-balance-packages/{package.id}", "open_balance_handover", login=LOGIN)
        transfer = package.transfer_ids
        self.assertRecordValues(transfer, [{"state": "confirmed", "move_ids": first.ids, "file_count": 2}])
        self.assertEqual(self.other_customer.debtor_number, "10002")
        self.assertFalse(second.open_balance_transfer_id)
