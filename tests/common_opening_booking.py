from odoo import Command, fields
from odoo.tests import Form, new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

BALANCE_DATE = "2026-03-31"
# Type of the document -> kind and sign of its amounts.
TYPES = {
    "out_invoice": ("receivable", 1),
    "out_refund": ("receivable", -1),
    "receipt": ("receivable", -1),
    "in_invoice": ("payable", -1),
    "in_refund": ("payable", 1),
    "vendor_payment": ("payable", 1),
}


class OpeningBookingCommon(AccountTestInvoicingCommon):
    """A company that gets its old documents, from planned lines that a clerk with the lowest right applies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.foreign = cls.setup_other_currency("EUR", rates=[("2024-01-01", 0.5), ("2026-01-01", 0.8)])
        cls.customer = cls._create_partner("Azure Interior")
        cls.other_customer = cls._create_partner("Deco Addict")
        cls.vendor = cls._create_partner("Wood Corner")
        cls.clerk = new_test_user(
            cls.env,
            login="open_balance_opening_clerk",
            groups="account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.source = cls._create_source()

    @classmethod
    def _create_partner(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **values})

    @classmethod
    def _create_source(cls, **values):
        return cls.env["open.balance.source"].create(
            {"name": "Old system", "per": "opening", "payment_date": "due", **values}
        )

    @classmethod
    def _create_run(cls, rows, source=None, user=None, **values):
        """A planned run with these rows, in the environment of the clerk or of another user.

        :param list[dict] rows: see :meth:`_prepare_row`
        """
        run = cls.env["open.balance.import"].create(
            {"source_id": (source or cls.source).id, "per": "opening", "balance_date": BALANCE_DATE, **values}
        )
        # As planning does: lines and state are no user's to write.
        cls.env["open.balance.import.line"].sudo().create(
            [cls._prepare_row(run, number, **row) for number, row in enumerate(rows, 1)]
        )
        run.sudo().write({"state": "planned", "needs_plan": False})
        run._seal()
        return run.with_env(cls.env(user=user or cls.clerk))

    @classmethod
    def _prepare_row(cls, run, row, total, paid=0.0, document_type="out_invoice", number=None, rate=1.0, **values):
        """Values of a planned line.

        :param float total: with tax, without sign; of money that is allocated to nothing what is open
        :param float paid: the part of the total that is paid
        :param float rate: company currency for one unit of the row's currency
        """
        kind, sign = TYPES[document_type]
        company = run.company_id.currency_id
        partner = values.pop("partner", cls.customer if kind == "receivable" else cls.vendor)
        open_balance = sign * (total - paid)
        return {
            "import_id": run.id,
            "company_id": run.company_id.id,
            "row": row,
            "action": "create",
            "kind": kind,
            "document_type": document_type,
            "document_index": row,
            "partner_id": partner and partner.id,
            "number": number,
            "date": "2026-01-15",
            "due_date": "2026-02-14",
            "currency_id": company.id,
            "total_amount": sign * total,
            "tax_amount": sign * values.pop("tax", 0.0),
            "reported_balance": open_balance,
            "payment_amount": sign * paid,
            "company_total": company.round(sign * total * rate),
            "company_amount": company.round(sign * total * rate),
            "company_reported": company.round(open_balance * rate),
            "reason_code": "opening_new",
            **values,
        }

    @classmethod
    def _apply(cls, rows, **values):
        """Create these documents.

        :return: the run
        """
        run = cls._create_run(rows, **values)
        run.action_apply()
        return run.with_env(cls.env)

    def _get_rows(self, run):
        """The run's lines as tuples: document, its residual, amount of the payment, state, result."""
        run.invalidate_recordset()
        return [
            (line.move_id.name, line.move_id.amount_residual, line.payment_id.amount, line.state, line.result)
            for line in run.line_ids.sorted("id")
        ]

    @staticmethod
    def _date(text):
        return fields.Date.to_date(text)

    def _get_clearing_balance(self):
        """What is on the clearing account."""
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.source.journal_id.default_account_id.id), ("parent_state", "=", "posted")]
        )
        return self.company.currency_id.round(sum(lines.mapped("balance")))

    @classmethod
    def _create_by_hand(cls, journal=None, date="2026-04-01", move_type="out_invoice", partner=None, **values):
        """Create and post a document as a person would."""
        with Form(cls.env["account.move"].with_context(default_move_type=move_type)) as form:
            form.partner_id = partner or cls.customer
            form.invoice_date = date
            if journal:
                form.journal_id = journal
            for name, value in values.items():
                form[name] = value
            with form.invoice_line_ids.new() as line:
                line.name = "by hand"
                line.price_unit = 10
                line.tax_ids.clear()
        move = form.save()
        move.action_post()
        return move

    def assertItems(self, move, expected):
        """The journal items of a document: account, due date, amount in its currency, balance, open."""
        names = ("account_id", "date_maturity", "amount_currency", "balance", "amount_residual_currency")
        self.assertRecordValues(move.line_ids.sorted("id"), [dict(zip(names, row, strict=True)) for row in expected])
