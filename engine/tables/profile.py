"""What the cells of a column look like: the content decides where a header text can mean several things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..items import Cell, Row
from ..values.cells import SIDES, clean, fold, has_digit, is_currency, read_amount, tried
from ..values.dates import DateReader, looks_like_date
from ..words.cells import NO, YES, total_label
from ..words.columns import AMOUNTS, DATES, LIMITS
from ..words.sides import kind_letter, kind_word

_CENTS = re.compile(r"\d[.,]\d{2}\D*$")
CODE = re.compile(
    r"[A-Za-z]{0,6}[-./ _]?\d[\w./_-]*|[A-Z]{1,5}\d[\w-]*|\d+[A-Z][A-Z0-9-]*|[A-Z]{2,4}[-/_][A-Z0-9][\w/-]*"
)
_SAMPLE, _CELLS = 400, 16_000  # rows and cells that columns are judged by
_SAMPLES, _SHOWN = 3, 40  # values of a column that are shown, and signs of each


@dataclass(slots=True)
class Profile:
    """How many of a column's filled cells are what. ``values``: the different texts, ``samples``: the first of them;
    ``codes`` may be numbers.
    """

    filled: int = 0
    amounts: int = 0
    cents: int = 0
    readable_dates: int = 0
    dates: int = 0
    codes: int = 0
    currencies: int = 0
    values: set[str] = field(default_factory=set)
    samples: list[str] = field(default_factory=list)

    def share(self, count: int) -> float:
        """Return a count as a share of the filled cells."""
        return count / self.filled if self.filled else 0.0

    @property
    def words(self) -> set[str]:
        """The different values, folded; signs stay as they are."""
        return {fold(value) or value for value in self.values}


def sample_size(width: int) -> int:
    """Return how many rows of a table of so many columns its columns are judged by."""
    return min(_SAMPLE, _CELLS // max(width, 1))


def profile_columns(rows: list[Row], texts: tuple[str, ...], width: int) -> list[Profile]:
    """Return what each column looks like in the first rows; repeated header texts don't count."""
    profiles = [Profile() for _ in range(width)]
    reader = DateReader(None)
    for row in rows[: sample_size(width)]:
        if (len(row.cells) < 2 and width > 2) or _is_total(row, sum(1 for text in texts if text)):
            continue
        for column, cell in enumerate(row.cells[:width]):
            text = clean(cell)
            if text and text != (texts[column] if column < len(texts) else ""):
                _count(profiles[column], cell, text, reader)
    return profiles


def _is_total(row: Row, columns: int) -> bool:
    """Tell whether a row is labelled as a total and mostly empty."""
    filled = [cell for cell in row.cells if cell is not None and str(cell).strip()]
    if len(filled) * 2 > columns:
        return False
    return any(isinstance(cell, str) and total_label(cell) is not None for cell in filled[:2])


def _count(profile: Profile, cell: Cell, text: str, reader: DateReader) -> None:
    """Count one filled cell."""
    profile.filled += 1
    if len(profile.samples) < _SAMPLES and text not in profile.values:
        profile.samples.append(text[:_SHOWN])
    profile.values.add(text)
    text = tried(text)
    if CODE.fullmatch(text):
        profile.codes += 1
    if isinstance(cell, str) and not has_digit(text):
        profile.currencies += is_currency(cell)
        return
    if looks_like_date(cell):
        profile.dates += 1
        profile.readable_dates += 1
    elif reader.read(cell) is not None:
        profile.readable_dates += 1
    amount = read_amount(cell, ".")
    if amount is not None:
        profile.amounts += 1
        if _CENTS.search(text) or (isinstance(cell, float) and not cell.is_integer()):
            profile.cents += 1


