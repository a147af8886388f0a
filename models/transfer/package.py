"""What a package hands over, and how it wants it."""

from collections import Counter
from dataclasses import dataclass

from odoo import fields, models
from odoo.fields import Domain

from ...engine.handover import FORMATS, Column, HandoverSettings
from .parties import NUMBERS

SALES = ("out_invoice", "out_refund", "out_receipt")
PURCHASES = ("in_invoice", "in_refund", "in_receipt")
MIB = 2**20


@dataclass
class Range:
    """Numbers that a package gives to partners who have none."""

    first: int
    last: int
    highest: int

    def take(self) -> str:
        """The next number, "" if there is none left."""
        number = max(self.first, self.highest + 1)
        if not self.first or number > self.last:
            return ""
        self.highest = number
        return str(number)


class OpenBalancePackage(models.Model):
    _inherit = "open.balance.package"

    def _get_document_domain(self) -> list:
        """Which documents the package takes. Extension point; nothing is left out where there is no package."""
        if not self:
            return []
        types = [*(SALES if self.sales else ()), *(PURCHASES if self.purchases else ())]
        domain = [
            ("move_type", "in", types),
            ("open_balance_type", "=", False),
            ("date", ">=", self.start_date),
            ("journal_id.open_balance_opening", "=", False),
        ]
        return [*domain, ("journal_id", "in", self.journal_ids.ids)] if self.journal_ids else domain

    def _get_needs(self):
        """What the package's format cannot do without."""
        return FORMATS[self.format].needs

    def _get_handover_settings(self) -> HandoverSettings:
        """How the package wants its files. Extension point."""
        self.ensure_one()
        return HandoverSettings(
            stamp=fields.Datetime.context_timestamp(self, fields.Datetime.now()).replace(tzinfo=None),
            company=self.company_id.name,
            max_documents=self.max_documents,
            max_size=int(self.max_size * MIB),
            options={
                "lines": self.exact_lines,
                "credit_limits": self.credit_limits,
                "consultant": self.datev_consultant,
                "client": self.datev_client,
                "account_length": self.datev_account_length,
                "chart": self.datev_chart,
                "initials": self.datev_initials,
                "lock": self.datev_lock,
                "encoding": self.encoding,
                "columns": tuple(
                    Column(column.header, column.field or "", column.fixed or "") for column in self.column_ids
                ),
                "separator": self.separator,
                "decimal_mark": self.decimal_mark,
                "date_format": self.date_format,
                "sign": self.sign,
                "row_per": self.row_per,
            },
        )

    def _get_ranges(self) -> dict:
        """The numbers that are left for partners in each role."""
        bounds = {
            "customer": (self.debtor_from, self.debtor_to),
            "vendor": (self.creditor_from, self.creditor_to),
        }
        return {role: Range(*bound, self._find_highest(role, *bound)) for role, bound in bounds.items()}

    def _has_one_number(self) -> bool:
        """Whether a number is one partner's there, whatever its role: in Exact it is one account."""
        return self.single_number or self.format == "exact_xml"

    def _find_highest(self, role: str, first: int, last: int) -> int:
        """The highest number of a range that is taken, whoever has it."""
        if not first:
            return 0
        # By sudo: a number is taken, too, if the partner who has it is hidden from the user.
        Partner = self.env["res.partner"].sudo().with_company(self.company_id).with_context(active_test=False)
        field = NUMBERS[role]
        taken = {int(text) for (text,) in _read_values(Partner, field) if text and text.isdecimal()}
        if self._has_one_number():
            other = NUMBERS["vendor" if role == "customer" else "customer"]
            taken |= {int(text) for (text,) in _read_values(Partner, other) if text and text.isdecimal()}
        return max((number for number in taken if first <= number <= last), default=0)

    # === CODES === #

    def action_propose_codes(self):
        """List what occurred in the documents of the last 12 months, so that a person gives each its code."""
        for package in self:
            package.check_access("write")
            found = package._count_references()
            for (name, record_id), count in found.items():
                known = package.code_ids.filtered(
                    lambda code, name=name, record_id=record_id: code[name].id == record_id
                )
                if known:
                    known.used = count
                else:
                    package.code_ids = [
                        fields.Command.create(
                            {name: record_id, "used": count, "code": package._propose_code(name, record_id)}
                        )
                    ]

    def _propose_code(self, name: str, record_id: int) -> str:
        """A code for something that has none: never guessed for a tax, as a rate says too little."""
        record = self.env[self.env["open.balance.package.code"]._fields[name].comodel_name].browse(record_id)
        if name == "payment_term_id" and len(record.line_ids) == 1:
            return str(record.line_ids.nb_days)
        return ""

    def _count_references(self) -> Counter:
        """How many documents of the last 12 months have each journal, tax and payment term.

        :return: (field of a code, id) -> number
        """
        start = fields.Date.subtract(fields.Date.context_today(self), years=1)
        domain = Domain(self.env["account.move"]._get_open_balance_domain(self.company_id))
        domain &= Domain(self._get_document_domain()) & Domain("state", "=", "posted")
        domain = domain.map_conditions(
            lambda condition: Domain("date", ">=", start) if condition.field_expr == "date" else condition
        )
        Move, counts = self.env["account.move"], Counter()
        for name, field in (("journal_id", "journal_id"), ("payment_term_id", "invoice_payment_term_id")):
            for record, count in Move._read_group(domain, [field], ["__count"]):
                if record:
                    counts[name, record.id] = count
        lines = Domain("move_id", "any", domain)
        for tax, count in self.env["account.move.line"]._read_group(lines, ["tax_ids"], ["move_id:count_distinct"]):
            if tax:
                counts["tax_id", tax.id] = count
        return counts


def _read_values(partners, field: str) -> list:
    """All values of a partner's number."""
    return [(partner[field],) for partner in partners.search_fetch([(field, "!=", False)], [field])]
