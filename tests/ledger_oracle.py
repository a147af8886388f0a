"""What a list must do to a ledger, told from plain values: a second opinion on planning and booking.

Nothing of the engine is used here, and nothing of Odoo. Amounts are in ledger sign (positive = the partner owes us), in
the document's currency where nothing else is said.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
UNKNOWN_PARTNER = "99999"
# Cases whose row a person has to look at, whatever it says.
REVIEWED = ("like", "unreadable", "unreadable_unknown", "other_partner", "unknown_partner", "ambiguous")


@dataclass
class Party:
    """A customer or vendor, by its number in the accounting package."""

    key: str
    is_vendor: bool = False
    parent: str = ""

    @property
    def kind(self) -> str:
        return "payable" if self.is_vendor else "receivable"


@dataclass
class DueLine:
    due: date
    total: Decimal
    open: Decimal


@dataclass
class Paid:
    """A payment that a run booked for a document; ``state`` is active, loose, taken (back by a later run), cancelled
    (by one, as it was loose) or gone."""

    run: int
    amount: Decimal
    state: str = "active"
    taken_by: int = 0


@dataclass
class Document:
    key: str
    party: str
    move_type: str
    currency: str
    date: date
    created: date
    amount: Decimal
    state: str = "posted"
    terms: int = 1
    is_branch: bool = False
    is_contact: bool = False
    transfer: date | None = None
    lines: list[DueLine] = field(default_factory=list)
    company_open: Decimal = ZERO
    company_total: Decimal = ZERO
    paid: list[Paid] = field(default_factory=list)
    excess: Decimal = ZERO  # what was paid beyond the document by an import: the partner's credit, in ledger sign
    is_free: bool = False  # how its payments lie upon each other is not followed any more

    @property
    def open(self) -> Decimal:
        return sum((line.open for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), ZERO)

    @property
    def paid_by_imports(self) -> Decimal:
        return sum((paid.amount for paid in self.paid if paid.state == "active"), ZERO)


@dataclass
class Row:
    """A row as the outside package prints it."""

    partner: str
    number: str
    date: date | None
    due: date | None
    amount: Decimal | None  # None: cannot be read
    currency: str


@dataclass
class Case:
    """What the list does with one document, or with an item that Odoo doesn't know."""

    form: str
    document: str = ""
    rows: list[Row] = field(default_factory=list)
    balance: Decimal = ZERO
    by_line: list[Decimal | None] = field(default_factory=list)  # per due line; None: not in the list

    @property
    def is_zero(self) -> bool:
        return any(row.amount == 0 for row in self.rows)


@dataclass
class List:
    balance_date: date
    is_complete: bool
    scope: str
    cases: list[Case]


@dataclass
class Verdict:
    """What must be open after the list was applied; several values where the design leaves it open."""

    allowed: set[Decimal]
    by_line: list[Decimal | None] = field(default_factory=list)  # None: which lines stay open is not told
    is_said: bool = False  # a line for a person must name it
    is_counted: bool | None = None  # in the partner's imported balance; None: the design doesn't tell
    is_silent: bool = False  # the list says nothing of it, not even that it is settled
    is_doubted: bool = False  # but one of its rows may
    excess: Decimal = ZERO


@dataclass
class Run:
    """An applied run: what it said, and what was there before."""

    number: int
    is_standing: bool = True
    said: dict[str, Decimal] = field(default_factory=dict)  # documents
    external: dict[tuple[str, str], Decimal] = field(default_factory=dict)  # items; 0 = closed
    doubted: set[tuple[str, str]] = field(default_factory=set)  # closed items of which a row that waits may speak
    figures: dict[str, Decimal] = field(default_factory=dict)  # imported balance per party
    clock: int = 0  # how often something else than a list had happened before
    before: object = None


@dataclass
class Ledger:
    """The state that the oracle follows."""

    parties: dict[str, Party]
    documents: dict[str, Document]
    uses_transfers: bool = False
    runs: list[Run] = field(default_factory=list)

    def get_order(self) -> list[Run]:
        """The runs that stand, the last applied one first."""
        return [run for run in reversed(self.runs) if run.is_standing]

    def get_external(self) -> dict[tuple[str, str], Decimal]:
        """The external items that must be open: what the newest standing run says of each."""
        said: dict[tuple[str, str], Decimal] = {}
        for run in self.get_order():
            for key, balance in run.external.items():
                said.setdefault(key, balance)
        return {key: balance for key, balance in said.items() if balance}

    def take_doubted(self, found: dict[tuple[str, str], Decimal]) -> None:
        """Take external items as they are of which the newest standing run that may speak of them doesn't tell."""
        told: set[tuple[str, str]] = set()
        for run in self.get_order():
            for key in run.doubted - told - set(run.external):
                run.external[key] = found.get(key, ZERO)
            told |= set(run.external)


