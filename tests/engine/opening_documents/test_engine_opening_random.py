"""Many lists of opening documents, made with fixed seeds: what must hold for every plan."""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

from ....engine import BookDocument, BookPartner
from ...engine_samples import DAY, DUE, D, partner
from ...opening_samples import DIRECTORY, FAULT, OpeningCase, make, numbered, row, told


def some_rows(rng, number):
    """The rows of a document, of which something may be wrong."""
    kind = rng.choice(("out_invoice", "out_invoice", "out_refund", "in_invoice", "in_refund", "receipt"))
    positive = kind in ("out_invoice", "in_refund")
    prefix = "C" if kind.startswith("in") else "D"
    currency = rng.choice((None, None, "EUR", "USD", "JPY"))
    base = told(
        rng.choice((number, number, number, None)),
        owner=f"{prefix}{rng.randrange(1, 7)}",
        type=kind,
        currency=currency,
        date=DAY if rng.random() < 0.95 else DUE,
        salesperson=rng.choice((None, None, None, "marc", "nobody")),
        rate=D("0.887") if currency == "USD" and rng.random() < 0.3 else None,
    )
    if base.partner_number[1:] in "56":
        base = replace(base, partner_name=rng.choice((None, f"New {base.partner_number}")))
    found = []
    for at in range(1 if kind == "receipt" or not base.number else rng.choice((1, 1, 2, 3))):
        total = D(rng.randrange(100, 90000)) / (1 if currency == "JPY" else 100)
        total = total if positive else -total
        part = replace(base, total=total, open=rng.choice((total, D(0), total)), due_date=DUE + timedelta(at))
        part = replace(part, open=total) if kind == "receipt" else part
        part = replace(part, faults=(FAULT,)) if rng.random() < 0.03 else part
        found += [part] * (2 if rng.random() < 0.03 else 1)
    return found


def some_list(seed):
    """A list of documents in two files."""
    rng = random.Random(seed)
    rows = [one for at in range(60) for one in some_rows(rng, f"R-{seed}-{at}")]
    rng.shuffle(rows)
    rows += [replace(one, file="more.csv") for one in rows[:5]]
    return numbered(*rows)


def booked(result, items, ids):
    """The documents and partners that a plan leaves in the books, to be given to the next one."""
    created, partners = defaultdict(list), {}
    for action in result.actions:
        if action.type == "create":
            created[action.document].append(action)
    for actions in created.values():
        lead = actions[0]
        item = items[lead.item]
        owner = lead.partner_id or ids.setdefault(lead.new_partner, 100 + len(ids))
        if lead.new_partner:
            side = "creditor_number" if item.type.startswith("in") else "debtor_number"
            known = partners.get(owner, BookPartner(owner, item.partner_name))
            partners[owner] = replace(known, **{side: item.partner_number})
        number = (item.number,) if item.number else ()
        total = sum(action.total for action in actions)
        due_date = None if item.type == "receipt" else max(items[action.item].due_date for action in actions)
        yield BookDocument(
            lead.document, item.type, owner, "", number, item.date, due_date, lead.currency, total, not number
        )
    yield from partners.values()


class TestRandomOpening(OpeningCase):
    """Properties of every plan."""

    partners = tuple(partner(number, creditor_number=f"C{number}") for number in range(1, 5))

    seed = -1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worlds = [(items, cls.plan(items)) for items in map(some_list, range(60))]

    @classmethod
    def plan(cls, items, books=(), partners=()):
        """Plan row by row; missing partners are created."""
        partners = [*cls.partners, *partners]
        return make(items, books, partners, all_or_nothing=False, creates_partners=True)

    def each(self):
        """Yield the rows and the plan of each seed; ``seed`` tells which one failed."""
        for seed, world in enumerate(self.worlds):
            self.seed = seed
            yield world

    def _formatMessage(self, msg, standard):
        return super()._formatMessage(f"seed {self.seed} {msg or ''}", standard)

    def test_every_action_occurs(self):
        types = Counter(action.type for _items, result in self.each() for action in result.actions)
        self.assertEqual(set(types), {"create", "skip", "review"})
        self.assertGreater(min(types.values()), 100)

    def test_every_row_has_one_action_in_its_order(self):
        for items, result in self.each():
            self.assertEqual([action.item for action in result.actions], list(range(len(items))))

    def test_planning_twice_is_the_same(self):
        for items, result in self.each():
            self.assertEqual(self.plan(items), result)

    def test_documents_are_created_whole(self):
        for items, result in self.each():
            sums, rows, types = defaultdict(D), defaultdict(D), defaultdict(set)
            for action in result.actions:
                item = items[action.item]
                types[action.document].add(action.type)
                if action.type == "create":
                    sums[action.document, "total"] += action.total
                    sums[action.document, "open"] += action.open
                    rows[action.document, "total"] += item.total
                    rows[action.document, "open"] += item.open
                    self.assertEqual(action.paid, action.total - action.open)
            self.assertEqual(sums, rows)
            self.assertEqual([found for at, found in types.items() if at and len(found) > 1], [])

    def test_company_totals_lose_no_cent(self):
        for items, result in self.each():
            exact, found, cents = defaultdict(D), defaultdict(D), D("0.01")
            for action in result.actions:
                if action.type == "create":
                    rate = items[action.item].rate or {"EUR": D(1)}.get(action.currency)
                    rate = rate or DIRECTORY.rates[action.currency, DAY]
                    exact[action.document] += action.total * rate
                    found[action.document] += action.company_total
            for document, amount in exact.items():
                self.assertLessEqual(abs(found[document] - amount), cents / 2)
                self.assertEqual(found[document] % cents, 0)

    def test_second_plan_creates_nothing(self):
        for items, result in self.each():
            kept = list(booked(result, items, {}))
            books = [one for one in kept if isinstance(one, BookDocument)]
            partners = [one for one in kept if isinstance(one, BookPartner)]
            again = self.plan(items, books, partners)
            for before, after in zip(result.actions, again.actions, strict=True):
                if before.type == "create":
                    self.assertEqual((after.type, after.reason.code), ("skip", "document_exists"), row(before))
                    self.assertEqual(after.book_id, before.document)

    def test_order_of_the_books_does_not_matter(self):
        for items, result in self.each():
            books = [one for one in booked(result, items, {}) if isinstance(one, BookDocument)]
            once, again = self.plan(items, books), self.plan(items, books[::-1])
            self.assertEqual([row(action) for action in once.actions], [row(action) for action in again.actions])
