"""Tables in HTML, MHTML and Excel's XML of 2003, usually named .xls. No entity is resolved, nothing is fetched."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from ..errors import ReadError
from ..items import Cell, ReadOptions, Row
from ..tables import header
from ..values.cells import small_number
from . import limits
from .further import tell_further
from .sheets import Sheet, collect, finite, refuse

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SAMPLE = 100
_PAGE_TAG = re.compile(rb"</?(?:html|body|table)\b", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def _check_size(data: bytes) -> None:
    """Refuse what would be a large tree in memory."""
    if len(data) > limits.MAX_MARKUP or data.count(b"<") > limits.MAX_TAGS:
        raise refuse("file_too_large", bytes=len(data), limit=limits.MAX_MARKUP)


def read_html(data: bytes, encoding: str, options: ReadOptions) -> list[Sheet]:
    """Return the tables of a page; the best one first."""
    _check_size(data)
    match = _META_CHARSET.search(data[:4000])
    if encoding not in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be") and match and not options.encoding:
        encoding = match[1].decode("ascii", "replace")
    try:
        parser = lxml_html.HTMLParser(encoding=encoding.replace("-sig", ""), no_network=True, huge_tree=False)
        tree = lxml_html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, LookupError, ValueError) as error:
        raise refuse("file_damaged", format="html") from error
    tables = {f"#{place}": collect(rows) for place, rows in enumerate(_html_tables(tree), 1)}
    sheet = _best(tables, "html", encoding, options)
    sheet.name = ""
    sheet.cut_off = _lacks_end(data)
    return [sheet]


def _lacks_end(data: bytes) -> bool:
    """Tell whether a page begins what it doesn't end: a table, or itself."""
    first, *commented = data.replace(b"\0", b"").split(b"<!--")
    page = b"".join((first, *(part.partition(b"-->")[2] for part in commented)))
    tags = Counter(found.lower() for found in _PAGE_TAG.findall(page))
    return any(tags[b"<" + name] > tags[b"</" + name] for name in (b"html", b"body", b"table"))


def _best(tables: dict[str, list[Row]], form: str, encoding: str, options: ReadOptions) -> Sheet:
    """Return the table that the user named, else the one with the best header."""
    if not any(tables.values()):
        raise refuse("file_empty")
    best = max(tables, key=lambda name: (header.best_score(tables[name], options), len(tables[name])))
    best = options.sheet if options.sheet in tables else best
    sheet = Sheet(tables[best], name=best, format=form, encoding=encoding)
    tell_further(sheet, ((name, rows[:_SAMPLE]) for name, rows in tables.items() if name != best), options)
    return sheet


def _html_tables(tree: Any) -> Iterator[Iterator[tuple[int, list[Cell]]]]:
    """Yield the rows of each table, without those of tables inside it.

    What stands in an inner table is read again as text of the cells around it: few may be in each other.
    """
    rows: dict[Any, list[Any]] = {}
    depths: dict[Any, int] = {}
    for element in tree.iter("table", "tr"):
        outer = next(element.iterancestors("table"), None)
        if element.tag == "table":
            rows[element], depths[element] = [], depths.get(outer, 0) + 1
            if depths[element] > limits.MAX_NESTED:
                raise refuse("tables_nested", limit=limits.MAX_NESTED)
        elif outer is not None:
            rows[outer].append(element)
    yield from map(_html_rows, rows.values())


def _html_rows(rows: list[Any]) -> Iterator[tuple[int, list[Cell]]]:
    """Yield number and cells of the rows of a table."""
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = []
        for cell in row.iterchildren("td", "th"):
            cells.append(_html_text(cell))
            span = small_number(cell.get("colspan", ""), 1)
            cells.extend([""] * min(span - 1, limits.MAX_COLUMNS))
            if len(cells) > limits.MAX_COLUMNS * 20:
                raise refuse("file_too_wide", row=number, columns=len(cells), limit=limits.MAX_COLUMNS)
        yield number, cells


def _html_text(cell: Any) -> str:
    """Return the text of a cell; of one that holds a whole table no more than a cell can hold."""
    parts: list[str] = []
    length = 0
    for part in cell.itertext():
        length += len(part)
        if text := part.strip():
            parts.append(text)
        if length > limits.MAX_TEXT:
            break
    return " ".join(parts)


def read_mhtml(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the tables of a web archive's pages."""
    _check_size(data)
    if data.lower().count(b"multipart/") > limits.MAX_NESTED:
        raise refuse("tables_nested", limit=limits.MAX_NESTED)
    message = email.message_from_bytes(data, policy=email.policy.default)
    sheets: list[Sheet] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset("utf-8")
            try:
                sheets += read_html(payload if isinstance(payload, bytes) else b"", charset, options)
            except ReadError as error:
                if error.issue.code not in ("file_empty", "file_damaged"):  # such a page is none, others may be
                    raise
    if not sheets:
        raise refuse("file_empty")
    best = max(sheets, key=lambda sheet: (header.best_score(sheet.rows, options), len(sheet.rows)))
    others = {f"#{place}": sheet.rows for place, sheet in enumerate(sheets, 1) if sheet is not best}
    known = best.others
    tell_further(best, others.items(), options)
    best.others = (*known, *best.others)
    boundary = message.get_boundary()
    if boundary and b"--" + boundary.encode("ascii", "replace") + b"--" not in data:
        best.cut_off = True
    return [best]


def read_spreadsheet_xml(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of an Excel workbook of 2003 in XML."""
    _check_size(data)
    if b"<!DOCTYPE" in data[:10_000] or b"<!ENTITY" in data:
        raise refuse("file_unsafe")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise refuse("file_damaged", format="xml") from error
    if tree.getroottree().docinfo.internalDTD is not None:  # in an encoding in which it was not seen above
        raise refuse("file_unsafe")
    tables = {
        table.getparent().get(_SPREADSHEET + "Name") or f"#{place}": collect(_xml_rows(table))
        for place, table in enumerate(tree.iter(_SPREADSHEET + "Table"), 1)
    }
    return [_best(tables, "xls", tree.getroottree().docinfo.encoding or "", options)]


def _xml_rows(table: Any) -> Iterator[tuple[int, list[Cell]]]:
    """Yield number and cells of the rows of an XML sheet; indexes may leave rows and cells out."""
    number = 0
    for row in table.iterchildren(_SPREADSHEET + "Row"):
        number = _index(row, number + 1)
        cells: list[Cell] = []
        for cell in row.iterchildren(_SPREADSHEET + "Cell"):
            place = _index(cell, len(cells) + 1)
            if place > limits.MAX_COLUMNS * 20:
                raise refuse("file_too_wide", row=number, columns=place, limit=limits.MAX_COLUMNS)
            cells.extend([None] * (place - 1 - len(cells)))
            cells.append(_xml_cell(cell))
        yield number, cells


def _index(element: Any, usual: int) -> int:
    """Return the place of a row or cell."""
    return max(usual, small_number(element.get(_SPREADSHEET + "Index", ""), usual))


def _xml_cell(cell: Any) -> Cell:
    """Return one XML cell as a value."""
    data = cell.find(_SPREADSHEET + "Data")
    if data is None:
        return None
    text, kind = "".join(data.itertext()), data.get(_SPREADSHEET + "Type", "String")
    try:
        if kind == "Number":
            return finite(float(text))
        if kind == "DateTime":
            return datetime.fromisoformat(text.split(".")[0])
    except ValueError:
        return str(text)
    return str(text)
