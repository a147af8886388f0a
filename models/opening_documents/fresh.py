"""What keeps an opening document from being created twice when the books have moved on since the plan was made."""

from odoo import models
from odoo.fields import Domain

from ...engine import PAYMENT_TYPES, number_form
from .books import MOVE_NUMBERS, MOVE_TYPES, PAYMENT_NUMBERS

# Key of the source -> fields of a partner that it is looked for in; "number" depends on the kind.
PARTNER_FIELDS = {"ref": "partner_number", "vat": "partner_vat", "email": "partner_email", "name": "partner_name"}


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    def _filter_fresh_opening(self, groups) -> list:
        """The documents that can still be created as planned; the lines of the others fail and say why.

        :param list groups: lines by document
        """
        lines = self.env["open.balance.import.line"].union(*groups)
        existing = self._index_documents(lines) | self._index_payments(lines)
        partners = self._index_new_partners(lines)
        fresh = []
        for group in groups:
            reason = group._get_opening_stale_message(existing, partners)
            if reason:
                group._note({"state": "failed", "result": reason})
            else:
                fresh.append(group)
        return fresh

    def _index_documents(self, lines) -> dict:
        """Documents of the lines' partners that are not the run's own, by each of their keys."""
        documents = lines.filtered(lambda line: line.document_type not in PAYMENT_TYPES)
        partners = documents.partner_id.commercial_partner_id
        if not partners:
            return {}
        domain = Domain("move_type", "in", MOVE_TYPES) | Domain("open_balance_type", "!=", False)
        domain &= Domain("commercial_partner_id", "in", partners.ids) & Domain("state", "!=", "cancel")
        domain &= Domain("company_id", "in", self.env.companies.ids)
        if self.transfer_id:
            domain &= Domain("open_balance_transfer_id", "!=", self.transfer_id.id)
        moves = self.env["account.move"].search_fetch(
            domain, [*MOVE_NUMBERS, "open_balance_type", "move_type", "commercial_partner_id"]
        )
        index = {}
        for move in moves:
            for key in move._get_opening_keys():
                index.setdefault(key, []).append(move)
        return self._without_known(index, "move_id", lines)

    def _index_payments(self, lines) -> dict:
        """The same for unallocated payments."""
        receipts = lines.filtered(lambda line: line.document_type in PAYMENT_TYPES)
        partners = receipts.partner_id.commercial_partner_id
        if not partners:
            return {}
        payments = self.env["account.payment"].search(
            [
                ("partner_id", "child_of", partners.ids),
                ("company_id", "in", self.env.companies.ids),
                ("state", "not in", ("canceled", "rejected")),
                "|",
                ("open_balance_booking", "=", False),
                ("invoice_ids", "=", False),  # what an import has paid of a document is no receipt
            ]
        )
        index = {}
        for payment in payments:
            for key in payment._get_opening_keys():
                index.setdefault(key, []).append(payment)
        return self._without_known(index, "payment_id", lines)

    def _without_known(self, index, field, lines) -> dict:
        """Leave out what the plan knew: the run's own, what its rows skip, and what an Undo has reversed."""
        keys = {key for group in lines.grouped("document_index").values() for key in group._get_opening_keys()}
        found = {key: records for key, records in index.items() if key in keys}
        ids = {record.id for records in found.values() for record in records}
        known = self.env["open.balance.import.line"].search(
            [(field, "in", list(ids)), "|", ("import_id", "=", self.id), ("state", "=", "undone")]
        )
        left = {key: [record for record in records if record not in known[field]] for key, records in found.items()}
        return {key: records for key, records in left.items() if records}

    def _index_new_partners(self, lines) -> dict:
        """Partners that have appeared for lines that are to create one, by what the source finds partners by."""
        new = lines.filtered(lambda line: line.new_partner and not line.partner_id)
        keys = {key for line in new for key in line._get_partner_keys()}
        if not keys:
            return {}
        by_field = {}
        for field, text in keys:
            by_field.setdefault(field, []).append(text)
        Partner = self.env["res.partner"].with_company(self.company_id)
        partners = Partner.search(Domain.OR(Domain(field, "in", texts) for field, texts in by_field.items()))
        created = self.env["open.balance.import.line"].search(
            [("import_id", "=", self.id), ("new_partner", "!=", False), ("partner_id", "in", partners.ids)]
        )
        partners -= created.partner_id
        return {(field, partner[field]): partner for partner in partners for field in by_field if partner[field]}


