"""From a transfer to files: all of it in one transaction, so that nothing is handed over twice or half."""

import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine import Issue
from ...engine.handover import FORMATS, Handover, digest
from ...messages import get_sentence, to_json
from .documents import DocumentReader
from .parties import NUMBERS

SHOWN = 30


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    def action_hand_over(self):
        """Write the files of what is ready; the rest is collected again by the next transfer."""
        for transfer in self:
            transfer.check_access("write")
            transfer._check_is_new()
            transfer._hand_over()

    def _hand_over(self):
        """Write the files, and note what is in them."""
        if not any(line.state == "ready" and not line.is_partner for line in self.line_ids):
            raise UserError(self.env._("Nothing is ready to be handed over: cure what is not, and collect again."))
        # Numbers are given to partners by one transfer at a time.
        self.package_id.sudo().lock_for_update()
        lines = self._lock_ready()
        reader = DocumentReader(self.package_id.with_company(self.company_id))
        # Of all documents, as when they were checked: else other partners would get the numbers.
        reader.parties.propose(self._propose_numbers(self.line_ids.filtered(lambda line: not line.is_partner)))
        documents = reader.read_documents(lines.move_id)
        same = self._keep_unchanged(lines, documents)
        if not same:  # each line says why
            return
        self._check_lines_together(same)
        parties = {(document.party.id, document.party.role): document.party for document in same}
        listed = self.line_ids.filtered(lambda line: line.is_partner and line.state == "ready")
        wanted = tuple(parties[key] for line in listed if (key := (line.partner_id.id, line.role)) in parties)
        written = FORMATS[self.package_id.format].write(
            Handover(tuple(same), wanted, self.package_id._get_handover_settings())
        )
        self._give_numbers(parties.values())
        self._keep_files(written.files)
        self._keep_sent(same, wanted)
        self._tell_written(written, len(same))

    def _lock_ready(self):
        """The lines of documents that nobody else hands over or changes at this moment; of the others it is said.

        :rtype: open.balance.transfer.line
        """
        lines = self.line_ids.filtered(lambda line: not line.is_partner and line.state == "ready" and line.move_id)
        locked = lines.move_id.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(["open_balance_transfer_id", "state"])
        free = locked.filtered(lambda move: not move.open_balance_transfer_id and move.state == "posted")
        for line in lines.filtered(lambda line: line.move_id not in free):
            line._keep_check([Issue("stop", "handover_taken")], line.number_sent, line.digest)
        return lines.filtered(lambda line: line.move_id in free)

    def _keep_unchanged(self, lines, documents) -> list:
        """The documents that still are what they were when they were checked; of the others it is said."""
        by_move = {line.move_id.id: line for line in lines}
        same = []
        for document in documents:
            line = by_move[document.id]
            if digest(document) == line.digest:
                same.append(document)
            else:
                line._keep_check([Issue("stop", "handover_changed")], document.entry, digest(document))
        return same

    def _check_lines_together(self, documents):
        """Raise when a number was taken by another transfer since the check."""
        taken = self._find_taken_entries(documents)
        for document in documents:
            if (document.journal, document.entry) in taken:
                raise UserError(
                    self.env._("%(document)s: number %(entry)s was handed over meanwhile. Check again.",
                               document=document.name, entry=document.entry)
                )  # fmt: skip

    def _give_numbers(self, parties):
        """Write the numbers to partners that had none: they are in the files, so they stay."""
        for party in parties:
            # By sudo: whoever hands over need not be allowed to change partners.
            partner = self.env["res.partner"].sudo().with_company(self.company_id).browse(party.id)
            if not partner[NUMBERS[party.role]]:
                partner[NUMBERS[party.role]] = party.number

    def _keep_files(self, files):
        """Keep the files on the transfer, with their checksums."""
        # By sudo: they are kept for good, whoever may delete attachments.
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [{"name": file.name, "raw": file.content, "res_model": self._name, "res_id": self.id} for file in files]
            )
        )
        self._note({"file_ids": [fields.Command.link(attachment.id) for attachment in attachments]})
        for file in files:
            checksum = hashlib.sha256(file.content).hexdigest()
            self._tell(self.env._("%(file)s, SHA-256 %(checksum)s", file=file.name, checksum=checksum))

    def _keep_sent(self, documents, parties):
        """Note what is in the files."""
        by_move = {line.move_id.id: line for line in self.line_ids if not line.is_partner}
        by_party = {(line.partner_id.id, line.role): line for line in self.line_ids if line.is_partner}
        waits = self.package_id.wait_for_confirmation
        lines = self.line_ids.browse()
        for document in documents:
            lines |= by_move[document.id]
        for party in parties:
            line = by_party[party.id, party.role]
            # By sudo: lines are nobody's to write but the hand-over's.
            line.sudo().write({"number_sent": party.number, "digest": digest(party)})
            lines |= line
        lines.sudo().write({"state": "sent" if waits else "accepted"})
        self.env["account.move"].browse([document.id for document in documents])._set_transfer(self)
        self._note({"state": "handed_over", "made_on": fields.Datetime.now()})
        self.env["res.partner"]._invalidate_open_balances()
        if not waits:
            # No list of a day before can hold them.
            self._confirm(max(self.date, fields.Date.context_today(self)))

    def _tell_written(self, written, count: int):
        """Say in the discussion what was handed over, and what is to be known of it."""
        self._tell(self.env._("%(count)s documents handed over.", count=count))
        currency = self.company_id.currency_id
        told = [get_sentence(self.env, one.code, to_json(one.values), currency) for one in written.issues[:SHOWN]]
        if told:
            self._tell(" ".join(told))
