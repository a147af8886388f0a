"""What a list that came by itself ended with: told to the followers of its source, and to the one who is responsible.

Facts are kept on the source, and the activity is made of them: there is one, it says what holds now, and it goes when
nothing wants a person any more.
"""

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Command
from odoo.tools.misc import format_date

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here
from . import settings  # noqa: F401  # extended here
from .fetch import PATIENCE

# So many of the problems of a list are named when its source's followers are told.
SHOWN = 5
ACTIVITY = "account_open_balance.mail_activity_list"
# What a person has to do something about.
WAITING = ("failed", "stopped", "review")


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    outcome = fields.Selection(
        [("failed", "Failed"), ("stopped", "Stopped"), ("review", "Needs Review"), ("applied", "Applied")],
        readonly=True,
        copy=False,
        help="What a list that came by itself ended with.",
    )

    def _creation_subtype(self):
        # EXTENDS 'mail': followers of the source are told what a list ended with, not each mail that brings one
        return self.env.ref("mail.mt_note")

    is_applied_unattended = fields.Boolean(
        "Applied by Itself", readonly=True, copy=False, help="No person looked at it before it was applied."
    )

    def _after_applied(self):
        """Tell what a run ended with that was applied by itself.

        If a person has applied it, nothing of its source waits any more.
        """
        if self.is_applied_unattended:
            self._after_unattended()
        else:
            self.source_id._note_list()

    def _after_background(self, user):
        """Tell what a run ended with that the background job has worked on.

        :param user: who has started it
        """
        if self.state == "running":
            return
        if self.is_applied_unattended and not self.outcome:
            self._after_unattended()
        self._notify_end(user)

    def _after_unattended(self, reason=""):
        """Tell what a run ended with that no person has started. Extension point.

        :param str reason: why it was not planned or not applied, if its problems and lines don't say it
        """
        self.ensure_one()
        outcome = self._get_outcome()
        self._note({"outcome": outcome})
        # By the system and not by the user, who would not be told of a message of their own.
        run = self.with_user(SUPERUSER_ID)
        # Who has begun to follow the source since the run was made is told, too.
        run._message_auto_subscribe({"source_id": run.source_id.id})
        run.message_post(
            body=run._get_notice(outcome, reason),
            message_type="comment",
            subtype_xmlid=f"account_open_balance.mt_import_{outcome}",
        )
        run.source_id._note_list(run if outcome in WAITING else None)
        run._send_digest()

    def _after_cancelled(self):
        """A run that was given up waits for nobody any more."""
        for source in self.source_id.filtered(lambda source: source.waiting_import_id in self):
            source._note_list()

    def _get_outcome(self) -> str:
        """What the run ended with."""
        if self.state in ("draft", "failed") or self.failed_count:
            return "failed"
        if self.state == "planned":
            return "stopped" if self.has_stop or self.source_id.apply_automatically else "review"
        return "review" if self.review_count else "applied"

    def _get_notice(self, outcome: str, reason=""):
        """What followers of the source are told.

        :rtype: Markup
        """
        stops = self._get_open_stops().mapped("message")
        reasons = [*([reason] if reason else ()), *stops[:SHOWN], *self._get_counts_to_tell()]
        if self.state in ("draft", "failed", "planned"):
            label = dict(self._fields["state"]._description_selection(self.env))[self.state]
            reasons.insert(0, self.env._("Not applied, it is: %(state)s.", state=label))
        heading = self.env._("%(run)s wants a person.", run=self.name)
        if outcome == "applied":
            heading = self.env._("%(run)s was applied.", run=self.name)
            reasons.append(self._get_result_sentence())
        return Markup("<br/>").join([heading, *reasons])

    def _get_counts_to_tell(self) -> list[str]:
        """How many lines failed, and how many wait for review."""
        told = []
        if self.failed_count:
            told.append(self.env._("%(count)s lines failed.", count=self.failed_count))
        if self.review_count:
            told.append(self.env._("%(count)s lines wait for review.", count=self.review_count))
        return told


