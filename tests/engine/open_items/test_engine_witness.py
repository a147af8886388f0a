"""The books as witness: roles that they tell in any language, and readings that they contradict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ....engine import GUARDS, ReadOptions, Witness, read
from ....engine.items import BookPartner
from ...engine_samples import D, book

NAMES = ("Azure Interior", "Deco Addict", "Gemini Furniture")
PARTNERS = [BookPartner(at, name, debtor_number=f"1000{at}") for at, name in enumerate(NAMES, 1)]
BOOKS = [
    book(
        at,
        name=f"INV/2026/0004{at}",
        owner=1 + at % 3,
        residual=D(f"{at}10.50"),
        total=D(f"{at}60.50"),
        date=date(2026, 2, at),
        due_date=date(2026, 3, at + 1),
    )
    for at in range(1, 7)
]
WITNESS = Witness(BOOKS, PARTNERS, ("{digits}",))


def told(result):
    """What was read: partner number and name, number, dates and balance of each item."""
    return [
        (item.partner_number, item.partner_name, item.number, item.date, item.due_date, item.balance)
        for item in result.items
    ]


def expected(number=True):
    """What a list of all documents gives; ``number``: whether it has the partners' numbers beside their names."""
    return [
        (
            f"1000{one.partner_id}" if number else None,
            NAMES[one.partner_id - 1],
            one.name,
            one.date,
            one.due_date,
            one.residual,
        )
        for one in BOOKS
    ]


