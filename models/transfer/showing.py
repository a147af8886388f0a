"""What a person sees of a transfer: counts, a sentence, its files."""

import base64
import io
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive

# Where a person cures what keeps a document from being handed over; else it is the document itself.
CURED_AT_PARTNER = ("handover_no_number", "handover_number_digits", "handover_number_taken")
CURED_AT_PACKAGE = ("handover_no_code", "handover_locked_there", "handover_entry_twice", "handover_entry_number")


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    ready_count = fields.Integer("Ready", compute="_compute_line_counts")
    not_ready_count = fields.Integer("Not Ready", compute="_compute_line_counts")
    refused_count = fields.Integer("Refused", compute="_compute_line_counts")
    open_count = fields.Integer("Without answer", compute="_compute_line_counts")
    document_line_ids = fields.One2many(
        "open.balance.transfer.line", "transfer_id", domain=[("is_partner", "=", False)], readonly=True
    )
    partner_line_ids = fields.One2many(
        "open.balance.transfer.line", "transfer_id", domain=[("is_partner", "=", True)], readonly=True
    )
    # No attachment that somebody adds to the discussion is one of them.
    file_ids = fields.Many2many("ir.attachment", string="Files", readonly=True, copy=False)
    file_count = fields.Integer(compute="_compute_file_count")
    archive = fields.Binary(compute="_compute_archive", help="All files of the transfer.")
    is_record = fields.Boolean(compute="_compute_is_record")
    sentence = fields.Char(compute="_compute_sentence")

    @api.depends("line_ids.state")
    def _compute_line_counts(self):
        groups = self.env["open.balance.transfer.line"]._read_group(
            [("transfer_id", "in", self.ids), ("is_partner", "=", False)], ["transfer_id", "state"], ["__count"]
        )
        counts = {(transfer.id, state): count for transfer, state, count in groups}
        for transfer in self:
            for name, state in (
                ("ready_count", "ready"),
                ("not_ready_count", "not_ready"),
                ("refused_count", "refused"),
                ("open_count", "sent"),
            ):
                transfer[name] = counts.get((transfer.id, state), 0)

    @api.depends("file_ids")
    def _compute_file_count(self):
        for transfer in self:
            transfer.file_count = len(transfer.file_ids)

    @api.depends("file_ids.raw")
    def _compute_archive(self):
        for transfer in self:
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in transfer.file_ids.sorted("id"):
                    archive.writestr(zipfile.ZipInfo(file.name, LONG_AGO), file.raw or b"")
            transfer.archive = base64.b64encode(target.getvalue()) if transfer.file_ids else False

    @api.depends("package_id.format")
    def _compute_is_record(self):
        for transfer in self:
            transfer.is_record = transfer._is_record()

    @api.depends("state", "line_ids.state", "move_ids", "package_id.format")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for transfer in self:
            transfer.sentence = transfer._get_sentence()

    def _get_sentence(self) -> str:
        """What is ready, or what is waited for."""
        if self._is_record() or self.state == "taken_back":
            return ""
        if self.state == "draft":
            return self._get_draft_sentence()
        if self.state == "handed_over":
            told = self.env._(
                "Waiting for the answer of the package: %(count)s. Import the files there, and drop its answer into "
                "Import Open Balances; no list closes these documents meanwhile.",
                count=self.open_count,
            )
        else:
            told = self.env._("Booked by the package: %(count)s.", count=self.move_count)
        left = self.not_ready_count + self.refused_count
        if not left:
            return told
        return f"{told} " + self.env._("Not ready or refused: %(count)s; the next transfer collects them.", count=left)

    def _get_draft_sentence(self) -> str:
        """What is ready, and what to do about what is not."""
        if not self.ready_count and not self.not_ready_count:
            return self.env._("Nothing is to be handed over.")
        if not self.not_ready_count:
            return self.env._("Ready to be handed over: %(count)s.", count=self.ready_count)
        return self.env._(
            "Ready to be handed over: %(ready)s. Not ready: %(missing)s; cure them, or they are collected next time.",
            ready=self.ready_count,
            missing=self.not_ready_count,
        )

    def action_open_files(self):
        """Show the files."""
        self.ensure_one()
        views = [
            (self.env.ref("account_open_balance.open_balance_transfer_file_view_list").id, "list"),
            (False, "form"),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Files"),
            "res_model": "ir.attachment",
            "view_mode": "list,form",
            "views": views,
            "domain": [("id", "in", self.file_ids.ids)],
        }

    def action_download(self):
        """Download the file, or several as one archive."""
        self.ensure_one()
        if not self.file_ids:
            raise UserError(self.env._("There is no file yet."))
        url = f"/web/content/{self.file_ids[:1].id}?download=true"
        if len(self.file_ids) > 1:
            url = f"/web/content/{self._name}/{self.id}/archive?download=true&filename={self.id}.zip"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}


class OpenBalanceTransferLine(models.Model):
    _inherit = "open.balance.transfer.line"

    def action_cure(self):
        """Open what has to be changed before the document is ready."""
        self.ensure_one()
        codes = [code for level, code, _values in self.issues or () if level == "stop"]
        record = self.move_id or self.partner_id
        if any(code in CURED_AT_PACKAGE for code in codes):
            record = self.package_id
        elif any(code in CURED_AT_PARTNER for code in codes):
            record = self.partner_id
        return record._get_records_action()
