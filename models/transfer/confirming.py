"""What the accounting package says of what was handed over, or a person for it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import ReadError
from ...engine.handover import digest, is_answer, read_answers
from ...messages import get_sentence, to_json
from ..open_balance_transfer_line import SENT
from .documents import DocumentReader

STATES = {"accepted": "accepted", "warned": "warned", "refused": "refused"}
SHOWN = 10


class OpenBalanceTransfer(models.Model):
    _inherit = "open.balance.transfer"

    def action_confirm(self, day=False):
        """Say that the package has booked everything of which no answer tells otherwise.

        :param str|date day: when it was booked there; today, if not given
        """
        for transfer in self:
            transfer.check_access("write")
            transfer._check_in_force()
            if transfer.state != "handed_over":
                raise UserError(self.env._("%(transfer)s is not waiting for an answer.", transfer=transfer.name))
            if any(line.is_there for line in transfer.line_ids if line.state == "sent"):
                raise UserError(
                    self.env._("Say first of each document that the package says it has already whether it is there.")
                )
            # By sudo: lines are nobody's to write but the hand-over's.
            transfer.line_ids.filtered(lambda line: line.state == "sent").sudo().write({"state": "accepted"})
            transfer._confirm(fields.Date.to_date(day) or fields.Date.context_today(transfer))

    def _find_changed(self):
        """Mark the documents that are no longer what they were when they were handed over.

        :rtype: open.balance.transfer.line
        """
        lines = self.line_ids.filtered(lambda line: not line.is_partner and line.state in SENT and line.move_id)
        changed = lines.browse()
        for package, of_package in lines.grouped("package_id").items():
            reader = DocumentReader(package.with_company(package.company_id))
            found = {document.id: digest(document) for document in reader.read_documents(of_package.move_id)}
            changed |= of_package.filtered(lambda line, found=found: found[line.move_id.id] != line.digest)
        # By sudo: lines are nobody's to write but the hand-over's.
        (lines - changed).filtered("is_changed").sudo().write({"is_changed": False})
        changed.filtered(lambda line: not line.is_changed).sudo().write({"is_changed": True})
        return changed

    def action_find_changed(self):
        """Show the documents that were changed since the hand-over: date, reference and the like."""
        changed = self._find_changed()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Changed since Hand-over"),
            "res_model": "open.balance.transfer.line",
            "view_mode": "list",
            "domain": [("id", "in", changed.ids)],
        }

    # === ANSWERS === #

    @api.model
    def _is_answer(self, files) -> bool:
        """Whether files are the package's answers to a hand-over.

        :param list[bytes] files: what they hold
        """
        return bool(files) and all(is_answer(content) for content in files)

    @api.model
    def _take_answers(self, files):
        """Read the package's answers, and note what became of each document.

        :param list[tuple[str, bytes]] files: name and content
        :return: the transfers that were answered
        :rtype: open.balance.transfer
        :raise UserError: if a file cannot be read, or speaks of documents that were never handed over
        """
        transfers = self.browse()
        for name, content in files:
            transfers |= self._take_answer(name, content)
        return transfers

    @api.model
    def _take_answer(self, name: str, content: bytes):
        """Read one file of answers.

        :rtype: open.balance.transfer
        """
        try:
            answers = read_answers(content)
        except ReadError as error:
            values = to_json({**error.issue.values, "file": name})
            raise UserError(get_sentence(self.env, error.issue.code, values)) from error
        keys = [answer.key for answer in answers if answer.about == "document" and answer.key]
        transfer = self._find_answered(keys)
        transfer.check_access("write")
        for answer in answers:
            transfer._take_message(answer)
        transfer._tell(
            self.env._("%(file)s: answer of the package to %(count)s documents.", file=name, count=len(keys))
        )
        days = [answer.day for answer in answers if answer.day]
        waiting = transfer.line_ids.filtered(lambda line: line.state == "sent" and not line.is_partner)
        if transfer.state == "handed_over" and not waiting:
            today = fields.Date.context_today(transfer)
            transfer._confirm(min(max(days, default=today), today))
        return transfer

    @api.model
    def _find_answered(self, keys):
        """The transfer whose documents have these numbers: this one, or the newest that has them all.

        :param list[str] keys: numbers of documents over there
        :rtype: open.balance.transfer
        """
        lines = self.env["open.balance.transfer.line"].search(
            [
                ("number_sent", "in", keys),
                ("is_partner", "=", False),
                ("state", "in", [*SENT, "refused"]),
                *([("transfer_id", "=", self.id)] if self else []),
            ]
        )
        found = lines.transfer_id.filtered(lambda one: one.state in ("handed_over", "confirmed")).sorted(
            "id", reverse=True
        )
        wanted = set(keys)
        for transfer in found:
            if wanted <= set(transfer.line_ids.mapped("number_sent")):
                return transfer
        unknown = sorted(wanted - set(lines.mapped("number_sent"))) or sorted(wanted)
        raise UserError(
            self.env._(
                "This answer is of documents that are in none of your transfers, or in several: %(numbers)s. Nothing "
                "was noted.",
                numbers=", ".join(unknown[:SHOWN]),
            )
            if keys
            else self.env._("This answer names no document.")
        )

    def _take_message(self, answer):
        """Note what was said of one document or partner; of nothing else is anything concluded.

        :param Answer answer: as the engine read it
        """
        if answer.outcome == "note":
            if answer.text:
                self._tell(answer.text)
            return
        lines = self.line_ids.filtered(
            lambda line: (
                line.number_sent == answer.key
                and line.is_partner == (answer.about == "party")
                and line.state in (*SENT, "refused")
            )
        )
        for line in lines:
            line._take_answer(answer)


class OpenBalanceTransferLine(models.Model):
    _inherit = "open.balance.transfer.line"

    def _take_answer(self, answer):
        """Note what the package says; what it refuses is collected again, unless it says that it is there already."""
        vals = {"answer": answer.text, "is_there": answer.is_there and self.state in ("sent", "refused")}
        if not answer.is_there:
            vals["state"] = STATES[answer.outcome]
        if self.state in ("accepted", "warned") and answer.outcome == "refused":
            vals = {"answer": answer.text}  # it is booked there: a second import of the same file is refused
        # By sudo: lines are nobody's to write but the hand-over's.
        self.sudo().write(vals)
        if self.state == "refused":
            self._leave()

    def _leave(self):
        """Take the document out of its transfer: it is collected again."""
        moves = self.move_id.filtered(lambda move: move.open_balance_transfer_id in self.transfer_id)
        moves._set_transfer(self.env["open.balance.transfer"])

    def action_is_there(self):
        """Say that the document that the package has already is this one."""
        for line in self.filtered("is_there"):
            line.transfer_id.check_access("write")
            # By sudo: lines are nobody's to write but the hand-over's.
            line.sudo().write({"state": "accepted", "is_there": False})
            line.transfer_id._tell(self.env._("%(document)s is there already.", document=line.move_id.display_name))

    def action_is_other(self):
        """Say that what the package has already is something else: the document is collected again."""
        for line in self.filtered("is_there"):
            line.transfer_id.check_access("write")
            # By sudo: as above.
            line.sudo().write({"state": "refused", "is_there": False})
            line._leave()
