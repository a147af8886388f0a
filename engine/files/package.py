"""The ZIP of a workbook: what its parts unpack to is measured before anything else reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import IO, Any

from . import limits
from .sheets import refuse

_PREFIX = rb"<(?:[\w.-]{1,40}:)?"
_CELL = re.compile(_PREFIX + rb"c[\s/>]")
_ENTRY = re.compile(_PREFIX + rb"(?:row|si|r)[\s/>]")  # rows, shared texts and their pieces
# The same without a prefix are found several times as fast.
_PLAIN_CELL = re.compile(rb"<c[\s/>]")
_PLAIN_ENTRIES = (re.compile(rb"<r(?:ow)?[\s/>]"), re.compile(rb"<si[\s/>]"))
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = (b"utf-8", b"us-ascii", b"iso-8859-", b"windows-125")  # markup is ASCII in these, so it can be seen as bytes
_TAG = 60  # bytes from which a tag is known
_CHUNK = 1 << 20


class Package(zipfile.ZipFile):
    """The parts of a workbook, by the name under which a library asks for them; names and folders prove nothing.

    ``read`` gives what becomes a tree in memory, ``open`` what is read piece by piece: sheets and shared texts.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._opened: Counter[str] = Counter()
        self._cells = self._entries = self._in_row = 0
        self._check_sizes(len(data))
        for part in self.infolist():
            if part.filename.endswith((".xml", ".rels")):
                self.open(part.filename).close()

    def _check_sizes(self, packed: int) -> None:
        """Refuse a ZIP that holds no workbook, or whose directory says that it is a bomb."""
        parts = self.infolist()
        unpacked = sum(part.file_size for part in parts)
        if not any(part.filename.startswith("xl/") for part in parts):
            raise refuse("file_unknown", format="zip")
        if unpacked > limits.MAX_UNPACKED or len(parts) > limits.MAX_PARTS:
            raise refuse("file_too_large", bytes=unpacked, limit=limits.MAX_UNPACKED)
        if unpacked > max(limits.UNPACKED_ANYHOW, packed * limits.MAX_RATIO):
            raise refuse("workbook_packed", times=unpacked // packed, limit=limits.MAX_RATIO)
        if any(part.flag_bits & 1 for part in parts):
            raise refuse("file_protected")

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part as a whole; refuse one that would be a large tree."""
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if part.file_size <= limits.MAX_PART:
            content = super().read(name, pwd)
            if content.count(b"<") <= limits.MAX_PART_TAGS:
                return content
        raise refuse("workbook_part_large", part=part.filename, limit=limits.MAX_PART)

    def open(self, name: str | zipfile.ZipInfo, *args: Any, **options: Any) -> IO[bytes]:
        """Open a part; the first time, all of it is looked at."""
        filename = name.filename if isinstance(name, zipfile.ZipInfo) else name
        self._opened[filename] += 1
        if self._opened[filename] == 1:
            with super().open(name) as stream:
                self._scan(stream)
        if self._opened[filename] > limits.MAX_OPENED:
            raise refuse("file_damaged", format="xlsx")
        return super().open(name, *args, **options)

    def _scan(self, part: IO[bytes]) -> None:
        """Count what a part holds and refuse what is too much or unsafe, a chunk at a time."""
        piece = part.read(_CHUNK)
        _check_encoding(piece)
        while piece:
            chunk = part.read(_CHUNK)
            cut = piece.rfind(b"<") if chunk else len(piece)
            self._count(piece[:cut] if cut >= 0 else b"")
            piece = piece[cut : cut + _TAG] + chunk if cut >= 0 else chunk

    def _count(self, piece: bytes) -> None:
        """Count a piece that ends between two tags."""
        if _UNSAFE.search(piece):
            raise refuse("file_unsafe")
        cells = _count_cells(piece)
        start = max(piece.rfind(b"<row"), piece.rfind(b":row"))
        self._in_row = self._in_row + cells if start < 0 else _count_cells(piece[start:])
        if self._in_row > limits.MAX_ROW_CELLS:  # a row is held in memory
            raise refuse("workbook_cells", limit=limits.MAX_ROW_CELLS)
        self._cells += cells
        entries = (_ENTRY,) if b":r" in piece or b":si" in piece else _PLAIN_ENTRIES
        self._entries += sum(len(entry.findall(piece)) for entry in entries)
        if max(self._cells, self._entries) > limits.MAX_WORKBOOK_CELLS:
            raise refuse("workbook_cells", limit=limits.MAX_WORKBOOK_CELLS)


def _count_cells(piece: bytes) -> int:
    """Return how many cells start in a piece."""
    return len((_CELL if b":c" in piece else _PLAIN_CELL).findall(piece))


def _check_encoding(head: bytes) -> None:
    """Refuse XML in which declarations could not be seen as bytes; workbooks are written in UTF-8."""
    declaration = head.partition(b"?>")[0] if head.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")) else b""
    declared = _ENCODING.search(declaration)
    if b"\0" in head or len(declaration) > limits.MAX_TEXT or (declared and not declared[1].lower().startswith(_PLAIN)):
        raise refuse("file_damaged", format="xlsx")
