"""Lists in which everything has one number, one name or one partner cost no more for each row than others.

Work is counted in executed lines of the engine instead of seconds: a busy machine changes nothing.
"""

import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import BaseCase

from ...engine import ReadOptions, Witness, read
from ...engine.debtor_balances.items import BookBalance, ReportedBalance
from ...engine.debtor_balances.planning import plan_balances
from ...engine.items import BookPartner
from ...engine.open_items import likeness
from ..engine_samples import DAY, POLICY, book, external, item, lines, make, paid
from ..opening_samples import make as make_opening
from ..opening_samples import told as opening

COUNT = 150
GROWTH = 2.3  # of the work when a list has twice as many rows
MOST_LINES = 8_000_000  # executed for the widest sheet that is read, with books that were not asked before


def count_lines(function, *args):
    """The executed lines of a call, those of comprehensions once for each element."""
    lines_run = 0

    def trace(_frame, event, _arg):
        nonlocal lines_run
        lines_run += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*args)
    finally:
        sys.settrace(before)
    return lines_run


def partners(count, name="Name {0}", **values):
    """Partners 1, 2, ...; texts are formatted with the id."""
    return [
        BookPartner(at, name.format(at), **{field: text.format(at) for field, text in values.items()})
        for at in range(1, count + 1)
    ]


def items(count, number="A-{0}", owner="D1", **values):
    """Reported items in rows 1, 2, ...; texts are formatted with the row."""
    return [
        item(
            number and number.format(at),
            owner=owner and owner.format(at),
            row=at,
            **{name: value.format(at) if isinstance(value, str) else value for name, value in values.items()},
        )
        for at in range(1, count + 1)
    ]


def books(count, name="B-{0}", owner="1", **values):
    """Documents 1, 2, ...; texts are formatted with the id."""
    return [book(at, name=name.format(at), owner=int(owner.format(at)), **values) for at in range(1, count + 1)]


NUMBERED = {"debtor_number": "D{0}"}
ALIKE = {"name": "ACME"}
ONE_NUMBER = {"debtor_number": "D"}
# Name -> what a list of so many rows is planned with.
LISTS = {
    "rows of one document": lambda n: (items(n, "A"), books(1, "A"), partners(1, **NUMBERED)),
    "rows and documents of one number": lambda n: (items(n, "A"), books(n, "A"), partners(1, **NUMBERED)),
    "documents of one reference": lambda n: (items(n, "A"), books(n, reference="A"), partners(1, **NUMBERED)),
    "number and reference of many": lambda n: (
        items(n, "A", reference="R"),
        [*books(n, "A", reference="S"), *(replace(one, id=one.id + n, name="X") for one in books(n, reference="R"))],
        partners(1, **NUMBERED),
    ),
    "one number at every partner": lambda n: (
        items(n, "A", "D{0}"), books(n, "A", "{0}"), partners(n, **NUMBERED),
    ),
    "one number, partners unknown": lambda n: (items(n, "A", "X{0}"), books(n, "A", "{0}"), partners(n, **NUMBERED)),
    "one number, no partners": lambda n: (items(n, "A", None), books(n, "A", "{0}"), partners(n, **NUMBERED)),
    "one number of other partners": lambda n: (
        items(n, "A", "D1"), books(n, "A", "{0}")[1:], partners(n, **NUMBERED),
    ),
    "partners of one name": lambda n: (
        items(n, owner=None, partner_name="ACME"), books(n, owner="{0}"), partners(n, **ALIKE),
    ),
    "partners of one name, rows with numbers": lambda n: (
        items(n, owner="X{0}", partner_name="ACME"), books(n, owner="{0}"), partners(n, **ALIKE),
    ),
    "partners of one name and their documents": lambda n: (
        items(n, "B-{0}", None, partner_name="ACME"), books(n, owner="{0}"), partners(n, **ALIKE),
    ),
    "partners of one debtor number": lambda n: (items(n, owner="D"), books(n, owner="{0}"), partners(n, **ONE_NUMBER)),
    "partners of one debtor number, rows with e-mails": lambda n: (
        items(n, owner="D", partner_email="e{0}"), books(n, owner="{0}"), partners(n, **ONE_NUMBER),
    ),
    "partners of one debtor and tax number": lambda n: (
        items(n, owner="D", partner_vat="V", partner_email="e{0}"),
        books(n, owner="{0}"),
        [*partners(n, **ONE_NUMBER), *(BookPartner(n + at, "Other", vat="V") for at in range(1, n + 1))],
    ),
    "due lines of one document": lambda n: (
        [
            replace(one, due_date=DAY + timedelta(at), balance=Decimal(1))
            for at, one in enumerate(items(n, "A"))
        ],
        [replace(book(1, n, name="A"), lines=_due_lines(n))],
        partners(1, **NUMBERED),
    ),
    "equal rows beside different ones": lambda n: (
        [*items(n, "A"), *(replace(one, due_date=DAY + timedelta(one.row)) for one in 2 * items(n, "A"))],
        [replace(book(1, n, name="A"), lines=_due_lines(n))],
        partners(1, **NUMBERED),
    ),
    "amounts alike": lambda n: (items(n, "A-{0}X"), books(n, "B{0}-7"), partners(1, **NUMBERED)),
    "amounts alike, no numbers": lambda n: (items(n, None), books(n), partners(1, **NUMBERED)),
    "amounts alike, partners unknown": lambda n: (items(n, owner="X{0}"), books(n), partners(1, **NUMBERED)),
    "payments of one document": lambda n: (
        items(1, "A"),
        [replace(book(1, 10, 10 * n + 10, name="A"), payments=tuple(paid(at, 10) for at in range(1, n + 1)))],
        partners(1, **NUMBERED),
    ),
}  # fmt: skip


