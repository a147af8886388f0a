"""The parts of dev/test: runs them, reads what they say, counts."""

import ast
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import measure
from odoo_log import Outcome, judge

ADDON = os.environ["ADDON"]
CHECKOUT = Path(os.environ["CHECKOUT"])
PLACE = Path(os.environ["PLACE"])
LOGS = Path(os.environ["LOGS"])
BASE_MODULES = os.environ["TEMPLATE_MODULES"]
TESTS = CHECKOUT / "tests"
DAYS_TO_KEEP_LOGS = 7
OPTIONS = ("--keep", "--coverage")
NO_BROWSER = "Failed to detect chrome devtools port"  # what Odoo says of a machine that is busy
MAX_PARTS_AT_ONCE = 2
PROCESSES: list[subprocess.Popen[bytes]] = []
EXCERPT = re.compile(r"^(?=FAILED: |ok: |={70}|\d+ executed)", re.MULTILINE)
EXCERPT_HEAD, EXCERPT_TAIL = 20, 30


@dataclass(frozen=True)
class OdooPart:
    """Tests that run in a database."""

    tag: str = ""  # what its tests carry besides Odoo's own tags
    modules: str = BASE_MODULES  # what its database has installed besides the addon


ODOO_PARTS = {
    "flow": OdooPart(),
    "opening": OdooPart(tag="open_balance_opening"),
    "ledgers": OdooPart(tag="open_balance_ledgers"),
    "in_payment": OdooPart(tag="open_balance_in_payment", modules=f"{BASE_MODULES},account_in_payment"),
    "automation": OdooPart(tag="open_balance_automation", modules=f"{BASE_MODULES},base_automation"),
    "tours": OdooPart(tag="open_balance_tour"),
}
PARTS = ["flow", "opening", "ledgers", "in_payment", "automation", "tours", "lint", "engine"]  # the longest first


@dataclass
class Selection:
    """Which parts are to run, and which of their tests (none named: all)."""

    keep: bool = False
    filters: dict[str, list[str]] = field(default_factory=dict)

    def add(self, argument: str) -> None:
        part, colon, name = argument.partition(":")
        if part not in PARTS:
            for part in parts_of(argument):
                self.filters.setdefault(part, []).append(argument)
        elif colon and not name:
            raise SystemExit(f"ERROR: {argument} names no test after the colon")
        else:
            self.filters.setdefault(part, []).extend([name] if name else [])


def parts_of(name: str) -> list[str]:
    """The parts that a file's, a class's or a method's tests belong to."""
    file_or_class, _, method = name.partition(".")
    parts = {
        part
        for path, class_name, methods, part in test_classes()
        if (methods and path.stem == name) or class_name == file_or_class or (not file_or_class and method in methods)
    }
    if not parts:
        raise SystemExit(f"ERROR: {name} is neither one of {', '.join(PARTS)} nor a file, class or .method in tests/")
    return sorted(parts)


def test_files() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


def is_engine_test(path: Path) -> bool:
    """Whether a file's tests need no database."""
    return path.relative_to(TESTS).parts[0] == "engine"


def file_of(stem: str) -> Path | None:
    """The file of that name, wherever it is in tests/."""
    return next((path for path in test_files() if path.stem == stem), None)


def test_classes() -> Iterator[tuple[Path, str, set[str], str]]:
    """File, name, test methods and part of each class in tests/."""
    for path in test_files():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ClassDef):
                continue
            methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            tags = " ".join(map(ast.unparse, node.decorator_list))
            tagged = [part for part, spec in ODOO_PARTS.items() if spec.tag and spec.tag in tags]
            part = "engine" if is_engine_test(path) else (tagged or ["flow"])[0]
            yield path, node.name, {method for method in methods if method.startswith("test")}, part


def say(text: str) -> None:
    sys.stderr.write(f"-- {text}\n")


