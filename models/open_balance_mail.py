"""Lists that arrive by e-mail: the address belongs to the source, each message makes a run."""

import base64
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError

from .open_balance_entry import is_opening_file

LIST_ENDINGS = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xml")


class OpenBalanceSource(models.Model):
    _name = "open.balance.source"
    _inherit = ["open.balance.source", "mail.thread", "mail.alias.mixin.optional"]

    apply_automatically = fields.Boolean(
        "Apply what arrives by e-mail",
        tracking=True,
        help="A list that arrives by e-mail is applied without a person, unless a problem stops it. "
        "Otherwise it waits for one.",
    )

    def _alias_get_creation_values(self):
        # EXTENDS 'mail': only followers of the source may send lists, as a list books payments
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("open.balance.import")
        values["alias_contact"] = "followers"
        if self.id:
            values["alias_parent_model_id"] = self.env["ir.model"]._get_id("open.balance.source")
            values["alias_parent_thread_id"] = self.id
            values["alias_defaults"] = {
                **literal_eval(self.alias_defaults or "{}"),
                "source_id": self.id,
                "company_id": self.company_id.id,
            }
        return values


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the message's tables are the run's files; a bad one makes a failed run, not an error. A list
        # that is only known by its columns as one of opening documents waits for a person, whatever its address says.
        run = super().message_new(msg_dict, custom_values=custom_values)
        run.file_ids = [
            fields.Command.create({"name": name, "content": self._to_base64(content)})
            for name, content, _info in msg_dict.get("attachments", ())
            if name.lower().endswith(LIST_ENDINGS)
        ]
        named = run.source_id
        if any(is_opening_file(file.name, file.content) for file in run.file_ids):
            run.source_id = named if named.per == "opening" else named._get_opening_source(run.company_id)
        run.action_plan()
        if named == run.source_id and named.apply_automatically and run.state == "planned" and not run.has_stop:
            run._start_unattended()
        return run

    def _start_unattended(self):
        """Start applying; what refuses it is noted on the run, not raised into the mail gateway."""
        try:
            with self.env.cr.savepoint():
                self._start()
        except UserError as error:
            self.message_post(body=self.env._("Not applied: %(error)s", error=error), message_type="comment")

    @staticmethod
    def _to_base64(content: bytes | str) -> bytes:
        """An attachment of the mail gateway as a binary field holds it."""
        return base64.b64encode(content if isinstance(content, bytes) else content.encode())
