"""Random ledgers and the lists that an accounting package could print of them, from a seed; plain values only."""

import random
from datetime import date, timedelta
from decimal import Decimal

from .ledger_oracle import UNKNOWN_PARTNER, ZERO, Case, Document, Ledger, List, Party, Row

FIRST, LAST = date(2026, 1, 5), date(2026, 3, 20)
BALANCE_DATE = date(2026, 3, 31)
DECIMALS = {"USD": 2, "EUR": 2, "JPY": 0, "TND": 3}
NUMBERS = {
    "out_invoice": "INV/2026/{:05}",
    "out_refund": "RINV/2026/{:05}",
    "in_invoice": "RE-{}",
    "in_refund": "GS-{}",
}
# How often a list does what with an open document.
FORMS = {
    "unchanged": 30, "part": 18, "absent": 22, "higher": 7, "opposite": 4, "split": 3, "equal": 4, "like": 4,
    "unreadable": 3, "unreadable_unknown": 3, "other_partner": 4, "both": 2, "unknown_partner": 3, "spelled": 4,
    "zero": 2,
}  # fmt: skip
LINE_FORMS = {"lines": 4, "one_due": 2, "whole": 3}
EVENTS = {"list": 10, "same": 2, "undo": 5, "pay": 3, "receipt": 1, "loosen": 4, "late": 2}


