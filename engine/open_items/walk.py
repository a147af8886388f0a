"""Walk the rows below a header: which are documents, and which are totals, headings, repeated headers, paid."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from ..errors import Issue
from ..items import Row
from ..tables import doubts
from ..tables import header as headers
from ..tables.content import has_partner_in_rows
from ..tables.groups import Group, has_partner_label, read_heading, split_label
from ..tables.header_rows import HeaderRows
from ..tables.profile import Profile
from ..tables.raw import Raw, Total
from ..tables.reading import Reading
from ..tables.rows import RowReader
from ..values.cells import BLANKS, clean, fold, has_digit, is_currency, read_amount
from ..values.dates import looks_like_date
from ..words.cells import total_label
from ..words.columns import AMOUNTS
from .paid_rows import why_left_out

_SIDE_WORDS = frozenset({"s", "h", "d", "c", "dr", "cr", "soll", "haben"})


class Walk:
    """One walk over a table; the results are ``raws``, ``rejected``, ``totals`` and ``problems``."""

    def __init__(self, reading: Reading, reader: RowReader, shifted: frozenset[int] = frozenset()) -> None:
        """Take a table and how its cells are read; ``shifted``: numbers of rows with a cell too many or too few."""
        self.layout, self.reader, self.reading = reading.layout, reader, reading
        self._wide = doubts.wide_rows(reading.sheet, reading.layout, reading.header_rows, reading.rows)
        self._shifted = shifted - self._wide
        self.raws, self.rejected = list[Raw](), list[Raw]()
        self.totals: list[Total] = []
        self.problems: list[Issue] = []
        self.left_out: list[Raw] = []
        self.group = Group()
        self._headers = HeaderRows(reading.header_rows, reading.options)
        self._preamble = set(reading.preamble)
        self._partner_in_rows = has_partner_in_rows(self.layout)
        self._is_fresh = True  # no document since the last heading
        self._date_names = tuple(name for name in ("date", "due_date", "posting_date") if name in self.layout.fields)
        self._blanks = 0
        self._wide_documents: list[Row] = []
        self._partners: frozenset[str] = frozenset()

    def _find_partners(self, rows: list[Row]) -> frozenset[str]:
        """Return the partners' numbers of rows that have a document number or a date as well."""
        column = self.layout.fields.get("partner_number")
        if column is None or not self._partner_in_rows:
            return frozenset()
        marks = [self.layout.fields[name] for name in ("number", *self._date_names) if name in self.layout.fields]
        named = (self.reader.at(row, column) for row in rows if any(self.reader.at(row, mark) for mark in marks))
        return frozenset(filter(None, named))

    def run(self, rows: list[Row]) -> None:
        """Take all rows in."""
        self._partners = self._find_partners(rows)
        for row in rows:
            if not row.cells:
                self._blanks += 1
                continue
            if self._blanks:
                self._tell("row_blank_middle", Row(row.number - 1, ()), count=self._blanks)
                self._blanks = 0
            self._take(row)
        self._end()

    def _end(self) -> None:
        """Look at what only all rows together tell: amounts with odd decimals, damaged numbers, rows too wide."""
        self._reject_odd()
        doubts.mark_damaged(self.raws)
        if self._wide_documents:
            documents = len(self.raws) + len(self.rejected) + len(self.left_out)
            self.problems += doubts.tell_wide(self._wide_documents, documents)

    def _reject_odd(self) -> None:
        """Reject the rows whose amount may be thousands: it has three decimals, and others of the list have not."""
        odd = self.reader.decimals.odd(doubts.currencies_of(self.raws, self.layout))
        rejected = [raw for raw in self.raws if raw.row in odd]
        self.problems += [doubts.tell_decimals(self.layout, raw.row, *odd[raw.row]) for raw in rejected]
        self.rejected += rejected
        self.raws = [raw for raw in self.raws if raw.row not in odd]

    def start(self, above: list[Row], rows: list[Row]) -> None:
        """Take in the heading of the first group where it stands above the header: labelled, or before each header."""
        if self._partner_in_rows:
            return
        for row in above[-12:]:
            texts = self._heading_texts(row)
            if texts and has_partner_label(texts):
                read_heading(texts, self.group)
        last = above[-1] if above else None
        if last and len(self.reader.texts(last)) == 1 and any(self._is_header(row) for row in rows[:2000]):
            read_heading(self._heading_texts(last), self.group)

    def _heading_texts(self, row: Row) -> list[str]:
        """Return the texts of a heading; one that sets label and value apart by spaces is several texts."""
        texts = self.reader.texts(row)
        return split_label(row, texts) if len(texts) == 1 else texts

    def _tell(self, code: str, row: Row, **values: object) -> None:
        """Say that a row was left out and why."""
        text = " | ".join(self.reader.texts(row)[:6])
        self.problems.append(Issue("info", code, values, row=row.number, text=text))

    def _take(self, row: Row) -> None:
        """Take one row in as what it is."""
        if self._take_unlike(row):
            return
        if not self._partner_in_rows and self._is_labelled_heading(row):
            self._take_heading(row, self.reader.texts(row))
            return
        has_date = self._has_date(row)
        number = self._number(row, has_date)
        if number and has_date and number not in self._headers.texts and self.reader.has_amount(row):
            self._take_document(row)
        elif self._is_header(row) or (not has_date and self._is_other_header(row)):
            self._take_header(row)
        elif not has_date and self._is_percent(row):
            self._tell("row_percent", row)
        elif not self._take_total(row, number, has_date):
            self._take_other(row, number, has_date)

    def _take_unlike(self, row: Row) -> bool:
        """Take a row in if it has another number of cells than the others, so that any may stand in a wrong column."""
        if row.number in self._wide and self._label(row) is None and not self._is_header(row):
            if self._partner_in_rows or headers.is_data(row.cells):
                self._take_wide(row)
            else:
                self._take_heading(row, self._heading_texts(row))
            return True
        if row.number in self._shifted and self._is_data(row) and self._label(row) is None:
            self._take_shifted(row)
            return True
        return False

    def _number(self, row: Row, has_date: bool) -> str:
        """Return a row's document number; what stands in a column of headings is one only beside a date."""
        if self.layout.heading is not None and not has_date:
            return ""
        return self.reader.number(row, self.layout.numbers or self.layout.payable_numbers)[0]

    def _is_data(self, row: Row) -> bool:
        """Tell whether a row holds dates, amounts among its cells, or one where amounts stand."""
        amounts = (read_amount(cell, ".") for _name, cell in self.reader.filled_amounts(row))
        return headers.is_data(row.cells) or any(amounts)

    def _is_labelled_heading(self, row: Row) -> bool:
        """Tell whether a row of cells heads a group: a label before a value, or code and name side by side; none of its
        cells is an amount, whatever column it stands in.
        """
        if self.reader.has_amount(row):
            return False
        texts = self.reader.texts(row)
        if len(texts) < 2 or headers.is_data(row.cells):
            return False
        if texts[0].endswith(":") or has_partner_label(texts):
            return total_label(texts[0]) is None
        is_code = has_digit(texts[0]) != has_digit(texts[1])
        return is_code and not any(map(is_currency, texts)) and not self._is_header(row)

    def _has_date(self, row: Row) -> bool:
        """Tell whether a date column holds a date, or what was meant as one."""
        for name in self._date_names:
            found = self.reader.date_cell(row, name)
            if found.day is not None:
                return True
            if found.filled:
                text = clean(found.cell)
                if len(text) <= 20 and has_digit(text) and total_label(text) is None:
                    return True
        return False

    def _is_header(self, row: Row) -> bool:
        """Tell whether a row repeats the header."""
        return self._headers.is_header(self.reader.texts(row))

    def _is_other_header(self, row: Row) -> bool:
        """Tell whether a row heads a table, in other words than the first header; none has an amount."""
        if any(read_amount(cell, ".") for _name, cell in self.reader.filled_amounts(row)):
            return False
        return self._headers.is_other(row)

    def _take_header(self, row: Row) -> None:
        """Take in a header below the first one: the same again, which ends the group before, or another: a stop."""
        other = self._headers.tell(row)
        if other:
            self.problems.append(other)
            return
        self._tell("row_header_repeated", row)
        if not self._is_fresh:
            self.group.forget_partner()

    def _is_percent(self, row: Row) -> bool:
        """Tell whether a row gives shares: 100% 32% 64%, or the same numbers typed."""
        columns = [*self.layout.buckets, *(self.layout.fields[name] for name in AMOUNTS if name in self.layout.fields)]
        if any(self.reader.at(row, column).endswith("%") for column in columns):
            return True
        cells = [cell for cell in row.cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        filled = [cell for cell in row.cells if cell is not None and cell != ""]
        if len(cells) < 3 or len(cells) != len(filled) or max(cells) != cells[0]:
            return False
        return cells[0] in (1, 100) and abs(sum(cells[1:]) - cells[0]) < cells[0] * 0.03

    def _take_total(self, row: Row, number: str, has_date: bool) -> bool:
        """Take a row in as a total if it is one: it has an amount, but no number and no date."""
        if has_date:
            return False
        label = self._label(row)
        if label is None:
            if number or not self._is_only_amounts(row):
                return False
        elif not self._is_total(row, label, number):
            return False
        total = self.reader.read(row)
        total.group = self.group.serial
        self.totals.append(Total(row.number, label, total))
        self._tell("row_total", row)
        if label:
            self.group.forget_partner()
        return True

    def _label(self, row: Row) -> str | None:
        """Return what the first texts of a row are the total of, None if they are no label."""
        texts = (text for text in self.reader.texts(row) if read_amount(text, ".") is None)
        for text in islice(texts, 3):
            label = total_label(text)
            if label is not None:
                return label
        return None

    def _is_total(self, row: Row, label: str, number: str) -> bool:
        """Tell whether a row with a label is a total: it holds an amount, and no document number of its own."""
        if number and total_label(number) is None and (label or not self._date_names):
            return False
        texts = self.reader.texts(row)
        amounts = [text for text in texts if total_label(text) is None and read_amount(text, ".") is not None]
        return bool(amounts) or self.reader.has_amount(row) or (len(texts) == 1 and label == "")

    def _is_only_amounts(self, row: Row) -> bool:
        """Tell whether a row holds amounts, no partner's number among them, and else only currencies and marks."""
        if self.reader.text(row, "partner_number") in self._partners:
            return False
        amounts = 0
        for cell in row.cells:
            text = clean(cell)
            if text in BLANKS or is_currency(text) or fold(text) in _SIDE_WORDS:
                continue
            if looks_like_date(cell) or read_amount(cell, ".") is None:
                return False
            amounts += 1
        return amounts > 0 and self.reader.has_amount(row)

    def _take_other(self, row: Row, number: str, has_date: bool) -> None:
        """Take in a row that lacks something: a heading, a document without number, date or amount, a continuation."""
        texts = self.reader.texts(row)
        if self.reader.has_amount(row):
            if number or has_date or self._is_partner_row(row) or any(map(looks_like_date, row.cells)):
                self._take_document(row)
            else:
                self._take_heading(row, [text for text in texts if read_amount(text, ".") is None])
        elif self._is_continuation(row, number, has_date):
            self._tell("row_continuation", row)
        elif len(texts) == 1 or (not number and not has_date and self._is_heading(row, texts)):
            self._take_heading(row, self._heading_texts(row))
        elif number:
            self._take_document(row)
        else:
            self._tell("row_continuation", row)

    def _is_continuation(self, row: Row, number: str, has_date: bool) -> bool:
        """Tell whether a row only goes on where the last one stopped: nothing in the columns that are used."""
        if number or has_date or not self._partner_in_rows or row.cells[0]:
            return False
        used = set(self.layout.fields.values())
        headed = [column for column, text in enumerate(self.layout.header.texts) if text]
        filled = [column for column in range(len(row.cells)) if self.reader.at(row, column)]
        return all(column not in used and column in headed for column in filled)

    def _is_partner_row(self, row: Row) -> bool:
        """Tell whether a row with an amount alone is a document: its partner stands where all rows have theirs."""
        named = self.reader.text(row, "partner_number") or self.reader.text(row, "partner_name")
        return bool(named) and self._partner_in_rows and not has_partner_label([named])

    def _is_heading(self, row: Row, texts: list[str]) -> bool:
        """Tell whether a row of texts heads a group."""
        return len(texts) <= 4 or not self._partner_in_rows

    def _take_heading(self, row: Row, texts: list[str]) -> None:
        """Take a heading in; where rows name their partner, a heading of a partner only begins a group."""
        if not texts or " ".join(texts) in self._preamble:
            self._tell("row_text", row)
            return
        group = replace(self.group)
        if not self._is_fresh:
            group.partner_number = group.partner_name = ""
        found = read_heading(texts, group)
        if found == "unnamed" and (self._is_fresh or self._partner_in_rows):
            found = "text"
        if found in ("text", "bucket"):
            group.partner_number, group.partner_name = self.group.partner_number, self.group.partner_name
        elif found == "unnamed":
            self._begin_unnamed(row, group)
        if found == "partner" and self._partner_in_rows:
            group = replace(self.group, serial=self.group.serial + 1, label=texts[0])
        self.group = group
        self._is_fresh = self._is_fresh or found in ("partner", "section", "unnamed")
        self._tell("row_text" if found == "text" else "row_group", row)

    def _begin_unnamed(self, row: Row, group: Group) -> None:
        """Begin a group of nobody: its rows wait for a person."""
        group.forget_partner()
        group.is_unnamed = True
        text = " | ".join(self.reader.texts(row)[:6])
        self.problems.append(Issue("warning", "group_unnamed", row=row.number, text=text))

    def _take_wide(self, row: Row) -> None:
        """Take in a row with more cells than the header: whose it is, and nothing else."""
        self._reject_cells(row)
        self._wide_documents.append(row)

    def _take_shifted(self, row: Row) -> None:
        """Take in a row with another number of cells than the others, likewise."""
        self._reject_cells(row)
        self.problems.append(doubts.tell_shifted(row))

    def _reject_cells(self, row: Row) -> None:
        """Reject a row of which nothing is sure but whose it is."""
        self._is_fresh = False
        raw = self.reader.read(row)
        doubts.forget_cells(raw)
        self._add_group(raw)
        self.rejected.append(raw)
        if not self._partner_in_rows and not self._has_date(row):
            self.group = Group(is_unnamed=True)  # it may head one

    def _take_document(self, row: Row) -> None:
        """Take a document in, or say why it is left out."""
        self._is_fresh = False
        raw = self.reader.read(row)
        unreadable = self.reader.unreadable
        self._add_group(raw)
        reason = why_left_out(self.reader, row, raw)
        if reason:
            self.left_out.append(raw)
            self.problems.append(replace(reason, row=row.number, text=" | ".join(self.reader.texts(row)[:6])))
            return
        bad = self.group.is_unnamed and not raw.own_partner
        for code, name, text in unreadable:
            if code == "amount_unreadable" and not self._matters(name, raw):
                continue
            bad = bad or code == "amount_unreadable" or doubts.is_misplaced(self._profile(name), text)
            column = self.layout.text(name)
            self.problems.append(
                Issue("warning", code, {"column": column, "text": text}, row=row.number, column=column, text=text)
            )
        (self.rejected if bad else self.raws).append(raw)

    def _profile(self, name: str) -> Profile:
        """Return what a canonical column looks like."""
        return self.layout.profiles[self.layout.fields[name]]

    def _matters(self, name: str, raw: Raw) -> bool:
        """Tell whether an unreadable amount column was needed for the balance."""
        if name in ("total", "paid"):
            return raw.amount is None or ("balance" not in self.layout.fields and "debit" not in self.layout.fields)
        if name in ("debit", "credit"):
            return "balance" not in self.layout.fields
        return True

    def _add_group(self, raw: Raw) -> None:
        """Give a row the partner and kind of its group where it has none."""
        raw.group = self.group.serial
        raw.kind = raw.kind or self.group.kind
        if self._partner_in_rows and raw.own_partner:
            return
        if not raw.partner_name:
            raw.partner_name = self.group.partner_name
            raw.partner_number = raw.partner_number or self.group.partner_number
        elif not raw.partner_number and raw.partner_name == self.group.partner_name:
            raw.partner_number = self.group.partner_number
