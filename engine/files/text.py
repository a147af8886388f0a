"""Bytes of a delimited text -> rows: encoding, separator, quotes, physical line numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from ..errors import ReadError
from ..items import Cell, ReadOptions, Row
from ..tables import header
from . import limits
from .cut_off import UNFINISHED, is_cut_off
from .encodings import USUAL
from .sheets import Sheet, collect, refuse

SEPARATORS = (";", ",", "\t", "|")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_LONE_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_RULE = re.compile(r"[-=_+|\s]+")
_DRAWN = re.compile(r"[-=_]{3}")
_ESCAPED = re.compile(r'\\"(?!\s*(?:[;,|\t]|$))')
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DOS = re.compile(rb"[A-Za-z][\x81\x82\x84\x8a\x94\x88\x87\x85\xe1][a-z]|\b[\x8e\x99\x9a][a-z]")
_WINDOWS = re.compile(rb"[A-Za-z][\xc0-\xff][a-z]")
_SAMPLE = 300
_CHANCE = 0.1  # so good a header is any row of numbers
_WIDE = 0.2  # of the bytes, in texts of other scripts: separators, digits and line breaks
_UNFINISHED = 4  # bytes that a sign has at most
_QUOTED_LINES = 60  # a quoted text over more lines than this was never closed


class _Quoted(csv.excel):
    """Texts may stand in quotes."""


class _Plain(csv.excel):
    """Quotes are signs like any other."""

    quoting = csv.QUOTE_NONE


class _UnclosedQuoteError(Exception):
    """A quoted text runs over far more lines than any text does."""


def decode(data: bytes, options: ReadOptions) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding."""
    if options.encoding:
        try:
            return data.decode(options.encoding), options.encoding
        except (LookupError, UnicodeError) as error:
            raise refuse("encoding_unreadable", encoding=options.encoding) from error
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, (encoding,))
    if b"\x00" in data[:100_000] or b"\x00" in data:
        return _decode(data, (_wide_encoding(data),))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # Bytes that begin a sign at the very end of what is UTF-8 and not only ASCII: the rest is missing.
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return data[: error.start].decode() + UNFINISHED, "utf-8"
        return _decode(data, _narrow_encodings(data, options.fallback_encoding))


def _decode(data: bytes, encodings: Iterable[str]) -> tuple[str, str]:
    """Decode by the first encoding that works."""
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            missing = len(error.object) - error.start  # a byte order mark may not be in the object
            if missing <= _UNFINISHED and error.end == len(error.object):
                return data[:-missing].decode(encoding) + UNFINISHED, encoding
        except (LookupError, UnicodeError):
            continue
    raise refuse("file_not_text")