def judge(ledger: Ledger, listed: List) -> dict[str, Verdict]:
    """What becomes of every document. Rows whose balance is zero are left out (README, limits)."""
    verdicts = {}
    for case in listed.cases:
        if case.document and case.form != "both_other" and not case.is_zero:
            verdicts[case.document] = judge_case(ledger.documents[case.document], case, listed)
    must, may = get_protected(ledger, listed)
    for key, document in ledger.documents.items():
        if key not in verdicts:
            verdicts[key] = judge_absent(ledger, document, listed, key in must, key in may)
    return verdicts


def judge_case(document: Document, case: Case, listed: List) -> Verdict:
    left = Verdict({document.open}, is_said=True, is_counted=False, excess=document.excess)
    if case.form in REVIEWED or document.state != "posted":
        return left
    if case.form == "equal":
        return judge_equal(document, case)
    if case.form == "lines":
        return judge_lines(document, case, listed)
    if case.form == "one_due" and not listed.is_complete and case.balance != document.open:
        return judge_one_due(document, case)
    verdict = judge_balance(document, case.balance)
    if case.form == "one_due" and verdict.is_counted and case.balance * document.open > 0:
        verdict.by_line = name_first(document, case.balance)
    return verdict


def name_first(document: Document, balance: Decimal) -> list[Decimal | None]:
    """Due lines of a balance that comes with the first due date: what is not named is settled, the named line last."""
    first, *others = document.lines
    if abs(balance) < abs(document.open) and abs(balance) > abs(first.open):
        return [first.open, *(None for _line in others)]
    return [balance, *(ZERO for _line in others)] if abs(balance) <= abs(first.open) else []


def judge_balance(document: Document, balance: Decimal) -> Verdict:
    """The table of the design: B against R."""
    booked = document.open
    left = Verdict({booked}, is_said=True, is_counted=False)
    if balance == booked and not document.excess:
        return Verdict({booked}, is_counted=True)
    if not booked:
        return judge_settled(document, balance)
    if balance * booked < 0:
        return Verdict({ZERO}, is_counted=True, excess=balance)
    if abs(balance) < abs(booked):
        return Verdict({balance}, is_counted=True)
    return Verdict({balance}, is_counted=True) if explains(document, balance) else left


def judge_settled(document: Document, balance: Decimal) -> Verdict:
    """A document of which nothing is open."""
    if document.excess:
        if balance == document.excess:
            return Verdict({ZERO}, is_counted=True, excess=balance)
        return Verdict({ZERO, balance} if explains(document, balance) else {ZERO}, is_counted=None)
    if balance * document.total > 0 and explains(document, balance):
        return Verdict({balance}, is_counted=True)
    return Verdict({ZERO}, is_said=balance * document.total > 0, is_counted=None)


def explains(document: Document, balance: Decimal) -> bool:
    """Whether payments of imports explain that more is reported than is booked."""
    most = document.open + document.paid_by_imports
    return balance * most > 0 and abs(balance) <= abs(most)


def judge_equal(document: Document, case: Case) -> Verdict:
    """Equal rows: one if their balance is the residual, else a person decides."""
    balance = case.rows[0].amount
    if balance == document.open:
        return Verdict({document.open}, is_counted=True)
    return Verdict({document.open}, is_said=True, is_counted=False)


def judge_lines(document: Document, case: Case, listed: List) -> Verdict:
    """Rows for each due line; those that a complete list doesn't name are settled."""
    wanted = [
        (ZERO if listed.is_complete else line.open) if balance is None else balance
        for line, balance in zip(document.lines, case.by_line, strict=True)
    ]
    total = sum(wanted, ZERO)
    if any(abs(balance) > abs(line.open) for line, balance in zip(document.lines, wanted, strict=True)):
        # More than is open on a due line: by design judged as a whole, which lines take it is not said.
        verdict = judge_balance(document, total)
        return Verdict(verdict.allowed | {document.open}, is_counted=None)
    return Verdict({total}, by_line=wanted, is_counted=True)


def judge_one_due(document: Document, case: Case) -> Verdict:
    """One row with the first due date in a list that is not complete: the other instalments stay open."""
    first, others = document.lines[0], sum((line.open for line in document.lines[1:]), ZERO)
    if abs(case.balance) <= abs(first.open):
        return Verdict({case.balance + others}, is_counted=None)
    return Verdict({document.open, case.balance, case.balance + others}, is_counted=None)


def judge_absent(ledger: Ledger, document: Document, listed: List, must: bool, may: bool) -> Verdict:
    """A document that the list doesn't name."""
    booked, others = document.open, listed.scope == "partners" and document.party not in get_listed_parties(listed)
    is_partial = not listed.is_complete or others
    late = is_late(ledger, document, listed)
    if document.state != "posted":
        return Verdict({booked}, is_counted=False)
    if not booked and not document.excess:
        return Verdict({ZERO}, is_counted=None, is_silent=is_partial or late or must or may)
    if late:
        return Verdict({booked}, is_counted=False, is_silent=not listed.is_complete, excess=document.excess)
    if is_partial:
        return Verdict({booked}, is_silent=True, is_doubted=must or may, excess=document.excess)
    if must:
        return Verdict({booked}, is_said=bool(booked), is_counted=False, excess=document.excess)
    if may:
        return Verdict({booked, ZERO}, is_counted=None, is_doubted=True, excess=document.excess)
    return Verdict({ZERO}, is_counted=None)


