"""What is open of a partner: the button and its list, overdue amounts, the credit limit."""

from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPartnerItems(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        cls.invoice = cls._create_due(cls.customer, 100, "INV/2026/00001", "2026-01-15")
        cls.newer = cls._create_due(cls.customer, 40, "INV/2026/00002", "2026-04-10")
        cls.coming = cls._create_due(cls.other_customer, 30, "INV/2026/00003", "2026-04-15")
        cls.bill = cls._create_due(cls.vendor, 70, "RE-1", "2026-02-10", move_type="in_invoice")
        cls.partners = cls.customer | cls.other_customer | cls.vendor

    @classmethod
    def _create_due(cls, partner, amount, number, date, **values):
        """A document that is due at once."""
        return cls._create_document(partner, amount, number, date=date, invoice_date_due=date, **values)

    def _receive(self, amount, date="2026-04-01"):
        """A payment that nobody has allocated yet."""
        values = {
            "payment_type": "inbound", "partner_id": self.customer.id, "amount": amount, "date": date,
            "journal_id": self.company_data["default_journal_bank"].id,
        }  # fmt: skip
        self.env["account.payment"].create(values).action_post()

    def _get_figures(self, partner, *names):
        """Fields of the partner by the ORM and by the database: they are the same."""
        partner = partner.with_user(self.clerk)
        partner.invalidate_recordset()
        read = tuple(partner[name] for name in names)
        [summed] = partner._read_group([("id", "=", partner.id)], [], [f"{name}:sum" for name in names])
        self.assertEqual(read, summed)
        return read

    def _sum_list(self, action):
        """What the list of an action, with its filters, sums up to."""
        domain = list(action["domain"])
        filters = [key for key in action["context"] if key.startswith("search_default_")]
        self.assertIn(filters, (["search_default_receivable"], ["search_default_payable"]))
        domain.append(("kind", "=", filters[0].removeprefix("search_default_")))
        Item = self.env[action["res_model"]].with_user(self.clerk).with_context(**action["context"])
        return sum(Item.search(domain).mapped("company_residual"))

    def test_the_button_shows_what_its_list_sums_up_to(self):
        rows = ["10001;INV/2026/00001;15.01.2026;60,00", "10001;X-7;01.02.2026;25,00"]
        self._import([*rows, "10002;INV/2026/00003;15.04.2026;30,00"], apply=True, balance_date="2026-04-15")
        contact = self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        for partner in (self.customer, contact):
            action = partner.with_user(self.clerk).action_open_balance_items()
            self.assertEqual(action["name"], "Open Items of Azure Interior")
            # The newer document is absent from a complete list: it was paid.
            self.assertEqual((partner.open_balance_items, self._sum_list(action)), (85.0, 85.0))
        self.assertEqual(self._get_figures(self.customer, "open_balance_items", "open_balance_total"), (85.0, 85.0))
        action = self.vendor.with_user(self.clerk).action_open_payable_items()
        self.assertEqual((self.vendor.open_payable_items, self._sum_list(action)), (-70.0, -70.0))

    def test_what_the_balance_has_not_is_named(self):
        self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        names = ("open_balance_items", "open_balance_total")
        self.assertEqual(self._get_figures(self.customer, *names), (100.0, 100.0))
        self.assertEqual(self.customer.open_balance_difference, 0.0)
        self._receive(7)
        self._pay_in_odoo(self.invoice, 10)
        self.assertEqual(self._get_figures(self.customer, *names), (83.0, 100.0))
        self.assertEqual(self.customer.open_balance_difference, -17.0)

    def test_overdue_amount_and_days(self):
        names = ("open_balance_overdue", "open_balance_overdue_days")
        self._receive(8)
        figures = {partner.name: self._get_figures(partner, *names) for partner in self.partners}
        self.assertEqual(figures, {"Azure Interior": (132.0, 90), "Deco Addict": (0.0, 0), "Wood Corner": (0.0, 0)})
        Partner = self.env["res.partner"].with_user(self.clerk)
        ours = [("id", "in", self.partners.ids)]
        self.assertEqual(Partner.search([*ours, ("open_balance_overdue", ">", 0)]), self.customer)
        self.assertEqual(Partner.search([*ours, ("open_balance_overdue_days", "in", [90])]), self.customer)
        self.assertEqual(Partner.search(ours, order="open_balance_overdue_days desc, id", limit=1), self.customer)
        self.assertEqual(
            Partner._read_group(ours, ["open_balance_overdue_days"], ["open_balance_overdue:sum", "__count"]),
            [(0, 0.0, 2), (90, 132.0, 1)],
        )

    def test_the_date_of_a_list_of_items_is_not_the_partners(self):
        partner = self.customer.with_user(self.clerk).with_context(open_balance_date="2026-01-31")
        self.assertEqual(partner.open_balance_items, 140.0)

    def test_use_of_the_credit_limit(self):
        names = ("open_credit_limit", "open_credit_used", "open_credit_free", "open_credit_use")
        self.customer.credit_limit = 125
        self.assertEqual(self._get_figures(self.customer, *names[:3]), (0.0, 0.0, 0.0))
        self.env.company.account_use_credit_limit = True
        self.assertEqual(self._get_figures(self.customer, *names[:3]), (125.0, 140.0, -15.0))
        self.assertAlmostEqual(self.customer.open_credit_use, 1.12)
        # Where a list was imported, what the partner really owes is what counts.
        self._import(["10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        self._receive(50)
        self.assertEqual(self._get_figures(self.customer, *names[:3]), (125.0, 100.0, 25.0))
        ours = [("id", "in", self.partners.ids)]
        Partner = self.env["res.partner"].with_user(self.clerk)
        self.assertFalse(Partner.search([*ours, ("open_credit_free", "<", 0)]))
        self.customer.credit_limit = 99
        self.assertEqual(Partner.search([*ours, ("open_credit_free", "<", 0)]), self.customer)
        self.assertEqual(Partner.search([*ours, ("open_credit_use", ">", 1)]), self.customer)

    def test_customers_of_invoicing_show_the_balances(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("account.res_partner_action_customer")
        view_id, mode = action["views"][0]
        self.assertEqual(mode, "list")
        arch = self.env["res.partner"].with_user(self.clerk).get_view(view_id, "list")["arch"]
        shown = {
            name: f'name="{name}" optional="show"' in arch
            for name in ("open_balance_import", "open_balance_invoices", "open_balance_total", "open_balance_date")
        }
        self.assertEqual(
            shown,
            {
                "open_balance_import": True, "open_balance_invoices": True, "open_balance_total": True,
                "open_balance_date": False,
            },
        )  # fmt: skip

    def test_the_form_shows_them(self):
        form = Form(self.customer)
        self.assertEqual((form.open_balance_items, form.open_balance_overdue), (140.0, 140.0))

    def test_partners_cost_a_fixed_number_of_queries(self):
        names = ("open_balance_items", "open_balance_overdue", "open_balance_overdue_days")
        partners = self.env["res.partner"].create([{"name": f"Partner {number}"} for number in range(40)])
        for number, partner in enumerate(partners):
            self._create_due(partner, 10, f"INV/2026/01{number:03}", "2026-01-15")
        counts = []
        for some in (partners[:1], partners[:4], partners):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            for name in names:
                some.mapped(name)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
