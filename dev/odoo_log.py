"""Odoo's log of a test run: what passed, what failed, and what else is wrong in it."""

import re
from dataclasses import dataclass, field

RECORD = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)")
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
FAILED_TEST = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(?P<test>\w\S*)")
SKIPPED_TEST = re.compile(r"skipped \S+ ")

# What says nothing about the addon. Each with its reason.
HARMLESS: list[tuple[str, str]] = []


@dataclass
class Record:
    level: str
    logger: str
    text: str

    def failed_test(self) -> str | None:
        match = FAILED_TEST.match(self.text) if self.level == "ERROR" else None
        return match["test"] if match else None

    def is_summary(self) -> bool:
        return self.logger.startswith("odoo.tests.result") or self.logger == "odoo.tests.stats"

    def is_complaint(self) -> bool:
        if self.level not in ("WARNING", "ERROR", "CRITICAL") or self.is_summary():
            return False
        return not any(re.search(pattern, f"{self.logger}: {self.text}") for pattern, _reason in HARMLESS)


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    excerpts: list[str] = field(default_factory=list)

    def fail(self, excerpt: str) -> None:
        self.failed += 1
        self.excerpts.append(excerpt)


def read_records(log: str) -> list[Record]:
    """The log's records; lines that begin none belong to the one above."""
    records = [Record("INFO", "", "")]
    for line in log.splitlines():
        match = RECORD.match(line)
        if match:
            records.append(Record(match["level"], match["logger"], match["text"]))
        else:
            records[-1].text += "\n" + line
    return records


def executed_tests(records: list[Record]) -> tuple[int, int]:
    """How many tests Odoo says were executed, and how many of its checks failed."""
    for record in reversed(records):
        summary = SUMMARY.search(record.text) if record.is_summary() else None
        if summary:
            failures, errors, executed = map(int, summary.groups())
            return executed, failures + errors
    return 0, 0


def judge(log: str, returncode: int) -> Outcome:
    """Count the tests of one run of Odoo. Warnings, errors and skipped tests count as failures."""
    outcome = Outcome()
    records = read_records(log)
    executed, broken = executed_tests(records)
    failed_tests, skipped, complaints = set(), 0, set()
    for record in records:
        if test := record.failed_test():
            failed_tests.add(test)
            outcome.excerpts.append(record.text)
        elif SKIPPED_TEST.match(record.text):
            skipped += 1
            outcome.fail(f"a test was skipped: {record.text}")
        elif record.is_complaint():
            complaints.add(f"{record.level} {record.logger}: {record.text}")
    for complaint in sorted(complaints):
        outcome.fail(complaint)
    outcome.failed += len(failed_tests) or broken
    # What fails before a class's first test is no test of its own.
    outcome.passed = max(0, executed - skipped - sum(test != "setUpClass" for test in failed_tests))
    if not executed and not outcome.failed:
        outcome.fail("no test was executed; the log ends with\n" + "\n".join(log.splitlines()[-15:]))
    elif returncode and not outcome.failed:
        outcome.fail(f"Odoo ended with status {returncode}")
    return outcome
