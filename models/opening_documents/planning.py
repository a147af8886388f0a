"""The way of a list of opening documents from what was read to stored lines. Nothing here books."""

from odoo import api, fields, models

from ...engine import DOCUMENT_TYPES, PAYMENT_TYPES, Issue, OpeningAction, OpeningPolicy, plan_opening
from ...messages import to_json
from .books import OpeningBooks

# The source's settings that a plan of opening documents depends on; journals may be made after planning.
OPENING_SETTINGS = (
    "opening_form", "opening_date", "opening_tax", "opening_cash_basis", "opening_allocate",
    "opening_create_partners", "payment_date", "fixed_payment_date", "all_or_nothing", "partner_keys",
)  # fmt: skip
OPENING_JOURNALS = ("journal_id", "opening_sale_journal_id", "opening_purchase_journal_id", "opening_entry_journal_id")


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    opening_settings = fields.Json(readonly=True, copy=False, help="The source's settings when the run was planned.")

    def _plan_opening(self, results, assigned) -> list[Issue]:
        """Plan a list of opening documents and store the plan as lines.

        :return: what is in the plan's way
        """
        read = [(file, item) for file, result in results for item in result.items]
        books = OpeningBooks(self, [item for _file, item in read])
        planned = plan_opening(
            [item for _file, item in read],
            books.books,
            books.partners,
            books.directory,
            self._get_opening_policy(books),
            self._index_assignments(read, assigned),
        )
        self.env["open.balance.import.line"]._store(
            self._prepare_opening_vals(action, read[action.item], books, assigned) for action in planned.actions
        )
        self._note(
            {
                "complete": False,
                "planned_cover": False,
                "totals": self._get_opening_totals(planned, books),
                "opening_settings": self._get_opening_settings(),
            }
        )
        return [*planned.problems, *self._get_opening_guards(results, planned, read)]

    def _get_opening_policy(self, books: OpeningBooks) -> OpeningPolicy:
        """How this run's list is judged."""
        source = self.source_id
        return OpeningPolicy(
            company_currency=self.company_currency_id.name,
            roundings=books.active_roundings,
            balance_date=self.balance_date,
            today=fields.Date.context_today(self),
            partner_keys=tuple(source._get_partner_keys()),
            all_or_nothing=source.all_or_nothing,
            books_tax=source.opening_tax == "exact",
            creates_partners=source.opening_create_partners,
        )

    # === LINES === #

    def _prepare_opening_vals(self, action: OpeningAction, found, books: OpeningBooks, assigned) -> dict:
        """Values of the line that keeps one action of the plan.

        :param found: the file and the item that were read
        """
        kind, _sign = DOCUMENT_TYPES.get(action.document_type, (False, 0))
        booked = "payment_id" if action.document_type in PAYMENT_TYPES else "move_id"
        return {
            "import_id": self.id,
            "company_id": self.company_id.id,
            "action": action.type,
            "kind": kind,
            "reason_code": action.reason.code,
            "reason_values": to_json(action.reason.values),
            "partner_id": action.partner_id or False,
            "suggested_partner_id": (action.type == "review" and action.suggestion.partner_id) or False,
            "new_partner": action.new_partner or False,
            "document_type": action.document_type or False,
            "document_index": action.document,
            "move_id": False,
            "payment_id": False,
            booked: action.book_id or False,
            "currency_id": books.currency_ids.get(action.currency) or self.company_currency_id.id,
            "total_amount": float(action.total),
            "tax_amount": float(action.tax),
            "reported_balance": float(action.open),
            "booked_balance": 0.0,
            "payment_amount": float(action.paid),
            "company_total": float(action.company_total),
            "company_amount": float(action.company_total),
            "company_reported": float(books.get_company_open(action)),
            "tax_id": action.tax_id or False,
            "analytic_distribution": {str(action.analytic_id): 100} if action.analytic_id else False,
            "salesperson_id": action.salesperson_id or False,
            "payment_term_id": action.payment_term_id or False,
            **self._prepare_opening_item_vals(*found, assigned),
        }

    def _prepare_opening_item_vals(self, file, item, assigned) -> dict:
        """Values of a line that say what was read of a document."""
        start, end = item.period_start, item.period_end
        if item.strict and not start and not end:
            start = end = self.balance_date
        return {
            "file_id": file.id,
            "row": item.row,
            "partner_number": item.partner_number,
            "partner_name": item.partner_name,
            "partner_vat": item.partner_vat,
            "partner_email": item.partner_email,
            "number": item.number,
            "reference": item.reference,
            "date": item.date,
            "due_date": item.due_date,
            "description": item.description,
            "period_start": start,
            "period_end": end,
            "file_balance": float(item.open or 0),
            "file_currency": item.currency,
            "is_assigned": (file.id, item.row) in assigned,
        }

    # === SETTINGS === #

    def _get_opening_settings(self) -> dict:
        """The source's settings that the plan depends on, and the journals that it has already."""
        source = self.source_id
        settings = {name: source[name] for name in OPENING_SETTINGS}
        settings["fixed_payment_date"] = fields.Date.to_string(source.fixed_payment_date)
        return settings | {name: source[name].id for name in OPENING_JOURNALS if source[name]}

    @api.model
    def _get_opening_payment_date(self, date, due_date):
        """The date on which the paid part of a document that is still to be created is booked.

        :param date: the document's
        :param due_date: the document's last, may be empty
        """
        if self.source_id.payment_date == "document":
            return date
        if self.source_id.payment_date == "due":
            return due_date or date
        return self.source_id.fixed_payment_date if self.source_id.payment_date == "fixed" else self.balance_date
