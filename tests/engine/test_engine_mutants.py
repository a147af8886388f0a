"""Mutants of all lists, with the books as witness and without: none is misread without a word.

``dev/fuzz N FIRST`` plays many.
"""

from odoo.tests import BaseCase

from ..list_mutants import cut, mutate, play

MUTANTS, CUTS = 300, 2000


class TestMutants(BaseCase):
    def test_mutants(self):
        counts, silent = play(range(MUTANTS), mutate)
        self.assertEqual(silent, {})
        self.assertGreater(counts["right"], counts["asked"])

    def test_cuts(self):
        """Cut off at a byte within a line."""
        _counts, silent = play(range(CUTS), cut, with_books=(False,))
        self.assertEqual(silent, {})
