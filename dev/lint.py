"""Everything that can be said about the files without running them. Each check is one passed or failed."""

import ast
import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
from lxml import etree
from radon.complexity import cc_visit
from radon.visitors import Function

CHECKOUT = Path(os.environ["CHECKOUT"])
CACHE = Path(os.environ["PLACE"])
LINKED = CACHE / "addons" / os.environ["ADDON"]
MAX_FUNCTION_LINES = 40
MAX_FILE_LINES = 400
MAX_COMPLEXITY = 15
ACCESS_RIGHTS = ["perm_read", "perm_write", "perm_create", "perm_unlink"]
ACCESS_COLUMNS = ["id", "name", "model_id:id", "group_id:id", *ACCESS_RIGHTS]

# What only fits one machine, or names a server that packages come from. The brackets keep this line from itself.
FOREIGN = re.compile(r"[/]tmp/|[/]root/|[/]work/|[/]home/[a-z]|deb[.]debian|pypi[.]org|registry[.]npm")


def tool(*command: str | Path, cwd: Path = CHECKOUT) -> list[str]:
    """What the tool complains about."""
    env = {**os.environ, "RUFF_CACHE_DIR": str(CACHE / "ruff"), "MYPY_CACHE_DIR": str(CACHE / "mypy")}
    command = [sys.executable, "-m", *command]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines() or ["(no output)"] if done.returncode else []


def files(suffix: str = "") -> list[Path]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:  # an unpacked archive
        found = [path for path in CHECKOUT.rglob("*") if "__pycache__" not in path.parts]
    else:
        found = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return sorted(path for path in found if path.is_file() and path.name.endswith(suffix))


