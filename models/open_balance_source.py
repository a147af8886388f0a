from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import ReadOptions
from ..messages import COLUMN_LABELS

PARTNER_KEYS = ("number", "ref", "vat", "email", "name")


class OpenBalanceSource(models.Model):
    """Where a list comes from, how it is read and what is done with it."""

    _name = "open.balance.source"
    _description = "Balance Source"
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    cover = fields.Selection(
        [("receivable", "Receivables"), ("payable", "Payables"), ("both", "Receivables and payables")],
        string="The list holds",
        help="Leave empty to take it from each file.",
    )
    complete = fields.Boolean(
        "Complete list",
        default=True,
        help="Every open item is in the list: a document that is missing from it has been paid. "
        "Without it nothing is ever closed for being absent.",
    )
    scope = fields.Selection(
        [("ledger", "The whole ledger"), ("partners", "Only the partners that occur in it")],
        string="The list covers",
        required=True,
        default="ledger",
    )
    uses_transfers = fields.Boolean(
        "Only transferred documents",
        help="Documents are handed over to the accounting package by transfers: "
        "one that is not in a transfer confirmed before the balance date is never closed for being absent.",
    )
    company_text = fields.Char(
        "Company in the file",
        help="Text that the file's heading shows for this company, such as its number in the accounting package. "
        "A file whose heading doesn't show it is stopped.",
    )
    absent_limit = fields.Float(
        "Absent documents up to",
        default=0.2,
        help="A list that lacks more of the open documents than this share, by number or by amount, "
        "is stopped until a person confirms it.",
    )
    tolerance = fields.Float(
        help="A difference up to this amount, in the document's currency, is left alone.",
        digits=(16, 2),
    )
    partner_keys = fields.Char(
        "Find partners by",
        required=True,
        default=", ".join(PARTNER_KEYS),
        help="In this order: number (debtor / creditor number), ref (reference), vat (tax ID), email, name.",
    )
    balance_currency = fields.Selection(
        [("company", "Always in company currency")],
        string="Amounts",
        help="Leave empty to follow the file's currency column; without one amounts are in company currency.",
    )
    payables_sign = fields.Selection(
        [("ledger", "Bills are negative"), ("positive", "Bills are positive")],
        string="Payables in the file",
        help="Leave empty to find it out from the file and from the bills it matches.",
    )
    fallback_encoding = fields.Selection(
        [
            ("cp1252", "Western European (Windows)"),
            ("iso8859-15", "Western European (ISO 8859-15)"),
            ("cp1250", "Central European (Windows)"),
            ("cp1251", "Cyrillic (Windows)"),
            ("cp1253", "Greek (Windows)"),
            ("cp1254", "Turkish (Windows)"),
            ("cp850", "Western European (DOS)"),
            ("mac_roman", "Western European (Mac)"),
        ],
        string="Encoding of old files",
        required=True,
        default="cp1252",
        help="Only used for text that is not marked and is not valid UTF-8.",
    )
    decimal_mark = fields.Selection([(".", "Point: 1,234.56"), (",", "Comma: 1.234,56")])
    date_order = fields.Selection(
        [("dmy", "Day, month, year"), ("mdy", "Month, day, year"), ("ymd", "Year, month, day")]
    )
    column_ids = fields.One2many("open.balance.source.column", "source_id", string="Further column names", copy=True)
    journal_id = fields.Many2one(
        "account.journal",
        "Clearing journal",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash'))]",
        help="Payments are booked here. A journal with a clearing account of its own is made on first use.",
    )
    payment_date = fields.Selection(
        [
            ("balance_date", "Balance date"),
            ("document", "Date of the document"),
            ("due", "Due date of the document"),
            ("fixed", "A fixed date"),
        ],
        string="Payments are dated",
        required=True,
        default="balance_date",
    )
    fixed_payment_date = fields.Date("Fixed date")
    all_or_nothing = fields.Boolean(
        "All or nothing",
        help="One document that cannot be booked keeps the whole run from being booked. "
        "Otherwise it is named and the others are booked.",
    )
    import_ids = fields.One2many("open.balance.import", "source_id", string="Imports")
    import_count = fields.Integer(compute="_compute_import_count")
    last_balance_date = fields.Date(compute="_compute_last_balance_date", string="Last list")

    _absent_limit_share = models.Constraint(
        "CHECK(absent_limit >= 0 AND absent_limit <= 1)", "The share of absent documents is between 0 % and 100 %."
    )
    _tolerance_positive = models.Constraint("CHECK(tolerance >= 0)", "The tolerance cannot be negative.")

    @api.depends("import_ids")
    def _compute_import_count(self):
        counts = dict(
            self.env["open.balance.import"]._read_group([("source_id", "in", self.ids)], ["source_id"], ["__count"])
        )
        for source in self:
            source.import_count = counts.get(source, 0)

    @api.depends("import_ids.state", "import_ids.balance_date")
    def _compute_last_balance_date(self):
        pers = self.env["open.balance.list"]._get_pers(_tells_what_is_open=True)
        dates = dict(
            self.env["open.balance.import"]._read_group(
                [("source_id", "in", self.ids), ("state", "=", "done"), ("per", "in", pers)],
                ["source_id"],
                ["balance_date:max"],
            )
        )
        for source in self:
            source.last_balance_date = dates.get(source, False)

    @api.constrains("partner_keys")
    def _check_partner_keys(self):
        for source in self:
            unknown = [key for key in source._get_partner_keys() if key not in PARTNER_KEYS]
            if unknown or not source._get_partner_keys():
                raise ValidationError(
                    self.env._(
                        "“%(keys)s” cannot be used to find partners. Use one or more of: %(known)s.",
                        keys=source.partner_keys,
                        known=", ".join(PARTNER_KEYS),
                    )
                )

    @api.constrains("payment_date", "fixed_payment_date")
    def _check_fixed_payment_date(self):
        for source in self:
            if source.payment_date == "fixed" and not source.fixed_payment_date:
                raise ValidationError(
                    self.env._("Enter the fixed date on which %(source)s books payments.", source=source.name)
                )

    def action_open_imports(self):
        """Show the runs of this source."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Balance Imports"),
            "res_model": "open.balance.import",
            "view_mode": "list,form",
            "domain": [("source_id", "=", self.id)],
        }

    def _get_partner_keys(self) -> list[str]:
        """The keys by which partners are looked for, in their order."""
        self.ensure_one()
        return [key.strip() for key in (self.partner_keys or "").split(",") if key.strip()]

    def _get_read_options(self) -> ReadOptions:
        """How this source's files are read. Extension point: override to add aliases or fix a file's style."""
        self.ensure_one()
        aliases = {}
        for column in self.column_ids:
            aliases.setdefault(column.field, []).append(column.name)
        return ReadOptions(
            fallback_encoding=self.fallback_encoding,
            decimal_mark=self.decimal_mark or None,
            date_order=self.date_order or None,
            kind=self.cover or None,
            payables_sign=self.payables_sign or None,
            balance_currency=self.balance_currency or None,
            aliases={field: tuple(names) for field, names in aliases.items()},
        )

    def _get_plan_policy(self) -> dict:
        """What is particular to this source in judging a list: keyword arguments of ``engine.Policy``.

        Extension point: override to change guards or the order of partner keys.
        """
        self.ensure_one()
        return {
            "absent_limit": Decimal(str(self.absent_limit)),
            "last_balance_date": self.last_balance_date or None,
            "partner_keys": tuple(self._get_partner_keys()),
        }

    def _get_journal(self):
        """The clearing journal, made when there is none yet.

        :rtype: account.journal
        """
        self.ensure_one()
        if not self.journal_id:
            journal = self.env["account.journal"]._create_open_balance_journal(self.company_id, self.name)
            # An invoicing user may run imports but not change sources; the journal was just made for this one.
            self.sudo().journal_id = journal
        return self.journal_id

    def _get_list(self):
        """The kind of list that the source gives.

        :rtype: open.balance.list
        """
        self.ensure_one()
        return self.env["open.balance.list"]._of(self.per)


class OpenBalanceSourceColumn(models.Model):
    """A header text that a source uses for a column."""

    _name = "open.balance.source.column"
    _description = "Balance Source Column"
    _order = "field, name"

    source_id = fields.Many2one("open.balance.source", required=True, index=True, ondelete="cascade")
    name = fields.Char("Column in the file", required=True)
    field = fields.Selection(lambda self: self._selection_field(), "Is", required=True)

    _name_once = models.UniqueIndex("(source_id, lower(name))", "This column name is already there.")

    @api.model
    def _selection_field(self):
        """The columns that the engine knows, with their labels."""
        return [(name, self.env._(label)) for name, label in COLUMN_LABELS.items()]