def _due_lines(count):
    return tuple(replace(lines(1)[0], id=at, due_date=DAY + timedelta(at)) for at in range(count))


class TestLinear(BaseCase):
    """Twice the rows, twice the work."""

    def setUp(self):
        super().setUp()
        # So many documents that look alike are compared with one row; here more than that must be there.
        patcher = patch.object(likeness, "_MOST", 20)
        patcher.start()
        self.addCleanup(patcher.stop)

    def check(self, work, prepare):
        """Compare the work for a list with that for one twice as long."""
        small, large = (count_lines(work, *prepare(count)) for count in (COUNT, 2 * COUNT))
        self.assertGreater(small, COUNT, "nothing was counted")
        self.assertLess(large / small, GROWTH)

    def test_open_items(self):
        for name, prepare in LISTS.items():
            with self.subTest(name):
                self.check(make, prepare)

    def test_numbers_written_by_a_pattern(self):
        for name, owner in (("partner", "D1"), ("no partner", None)):
            with self.subTest(name):
                self.check(
                    lambda *args: make(*args, number_patterns=("{last}",)),
                    lambda n, owner=owner: (
                        items(n, "20260001", owner), books(n, "INV/{0}/20260001"), partners(1, **NUMBERED),
                    ),
                )  # fmt: skip

    def test_rows_that_cannot_be_read(self):
        for name, number in (("one number", "A"), ("no number", None)):
            with self.subTest(name):
                self.check(
                    lambda found, *args: make(found[:1], *args, rejected=[replace(one, balance=None) for one in found]),
                    lambda n, number=number: (items(n, number), books(n, "A"), partners(1, **NUMBERED)),
                )

    def test_external_items_of_one_number(self):
        for name, first in (("the same balances in another order", 1), ("other balances", 10_000)):
            with self.subTest(name):
                self.check(
                    lambda found, known: make(found, partners=partners(1, **NUMBERED), externals=known),
                    lambda n, first=first: (
                        [replace(one, balance=Decimal(one.row)) for one in items(n, "X-1")],
                        [external(at, first + n - at, due_date=date(2026, 3, 3)) for at in range(1, n + 1)],
                    ),
                )

    def test_external_items_take_their_own_balance_first(self):
        found = [
            replace(one, balance=Decimal(balance)) for one, balance in zip(items(3, "X-1"), (7, 8, 9), strict=True)
        ]
        known = [external(1, 5), external(2, 8), external(3, 7)]
        result = make(found, partners=partners(1, **NUMBERED), externals=known)
        self.assertEqual(
            [(action.type, action.reported, action.external_id) for action in result.actions],
            [("keep", 7, 3), ("keep", 8, 2), ("external", 9, 1)],
        )

    def test_balances_per_debtor(self):
        told = ReportedBalance(partner_number=None, partner_name=None, balance=Decimal(5), row=1)
        for name, texts, known in (
            ("one name", {"partner_name": "ACME"}, ALIKE),
            ("one number", {"partner_number": "D"}, ONE_NUMBER),
            ("one debtor", {"partner_number": "D1"}, NUMBERED),
        ):
            with self.subTest(name):
                self.check(
                    lambda *args: plan_balances(args[0], [], args[1], args[2], POLICY),
                    lambda n, texts=texts, known=known: (
                        [replace(told, row=at, partner_email=f"e{at}", **texts) for at in range(n)],
                        [BookBalance(at, Decimal(1)) for at in range(1, n + 1)],
                        partners(n, **known),
                    ),
                )

    def test_opening_documents(self):
        nobody = replace(opening(), partner_number=None, partner_name=None)
        for name, texts, known in (
            ("one name", {"partner_name": "ACME", "number": "A-{0}"}, ALIKE),
            ("one number of partners", {"partner_number": "D", "number": "A-{0}"}, ONE_NUMBER),
            ("one number of documents", {"partner_number": "D{0}", "number": "A"}, NUMBERED),
            ("one document", {"partner_number": "D1", "number": "A"}, NUMBERED),
        ):
            with self.subTest(name):
                self.check(
                    lambda found, known: make_opening(found, partners=known),
                    lambda n, texts=texts, known=known: (
                        [
                            replace(nobody, row=at, **{key: text.format(at) for key, text in texts.items()})
                            for at in range(1, n + 1)
                        ],
                        partners(n, **known),
                    ),
                )


