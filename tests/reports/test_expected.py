"""When what is open is likely to be paid."""

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestExpected(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, (partner, due, paid) in enumerate(
            (
                (cls.customer, "2026-02-01", "2026-02-11"),
                (cls.customer, "2026-03-01", "2026-03-21"),
                (cls.other_customer, "2026-03-01", "2026-02-20"),
                (cls.customer, "2026-03-20", None),
                (cls.customer, "2026-04-20", None),
                (cls.other_customer, "2026-04-25", None),
            ),
            1,
        ):
            document = cls._create_document(
                partner, 10 * number, f"INV/2026/0000{number}", date="2026-01-15", invoice_date_due=due
            )
            if paid:
                cls._pay_in_odoo(document, 10 * number, payment_date=paid)
        cls._create_document(
            cls.vendor, 70, "RE-1", move_type="in_invoice", date="2026-01-15", invoice_date_due="2026-04-30"
        )
        cls.Expected = cls.env["open.balance.expected"].with_user(cls.clerk)

    def test_due_date_and_the_partners_own_delay(self):
        partners = self.customer | self.other_customer | self.vendor
        rows = [
            (row.partner_id.name, row.kind, str(row.due_date), row.delay, str(row.expected_date), row.amount)
            for row in self.Expected.search([("partner_id", "in", partners.ids)])
        ]
        self.assertEqual(
            rows,
            [
                # Overdue and late by habit: no day before the report's.
                ("Azure Interior", "receivable", "2026-04-15", 15, "2026-04-15", 40.0),
                # Who pays early is not expected to.
                ("Deco Addict", "receivable", "2026-04-25", -9, "2026-04-25", 60.0),
                ("Wood Corner", "payable", "2026-04-30", 0, "2026-04-30", -70.0),
                ("Azure Interior", "receivable", "2026-04-20", 15, "2026-05-05", 50.0),
            ],
        )

    def test_per_week(self):
        ours = [("partner_id", "in", (self.customer | self.vendor).ids)]
        groups = self.Expected._read_group(ours, ["expected_date:week", "kind"], ["amount:sum"])
        self.assertEqual(
            [(str(week), kind, amount) for week, kind, amount in groups],
            [
                ("2026-04-12", "receivable", 40.0),
                ("2026-04-26", "payable", -70.0),
                ("2026-05-03", "receivable", 50.0),
            ],
        )
        row = self.Expected.search(ours, limit=1)
        self.assertEqual(row.action_open_item()["res_model"], "open.balance.item")
