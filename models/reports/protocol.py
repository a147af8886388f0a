"""Reconciliation of an applied list with the account: what the list says, what the books have, and why they differ."""

from collections import defaultdict
from dataclasses import dataclass, field

from odoo import fields

from ..open_balance_partner_balance import COUNTED_ACTIONS
from .open_balance_item import DATE_KEY

# What became of a row of the list, by its action; failed rows apart.
PARTS = {
    "keep": "kept", "pay": "paid", "close": "paid", "reopen": "paid", "cancel": "paid", "overpay": "overpaid",
    "external": "external", "close_external": "external", "adopt": "external", "review": "review", "skip": "skipped",
}  # fmt: skip
PART_NAMES = ("kept", "paid", "overpaid", "external", "review", "skipped", "failed")
# Why the account has more or less than the list, in the order in which it is printed.
REASONS = (
    "not_transferred", "created_after_list", "mentioned", "review", "not_in_list", "external", "skipped", "failed",
    "entry", "payment", "later", "dated_later", "reopened", "rounding",
)  # fmt: skip
# Reasons of documents that a complete list may lack, as planning has noted them on their lines.
ABSENT = ("not_transferred", "created_after_list", "mentioned")


@dataclass
class Group:
    """A document with what its list paid of it, as the account has it and as the list says it."""

    booked: float = 0.0
    in_currency: float = 0.0
    said: float = 0.0
    said_in_currency: float = 0.0
    is_counted: bool = False
    is_reopened: bool = False
    item_type: str = ""
    reason: str = ""


@dataclass
class Ledger:
    """One kind of a list: receivables or payables, in company currency and ledger sign."""

    kind: str
    at_date: float = 0.0
    before: float = 0.0
    listed: float = 0.0
    reasons: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    suspects: list[tuple] = field(default_factory=list)  # document, booked, said, difference
    difference: float = 0.0
    unexplained: float = 0.0