def name_of(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def is_test(path: Path) -> bool:
    return path.relative_to(CHECKOUT).parts[0] == "tests"


def ruff_check() -> list[str]:
    return tool("ruff", "check", "--quiet", "--output-format=concise", ".")


def ruff_format() -> list[str]:
    return tool("ruff", "format", "--check", "--quiet", "--output-format=concise", ".")


def pylint_odoo() -> list[str]:
    # Under the addon's own name, which the checkout's folder need not have.
    return tool("pylint", "--rcfile", CHECKOUT / ".pylintrc", LINKED.name, cwd=LINKED.parent)


def mypy() -> list[str]:
    if not (CHECKOUT / "engine").is_dir():
        return ["engine/ is missing"]
    return tool("mypy", "--no-error-summary", "engine", *sorted((CHECKOUT / "dev").glob("chaos*.py")))


def xml_files() -> list[str]:
    """Well-formed, and what Odoo loads follows Odoo's own schema."""
    schema = etree.RelaxNG(etree.parse(Path(os.environ["ODOO_PACKAGE"], "import_xml.rng")))
    problems = []
    for path in files(".xml"):
        if is_test(path):
            continue
        try:
            tree = etree.parse(path)
        except etree.XMLSyntaxError as error:
            problems.append(f"{name_of(path)}: {error}")
            continue
        if tree.getroot().tag == "odoo" and not schema.validate(tree):
            problems += [f"{name_of(path)}:{entry.line}: {entry.message}" for entry in schema.error_log]
    return problems


def declared_models() -> Iterator[tuple[str, bool]]:
    """Name of each model of the addon, and whether a person needs rights on it."""
    for path in files(".py"):
        if is_test(path):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            values = {ast.unparse(one.targets[0]): one.value for one in node.body if isinstance(one, ast.Assign)}
            name = ast.literal_eval(values["_name"]) if "_name" in values else None
            # A model that is extended has its rights where it comes from.
            if name and ("_inherit" not in values or name not in ast.literal_eval(values["_inherit"])):
                yield name, "AbstractModel" not in ast.unparse(node.bases[0])


def access_rights() -> list[str]:
    path = CHECKOUT / "security" / "ir.model.access.csv"
    if not path.exists():
        return [f"{name_of(path)} is missing"]
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    if header != ACCESS_COLUMNS:
        return [f"{name_of(path)}: the header is {header}, not {ACCESS_COLUMNS}"]
    models = {"model_" + name.replace(".", "_"): needs_rights for name, needs_rights in declared_models()}
    problems, ids, covered = [], set(), set()
    for number, row in enumerate(rows, 2):
        where = f"{name_of(path)}:{number}"
        if len(row) != len(header) or not all(row[:4]) or set(row[4:]) - {"0", "1"}:
            problems.append(f"{where}: every column needs a value, each right 0 or 1")
            continue
        if row[0] in ids:
            problems.append(f"{where}: the id {row[0]} is there twice")
        if "." not in row[2] and row[2] not in models:
            problems.append(f"{where}: no model of this addon is called {row[2]}")
        ids.add(row[0])
        covered.add(row[2])
    missing = sorted(model for model, needs_rights in models.items() if needs_rights and model not in covered)
    return problems + [f"{name_of(path)}: nobody has a right on {model}" for model in missing]


def translations() -> list[str]:
    problems = []
    for path in files(".po") + files(".pot"):
        try:
            polib.pofile(str(path), check_for_duplicates=True)
        except (OSError, ValueError) as error:
            problems.append(f"{name_of(path)}: {error}")
    return problems


def engine_is_pure() -> list[str]:
    """The engine knows nothing of Odoo."""
    problems = []
    for path in files(".py"):
        if path.relative_to(CHECKOUT).parts[0] != "engine":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            if any(name.split(".")[0] == "odoo" for name in names):
                problems.append(f"{name_of(path)}:{node.lineno}: {ast.unparse(node)}")
    return problems


def sizes() -> list[str]:
    """Short functions and short files, tests apart."""
    problems = []
    for path in files(".py"):
        if is_test(path):
            continue
        text = path.read_text(encoding="utf-8")
        length = text.count("\n")
        if length > MAX_FILE_LINES:
            problems.append(f"{name_of(path)}: {length} lines, at most {MAX_FILE_LINES}")
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.FunctionDef):
                continue
            length = node.end_lineno - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                where = f"{name_of(path)}:{node.lineno}"
                problems.append(f"{where}: {node.name} has {length} lines, at most {MAX_FUNCTION_LINES}")
    return problems


def complexity() -> list[str]:
    """Few ways through each function, tests apart."""
    problems = []
    for path in files(".py"):
        if is_test(path):
            continue
        for block in cc_visit(path.read_text(encoding="utf-8")):
            if isinstance(block, Function) and block.complexity > MAX_COMPLEXITY:
                where = f"{name_of(path)}:{block.lineno}"
                problems.append(
                    f"{where}: {block.name} has a complexity of {block.complexity}, at most {MAX_COMPLEXITY}"
                )
    return problems


def nothing_foreign() -> list[str]:
    problems = []
    for path in files():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if match := FOREIGN.search(line):
                what = "belongs to one machine or names a package server"
                problems.append(f"{name_of(path)}:{number}: {match[0]} {what}")
    return problems


CHECKS: dict[str, Callable[[], list[str]]] = {
    "ruff check": ruff_check,
    "ruff format": ruff_format,
    "pylint-odoo": pylint_odoo,
    "mypy on engine/ and dev/chaos": mypy,
    "the engine imports no odoo": engine_is_pure,
    "XML": xml_files,
    "access rights": access_rights,
    "translations": translations,
    "length of functions and files": sizes,
    "complexity": complexity,
    "no host and no machine path": nothing_foreign,
}


def main() -> int:
    failed = 0
    for name, check in CHECKS.items():
        problems = check()
        failed += bool(problems)
        print(f"{'FAILED' if problems else 'ok'}: {name}")
        for problem in problems:
            print(f"    {problem}")
    print(f"{len(CHECKS)} executed, {failed} broken")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
