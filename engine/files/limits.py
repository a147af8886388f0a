"""How much a reader takes on before it says no: what is beyond is no list of open items."""

from __future__ import annotations

MAX_BYTES = 100_000_000  # of a file
MAX_UNPACKED = 400_000_000  # of all parts of an XLSX
MAX_RATIO = 100  # unpacked to packed, of an XLSX; lists that repeat themselves reach 40
UNPACKED_ANYHOW = 20_000_000  # up to which the ratio doesn't matter
MAX_PART = 10_000_000  # of a part of an XLSX that is held in memory as a tree, such as its styles
MAX_PART_TAGS = 400_000  # start and end of elements in such a part
MAX_PARTS = 10_000
MAX_OPENED = 5  # times that a part is opened
MAX_WORKBOOK_CELLS = 3_000_000  # of an XLSX, blank ones too
MAX_ROW_CELLS = 100_000  # of a row of an XLSX, more than there are columns
MAX_MARKUP = 50_000_000  # of HTML and XML, which are held in memory as a tree
MAX_TAGS = 12_000_000  # start and end of elements in these
MAX_NESTED = 10  # tables inside each other, and parts of an archive
MAX_STREAM = 500_000_000  # of XML that is read piece by piece
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
MAX_CELLS = 30_000_000  # blank ones too, which a row may claim by a number
MAX_LINE = 2_000_000  # characters of a line of text
MAX_TEXT = 32_767  # characters of a cell, as in spreadsheets
MAX_SHEETS = 100
HEADER_ROWS = 60  # in which a header is looked for
HEADER_CELLS = 5_000  # likewise: a wide table has it further up
XLS_ROWS = 65_536  # a sheet that is full to the last row was cut off
XLSX_ROWS = 1_048_576
