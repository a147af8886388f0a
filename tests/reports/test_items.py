"""The open items of a company, as at any date."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestItems(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        cls.invoice = cls._create_due(cls.customer, 100, "INV/2026/00001", "2026-01-15")
        cls.newer = cls._create_due(cls.customer, 40, "INV/2026/00002", "2026-04-10")
        cls.bill = cls._create_due(cls.vendor, 70, "RE-1", "2026-02-10", move_type="in_invoice")
        cls.Item = cls.env["open.balance.item"].with_user(cls.clerk)
        cls.partners = cls.customer | cls.other_customer | cls.vendor

    @classmethod
    def _create_due(cls, partner, amount, number, date, **values):
        """A document that is due at once."""
        return cls._create_document(partner, amount, number, date=date, invoice_date_due=date, **values)

    def _get_items(self, at=None, domain=()):
        """The items as tuples: type, kind, number, original, settled, open, days overdue, bucket."""
        Item = self.Item.with_context(open_balance_date=at) if at else self.Item
        items = Item.search([("kind", "!=", "account"), ("partner_id", "in", self.partners.ids), *domain])
        return [
            (
                item.item_type,
                item.kind,
                item.number,
                item.company_original,
                item.company_settled,
                item.company_residual,
                item.days_overdue,
                item.bucket,
            )
            for item in items.sorted(lambda item: (item.due_date, item.id))
        ]

    def test_documents_payments_and_external_items(self):
        self._import(
            ["10001;INV/2026/00001;15.01.2026;60,00", "10002;X-7;01.02.2026;25,00"], apply=True, source=self.source
        )
        self._pay_in_odoo(self.newer, 10)
        self.env["account.payment"].create(
            {
                "payment_type": "inbound", "partner_id": self.customer.id, "amount": 5.0,
                "journal_id": self.company_data["default_journal_bank"].id, "date": "2026-04-01",
            }
        ).action_post()  # fmt: skip
        payment = self.env["account.payment"].search([("amount", "=", 5.0)])
        self.assertEqual(
            self._get_items(),
            [
                ("document", "receivable", "INV/2026/00001", 100.0, 40.0, 60.0, 90, "3"),
                ("external", "receivable", "X-7", 25.0, 0.0, 25.0, 73, "3"),
                ("document", "payable", self.bill.name, -70.0, 0.0, -70.0, 64, "3"),
                ("payment", "receivable", payment.move_id.name, -5.0, 0.0, -5.0, 14, "1"),
                ("document", "receivable", "INV/2026/00002", 40.0, 10.0, 30.0, 5, "1"),
            ],
        )
        # The day before the list: nothing was paid, the item was unknown, what is newer was not there.
        self.assertEqual(
            self._get_items("2026-03-30"),
            [
                ("document", "receivable", "INV/2026/00001", 100.0, 0.0, 100.0, 74, "3"),
                ("document", "payable", self.bill.name, -70.0, 0.0, -70.0, 48, "2"),
            ],
        )

    def test_two_dates_in_one_transaction(self):
        self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        now = self.Item.search([("move_id", "=", self.invoice.id)])
        before = self.Item.with_context(open_balance_date="2026-03-30").browse(now.ids)
        self.assertEqual((now.company_residual, before.company_residual), (60.0, 100.0))
        self.assertEqual((now.days_overdue, before.days_overdue), (90, 74))
        self.assertEqual((now.reported, before.reported), (60.0, 0.0))
        self.assertEqual((now.source_id, before.source_id), (self.source, self.source.browse()))
        self.assertEqual((now.list_date, before.list_date), (self._date("2026-03-31"), False))

    def test_an_external_item_as_lists_said(self):
        header = "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance"
        self._import(["10002;X-7;01.02.2026;15.02.2026;25,00"], header, apply=True, balance_date="2026-02-28")
        self._import(["10002;X-7;01.02.2026;20.02.2026;15,00"], header, apply=True, balance_date="2026-03-31")
        last = self._import(["10002;X-8;01.02.2026;;1,00"], header, apply=True, balance_date="2026-04-10")
        dates = ("2026-02-27", "2026-02-28", "2026-03-31", "2026-04-10", None)
        found = {
            at: [(row[2], row[5], row[6]) for row in self._get_items(at, [("item_type", "=", "external")])]
            for at in dates
        }
        expected = {
            "2026-02-27": [],
            "2026-02-28": [("X-7", 25.0, 13)],
            "2026-03-31": [("X-7", 15.0, 39)],
            "2026-04-10": [("X-8", 1.0, 68)],
            None: [("X-8", 1.0, 73)],
        }
        self.assertEqual(found, expected)
        last.action_undo()
        expected |= {"2026-04-10": [("X-7", 15.0, 49)], None: [("X-7", 15.0, 54)]}
        found = {
            at: [(row[2], row[5], row[6]) for row in self._get_items(at, [("item_type", "=", "external")])]
            for at in dates
        }
        self.assertEqual(found, expected)

    def test_what_is_due_today_is_not_overdue(self):
        found = {at: self._get_items(at, [("move_id", "=", self.newer.id)])[0][-2:] for at in ("2026-04-10", None)}
        self.assertEqual(found, {"2026-04-10": (0, "0"), None: (5, "1")})
        self.newer.line_ids.filtered("date_maturity").date_maturity = "2026-04-18"
        [row] = self._get_items(domain=[("move_id", "=", self.newer.id)])
        self.assertEqual(row[-2:], (-3, "0"))

    def test_groups_sums_and_filters(self):
        self.customer.debtor_number = "10001"
        groups = self.Item._read_group(
            [("partner_id", "in", self.partners.ids), ("kind", "!=", "account")],
            ["commercial_partner_id", "bucket"],
            ["company_residual:sum", "days_overdue:max", "__count"],
        )
        self.assertEqual(
            groups,
            [
                (self.customer.with_user(self.clerk), "1", 40.0, 5, 1),
                (self.customer.with_user(self.clerk), "3", 100.0, 90, 1),
                (self.vendor.with_user(self.clerk), "3", -70.0, 64, 1),
            ],
        )
        self.assertEqual(self.Item.search([("partner_number", "=", "10001")]).move_id, self.invoice | self.newer)
        self.assertEqual(self.Item.search([("partner_number", "=", "70001")]).move_id, self.bill)
        self.newer.action_toggle_block_payment()
        self.newer.open_balance_dispute_reason = "Goods came broken"
        disputed = self.Item.search([("blocked", "=", True)])
        self.assertEqual(
            disputed.mapped(lambda item: (item.move_id, item.dispute_reason)), [(self.newer, "Goods came broken")]
        )

    def test_buckets_have_the_bounds_of_the_company(self):
        self.assertEqual(
            self.Item._get_buckets(),
            [
                ("0", "Not due"), ("1", "1 to 30 days"), ("2", "31 to 60 days"), ("3", "61 to 90 days"),
                ("4", "91 to 120 days"), ("5", "More than 120 days"),
            ],
        )  # fmt: skip
        self.env.company.open_balance_bounds = "10,70"
        self.env.invalidate_all()
        self.assertEqual([row[-1] for row in self._get_items()], ["3", "2", "1"])
        self.assertEqual(
            [label for _key, label in self.Item._get_buckets()],
            ["Not due", "1 to 10 days", "11 to 70 days", "More than 70 days"],
        )
        for bounds in ("30, 20", "0, 5", "thirty", "1,2,3,4,5,6,7,8,9", "30,,60", "-1"):
            with self.assertRaisesRegex(ValidationError, "makes no buckets"):
                self.env.company.open_balance_bounds = bounds

    def test_a_dialog_asks_for_the_date(self):
        wizard = Form(self.env["open.balance.item.date"].with_user(self.clerk))
        wizard.date = "2026-03-30"
        wizard.kind = "payable"
        action = wizard.save().action_open_items()
        self.assertEqual(action["name"], "Open Items as of 03/30/2026")
        self.assertEqual(
            action["context"],
            {"search_default_payable": 1, "search_default_group_by_partner": 1, "open_balance_date": "2026-03-30"},
        )
        items = self.env[action["res_model"]].with_user(self.clerk).with_context(**action["context"])
        self.assertEqual(items.search([("move_id", "=", self.bill.id)]).days_overdue, 48)

    def test_what_is_no_date_is_refused(self):
        with self.assertRaisesRegex(UserError, "“tomorrow” is no date to show open items at"):
            self.Item.with_context(open_balance_date="tomorrow").search([])

    def test_the_number_of_a_branch_is_that_of_its_root(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.env.company.id})
        self.cr.precommit.run()  # loads the branch's chart
        self.env.user.company_ids |= branch
        self.clerk.company_ids |= branch
        document = self._create_document(self.customer, 9, "BR/2026/00001", company_id=branch.id)
        allowed = [self.env.company.id, branch.id]
        item = self.Item.with_context(allowed_company_ids=allowed).search([("move_id", "=", document.id)])
        self.assertEqual((item.company_id, item.partner_number), (branch, "10001"))
        Item = self.Item.with_context(allowed_company_ids=allowed[:1])
        self.assertFalse(Item.search([("move_id", "=", document.id)]))

    def test_who_sees_them(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        self.assertEqual(self.Item.with_user(reader).search_count([("move_id", "=", self.invoice.id)]), 1)
        stranger = new_test_user(self.env, login="open_balance_stranger", groups="base.group_user")
        with self.assertRaisesRegex(AccessError, "Open Item"):
            self.Item.with_user(stranger).search([])
        with self.assertRaisesRegex(AccessError, "Open Item"):
            self.Item.search([], limit=1).write({"number": "X"})
        with self.assertRaisesRegex(AccessError, "Open Item"):
            self.Item.search([], limit=1).unlink()

    def test_it_opens_its_document(self):
        self._import(["10002;X-7;01.02.2026;25,00"], apply=True)
        item = self.Item.search([("move_id", "=", self.bill.id)])
        self.assertEqual(item.action_open_document()["res_id"], self.bill.id)
        external = self.Item.search([("item_type", "=", "external")])
        self.assertEqual(
            [external.action_open_document()[key] for key in ("res_model", "res_id")],
            ["open.balance.external.item", external.external_id.id],
        )
        self.assertEqual(external.display_name, "X-7")
