from collections import defaultdict

from odoo import fields, models


class OpenBalancePartnerBalance(models.Model):
    """What one applied list says of one partner: the history behind *Open Balance (import)*."""

    _name = "open.balance.partner.balance"
    _description = "Imported Balance"
    _order = "balance_date desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], required=True, readonly=True)
    balance_date = fields.Date(required=True, readonly=True)
    balance = fields.Monetary(readonly=True, help="Sum of the reported items; positive = the partner owes us.")
    import_id = fields.Many2one("open.balance.import", readonly=True, index=True, ondelete="cascade")
    uses_transfers = fields.Boolean(
        readonly=True, help="The list could hold transferred documents only; otherwise all up to its date."
    )
    is_current = fields.Boolean(readonly=True, help="The last imported one of its partner, company and kind.")

    _current_once = models.UniqueIndex(
        "(partner_id, company_id, kind) WHERE is_current", "A partner has one current imported balance."
    )

    def _apply_current(self, partner_ids, company, kind):
        """Make the balance of each partner that was imported last the current one."""
        rows = self.search_fetch(
            [("partner_id", "in", partner_ids), ("company_id", "=", company.id), ("kind", "=", kind)],
            ["partner_id", "is_current"],
            order="id desc",
        )
        latest = {}
        for row in rows:
            latest.setdefault(row.partner_id, row)
        current = self.union(*latest.values())
        (rows - current).filtered("is_current").is_current = False
        # The index allows one current row per partner at any moment.
        self.flush_model(["is_current"])
        current.is_current = True

    def _merge_partners(self, sources, target):
        """Add what was imported for partners to another one that they are merged into."""
        rows = self.search([("partner_id", "in", (sources | target).ids)])
        for same in rows.grouped(lambda row: (row.company_id, row.kind, row.import_id)).values():
            kept = (same.filtered(lambda row: row.partner_id == target) or same)[:1]
            kept._add(same - kept)
        rows = rows.exists()
        for same in rows.filtered("is_current").grouped(lambda row: (row.company_id, row.kind)).values():
            kept = (same.filtered(lambda row: row.partner_id == target) or same)[:1]
            kept.balance += sum((same - kept).mapped("balance"))
            (same - kept).is_current = False
        self.flush_model()

    def _add(self, others):
        """Take over other rows of the same import."""
        if others:
            current = self.is_current or any(others.mapped("is_current"))
            self.balance += sum(others.mapped("balance"))
            others.unlink()
            self.flush_model()
            self.is_current = current


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_covered_kinds(self) -> list[str]:
        """The kinds of items that the list was taken to hold."""
        cover = self.cover or self.planned_cover
        return ["receivable", "payable"] if cover == "both" else [cover] if cover else []

    def _apply_partner_balances(self):
        """Keep what the list says of each partner; a complete list of the whole ledger says 0 of all others."""
        Balance = self.env["open.balance.partner.balance"]
        sums = self._sum_corrections() if self.is_corrections else self._sum_list()
        for kind in self._get_covered_kinds():
            balances = {partner_id: amount for (partner_id, of_kind), amount in sums.items() if of_kind == kind}
            if self.complete and self.scope == "ledger":
                for partner_id in self._get_known_partners(kind) - set(balances):
                    balances[partner_id] = 0.0
            Balance.create([self._prepare_partner_balance_vals(p, kind, amount) for p, amount in balances.items()])
            Balance._apply_current(list(balances), self.company_id, kind)

    def _sum_list(self) -> dict[tuple[int, str], float]:
        """What the list says by partner and kind: company currency, ledger sign."""
        sums = defaultdict(float)
        for partner, kind, amount in self.env["open.balance.import.line"]._read_group(
            [("import_id", "=", self.id), ("row", ">", 0), ("partner_id", "!=", False), ("action", "!=", "skip")],
            ["partner_id", "kind"],
            ["company_reported:sum"],
        ):
            sums[partner.commercial_partner_id.id, kind or "receivable"] += amount
        return sums

    def _sum_corrections(self) -> dict[tuple[int, str], float]:
        """Corrected rows belong to the list before: what it could not count for want of a partner is added to it."""
        Line = self.env["open.balance.import.line"]
        last = self.search(
            [
                ("source_id", "=", self.source_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("is_corrections", "=", False),
            ],
            order="applied_on desc, id desc",
            limit=1,
        )
        waiting = Line.search([("import_id", "=", last.id), ("row", ">", 0), ("partner_id", "=", False)])
        numbers = set(waiting.mapped("number"))
        lines = Line.search([("import_id", "=", self.id), ("row", ">", 0), ("partner_id", "!=", False)])
        added = defaultdict(float)
        for line in lines.filtered(lambda line: line.number in numbers and line.action != "skip"):
            added[line.partner_id.commercial_partner_id.id, line.kind or "receivable"] += line.company_reported
        current = self.env["open.balance.partner.balance"].search(
            [("company_id", "=", self.company_id.id), ("is_current", "=", True)]
        )
        counted = {(row.partner_id.id, row.kind): row.balance for row in current}
        return {key: counted.get(key, 0.0) + amount for key, amount in added.items()}

    def _get_known_partners(self, kind) -> set[int]:
        """Partners with a current imported balance or with documents in this run."""
        current = self.env["open.balance.partner.balance"].search(
            [("company_id", "=", self.company_id.id), ("kind", "=", kind), ("is_current", "=", True)]
        )
        named = self.env["open.balance.import.line"]._read_group(
            [("import_id", "=", self.id), ("kind", "=", kind), ("partner_id", "!=", False)], ["partner_id"]
        )
        return {*current.partner_id.ids, *(partner.commercial_partner_id.id for (partner,) in named)}

    def _prepare_partner_balance_vals(self, partner_id: int, kind: str, balance: float) -> dict:
        return {
            "partner_id": partner_id,
            "company_id": self.company_id.id,
            "kind": kind,
            "balance_date": self.balance_date,
            "balance": self.company_currency_id.round(balance),
            "import_id": self.id,
            "uses_transfers": self.source_id.uses_transfers,
        }

    def _apply_undo_partner_balances(self):
        """Forget what the list said of partners: the one before is current again."""
        rows = self.env["open.balance.partner.balance"].search([("import_id", "=", self.id)])
        partners = rows.grouped("kind")
        ids = {kind: of_kind.partner_id.ids for kind, of_kind in partners.items()}
        rows.unlink()
        for kind, partner_ids in ids.items():
            self.env["open.balance.partner.balance"]._apply_current(partner_ids, self.company_id, kind)
