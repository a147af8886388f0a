"""Taking the files that are ready: each list makes one run, which is planned and, if the source says so, applied."""

import base64
import hashlib

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import fields, models

from ...engine import Issue
from ..arguments import clean_file_name
from . import fetch, fetched_file, settings  # noqa: F401  # extended here
from .pages import is_gap
from .place import PlaceError

# A list whose run was begun so many times is left to a person.
ATTEMPTS = 3


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    def _take(self, place, group):
        """Make a run of the pages of a list, commit, plan and apply it, commit, move the files away.

        :param group: (file, record) for each page
        """
        records = self.env["open.balance.fetched.file"].union(*(record for _file, record in group))
        datas = self._read_pages(place, group, records)
        if datas is None:
            self._put_away(place, group)
            return
        try:
            with self.env.cr.savepoint():
                run = self._create_fetched_run(group, records, datas)
        except UniqueViolation:  # another job was faster
            run = self.env["open.balance.import"]
            records._note({"state": "ignored", "message": self.env._("The same file was taken at that moment.")})
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001
            # Whatever is wrong with one file, the others need not wait for it.
            run = self.env["open.balance.import"]
            self._fail_files(records, str(error) or type(error).__name__)
        self._commit_fetched()
        if run:
            run._go_on_fetched()
            self._commit_fetched()
        self._put_away(place, group)
        self._commit_fetched()

    def _read_pages(self, place, group, records):
        """The bytes of the pages of a list, or None if they are not taken: the records say why.

        :rtype: list[bytes] | None
        """
        largest = settings.LARGEST
        try:
            datas = [place.get_bytes(file.name, largest) if file.size <= largest else b"" for file, _record in group]
        except PlaceError as error:
            # A place may be out of reach from one moment to the next: that is no fault of the file.
            attempts = max(records.mapped("attempts")) + 1
            records._note({"attempts": attempts, "message": str(error)})
            if attempts >= ATTEMPTS:
                self._fail_files(records, str(error))
            return None
        if any(file.size > largest or len(data) > largest for (file, _record), data in zip(group, datas, strict=True)):
            self._fail_files(records, self.env._("It is larger than %(count)s MB.", count=largest >> 20))
            return None
        # What was written to in the meantime is looked at again.
        if any(file.size != len(data) for (file, _record), data in zip(group, datas, strict=True)):
            records._note({"seen_on": fields.Datetime.now()})
            return None
        return None if self._leave_out_known(records, datas) else datas

    def _leave_out_known(self, records, datas: list[bytes]) -> bool:
        """Keep what the files of a list are known by; whether the same bytes were taken before, which is kept too."""
        for record, checksum in zip(records, get_checksums(datas), strict=True):
            record._note({"checksum": checksum})
        earlier = self._find_taken(datas)
        if earlier:
            names = ", ".join(earlier.mapped("name"))
            message = self.env._("The same bytes as of %(file)s, which was taken.", file=names)
            records._note({"state": "ignored", "message": message})
        return bool(earlier)

    def _find_taken(self, datas: list[bytes]):
        """The files with these bytes that were taken before.

        :rtype: open.balance.fetched.file
        """
        return self.env["open.balance.fetched.file"].search(
            [("source_id", "=", self.id), ("state", "=", "taken"), ("checksum", "in", get_checksums(datas))], order="id"
        )

    def _create_fetched_run(self, group, records, datas: list[bytes]):
        """The run of the pages of a list, in draft, in the name of the responsible person; the files are taken.

        :rtype: open.balance.import
        """
        records._note({"state": "taken", "message": False})
        # So that it shows whether another job has taken them.
        records.flush_recordset()
        user = self.responsible_id
        context = {"lang": user.lang, "tz": self._get_timezone(), "allowed_company_ids": self.company_id.ids}
        env = self.env(user=user.id, su=False, context=context)
        names = [clean_file_name(file.name) for file, _record in group]
        contents = [base64.b64encode(data) for data in datas]
        run = env["open.balance.import"]._create_run(list(zip(names, contents, strict=True)), self.with_env(env))
        run._note({"is_unattended": True})
        for file, record in zip(run.file_ids, records, strict=True):
            file._note_fetched(record)
        records._note({"import_id": run.id, "attempts": 0})
        return run

    def _go_on_interrupted(self):
        """Go on with lists that were taken when a job was stopped before it could plan them."""
        taken = self.env["open.balance.fetched.file"].search(
            [("source_id", "=", self.id), ("state", "=", "taken"), ("import_id.state", "=", "draft")]
        )
        for run in taken.import_id.sorted("id"):
            user = self.responsible_id
            run.with_env(self.env(user=user.id, su=False, context={"lang": user.lang}))._go_on_fetched()
            self._commit_fetched()

    # === AFTERWARDS === #

    def _take_away_leftovers(self, place, found):
        """Move away what was taken when a job was stopped, or when it could not be moved."""
        there = {clean_file_name(file.name): file for file in found}
        records = self.env["open.balance.fetched.file"].search(
            [("source_id", "=", self.id), ("is_there", "=", True), ("state", "!=", "seen")]
        )
        self._put_away(place, [(there[record.name], record) for record in records if record.name in there])

    def _put_away(self, place, group):
        """Move or delete files that are done with, as the source says; what cannot be moved is told once."""
        for file, record in group:
            if record.state == "seen" or self.fetch_after == "keep":
                continue
            try:
                if self.fetch_after == "delete" and record.state != "failed":
                    place.delete(file.name)
                else:
                    place.move(file.name, "failed" if record.state == "failed" else "done")
                record._note({"is_there": False})
            except PlaceError as error:
                message = self.env._("It cannot be moved away: %(error)s", error=error)
                if record.message != message:
                    record._note({"message": message})
                    self._tell_not_fetched(f"{record.name}: {message}")

    def _fail_files(self, records, reason: str):
        """Keep why files are not taken, and tell it."""
        records._note({"state": "failed", "message": reason})
        self._tell_not_fetched(
            self.env._("%(files)s was not taken: %(reason)s", files=", ".join(records.mapped("name")), reason=reason)
        )


