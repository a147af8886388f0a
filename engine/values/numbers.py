"""Numbers and names made comparable. Texts in, texts out; nothing here decides.

Three forms of a document number, from strict to loose:
``exact`` ("INV/2026/00042"), ``with_breaks`` ("inv2026-42") and ``without_breaks`` ("inv202600042").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

# Signs that an encoding leaves of letters are no separators: R€-1 is not R-1.
_RUN = re.compile("(?:[^\\W_]|[\x80-\x9f¢£¤¥¦§¨©«¬®¯±¶¸»¿¡÷×€†‡‰•\ufffd])+")
_KEPT = str.maketrans({"…": "•"})  # NFKC would make three separators of it
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_INNER_BREAK = re.compile(r"[0-9][\W_]+[0-9]")
_DIGITS = re.compile(r"[0-9]+")
_YEAR_FIRST = re.compile(r"(?:19|20)([0-9]{2})([0-9]+)")
_SHORT_YEAR_FIRST = re.compile(r"([12][0-9])([0-9]{4,})")
_YEAR_LAST = re.compile(r"([0-9]+)(?:19|20)([0-9]{2})")
_MANY_DIGITS = 5  # numbers of so many digits are not alike by chance
_NOT_DIGIT = re.compile(r"[^0-9]+")
DIGITS = frozenset("0123456789")
Form = Literal["NFC", "NFD", "NFKC"]
_PIECE = 256
Ending = tuple[str, str]  # the last run of digits, and all digits


def normalize(form: Form, text: str) -> str:
    """Return a text in a Unicode form; in pieces, as endless signs that combine cost the square of their number."""
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize(form, piece) for piece in pieces)


def fold(text: str) -> str:
    """Return the text without differences of case and of compatibility characters (NFKC)."""
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def exact(text: str) -> str:
    """Return the number as it is, without blanks around it."""
    return text.strip()


def with_breaks(text: str) -> str:
    """Return the number with one ``-`` where separators part two digits and without leading zeros in any digit run.

    >>> with_breaks("INV/2026/00042")
    'inv2026-42'
    """
    parts: list[str] = []
    for run in _RUN.findall(fold(text.translate(_KEPT))):
        if parts and parts[-1][-1] in DIGITS and run[0] in DIGITS:
            parts.append("-")
        parts.append(run)
    return _LEADING_ZEROS.sub("", "".join(parts))


def without_breaks(text: str) -> str:
    """Return the number without any separator and without zeros at its start.

    >>> without_breaks("INV/2026/00042")
    'inv202600042'
    """
    return "".join(_RUN.findall(fold(text.translate(_KEPT)))).lstrip("0")


def has_inner_break(text: str) -> bool:
    """Whether a separator parts two digits: ``2026-11`` does, ``INV-2026`` doesn't."""
    return _INNER_BREAK.search(text) is not None


def all_digits(text: str) -> str:
    """Return the digits of a number, without zeros at the start."""
    return _NOT_DIGIT.sub("", text).lstrip("0")


def last_digits(text: str) -> str:
    """Return the last run of digits of a number, without zeros at its start: ``42`` of ``INV/2026/00042``."""
    return last_run(text).lstrip("0")


def last_run(text: str) -> str:
    """Return the last run of digits of a text, "" if it has none; one look at each sign."""
    end = len(text)
    while end and text[end - 1] not in DIGITS:
        end -= 1
    start = end
    while start and text[start - 1] in DIGITS:
        start -= 1
    return text[start:end]


def ending(text: str) -> Ending:
    """Return what :func:`alike` compares of a number."""
    return (last_digits(text), all_digits(text))


def alike(one: Ending, other: Ending) -> bool:
    """Whether two numbers may name one document: they end in the same run of two or more digits, or the digits of
    one are the end of the digits of the other.
    """
    if len(one[0]) >= 2 and one[0] == other[0]:
        return True
    digits, others = one[1], other[1]
    return bool(digits and others) and (digits.endswith(others) or others.endswith(digits))


def sequences(text: str, booked: bool = False) -> frozenset[str]:
    """Return what may be a document's place in its series, without zeros at the start, however its number is written.

    A single digit means the same place only in a series of the same letters, or without any: X-1 is not INV/2026/00001.

    :param booked: whether it is a document's number, not a list's
    >>> sorted(sequences("00042/2026"))
    ['2026', '42']
    """
    letters = "".join(sign for sign in fold(text) if sign.isalpha())
    found = {sequence for _year, sequence in _readings(text)}
    short = {f"{letters}{sequence}" for sequence in found if len(sequence) == 1} if letters else set()
    return frozenset(short | {sequence for sequence in found if booked or not letters or len(sequence) > 1})


def full_numbers(text: str, booked: bool = False) -> frozenset[str]:
    """Return what is nobody else's number by chance: year and place in the series, the digits if they are many, and
    the number without separators.

    :param booked: whether it is a document's number, not a list's: 2026-1-11 is not 2026-11-1, so that two numbers
        with separators don't meet without them
    """
    compact = {digits for digits in (all_digits(text), *sequences(text)) if len(digits) >= _MANY_DIGITS}
    compact |= {without_breaks(text)} - {""}
    sides = ("booked" if booked else "listed",) if has_inner_break(text) else ("booked", "listed")
    found = {f"{year}-{sequence}" for year, sequence in _readings(text) if year}
    return frozenset(found | {f"{side} {number}" for side in sides for number in compact})


def _readings(text: str) -> set[tuple[str, str]]:
    """Return the ways to read a number as year (its last two digits, "" = none) and place in its series."""
    runs = _DIGITS.findall(text)
    if not runs:
        return set()
    *before, last = runs
    years = sorted((run for run in before if _year(run)), key=len)
    found = {(_year(years[-1]) if years else "", last)}
    if before and _year(last):
        found.add((_year(last), before[-1]))
    if compact := _YEAR_FIRST.fullmatch(last) or _SHORT_YEAR_FIRST.fullmatch(last):
        found.add((compact[1], compact[2]))
    if compact := _YEAR_LAST.fullmatch(last):
        found.add((compact[2], compact[1]))
    return {(year, digits.lstrip("0")) for year, digits in found if digits.strip("0")}


def _year(run: str) -> str:
    """Return the last two digits of a run that may be a year, written with four digits or two; else ""."""
    return run[-2:] if len(run) == 2 or (len(run) == 4 and run[:2] in ("19", "20")) else ""


def fold_code(text: str) -> str:
    """Return a partner's number without case, blanks and leading zeros."""
    return "".join(fold(text).split()).lstrip("0")


def fold_vat(text: str) -> str:
    """Return a VAT number without case and separators."""
    return "".join(_RUN.findall(fold(text.translate(_KEPT))))


def fold_name(text: str) -> str:
    """Return a name without case and with single blanks."""
    return " ".join(fold(text).split())
