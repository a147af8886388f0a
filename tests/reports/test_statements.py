"""Statements of open items: what a customer is sent, who gets none and why."""

import re
from unittest.mock import patch

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatements(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.cover = "receivable"
        cls.silent = cls._create_partner("Silent Ltd")
        cls.disputing = cls._create_partner("Disputing Ltd", email="no@example.com")
        cls.paid = cls._create_partner("Paid Ltd", email="paid@example.com")
        cls.customer.email = "azure@example.com"
        cls.other_customer.email = "deco@example.com"
        partners = (cls.customer, cls.other_customer, cls.silent, cls.disputing)
        for number, partner in enumerate(partners, 1):
            document = cls._create_document(
                partner, 100, f"INV/2026/0000{number}", date="2026-03-15", invoice_date_due="2026-03-15"
            )
        document.action_toggle_block_payment()
        cls.partners = cls.customer | cls.other_customer | cls.silent | cls.disputing | cls.paid

    def _prepare(self):
        action = self.partners.with_user(self.clerk).action_send_open_balance_statements()
        return self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])

    def _get_lines(self, mailing):
        return {line.partner_id.name: (line.state, line.reason or "") for line in mailing.line_ids}

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("account_open_balance.ir_cron_send_statements").method_direct_trigger()
        self.env.invalidate_all()

    def _get_mails(self):
        return self.env["mail.mail"].search([("model", "=", "res.partner"), ("res_id", "in", self.partners.ids)])

    LEFT_OUT = {
        "Silent Ltd": ("skipped", "No e-mail address."),
        "Disputing Ltd": ("skipped", "Everything that is open is disputed."),
        "Paid Ltd": ("skipped", "Nothing is open."),
    }

    def test_who_gets_one_is_shown_before_it_is_sent(self):
        mailing = self._prepare()
        to_send = {"Azure Interior": ("to_send", ""), "Deco Addict": ("to_send", "")}
        self.assertEqual(self._get_lines(mailing), to_send | self.LEFT_OUT)
        counts = (mailing.to_send_count, mailing.sent_count, mailing.left_out_count)
        self.assertEqual((mailing.state, counts), ("draft", (2, 0, 3)))
        self.assertFalse(self._get_mails())

    def test_they_are_sent_in_the_background(self):
        mailing = self._prepare()
        mailing.action_send()
        self.assertEqual((mailing.state, mailing.sent_by_id), ("running", self.clerk))
        self._run_job()
        sent = {"Azure Interior": ("sent", ""), "Deco Addict": ("sent", "")}
        self.assertEqual((mailing.state, self._get_lines(mailing)), ("done", sent | self.LEFT_OUT))
        mails = self._get_mails()
        found = {(mail.email_to, mail.subject, len(mail.attachment_ids)) for mail in mails}
        subject = f"{self.env.company.name}: statement of open items"
        self.assertEqual(found, {("azure@example.com", subject, 1), ("deco@example.com", subject, 1)})
        with self.assertRaisesRegex(UserError, "was sent already"):
            mailing.action_send()
        self._run_job()
        self.assertEqual(self._get_mails(), mails)

    def test_what_has_changed_since_is_left_out(self):
        mailing = self._prepare()
        mailing.action_send()
        self.customer.email = False
        self._run_job()
        self.assertEqual(self._get_lines(mailing)["Azure Interior"], ("skipped", "No e-mail address."))
        self.assertEqual(self._get_mails().mapped("email_to"), ["deco@example.com"])

    def test_one_that_fails_does_not_keep_the_others(self):
        mailing = self._prepare()
        mailing.action_send()
        Template = self.env.registry["mail.template"]
        send = Template.send_mail

        def fail(template, res_id, **kwargs):
            if res_id == self.customer.id:
                raise ValueError("The printer is on fire")
            return send(template, res_id, **kwargs)

        with patch.object(Template, "send_mail", fail):
            self._run_job()
        lines = self._get_lines(mailing)
        self.assertEqual(lines["Azure Interior"], ("failed", "The printer is on fire"))
        self.assertEqual((lines["Deco Addict"], mailing.state), (("sent", ""), "done"))

    def test_who_may_not_send_any_more_has_nothing_sent(self):
        mailing = self._prepare()
        mailing.action_send()
        self.clerk.group_ids -= self.env.ref("account.group_account_invoice")
        self._run_job()
        self.assertEqual((mailing.sudo().state, mailing.sudo().to_send_count), ("draft", 2))
        self.assertFalse(self._get_mails())
        self.assertIn("may not send statements any more", " ".join(mailing.sudo().message_ids.mapped("body")))

    def test_what_was_sent_is_kept(self):
        mailing = self._prepare()
        mailing.action_send()
        self._run_job()
        with self.assertRaisesRegex(UserError, "it tells who was sent a statement"):
            mailing.unlink()
        self._prepare().unlink()

    def test_an_old_list_is_warned_of(self):
        self._import(["10001;INV/2026/00001;15.03.2026;60,00"], apply=True)
        self.assertEqual(
            self._prepare().stale_message,
            "The last list of 1 of them is stale, the oldest is of 2026-03-31: who has paid since is asked again.",
        )

    def test_nobody_writes_who_was_sent_one(self):
        mailing = self._prepare()
        for record, values in ((mailing, {"state": "done"}), (mailing.line_ids[0], {"state": "sent"})):
            with self.assertRaisesRegex(AccessError, "is not written by hand|Statement of a Customer"):
                record.write(values)
        reader = self._create_user("reader", "account.group_account_readonly")
        with self.assertRaisesRegex(AccessError, "Statement Mailing"):
            self.partners.with_user(reader).action_send_open_balance_statements()

    def _render(self, partner):
        Report = self.env["ir.actions.report"].with_user(self.clerk)
        content, _kind = Report._render_qweb_html("account_open_balance.report_statement", partner.ids)
        return re.sub(r"\s+", " ", html.fromstring(content).text_content().replace("\xa0", " "))

    def test_what_a_statement_says(self):
        self._import(
            ["10001;INV/2026/00001;15.03.2026;60,00", "10001;X-7;01.02.2026;25,00"],
            apply=True,
        )
        text = self._render(self.customer)
        for expected in (
            "Statement of open items",
            "As of 04/15/2026 , customer number 10001 , payments until 03/31/2026 are considered",
            "X-7*",
            "INV/2026/00001 INV/2026/00001 03/15/2026 03/15/2026 31 $ 100.00 $ 60.00",
            "Total $ 85.00",
            "* Of an earlier system",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("INV/2026/00002", text)

    def test_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.assertIn("15/03/2026", self._render(self.customer))