class OpenBalanceImportFile(models.Model):
    _inherit = "open.balance.import.file"

    def _note_fetched(self, record):
        """Keep when the file was made that was fetched."""
        self._note({"changed_on": record.changed_on})


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    fetched_ids = fields.One2many("open.balance.fetched.file", "import_id", "Fetched Files", readonly=True)

    def _go_on_fetched(self):
        """Plan what was fetched, and apply it if the source says so. Nothing is raised."""
        # By sudo: what is kept of fetched files is no user's to write.
        records = self.sudo().fetched_ids
        attempts = max(records.mapped("attempts")) + 1
        records._note({"attempts": attempts})
        records.source_id._commit_fetched()
        # Another job may have begun with it, too.
        if not self.try_lock_for_update() or self._read_state() != "draft":
            return
        if attempts > ATTEMPTS:
            records._note({"state": "failed", "message": self.env._("It was begun several times, and never ended.")})
            self._after_unattended(records[0].message)
            return
        try:
            with self.env.cr.savepoint():
                self._go_on_unattended()
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001
            # Whatever is wrong with one list, the others need not wait for it.
            self.env.invalidate_all()
            records._note({"state": "failed", "message": str(error) or type(error).__name__})
            self._after_unattended(records[0].message)
        if self.state == "failed":
            records._note({"state": "failed"})

    def _read_state(self) -> str:
        """The run's state as it is now, whatever was known of it before."""
        self.invalidate_recordset(["state"])
        return self.state

    def _check_pages(self) -> list[Issue]:
        """Stop a list of which a page is missing: what is on it would look absent."""
        if not self.is_unattended or not is_gap(self.file_ids.mapped("name")):
            return []
        return [Issue("stop", "page_missing", {"files": tuple(self.file_ids.mapped("name"))})]


def get_checksums(datas: list[bytes]) -> list[str]:
    """Return what the pages of a list are known by: one page by its bytes, several by all of them and their places."""
    own = [hashlib.sha256(data).hexdigest() for data in datas]
    if len(own) == 1:
        return own
    whole = "".join(own)
    return [hashlib.sha256(f"{number} {whole}".encode()).hexdigest() for number in range(len(own))]
