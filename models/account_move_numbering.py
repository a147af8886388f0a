from contextlib import contextmanager

from odoo import models

MEMO_KEY = "open_balance.sequence_formats"


class AccountMove(models.Model):
    _inherit = "account.move"

    @contextmanager
    def _ask_sequence_format_once(self):
        """Within this block the format of the next number is looked up once per journal and date.

        Odoo looks it up anew for every entry that it posts: several queries, and the answer cannot change while one
        batch of payments is numbered. Only the format is remembered: the number itself always comes from
        ``_locked_increment``, which holds the lock and goes on to the next number if one is taken.
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
        if memo is None or not self.origin_payment_id:
            return super()._get_next_sequence_format()
        key = (self.journal_id.id, self.company_id.id, self.date)
        if key not in memo:
            memo[key] = super()._get_next_sequence_format()
        format_string, format_values = memo[key]
        return format_string, dict(format_values)  # the caller takes the number out
