"""What the run's form shows besides the run itself: its problems by level, its columns, and what its buttons open."""

from odoo import api, fields, models

from . import open_balance_import, open_balance_import_file, open_balance_import_line  # noqa: F401  # extended here


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    alert_ids = fields.One2many(
        "open.balance.import.problem", "import_id", string="Alerts", domain=[("level", "!=", "info")]
    )
    note_ids = fields.One2many(
        "open.balance.import.problem", "import_id", string="Reading Notes", domain=[("level", "=", "info")]
    )
    column_ids = fields.One2many("open.balance.import.column", "import_id", string="Columns")
    document_count = fields.Integer(compute="_compute_document_count")
    external_count = fields.Integer(compute="_compute_external_count")
    agreement_sentence = fields.Char(compute="_compute_agreement_sentence")

    @api.depends("per", "line_ids.move_id", "line_ids.state")
    def _compute_document_count(self):
        for per, runs in self.grouped("per").items():
            domain = self.env["open.balance.list"]._of(per)._get_document_domain()
            counts = runs._count_lines(domain, "move_id")
            for run in runs:
                run.document_count = counts.get(run._origin, 0)

    @api.depends("totals", "per")
    @api.depends_context("lang")
    def _compute_agreement_sentence(self):
        for run in self:
            run.agreement_sentence = run._get_list()._get_agreement_sentence(run)

    @api.depends("line_ids.external_id")
    def _compute_external_count(self):
        counts = self._count_lines([("external_id", "!=", False)], "external_id")
        for run in self:
            run.external_count = counts.get(run._origin, 0)

    def _count_lines(self, domain, field):
        """Number of different records that a field of each run's lines names."""
        return dict(
            self.env["open.balance.import.line"]._read_group(
                [("import_id", "in", self.ids), *domain], ["import_id"], [f"{field}:count_distinct"]
            )
        )

    def action_open_failed_lines(self):
        """Show the lines that could not be booked."""
        return {**self.action_open_lines(), "context": {"search_default_failed": 1}}

    def action_open_external_items(self):
        """Show the external open items that the run created, changed or closed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("External Open Items"),
            "res_model": "open.balance.external.item",
            "view_mode": "list,form",
            "domain": [("id", "in", self.line_ids.external_id.ids)],
            "context": {"active_test": False},
        }

    def action_open_alerts(self):
        """Show the problems that stop the run or want attention."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Problems"),
            "res_model": "open.balance.import.problem",
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("import_id", "=", self.id), ("level", "!=", "info")],
        }


class OpenBalanceImportFile(models.Model):
    _inherit = "open.balance.import.file"

    separator_choice = fields.Selection(
        [(";", "Semicolon ;"), (",", "Comma ,"), ("tab", "Tab"), ("|", "Bar |")],
        "Column Separator",
        compute="_compute_separator_choice",
        inverse="_inverse_separator_choice",
        help="A tab cannot be seen in a text field: the separator by its name.",
    )

    @api.depends("separator")
    def _compute_separator_choice(self):
        choices = {";": ";", ",": ",", "\t": "tab", "|": "|"}
        for file in self:
            file.separator_choice = choices.get(file.separator, False)

    def _inverse_separator_choice(self):
        for file in self:
            file.separator = "\t" if file.separator_choice == "tab" else file.separator_choice


class OpenBalanceImportColumn(models.Model):
    _inherit = "open.balance.import.column"

    import_id = fields.Many2one(related="file_id.import_id", store=True, index=True)


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"
    _rec_name = "number"

    rank = fields.Integer(
        compute="_compute_rank", store=True, precompute=True, help="Lines that want a person come first."
    )

    @api.depends("action", "state")
    def _compute_rank(self):
        for line in self:
            line.rank = 0 if line.state == "failed" else 1 if line.action == "review" else 2
