"""Layouts of lists: what is otherwise than in the list that a person has confirmed."""

from odoo.tests import BaseCase

from ....engine import (
    LayoutChange,
    ListLayout,
    ReadOptions,
    compare_layouts,
    find_head,
    heads_of,
    layout_of,
    nearest,
    read,
    roles_of,
)

KNOWN = ListLayout((("Kunde", "partner_number"), ("Nr", "number"), ("Saldo", "balance")), decimal_mark=",")


class TestListLayout(BaseCase):
    def test_of_a_list(self):
        result = read(b"Ledger 0042\nCustomer;Invoice No.;Date;Balance;Zork\nC1;A1;05.01.2026;1,50;x\n", "list.csv")
        columns = ("Customer", "partner_number"), ("Invoice No.", "number"), ("Date", "date"), ("Balance", "balance")
        self.assertEqual(
            layout_of(result.detected),
            ListLayout((*columns, ("Zork", "")), "", ",", "dmy", ("Ledger 0042",)),
        )

    def test_changes(self):
        kunde, number, saldo = KNOWN.columns
        for columns, change in (
            ((kunde, number, saldo), LayoutChange()),
            ((kunde, number, saldo, ("Neu", "")), LayoutChange(came=("Neu",))),
            ((kunde, saldo), LayoutChange(went=("Nr",))),
            ((kunde, saldo, number), LayoutChange(moved=("Saldo",))),
            ((kunde, ("Nr", "reference"), saldo), LayoutChange(roles=("Nr",))),
            ((("KUNDE ", "partner_number"), number, saldo), LayoutChange()),
        ):
            with self.subTest(columns):
                found = compare_layouts(KNOWN, ListLayout(columns, decimal_mark=","))
                self.assertEqual((found, bool(found)), (change, change != LayoutChange()))

    def test_styles(self):
        """What nothing shows in a list is no change; a month in the name of its sheet isn't either."""
        self.assertFalse(compare_layouts(KNOWN, ListLayout(KNOWN.columns)))
        self.assertEqual(compare_layouts(KNOWN, ListLayout(KNOWN.columns, decimal_mark=".")).styles, (".",))
        march, april = (ListLayout(KNOWN.columns, sheet=name) for name in ("OP März 2026", "OP April 2026"))
        self.assertFalse(compare_layouts(march, april))
        self.assertEqual(compare_layouts(march, ListLayout(KNOWN.columns, sheet="Bezahlt")).styles, ("Bezahlt",))

    def test_dates_in_headers(self):
        one, other = (
            ListLayout((("Kunde", ""), (text, "balance"))) for text in ("Saldo 31.03.2026", "Saldo 30. April")
        )
        self.assertFalse(compare_layouts(one, other))
        other = ListLayout((("Kunde", ""), ("Saldo 30.04.2026", "balance")))
        self.assertFalse(compare_layouts(one, other))

    def test_roles_of_the_same_header(self):
        found = ListLayout((("Kunde", "partner_number"), ("Nr", ""), ("Saldo", "balance")))
        self.assertEqual(roles_of(KNOWN, found), {"Nr": "number"})
        self.assertEqual(roles_of(KNOWN, ListLayout(found.columns[:2])), {})

    def test_header_of_a_file(self):
        heads = heads_of(b"Firma X\nKunde;Nr;Saldo\nC1;A1;1,50\n", ReadOptions())
        roles = {"Kunde": "partner_number", "Nr": "number", "Saldo": "balance"}
        self.assertEqual(find_head(heads, KNOWN), (2, roles))
        self.assertIsNone(find_head(heads, ListLayout(KNOWN.columns[:2])))

    def test_what_cannot_be_read_has_no_header(self):
        for data in (b"", b"PK\x03\x04 damaged", b"%PDF-1.4", b"\x00" * 100):
            with self.subTest(data):
                self.assertEqual(find_head(heads_of(data, ReadOptions()), KNOWN), None)

    def test_nearest(self):
        others = [ListLayout((("A", ""), ("B", ""))), KNOWN, ListLayout((("Kunde", ""),))]
        self.assertEqual(nearest(others, ListLayout((("Kunde", ""), ("Nr", ""), ("X", "")))), 1)
