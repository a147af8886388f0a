from odoo.tests import freeze_time, tagged

from odoo.addons.account_open_balance.models.unattended.authentication import passed_by

from ..common import TODAY
from ..run.test_import_mail import PAY_FIRST, MailCommon

PASS = "mx.example.com; spf=pass smtp.mailfrom=example.com; dmarc=pass (p=reject) header.from=example.com"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMailProof(MailCommon):
    """A list that comes by e-mail is applied without a person only if something proves where it comes from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.apply_automatically = True
        cls.employee = cls._create_user("employee", "base.group_user")

    def assertApplied(self, run):
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))

    def assertWaits(self, run):
        self.assertEqual((run.state, self.invoice.amount_residual), ("planned", 100.0))
        self.assertIn("nothing else proves where it comes from", self._get_told(run)[0])

    # === A SECRET PART IN THE ADDRESS === #

    def test_key_in_the_address(self):
        run = self._receive(To=f"open-items+{self.key}@lists.example.com")
        self.assertApplied(run)

    def test_the_key_in_the_address_is_not_kept(self):
        run = self._receive(To=f"Lists <open-items+{self.key}@lists.example.com>", save_original=True)
        self.assertApplied(run)
        message = run.message_ids.filtered(lambda one: one.message_type == "email")
        kept = [message.subject, message.body, message.incoming_email_to, message.incoming_email_cc, message.reply_to]
        self.assertFalse([text for text in kept if self.key in (text or "")])
        self.assertEqual(message.attachment_ids.mapped("name"), ["list.csv"])

    def test_other_key_in_the_address(self):
        self.assertWaits(self._receive(To="open-items+twelve_chars@lists.example.com"))

    def test_address_that_has_a_plus_of_its_own(self):
        other = self.env["open.balance.source"].create(
            {"name": "Other", "alias_name": "open-items+b", "alias_domain_id": self.source.alias_domain_id.id}
        )
        other.message_subscribe(self.clerk.partner_id.ids)
        self.assertEqual(self._receive(To="open-items+b@lists.example.com").source_id, other)

    # === THE GATEWAY'S AUTHENTICATION RESULT === #

    def _receive_vouched(self, header=PASS, env=None, **kwargs):
        return self._receive(env=env, **{"Authentication-Results": header}, **kwargs)

    def test_trusted_server_vouches_for_the_sender(self):
        self.source.mail_authority = "MX.example.com"
        self.assertApplied(self._receive_vouched())

    def test_without_a_trusted_server_nobody_vouches(self):
        for number, authority in enumerate((False, "", "mx.other.com")):
            self.source.mail_authority = authority
            with self.subTest(authority=authority):
                self.assertWaits(self._receive_vouched(**{"Message-Id": f"<{number}@example.com>"}))

    def test_employee_hands_the_gateway_a_mail_with_such_a_header(self):
        self.source.mail_authority = "mx.example.com"
        self.assertWaits(self._receive_vouched(env=self.env(user=self.employee)))

    def test_employee_hands_the_gateway_values(self):
        self.source.mail_authority = "mx.example.com"
        values = {"open_balance_vouched_by": "mx.example.com"}
        run = self._receive(env=self.env(user=self.employee), model="open.balance.import", values=values)
        self.assertWaits(run)

    def test_header_below_that_of_the_server_is_the_senders(self):
        self.source.mail_authority = "mx.example.com"
        first = "mx.example.com; dmarc=fail header.from=example.com"
        self.assertWaits(self._receive_vouched(f"{first}\nAuthentication-Results: {PASS}"))

    def test_what_a_header_says(self):
        for header, domain, found in (
            (PASS, "example.com", "mx.example.com"),
            (PASS, "EXAMPLE.com", "mx.example.com"),
            ("mx.example.com 1; dmarc=pass header.from=example.com", "example.com", "mx.example.com"),
            (PASS, "example.org", ""),
            ("mx.example.com; dmarc=fail header.from=example.com", "example.com", ""),
            ("mx.example.com; spf=pass; dkim=pass header.d=example.com", "example.com", ""),
            ("mx.example.com; none", "example.com", ""),
            ("", "example.com", ""),
            ("mx.example.com; dmarc=pass", "example.com", ""),
            # what the sender may choose: quotes, comments, a second result
            ('mx.example.com; spf=fail smtp.mailfrom="a; dmarc=pass header.from=example.com"@x', "example.com", ""),
            ("mx.example.com; spf=fail (a; dmarc=pass header.from=example.com)", "example.com", ""),
            ("mx.example.com; spf=fail (a (b) ; dmarc=pass header.from=example.com)", "example.com", ""),
            ('mx.example.com; x="\\"; dmarc=pass header.from=example.com; y="', "example.com", ""),
            ("mx.example.com; dmarc=fail; dmarc=pass header.from=example.com", "example.com", ""),
            ("mx.example.com; dmarc=pass header.from=example.com (", "example.com", ""),
            (f"{PASS}{' ' * 5000}", "example.com", ""),
        ):
            with self.subTest(header=header[:80], domain=domain):
                self.assertEqual(passed_by(header, domain), found)

    # === A CAP === #

    def test_up_to_the_cap_no_proof_is_needed(self):
        self.source.apply_limit = 60.0
        self.assertApplied(self._receive())

    def test_above_the_cap_it_waits_whatever_proves_it(self):
        self.source.apply_limit = 59.99
        run = self._receive(subject=self.key)
        self.assertEqual((run.state, self.invoice.amount_residual), ("planned", 100.0))
        self.assertIn("It would book", self._get_told(run)[0])

    def test_nothing_of_it_is_needed_for_the_preview(self):
        self.source.apply_automatically = False
        run = self._receive(PAY_FIRST)
        self.assertEqual((run.state, run.outcome), ("planned", "review"))
