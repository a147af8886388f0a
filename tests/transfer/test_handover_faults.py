"""Hand-overs that are confirmed, numbered, changed or read in an odd order, and what must not come of it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .common_transfer import OpenBalanceTransferCommon
from .test_handover import answer


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHandoverFaults(OpenBalanceTransferCommon):
    def _hand_over(self, **values):
        transfer = self._collect(**values)
        transfer.action_hand_over()
        return transfer

    def _take(self, *messages, day=TODAY):
        content = answer(*messages).replace(b"2026-02-02", day.encode())
        return self.env["open.balance.transfer"].with_user(self.clerk)._take_answers([("Messages.xml", content)])

    def _get_states(self, transfer):
        transfer.invalidate_recordset()
        return [(line.move_id.name, line.state, line.is_there) for line in transfer.document_line_ids.sorted("id")]

    # === ANSWERS === #

    def _create_two_of_one_number(self):
        self.package.code_ids.filtered(lambda code: code.journal_id == self.sales).reverse_code = "71"
        self._create_document(self.customer, 10, "INV/2026/00001")
        self._create_document(self.customer, 10, "RINV/2026/00001", "out_refund")
        return self._hand_over()

    def test_refusal_of_one_of_two_with_one_number_is_asked(self):
        """The answer names the number, not the journal: which of the two was refused, a person says."""
        transfer = self._create_two_of_one_number()
        self._take(
            ("2", "GLTransaction", "202600001", "Created"), ("0", "GLTransaction", "202600001", "Period is closed")
        )
        self.assertEqual(
            self._get_states(transfer), [("INV/2026/00001", "sent", True), ("RINV/2026/00001", "sent", True)]
        )
        self.assertEqual(transfer.move_count, 2)

    def test_one_answer_for_two_with_one_number_accepts_neither(self):
        transfer = self._create_two_of_one_number()
        self._take(("2", "GLTransaction", "202600001", "Created"))
        self.assertEqual(
            self._get_states(transfer), [("INV/2026/00001", "sent", False), ("RINV/2026/00001", "sent", False)]
        )
        self._take(("2", "GLTransaction", "202600001", "Created"), ("2", "GLTransaction", "202600001", "Created"))
        self.assertEqual(
            self._get_states(transfer), [("INV/2026/00001", "accepted", False), ("RINV/2026/00001", "accepted", False)]
        )
        self.assertEqual(transfer.state, "confirmed")

    def test_accepted_after_it_was_refused_is_handed_over_once(self):
        invoice = self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        self._take(("0", "GLTransaction", "202600001", "Period is closed"))
        self._take(("2", "GLTransaction", "202600001", "Created"))
        self.assertEqual(self._get_states(transfer), [("INV/2026/00001", "accepted", False)])
        self.assertEqual(invoice.open_balance_transfer_id, transfer)
        self.assertEqual(self._get_lines(self._collect()), [])

    def test_there_already_after_it_was_refused_is_handed_over_once(self):
        invoice = self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        self._take(("0", "GLTransaction", "202600001", "Period is closed"))
        self._take(("0", "GLTransaction", "202600001", "already exists"))
        transfer.document_line_ids.action_is_there()
        self.assertEqual(self._get_states(transfer), [("INV/2026/00001", "accepted", False)])
        self.assertEqual(invoice.open_balance_transfer_id, transfer)

    def test_accepted_after_another_transfer_took_it(self):
        invoice = self._create_document(self.customer, 10, "INV/2026/00001")
        self._create_document(self.customer, 10, "INV/2026/00002")
        first = self._hand_over()
        both = [("2", "GLTransaction", "202600002", "Created")]
        self._take(("0", "GLTransaction", "202600001", "Period is closed"), *both)
        second = self._hand_over()
        self._take(("2", "GLTransaction", "202600001", "Created"), *both)
        self.assertEqual(
            self._get_states(first), [("INV/2026/00001", "refused", False), ("INV/2026/00002", "accepted", False)]
        )
        self.assertEqual(self._get_states(second), [("INV/2026/00001", "sent", False)])
        self.assertEqual(invoice.open_balance_transfer_id, second)

    def test_answer_from_before_the_hand_over_is_not_of_it(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        first = self._hand_over()
        first.sudo().made_on = "2026-04-10 12:00:00"
        self._take(("0", "GLTransaction", "202600001", "Period is closed"), day="2026-04-11")
        second = self._hand_over()
        found = self._take(("0", "GLTransaction", "202600001", "Period is closed"), day="2026-04-11")
        self.assertEqual(found, first)
        self.assertEqual(self._get_states(second), [("INV/2026/00001", "sent", False)])

    def test_refused_after_a_person_confirmed(self):
        """What a person confirmed without an answer is not booked there if the package refused it."""
        invoice = self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        transfer.action_confirm()
        self._take(("0", "GLTransaction", "202600001", "Period is closed"))
        self.assertEqual(self._get_states(transfer), [("INV/2026/00001", "refused", False)])
        self.assertFalse(invoice.open_balance_transfer_id)

    # === CONFIRMING === #

    def test_confirmed_neither_before_the_hand_over_nor_in_the_future(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        for day in ("2026-04-14", "2026-04-16", "some day", 5, [1], "2026-13-45"):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, "day from"):
                transfer.action_confirm(day)
        transfer.action_confirm(TODAY)
        self.assertRecordValues(transfer, [{"state": "confirmed", "confirmed_on": self._date(TODAY)}])

    def test_without_waiting_it_counts_from_the_hand_over(self):
        """A list between the transfer's date and the hand-over cannot hold the documents."""
        self.package.wait_for_confirmation = False
        self._create_document(self.customer, 10, "INV/2026/00001")
        self.assertEqual(self._hand_over().confirmed_on, self._date(TODAY))

    # === NUMBERS === #

    def test_one_that_is_not_ready_does_not_hold_up_another(self):
        other_tax = self._create_tax("other", 9.0)
        self._create_taxed(self._create_partner("First"), [10], "INV/2026/00001", tax=other_tax)
        second = self._create_partner("Second")
        self._create_taxed(second, [10], "INV/2026/00002")
        self.package.write({"debtor_from": 20001, "debtor_to": 20010})
        transfer = self._collect()
        transfer.action_hand_over()
        self.assertEqual(
            [line[:3] for line in self._get_lines(transfer)[:2]],
            [("INV/2026/00001", "202600001", "not_ready"), ("INV/2026/00002", "202600002", "sent")],
        )
        self.assertEqual(second.debtor_number, "20002")

    def test_customer_and_vendor_of_one_number(self):
        """One number is one account in Exact, whatever the role."""
        self._create_partner("Vendor", creditor_number="10001")
        self._create_document(self.customer, 10, "INV/2026/00001")
        self.assertEqual(self._get_lines(self._collect())[0][2:], ("not_ready", ["handover_number_taken"]))

    def test_ranges_that_overlap(self):
        self.package.write({"debtor_from": 20001, "debtor_to": 20010, "creditor_from": 20001, "creditor_to": 20010})
        self._create_document(self._create_partner("Customer"), 10, "INV/2026/00001")
        self._create_document(self._create_partner("Vendor"), 10, "77", "in_invoice", name="BILL/2026/00001")
        lines = self._get_lines(self._collect())
        self.assertEqual(
            [line[:3] for line in lines if not line[0].count("/")],
            [("Vendor", "20001", "ready"), ("Customer", "20002", "ready")],
        )

    # === PACKAGES AND TRANSFERS === #

    def test_another_package_takes_other_documents(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        bills = self._create_package(name="Bills", sales=False, source_id=False)
        transfer = self._collect()
        transfer.package_id = bills
        self.assertEqual(self._get_lines(transfer), [])

    def test_package_stays_while_it_has_transfers(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        package = self.package.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "archive"):
            package.unlink()
        for values in ({"format": "record"}, {"format": "csv"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "another package"):
                package.write(values)
        self.assertEqual(transfer.package_id, self.package)

    def test_what_was_handed_over_is_not_deleted(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        transfer.with_user(self.manager).action_take_back()
        with self.assertRaisesRegex(UserError, "stays"):
            transfer.unlink()

    def test_files_stay_as_they_were_handed_over(self):
        self._create_document(self.customer, 10, "INV/2026/00001")
        transfer = self._hand_over()
        file = transfer.file_ids.filtered(lambda one: one.name == "transactions.xml").with_user(self.clerk)
        content = file.raw
        for change in (
            lambda: file.write({"raw": b"other"}),
            lambda: file.write({"res_id": 0}),
            file.unlink,
        ):
            with self.subTest(), self.assertRaises(AccessError):
                change()
        own = self.env["ir.attachment"].with_user(self.clerk)
        note = own.create({"name": "note.txt", "raw": b"x", "res_model": transfer._name, "res_id": transfer.id})
        transfer.invalidate_recordset()
        self.assertEqual(transfer.file_ids.sorted("id").mapped("name"), ["relations.xml", "transactions.xml"])
        self.assertEqual((file.raw, transfer.file_count), (content, 2))
        note.unlink()

    def test_nothing_is_made_by_mail(self):
        mail = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: mine\r\nMessage-Id: <1@x>\r\n\r\nhello"
        internal = self._create_user("internal", "base.group_user")
        for model in ("open.balance.package", "open.balance.month", "open.balance.mailing"):
            values = {"company_id": self.env.company.id, "start_date": "2026-01-01", "month": "2026-01-01"}
            values = {name: value for name, value in values.items() if name in self.env[model]._fields}
            with self.subTest(model=model), self.assertRaisesRegex(UserError, "by e-mail"):
                self.env["mail.thread"].with_user(internal).message_process(model, mail.decode(), values)

    # === WHOEVER HANDS OVER === #

    def test_texts_are_the_companys(self):
        """Whoever checks and whoever hands over may have other languages, and work in other companies."""
        other = self.setup_other_company()["company"]
        self.clerk.company_ids |= other
        self.env["res.lang"]._activate_lang("nl_NL")
        self.tax.with_context(lang="nl_NL").name = "BTW 21 %"
        self._create_taxed(self.customer, [10], "INV/2026/00001")
        transfer = self._collect()
        companies = [other.id, self.env.company.id]
        transfer.with_context(lang="nl_NL", allowed_company_ids=companies).action_hand_over()
        self.assertEqual(self._get_states(transfer), [("INV/2026/00001", "sent", False)])

    # === MONTHS === #

    def test_refused_and_cancelled_no_longer_holds_up_the_month(self):
        invoice = self._create_document(self.customer, 10, "INV/2026/00001", date="2026-03-31")
        self._hand_over(date="2026-03-31")
        self._take(("0", "GLTransaction", "202600001", "Period is closed"))
        month = self.env["open.balance.month"].with_user(self.manager).create({"month": "2026-03-01"})
        self.assertEqual(month.refused_count, 1)
        invoice.button_cancel()
        month.invalidate_recordset()
        self.assertEqual(month.refused_count, 0)
