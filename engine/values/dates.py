"""Dates as they stand in files, and in which order day and month stand there."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..items import Cell
from .cells import fold, has_digit, tried

_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
_SERIALS = range(20000, 80000)  # 1954 to 2119
_YEARS = range(1950, 2120)
_CENTURY = 80  # two digits below are 20xx
_TIME = re.compile(
    r"[T ,]{1,3}\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*"
    r"(?:Z|[A-Z]{2,4}|(?:[A-Z]{2,4})?[+-]\d\d:?\d\d)?$"
)
_YMD = re.compile(r"(\d{4})([-./ ])\s?(\d{1,2})\2\s?(\d{1,2})\.?")  # with its dot as in Hungarian
_XXY = re.compile(r"(\d{1,2})\s?([-./ ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?[-. /]*([^\W\d_]{3,})[-.,/ ]*(\d{4}|\d{2})")
_NAME_DAY = re.compile(r"([^\W\d_]{3,})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?[-, ]+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,}\.?,?\s+(?=\d)")
_DIGITS = re.compile(r"(\d{5,8})(?:[.,]0+)?")
_ODATA = re.compile(r"\\?/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/")  # milliseconds since 1970
_NOTHING = re.compile(r"[0.\-/ ]+|(?:0?1[-./]0?1[-./]0001|0001[-./]0?1[-./]0?1)(?:[T ]0?0:00(?::00)?)?")
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan|jänner|ene|gen|sty|tammi|tam|led", "feb|fev|fév|lut|helmi|hel|febr|fevr|úno",
            "mar|mär|mrz|mrt|maa|maart|maalis|bře",
            "apr|avr|abr|kwi|huhti|huh|dub", "may|mai|mei|maj|mag|touko|tou",
            "jun|juin|giu|cze|kesä|kes", "jul|juil|lug|lip|heinä|hei",
            "aug|aoû|aou|ago|sie|elo|srp", "sep|set|wrz|syys|syy|zář",
            "oct|okt|out|ott|paź|loka|lok|říj", "nov|lis|marras",
            "dec|dez|déc|des|dic|gru|joulu|jou|pro",
        ),
        1,
    )
    for name in (fold(word) for word in names.split("|"))
}  # fmt: skip


def month_of(word: str) -> int:
    """Return the month that a name or abbreviation means in one of the usual languages, 0 = none."""
    name = fold(word)
    for length in (6, 5, 4, 3):
        if month := _MONTHS.get(name[:length]):
            return month
    return 0


def make_date(year: str | int, month: str | int, day: str | int) -> date | None:
    """Return the date, or None if there is no such day in a year that business happens in."""
    is_short = isinstance(year, str) and len(year) < 3
    year, month, day = int(year), int(month), int(day)
    if is_short:
        year += 2000 if year < _CENTURY else 1900
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_no_date(text: str) -> bool:
    """Tell whether a text stands for no date at all: empty, 00.00.0000, or the first day of all, 01.01.0001."""
    return not text or bool(_NOTHING.fullmatch(text))


class DateReader:
    """Read the dates of one file: one order of day and month, one balance date; each text is read once."""

    def __init__(self, order: str | None, balance_date: date | None = None) -> None:
        self.order = order or "dmy"
        self.balance_date = balance_date
        self._known: dict[str, date | None] = {}

    def read(self, cell: Cell) -> date | None:
        """Return the date in a cell, None if it holds none or one that cannot be read."""
        if isinstance(cell, str):
            if cell not in self._known:
                self._known[cell] = self._read_text(tried(cell))
            return self._known[cell]
        if isinstance(cell, date):
            return make_date(cell.year, cell.month, cell.day)
        if cell is None or isinstance(cell, bool):
            return None
        return self._read_digits(str(int(cell))) if cell == int(cell) or int(cell) in _SERIALS else None

    def _read_text(self, text: str) -> date | None:
        """Read a text: with a year first, last, in words, without marks, without a year, or as OData writes dates."""
        if not has_digit(text):
            return None
        if match := _ODATA.fullmatch(text):
            return _since_1970(int(match[1]))
        text = _without_time(text)
        if match := _YMD.fullmatch(text):
            return make_date(match[1], match[3], match[4])
        if match := _XXY.fullmatch(text):
            return self._ordered(match[1], match[3], match[4], match[2])
        if match := _DIGITS.fullmatch(text):
            return self._read_digits(match[1])
        if match := _NO_YEAR.fullmatch(text):
            return self._complete(match[1], match[3])
        return _read_words(text)

    def _ordered(self, first: str, second: str, third: str, mark: str) -> date | None:
        """Read three numbers, the last of them a year unless the file has the year first."""
        if self.order == "ymd" and len(third) == 2 and mark != ".":
            return make_date(first, second, third)
        if self.order == "mdy":
            return make_date(third, first, second) or (make_date(third, second, first) if mark == "." else None)
        return make_date(third, second, first)

    def _read_digits(self, digits: str) -> date | None:
        """Read a spreadsheet's day number, or day, month and year without marks (a leading zero may be lost)."""
        if len(digits) == 5:
            return _EPOCH + timedelta(days=int(digits)) if int(digits) in _SERIALS else None
        if len(digits) == 6:
            if self.order == "ymd":
                return make_date(digits[:2], digits[2:4], digits[4:])
            return self._ordered(digits[:2], digits[2:4], digits[4:], "")
        if len(digits) == 8 and (found := make_date(digits[:4], digits[4:6], digits[6:])):
            return found
        digits = digits.zfill(8)
        return self._ordered(digits[:2], digits[2:4], digits[4:], "")

    def read_after(self, cell: Cell, day: date | None) -> date | None:
        """Return the date in a cell; day and month alone are the first such day on or after another date."""
        if day is None or not lacks_year(cell):
            return self.read(cell)
        match = _NO_YEAR.fullmatch(tried(cell))
        if not match:
            return None
        place, month = (match[3], match[1]) if self.order == "mdy" else (match[1], match[3])
        found = [make_date(year, month, place) for year in (day.year, day.year + 1)]
        return next((date_ for date_ in found if date_ and date_ >= day), None)

    def _complete(self, first: str, second: str) -> date | None:
        """Return the last such day on or before the balance date; None without one."""
        if not self.balance_date:
            return None
        day, month = (second, first) if self.order == "mdy" else (first, second)
        for year in (self.balance_date.year, self.balance_date.year - 1):
            found = make_date(year, month, day)
            if found and found <= self.balance_date:
                return found
        return None


