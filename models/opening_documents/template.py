"""The template of a list of opening documents: headers, explanations, lists to choose from, and two example rows."""

from dataclasses import dataclass
from datetime import date

from odoo import fields, models
from odoo.tools import LazyTranslate

from ..run.download import AMOUNT_FORMAT, DATE_FORMAT, OPENING_SHEET, add_sheet, write_cell, write_workbook
from .fields import DOCUMENT_TYPES

_lt = LazyTranslate(__name__)

LISTS_SHEET = "Lists"
# Rows that have formats and lists to choose from.
LAST_ROW = 100_000
FORMATS = {"text": "@", "date": DATE_FORMAT, "amount": AMOUNT_FORMAT, "rate": "0.000000"}

MANDATORY = {
    "yes": _lt("yes"),
    "documents": _lt("yes, but not for receipts and payments"),
    "partner": _lt("one of the four"),
    "no": _lt("no"),
}


@dataclass(frozen=True)
class TemplateColumn:
    """A column of the template. Its header is never translated: the reader knows it by that text.

    ``style``: one of FORMATS. ``mandatory``: one of MANDATORY. ``help``: what goes in, to be translated.
    ``examples``: what the two example rows hold.
    """

    header: str
    width: int
    style: str
    mandatory: str
    help: object
    examples: tuple = (None, None)


