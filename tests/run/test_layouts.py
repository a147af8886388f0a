"""A layout is confirmed once: unattended runs book only lists such as a person has applied before."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from ..common_import import OpenBalanceImportCommon

HEADER = "Account Number;Voucher Number;Voucher Date;Open Balance"
ROW = "10001;INV/2026/00001;15.01.2026;40,00"
OTHER_HEADER = "Klant;Factuurnummer;Factuurdatum;Openstaand bedrag"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLayouts(OpenBalanceImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._create_document(cls.customer, 100.0, "INV/2026/00001")
        cls.env["open.balance.source"].search([("company_id", "=", cls.env.company.id)]).filtered(
            lambda source: source != cls.source
        ).active = False

    def _send(self, header=HEADER, row=ROW, apply=True, source=True):
        """What a job does that sends a list."""
        result = self.env(user=self.clerk)["open.balance.import"].import_file(
            "list.csv",
            base64.b64encode(f"{header}\n{row}\n".encode()).decode(),
            source_id=self.source.id if source else False,
            balance_date="2026-03-31",
            apply=apply,
        )
        return self.env(user=self.clerk)["open.balance.import"].browse(result["run_id"])

    def _get_told(self, run):
        """State, open balance of the invoice, and level and code of what is said."""
        problems = [(problem.level, problem.code) for problem in run.problem_ids if problem.level != "info"]
        return run.state, self.invoice.amount_residual, problems

    def test_first_list_waits_for_a_person(self):
        run = self._send()
        self.assertEqual(self._get_told(run), ("planned", 100.0, [("warning", "layout_new")]))
        self.assertTrue(run.is_new_layout)
        run.action_apply()
        self.assertEqual(self._get_told(run), ("done", 40.0, [("warning", "layout_new")]))
        [layout] = self.source.layout_ids
        self.assertEqual(
            (layout.columns, layout.confirmed_by_id, layout.import_id, str(layout.balance_date)),
            (
                [
                    ["Account Number", "partner_number"],
                    ["Voucher Number", "number"],
                    ["Voucher Date", "date"],
                    ["Open Balance", "balance"],
                ],
                self.clerk,
                run,
                "2026-03-31",
            ),
        )

    def test_next_list_is_booked_by_itself(self):
        self._send(apply=False).action_apply()
        run = self._send(row=ROW.replace("40", "30"))
        self.assertEqual(self._get_told(run), ("done", 30.0, []))
        self.assertEqual((run.is_new_layout, self.source.layout_ids.import_id), (False, run))

    def test_changed_layout_is_a_guard(self):
        self._send(apply=False).action_apply()
        run = self._send(
            header="Account Number;Open Balance;Voucher Number;Invoice Date",
            row="10001;30,00;INV/2026/00001;15.01.2026",
        )
        self.assertEqual(self._get_told(run), ("planned", 40.0, [("stop", "layout_changed")]))
        problem = run.problem_ids.filtered(lambda one: one.code == "layout_changed")
        self.assertEqual(
            {name: problem.values.get(name) for name in ("came", "went", "moved", "roles", "styles")},
            {"came": "Invoice Date", "went": "Voucher Date", "moved": "Open Balance", "roles": None, "styles": None},
        )
        self.assertIn(
            ". New: Invoice Date. Gone: Voucher Date. Moved: Open Balance. Look at how it was read, then confirm.",
            problem.message,
        )
        problem.action_confirm()
        run.action_apply()
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 30.0))
        self.assertEqual(len(self.source.layout_ids), 2)

    def test_other_decimal_mark_is_a_guard(self):
        self._send(apply=False).action_apply()
        run = self._send(row="10001;INV/2026/00001;15.01.2026;30.00")
        self.assertEqual(self._get_told(run), ("planned", 40.0, [("stop", "layout_changed")]))

    def test_dates_in_headers_change_nothing(self):
        self._send(header=HEADER + ";Overdue at 28.02.2026", row=ROW + ";0", apply=False).action_apply()
        run = self._send(header=HEADER + ";Overdue at 31 March", row=ROW.replace("40", "30") + ";0")
        self.assertEqual(self._get_told(run), ("done", 30.0, []))

    def test_roles_that_a_person_gave_stay(self):
        """What nobody knows and a person has said once is known from then on."""
        header, row = "Account Number;Gribble;Voucher Date;Open Balance", ROW.replace("40", "30")
        run = self._send(header=header, apply=False)
        self.assertEqual(run.column_ids.mapped("field"), ["partner_number", False, "date", "balance"])
        run.column_ids.filtered(lambda column: column.name == "Gribble").field = "number"
        run.action_plan()
        run.action_apply()
        self.assertEqual((run.state, self.invoice.amount_residual), ("done", 40.0))
        run = self._send(header=header, row=row)
        self.assertEqual(run.column_ids.mapped("field"), ["partner_number", "number", "date", "balance"])
        self.assertEqual(self._get_told(run), ("done", 30.0, []))

    def test_what_a_column_is_is_asked_once(self):
        header, row = HEADER + ";Zork", ROW + ";EUR"
        run = self._send(header=header, row=row)
        self.assertEqual(self._get_told(run), ("planned", 100.0, [("stop", "column_unclear")]))
        self._get_problem(run, "column_unclear").action_confirm()
        run.action_apply()
        self.assertEqual(self.invoice.amount_residual, 40.0)
        run = self._send(header=header, row=row.replace("40", "30"))
        self.assertEqual(self._get_told(run), ("done", 30.0, []))

    def test_sentences(self):
        run = self._send(apply=False)
        self.assertEqual(
            run.reading["sentences"],
            ["Row 2: INV/2026/00001 of 10001, dated: 01/15/2026, due: no due date: 40.00 USD open, they owe us."],
        )
        self.assertEqual((run.reading["is_new"], run.reading["confirmed"]), (True, ""))
        run.action_apply()
        again = self._send(apply=False)
        self.assertEqual(again.reading["confirmed"], f"Read as {self.clerk.name} confirmed on 04/15/2026.")

    # === WHICH SOURCE === #

    def test_source_is_found_by_its_layout(self):
        other = self.source.create({"name": "Other ledger"})
        self._send(apply=False).action_apply()
        self._import_text(f"{OTHER_HEADER}\n{ROW}", source=other).action_apply()
        self.assertEqual(self._send(source=False, apply=False).source_id, self.source)
        self.assertEqual(self._send(header=OTHER_HEADER, source=False, apply=False).source_id, other)

    def test_last_used_source_is_not_taken(self):
        other = self.source.create({"name": "Other ledger"})
        self._send(apply=False).action_apply()
        run = self._send(header=OTHER_HEADER, row=ROW.replace("40", "30"), source=False)
        stops = [("stop", "layout_changed"), ("stop", "source_unclear")]
        self.assertEqual((run.state, sorted(self._get_told(run)[2])), ("planned", stops))
        run.source_id = other
        run.action_plan()
        self.assertEqual((self._get_told(run), run.is_new_layout), (("planned", 40.0, []), True))

    def test_dialog_asks_which_source(self):
        self.source.create({"name": "Other ledger"})
        self._send(apply=False).action_apply()
        Dialog = self.env(user=self.clerk)["open.balance.import.upload"]
        found = []
        for header in (HEADER, OTHER_HEADER):
            data = base64.b64encode(f"{header}\n{ROW}\n".encode())
            file = self.env(user=self.clerk)["ir.attachment"].create({"name": "list.csv", "datas": data})
            dialog = Dialog.create({"file_ids": file.ids})
            found.append((dialog.source_id, dialog.recognised))
        self.assertEqual(
            found,
            [
                (self.source, "Recognised: Ledger, as on 03/31/2026"),
                (self.source.browse(), "This list may be of several sources: choose the one it comes from."),
            ],
        )

    # === RIGHTS, MIGRATION === #

    def test_nobody_writes_a_layout(self):
        self._send(apply=False).action_apply()
        layout = self.source.layout_ids
        manager = self._create_user("manager", "account.group_account_manager")
        for user in (self.clerk, manager):
            with self.assertRaises(AccessError):
                layout.with_user(user).write({"columns": []})
            with self.assertRaises(AccessError):
                layout.with_user(user).copy()
        with self.assertRaises(AccessError):
            layout.with_user(self.clerk).unlink()
        layout.with_user(manager).unlink()
        self.assertEqual(self._get_told(self._send())[0], "planned")

    def test_sources_from_before_get_the_layout_of_their_last_run(self):
        self._send(apply=False).action_apply()
        run = self._send(apply=False)
        run.action_apply()
        before = [(layout.columns, layout.decimal_mark, layout.date_order) for layout in self.source.layout_ids]
        self.source.layout_ids.unlink()
        self.source.sudo()._keep_last_layouts()
        layout = self.source.layout_ids
        self.assertEqual([(layout.columns, layout.decimal_mark, layout.date_order)], before)
        self.assertEqual((layout.import_id, layout.confirmed_by_id), (run, self.clerk))
        self.assertEqual(self._send(row=ROW.replace("40", "30")).state, "done")

    def test_external_item_of_another_source(self):
        other = self.source.create({"name": "Other ledger", "absent_limit": 1.0})
        row = "10001;X-1;15.01.2026;5,00"
        self._import_text(f"{HEADER}\n{row}", source=other, apply=True)
        run = self._send(row=row, apply=False)
        self.assertEqual(run.line_ids.mapped("action"), ["external"])
        problem = self._get_problem(run, "external_elsewhere")
        self.assertEqual((problem.level, problem.values), ("warning", {"count": 1, "items": "X-1: Other ledger"}))