def _since_1970(milliseconds: int) -> date | None:
    """Return the day that is so long after the first one of 1970, None if business doesn't happen in its year."""
    days = milliseconds // 86_400_000
    found = date(1970, 1, 1) + timedelta(days=days) if abs(days) < 60_000 else None
    return found if found and found.year in _YEARS else None


def lacks_year(cell: Cell) -> bool:
    """Tell whether a cell holds day and month only."""
    return isinstance(cell, str) and bool(_NO_YEAR.fullmatch(tried(cell)))


def _without_time(text: str) -> str:
    """Return a text without a time at its end."""
    return _TIME.sub("", text) if ":" in text or "." in text else text


def _read_words(text: str) -> date | None:
    """Read a date with the month as a word: 12-Aug-2026, Mar 31, 2026."""
    if not text[-1:].isdecimal():
        return None
    for candidate in dict.fromkeys((text, _WEEKDAY.sub("", text), text.split(", ", 1)[-1])):
        if match := _DAY_NAME.fullmatch(candidate):
            return make_date(match[3], month_of(match[2]), match[1])
        if match := _NAME_DAY.fullmatch(candidate):
            return make_date(match[3], month_of(match[1]), match[2])
    return None


def order_evidence(text: str) -> str:
    """Return what a date says of the order of day and month: "dmy", "mdy", "?" = either is possible, "" = nothing.

    A date with points is day first: nobody writes month.day.year, so it never asks.
    """
    match = _XXY.fullmatch(_without_time(tried(text)))
    if not match:
        return ""
    dmy = make_date(match[4], match[3], match[1])
    mdy = make_date(match[4], match[1], match[3])
    if dmy and mdy:
        return "" if dmy == mdy or match[2] == "." else "?"
    if dmy:
        return "" if match[2] == "." else "dmy"
    return "mdy" if mdy else ""


def looks_like_date(cell: Cell) -> bool:
    """Tell whether a cell is a date that could not just as well be a number."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or not has_digit(cell):
        return False
    text = _without_time(tried(cell))
    if _ODATA.fullmatch(text):
        return True
    match = _YMD.fullmatch(text) or _XXY.fullmatch(text)
    if match and match.re is _XXY:
        return bool(make_date(match[4], match[3], match[1]) or make_date(match[4], match[1], match[3]))
    return bool(match and make_date(match[1], match[3], match[4])) or _read_words(text) is not None


_IN_TEXT = re.compile(
    r"(?<![\d/.-])(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|20\d{6}|\d{4}20\d{2}"
    r"|\d{1,2}[. -]{1,3}[^\W\d_]{3,10}[., -]{1,3}\d{4}|[^\W\d_]{3,10}\.?[ -]\d{1,2}(?:st|nd|rd|th)?,? +\d{4}"
    r"|\d{4}_\d{2}_\d{2}|\d{2}_\d{2}_\d{4})(?![\d/]|[.-]\d)"
)


def dates_in(text: str) -> list[str]:
    """Return the texts in a heading or file name that are dates."""
    return [match[0].replace("_", "-") for match in _IN_TEXT.finditer(text)]
