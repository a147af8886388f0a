"""How a source's lists write Odoo's own document numbers, and the sources that are there from the start."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import apply_pattern, split_pattern

EXAMPLE = "INV/2026/00042"


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    number_pattern = fields.Char(
        "Odoo's numbers in the list",
        help="How the accounting package writes the numbers of Odoo's own documents, where it doesn't keep them: "
        "{digits} = all digits, {seq} = the last digits, {last} = the same without zeros at the start, "
        "{year} = the year in the number; anything else stands for itself. It is tried last, after the number as it "
        "is. Leave empty if the list has Odoo's numbers.",
    )
    number_pattern_example = fields.Char("Example", compute="_compute_number_pattern_example")

    @api.depends("number_pattern", "company_id")
    def _compute_number_pattern_example(self):
        for source in self:
            source.number_pattern_example = source._get_number_pattern_example()

    def _get_number_pattern_example(self) -> str:
        """What the pattern makes of the company's last invoice, or what is wrong with it."""
        self.ensure_one()
        if not self.number_pattern:
            return ""
        if not split_pattern(self.number_pattern):
            return self._get_number_pattern_error()
        invoice = self.env["account.move"].search(
            [
                ("company_id", "child_of", self.company_id.ids),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
            ],
            order="id desc",
            limit=1,
        )
        name = invoice.name or EXAMPLE
        return f"{name} → {apply_pattern(self.number_pattern, name) or self.env._('not found this way')}"

    def _get_number_pattern_error(self) -> str:
        """Why a pattern is none."""
        return self.env._(
            "“%(pattern)s” cannot tell documents apart. Use {digits}, {seq} or {last}, with {year} or text beside it.",
            pattern=self.number_pattern,
        )

    @api.constrains("number_pattern")
    def _check_number_pattern(self):
        for source in self:
            if source.number_pattern and not split_pattern(source.number_pattern):
                raise ValidationError(source._get_number_pattern_error())

    def _get_item_policy(self) -> dict:
        """What is particular to this source in judging a list of open items: keyword arguments of
        ``engine.ItemPolicy``, beside those of :meth:`_get_plan_policy`.

        Extension point: override to change the tolerance.
        """
        self.ensure_one()
        return {
            "uses_transfers": self.uses_transfers,
            "tolerance": Decimal(str(self.tolerance)),
            "number_patterns": (self.number_pattern,) if self.number_pattern else (),
        }

    @api.model
    def _create_ready_made(self, companies=None):
        """Create the sources that companies without any start with; the first is what lists are taken for.

        :param res.company companies: all that are no branches if not given
        """
        companies = companies or self.env["res.company"].search([("parent_id", "=", False)])
        known = self.search([("company_id", "in", companies.ids)]).company_id
        vals_list = [
            {"company_id": company.id, **vals}
            for company in companies - known
            for vals in self._prepare_ready_made_vals_list()
        ]
        return self.create(vals_list)

    @api.model
    def _create_missing(self, company, pers):
        """Create what a company lacks: all ready-made sources if it has none, else the first of some kinds.

        :param pers: kinds of which the company has no source; see ``per``
        :return: the first source of these kinds
        """
        made = self._create_ready_made(company).filtered(lambda source: source.per in pers)
        ready_made = (vals for vals in self._prepare_ready_made_vals_list() if vals.get("per", "invoice") in pers)
        return made[:1] or self.create({"company_id": company.id, **next(ready_made)})

    @api.model
    def _prepare_ready_made_vals_list(self) -> list[dict]:
        """Values of the sources that are there from the start, in their order."""
        return [
            {"name": self.env._("Open item list"), "sequence": 10},
            {"name": "Exact Online", "sequence": 20, "number_pattern": "{digits}"},
            {
                "name": self.env._("Opening documents"),
                "sequence": 30,
                "per": "opening",
                "payment_date": "due",
                "all_or_nothing": True,
                "complete": False,
            },
        ]