class OpenBalanceImportLine(models.Model):
    _inherit = "open.balance.import.line"

    def _get_opening_stale_message(self, existing, partners):
        """Why these rows can no longer be created, False if they can.

        :param self: the lines of one document
        :param dict existing: documents and payments by key
        :param dict partners: new partners by key
        """
        first = self[0]
        if not first.partner_id and not first.new_partner:
            return self.env._("The partner was deleted since the preview. Plan again.")
        for key in self._get_opening_keys():
            if key in existing:
                return self.env._(
                    "%(document)s is there already, since the preview. Plan again.",
                    document=existing[key][0].name or existing[key][0].display_name,
                )
        if not first.partner_id:
            for key in first._get_partner_keys():
                if key in partners:
                    return self.env._(
                        "%(partner)s is there already, since the preview. Plan again.",
                        partner=partners[key].display_name,
                    )
        return False

    def _get_opening_keys(self) -> list[tuple]:
        """What the document of these rows would be known by: its number, else what it is."""
        first = self[0]
        who = (first.document_type, first.partner_id.commercial_partner_id.id)
        if first.number:
            return [(*who, number_form(first.number))]
        is_payment = first.document_type in PAYMENT_TYPES
        total = sum(self.mapped("reported_balance" if is_payment else "total_amount"))
        due_date = not is_payment and first.due_date  # False = any
        return [(*who, first.date, due_date, first.currency_id.id, first.currency_id.round(total))]

    def _get_partner_keys(self) -> list[tuple]:
        """Field and text of each way in which the source would find the line's partner."""
        number_field = "creditor_number" if self.kind == "payable" else "debtor_number"
        fields_ = {"number": (number_field, self.partner_number)}
        fields_ |= {key: (key, self[field]) for key, field in PARTNER_FIELDS.items()}
        keys = [fields_[key] for key in self.import_id.source_id._get_partner_keys()]
        return [(field, text) for field, text in keys if text]


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_opening_keys(self) -> list[tuple]:
        """What the document is known by, as rows of a list are."""
        who = (self.open_balance_type or self.move_type, self.commercial_partner_id.id)
        keys = [(*who, number_form(self[name])) for name in MOVE_NUMBERS if self[name]]
        if self.open_balance_type and not self.open_balance_number:
            total = sum(self._get_open_balance_lines().mapped("amount_currency"))
            keys += [
                (*who, self.invoice_date, due_date, self.currency_id.id, self.currency_id.round(total))
                for due_date in (self._get_open_balance_due_date(), False)
            ]
        return keys


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _get_opening_keys(self) -> list[tuple]:
        """What the payment is known by, as rows of a list are; nothing if it is neither receipt nor vendor payment."""
        types = {("inbound", "customer"): "receipt", ("outbound", "supplier"): "vendor_payment"}
        document_type = types.get((self.payment_type, self.partner_type))
        if not document_type:
            return []
        who = (document_type, self.partner_id.commercial_partner_id.id)
        keys = [(*who, number_form(self[name])) for name in PAYMENT_NUMBERS if self[name]]
        if self.open_balance_booking and not self.open_balance_number:
            amount = self.amount if self.payment_type == "outbound" else -self.amount
            keys.append((*who, self.date, False, self.currency_id.id, self.currency_id.round(amount)))
        return keys
