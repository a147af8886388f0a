from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang

from .protocol import Protocol

TOP = 5  # debtors on a tile


class OpenBalanceTile(models.Model):
    """A tile of the first screen: one for each source, and one for each question of a company. It opens its list."""

    _name = "open.balance.tile"
    _description = "Open Balance Overview"
    _auto = False
    _order = "sequence, id"
    _depends = {"open.balance.source": ["active", "company_id", "sequence"], "res.company": ["active"]}

    kind = fields.Selection(
        [
            ("receivable", "Receivables"),
            ("payable", "Payables"),
            ("debtors", "Top Debtors"),
            ("limit", "Over the Credit Limit"),
            ("source", "Source"),
        ],
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    source_id = fields.Many2one("open.balance.source", "Balance Source", readonly=True)
    name = fields.Char(compute="_compute_content")
    figure = fields.Char(compute="_compute_content")
    rows = fields.Json(compute="_compute_content", help="Label, value and whether it is red, of each row of the tile.")

    @property
    def _table_query(self) -> SQL:
        # Raw SQL: tiles are nowhere stored. Ids: a company's tiles and those of sources don't clash.
        return SQL(
            """SELECT c.id * 8 + t.place AS id, t.kind AS kind, t.place AS sequence, c.id AS company_id,
                      NULL::int AS source_id
                 FROM res_company c
                CROSS JOIN (VALUES (1, 'receivable'), (2, 'payable'), (3, 'debtors'), (4, 'limit')) AS t (place, kind)
                WHERE c.active AND c.id = %(company)s
            UNION ALL
               SELECT s.id * 8, 'source', 10 + COALESCE(s.sequence, 0), s.company_id, s.id
                 FROM open_balance_source s
                WHERE s.active AND s.company_id IN %(companies)s""",
            company=self.env.company.id,
            companies=self.env.company.parent_ids._ids,
        )

    # === WHAT A TILE SHOWS === #

    @api.depends("kind", "source_id")
    @api.depends_context("company", "allowed_company_ids", "lang")
    def _compute_content(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for tile in self:
            figure, rows = getattr(tile, f"_get_{tile.kind}_content")()
            tile.name = tile.source_id.name or labels[tile.kind]
            tile.figure = figure
            tile.rows = [{"label": label, "value": value, "red": red} for label, value, red in rows]

    def _get_receivable_content(self):
        return self._get_bucket_content("receivable")

    def _get_payable_content(self):
        return self._get_bucket_content("payable")

    def _get_bucket_content(self, kind: str) -> tuple:
        """What is open of a kind, and how much of it is in each bucket."""
        Item = self.env["open.balance.item"]
        domain = [("kind", "=", kind), ("company_id", "child_of", self.company_id.id)]
        sums = dict(Item._read_group(domain, ["bucket"], ["company_residual:sum"]))
        rows = [(label, self._format(sums[key]), key != "0") for key, label in Item._get_buckets() if sums.get(key)]
        return self._format(sum(sums.values())), rows

    def _get_debtors_content(self) -> tuple:
        """Who is overdue with the most."""
        partners = self.env["res.partner"].search(
            [("open_balance_overdue", ">", 0)], order="open_balance_overdue desc, id", limit=TOP
        )
        count = self.env["res.partner"].search_count([("open_balance_overdue", ">", 0)])
        rows = [(partner.name, self._format(partner.open_balance_overdue), True) for partner in partners]
        return self.env._("%(count)s overdue", count=count), rows

    def _get_limit_content(self) -> tuple:
        """Who is over the credit limit, and by how much."""
        over = [("open_credit_free", "<", 0)]
        partners = self.env["res.partner"].search(over, order="open_credit_free, id", limit=TOP)
        rows = [(partner.name, self._format(-partner.open_credit_free), True) for partner in partners]
        return str(self.env["res.partner"].search_count(over)), rows

    def _get_source_content(self) -> tuple:
        """The last list of the source, its age, what waits for a person, and what is unexplained of it."""
        run = self._get_last_run()
        if not run:
            return self.env._("No list yet"), []
        days = (fields.Date.context_today(self) - run.balance_date).days
        stale = self.company_id.open_balance_stale_days
        review = self._get_waiting_count()
        rows = [
            (self.env._("Age in days"), str(days), bool(stale) and days > stale),
            (self.env._("Rows to review"), str(review), bool(review)),
        ]
        if run.has_protocol:
            unexplained = sum(abs(ledger.unexplained) for ledger in Protocol(run).get_ledgers())
            rows.append((self.env._("Unexplained difference"), self._format(unexplained), bool(unexplained)))
        return format_date(self.env, run.balance_date), rows

    def _get_last_run(self):
        """The list of the source that was applied last.

        :rtype: open.balance.import
        """
        return self.env["open.balance.import"].search(
            [("source_id", "=", self.source_id.id), ("state", "=", "done"), ("is_corrections", "=", False)],
            order="applied_on desc, id desc",
            limit=1,
        )

    def _get_waiting_count(self) -> int:
        """How many rows of the last list, and of lists that are not applied yet, wait for a person."""
        waiting = self.env["open.balance.import"].search(
            [("source_id", "=", self.source_id.id), ("state", "=", "planned")]
        )
        return sum((waiting | self._get_last_run()).mapped("review_count"))

    def _format(self, amount: float) -> str:
        return formatLang(self.env, amount, currency_obj=self.company_id.currency_id)

    # === WHAT IT OPENS === #

    def action_open(self):
        """Open the list behind the tile."""
        self.ensure_one()
        if self.kind == "source":
            return (self._get_last_run() or self.source_id)._get_records_action(name=self.name)
        if self.kind in ("receivable", "payable"):
            domain = [("company_id", "child_of", self.company_id.id)]
            return self.env["open.balance.item"]._get_items_action(domain, (self.kind, "group_by_bucket"), self.name)
        name = "res_partner_action_overdue" if self.kind == "debtors" else "res_partner_action_over_limit"
        return self.env["ir.actions.act_window"]._for_xml_id(f"account_open_balance.{name}")
