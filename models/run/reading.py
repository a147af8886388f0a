"""How a list was read, shown before it is applied: its columns, and its first rows as sentences."""

from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..open_balance_import_file import SAMPLES

# So many rows are told as sentences.
TOLD = 3


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    reading = fields.Json(
        compute="_compute_reading",
        help="The columns of each file with what they were taken for, and the first rows as sentences.",
    )

    @api.depends("state", "needs_plan", "is_new_layout", "column_ids.field")
    @api.depends_context("lang")
    def _compute_reading(self):
        for run in self:
            run.reading = {
                "files": [run._get_reading_of(file) for file in run.file_ids if file.column_ids],
                "sentences": run._get_reading_sentences(),
                "is_new": run.is_new_layout,
                "confirmed": run._get_confirmed_sentence(),
                "roles": [list(role) for role in self.env["open.balance.source.column"]._selection_field()],
            }

    def _get_reading_of(self, file) -> dict:
        """The columns of a file in their order."""
        return {
            "name": file.name,
            "columns": [
                {
                    "id": column.id,
                    "name": column.name or "",
                    "samples": (column.sample or "").split(SAMPLES),
                    "role": column.field or "",
                    "is_corrected": (column.field or "") != (column.detected or ""),
                }
                for column in file.column_ids
            ],
        }

    def _get_confirmed_sentence(self) -> str:
        """Who has confirmed how such lists are read, and when; "" if nobody has."""
        layout = self.file_ids.layout_id[:1]
        if not layout or self.is_new_layout:
            return ""
        return self.env._(
            "Read as %(user)s confirmed on %(date)s.",
            user=layout.confirmed_by_id.name,
            date=format_date(self.env, layout.confirmed_on),
        )

    def _get_reading_sentences(self) -> list[str]:
        """The first rows, each as a sentence."""
        lines = self.env["open.balance.import.line"].search(
            [("import_id", "in", self._origin.ids), ("row", ">", 0), ("file_balance", "!=", 0)],
            order="row, id",
            limit=TOLD,
        )
        return [line._get_reading_sentence() for line in lines]


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _get_reading_sentence(self) -> str:
        """What the row says, as a sentence."""
        self.ensure_one()
        env = self.env
        currency = self.file_currency or self.company_currency_id.name
        known = env["res.currency"].with_context(active_test=False).search([("name", "=", currency)], limit=1)
        digits = known.decimal_places if known else 2
        amount = f"{formatLang(env, abs(self.file_balance), digits=digits)} {currency}"
        partner = self.partner_name or self.partner_number or env._("nobody")
        if self.partner_name and self.partner_number:
            partner = f"{self.partner_name} ({self.partner_number})"
        values = {
            "row": self.row,
            "number": self.number or self.reference or env._("no number"),
            "partner": partner,
            "date": format_date(env, self.date) if self.date else env._("no date"),
            "due": format_date(env, self.due_date) if self.due_date else env._("no due date"),
            "amount": amount,
        }
        if self.file_balance > 0:
            return env._(
                "Row %(row)s: %(number)s of %(partner)s, dated: %(date)s, due: %(due)s: %(amount)s open, they owe us.",
                **values,
            )
        return env._(
            "Row %(row)s: %(number)s of %(partner)s, dated: %(date)s, due: %(due)s: %(amount)s open, we owe them.",
            **values,
        )


class OpenBalanceImportColumn(models.Model):
    _inherit = "open.balance.import.column"

    def action_keep(self):
        """Keep the header text on the source: in all its lists it then means what it was taken for here."""
        for column in self.filtered("field"):
            source = column.import_id.source_id
            known = source.column_ids.filtered(lambda one, column=column: one.name.lower() == column.name.lower())
            if known:
                known.field = column.field
            else:
                source.column_ids.create({"source_id": source.id, "name": column.name, "field": column.field})
