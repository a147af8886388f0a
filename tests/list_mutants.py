"""Mutants of the lists of the tests: each is a list that says the same in another way, or that is damaged.

A mutant is read ``right`` (the same items), ``asked`` (the list stops, or each item that differs waits for a person) or
``silent``: something else was read and nobody is asked. The same seed always gives the same mutants.
"""

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ..engine import ReadOptions, Witness, read
from ..engine.files.load import load
from ..engine.items import BookPartner
from ..engine.open_items.items import BookItem
from ..engine.values.cells import clean, read_amount
from ..engine.values.dates import DateReader
from ..engine.words import amount_words, header_words, mark_words
from ..engine.words.columns import make_index, meaning
from ..engine.words.languages import LANGUAGES, split
from ..engine.words.sides import kinds_in

VERDICTS = ("right", "asked", "silent")
DATA = Path(__file__).parent / "data"
WORDS = {**header_words.HEADERS, **amount_words.HEADERS, **mark_words.HEADERS}
AMOUNTS = ("balance", "document_balance", "company_balance", "debit", "credit", "total", "paid")
NUMBERS = {"number", "reference", "order_reference"}
DATES = ("date", "due_date", "posting_date")
FIXED = ("fec.txt",)  # a law says how its headers read
MADE_UP = ("Gribble", "Zork", "Flumm", "Quabst", "Wibbel", "Prånk", "Дзынь")
TOTALS = ("Zusammenzählung", "Altogether now", "Kokku", "Összesen mind", "Im Ganzen")
BALANCES = ("document_balance", "company_balance")
STYLES = ("{:%d.%m.%Y}", "{:%Y-%m-%d}", "{:%d/%m/%Y}", "{:%d-%b-%Y}")


@dataclass
class Base:
    """A list that is read right: its rows, where its header is, what its columns are, and what it says."""

    name: str
    rows: list[list[str]]
    header: int
    roles: dict[int, str]
    items: Counter
    mark: str
    order: str

    @property
    def data(self):
        return range(self.header + 1, len(self.rows))

    @property
    def width(self):
        return len(self.rows[self.header])


def said(item):
    """What an item says, as far as it decides what is booked."""
    return (
        item.kind,
        item.partner_number,
        item.partner_name,
        item.number,
        item.date,
        item.due_date,
        item.balance,
        item.currency,
    )


@cache
def get_bases():
    """The lists of the tests that come as text and are read without a question."""
    bases = [get_base(path) for path in sorted(DATA.iterdir()) if path.suffix in (".csv", ".txt", ".tsv")]
    return [base for base in bases if base]


def get_base(path):
    """A list of the tests, None if it is not read without a question or has no header of one row."""
    data = path.read_bytes()
    result = read(data, path.name)
    found = result.detected
    if result.failed or any(issue.level == "stop" for issue in result.problems) or len(result.items) < 2:
        return None
    [sheet] = load(data, ReadOptions())
    rows = [[clean(cell) for cell in row.cells] + [""] * (row.width - len(row.cells)) for row in sheet.rows]
    at = next((at for at, row in enumerate(sheet.rows) if row.number == found.header_row), None)
    if at is None or any(len(row) > len(rows[at]) for row in rows[at + 1 :]):
        return None
    roles = {column.index: column.field for column in found.columns if column.field}
    base = Base(path.name, rows, at, roles, Counter(map(said, result.items)), found.decimal_mark, found.date_order)
    again = read(write(base.rows), path.name)
    same = Counter(map(said, again.items)) == base.items and not any(issue.level == "stop" for issue in again.problems)
    return base if same and path.name not in FIXED else None


