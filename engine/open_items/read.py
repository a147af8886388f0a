"""Readers: bytes of a file -> items. Each shape of content is one entry of ``READERS``.

A reader looks at the content, never at the name. Two readers that claim one file are an error in the registry, so each
must be exact about what it claims; the table reader takes what no other claims.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from ..errors import Issue, ReadError
from ..files.load import load
from ..files.refusal import refused
from ..files.sheets import Sheet
from ..items import Detected, ReadOptions, ReadResult, ReportedItem
from . import exact_xml
from .pages import join_pages
from .table import choose_sheet, read_table

__all__ = ["READERS", "Reader", "join_pages", "read"]


class Reader(NamedTuple):
    """A shape of content. ``claims``: whether the bytes have it; ``read``: bytes, name and options -> items."""

    name: str
    claims: Callable[[bytes], bool]
    read: Callable[[bytes, str, ReadOptions], ReadResult]


def _read_any_table(data: bytes, name: str, options: ReadOptions) -> ReadResult:
    """Read a table in any format."""
    sheet = choose_sheet(load(data, options), options)
    try:
        return read_table(sheet, name, options)
    except ReadError as error:
        return ReadResult(problems=(error.issue,), detected=outline(sheet))


def outline(sheet: Sheet) -> Detected:
    """Return what is known of a sheet that is no list."""
    return Detected(
        format=sheet.format,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet=sheet.name,
        row_count=len(sheet.rows),
    )


READERS: list[Reader] = [Reader("exact_xml", exact_xml.claims, exact_xml.read)]
TABLE = Reader("table", lambda data: True, _read_any_table)


def claimed_by(data: bytes) -> Reader | None:
    """Return the reader that claims a file, None for what is left to the reader of tables."""
    claiming = [reader for reader in READERS if reader.claims(data)]
    if len(claiming) > 1:
        raise AssertionError(f"several readers claim one file: {[reader.name for reader in claiming]}")
    return claiming[0] if claiming else None


def read(data: bytes, filename: str, options: ReadOptions | None = None) -> ReadResult:
    """Return what a file reports. A file that cannot be read gives a ``stop`` problem, never an exception."""
    options = options or ReadOptions()
    result = refused(
        lambda: (claimed_by(data) or TABLE).read(data, filename, options),
        lambda issue: ReadResult(problems=(issue,)),
    )
    return _with_file(result, filename)


def _with_file(result: ReadResult, filename: str) -> ReadResult:
    """Return a result whose items and problems name their file."""
    return replace(
        result,
        items=_name_items(result.items, filename),
        rejected=_name_items(result.rejected, filename),
        problems=tuple(_name_file(issue, filename) for issue in result.problems),
    )


def _name_items(items: tuple[ReportedItem, ...], filename: str) -> tuple[ReportedItem, ...]:
    """Return items that name their file."""
    return tuple(item if item.file == filename else replace(item, file=filename) for item in items)


def _name_file(issue: Issue, filename: str) -> Issue:
    """Return a problem that names its file."""
    return replace(issue, file=filename)
