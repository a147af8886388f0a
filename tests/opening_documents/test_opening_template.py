import base64
from datetime import date
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ...engine import is_opening_list, read_opening
from ..common import TODAY
from ..common_import import OpenBalanceImportCommon
from ..common_template import HEADERS, fill_template, open_template


@tagged("post_install", "-at_install", "open_balance_opening")
@freeze_time(TODAY)
class TestOpeningTemplate(OpenBalanceImportCommon):
    """The list of opening documents that is downloaded, completed and read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.write({"per": "opening", "complete": False})
        cls.clerk_source = cls.source.with_user(cls.clerk)

    def _get_lists(self, workbook):
        """What may be chosen in each column that has a rule."""
        sheet, lists = workbook.worksheets[0], workbook["Lists"]
        found = {}
        for rule in sheet.data_validations.dataValidation:
            place = next(iter(rule.sqref.ranges)).min_col
            cells = lists[rule.formula1.removeprefix("Lists!").replace("$", "")]
            rows = cells if isinstance(cells, tuple) else ((cells,),)
            found[HEADERS[place - 1]] = [row[0].value for row in rows]
        return found

    # === CONTENT === #

    def test_sheets_and_headers(self):
        workbook = open_template(self.clerk_source.opening_template_file)
        self.assertEqual(workbook.sheetnames, ["Opening documents", "Explanations", "Lists"])
        self.assertEqual([sheet.sheet_state for sheet in workbook], ["visible", "visible", "hidden"])
        self.assertEqual([cell.value for cell in workbook.worksheets[0][1]], HEADERS)

    def test_every_column_is_explained(self):
        workbook = open_template(self.clerk_source.opening_template_file)
        rows = list(workbook["Explanations"].iter_rows(values_only=True))
        self.assertEqual(rows[0], ("Column", "Mandatory", "What goes in", "Example"))
        self.assertEqual([row[0] for row in rows[1:]], HEADERS)
        self.assertTrue(all(row[1] and row[2] for row in rows))
        self.assertEqual(
            rows[12], ("Company Amount", "no", "The total in the company's currency. Instead of the rate.", None)
        )
        comments = [cell.comment.text for cell in workbook.worksheets[0][1]]
        self.assertEqual(comments, [row[2] for row in rows[1:]])

    def test_two_example_rows(self):
        tax = self.env["account.tax"].create(
            {"name": "19% on purchases", "amount": 19, "type_tax_use": "purchase", "sequence": -1}
        )
        sheet = open_template(self.clerk_source.opening_template_file).worksheets[0]
        rows = [
            {cell.value: value.value for cell, value in zip(sheet[1], row, strict=True) if value.value is not None}
            for row in sheet.iter_rows(min_row=2)
        ]
        self.assertEqual([row["Number"] for row in rows], ["EXAMPLE-2025-0042", "EXAMPLE-RE-881"])
        self.assertEqual(
            rows[1],
            {
                "Currency": "USD",
                "Document Type": "Vendor Bill",
                "Partner Number": "70001",
                "Partner Name": "Example Vendor Ltd",
                "Number": "EXAMPLE-RE-881",
                "Date": rows[1]["Date"],
                "Due Date": rows[1]["Due Date"],
                "Total": 238.0,
                "Tax Amount": 38.0,
                "Tax": tax.name,
                "Open Amount": 238.0,
                "Description": "Office supplies",
            },
        )

    def test_lists_to_choose_from(self):
        self.env["account.tax"].search([("company_id", "=", self.env.company.id)]).active = False
        tax = self.env["account.tax"].create({"name": "=19% VAT", "amount": 19, "type_tax_use": "sale"})
        terms = self.env["account.payment.term"].create({"name": "14 days of ours", "company_id": self.env.company.id})
        lists = self._get_lists(open_template(self.clerk_source.opening_template_file))
        self.assertEqual(sorted(lists), ["Currency", "Document Type", "Payment Terms", "Salesperson", "Tax"])
        self.assertEqual(
            lists["Document Type"],
            [
                "Customer Invoice", "Customer Credit Note", "Vendor Bill", "Vendor Credit Note", "Customer Receipt",
                "Vendor Payment",
            ],
        )  # fmt: skip
        self.assertEqual(lists["Tax"], [tax.name])
        self.assertIn("USD", lists["Currency"])
        self.assertIn(terms.name, lists["Payment Terms"])
        self.assertIn(self.clerk.name, lists["Salesperson"])

    def test_analytic_accounts_for_users_who_have_them(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        self.env["account.analytic.account"].create({"name": "Migration", "plan_id": plan.id})
        self.clerk.group_ids = [Command.link(self.env.ref("analytic.group_analytic_accounting").id)]
        lists = self._get_lists(open_template(self.clerk_source.opening_template_file))
        self.assertIn("Migration", lists["Analytic Account"])

    def test_numbers_stay_text_and_dates_dates(self):
        sheet = open_template(self.clerk_source.opening_template_file).worksheets[0]
        formats = {HEADERS[dimension.min - 1]: sheet.column_dimensions[letter].number_format
                   for letter, dimension in sheet.column_dimensions.items()}  # fmt: skip
        self.assertEqual(formats["Number"], "@")
        self.assertEqual(formats["Date"], "yyyy-mm-dd")
        self.assertEqual(formats["Total"], "#,##0.00")

    # === WITH PARTNERS === #

    def test_a_row_for_each_partner(self):
        self.customer.write({"vat": "US12345671", "email": "azure@example.com"})
        self.other_customer.ref = "REF-2"
        self.other_customer.debtor_number = False
        self.vendor.debtor_number = "10009"
        self._create_partner("=HYPERLINK(1)")
        contact = self.env["res.partner"].create({"name": "A contact", "parent_id": self.customer.id})
        sheet = open_template(self.clerk_source.opening_partners_file).worksheets[0]
        rows = [tuple(cell or "" for cell in row[:5]) for row in sheet.iter_rows(min_row=4, values_only=True)]
        known = self.customer + self.other_customer + self.vendor
        self.assertEqual(
            [row for row in rows if row[4] in (*known.mapped("name"), "=HYPERLINK(1)")],
            [
                ("", "", "", "", "=HYPERLINK(1)"),
                ("", "10001", "US12345671", "azure@example.com", "Azure Interior"),
                ("", "REF-2", "", "", "Deco Addict"),
                ("", "10009", "", "", "Wood Corner"),
                ("", "70001", "", "", "Wood Corner"),
            ],
        )
        names = [row[4] for row in rows]
        self.assertNotIn(contact.name, names)
        self.assertNotIn(self.env.company.partner_id.name, names)
        self.assertNotIn(self.clerk.partner_id.name, names)

    # === READ AGAIN === #

    def test_read_as_it_is_it_holds_nothing(self):
        data = base64.b64decode(self.clerk_source.opening_template_file)
        self.assertTrue(is_opening_list(data, "template.xlsx"))
        result = read_opening(data, "template.xlsx", None)
        self.assertEqual(result.items, ())
        self.assertEqual(
            [(issue.code, issue.row) for issue in result.problems], [("row_example", 2), ("row_example", 3)]
        )
        self.assertEqual(result.detected.sheet, "Opening documents")

    def test_filled_and_read(self):
        rows = [
            {
                "Document Type": "Customer Invoice",
                "Partner Number": "0010001",
                "Partner VAT": "NL1",
                "Partner E-mail": "a@example.com",
                "Partner Name": "Azure Interior",
                "Number": "0042",
                "Reference": "PO 1",
                "Date": date(2026, 1, 15),
                "Due Date": date(2026, 2, 14),
                "Currency": "EUR",
                "Rate": 1.125,
                "Company Amount": 1338.75,
                "Total": 1190.0,
                "Tax Amount": 190.0,
                "Tax": "15%",
                "Open Amount": 690.5,
                "Description": "Consulting",
                "Period Start": date(2026, 1, 1),
                "Period End": date(2026, 1, 31),
                "Analytic Account": "Migration",
                "Salesperson": "Marc",
                "Payment Terms": "30 Days",
            },
            {"Document Type": "Vendor Bill", "Partner Number": "70001", "Number": "RE-1", "Date": date(2026, 1, 20),
             "Total": 238.0, "Open Amount": 238.0},
            {"Document Type": "Customer Receipt", "Partner Number": "10001", "Date": date(2026, 2, 1),
             "Open Amount": 50.0},
        ]  # fmt: skip
        data = fill_template(self.clerk_source.opening_template_file, rows)
        result = read_opening(data, "filled.xlsx", None)
        self.assertEqual([issue.code for issue in result.problems], ["row_example", "row_example"])
        self.assertEqual([item.faults for item in result.items], [(), (), ()])
        first = result.items[0]
        self.assertEqual(
            (first.type, first.partner_number, first.partner_vat, first.partner_email, first.partner_name),
            ("out_invoice", "0010001", "NL1", "a@example.com", "Azure Interior"),
        )
        self.assertEqual(
            (first.number, first.reference, first.date, first.due_date, first.currency),
            ("0042", "PO 1", date(2026, 1, 15), date(2026, 2, 14), "EUR"),
        )
        self.assertEqual(
            (first.rate, first.company_total, first.total, first.tax, first.open),
            (Decimal("1.125"), Decimal("1338.75"), Decimal(1190), Decimal(190), Decimal("690.5")),
        )
        self.assertEqual(
            (first.tax_name, first.description, first.period_start, first.period_end),
            ("15%", "Consulting", date(2026, 1, 1), date(2026, 1, 31)),
        )
        self.assertEqual(
            (first.analytic, first.salesperson, first.payment_terms, first.row), ("Migration", "Marc", "30 Days", 4)
        )
        self.assertEqual(
            [(item.type, item.number, item.due_date, item.open) for item in result.items[1:]],
            [("in_invoice", "RE-1", None, Decimal(-238)), ("receipt", None, None, Decimal(-50))],
        )

    # === DOWNLOAD === #

    def test_downloads_follow_the_source(self):
        url = f"/web/content/open.balance.source/{self.source.id}"
        action = self.clerk_source.action_download_template()
        self.assertTrue(action["url"].startswith(f"{url}/opening_template_file?download=true"))
        action = self.clerk_source.action_download_opening_partners()
        self.assertTrue(action["url"].startswith(f"{url}/opening_partners_file?download=true"))
        self.source.per = "invoice"
        action = self.clerk_source.action_download_template()
        self.assertTrue(action["url"].startswith(f"{url}/template_file?download=true"))