def write(rows, separator=";", quoting=csv.QUOTE_MINIMAL, encoding="utf-8-sig"):
    """Rows as a text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def get_witness(base):
    """The books that hold just what a list says."""
    names = {}
    for item in base.items:
        names.setdefault((item[1], item[2]), len(names) + 1)
    partners = [BookPartner(at, name or "", debtor_number=number) for (number, name), at in names.items()]
    books = [
        BookItem(
            id=at,
            kind=item[0] or "receivable",
            partner_id=names[item[1], item[2]],
            name=item[3] or "",
            reference=None,
            payment_reference=None,
            date=item[4] or date(2026, 1, 1),
            due_date=item[5],
            state="posted",
            currency=item[7] or "EUR",
            total=item[6],
            residual=item[6],
            company_total=item[6],
            company_residual=item[6],
        )
        for at, item in enumerate(base.items, 1)
    ]
    return Witness(books, partners)


def get_rivalled(base):
    """The columns whose role another column would be given if their own header said nothing."""
    index = make_index()
    meant = [{name for name, _rank in meaning(text, index).fields} for text in base.rows[base.header]]
    meant = [names | {"balance"} if names & {"debit", "credit"} else names for names in meant]
    meant = [names | NUMBERS if names & NUMBERS else names for names in meant]
    return {
        at for at, role in base.roles.items() if any(role in names for place, names in enumerate(meant) if place != at)
    }


# === WAYS TO SAY THE SAME === #


def permute(base, rows, dice):
    order = list(range(base.width))
    dice.shuffle(order)
    for at in range(base.header, len(rows)):
        cells = rows[at] + [""] * (base.width - len(rows[at]))
        rows[at] = [cells[place] for place in order]


def translate(base, rows, dice):
    """Each header that a language has a word for in that language."""
    language, others = dice.choice(LANGUAGES), get_rivalled(base)
    for column, role in base.roles.items():
        if column in others or (role.startswith("partner") and any(item[0] is None for item in base.items)):
            continue  # which of several it is is a matter of words
        kinds = kinds_in(rows[base.header][column]) if column < base.width else ()
        words = [word for word in split(WORDS.get(role, {}).get(language, "")) if kinds_in(word) <= set(kinds)]
        if words and column < base.width:
            rows[base.header][column] = dice.choice(words)


def rename(base, rows, dice):
    """One to three headers that nobody knows, but those whose role another column would be given.

    Without books nobody can tell that it is the wrong one, where its own header says so: the layout is changed.
    """
    others = get_rivalled(base)
    kept = {*BALANCES, "settled", *(("balance",) if "company_balance" in base.roles.values() else ())}
    for column in dice.sample(range(base.width), min(base.width, dice.randint(1, 3))):
        # Of two balances one is as right as the other; a letter means nothing without its header.
        if rows[base.header][column] and column not in others and base.roles.get(column) not in kept:
            rows[base.header][column] = f"{dice.choice(MADE_UP)}{column}"


def rename_all(base, rows, dice):
    rows[base.header] = [f"{dice.choice(MADE_UP)}{column}" for column in range(base.width)]


def add_column(base, rows, dice):
    """A column of words, codes, dates or amounts that says nothing."""
    place, kind = dice.randint(0, base.width), dice.choice(("word", "code", "date", "amount"))
    for at in range(base.header, len(rows)):
        value = {
            "word": dice.choice(("green", "blue", "")),
            "code": f"Q{dice.randint(10, 99)}",
            "date": "03.04.2026",
            "amount": f"{dice.randint(1, 999)}{base.mark or ','}50",
        }[kind]
        cells = rows[at] + [""] * (base.width - len(rows[at]))
        cells.insert(place, f"{dice.choice(MADE_UP)}x" if at == base.header else value if any(rows[at]) else "")
        rows[at] = cells


def rewrite_amounts(base, rows, dice):
    """Another decimal mark, with or without thousands."""
    thousands, mark = dice.choice((("", ","), ("", "."), (".", ","), (",", "."), (" ", ","), ("'", ".")))
    columns = [column for column, role in base.roles.items() if role in AMOUNTS or role == "bucket"]
    for at in base.data:
        for column in columns:
            cell = rows[at][column] if column < len(rows[at]) else ""
            amount = read_amount(cell, base.mark or None)
            if amount and not amount.currency and not amount.side and cell.strip("-+.,0123456789 '") == "":
                digits = f"{amount.value:,.2f}".replace(",", "T").replace(".", mark).replace("T", thousands)
                rows[at][column] = digits


def rewrite_dates(base, rows, dice):
    style, reader = dice.choice(STYLES), DateReader(base.order or None)
    if base.order == "mdy" and "/" in style:
        return  # other texts of the list say that months come first
    columns = [column for column, role in base.roles.items() if role in DATES]
    for at in base.data:
        for column in columns:
            day = reader.read(rows[at][column]) if column < len(rows[at]) else None
            if day and len(rows[at][column]) >= 8:
                rows[at][column] = style.format(day)


def blank_lines(base, rows, dice):
    for _line in range(dice.randint(1, 3)):
        rows.insert(dice.randint(base.header + 1, len(rows)), [])


def repeat_header(base, rows, dice):
    rows.insert(dice.randint(base.header + 1, len(rows)), list(rows[base.header]))


def add_total(base, rows, dice):
    """A total in words that nobody knows."""
    column = next((column for column, role in base.roles.items() if role in ("balance", "total")), None)
    if column is None:
        return
    dates = [column for column, role in base.roles.items() if role in DATES]
    documents = [cells for cells in rows[base.header + 1 :] if any(at < len(cells) and cells[at] for at in dates)]
    amounts = [read_amount(cells[column], base.mark or None) for cells in documents if column < len(cells)]
    value = f"{sum(amount.value for amount in amounts if amount):.2f}".replace(".", base.mark or ",")
    cells = [""] * base.width
    cells[column] = value
    place = dice.choice([at for at in range(base.width) if at != column])
    cells[place] = dice.choice(TOTALS)
    rows.append(cells)


# === DAMAGE === #


def shift_rows(base, rows, dice):
    """In one or two rows, fewer than half of them, a cell too many or too few."""
    for at in dice.sample(list(base.data), min((len(base.data) - 1) // 2, dice.randint(1, 2))):
        if len(rows[at]) > 2:
            place = dice.randint(0, len(rows[at]) - 1)
            if dice.random() < 0.5:
                rows[at].insert(place, "")
            else:
                del rows[at][place]


def change_header(base, rows, dice):
    """Another order of columns from somewhere on, with its header."""
    at, width = dice.randint(base.header + 1, len(rows)), max(map(len, rows[base.header :]))
    order = list(range(width))
    dice.shuffle(order)
    tail = [rows[base.header], *rows[at:]]
    rows[at:] = [[(cells + [""] * width)[place] for place in order] for cells in tail]


def drop_column(base, rows, dice):
    """A column that decides nothing: that a list has lost another one is seen by its layout."""
    column = dice.choice(
        [at for at in range(base.width) if base.roles.get(at, "due_date") == "due_date"] or [base.width]
    )
    for at in range(base.header, len(rows)):
        rows[at] = [cell for place, cell in enumerate(rows[at]) if place != column]


WAYS = (
    permute, translate, rename, rename_all, rewrite_amounts, rewrite_dates, blank_lines, repeat_header, add_total,
    add_column, shift_rows, change_header, drop_column,
)  # fmt: skip


LAST = (add_column, shift_rows, change_header)  # the others go by the places of the base's columns


def mutate(seed):
    """The mutant of a seed: its base, what was done, and its bytes."""
    dice = random.Random(seed)
    base = dice.choice(get_bases())
    rows = [list(row) for row in base.rows]
    ways = dice.sample(WAYS, dice.choice((1, 1, 1, 2)))
    ways.sort(key=lambda way: (way in LAST, WAYS.index(way)))
    if permute in ways:
        ways = [permute]  # the others go by the places of the base
    for way in ways:
        way(base, rows, dice)
    separator = dice.choice((";", ";", ",", "\t", "|"))
    quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    encoding = dice.choice(("utf-8", "utf-8-sig", "utf-16"))
    return base, [way.__name__ for way in ways], write(rows, separator, quoting, encoding)


def cut(seed):
    """A list that was cut off at a byte: its base, where, and its bytes; None where the cut is at the end of a line."""
    dice = random.Random(seed)
    base = dice.choice(get_bases())
    data = write(base.rows, encoding="utf-8")
    first = len(write(base.rows[: base.header + 2], encoding="utf-8"))
    place = dice.randint(min(first, len(data) - 2), len(data) - 2)
    rest = data[:place]
    is_end = data[place : place + 1] == b"\n" or rest.endswith(b"\n")
    return None if is_end else (base, [f"cut at {place}"], rest)


def judge(base, ways, data, books=None):
    """How a mutant was read: right, asked or silent, and for what is silent what differs."""
    result = read(data, base.name, ReadOptions(books=books))
    found = Counter(map(said, result.items))
    if found == base.items:
        return "right", ""
    if result.failed or any(issue.level == "stop" for issue in result.problems):
        return "asked", ""
    if not result.items and not result.rejected:
        return "asked", ""  # an empty list stops
    partners = {text for item in base.items for text in item[1:3] if text}
    unsure = {said(item) for item in result.items if item.number_unsure}
    missing = list((base.items - found).elements())
    extra = [item for item in (found - base.items).elements() if item not in unsure]
    for item in list(extra):
        fuller = next((one for one in missing if says_less(item, one, "drop_column" in ways, partners)), None)
        if fuller is None and item[3:6] == (None, None, None) and not {item[1], item[2]} & partners:
            extra.remove(item)  # something of nobody: a person is asked whose it is
        elif fuller:
            missing.remove(fuller)
            extra.remove(item)
    waiting = len(result.rejected) + sum(1 for item in result.items if item.number_unsure)
    if not extra and len(missing) <= waiting:
        return "asked" if missing else "right", ""
    return "silent", f"{base.name} {'+'.join(ways)}\n   missing {missing[:3]}\n   extra {extra[:3]}"


def says_less(item, fuller, may_lack_number, partners):
    """Whether an item says nothing else than another one: a kind, a text or a date may be missing, but not the amount,
    its currency, another partner that is known, and the number only where the list no longer has it.

    Whose kind is not told, its sign isn't either: the plan asks, or learns both from the books.
    """
    kind, partner_number, partner_name, number, day, due, balance, currency = item
    same_balance = balance == fuller[6] or (kind is None and abs(balance) == abs(fuller[6]))
    same_partner = (partner_number or "", partner_name or "") == (fuller[1] or "", fuller[2] or "")
    same_partner |= not {partner_number, partner_name} & partners  # of nobody: a person is asked
    same_partner |= bool(partner_number and partner_number == fuller[1]) or bool(
        partner_name and partner_name == fuller[2]
    )
    same_number = number == fuller[3] or (number is None and may_lack_number)
    same_number |= kind is None and fuller[0] == "payable"  # own and vendor's number: the plan tries both
    pairs = ((kind if fuller[0] else None, fuller[0]), (day, fuller[4]), (due, fuller[5]))
    is_same = same_balance and currency == fuller[7] and same_partner and same_number
    return is_same and all(told in (None, full) for told, full in pairs)


def play(seeds, make=mutate, with_books=(False, True)):
    """Counts of all mutants, and the silent ones by seed."""
    counts, silent = Counter(), {}
    for seed in seeds:
        made = make(seed)
        if made is None:
            continue
        for is_asked in with_books:
            verdict, why = judge(*made, get_witness(made[0]) if is_asked else None)
            counts[verdict] += 1
            if verdict == "silent":
                silent[seed] = why
    return counts, silent
