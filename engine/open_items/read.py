"""Readers: bytes of a file -> items. Each shape of content is one entry of ``READERS``.

A reader looks at the content, never at the name. Two readers that claim one file are an error in the registry, so each
must be exact about what it claims; the table reader takes what no other claims.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..files.load import load
from ..items import ReadOptions, ReadResult
from ..tables.reading import choose_sheet, read_file, read_sheet
from . import exact_xml
from .items import ReportedItem
from .table import read_table


class Reader(NamedTuple):
    """A shape of content. ``claims``: whether the bytes have it; ``read``: bytes, name and options -> items."""

    name: str
    claims: Callable[[bytes], bool]
    read: Callable[[bytes, str, ReadOptions], ReadResult[ReportedItem]]


def _read_any_table(data: bytes, name: str, options: ReadOptions) -> ReadResult[ReportedItem]:
    """Read a table in any format."""
    return read_sheet(choose_sheet(load(data, options), options), lambda sheet: read_table(sheet, name, options))


READERS: list[Reader] = [Reader("exact_xml", exact_xml.claims, exact_xml.read)]
TABLE = Reader("table", lambda data: True, _read_any_table)


def claimed_by(data: bytes) -> Reader | None:
    """Return the reader that claims a file, None for what is left to the reader of tables."""
    claiming = [reader for reader in READERS if reader.claims(data)]
    if len(claiming) > 1:
        raise AssertionError(f"several readers claim one file: {[reader.name for reader in claiming]}")
    return claiming[0] if claiming else None


def read(data: bytes, filename: str, options: ReadOptions | None = None) -> ReadResult[ReportedItem]:
    """Return what a file reports. A file that cannot be read gives a ``stop`` problem, never an exception."""
    options = options or ReadOptions()
    return read_file(filename, lambda: (claimed_by(data) or TABLE).read(data, filename, options))
