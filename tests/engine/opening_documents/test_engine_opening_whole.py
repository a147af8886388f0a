"""Each row of an opening list is accounted for: totals in any words, other headers, damaged rows, unknown columns."""

from ....engine import GUARDS, ReadOptions, read_opening
from ...engine_case import ReadCase
from .test_engine_opening_read import faults

HEADER = "Type;Customer No.;Number;Date;Total;Open Amount"
ROWS = (
    "Invoice;C1;R-1;05.01.2026;100,00;60,00",
    "Invoice;C2;R-2;06.01.2026;50,00;50,00",
    "Invoice;C3;R-3;07.01.2026;20,00;10,00",
)


class TestWhole(ReadCase):
    def told(self, *lines, **options):
        """Numbers with their faults, and what was said: level, code, row and column."""
        result = read_opening(("\n".join(lines) + "\n").encode(), "list.csv", ReadOptions(**options))
        self.assertTrue(all(issue.code in GUARDS for issue in result.problems if issue.code == "column_unclear"))
        return (
            [(item.number, [code for code, _column, _text in faults(item)]) for item in result.items],
            [(issue.level, issue.code, issue.row, issue.column) for issue in result.problems],
        )

    right = [("R-1", []), ("R-2", []), ("R-3", [])]

    # === TOTALS === #

    def test_totals_by_arithmetic(self):
        for total in ("Kokku;;;;170,00;120,00", ";Zusammenzählung;;;170,00;120,00", ";;;;;120,00"):
            with self.subTest(total):
                self.assertEqual(self.told(HEADER, *ROWS, total), (self.right, [("info", "row_total", 5, "")]))

    def test_what_is_no_sum_waits(self):
        items, problems = self.told(HEADER, *ROWS, "Kokku;;;;171,00;120,00")
        self.assertEqual((items[:3], problems), (self.right, []))
        self.assertIn("opening_value_missing", items[3][1])

    def test_document_of_the_sum_of_the_others(self):
        items, problems = self.told(HEADER, *ROWS, "Invoice;C4;R-4;08.01.2026;170,00;120,00")
        self.assertEqual((items, problems), ([*self.right, ("R-4", [])], []))

    # === HEADERS === #

    def test_another_header_below(self):
        for header in ("Type;Customer No.;Number;Date;Open Amount;Total", "Belegart;Debitor;Nummer;Datum;Offen;Betrag"):
            with self.subTest(header):
                _items, problems = self.told(HEADER, *ROWS, header, "Invoice;C4;R-4;08.01.2026;1,00;2,00")
                self.assertEqual(problems, [("stop", "header_changes", 5, "")])

    def test_same_header_again(self):
        found = self.told(HEADER, *ROWS[:2], HEADER, ROWS[2])
        self.assertEqual(found, (self.right, [("info", "row_header_repeated", 4, "")]))

    def test_rows_above_the_header(self):
        above = ("Zork;Zap;Zip;Zot;Zut;Zat", "Invoice;C9;R-9;05.01.2026;1,00;1,00")
        items, problems = self.told(*above, HEADER, *ROWS)
        self.assertEqual((items, problems), (self.right, [("stop", "rows_above", 2, "")]))

    # === ROWS === #

    def test_rows_with_other_cells(self):
        for odd, code in (
            ("Invoice;C4;R-4;;08.01.2026;4,00;4,00", "row_too_wide"),
            ("Invoice;C4;R-4;08.01.2026;4,00", "row_shifted"),
        ):
            with self.subTest(odd):
                items, _problems = self.told(HEADER, ROWS[0], odd, *ROWS[1:])
                self.assertEqual([item for item in items if not item[1]], self.right)
                self.assertEqual([code in found for _number, found in items if found], [True])

    def test_list_that_ends_in_a_short_row(self):
        items, problems = self.told(HEADER, *ROWS, "Invoice;C4;R-4;08.01.2026;4")
        self.assertEqual((items[:3], "row_shifted" in items[3][1]), (self.right, True))
        self.assertEqual(problems, [("stop", "list_cut_off", None, "")])

    # === COLUMNS === #

    def test_unknown_columns(self):
        for without, values, code, role in (
            ("Number", ("R-101", "R-102", "R-103"), "number_unknown", None),
            ("", ("1,00", "2,00", "3,00"), "column_unclear", "balance"),
            ("", ("F-2026-1", "F-2026-2", "F-2026-3"), "column_unclear", "number"),
            ("", ("EUR", "USD", "EUR"), "column_unclear", "currency"),
        ):
            header = ";".join("Zip" if text == without else text for text in HEADER.split(";")) + ";Zork"
            rows = [f"{row};{value}" for row, value in zip(ROWS, values, strict=True)]
            if without:
                rows = [row.replace(f"R-{at}", "", 1) for at, row in enumerate(rows, 1)]
            with self.subTest(values):
                result = read_opening(("\n".join([header, *rows]) + "\n").encode(), "list.csv", ReadOptions())
                asked = [(issue.level, issue.code, issue.column, issue.values.get("role")) for issue in result.problems]
                self.assertEqual(asked, [("stop", code, "Zork", role)])
