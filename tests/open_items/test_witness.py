"""The books as witness of how a list was read, on a real ledger."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_import import OpenBalanceImportCommon

HEADER = "Mã khách;Tên khách;Số hóa đơn;Ngày;Hạn;Còn lại"


@tagged("post_install", "-at_install")
class TestWitness(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = cls.env["account.move"]
        for at in range(1, 5):
            partner = cls.customer if at % 2 else cls.other_customer
            cls.invoices |= cls._create_document(partner, 100 * at, f"INV/2026/0010{at}", date=f"2026-01-1{at}")

    def _lines(self, form):
        """A list of all invoices, of which the last is half paid."""
        return [
            form.format(
                no=move.name,
                pno=move.partner_id.debtor_number,
                name=move.partner_id.name,
                date=f"{move.invoice_date:%d.%m.%Y}",
                open=f"{move.amount_residual / (2 if move == self.invoices[-1] else 1):.2f}".replace(".", ","),
            )
            for move in self.invoices
        ]

    def _told(self, run):
        """Number, action and payment of each line, in the order of the list."""
        return [(line.number, line.action, line.payment_amount) for line in run.line_ids.sorted("row")]

    def _codes(self, run, *levels):
        return run.problem_ids.filtered(lambda problem: problem.level in levels).mapped("code")

    def test_list_in_an_unknown_language(self):
        run = self._import(self._lines("{pno};{name};{no};{date};;{open}"), header=HEADER)
        self.assertEqual(run.state, "planned")
        self.assertEqual(
            self._told(run),
            [
                ("INV/2026/00101", "keep", 0),
                ("INV/2026/00102", "keep", 0),
                ("INV/2026/00103", "keep", 0),
                ("INV/2026/00104", "pay", 200),
            ],
        )
        self.assertEqual(run.agreement_sentence, "4 of 4 numbers, 3 amounts and 4 dates agree with Odoo.")
        role = run.problem_ids.filtered(lambda problem: problem.text == "" and problem.column == "Số hóa đơn")
        self.assertEqual(
            role.message,
            "“Số hóa đơn” was taken for: Document number. 4 of 4 values agree with the documents in Odoo.",
        )

    def test_rival_is_a_guard_and_taken_by_one_click(self):
        """The package's own numbers are in the column of numbers, Odoo's in one of which nobody knows what it is."""
        rows = [f"K-88{at};{line}" for at, line in enumerate(self._lines("{pno};{no};{date};{open}"))]
        run = self._import(rows, header="Invoice number;Debtor;Zork;Date;Balance", apply=True)
        self.assertEqual((run.state, self._codes(run, "stop")), ("planned", ["rival_column"]))
        rival = run.problem_ids.filtered(lambda problem: problem.code == "rival_column")
        self.assertEqual((rival.can_take, rival.can_confirm), (True, True))
        rival.action_take()
        self.assertEqual((run.state, self._codes(run, "stop")), ("planned", []))
        self.assertEqual([action for _number, action, _payment in self._told(run)], ["keep", "keep", "keep", "pay"])
        self.assertEqual(
            run.column_ids.filtered("field").mapped("field"), ["partner_number", "number", "date", "balance"]
        )

    def test_rival_needs_the_right_to_change_the_run(self):
        rows = [f"K-88{at};{line}" for at, line in enumerate(self._lines("{pno};{no};{date};{open}"))]
        run = self._import(rows, header="Invoice number;Debtor;Zork;Date;Balance")
        auditor = self._create_user("auditor", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "not allowed"):
            run.problem_ids.filtered("can_take").with_user(auditor).action_take()
