"""The way of a list of open items from what was read to stored lines. Nothing here books."""

from odoo import fields, models

from ...engine import Issue, ItemPolicy, Plan, foresee, plan
from ...messages import to_json
from ..ledger.snapshot import Snapshot


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _plan_items(self, results, assigned) -> list[Issue]:
        """Plan a list of open items and store the plan as lines.

        :return: what is in the plan's way
        """
        planned, snapshot, read = self._make_plan(results, assigned)
        self._store_lines(planned, read, snapshot, assigned)
        totals = self._get_totals(planned, read, snapshot, self._get_policy(results, snapshot))
        self._note({"planned_cover": planned.cover or False, "totals": totals})
        return [*planned.problems, *self._get_item_guards(results, planned)]

    def _make_plan(self, results, assigned):
        """Plan the items of all files together.

        :return: the plan, the snapshot it was made on, and per item (read, then rejected) its file and item
        """
        items = [(file, item) for file, result in results for item in result.items]
        rejected = [(file, item) for file, result in results for item in result.rejected]
        documents = [said.book_id for said in assigned.values() if said.book_id]
        snapshot = Snapshot(self, [item for _file, item in (*items, *rejected)], documents)
        planned = plan(
            [item for _file, item in items],
            [item for _file, item in rejected],
            snapshot.books,
            snapshot.partners,
            snapshot.externals,
            self._get_policy(results, snapshot),
            self._index_assignments(items, assigned),
        )
        return planned, snapshot, (items, rejected)

    def _get_policy(self, results, snapshot: Snapshot) -> ItemPolicy:
        """How this run's list is judged."""
        detected = [result.detected for _file, result in results]
        covers = {found.cover for found in detected}
        cover = covers.pop() if len(covers) == 1 else (None if None in covers else "both")
        signs = {found.payables_sign for found in detected} - {None}
        return ItemPolicy(
            company_currency=self.company_currency_id.name,
            roundings=snapshot.roundings,
            rates=snapshot.rates,
            balance_date=self.balance_date,
            today=fields.Date.context_today(self),
            cover=self.cover or self.source_id.cover or cover or None,
            complete=self.complete,
            scope=self.scope,
            names_currency=all(found.names_currency for found in detected)
            or self.source_id.balance_currency == "company",
            payables_sign="assumed" if "assumed" in signs else (signs.pop() if signs else None),
            **self.source_id._get_plan_policy(),
            **self.source_id._get_item_policy(),
        )

    def _store_lines(self, planned: Plan, read, snapshot: Snapshot, assigned):
        """Create the run's lines, one for each action of the plan."""
        self.env["open.balance.import.line"]._store(
            self._prepare_line_vals(action, read, snapshot, assigned) for action in planned.actions
        )

    def _prepare_line_vals(self, action, read, snapshot: Snapshot, assigned) -> dict:
        """Values of the line that keeps one action of the plan."""
        vals = {
            "import_id": self.id,
            "company_id": self.company_id.id,
            "action": action.type,
            "kind": action.kind,
            "reason_code": action.reason.code,
            "reason_values": to_json(action.reason.values),
            "partner_id": action.partner_id or False,
            "move_id": action.book_id or False,
            "due_line_id": action.line_id or False,
            "currency_id": snapshot.currency_ids.get(action.currency) or self.company_currency_id.id,
            "reported_balance": float(action.reported),
            "booked_balance": float(action.booked),
            "payment_amount": float(action.payment),
            "company_reported": float(action.company_reported),
            "company_amount": float(snapshot.get_company_amount(action)),
            "external_id": action.external_id or False,
            "is_assigned": False,
        }
        if action.undo:
            vals["undo_payment_ids"] = action.undo
        if action.type == "review":
            vals["suggested_partner_id"] = action.suggestion.partner_id or False
            vals["suggested_move_id"] = action.suggestion.book_id or False
        if action.item is not None:
            vals |= self._prepare_item_vals(*read[action.rejected][action.item], assigned)
        elif action.book_id:
            book = snapshot.by_id[action.book_id]
            vals |= {"number": book.name, "date": book.date, "due_date": book.due_date}
        elif action.external_id:
            item = snapshot.external_by_id[action.external_id]
            vals |= {"number": item.number, "date": item.date, "due_date": item.due_date}
        return vals

    @staticmethod
    def _prepare_item_vals(file, item, assigned) -> dict:
        """Values of a line that say what was read."""
        return {
            "file_id": file.id,
            "row": item.row,
            "partner_number": item.partner_number,
            "partner_name": item.partner_name,
            "number": item.number,
            "reference": item.reference,
            "date": item.date,
            "due_date": item.due_date,
            "file_balance": float(item.balance or 0),
            "file_currency": item.currency or item.currency_sign,
            "is_assigned": (file.id, item.row) in assigned,
        }

    # === TOTALS === #

    def _get_totals(self, planned: Plan, read, snapshot: Snapshot, policy: ItemPolicy) -> dict:
        """Sums that let a person compare the run with the list and the ledger.

        :return: ``currencies``: per currency what the file, the matched documents and external items sum up to;
            ``ledgers``: per kind the account's balance before and after, in company currency; ``agreement``: how many
            of the ``items`` have number, amount and date of a document
        """
        currencies = {}
        items, _rejected = read
        for action in planned.actions:
            if action.item is None or action.rejected:
                continue
            item = items[action.item][1]
            sums = currencies.setdefault(
                item.currency or self.company_currency_id.name, {"file": 0, "matched": 0, "external": 0}
            )
            sums["file"] += item.balance
            if action.book_id:
                sums["matched"] += item.balance
            elif action.partner_id and action.type != "review":
                sums["external"] += item.balance
        changes = foresee(planned, snapshot.by_id, [item for _file, item in items], policy)
        ledgers = {
            kind: {"before": float(before), "after": float(before + changes[kind])}
            for kind, before in snapshot.ledgers.items()
        }
        return {
            "currencies": {
                code: {key: float(value) for key, value in sums.items()} for code, sums in currencies.items()
            },
            "ledgers": ledgers,
            "agreement": self._get_agreement(planned, items, snapshot),
        }

    @staticmethod
    def _get_agreement(planned: Plan, items, snapshot: Snapshot) -> dict[str, int]:
        """How many items there are, and how many of them have number, amount and date of a document in Odoo."""
        told = [action for action in planned.actions if action.item is not None and not action.rejected]
        known = [(action, snapshot.by_id[action.book_id]) for action in told if action.book_id]
        return {
            "items": len(told),
            "numbers": len(known),
            "amounts": sum(action.reported == action.booked for action, _book in known),
            "dates": sum(items[action.item][1].date == book.date for action, book in known),
        }
