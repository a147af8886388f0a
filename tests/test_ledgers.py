"""Random ledgers against random lists: what is open afterwards must be what the design says."""

import logging
import os
import traceback
from decimal import Decimal

from odoo.tests import freeze_time, tagged

from .common import TODAY
from .ledger_books import LedgerBooks
from .ledger_oracle import REVIEWED, ZERO, Run, follow, get_listed_parties, judge, undo
from .ledger_random import EVENTS, Dice, Lister, make_document, make_ledger

_logger = logging.getLogger(__name__)
SEEDS = range(25)
CENT = Decimal("0.0151")


class Mismatch(Exception):
    """The books differ from what the oracle says."""


@tagged("post_install", "-at_install", "open_balance_ledgers")
@freeze_time(TODAY)
class TestLedgers(LedgerBooks):
    """Each seed is a ledger with a history of lists, payments by hand and Undo; the oracle judges every step."""

    def test_random_ledgers(self):
        mismatches = {}
        seeds = self._get_seeds()
        for seed in seeds:
            if text := self._play_and_forget(seed):
                mismatches[seed] = text
                _logger.info("MISMATCH seed %s: %s", seed, text)
        _logger.info("LEDGERS %s played, %s mismatches", len(seeds), len(mismatches))
        self.assertFalse(list(mismatches), "seeds that differ, see the log")

    @staticmethod
    def _get_seeds():
        """The fixed seeds, or those that dev/fuzz asks for."""
        return [int(seed) for seed in os.environ.get("LEDGER_SEEDS", "").split()] or SEEDS

    def _play_and_forget(self, seed) -> str:
        """Play a ledger and roll it back; what differed, if anything."""
        savepoint = self.env.cr.savepoint()
        self.history = []
        try:
            self._play(seed)
        except Mismatch as mismatch:
            return f"{mismatch}\n  " + "\n  ".join(self.history)
        except Exception:  # noqa: BLE001
            # An error of one ledger is its finding; the others are still to be played.
            return f"{traceback.format_exc()}\n  " + "\n  ".join(self.history)
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
            self.env.registry.clear_cache()
        return ""

    def _play(self, seed):
        self.dice = Dice(seed)
        self.ledger = make_ledger(self.dice)
        self.records, self.last, self.clock = {}, None, 0
        self._build(self.ledger)
        self._observe(self.ledger.documents)
        for document in self.ledger.documents.values():
            self.history.append(
                f"{document.key} {document.party} {document.amount} {document.currency} {document.date} "
                f"created {document.created} {document.state} terms {document.terms} branch {document.is_branch} "
                f"contact {document.is_contact} transfer {document.transfer}"
            )
        events = ["list"] + [self.dice.pick(EVENTS) for _ in range(self.dice.random.randrange(2, 7))]
        for event in events:
            getattr(self, f"_play_{event}")()

    def _say(self, text):
        self.history.append(text)

    def _equal(self, found, wanted, what):
        if found != wanted:
            raise Mismatch(f"{what}: {found} instead of {wanted}")

    # === LISTS === #

    def _play_list(self):
        self.listed = Lister(self.dice, self.ledger).make()
        self.content = self._write(self.listed)
        listed = self.listed
        self._say(f"-- list of {listed.balance_date}, complete {listed.is_complete}, scope {listed.scope}")
        for case in listed.cases:
            for row in case.rows:
                self._say(f"   {case.form} {case.document}: {self._write_row(row)}")
        self._apply(self._plan(listed, self.content), judge(self.ledger, listed))
        self.last = "list"

    def _play_same(self):
        """The list that was just applied again: nothing is booked."""
        if self.last != "list":
            return
        self._say("-- the same list again")
        before = self._snapshot()
        payments = self.env["account.payment"].search_count([])
        verdicts = judge(self.ledger, self.listed)
        self._apply(self._plan(self.listed, self.content), verdicts)
        self._equal(self.env["account.payment"].search_count([]), payments, "payments of the same list again")
        self._compare(self._snapshot(), before, "the same list again")

    def _apply(self, record, verdicts):
        ledger = self.ledger
        run = Run(len(ledger.runs) + 1, clock=self.clock, before=self._snapshot())
        exchange = self._count_exchange_entries()
        opens = {key: [line.open for line in document.lines] for key, document in ledger.documents.items()}
        if record.state != "planned" or record.has_stop:
            raise Mismatch(f"run is {record.state}: {record.problem_ids.mapped('message')}")
        figures = {key: values[0] for key, values in self._read_figures().items()}
        for line in record.line_ids:
            self._say(
                f"   > {line.partner_number or line.partner_id.debtor_number or line.partner_id.creditor_number} "
                f"{line.number} {line.move_id.name or ''} "
                f"{line.reported_balance} {line.booked_balance} {line.action} {line.reason_code}"
            )
        record.action_apply()
        ledger.runs.append(run)
        self.records[run.number] = record
        self._equal(record.state, "done", "state")
        failed = [f"{line.number} {line.result}" for line in record.line_ids if line.state in ("failed", "planned")]
        self._equal(failed, [], "failed lines")
        self._equal(self._count_exchange_entries(), exchange, "exchange entries")
        self._observe(ledger.documents)
        self._check_documents(record, verdicts, opens)
        self._check_payments(record)
        for key, verdict in verdicts.items():
            document = ledger.documents[key]
            follow(ledger, run, document, opens[key], verdict)
            if verdict.is_counted or (not document.open and any(opens[key])):
                run.said[key] = verdict.excess or document.open
        self._check_loose(verdicts)
        self._check_external(run)
        after = {kind: self._decimal(values["after"]) for kind, values in record.totals["ledgers"].items()}
        self._equal(self._read_sums(), after, "ledger against the preview's after")
        self._check_figures(run, verdicts, figures)

    def _check_documents(self, record, verdicts, opens):
        for key, verdict in verdicts.items():
            document = self.ledger.documents[key]
            move = self.moves[key]
            lines = record.line_ids.filtered(lambda line, move=move: move in (line.move_id, line.suggested_move_id))
            said = [(line.action, line.reason_code, line.row) for line in lines]
            self._check_open(document, verdict, f"{key} was {opens[key]}, {said}")
            numbers = {key.removesuffix(" (2)")}
            numbers |= {row.number for case in self.listed.cases for row in case.rows if case.document == key}
            named = lines or record.line_ids.filtered(lambda line, numbers=numbers: line.number in numbers)
            if verdict.is_said and not set(named.mapped("action")) & {"review", "skip"}:
                raise Mismatch(f"{key}: no line for a person, {said}")
            if document.state == "posted" and not document.excess:
                self._check_company_open(document)

    def _check_open(self, document, verdict, what):
        if document.open not in verdict.allowed:
            raise Mismatch(f"{what}: open {document.open} instead of {sorted(verdict.allowed)}")
        if verdict.by_line:
            self._equal([line.open for line in document.lines], verdict.by_line, f"{what}: due lines")

    def _check_company_open(self, document):
        """Residuals in both currencies go down in step, and to zero together."""
        if document.total:
            wanted = document.open * document.company_total / document.total
            if abs(document.company_open - wanted) * 100 > 1 + len(document.paid) + len(document.lines):
                raise Mismatch(f"{document.key}: {document.company_open} in company currency instead of {wanted:.3f}")
        if not document.open and document.company_open:
            raise Mismatch(f"{document.key}: {document.company_open} left in company currency")

    def _check_payments(self, record):
        """One payment per document and run."""
        booked = record.line_ids.filtered(lambda line: line.payment_id and line.action != "skip")
        for move, lines in booked.grouped("move_id").items():
            if len(lines.payment_id) != 1:
                raise Mismatch(f"{move.name or move.ref}: {len(lines.payment_id)} payments")

    def _check_loose(self, verdicts):
        """No payment of an import that settles nothing is left where the list decides."""
        loose = self._read_loose()
        for key, verdict in verdicts.items():
            if verdict.is_counted and loose[key] > bool(verdict.excess):
                raise Mismatch(f"{key}: {loose[key]} loose payments left")

    def _check_external(self, run):
        """External items are what the list says; those it cannot tell are taken as they are."""
        listed = self.listed
        named = {
            (case.rows[0].partner, case.rows[0].number): case.balance
            for case in listed.cases
            if case.form in ("external", "both_other")
        }
        before = self.ledger.get_external()
        run.external = dict(named)
        unclear = {row.partner for case in listed.cases if case.form in REVIEWED for row in case.rows}
        found = self._read_external()
        for key in {key for one in self.ledger.runs for key in one.external} - set(named):
            if not self._concerns(key[0]):
                continue
            if key[0] not in unclear or (key in before and key not in found):
                # Closed too if it was closed already: Undo of what closed it before changes nothing then.
                run.external[key] = ZERO
            elif key not in before:
                run.doubted.add(key)
        self._equal(found, self.ledger.get_external(), "external items")

    def _concerns(self, party) -> bool:
        """Whether the list is complete as to a party."""
        return self.listed.is_complete and (self.listed.scope == "ledger" or party in get_listed_parties(self.listed))

    # === FIGURES === #

    def _check_figures(self, run, verdicts, before):
        parties = get_listed_parties(self.listed)
        for key, found in self._read_figures().items():
            if key in parties or self._concerns(key):
                self._check_figure(run, verdicts, key, found)
                run.figures[key] = found[0]
            elif found[0] != before[key]:
                # The documents that a list of some partners doesn't name keep their figures.
                raise Mismatch(f"import of {key}, which the list doesn't concern: {found[0]} instead of {before[key]}")

    def _check_figure(self, run, verdicts, party, found):
        """Import, invoices and total are what the ledger has of what was counted and what was not."""
        imported, newer, unknown, counted = ZERO, ZERO, {ZERO}, False
        for key, verdict in verdicts.items():
            document = self.ledger.documents[key]
            if document.party != party or document.state != "posted":
                continue
            counted |= bool(verdict.is_counted)
            if verdict.excess and not verdict.is_silent:
                imported += verdict.excess * document.company_total / document.total
            if verdict.is_counted:
                imported += document.company_open
            elif verdict.is_counted is False:
                newer += document.company_open
            else:
                unknown |= {one + document.company_open for one in unknown}
        named = [key for key, balance in run.external.items() if key[0] == party and balance]
        if self._concerns(party):
            # What stays open as a row that waits may mean it is there, too.
            named = [key for key in self.ledger.get_external() if key[0] == party]
        imported += sum((self._get_company_balance(key) for key in named), ZERO)
        if any(document.party == party and self._has_loose(document) for document in self.ledger.documents.values()):
            return  # whether what a person loosened counts until a list decides is not told
        if counted or named or self.listed.is_complete:  # else whether the balance before stands is not told
            self._compare_figures(party, found, (imported, newer, imported + newer), unknown)
        cases = [case for case in self.listed.cases if case.form in REVIEWED]
        if any(row.partner == party for case in cases for row in case.rows) and not found[3]:
            raise Mismatch(f"balance of {party} is not marked as incomplete")

    @staticmethod
    def _has_loose(document):
        return any(paid.state == "loose" for paid in document.paid)

    def _compare_figures(self, party, found, wanted, unknown):
        """Compare to the cent that a credit's conversion may differ by.

        :param unknown: what documents of which the design doesn't tell in what figure they are may add up to
        """
        if len(unknown) > 1:
            if min(abs(found[2] - wanted[2] - part) for part in unknown) > CENT:
                raise Mismatch(f"total of {party}: {found[2]} instead of {wanted[2]:.3f} (or more: {unknown})")
        elif any(abs(one - other) > CENT for one, other in zip(found, wanted, strict=False)):
            raise Mismatch(f"figures of {party}: {found} instead of {[f'{one:.2f}' for one in wanted]}")

    def _get_company_balance(self, key):
        item = self.env["open.balance.external.item"].search(
            [("partner_id", "=", self.partners[key[0]].id), ("number", "=", key[1])]
        )
        return sum((self._decimal(one.company_balance) for one in item), ZERO)

    # === UNDO === #

    def _snapshot(self) -> dict:
        """Everything that Undo has to bring back."""
        self._observe(self.ledger.documents)
        return {
            "documents": {
                key: [(line.open, line.total) for line in document.lines] + [document.company_open]
                for key, document in self.ledger.documents.items()
            },
            "payment states": {key: move.payment_state for key, move in self.moves.items()},
            "external items": self._read_external(),
            "figures": self._read_figures(),
            "ledger": self._read_sums(),
            "loose": dict(self._read_loose()),
        }

    def _compare(self, found, wanted, what):
        for part in wanted:
            if found[part] != wanted[part]:
                differs = {
                    key: (found[part].get(key), wanted[part].get(key))
                    for key in {*found[part], *wanted[part]}
                    if found[part].get(key) != wanted[part].get(key)
                }
                raise Mismatch(f"{what}, {part} (found, wanted): {differs}")

    def _play_undo(self):
        standing = self.ledger.get_order()
        if not standing:
            return
        run = standing[0] if self.dice.chance(0.5) else self.dice.one(standing)
        is_last = run is standing[0] and run.clock == self.clock
        self._say(f"-- undo run {run.number}")
        self.records[run.number].action_undo()
        expected = undo(self.ledger, run)
        self._equal(self.records[run.number].state, "undone", "state")
        self._observe(self.ledger.documents)
        if is_last:
            self._compare(self._snapshot(), run.before, f"undo of run {run.number}")
        for key, wanted in expected.items():
            document = self.ledger.documents[key]
            if wanted is not None and document.state == "posted":
                self._equal(document.open, wanted, f"{key} after undo of run {run.number}")
        external = self._read_external()
        self.ledger.take_doubted(external)
        self._equal(external, self.ledger.get_external(), f"external items after undo of {run.number}")
        figures = self._read_figures()
        for party, found in figures.items():
            told = next((one.figures[party] for one in self.ledger.get_order() if party in one.figures), None)
            if told is not None and run.figures.get(party) is not None:
                self._equal(found[0], told, f"import of {party} after undo of run {run.number}")
        self.last = "undo"
        self.clock += not is_last

    # === WHAT PEOPLE DO === #

    def _get_open(self):
        documents = self.ledger.documents.values()
        return [one for one in documents if one.state == "posted" and one.open and not one.key.endswith(" (2)")]

    def _play_pay(self):
        if documents := self._get_open():
            document = self.dice.one(documents)
            whole = self.dice.chance(0.5)
            amount = document.open if whole else self.dice.part(document.open, document.currency)
            self._say(f"-- {amount} of {document.key} paid by hand")
            self._pay_by_hand(document, amount)
            self._end_event()

    def _play_receipt(self):
        party = self.dice.one(self.ledger.parties)
        amount = self.dice.money("USD")
        self._say(f"-- {amount} of {party} without allocation")
        self._receive(party, amount)
        self._end_event()

    def _play_loosen(self):
        documents = [
            one
            for one in self.ledger.documents.values()
            if one.paid_by_imports and not one.excess and one.terms == 1 and one.state == "posted" and not one.is_free
        ]
        if not documents:
            return
        document = self.dice.one(documents)
        kind = self.dice.pick({"unreconcile": 3, "change": 2, "reverse": 1})
        self._say(f"-- {kind} {document.key}")
        if kind == "unreconcile":
            self._unreconcile(document)
        elif kind == "change":
            self._change(document, self.dice.money(document.currency))
        else:
            self._reverse(document)
        for paid in document.paid:
            if paid.state == "active":
                paid.state = "loose"
        self._end_event()

    def _play_late(self):
        document = make_document(self.dice, self.ledger, "JPY", late=True)
        self.ledger.documents[document.key] = document
        self._say(f"-- late {document.key} {document.party} {document.amount} {document.currency} {document.date}")
        self._create_documents([document])
        self._end_event()

    def _end_event(self):
        self._observe(self.ledger.documents)
        self.last = "other"
        self.clock += 1
