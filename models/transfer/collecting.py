"""What a transfer would hand over: which documents are ready, which are not, and why."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import Issue
from ...engine.handover import check_document, check_together, digest
from ...messages import to_json
from ..open_balance_transfer_line import SENT
from .codes import Codes
from .documents import DocumentReader
from .parties import NUMBERS

ROLES = {"out": "customer", "in": "vendor"}


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    def action_check(self):
        """Look again at what is ready, after something was cured."""
        for transfer in self:
            transfer.check_access("write")
            transfer._check_is_new()
            transfer._check_lines()

    def _check_is_new(self):
        """Raise when the transfer was handed over, or has nothing to hand over by itself."""
        self._check_in_force()
        if self._is_record():
            raise UserError(self.env._("%(transfer)s has no accounting package with files.", transfer=self.name))
        if self.state != "draft":
            raise UserError(self.env._("%(transfer)s was handed over. Make a new one.", transfer=self.name))
        self.package_id._check_in_use()

    def _collect_lines(self):
        """List what is to be handed over, and look at what is ready."""
        self._check_is_new()
        moves = self.env["account.move"].search(self._get_collect_domain(), order="date, name, id")
        before = self.line_ids.move_id
        self.line_ids.filtered(lambda line: not line.is_partner and line.move_id not in moves)._drop()
        self.env["open.balance.transfer.line"]._add(
            [
                {
                    "transfer_id": self.id,
                    "move_id": move.id,
                    "partner_id": move.commercial_partner_id.id,
                    "role": ROLES[move.move_type.partition("_")[0]],
                    "date": move.date,
                    "company_amount": move.amount_total_signed,
                }
                for move in moves - before
            ]
        )
        self._check_lines()

    def _check_lines(self):
        """Say of each document whether it is ready, and list the partners that are new or changed."""
        lines = self.line_ids.filtered(lambda line: not line.is_partner)
        reader = DocumentReader(self.package_id.with_company(self.company_id))
        reader.parties.propose(self._propose_numbers(lines))
        documents = reader.read_documents(lines.move_id)
        taken = self._find_taken_entries(documents)
        issues = check_together(documents, taken)
        needs, closed = self.package_id._get_needs(), self.package_id.closed_until or None
        doubled = self._find_doubled_numbers({document.party for document in documents})
        by_move = {line.move_id.id: line for line in lines}
        for document in documents:
            found = check_document(document, needs, closed)
            found += [issues[document.id]] if document.id in issues else []
            found += doubled.get((document.party.id, document.party.role), [])
            by_move[document.id]._keep_check(found, document.entry, digest(document))
        self._list_parties([document.party for document in documents])

    def _propose_numbers(self, lines) -> dict:
        """Numbers for partners that have none, from the package's ranges.

        :return: (partner id, role) -> number
        """
        reader = DocumentReader(self.package_id.with_company(self.company_id)).parties
        ranges = self.package_id._get_ranges()
        numbers = {}
        one_number = self.package_id._has_one_number()
        for line in lines.filtered("move_id").sorted("id"):
            partner, role = line.move_id.commercial_partner_id, line.role
            if (partner.id, role) not in numbers and not reader.get_number(partner, role):
                number = ranges[role].take()
                while one_number and number in numbers.values():
                    number = ranges[role].take()
                if number:
                    numbers[partner.id, role] = number
                    reader.propose({(partner.id, role): number})
        return numbers

    def _find_taken_entries(self, documents) -> set:
        """Journal and entry number of documents of the package that were handed over before."""
        entries = list({document.entry for document in documents if document.entry})
        lines = self.env["open.balance.transfer.line"].search(
            [
                ("package_id", "=", self.package_id.id),
                ("state", "in", SENT),
                ("is_partner", "=", False),
                ("number_sent", "in", entries),
                ("move_id", "not in", [document.id for document in documents]),
            ]
        )
        codes = Codes(self.package_id, frozenset())
        return {
            (
                codes.get("journal", move.journal_id, move.journal_id.code, move.move_type.endswith("_refund")),
                line.number_sent,
            )
            for line in lines
            if (move := line.move_id)
        }

    def _find_doubled_numbers(self, parties) -> dict:
        """Partners whose number another partner of the company has as well.

        :return: (partner id, role) -> issues
        """
        found = {}
        one_number = self.package_id._has_one_number()
        for role, field in NUMBERS.items():
            names = list(NUMBERS.values()) if one_number else [field]
            of_role = [party for party in parties if party.role == role and party.number]
            # By sudo: a number is taken, too, if the partner who has it is hidden from the user.
            Partner = self.env["res.partner"].sudo().with_company(self.company_id)
            numbers = list({party.number for party in of_role})
            others = Partner.search(Domain.OR(Domain(name, "in", numbers) for name in names))
            for party in of_role:
                other = others.filtered(
                    lambda one, party=party, names=names: party.number in [one[name] for name in names]
                    and one.id != party.id and one.commercial_partner_id.id != party.id
                )[:1]  # fmt: skip
                if other:
                    values = {"number": party.number, "partner": party.name, "other": other.display_name}
                    found[party.id, role] = [Issue("stop", "handover_number_taken", values)]
        return found

    def _list_parties(self, parties):
        """List the partners of documents that are new to the package, or changed since they were handed over."""
        Line = self.env["open.balance.transfer.line"]
        sent = Line.search(
            [
                ("package_id", "=", self.package_id.id),
                ("is_partner", "=", True),
                ("state", "in", SENT),
                ("partner_id", "in", [party.id for party in parties]),
            ],
            order="id",
        )
        known = {(line.partner_id.id, line.role): line.digest for line in sent}
        self.line_ids.filtered("is_partner")._drop()
        wanted = {(party.id, party.role): party for party in parties}
        Line._add(
            [
                {
                    "transfer_id": self.id,
                    "is_partner": True,
                    "partner_id": party.id,
                    "role": party.role,
                    "number_sent": party.number,
                    "digest": digest(party),
                    "state": "ready" if party.number else "not_ready",
                    "issues": [] if party.number else [["stop", "handover_no_number", {"partner": party.name}]],
                }
                for key, party in wanted.items()
                if known.get(key) != digest(party)
            ]
        )


class OpenBalanceTransferLine(models.Model):
    _inherit = "open.balance.transfer.line"

    def _add(self, vals_list):
        """Add lines, for a user who may change the transfer."""
        # By sudo: lines are nobody's to write but the hand-over's.
        return self.sudo().create(vals_list).sudo(False)

    def _drop(self):
        """Remove lines that were never handed over."""
        # By sudo: as above.
        self.sudo().filtered(lambda line: line.state in ("not_ready", "ready")).unlink()

    def _keep_check(self, issues, number: str, checksum: str):
        """Keep what was found of a document.

        :param list[Issue] issues: what keeps it from being handed over, and what is said of it
        """
        stops = any(issue.level == "stop" for issue in issues)
        # By sudo: as above.
        self.sudo().write(
            {
                "state": "not_ready" if stops else "ready",
                "issues": [[issue.level, issue.code, to_json(issue.values)] for issue in issues],
                "number_sent": number,
                "digest": checksum,
            }
        )
