from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import open_balance_import, open_balance_of_company  # noqa: F401  # extended here
from .open_balance_import_line import BOOKING_ACTIONS, EXTERNAL_ACTIONS

# Rows of these actions are counted in the partner's balance; the others wait for a person, or say nothing.
COUNTED_ACTIONS = ("keep", *BOOKING_ACTIONS, *EXTERNAL_ACTIONS)
# What a list could not count: rows that wait for a person, and what it left open because such a row may mean it.
UNCOUNTED = Domain("action", "=", "review") | Domain("action", "=", "skip") & Domain("reason_code", "=", "mentioned")


class OpenBalancePartnerBalance(models.Model):
    """What one applied list says of one partner: the history behind *Open Balance (import)*."""

    _name = "open.balance.partner.balance"
    _description = "Imported Balance"
    _inherit = ["open.balance.of.company"]
    _order = "balance_date desc, id desc"

    partner_id = fields.Many2one("res.partner", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], required=True, readonly=True)
    balance_date = fields.Date(
        readonly=True, help="The date for which the balance is true; empty where no list told one yet."
    )
    balance = fields.Monetary(readonly=True, help="Sum of the reported items; positive = the partner owes us.")
    is_incomplete = fields.Boolean(
        "Incomplete", readonly=True, help="The list has rows of the partner that could not be counted."
    )
    import_id = fields.Many2one(
        "open.balance.import", readonly=True, index=True, ondelete="cascade", check_company=True
    )
    list_id = fields.Many2one(
        "open.balance.import",
        readonly=True,
        check_company=True,
        ondelete="set null",
        help="The list that the balance is of: the import itself or, for corrections, the one that they belong to.",
    )
    uses_transfers = fields.Boolean(
        readonly=True, help="The list could hold transferred documents only; otherwise all up to its date."
    )
    is_current = fields.Boolean(readonly=True, help="The last imported one of its partner, company and kind.")
    is_carried = fields.Boolean(
        readonly=True, help="What the list has of the partner waits for a person: balance and date are those before."
    )

    _current_once = models.UniqueIndex(
        "(partner_id, company_id, kind) WHERE is_current", "A partner has one current imported balance."
    )

    def _apply_current(self, partner_ids, company, kind):
        """Make the balance of each partner that was imported last the current one."""
        rows = self.search_fetch(
            [("partner_id", "in", partner_ids), ("company_id", "=", company.id), ("kind", "=", kind)],
            ["partner_id", "is_current", "is_carried"],
            order="id desc",
        )
        rows._carry()
        latest = {}
        for row in rows:
            latest.setdefault(row.partner_id, row)
        current = self.union(*latest.values())
        (rows - current).filtered("is_current").is_current = False
        # The index allows one current row per partner at any moment.
        self.flush_model(["is_current"])
        current.is_current = True
        self.env["res.partner"]._invalidate_open_balances()

    def _apply_uncounted(self, partner_ids, run, kind="receivable"):
        """Keep the balances of partners as they are, and that they are incomplete since a list.

        :param open.balance.import run: the list, of which rows of these partners wait for a person
        """
        partner_ids = sorted(self.partner_id.browse(partner_ids)._filter_of_company(run.company_id).ids)
        values = {**run._prepare_partner_balance_vals(False, kind, 0.0), "is_carried": True}
        self.create([{**values, "partner_id": partner_id} for partner_id in partner_ids])
        self._apply_current(partner_ids, run.company_id, kind)

    def _carry(self):
        """Let what is only carried on be what stands before it.

        :param self: all balances of some partners of one company and kind, the last first
        """
        before = {}
        for row in reversed(self) if any(self.mapped("is_carried")) else ():
            if row.is_carried:
                row.write(row._prepare_carried_vals(before.get(row.partner_id, self.browse())))
            before[row.partner_id] = row

    def _prepare_carried_vals(self, before) -> dict:
        """Values of a balance that is only carried on.

        :param open.balance.partner.balance before: the one before it; empty: nothing is known, not even of which date,
            and all documents of the partner count as newer
        """
        amounts = [name for name, field in self._fields.items() if field.store and field.type == "monetary"]
        return {
            **{name: before[name] for name in amounts},
            "balance_date": before.balance_date,
            "uses_transfers": before.uses_transfers,
            "list_id": (before.list_id or self.import_id).id,
            "is_incomplete": True,
        }

    def _merge_partners(self, sources, target):
        """Add what was imported for partners to another one that they are merged into."""
        rows = self.search([("partner_id", "in", (sources | target).ids)])
        current = {
            key: {"balance": sum(same.mapped("balance")), "is_incomplete": any(same.mapped("is_incomplete"))}
            for key, same in rows.filtered("is_current").grouped(lambda row: (row.company_id, row.kind)).items()
        }
        rows.is_current = False
        for same in rows.grouped(lambda row: (row.company_id, row.kind, row.import_id)).values():
            same[0].balance = sum(same.mapped("balance"))
            same[0].is_incomplete = any(same.mapped("is_incomplete"))
            same[0].is_carried = all(same.mapped("is_carried"))
            same[1:].unlink()
        rows = rows.exists()
        rows.partner_id = target
        # The index allows one current row per partner at any moment.
        self.flush_model()
        for key, same in rows.grouped(lambda row: (row.company_id, row.kind)).items():
            if key in current:
                max(same, key=lambda row: row.id).write({**current[key], "is_current": True})
        self.flush_model()
        self.env["res.partner"]._invalidate_open_balances()


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_covered_kinds(self) -> list[str]:
        """The kinds of items that the list, or its corrections, were taken to hold."""
        covers = {run.cover or run.planned_cover for run in self}
        return [kind for kind in ("receivable", "payable") if covers & {kind, "both"}]

    def _apply_partner_balances(self):
        """Keep what the list says of each partner; a complete list of the whole ledger says 0 of all others."""
        Balance = self.env["open.balance.partner.balance"].sudo()  # nobody's to write, but the import's
        runs = self._get_runs_of_list()
        found = runs._prepare_found_balances()
        for kind in runs._get_covered_kinds():
            told = Balance.partner_id.browse(self._get_partners_to_tell(kind, runs, found))
            # Who has become another company's partner since an earlier list is none of this one's.
            partner_ids = told._filter_of_company(self.company_id).ids
            Balance.create(
                [
                    {**self._prepare_partner_balance_vals(partner_id, kind, 0.0), **found[partner_id, kind]}
                    for partner_id in sorted(partner_ids)
                ]
            )
            Balance._apply_current(partner_ids, self.company_id, kind)
            Balance._apply_uncounted(self._get_partners_of_no_kind() - set(told.ids), self, kind)

    def _prepare_found_balances(self) -> dict:
        """What these runs, a list and its corrections, say in all: values of balances by partner and kind."""
        incomplete = self._get_incomplete()
        sums = self._sum_counted()
        found = defaultdict(lambda: {"list_id": self[0].id, "balance": 0.0, "is_incomplete": False})
        for key in {*sums, *incomplete}:
            found[key] |= {"balance": self.company_id.currency_id.round(sums[key]), "is_incomplete": key in incomplete}
        return found

    def _get_runs_of_list(self):
        """The runs that make up what is known of the list: itself; for corrections the list, then those up to this one.

        :rtype: open.balance.import
        """
        if not self.is_corrections:
            return self
        earlier = self.search(
            [
                ("source_id", "=", self.source_id.id),
                ("company_id", "=", self.company_id.id),
                ("per", "in", self.env["open.balance.list"]._get_pers(_tells_open_items=True)),
                ("state", "=", "done"),
                ("applied_on", "<=", self.applied_on),
            ]
        )
        runs = self
        for run in earlier.sorted(lambda run: run._get_order(), reverse=True):
            if run._get_order() < self._get_order():
                runs = run | runs
                if not run.is_corrections:
                    break
        return runs

    def _get_partners_to_tell(self, kind: str, runs, found) -> set[int]:
        """The partners of whom the list says something: those with rows, of a whole ledger all that are known.

        :param runs: the list and its corrections; these say something of those, too, whose balance is whole by them
        :param found: what they say in all
        """
        named = runs._get_partner_ids(kind, [("import_id", "=", self.id), ("row", ">", 0)])
        current = self.env["open.balance.partner.balance"].search(
            [("company_id", "=", self.company_id.id), ("kind", "=", kind), ("is_current", "=", True)]
        )
        if self.is_corrections:
            marked = current.filtered(lambda row: row.is_incomplete and row.list_id == runs[0])
            named |= {
                partner_id for partner_id in marked.partner_id.ids if not found[partner_id, kind]["is_incomplete"]
            }
        elif self.complete and self.scope == "ledger":
            named |= set(current.partner_id.ids) | runs._get_partner_ids(kind, [("import_id", "=", self.id)])
            named |= self._get_partners_of_no_kind()
        return named

    def _get_partners_of_no_kind(self) -> set[int]:
        """Commercial partners with rows under review that may be of any kind which the list holds."""
        lines = self._search_lines("skipped", action=["review"], kind=[False])
        return set(lines.partner_id.commercial_partner_id.ids) if len(self._get_covered_kinds()) > 1 else set()

    def _get_partner_ids(self, kind: str, domain) -> set[int]:
        """Commercial partners of lines of a kind; those without one are of it if the list holds no other kind."""
        kinds = (kind, False) if len(self._get_covered_kinds()) == 1 else (kind,)
        groups = self.env["open.balance.import.line"]._read_group(
            [*domain, ("partner_id", "!=", False), ("kind", "in", kinds)], ["partner_id"]
        )
        return {partner.commercial_partner_id.id for (partner,) in groups}

    # === SUMS: WHAT THE LEDGER HAS OF WHAT THE LIST NAMES === #

    def _sum_counted(self) -> dict[tuple[int, str], float]:
        """What the ledger has of the documents and external items that these runs name, by partner and kind.

        Company currency, ledger sign. A document is counted with its residual, so that it is the same to the cent. What
        the import's own payments of it left as credit counts in any case; of what could not be booked, the list's word.
        """
        sums = defaultdict(float)
        for partner_id, is_payable, amount in self._query_counted():
            sums[partner_id, "payable" if is_payable else "receivable"] += amount
        for line in self._get_failed_lines():
            sums[line.partner_id.commercial_partner_id.id, line.kind] += line.company_reported
        return sums

    def _query_counted(self) -> list[tuple]:
        """Partner, whether payable, and what is open: of documents and their payments' credits, of external items."""
        self.env.flush_all()
        # Raw SQL: one pass over a list of 100,000 lines, of documents that its plan found under record rules.
        return self.env.execute_query(
            SQL(
                """WITH named AS (
                        SELECT move_id, bool_or(row > 0 AND action IN %(actions)s AND state != 'failed') AS is_counted
                          FROM open_balance_import_line
                         WHERE import_id IN %(runs)s AND move_id IS NOT NULL
                      GROUP BY move_id),
                   entries AS (
                        SELECT move_id FROM named WHERE is_counted
                         UNION
                        SELECT p.move_id
                          FROM open_balance_import_line il
                          JOIN named ON named.move_id = il.move_id
                          JOIN account_payment p ON p.id = il.payment_id
                         WHERE il.state = 'done')
                   SELECT p.commercial_partner_id, a.account_type = 'liability_payable', SUM(l.amount_residual)
                     FROM entries
                     JOIN account_move_line l ON l.move_id = entries.move_id AND l.parent_state = 'posted'
                     JOIN account_account a ON a.id = l.account_id
                      AND a.account_type IN ('asset_receivable', 'liability_payable')
                     JOIN res_partner p ON p.id = l.partner_id
                 GROUP BY 1, 2
                    UNION ALL
                   SELECT p.commercial_partner_id, e.kind = 'payable', SUM(e.company_balance)
                     FROM open_balance_external_item e
                     JOIN res_partner p ON p.id = e.partner_id
                    WHERE e.active
                      AND e.id IN (SELECT external_id FROM open_balance_import_line
                                    WHERE import_id IN %(runs)s AND state != 'failed')
                 GROUP BY 1, 2""",
                runs=self._ids,
                actions=COUNTED_ACTIONS,
            )
        )

    def _get_failed_lines(self):
        """Rows that could not be booked and that no corrections have replaced.

        :rtype: open.balance.import.line
        """
        return self._get_uncorrected(Domain("state", "=", "failed") & Domain("action", "in", COUNTED_ACTIONS))

    def _get_incomplete(self) -> set[tuple[int, str]]:
        """Partner and kind of what could not be counted, and no corrections have replaced."""
        lines = self._get_uncorrected(UNCOUNTED).filtered("partner_id")
        kinds = self._get_covered_kinds()
        return {
            (line.partner_id.commercial_partner_id.id, kind)
            for line in lines
            for kind in ([line.kind] if line.kind else kinds)
        }

    def _get_uncorrected(self, domain):
        """Lines of these runs that no later one of them has corrected.

        :param Domain domain: what to look at
        :rtype: open.balance.import.line
        """
        Line = self.env["open.balance.import.line"]
        lines = Line.search(Domain("import_id", "in", self.ids) & domain)
        found = Line.browse()
        corrected = set()
        for run in reversed(self):
            mine = lines.filtered(lambda line, run=run: line.import_id == run)
            left = mine.filtered(lambda line, corrected=corrected: not corrected & line._get_places())
            rows = set(left.mapped("row"))
            # What a row may mean waits as long as the row does.
            found |= left.filtered(lambda line, rows=rows: line.row or (line.reason_values or {}).get("row") in rows)
            if run.is_corrections:
                counted = Line.search([("import_id", "=", run.id), ("row", ">", 0), ("state", "!=", "failed")])
                settled = counted.filtered(
                    lambda line: line.action in COUNTED_ACTIONS or line.reason_code == "zero_balance"
                )
                corrected = corrected.union(*(line._get_places() for line in settled))
        return found

    def _prepare_partner_balance_vals(self, partner_id: int, kind: str, balance: float) -> dict:
        return {
            "partner_id": partner_id,
            "company_id": self.company_id.id,
            "kind": kind,
            "balance_date": self.balance_date,
            "balance": self.company_currency_id.round(balance),
            "import_id": self.id,
            "list_id": self.id,
            "uses_transfers": self.source_id.uses_transfers,
        }

    def _apply_undo_partner_balances(self):
        """Forget what the list said of partners: the one before is current again; corrections of it belong to that."""
        Balance = self.env["open.balance.partner.balance"].sudo()  # nobody's to write, but the import's
        rows = Balance.search([("import_id", "=", self.id)])
        ids = {kind: of_kind.partner_id.ids for kind, of_kind in rows.grouped("kind").items()}
        corrections = Balance.search([("list_id", "in", (self.id, *rows.list_id.ids))]).import_id.filtered(
            "is_corrections"
        )
        rows.unlink()
        for run in (corrections - self).sorted(lambda run: run._get_order()):
            found = run._get_runs_of_list()._prepare_found_balances()
            for row in Balance.search([("import_id", "=", run.id)]):
                row.write(found[row.partner_id.id, row.kind])
        for kind, partner_ids in ids.items():
            Balance._apply_current(partner_ids, self.company_id, kind)


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _get_places(self) -> set[tuple]:
        """By what a corrected row is known to be this one: its document or item, else the number, or the dates where
        there is none, with the partner or with the amount, of which a person corrects one."""
        self.ensure_one()
        named = self.number or (self.date, self.due_date)
        places = {(named, "partner", self.partner_id.commercial_partner_id.id), (named, "amount", self.file_balance)}
        records = (self.move_id, self.suggested_move_id, self.external_id)
        return places | {(record._name, record.id) for record in records if record}
