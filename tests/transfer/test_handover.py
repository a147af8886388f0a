"""A transfer from what is collected to what the package has booked."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from .common_transfer import OpenBalanceTransferCommon

MESSAGES = """<?xml version="1.0" encoding="utf-8"?>
<eExact><Messages>%s</Messages></eExact>"""
MESSAGE = """<Message type="%s"><Topic code="%ss" node="%s"><Data keyAlt="%s"/></Topic>
<Date>2026-02-02T08:15:00</Date><Description>%s</Description></Message>"""


def answer(*messages):
    """A file of answers: type, node, number, text."""
    parts = [MESSAGE % (kind, node, node, key, text) for kind, node, key, text in messages]
    return (MESSAGES % "".join(parts)).encode()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHandover(OpenBalanceTransferCommon):
    """Collect, check, hand over, answer, confirm, release, take back."""

    def test_what_is_ready_is_handed_over(self):
        invoice = self._create_taxed(self.customer, [36.46, 36.46], "INV/2026/00042", ref="PO 7788")
        self._create_document(self.customer, 10, "INV/2026/00043", post=False)
        self._create_document(self.customer, 10, "INV/2025/00044", date="2025-12-31")
        self._create_document(self.customer, 10, "INV/2026/00045", date="2026-02-01")
        transfer = self._collect()
        self.assertEqual(
            self._get_lines(transfer),
            [
                ("INV/2026/00042", "202600042", "ready", []),
                ("Azure Interior", "10001", "ready", []),
            ],
        )
        self.assertEqual(transfer.sentence, "Ready to be handed over: 1.")
        transfer.action_hand_over()
        self.assertRecordValues(
            transfer, [{"state": "handed_over", "move_ids": invoice.ids, "confirmed_on": False, "open_count": 1}]
        )
        files = self._get_files(transfer)
        self.assertEqual(list(files), ["relations.xml", "transactions.xml"])
        content = files["transactions.xml"]
        self.assertEqual(self._find(content, "//GLTransaction/@entry"), ["202600042"])
        self.assertEqual(
            self._find(content, "//GLTransactionLine/Amount/Value/text()"), ["88.23", "-36.46", "-36.46", "-15.31"]
        )
        self.assertEqual(self._find(content, "//VATAmount/text()"), ["-7.66", "-7.65"])
        self.assertEqual(self._find(content, "//GLTransactionLine/Amount/VAT/@code"), ["2", "2", "2"])
        self.assertEqual(self._find(content, "//Journal/@code"), ["70"])
        self.assertEqual(self._find(content, "//GLTransaction/PaymentCondition/@code"), ["30"])
        self.assertEqual(self._find(files["relations.xml"], "//Account/@code"), ["10001"])
        self.assertFalse(invoice.is_manually_modified)

    def test_nothing_is_closed_before_it_is_booked_there(self):
        invoice = self._create_document(self.customer, 100, "INV/2026/00001")
        self._create_document(self.customer, 100, "INV/2026/00002", date="2026-01-10")
        transfer = self._collect()
        transfer.action_hand_over()
        rows = ["10001;INV/2026/00002;10.01.2026;100,00"]
        absent = self._import(rows).line_ids.filtered(lambda line: not line.row)
        self.assertEqual([(line.action, line.reason_code) for line in absent], [("skip", "not_confirmed")])
        transfer.sudo().made_on = "2026-03-29"
        transfer.action_confirm("2026-03-31")
        self.assertEqual(
            [line.reason_code for line in self._import(rows).line_ids if not line.row], ["not_transferred"]
        )
        transfer.sudo().confirmed_on = "2026-03-30"
        run = self._import(rows, apply=True)
        self.assertEqual((run.state, invoice.payment_state, invoice.amount_residual), ("done", "paid", 0.0))

    def test_handed_over_counts_as_not_in_the_list(self):
        self._create_document(self.customer, 100, "INV/2026/00001")
        other = self._create_document(self.customer, 50, "INV/2026/00002")
        self.source.uses_transfers = False
        self._import(["10001;INV/2026/00002;15.01.2026;50,00"], apply=False)
        self.package.source_id = False
        transfer = self._collect()
        transfer.action_hand_over()
        self.assertFalse(self.source.uses_transfers)
        self._import(["10001;INV/2026/00002;15.01.2026;50,00"], apply=True)
        self.assertEqual(self._get_balances(self.customer), (50.0, 100.0, 150.0))
        transfer.sudo().made_on = "2026-03-29"
        transfer.action_confirm("2026-03-30")
        self.assertEqual(self._get_balances(self.customer), (50.0, 0.0, 50.0))
        self.assertEqual(other.amount_residual, 50.0)

    def test_handed_over_is_frozen(self):
        invoice = self._create_document(self.customer, 100, "INV/2026/00001")
        self._collect().action_hand_over()
        for method in ("button_draft", "button_cancel"):
            with self.subTest(method=method), self.assertRaises(UserError) as caught:
                getattr(invoice, method)()
            self.assertRegex(str(caught.exception), "handed over .* by January on")
        with self.assertRaisesRegex(AccessError, "Only an accounting manager"):
            invoice.with_user(self.clerk)._release_from_transfer("wrong")
        with self.assertRaisesRegex(UserError, "Say why"):
            invoice.with_user(self.manager)._release_from_transfer(" ")
        dialog = self.env["open.balance.transfer.release"].with_user(self.manager)
        action = invoice.with_user(self.manager).action_release_from_transfer()
        dialog = dialog.browse(action["res_id"])
        dialog.reason = "deleted there"
        dialog.action_release()
        self.assertRecordValues(invoice, [{"open_balance_transfer_id": False, "state": "posted"}])
        invoice.button_draft()
        self.assertEqual(invoice.state, "draft")

    def test_changed_since(self):
        invoice = self._create_document(self.customer, 100, "INV/2026/00001")
        transfer = self._collect()
        transfer.action_hand_over()
        line = transfer.document_line_ids
        self.assertEqual(transfer.action_find_changed()["domain"], [("id", "in", [])])
        invoice.ref = "other"
        self.assertEqual(transfer.action_find_changed()["domain"], [("id", "in", line.ids)])
        self.assertTrue(line.is_changed)

    def test_not_ready(self):
        nameless = self._create_partner("Nameless")
        other_tax = self._create_tax("other", 9.0)
        self._create_taxed(nameless, [10], "INV/2026/00001")
        self._create_taxed(self.customer, [10], "INV/2026/00002", tax=other_tax)
        self._create_taxed(self.customer, [10], "INV/2026/00003", tax=self.tax | other_tax)
        self._create_taxed(self.customer, [10], "NO NUMBER")
        self._create_taxed(self.customer, [10], "INV/2026/00005")
        self._create_taxed(self.customer, [10], "BK-202600005")
        transfer = self._collect()
        self.assertEqual(
            self._get_lines(transfer)[:6],
            [
                ("BK-202600005", "202600005", "not_ready", ["handover_entry_twice"]),
                ("INV/2026/00001", "202600001", "not_ready", ["handover_no_number"]),
                ("INV/2026/00002", "202600002", "not_ready", ["handover_no_code"]),
                ("INV/2026/00003", "202600003", "not_ready", ["handover_no_code"]),
                ("INV/2026/00005", "202600005", "not_ready", ["handover_entry_twice"]),
                ("NO NUMBER", "", "not_ready", ["handover_entry_number"]),
            ],
        )
        with self.assertRaisesRegex(UserError, "Nothing is ready"):
            transfer.action_hand_over()
        lines = transfer.document_line_ids.sorted("id")
        self.assertEqual(lines[1].reason, "Nameless has no number in the accounting package.")
        self.assertEqual(lines[1].action_cure()["res_id"], nameless.id)
        self.assertEqual(lines[2].action_cure()["res_id"], self.package.id)
        nameless.debtor_number = "10009"
        self.package.code_ids = [Command.create({"tax_id": other_tax.id, "code": "9"})]
        transfer.action_check()
        self.assertEqual(
            [(number, state, codes) for _name, number, state, codes in self._get_lines(transfer)[1:4]],
            [
                ("202600001", "ready", []),
                ("202600002", "ready", []),
                ("202600003", "not_ready", ["handover_two_vat_codes"]),
            ],
        )

    def test_numbers_are_proposed_and_written_on_hand_over(self):
        new = self._create_partner("New customer")
        self._create_partner("Old customer", debtor_number="20003")
        self._create_document(new, 10, "INV/2026/00001")
        self.package.write({"debtor_from": 20001, "debtor_to": 20010})
        transfer = self._collect()
        self.assertEqual(self._get_lines(transfer)[1], ("New customer", "20004", "ready", []))
        self.assertFalse(new.debtor_number)
        transfer.action_hand_over()
        self.assertEqual(new.debtor_number, "20004")
        transfer.with_user(self.manager).action_take_back("try again")
        self.assertEqual(new.debtor_number, "20004")

    def test_credit_notes_have_a_journal_of_their_own(self):
        """INV/2026/00001 and RINV/2026/00001 have the same digits."""
        self._create_document(self.customer, 10, "INV/2026/00001")
        self._create_document(self.customer, 10, "RINV/2026/00001", "out_refund")
        self.assertEqual([line[2] for line in self._get_lines(self._collect())[:2]], ["not_ready", "not_ready"])
        self.package.code_ids.filtered(lambda code: code.journal_id == self.sales).reverse_code = "71"
        transfer = self._collect()
        self.assertEqual([line[2:] for line in self._get_lines(transfer)[:2]], [("ready", []), ("ready", [])])
        transfer.action_hand_over()
        content = self._get_files(transfer)["transactions.xml"]
        self.assertEqual(self._find(content, "//Journal/@code"), ["70", "71"])
        self._create_document(self.customer, 10, "CN/2026/00001", "out_refund")
        self.assertEqual(self._get_lines(self._collect())[0][3], ["handover_entry_twice"])

    def test_range_that_is_used_up(self):
        self._create_partner("Old customer", debtor_number="20002")
        self._create_document(self._create_partner("New"), 10, "INV/2026/00001")
        self.package.write({"debtor_from": 20001, "debtor_to": 20002})
        self.assertEqual(self._get_lines(self._collect())[0][2:], ("not_ready", ["handover_no_number"]))

    def test_two_partners_with_one_number(self):
        self._create_partner("Twin", debtor_number="10001")
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._collect()
        self.assertEqual(self._get_lines(transfer)[0][2:], ("not_ready", ["handover_number_taken"]))
        self.assertEqual(transfer.document_line_ids.reason, "Azure Interior and Twin have the same number 10001.")

    def test_twice_is_impossible(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        first, second = self._collect(), self._collect()
        first.action_hand_over()
        second.action_hand_over()
        self.assertEqual((second.state, self._get_lines(second)[0][2:]), ("draft", ("not_ready", ["handover_taken"])))
        self.assertFalse(second.file_ids)
        self.assertEqual(self._get_lines(self._collect()), [])
        line = second.document_line_ids.sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            line.state = "sent"
            line.flush_recordset()

    def test_changed_between_check_and_hand_over(self):
        invoice = self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._collect()
        invoice.ref = "new"
        transfer.action_hand_over()
        self.assertEqual(
            (transfer.state, self._get_lines(transfer)[0][2:]), ("draft", ("not_ready", ["handover_changed"]))
        )
        with self.assertRaisesRegex(UserError, "Nothing is ready"):
            transfer.action_hand_over()
        transfer.action_check()
        transfer.action_hand_over()
        self.assertEqual([line[2:] for line in self._get_lines(transfer)], [("sent", []), ("sent", [])])
        self.assertEqual(transfer.move_ids, invoice)

    def test_a_document_is_listed_once(self):
        """Two who collect at the same moment do not see each other's lines."""
        self._create_document(self.customer, 10, "INV/2026/00001")
        line = self._collect().document_line_ids.sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            line.copy()

    def test_a_context_makes_no_half_transfer(self):
        """What is only recorded has no package, whatever a client's context says."""
        invoice = self._create_document(self.customer, 10, "INV/2026/00001")
        invoice.with_user(self.clerk).with_context(default_package_id=self.package.id).action_mark_as_transferred()
        transfer = invoice.open_balance_transfer_id
        self.assertRecordValues(transfer, [{"state": "confirmed", "package_id": False}])

    def test_closed_there(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        self.package.closed_until = "2026-01-31"
        self.assertEqual(self._get_lines(self._collect())[0][2:], ("not_ready", ["handover_locked_there"]))

    def test_partner_goes_out_again_only_if_it_has_changed(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        self._collect().action_hand_over()
        self._create_document(self.customer, 10, "INV/2026/00002")
        transfer = self._collect()
        self.assertEqual([line[0] for line in self._get_lines(transfer)], ["INV/2026/00002"])
        self.customer.street = "Main street 1"
        transfer.action_check()
        self.assertEqual([line[0] for line in self._get_lines(transfer)], ["INV/2026/00002", "Azure Interior"])

    def test_rights(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        reader = self._create_user("reader", "account.group_account_readonly")
        transfer = self._collect()
        for method in ("action_collect", "action_check", "action_hand_over", "action_confirm"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(transfer.with_user(reader), method)()
        with self.assertRaises(AccessError):
            self.package.with_user(self.clerk).name = "mine"
        with self.assertRaises(AccessError):
            transfer.document_line_ids.with_user(self.manager).write({"state": "accepted"})
        transfer.action_hand_over()
        with self.assertRaises(AccessError):
            transfer.action_take_back("oops")
        transfer.with_user(self.manager).action_take_back()
        self.assertRecordValues(transfer, [{"state": "taken_back", "move_count": 0, "file_count": 2}])
        self.assertEqual(transfer.document_line_ids.state, "released")

    def test_confirmed_is_taken_back_with_a_reason_only(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._collect()
        transfer.action_hand_over()
        transfer.action_confirm()
        self.assertEqual(transfer.confirmed_on, self._date(TODAY))
        with self.assertRaisesRegex(UserError, "Say why"):
            transfer.with_user(self.manager).action_take_back()
        transfer.with_user(self.manager).action_take_back("imported into the wrong company")
        self.assertEqual(transfer.state, "taken_back")

    def test_another_company(self):
        other = self.setup_other_company()["company"]
        stranger = self._create_user("stranger", "account.group_account_manager", other)
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._collect()
        for record in (self.package, self.package.code_ids[:1], transfer, transfer.line_ids[:1]):
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.with_user(stranger).read(["display_name"])

    def test_without_waiting(self):
        self.package.wait_for_confirmation = False
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._collect()
        transfer.action_hand_over()
        self.assertRecordValues(transfer, [{"state": "confirmed", "confirmed_on": self._date(TODAY)}])
        self.assertEqual(set(transfer.line_ids.mapped("state")), {"accepted"})


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAnswers(OpenBalanceTransferCommon):
    """What the package says of what was handed over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.moves = cls.env["account.move"].union(
            *(cls._create_document(cls.customer, 10 * at, f"INV/2026/0000{at}") for at in range(1, 5))
        )

    def setUp(self):
        super().setUp()
        self.transfer = self._collect()
        self.transfer.action_hand_over()
        self.transfer.sudo().made_on = "2026-02-01"

    def _take(self, *messages):
        return (
            self.env["open.balance.transfer"].with_user(self.clerk)._take_answers([("Messages.xml", answer(*messages))])
        )

    def _get_answers(self):
        return [(line.state, line.answer or "", line.is_there) for line in self.transfer.document_line_ids.sorted("id")]

    def test_all_sorts(self):
        found = self._take(
            ("2", "GLTransaction", "202600001", "Created"),
            ("1", "GLTransaction", "202600002", "Rate differs"),
            ("0", "GLTransaction", "202600003", "Period is closed: 2026 - 1"),
            ("0", "GLTransaction", "202600004", "Bestaat reeds - Boekstuknummer: 202600004"),
            ("2", "Account", "10001", "Created"),
        )
        self.assertEqual(found, self.transfer)
        expected = [
            ("accepted", "Created", False),
            ("warned", "Rate differs", False),
            ("refused", "Period is closed: 2026 - 1", False),
            ("sent", "Bestaat reeds - Boekstuknummer: 202600004", True),
        ]
        self.assertEqual(self._get_answers(), expected)
        self.assertEqual(self.transfer.partner_line_ids.state, "accepted")
        self.assertEqual(self.transfer.move_ids, self.moves - self.moves[2])
        self.assertEqual(self.transfer.state, "handed_over")
        with self.assertRaisesRegex(UserError, "has already"):
            self.transfer.action_confirm()
        self.assertEqual([line[0] for line in self._get_lines(self._collect())], ["INV/2026/00003"])
        self.transfer.document_line_ids.filtered("is_there").action_is_there()
        self.assertEqual(self._get_answers()[3][0], "accepted")
        self.transfer.action_confirm("2026-02-03")
        self.assertEqual(self.transfer.state, "confirmed")

    def test_there_is_something_else(self):
        self._take(("0", "GLTransaction", "202600004", "already exists"))
        self.transfer.document_line_ids.filtered("is_there").action_is_other()
        self.assertEqual(self._get_answers()[3], ("refused", "already exists", False))
        self.assertFalse(self.moves[3].open_balance_transfer_id)

    def test_accepted_after_the_others_is_closed_by_later_lists_only(self):
        """Booked there after the transfer was confirmed: a list of a day between lacks it, though nobody paid."""
        messages = [("2", "GLTransaction", f"20260000{at}", "Created") for at in range(1, 5)]
        self._take(*messages[:3], ("0", "GLTransaction", "202600004", "Period is closed"))
        self.assertRecordValues(self.transfer, [{"state": "confirmed", "confirmed_on": self._date("2026-02-02")}])
        self._take(messages[3])
        self.assertEqual(self.transfer.move_ids, self.moves)
        self.assertEqual(self.transfer.confirmed_on, self._date(TODAY))
        run = self._import(["10001;INV/2026/00001;15.01.2026;10,00"], balance_date="2026-02-05")
        codes = {line.move_id.name: line.reason_code for line in run.line_ids if not line.row}
        self.assertEqual(codes["INV/2026/00004"], "not_transferred")

    def test_all_accepted_confirms(self):
        self._take(*(("2", "GLTransaction", f"20260000{at}", "Created") for at in range(1, 5)))
        self.assertRecordValues(
            self.transfer,
            [{"state": "confirmed", "confirmed_on": self._date("2026-02-02"), "confirmed_by_id": self.clerk.id}],
        )

    def test_twice_changes_nothing(self):
        messages = [
            ("2", "GLTransaction", "202600001", "Created"),
            ("0", "GLTransaction", "202600003", "Period is closed"),
        ]
        self._take(*messages)
        before = self._get_answers()
        self._take(*messages)
        self.assertEqual(self._get_answers(), before)
        self._take(("0", "GLTransaction", "202600001", "Bestaat reeds"))
        self.assertEqual(self._get_answers()[0][0], "accepted")

    def test_unknown_documents_are_a_stop(self):
        before = self._get_answers()
        with self.assertRaisesRegex(UserError, "202699999"):
            self._take(("2", "GLTransaction", "202600001", "Created"), ("2", "GLTransaction", "202699999", "Created"))
        self.assertEqual(self._get_answers(), before)

    def test_relations_alone(self):
        """Relations are imported before the transactions: their answer comes by itself."""
        self.assertEqual(self._take(("2", "Account", "10001", "Created")), self.transfer)
        self.assertEqual((self.transfer.state, self.transfer.partner_line_ids.state), ("handed_over", "accepted"))
        self.assertEqual({state for state, _text, _is_there in self._get_answers()}, {"sent"})
        with self.assertRaisesRegex(UserError, "names no document and no partner"):
            self._take(("3", "", "", "Import stopped"))

    def test_damaged(self):
        with self.assertRaisesRegex(UserError, "Messages.xml"):
            self.env["open.balance.transfer"]._take_answers([("Messages.xml", b"<eExact><Messages><Mess")])

    def test_dropped_into_the_dialog(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "Messages.xml", "raw": answer(("2", "GLTransaction", "202600001", "Created"))})
        )
        dialog = self.env["open.balance.import.upload"].with_user(self.clerk).create({"file_ids": file.ids})
        action = dialog.action_preview()
        self.assertEqual((action["res_model"], action["res_id"]), ("open.balance.transfer", self.transfer.id))
        self.assertEqual(self._get_answers()[0], ("accepted", "Created", False))
