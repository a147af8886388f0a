"""Bytes of any format -> sheets of rows; the format is told by the content, never by the name."""

from __future__ import annotations

import re

from ..items import ReadOptions, Row
from . import limits
from .encodings import find_doubt
from .sheets import Sheet, refuse
from .text import check_text, decode, read_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_HEAD = 65_536  # bytes of a text in which its header is looked for
_OTHERS = {
    b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"\x1f\x8b": "gzip", b"Rar!": "rar",
    b"7z\xbc\xaf": "7z", b"BZh9": "bzip2", b"\xfd7zXZ": "xz", b"II*\x00": "tiff", b"MM\x00*": "tiff", b"MZ\x90": "exe",
    b"\x7fELF": "elf", b"{\\rtf": "rtf", b"SQLite format": "sqlite",
}  # fmt: skip
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_MHTML = re.compile(r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version:\s*1)", re.IGNORECASE)


def load(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of a file; refuse what is empty, too large, damaged or no table."""
    if not data:
        raise refuse("file_empty")
    if len(data) > limits.MAX_BYTES:
        raise refuse("file_too_large", bytes=len(data), limit=limits.MAX_BYTES)
    if data.startswith((OLE, ZIP)):
        from . import ods, workbook  # openpyxl and xlrd are slow to import and not needed for text

        if ods.is_ods(data):
            return ods.read_ods(data, options)
        return workbook.read_xls(data, options) if data.startswith(OLE) else workbook.read_xlsx(data, options)
    if data.startswith(b"PK"):
        raise refuse("file_damaged" if not data.startswith(b"PK\x05\x06") else "file_empty", format="zip")
    for magic, form in _OTHERS.items():
        if data.startswith(magic):
            raise refuse("file_unknown", format=form)
    return _load_text(data, options)


def first_rows(data: bytes, options: ReadOptions) -> list[list[Row]]:
    """Return the first rows of all sheets of a file without reading it to its end, none of one that is too large."""
    if len(data) > limits.MAX_BYTES:
        return []
    if data.startswith(ZIP):
        from . import ods, workbook  # see above

        return ods.first_of_ods(data) if ods.is_ods(data) else workbook.first_of_xlsx(data)
    if not data.startswith(OLE) and len(data) > _HEAD:
        end = data.rfind(b"\n", 0, _HEAD) + 1
        data = data[: _HEAD if b"\0" in data[:_HEAD] or not end else end]
    return [sheet.rows for sheet in load(data, options)]


def _load_text(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of what is text: markup or a delimited table."""
    text, encoding = decode(data, options)
    check_text(text)
    head = text[:4000].lstrip("\ufeff")
    if head.lstrip().startswith("<") or _MHTML.match(head[:1000]):
        sheets = _load_markup(head, data, encoding, options)
    else:
        sheets = read_text(text, encoding, options)
    for sheet in sheets:
        if sheet.encoding == encoding:  # pages may say another one themselves
            sheet.doubt = find_doubt(data, text, encoding, options)
    return sheets


def _load_markup(head: str, data: bytes, encoding: str, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of a page, a web archive or a workbook in XML."""
    from . import markup  # lxml is not needed for text

    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<?xml" in head[:200]:
        return markup.read_spreadsheet_xml(data, options)
    if _HTML.match(_without_comments(head)):
        return markup.read_html(data, encoding, options)
    if _MHTML.match(head[:1000]):
        return markup.read_mhtml(data, options)
    raise refuse("file_unknown", format="xml")


def _without_comments(head: str) -> str:
    """Return what follows the declaration and the comments that a page may begin with."""
    rest = head.lstrip()
    for start, end, most in (("<?xml", ">", 1), ("<!--", "-->", len(rest))):
        for _comment in range(most):
            if not rest.startswith(start):
                break
            rest = rest.partition(end)[2].lstrip()
    return rest
