"""Lists that arrive by e-mail: the address belongs to the source, each message makes a run. A mail proves nothing: who
it comes from can be forged, and whoever calls the gateway chooses its words."""

import base64
import re
import secrets
from ast import literal_eval

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tools import email_split

from ..arguments import clean_file_name

LIST_ENDINGS = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".xml")
# No shorter key is safe from guessing; other characters are written in several ways in mails.
KEY_LENGTH = 12
KEY = re.compile(rf"[A-Za-z0-9_-]{{{KEY_LENGTH},}}")
# What Odoo calls the attachment that is the mail as it came.
ORIGINAL = "original_email.eml"
# Where a route carries which mail server vouches for the sender; nobody else's values are left there.
VOUCHED = "open_balance_vouched_by"


class OpenBalanceSource(models.Model):
    _name = "open.balance.source"
    _inherit = ["open.balance.source", "mail.thread", "mail.alias.mixin.optional"]

    apply_automatically = fields.Boolean(
        "Apply what arrives unattended",
        tracking=True,
        help="A list that is fetched or arrives by e-mail is applied without a person, unless a problem stops it or it "
        "would book more than is allowed. A mail proves nothing, its sender can be forged: it needs the key in its "
        "subject or address, the word of a trusted mail server, or a limit to what is booked without a person. "
        "Otherwise the list waits for a person.",
    )
    mail_key = fields.Char(
        "Key in the subject",
        copy=False,
        default=lambda self: secrets.token_urlsafe(KEY_LENGTH),
        groups="account.group_account_manager",
        help="A mail is applied without a person if its subject holds this text, or its address after a plus, as in "
        "open-items+key@example.com. Keep it to those who set up the sending of the list; it is not shown in the "
        "import's messages.",
    )

    @api.constrains("mail_key")
    def _check_mail_key(self):
        if not all(KEY.fullmatch(key) for key in self.mapped("mail_key") if key):
            raise ValidationError(
                self.env._("The key in the subject needs %(count)s letters, digits, - or _ at least.", count=KEY_LENGTH)
            )

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the gateway works as superuser with values that whoever calls it may choose
        raise UserError(self.env._("No balance source is made by e-mail."))

    def _alias_get_creation_values(self):
        # EXTENDS 'mail': only followers of the source may send lists, as a list books payments
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("open.balance.import")
        values["alias_contact"] = "followers"
        if self.id:
            values["alias_parent_model_id"] = self.env["ir.model"]._get_id("open.balance.source")
            values["alias_parent_thread_id"] = self.id
            values["alias_defaults"] = {**literal_eval(self.alias_defaults or "{}"), "source_id": self.id}
        return values

    def _get_sender(self, author_id):
        """The user who may send this source's lists, and with whose rights they are planned and applied.

        :param author_id: the partner that the mail is from, as the gateway found it
        :return: an active user of the company with the accounting right whose partner follows the source; may be none
        :rtype: res.users
        """
        # Users and followers are read whoever the gateway works for.
        source = self.sudo()
        followers = source.message_partner_ids & self.env["res.partner"].sudo().browse(author_id or ())
        users = self.env["res.users"].sudo().search([("partner_id", "in", followers.ids), ("share", "=", False)])
        return users.filtered(
            lambda user: source.company_id in user.company_ids and user.has_group("account.group_account_invoice")
        )[:1]

    def _take_key(self, msg_dict) -> bool:
        """Whether a mail's subject holds the source's key; it is taken out of what is kept, as people read that."""
        key = self.sudo().mail_key  # the gateway compares it for whoever sent the mail
        subject, body = msg_dict.get("subject") or "", msg_dict.get("body") or ""
        if not key or (key not in subject and key not in body):
            return False
        msg_dict["subject"] = subject.replace(key, "").strip()
        msg_dict["body"] = body.replace(key, "")
        # The mail as it came, which servers may be told to keep, has the key in some encoding.
        msg_dict["attachments"] = [one for one in msg_dict.get("attachments") or () if one[0] != ORIGINAL]
        return key in subject


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    is_unattended = fields.Boolean(
        "Came by itself",
        readonly=True,
        copy=False,
        help="It came by e-mail or from another program: the source's followers are told what in it wants a person.",
    )

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the message's tables are the run's files. Nothing but the source whose address was written to
        # is taken from the message or from the gateway, and the run goes on with the rights of its sender.
        if not self.env.su:
            raise AccessError(self.env._("Only the mail gateway makes an import of a message."))
        source = self._get_addressed_source(msg_dict, custom_values)
        # What cannot be kept in a name would stop the message after the run, too.
        attachments = msg_dict.get("attachments") or ()
        msg_dict["attachments"] = [(clean_file_name(name or ""), *more) for name, *more in attachments]
        has_key = source._take_key(msg_dict)
        sender = source._get_sender(msg_dict.get("author_id"))
        # Without a sender who may, a draft is all that is made, by nobody's rights.
        user = sender or self.env["res.users"].browse(SUPERUSER_ID)
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": source.company_id.ids}
        env = self.env(user=user.id, su=not sender, context=context)
        run = env[self._name]._create_run(self._get_files(msg_dict), source.with_env(env))
        run._note({"is_unattended": True})
        if sender:
            vouched_by = (custom_values or {}).get(VOUCHED) or ""
            run._go_on_unattended(run.source_id._get_lack_of_proof(has_key, vouched_by))
        else:
            run._after_unattended(
                run.env._(
                    "It waits as a draft: a list is read only if it comes from a follower of %(name)s who may enter "
                    "invoices in %(company)s.",
                    name=source.name,
                    company=source.company_id.name,
                )
            )
        return run

    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS 'mail': an answer may quote the key, or be sent with it
        if self.env.su:
            self.source_id._take_key(msg_dict)
        return super().message_update(msg_dict, update_vals)

    @api.model
    def _get_addressed_source(self, msg_dict, custom_values):
        """The source of the address that a mail was sent to.

        :param custom_values: of the alias, or of whoever calls the gateway: they only choose among addressed sources
        :rtype: open.balance.source
        :raise UserError: if the mail is not to one source's address
        """
        addresses = [address.lower() for address in email_split(msg_dict.get("recipients") or "")]
        # The gateway finds the source for whoever sent the mail.
        aliases = self.env["mail.alias"].sudo().search([("alias_model_id.model", "=", self._name)])
        aliases = aliases.filtered(
            lambda alias: (
                alias.alias_full_name in addresses
                or (alias.alias_incoming_local and alias.alias_name in {one.partition("@")[0] for one in addresses})
            )
        )
        sources = self.env["open.balance.source"].sudo().search([("alias_id", "in", aliases.ids)])
        if len(sources) > 1:
            sources = sources.filtered(lambda source: source.id == (custom_values or {}).get("source_id"))
        if not sources:
            raise UserError(self.env._("The mail is not to the address of a balance source."))
        return sources

    @api.model
    def _get_files(self, msg_dict) -> list[tuple[str, bytes]]:
        """Name and base64 content of each table that a mail brings; the same bytes sent twice are one list."""
        files = {}
        for name, content, _info in msg_dict["attachments"]:
            if name.lower().endswith(LIST_ENDINGS):
                files.setdefault(self._to_base64(content), name)
        return [(name, content) for content, name in files.items()]

    def _go_on_unattended(self, lacking=""):
        """Plan what came by itself and apply it if the source says so; what is in the way is told, not raised.

        A list that is only known by its columns as one of opening documents waits for a person, whatever its address
        says.

        :param str lacking: what it lacks to be applied without a person, if anything
        """
        named, reason = self.source_id, ""
        try:
            with self.env.cr.savepoint():
                per = self.file_ids._find_per()
                if per and per != named.per:
                    source, is_sure = self._find_source([(file.name, file.content) for file in self.file_ids], per)
                    self.source_id = source
                    self._note({"is_source_unclear": not is_sure})
                self.action_plan()
            if named == self.source_id and named.apply_automatically and self.state == "planned" and not self.has_stop:
                reason = self._apply_unattended(lacking)
        except (UserError, RedirectWarning) as error:
            reason = str(error)
        if self.state in ("draft", "failed", "planned"):
            self._after_unattended(reason)

    def _apply_unattended(self, lacking="") -> str:
        """Apply the run without a person, if nothing keeps it from that.

        :param str lacking: what it lacks, if anything
        :return: why it waits, or ""
        """
        if self.is_new_layout:
            self._tell_new_layout()
            return self.env._("Nobody has applied a list like it yet.")
        if reason := lacking or self._get_excess():
            return reason
        with self.env.cr.savepoint():
            self._note({"is_applied_unattended": True, "outcome": False})
            self._start()
            self._keep_layouts()
        return ""

    @staticmethod
    def _to_base64(content) -> bytes:
        """An attachment of the mail gateway as a binary field holds it: bytes, text, or a message that is attached."""
        if isinstance(content, str):
            content = content.encode(errors="replace")
        return base64.b64encode(content if isinstance(content, bytes) else content.as_bytes())
