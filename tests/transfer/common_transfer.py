from lxml import etree

from odoo import Command

from ..common_import import OpenBalanceImportCommon


class OpenBalanceTransferCommon(OpenBalanceImportCommon):
    """A company that keeps its books in Exact Online: journals 70 and 60, VAT code 2 for its tax of 21 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.tax = cls._create_tax("VAT 21 %", 21.0)
        cls.term = cls.env["account.payment.term"].create(
            {"name": "30 days", "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})]}
        )
        cls.sales = cls.company_data["default_journal_sale"]
        cls.purchases = cls.company_data["default_journal_purchase"]
        cls.package = cls._create_package()

    @classmethod
    def _create_package(cls, **values):
        codes = [
            {"journal_id": cls.sales.id, "code": "70"},
            {"journal_id": cls.purchases.id, "code": "60"},
            {"tax_id": cls.tax.id, "code": "2", "reverse_code": "2R"},
            {"payment_term_id": cls.term.id, "code": "30"},
        ]
        return cls.env["open.balance.package"].create(
            {
                "name": "Exact",
                "format": "exact_xml",
                "source_id": cls.source.id,
                "start_date": "2026-01-01",
                "no_term_code": "00",
                "code_ids": [Command.create(code) for code in codes],
                **values,
            }
        )

    @classmethod
    def _create_tax(cls, name, amount, **values):
        return cls.env["account.tax"].create({"name": name, "amount": amount, "type_tax_use": "sale", **values})

    def _create_taxed(self, partner, prices, number, move_type="out_invoice", date="2026-01-15", tax=None, **values):
        """Create a posted document with a line for each price, with the tax of 21 %."""
        taxes = (tax or self.tax).ids
        lines = [
            Command.create({"name": f"line {at}", "price_unit": price, "tax_ids": [Command.set(taxes)]})
            for at, price in enumerate(prices, 1)
        ]
        return self._create_document(
            partner, 0, number, move_type, date,
            invoice_line_ids=lines, invoice_payment_term_id=self.term.id, **values,
        )  # fmt: skip

    def _collect(self, package=None, date="2026-01-31", user=None):
        """A new transfer of what is to be handed over."""
        transfer = self.env["open.balance.transfer"].with_user(user or self.clerk)
        transfer = transfer.create({"name": "January", "date": date, "package_id": (package or self.package).id})
        transfer.action_collect()
        return transfer

    def _get_lines(self, transfer):
        """Document or partner, number there, state, codes of what was said."""
        return [
            (
                line.move_id.name or line.partner_id.name,
                line.number_sent,
                line.state,
                [one[1] for one in line.issues or ()],
            )
            for line in transfer.line_ids.sorted("id")
        ]

    def _get_files(self, transfer):
        """Name and content of the files."""
        return {file.name: file.raw for file in transfer.file_ids.sorted("id")}

    @staticmethod
    def _find(content, path):
        """Texts or attributes of elements of a file."""
        return etree.fromstring(content).xpath(path)
