"""What proves that a mail comes from where a source's lists come from: a key in its subject or its address, or what the
mail server found out about its sender."""

from odoo import api, fields, models
from odoo.tools import email_split

from .. import open_balance_import, open_balance_source  # noqa: F401  # extended here
from ..run.mail import VOUCHED
from . import limit  # noqa: F401  # extended here
from .authentication import passed_by

# Where a mail keeps whom it is to.
RECIPIENTS = ("recipients", "to", "cc", "to_filtered", "cc_filtered")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        # EXTENDS 'mail': an address may hold the key of its source, a header what the mail server found out
        Run = self.env["open.balance.import"]
        Run._fold_addresses(message_dict)
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        vouched = Run._get_vouched_by(message)
        return [
            (name, thread, {**(values or {}), VOUCHED: vouched}, *more) if name == Run._name and not thread else route
            for route in routes
            for name, thread, values, *more in [route]
        ]


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    mail_authority = fields.Char(
        "Trusted mail server",
        copy=False,
        tracking=True,
        help="Name with which your mail server begins the header Authentication-Results, such as mx.example.com. A "
        "list is applied without a person if that server says that its mail comes from the sender's domain "
        "(dmarc=pass). It has to remove such headers of its own name from what it receives, as RFC 8601 asks.",
    )

    def _get_lack_of_proof(self, has_key: bool, vouched_by: str) -> str:
        """What a mail lacks to be applied without a person, or "".

        :param has_key: whether its subject or address holds the source's key
        :param str vouched_by: name of the mail server that vouches for its sender
        """
        authority = (self.mail_authority or "").strip().casefold()
        # Up to the cap a forged list may be booked: that is what it is set for.
        if has_key or self.apply_limit or (authority and vouched_by == authority):
            return ""
        return self.env._(
            "Its subject lacks the key of %(name)s, and nothing else proves where it comes from.", name=self.name
        )


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    @api.model
    def _get_vouched_by(self, message) -> str:
        """Name of the mail server that vouches for the sender of a mail, or "".

        Any user may hand a mail to the gateway, with whatever headers: only the server's own job and administrators are
        believed.
        """
        user = self.env.user
        senders = email_split(message.get("From") or "")
        headers = message.get_all("Authentication-Results") or [""]
        if not (user._is_superuser() or user._is_system()) or len(senders) != 1:
            return ""
        return passed_by(str(headers[0]), senders[0].rpartition("@")[2])

    @api.model
    def _fold_addresses(self, message_dict):
        """Take what stands behind the plus in the address of a source, ``open-items+key@example.com``, out of the mail;
        if it is the source's key, it counts as if it stood in the subject."""
        for address in email_split(message_dict.get("recipients") or ""):
            local, _at, domain = address.rpartition("@")
            name, plus, key = local.partition("+")
            source = self._find_source_of_address(local, name, domain) if plus else None
            if not source:
                continue
            for field in RECIPIENTS:
                if isinstance(message_dict.get(field), str):
                    message_dict[field] = message_dict[field].replace(f"{local}@", f"{name}@")
            if key and key == source.mail_key:
                message_dict["subject"] = f"{message_dict.get('subject') or ''} {key}"

    @api.model
    def _find_source_of_address(self, local: str, name: str, domain: str):
        """The source with an address, if no other alias is meant.

        :param local: what stands before the @
        :param name: what of it stands before the plus
        :rtype: open.balance.source
        """
        # By sudo: the gateway finds the address for whoever sent the mail.
        aliases = self.env["mail.alias"].sudo().search([("alias_name", "in", (local.lower(), name.lower()))])
        aliases = aliases.filtered(
            lambda alias: alias.alias_incoming_local or (alias.alias_domain or "").lower() == domain.lower()
        )
        if aliases.filtered(lambda alias: alias.alias_name == local.lower()):
            return self.env["open.balance.source"]
        return self.env["open.balance.source"].sudo().search([("alias_id", "in", aliases.ids)], limit=1)
