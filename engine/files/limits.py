"""How much a reader takes on before it says no: what is beyond is no list of open items."""

from __future__ import annotations

MAX_BYTES = 100_000_000  # of a file
MAX_UNPACKED = 400_000_000  # of all parts of an XLSX
MAX_SHARED_TEXT = 100_000_000  # of the text part of an XLSX, which is held in memory
MAX_MARKUP = 50_000_000  # of HTML and XML, which are held in memory as a tree
MAX_STREAM = 500_000_000  # of XML that is read piece by piece
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
MAX_CELLS = 30_000_000
MAX_LINE = 2_000_000  # characters of a line of text
MAX_TEXT = 32_767  # characters of a cell, as in spreadsheets
MAX_SHEETS = 100
HEADER_ROWS = 60  # in which a header is looked for
XLS_ROWS = 65_536  # a sheet that is full to the last row was cut off
XLSX_ROWS = 1_048_576
