"""Storing a plan: tens of thousands of lines at once."""

import json

from odoo import api, fields, models
from odoo.tools import SQL, split_every

# Lines stored at a time: keeps memory flat on very long lists.
LINES_AT_A_TIME = 5000


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    @api.model
    def _store(self, vals_list):
        """Store the lines of a plan.

        :param vals_list: iterable of values of planned lines, as for ``create``; may be a generator
        """
        self.check_access("write")
        self.env.flush_all()
        for some in split_every(LINES_AT_A_TIME, vals_list):
            self._insert(list(some))
        self.env["open.balance.import"].invalidate_model()
        self.invalidate_model()

    @api.model
    def _insert(self, vals_list):
        """Insert lines that belong to one run and were just planned.

        Raw SQL: through ``create`` a list of 100,000 rows takes a minute and a gigabyte. Nothing that ``create`` does
        is left out: the values come from the plan, the one stored computed field is given, and nothing else depends on
        lines but what is read from them.
        """
        now = {"create_uid": self.env.uid, "write_uid": self.env.uid}
        now |= {"create_date": fields.Datetime.now(), "write_date": fields.Datetime.now()}
        undo = [vals.pop("undo_payment_ids", ()) for vals in vals_list]
        names = sorted({name for vals in vals_list for name in vals} | {"state", "rank", *now})
        whole = ({"state": "planned", "rank": self._get_rank(vals), **now, **vals} for vals in vals_list)
        rows = [[self._to_column(name, vals.get(name)) for name in names] for vals in whole]
        query = SQL(
            "INSERT INTO %s (%s)",
            SQL.identifier(self._table),
            SQL(", ").join(SQL.identifier(name) for name in names),
        )
        ids = self.env.cr.execute_values(f"{query.code} VALUES %s RETURNING id", rows, page_size=len(rows), fetch=True)
        for (line_id,), payment_ids in zip(ids, undo, strict=True):
            if payment_ids:
                # Only what reopens a document has payments to undo: a handful of a list's lines.
                self.browse(line_id)._note({"undo_payment_ids": [fields.Command.set(payment_ids)]})

    @staticmethod
    def _get_rank(vals) -> int:
        """The rank of a line that was just planned; see ``_compute_rank``."""
        return 1 if vals["action"] == "review" else 2

    def _to_column(self, name, value):
        """A value as PostgreSQL takes it: what is empty is NULL, but for figures and marks."""
        if self._fields[name].type == "json":
            return json.dumps(value or {})
        if value is False and self._fields[name].type != "boolean":
            return None
        return value
