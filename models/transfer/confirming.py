"""What the accounting package says of what was handed over, or a person for it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

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
            confirmed_on = transfer._get_confirmed_day(day)
            # By sudo: lines are nobody's to write but the hand-over's.
            transfer.line_ids.filtered(lambda line: line.state == "sent").sudo().write({"state": "accepted"})
            transfer._confirm(confirmed_on)

    def _get_confirmed_day(self, day):
        """The day on which a person says that the documents were booked there.

        :param str|date day: as it was given; today, if it was not
        :rtype: datetime.date
        """
        first, today = self._get_made_day(), fields.Date.context_today(self)
        try:
            found = fields.Date.to_date(day) if day else today
        except (TypeError, ValueError):
            found = None
        if not found or not first <= found <= today:
            raise UserError(
                self.env._(
                    "Give a day from %(first)s, when it was handed over, to %(last)s.",
                    first=format_date(self.env, first),
                    last=format_date(self.env, today),
                )
            )
        return found

    def _get_made_day(self):
        """The day on which the files were made: the package has booked nothing before.

        :rtype: datetime.date
        """
        return fields.Datetime.context_timestamp(self, self.made_on).date() if self.made_on else self.date

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
        answers = self._read_answer(name, content)
        keys = [answer.key for answer in answers if answer.about == "document" and answer.key]
        partners = [answer.key for answer in answers if answer.about == "party" and answer.key]
        day = max((answer.day for answer in answers if answer.day), default=None)
        transfer = self._find_answered(keys or partners, day, is_partner=not keys)
        transfer.check_access("write")
        for answer in answers:
            transfer._take_message(answer)
        transfer._tell(
            self.env._("%(file)s: answer of the package to %(count)s documents.", file=name, count=len(keys))
        )
        waiting = transfer.line_ids.filtered(lambda line: line.state == "sent" and not line.is_partner)
        if transfer.state == "handed_over" and not waiting:
            today = fields.Date.context_today(transfer)
            transfer._confirm(max(min(day or today, today), transfer._get_made_day()))
        return transfer

    @api.model
    def _read_answer(self, name: str, content: bytes) -> list:
        """What a file of answers says.

        :raise UserError: if it cannot be read
        """
        try:
            return read_answers(content)
        except ReadError as error:
            values = to_json({**error.issue.values, "file": name})
            raise UserError(get_sentence(self.env, error.issue.code, values)) from error

    @api.model
    def _find_answered(self, keys, day=None, is_partner=False):
        """The transfer whose documents have these numbers: this one, or the newest that has them all.

        :param list[str] keys: numbers of documents over there
        :param datetime.date day: of the answer; what was handed over later is not meant
        :param is_partner: whether they are numbers of partners: relations are imported first, by themselves
        :rtype: open.balance.transfer
        """
        lines = self.env["open.balance.transfer.line"].search(
            [
                ("number_sent", "in", keys),
                ("is_partner", "=", is_partner),
                ("state", "in", [*SENT, "refused"]),
                *([("transfer_id", "=", self.id)] if self else []),
            ]
        )
        found = lines.transfer_id.filtered(
            lambda one: one.state in ("handed_over", "confirmed") and (not day or one._get_made_day() <= day)
        ).sorted("id", reverse=True)
        wanted, of_transfer = set(keys), lines.grouped("transfer_id")
        for transfer in found:
            if wanted <= set(of_transfer[transfer].mapped("number_sent")):
                return transfer
        unknown = sorted(wanted - set(lines.mapped("number_sent"))) or sorted(wanted)
        raise UserError(
            self.env._(
                "This answer is of documents that are in none of your transfers, or in several: %(numbers)s. Nothing "
                "was noted.",
                numbers=", ".join(unknown[:SHOWN]),
            )
            if keys
            else self.env._("This answer names no document and no partner.")
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
            line._take_answer(answer, 1 if line.is_partner else len(lines))


class OpenBalanceTransferLine(models.Model):
    _inherit = "open.balance.transfer.line"

    def _take_answer(self, answer, namesakes: int):
        """Note what the package says; what it refuses is collected again, unless it says that it is there already.

        :param int namesakes: how many documents of the transfer have the number, each in a journal of its own
        """
        # By sudo: lines are nobody's to write but the hand-over's.
        self.sudo().write({"answer": answer.text or answer.outcome, **self._get_answered(answer, namesakes)})
        if self.state == "refused":
            self._leave()
        else:
            self._come_back()

    def _get_answered(self, answer, namesakes: int) -> dict:
        """What becomes of the line by what the package says."""
        is_refused = answer.outcome == "refused"
        if self.state in ("accepted", "warned") and is_refused and (self.answer or answer.is_there):
            return {}  # it is booked there: a second import of the same file is refused
        if self._is_gone():
            return {}
        # The answer names a number, but no journal: it is of all documents with that number, or a person is asked.
        is_clear = namesakes == 1 or (not is_refused and answer.count >= namesakes)
        if is_refused and (answer.is_there or not is_clear):
            return {"is_there": self.state in ("sent", "refused")}
        return {"is_there": False, "state": STATES[answer.outcome]} if is_clear else {}

    def _is_gone(self) -> bool:
        """Whether the document was refused, and then handed over by another transfer, or is no longer posted."""
        # By sudo: it may be a document, or a transfer, of a company that the user may not enter.
        move = self.sudo().move_id
        return (
            self.state == "refused"
            and not self.is_partner
            and (move.state != "posted" or bool(move.open_balance_transfer_id - self.sudo().transfer_id))
        )

    def _come_back(self):
        """Put the document that was refused before into its transfer again: it is booked there after all."""
        for line in self.filtered(lambda line: line.move_id and not line.move_id.open_balance_transfer_id):
            transfer = line.transfer_id
            line.move_id._set_transfer(transfer)
            if transfer.state == "confirmed":  # a list from before it was booked does not hold it
                transfer._confirm(max(transfer.confirmed_on, fields.Date.context_today(transfer)))

    def _leave(self):
        """Take the document out of its transfer: it is collected again."""
        moves = self.move_id.filtered(lambda move: move.open_balance_transfer_id in self.transfer_id)
        moves._set_transfer(self.env["open.balance.transfer"])

    def action_is_there(self):
        """Say that the document that the package has already is this one."""
        for line in self.filtered("is_there"):
            line.transfer_id.check_access("write")
            line.transfer_id._check_in_force()
            if line._is_gone():
                raise UserError(
                    self.env._("%(document)s was handed over again meanwhile, or is no longer posted.",
                               document=line.move_id.display_name)
                )  # fmt: skip
            # By sudo: lines are nobody's to write but the hand-over's.
            line.sudo().write({"state": "accepted", "is_there": False})
            line._come_back()
            line.transfer_id._tell(self.env._("%(document)s is there already.", document=line.move_id.display_name))

    def action_is_other(self):
        """Say that what the package has already is something else: the document is collected again."""
        for line in self.filtered("is_there"):
            line.transfer_id.check_access("write")
            # By sudo: as above.
            line.sudo().write({"state": "refused", "is_there": False})
            line._leave()
