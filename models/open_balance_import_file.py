import base64
import hashlib
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import (
    Detected,
    ReadOptions,
    ReadResult,
)
from . import open_balance_protected  # noqa: F401  # extended here
from .arguments import with_bytes

SAMPLES = " · "  # between values of a column
# What was detected in a file and may be corrected by a person: field of the file -> option of the reader.
CORRECTABLE = {
    "encoding": "encoding",
    "separator": "separator",
    "sheet": "sheet",
    "header_row": "header_row",
    "decimal_mark": "decimal_mark",
    "date_order": "date_order",
}


class OpenBalanceImportFile(models.Model):
    """One file of a run: its bytes, and how they were understood."""

    _name = "open.balance.import.file"
    _description = "Open Balance Import File"
    _order = "id"
    _inherit = ["open.balance.protected"]
    _user_fields = frozenset({"import_id", "name", "content", "column_ids", "separator_choice", *CORRECTABLE})

    import_id = fields.Many2one("open.balance.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    name = fields.Char("File", required=True)
    content = fields.Binary(attachment=True, required=True)
    checksum = fields.Char(readonly=True, copy=False, index="btree_not_null", help="SHA-256 of the file's bytes.")
    format = fields.Char(readonly=True, copy=False)
    encoding = fields.Char()
    separator = fields.Char()
    sheet = fields.Char()
    header_row = fields.Integer("Header in row")
    decimal_mark = fields.Selection([(".", "Point: 1,234.56"), (",", "Comma: 1.234,56")])
    date_order = fields.Selection(
        [("dmy", "Day, month, year"), ("mdy", "Month, day, year"), ("ymd", "Year, month, day")]
    )
    preamble = fields.Text("Heading", readonly=True, copy=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    item_count = fields.Integer("Items", readonly=True, copy=False)
    detected = fields.Json(
        readonly=True,
        copy=False,
        help="What the reader found by itself, to tell what a person has changed since.",
    )
    column_ids = fields.One2many("open.balance.import.column", "file_id", string="Columns")

    @api.model_create_multi
    def create(self, vals_list):
        """A file that comes to a run asks for a new plan."""
        for vals in vals_list:
            self._check_usable(vals)
        files = super().create(vals_list)
        files._check_changeable()
        files._renew_checksum()
        files.import_id._note({"needs_plan": True})
        return files

    def write(self, vals):
        """A correction of how the file is read asks for a new plan; what the reader remembers itself does not."""
        if "import_id" in vals:
            raise UserError(self.env._("A file stays in the import that read it."))
        self._check_changeable()
        self._check_usable(vals)
        result = super().write(vals)
        self._renew_checksum()
        self.import_id._note({"needs_plan": True})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self._check_changeable()
        self.import_id._note({"needs_plan": True})

    @api.model
    def _check_usable(self, vals):
        """Raise when a name or bytes are given that cannot be kept."""
        Run = self.env["open.balance.import"]
        if vals.get("name"):
            Run._check_file_name("name", vals["name"])
        if vals.get("content"):
            Run._check_base64("content", vals["content"])

    def _check_changeable(self):
        """Raise unless the user may change the runs of these files, and none of them has started."""
        self.import_id.check_access("write")
        self.import_id._check_not_started()

    def _renew_content(self):
        """Look at the bytes again, which were changed where they are stored."""
        # By sudo: the bytes have changed, whoever it was.
        waiting = self.sudo().filtered(lambda file: file.import_id.state in ("draft", "planned", "failed"))
        waiting.invalidate_recordset(["content"], flush=False)
        waiting._renew_checksum()

    def _renew_checksum(self):
        """Keep the checksum of the files' bytes, by whatever way they came; other bytes ask for a new plan."""
        for file in self:
            checksum = hashlib.sha256(file._get_bytes()).hexdigest()
            if checksum != file.checksum:
                file._note({"checksum": checksum})
                file.import_id._note({"needs_plan": True})

    def _get_bytes(self) -> bytes:
        """The file's bytes."""
        self.ensure_one()
        return base64.b64decode(with_bytes(self).content or b"")

    def _find_per(self) -> str:
        """What these files are known as lists of, if they are."""
        return self.env["open.balance.list"]._find_per([(file.name, file.content) for file in with_bytes(self)])

    def _read(self, options: ReadOptions) -> ReadResult:
        """Read the file, with what a person corrected on it; remember what was detected.

        :param ReadOptions options: the source's options, completed by the run
        """
        self.ensure_one()
        self._renew_checksum()
        result = self._read_as_confirmed(self._get_bytes(), self._get_options(options))
        self._remember(result.detected, len(result.items))
        self._note_layout(result.detected)
        return result

    def _get_options(self, options: ReadOptions) -> ReadOptions:
        """The source's options with the corrections made on this file."""
        found = self.detected or {}
        changed = {
            option: self[name] or None
            for name, option in CORRECTABLE.items()
            if found and (self[name] or None) != (found.get(name) or None)
        }
        columns = {column.name: column.field or "" for column in self.column_ids if column.field != column.detected}
        return replace(options, **changed, columns={**options.columns, **columns})

    def _remember(self, detected: Detected, item_count: int) -> None:
        """Store what the reader understood; columns that a person assigned stay marked as assigned."""
        assigned = {column.name: column.detected for column in self.column_ids if column.field != column.detected}
        known = dict(self.detected or {})
        values = {name: getattr(detected, name) or False for name in CORRECTABLE}
        for name in CORRECTABLE:
            # A value that a person changed is now the reader's value too: keep the first finding to compare with.
            if name not in known or (self[name] or False) == (known[name] or False):
                known[name] = values[name]
        # Columns are nobody's to create or delete: they are what was read.
        columns = self.column_ids.sudo()
        columns.unlink()
        self._note(
            {
                **values,
                "format": detected.format,
                "preamble": "\n".join(detected.preamble),
                "row_count": detected.row_count,
                "item_count": item_count,
                "detected": known,
            }
        )
        columns.create(
            [
                {
                    "file_id": self.id,
                    "name": column.header,
                    "field": column.field or False,
                    "detected": assigned.get(column.header, column.field) or False,
                    "sample": SAMPLES.join(column.samples),
                }
                for column in detected.columns
            ]
        )


class OpenBalanceImportColumn(models.Model):
    """One column of a file, and what it was taken for."""

    _name = "open.balance.import.column"
    _description = "Open Balance Import Column"
    _order = "id"
    _inherit = ["open.balance.protected"]
    _user_fields = frozenset({"field"})

    file_id = fields.Many2one("open.balance.import.file", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="file_id.company_id", store=True)
    name = fields.Char("Column in the file", readonly=True)
    sample = fields.Char("Example", readonly=True)
    field = fields.Selection(lambda self: self.env["open.balance.source.column"]._selection_field(), "Is")
    detected = fields.Char(readonly=True)

    def write(self, vals):
        """What a column is taken for belongs to the plan."""
        self.file_id._check_changeable()
        result = super().write(vals)
        self.file_id.import_id._note({"needs_plan": True})
        return result
