import base64

from odoo import Command, fields

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..engine import compare_layouts, layout_of

TODAY = "2026-04-15"
BALANCE_DATE = "2026-03-31"


class OpenBalanceCommon(AccountTestInvoicingCommon):
    """A company with two customers and a vendor that an accounting package knows by number; dates are fixed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_partner("Azure Interior", debtor_number="10001")
        cls.other_customer = cls._create_partner("Deco Addict", debtor_number="10002")
        cls.vendor = cls._create_partner("Wood Corner", creditor_number="70001")
        cls.source = cls.env["open.balance.source"].create({"name": "Ledger", "absent_limit": 1.0})

    @classmethod
    def _create_partner(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **values})

    @classmethod
    def _create_document(
        cls, partner, amount, number, move_type="out_invoice", date="2026-01-15", post=True, created=None, **values
    ):
        """Create a document of one untaxed line.

        :param number: the document's own number, or the vendor's for bills
        :param created: moment at which it came into Odoo, else its date
        """
        sale = move_type.startswith("out")
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": date,
                "date": date,
                "name" if sale else "ref": number,
                "invoice_line_ids": [
                    Command.create({"name": "line", "price_unit": amount, "tax_ids": [Command.clear()]})
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        cls._set_created(move, created or date)
        return move

    @classmethod
    def _set_created(cls, moves, moment):
        """Let documents have come into Odoo at a moment (UTC): the database's clock cannot be frozen."""
        moves.flush_recordset()
        cls.env.cr.execute("UPDATE account_move SET create_date = %s WHERE id IN %s", [moment, moves._ids])
        moves.invalidate_recordset(["create_date"])

    def _import(self, rows, header="Account Number;Voucher Number;Voucher Date;Open Balance", apply=False, **kwargs):
        """Import rows of a list in Scope's format.

        :param list[str] rows: rows below the header
        :return: the run
        """
        content = "\n".join([header, *rows])
        return self._import_text(content, apply=apply, **kwargs)

    def _import_text(self, content, filename="list.csv", apply=False, source=None, balance_date=BALANCE_DATE, env=None):
        data = content if isinstance(content, bytes) else f"{content}\n".encode()
        if apply:
            self._confirm_layout(data, source, filename)
        Run = (env or self.env)["open.balance.import"]
        result = Run.import_file(
            filename,
            base64.b64encode(data).decode(),
            source_id=(source or self.source).id,
            balance_date=balance_date,
            apply=apply,
        )
        return Run.browse(result["run_id"])

    @classmethod
    def _confirm_layout(cls, content, source=None, filename="list.csv"):
        """Do what a person does who applies a list for the first time: lists like it may be booked unattended."""
        data = content if isinstance(content, bytes) else f"{content}\n".encode()
        source = source or cls.source
        Layout = cls.env["open.balance.source.layout"].sudo()
        found = layout_of(source._get_list()._read(data, filename, source._get_read_options()).detected)
        if found and all(compare_layouts(layout._get_layout(), found) for layout in source.layout_ids):
            Layout.create(
                {
                    **Layout._prepare_vals(found),
                    "source_id": source.id,
                    "confirmed_by_id": cls.env.uid,
                    "confirmed_on": fields.Datetime.now(),
                }
            )

    def _get_rows(self, run):
        """The run's lines as tuples: action, number, document, reported, booked, to pay, state, reason."""
        return [
            (
                line.action,
                line.number or "",
                line.move_id.name or "",
                line.reported_balance,
                line.booked_balance,
                line.payment_amount,
                line.state,
                line.reason_code,
            )
            for line in run.line_ids.sorted("id")
        ]

    def _get_balances(self, partner):
        """The partner's three fields."""
        partner.invalidate_recordset()
        return (partner.open_balance_import, partner.open_balance_invoices, partner.open_balance_total)

    @staticmethod
    def _date(text):
        return fields.Date.to_date(text)
