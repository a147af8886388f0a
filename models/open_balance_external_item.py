from odoo import api, fields, models


class OpenBalanceExternalItem(models.Model):
    """An open item the books of Odoo don't know: a list reported it, no document of Odoo bears its number.

    It counts in the partner's balance. It is closed, never deleted, when a complete list no longer has it or when its
    document appears in Odoo.
    """

    _name = "open.balance.external.item"
    _description = "External Open Item"
    _order = "partner_id, date, number, id"
    _check_company_auto = True
    _rec_name = "number"

    active = fields.Boolean("Open", default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    source_id = fields.Many2one("open.balance.source", "Balance Source", readonly=True, index="btree_not_null")
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
        index="btree_not_null",
        help="The last run that changed it.",
    )
    closed_by_id = fields.Many2one("open.balance.import", "Closed by", readonly=True)
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

    def _apply_externals(self):
        """Create, update, close and adopt external open items; keep their values from before, for Undo."""
        new = self.filtered(lambda line: line.action == "external" and not line.external_id)
        items = self.env["open.balance.external.item"].create([line._prepare_external_item_vals() for line in new])
        for line, item in zip(new, items, strict=True):
            line.external_id = item
        for line in (self - new).filtered(lambda line: line.action in ("external", "close_external", "adopt")):
            line.external_before = line._get_external_values()
            if line.action == "external":
                line.external_id.write(line._prepare_external_item_vals())
            else:
                line.external_id.write(
                    {
                        "active": False,
                        "closed_by_id": line.import_id.id,
                        "import_id": line.import_id.id,
                        "move_id": line.move_id.id,
                    }
                )

    def _get_external_values(self) -> dict:
        """What Undo has to restore on the line's external item."""
        item = self.external_id
        return {
            "active": item.active,
            "source_id": item.source_id.id,
            "number": item.number,
            "reference": item.reference,
            "date": fields.Date.to_string(item.date) or False,
            "currency_id": item.currency_id.id,
            "balance": item.balance,
            "company_balance": item.company_balance,
            "due_date": fields.Date.to_string(item.due_date) or False,
            "import_id": item.import_id.id,
        }

    def _apply_undo_externals(self):
        """Put external items back to what they were before the run, unless a later run has changed them."""
        for line in self.filtered(
            lambda line: line.external_id and line.action in ("external", "close_external", "adopt")
        ):
            item = line.external_id
            if item.import_id != line.import_id:
                line.result = self.env._("Kept: %(run)s has changed the external item since.", run=item.import_id.name)
                continue
            before = line.external_before or {"active": False, "closed_by_id": line.import_id.id}
            item.write({"closed_by_id": False, "move_id": False, **before})
            line.state = "undone"
