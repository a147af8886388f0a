"""The ways into a run besides the upload dialog: code, RPC; and how a file tells what it is."""

from odoo import api, fields, models


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    @api.model
    def import_file(self, filename, content_base64, source_id=False, balance_date=False, apply=False):
        """Read a list, plan what it means, and book that if asked to.

        Safe to call by RPC: a bad file gives a run in state *failed*, not an error.

        A source that is given decides what the list is. If none is given, a file with the columns of a list of opening
        documents makes a run that would create them, but such a run is never applied here: it stays planned for a
        person. Opening documents are created by code only if a source of opening documents is given.

        :param str filename: the file's name; its ending is not relied on
        :param str content_base64: the file's bytes, base64
        :param int source_id: the ``open.balance.source``; found by the file, else the company's last used, if not given
        :param str|date balance_date: date for which the list is true; taken from the file, else today
        :param bool apply: book the plan, unless a problem of level *stop* is in its way
        :return: ``run_id``, ``state``, ``counts`` and ``amounts`` per action (company currency, ledger sign),
            ``failed`` (number of lines that could not be booked), ``problems`` (level, code, message, file, row,
            column, text found there)
        :rtype: dict
        """
        source = self.env["open.balance.source"].browse(source_id) if source_id else None
        run = self._create_run([(filename, content_base64)], source, balance_date)
        run._note({"is_unattended": True})
        run.action_plan()
        if (
            apply
            and run.state == "planned"
            and not run.has_stop
            and (source or not run._get_list()._is_known_by_columns)
        ):
            run._start()
        if run.state == "failed" or run.has_stop:
            run._tell_followers()
        return run._get_result()

    @api.model
    def _create_run(self, files, source=None, balance_date=False, per=False):
        """Create a run in draft.

        :param list[tuple[str, str]] files: name and base64 content of each file
        :param open.balance.source source: found by the files if not given
        :param str per: kind of list; as the source says if not given
        """
        source = source or self._find_source(files, per)
        company = self.env.company if source.company_id in self.env.company.parent_ids else source.company_id
        return self.create(
            {
                "source_id": source.id,
                "company_id": company.id,
                "balance_date": balance_date or False,
                "per": per or source.per,
                "file_ids": [fields.Command.create({"name": name, "content": content}) for name, content in files],
            }
        )

    @api.model
    def _find_source(self, files, per=False):
        """The source of a run for which nobody named one.

        :param list[tuple[str, str]] files: name and base64 content of each file
        :param str per: what the files were said to be, if anything was said
        """
        per = per or self.env["open.balance.list"]._find_per(files)
        return self.env["open.balance.source"]._get_default(self.env.company, per)

    def _get_result(self) -> dict:
        """The run in plain values, for callers outside; see :meth:`import_file`."""
        self.ensure_one()
        return {
            "run_id": self.id,
            "state": self.state,
            "counts": {action: values["count"] for action, values in self.summary.items()},
            "amounts": {action: values["amount"] for action, values in self.summary.items()},
            "failed": self.failed_count,
            "problems": [
                {
                    "level": problem.level,
                    "code": problem.code,
                    "message": problem.message,
                    "file": problem.file_name or "",
                    "row": problem.row,
                    "column": problem.column or "",
                    "text": problem.text or "",
                }
                for problem in self.problem_ids
            ],
        }