def accepts(name: str, profile: Profile, sole: bool, header: str) -> bool:
    """Tell whether a column's content fits a canonical name; ``sole``: its header can mean nothing else."""
    if not profile.filled:
        return True
    check = _CHECKS.get(name)
    if name in AMOUNTS or name in LIMITS:
        return _is_amount(profile, sole, name)
    if name in DATES:
        return _is_date(profile, sole)
    return check(profile, sole, fold(header)) if check else True


def _is_amount(profile: Profile, sole: bool, name: str) -> bool:
    """Amounts; where the header may mean a number as well, amounts with cents."""
    if profile.words <= (YES | NO) and profile.words - {"0", "1"}:
        return False
    if sole:
        return profile.share(profile.dates) < 0.5
    if name == "total" and profile.share(profile.cents) < 0.3:
        return False
    return profile.share(profile.amounts) >= 0.5


def _is_date(profile: Profile, sole: bool) -> bool:
    """Dates, or where the header is plain, at least no numbers of days."""
    if profile.share(profile.readable_dates) >= 0.5:
        return True
    return sole and profile.share(profile.amounts) < 0.6


def _is_number(profile: Profile, sole: bool, header: str) -> bool:
    """Document numbers: no dates, no amounts with cents; a column that may hold a name must look like numbers."""
    if profile.share(profile.dates) >= 0.6 or profile.share(profile.cents) >= 0.5:
        return False
    return header != "name" or profile.share(profile.codes) >= 0.6


def _is_partner_number(profile: Profile, sole: bool, header: str) -> bool:
    """Partner numbers; where the header may mean a name as well, most values have digits and no spaces."""
    if profile.share(profile.dates) >= 0.6 or profile.share(profile.cents) >= 0.6:
        return False
    return sole or profile.share(profile.codes) >= 0.6


def _is_partner_name(profile: Profile, sole: bool, header: str) -> bool:
    """Partner names; where the header may mean a number as well, most values are none."""
    return sole or profile.share(profile.codes) < 0.6


def _is_currency(profile: Profile, sole: bool, header: str) -> bool:
    """Currency codes or signs."""
    return profile.share(profile.currencies) >= 0.5


def _is_side(profile: Profile, sole: bool, header: str) -> bool:
    """Marks of the debit and credit side, and nothing else where the header may mean a type."""
    marks = sum(1 for word in profile.words if word in SIDES or word in ("+", "-"))
    if sole:
        return marks > 0
    return marks == len(profile.words)


def _is_kind(profile: Profile, sole: bool, header: str) -> bool:
    """Customer or vendor in each row."""
    words = profile.words
    if all(kind_word(word) for word in words):
        return True
    return header in ("kontoart", "accounttype") and all(kind_word(word) or kind_letter(word) for word in words)


def _is_word(profile: Profile, sole: bool, header: str) -> bool:
    """Words, no amounts or dates."""
    return profile.share(profile.cents) < 0.5 and profile.share(profile.dates) < 0.5


def _is_yes_no(profile: Profile, sole: bool, header: str) -> bool:
    """Yes or no."""
    return profile.words <= (YES | NO)


def _is_settled(profile: Profile, sole: bool, header: str) -> bool:
    """A mark, number or word if settled; where the header may mean an amount, yes or no."""
    if header in ("s", "bezahlt", "paid", "betaald", "betalt", "paye", "regle", "pagado", "maksettu"):
        return _is_yes_no(profile, sole, header)
    return profile.share(profile.cents) < 0.5


def _is_instalment(profile: Profile, sole: bool, header: str) -> bool:
    """Small whole numbers or words, no rates."""
    return profile.share(profile.cents) < 0.3


_CHECKS = {
    "number": _is_number,
    "reference": _is_number,
    "partner_number": _is_partner_number,
    "partner_name": _is_partner_name,
    "currency": _is_currency,
    "company_currency": _is_currency,
    "debit_credit": _is_side,
    "kind": _is_kind,
    "type": _is_word,
    "status": _is_word,
    "state": _is_word,
    "open": _is_yes_no,
    "settled": _is_settled,
    "instalment": _is_instalment,
}