class Protocol:
    """What a person signs: of a run that was applied, by today's books as of its balance date."""

    def __init__(self, run):
        """Look at a run.

        :param run: the ``open.balance.import``
        """
        run = run._in_company()
        self.run = run.with_context(**{DATE_KEY: fields.Date.to_string(run.balance_date)})
        self.env = self.run.env
        self.currency = run.company_currency_id
        self.lines = self.env["open.balance.import.line"].search([("import_id", "=", run.id)])
        kinds = run._get_covered_kinds()
        self.kinds = [kind for kind in ("receivable", "payable") if kind in kinds]
        self.later = self._sum_later()

    # === THE LIST === #

    def get_parts(self) -> list[dict]:
        """Per currency and kind what the rows of the list sum up to, by what became of them.

        A sum per currency that differs from what was read of the files is marked: ``missing``.
        """
        read = (self.run.totals or {}).get("currencies", {})
        rows = {}
        for line in self.lines.filtered("row"):
            code = line.file_currency if line.file_currency in read else self.currency.name
            part = "failed" if line.state == "failed" else PARTS[line.action]
            row = rows.setdefault((code, line.kind or ""), dict.fromkeys((*PART_NAMES, "count", "unread"), 0))
            row[part] += line.file_balance
            row["count"] += 1
            row["unread"] += part == "review" and not line.file_balance
        found = []
        for (code, kind), row in sorted(rows.items()):
            currency = self._get_currency(code)
            parts = {name: currency.round(row[name]) for name in PART_NAMES}
            total = currency.round(sum(parts.values()))
            found.append({**row, **parts, "total": total, "currency": currency, "code": code, "kind": kind})
        for code, sums in read.items():
            mine = [row for row in found if row["code"] == code]
            if mine:
                missing = sums["file"] - sum(row["total"] for row in mine)
                mine[-1]["missing"] = mine[-1]["currency"].round(missing)
        return found

    def _get_currency(self, code: str):
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "=", code)], limit=1) or self.currency

    # === THE ACCOUNT === #

    def get_ledgers(self) -> list[Ledger]:
        """Per kind the account at the balance date, before and after, and why it differs from the list."""
        return [self._get_ledger(kind) for kind in self.kinds]

    def _get_ledger(self, kind: str) -> Ledger:
        ledger = Ledger(kind)
        groups = self._group_items(kind)
        ledger.at_date = self.currency.round(sum(group.booked for group in groups.values()))
        ledger.before = self.currency.round(ledger.at_date - self._get_booked(kind))
        self._add_rows(ledger, groups)
        self._add_absent(kind, groups)
        for key, group in groups.items():
            self._explain(ledger, key, group)
        ledger.listed = self.currency.round(ledger.listed)
        ledger.reasons = {name: self.currency.round(ledger.reasons[name]) for name in REASONS if ledger.reasons[name]}
        ledger.difference = self.currency.round(ledger.at_date - ledger.listed)
        ledger.unexplained = self.currency.round(ledger.difference - sum(ledger.reasons.values()))
        return ledger

    def _group_items(self, kind: str) -> dict[int, Group]:
        """What the account has at the balance date, by document; payments of this run belong to their document."""
        paid = {line.payment_id.move_id.id: line.move_id.id for line in self._get_booking_lines()}
        items = self.env["open.balance.item"].search_fetch(
            [
                ("kind", "=", kind),
                ("item_type", "!=", "external"),
                ("company_id", "child_of", self.run.company_id.id),
            ],
            ["move_id", "item_type", "company_residual", "residual"],
        )
        groups = defaultdict(Group)
        for item in items:
            key = paid.get(item.move_id.id, item.move_id.id)
            group = groups[key]
            group.booked += item.company_residual
            group.in_currency += item.residual
            if key == item.move_id.id:
                group.item_type = item.item_type
        return groups

    def _add_rows(self, ledger: Ledger, groups: dict[int, Group]):
        """Add what the list says: of documents to these, of all else to its reason."""
        for line in self.lines:
            if self._get_kind(line) != ledger.kind:
                continue
            ledger.listed += line.company_reported
            is_done = line.state != "failed" and line.action in COUNTED_ACTIONS
            if line.move_id and is_done and line.action != "adopt":
                group = groups[line.move_id.id]
                group.is_counted = True
                group.is_reopened |= line.state == "undone"
                group.said += line.company_reported
                group.said_in_currency += line.reported_balance
                continue
            reason = "failed" if line.state == "failed" else PARTS[line.action]
            reason = {"skipped": "skipped", "review": "review", "failed": "failed"}.get(reason, "external")
            ledger.reasons[reason] -= line.company_reported
            if line.move_id and reason in ("review", "failed"):
                groups[line.move_id.id].reason = reason

    def _add_absent(self, kind: str, groups: dict[int, Group]):
        """Note on documents that the list doesn't name why it doesn't."""
        for line in self.lines.filtered(lambda line: line.action == "skip" and line.reason_code in ABSENT):
            if line.move_id.id in groups and not groups[line.move_id.id].reason:
                groups[line.move_id.id].reason = line.reason_code
        left = [key for key, group in groups.items() if group.item_type == "document" and not group.is_counted]
        for move in self.env["account.move"].browse(key for key in left if not groups[key].reason):
            groups[move.id].reason = self._why_not_listed(kind, move)

    def _why_not_listed(self, kind: str, move) -> str:
        """Why a list that was applied has no line of an open document; "" if it should have one."""
        if self.run.company_id._get_open_balance_day(move.create_date) > self.run.balance_date:
            return "created_after_list"
        covers = self.run.complete and kind in self.run._get_covered_kinds()
        return "" if covers and self.run.scope == "ledger" else "not_in_list"

    def _explain(self, ledger: Ledger, key: int, group: Group):
        """Add the difference of a document, or of what is none, to its reason, or to what nobody has explained."""
        difference = self.currency.round(group.booked - group.said)
        if not difference:
            return
        if group.is_counted:
            later = self.later.get(key, 0.0)
            ledger.reasons["later"] += later
            difference = self.currency.round(difference - later)
            if reason := self._why_counted_differs(key, group, later):
                ledger.reasons[reason] += difference
                return
        elif reason := group.reason or (group.item_type if group.item_type in ("entry", "payment") else ""):
            ledger.reasons[reason] += difference
            return
        if difference:
            move = self.env["account.move"].browse(key)
            ledger.suspects.append((move, group.booked, group.said, difference))

    def _why_counted_differs(self, key: int, group: Group, later: float) -> str:
        """Why a document that the list counts has another amount in company currency; "" if nobody knows."""
        if group.is_reopened:
            return "reopened"
        move = self.env["account.move"].browse(key)
        if move.date > self.run.balance_date:
            return "dated_later"
        currency = move.currency_id
        is_same = not currency.round(group.in_currency - group.said_in_currency)
        return "rounding" if currency != self.currency and not later and is_same else ""

    # === WHAT THE RUN HAS BOOKED === #

    def _get_booking_lines(self):
        """Lines of the run that have booked a payment.

        :rtype: open.balance.import.line
        """
        return self.lines.filtered(lambda line: line.payment_id and line.action != "skip" and line.state == "done")

    def _get_booked(self, kind: str) -> float:
        """What the run changed on the account until the balance date: its payments, less those that it took back."""
        payments = self._get_booking_lines().payment_id
        taken_back = self.lines.undo_payment_ids.filtered(lambda payment: payment.move_id.state != "posted")
        return self._sum_entries(payments.move_id, kind) - self._sum_entries(taken_back.move_id, kind, posted=False)

    def _sum_entries(self, moves, kind: str, posted: bool = True) -> float:
        account_type = {"receivable": "asset_receivable", "payable": "liability_payable"}[kind]
        lines = moves.line_ids.filtered(
            lambda line: (
                line.account_type == account_type
                and line.date <= self.run.balance_date
                and (line.parent_state == "posted") == posted
            )
        )
        return sum(lines.mapped("balance"))

    def _sum_later(self) -> dict[int, float]:
        """Per document what the run has paid at a date after the balance date: it was still open then."""
        sums = defaultdict(float)
        for line in self._get_booking_lines():
            entry = line.payment_id.move_id
            if entry.date > self.run.balance_date and entry.state == "posted":
                sums[line.move_id.id] -= sum(entry._get_open_balance_lines().mapped("balance"))
        return sums

    def _get_kind(self, line) -> str:
        """The kind of a line; a row that tells none is of the first kind that the list holds."""
        return line.kind or self.kinds[0]
