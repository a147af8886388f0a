from odoo import api, fields, models
from odoo.exceptions import UserError

from . import open_balance_protected  # noqa: F401  # extended here

# What a plan depends on.
SETTINGS = {
    "source_id", "company_id", "balance_date", "cover", "complete", "scope", "per", "payables_sign", "file_ids",
    "column_ids", "line_ids",
}  # fmt: skip
# What automation rules have to see, which look at what is written and not at what is noted.
SEEN = ("state", "outcome")


class OpenBalanceImport(models.Model):
    """One run over one or more files of a source: read, planned, shown, applied, and undone if need be."""

    _name = "open.balance.import"
    _description = "Open Balance Import"
    _inherit = ["open.balance.protected", "mail.thread", "mail.activity.mixin"]
    _order = "balance_date desc, id desc"
    _check_company_auto = True
    _user_fields = frozenset({"name", *SETTINGS})

    name = fields.Char(compute="_compute_name", store=True, precompute=True)
    source_id = fields.Many2one(
        "open.balance.source",
        "Balance Source",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("planned", "Planned"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("undone", "Undone"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    balance_date = fields.Date(
        tracking=True, help="The date for which the list is true. Empty = taken from the file, else today."
    )
    balance_date_origin = fields.Selection(
        [("given", "as entered"), ("file", "from the file"), ("today", "today, as the file gives none")],
        readonly=True,
        copy=False,
    )
    cover = fields.Selection(
        [("receivable", "Receivables"), ("payable", "Payables"), ("both", "Receivables and payables")],
        string="The list holds",
        help="Empty = taken from the file.",
    )
    planned_cover = fields.Selection(
        [("receivable", "Receivables"), ("payable", "Payables"), ("both", "Receivables and payables")],
        string="Taken to hold",
        readonly=True,
        copy=False,
    )
    complete = fields.Boolean(
        "Complete list", compute="_compute_from_source", store=True, readonly=False, precompute=True
    )
    scope = fields.Selection(
        [("ledger", "The whole ledger"), ("partners", "Only the partners that occur in it")],
        string="The list covers",
        compute="_compute_from_source",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    payables_sign = fields.Selection(
        [("ledger", "Bills are negative"), ("positive", "Bills are positive")], string="Payables in the file"
    )
    file_ids = fields.One2many("open.balance.import.file", "import_id", string="Files")
    file_names = fields.Char(compute="_compute_file_names")
    line_ids = fields.One2many("open.balance.import.line", "import_id", string="Lines")
    problem_ids = fields.One2many("open.balance.import.problem", "import_id", string="Problems")
    has_stop = fields.Boolean(compute="_compute_has_stop")
    totals = fields.Json(
        "Sums", readonly=True, copy=False, help="What the books and the file summed up to when the run was planned."
    )
    totals_table = fields.Html(compute="_compute_totals_table", sanitize=False)
    summary = fields.Json(
        compute="_compute_summary", help="Per action: number of lines and amount in company currency."
    )
    apply_sentence = fields.Char(compute="_compute_apply_sentence")
    result_sentence = fields.Char(compute="_compute_result_sentence")
    failed_count = fields.Integer(compute="_compute_summary")
    review_count = fields.Integer(compute="_compute_summary")
    suggestion_count = fields.Integer(compute="_compute_summary")
    line_count = fields.Integer(compute="_compute_summary")
    payment_count = fields.Integer(compute="_compute_payment_count")
    is_corrections = fields.Boolean(
        readonly=True, copy=False, help="The file holds corrected rows of the list before: single items, no list."
    )
    needs_plan = fields.Boolean(
        readonly=True, copy=False, help="Something was changed since the plan was made: it is not what would be booked."
    )
    progress = fields.Float(compute="_compute_progress", help="Percentage of the lines that are booked.")
    applied_by_id = fields.Many2one("res.users", "Applied by", readonly=True, copy=False)
    applied_on = fields.Datetime(readonly=True, copy=False)
    undo_result = fields.Json(readonly=True, copy=False)

    @api.depends("source_id", "balance_date")
    def _compute_name(self):
        for run in self:
            parts = [run.source_id.name, fields.Date.to_string(run.balance_date)]
            run.name = " ".join(part for part in parts if part) or self.env._("Open Balance Import")

    @api.depends("source_id")
    def _compute_from_source(self):
        for run in self:
            run.complete = run.source_id.complete
            run.scope = run.source_id.scope or "ledger"

    @api.depends("file_ids.name")
    def _compute_file_names(self):
        for run in self:
            run.file_names = ", ".join(run.file_ids.mapped("name"))

    @api.depends("problem_ids.level", "problem_ids.confirmed_by_id")
    def _compute_has_stop(self):
        for run in self:
            run.has_stop = bool(run._get_open_stops())

    @api.depends("line_ids.action", "line_ids.state", "line_ids.company_amount")
    def _compute_summary(self):
        groups = self.env["open.balance.import.line"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "action", "state"],
            ["__count", "company_amount:sum", "suggested_partner_id:count"],
        )
        actions = self.env["open.balance.import.line"]._fields["action"].get_values(self.env)
        for run in self:
            summary = {action: {"count": 0, "amount": 0.0} for action in actions}
            run.failed_count = run.suggestion_count = 0
            for owner, action, state, count, amount, suggestions in groups:
                if owner != run._origin:
                    continue
                summary[action]["count"] += count
                summary[action]["amount"] += amount
                run.failed_count += count if state == "failed" else 0
                run.suggestion_count += suggestions if action == "review" and state == "planned" else 0
            run.summary = summary
            run.review_count = summary["review"]["count"]
            run.line_count = sum(values["count"] for values in summary.values())

    @api.depends("line_ids.payment_id")
    def _compute_payment_count(self):
        counts = dict(
            self.env["open.balance.import.line"]._read_group(
                # What is skipped because it exists was not booked by the run.
                [("import_id", "in", self.ids), ("payment_id", "!=", False), ("action", "!=", "skip")],
                ["import_id"],
                ["payment_id:count_distinct"],
            )
        )
        for run in self:
            run.payment_count = counts.get(run._origin, 0)

    @api.depends("line_ids.state")
    def _compute_progress(self):
        groups = self.env["open.balance.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state"], ["__count"]
        )
        for run in self:
            total = sum(count for owner, _state, count in groups if owner == run._origin)
            planned = sum(count for owner, state, count in groups if owner == run._origin and state == "planned")
            run.progress = 100 * (total - planned) / total if total else 0

    @api.depends("totals", "state")
    @api.depends_context("lang")
    def _compute_totals_table(self):
        for run in self:
            run.totals_table = run.totals and self.env["ir.qweb"]._render(
                run._get_list()._totals_template, {"run": run, "totals": run.totals}
            )

    @api.depends("totals", "summary", "per")
    @api.depends_context("lang")
    def _compute_apply_sentence(self):
        for run in self:
            run.apply_sentence = run._get_list()._get_apply_sentence(run)

    @api.depends("state", "undo_result", "failed_count")
    @api.depends_context("lang")
    def _compute_result_sentence(self):
        for run in self:
            run.result_sentence = run._get_result_sentence()

    def _get_result_sentence(self) -> str:
        """What became of the run, in one sentence."""
        if self.state == "undone":
            return self._get_list()._get_undo_sentence(self)
        return self._get_list()._get_done_sentence(self) if self.state in ("running", "done") else ""

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        for run in self:
            if run.state in ("running", "done", "undone"):
                raise UserError(self.env._("%(run)s has been applied and is kept. Undo it instead.", run=run.name))

    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        runs._check_kind()
        runs.filtered("balance_date")._note({"balance_date_origin": "given"})
        return runs

    def write(self, vals):
        """A run that has started is frozen; one whose settings change has to be planned again."""
        self._check_user_fields(vals)
        self._check_next_state(vals)
        if not SETTINGS & set(vals):
            return super().write(vals)
        self._check_not_started()
        if "company_id" in vals:
            self._check_empty()
        result = super().write(vals)
        if {"source_id", "per"} & set(vals):
            self._check_kind()
        if "source_id" in vals:
            self._note({"is_source_unclear": False})
        self._note({"needs_plan": True})
        if "balance_date" in vals:
            self._note({"balance_date_origin": "given" if vals["balance_date"] else False})
        return result

    def _note(self, vals):
        """A run's state only goes forward, whoever writes it."""
        self._check_next_state(vals)
        seen = {name: value for name, value in vals.items() if name in SEEN}
        result = super()._note({name: value for name, value in vals.items() if name not in SEEN})
        if seen:
            # By sudo, past the check of fields, not past the rights of the user.
            self.check_access("write")
            self.sudo().write(seen)
        return result

    # === ACTIONS === #

    def action_plan(self):
        """Read the files (again) and plan what they mean; keeps what a person assigned or confirmed."""
        self.check_access("write")
        for run in self:
            run._check_state("draft", "planned", "failed")
            run._in_company()._plan()

    def action_apply(self):
        """Book the plan."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("planned")
        self._note({"is_applied_unattended": False})
        self._start()
        self._confirm_layouts()

    def action_accept_suggestions(self):
        """Take all suggestions of lines to review, and plan again."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("planned")
        self.line_ids.filtered(lambda line: line.action == "review").action_accept_suggestion()
        return self.action_plan()

    def action_cancel(self):
        """Give up a run that was not applied."""
        self.check_access("write")
        for run in self:
            run._check_state("draft", "planned", "failed")
        self._note({"state": "cancelled"})
        self._after_cancelled()

    def action_undo(self):
        """Take back what the run booked."""
        self.ensure_one()
        self.check_access("write")
        self._start_undo()

    def action_open_lines(self):
        """Show all lines of the run."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "open.balance.import.line",
            "view_mode": "list,form,pivot",
            "domain": [("import_id", "=", self.id)],
            "context": {"open_balance_per": self.per},  # which columns the list has
        }

    def action_open_payments(self):
        """Show the payments that the run booked."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.action != "skip")
        return lines.payment_id._get_records_action(name=self.env._("Payments"))

    def action_open_documents(self):
        """Show the documents that the run paid, reopened or created."""
        actions = self._get_list()._booking_actions
        lines = self.line_ids.filtered(lambda line: line.action in actions)
        return lines.move_id._get_documents_action()

    def _get_list(self):
        """The kind of list that the run has, which is asked for all that differs from kind to kind.

        :rtype: open.balance.list
        """
        self.ensure_one()
        return self.env["open.balance.list"]._of(self.per)

    # === STATE === #

    def _check_state(self, *states):
        """Raise unless the run is in one of the states."""
        self.ensure_one()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(run)s is %(state)s: this is only possible while it is %(states)s.",
                    run=self.name,
                    state=labels[self.state],
                    states=", ".join(labels[state] for state in states),
                )
            )

    def _check_not_started(self):
        """Raise when one of the runs has started, or was given up."""
        if any(run.state not in ("draft", "planned", "failed") for run in self):
            raise UserError(self.env._("A run that has started can no longer be changed."))

    def _check_empty(self):
        """Raise unless the runs are drafts without lines: what was read and planned belongs to its company."""
        if any(run.state != "draft" or run.line_ids for run in self):
            raise UserError(self.env._("The company of a list that was read can no longer be changed."))

    def _check_kind(self):
        """Raise when a user other than a manager takes a list for something else than its source says."""
        for run in self:
            run.source_id._check_kind(run.per)

    def _get_open_stops(self):
        """Problems that keep the run from being applied: neither cured nor confirmed."""
        return self.problem_ids.filtered(lambda problem: problem.level == "stop" and not problem.confirmed_by_id)

    def _in_company(self):
        """The run in an environment that has its company current and that company's branches allowed, as far as the
        user may use them: a company's list holds the documents of its branches too."""
        self.ensure_one()
        # Only the ids of branches are read here; the user's own companies limit them.
        branches = self.company_id.sudo().search([("id", "child_of", self.company_id.id)])
        allowed = branches if self.env.su else branches & self.env.user.company_ids
        run = self.with_context(allowed_company_ids=[self.company_id.id, *(allowed - self.company_id).ids])
        # What came by itself is of the day where it was made: nobody is there whose time zone could be asked.
        return run.with_context(tz=self.source_id._get_timezone()) if self.is_unattended else run