def shell(*command: str) -> str:
    """Run a function of environment.sh or a command beside it."""
    bash = ["bash", "-c", '. "$CHECKOUT/dev/environment.sh"; "$@"', "bash", *command]
    done = subprocess.run(bash, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"ERROR: {' '.join(command)} did not work, see above")
    return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


# -- without a database --------------------------------------------------------------------------------------------


def run_logged(part: str, command: Sequence[str | Path]) -> tuple[int, str]:
    """Exit status and output of a command; the output is in the part's log too."""
    log = log_path(part)
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT)
        PROCESSES.append(process)
        process.wait()
    return process.returncode, log.read_text(encoding="utf-8", errors="replace")


def run_counted(part: str, *command: str | Path) -> Outcome:
    """Run a command whose last line is "N executed, N broken"."""
    output = run_logged(part, command)[1]
    counts = re.findall(r"^(\d+) executed, (\d+) broken$", output, re.MULTILINE)
    outcome = Outcome()
    if not counts:
        outcome.fail(output)
        return outcome
    executed, broken = map(int, counts[-1])
    outcome.passed, outcome.failed = max(0, executed - broken), broken
    # One excerpt for each failed check or test.
    outcome.excerpts += [text for text in EXCERPT.split(output) if text.startswith(("FAILED: ", "==="))]
    if not executed:
        outcome.fail("no test was executed")
    return outcome


def run_lint() -> Outcome:
    return run_counted("lint", sys.executable, CHECKOUT / "dev" / "lint.py")


def engine_test_files() -> list[str]:
    """The engine's test modules, by their dotted names below tests/."""
    return [dotted(path) for path in test_files() if is_engine_test(path)]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(TESTS).with_suffix("").parts)


def engine_test_names(name: str) -> list[str]:
    """file:Class.method of what the person typed: a file, a class, or a method with its dot."""
    if path := file_of(name):
        return [dotted(path)]
    wanted_class, _, method = name.partition(".")
    found = [
        f"{dotted(path)}:{class_name}{method and '.'}{method}"
        for path, class_name, methods, part in test_classes()
        if part == "engine" and wanted_class in ("", class_name) and (not method or method in methods)
    ]
    if not found:
        raise SystemExit(f"ERROR: no engine test is called {name}")
    return found


def run_engine(names: list[str]) -> Outcome:
    wanted = [found for name in names for found in engine_test_names(name)] or engine_test_files()
    program = CHECKOUT / "dev" / "run_engine_tests.py"
    return run_counted("engine", *measure.measured(os.environ["ODOO_PYTHON"], program, ADDON, *wanted))


# -- in a database -------------------------------------------------------------------------------------------------


def test_tags(part: str, names: list[str]) -> str:
    """Odoo's filter: the part's own tests, and what other parts run left out."""
    tag = ODOO_PARTS[part].tag
    tags = [f"{tag}{test_spec(name)}" for name in names] or [f"{tag}/{ADDON}"]
    if not tag:
        tags += [f"-{spec.tag}" for spec in ODOO_PARTS.values() if spec.tag]
        tags += [f"-/{ADDON}/tests/{name.replace('.', '/')}.py" for name in engine_test_files()]
    return ",".join(tags)


def test_spec(name: str) -> str:
    if path := file_of(name):
        return f"/{ADDON}/tests/{path.relative_to(TESTS)}"
    return f"/{ADDON}{name}" if name.startswith(".") else f"/{ADDON}:{name}"


def log_path(part: str) -> Path:
    return LOGS / f"{part}-{database_suffix()}.log"


def database_suffix() -> str:
    return os.environ.get("TEST_DB_SUFFIX") or str(os.getpid())


@contextmanager
def database(part: str, keep: bool) -> Iterator[tuple[str, str]]:
    """Name of a database, and the option that brings the addon into it."""
    suffix = os.environ.get("TEST_DB_SUFFIX", "kept") if keep else database_suffix()
    name = f"open_balance_{part}_{PLACE.name}_{suffix}"
    if keep and shell("database_state", name) == "there":
        yield name, "-u"
        return
    shell(str(CHECKOUT / "dev" / "setup"), "--template", ODOO_PARTS[part].modules)
    shell("drop_database", name)
    shell("copy_database", shell("template_name", ODOO_PARTS[part].modules), name)
    try:
        yield name, "-i"
    finally:
        if not keep:
            shell("drop_database", name)


