"""The models folder of the sample kind: its entry of the selection, its action, and the kind itself."""

from odoo import api, fields, models

from ...models.ledger.snapshot import Snapshot
from .engine import plan_comments, read_comments

PER = [("comment", "Comments")]


class OpenBalanceSource(models.Model):
    _module = None
    _name = "open.balance.source"
    _inherit = ["open.balance.source"]

    per = fields.Selection(selection_add=PER, ondelete={"comment": "set default"})


class OpenBalanceImport(models.Model):
    _module = None
    _name = "open.balance.import"
    _inherit = ["open.balance.import"]

    per = fields.Selection(selection_add=PER, ondelete={"comment": "cascade"})


class OpenBalanceImportLine(models.Model):
    _module = None
    _name = "open.balance.import.line"
    _inherit = ["open.balance.import.line"]

    action = fields.Selection(selection_add=[("comment", "Set comment")], ondelete={"comment": "cascade"})


class OpenBalanceListComment(models.AbstractModel):
    """Lists of comments. What was there before is kept on the line, for Undo."""

    _module = None
    _name = "open.balance.list.comment"
    _description = "List of Comments"
    _inherit = ["open.balance.list"]

    @api.model
    def _read(self, data, name, options):
        return read_comments(data, name, options)

    @api.model
    def _plan(self, run, results, assigned):
        read = [(file, item) for file, result in results for item in result.items]
        planned = plan_comments(
            [item for _file, item in read],
            Snapshot(run, []).partners,
            run._index_assignments(read, assigned),
        )
        self.env["open.balance.import.line"]._store(
            self._prepare_vals(run, action, *read[action.item], assigned) for action in planned.actions
        )
        return list(planned.problems)

    @api.model
    def _prepare_vals(self, run, action, file, item, assigned) -> dict:
        """Values of the line that keeps one action."""
        return {
            "import_id": run.id,
            "company_id": run.company_id.id,
            "currency_id": run.company_currency_id.id,
            "action": action.type,
            "reason_code": action.reason.code,
            "reason_values": dict(action.reason.values),
            "partner_id": action.partner_id or False,
            "partner_number": item.partner_number,
            "reference": action.comment,
            "file_id": file.id,
            "row": item.row,
            "is_assigned": (file.id, item.row) in assigned,
        }

    @api.model
    def _apply_rest(self, run):
        for line in run._search_lines("planned", action=["comment"]):
            # A clerk who may import need not be allowed to change partners.
            partner = line.partner_id.sudo()
            line._note({"number": partner.comment or ""})
            partner.comment = line.reference

    @api.model
    def _apply_undo_rest(self, run):
        for line in run._search_lines("done", action=["comment"]):
            line.partner_id.sudo().comment = line.number  # as above

    @api.model
    def _get_apply_sentence(self, run):
        count = run.summary["comment"]["count"]
        return f"Apply sets {count} comments; {run.review_count} rows are left for you to review."
