"""What the books tell the reader of a list of open items, before anything is matched."""

from odoo import models
from odoo.tools import SQL

from ...engine import Witness
from ..ledger.books import Books

# So many of the newest open documents are asked: what a list agrees with is shown by a part of them.
ASKED = 20_000


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_witness(self) -> Witness:
        """The newest open documents and the partners of the run's company."""
        self.env.flush_all()
        books = Books(self)
        query = self.env["account.move"]._search(
            books.get_domain() & books.get_open_domain(), order="id DESC", limit=ASKED
        )
        ids = SQL("%s", query.select())
        lines = books.read_lines(ids)
        source = self.source_id
        return Witness(
            [books.make_book(row, lines[row[0]]) for row in books.read_moves(ids)],
            books.read_partners(),
            source._get_item_policy()["number_patterns"],
            tuple(source._get_partner_keys()),
        )
