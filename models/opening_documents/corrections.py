"""Rows of opening documents that a person is given back to correct: they are read again without their file."""

from collections import Counter
from dataclasses import replace

from odoo import models

from ...engine import read_rows, settle_cell, standard_header
from ..open_balance_import_file import CORRECTABLE
from .fields import DOCUMENT_TYPES


class OpenBalanceImportFile(models.Model):
    _inherit = "open.balance.import.file"

    def _get_rows(self, lines):
        """The rows of lines as they stand in the file, with what another file would not tell of them: type and
        currency, which settings or a heading may have told, and columns, dates and amounts that could be misread.

        :return: line and its cells by header
        """
        self.ensure_one()
        columns = {_tidy(column.name): column for column in self.column_ids if column.field}
        fields = {header: column.field for header, column in columns.items()}
        strict = "net_total" in fields.values()
        headers = {
            header: (column.field != column.detected and standard_header(column.field, strict)) or header
            for header, column in columns.items()
        }
        mark, order = self._get_styles()
        cells = self._get_cells()
        for line in lines:
            row = cells.get(line.row, {})
            found = {
                headers.get(header, header): settle_cell(fields.get(header, ""), cell, mark, order)
                for header, cell in row.items()
            }
            yield line, found if strict else {**found, **self._get_told(line, row, fields, headers)}

    def _get_told(self, line, row, fields, headers) -> dict:
        """Type and currency of a line where its row doesn't say them, or only together with settings of the run.

        :param dict row: cells by the file's header
        :param dict fields: canonical column by the file's header
        :param dict headers: header to write by the file's header
        """
        places = {field: header for header, field in fields.items()}
        told = {}
        if line.document_type and (line.kind == "payable" or not row.get(places.get("type"))):
            # Never translated: the reader knows the types by these texts.
            told["type"] = dict(DOCUMENT_TYPES)[line.document_type]
        if line.file_currency and not row.get(places.get("currency")):
            told["currency"] = line.file_currency
        return {headers.get(places.get(name), standard_header(name)): value for name, value in told.items()}

    def _get_styles(self):
        """The file's decimal mark and date order, None if a person has not settled it yet."""
        problems = self.import_id.problem_ids.filtered(lambda problem: problem.file_name == self.name)
        codes = set(problems.mapped("code"))
        return (
            None if "decimal_mark_unknown" in codes else self.decimal_mark,
            None if "date_order_unknown" in codes else self.date_order,
        )

    def _get_cells(self) -> dict[int, dict]:
        """What stands in the file, by row and header."""
        options = replace(
            self.import_id.source_id._get_read_options(),
            **{option: self[name] or None for name, option in CORRECTABLE.items()},
        )
        rows = {row.number: row.cells for row in read_rows(self._get_bytes(), options)}
        headers = []
        seen = Counter()
        for text in map(_tidy, rows.get(self.header_row, ())):
            seen[text] += 1
            # The reader tells columns of one name apart in the same way.
            headers.append(f"{text} ({seen[text]})" if text and seen[text] > 1 else text)
        return {
            number: {name: cell for name, cell in zip(headers, cells, strict=False) if name}
            for number, cells in rows.items()
        }


def _tidy(text) -> str:
    """A header without odd spaces."""
    return " ".join(str(text or "").split())
