"""Lists that are attached: to anything, by whoever may read it; and to their source, by themselves."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here
from ..arguments import clean_file_name, is_id
from ..run.mail import LIST_ENDINGS
from . import fetched_file  # noqa: F401  # extended here
from .pages import group_pages


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    @api.model
    def import_attachments(self, attachment_ids, source_id=False, apply=False):
        """Import files that are attached to records: each list makes a run, the pages of a list make one.

        :param list[int] attachment_ids: ids of ``ir.attachment`` that the user may read
        :param int source_id: the ``open.balance.source``; the one that they are attached to, or found by the files, if
            not given
        :param bool apply: book the plans, unless a problem of level *stop* is in the way
        :return: for each run what :meth:`import_file` returns
        :rtype: list[dict]
        :raise UserError: for an argument that is not what it has to be
        """
        self._check_truth("apply", apply)
        source = self._read_source(source_id)
        results = []
        for attachments in self._group_pages(self._read_attachments(attachment_ids)):
            named = source or self._get_source_of(attachments)
            files = [(clean_file_name(one.name), base64.b64encode(one.raw or b"")) for one in attachments]
            run = self._create_run(files, named)
            for file, attachment in zip(run.file_ids, attachments, strict=True):
                file._note({"changed_on": attachment.create_date})
            run._import_now(named, apply)
            results.append(run._get_result())
        return results

    @api.model
    def _open_imported(self, attachments):
        """Import files that are attached to records, and show what they mean."""
        results = self.import_attachments(attachments.ids)
        return self.browse([result["run_id"] for result in results])._get_records_action(
            name=self.env._("Open Balance Imports")
        )

    @api.model
    def _read_attachments(self, attachment_ids):
        """The attachments with some ids, which the user may read.

        :rtype: ir.attachment
        """
        expected = self.env._("a list of ids of attachments")
        if not isinstance(attachment_ids, list | tuple) or not all(is_id(value) for value in attachment_ids):
            raise self._get_wrong("attachment_ids", attachment_ids, expected)
        attachments = self.env["ir.attachment"].browse(dict.fromkeys(attachment_ids))
        if not attachments or attachments.exists() != attachments:
            raise self._get_wrong("attachment_ids", attachment_ids, expected)
        attachments.check_access("read")
        return attachments

    @api.model
    def _group_pages(self, attachments) -> list:
        """The attachments by the list that they are pages of, those with the oldest file first."""
        pages = group_pages(attachments.mapped("name"))
        return list(
            attachments.sorted("id")
            .grouped(lambda one: (pages[one.name][0], pages[one.name][1] < 0 and one.id))
            .values()
        )

    @api.model
    def _get_source_of(self, attachments):
        """The source that attachments belong to, if it is one.

        :rtype: open.balance.source
        """
        ids = {one.res_id if one.res_model == "open.balance.source" else 0 for one in attachments}
        return self.env["open.balance.source"].browse(ids - {0} if len(ids) == 1 else ())


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    @api.model
    def _cron_import_attached(self):
        """Import what was attached to sources since the last time, in the name of their responsible persons."""
        sources = self.search([("responsible_id", "!=", False)])
        for number, source in enumerate(sources, 1):
            for attachments in self.env["open.balance.import"]._group_pages(source._get_attached()):
                source._take_attached(attachments)
                source._commit_fetched()
            if not self._commit_fetched(1, remaining=len(sources) - number):
                break

    def _get_attached(self):
        """Lists that are attached to the source and were not looked at yet.

        Those that came by e-mail are none: who it comes from can be forged. A source has an address for mails.

        :rtype: ir.attachment
        """
        attached = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False)], order="id"
        )
        mails = self.env["mail.message"].search(
            [("attachment_ids", "in", attached.ids), ("message_type", "in", ("email", "email_outgoing"))]
        )
        known = set(self.env["open.balance.fetched.file"].search([("source_id", "=", self.id)]).mapped("stamp"))
        return (attached - mails.attachment_ids).filtered(
            lambda one: (
                one.name.lower().endswith(LIST_ENDINGS)
                and _stamp(one) not in known
                and not one.create_uid._get_open_balance_refusal(self.company_id)
            )
        )

    def _take_attached(self, attachments):
        """Import one list that is attached to the source; what is in the way is kept and told, not raised."""
        records = self.env["open.balance.fetched.file"].create(
            [self._prepare_attached_vals(one) for one in attachments]
        )
        datas = [one.raw or b"" for one in attachments]
        if self._leave_out_known(records, datas):
            return
        if refusal := self._get_refusal():
            self._fail_files(records, refusal)
            return
        user = self.responsible_id
        context = {"lang": user.lang, "tz": self._get_timezone(), "allowed_company_ids": self.company_id.ids}
        Run = self.env(user=user.id, su=False, context=context)["open.balance.import"]
        try:
            with self.env.cr.savepoint():
                [result] = Run.import_attachments(attachments.ids, self.id, self.apply_automatically)
                run = Run.browse(result["run_id"])
                records._note({"import_id": run.id, "state": "failed" if run.state == "failed" else "taken"})
        except (AccessError, RedirectWarning, UserError) as error:
            self._fail_files(records, str(error.args[0]))

    def _prepare_attached_vals(self, attachment) -> dict:
        """What is kept of a file that is attached to the source."""
        return {
            "source_id": self.id,
            "name": clean_file_name(attachment.name),
            "size": attachment.file_size,
            "changed_on": attachment.create_date,
            "seen_on": fields.Datetime.now(),
            "stamp": _stamp(attachment),
            "is_there": False,
        }


def _stamp(attachment) -> str:
    """What an attachment and its bytes are known by."""
    return hashlib.sha256(f"{attachment.id} {attachment.checksum}".encode()).hexdigest()
