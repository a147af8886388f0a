"""Who may import whom: design.md section 6, read from the source without running it."""

import ast
import sys
from pathlib import Path

from odoo.tests import BaseCase

ADDON = Path(__file__).resolve().parents[2]
READER_LIBRARIES = frozenset({"openpyxl", "xlrd", "lxml"})
WRITER_LIBRARIES = frozenset({"lxml", "xlsxwriter"})
PUBLIC_MODULES = frozenset({"engine", "engine.items", "engine.errors", "engine.handover"})
KINDS = frozenset({"debtor_balances", "open_items", "opening_documents"})
SHARED = frozenset({"books", "files", "tables", "values", "words"})
WRITERS = frozenset({"handover"})  # files out
BYTES = "open_items/exact_xml.py"  # reads a file itself


def imports(path):
    """Return (line, module, names) of all imports of a file; modules of this addon are written from its root."""
    package = path.relative_to(ADDON).parent.parts
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *(node.module or "").split("."))).strip(".")
            module = f"this.{module}" if node.level else module
            found.append((node.lineno, module, tuple(alias.name for alias in node.names)))
    return [
        (line, module.replace("odoo.addons.account_open_balance.", "this."), names) for line, module, names in found
    ]


def modules(path):
    """Return (line, module) of all imports of a file, names imported from a package being taken for its modules."""
    found = []
    for line, module, names in imports(path):
        if module.startswith("this"):
            found += [(line, f"{module}.{name}".removeprefix("this.")) for name in names]
        else:
            found.append((line, module))
    return found


def files(folder, deep=True):
    """Return the Python files of a folder of this addon, if there are any."""
    return sorted((ADDON / folder).glob("**/*.py" if deep else "*.py"))


def reads_bytes(path):
    """Tell whether a file of the engine opens what was exported, and so needs the libraries for it."""
    return "files" in path.parts or path.as_posix().endswith(BYTES)


def kind_of(module):
    """Return the kind of list that a module of the engine belongs to, None for what all share."""
    part = (*module.split("."), "")[1]
    return part if part in KINDS else None


class TestPurity(BaseCase):
    """The engine is plain Python."""

    def check(self, paths, allowed):
        """Report every import that is not allowed, by file and line."""
        found = [
            f"{path.relative_to(ADDON)}:{line} imports {module}"
            for path in paths
            for line, module in modules(path)
            if not allowed(module, path)
        ]
        self.assertEqual(found, [])

    def test_there_is_something_to_check(self):
        self.assertEqual({path.name for path in files("engine", deep=False)}, {"__init__.py", "items.py", "errors.py"})
        folders = {path.parent.name for path in files("engine")} - {"engine"}
        self.assertEqual(folders, KINDS | SHARED | WRITERS)

    def test_engine_imports_the_standard_library_only(self):
        def allowed(module, path):
            top = module.split(".", maxsplit=1)[0]
            libraries = READER_LIBRARIES if reads_bytes(path) else frozenset()
            libraries = WRITER_LIBRARIES if WRITERS.intersection(path.parts) else libraries
            return top == "engine" or top in sys.stdlib_module_names or top in libraries

        self.check(files("engine"), allowed)

    def test_engine_has_no_clock_disk_or_network(self):
        banned = {"time", "os", "pathlib", "socket", "subprocess", "urllib", "http", "shutil", "tempfile", "logging"}
        paths = [path for path in files("engine") if not reads_bytes(path)]
        self.check(paths, lambda module, _path: module.split(".", maxsplit=1)[0] not in banned)

    def test_engine_asks_nobody_what_day_it_is(self):
        found = [
            f"{path.relative_to(ADDON)}:{node.lineno} calls {node.func.attr}()"
            for path in files("engine")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("today", "now", "utcnow")
        ]
        self.assertEqual(found, [])

    def test_a_kind_of_list_never_imports_another_kind(self):
        for kind in sorted(KINDS):
            self.check(files(f"engine/{kind}"), lambda module, _path, kind=kind: kind_of(module) in (None, kind))

    def test_what_is_written_knows_no_list(self):
        self.check(files("engine/handover"), lambda module, _path: kind_of(module) is None)
        paths = [path for path in files("engine") if not WRITERS.intersection(path.parts)]
        self.check(paths, lambda module, _path: not module.startswith("engine.handover"))

    def test_what_all_kinds_share_knows_no_kind(self):
        paths = [path for folder in sorted(SHARED) for path in files(f"engine/{folder}")]
        paths += [ADDON / "engine" / name for name in ("items.py", "errors.py")]
        self.check(paths, lambda module, _path: kind_of(module) is None)

    def test_planning_never_reads(self):
        """What decides imports, by whatever way, neither bytes nor tables: rows come in as items."""
        seen, waiting = set(), {f"{kind}/planning" for kind in KINDS} | {"open_items/matching"}
        while waiting:
            name = waiting.pop()
            seen.add(name)
            named = {module for _line, module in modules(ADDON / "engine" / f"{name}.py")}
            parts = [module.split(".") for module in named if module.startswith("engine.")]
            found = {"/".join(part[1:end]) for part in parts for end in (2, 3)}
            waiting |= {one for one in found if (ADDON / "engine" / f"{one}.py").is_file()} - seen
        self.assertLessEqual({"values/numbers", "items", "errors"}, seen)
        self.assertEqual({name for name in seen if name.split("/")[0] in ("files", "tables")}, set())

    def test_models_use_the_public_names_of_the_engine(self):
        found = [
            f"{path.relative_to(ADDON)}:{line} imports {module}"
            for folder in ("models", "report")
            for path in files(folder)
            for line, module, _names in imports(path)
            if module.startswith("this.engine") and module.removeprefix("this.") not in PUBLIC_MODULES
        ]
        self.assertEqual(found, [])

    def test_wizards_do_not_import_the_engine(self):
        self.check(files("wizards"), lambda module, _path: module.split(".", maxsplit=1)[0] != "engine")
