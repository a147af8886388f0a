"""Lays what became of a ledger beside what the oracle says."""

from decimal import Decimal

from .ledger_books import RATES, LedgerBooks
from .ledger_oracle import REVIEWED, UNKNOWN_PARTNER, ZERO, get_listed_parties

HALF, CENT = Decimal("0.005"), Decimal("0.0151")


class Mismatch(Exception):
    """The books differ from what the oracle says."""


class LedgerChecks(LedgerBooks):
    """What has to hold after each step of a ledger's history."""

    def _say(self, text):
        self.history.append(text)

    def _equal(self, found, wanted, what):
        if found != wanted:
            raise Mismatch(f"{what}: {found} instead of {wanted}")

    # === DOCUMENTS AND EXTERNAL ITEMS === #

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
        for line, wanted in zip(document.lines, verdict.by_line, strict=True) if verdict.by_line else ():
            if wanted not in (None, line.open):
                raise Mismatch(f"{what}: {line.open} instead of {wanted} of the due line {line.due}")

    def _check_company_open(self, document):
        """Residuals in both currencies go down in step, and to zero together."""
        if document.total:
            wanted = document.open * document.company_total / document.total
            if abs(document.company_open - wanted) * 100 > 1 + len(document.paid) + len(document.lines):
                raise Mismatch(f"{document.key}: {document.company_open} in company currency instead of {wanted:.3f}")
        if not document.open and document.company_open:
            raise Mismatch(f"{document.key}: {document.company_open} left in company currency")

    def _check_payments(self, record):
        """One payment per document and run, of the balance date, on the clearing journal, and the document knows it."""
        booked = record.line_ids.filtered(lambda line: line.payment_id and line.action != "skip")
        for move, lines in booked.grouped("move_id").items():
            name, payment = move.name or move.ref, lines.payment_id
            if len(payment) != 1:
                raise Mismatch(f"{name}: {len(payment)} payments")
            made = (payment.date, payment.journal_id, payment.partner_id, payment.currency_id)
            wanted = (self.listed.balance_date, self.source.journal_id, move.commercial_partner_id, move.currency_id)
            self._equal(made, wanted, f"{name}: payment's date, journal, partner, currency")
            if not move.amount_residual and move.payment_state not in ("paid", "reversed"):
                raise Mismatch(f"{name}: settled, but {move.payment_state}")

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
        waiting = [row for case in listed.cases if case.form in REVIEWED for row in case.rows]
        # Such a row may mean any item of its partner, and any of its number if nobody knows whose it is.
        unclear = {row.partner for row in waiting} | {row.number for row in waiting if row.partner == UNKNOWN_PARTNER}
        found = self._read_external()
        for key in {key for one in self.ledger.runs for key in one.external} - set(named):
            if not self._concerns(key[0]):
                continue
            if unclear.isdisjoint(key) or (key in before and key not in found):
                # Closed too if it was closed already: Undo of what closed it before changes nothing then.
                run.external[key] = ZERO
            elif key not in before:
                run.doubted.add(key)
        self._equal(found, self.ledger.get_external(), "external items")
        for case in listed.cases:
            if case.form in ("external", "both_other"):
                self._check_external_rate(case.rows[0])

    def _check_external_rate(self, row):
        """In company currency an external item has the rate of the balance date."""
        rates = [rate for day, rate in RATES.get(row.currency, ()) if day <= str(self.listed.balance_date)]
        wanted = row.amount / Decimal(str(rates[-1])) if rates else row.amount
        found = self._get_company_balance((row.partner, row.number))
        if abs(found - wanted) > CENT:
            raise Mismatch(f"external {row.number}: {found} in company currency instead of {wanted:.3f}")

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
        imported, newer, unknown, counted, margin = ZERO, ZERO, {ZERO}, False, CENT
        for key, verdict in verdicts.items():
            document = self.ledger.documents[key]
            if document.party != party or document.state != "posted":
                continue
            counted |= bool(verdict.is_counted)
            share = verdict.excess / document.total if verdict.excess else ZERO
            if verdict.is_doubted:
                unknown |= {one + share * document.company_total for one in unknown}
            elif not verdict.is_silent:
                imported += share * document.company_total
                # Each due line is rounded, and the last one has what the others leave: the credit has its rate.
                margin += HALF * len(document.lines) ** 2 * abs(share)
            if verdict.is_counted:
                imported += document.company_open
            elif verdict.is_counted is False:
                newer += document.company_open
            else:
                unknown |= {one + document.company_open for one in unknown}
        named = self._get_counted_externals(run, party)
        imported += sum((self._get_company_balance(key) for key in named), ZERO)
        if any(document.party == party and self._has_loose(document) for document in self.ledger.documents.values()):
            return  # whether what a person loosened counts until a list decides is not told
        if counted or named or self.listed.is_complete:  # else whether the balance before stands is not told
            self._compare_figures(party, found, (imported, newer, imported + newer), unknown, margin)
        cases = [case for case in self.listed.cases if case.form in REVIEWED]
        if any(row.partner == party for case in cases for row in case.rows) and not found[3]:
            raise Mismatch(f"balance of {party} is not marked as incomplete")

    def _get_counted_externals(self, run, party):
        """Those that the list names; of a complete one what stays open as a row that waits may mean it, too."""
        if self._concerns(party):
            return [key for key in self.ledger.get_external() if key[0] == party]
        return [key for key, balance in run.external.items() if key[0] == party and balance]

    @staticmethod
    def _has_loose(document):
        return any(paid.state == "loose" for paid in document.paid)

    def _compare_figures(self, party, found, wanted, unknown, margin):
        """Compare to the cents that a credit's conversion may differ by.

        :param unknown: what documents of which the design doesn't tell in what figure they are may add up to
        """
        if len(unknown) > 1:
            if min(abs(found[2] - wanted[2] - part) for part in unknown) > margin:
                raise Mismatch(f"total of {party}: {found[2]} instead of {wanted[2]:.3f} (or more: {unknown})")
        elif any(abs(one - other) > margin for one, other in zip(found, wanted, strict=False)):
            raise Mismatch(f"figures of {party}: {found} instead of {[f'{one:.2f}' for one in wanted]}")

    def _get_company_balance(self, key):
        item = self.env["open.balance.external.item"].search(
            [("partner_id", "=", self.partners[key[0]].id), ("number", "=", key[1])]
        )
        return sum((self._decimal(one.company_balance) for one in item), ZERO)

    # === BEFORE AND AFTER === #

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
