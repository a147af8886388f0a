from odoo import api, fields, models
from odoo.tools import SQL

from .open_balance_item import DATE_KEY, column

# What an item was (its original amount) and what settled it until a date, in their order: the rest after each.
STEPS = """
 SELECT s.id AS id, s.line_id AS line_id, l.company_id AS company_id, s.sequence AS sequence, s.date AS date,
        s.partial_id AS partial_id, s.counterpart_id AS counterpart_id, c.move_id AS move_id,
        (CASE WHEN s.counterpart_id IS NULL THEN 'original'
              WHEN EXISTS (SELECT 1 FROM account_partial_reconcile x WHERE x.exchange_move_id = c.move_id)
                   THEN 'exchange'
              WHEN y.open_balance_booking IS NOT NULL THEN 'list'
              WHEN m.origin_payment_id IS NOT NULL OR m.statement_line_id IS NOT NULL THEN 'payment'
              WHEN m.move_type IN ('out_refund', 'in_refund') THEN 'credit_note'
              WHEN COALESCE(m.open_balance_type, m.move_type) <> 'entry' THEN 'document'
              ELSE 'entry' END)::text AS kind,
        (SELECT il.import_id FROM open_balance_import_line il
          WHERE il.payment_id = m.origin_payment_id AND il.company_id = l.company_id AND il.state = 'done'
       ORDER BY il.id LIMIT 1) AS import_id,
        l.currency_id AS currency_id, l.company_currency_id AS company_currency_id,
        s.amount AS amount, s.company_amount AS company_amount, s.rest AS rest, s.company_rest AS company_rest
   FROM (SELECT r.*, SUM(r.amount) OVER steps AS rest, SUM(r.company_amount) OVER steps AS company_rest,
                ROW_NUMBER() OVER steps AS sequence
           FROM (SELECT id * 4 AS id, id AS line_id, date, NULL::int AS partial_id, NULL::int AS counterpart_id,
                        amount_currency AS amount, balance AS company_amount
                   FROM account_move_line WHERE parent_state = 'posted' AND date <= %(at)s
                  UNION ALL
                 SELECT id * 4 + 1, debit_move_id, max_date, id, credit_move_id, -debit_amount_currency, -amount
                   FROM account_partial_reconcile WHERE max_date <= %(at)s
                  UNION ALL
                 SELECT id * 4 + 2, credit_move_id, max_date, id, debit_move_id, credit_amount_currency, amount
                   FROM account_partial_reconcile WHERE max_date <= %(at)s) AS r
         WINDOW steps AS (PARTITION BY r.line_id ORDER BY r.partial_id IS NOT NULL, r.date, r.partial_id)) AS s
   JOIN account_move_line l ON l.id = s.line_id
   LEFT JOIN account_move_line c ON c.id = s.counterpart_id
   LEFT JOIN account_move m ON m.id = c.move_id
   LEFT JOIN account_payment y ON y.id = m.origin_payment_id"""


class OpenBalanceItemStep(models.Model):
    """One step from the original amount of a journal item to what is open of it at a date."""

    _name = "open.balance.item.step"
    _description = "Step of an Open Item"
    _auto = False
    _order = "line_id, sequence"
    _depends = {
        "account.move": ["move_type", "open_balance_type", "origin_payment_id", "statement_line_id"],
        "account.move.line": [
            "move_id", "company_id", "date", "parent_state", "currency_id", "company_currency_id", "amount_currency",
            "balance",
        ],
        "account.partial.reconcile": [
            "debit_move_id", "credit_move_id", "amount", "debit_amount_currency", "credit_amount_currency", "max_date",
            "exchange_move_id",
        ],
        "account.payment": ["open_balance_booking"],
        "open.balance.import.line": ["import_id", "company_id", "payment_id", "state"],
    }  # fmt: skip

    line_id = column(fields.Many2one, "Journal Item", comodel_name="account.move.line")
    company_id = column(fields.Many2one, comodel_name="res.company")
    sequence = column(fields.Integer, aggregator=None)
    date = column(fields.Date)
    partial_id = column(fields.Many2one, "Settlement", comodel_name="account.partial.reconcile")
    counterpart_id = column(fields.Many2one, "Settled by", comodel_name="account.move.line")
    move_id = column(fields.Many2one, "Entry", comodel_name="account.move")
    kind = column(
        fields.Selection,
        "What",
        selection=[
            ("original", "Original amount"),
            ("list", "Payment booked by a list"),
            ("payment", "Payment"),
            ("credit_note", "Credit note"),
            ("document", "Invoice or bill"),
            ("exchange", "Exchange difference"),
            ("entry", "Other entry"),
        ],
    )
    import_id = column(fields.Many2one, "List", comodel_name="open.balance.import")
    currency_id = column(fields.Many2one, comodel_name="res.currency")
    company_currency_id = column(fields.Many2one, comodel_name="res.currency")
    amount = column(fields.Monetary, "Amount (document currency)")
    company_amount = column(fields.Monetary, "Amount", currency_field="company_currency_id")
    rest = column(fields.Monetary, "Rest (document currency)", aggregator=None)
    company_rest = column(fields.Monetary, "Rest", currency_field="company_currency_id", aggregator=None)

    @property
    def _table_query(self) -> SQL:
        # Raw SQL: running sums are nowhere stored. The record rule and the rights of this model apply to it.
        return SQL(STEPS, at=self.env["open.balance.item"]._get_date())

    def action_open_entry(self):
        """Open what settled the item: the payment or the entry."""
        self.ensure_one()
        record = self.move_id.origin_payment_id or self.move_id or self.line_id.move_id
        return record._get_records_action(name=record.display_name)

    def action_unreconcile(self):
        """Take the settlement back, as Odoo does it on the document."""
        self.partial_id.unlink()


class OpenBalanceItem(models.Model):
    _inherit = "open.balance.item"

    step_ids = fields.Many2many("open.balance.item.step", compute="_compute_step_ids", string="How It Came to This")
    said_ids = fields.Many2many("open.balance.import.line", compute="_compute_said_ids", string="What Lists Said")

    @api.depends("line_id")
    @api.depends_context(DATE_KEY)
    def _compute_step_ids(self):
        steps = self.env["open.balance.item.step"].search([("line_id", "in", self.line_id.ids)]).grouped("line_id")
        for item in self:
            item.step_ids = steps.get(item.line_id, False) if item.line_id else False

    @api.depends("move_id", "external_id")
    @api.depends_context(DATE_KEY)
    def _compute_said_ids(self):
        at = self._get_date()
        Line = self.env["open.balance.import.line"]
        for item in self:
            name = "external_id" if item.external_id else "move_id"
            item.said_ids = Line.search(
                [
                    (name, "=", item[name].id),
                    ("import_id.state", "=", "done"),
                    ("import_id.balance_date", "<=", at),
                    ("state", "in", ("done", "skipped", "undone")),  # undone: a later list reopened it
                ]
            ).sorted(lambda line: (line.balance_date, line.id))
