from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..models.arguments import with_bytes


class OpenBalanceImportUpload(models.TransientModel):
    """The upload dialog: files and source make a run, which shows the preview."""

    _name = "open.balance.import.upload"
    _description = "Import Open Balances"
    _inherit = ["open.balance.discreet"]
    _check_company_auto = True

    file_ids = fields.Many2many("ir.attachment", string="Files")
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        required=True,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )
    source_id = fields.Many2one(
        "open.balance.source",
        "Balance Source",
        compute="_compute_source_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    found_source_id = fields.Many2one(
        "open.balance.source",
        compute="_compute_source_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        help="What the files say; a source that a person chose differs from it and stays.",
    )
    recognised = fields.Char(compute="_compute_recognised", compute_sudo=False)
    per = fields.Selection(
        lambda self: self.env["open.balance.import"]._fields["per"].selection,
        "Import",
        compute="_compute_per",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    balance_date = fields.Date(help="The date for which the list is true. Empty = taken from the file, else today.")

    @api.depends("file_ids", "company_id")
    def _compute_source_id(self):
        for dialog in self:
            is_chosen = dialog.source_id and dialog.source_id != dialog.found_source_id
            Run = self.env["open.balance.import"].with_company(dialog.company_id)
            source, is_sure = Run._find_source(dialog._get_files())
            found = source if is_sure else source.browse()
            if found != dialog.found_source_id:
                dialog.found_source_id = found
            if not is_chosen and found != dialog.source_id:
                dialog.source_id = found

    @api.depends("source_id", "file_ids")
    @api.depends_context("lang")
    def _compute_recognised(self):
        """Say by what the source was found, or that a person has to choose it."""
        for dialog in self:
            source = dialog.found_source_id
            dates = [layout.balance_date for layout in source.layout_ids if layout.balance_date]
            if not dialog.file_ids:
                dialog.recognised = ""
            elif not dialog.source_id:
                dialog.recognised = self.env._("This list may be of several sources: choose the one it comes from.")
            elif dates and dialog.source_id == source:
                dialog.recognised = self.env._(
                    "Recognised: %(name)s, as on %(date)s",
                    name=source.name,
                    date=format_date(self.env, max(dates)),
                )
            else:
                dialog.recognised = ""

    @api.depends("source_id")
    def _compute_per(self):
        for dialog in self:
            dialog.per = dialog.source_id.per or "invoice"

    @api.onchange("per")
    def _onchange_per(self):
        """Some kinds of list have a source, and settings, of their own."""
        per, named = self.per, self.source_id.per
        own = self.env["open.balance.list"]._get_pers(_is_known_by_columns=True)
        if per and per != named and {per, named} & set(own):
            Run = self.env["open.balance.import"].with_company(self.company_id)
            self.source_id, _is_sure = Run._find_source([], per)
            self.per = per

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_use(vals)
        dialogs = super().create(vals_list)
        dialogs._check_kind()
        return dialogs

    def write(self, vals):
        self._check_may_use(vals)
        result = super().write(vals)
        self._check_kind()
        return result

    @api.model
    def _check_may_use(self, vals):
        """Raise when a user names a company or a source of another company: nothing is looked for or made there."""
        company = self.env["res.company"].browse(vals.get("company_id") or ())
        if company - self.env.user.company_ids and not self.env.su:
            raise AccessError(self.env._("You may not import lists of this company."))
        for name in ("source_id", "found_source_id"):
            self.env["open.balance.source"].browse(vals.get(name) or ()).check_access("read")

    def _check_kind(self):
        """Raise when a user other than a manager takes a list for something else than its source says."""
        for dialog in self.filtered("source_id"):
            dialog.source_id._check_kind(dialog.per)

    def _get_files(self) -> list[tuple]:
        """Name and base64 content of each file."""
        return [(file.name, file.datas) for file in with_bytes(self.file_ids)]

    def action_preview(self):
        """Make a run of the files and show what it concludes; nothing is booked."""
        self.ensure_one()
        if not self.file_ids:
            raise UserError(self.env._("Choose the file with the open item list first."))
        Transfer = self.env["open.balance.transfer"].with_company(self.company_id)
        contents = [(file.name, file.raw or b"") for file in with_bytes(self.file_ids)]
        if Transfer._is_answer([content for _name, content in contents]):
            transfers = Transfer._take_answers(contents)
            return transfers._get_records_action(name=self.env._("Answers of the Package"))
        if not self.source_id:
            raise UserError(self.env._("Choose the source that the list comes from."))
        Run = self.env["open.balance.import"].with_company(self.company_id)
        run = Run._create_run(self._get_files(), self.source_id, self.balance_date, self.per)
        run.action_plan()
        return run._get_records_action(name=run.name)

    def action_download_template(self):
        """Download a list in the simplest format, filled with what is open in Odoo today."""
        self.ensure_one()
        return self.source_id.action_download_template()

    def action_download_opening_template(self):
        """Download an empty list of opening documents, with explanations."""
        self.ensure_one()
        return self.source_id.action_download_opening_template()

    def action_download_opening_partners(self):
        """Download a list of opening documents that has a row for each partner already."""
        self.ensure_one()
        return self.source_id.action_download_opening_partners()
