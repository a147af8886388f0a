"""Whether a text ends in the middle of a row: what was cut off is no evidence that anything was paid.

A text without a line break at its end is whole only if its last cell shows it: an amount with the decimals that all
have, a date, a value of a length that all have, or one that stands in other rows too.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import repeat

from ..values.cells import CURRENCIES, clean, fold, has_digit, tried
from ..words.cells import NO, YES, is_footer, total_label

UNFINISHED = "\ufffd"  # stands for a sign at the end of a text of which bytes are missing
_TAIL = 100_000  # characters in which the last rows are looked for
_ROWS = 300
_FEW = 3
_LONGEST = 500  # of what is looked at as a line that is drawn
_MONEY = len(",00")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_AMOUNT = re.compile(r"([-+(]?)[^\d\s.,]{0,3} ?[-+]?\d[\d.,' ]*?([.,]\d+)?([^\d.,' ]{0,4}| [^\d.,' ]{1,3})")
_YEAR_LAST = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}")
_YEAR_FIRST = re.compile(r"\d{4}-\d\d-\d\d")
_DRAWN = re.compile(r"[-=_+|\s]+")
_WORDS = frozenset(word for word in YES | NO if len(word) > 1)
_BREAKS = ("\n", "\r")
_Record = list[str]


def is_cut_off(text: str, separator: str, header_line: int, unwrap: Callable[[list[str]], Iterator[str]]) -> bool:
    """Tell whether a text ends in the middle of a row.

    :param header_line: physical line of the header, 0 = none; what stands above tells nothing of the rows
    :param unwrap: takes quotes round whole lines away, where all lines have them
    """
    if text.endswith(UNFINISHED):
        return True
    tail, first = text[-_TAIL:], header_line
    if len(text) > len(tail):
        tail, first = tail[tail.find("\n") + 1 :], 0
    found = [line[0] for line in _LINE.finditer(tail)]
    lines = found[first:][-_ROWS:]
    while lines:
        is_blank = not lines[-1].strip(f' "\t\r\n{separator}')
        if is_blank and not lines[-1].endswith(_BREAKS):
            return True  # a row of which only blank cells are left
        if not is_blank and not _DRAWN.fullmatch(lines[-1][:_LONGEST]):
            break
        if not lines[-1].endswith(_BREAKS) and any(map(_is_drawn_longer, found, repeat(len(lines[-1])))):
            return True
        lines.pop()
    if not lines:
        return bool(found) and not found[-1].endswith(_BREAKS)
    lines = [line for line in lines if not _DRAWN.fullmatch(line[:_LONGEST])]
    return _ends_early(lines, found[:first][-1:], separator, unwrap)


def _is_drawn_longer(line: str, length: int) -> bool:
    """Tell whether a line between rows is longer than so many signs."""
    return len(line.rstrip()) > length and _DRAWN.fullmatch(line[:_LONGEST]) is not None


def _ends_early(
    lines: list[str], headers: list[str], separator: str, unwrap: Callable[[list[str]], Iterator[str]]
) -> bool:
    """Tell whether the last of some lines lacks something; ``headers``: the line of the header, if it is known."""
    try:
        head, records = (
            [record for record in csv.reader(unwrap(some), delimiter=separator) if any(map(str.strip, record))]
            for some in (headers, lines)
        )
    except csv.Error:
        return False  # quotes are plain signs here
    if not records:
        return False
    *others, last = records
    has_break = lines[-1].endswith(_BREAKS)
    if last[-1].endswith("\n") or (not has_break and _is_quote_open(lines[-1])):
        return True
    if has_break:
        return _is_short(last, others)
    width = Counter(map(len, others or head)).most_common(1)
    return not _is_whole(last, others, width[0][0] if width else 0, lines[-1].rstrip().endswith('"'))


def _is_quote_open(line: str) -> bool:
    """Tell whether a text in quotes is not closed at the end of a line."""
    return line.count('"') % 2 == 1


def _is_short(last: _Record, others: list[_Record]) -> bool:
    """Tell whether a last line that has its line break still lacks what all others have."""
    widths = {len(record) for record in others}
    if len(others) < _FEW or len(widths) != 1 or _is_remark(last):
        return False
    if len(last) < widths.pop():
        shapes = {_shape(record[0]) for record in others}
        return has_digit(last[0]) and _shape(last[0]) in shapes
    found, known = _decimals(last[-1]), {_decimals(record[-1]) for record in others}
    return found is not None and len(known) == 1 and found not in known and len(known.pop() or "") == _MONEY


def _is_remark(record: _Record) -> bool:
    """Tell whether a line is a footer or a total, which has cells as it likes."""
    texts = [text for text in map(clean, record) if text]
    return is_footer(" ".join(texts)) or _has_total_label(texts)


def _has_total_label(texts: list[str]) -> bool:
    """Tell whether one of the first texts of a line is the label of a total."""
    return any(total_label(text) is not None for text in texts[:3])


def _is_whole(last: _Record, others: list[_Record], width: int, is_quoted: bool) -> bool:
    """Tell whether a last line without a line break shows that nothing is missing.

    :param width: how many cells rows usually have
    :param is_quoted: the last cell ends with a quote
    """
    texts = [text for text in map(clean, last) if text]
    if not width or (is_footer(" ".join(texts)) and not has_digit(texts[0][0])):
        return bool(width)
    is_short = len(last) < width
    if texts[-1].endswith("%") or _has_total_label(texts):
        return (not is_short or len(last) <= _FEW - 1) and _is_whole_total(last, others, is_short)
    if is_short or is_quoted:
        return not is_short
    ends = [record[-1] for record in others if len(record) == len(last)]
    return _is_whole_total(last, others, False) if _is_amounts(texts) else _is_whole_cell(last[-1], ends)


def _is_amounts(texts: list[str]) -> bool:
    """Tell whether a line is a total without a label: it holds nothing but amounts."""
    return all(map(_decimals, texts))


def _is_whole_total(last: _Record, others: list[_Record], is_short: bool) -> bool:
    """Tell whether a total at the end is whole: it ends with its amount, or blank as other totals or the rows do."""
    if cell := tried(last[-1]):
        return cell.endswith("%") or len(_decimals(cell) or "") == _MONEY
    totals = [one for one in others if any(total_label(text) is not None for text in one if text)]
    ends = [one[-1].strip() for one in totals or others if len(one) == len(last)]
    return not is_short and not any(map(_decimals, filter(None, ends)))


def _is_whole_cell(cell: str, others: list[str]) -> bool:
    """Tell whether the last cell of a text is whole, by those above it."""
    text, filled = tried(cell), [other for one in others if (other := tried(one))]
    if not text:
        return len(others) > 1 and not filled
    known = _is_whole_value(text, filled)
    if known is not None:
        return known
    return _is_like(text, filled) if filled else text in CURRENCIES or bool(_YEAR_FIRST.fullmatch(text))


def _is_whole_value(text: str, filled: list[str]) -> bool | None:
    """Tell whether a word for yes or no, a date or an amount is whole, by other cells; None if they don't tell."""
    if any(other != text and other.startswith(text) for other in filled):
        return False
    if all(fold(other) in _WORDS for other in [text, *filled]):
        return True
    if all(_YEAR_LAST.fullmatch(other) for other in filled) and (filled or _YEAR_LAST.fullmatch(text)):
        return bool(_YEAR_LAST.fullmatch(text))
    amount = _AMOUNT.fullmatch(text)
    return _is_whole_amount(amount, filled) if amount else None


