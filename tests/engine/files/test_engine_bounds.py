"""Large and odd files take no more time than their size asks for: twice as much, about twice the time."""

import time

from odoo.tests import BaseCase

from ....engine import ReadOptions, read
from ....engine.files.encodings import find_doubt
from ....engine.files.text import _is_rule

GROWTH = 3.2  # of the time at twice the size; what is quadratic takes four times as long
NOTHING = 0.05  # seconds that are too few to be compared
HEADER = "Kunde;Rechnungsnr;Datum;Offen"
ROWS = [f"1;A{at};05.01.2026;10,00" for at in range(5)]


def lines(*texts):
    return "\n".join([*texts, ""]).encode()


def table(text):
    return f"<table><tr><td>Kunde<td>Nr<td>Offen</tr><tr><td>1<td>2<td>{text}</tr></table>"


# Name -> a file of about so many parts.
FILES = {
    "rules between rows": lambda n: lines(HEADER, "- -|" * n + ";--", "-" * n + "x;" + "=+|" * n, *ROWS),
    "blank lines": lambda n: lines(HEADER, *ROWS) + b"\n" * n + b"x\n",
    "blank lines between": lambda n: ("\n" * 20).join([HEADER, *ROWS * (n // 50)]).encode() + b"\n",
    "lines of separators": lambda n: lines(HEADER, *ROWS) + b"\n;;;" * n + b"\n",
    "long cells": lambda n: lines(HEADER, f"{'x' * n * 15};{'1.' * n * 7};{'1 ' * n * 7};{'1,' * n * 7}", *ROWS),
    "long last line": lambda n: lines(HEADER, *ROWS) + b"9" * n * 15,
    "long words beyond ASCII": lambda n: (HEADER + "\n" + "é" * n * 8 + ";A;;1,00\n").encode("cp1252"),
    "many words beyond ASCII": lambda n: "\n".join([HEADER, *(f"é{at};A;;1,00" for at in range(n)), ""]).encode(
        "cp1252"
    ),
    "numbers of rows": lambda n: lines(HEADER, *ROWS, *["1 to 3 of " * 15] * (n // 10)),
    "totals": lambda n: lines(HEADER, *(f"Summe;;;{at},00" for at in range(n))),
    "quotes that are never closed": lambda n: lines(HEADER, *(f'1;"A{at};05.01.2026;1,00' for at in range(n))),
    "tables of a page": lambda n: f"<html>{table('3,00') * n}</html>".encode(),
    "comments of a page": lambda n: f"<html>{table('3,00')}{'<!--' * n}</html>".encode(),
}


def seconds(function, *args):
    """The better time of two tries."""
    found = []
    for _try in range(2):
        start = time.process_time()
        function(*args)
        found.append(time.process_time() - start)
    return min(found)


class TestBounds(BaseCase):
    """What is read, tried and searched grows with the file only."""

    def test_files(self):
        for name, make in FILES.items():
            with self.subTest(name):
                half, whole = (seconds(read, make(count), "list") for count in (600, 1200))
                if whole > NOTHING:
                    self.assertLess(whole / max(half, NOTHING / 4), GROWTH)

    def test_rule(self):
        """The line of 2.1 KB that once took 36 seconds."""
        for line in ("- " * 1050 + "x", "-=" * 1050 + "x", "-" * 2100 + "x", "=+|_- " * 350 + "."):
            self.assertLess(seconds(_is_rule, [line, "--"]), 0.01)

    def test_encodings(self):
        text = "é" * 20_000
        self.assertLess(seconds(find_doubt, text.encode("cp1252"), text, "cp1252", ReadOptions()), 0.5)
