"""Random ledgers against random lists: what is open afterwards must be what the design says."""

import logging
import os
import traceback

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..ledger_checks import LedgerChecks, Mismatch
from ..ledger_oracle import Run, follow, judge, undo
from ..ledger_random import EVENTS, Dice, Lister, make_document, make_ledger

_logger = logging.getLogger(__name__)
SEEDS = range(25)


@tagged("post_install", "-at_install", "open_balance_ledgers")
@freeze_time(TODAY)
class TestLedgers(LedgerChecks):
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

    # === UNDO === #

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
        kind = self.dice.pick({"unreconcile": 3, "change": 2, "reverse": 1, "replace": 2})
        self._say(f"-- {kind} {document.key}")
        if kind == "unreconcile":
            self._unreconcile(document)
        elif kind == "replace":
            self._replace(document)
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