def _is_like(text: str, filled: list[str]) -> bool:
    """Tell whether a text is as long as all others, or is one of them."""
    different = set(filled)
    if {_shape(other) for other in different} == {_shape(text)} and (has_digit(text) or len(text) < _FEW + 1):
        return text not in different or len(different) < len(filled) or len(filled) == 1
    return text in different and not has_digit(text) and len(different) < len(filled)


def _is_whole_amount(amount: re.Match[str], others: list[str]) -> bool | None:
    """Tell whether an amount is whole: as many decimals as all have, sign and brackets closed; None if they don't tell.

    A sign or mark that stands behind other amounts may be what is missing.
    """
    found = [other for text in others if (other := _AMOUNT.fullmatch(text))]
    if len(found) * 10 < len(others) * 9:
        return None
    styles = set(map(_style, found))
    if max(map(len, styles), default=_MONEY) != _MONEY:
        return None
    if len(_style(amount)) != _MONEY or (styles and _style(amount) not in styles):
        return False
    if amount[1] == "(" and ")" not in amount[3]:
        return False
    trails = {other[3].strip(" )") for other in found}
    trail = amount[3].strip(" )")
    return not any(other != trail and other.startswith(trail) for other in trails)


def _decimals(text: str) -> str | None:
    """Return mark and decimals of an amount as ,00, "" if it has none, None if a text is no amount."""
    amount = _AMOUNT.fullmatch(tried(text))
    return _style(amount) if amount else None


def _style(amount: re.Match[str]) -> str:
    """Return how an amount is written: mark and decimals as ,00."""
    decimals = amount[2] or ""
    return decimals[:1] + "0" * (len(decimals) - 1)


def _shape(text: str) -> str:
    """Return the first signs of a text by their kind: a digit, a letter or itself."""
    return "".join("9" if sign.isdecimal() else "a" if sign.isalpha() else sign for sign in text.strip()[:40])
