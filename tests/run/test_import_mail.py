from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

HEADER = "Customer;Voucher Number;Voucher Date;Open Balance"
PAY_FIRST = f"{HEADER}\n10001;INV/2026/00001;15.01.2026;40,00"
MAIL_LOG = "odoo.addons.mail.models.mail_thread"


class MailCommon(OpenBalanceImportCommon):
    """A source with an address, which the clerk follows; and an invoice of 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "lists.example.com"})
        cls.env.company.alias_domain_id = domain
        cls.source.write({"alias_name": "open-items", "alias_domain_id": domain.id})
        cls.source.alias_id.alias_status = "valid"  # as after its first mail
        cls.clerk.email = "clerk@example.com"
        cls.source.message_subscribe(cls.clerk.partner_id.ids)
        cls.key = cls.source.mail_key
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls._confirm_layout(PAY_FIRST)

    def _get_mail(
        self,
        content=PAY_FIRST,
        filename="list.csv",
        sender="clerk@example.com",
        subject="List",
        text="Herewith.",
        times=1,
        **headers,
    ):
        """A mail with a list, as it comes over the wire.

        :param times: how often the list is attached
        """
        headers = {"To": "open-items@lists.example.com", "Message-Id": "<list-1@example.com>", **headers}
        lines = "\n".join(f"{name}: {value}" for name, value in headers.items())
        return (
            f"From: {sender}\nSubject: {subject}\n{lines}\n"
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="--part"\n\n'
            f"----part\nContent-Type: text/plain\n\n{text}\n"
            + "".join(
                f'----part\nContent-Type: text/csv; name="{number or ""}{filename}"\n'
                "Content-Transfer-Encoding: base64\n"
                f'Content-Disposition: attachment; filename="{number or ""}{filename}"\n\n{self._encode(content)}\n'
                for number in range(times)
            )
            + "----part--\n"
        )

    @mute_logger(MAIL_LOG)
    def _receive(self, *args, env=None, model=False, values=None, save_original=False, **kwargs):
        """The run that the mail gateway makes of a mail; empty if it makes none."""
        mail = self._get_mail(*args, **kwargs)
        run_id = (env or self.env)["mail.thread"].message_process(model, mail, values, save_original=save_original)
        self.env.invalidate_all()
        return self.env["open.balance.import"].browse(run_id or ())

    def _get_told(self, run, partner=None):
        """What the messages say that a follower of the source was told of the run."""
        partner = partner or self.clerk.partner_id
        messages = run.message_ids.filtered(lambda message: partner in message.notified_partner_ids)
        return [str(message.body) for message in messages.sorted("id")]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportByMail(MailCommon):
    """Lists that arrive by e-mail."""

    def test_list_waits_for_a_person(self):
        run = self._receive()
        self.assertEqual((run.state, run.line_ids.action, run.source_id), ("planned", "pay", self.source))
        self.assertEqual(run.create_uid, self.clerk)
        [told] = self._get_told(run)
        self.assertIn("Not applied, it is: Planned.", told)

    def test_list_is_applied_when_the_source_says_so(self):
        self.source.apply_automatically = True
        run = self._receive(subject=f"Open items {self.key}")
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))
        self.assertEqual(run.applied_by_id, self.clerk)
        self.assertEqual(self._get_told(run), [])

    def test_the_key_is_shown_to_nobody(self):
        self.source.apply_automatically = True
        run = self._receive(subject=f"Open items {self.key}")
        self.assertIn("Open items", run.message_ids.mapped("subject"))
        self.assertFalse([message for message in run.message_ids if self.key in f"{message.subject} {message.body}"])

    def _get_kept(self, run):
        """All that is kept of the mails of a run and may be read with it."""
        messages = run.message_ids
        texts = [f"{message.subject} {message.body}" for message in messages]
        return texts + [attachment.raw.decode(errors="replace") for attachment in messages.attachment_ids]

    def assertKeyIsNotKept(self, run):
        self.assertFalse([text for text in self._get_kept(run) if self.key in text])

    def test_the_key_is_not_kept_with_the_mail_as_it_came(self):
        """Servers may be told to keep originals: whoever reads the run would read the key there."""
        for number, subject in enumerate((f"Open items {self.key}", f"=?utf-8?b?{self._encode(self.key)}?=")):
            run = self._receive(subject=subject, save_original=True, **{"Message-Id": f"<{number}@example.com>"})
            with self.subTest(subject=subject):
                self.assertEqual(run.message_ids.attachment_ids.mapped("name"), ["list.csv"])
                self.assertKeyIsNotKept(run)

    def test_a_mail_without_the_key_is_kept_as_it_came(self):
        run = self._receive(save_original=True)
        self.assertEqual(sorted(run.message_ids.attachment_ids.mapped("name")), ["list.csv", "original_email.eml"])

    def test_the_key_is_not_kept_with_a_text_or_an_answer(self):
        run = self._receive(subject="List", text=f"> Subject: {self.key}", save_original=True)
        self.assertEqual(run.state, "planned")
        answer = {"In-Reply-To": "<list-1@example.com>", "Message-Id": "<answer@example.com>", "To": "x@example.com"}
        again = self._receive(subject=f"Re: List {self.key}", text=self.key, save_original=True, **answer)
        self.assertEqual((again, run.message_ids.mapped("subject")[0]), (run, "Re: List"))
        self.assertKeyIsNotKept(run)

    def test_a_short_key_is_refused(self):
        for key in ("x", "elevenchars", " " * 20, "elevenchars" + " " * 5, "twelve chars", '<"&>' * 5, "ä" * 12):
            with self.subTest(key=key), self.assertRaisesRegex(ValidationError, "needs 12 letters, digits"):
                self.source.mail_key = key
        self.source.mail_key = "twelve_chars"

    def test_without_a_key_every_list_waits(self):
        self.source.apply_automatically = True
        for number, key in enumerate((False, "")):
            self.source.mail_key = key
            run = self._receive(subject="", **{"Message-Id": f"<{number}@example.com>"})
            with self.subTest(key=key):
                self.assertEqual((run.state, self.invoice.amount_residual), ("planned", 100.0))

    def test_the_same_bytes_twice_are_one_list(self):
        self.source.apply_automatically = True
        run = self._receive(subject=self.key, times=2)
        self.assertEqual((run.state, run.file_ids.mapped("name")), ("done", ["list.csv"]))
        self.assertEqual((run.payment_count, self.invoice.amount_residual), (1, 40.0))

    def test_strange_file_names(self):
        for number, name in enumerate(("li\x01st.csv", f"{'x' * 300}.csv", "=?utf-8?q?li=00st.csv?=")):
            run = self._receive(filename=name, **{"Message-Id": f"<{number}@example.com>"})
            with self.subTest(name=name):
                self.assertEqual(run.state, "planned")
                self.assertRegex(run.file_ids.name, r"^(list|x{251})\.csv$")

    def test_guard_stops_an_unattended_list(self):
        self.source.write({"apply_automatically": True, "absent_limit": 0.2})
        absent = self._create_document(self.customer, 100.0, "INV/2026/00002")
        run = self._receive(subject=self.key)
        self.assertEqual((run.state, self._get_problems(run)), ("planned", ["many_absent"]))
        self.assertEqual(absent.amount_residual, 100.0)
        [told] = self._get_told(run)
        self.assertIn("Is the list complete?", told)

    def test_lines_to_review_are_told(self):
        self.source.apply_automatically = True
        run = self._receive(f"{PAY_FIRST}\n99999;X-1;15.01.2026;5,00", subject=self.key)
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))
        [told] = self._get_told(run)
        self.assertIn("1 lines wait for review.", told)

    def test_bad_file_makes_a_failed_run_and_no_error(self):
        run = self._receive("nothing that could be read")
        self.assertEqual((run.state, self._get_problems(run)), ("failed", ["header_missing"]))
        [told] = self._get_told(run)
        self.assertIn("Not applied, it is: Failed.", told)

    def test_mail_without_a_list_makes_a_failed_run(self):
        run = self._receive("an image", filename="logo.png")
        self.assertEqual((run.state, self._get_problems(run)), ("failed", ["no_file"]))

    def test_attached_message_named_as_a_list(self):
        """It is read as what it is: no error in the gateway."""
        mail = (
            "From: clerk@example.com\nSubject: List\nTo: open-items@lists.example.com\nMessage-Id: <l-2@example.com>\n"
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="--part"\n\n----part\n'
            'Content-Type: message/rfc822; name="list.csv"\nContent-Disposition: attachment; filename="list.csv"\n\n'
            "From: a@example.com\nSubject: Inner\n\nText\n----part--\n"
        )
        run_id = self.env["mail.thread"].message_process(False, mail)
        self.assertEqual(self.env["open.balance.import"].browse(run_id).state, "failed")

    def test_same_message_twice(self):
        self.source.apply_automatically = True
        self.assertEqual(self._receive(subject=self.key).state, "done")
        self.assertFalse(self._receive(subject=self.key))
        self.assertEqual(self.invoice.amount_residual, 40.0)

    def test_same_list_in_another_message(self):
        self.source.apply_automatically = True
        self._receive(subject=self.key)
        again = self._receive(subject=self.key, **{"Message-Id": "<list-2@example.com>"})
        self.assertEqual((again.payment_count, again.line_ids.action, self.invoice.amount_residual), (0, "keep", 40.0))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMailAttacks(MailCommon):
    """A mail proves nothing: who it comes from can be forged, and anybody may call the gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source.apply_automatically = True
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.employee.email = "employee@example.com"
        cls.auditor = cls._create_user("auditor", "account.group_account_readonly")
        cls.auditor.email = "auditor@example.com"

    def assertUntouched(self):
        self.env.invalidate_all()
        self.assertEqual((self.invoice.amount_residual, self.invoice.payment_state), (100.0, "not_paid"))

    def test_employee_calls_the_gateway_with_values(self):
        """Neither source nor state nor company is taken from the caller."""
        other = self.env["open.balance.source"].create({"name": "Other", "apply_automatically": True})
        values = {"source_id": other.id, "company_id": self.env.company.id, "state": "running", "applied_by_id": 2}
        with self.assertRaises(UserError), mute_logger(MAIL_LOG):
            self.env["mail.thread"].with_user(self.employee).message_process(
                "open.balance.import", self._get_mail(sender="employee@example.com", To="x@example.com"), values
            )
        self.assertFalse(self.env["open.balance.import"].search([("source_id", "=", other.id)]))
        self.assertUntouched()

    def test_employee_makes_a_source(self):
        for model in ("open.balance.source", "open.balance.transfer"):
            before = self.env[model].search_count([])
            with self.assertRaises(UserError), mute_logger(MAIL_LOG):
                self.env["mail.thread"].with_user(self.employee).message_process(
                    model, self._get_mail(sender="employee@example.com", To="x@example.com"), {"name": "Mine"}
                )
            self.assertEqual(self.env[model].search_count([]), before)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_the_gateway_makes_an_import_of_a_message(self):
        """Whoever calls what the gateway calls makes nothing; a source is not even made by the gateway."""
        message = {
            "subject": self.key,
            "recipients": "open-items@lists.example.com",
            "author_id": self.clerk.partner_id.id,
            "attachments": [("list.csv", PAY_FIRST, {})],
        }
        manager = self._create_user("manager", "account.group_account_manager")
        models = ("open.balance.import", "open.balance.source", "open.balance.transfer")
        before = [self.env[model].search_count([]) for model in models]
        for user in (self.employee, self.auditor, self.clerk, manager):
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "Only the mail gateway"):
                self.env(user=user)["open.balance.import"].message_new(message, {"source_id": self.source.id})
        for user in (self.employee, manager, self.env.ref("base.user_root")):
            for model in models[1:]:
                with self.subTest(user=user.login, model=model), self.assertRaisesRegex(UserError, "made by e-mail"):
                    self.env(user=user)[model].message_new(message, {"name": "Mine"})
        self.assertEqual([self.env[model].search_count([]) for model in models], before)
        self.assertUntouched()

    def test_employee_forges_the_sender(self):
        """Without the key the list of a forged sender is planned, and waits."""
        run = self._receive(env=self.env(user=self.employee), model="open.balance.import", values={"state": "done"})
        self.assertEqual(run.state, "planned")
        self.assertIn("lacks the key", self._get_told(run)[0])
        self.assertUntouched()

    def test_employee_cannot_read_the_key(self):
        with self.assertRaises(UserError):
            self.source.with_user(self.clerk).read(["mail_key"])

    def test_context_decides_nothing(self):
        env = self.env(user=self.employee, context={"default_state": "running", "default_applied_by_id": 2})
        run = self._receive(env=env)
        self.assertEqual((run.state, run.applied_by_id.id), ("planned", False))
        self.assertUntouched()

    def test_follower_without_the_right(self):
        """Who follows but may not enter invoices sends drafts, whatever the key."""
        for user in (self.employee, self.auditor):
            self.source.message_subscribe(user.partner_id.ids)
            with self.subTest(user=user.login):
                run = self._receive(
                    sender=user.email, subject=self.key, **{"Message-Id": f"<list-{user.id}@example.com>"}
                )
                self.assertEqual((run.state, run.line_ids.ids), ("draft", []))
                self.assertIn("It waits as a draft", self._get_told(run)[0])
        self.assertUntouched()

    def test_stranger_is_refused(self):
        self.assertFalse(self._receive(sender="stranger@example.net", subject=self.key))
        self.assertUntouched()

    def test_clerk_of_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        user = self._create_user("elsewhere", "account.group_account_invoice", company)
        user.email = "elsewhere@example.com"
        self.source.message_subscribe(user.partner_id.ids)
        run = self._receive(sender="elsewhere@example.com", subject=self.key)
        self.assertEqual((run.state, run.company_id), ("draft", self.env.company))
        self.assertUntouched()

    def test_clerk_who_left(self):
        self.clerk.active = False
        run = self._receive(subject=self.key)
        self.assertIn(run.state, ("draft", False))
        self.assertUntouched()

    def test_draft_of_a_stranger_is_planned_by_a_person(self):
        """What waits is no lost list: a person plans and applies it."""
        self.source.message_subscribe(self.employee.partner_id.ids)
        run = self._receive(sender="employee@example.com").with_user(self.clerk)
        run.action_plan()
        run.action_apply()
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportByProgram(MailCommon):
    """Lists that another program brings."""

    def _import_file(self, content, **kwargs):
        Run = self.env["open.balance.import"].with_user(self.clerk)
        result = Run.import_file("list.csv", self._encode(content), source_id=self.source.id, apply=True, **kwargs)
        return self.env["open.balance.import"].browse(result["run_id"])

    def test_failed_list_is_told(self):
        [told] = self._get_told(self._import_file("nothing that could be read"))
        self.assertIn("Not applied, it is: Failed.", told)

    def test_stopped_list_is_told(self):
        self.source.absent_limit = 0.2
        self._create_document(self.customer, 100.0, "INV/2026/00002")
        [told] = self._get_told(self._import_file(PAY_FIRST))
        self.assertIn("Is the list complete?", told)

    def test_applied_list_with_lines_to_review_is_told(self):
        run = self._import_file(f"{PAY_FIRST}\n99999;X-1;15.01.2026;5,00")
        self.assertEqual(run.state, "done")
        [told] = self._get_told(run)
        self.assertIn("1 lines wait for review.", told)

    def test_applied_list_is_not_told(self):
        self.assertEqual(self._get_told(self._import_file(PAY_FIRST)), [])