def is_late(ledger: Ledger, document: Document, listed: List) -> bool:
    """Whether the list cannot contain the document yet."""
    if document.date > listed.balance_date:
        return True
    if ledger.uses_transfers:
        return document.transfer is None or document.transfer >= listed.balance_date
    return document.created > listed.balance_date


def get_listed_parties(listed: List) -> set[str]:
    return {row.partner for case in listed.cases if not case.is_zero for row in case.rows}


def get_protected(ledger: Ledger, listed: List) -> tuple[set[str], set[str]]:
    """Documents that a row under review means for sure or may well mean, and those of which the design doesn't tell."""
    must: set[str] = set()
    may: set[str] = set()
    for case in listed.cases:
        if case.form not in REVIEWED or not case.rows:
            continue
        row = case.rows[0]
        for key, document in ledger.documents.items():
            if row.partner in (document.party, UNKNOWN_PARTNER) and row.date in {line.due for line in document.lines}:
                may.add(key)  # a list's only date may be the due date
            is_own = row.partner == UNKNOWN_PARTNER or (case.form == "like" and document.party == row.partner)
            if is_own and document.move_type.startswith("in"):
                may.add(key)  # Odoo's own number of a bill may end alike
            if document.party != row.partner or case.form not in ("unreadable_unknown", "other_partner"):
                continue
            if case.form == "unreadable_unknown" and row.date in (None, document.date):
                must.add(key)
            elif case.form == "unreadable_unknown" or row.date is None:
                may.add(key)
    return must, may


# -- payments of imports and Undo ------------------------------------------------------------------------------------


def follow(ledger: Ledger, run: Run, document: Document, before: list[Decimal], verdict: Verdict) -> None:
    """Keep in mind by which payments of imports a document came from ``before`` to what is open now."""
    change = sum(before, ZERO) - document.open
    is_judged = change or not verdict.is_doubted  # a row that may mean the document leaves its payments alone
    if verdict.is_counted is not False and not verdict.is_silent and is_judged:
        loose = [paid for paid in document.paid if paid.state == "loose"]
        for paid in loose:
            paid.state, paid.taken_by = "cancelled", run.number
            document.is_free = True
    changes = [was - line.open for was, line in zip(before, document.lines, strict=True)]
    if any(one * document.total < 0 for one in changes) and len(changes) > 1:
        document.is_free = True
    if change * document.total < 0:
        change = take_back(document, run, -change)
    if change or verdict.excess != document.excess or (verdict.is_doubted and document.excess):
        document.is_free |= bool(document.excess)
        if not change and document.excess:
            change = replace_newest(document, run)
        document.paid.append(Paid(run.number, change))
    document.excess = verdict.excess


def take_back(document: Document, run: Run, wanted: Decimal) -> Decimal:
    """Take back the newest payments until as much is open again; returns what has to be paid once more."""
    for paid in reversed(document.paid):
        if abs(wanted) > 0 and paid.state == "active":
            paid.state, paid.taken_by = "taken", run.number
            wanted -= paid.amount
            if wanted * document.total <= 0:
                break
    return -wanted


def replace_newest(document: Document, run: Run) -> Decimal:
    """Take back the payment that left a credit, and return what is paid in its place without it."""
    for paid in reversed(document.paid):
        if paid.state == "active":
            paid.state, paid.taken_by = "taken", run.number
            return paid.amount
    return ZERO


def undo(ledger: Ledger, run: Run) -> dict[str, Decimal | None]:
    """Take back a run; what must be open per document then (None: the design doesn't tell)."""
    run.is_standing = False
    standing = {one.number for one in ledger.runs if one.is_standing}
    expected: dict[str, Decimal | None] = {}
    for key, document in ledger.documents.items():
        booked = document.open
        if any(paid.run == run.number and paid.state == "loose" for paid in document.paid):
            # Kept: a person has changed what it settles. What it had taken the place of is not booked beside it.
            document.is_free, expected[key] = True, booked
            continue
        for paid in document.paid:
            if paid.run == run.number and paid.state == "active":
                booked += paid.amount
            if paid.run == run.number:
                paid.state = "gone"
        said = [(one.number, one.said[key]) for one in ledger.get_order() if key in one.said]
        newest = said[0][1] if said else ZERO
        last = newest if said and said[0][0] > run.number else None
        for paid in document.paid:
            if paid.state == "cancelled" and paid.taken_by == run.number:
                paid.state = "loose"
            if paid.state == "taken" and paid.taken_by == run.number and paid.run in standing:
                if last is not None and abs(booked - paid.amount) < abs(last):
                    paid.state = "gone"
                    continue
                paid.state, paid.taken_by = "active", 0
                booked -= paid.amount
                # Paid otherwise since: what becomes of the payment is not told.
                document.is_free |= booked * document.total < 0
        document.excess = newest if newest * document.total < 0 and document.paid_by_imports else ZERO
        expected[key] = None if document.is_free else booked
    return expected