COLUMNS = (
    TemplateColumn(
        "Document Type", 21, "text", "no",
        _lt("What it was in the old system. Empty: a positive total is a customer invoice, a negative one a credit "
            "note (in a list of vendors: a bill, a vendor credit note). Receipts and payments are money that was not "
            "allocated to a document yet, such as prepayments."),
        ("Customer Invoice", "Vendor Bill"),
    ),
    TemplateColumn(
        "Partner Number", 16, "text", "partner",
        _lt("Debtor or creditor number, or the partner's reference in Odoo."),
        ("10001", "70001"),
    ),
    TemplateColumn("Partner VAT", 18, "text", "partner", _lt("VAT number of the customer or vendor.")),
    TemplateColumn("Partner E-mail", 26, "text", "partner", _lt("E-mail address of the customer or vendor.")),
    TemplateColumn(
        "Partner Name", 30, "text", "partner",
        _lt("Name as in Odoo. It is needed where a missing partner is to be created."),
        ("Example Customer Ltd", "Example Vendor Ltd"),
    ),
    TemplateColumn(
        "Number", 20, "text", "no",
        _lt("Number of the document in the old system; for bills the vendor's own. It tells whether a document is in "
            "Odoo already. Rows with the same partner, type and number are one document: an instalment for each "
            "due date, with its own total, tax and open amount. Rows that begin with EXAMPLE- are left out."),
        ("EXAMPLE-2025-0042", "EXAMPLE-RE-881"),
    ),
    TemplateColumn(
        "Reference", 18, "text", "no",
        _lt("The customer's or vendor's reference, such as an order number."),
        ("PO 4711", None),
    ),
    TemplateColumn(
        "Date", 12, "date", "yes", _lt("Date of the document."), (date(2025, 11, 3), date(2025, 11, 20))
    ),
    TemplateColumn(
        "Due Date", 12, "date", "no",
        _lt("When it is due. Empty: by the payment terms, else the date of the document."),
        (date(2025, 12, 3), date(2025, 12, 20)),
    ),
    TemplateColumn("Currency", 10, "text", "no", _lt("Three letters. Empty: the company's currency.")),
    TemplateColumn(
        "Rate", 12, "rate", "no",
        _lt("What one unit of the document's currency was worth in the company's currency. Empty: Odoo's rate of the "
            "document's date."),
    ),
    TemplateColumn(
        "Company Amount", 16, "amount", "no",
        _lt("The total in the company's currency. Instead of the rate."),
    ),
    TemplateColumn(
        "Total", 14, "amount", "documents",
        _lt("What the document was made out for, with tax, in its currency. With a document type, its sign is free."),
        (1190.0, 238.0),
    ),
    TemplateColumn("Tax Amount", 14, "amount", "no", _lt("The part of the total that is tax."), (190.0, 38.0)),
    TemplateColumn(
        "Tax", 22, "text", "no",
        _lt("Name of the tax in Odoo. It is only booked if the balance source says so."),
    ),
    TemplateColumn(
        "Open Amount", 14, "amount", "yes",
        _lt("What is still open of the total, with tax. 0 if it is settled; an empty cell is an error. The rest is "
            "booked as paid."),
        (690.0, 238.0),
    ),
    TemplateColumn(
        "Description", 34, "text", "no", _lt("What was sold or bought: the text of the document's line."),
        ("Consulting, October 2025", "Office supplies"),
    ),
    TemplateColumn(
        "Period Start", 12, "date", "no", _lt("First day of the period that was invoiced."), (date(2025, 10, 1), None)
    ),
    TemplateColumn(
        "Period End", 12, "date", "no", _lt("Last day of the period that was invoiced."), (date(2025, 10, 31), None)
    ),
    TemplateColumn("Analytic Account", 22, "text", "no", _lt("Name or code of the analytic account.")),
    TemplateColumn("Salesperson", 22, "text", "no", _lt("Name or login of the salesperson.")),
    TemplateColumn(
        "Payment Terms", 22, "text", "no", _lt("Name of the payment terms. The due dates of the list come first.")
    ),
)  # fmt: skip
HEADERS = tuple(column.header for column in COLUMNS)
EXPLANATION_HEADER = ("Column", "Mandatory", "What goes in", "Example")
EXPLANATION_WIDTHS = (20, 24, 90, 24)


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    opening_template_file = fields.Binary("Opening Template", compute="_compute_opening_template_file")
    opening_partners_file = fields.Binary("Opening Template with Partners", compute="_compute_opening_partners_file")

    def _compute_opening_template_file(self):
        for source in self:
            source.opening_template_file = source._write_opening_template()

    def _compute_opening_partners_file(self):
        for source in self:
            source.opening_partners_file = source._write_opening_template(source._get_partner_rows())

    def action_download_opening_template(self):
        """Download an empty list of opening documents, with explanations."""
        self.ensure_one()
        return self.env["open.balance.import"]._get_download(
            self, "opening_template_file", f"{self.company_id.name} opening documents.xlsx"
        )

    def action_download_opening_partners(self):
        """Download a list of opening documents that has a row for each partner already."""
        self.ensure_one()
        return self.env["open.balance.import"]._get_download(
            self, "opening_partners_file", f"{self.company_id.name} opening documents with partners.xlsx"
        )

    # === CONTENT === #

    def _get_opening_lists(self) -> dict[str, list[str]]:
        """What may be chosen in a column, by its header."""
        company = self.company_id
        Terms = self.env["account.payment.term"]
        salespersons = self.env["res.users"].search([("share", "=", False), ("company_ids", "in", company.ids)])
        found = {
            "Document Type": [label for _type, label in DOCUMENT_TYPES],
            "Currency": self.env["res.currency"].search([("active", "=", True)]).mapped("name"),
            "Tax": self._get_opening_taxes().mapped("name"),
            "Payment Terms": Terms.search(Terms._check_company_domain(company)).mapped("name"),
            "Salesperson": salespersons.mapped("name"),
            "Analytic Account": self._get_opening_analytics().mapped("name"),
        }
        return {header: list(dict.fromkeys(texts)) for header, texts in found.items()}

    def _get_opening_taxes(self):
        """Taxes of the company's own country, for sales and purchases."""
        Tax = self.env["account.tax"]
        return Tax.search(
            [
                *Tax._check_company_domain(self.company_id),
                ("type_tax_use", "in", ("sale", "purchase")),
                ("country_id", "=", self.company_id.account_fiscal_country_id.id),
            ]
        )

    def _get_opening_analytics(self):
        """Analytic accounts of the company; none for users who don't work with them."""
        Analytic = self.env["account.analytic.account"]
        if not Analytic.has_access("read"):
            return Analytic
        return Analytic.search(Analytic._check_company_domain(self.company_id))

    def _get_example_rows(self):
        """The two example rows: a part paid customer invoice, and a vendor bill."""
        taxes = self._get_opening_taxes()
        for place, use in enumerate(("sale", "purchase")):
            values = {column.header: column.examples[place] for column in COLUMNS}
            values["Currency"] = self.company_id.currency_id.name
            values["Tax"] = taxes.filtered(lambda tax, use=use: tax.type_tax_use == use)[:1].name or None
            yield tuple(values.values())

    def _get_partner_rows(self):
        """A row for each partner that is or may be a customer or vendor; one for each number that it has."""
        company = self.company_id
        Partner = self.env["res.partner"].with_company(company)
        partners = Partner.search(
            [
                *Partner._check_company_domain(company),
                "|", ("parent_id", "=", False), ("is_company", "=", True),
                "|", "|", ("partner_share", "=", True), ("customer_rank", ">", 0), ("supplier_rank", ">", 0),
                ("id", "!=", company.partner_id.id),
            ],
            order="name, id",
        )  # fmt: skip
        for partner in partners:
            numbers = dict.fromkeys(filter(None, (partner.debtor_number, partner.creditor_number)))
            for number in numbers or [partner.ref or None]:
                known = {
                    "Partner Number": number,
                    "Partner VAT": partner.vat or None,
                    "Partner E-mail": partner.email or None,
                    "Partner Name": partner.name or None,
                }
                yield tuple(known.get(header) for header in HEADERS)

    # === WORKBOOK === #

    def _write_opening_template(self, rows=()) -> bytes:
        """The template as base64.

        :param rows: rows below the examples
        """
        self.ensure_one()
        return write_workbook(lambda workbook: self._add_opening_sheets(workbook, rows))

    def _add_opening_sheets(self, workbook, rows):
        """The list comes first: it is the sheet that is shown, and that is read."""
        widths = [column.width for column in COLUMNS]
        sheet = add_sheet(workbook, OPENING_SHEET, HEADERS, (*self._get_example_rows(), *rows), widths)
        self._format_opening_sheet(workbook, sheet)
        self._add_explanations(workbook)
        self._add_lists(workbook, sheet)

    def _format_opening_sheet(self, workbook, sheet):
        """Formats of the columns, mandatory ones marked, an explanation on each header, examples in grey."""
        plain = {"bold": True, "bottom": 1, "bg_color": "#EDEDED"}
        headers = {False: workbook.add_format(plain), True: workbook.add_format({**plain, "bg_color": "#FCE4B6"})}
        formats = {style: workbook.add_format({"num_format": text}) for style, text in FORMATS.items()}
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width, formats[column.style])
            sheet.write_string(0, place, column.header, headers[column.mandatory in ("yes", "documents")])
            sheet.write_comment(0, place, self.env._(column.help), {"x_scale": 2.4, "y_scale": 1.6, "font_size": 9})
        number = chr(ord("A") + HEADERS.index("Number"))
        grey = workbook.add_format({"italic": True, "font_color": "#808080"})
        formula = f'=LEFT(${number}2,8)="EXAMPLE-"'
        sheet.conditional_format(
            1, 0, LAST_ROW, len(COLUMNS) - 1, {"type": "formula", "criteria": formula, "format": grey}
        )
        sheet.freeze_panes(1, HEADERS.index("Number") + 1)

    def _add_explanations(self, workbook):
        """A sheet that tells what goes into each column."""
        rows = (
            (
                column.header,
                self.env._(MANDATORY[column.mandatory]),
                self.env._(column.help),
                next((str(example) for example in column.examples if example), None),
            )
            for column in COLUMNS
        )
        sheet = add_sheet(workbook, "Explanations", EXPLANATION_HEADER, rows, EXPLANATION_WIDTHS)
        wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        for place, width in enumerate(EXPLANATION_WIDTHS):
            sheet.set_column(place, place, width, wrap)

    def _add_lists(self, workbook, sheet):
        """What may be chosen stands on a hidden sheet: a list inside a cell's rule is limited to 255 characters."""
        lists = workbook.add_worksheet(LISTS_SHEET)
        lists.hide()
        for place, (header, texts) in enumerate(self._get_opening_lists().items()):
            for row, text in enumerate(texts):
                write_cell(lists, row, place, text)
            if not texts:
                continue
            letter = chr(ord("A") + place)
            column = HEADERS.index(header)
            rule = {
                "validate": "list",
                "source": f"={LISTS_SHEET}!${letter}$1:${letter}${len(texts)}",
                # Other texts are a person's right: the reader knows more names, and says which it doesn't know.
                "error_type": "information",
                "error_title": header,
                "error_message": self.env._("This is not one of the list. The import tells whether it is understood."),
            }
            sheet.data_validation(1, column, LAST_ROW, column, rule)