class Dice:
    """A seeded source of chance with the shapes that are needed here."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.used = set()

    def pick(self, weights: dict):
        return self.random.choices(list(weights), list(weights.values()))[0]

    def one(self, values):
        return self.random.choice(list(values))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.random.randrange((last - first).days + 1))

    def unique(self, make):
        """A value that was not there before: what looks alike by accident would be a case of its own."""
        while (value := make()) in self.used:
            pass
        self.used.add(value)
        return value

    def money(self, currency: str, most: int = 900) -> Decimal:
        """A positive amount that no other amount equals."""
        step = Decimal(1).scaleb(-DECIMALS[currency])
        return self.unique(lambda: (Decimal(self.random.randrange(2000, most * 100)) / 100 * 1).quantize(step))

    def part(self, amount: Decimal, currency: str) -> Decimal:
        """A part of an amount, of its sign, neither zero nor all."""
        step = Decimal(1).scaleb(-DECIMALS[currency])
        units = int(abs(amount) / step)
        if units < 2:
            return amount
        return (step * self.random.randrange(1, units)).copy_sign(amount)


def make_ledger(dice: Dice) -> Ledger:
    parties = {key: Party(key) for key in ("20001", "20002", "20003")}
    parties["20003"].parent = "20001"
    parties |= {key: Party(key, is_vendor=True) for key in ("80001", "80002")}
    ledger = Ledger(parties, {}, uses_transfers=dice.chance(0.3))
    third = dice.one(("JPY", "TND"))
    for _ in range(dice.random.randrange(5, 11)):
        document = make_document(dice, ledger, third, late=dice.chance(0.1))
        ledger.documents[document.key] = document
    if dice.chance(0.2):
        add_twin(dice, ledger)
    return ledger


def make_number(dice: Dice) -> int:
    """A number with an end of its own: a tail of digits is no likeness by accident."""
    number = dice.one((dice.random.randrange(2, 10), dice.random.randrange(11, 100), dice.random.randrange(1100, 9990)))
    if ("tail", number % 100) in dice.used:
        return make_number(dice)
    dice.used.add(("tail", number % 100))
    return number


def make_document(dice: Dice, ledger: Ledger, third: str, late: bool = False) -> Document:
    party = dice.one(ledger.parties.values())
    refund = dice.chance(0.15)
    move_type = ("in_" if party.is_vendor else "out_") + ("refund" if refund else "invoice")
    currency = dice.pick({"USD": 6, "EUR": 3, third: 2})
    sign = -1 if party.is_vendor != refund else 1
    day = dice.unique(lambda: dice.day(date(2026, 3, 21), date(2026, 4, 10)) if late else dice.day())
    created = day if dice.chance(0.9) else date(2026, 4, 5)
    transfer = None
    if ledger.uses_transfers:
        transfer = dice.pick({day: 4, BALANCE_DATE: 2, None: 1}) if not late else None
        created = day
    return Document(
        key=NUMBERS[move_type].format(make_number(dice)),
        party=party.key,
        move_type=move_type,
        currency=currency,
        date=day,
        created=created,
        amount=sign * dice.money(currency),
        state=dice.pick({"posted": 18, "draft": 1, "cancel": 1}),
        terms=1 if refund else dice.pick({1: 5, 2: 1, 3: 1}),
        is_branch=dice.chance(0.15),
        is_contact=dice.chance(0.15),
        transfer=transfer,
    )


def add_twin(dice: Dice, ledger: Ledger) -> None:
    """A second bill of a vendor with the number, date and amount of another: it takes a person to tell them apart."""
    bills = [one for one in ledger.documents.values() if one.move_type == "in_invoice" and one.state == "posted"]
    if bills:
        bill = dice.one(bills)
        fields = {**vars(bill), "key": bill.key + " (2)", "lines": [], "paid": []}
        ledger.documents[fields["key"]] = Document(**fields)


# -- lists -----------------------------------------------------------------------------------------------------------


class Lister:
    """Writes one list of a ledger."""

    def __init__(self, dice: Dice, ledger: Ledger):
        self.dice, self.ledger = dice, ledger
        self.cases: list[Case] = []

    def make(self) -> List:
        dice = self.dice
        balance_date = BALANCE_DATE + timedelta(days=dice.pick({0: 6, -2: 1, 1: 1}))
        for document in self.ledger.documents.values():
            self.add_document(document, balance_date)
        for key, balance in self.ledger.get_external().items():
            if key[1].startswith("EXT-") and dice.chance(0.6):
                self.add_external(*key, balance if dice.chance(0.6) else -self.dice.money("USD"))
        if not any(row.amount for case in self.cases for row in case.rows) or dice.chance(0.5):
            party = dice.one(self.ledger.parties)
            number = f"EXT-{dice.unique(lambda: dice.random.randrange(20000, 90000))}"
            self.add_external(party, number, dice.money("USD") * (-1 if party.startswith("8") else 1))
        dice.random.shuffle(self.cases)
        is_complete = dice.chance(0.8)
        return List(balance_date, is_complete, dice.pick({"ledger": 5, "partners": 1}), self.cases)

    def add_external(self, party: str, number: str, balance: Decimal) -> None:
        day = date(2026, 2, 1) + timedelta(days=int(number[-2:]) % 28)
        row = Row(party, number, day, None, balance, "EUR" if number[-1] in "012" else "USD")
        self.cases.append(Case("external", rows=[row], balance=balance))

    def add_document(self, document: Document, balance_date: date) -> None:
        dice = self.dice
        if document.key.endswith(" (2)") or document.key + " (2)" in self.ledger.documents:
            self.add_twins(document)
        elif document.date > balance_date and dice.chance(0.9):
            pass
        elif document.state != "posted":
            if dice.chance(0.5):
                self.add(document, "exact", document.amount)
        elif not document.open:
            self.add_settled(document)
        else:
            form = dice.pick(FORMS)
            if form != "absent":
                getattr(self, f"add_{form}")(document)

    def add_twins(self, document: Document) -> None:
        """Two bills of the same number: one row for both."""
        if document.key.endswith(" (2)") and self.dice.chance(0.7):
            first = self.ledger.documents[document.key.removesuffix(" (2)")]
            if first.open == document.open != ZERO:
                row = self.row(document, self.dice.part(document.open, document.currency))
                self.cases.append(Case("ambiguous", document.key, [row]))
                self.cases.append(Case("ambiguous", first.key))

    def add_settled(self, document: Document) -> None:
        """Nothing is open: mostly silence, or it came back."""
        if document.excess and self.dice.chance(0.7):
            self.add(document, "exact", document.excess)
        elif self.dice.chance(0.5) and not document.excess:
            self.add(document, "exact", self.dice.part(document.total, document.currency))

    def row(self, document: Document, amount: Decimal | None, **values) -> Row:
        number = document.key.removesuffix(" (2)")
        row = Row(document.party, number, document.date, None, amount, document.currency)
        return Row(**{**vars(row), **values})

    def add(self, document: Document, form: str, balance: Decimal, **values) -> None:
        """A row with the balance; of instalments in one of their forms."""
        if form == "exact" and len(document.lines) > 1:
            form = self.dice.pick(LINE_FORMS)
        if form == "lines":
            return self.add_lines(document)
        due = document.lines[0].due if form == "one_due" else None
        row = self.row(document, balance, due=due, **values)
        return self.cases.append(Case(form, document.key, [row], balance))

    def add_lines(self, document: Document) -> None:
        """A row for each instalment: unchanged, part paid or not named."""
        balances = []
        for line in document.lines:
            part = self.dice.part(line.open, document.currency) if line.open else None
            balances.append(self.dice.pick({line.open or None: 3, part: 1, None: 1}))
        rows = [
            self.row(document, balance, due=line.due)
            for line, balance in zip(document.lines, balances, strict=True)
            if balance
        ]
        if rows:
            self.cases.append(Case("lines", document.key, rows, by_line=balances))

    def add_unchanged(self, document: Document) -> None:
        self.add(document, "exact", document.open)

    def add_part(self, document: Document) -> None:
        self.add(document, "exact", self.dice.part(document.open, document.currency))

    def add_zero(self, document: Document) -> None:
        self.add(document, "whole", ZERO)

    def add_higher(self, document: Document) -> None:
        """More than is booked: as much as imports have paid, or beyond all."""
        more = document.paid_by_imports
        if more and self.dice.chance(0.7):
            balance = document.open + (self.dice.part(more, document.currency) if self.dice.chance(0.5) else more)
        else:
            balance = document.total + self.dice.money(document.currency).copy_sign(document.total)
        self.add(document, "whole", balance)

    def add_opposite(self, document: Document) -> None:
        self.add(document, "whole", -self.dice.part(document.open, document.currency))

    def add_split(self, document: Document) -> None:
        """The document and a part payment of it, as two bookings."""
        more = self.dice.part(document.open, document.currency)
        if more == document.open:
            return self.add_unchanged(document)
        rows = [self.row(document, document.open), self.row(document, -more)]
        return self.cases.append(Case("split", document.key, rows, document.open - more))

    def add_equal(self, document: Document) -> None:
        """The same row twice, of the whole or of a part."""
        whole = self.dice.chance(0.4)
        balance = document.open if whole else self.dice.part(document.open, document.currency)
        row = self.row(document, balance)
        self.cases.append(Case("equal", document.key, [row, row]))

    def add_spelled(self, document: Document) -> None:
        """The same number in small letters, with other separators or with none."""
        number = document.key
        spelling = self.dice.one((number.lower(), number.replace("/", "-"), number.replace("/", " "), f" {number} "))
        self.add(document, "spelled", self.dice.one((document.open, self.part_of(document))), number=spelling)

    def part_of(self, document: Document) -> Decimal:
        return self.dice.part(document.open, document.currency)

    def add_like(self, document: Document) -> None:
        """Only the end of the number, with the document's partner and date."""
        digits = document.key.rsplit("/" if "/" in document.key else "-", 1)[1]
        numbers = [digits, digits.lstrip("0"), f"2026-{digits}", f"{digits}/2026"]
        self.add(document, "like", self.part_of(document), number=self.dice.one(numbers))

    def add_unreadable(self, document: Document) -> None:
        self.cases.append(Case("unreadable", document.key, [self.row(document, None)]))

    def add_unreadable_unknown(self, document: Document) -> None:
        number = f"Q-{self.dice.unique(lambda: self.dice.random.randrange(20000, 90000))}"
        day = document.date if self.dice.chance(0.6) else None
        self.cases.append(Case("unreadable_unknown", rows=[self.row(document, None, number=number, date=day)]))

    def get_other(self, document: Document) -> str:
        parties = self.ledger.parties
        same_side = [key for key in parties if key[0] == document.party[0] and key != document.party]
        return self.dice.one(same_side)

    def add_other_partner(self, document: Document) -> None:
        """The number under another partner, with the same date or amount."""
        amount, day = self.dice.one(
            ((document.open, document.date), (document.open, None), (self.part_of(document), document.date))
        )
        self.add(document, "other_partner", amount, partner=self.get_other(document), date=day)

    def add_both(self, document: Document) -> None:
        """The number at both partners: quiet."""
        self.add(document, "whole", document.open)
        row = self.row(document, self.part_of(document), partner=self.get_other(document))
        self.cases.append(Case("both_other", document.key, [row], row.amount))

    def add_unknown_partner(self, document: Document) -> None:
        self.add(document, "unknown_partner", self.part_of(document), partner=UNKNOWN_PARTNER)
