from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine.handover import FIELDS, SETS

ENCODINGS = [
    ("cp1252", "Western European (Windows)"),
    ("utf-8-sig", "Unicode (UTF-8 with mark)"),
    ("utf-8", "Unicode (UTF-8)"),
]


class OpenBalancePackage(models.Model):
    """An accounting package to which documents are handed over: in which format, under which codes, and when."""

    _name = "open.balance.package"
    _description = "Accounting Package"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    source_id = fields.Many2one(
        "open.balance.source",
        "Balance Source",
        check_company=True,
        help="Where the package's open item lists come in: only documents that are confirmed as booked there are "
        "closed when a list lacks them, and documents go out under the number by which its lists name them.",
    )
    format = fields.Selection(
        [
            ("exact_xml", "Exact Online (XML)"),
            ("datev_extf", "DATEV (EXTF)"),
            ("csv", "Table (CSV)"),
            ("xlsx", "Table (Excel)"),
            ("record", "No file: only record what was handed over"),
        ],
        required=True,
        default="exact_xml",
        tracking=True,
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Journals",
        check_company=True,
        domain="[('type', 'in', ('sale', 'purchase')), ('open_balance_opening', '=', False)]",
        help="Leave empty for all journals of sales and purchases.",
    )
    sales = fields.Boolean("Customers' documents", default=True)
    purchases = fields.Boolean("Vendors' documents", default=True)
    start_date = fields.Date(
        required=True,
        tracking=True,
        default=lambda self: fields.Date.start_of(fields.Date.context_today(self), "month"),
        help="Documents that were posted before this date are never handed over.",
    )
    closed_until = fields.Date(
        "Closed there until", tracking=True, help="The package takes no document up to this date any more."
    )
    wait_for_confirmation = fields.Boolean(
        default=True,
        help="Documents count as booked in the package once its answer was read or a person confirms them; "
        "else as soon as they are handed over.",
    )
    debtor_from = fields.Integer(
        "Debtor numbers from", help="First number for customers that have none. 0 = ask for it."
    )
    debtor_to = fields.Integer("Debtor numbers to")
    creditor_from = fields.Integer("Creditor numbers from", help="First number for vendors that have none. 0 = ask.")
    creditor_to = fields.Integer("Creditor numbers to")
    single_number = fields.Boolean(
        "One number for both roles", help="A customer who is a vendor too has the same number as both."
    )
    analytic_plan_id = fields.Many2one(
        "account.analytic.plan", "Cost centres", help="Plan whose analytic accounts are the package's cost centres."
    )
    credit_limits = fields.Boolean("Hand over credit limits")
    no_term_code = fields.Char("Condition without payment term", help="Code for documents that have no payment term.")
    max_documents = fields.Integer("Documents in a file", default=500)
    max_size = fields.Float("Size of a file (MiB)", default=5.0, digits=(16, 2))
    include_cogs = fields.Boolean("Cost of goods sold", help="Hand over the items of cost and stock as well.")
    exact_lines = fields.Selection(
        [("all", "All lines, as booked"), ("base", "Lines without VAT: Exact works it out")],
        "Entries",
        default="all",
        required=True,
    )
    year_name = fields.Selection(
        [("start", "The year in which it begins"), ("end", "The year in which it ends")],
        "Fiscal year is called",
        default="start",
        required=True,
    )
    datev_consultant = fields.Integer("Consultant number")
    datev_client = fields.Integer("Client number")
    datev_account_length = fields.Integer("Digits of G/L accounts", default=4)
    datev_chart = fields.Char("Chart of accounts", default="03", size=2)
    datev_initials = fields.Char("Initials", size=2)
    datev_lock = fields.Boolean("Lock bookings (Festschreibung)")
    encoding = fields.Selection(ENCODINGS, default="utf-8-sig", required=True)
    column_ids = fields.One2many("open.balance.package.column", "package_id", string="Columns", copy=True)
    separator = fields.Char(default=";", size=1)
    decimal_mark = fields.Selection([(",", "Comma"), (".", "Point")], default=",", required=True)
    date_format = fields.Char(default="%d.%m.%Y", help="As in Python: %d.%m.%Y is 31.12.2026.")
    sign = fields.Selection(
        [
            ("signed", "Amounts with a sign: what the partner owes is positive"),
            ("dc", "Without a sign, beside a column D / C"),
            ("sh", "Without a sign, beside a column S / H"),
        ],
        "Amounts",
        default="signed",
        required=True,
    )
    row_per = fields.Selection(
        [("document", "Document"), ("tax", "Account and VAT code of a document"), ("line", "Line of a document")],
        "A row for each",
        default="tax",
        required=True,
    )
    code_ids = fields.One2many("open.balance.package.code", "package_id", string="Codes", copy=True)
    transfer_ids = fields.One2many("open.balance.transfer", "package_id", string="Transfers")
    transfer_count = fields.Integer(compute="_compute_transfer_count")

    _datev_numbers = models.Constraint(
        """CHECK (format != 'datev_extf' OR (datev_consultant BETWEEN 1001 AND 9999999
                  AND datev_client BETWEEN 1 AND 99999 AND datev_account_length BETWEEN 4 AND 8))""",
        "DATEV needs a consultant number (1001 to 9999999), a client number (1 to 99999) and 4 to 8 digits of accounts",
    )
    _bounds = models.Constraint("CHECK (max_documents > 0 AND max_size > 0)", "A file holds something.")

    @api.depends("transfer_ids")
    def _compute_transfer_count(self):
        counts = dict(
            self.env["open.balance.transfer"]._read_group([("package_id", "in", self.ids)], ["package_id"], ["__count"])
        )
        for package in self:
            package.transfer_count = counts.get(package, 0)

    @api.constrains("debtor_from", "debtor_to", "creditor_from", "creditor_to")
    def _check_ranges(self):
        for package in self:
            for first, last in (
                (package.debtor_from, package.debtor_to),
                (package.creditor_from, package.creditor_to),
            ):
                if first and not first <= last:
                    raise ValidationError(self.env._("The last number of a range comes after its first."))

    @api.onchange("format")
    def _onchange_format(self):
        """What each format begins with; a person may change it."""
        if self.format == "datev_extf":
            self.encoding = "cp1252"
            factor = 10 ** ((self.datev_account_length or 4) - 3)
            if not self.debtor_from and not self.creditor_from:
                self.debtor_from, self.debtor_to = 1000 * factor, 7000 * factor - 1
                self.creditor_from, self.creditor_to = 7000 * factor, 10000 * factor - 1
        elif self.format == "exact_xml":
            self.single_number = True
        self.wait_for_confirmation = self.format != "record"

    @api.model_create_multi
    def create(self, vals_list):
        packages = super().create(vals_list)
        packages._use_transfers()
        return packages

    def write(self, vals):
        self._check_stays(vals)
        result = super().write(vals)
        if "source_id" in vals:
            self._use_transfers()
        return result

    def _check_stays(self, vals):
        """Raise when something is changed by which the package's transfers would become others."""
        for package in self:
            # By sudo: transfers of companies that the user may not enter are the package's, too.
            transfers = package.sudo().transfer_ids
            if (vals.get("format", package.format) != package.format and any(one.made_on for one in transfers)) or (
                vals.get("company_id", package.company_id.id) != package.company_id.id and transfers
            ):
                raise UserError(
                    self.env._("%(package)s has transfers. Set up another package instead.", package=package.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # By sudo: as above.
        if self.sudo().transfer_ids:
            raise UserError(self.env._("Transfers belong to it: archive the package instead."))

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the gateway works as superuser with values that whoever calls it may choose
        raise UserError(self.env._("No accounting package is made by e-mail."))

    def _use_transfers(self):
        """Let the lists of the packages' sources close only what was handed over."""
        self.source_id.filtered(lambda source: not source.uses_transfers).uses_transfers = True

    def action_collect(self):
        """Make a transfer of what is to be handed over, and show what is ready and what is not."""
        self.ensure_one()
        transfer = self.transfer_ids.filtered(lambda one: one.state == "draft")[:1]
        if not transfer:
            transfer = self.env["open.balance.transfer"].create(
                {"package_id": self.id, "company_id": self.company_id.id, "name": self._get_transfer_name()}
            )
        elif transfer.date < fields.Date.context_today(self):
            transfer.date = fields.Date.context_today(self)
        transfer.action_collect()
        return transfer._get_records_action(name=transfer.name)

    def _get_transfer_name(self) -> str:
        """What a new transfer of the package is called."""
        today = format_date(self.env, fields.Date.context_today(self))
        return self.env._("%(package)s, %(date)s", package=self.name, date=today)

    def action_open_transfers(self):
        """Show the package's transfers."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id("account_open_balance.open_balance_transfer_action") | {
            "domain": [("package_id", "=", self.id)],
            "context": {"default_package_id": self.id},
        }

    # === COLUMNS === #

    def action_use_generic_columns(self):
        """Take the columns that suit most packages."""
        self._use_columns("generic")

    def action_use_xero_columns(self):
        """Take the columns of Xero's import of sales invoices."""
        self._use_columns("xero")

    def action_use_bmd_columns(self):
        """Take the columns of BMD NTCS."""
        self._use_columns("bmd")

    def _use_columns(self, name: str):
        """Take a ready-made set of columns, and the settings that belong to it."""
        found = SETS[name]
        for package in self:
            package.column_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create(
                        {"sequence": at, "header": column.header, "field": column.field or False, "fixed": column.fixed}
                    )
                    for at, column in enumerate(found.columns)
                ),
            ]
            package.write(
                {
                    "row_per": found.row_per,
                    "sign": found.sign,
                    "separator": found.separator,
                    "decimal_mark": found.decimal_mark,
                    "date_format": found.date_format,
                    "max_documents": found.max_documents,
                    "purchases": found.purchases and package.purchases,
                }
            )

    @api.constrains("date_format", "separator")
    def _check_text_format(self):
        day = fields.Date.to_date("2026-12-31")
        for package in self:
            text = package.date_format or ""
            if "%" not in text or day.strftime(text) == text:
                raise ValidationError(self.env._("%(text)s shows no date.", text=text))
            if package.format == "csv" and not package.separator:
                raise ValidationError(self.env._("Say what separates the columns."))

    def _check_in_use(self):
        """Raise when the package was archived."""
        self.ensure_one()
        if not self.active:
            raise UserError(self.env._("%(package)s is archived.", package=self.name))


class OpenBalancePackageColumn(models.Model):
    """A column of a package's table."""

    _name = "open.balance.package.column"
    _description = "Accounting Package Column"
    _order = "sequence, id"

    package_id = fields.Many2one("open.balance.package", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="package_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    header = fields.Char("Heading", required=True)
    field = fields.Selection([(name, name.replace("_", " ").capitalize()) for name in FIELDS], "Holds")
    fixed = fields.Char("Always", help="The text that stands in each row, where the column holds nothing else.")
