"""What a plan leaves on the accounts: the preview must say it to the cent."""

from dataclasses import replace
from datetime import date

from odoo.tests import BaseCase

from ....engine.open_items.items import BookLine
from ....engine.open_items.ledger import foresee
from ...engine_samples import DUE, POLICY, D, book, item, make, paid

THIRD = "0.3333"


def foreign(*residuals, total=None, **values):
    """A document in dollars with a due line per residual, each of ``total`` (else of its residual)."""
    days = (DUE, date(2026, 4, 3), date(2026, 5, 3))
    lines = []
    for at, residual in enumerate(residuals):
        whole = D(str(residual if total is None else total))
        company = [(amount * D(THIRD)).quantize(D("0.01")) for amount in (whole, D(str(residual)))]
        lines.append(BookLine(10 + at, days[at], D(str(residual)), whole, *company))
    document = book(1, sum(residuals), sum(line.total for line in lines), currency="USD", lines=tuple(lines), **values)
    company_total, company_residual = (
        sum(getattr(line, name) for line in lines) for name in ("company_total", "company_residual")
    )
    return replace(document, company_total=company_total, company_residual=company_residual)


class TestForesee(BaseCase):
    """Changes of the receivable account, company currency: documents in a currency worth a third."""

    def check(self, document, balance, expected, **values):
        items = [item("INV/1", balance, currency="USD", **values)] if balance is not None else [item("X", 1, "D2")]
        planned = make(items, [document])
        change = foresee(planned, {1: document}, items, POLICY)
        self.assertEqual(change, {"receivable": D(expected), "payable": D(0)})

    def test_unchanged(self):
        self.check(foreign(100), 100, "0")

    def test_part(self):
        """33.33 were open, 3.33 are left of 10.00."""
        self.check(foreign(100), 10, "-30.00")

    def test_all_takes_the_last_cent(self):
        self.check(foreign(100), None, "-33.33")

    def test_each_due_line_is_rounded_by_itself(self):
        """Of 1.67 and 1.67 the first is paid, the second leaves 0.33 of 1.00."""
        self.check(foreign(5, 5), 1, "-3.01", due_date=date(2026, 4, 3))

    def test_overpaid(self):
        """33.33 and a credit of 3.33."""
        self.check(foreign(100), -10, "-36.66")

    def test_reopened(self):
        self.check(foreign(0, total=100, payments=(paid(7, 100, company=D("-33.33")),)), 100, "33.33")

    def test_reopened_in_part(self):
        """3.33 are open again, whatever payments it takes."""
        self.check(foreign(0, total=100, payments=(paid(7, 100, company=D("-33.33")),)), 10, "3.33")

    def test_reopened_in_part_of_known_due_lines(self):
        """Of 1.67, 1.67 and 33.33 the first two come back; 4.90 of the second's 5.00 stays: 1.64, not 1.63."""
        lines = [(10, D(5), D("1.67")), (11, D(5), D("1.67")), (12, D(100), D("33.33"))]
        payments = (
            paid(8, 10, company=D("-3.34"), lines=tuple(lines[:2])),
            paid(7, 100, company=D("-33.33"), lines=tuple(lines[2:])),
        )
        document = foreign(0, 0, 0, total=5, payments=payments)
        last = replace(document.lines[2], total=D(100), company_total=D("33.33"))
        document = replace(document, total=D(110), company_total=D("36.67"), lines=(*document.lines[:2], last))
        self.check(document, "4.9", "1.64")

    def test_credit_goes_with_its_payment(self):
        payments = (paid(7, 100, -10, company=D("-36.66")),)
        self.check(foreign(0, total=100, payments=payments), None, "3.33")

    def test_instalment_paid_beside_a_payment_that_is_cancelled(self):
        """The loose 4.00 (1.33) go; of 7.00 (2.33) the list leaves 3.00 (1.00), and says nothing of the other 5.00."""
        document = foreign(5, 7, payments=(paid(7, 0, loose=D(-4), company=D("-1.33")),))
        items = [item("INV/1", 3, currency="USD", due_date=date(2026, 4, 3))]
        planned = make(items, [document], complete=False)
        self.assertEqual(foresee(planned, {1: document}, items, POLICY)["receivable"], D("0.00"))

    def test_due_date_of_the_list_beside_a_payment_that_is_cancelled(self):
        """Of 1.67, 2.33 and 3.33 the list names the second as open last: the first is paid, the third leaves 2.33."""
        payments = (paid(7, 0, loose=D(-4), company=D("-1.33")),)
        self.check(foreign(5, 7, 10, payments=payments), 14, "-1.34", due_date=date(2026, 4, 3))

    def test_cancelled(self):
        """A payment of 20.00 that a person loosened is cancelled."""
        self.check(foreign(100, payments=(paid(7, 0, loose=D(-20), company=D("-6.67")),)), 100, "6.67")

    def test_draft_is_in_no_ledger(self):
        payments = (paid(7, 0, draft=True, company=D("-6.67")),)
        self.check(foreign(100, payments=payments), 10, "0")
