"""What was shown is what is booked, and in the name of a person who may: asked before a run starts and goes on."""

import hashlib
import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...messages import get_sentence, to_json

# What a run writes on its lines itself, or a person without changing what is booked.
NOT_PLANNED = {
    "state", "payment_id", "result", "is_assigned", "remember_number", "partial_ids", "reopened_payment_id",
    "plan_checksum",
}  # fmt: skip
# What of a run the plan, and each confirmation, holds for.
PLANNED_FOR = ("source_id", "company_id", "per", "balance_date", "cover", "complete", "scope", "payables_sign")


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    plan_checksum = fields.Char(
        readonly=True, copy=False, help="Of the files, the settings and what the stored lines would book."
    )

    # === CHECKSUMS === #

    def _seal(self):
        """Keep the checksums of the plan that was just stored."""
        self.line_ids._seal(self)
        self._note({"plan_checksum": self._get_plan_checksum()})

    def _get_plan_checksum(self) -> str:
        """Checksum of the run's files and settings, and of its lines as they were when the plan was made."""
        self.env["open.balance.import.line"].flush_model(["plan_checksum"])
        # Raw SQL: a list of 100,000 lines is not read into memory for it.
        [(lines,)] = self.env.execute_query(
            SQL(
                """SELECT md5(string_agg(id || ':' || COALESCE(plan_checksum, ''), ',' ORDER BY id))
                     FROM open_balance_import_line WHERE import_id = %s""",
                self.id,
            )
        )
        return self._get_checksum(lines)

    def _get_confirmation_checksum(self) -> str:
        """What a confirmation holds for: the files, what they were taken for, and the sums of their plan."""
        return self._get_checksum([self.totals, self.summary])

    def _get_checksum(self, values) -> str:
        """Checksum of the run's files and settings together with some values."""
        settings = [str(self[name].id if self._fields[name].relational else self[name]) for name in PLANNED_FOR]
        settings.append(str(self.source_id.sets_credit_limits))
        files = sorted(file.checksum or "" for file in self.file_ids)
        return hashlib.sha256(json.dumps([files, settings, values], sort_keys=True).encode()).hexdigest()

    # === MAY IT BE BOOKED? === #

    def _check_may_book(self):
        """Raise unless the user may apply the run, no problem is in its way, and its lines still are its plan."""
        self.check_access("write")
        # Asked for now, so that a missing right is told to the person and not to the background job.
        self.env["account.payment"].check_access("create")
        self._check_is_planned()
        self._check_branches_of_lines()
        messages = self._get_open_stops().mapped("message")
        # A person who may not enter a branch cannot book its documents, whoever has planned them.
        for issue in self._in_company()._check_branches():
            messages.append(get_sentence(self.env, issue.code, to_json(issue.values)))
        if messages:
            raise UserError(
                self.env._(
                    "%(run)s cannot be applied: %(problems)s",
                    run=self.name,
                    problems="\n".join(dict.fromkeys(messages)),
                )
            )
        if self.plan_checksum != self._get_plan_checksum() or self._in_company()._get_changed_lines():
            raise UserError(
                self.env._(
                    "The lines of %(run)s are no longer those that were planned. Plan again first.", run=self.name
                )
            )

    def _check_branches_of_lines(self):
        """Raise when lines are of branches that the user may not enter, and so does not see."""
        if self.env.su:
            return
        # By sudo: only whether there are such lines is asked.
        lines = self.env["open.balance.import.line"].sudo()
        allowed = [False, *self.env.user.company_ids.ids]
        if lines.search_count([("import_id", "=", self.id), ("document_company_id", "not in", allowed)], limit=1):
            raise AccessError(
                self.env._("%(run)s has documents of branches that you may not enter.", run=self.name),
            )

    def _check_is_planned(self):
        """Raise when the run was changed since it was planned."""
        if self.needs_plan:
            raise UserError(self.env._("%(run)s was changed since its preview. Plan again first.", run=self.name))

    def _get_changed_lines(self):
        """Lines that would book something else than was planned.

        Without those whose document was deleted or changed since the preview: they fail by themselves.

        :rtype: open.balance.import.line
        """
        Line = self.env["open.balance.import.line"]
        Line.flush_model()
        # Raw SQL: as above.
        rows = self.env.execute_query(
            SQL(
                "SELECT l.id FROM open_balance_import_line l WHERE l.import_id = %s AND l.state = 'planned' "
                "AND l.action NOT IN ('review', 'skip') AND l.plan_checksum IS DISTINCT FROM %s",
                self.id,
                Line._get_checksum_sql(),
            )
        )
        lines = Line.browse([line_id for (line_id,) in rows])
        list_ = self._get_list()
        return lines.filtered(lambda line: not list_._fails_by_itself(line))

    def _get_obstacle(self) -> str:
        """Why a run that was started may not go on being applied or undone, or ""."""
        try:
            if self.undone_by_id:
                self._check_branches_of_lines()
            else:
                self._check_may_book()
        except UserError as error:
            return str(error.args[0])
        return ""

    # === IN WHOSE NAME? === #

    def _get_refusal(self, user) -> str:
        """Why a job does not go on in the name of a user, or ""."""
        return user._get_open_balance_refusal(self.company_id)

    def _check_user_of_job(self):
        """Raise when a job would not go on in the name of the current user."""
        if refusal := self._get_refusal(self.env.user):
            raise UserError(refusal)

    def _end_job(self, reason: str):
        """End a run whose job may not go on, so that a person can act on it; followers, its source's too, are told."""
        if self.undone_by_id:
            self._note({"state": "done", "undone_by_id": False})
        elif self._search_lines("done"):
            self._search_lines("planned")._note({"state": "failed", "result": reason})
            self._note({"state": "done"})
        else:
            self._note({"state": "planned", "needs_plan": True})
        self.message_post(
            body=self.env._("The background job has ended: %(reason)s", reason=reason),
            partner_ids=self.source_id.message_partner_ids.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    plan_checksum = fields.Char(readonly=True, copy=False, help="Of what the line would book.")

    def _seal(self, run):
        """Keep a checksum of each line of a run that was just planned, and whose its document is."""
        self.env.flush_all()
        # Raw SQL: as for the run.
        self.env.cr.execute(
            SQL(
                """UPDATE open_balance_import_line l
                      SET plan_checksum = %s,
                          document_company_id = (SELECT company_id FROM account_move m WHERE m.id = l.move_id)
                    WHERE l.import_id = %s""",
                self._get_checksum_sql(),
                run.id,
            )
        )
        self.invalidate_model(["plan_checksum", "document_company_id"])

    def _get_checksum_sql(self) -> SQL:
        """What a line, as ``l``, would book, as a checksum."""
        names = sorted(
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and not (field.compute or field.manual)
        )
        columns = SQL(", ").join(
            # A partner that the run creates is set on all lines that it is for.
            SQL("CASE WHEN l.new_partner IS NULL THEN l.partner_id END")
            if name == "partner_id"
            else SQL.identifier("l", name)
            for name in names
            if name not in NOT_PLANNED and name not in models.MAGIC_COLUMNS
        )
        undo = self._fields["undo_payment_ids"]
        return SQL(
            "md5(ROW(%s, (SELECT string_agg(u.%s::text, ',' ORDER BY u.%s) FROM %s u WHERE u.%s = l.id))::text)",
            columns,
            SQL.identifier(undo.column2),
            SQL.identifier(undo.column2),
            SQL.identifier(undo.relation),
            SQL.identifier(undo.column1),
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_open_balance_refusal(self, company) -> str:
        """Why nothing of a company is imported in the name of a user without the user being there, or ""."""
        self.ensure_one()
        if self._is_superuser():
            return self.env._("A job books in the name of a person, not of %(user)s.", user=self.name)
        if not self.active:
            return self.env._("%(user)s is no longer active.", user=self.name)
        if not self.has_group("account.group_account_invoice"):
            return self.env._("%(user)s has no right to import any more.", user=self.name)
        if company not in self.company_ids:
            return self.env._("%(user)s may no longer enter %(company)s.", user=self.name, company=company.name)
        return ""
