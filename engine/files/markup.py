"""Tables in HTML, MHTML and Excel's XML of 2003, usually named .xls. No entity is resolved, nothing is fetched."""

from __future__ import annotations

import email
import email.policy
import re
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
from .sheets import Sheet, collect, finite, refuse

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_META_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def read_html(data: bytes, encoding: str, options: ReadOptions) -> list[Sheet]:
    """Return the tables of a page; the best one first."""
    if len(data) > limits.MAX_MARKUP:
        raise refuse("file_too_large", limit=limits.MAX_MARKUP)
    match = _META_CHARSET.search(data[:4000])
    if encoding not in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be") and match and not options.encoding:
        encoding = match[1].decode("ascii", "replace")
    try:
        parser = lxml_html.HTMLParser(encoding=encoding.replace("-sig", ""), no_network=True, huge_tree=False)
        tree = lxml_html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, LookupError, ValueError) as error:
        raise refuse("file_damaged", format="html") from error
    return _best([collect(_html_rows(table)) for table in tree.iter("table")], "html", encoding, options)


def _best(tables: list[list[Row]], form: str, encoding: str, options: ReadOptions) -> list[Sheet]:
    """Return the table with the best header."""
    if not any(tables):
        raise refuse("file_empty")
    rows = max(tables, key=lambda table: (header.best_score(table, options), len(table)))
    return [Sheet(rows, format=form, encoding=encoding)]


def _html_rows(table: Any) -> Iterator[tuple[int, list[Cell]]]:
    """Yield number and cells of the rows of a table, without those of tables inside it."""
    rows = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = []
        for cell in row.iterchildren("td", "th"):
            cells.append(" ".join(part.strip() for part in cell.itertext() if part.strip()))
            span = small_number(cell.get("colspan", ""), 1)
            cells.extend([""] * min(span - 1, limits.MAX_COLUMNS))
            if len(cells) > limits.MAX_COLUMNS * 20:
                raise refuse("file_too_wide", row=number, columns=len(cells), limit=limits.MAX_COLUMNS)
        yield number, cells


def read_mhtml(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the tables of a web archive's pages."""
    if len(data) > limits.MAX_MARKUP:
        raise refuse("file_too_large", limit=limits.MAX_MARKUP)
    message = email.message_from_bytes(data, policy=email.policy.default)
    sheets: list[Sheet] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset("utf-8")
            try:
                sheets += read_html(payload if isinstance(payload, bytes) else b"", charset, options)
            except ReadError:
                continue
    if not sheets:
        raise refuse("file_empty")
    return [max(sheets, key=lambda sheet: (header.best_score(sheet.rows, options), len(sheet.rows)))]


def read_spreadsheet_xml(data: bytes, options: ReadOptions) -> list[Sheet]:
    """Return the sheets of an Excel workbook of 2003 in XML."""
    if len(data) > limits.MAX_MARKUP:
        raise refuse("file_too_large", limit=limits.MAX_MARKUP)
    if b"<!DOCTYPE" in data[:10_000] or b"<!ENTITY" in data:
        raise refuse("file_unsafe")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise refuse("file_damaged", format="xml") from error
    tables = [collect(_xml_rows(table)) for table in tree.iter(_SPREADSHEET + "Table")]
    return _best(tables, "xls", tree.getroottree().docinfo.encoding or "", options)


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
