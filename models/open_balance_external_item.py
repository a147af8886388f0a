from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import number_form
from . import open_balance_import, open_balance_of_company  # noqa: F401  # extended here
from .open_balance_import_line import EXTERNAL_ACTIONS

# What a line of a run may say of an external item. The first two say what is open of it, the others that it is closed.
STATEMENTS = ("keep", *EXTERNAL_ACTIONS)


class OpenBalanceExternalItem(models.Model):
    """An open item the books of Odoo don't know: a list reported it, no document of Odoo bears its number.

    It counts in the partner's balance. It is closed, never deleted, when a complete list no longer has it or when its
    document appears in Odoo.
    """

    _name = "open.balance.external.item"
    _description = "External Open Item"
    _inherit = ["open.balance.of.company"]
    _order = "partner_id, date, number, id"
    _rec_name = "number"

    active = fields.Boolean("Open", default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    source_id = fields.Many2one(
        "open.balance.source", "Balance Source", readonly=True, index="btree_not_null", check_company=True
    )
    partner_id = fields.Many2one("res.partner", required=True, index=True, readonly=True)
    kind = fields.Selection([("receivable", "Receivable"), ("payable", "Payable")], required=True, readonly=True)
    number = fields.Char(readonly=True)
    reference = fields.Char(readonly=True)
    date = fields.Date("Document Date", readonly=True)
    due_date = fields.Date(readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    balance = fields.Monetary(readonly=True, help="What is open; positive = the partner owes us.")
    company_balance = fields.Monetary("Balance (company currency)", currency_field="company_currency_id", readonly=True)
    import_id = fields.Many2one(
        "open.balance.import",
        "Last changed by",
        readonly=True,
        check_company=True,
        index="btree_not_null",
        help="The last run that changed it.",
    )
    closed_by_id = fields.Many2one("open.balance.import", "Closed by", readonly=True, check_company=True)
    move_id = fields.Many2one(
        "account.move",
        "Document in Odoo",
        readonly=True,
        help="The document that has appeared since; it may be a branch's.",
    )

    @api.depends("number", "partner_id", "date")
    def _compute_display_name(self):
        for item in self:
            item.display_name = (
                item.number or f"{item.partner_id.display_name} {fields.Date.to_string(item.date) or ''}"
            )

    @api.constrains("company_id", "move_id")
    def _check_document_of_company(self):
        for item in self:
            if item.move_id and item.company_id not in item.move_id.company_id.parent_ids:
                raise ValidationError(self.env._("The document belongs to another company."))

    def _merge_partners(self, sources, target):
        """Give what partners owe by items of this kind to another one that they are merged into."""
        self.with_context(active_test=False).search([("partner_id", "in", sources.ids)]).partner_id = target

    # === UNDO === #

    def _apply_standing(self, undone):
        """Make the items what the newest run that still stands says of them; closed if none says anything.

        :param open.balance.import undone: the run that is taken back
        """
        said = self._get_standing_lines()
        # First what nobody names any more: it stands in no other item's place then.
        # Items are nobody's to write, but the import's.
        (self - self.browse().union(*said)).sudo().write(undone._prepare_closing_vals())
        closing = self._get_closing_runs({item: lines[0].import_id for item, lines in said.items()})
        for item, lines in said.items():
            told = next((line for line in lines if line.action in ("external", "keep")), None)
            vals = told._get_external_values() if told else {}
            if lines[0] != told:
                vals |= lines[0]._get_external_values()
            elif item in closing:
                vals |= closing[item]._prepare_closing_vals()
            item.sudo().write(vals)  # as above

    def _get_standing_lines(self) -> dict:
        """What the runs that stand say of the items: lines by item, those of the last applied run first."""
        lines = self.env["open.balance.import.line"].search(
            [
                ("external_id", "in", self.ids),
                ("company_id", "in", self.company_id.ids),
                ("action", "in", STATEMENTS),
                ("state", "=", "done"),
                ("import_id.state", "=", "done"),
            ]
        )
        return lines.sorted(lambda line: line.import_id._get_order(), reverse=True).grouped("external_id")

    def _get_closing_runs(self, named: dict) -> dict:
        """The runs that would have closed items, had these been open then: applied after the last one that names them.

        That is a complete list without the item, or one that has made another external item of it.

        :param dict named: per item the last applied run that names it
        :return: such a run by item, if there is one
        """
        lists = self._get_complete_lists(named)
        doubts = self._get_doubts(lists)
        partners = lists._get_listed_partners()
        others = self.search([("partner_id", "in", self.partner_id.ids), ("number", "!=", False)])
        others = others.grouped(lambda item: item._get_identity())
        closing = {}
        for item, run in named.items():
            silent = (one for one in lists if one._must_name(item, partners) and not item._is_doubted(one, doubts))
            same = (others.get(item._get_identity(), self.browse()) - item).import_id
            found = [one for one in (*islice(silent, 1), *same) if one.state == "done"]
            newest = max((run, *found), key=lambda one: one._get_order())
            if newest != run:
                closing[item] = newest
        return closing

    def _get_identity(self) -> tuple:
        """By what a list knows the item."""
        return (self.company_id, self.source_id, self.partner_id, self.kind, self.number, self.due_date)

    def _get_complete_lists(self, named: dict):
        """The complete lists that stand and were applied since the first of some runs; the last one first.

        :rtype: open.balance.import
        """
        since = min((run.applied_on for run in named.values()), default=fields.Datetime.now())
        lists = self.env["open.balance.import"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "done"),
                ("per", "in", self.env["open.balance.list"]._get_pers(_tells_open_items=True)),
                ("complete", "=", True),
                ("applied_on", ">=", since),
            ]
        )
        return lists.sorted(lambda run: run._get_order(), reverse=True)

    def _get_doubts(self, lists) -> set[tuple]:
        """Runs that left items open, or would have, as one of their rows may mean them: with the item's own line, or
        else with partner and number of a row that waits for a person; no number = any, no partner = anybody's."""
        Line = self.env["open.balance.import.line"]
        own = Line._read_group(
            [("import_id", "in", lists.ids), ("external_id", "in", self.ids)], ["import_id", "external_id"]
        )
        waiting = Line.search_fetch(
            [("import_id", "in", lists.ids), ("row", ">", 0), ("action", "=", "review")],
            ["import_id", "partner_id", "number", "reason_code"],
        )
        return {*own, *((line.import_id, *line._get_doubted()) for line in waiting)}

    def _is_doubted(self, run, doubts: set[tuple]) -> bool:
        """Whether a row of a run may mean the item.

        :param doubts: see :meth:`_get_doubts`
        """
        places = [(self,), (self.partner_id, "")]
        if number := number_form(self.number or ""):
            places += [(self.partner_id, number), (self.partner_id.browse(), number)]
        return any((run, *place) in doubts for place in places)


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _get_listed_partners(self) -> set[tuple]:
        """Runs that cover only the partners that occur in them, each with each of these."""
        return {
            (run, partner.commercial_partner_id)
            for run, partner in self.env["open.balance.import.line"]._read_group(
                [
                    ("import_id", "in", self.filtered(lambda run: run.scope == "partners").ids),
                    ("row", ">", 0),
                    ("partner_id", "!=", False),
                ],
                ["import_id", "partner_id"],
            )
        }

    def _must_name(self, item, partners: set[tuple]) -> bool:
        """Whether a complete list would have to name an external item that is open.

        :param partners: see :meth:`_get_listed_partners`
        """
        if item.source_id not in (self.source_id, self.source_id.browse()):
            return False
        return item.kind in self._get_covered_kinds() and (
            self.scope == "ledger" or (self, item.partner_id) in partners
        )

    def _prepare_closing_vals(self) -> dict:
        """Values of an external item that this run closes."""
        return {"active": False, "closed_by_id": self.id, "import_id": self.id, "move_id": False}

    def _apply_confirmed_externals(self):
        """Confirmed items keep their balance; the list's due date is theirs, and its rate, as the partner has it."""
        lines = self.env["open.balance.import.line"].search(
            [
                ("import_id", "=", self.id),
                ("state", "=", "planned"),
                ("action", "=", "keep"),
                ("external_id", "!=", False),
            ]
        )
        for line in lines:
            item = line._get_own_external().sudo()  # items are nobody's to write, but the import's
            if item.due_date != line.due_date:
                item.due_date = line.due_date
            if self.company_currency_id.compare_amounts(item.company_balance, line.company_reported):
                item.company_balance = line.company_reported

    def _apply_undo_externals(self):
        """Make the external items that the run named or closed what the runs that still stand say of them."""
        lines = self._search_lines("done", action=STATEMENTS).filtered("external_id")
        closed = self.env["open.balance.external.item"].search(
            [("closed_by_id", "=", self.id), ("company_id", "=", self.company_id.id), ("active", "=", False)]
        )
        (lines._get_own_external() | closed)._apply_standing(self)
        for line in lines:
            run = line._get_own_external().import_id
            if run._get_order() > self._get_order():
                line._note({"result": self.env._("As %(run)s says, which was applied later.", run=run.name)})
        lines._note({"state": "undone"})


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _prepare_external_item_vals(self) -> dict:
        """Values of the external open item that keeps this line's item. Extension point."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "source_id": self.import_id.source_id.id,
            "import_id": self.import_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "kind": self.kind,
            "number": self.number,
            "reference": self.reference,
            "date": self.date,
            "due_date": self.due_date,
            "currency_id": self.currency_id.id,
            "balance": self.reported_balance,
            "company_balance": self.company_reported,
        }

    def _get_doubted(self) -> tuple:
        """Partner and number of what a row that waits may mean; a number that cannot be trusted is none."""
        number = "" if self.reason_code == "number_unsure" else number_form(self.number or "")
        return (self.partner_id.commercial_partner_id, number)

    def _apply_externals(self):
        """Create, update, close and adopt external open items."""
        new = self.filtered(lambda line: line.action == "external" and not line.external_id)
        # Items are nobody's to write, but the import's.
        Item = self.env["open.balance.external.item"].sudo()
        items = Item.create([line._prepare_external_item_vals() for line in new])
        for line, item in zip(new, items, strict=True):
            line._note({"external_id": item.id})
        for line in (self - new).filtered(lambda line: line.action in EXTERNAL_ACTIONS):
            line._get_own_external().sudo().write(line._get_external_values())  # as above

    def _get_own_external(self):
        """The external items of these lines that belong to the lines' companies: only these does a run change.

        :rtype: open.balance.external.item
        """
        return self.external_id.filtered(lambda item: item.company_id in self.company_id)

    def _get_external_values(self) -> dict:
        """What the line makes of its external item."""
        if self.action in ("external", "keep"):
            return {**self._prepare_external_item_vals(), "active": True, "closed_by_id": False, "move_id": False}
        return {**self.import_id._prepare_closing_vals(), "move_id": self.move_id.id}
