from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import BALANCE_DATE, TODAY
from ..common_import import OpenBalanceImportCommon
from ..exact_samples import Item, customer, document, schema_errors, topic, vendor

AZURE = ("            10001", "Azure Interior")
DECO = ("10002", "Deco Addict")
WOOD = ("70001", "Wood Corner")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportExact(OpenBalanceImportCommon):
    """Exact Online's outstanding items, from file to ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.number_pattern = "{digits}"

    def _read_valid(self, data):
        self.assertEqual(schema_errors(data), [])
        return data

    def _import_pages(self, *pages, **values):
        """Import files together by the dialog.

        :param tuple[str, bytes] pages: name and content of each file
        """
        env = self.env(user=self.clerk)
        files = env["ir.attachment"].create([{"name": name, "raw": self._read_valid(data)} for name, data in pages])
        upload = {"file_ids": files.ids, "source_id": self.source.id, "balance_date": BALANCE_DATE}
        action = env["open.balance.import.upload"].create({**upload, **values}).action_preview()
        return env["open.balance.import"].browse(action["res_id"])

    def _create_bill(self, amount, number):
        return self._create_document(self.vendor, amount, number, move_type="in_invoice")

    # === LEDGER === #

    def test_receivables_are_found_without_prefix(self):
        first = self._create_document(self.customer, 121.0, "INV/2026/00001")
        second = self._create_document(self.other_customer, 100.0, "INV/2026/00002")
        absent = self._create_document(self.customer, 70.0, "INV/2026/00003")
        items = customer(*AZURE, Item("202600001")) + customer(*DECO, Item("202600002", "40"), Item("9", "8"))
        data = self._read_valid(document(ars=items, topics=topic("ARs", 2)))
        run = self._import_text(data, filename="ARs_1.XML", apply=True)
        self.assertEqual(
            self._get_rows(run),
            [
                ("keep", "202600001", "INV/2026/00001", 121.0, 121.0, 0.0, "done", "confirmed"),
                ("pay", "202600002", "INV/2026/00002", 40.0, 100.0, 60.0, "done", "paid_outside"),
                ("external", "9", "", 8.0, 0.0, 0.0, "done", "external_new"),
                ("close", "INV/2026/00003", "INV/2026/00003", 0.0, 70.0, 70.0, "done", "absent"),
            ],
        )
        self.assertEqual((first + second + absent).mapped("amount_residual"), [121.0, 40.0, 0.0])
        self.assertEqual((run.problem_ids.ids, run.planned_cover), ([], "receivable"))
        self.assertRecordValues(run.file_ids, [{"format": "xml", "encoding": "utf-8", "row_count": 3, "item_count": 3}])

    def test_foreign_currency_is_the_documents(self):
        dollar = self.setup_other_currency("USD", rates=[("2026-01-01", 2.0)])
        self._create_document(self.customer, 1000.0, "INV/2026/00001", currency_id=dollar.id)
        item = Item("202600001", "400", "USD", own="368.2", total="1000")
        run = self._import_text(self._read_valid(document(ars=customer(*AZURE, item))), apply=True)
        self.assertEqual(
            self._get_rows(run),
            [("pay", "202600001", "INV/2026/00001", 400.0, 1000.0, 600.0, "done", "paid_outside")],
        )
        self.assertEqual(run.line_ids.currency_id, dollar)

    def test_without_pattern_the_number_is_only_a_question(self):
        self.source.write({"number_pattern": False, "complete": False})
        self._create_document(self.customer, 50.0, "INV/2026/00001")
        run = self._import_text(document(ars=customer(*AZURE, Item("202600001"))))
        self.assertEqual(
            self._get_short_rows(run),
            [
                ("review", "202600001", "", "planned", "looks_like"),
                ("skip", "INV/2026/00001", "INV/2026/00001", "planned", "mentioned"),
            ],
        )

    def test_paid_invoice_is_found_by_its_last_digits(self):
        self.source.number_pattern = "{last}"
        invoice = self._create_document(self.customer, 121.0, "INV/2026/00042")
        self._pay_in_odoo(invoice, 121.0)
        run = self._import_text(document(ars=customer(*AZURE, Item("42"))))
        self.assertEqual(self._get_short_rows(run), [("review", "42", "INV/2026/00042", "planned", "paid_in_odoo")])

    def test_same_number_in_two_years_waits_for_a_person(self):
        self.source.number_pattern = "{last}"
        paid = self._create_document(self.customer, 50.0, "INV/2025/00042", date="2025-06-01")
        self._pay_in_odoo(paid, 50.0)
        self._create_document(self.customer, 121.0, "INV/2026/00042")
        run = self._import_text(document(ars=customer(*AZURE, Item("42"))))
        self.assertEqual(
            self._get_short_rows(run),
            [
                ("review", "42", "", "planned", "document_ambiguous"),
                ("skip", "INV/2026/00042", "INV/2026/00042", "planned", "mentioned"),
            ],
        )

    def test_year_and_literal_text(self):
        self.source.number_pattern = "{year}-{last}"
        invoice = self._create_document(self.customer, 121.0, "INV/2026/00042")
        self._pay_in_odoo(invoice, 121.0)
        run = self._import_text(document(ars=customer(*AZURE, Item("2026-42"))))
        self.assertEqual(run.line_ids.move_id, invoice)

    # === PAGES === #

    def test_pages_of_both_topics_make_one_run(self):
        self._create_document(self.customer, 121.0, "INV/2026/00001")
        self._create_document(self.other_customer, 121.0, "INV/2026/00002")
        self._create_bill(242.0, "RE-0099")
        self._create_bill(80.0, "RE-0100")
        run = self._import_pages(
            ("ARs_1.XML", document(ars=customer(*AZURE, Item("202600001")), topics=topic("ARs", 1, 1))),
            ("ARs_2.XML", document(ars=customer(*DECO, Item("202600002")), topics=topic("ARs", 0, 1))),
            (
                "APs_1.XML",
                document(aps=vendor(*WOOD, Item("26001", "242", your_ref="RE-0099")), topics=topic("APs", 1)),
            ),
        )
        self.assertEqual(
            self._get_rows(run),
            [
                ("keep", "202600001", "INV/2026/00001", 121.0, 121.0, 0.0, "planned", "confirmed"),
                ("keep", "202600002", "INV/2026/00002", 121.0, 121.0, 0.0, "planned", "confirmed"),
                ("keep", "RE-0099", "BILL/2026/01/0001", -242.0, -242.0, 0.0, "planned", "confirmed"),
                ("close", "BILL/2026/01/0002", "BILL/2026/01/0002", 0.0, -80.0, -80.0, "planned", "absent"),
            ],
        )
        self.assertEqual((run.state, run.has_stop, run.planned_cover), ("planned", False, "both"))

    def test_full_page_is_stopped_until_confirmed(self):
        self._create_document(self.customer, 121.0, "INV/2026/00001")
        data = document(ars=customer(*AZURE, Item("202600001")), topics=topic("ARs", 1, 1))
        run = self._import_pages(("ARs_1.XML", data))
        self.assertEqual((run.state, self._get_problems(run)), ("planned", ["list_cut_off"]))
        self._get_problem(run, "list_cut_off").action_confirm()
        self.assertFalse(run.has_stop)

    def test_empty_next_page_is_no_problem(self):
        self._create_document(self.customer, 121.0, "INV/2026/00001")
        run = self._import_pages(
            ("ARs_1.XML", document(ars=customer(*AZURE, Item("202600001")), topics=topic("ARs", 1, 1))),
            ("ARs_2.XML", document(topics=topic("ARs", 0, 1))),
        )
        self.assertEqual((run.state, run.problem_ids.ids, run.planned_cover), ("planned", [], "receivable"))

    def test_sign_of_payables_follows_the_bills(self):
        """Most items are credit notes here, so that the majority of the rows is wrong about the sign."""
        self._create_bill(242.0, "RE-0099")
        for number in ("CN-1", "CN-2"):
            self._create_document(self.vendor, 50.0, number, move_type="in_refund")
        items = [Item("1", "242", your_ref="RE-0099"), *(Item(ref, "-50", your_ref=f"CN-{ref}") for ref in ("1", "2"))]
        run = self._import_text(self._read_valid(document(aps=vendor(*WOOD, *items))))
        self.assertEqual([row[-1] for row in self._get_rows(run)], ["confirmed"] * 3)
        self.assertEqual(self._get_problems(run, "info"), ["payables_sign_turned"])

    # === ANSWERS === #

    def test_what_is_no_list_fails_with_its_own_answer(self):
        message = (
            '<Message type="0"><Date>2026-01-15T10:00:00</Date><Description>Period is closed</Description></Message>'
        )
        for data, code, words in [
            (document(messages=message), "exact_messages", "1 errors.*Period is closed"),
            (b"<eExact><Accounts/><GLTransactions/></eExact>", "exact_topic", "Accounts, GLTransactions"),
            (b"<eExact><GLEntries/></eExact>", "exact_globe", "Exact Globe"),
            (b"<eExact><ARs/></eExact>", "exact_empty", "no outstanding item"),
            (b'<!DOCTYPE eExact [<!ENTITY x "y">]><eExact/>', "xml_forbidden", "document type"),
        ]:
            with self.subTest(code):
                run = self._import_text(data, filename="ARs_1.XML", apply=True)
                self.assertEqual((run.state, self._get_problems(run)), ("failed", [code]))
                self.assertRegex(run.problem_ids.message, rf"ARs_1\.XML.*{words}")

    # === SOURCE === #

    def test_example_is_shown_live(self):
        source = self.env["open.balance.source"].create({"name": "Exact"})
        with Form(source) as form:
            self.assertFalse(form.number_pattern_example)
            form.number_pattern = "{digits}"
            self.assertEqual(form.number_pattern_example, "INV/2026/00042 → 202600042")
            form.number_pattern = "{seq5}"
            self.assertIn("cannot tell documents apart", form.number_pattern_example)
            self._create_document(self.customer, 100.0, "INV/2026/00007")
            form.number_pattern = "F{last}"
            self.assertEqual(form.number_pattern_example, "INV/2026/00007 → F7")

    def test_pattern_that_is_none_is_refused(self):
        for pattern in ("{year}", "INV", "{seq", "{number}"):
            with self.subTest(pattern), self.assertRaisesRegex(ValidationError, "cannot tell documents apart"):
                self.source.number_pattern = pattern

    def test_exact_online_is_there_from_the_start(self):
        company = self.env["res.company"].create({"name": "New"})
        Source = self.env["open.balance.source"].with_company(company)
        default = Source.sudo()._get_candidates(company)[:1]
        self.assertRecordValues(
            Source.search([("company_id", "=", company.id)]),
            [
                {"name": "Open item list", "number_pattern": False},
                {"name": "Exact Online", "number_pattern": "{digits}"},
                {"name": "Opening documents", "number_pattern": False},
            ],
        )
        self.assertEqual(default.name, "Open item list")
        self.assertEqual(Source._get_candidates(company)[:1], default)

    def test_companies_of_the_installation_have_it(self):
        company = self.env.ref("base.main_company")
        Source = self.env["open.balance.source"].sudo()
        sources = Source.with_context(active_test=False).search([("company_id", "=", company.id)])
        self.assertIn("Exact Online", sources.mapped("name"))
        self.assertFalse(Source._create_ready_made(company))
