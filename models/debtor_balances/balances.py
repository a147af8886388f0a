"""Lists with one amount per debtor: balances and credit limits, without touching a document."""

from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...engine import BalanceAction, BalancePolicy, BookBalance, Issue, plan_balances
from ...messages import to_json
from ..ledger.snapshot import Snapshot

PER = [("invoice", "Per invoice"), ("debtor", "Per debtor")]
PER_HELP = (
    "Per invoice: the list's items bring Odoo's documents to their balance. "
    "Per debtor: only one balance and credit limit of each debtor is kept; no document is touched."
)


class Limit(NamedTuple):
    """A credit limit of a partner, and the fields of a line that say whether, from what and to what a list sets it."""

    name: str
    sets: str
    before: str
    after: str


LIMITS = (
    Limit("credit_limit", "sets_limit", "limit_before", "limit_after"),
    Limit("internal_credit_limit", "sets_internal", "internal_before", "internal_after"),
)
BALANCE_ACTIONS = ("set_balance", "zero_balance", "keep")


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    per = fields.Selection(PER, "Import", required=True, default="invoice", help=PER_HELP)
    sets_credit_limits = fields.Boolean(
        "Set credit limits from lists",
        tracking=True,
        help="Lists per debtor set the credit limits of customers, too. Without it limits in a list are left alone. "
        "Only an accounting manager decides this.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_set_limits(vals)
        # Some are made for users who may not decide this: neither a context nor a default of theirs says it.
        return super().create([{"sets_credit_limits": False, **vals} for vals in vals_list])

    def write(self, vals):
        self._check_may_set_limits(vals)
        return super().write(vals)

    @api.model
    def _check_may_set_limits(self, vals):
        """Raise when somebody decides who may not that lists set credit limits."""
        may = self.env.su or self.env.user.has_group("account.group_account_manager")
        if "sets_credit_limits" in vals and not may:
            raise AccessError(self.env._("Only an accounting manager decides whether lists set credit limits."))

    def _check_kind(self, per: str):
        """Raise when a user other than a manager takes a list for something else than the source says."""
        if per != self.per and not self.env.su and not self.env.user.has_group("account.group_account_manager"):
            raise AccessError(self.env._("What a list is imported as says its source, or an accounting manager."))


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    per = fields.Selection(
        PER,
        "Import",
        compute="_compute_per",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help=PER_HELP,
    )

    @api.depends("source_id")
    def _compute_per(self):
        for run in self:
            run.per = run.source_id.per or "invoice"

    def _plan_debtors(self, results, assigned) -> list[Issue]:
        """Plan a list of balances per debtor and store the plan as lines.

        :return: what is in the plan's way
        """
        items = [(file, item) for file, result in results for item in result.items]
        rejected = [(file, item) for file, result in results for item in result.rejected]
        snapshot = Snapshot(self, [])
        planned = plan_balances(
            [item for _file, item in items],
            [item for _file, item in rejected],
            self._read_debtors(snapshot),
            snapshot.partners,
            self._get_balance_policy(snapshot),
            self._index_assignments(items, assigned),
        )
        self.env["open.balance.import.line"]._store(
            self._prepare_debtor_vals(action, (items, rejected), assigned) for action in planned.actions
        )
        self._note({"planned_cover": "receivable", "totals": False})
        return [*planned.problems, *self._check_company_of_files(results), *self._check_checksums()]

    def _get_balance_policy(self, snapshot: Snapshot) -> BalancePolicy:
        """How a list of balances is judged; it holds debtors only."""
        return BalancePolicy(
            company_currency=self.company_currency_id.name,
            roundings=snapshot.roundings,
            rates=snapshot.rates,
            balance_date=self.balance_date,
            today=fields.Date.context_today(self),
            cover="receivable",
            complete=self.complete,
            scope=self.scope,
            sets_limits=self.source_id.sets_credit_limits,
            **self.source_id._get_plan_policy(),
        )

    def _read_debtors(self, snapshot: Snapshot) -> list[BookBalance]:
        """What the books keep of each commercial partner that has anything kept of it."""
        rounding = snapshot.roundings[self.company_currency_id.name]
        booked = {
            partner.id: amount
            for partner, amount in self.env["account.move.line"]._read_group(
                [
                    ("parent_state", "=", "posted"),
                    ("company_id", "in", snapshot.companies.ids),
                    ("account_type", "=", "asset_receivable"),
                    ("reconciled", "=", False),
                ],
                ["partner_id"],
                ["amount_residual:sum"],
            )
        }
        return [
            BookBalance(
                partner_id=partner_id,
                balance=Decimal(str(balance)).quantize(rounding),
                credit_limit=_limit(limit),
                internal_limit=_limit(internal),
                booked=Decimal(str(booked.get(partner_id, 0.0))).quantize(rounding),
            )
            for partner_id, balance, limit, internal in self._query_debtors()
        ]

    def _query_debtors(self) -> list[tuple]:
        """Balance and limits of all commercial partners: id, balance, credit limit, internal credit limit."""
        Partner = self.env["res.partner"].with_context(active_test=False).with_company(self.company_id)
        query = Partner._search(Partner._check_company_domain(self.company_id))
        query.add_where(
            SQL("%s = %s", SQL.identifier(query.table, "id"), SQL.identifier(query.table, "commercial_partner_id"))
        )
        columns = ("open_balance_import", "credit_limit", "internal_credit_limit")
        return self.env.execute_query(
            query.select(
                SQL.identifier(query.table, "id"), *(Partner._field_to_sql(query.table, c, query) for c in columns)
            )
        )

    def _prepare_debtor_vals(self, action: BalanceAction, read, assigned) -> dict:
        """Values of the line that keeps one action of a plan of balances."""
        after = action.balance_before if action.balance_after is None else action.balance_after
        limit = action.limit_before if action.limit_after is None else action.limit_after
        internal = action.internal_before if action.internal_after is None else action.internal_after
        vals = {
            "import_id": self.id,
            "company_id": self.company_id.id,
            "action": action.type,
            "kind": "receivable",
            "reason_code": action.reason.code,
            "reason_values": to_json(action.reason.values),
            "partner_id": action.partner_id or False,
            "currency_id": self.company_currency_id.id,
            "booked_balance": float(action.booked),
            "reported_balance": float(after),
            "company_reported": float(after),
            "company_amount": float(after - action.balance_before),
            "balance_before": float(action.balance_before),
            "sets_balance": action.balance_after is not None,
            "difference": float(action.difference),
            "limit_before": float(action.limit_before or 0),
            "limit_after": float(limit or 0),
            "sets_limit": action.limit_after is not None,
            "internal_before": float(action.internal_before or 0),
            "internal_after": float(internal or 0),
            "sets_internal": action.internal_after is not None,
            "suggested_partner_id": (action.type == "review" and action.suggestion.partner_id) or False,
            "is_uncounted": action.uncounted,
        }
        if action.item is not None:
            vals |= self._prepare_debtor_item_vals(*read[action.rejected][action.item], assigned)
        return vals

    @staticmethod
    def _prepare_debtor_item_vals(file, item, assigned) -> dict:
        """Values of a line that say what was read of a debtor."""
        return {
            "file_id": file.id,
            "row": item.row,
            "partner_number": item.partner_number,
            "partner_name": item.partner_name,
            "file_balance": float(item.balance or 0),
            "file_currency": item.currency,
            "is_assigned": (file.id, item.row) in assigned,
        }

    def _apply_debtors(self):
        """Keep the balances and write the credit limits of a run per debtor.

        Partners that somebody else is changing are tried again when the others are through.
        """
        lines = self._search_lines("planned", action=BALANCE_ACTIONS).filtered("partner_id")
        for _round in range(2):
            free = lines._filter_free_partners()
            self._apply_debtor_lines(free)
            lines -= free
        lines._set_busy("failed")
        uncounted = self._search_lines("planned", is_uncounted=[True])
        # Nobody's to write, but the import's.
        self.env["open.balance.partner.balance"].sudo()._apply_uncounted(uncounted.partner_id.ids, self)

    def _apply_debtor_lines(self, lines):
        """Keep the balances and write the credit limits that some lines of a run per debtor name."""
        for limit in LIMITS:
            for line in lines.filtered(limit.sets):
                line._set_limits({limit.name: line[limit.after]})
        balances = self.env["open.balance.partner.balance"].sudo()  # nobody's to write, but the import's
        told = lines.filtered("sets_balance")
        balances.create(
            [
                {
                    **self._prepare_partner_balance_vals(line.partner_id.id, "receivable", line.reported_balance),
                    "credit_limit": line.limit_after,
                    "internal_credit_limit": line.internal_after,
                }
                for line in told
            ]
        )
        balances._apply_current(told.partner_id.ids, self.company_id, "receivable")


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    action = fields.Selection(
        selection_add=[("set_balance", "Set balance"), ("zero_balance", "Zero, absent")],
        ondelete={"set_balance": "cascade", "zero_balance": "cascade"},
    )
    balance_before = fields.Monetary(currency_field="company_currency_id", readonly=True)
    difference = fields.Monetary(
        "Difference to Odoo",
        currency_field="company_currency_id",
        readonly=True,
        help="The list's balance less what Odoo's own documents of the partner sum to.",
    )
    limit_before = fields.Monetary("Credit Limit Before", currency_field="company_currency_id", readonly=True)
    limit_after = fields.Monetary("Credit Limit", currency_field="company_currency_id", readonly=True)
    internal_before = fields.Monetary("Internal Limit Before", currency_field="company_currency_id", readonly=True)
    internal_after = fields.Monetary("Internal Limit", currency_field="company_currency_id", readonly=True)
    sets_balance = fields.Boolean(readonly=True)
    is_uncounted = fields.Boolean(
        readonly=True, help="The list has, or may have, a balance of the partner that is not taken."
    )
    sets_limit = fields.Boolean(readonly=True)
    sets_internal = fields.Boolean(readonly=True)

    def _set_limits(self, vals):
        """Write limits on the line's partner; see :meth:`_filter_own_partners`."""
        # Limits are the list's; an invoicing user may run imports without the right to change partners.
        self.partner_id.sudo().with_company(self.company_id).write(vals)

    def _apply_undo_limits(self):
        """Put credit limits back, unless a later list or a person has set them since."""
        asked = self.filtered(lambda line: any(line[limit.sets] for limit in LIMITS))
        waiting = asked._filter_own_partners()
        (asked - waiting)._note({"result": self._get_foreign_message()})
        for _round in range(2):
            free = waiting._filter_free_partners()
            for limit in LIMITS:
                lines = free.filtered(limit.sets)
                others = lines._get_other_limits(limit.sets)
                for line in lines:
                    line._undo_limit(limit, others.get(line.partner_id, self.browse()))
            waiting -= free
        waiting._set_busy("done")

    def _filter_free_partners(self):
        """The lines whose partners no other transaction changes; these are locked until this one ends.

        :rtype: open.balance.import.line
        """
        free = set(self.partner_id.try_lock_for_update(allow_referencing=True).ids)
        return self.filtered(lambda line: line.partner_id.id in free)

    def _set_busy(self, state: str):
        """Note that nothing was done for these lines, as somebody else was changing their partners."""
        for line in self:
            line._note({"state": state, "result": line._get_busy_message()})

    def _get_other_limits(self, sets: str) -> dict:
        """The lines by which other runs have set the limits of these partners, by partner, the last applied first."""
        others = self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                (sets, "=", True),
                ("state", "in", ("done", "undone")),
                ("import_id.state", "in", ("done", "undone")),
            ]
        )
        return others.sorted(lambda line: line.import_id._get_order(), reverse=True).grouped("partner_id")

    def _undo_limit(self, limit, others):
        """Put one limit back to what it was before this line's run and before the undone ones that preceded it.

        :param others: see :meth:`_get_other_limits`, for this line's partner
        """
        partner = self.partner_id.with_company(self.company_id)
        currency = self.company_currency_id
        order = self.import_id._get_order()
        later = others.filtered(lambda line: line.import_id._get_order() > order)
        standing = later.filtered(lambda line: line.import_id.state == "done")
        label = partner._fields[limit.name]._description_string(self.env)
        if standing:
            run = standing.import_id[0]
            self._note({"result": self.env._("%(limit)s kept: %(run)s has set it since.", limit=label, run=run.name)})
            return
        # As in _set_limits.
        if currency.compare_amounts(partner.sudo()[limit.name], self[limit.after]):
            self._note({"result": self.env._("%(limit)s kept: it was changed since.", limit=label)})
            return
        value = self[limit.before]
        for line in others - later:
            if line.import_id.state == "done" or currency.compare_amounts(line[limit.after], value):
                break
            value = line[limit.before]
        self._set_limits({limit.name: value})


class OpenBalancePartnerBalance(models.Model):
    _inherit = "open.balance.partner.balance"

    credit_limit = fields.Monetary(readonly=True)
    internal_credit_limit = fields.Monetary(readonly=True)


class ResPartner(models.Model):
    _inherit = "res.partner"

    internal_credit_limit = fields.Float(
        company_dependent=True,
        copy=False,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Credit limit for internal use, as imported from the accounting package, in company currency.",
    )


def _limit(value: float | None) -> Decimal | None:
    """A credit limit of the books: 0 is none."""
    return Decimal(str(value)) if value else None
