"""Random ledgers: what was open at a date is what summing all settlements until then leaves."""

from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from ...models.reports.protocol import Protocol
from ..common import TODAY
from ..ledger_books import KINDS, LedgerBooks
from ..ledger_random import BALANCE_DATE, Dice, Lister, make_ledger

SEEDS = range(6)
LISTS = 2
DATES = [date(2026, 1, 10) + timedelta(days=5 * number) for number in range(20)]  # until 2026-04-15, which is today


@tagged("post_install", "-at_install", "open_balance_ledgers")
@freeze_time(TODAY)
class TestRandomItems(LedgerBooks):
    """Ledgers with instalments, currencies, branches, payments by hand and by lists."""

    def test_items_at_any_date(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                savepoint = self.env.cr.savepoint()
                try:
                    self._play(Dice(seed))
                    self._check_dates()
                    self._check_partners()
                    self._check_protocols()
                finally:
                    savepoint.rollback()
                    savepoint.close(rollback=False)
                    self.env.invalidate_all()
                    self.env.registry.clear_cache()

    def _play(self, dice):
        """Build a ledger, pay and receive at random days, apply lists."""
        ledger = make_ledger(dice)
        self._build(ledger)
        self._observe(ledger.documents)
        for document in ledger.documents.values():
            if document.state == "posted" and dice.chance(0.4):
                with freeze_time(dice.day()):
                    self._pay_by_hand(document, dice.part(document.open, document.currency))
        with freeze_time(dice.day()):
            self._receive(dice.one(ledger.parties), dice.money("USD"))
        self._observe(ledger.documents)
        self.runs = {}
        for number in range(LISTS):
            listed = Lister(dice, ledger).make()
            is_last = number == LISTS - 1
            listed.balance_date = BALANCE_DATE - timedelta(days=0 if is_last else 20)
            if is_last:
                listed.is_complete, listed.scope = True, "ledger"
            run = self._plan(listed, self._write(listed))
            before = self._sum_account(listed.balance_date)
            run.action_apply()
            self.runs[run] = (before, self._sum_account(listed.balance_date))
            self._observe(ledger.documents)

    # === WHAT IS EXPECTED === #

    def _check_dates(self):
        lines = self.env["account.move.line"].search([("parent_state", "=", "posted")])
        lines = lines.filtered(lambda line: line.account_id.reconcile and line.company_id in self.env.companies)
        self.assertTrue(lines.matched_debit_ids)
        for at in DATES:
            found = self.env["open.balance.item"].with_context(open_balance_date=at).search([])
            booked = found.filtered("line_id")
            self.assertEqual(
                {item.line_id.id: (item.company_residual, item.residual) for item in booked},
                {line.id: amounts for line in lines if any(amounts := self._sum_until(line, at))},
                f"journal items at {at}",
            )
            self._check_steps(booked, at)
            self.assertEqual(
                {item.external_id.id: item.residual for item in found - booked},
                self._get_externals(at),
                f"external items at {at}",
            )

    def _check_steps(self, items, at):
        """What an item was, less what settled it, is what is open of it."""
        for item in items:
            steps = item.step_ids
            self.assertEqual(steps[0].kind, "original")
            rests = (item.company_residual, item.residual)
            self.assertEqual((steps[-1].company_rest, steps[-1].rest), rests, f"{item.number} at {at}")
            currencies = (item.company_currency_id, item.currency_id)
            sums = (sum(steps.mapped("company_amount")), sum(steps.mapped("amount")))
            rounded = tuple(currency.round(amount) for currency, amount in zip(currencies, sums, strict=True))
            self.assertEqual(rounded, rests, f"{item.number} at {at}")

    def _check_partners(self):
        """After a complete list the items of a partner are its Open Balance (total), and payments made by hand that
        nobody has allocated, which are in no list."""
        for key, figures in self._read_figures().items():
            partner = self.partners[key]
            partner.invalidate_recordset()
            items = partner.open_payable_items if key.startswith("8") else partner.open_balance_items
            self.assertEqual(self._decimal(items), figures[2] + self._decimal(self._sum_by_hand(partner)), key)

    def _sum_account(self, at):
        """What is open of the receivable and payable accounts at a date."""
        Item = self.env["open.balance.item"].with_context(open_balance_date=at)
        Item.invalidate_model()
        groups = Item._read_group([("item_type", "!=", "external")], ["kind"], ["company_residual:sum"])
        return {kind: round(amount, 2) for kind, amount in groups}

    def _check_protocols(self):
        """Each list is reconciled with its account: as it was, and down to the last cent."""
        last = list(self.runs)[-1]
        for run, (before, after) in self.runs.items():
            for ledger in Protocol(run).get_ledgers():
                suspects = [(move.name, *amounts) for move, *amounts in ledger.suspects]
                self.assertEqual((ledger.unexplained, suspects), (0.0, []), f"{run.name} {ledger}")
                if run == last:
                    found = (ledger.before, ledger.at_date)
                    self.assertEqual(found, (before.get(ledger.kind, 0.0), after.get(ledger.kind, 0.0)), run.name)
            self.assertFalse([row for row in Protocol(run).get_parts() if row.get("missing")])

    def _sum_by_hand(self, partner):
        """What is open of a partner's payments that no list has booked."""
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", partner.id),
                ("account_type", "in", list(KINDS.values())),
                ("amount_residual", "!=", 0),
                ("move_id.origin_payment_id", "!=", False),
            ]
        )
        lines = lines.filtered(lambda line: not line.move_id.origin_payment_id.open_balance_booking)
        return partner.open_balance_currency_id.round(sum(lines.mapped("amount_residual")))

    def _sum_until(self, line, at):
        """What was open of a journal item, in company and document currency: all its settlements until then."""
        if line.date > at:
            return (0.0, 0.0)
        taken, given = (
            partials.filtered(lambda partial: partial.max_date <= at)
            for partials in (line.matched_credit_ids, line.matched_debit_ids)
        )
        company = line.balance - sum(taken.mapped("amount")) + sum(given.mapped("amount"))
        amount = (
            line.amount_currency
            - sum(taken.mapped("debit_amount_currency"))
            + sum(given.mapped("credit_amount_currency"))
        )
        return (line.company_currency_id.round(company), line.currency_id.round(amount))

    def _get_externals(self, at):
        """The external items by what the lists until a date said, one after the other."""
        runs = self.env["open.balance.import"].search([("state", "=", "done"), ("balance_date", "<=", at)], order="id")
        items = {}
        for line in runs.line_ids.filtered(lambda line: line.external_id and line.state == "done"):
            if line.action in ("external", "keep"):
                items[line.external_id.id] = line.reported_balance
            elif line.action in ("close_external", "adopt"):
                items.pop(line.external_id.id, None)
        return items