def _wide_encoding(data: bytes) -> str:
    """Return which UTF-16 a text with NUL bytes is in; refuse it if the NULs are not those of UTF-16."""
    head = data[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and odd > half * _WIDE and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * _WIDE and odd < half * 0.05:
        return "utf-16-be"
    raise refuse("file_not_text")


def _narrow_encodings(data: bytes, fallback: str) -> tuple[str, ...]:
    """Return the encodings of one byte to try: those of DOS only where its letters stand inside words."""
    sample = data[:1_000_000]
    if fallback != USUAL:
        return (fallback, "cp1252", "latin-1")
    if len(_DOS.findall(sample)) > len(_WINDOWS.findall(sample)):
        return ("cp850", fallback, "latin-1")
    if b"\xa4" in sample and not re.search(rb"[\x80-\x9f]", sample):
        return ("iso8859-15", fallback, "latin-1")
    return (fallback, "cp1252", "latin-1")


def check_text(text: str) -> None:
    """Refuse what has no text in it, and binary data that happens to decode."""
    if not text.strip("\ufeff \t\r\n;,|\x1a"):
        raise refuse("file_empty")
    sample = text[:200_000]
    if "\x00" in text or len(_CONTROL.findall(sample)) > max(3, len(sample) // 1000):
        raise refuse("file_not_text")


def read_text(text: str, encoding: str, options: ReadOptions) -> list[Sheet]:
    """Return a delimited text as its one sheet, by the separator that gives the best header."""
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    separator, start = _named_separator(text)
    separator = options.separator or separator
    lines = list(islice(_lines(text, start), 400))
    wrapped = _is_wrapped(lines)
    best = separator or _best_separator(lines, wrapped, options)
    rows = _parse(lambda: _lines(text, start), best, wrapped, None)
    found = header.find(rows, options)
    line = rows[found.last].number if found else start
    cut = is_cut_off(text, best, line, _unwrap if wrapped else iter)
    return [Sheet(rows, format="csv", encoding=encoding, separator=best, cut_off=cut)]


def _best_separator(lines: list[str], wrapped: bool, options: ReadOptions) -> str:
    """Return the separator that gives the best header, then the one that stands most often in the first lines."""
    rated: list[tuple[float, int, str]] = []
    refused: ReadError | None = None
    for place, separator in enumerate(SEPARATORS):
        try:
            rows = _parse(lambda: iter(lines), separator, wrapped, _SAMPLE)
        except ReadError as error:
            refused = refused or error
            continue
        counted = sum(_count(line, separator) for line in lines[:100])
        score = header.best_score(rows, options)
        rated.append((score if score > _CHANCE else 0, counted * 10 - place, separator))
    if refused and (not rated or max(rated)[0] < header.TABLE_SCORE):
        raise refused
    return max(rated)[2]


def _count(line: str, separator: str) -> int:
    """Return how often a separator stands in a line; a comma between digits is more likely a decimal mark."""
    return len(_LONE_COMMA.findall(line)) if separator == "," else line.count(separator)


def _named_separator(text: str) -> tuple[str, int]:
    """Return the separator that a first line sep= names, and how many lines to leave out."""
    end = text.find("\n", 0, 20)
    match = _SEP.fullmatch(text[: end if end >= 0 else 20])
    return (match[1], 1) if match else ("", 0)


def _lines(text: str, skip: int) -> Iterator[str]:
    """Yield the physical lines; those left out at the start are blank, so that numbers stay those of the file."""
    for number, match in enumerate(_LINE.finditer(text)):
        if match.end() - match.start() > limits.MAX_LINE:
            raise refuse("file_too_large", row=number + 1, limit=limits.MAX_LINE)
        yield "\n" if number < skip else match[0]


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether every physical line as a whole was put in quotes, with those inside escaped."""
    full = [line.strip() for line in lines if line.strip()]
    wrapped = [line for line in full if len(line) > 2 and line[0] == line[-1] == '"']
    if not full or len(wrapped) < len(full) * 0.9:
        return False
    return all(re.search(r'(?<!["\\])"(?!")(?=.)', line[1:-1]) is None for line in wrapped) and any(
        mark in line for line in wrapped for mark in SEPARATORS
    )


def _unwrap(lines: Iterable[str]) -> Iterator[str]:
    """Take the quotes round whole lines away."""
    for line in lines:
        text = line.strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1]
        yield text.replace('\\"', '"').replace('""', '"') + "\n"


def _parse(lines: Callable[[], Iterator[str]], separator: str, wrapped: bool, keep: int | None) -> list[Row]:
    """Parse lines into rows; where a quote is never closed, once more with quotes as plain signs."""
    for is_quoted in (True, False):
        source = _unwrap(lines()) if wrapped else lines()
        try:
            return collect(_records(source, separator, is_quoted), keep)
        except _UnclosedQuoteError:
            continue
        except csv.Error as error:  # a text beyond the csv module's own limit
            raise refuse("file_too_large", limit=limits.MAX_TEXT) from error
    raise refuse("file_damaged")


def _records(lines: Iterator[str], separator: str, is_quoted: bool) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield physical line number and cells of each record; a quoted text that holds whole rows is none."""
    source = (_ESCAPED.sub('""', line) if '\\"' in line else line for line in lines)
    reader = csv.reader(source, _Quoted if is_quoted else _Plain, delimiter=separator)
    start, width = 1, 0
    inside = re.compile(re.escape(separator) + r"(?=\S)")
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if is_quoted:
                raise _UnclosedQuoteError from error
            raise
        if is_quoted and reader.line_num > start and _holds_rows(record, inside, width, reader.line_num - start):
            raise _UnclosedQuoteError
        width = max(width, len(record))
        if not is_quoted:
            record = [_without_quotes(cell.strip()) for cell in record]
        if not _is_rule(record):
            yield start, record
        start = reader.line_num + 1


def _without_quotes(cell: str) -> str:
    """Return a cell without the quotes round it; one that stands alone is part of what it says."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _holds_rows(record: list[str], inside: re.Pattern[str], width: int, breaks: int) -> bool:
    """Tell whether a record of several lines has swallowed rows: a cell of it has a row's separators, or it is long.

    :param width: cells of the widest record before
    :param breaks: lines of the record but the first
    """
    longest = max(record, key=len)
    return breaks > _QUOTED_LINES or ("\n" in longest and 1 < width <= len(inside.findall(longest)) + 1)


def _is_rule(record: list[str]) -> bool:
    """Tell whether a record is a line drawn between rows."""
    return any("--" in cell or "==" in cell for cell in record[:2]) and all(
        not cell.strip() or (_RULE.fullmatch(cell) and _DRAWN.search(cell)) for cell in record
    )
