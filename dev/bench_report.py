"""Compares what the steps of dev/bench measured and prints it."""

import json
import os
import sys
from pathlib import Path

RESULTS = Path(os.environ["BENCH_RESULTS"])
TITLES = {
    "apply": "this addon: Apply",
    "register": "Odoo's wizard, once per invoice",
    "set": "Odoo's wizard, once over the set",
}
AIMS = {"register": 15, "set": 10}


def load(step):
    path = RESULTS / f"{step}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def cost(result):
    """Milliseconds and queries per document."""
    return 1000 * result["seconds"] / result["count"], result["queries"] / result["count"]


def print_booking(results):
    print(f"\n{'':34}{'documents':>10}{'ms each':>10}{'of Odoo':>9}{'queries each':>14}{'ratio':>8}{'aim':>6}{'MB':>7}")
    base = results.get("apply")
    for step, result in results.items():
        milliseconds, queries = cost(result)
        odoo = 1000 * result["cpu"] / result["count"]
        ratio = f"{milliseconds / cost(base)[0]:.1f}" if base and step != "apply" else ""
        print(
            f"{TITLES[step]:34}{result['count']:>10,}{milliseconds:>10.1f}{odoo:>9.1f}{queries:>14.2f}{ratio:>8}"
            f"{AIMS.get(step, ''):>6}{result['memory']:>7.0f}"
        )
    if base:
        print(f"Reading and planning that list took {base['plan_seconds']:.1f} s.")


def compare(results):
    """Sentences about differences between the addon's books and the wizard's.

    :return: what was compared, and what differs
    """
    said, wrong = [], []
    ours, theirs, whole = (results.get(step) for step in TITLES)
    if ours and theirs:
        pairs = list(zip(ours["open"], theirs["open"], strict=True))
        wrong += [f"{mine} is {other} with the wizard" for mine, other in pairs if mine != other]
        said.append(f"open amounts of {len(pairs):,} invoices in both currencies")
        for key in ("payments", "receivable", "liquidity and exchange differences"):
            said.append(key)
            if ours[key] != theirs[key]:
                wrong.append(f"{key}: {ours[key]}, with the wizard {theirs[key]}")
    if whole:
        wrong += [f"{name} is not paid by the wizard" for name, *rest in whole["open"] if any(rest)]
    return said, wrong


def print_comparison(results):
    said, wrong = compare(results)
    for sentence in wrong[:10]:
        print(f"DIFFERENCE: {sentence}")
    if said and not wrong:
        print(f"The same to the cent as with the wizard: {', '.join(said)}.")
    return not wrong


def print_reading(result):
    actions = ", ".join(f"{count:,} {action}" for action, count in result["actions"].items() if count)
    print(f"\nReading and planning {result['count']:,} rows against as many documents (aim: 20 s, 600 MB):")
    print(
        f"{result['seconds']:.1f} s ({result['cpu']:.1f} s of Odoo's own), {result['queries']:,} queries, "
        f"peak memory {result['memory']:.0f} MB ({result['memory_before']:.0f} MB before it began); {actions}"
    )


def main():
    results = {step: result for step in TITLES if (result := load(step))}
    same = True
    if results:
        print_booking(results)
        same = print_comparison(results)
    if reading := load("read"):
        print_reading(reading)
    sys.exit(not same)


main()
