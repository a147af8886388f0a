from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date, formatLang

from . import undo_mixin  # noqa: F401  # extended here


class Allocation(NamedTuple):
    """What a payment takes off one due line of a document.

    Amounts are in the document's currency and in ledger sign: positive for a customer invoice, negative for a vendor
    bill, so ``amount`` is what was booked as open less what is open outside.
    """

    line: "models.BaseModel"
    """The due line: one ``account.move.line``."""
    amount: float
    """Reconciled with the line. Not above its residual."""
    excess: float = 0.0
    """Booked on the line's account as well and not reconciled: the partner's credit after paying too much."""
    company_excess: float | None = None
    """The excess in company currency; None = at the document's own rate."""


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "open.balance.own.fields", "open.balance.undo"]
    _open_balance_own = frozenset({"open_balance_booking", "open_balance_number"})

    open_balance_booking = fields.Json(
        "As Booked by the Import",
        copy=False,
        groups="base.group_user",
        readonly=True,
        help="Date, partner, currency, amount and document lines: tells whether the payment was changed by hand since.",
    )

    # === BOOKING === #

    @api.model
    def _book_open_balance(self, vals_list, allocations_list):
        """Create, post and reconcile one payment per document, all in vectors.

        Every payment has a journal entry on its journal's own liquidity account, in either edition, so it is paid at
        once. The entry has one receivable or payable line per due line, at the document's own rate.

        :param list[dict] vals_list: values for ``create``, one per payment: ``payment_type``, ``partner_type``,
            ``partner_id``, ``company_id``, ``currency_id``, ``journal_id``, ``date``, ``memo``, ``amount``
            (document currency, not negative) and what else a payment should have
        :param list[list[Allocation]] allocations_list: per payment what it takes off which due lines
        :return: the payments, in the order of ``vals_list``
        :rtype: account.payment
        :raise UserError: if a document is not as planned, a date is locked, or a residual would not be the planned one
        """
        if not vals_list:
            return self.browse()
        # The run's own note and the link on the payment tell more than a log note on each of thousands of payments.
        self = self.with_context(tracking_disable=True)  # noqa: PLW0642
        allocations_list = self._prefetch_allocations(allocations_list)
        planned = self._plan_residuals(allocations_list)
        self._check_open_balance_dates(vals_list, allocations_list)
        payments = self._create_by_import(list(map(self._complete_open_balance_vals, vals_list, allocations_list)))
        payments._post_open_balance(
            [
                [(line.account_id, *amounts) for line, *amounts, _reconciled in self._split_allocations(allocations)]
                for allocations in allocations_list
            ]
        )
        payments._reconcile_open_balance(allocations_list)
        # Reconciling makes a payment paid; one that is only a credit has not been reconciled.
        payments.filtered(lambda payment: payment.state == "in_process").action_validate()
        self._check_residuals(planned)
        return payments

    @api.model
    def _prefetch_allocations(self, allocations_list):
        """The same allocations with lines of this environment that are read together, not one by one.

        :rtype: list[list[Allocation]]
        """
        ids = [allocation.line.id for allocations in allocations_list for allocation in allocations]
        if len(set(ids)) < len(ids):
            raise ValueError("A due line can be allocated only once in one booking.")
        lines = {line.id: line for line in self.env["account.move.line"].browse(ids)}
        return [
            [allocation._replace(line=lines[allocation.line.id]) for allocation in allocations]
            for allocations in allocations_list
        ]

    @api.model
    def _plan_residuals(self, allocations_list):
        """What will be open on each due line afterwards.

        :return: document currency, ledger sign, per line
        :rtype: dict[account.move.line, float]
        :raise UserError: if a line has less open than is to be taken off
        """
        planned = {}
        for allocation in (allocation for allocations in allocations_list for allocation in allocations):
            line, currency = allocation.line, allocation.line.currency_id
            residual = line.amount_residual_currency
            rest = currency.round(residual - allocation.amount)
            if not currency.is_zero(allocation.amount) and (rest * residual < 0 or abs(rest) > abs(residual)):
                raise UserError(
                    self.env._(
                        "%(document)s: %(amount)s cannot be booked, as only %(residual)s is open. Plan again.",
                        document=line.move_id.display_name,
                        amount=formatLang(self.env, allocation.amount, currency_obj=currency),
                        residual=formatLang(self.env, residual, currency_obj=currency),
                    )
                )
            planned[line] = rest
        return planned

    @api.model
    def _check_residuals(self, planned):
        """Refuse a booking after which a due line has not what was planned.

        :param dict planned: per line, document currency, ledger sign
        :raise UserError: names the first such document
        """
        for line, rest in planned.items():
            residual = line.amount_residual_currency
            if line.currency_id.compare_amounts(residual, rest) or (not rest and line.amount_residual):
                raise UserError(
                    self.env._(
                        "%(document)s would have %(residual)s open after booking instead of %(planned)s.",
                        document=line.move_id.display_name,
                        residual=formatLang(self.env, residual, currency_obj=line.currency_id),
                        planned=formatLang(self.env, rest, currency_obj=line.currency_id),
                    )
                )

    @api.model
    def _get_open_balance_lock_message(self, company, journal, date):
        """Name the lock dates that keep a payment from being booked on a date; Odoo would move the date silently.

        :param res.company company: the document's
        :param account.journal journal: may be empty
        :return: the lock dates as text, False when the date is open for the user
        :rtype: str | bool
        """
        locks = company._get_violated_lock_dates(date, False, journal)
        return company._format_lock_dates(locks) if locks else False

    @api.model
    def _check_open_balance_dates(self, vals_list, allocations_list):
        """Refuse dates that are locked.

        :raise UserError: names the first such document and the lock
        """
        checked = set()
        for vals, allocations in zip(vals_list, allocations_list, strict=True):
            date = fields.Date.to_date(vals["date"])
            key = (vals["company_id"], vals["journal_id"], date)
            if key in checked:
                continue
            checked.add(key)
            company = self.env["res.company"].browse(vals["company_id"])
            journal = self.env["account.journal"].browse(vals["journal_id"])
            if locks := self._get_open_balance_lock_message(company, journal, date):
                raise UserError(
                    self.env._(
                        "%(document)s cannot be paid on %(date)s, which is locked: %(locks)s. Choose a later date.",
                        document=allocations[0].line.move_id.display_name if allocations else vals["memo"],
                        date=format_date(self.env, date),
                        locks=locks,
                    )
                )

    @api.model
    def _complete_open_balance_vals(self, vals, allocations):
        """Values for ``create``: what follows from the journal and the document, and what is remembered for undo.

        :raise UserError: if amount or direction are not those of the allocations
        """
        currency = allocations[0].line.currency_id
        document = allocations[0].line.move_id
        journal = self.env["account.journal"].browse(vals["journal_id"])
        total = currency.round(sum(allocation.amount + allocation.excess for allocation in allocations))
        direction = "inbound" if total > 0 else "outbound"
        given = (vals["payment_type"], vals["currency_id"], currency.round(vals["amount"]))
        if given != (direction, currency.id, abs(total)):
            raise UserError(
                self.env._(
                    "%(document)s: the payment (%(payment)s) is not what was allocated (%(allocated)s).",
                    document=document.display_name,
                    payment=given,
                    allocated=(direction, currency.id, abs(total)),
                )
            )
        return {
            "payment_method_line_id": self._get_open_balance_method_line(journal, direction).id,
            "outstanding_account_id": journal.default_account_id.id,
            "destination_account_id": allocations[0].line.account_id.id,
            "partner_bank_id": False,  # no money is sent
            "invoice_ids": [Command.set([allocation.line.move_id.id for allocation in allocations])],
            **vals,
            "open_balance_booking": {
                "date": fields.Date.to_string(fields.Date.to_date(vals["date"])),
                "partner_id": vals["partner_id"],
                "currency_id": currency.id,
                "amount": abs(total),
                "lines": [[allocation.line.id, allocation.amount] for allocation in allocations if allocation.amount],
            },
        }

    @api.model
    def _get_open_balance_method_line(self, journal, payment_type):
        """The payment method of a journal that books on its own account; else its first manual one.

        :rtype: account.payment.method.line
        :raise UserError: if the journal has none in that direction, or no account
        """
        lines = journal._get_available_payment_method_lines(payment_type)
        if not lines or not journal.default_account_id:
            raise UserError(
                self.env._(
                    "The journal %(journal)s needs an account and payment methods in both directions.",
                    journal=journal.display_name,
                )
            )
        own = lines.filtered(lambda line: line.payment_account_id == journal.default_account_id)
        return (own or lines.filtered(lambda line: line.code == "manual") or lines)[0]

    def _get_open_balance_targets(self):
        """The ids of the due lines that this payment was booked for; empty for other payments.

        :rtype: set[int]
        """
        return {line_id for line_id, _amount in (self.open_balance_booking or {}).get("lines", ())}

    def _get_outstanding_account(self, payment_type):
        # EXTENDS 'account': Community asks for an account when the payment method has none
        if self.open_balance_booking:
            return self.journal_id.default_account_id
        return super()._get_outstanding_account(payment_type)

    def _use_liquidity_account(self):
        """Book on the journal's own account whatever its payment methods say.

        Without an outstanding account ``in_payment`` accounting would make no entry, and with another one the payment
        would wait for a bank statement that never comes.
        """
        wrong = self.filtered(lambda payment: payment.outstanding_account_id != payment.journal_id.default_account_id)
        for journal, payments in wrong.grouped("journal_id").items():
            payments.outstanding_account_id = journal.default_account_id

    def _post_open_balance(self, parts_list):
        """Create and post the entries of all payments at once.

        :param list[list[tuple]] parts_list: see ``_prepare_open_balance_lines``
        """
        self._use_liquidity_account()
        moves = self._create_open_balance_entries(parts_list)
        with moves._ask_sequence_format_once():
            self.action_post()
        self._check_posted_as_planned()

    def _create_open_balance_entries(self, parts_list):
        """Create the draft entries of all payments at once.

        :rtype: account.move
        """
        # The lines are complete and without taxes, so there is nothing to synchronise and no fiscal position to find.
        moves = (
            self.env["account.move"]
            .with_context(skip_invoice_sync=True)
            .create(
                [
                    {
                        **payment._generate_move_vals(line_ids=payment._prepare_open_balance_lines(parts)),
                        "fiscal_position_id": False,
                    }
                    for payment, parts in zip(self, parts_list, strict=True)
                ]
            )
        )
        self._link_entries(moves)
        return moves

    def _link_entries(self, moves):
        """Set each payment's own entry: what ``write`` does, once for all payments instead of payment by payment.

        Each single ``write`` would search for the records that depend on it.
        """
        field = self._fields["move_id"]
        for payment, move in zip(self, moves, strict=True):
            field.write(payment, move.id)
        self.modified(["move_id"])
        self._validate_fields(["move_id"])
        self._check_company(["move_id"])

    def _prepare_open_balance_lines(self, parts):
        """The journal items of a payment: the liquidity line, then one counterpart per part.

        :param list[tuple] parts: account, amount in the payment's and in company currency, both in ledger sign of what
            is paid
        :rtype: list[Command]
        """
        self.ensure_one()
        total = sum(amount for _account, amount, _company_amount in parts)
        company_total = sum(company_amount for _account, _amount, company_amount in parts)
        common = {
            "name": "".join(text for _kind, text in self._get_aml_default_display_name_list() if text),
            "date_maturity": self.date,
            "currency_id": self.currency_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            # Odoo would look for both line by line, and take the taxes of the account: a payment has neither.
            "analytic_distribution": False,
            "tax_ids": [],
        }
        items = [(self.outstanding_account_id, total, company_total)]
        items += [(account, -amount, -company_amount) for account, amount, company_amount in parts]
        return [
            Command.create(
                {
                    **common,
                    "account_id": account.id,
                    "amount_currency": self.currency_id.round(amount),
                    "balance": self.company_currency_id.round(company_amount),
                }
            )
            for account, amount, company_amount in items
        ]

    @api.model
    def _split_allocations(self, allocations):
        """The parts of a payment, each a journal item of its own, in their order.

        :return: due line, amount (document currency), amount (company currency), both in ledger sign, and whether the
            part is reconciled with the line
        :rtype: list[tuple]
        """
        parts = []
        for line, amount, excess, known in allocations:
            if amount:
                parts.append((line, amount, line._get_open_balance_company_amount(amount), True))
            if excess:
                parts.append((line, excess, line._convert_at_own_rate(excess) if known is None else known, False))
        return parts

    def _check_posted_as_planned(self):
        """Refuse an entry that is not posted or that was moved to another date.

        :raise UserError: names the first such payment
        """
        for payment in self:
            move = payment.move_id
            if move.state != "posted" or move.date != payment.date:
                raise UserError(
                    self.env._(
                        "The payment “%(memo)s” of %(date)s was not posted on that date.",
                        memo=payment.memo,
                        date=format_date(self.env, payment.date),
                    )
                )

    def _reconcile_open_balance(self, allocations_list):
        """Reconcile each counterpart with its own due line and nothing else, all in one plan."""
        Line = self.env["account.move.line"]
        pairs = []
        for payment, allocations in zip(self, allocations_list, strict=True):
            counterparts = payment.move_id.line_ids.sorted("id")[1:]
            for counterpart, part in zip(counterparts, self._split_allocations(allocations), strict=True):
                line, *_amounts, reconciled = part
                if reconciled:
                    pairs.append((line.id, counterpart.id))
        prefetch = [line_id for pair in pairs for line_id in pair]
        # Posted documents get no new terms or taxes by being paid. Odoo skips this within _reconcile_plan as well.
        Line.with_context(skip_invoice_sync=True)._reconcile_plan(
            [Line.browse(pair).with_prefetch(prefetch) for pair in pairs]
        )

    # === CHANGES BY HAND === #

    def _synchronize_to_moves(self, changed_fields):
        # EXTENDS 'account': a person edits a payment of instalments after resetting it to draft
        if not changed_fields.isdisjoint(self._get_trigger_fields_to_synchronize()):
            for payment in self.filtered(lambda payment: payment.open_balance_booking):
                payment._merge_counterparts()
        return super()._synchronize_to_moves(changed_fields)

    def _merge_counterparts(self):
        """Make one line of several counterparts in a draft entry: Odoo can update only one."""
        self.ensure_one()
        lines = self._seek_for_lines()[1]
        if self.move_id.state != "draft" or len(lines) < 2:
            return
        merged = {
            "amount_currency": sum(lines.mapped("amount_currency")),
            "balance": sum(lines.mapped("balance")),
        }
        self.move_id.with_context(skip_invoice_sync=True).line_ids = [
            Command.update(lines[0].id, merged),
            *(Command.delete(line.id) for line in lines[1:]),
        ]
