"""Attacks on what an import keeps of partners, and on the journals of opening documents."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

NUMBERS = ("debtor_number", "creditor_number", "further_debtor_numbers", "further_creditor_numbers")
RIGHTS_LOGS = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSecurityPartners(OpenBalanceImportCommon):
    """Numbers, limits, balances and external items are those of the company's partners, by somebody who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.setup_other_company(name="Harbour Trading")["company"]
        cls.mover = cls._create_partner("Mover", debtor_number="10003")

    def _move_away(self):
        """The partner becomes another company's, which the clerk may not enter."""
        self.mover.company_id = self.elsewhere
        self.assertFalse(self.mover.with_user(self.clerk).has_access("read"))

    # === NUMBERS === #

    @mute_logger(*RIGHTS_LOGS)
    def test_numbers_are_written_by_who_may_invoice_and_change_partners(self):
        values = {**dict.fromkeys(NUMBERS, "666"), "internal_credit_limit": 666.0}
        for groups in (
            "account.group_account_readonly,base.group_partner_manager",
            "account.group_account_invoice",
            "base.group_partner_manager",
            "base.group_portal",
        ):
            user = self._create_user(groups.replace(",", "_"), groups)
            partner = self.customer.with_user(user)
            for name, value in values.items():
                for attack in (
                    lambda partner=partner, vals={name: value}: partner.write(vals),
                    lambda partner=partner, vals={"name": "New", name: value}: partner.create(vals),
                ):
                    with self.subTest(groups=groups, name=name), self.assertRaises(AccessError):
                        attack()
        self.assertRecordValues(
            self.customer,
            [{**dict.fromkeys(NUMBERS, False), "debtor_number": "10001", "internal_credit_limit": 0.0}],
        )
        may = self._create_user("may", "account.group_account_invoice,base.group_partner_manager")
        self.customer.with_user(may).write(values)
        self.assertRecordValues(self.customer, [values])

    def test_the_form_shows_numbers_as_readonly_to_a_reader(self):
        reader = self._create_user("reader", "account.group_account_readonly,base.group_partner_manager")
        shown = self.customer.with_user(reader).fields_get(NUMBERS, ["readonly"])
        self.assertEqual(shown, {name: {"readonly": True} for name in NUMBERS})

    def test_a_number_is_remembered_of_a_document_that_is_paid(self):
        invoice = self._create_document(self.mover, 100.0, "INV/2026/00001")
        run = self._import(["4711;INV/2026/00001;15.01.2026;40,00"])
        run.action_accept_suggestions()
        run.action_apply()
        self.assertEqual(invoice.amount_residual, 40.0)
        self.assertEqual((self.mover.debtor_number, self.mover.further_debtor_numbers), ("10003", "4711"))

    def test_no_number_is_remembered_on_another_companys_partner(self):
        run = self._import(["4711;X-1;15.01.2026;40,00"])
        run.line_ids.filtered("row").write({"partner_id": self.mover.id, "remember_number": True})
        self._move_away()
        run.action_plan()
        self.assertEqual(run.line_ids.mapped("action"), ["review"])
        for company in self.env.company + self.elsewhere:
            there = self.mover.with_company(company).sudo()
            self.assertFalse(there.further_debtor_numbers)
            self.assertNotEqual(there.debtor_number, "4711")

    # === LIMITS === #

    def _import_limits(self):
        self.source.per = "debtor"
        if "sets_credit_limits" in self.source._fields:
            self.source.sets_credit_limits = True
        rows = ["10001;Azure Interior;;500,00;600,00;50,00", "10003;Mover;;500,00;600,00;50,00"]
        return self._import(rows, "Debtor;Name;Name 2;Credit limit;Internal credit limit;Balance")

    def _get_limits(self, partner, company=None):
        there = partner.with_company(company or self.env.company).sudo()
        return (there.credit_limit, there.internal_credit_limit, there.open_balance_import)

    def test_no_limit_is_set_on_another_companys_partner(self):
        run = self._import_limits()
        self._move_away()
        run.action_apply()
        self.assertEqual((run.state, sorted(run.line_ids.mapped("state"))), ("done", ["done", "failed"]))
        self.assertEqual(self._get_limits(self.customer), (500.0, 600.0, 50.0))
        for company in self.env.company + self.elsewhere:
            self.assertEqual(self._get_limits(self.mover, company), (0.0, 0.0, 0.0))

    def test_undo_sets_no_limit_on_another_companys_partner(self):
        run = self._import_limits()
        run.action_apply()
        private = self._create_partner("Private", company_id=self.elsewhere.id)
        for company in self.env.company + self.elsewhere:
            private.with_company(company).sudo().write({"credit_limit": 500.0, "internal_credit_limit": 600.0})
        run.line_ids.filtered(lambda line: line.partner_id == self.mover).sudo()._note({"partner_id": private.id})
        run.action_undo()
        self.assertEqual(self._get_limits(self.customer), (0.0, 0.0, 0.0))
        for company in self.env.company + self.elsewhere:
            self.assertEqual(self._get_limits(private, company)[:2], (500.0, 600.0))

    # === BALANCES AND EXTERNAL ITEMS === #

    def test_a_partner_that_has_left_the_company_is_in_nobodys_way(self):
        rows = ["10001;X-1;15.01.2026;40,00", "10003;X-2;15.01.2026;50,00"]
        self._import(rows, apply=True, balance_date="2026-02-28")
        self._move_away()
        run = self._import(rows[:1], apply=True)
        self.assertEqual((run.state, run.failed_count), ("done", 0))
        self.assertEqual(self._get_balances(self.customer), (40.0, 0.0, 40.0))

    def test_nothing_is_kept_across_companies(self):
        run = self._import(["10001;X-1;15.01.2026;40,00"], apply=True)
        item = run.line_ids.external_id
        balance = self.env["open.balance.partner.balance"].search([("import_id", "=", run.id)])
        source = self.env["open.balance.source"].create({"name": "Theirs", "company_id": self.elsewhere.id})
        theirs = self.env["open.balance.import"].create({"source_id": source.id, "company_id": self.elsewhere.id})
        private = self._create_partner("Private", company_id=self.elsewhere.id)
        document = self._create_document(self.other_customer, 70.0, "THEIRS/1", company_id=self.elsewhere.id)
        for records, vals in (
            (item, {"partner_id": private.id}),
            (item, {"source_id": source.id}),
            (item, {"import_id": theirs.id}),
            (item, {"closed_by_id": theirs.id}),
            (item, {"move_id": document.id}),
            (item, {"company_id": self.elsewhere.id}),
            (balance, {"partner_id": private.id}),
            (balance, {"import_id": theirs.id}),
            (balance, {"list_id": theirs.id}),
        ):
            with self.subTest(model=records._name, vals=vals):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    records.sudo().write(vals)
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    records.sudo().copy({**vals, **({"is_current": False} if records == balance else {})})

    def test_a_branchs_partner_is_one_of_the_company(self):
        item = self._import(["10003;X-1;15.01.2026;40,00"], apply=True).line_ids.external_id
        self.assertEqual(item.partner_id, self.mover)
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.env.company.id})
        self.mover.company_id = branch
        item.sudo().partner_id = self.mover
        self.assertEqual(item.partner_id.company_id.parent_id, item.company_id)

    # === JOURNALS === #

    def test_what_makes_a_journal_one_of_opening_documents_is_nobodys_to_write(self):
        journal = self.company_data["default_journal_sale"]
        values = {"open_balance_opening": True, "open_balance_booked_on": "2026-01-01 00:00:00"}
        manager = self._create_user("manager", "account.group_account_manager")
        for user in (self.clerk, manager):
            ours = journal.with_user(user)
            for name, value in values.items():
                for attack in (
                    lambda ours=ours, vals={name: value}: ours.write(vals),
                    lambda ours=ours, vals={name: value}: ours.copy(vals),
                    lambda ours=ours, vals={"name": "New", "type": "sale", "code": "NEW", name: value}: ours.create(
                        vals
                    ),
                    lambda ours=ours, vals={name: value}: ours.company_id.write(
                        {"bank_journal_ids": [Command.update(journal.id, vals)]}
                    ),
                ):
                    with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                        attack()
        made = journal.with_user(manager).with_context(
            default_open_balance_opening=True, default_open_balance_booked_on="2026-01-01 00:00:00"
        )
        made = made.create({"name": "New", "type": "sale", "code": "NEW"})
        self.assertRecordValues(journal + made, [dict.fromkeys(values, False)] * 2)
