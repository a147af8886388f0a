"""A table that is being read: what every kind of list takes from its sheet, and what is said of it in the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ..errors import Issue, ReadError
from ..files.encodings import Doubt
from ..files.refusal import refused
from ..files.sheets import Sheet
from ..items import Column, Detected, ReadOptions, ReadResult, Reported
from ..values.cells import clean
from . import header as headers
from .header import Header
from .mapping import Layout
from .preamble import balance_date_in
from .styles import Styles, find_styles

R = TypeVar("R", bound=Reported)
EXTENSION = re.compile(r"\.(?:csv|txt|tsv|tab|asc|dat|prn|xls[xmb]?|html?|mht(?:ml)?|xml)$", re.IGNORECASE)


class Reading:
    """One reading of a table: its rows, the texts above them, the file's name; and the problems found on the way."""

    def __init__(self, sheet: Sheet, layout: Layout, name: str, options: ReadOptions) -> None:
        """Take a sheet and what its columns mean; ``name``: the file's, with its extension."""
        self.sheet, self.layout, self.name, self.options = sheet, layout, name, options
        header = layout.header
        self.header_rows = sheet.rows[header.first : header.last + 1] if header.last >= 0 else []
        self.rows = sheet.rows[header.last + 1 :]
        self.above = sheet.rows[: max(header.first, 0)]
        self.preamble = tuple(text for row in self.above if (text := " ".join(filter(None, map(clean, row.cells)))))
        self.stem = EXTENSION.sub("", name)
        self.problems: list[Issue] = []

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands around the table: the texts above it and the file's name."""
        return (*self.preamble, self.stem)

    def find_styles(self, options: ReadOptions | None = None, amounts: Iterable[str] | None = None) -> Styles:
        """Return how amounts and dates are written; ``amounts``: canonical names of the columns that tell."""
        options = options or self.options
        if amounts is None:
            return find_styles(self.layout, self.rows, self.texts, options)
        return find_styles(self.layout, self.rows, self.texts, options, amounts)

    def balance_date(self, date_order: str | None = None) -> date | None:
        """Return the date that the texts above the table or the file's name state."""
        return balance_date_in(self.preamble, self.stem, date_order)

    def describe(self, styles: Styles) -> Detected:
        """Return how the file was understood."""
        layout, header = self.layout, self.layout.header
        names = {column: name for name, column in layout.fields.items()}
        names.update(dict.fromkeys(layout.buckets, "bucket"))
        columns = tuple(
            Column(place, text, names.get(place, ""), tuple(layout.profiles[place].samples))
            for place, text in enumerate(header.texts)
            if text or place in names
        )
        return replace(
            outline(self.sheet),
            header_row=self.sheet.rows[header.last].number if header.last >= 0 else None,
            decimal_mark=styles.decimal_mark,
            date_order=styles.date_order,
            preamble=self.preamble,
            columns=columns,
            row_count=len(self.rows),
        )

    def all_problems(self) -> tuple[Issue, ...]:
        """Return what is to be said, in the order of the rows; also that the sheet was cut off or is one of several."""
        sheet, found = self.sheet, [*self.problems, *self._unsure_headers()]
        if sheet.cut_off:
            last = sheet.rows[-1]
            text = " | ".join(filter(None, map(clean, last.cells)))[:200]
            found.append(Issue("stop", "list_cut_off", {"rows": last.number}, text=text))
        if sheet.doubt:
            found.append(_doubtful(sheet.doubt, sheet.encoding))
        if sheet.others:
            found.append(Issue("stop", "sheets_ignored", {"sheet": sheet.name, "sheets": sheet.others}))
        if sheet.different:
            found.append(Issue("warning", "sheets_ignored", {"sheet": sheet.name, "sheets": sheet.different}))
        return tuple(sorted(found, key=lambda issue: issue.row or 0))

    def _unsure_headers(self) -> list[Issue]:
        """Return a warning for each amount that was taken from a column of whose header a bracket isn't understood."""
        header = self.layout.header
        return [
            Issue("warning", "bracket_unknown", {"column": header.texts[column], "text": bracket})
            for column in sorted(set(self.layout.fields.values()))
            if column < len(header.meanings) and (bracket := header.meanings[column].bracket)
        ]


def _doubtful(doubt: Doubt, encoding: str) -> Issue:
    """Return that a file seems to be in another encoding, or has lost signs before it came."""
    if encoding.startswith("utf"):
        return Issue("stop", "signs_lost", {"text": doubt.word}, text=doubt.word)
    values = {"text": doubt.word, "encoding": encoding, "shown": doubt.shown, "encodings": doubt.encodings}
    return Issue("stop", "encoding_doubtful", values, text=doubt.word)


def choose_sheet(sheets: list[Sheet], options: ReadOptions) -> Sheet:
    """Return the sheet that the user named, else the one with the best header and the most rows."""
    named = [sheet for sheet in sheets if options.sheet and sheet.name == options.sheet]
    if named or len(sheets) == 1:
        return (named or sheets)[0]
    return max(sheets, key=lambda sheet: (round(headers.best_score(sheet.rows, options), 1), len(sheet.rows)))


def outline(sheet: Sheet) -> Detected:
    """Return what is known of a sheet that is no list."""
    return Detected(
        format=sheet.format,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet=sheet.name,
        row_count=len(sheet.rows),
    )


def no_header(
    sheet: Sheet, options: ReadOptions, missing: Callable[[Header], tuple[str, ...]], needed: tuple[str, ...]
) -> ReadError:
    """Return why a sheet is no list: what its best row lacks, or that none is a header.

    :param missing: returns the canonical columns that a row which is nearly a header lacks
    :param needed: canonical columns that a header has
    """
    like = headers.nearest(sheet.rows, options)
    if like:
        return ReadError(Issue("stop", "column_missing", {"missing": missing(like), "found": like.texts}))
    found = tuple(" | ".join(filter(None, map(clean, row.cells)))[:200] for row in sheet.rows[:5])
    return ReadError(Issue("stop", "header_missing", {"found": found, "needed": needed}))


def read_file(filename: str, work: Callable[[], ReadResult[R]]) -> ReadResult[R]:
    """Return what ``work`` reads of a file, which is named by all that is said; an error is a ``stop`` problem."""
    failed: Callable[[Issue], ReadResult[R]] = lambda issue: ReadResult(problems=(issue,))
    result = refused(work, failed)
    return replace(
        result,
        items=_name_rows(result.items, filename),
        rejected=_name_rows(result.rejected, filename),
        problems=tuple(replace(issue, file=filename) for issue in result.problems),
    )


def read_sheet(sheet: Sheet, work: Callable[[Sheet], ReadResult[R]]) -> ReadResult[R]:
    """Return what ``work`` reads of a sheet, or the problem that it refuses it for with what is known of the sheet."""
    try:
        return work(sheet)
    except ReadError as error:
        return ReadResult(problems=(error.issue,), detected=outline(sheet))


def _name_rows(rows: tuple[R, ...], filename: str) -> tuple[R, ...]:
    """Return rows that name their file."""
    return tuple(row if row.file == filename else replace(row, file=filename) for row in rows)
