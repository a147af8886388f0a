from collections import Counter
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import ValidationError

MEMO_KEY = "open_balance.sequence_formats"
# Digits of the numbers that opening documents get here.
DIGITS = 5


class AccountMove(models.Model):
    _inherit = "account.move"

    @contextmanager
    def _ask_sequence_format_once(self):
        """Within this block the format of the next number is looked up once per journal, date and kind of entry.

        Odoo looks it up anew for every entry that it posts: several queries, and the answer cannot change while one
        batch is numbered. Only the format is remembered: the number itself always comes from ``_locked_increment``,
        which holds the lock and goes on to the next number if one is taken.
        """
        data = self.env.cr.precommit.data  # emptied by commit and by rollback, as Odoo's own cache of numbers
        data[MEMO_KEY] = {}
        try:
            yield
        finally:
            data.pop(MEMO_KEY, None)

    def _get_next_sequence_format(self):
        # EXTENDS 'account'
        memo = self.env.cr.precommit.data.get(MEMO_KEY)
        key = (self.journal_id.id, self.company_id.id, self.date, self.move_type, bool(self.origin_payment_id))
        if memo is None or self.journal_id.is_self_billing or key not in memo:
            found = self._get_opening_sequence_format() or super()._get_next_sequence_format()
            if memo is None or self.journal_id.is_self_billing:
                return found
            memo[key] = found
        format_string, format_values = memo[key]
        return format_string, dict(format_values)  # the caller takes the number out

    def _get_opening_sequence_format(self):
        """The format of the next number in a journal of opening documents, False in others.

        It is always ours: those documents bear numbers of another system, and Odoo would go on from whatever the last
        one happens to be.
        """
        if not self.journal_id.open_balance_opening or self.journal_id.sequence_override_regex:
            return False
        prefix = self._get_opening_prefix(self.journal_id, self.date)
        last = self._get_last_opening_numbers(self.journal_id, [prefix]).get(prefix, 0)
        return self._get_sequence_format_param(f"{prefix}{last:0{DIGITS}}")

    # === NUMBERS OF OPENING DOCUMENTS === #

    @api.model
    def _get_opening_prefix(self, journal, date) -> str:
        """What stands before the number of a document that is numbered here: journal and year."""
        return f"{journal.code}/{date.year}/"

    @api.model
    def _get_last_opening_numbers(self, journal, prefixes) -> Counter:
        """The last number that each prefix has got in a journal."""
        # Numbers of branches that the user may not see are taken as well.
        groups = self.sudo()._read_group(
            [("journal_id", "=", journal.id), ("sequence_prefix", "in", list(prefixes))],
            ["sequence_prefix"],
            ["sequence_number:max"],
        )
        return Counter(dict(groups))

    @api.model
    def _get_opening_names(self, journal, numbers, dates) -> list:
        """Names of documents to be created: the original number where Odoo takes it, else one of the journal's own.

        The journal must be locked: the numbers are only free until another transaction takes them.

        :param account.journal journal: one of opening documents; in another, Odoo names them itself
        :param list numbers: per document what it shall be called, False where that doesn't matter
        :param list dates: per document its accounting date
        :return: per document its name, False where Odoo shall give one
        """
        if not journal.open_balance_opening or journal.sequence_override_regex:
            return [False] * len(numbers)
        # Odoo secures entries only if their numbers follow one another.
        free = [False] * len(numbers) if journal.restrict_mode_hash_table else numbers
        names = self._get_accepted_names(journal, free, dates)
        prefixes = [self._get_opening_prefix(journal, date) for date in dates]
        last = self._get_last_opening_numbers(journal, set(prefixes))
        taken = set(names)
        for index, prefix in enumerate(prefixes):
            while not names[index]:
                last[prefix] += 1
                name = f"{prefix}{last[prefix]:0{DIGITS}}"
                names[index] = name if name not in taken else False
        return names

    @api.model
    def _get_accepted_names(self, journal, numbers, dates) -> list:
        """The original numbers that are free in a journal and fit the accounting date; False for the others."""
        wanted = [number for number in numbers if number]
        # As above; a draft's name becomes taken when it is posted.
        used = self.sudo().search_fetch([("journal_id", "=", journal.id), ("name", "in", wanted)], ["name"])
        taken = set(used.mapped("name")) if wanted else set()
        probe = self.new({"journal_id": journal.id, "company_id": journal.company_id.id})
        names = []
        for number, date in zip(numbers, dates, strict=True):
            accepted = number and number not in taken and probe._accepts_name(number, date)
            names.append(number if accepted else False)
            taken.add(number)
        return names

    def _accepts_name(self, name, date) -> bool:
        """Whether Odoo takes the name for an entry of that date: a year or month in it must be the date's.

        :param self: a new record of the journal, whose name and date don't matter
        """
        if not name.strip("/"):
            return False  # "/" is no name for Odoo
        # Straight into the cache: nothing is to be computed from them.
        self._update_cache({"name": name, "date": date}, validate=False)
        try:
            return self._sequence_matches_date()
        except (ValidationError, ValueError):
            return False  # no number in it that Odoo could make out

    # === GAPS === #

    def _compute_made_sequence_gap(self):
        # EXTENDS 'account': numbers of another system have gaps that say nothing
        opening = self.filtered("open_balance_type")
        opening.made_sequence_gap = False
        return super(AccountMove, self - opening)._compute_made_sequence_gap()

    def _set_next_made_sequence_gap(self, made_gap):
        # EXTENDS 'account'
        others = self.filtered(lambda move: not move.open_balance_type)
        return super(AccountMove, others)._set_next_made_sequence_gap(made_gap)
