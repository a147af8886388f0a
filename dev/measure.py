"""How much of the addon's code the tests run, with branches: dev/test --coverage."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(os.environ["CHECKOUT"])
LOGS = Path(os.environ["LOGS"])
FOLDERS = ("engine", "models", "wizards")
DATA = LOGS / f"coverage-{os.getpid()}"
WANTED: set[str] = set()  # Pythons that measure


def start(python: str) -> None:
    """Measure what is run from now on, if that Python can."""
    if not subprocess.run([python, "-c", "import coverage"], stderr=subprocess.DEVNULL, check=False).returncode:
        WANTED.add(python)


def measured(python: str, *rest: str | Path) -> list[str | Path]:
    """A Python command so that it notes which lines of the addon it runs, if they are measured."""
    if python not in WANTED:
        return [python, *rest]
    source = ",".join(str(CHECKOUT / folder) for folder in FOLDERS)
    options = ["--branch", "--parallel-mode", f"--data-file={DATA}", f"--source={source}"]
    return [python, "-m", "coverage", "run", *options, *rest]


def report() -> str:
    """Percentage of each folder's code that was run, in one line; removes what was noted."""
    if not WANTED:
        return "coverage: not measured, the Python of this Odoo lacks it"
    run_coverage("combine")
    shares = {
        folder: run_coverage("report", "--format=total", "--precision=1", f"--include={CHECKOUT / folder}/*")
        for folder in FOLDERS
    }
    run_coverage("html", f"--directory={LOGS / 'coverage'}", "--quiet")
    DATA.unlink(missing_ok=True)
    shown = ", ".join(f"{folder} {share or '?'} %" for folder, share in shares.items())
    return f"coverage with branches: {shown}; line by line in {LOGS / 'coverage' / 'index.html'}"


def run_coverage(name: str, *options: str) -> str:
    """What a command of coverage prints."""
    command = [sys.executable, "-m", "coverage", name, f"--data-file={DATA}", *options]
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout.strip()
