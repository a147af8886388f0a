import base64
import io

import openpyxl

HEADERS = [
    "Document Type", "Partner Number", "Partner VAT", "Partner E-mail", "Partner Name", "Number", "Reference", "Date",
    "Due Date", "Currency", "Rate", "Company Amount", "Total", "Tax Amount", "Tax", "Open Amount", "Description",
    "Period Start", "Period End", "Analytic Account", "Salesperson", "Payment Terms",
]  # fmt: skip


def open_template(content):
    """The workbook of a downloaded file."""
    return openpyxl.load_workbook(io.BytesIO(base64.b64decode(content)))


def fill_template(content, rows):
    """The template as bytes, saved by another program, with rows below its last one.

    :param rows: dictionaries of values by header
    """
    workbook = open_template(content)
    sheet = workbook.worksheets[0]
    for index, row in enumerate(rows, start=sheet.max_row + 1):
        for header, value in row.items():
            sheet.cell(index, HEADERS.index(header) + 1).value = value
    return save(workbook)


def save(workbook):
    """A workbook as bytes."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
