"""The contract of a kind of list: what the three kinds answer, and a fourth one that nothing else knows of."""

import ast
from pathlib import Path

from odoo.orm.model_classes import add_to_registry
from odoo.tests import tagged

from .common_import import OpenBalanceImportCommon
from .sample_kind import list as sample

MODELS = Path(__file__).resolve().parent.parent / "models"
KINDS = ("debtor_balances", "open_items", "opening_documents")


@tagged("post_install", "-at_install")
class TestContract(OpenBalanceImportCommon):
    """Each value of the selection is a kind."""

    def test_each_kind_answers(self):
        Kinds = self.env["open.balance.list"]
        names = {per: Kinds._of(per)._name for per in Kinds._get_pers()}
        self.assertEqual(
            names,
            {
                "invoice": "open.balance.list.item",
                "debtor": "open.balance.list.debtor",
                "opening": "open.balance.list.opening",
            },
        )
        self.assertEqual(Kinds._get_pers(_tells_open_items=True), ["invoice"])
        self.assertEqual(Kinds._get_pers(_tells_what_is_open=False), ["opening"])
        self.assertEqual(Kinds._get_pers(_is_known_by_columns=True), ["opening"])

    def test_nothing_outside_the_kinds_tests_the_kind(self):
        """No comparison with ``per`` and no word for a kind in what is shared."""
        found = []
        for path in sorted(MODELS.rglob("*.py")):
            if path.parent.name in KINDS:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Compare) and any(
                    isinstance(one, ast.Attribute) and one.attr == "per" for one in (node.left, *node.comparators)
                ):
                    values = [one.value for one in node.comparators if isinstance(one, ast.Constant)]
                    found += [f"{path.relative_to(MODELS)}:{node.lineno} asks for {value}" for value in values]
        self.assertEqual(found, [])

    def test_no_method_of_our_models_is_defined_twice(self):
        owners = {}
        for path in sorted(MODELS.rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                model = isinstance(node, ast.ClassDef) and _model_of(node)
                for method in node.body if model and model.startswith("open.balance.") else ():
                    if isinstance(method, ast.FunctionDef):
                        owners.setdefault((model, method.name), []).append(str(path.relative_to(MODELS)))
        self.assertEqual({key: paths for key, paths in owners.items() if len(paths) > 1}, {})


def _model_of(node) -> str:
    """The model that a class defines or extends."""
    values = {
        statement.targets[0].id: ast.literal_eval(statement.value)
        for statement in node.body
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") in ("_name", "_inherit")
    }
    found = values.get("_name") or values.get("_inherit") or ""
    return found if isinstance(found, str) else found[0]


@tagged("post_install", "-at_install")
class TestFourthKind(OpenBalanceImportCommon):
    """A kind goes through read, plan, preview, apply and undo without a change elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        registry = cls.env.registry
        extended = ("open.balance.source", "open.balance.import", "open.balance.import.line")
        bases = {name: registry[name]._base_classes__ for name in extended}

        def forget():
            for name in extended:
                registry[name]._base_classes__ = bases[name]
                registry[name]._setup_done__ = False
            del registry["open.balance.list.comment"]
            registry["open.balance.list"]._inherit_children.discard("open.balance.list.comment")
            registry._setup_models__(cls.env.cr, [])

        cls.addClassCleanup(forget)
        for definition in (
            sample.OpenBalanceSource,
            sample.OpenBalanceImport,
            sample.OpenBalanceImportLine,
            sample.OpenBalanceListComment,
        ):
            add_to_registry(registry, definition)
        registry._setup_models__(cls.env.cr, [])
        cls.comments = cls.env["open.balance.source"].create({"name": "Notes", "per": "comment"})
        cls.customer.comment = "Old friend"

    def _read(self, **values):
        return self._import_text("10001;Pays late\n4711;Who?\nno comment\n", source=self.comments, **values)

    def _get_lines(self, run):
        return [(line.action, line.partner_id.name or "", line.reference, line.state) for line in run.line_ids]

    def test_preview_apply_and_undo(self):
        run = self._read()
        name = self.customer.name
        self.assertEqual(
            self._get_lines(run), [("comment", name, "Pays late", "planned"), ("review", "", "Who?", "planned")]
        )
        self.assertEqual(run.apply_sentence, "Apply sets 1 comments; 1 rows are left for you to review.")
        self.assertEqual([(problem.code, problem.row) for problem in run.problem_ids], [("row_text", 3)])
        run.action_apply()
        self.assertIn("Pays late", self.customer.comment)
        self.assertEqual([line[-1] for line in self._get_lines(run)], ["done", "skipped"])
        self.assertEqual(run.result_sentence, "0 payments were booked. 0 lines failed, 1 were left for review.")
        run.action_undo()
        self.assertEqual(run.state, "undone")
        self.assertIn("Old friend", self.customer.comment)

    def test_what_a_person_assigns_is_kept(self):
        run = self._read()
        run.line_ids[1].partner_id = self.other_customer
        run.action_plan()
        self.assertEqual([line[:2] for line in self._get_lines(run)][1], ("comment", self.other_customer.name))