class OpenBalanceSource(models.Model):
    _name = "open.balance.source"
    _inherit = ["open.balance.source", "mail.activity.mixin"]

    expected_days = fields.Integer(
        "A list is due every",
        help="Days after its balance date until which the next list has to come; 0 = lists come when they come.",
    )
    waiting_import_id = fields.Many2one(
        "open.balance.import", "Waits for a Person", readonly=True, copy=False, index="btree_not_null"
    )
    late_since = fields.Date("No List Since", readonly=True, copy=False)
    file_trouble = fields.Char("Not Taken", readonly=True, copy=False)

    _expected_days_positive = models.Constraint(
        "CHECK(expected_days >= 0)", "The number of days until the next list cannot be negative."
    )

    def _subscribe_to_notices(self):
        """Let those who have followed the sources before there were notices get the kinds that are on by default."""
        kinds = self.env["mail.message.subtype"].search([("res_model", "=", self._name), ("default", "=", True)])
        followers = self.message_follower_ids.filtered(lambda one: not one.partner_id.partner_share)
        followers.write({"subtype_ids": [Command.link(kind.id) for kind in kinds]})

    def _note_list(self, waiting=None):
        """Keep that a list came, and whether it waits for a person.

        :param waiting: the run that waits; whatever waited before is past
        """
        # By sudo: what the sources' lists ended with is no user's to write.
        source = self.sudo()
        # Nothing is written that stays the same: runs of one source may be applied at once.
        if source.waiting_import_id.id != (waiting.id if waiting else False):
            source.waiting_import_id = waiting
        if source.file_trouble and not waiting:
            source.file_trouble = False
        if source.late_since and not source._is_late():
            source.late_since = False
        source._renew_activity()

    def _tell_not_fetched(self, message: str):
        """Tell that lists cannot be fetched, or that a file was not taken."""
        source = self.with_user(SUPERUSER_ID)
        if source.fetch_errors < PATIENCE:
            source.file_trouble = message
        source.message_post(body=message, message_type="comment", subtype_xmlid="account_open_balance.mt_source_failed")
        source._renew_activity()

    # === LATE LISTS === #

    @api.model
    def _cron_expected(self):
        """Tell which lists have not come."""
        for source in self.search([("expected_days", ">", 0), ("late_since", "=", False)]):
            if since := source._is_late():
                source.late_since = since
                source._renew_activity()

    def _is_late(self):
        """The day since which there was no list, if the next one should have come.

        :rtype: datetime.date | bool
        """
        days = [day for day in (self.last_balance_date, self._get_day_of_repetition()) if day]
        last = max(days, default=fields.Date.to_date(self.create_date))
        due = fields.Date.add(last, days=self.expected_days)
        return last if self.expected_days and due < self._get_today() else False

    def _get_day_of_repetition(self):
        """The day on which the last list came once more, byte for byte: what it says was true then, too.

        :rtype: datetime.date | bool
        """
        Fetched = self.env["open.balance.fetched.file"].sudo()  # whoever renews the activity
        taken = Fetched.search([("source_id", "=", self.id), ("state", "=", "taken")], limit=1)
        domain = [("source_id", "=", self.id), ("state", "=", "ignored"), ("checksum", "=", taken.checksum)]
        again = Fetched.search(domain, limit=1) if taken else taken
        return bool(again) and self._get_day(again.changed_on)

    # === THE ACTIVITY === #

    def _renew_activity(self):
        """Let the responsible person's activity say what wants a person now; without anything it is done."""
        source = self.with_user(SUPERUSER_ID)
        activity = source.activity_search([ACTIVITY])
        reasons = source._get_reasons()
        if not reasons:
            if activity:
                activity.action_feedback(source.env._("Settled."))
            return
        user = source.responsible_id
        (activity - activity.filtered(lambda one: one.user_id == user)[:1]).unlink()
        vals = {
            "summary": reasons[0][:200],
            "note": Markup("<br/>").join(reasons),
            "date_deadline": source._get_today(),
        }
        if activity := activity.exists():
            activity.write(vals)
        elif user.active and source.company_id in user.company_ids:
            source.activity_schedule(ACTIVITY, user_id=user.id, **vals)

    def _get_reasons(self) -> list:
        """What wants a person, as sentences in the responsible person's language."""
        source = self.with_context(lang=self.responsible_id.lang or self.env.lang)
        run, env = source.waiting_import_id, source.env
        reasons = []
        if run:
            label = dict(run._fields["outcome"]._description_selection(env)).get(run.outcome, "")
            reasons.append(env._("%(run)s: %(outcome)s", run=run.name, outcome=label))
        if source.late_since:
            reasons.append(env._("No list since %(date)s.", date=format_date(env, source.late_since)))
        if source.fetch_errors >= PATIENCE:
            reasons.append(env._("Lists cannot be fetched: %(error)s", error=source.fetch_error))
        return reasons + [source.file_trouble] * bool(source.file_trouble)
