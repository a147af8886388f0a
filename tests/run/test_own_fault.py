"""Which errors are a document's own fault: these fail alone. All others end the run and leave it as it was."""

from unittest.mock import patch

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ...models.ledger.halves import in_halves
from ...models.run import booking
from ..common import TODAY
from ..common_import import OpenBalanceImportCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOwnFault(OpenBalanceImportCommon):
    """A list of three documents; booking or undoing raises."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = [cls._create_document(cls.customer, 100.0, f"INV/2026/0000{number}") for number in (1, 2, 3)]
        cls.rows = [f"10001;{invoice.name};15.01.2026;40,00" for invoice in cls.invoices]
        cls.redirect = RedirectWarning("Choose a journal first.", 1, "Go there")

    def _raise(self, model, method, error, on=None):
        """Let a method raise, for records that hold one of ``on``, or always."""
        Model = self.env.registry[model]
        original = getattr(Model, method)

        def raising(records, *args, **kwargs):
            if on is None or on & records:
                raise error
            return original(records, *args, **kwargs)

        return patch.object(Model, method, raising)

    def _get_states(self, run):
        run.invalidate_recordset()
        return [(line.state, line.result or "") for line in run.line_ids.sorted("id")]

    def test_document_fails_alone(self):
        """Of a refusal that says something about one document, only that one is not booked."""
        run = self._import(self.rows)
        entry = self.invoices[1].line_ids
        Item = self.env.registry["account.move.line"]
        plan = Item._reconcile_plan

        def reconcile(records, reconciliation_plan):
            for items in reconciliation_plan:
                if items & entry:
                    raise ValidationError("It is disputed.")  # pylint: disable=translation-required
            return plan(records, reconciliation_plan)

        with patch.object(Item, "_reconcile_plan", reconcile):
            run.action_apply()
        self.assertEqual(self._get_states(run), [("done", ""), ("failed", "It is disputed."), ("done", "")])
        self.assertEqual([invoice.amount_residual for invoice in self.invoices], [40.0, 100.0, 40.0])

    def test_run_ends_with_the_message(self):
        """A missing right, or a redirect to a screen, is told to the person; nothing is booked, no line fails."""
        run = self._import(self.rows)
        for error in (self.redirect, AccessError("You may not.")):
            with (
                self.subTest(error=error),
                self._raise("account.payment", "_book_open_balance", error),
                self.assertRaisesRegex(type(error), error.args[0]),
                self.env.cr.savepoint(),  # as each call of a client
            ):
                run.action_apply()
            self.assertEqual((self._get_states(run), run.state), ([("planned", "")] * 3, "planned"))
        run.action_apply()
        self.assertEqual(self._get_states(run), [("done", "")] * 3)

    def test_job_ends_with_the_message(self):
        """In the background the run goes back to where it was, and its followers are told."""
        run = self._import(self.rows)
        self.patch(booking, "DIRECT_LIMIT", 0)
        run.action_apply()
        self.assertEqual(run.state, "running")
        with (
            self._raise("account.payment", "_book_open_balance", self.redirect),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("account_open_balance.ir_cron_apply").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.needs_plan), ("planned", True))
        self.assertEqual(self._get_states(run), [("planned", "")] * 3)
        self.assertIn("Choose a journal first.", " ".join(run.message_ids.mapped("body")))

    def test_undo_ends_with_the_message(self):
        run = self._import(self.rows, apply=True)
        payment = run.line_ids.payment_id[1]
        with (
            self._raise("account.payment", "action_cancel", self.redirect, on=payment),
            self.assertRaisesRegex(RedirectWarning, "Choose a journal first."),
            self.env.cr.savepoint(),  # as above
        ):
            run.action_undo()
        self.assertEqual((self._get_states(run), run.state), ([("done", "")] * 3, "done"))
        self.assertEqual([invoice.amount_residual for invoice in self.invoices], [40.0] * 3)

    def test_halves(self):
        """All at once, then only what is refused by itself; each with its reason."""
        tried = []

        def action(some):
            tried.append(list(some))
            for bad in {2, 5} & set(some):
                raise UserError(f"{bad} is refused")  # pylint: disable=translation-required

        self.assertEqual(in_halves(self.env.cr, [1, 2, 3, 4, 5, 6], action), [(2, "2 is refused"), (5, "5 is refused")])
        self.assertEqual(
            tried,
            [[1, 2, 3, 4, 5, 6], [1, 2, 3], [1], [2, 3], [2], [3], [4, 5, 6], [4], [5, 6], [5], [6]],
        )
        self.assertEqual(in_halves(self.env.cr, [], action), [])
