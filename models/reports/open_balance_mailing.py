from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

MAILS_AT_A_TIME = 20


class OpenBalanceMailing(models.Model):
    """Statements of open items that are sent to many customers: who gets one, who gets none and why."""

    _name = "open.balance.mailing"
    _description = "Statement Mailing"
    _inherit = ["open.balance.protected", "mail.thread"]
    _order = "id desc"
    _check_company_auto = True
    _user_fields = frozenset({"name", "template_id"})

    name = fields.Char(required=True, default=lambda self: self.env._("Statements"))
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    template_id = fields.Many2one(
        "mail.template",
        "E-mail Template",
        required=True,
        domain=[("model", "=", "res.partner")],
        default=lambda self: self.env.ref("account_open_balance.mail_template_statement", raise_if_not_found=False),
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Being Sent"), ("done", "Sent")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("open.balance.mailing.line", "mailing_id", string="Customers")
    to_send_count = fields.Integer("To Send", compute="_compute_counts")
    sent_count = fields.Integer("Sent", compute="_compute_counts")
    left_out_count = fields.Integer("Left Out", compute="_compute_counts")
    stale_message = fields.Char(compute="_compute_stale_message")
    sent_by_id = fields.Many2one("res.users", "Sent by", readonly=True, copy=False)
    sent_on = fields.Datetime(readonly=True, copy=False)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS 'mail': the gateway works as superuser with values that whoever calls it may choose
        raise UserError(self.env._("No mailing is made by e-mail."))

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["open.balance.mailing.line"]._read_group(
            [("mailing_id", "in", self.ids)], ["mailing_id", "state"], ["__count"]
        )
        counts = {(mailing.id, state): count for mailing, state, count in groups}
        for mailing in self:
            mailing.to_send_count = counts.get((mailing.id, "to_send"), 0)
            mailing.sent_count = counts.get((mailing.id, "sent"), 0)
            left_out = (counts.get((mailing.id, state), 0) for state in ("skipped", "failed"))
            mailing.left_out_count = sum(left_out)

    @api.depends("line_ids.state")
    def _compute_stale_message(self):
        for mailing in self:
            days = mailing.company_id.open_balance_stale_days
            oldest = fields.Date.context_today(self) - timedelta(days=days)
            dates = [line.list_date for line in mailing.line_ids if line.list_date and line.state == "to_send"]
            stale = [date for date in dates if days and date < oldest]
            mailing.stale_message = stale and self.env._(
                "The last list of %(count)s of them is stale, the oldest is of %(date)s: who has paid since is asked "
                "again.",
                count=len(stale),
                date=min(stale),
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        for mailing in self:
            if mailing.state != "draft":
                raise UserError(
                    self.env._("%(mailing)s is kept: it tells who was sent a statement.", mailing=mailing.name)
                )

    @api.model
    def _create_for(self, partners):
        """A mailing for customers, with who gets none and why; nothing is sent yet.

        :rtype: open.balance.mailing
        """
        self.check_access("create")
        # Whose it is, is no user's to choose.
        mailing = self.sudo().create({"company_id": self.env.company.id}).sudo(False)
        Line = self.env["open.balance.mailing.line"].sudo()  # lines are nobody's to write, but the mailing's
        Line.create([mailing._prepare_line_vals(partner) for partner in partners.commercial_partner_id])
        return mailing

    def _prepare_line_vals(self, partner) -> dict:
        reason = partner._get_statement_obstacle()
        return {
            "mailing_id": self.id,
            "partner_id": partner.id,
            "email": partner._get_statement_email(),
            "amount": partner.open_balance_items,
            "overdue": partner.open_balance_overdue,
            "list_date": partner.open_balance_date,
            "state": "skipped" if reason else "to_send",
            "reason": reason,
        }

    def action_send(self):
        """Send the statements in the background."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("%(mailing)s was sent already.", mailing=self.name))
        if not self.to_send_count:
            raise UserError(self.env._("Nobody is left to whom a statement could be sent."))
        self._note({"state": "running", "sent_by_id": self.env.uid, "sent_on": fields.Datetime.now()})
        # The job belongs to the system; it sends as the person who has asked for it.
        self.env.ref("account_open_balance.ir_cron_send_statements").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Send what was asked for, some at a time; what is sent is committed with the note that it is."""
        for mailing in self.search([("state", "=", "running")], order="id"):
            if not mailing._send_in_background():
                return

    def _send_in_background(self) -> bool:
        """Send with the rights of the person who has asked for it.

        :return: whether there is time left for another mailing
        """
        user = self.sent_by_id
        if not user.active or not user.has_group("account.group_account_invoice"):
            self._note({"state": "draft"})
            self.message_post(body=self.env._("%(user)s may not send statements any more.", user=user.name))
            return bool(self.env["ir.cron"]._commit_progress(0))
        mailing = self.with_user(user).with_company(self.company_id)
        lines = self.line_ids.filtered(lambda line: line.state == "to_send")
        for some in split_every(MAILS_AT_A_TIME, lines.ids):
            lines.browse(some)._send(mailing)
            left = self.env["open.balance.mailing.line"].search_count(
                [("mailing_id.state", "=", "running"), ("state", "=", "to_send")]
            )
            if not self.env["ir.cron"]._commit_progress(len(some), remaining=left) and left:
                return False
        self._note({"state": "done"})
        return bool(self.env["ir.cron"]._commit_progress(0, remaining=0))


class OpenBalanceMailingLine(models.Model):
    """One customer of a mailing."""

    _name = "open.balance.mailing.line"
    _description = "Statement of a Customer"
    _inherit = ["open.balance.protected"]
    _order = "state, id"

    mailing_id = fields.Many2one("open.balance.mailing", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="mailing_id.company_id", store=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    email = fields.Char("E-mail")
    amount = fields.Monetary("Open", currency_field="company_currency_id")
    overdue = fields.Monetary(currency_field="company_currency_id")
    list_date = fields.Date()
    state = fields.Selection(
        [("failed", "Failed"), ("skipped", "Left Out"), ("to_send", "To Send"), ("sent", "Sent")], required=True
    )
    reason = fields.Char(help="Why the customer gets none.")

    def _send(self, mailing):
        """Send the statements of these customers; one that fails doesn't keep the others.

        :param open.balance.mailing mailing: theirs, as the person who has asked for it
        """
        for line in self:
            partner = mailing.env["res.partner"].browse(line.partner_id.id)
            # What was true when the mailing was made may have changed since.
            if reason := partner._get_statement_obstacle():
                line._note({"state": "skipped", "reason": reason})
                continue
            try:
                with self.env.cr.savepoint():
                    mailing.template_id.send_mail(partner.id)
                    line._note({"state": "sent", "email": partner._get_statement_email()})
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with one statement (a template, a file that cannot be made), it is told there.
                self.env.invalidate_all(flush=False)
                line._note({"state": "failed", "reason": str(error)})


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_send_open_balance_statements(self):
        """Prepare a mailing of statements to these customers: who gets one is shown before it is sent."""
        mailing = self.env["open.balance.mailing"]._create_for(self)
        return mailing._get_records_action(name=mailing.name)

    def _get_statement_contact(self):
        """Who gets the customer's statement.

        :rtype: res.partner
        """
        self.ensure_one()
        partner = self.commercial_partner_id
        return self.browse(partner.address_get(["invoice"])["invoice"])

    def _get_statement_email(self) -> str:
        """The address that the statement is sent to, "" if there is none."""
        return self._get_statement_contact().email_normalized or self.commercial_partner_id.email_normalized or ""

    def _get_statement_items(self):
        """What is open of the customer.

        :rtype: open.balance.item
        """
        self.ensure_one()
        domain = [
            ("company_id", "child_of", self.env.company.id),
            ("commercial_partner_id", "=", self.commercial_partner_id.id),
            ("kind", "=", "receivable"),
        ]
        return self._get_open_items().search(domain)

    def _get_statement_obstacle(self) -> str:
        """Why the customer gets no statement; "" if it gets one."""
        self.ensure_one()
        items = self._get_statement_items()
        if not items or self.env.company.currency_id.is_zero(sum(items.mapped("company_residual"))):
            return self.env._("Nothing is open.")
        if not self._get_statement_email():
            return self.env._("No e-mail address.")
        owed = items.filtered(lambda item: item.residual > 0)
        if owed and all(owed.mapped("blocked")):
            return self.env._("Everything that is open is disputed.")
        return ""


class ReportOpenBalanceStatement(models.AbstractModel):
    _name = "report.account_open_balance.report_statement"
    _description = "Statement of Open Items"

    @api.model
    def _get_report_values(self, docids, data=None):
        # EXTENDS: amounts are shown to who may see a customer's balances
        partners = self.env["res.partner"].browse(docids)
        self.env["open.balance.item"].check_access("read")
        return {
            "docs": partners,
            "today": fields.Date.context_today(self),
            "get_groups": lambda partner: partner._get_statement_items()._get_groups(),
            "get_buckets": lambda lang: dict(self.env["open.balance.item"].with_context(lang=lang)._get_buckets()),
        }
