"""The run's way from files to lines: read, take a snapshot of the books, plan, store the plan as lines."""

from dataclasses import replace

from odoo import fields, models

from ...engine import Assignment, Issue, ItemPolicy, Plan, ReadResult, foresee, plan
from ...messages import to_json
from ..ledger.snapshot import Snapshot
from ..open_balance_import_file import WAYS
from .download import CORRECTIONS_SHEET


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _plan(self):
        """Read the files, plan, and store the plan as the run's lines. Books nothing."""
        self.ensure_one()
        assigned = self._get_assignments()
        confirmed = self._get_confirmations()
        # Problems are no user's to write: a guard goes by being confirmed, and who did is kept.
        self.problem_ids.sudo().unlink()
        # Lines are nobody's to delete either: they go with the plan that they are.
        self.sudo().line_ids.unlink()
        results = self._read_files()
        issues = [*self._check_content(), *(issue for _file, result in results for issue in result.problems)]
        if not results or any(result.failed for _file, result in results):
            self._store_problems(issues or [Issue("stop", "no_file")], confirmed)
            self._note({"state": "failed", "totals": False, "needs_plan": False})
            return
        self._set_balance_date([result for _file, result in results])
        if any(result.detected.sheet == CORRECTIONS_SHEET for _file, result in results):
            self._note({"complete": False, "is_corrections": True})
        found = getattr(self, WAYS[self.per].plan)(results, assigned)
        self._store_problems([*issues, *found], confirmed)
        self._seal()
        self._note({"state": "planned", "needs_plan": False})

    def _plan_items(self, results, assigned) -> list[Issue]:
        """Plan a list of open items and store the plan as lines.

        :return: what is in the plan's way
        """
        planned, snapshot, read = self._make_plan(results, assigned)
        self._store_lines(planned, read, snapshot, assigned)
        totals = self._get_totals(planned, read, snapshot, self._get_policy(results, snapshot))
        self._note({"planned_cover": planned.cover or False, "totals": totals})
        return [*planned.problems, *self._get_guards(results, planned)]

    def _read_files(self):
        """Read every file of the run as what is imported.

        :rtype: list[tuple[open.balance.import.file, ReadResult]]
        """
        way = WAYS[self.per]
        options = replace(
            self.source_id._get_read_options(),
            kind=self.cover or self.source_id.cover or None,
            payables_sign=self.payables_sign or self.source_id.payables_sign or None,
            balance_date=self.balance_date if self.balance_date_origin == "given" else None,
        )
        results = [file._read(options, way) for file in self.file_ids]
        return list(zip(self.file_ids, way.join(results), strict=True))

    def _set_balance_date(self, results: list[ReadResult]):
        """The date as a person gave it, else the latest that a file names, else today."""
        if self.balance_date_origin == "given" and self.balance_date:
            return
        found = [result.detected.balance_date for result in results if result.detected.balance_date]
        self._note(
            {
                "balance_date": max(found) if found else fields.Date.context_today(self),
                "balance_date_origin": "file" if found else "today",
            }
        )

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

    @staticmethod
    def _index_assignments(items, assigned) -> dict[int, Assignment]:
        """What a person assigned, by the item's place in the list that is planned."""
        return {
            index: assigned[file.id, item.row]
            for index, (file, item) in enumerate(items)
            if (file.id, item.row) in assigned
        }

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

    def _get_assignments(self) -> dict[tuple[int, int], Assignment]:
        """What a person assigned on lines, by file and row: it outlives planning again."""
        self._search_lines("planned", remember_number=[True])._remember_numbers()
        return {
            (line.file_id.id, line.row): Assignment(
                partner_id=line.partner_id.commercial_partner_id.id or 0, book_id=line.move_id.id or 0
            )
            for line in self._search_lines("planned", is_assigned=[True])
            if line.row
        }

    def _get_confirmations(self) -> dict[tuple, tuple]:
        """Guards that a person confirmed, by what they said: the same guard of the same list need not be confirmed
        twice."""
        return {
            (problem.code, problem.file_name or "", problem.row): (
                problem.values,
                problem.confirmed_for,
                problem.confirmed_by_id.id,
                problem.confirmed_on,
            )
            for problem in self.problem_ids
            if problem.confirmed_by_id
        }

    def _store_problems(self, issues, confirmed):
        """Keep the issues as the run's problems; a guard that says the same of the same list stays confirmed."""
        vals_list = []
        list_checksum = self._get_confirmation_checksum()
        for issue in issues:
            vals = {**self.env["open.balance.import.problem"]._prepare_vals(issue), "import_id": self.id}
            said, *confirmation = confirmed.get((issue.code, issue.file, issue.row or 0), (None, None))
            if said == vals["values"] and confirmation[0] == list_checksum:
                vals |= dict(zip(("confirmed_for", "confirmed_by_id", "confirmed_on"), confirmation, strict=True))
            vals_list.append(vals)
        self.env["open.balance.import.problem"].sudo().create(vals_list)

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
            "file_currency": item.currency,
            "is_assigned": (file.id, item.row) in assigned,
        }

    # === TOTALS === #

    def _get_payment_date(self, move):
        """The date on which a payment of the document is booked, as the source says."""
        policy = self.source_id.payment_date
        if policy == "document":
            return move.invoice_date or move.date
        if policy == "due":
            return move._get_open_balance_due_date()
        return self.source_id.fixed_payment_date if policy == "fixed" else self.balance_date

    def _get_totals(self, planned: Plan, read, snapshot: Snapshot, policy: ItemPolicy) -> dict:
        """Sums that let a person compare the run with the list and the ledger.

        :return: ``currencies``: per currency what the file, the matched documents and external items sum up to;
            ``ledgers``: per kind the account's balance before and after, in company currency
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
        }
