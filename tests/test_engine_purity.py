"""Who may import whom: design.md section 6, read from the source without running it."""

import ast
import sys
from pathlib import Path

from odoo.tests import BaseCase

ADDON = Path(__file__).resolve().parent.parent
READER_LIBRARIES = frozenset({"openpyxl", "xlrd", "lxml"})
PUBLIC_MODULES = frozenset({"engine", "engine.items", "engine.errors"})


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


def files(folder):
    """Return the Python files of a folder of this addon, if there are any."""
    return sorted((ADDON / folder).rglob("*.py"))


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
        names = {path.name for path in files("engine")}
        self.assertLessEqual({"items.py", "errors.py", "matching.py", "planning.py"}, names)

    def test_engine_imports_the_standard_library_only(self):
        def allowed(module, path):
            top = module.split(".", maxsplit=1)[0]
            libraries = READER_LIBRARIES if "readers" in path.parts else frozenset()
            return top == "engine" or top in sys.stdlib_module_names or top in libraries

        self.check(files("engine"), allowed)

    def test_engine_has_no_clock_disk_or_network(self):
        banned = {"time", "os", "pathlib", "socket", "subprocess", "urllib", "http", "shutil", "tempfile", "logging"}
        paths = [path for path in files("engine") if "readers" not in path.parts]
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

    def test_matching_and_planning_never_import_readers(self):
        seen, waiting = set(), {"matching", "planning", "balance_planning", "opening_planning"}
        while waiting:
            name = waiting.pop()
            seen.add(name)
            path = ADDON / "engine" / f"{name}.py"
            names = {module.split(".")[1] for _line, module in modules(path) if module.startswith("engine.")}
            waiting |= {one for one in names if (ADDON / "engine" / f"{one}.py").is_file()} - seen
        self.assertLessEqual({"numbers", "items", "errors"}, seen)
        self.check(
            [ADDON / "engine" / f"{name}.py" for name in sorted(seen)],
            lambda module, _path: not module.startswith("engine.readers"),
        )

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
