"""One small table in every format that is read, written by code."""

import email.mime.multipart
import email.mime.text
import html
import io
import struct

import openpyxl

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def as_csv(rows) -> bytes:
    """Text with semicolons."""
    return "".join(";".join(map(str, row)) + "\r\n" for row in rows).encode()


def as_html(rows) -> bytes:
    """A page with a table in a table, as some packages write it."""
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table><tr><td><table>{lines}</table></td></tr></table></body></html>".encode()


def as_mhtml(rows) -> bytes:
    """A web archive."""
    archive = email.mime.multipart.MIMEMultipart("related")
    archive.attach(email.mime.text.MIMEText(as_html(rows).decode(), "html", "utf-8"))
    return archive.as_bytes()


def as_spreadsheet_xml(rows) -> bytes:
    """A workbook of Excel 2003 in XML; numbers are typed."""
    lines = "".join("<Row>" + "".join(map(_xml_cell, row)) + "</Row>" for row in rows)
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{_SPACE}" xmlns:ss="{_SPACE}"><Worksheet ss:Name="List">'
        f"<Table>{lines}</Table></Worksheet></Workbook>"
    ).encode()


def _xml_cell(value) -> str:
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell><Data ss:Type="{kind}">{html.escape(str(value))}</Data></Cell>'


def as_xlsx(rows) -> bytes:
    """A workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- Binary workbooks, as Excel wrote them until 2003 ---------------------------------------------------------------

_FREE, _END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_SMALLEST = 4096  # of a stream that has sectors of its own


def as_xls(rows) -> bytes:
    """A binary workbook: BIFF8 records in the one stream of an OLE container."""
    cells = b"".join(
        _xls_cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line)
    )
    sheet = _begin(0x0010) + cells + _record(0x000A)
    before = _begin(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    name = b"List"
    entry = struct.pack("<BBBB", 0, 0, len(name), 0) + name
    end = _record(0x000A)
    start = len(before) + 4 + 4 + len(entry) + len(end)
    return _ole(before + _record(0x0085, struct.pack("<I", start) + entry) + end + sheet)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _xls_cell(row: int, column: int, value) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", value))


def _ole(stream: bytes) -> bytes:
    """A container with one stream: its sectors after those of the table and of the folder."""
    size = max(_SMALLEST, -(-len(stream) // _SECTOR) * _SECTOR)
    count = size // _SECTOR
    table = [_FAT_SECTOR, _END, *range(3, count + 2), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    folder = _folder_entry("Root Entry", 5, 1, _END, 0) + _folder_entry("Workbook", 2, _FREE, 2, size)
    return head + struct.pack(f"<{_SECTOR // 4}I", *table) + folder.ljust(_SECTOR, b"\0") + stream.ljust(size, b"\0")


def _folder_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIII", text, len(text), kind, 1, _FREE, _FREE, child, 0, start, size, 0
    )  # fmt: skip


FORMATS = {
    "csv": as_csv,
    "html": as_html,
    "mhtml": as_mhtml,
    "spreadsheet_xml": as_spreadsheet_xml,
    "xlsx": as_xlsx,
    "xls": as_xls,
}
