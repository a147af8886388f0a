"""The ways into a run besides the upload dialog: code, RPC; and how a file tells what it is."""

from contextlib import suppress
from datetime import date, datetime
from reprlib import repr as shorten

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import make_date
from ..arguments import NAME_LENGTH, clean_file_name, is_base64, is_id


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    @api.model
    def import_file(self, filename, content_base64, source_id=False, balance_date=False, apply=False):
        """Read a list, plan what it means, and book that if asked to.

        Safe to call by RPC: a bad file gives a run in state *failed*, not an error. An argument that is not what it has
        to be, base64 that is none for instance, is an error that names it, and makes no run.

        A source that is given decides what the list is. If none is given, a file with the columns of a list of opening
        documents makes a run that would create them, but such a run is never applied here: it stays planned for a
        person. Opening documents are created by code only if a source of opening documents is given.

        :param str filename: the file's name, up to 255 characters; its ending is not relied on
        :param str content_base64: the file's bytes, base64, in one line or several
        :param int source_id: the ``open.balance.source``; found by the file's layout and heading, if not given
        :param str|date balance_date: date for which the list is true, as "2026-03-31"; taken from the file, else today
        :param bool apply: book the plan, unless a problem of level *stop* is in its way
        :return: ``run_id``, ``state``, ``counts`` and ``amounts`` per action (company currency, ledger sign),
            ``failed`` (number of lines that could not be booked), ``problems`` (level, code, message, file, row,
            column, text found there)
        :rtype: dict
        :raise UserError: for an argument that is not what it has to be
        """
        source, balance_date = self._read_arguments(filename, content_base64, source_id, balance_date, apply)
        run = self._create_run([(filename, content_base64)], source, balance_date)
        run._import_now(source, apply)
        return run._get_result()

    def _import_now(self, source, apply):
        """Plan what a program brings and book it if asked to; whoever follows the source is told what is in the way.

        :param open.balance.source source: as it was given; none if it was found
        """
        self._note({"is_unattended": True})
        self.action_plan()
        is_meant = source or not self._get_list()._is_known_by_columns
        reason = ""
        if apply and is_meant and self.state == "planned" and not self.has_stop:
            reason = self._apply_unattended()
        if self.state in ("failed", "planned") and (apply or self.state == "failed" or self.has_stop):
            self._after_unattended(reason)

    @api.model
    def _read_arguments(self, filename, content_base64, source_id, balance_date, apply):
        """Look at the arguments of ``import_file``: which source and date they give.

        :rtype: tuple[open.balance.source, date | bool]
        :raise UserError: if one of them is not what it has to be; it names the argument
        """
        self._check_file_name("filename", filename)
        self._check_base64("content_base64", content_base64)
        self._check_truth("apply", apply)
        return self._read_source(source_id), self._read_balance_date(balance_date)

    @api.model
    def _check_truth(self, argument: str, value):
        """Raise unless a value is true, false, or nothing."""
        if not any(value is known for known in (True, False, None)):
            raise self._get_wrong(argument, value, self.env._("true or false"))

    @api.model
    def _check_file_name(self, argument: str, value):
        """Raise unless a value can be kept as a file's name."""
        if not (isinstance(value, str) and value and value == clean_file_name(value)):
            raise self._get_wrong(argument, value, self.env._("a file's name of 1 to %s characters", NAME_LENGTH))

    @api.model
    def _check_base64(self, argument: str, value):
        """Raise unless a value is text or bytes in base64; empty, it is a file without bytes."""
        if not is_base64(value):
            raise self._get_wrong(argument, value, self.env._("the file's bytes in base64"))

    @api.model
    def _read_source(self, source_id):
        """The source with an id; none if none is given."""
        Source = self.env["open.balance.source"]
        if source_id is None or source_id is False:
            return Source
        if not is_id(source_id) or not (source := Source.browse(source_id).exists()):
            raise self._get_wrong("source_id", source_id, self.env._("the id of a balance source, or nothing"))
        return source

    @api.model
    def _read_balance_date(self, value):
        """The date that is given; False if none is.

        :rtype: date | bool
        """
        if value is None or value is False:
            return False
        day = given = value.date() if isinstance(value, datetime) else value
        with suppress(ValueError):
            day = fields.Date.to_date(given) if isinstance(given, str) else day
        if isinstance(day, date) and given in (day, str(day)) and make_date(day.year, day.month, day.day):
            return day
        raise self._get_wrong("balance_date", value, self.env._("a date written as 2026-03-31, or nothing"))

    @api.model
    def _get_wrong(self, argument: str, value, expected: str) -> UserError:
        """The error of an argument that is not what it has to be."""
        return UserError(
            self.env._(
                "%(argument)s is %(found)s, but has to be %(expected)s.",
                argument=argument,
                found=shorten(value),
                expected=expected,
            )
        )

    @api.model
    def _create_run(self, files, source=None, balance_date=False, per=False):
        """Create a run in draft.

        :param list[tuple[str, str]] files: name and base64 content of each file
        :param open.balance.source source: found by the files if not given
        :param str per: kind of list; as the source says if not given
        """
        source, is_sure = (source, True) if source else self._find_source(files, per)
        company = self.env.company if source.company_id in self.env.company.parent_ids else source.company_id
        run = self.create(
            {
                "source_id": source.id,
                "company_id": company.id,
                "balance_date": balance_date or False,
                "per": per or source.per,
                "file_ids": [fields.Command.create({"name": name, "content": content}) for name, content in files],
            }
        )
        run._note({"is_source_unclear": not is_sure})
        return run

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
