"""Looking for new lists: the job, one look at a source, and which of the files that lie there are ready."""

import logging
from datetime import timedelta
from fnmatch import fnmatch

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..arguments import clean_file_name
from . import fetched_file, settings  # noqa: F401  # extended here
from .pages import group_pages
from .place import Found, PlaceError, is_wanted

_logger = logging.getLogger(__name__)

# A file that was the same at two looks, so many seconds apart, is whole.
SETTLED = 60
# A place that cannot be reached is told after so many looks in vain; then it is looked at less and less often.
PATIENCE = 3
LONGEST = 16


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    def action_fetch(self):
        """Look for new lists now, in the background."""
        self.ensure_one()
        self.check_access("read")
        self.env["open.balance.import"].check_access("create")
        if not self.fetch_from:
            raise UserError(self.env._("%(name)s says of no place where its lists are.", name=self.name))
        # By sudo: asking for a look is no change of the source, and starting a job no right of an invoicing user.
        self.sudo().fetch_next = fields.Datetime.now()
        self.env.ref("account_open_balance.ir_cron_fetch").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("New lists are looked for. A file that is new is taken a minute later."),
            },
        }

    # === THE JOB === #

    @api.model
    def _cron_fetch(self):
        """Look for new lists of every source whose time has come."""
        sources = self.search([("fetch_from", "!=", False)], order="fetch_next NULLS FIRST, id").filtered(
            lambda source: not source.fetch_next or source.fetch_next <= fields.Datetime.now()
        )
        self._commit_fetched(remaining=len(sources))
        for number, source in enumerate(sources, 1):
            source._fetch_safely()
            if not self._commit_fetched(1, remaining=len(sources) - number):
                break

    @api.model
    def _commit_fetched(self, processed=0, **remaining) -> float:
        """Commit what the job has done.

        :return: seconds left
        """
        return self.env["ir.cron"]._commit_progress(processed, **remaining)

    def _fetch_safely(self):
        """Look for new lists of one source; whatever is wrong with it is kept on it."""
        try:
            self._fetch()
        except Exception as error:
            # Whatever is wrong with one source, the others need not wait for it.
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.exception("Lists of %s were not fetched", self.name)
            self._note_miss(str(error) or type(error).__name__)

    def _fetch(self):
        """Look for new lists of one source, and take those that are ready."""
        if not self._lock_source():
            return
        if refusal := self._get_refusal():
            self._note_miss(refusal, at_once=True)
            return
        try:
            place = self._get_place()
            found = [file for file in place.find() if self._is_list(file)]
        except PlaceError as error:
            self._note_miss(str(error))
            return
        self._note_reached()
        groups = self._look_at(found)
        self._commit_fetched()
        self._go_on_interrupted()
        self._take_away_leftovers(place, found)
        for group in self._sort_by_day(place, groups):
            if not self._lock_source():
                return
            self._take(place, group)

    def _lock_source(self) -> bool:
        """Whether no other job works on the source; it is locked until this transaction ends."""
        # Others may go on with runs of the source, which refer to it.
        return bool(self.try_lock_for_update(allow_referencing=True))

    # === THE PLACE === #

    def _note_miss(self, error: str, at_once=False):
        """Keep that the place could not be reached; the responsible person is told when it was so a few times.

        :param at_once: tell it now: it will not go by itself
        """
        errors = self.fetch_errors + 1
        minutes = self.fetch_every * min(2 ** (errors - 1), LONGEST)
        self.write(
            {
                "fetch_errors": max(errors, PATIENCE) if at_once else errors,
                "fetch_error": error,
                "fetch_next": fields.Datetime.now() + timedelta(minutes=minutes),
            }
        )
        if errors == (1 if at_once else PATIENCE):
            self._tell_not_fetched(self.env._("Lists cannot be fetched: %(error)s", error=error))

    def _note_reached(self):
        """Keep that the place was reached."""
        was_told = self.fetch_errors >= PATIENCE
        self.write(
            {
                "fetch_errors": 0,
                "fetch_error": False,
                "fetch_next": fields.Datetime.now() + timedelta(minutes=self.fetch_every),
            }
        )
        if was_told:
            self._renew_activity()

    # === THE FILES === #

    def _is_list(self, file: Found) -> bool:
        """Whether a file may be a list of the source: by its name, and because it is not empty."""
        name = file.name.casefold()
        patterns = (self.fetch_pattern or settings.PATTERN).casefold().split()
        return bool(file.size) and is_wanted(file.name) and any(fnmatch(name, pattern) for pattern in patterns)

    def _look_at(self, found: list[Found]) -> list[list]:
        """Keep how the files look, and say which are ready: those that were the same a minute ago at the latest.

        :return: (file, record) for each file of a list; the files of one list are its pages
        """
        Fetched = self.env["open.balance.fetched.file"]
        known = {
            record.name: record for record in Fetched.search([("source_id", "=", self.id), ("is_there", "=", True)])
        }
        now = fields.Datetime.now()
        lists, waits = {}, False
        pages = group_pages(file.name for file in found)
        for file in sorted(found, key=lambda one: (pages[one.name], one.name)):
            record = self._look_at_file(file, known.pop(clean_file_name(file.name), Fetched), now)
            if record.state == "seen":
                lists.setdefault(pages[file.name][0], []).append((file, record))
                waits = waits or not _is_settled(record, now)
        gone = Fetched.union(*known.values())
        vanished = gone.filtered(lambda record: record.state == "seen")
        (gone - vanished)._note({"is_there": False})
        vanished.unlink()
        if waits:
            self._look_again_soon()
        return [files for files in lists.values() if all(_is_settled(record, now) for _file, record in files)]

    def _look_at_file(self, file: Found, record, now):
        """Keep how a file looks.

        :param record: what is kept of a file of that name; may be none
        :rtype: open.balance.fetched.file
        """
        if record.stamp == file.stamp:
            return record
        vals = {"size": file.size, "changed_on": file.modified or now, "stamp": file.stamp, "seen_on": now}
        if record.state == "seen":
            record._note({**vals, "attempts": 0, "message": False})
            return record
        record._note({"is_there": False})
        return record.create({**vals, "source_id": self.id, "name": clean_file_name(file.name)})

    def _look_again_soon(self):
        """Come back when the files that are there now may be whole."""
        soon = fields.Datetime.now() + timedelta(seconds=SETTLED)
        self.fetch_next = min(self.fetch_next, soon)
        self.env.ref("account_open_balance.ir_cron_fetch")._trigger(at=soon)

    def _sort_by_day(self, place, groups: list[list]) -> list[list]:
        """The lists with the oldest first: what they are read for is their balance date."""
        if len(groups) < 2:
            return groups
        return sorted(groups, key=lambda group: (self._find_day(place, group), group[0][0].name))

    def _find_day(self, place, group):
        """The balance date of a list as far as it can be told before it is taken."""
        file, record = group[0]
        try:
            data = place.get_bytes(file.name, settings.LARGEST) if file.size <= settings.LARGEST else b""
        except PlaceError:
            data = b""
        detected = self._get_list()._read(data, file.name, self._get_read_options()).detected
        return detected.balance_date or self._get_day(record.changed_on)


def _is_settled(record, now) -> bool:
    """Whether the file looks as it did a minute ago."""
    return record.seen_on <= now - timedelta(seconds=SETTLED)