def wide(columns, is_headed, cell):
    """A text of 40 rows with so many columns of which nobody knows what they are."""
    rows = [["1", f"A{at}", "05.01.2026", "10,00", *(cell.format(no, at) for no in range(columns))] for at in range(40)]
    header = ["Kunde", "Rechnungsnr", "Datum", "Offen", *(f"Spalte {no}" for no in range(columns))]
    return "\n".join(";".join(row) for row in ([header] if is_headed else []) + rows).encode()


class TestWide(BaseCase):
    """Twice the columns, twice the work; 1,000 of them are little."""

    def test_columns(self):
        told = ReadOptions(books=Witness(books(40, "A{0}"), partners(1)))
        for is_headed in (True, False):
            for name, cell in (("words", "Wort {0}/{1}"), ("amounts", "{0},{1:02}"), ("the balance", "10,00")):
                for options in (None, told):
                    with self.subTest(name, header=is_headed, books=bool(options)):
                        small, large, widest = (
                            count_lines(read, wide(count, is_headed, cell), "list.csv", options)
                            for count in (200, 400, 996)
                        )
                        self.assertLess(large / small, GROWTH)
                        self.assertLess(widest, MOST_LINES)

    def test_wide_list_is_read(self):
        result = read(wide(996, True, "Wort {0}/{1}"), "list.csv")
        self.assertEqual(
            [(item.number, item.date, item.balance) for item in result.items],
            [(f"A{at}", date(2026, 1, 5), Decimal("10.00")) for at in range(40)],
        )


class TestAmbiguous(BaseCase):
    """Of many candidates all are protected, and the first ones are named."""

    def test_many_partners_of_one_name(self):
        """More possible partners than are looked at one by one: no document of theirs is closed."""
        known = partners(30, **ALIKE)
        result = make(items(1, "X", None, partner_name="ACME"), books(30, owner="{0}"), known)
        self.assertEqual(
            [(action.type, action.book_id, action.reason.code) for action in result.actions],
            [("review", 0, "partner_ambiguous"), *(("skip", at, "mentioned") for at in range(1, 31))],
        )
        self.assertEqual(result.actions[0].reason.values["names"], "ACME, ACME, ACME, ACME, ACME, …")

    def test_many_documents_of_one_number(self):
        result = make(items(2, "A"), books(30, "A"), partners(1, **NUMBERED))
        self.assertEqual(
            [(action.type, action.book_id, action.reason.code) for action in result.actions],
            [*(("review", 0, "document_ambiguous"),) * 2, *(("skip", at, "mentioned") for at in range(1, 31))],
        )
        self.assertEqual(result.actions[0].reason.values["documents"], "A, A, A, A, A, …")
