"""Brings random ledgers into Odoo and reads back what became of them."""

import base64
from collections import Counter
from decimal import Decimal

from odoo import Command

from .common import OpenBalanceCommon
from .ledger_oracle import ZERO, Document, DueLine, List

HEADER = "Account Number;Voucher Number;Voucher Date;Due Date;Open Balance;Currency"
RATES = {
    "EUR": (("2026-01-01", 0.8737), ("2026-02-01", 0.9121), ("2026-03-01", 0.8853), ("2026-04-01", 0.9017)),
    "JPY": (("2026-01-01", 155.31), ("2026-02-15", 149.87)),
    "TND": (("2026-01-01", 3.1173), ("2026-03-01", 2.9871)),
}
PLACES = {"JPY": 1.0, "TND": 0.001}
KINDS = {"receivable": "asset_receivable", "payable": "liability_payable"}


class LedgerBooks(OpenBalanceCommon):
    """A company with a branch, three foreign currencies and instalments, on which ledgers are played and taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.company.write({"child_ids": [Command.create({"name": "Branch"})]})
        cls.cr.precommit.run()  # loads the branch's chart
        cls.branch = cls.company.child_ids
        cls.env.user.company_ids |= cls.branch
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": [cls.company.id, cls.branch.id]})
        cls.env["decimal.precision"].search([("name", "=", "Product Price")]).digits = 3
        cls.currencies = {"USD": cls.company.currency_id}
        for code, rates in RATES.items():
            options = {"rounding": PLACES[code]} if code in PLACES else {}
            cls.currencies[code] = cls.setup_other_currency(code, rates=list(rates), **options)
        cls.terms = {count: cls._create_term(count) for count in (1, 2, 3)}
        cls.source = cls.source.with_env(cls.env)
        cls.source.write({"decimal_mark": ",", "payables_sign": "ledger", "date_order": "dmy"})
        cls.source._get_journal()

    @classmethod
    def _create_term(cls, count):
        lines = [{"value": "percent", "value_amount": 100 // count, "nb_days": 10 * n} for n in range(1, count + 1)]
        lines[-1]["value_amount"] += 100 - sum(line["value_amount"] for line in lines)
        return cls.env["account.payment.term"].create(
            {"name": f"{count} parts", "line_ids": [Command.create(line) for line in lines]}
        )

    # === BUILD === #

    def _build(self, ledger):
        """Create parties and documents of a ledger."""
        self.partners, self.moves = {}, {}
        for party in ledger.parties.values():
            field = "creditor_number" if party.is_vendor else "debtor_number"
            parent = self.partners.get(party.parent)
            self.partners[party.key] = self._create_partner(
                f"Party {party.key}", **{field: party.key}, parent_id=parent and parent.id
            )
        self.contacts = {
            key: self.env["res.partner"].create({"name": f"Contact of {key}", "parent_id": partner.id})
            for key, partner in self.partners.items()
        }
        self.transfers = {}
        self.source.uses_transfers = ledger.uses_transfers
        self._create_documents(ledger.documents.values())

    def _create_documents(self, documents):
        documents = list(documents)
        moves = self.env["account.move"].create([self._prepare_document(one) for one in documents])
        for document, move in zip(documents, moves, strict=True):
            self.moves[document.key] = move
        concat = self.env["account.move"].union
        concat(*(self.moves[one.key] for one in documents if one.state == "posted")).action_post()
        concat(*(self.moves[one.key] for one in documents if one.state == "cancel")).button_cancel()
        for document in documents:
            self._set_created(self.moves[document.key], f"{document.created} 12:00:00")
            if document.transfer:
                self._hand_over(document)

    def _prepare_document(self, document):
        number = document.key.removesuffix(" (2)")
        partners = self.contacts if document.is_contact else self.partners
        line = {"name": "line", "price_unit": float(abs(document.amount)), "tax_ids": [Command.clear()]}
        return {
            "move_type": document.move_type,
            "company_id": (self.branch if document.is_branch else self.company).id,
            "partner_id": partners[document.party].id,
            "invoice_date": document.date,
            "date": document.date,
            "name" if document.move_type.startswith("out") else "ref": number,
            "currency_id": self.currencies[document.currency].id,
            "invoice_payment_term_id": self.terms[document.terms].id,
            "invoice_line_ids": [Command.create(line)],
        }

    def _hand_over(self, document):
        if document.transfer not in self.transfers:
            self.transfers[document.transfer] = self.env["open.balance.transfer"].create({"date": document.transfer})
        self.moves[document.key]._set_transfer(self.transfers[document.transfer])

    # === READ === #

    def _observe(self, documents: dict[str, Document]):
        """Set what is open of documents."""
        self.env.flush_all()
        keys = {move.id: key for key, move in self.moves.items()}
        self.env.cr.execute(
            """SELECT l.move_id, l.date_maturity, l.amount_currency, l.amount_residual_currency, l.balance,
                      l.amount_residual
                 FROM account_move_line l JOIN account_account a ON a.id = l.account_id
                WHERE l.move_id IN %s AND a.account_type IN ('asset_receivable', 'liability_payable')
             ORDER BY l.date_maturity, l.id""",
            [tuple(keys)],
        )
        for document in documents.values():
            document.lines, document.company_total, document.company_open = [], ZERO, ZERO
        for move_id, due, total, residual, company_total, company_residual in self.env.cr.fetchall():
            document = documents[keys[move_id]]
            document.lines.append(DueLine(due, self._decimal(total), self._decimal(residual)))
            document.company_total += self._decimal(company_total)
            document.company_open += self._decimal(company_residual)

    @staticmethod
    def _decimal(value) -> Decimal:
        return Decimal(str(value)).normalize() if value else ZERO

    def _read_external(self) -> dict[tuple[str, str], Decimal]:
        """The open external items: balance by party and number."""
        parties = {partner.id: key for key, partner in self.partners.items()}
        items = self.env["open.balance.external.item"].search([("company_id", "=", self.company.id)])
        return {(parties[item.partner_id.id], item.number): self._decimal(item.balance) for item in items}

    def _read_figures(self) -> dict[str, tuple]:
        """Per party: import, invoices, total (ledger sign), incomplete."""
        figures = {}
        self.env.flush_all()
        partners = self.env["res.partner"].browse([partner.id for partner in self.partners.values()])
        partners.invalidate_recordset()
        for key, partner in zip(self.partners, partners, strict=True):
            if key.startswith("8"):
                values = (partner.open_payable_import, partner.open_payable_bills, partner.open_payable_total)
                figures[key] = (*(-self._decimal(value) for value in values), partner.open_payable_is_incomplete)
            else:
                values = (partner.open_balance_import, partner.open_balance_invoices, partner.open_balance_total)
                figures[key] = (*(self._decimal(value) for value in values), partner.open_balance_is_incomplete)
        return figures

    def _read_sums(self) -> dict[str, Decimal]:
        """What the receivable and payable accounts sum up to."""
        sums = {}
        for kind, account_type in KINDS.items():
            domain = [("account_type", "=", account_type), ("parent_state", "=", "posted")]
            [(total,)] = self.env["account.move.line"]._read_group(
                [*domain, ("company_id", "in", (self.company | self.branch).ids)], [], ["balance:sum"]
            )
            sums[kind] = self._decimal(round(total, 2))
        return sums

    def _read_loose(self) -> Counter:
        """How many standing payments of imports per document have something unmatched."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT DISTINCT il.move_id, p.id
                 FROM open_balance_import_line il
                 JOIN account_payment p ON p.id = il.payment_id
                 JOIN account_move_line l ON l.move_id = p.move_id AND l.parent_state = 'posted'
                 JOIN account_account a ON a.id = l.account_id
                WHERE a.account_type IN ('asset_receivable', 'liability_payable') AND l.amount_residual_currency <> 0"""
        )
        keys = {move.id: key for key, move in self.moves.items()}
        return Counter(keys[move_id] for move_id, _payment in self.env.cr.fetchall() if move_id in keys)

    def _count_exchange_entries(self) -> int:
        journals = (self.company | self.branch).currency_exchange_journal_id
        return self.env["account.move"].search_count([("journal_id", "in", journals.ids)])

    # === WHAT PEOPLE DO === #

    def _pay_by_hand(self, document, amount):
        move = self.moves[document.key]
        wizard = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=move.ids)
        wizard.create({"amount": float(abs(amount))})._create_payments()

    def _receive(self, party, amount):
        """A payment that nobody has allocated yet."""
        is_vendor = party.startswith("8")
        payment = self.env["account.payment"].create(
            {
                "payment_type": "outbound" if is_vendor else "inbound",
                "partner_type": "supplier" if is_vendor else "customer",
                "partner_id": self.partners[party].id,
                "amount": float(amount),
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()

    def _get_payments(self, document):
        """Payments of imports that are matched with a document."""
        lines = self.env["open.balance.import.line"].search([("move_id", "=", self.moves[document.key].id)])
        return lines.payment_id & self.moves[document.key].matched_payment_ids

    def _unreconcile(self, document):
        lines = self._get_payments(document).move_id.line_ids
        lines.filtered(lambda line: line.account_type in KINDS.values()).remove_move_reconcile()

    def _replace(self, document):
        """A receipt from the bank takes the place of the import's payment."""
        amount = document.paid_by_imports
        self._unreconcile(document)
        self._pay_by_hand(document, amount)

    def _change(self, document, amount):
        move = self.moves[document.key]
        move.button_draft()
        move.invoice_line_ids.price_unit = float(amount)
        move.action_post()

    def _reverse(self, document):
        move = self.moves[document.key]
        move._reverse_moves([{"invoice_date": move.invoice_date, "date": move.date}], cancel=True)

    # === LISTS === #

    def _write(self, listed: List) -> str:
        """The list as a file."""
        return "\n".join([HEADER, *(self._write_row(row) for case in listed.cases for row in case.rows)])

    def _write_row(self, row) -> str:
        dates = [f"{day:%d.%m.%Y}" if day else "" for day in (row.date, row.due)]
        amount = "see letter" if row.amount is None else f"{row.amount:f}".replace(".", ",")
        return ";".join((row.partner, row.number, *dates, amount, row.currency))

    def _plan(self, listed: List, content: str):
        """A planned run; guards are confirmed."""
        self.source.write({"complete": listed.is_complete, "scope": listed.scope})
        Run = self.env["open.balance.import"]
        result = Run.import_file(
            "list.csv", base64.b64encode(content.encode()).decode(), self.source.id, listed.balance_date
        )
        run = Run.browse(result["run_id"])
        run.problem_ids.action_confirm()
        return run
