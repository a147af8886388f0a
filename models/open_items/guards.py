"""Guards of a list of open items that need the books."""

from odoo import models

from ...engine import Issue, Plan

# So many documents are named in one sentence.
SHOWN = 3


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_item_guards(self, results, planned: Plan) -> list[Issue]:
        """Guards that need the books: another company's list, a locked period, a file that was applied before."""
        guards = [*self._check_company_of_files(results), *self._check_checksums(), *self._check_branches()]
        if any(action.payment for action in planned.actions):
            guards += [
                *self._check_journal(),
                *self._check_lock_dates(planned),
                *self._check_unallocated(planned),
            ]
        return [*guards, *self._check_receipts(), *self._check_elsewhere(results, planned)]

    def _check_elsewhere(self, results, planned: Plan) -> list[Issue]:
        """External items that are open at another source already: they would be counted twice."""
        items = [item for _file, result in results for item in result.items]
        named = {
            (action.partner_id, action.kind, items[action.item].number)
            for action in planned.actions
            if action.type == "external" and action.item is not None and items[action.item].number
        }
        others = self.env["open.balance.external.item"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("source_id", "not in", (self.source_id.id, False)),
                ("partner_id", "in", list({partner_id for partner_id, _kind, _number in named})),
            ]
        )
        found = others.filtered(lambda item: (item.partner_id.id, item.kind, item.number) in named)
        if not found:
            return []
        shown = ", ".join(f"{item.number}: {item.source_id.name}" for item in found[:SHOWN])
        return [Issue("warning", "external_elsewhere", {"count": len(found), "items": shown})]

    def _check_lock_dates(self, planned: Plan) -> list[Issue]:
        """Payment dates in a locked period: Odoo would move them silently."""
        moves = self.env["account.move"].browse({action.book_id for action in planned.actions if action.payment})
        moves.fetch(["name", "company_id", "date", "invoice_date", "invoice_date_due"])
        dates = {}
        for move in moves:
            key = (move.company_id, self._get_payment_date(move))
            dates.setdefault(key, move)
        issues = []
        for (company, date), move in dates.items():
            message = self.env["account.payment"]._get_open_balance_lock_message(
                company, self.source_id.journal_id, date
            )
            if message:
                issues.append(Issue("stop", "period_locked", {"document": move.name, "date": date, "lock": message}))
        return issues

    def _check_unallocated(self, planned: Plan) -> list[Issue]:
        """Payments in Odoo that are allocated to nothing and have the very amount to be booked: the same one?"""
        to_pay = {
            (action.partner_id, action.currency, float(-action.payment)): action.reason.values["document"]
            for action in planned.actions
            if action.payment and action.type in ("pay", "close")
        }
        lines = self.env["account.move.line"].search_fetch(
            [
                ("company_id", "in", self.env.companies.ids),
                ("account_type", "in", ("asset_receivable", "liability_payable")),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("partner_id", "in", list({partner_id for partner_id, _currency, _amount in to_pay})),
                ("payment_id", "!=", False),
            ],
            ["partner_id", "currency_id", "amount_residual_currency", "move_name"],
        )
        found = {}
        for line in lines:
            key = (line.partner_id.id, line.currency_id.name, line.amount_residual_currency)
            if key in to_pay and not line.payment_id.open_balance_booking:
                found[to_pay[key]] = line.move_name
        shown = ", ".join(f"{document}: {payment}" for document, payment in list(found.items())[:SHOWN])
        return [Issue("warning", "unallocated_payment", {"count": len(found), "payments": shown})] if found else []

    def _check_receipts(self) -> list[Issue]:
        """Receipts that came later for documents which imports have paid."""
        Line = self.env["open.balance.import.line"]
        waiting = self.env["account.move.line"].search(Line._get_receipt_domain(self.env["account.move"].browse()))
        lines = Line.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "in", waiting.partner_id.commercial_partner_id.ids),
                ("payment_id", "!=", False),
                ("state", "=", "done"),
                ("action", "!=", "create"),
            ]
        )
        found = [f"{line.move_id.name}: {item.move_name}" for line, item in lines._find_receipts().items()]
        values = {"count": len(found), "receipts": ", ".join(found[:SHOWN])}
        return [Issue("warning", "receipt_of_paid", values)] if found else []