class TestRoles(BaseCase):
    def _read(self, lines, books=WITNESS, **options):
        content = "\n".join(lines) + "\n"
        return read(content.encode(), "list.csv", ReadOptions(books=books, kind="receivable", **options))

    def _lines(self, header, form, mark=","):
        """A list of all documents: ``form`` has their values, ``mark`` is its decimal mark."""
        rows = []
        for one in BOOKS:
            values = {
                "no": one.name,
                "own": f"K-77{one.id}",
                "pno": f"1000{one.partner_id}",
                "pname": NAMES[one.partner_id - 1],
                "date": f"{one.date:%d.%m.%Y}",
                "due": f"{one.due_date:%d.%m.%Y}",
                "open": f"{one.residual:.2f}".replace(".", mark),
                "total": f"{one.total:.2f}".replace(".", mark),
            }
            rows.append(form.format(**values))
        return [header, *rows] if header else rows

    def test_header_in_an_unknown_language(self):
        header = "Mã khách;Tên khách;Số hóa đơn;Ngày;Hạn;Còn lại"
        result = self._read(self._lines(header, "{pno};{pname};{no};{date};{due};{open}"))
        self.assertEqual(told(result), expected())
        self.assertEqual([issue.code for issue in result.problems], ["role_by_books"] * 6)
        self.assertEqual(
            {issue.values["role"]: (issue.values["column"], issue.values["count"]) for issue in result.problems},
            {
                "number": ("Số hóa đơn", 6),
                "balance": ("Còn lại", 6),
                "date": ("Ngày", 6),
                "due_date": ("Hạn", 6),
                "partner_number": ("Mã khách", 6),
                "partner_name": ("Tên khách", 6),
            },
        )

    def test_without_header(self):
        result = self._read(self._lines("", "{open};{no};{pname};{date};{due}"))
        self.assertEqual(told(result), expected(number=False))

    def test_without_books_nothing_is_read(self):
        header = "Mã khách;Tên khách;Số hóa đơn;Ngày;Hạn;Còn lại"
        result = self._read(self._lines(header, "{pno};{pname};{no};{date};{due};{open}"), books=None)
        self.assertEqual((result.items, [issue.level for issue in result.problems]), ((), ["stop"]))

    def test_one_unknown_word(self):
        header = "Debtor;Name;Gribble;Date;Due date;Balance"
        result = self._read(self._lines(header, "{pno};{pname};{no};{date};{due};{open}"))
        self.assertEqual(told(result), expected())
        self.assertEqual([issue.values["role"] for issue in result.problems], ["number"])

    def test_two_amounts_that_differ_are_not_guessed(self):
        """Where documents agree with both a total and a balance, the books don't tell which is open."""
        lines = self._lines("No;Name;Date;Zib;Zab", "{no};{pname};{date};{open};{open}")
        lines.append("INV/2026/00099;Deco Addict;09.02.2026;10,00;990,00")
        result = self._read(lines)
        self.assertEqual((result.items, [issue.code for issue in result.problems]), ((), ["column_missing"]))

    def test_few_hits_prove_nothing(self):
        """Two documents that agree give no role."""
        lines = self._lines("Zoo;Zap;Zip;Zot", "{no};{pname};{date};{open}")[:3]
        result = self._read([*lines, "X1;Anna;01.02.2026;3,00", "X2;Bert;01.02.2026;4,00"])
        self.assertEqual((result.items, [issue.level for issue in result.problems]), ((), ["stop"]))

    def test_what_a_person_ignores_stays_ignored(self):
        lines = self._lines("Debtor;Gribble;Date;Due date;Balance", "{pno};{no};{date};{due};{open}")
        result = self._read(lines, columns={"Gribble": ""})
        self.assertEqual([item.number for item in result.items], [None] * 6)

    # === RIVALS === #

    def _rivals(self, lines, **options):
        """The rivals of a reading, as role or code, column, and how many agree: with it, before, of how many."""
        result = self._read(lines, **options)
        found = [issue for issue in result.problems if issue.code.startswith("rival")]
        self.assertTrue(all(issue.level == "stop" and issue.code in GUARDS for issue in found))
        return [
            (
                issue.values.get("role") or issue.code,
                issue.values.get("column", ""),
                *(issue.values[name] for name in ("count", "before", "total")),
            )
            for issue in found
        ]

    def test_another_column_has_the_numbers(self):
        lines = self._lines("Debtor;Invoice number;Zork;Date;Due date;Balance", "{pno};{own};{no};{date};{due};{open}")
        self.assertEqual(self._rivals(lines), [("number", "Zork", 6, 0, 6)])

    def test_another_column_has_what_is_open(self):
        """The amount that was chosen is above what is open, and another one is just that."""
        lines = self._lines("Debtor;Invoice number;Date;Balance;Zork", "{pno};{no};{date};{total};{open}")
        self.assertEqual(self._rivals(lines), [("balance", "Zork", 6, 0, 6)])

    def test_payments_in_the_package_are_no_rivals(self):
        """Balances below the books' residuals are what lists are for, also where another column has the residuals."""
        lines = self._lines("Debtor;Invoice number;Date;Total;Balance", "{pno};{no};{date};{open};1,00")
        self.assertEqual(self._rivals(lines), [])

    def test_another_column_has_the_partners(self):
        lines = self._lines("Debtor;Zork;Invoice number;Date;Balance", "77{pno};{pname};{no};{date};{open}")
        self.assertEqual(self._rivals(lines), [("partner_name", "Zork", 6, 0, 6)])

    def test_the_other_decimal_mark(self):
        lines = self._lines("Debtor;Invoice number;Date;Balance", "{pno};{no};{date};1{open}", "")
        lines = [line.removesuffix("50").replace(";1", ";1,") for line in lines]
        books = [replace(one, residual=D(f"1{at}10"), lines=()) for at, one in enumerate(BOOKS, 1)]
        found = self._rivals(lines, decimal_mark=",", books=Witness(books, PARTNERS))
        self.assertEqual(found, [("rival_decimal_mark", "", 6, 0, 6)])

    def test_day_and_month_swapped(self):
        lines = self._lines("Debtor;Invoice number;Date;Balance", "{pno};{no};{date};{open}")
        lines = [line.replace(".2026", "/2026").replace(".02/", "/02/") for line in lines]
        self.assertEqual(self._rivals(lines, date_order="mdy"), [("rival_date_order", "", 6, 1, 6)])

    def test_company_currency(self):
        books = [
            book(at, residual=D(f"{at}00"), rate=2, name=f"INV/2026/0004{at}", currency="USD") for at in range(1, 5)
        ]
        lines = ["No;Debtor;Currency;Balance", *(f"{one.name};10001;USD;{one.company_residual}" for one in books)]
        result = self._read(lines, Witness(books, PARTNERS))
        self.assertEqual([issue.code for issue in result.problems if issue.level == "stop"], ["rival_currency"])
        self.assertEqual([item.balance for item in result.items], [Decimal(200 * at) for at in range(1, 5)])

    def test_a_right_list_has_no_rivals(self):
        lines = self._lines(
            "Debtor;Name;Invoice number;Date;Due date;Balance;Total;Note",
            "{pno};{pname};{no};{date};{due};{open};{total};see {no}",
        )
        result = self._read(lines)
        self.assertEqual((told(result), result.problems), (expected(), ()))
