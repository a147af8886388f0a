"""A run that works in the background shows what it is at, and says to whoever has started it when it is through."""

from odoo import api, fields, models

from .. import open_balance_import  # noqa: F401  # extended here


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    progress_sentence = fields.Char(compute="_compute_progress_sentence")

    @api.depends("progress", "state", "undone_by_id")
    @api.depends_context("lang")
    def _compute_progress_sentence(self):
        for run in self:
            run.progress_sentence = run._get_progress_sentence() if run.state == "running" else False

    def _get_progress_sentence(self) -> str:
        """How many lines are through, of how many."""
        Line = self.env["open.balance.import.line"]
        total = Line.search_count([("import_id", "=", self.id)])
        if self.undone_by_id:
            undone = Line.search_count([("import_id", "=", self.id), ("state", "=", "undone")])
            return self.env._("%(undone)s of %(total)s lines are undone.", undone=undone, total=total)
        waiting = Line.search_count([("import_id", "=", self.id), ("state", "=", "planned")])
        return self.env._("%(done)s of %(total)s lines are through.", done=total - waiting, total=total)

    def _notify_end(self, user):
        """Say on the screen of the person who has started the run that it is through, wherever that person is."""
        run = self.with_context(lang=user.lang)
        message = run._get_result_sentence() or run.env._("Nothing was booked: open the import to see why.")
        is_good = run.state in ("done", "undone") and not run.failed_count
        user._bus_send(
            "simple_notification",
            {"type": "success" if is_good else "warning", "title": run.name, "message": message, "sticky": True},
        )
