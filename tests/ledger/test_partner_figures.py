import base64

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ...models.run.download import CORRECTIONS_SHEET, HEADER, write_sheet
from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

DUE_HEADER = "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance;Currency"
CURRENCY_HEADER = "Account Number;Voucher Number;Voucher Date;Open Balance;Currency"
KINDS = {"receivable": "open_balance", "payable": "open_payable"}


class FiguresCommon(OpenBalanceImportCommon):
    """What partners' figures say, beside what the ledger has."""

    def _get_figures(self, partner=None, kind="receivable"):
        """Imported, newer, total, whether incomplete: as they are read in this transaction, nothing is refreshed."""
        prefix = KINDS[kind]
        newer = {"receivable": "open_balance_invoices", "payable": "open_payable_bills"}[kind]
        partner = partner or self.customer
        names = (f"{prefix}_import", newer, f"{prefix}_total", f"{prefix}_is_incomplete")
        return tuple(partner[name] for name in names)

    def _get_ledger(self, partner=None, kind="receivable"):
        """What the ledger has of the partner and its contacts, external items included; positive = as the figures."""
        partner = partner or self.customer
        account_type = {"receivable": "asset_receivable", "payable": "liability_payable"}[kind]
        lines = self.env["account.move.line"].search(
            [
                ("partner_id.commercial_partner_id", "=", partner.id),
                ("account_type", "=", account_type),
                ("parent_state", "=", "posted"),
            ]
        )
        items = self.env["open.balance.external.item"].search([("partner_id", "=", partner.id), ("kind", "=", kind)])
        amount = sum(lines.mapped("amount_residual")) + sum(items.mapped("company_balance"))
        return self.env.company.currency_id.round(amount if kind == "receivable" else -amount)

    def assertFigures(self, expected, partner=None, kind="receivable"):
        """The figures are these, and the total is what the ledger has."""
        figures = self._get_figures(partner, kind)
        self.assertEqual(figures, expected)
        self.assertEqual(figures[2], self._get_ledger(partner, kind))

    def _correct(self, *rows, **kwargs):
        """Read corrected rows again: customer number, name, number, date, due date, balance, currency."""
        file = base64.b64decode(write_sheet(CORRECTIONS_SHEET, HEADER, rows))
        run = self._import_text(file, filename="corrections.xlsx", apply=True, **kwargs)
        self.assertEqual((run.state, run.is_corrections), ("done", True))
        return run


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestUncounted(FiguresCommon):
    """What a list could not count is missing nowhere, never counts twice, and is said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls._date("2026-01-15")
        cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls.listed = "10001;INV/2026/00001;15.01.2026;100,00"

    def test_unreadable_item_that_odoo_does_not_know(self):
        run = self._import([self.listed, "10001;X-2;15.01.2026;siebzig"])
        self.assertFigures((0.0, 100.0, 100.0, False))
        run.action_apply()
        self.assertFigures((100.0, 0.0, 100.0, True))
        corrections = self._correct(("10001", "Azure", "X-2", self.day, "", 70.0, ""))
        self.assertFigures((170.0, 0.0, 170.0, False))
        corrections.action_undo()
        self.assertFigures((100.0, 0.0, 100.0, True))
        run.action_undo()
        self.assertFigures((0.0, 100.0, 100.0, False))

    def test_unreadable_item_of_a_document(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._import([self.listed, "10001;INV/2026/00002;15.01.2026;siebzig"], apply=True)
        self.assertFigures((100.0, 70.0, 170.0, True))
        self._correct(("10001", "Azure", "INV/2026/00002", self.day, "", 30.0, ""))
        self.assertFigures((130.0, 0.0, 130.0, False))

    def test_unreadable_item_without_a_number(self):
        other = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._import([self.listed, "10001;;15.01.2026;siebzig"], apply=True)
        self.assertEqual(other.amount_residual, 70.0)
        self.assertFigures((100.0, 70.0, 170.0, True))

    def test_unreadable_item_that_an_external_item_is_open_of(self):
        self._import([self.listed, "10001;X-2;15.01.2026;50,00"], apply=True, balance_date="2026-02-28")
        self._import([self.listed, "10001;X-2;15.01.2026;siebzig"], apply=True)
        self.assertFigures((150.0, 0.0, 150.0, True))
        self._correct(("10001", "Azure", "X-2", self.day, "", 70.0, ""))
        self.assertFigures((170.0, 0.0, 170.0, False))

    def test_item_without_rate(self):
        self.env.ref("base.GBP").active = True
        self.env.ref("base.GBP").rate_ids.unlink()
        self._import([f"{self.listed};USD", "10001;X-2;15.01.2026;70,00;GBP"], header=CURRENCY_HEADER, apply=True)
        self.assertFigures((100.0, 0.0, 100.0, True))
        self.env["res.currency.rate"].create(
            {"currency_id": self.env.ref("base.GBP").id, "name": "2026-01-01", "rate": 0.5}
        )
        self._correct(("10001", "Azure", "X-2", self.day, "", 70.0, "GBP"))
        self.assertFigures((240.0, 0.0, 240.0, False))

    def test_rows_that_contradict_each_other(self):
        self._import(["10001;INV/2026/00001;15.01.2026;40,00", "10001;INV/2026/00001;15.01.2026;60,00"], apply=True)
        self.assertFigures((0.0, 100.0, 100.0, True))

    def test_balance_above_the_total(self):
        self._import(["10001;INV/2026/00001;15.01.2026;110,00"], apply=True)
        self.assertFigures((0.0, 100.0, 100.0, True))

    def test_document_paid_in_odoo_since(self):
        other = self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._pay_in_odoo(other, 50.0)
        self._import([self.listed, "10001;INV/2026/00002;15.01.2026;70,00"], apply=True)
        self.assertFigures((100.0, 20.0, 120.0, True))

    def test_look_alike(self):
        """A number that nobody knows with partner, date and amount of an absent document: neither is counted twice."""
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._import([self.listed, "10001;4711;15.01.2026;70,00"], apply=True)
        self.assertFigures((100.0, 70.0, 170.0, True))

    def test_look_alike_in_an_incomplete_list(self):
        self.source.complete = False
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._import([self.listed, "10001;4711;15.01.2026;70,00"], apply=True)
        self.assertFigures((100.0, 70.0, 170.0, True))

    def test_unknown_partner_that_is_assigned_by_corrections(self):
        run = self._import([self.listed, "4711;X-2;15.01.2026;55,00"], apply=True)
        self.assertFigures((100.0, 0.0, 100.0, False))
        self.customer.debtor_number = "4711"
        file = base64.b64decode(run.corrections_file)
        self._import_text(file, filename="corrections.xlsx", apply=True)
        self.assertFigures((155.0, 0.0, 155.0, False))

    def test_unknown_partner_whose_row_means_another_one(self):
        """The row protects a document of the first customer, and is the second one's."""
        self._create_document(self.customer, 70.0, "INV/2026/00002")
        self._import([self.listed, "4711;INV/2026/00002;15.01.2026;70,00"], apply=True)
        self.assertFigures((100.0, 70.0, 170.0, True))

    def test_corrections_of_one_row_of_two(self):
        self._import([self.listed, "10001;X-2;15.01.2026;x", "10001;X-3;15.01.2026;x"], apply=True)
        self.assertFigures((100.0, 0.0, 100.0, True))
        self._correct(("10001", "Azure", "X-2", self.day, "", 70.0, ""))
        self.assertFigures((170.0, 0.0, 170.0, True))
        self._correct(("10001", "Azure", "X-3", self.day, "", -20.0, ""))
        self.assertFigures((150.0, 0.0, 150.0, False))

    def test_row_that_was_counted_and_stands_in_the_corrections_too(self):
        self._import([self.listed, "10001;X-2;15.01.2026;x"], apply=True)
        self._correct(
            ("10001", "Azure", "X-2", self.day, "", 70.0, ""),
            ("10001", "Azure", "INV/2026/00001", self.day, "", 40.0, ""),
        )
        self.assertFigures((110.0, 0.0, 110.0, False))

    def test_corrections_outlive_their_list(self):
        """What they count is added to the list before when theirs is taken back."""
        self._import([self.listed, "10001;X-1;15.01.2026;5,00"], apply=True, balance_date="2026-02-28")
        run = self._import([self.listed, "10001;X-1;15.01.2026;8,00", "10001;X-2;15.01.2026;x"], apply=True)
        corrections = self._correct(("10001", "Azure", "X-2", self.day, "", 70.0, ""))
        self.assertFigures((178.0, 0.0, 178.0, False))
        run.action_undo()
        self.assertFigures((175.0, 0.0, 175.0, False))
        corrections.action_undo()
        self.assertFigures((105.0, 0.0, 105.0, False))

    def test_next_list_takes_the_mark_away(self):
        self._import([self.listed, "10001;X-2;15.01.2026;x"], apply=True, balance_date="2026-02-28")
        self._import([self.listed, "10001;X-2;15.01.2026;70,00"], apply=True)
        self.assertFigures((170.0, 0.0, 170.0, False))

    def test_newer_document_that_list_and_corrections_name(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002", date="2026-04-01")
        self._import([self.listed, "10001;INV/2026/00002;01.04.2026;x"], apply=True)
        self.assertFigures((100.0, 70.0, 170.0, True))
        self._correct(("10001", "Azure", "INV/2026/00002", self._date("2026-04-01"), "", 70.0, ""))
        self.assertFigures((170.0, 0.0, 170.0, False))

    def test_newer_document_of_the_list_stays_counted_when_other_rows_are_corrected(self):
        self._create_document(self.customer, 70.0, "INV/2026/00002", date="2026-04-01")
        self._import([self.listed, "10001;INV/2026/00002;01.04.2026;70,00", "10001;X-2;15.01.2026;x"], apply=True)
        self._correct(("10001", "Azure", "X-2", self.day, "", 5.0, ""))
        self.assertFigures((175.0, 0.0, 175.0, False))

    def test_bills(self):
        bill = self._create_document(self.vendor, 50.0, "RE-1", "in_invoice")
        run = self._import([self.listed, "70001;RE-1;15.01.2026;-20,00", "70001;RE-2;15.01.2026;x"])
        self.assertFigures((0.0, 50.0, 50.0, False), self.vendor, "payable")
        run.action_apply()
        self.assertEqual(bill.amount_residual, 20.0)
        self.assertFigures((20.0, 0.0, 20.0, True), self.vendor, "payable")
        self.assertFigures((0.0, 0.0, 0.0, False), self.vendor)
        corrections = self._correct(
            ("70001", "Wood", "RE-2", self.day, "", -30.0, ""), ("10001", "Azure", "X-2", self.day, "", 1.0, "")
        )
        self.assertFigures((50.0, 0.0, 50.0, False), self.vendor, "payable")
        self.assertFigures((101.0, 0.0, 101.0, False))
        corrections.action_undo()
        run.action_undo()
        self.assertFigures((0.0, 50.0, 50.0, False), self.vendor, "payable")

    def test_rows_of_a_creditor_in_a_list_of_both_kinds(self):
        """The partner's number says that rows under review are bills': its balance is renewed, and incomplete."""
        self.source.complete = False
        bills = [self._create_document(self.vendor, 70.0, "RE-6", "in_invoice") for _number in range(2)]
        self._create_document(self.vendor, 50.0, "RE-1", "in_invoice", date="2026-02-10")
        self.source.cover = "both"
        external = "70001;X-2;10.01.2026;-30,00"
        self._import([self.listed, external, "70001;RE-1;10.02.2026;-50,00"], apply=True)
        self.assertEqual(self._get_figures(self.vendor, "payable"), (80.0, 0.0, 80.0, False))
        for row, code in (
            ("70001;4711;15.01.2026;-70,00", "looks_like"),
            ("70001;RE-6;15.01.2026;-70,00", "document_ambiguous"),
            ("70001;INV/2026/00001;15.01.2026;-100,00", "number_other_partner"),
        ):
            run = self._import([external, row])
            review = run.line_ids.filtered(lambda line: line.action == "review")
            with self.subTest(row=row):
                self.assertEqual((review.kind, review.reason_code), ("payable", code))
            with self.subTest(row=row, applied=True):
                run.action_apply()
                self.assertEqual(self._get_figures(self.vendor, "payable"), (30.0, 140.0, 170.0, True))
                self.assertEqual(self._get_figures(self.vendor), (0.0, 0.0, 0.0, False))
        self.assertEqual([bill.amount_residual for bill in bills], [70.0, 70.0])

    def _import_of_no_kind(self):
        """A partner with documents of both kinds and no number, and a list of both with a row that tells no kind."""
        both = self._create_partner("Both Ways", ref="R-1")
        self._create_document(both, 60.0, "INV/2026/00031", date="2026-01-10")
        self._create_document(both, 50.0, "RE-31", "in_invoice", date="2026-01-10")
        self.source.cover = "both"
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00", "R-1;X-9;10.01.2026;-7,00"])
        review = run.line_ids.filtered(lambda line: line.action == "review")
        self.assertEqual((review.kind, review.reason_code, review.partner_id), (False, "kind_unknown", both))
        run.action_apply()
        return both, run

    def test_row_that_tells_no_kind(self):
        """It may be of either kind: of neither the figures are whole, and nothing that was known is lost."""
        for complete in (False, True):
            with self.subTest(complete=complete), self.env.cr.savepoint() as savepoint:
                self.source.complete = complete
                both, run = self._import_of_no_kind()
                self.assertEqual(self._get_residuals(both), [60.0, -50.0])
                self.assertEqual(self._get_figures(both)[2:], (60.0, True))
                self.assertEqual(self._get_figures(both, "payable")[2:], (50.0, True))
                self.assertEqual(self._get_figures(self.vendor, "payable")[3], False)
                run.action_undo()
                for kind, total in (("receivable", 60.0), ("payable", 50.0)):
                    self.assertEqual(self._get_figures(both, kind), (0.0, total, total, False))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_row_that_tells_no_kind_after_a_list_that_told(self):
        """Of a list that is not complete it leaves the figures of both kinds as they were known, incomplete."""
        self.source.complete = False
        both = self._create_partner("Both Ways", debtor_number="R-2", creditor_number="R-3")
        self.source.cover = "both"
        self._import(["R-2;X-1;10.01.2026;40,00", "R-3;X-2;10.01.2026;-30,00"], apply=True, balance_date="2026-02-28")
        both.write({"debtor_number": False, "creditor_number": False, "ref": "R-2"})
        run = self._import([self.listed, "R-2;X-9;01.02.2026;-7,00"], apply=True)
        self.assertEqual(self._get_figures(both), (40.0, 0.0, 40.0, True))
        self.assertEqual(self._get_figures(both, "payable"), (30.0, 0.0, 30.0, True))
        self.assertEqual([str(both.open_balance_date), str(both.open_payable_date)], ["2026-02-28", "2026-02-28"])
        run.action_undo()
        self.assertEqual(self._get_figures(both), (40.0, 0.0, 40.0, False))
        self.assertEqual(self._get_figures(both, "payable"), (30.0, 0.0, 30.0, False))

    def _get_residuals(self, partner):
        documents = self.env["account.move"].search([("partner_id", "=", partner.id)], order="id")
        return documents.mapped("amount_residual_signed")

    def test_documents_that_a_row_may_mean_in_a_list_that_is_not_complete(self):
        self.source.complete = False
        for name, reference in (("INV/2026/00002", "A-6"), ("INV/2026/00003", "A-6")):
            self._create_document(self.customer, 70.0, name, ref=reference)
        row = "10001;A-6;15.01.2026;60,00"
        run = self._import([self.listed, row], apply=True)
        self.assertFigures((100.0, 140.0, 240.0, True))
        self.assertEqual(
            [(line.action, line.number, line.reason_code, line.state) for line in run.line_ids.sorted("id")],
            [
                ("keep", "INV/2026/00001", "confirmed", "done"),
                ("review", "A-6", "document_ambiguous", "skipped"),
                ("skip", "INV/2026/00002", "mentioned", "skipped"),
                ("skip", "INV/2026/00003", "mentioned", "skipped"),
            ],
        )
        self._correct(
            ("10001", "Azure", "INV/2026/00002", self.day, "", 60.0, ""),
            ("10001", "Azure", "INV/2026/00003", self.day, "", 70.0, ""),
        )
        self.assertEqual(self._get_figures()[:3], (230.0, 0.0, 230.0))

    def test_contact_and_search(self):
        contact = self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        self._create_document(contact, 30.0, "INV/2026/00003", date="2026-04-01")
        self._import([self.listed, "10001;X-2;15.01.2026;x", "10002;X-3;15.01.2026;1,00"], apply=True)
        self.assertEqual(self._get_figures(contact), (100.0, 30.0, 130.0, True))
        Partner = self.env(user=self.clerk)["res.partner"]
        ours = [("id", "in", (self.customer | self.other_customer).ids)]
        for operator, value, expected in (
            ("=", True, self.customer),
            ("!=", True, self.other_customer),
            ("=", False, self.other_customer),
            ("in", [True, False], self.customer | self.other_customer),
        ):
            with self.subTest(operator=operator, value=value):
                found = Partner.search([("open_balance_is_incomplete", operator, value), *ours], order="id")
                self.assertEqual(found, expected)
        groups = Partner._read_group(ours, ["open_balance_is_incomplete"], ["open_balance_total:sum"])
        self.assertEqual(groups, [(False, 1.0), (True, 130.0)])

    def test_credit_check_says_so(self):
        self.env.company.account_use_credit_limit = True
        self.customer.credit_limit = 100.0
        self._import([self.listed, "10001;X-2;15.01.2026;x"], apply=True)
        draft = self._create_document(self.customer, 20.0, "/", date="2026-04-10", post=False)
        self.assertIn("incomplete: rows of the open item list wait", draft.partner_credit_warning)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestToTheCent(FiguresCommon):
    """What was counted equals the ledger to the smallest amount, whatever was paid in whichever currency."""

    def _create_in_instalments(self, partner, currency, number, amount, move_type="out_invoice"):
        return self._create_document(
            partner, amount, number, move_type, currency_id=currency.id, invoice_payment_term_id=self.thirds.id
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thirds = cls.env["account.payment.term"].create(
            {
                "name": "Thirds",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": percent, "nb_days": days})
                    for percent, days in ((33.33, 0), (33.33, 30), (33.34, 60))
                ],
            }
        )

    def test_instalments_in_foreign_currency(self):
        self.source.decimal_mark = ","
        for code, rate, decimals in (("EUR", 0.8737, 2), ("JPY", 157.33, 0), ("KWD", 0.3071, 3), ("BHD", 2.6543, 3)):
            currency = self.setup_other_currency(code, rates=[("2026-01-01", rate)])
            currency.rounding = 10.0**-decimals
            customer = self._create_partner(f"Customer {code}", debtor_number=f"1{code}")
            vendor = self._create_partner(f"Vendor {code}", creditor_number=f"7{code}")
            rows = []
            for at, whole in enumerate((100.0, 33.37, 1234.5, 77.77)):
                amount = currency.round(whole + at / 7)
                number = f"INV/{code}/{at}"
                invoice = self._create_in_instalments(customer, currency, number, amount)
                bill = self._create_in_instalments(vendor, currency, number, amount, "in_invoice")
                rows += self._get_part_paid_rows(invoice, f"1{code}", number)
                rows += self._get_part_paid_rows(bill, f"7{code}", number)
            for _again in range(2):
                run = self._import(rows, header=DUE_HEADER, apply=True)
                self.assertEqual(set(run.line_ids.filtered("row").mapped("state")), {"done"}, code)
                for partner, kind in ((customer, "receivable"), (vendor, "payable")):
                    ledger = self._get_ledger(partner, kind)
                    self.assertEqual(self._get_figures(partner, kind), (ledger, 0.0, ledger, False), (code, kind))

    def _get_part_paid_rows(self, document, account, number):
        """One row per instalment with a bit less than what is open of it."""
        for share, line in enumerate(document.line_ids.filtered("date_maturity").sorted("date_maturity"), start=1):
            balance = line.currency_id.round(line.amount_residual_currency / (share + 0.37))
            text = f"{balance:.{line.currency_id.decimal_places}f}".replace(".", ",")
            yield f"{account};{number};15.01.2026;{line.date_maturity:%d.%m.%Y};{text};{line.currency_id.name}"

    def test_document_as_a_whole(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8737)])
        self._create_in_instalments(self.customer, euro, "INV/2026/00001", 100.01)
        self._import(["10001;INV/2026/00001;15.01.2026;50,03;EUR"], header=CURRENCY_HEADER, apply=True)
        ledger = self._get_ledger()
        self.assertEqual(self._get_figures(), (ledger, 0.0, ledger, False))

    def test_credit_that_was_paid_too_much(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8737)])
        self._create_in_instalments(self.customer, euro, "INV/2026/00001", 100.01)
        for _again in range(2):
            self._import(["10001;INV/2026/00001;15.01.2026;-20,07;EUR"], header=CURRENCY_HEADER, apply=True)
            self.assertFigures((-22.97, 0.0, -22.97, False))

    def test_credit_of_a_document_that_waits_for_a_person(self):
        """What an earlier list paid too much stays the partner's credit, whatever becomes of the row."""
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._create_document(self.vendor, 50.0, "RE-1", "in_invoice")
        rows = ["10001;INV/2026/00001;15.01.2026;-20,00", "70001;RE-1;15.01.2026;10,00"]
        self._import(rows, apply=True, balance_date="2026-02-28")
        self.assertFigures((-20.0, 0.0, -20.0, False))
        self.assertFigures((-10.0, 0.0, -10.0, False), self.vendor, "payable")
        rows = ["10001;INV/2026/00001;15.01.2026;x", "70001;RE-1;15.01.2026;-90,00"]
        self._import(rows, apply=True)
        self.assertFigures((-20.0, 0.0, -20.0, True))
        self.assertFigures((-10.0, 0.0, -10.0, True), self.vendor, "payable")

    def test_payment_that_a_person_loosened(self):
        """The next list cancels it, and says what is open all the same."""
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True, balance_date="2026-02-28")
        invoice.line_ids.remove_move_reconcile()
        run = self._import(["10001;INV/2026/00001;15.01.2026;100,00"], apply=True)
        self.assertEqual([(line.action, line.state) for line in run.line_ids], [("keep", "done"), ("cancel", "done")])
        self.assertFigures((100.0, 0.0, 100.0, False))

    def test_external_item_whose_rate_has_moved(self):
        self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-15", 4.0)])
        rows = ["10001;X-1;15.01.2026;40,00;EUR"]
        first = self._import(rows, header=CURRENCY_HEADER, apply=True, balance_date="2026-02-28")
        self.assertFigures((20.0, 0.0, 20.0, False))
        second = self._import(rows, header=CURRENCY_HEADER, apply=True)
        self.assertEqual(second.line_ids.action, "keep")
        self.assertFigures((10.0, 0.0, 10.0, False))
        second.action_undo()
        self.assertFigures((20.0, 0.0, 20.0, False))
        first.action_undo()
        self.assertFigures((0.0, 0.0, 0.0, False))

    def test_difference_within_the_tolerance(self):
        self.source.tolerance = 0.05
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self._import(["10001;INV/2026/00001;15.01.2026;99,97"], apply=True)
        self.assertFigures((100.0, 0.0, 100.0, False))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestWhatTheListCannotContain(FiguresCommon):
    """Documents that came after the list count beside it."""

    def test_created_after_the_list_and_dated_before_it(self):
        for zone, moment, expected in (
            (False, "2026-03-31 23:30:00", (5.0, 0.0, 5.0, False)),
            (False, "2026-04-01 00:30:00", (5.0, 100.0, 105.0, False)),
            ("Europe/Brussels", "2026-03-31 22:30:00", (5.0, 100.0, 105.0, False)),
            ("America/New_York", "2026-04-01 03:30:00", (5.0, 0.0, 5.0, False)),
        ):
            with self.subTest(zone=zone, moment=moment):
                savepoint = self.env.cr.savepoint()
                self.env.company.partner_id.tz = zone
                self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
                self._create_document(self.customer, 100.0, "INV/2026/00001", created=moment)
                self.customer.invalidate_recordset()
                self.assertEqual(self._get_figures(), expected)
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_created_before_apply_is_not_closed_and_counts(self):
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", created="2026-04-05 08:00:00")
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(invoice.amount_residual, 100.0)
        self.assertFigures((5.0, 100.0, 105.0, False))

    def test_created_after_the_list_that_names_it_all_the_same(self):
        self._create_document(self.customer, 100.0, "INV/2026/00001", created="2026-04-05 08:00:00")
        self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertFigures((40.0, 0.0, 40.0, False))

    def test_transfers(self):
        self.source.uses_transfers = True
        self._import(["10001;X-1;15.01.2026;5,00", "70001;X-2;15.01.2026;-5,00"], apply=True)
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        bill = self._create_document(self.vendor, 100.0, "RE-1", "in_invoice")
        for date, newer in (("2026-03-30", 0.0), ("2026-03-31", 100.0), ("2026-04-01", 100.0)):
            with self.subTest(date=date):
                (invoice | bill)._set_transfer(self.env["open.balance.transfer"].create({"name": "T", "date": date}))
                expected = (5.0, newer, 5.0 + newer, False)
                self.assertEqual(self._get_figures(), expected)
                self.assertEqual(self._get_figures(self.vendor, "payable"), expected)

    def test_transfer_before_the_list_beats_the_day_of_creation(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001", created="2026-04-05 08:00:00")
        invoice._set_transfer(self.env["open.balance.transfer"].create({"name": "T", "date": "2026-03-30"}))
        self.assertEqual(self._get_figures(), (5.0, 0.0, 5.0, False))

    def test_bill_of_a_branch(self):
        self.env.company.write({"child_ids": [Command.create({"name": "Branch"})]})
        self.cr.precommit.run()  # loads the branch's chart
        branch = self.env.company.child_ids
        self.env.user.company_ids |= branch
        self.clerk.company_ids |= branch
        self._import(["70001;X-2;15.01.2026;-5,00", "10001;X-1;15.01.2026;5,00"], apply=True)
        self._create_document(
            self.vendor, 30.0, "RE-1", "in_invoice", created="2026-04-05 08:00:00", company_id=branch.id
        )
        self.assertEqual(self._get_figures(self.vendor, "payable"), (5.0, 30.0, 35.0, False))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFreshFigures(FiguresCommon):
    """Whoever reads the figures twice in one transaction reads what has been done in between."""

    def test_posting_paying_and_resetting(self):
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_figures(), (5.0, 0.0, 5.0, False))
        invoice = self._create_document(self.customer, 30.0, "INV/2026/00002", date="2026-04-01", post=False)
        self.assertEqual(self._get_figures(), (5.0, 0.0, 5.0, False))
        invoice.action_post()
        self.assertEqual(self._get_figures(), (5.0, 30.0, 35.0, False))
        payment = self._pay_in_odoo(invoice, 10.0)
        self.assertEqual(self._get_figures(), (5.0, 20.0, 25.0, False))
        payment.move_id.line_ids.remove_move_reconcile()
        self.assertEqual(self._get_figures(), (5.0, 30.0, 35.0, False))
        invoice.button_draft()
        self.assertEqual(self._get_figures(), (5.0, 0.0, 5.0, False))

    def test_apply_and_undo(self):
        contact = self.env["res.partner"].create({"name": "Joe", "parent_id": self.customer.id})
        self._create_document(self.customer, 100.0, "INV/2026/00001")
        self.assertEqual(self._get_figures(contact), (0.0, 100.0, 100.0, False))
        self.assertEqual(self.customer.open_balance_group_total, 100.0)
        run = self._import(["10001;INV/2026/00001;15.01.2026;40,00"], apply=True)
        self.assertEqual(self._get_figures(contact), (40.0, 0.0, 40.0, False))
        self.assertEqual(self.customer.open_balance_group_total, 40.0)
        run.action_undo()
        self.assertEqual(self._get_figures(contact), (0.0, 100.0, 100.0, False))

    def test_transfer_that_is_dated_otherwise(self):
        self.source.uses_transfers = True
        invoice = self._create_document(self.customer, 100.0, "INV/2026/00001")
        transfer = self.env["open.balance.transfer"].create({"name": "T", "date": "2026-03-01"})
        invoice._set_transfer(transfer)
        self.source.complete = False
        self._import(["10001;X-1;15.01.2026;5,00"], apply=True)
        self.assertEqual(self._get_figures(), (5.0, 0.0, 5.0, False))
        transfer.date = "2026-04-02"
        self.assertEqual(self._get_figures(), (5.0, 100.0, 105.0, False))