def run_odoo(part: str, names: list[str], keep: bool) -> Outcome:
    with database(part, keep) as (name, install):
        command = measure.measured(
            os.environ["ODOO_PYTHON"], os.environ["LAUNCHER"], "server", "-d", name, install, ADDON,
            "--test-tags", test_tags(part, names), "--stop-after-init", "--http-port", str(free_port()),
            "--max-cron-threads", "0", "--screenshots", str(LOGS / "screenshots"),
        )  # fmt: skip
        returncode, log = run_logged(part, command)
    return judge(log, returncode)


# ------------------------------------------------------------------------------------------------------------------


def run_part(part: str, names: list[str], keep: bool) -> tuple[Outcome, float]:
    """What became of a part, and after how many seconds."""
    say(f"running {part}, log in {log_path(part)}")
    start = time.monotonic()
    if part == "lint":
        outcome = run_lint()
    elif part == "engine":
        outcome = run_engine(names)
    else:
        outcome = run_odoo(part, names, keep)
        if outcome.failed and NO_BROWSER in log_path(part).read_text(encoding="utf-8", errors="replace"):
            say(f"Chromium did not start within Odoo's ten seconds: {part} once more")
            outcome = run_odoo(part, names, keep)
    return outcome, time.monotonic() - start


def report(part: str, outcome: Outcome, seconds: float) -> None:
    print(f"{part}: {outcome.passed} passed, {outcome.failed} failed in {seconds:.0f} s", flush=True)
    for excerpt in outcome.excerpts:
        lines = excerpt.rstrip().splitlines()
        if len(lines) > EXCERPT_HEAD + EXCERPT_TAIL:
            lines[EXCERPT_HEAD:-EXCERPT_TAIL] = ["..."]
        print(*(f"    {line}" for line in lines), sep="\n")
    if outcome.excerpts:
        print(f"    the whole log: {log_path(part)}", flush=True)


def stop(*_: object) -> None:
    for process in PROCESSES:
        process.terminate()
    raise SystemExit("ERROR: stopped")


def remove_leftovers() -> None:
    """Old logs, and databases of runs that were killed (their names end in the run's process number)."""
    oldest = time.time() - DAYS_TO_KEEP_LOGS * 24 * 3600
    for path in LOGS.glob("*.log"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    for name in shell("databases_like", f"open\\_balance\\_%\\_{PLACE.name}\\_%").splitlines():
        suffix = name.rpartition("_")[2]
        if suffix.isdecimal() and not Path("/proc", suffix).exists():
            shell("drop_database", name)


def main(arguments: list[str]) -> int:
    selection = Selection(keep="--keep" in arguments)
    for argument in arguments:
        if argument not in OPTIONS:
            selection.add(argument)
    remove_leftovers()
    if "--coverage" in arguments:
        measure.start(os.environ["ODOO_PYTHON"])
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    total = Outcome()
    with ThreadPoolExecutor(max_workers=min(MAX_PARTS_AT_ONCE, os.cpu_count() or 1)) as executor:
        wanted = [part for part in PARTS if part in (selection.filters or PARTS)]
        running = {
            executor.submit(run_part, part, selection.filters.get(part, []), selection.keep): part for part in wanted
        }
        try:
            for future in as_completed(running):
                outcome, seconds = future.result()
                report(running[future], outcome, seconds)
                total.passed += outcome.passed
                total.failed += outcome.failed
        except BaseException:  # what has not begun must not begin any more
            executor.shutdown(wait=False, cancel_futures=True)
            raise
    if "--coverage" in arguments:
        print(measure.report(), flush=True)
    print(f"{total.passed} passed, {total.failed} failed")
    return bool(total.failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
