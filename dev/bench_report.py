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
PAID_TITLES = {"opening": "this addon: opening documents", "opening_form": "one by one, and Odoo's wizard"}
BARE_TITLES = {"opening_bare": "this addon: the same, unpaid", "opening_load": "Odoo's file import and posting"}
AIMS = {"register": 15, "set": 10, "opening_form": 8, "opening_load": 2}


def load(step):
    path = RESULTS / f"{step}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def cost(result):
    """Per document: milliseconds, of these the processor's in Odoo's process (without PostgreSQL's), and queries."""
    return tuple(
        value / result["count"] for value in (1000 * result["seconds"], 1000 * result["cpu"], result["queries"])
    )


def print_booking(results, titles):
    """One line per step; the first of the titles is the one that the others are compared with."""
    columns = ("documents", "ms each", "of Odoo", "queries each", "ratio", "of Odoo", "aim", "MB")
    print(f"\n{'':34}" + "".join(f"{column:>13}" for column in columns))
    first = next(iter(titles))
    base = results.get(first)
    for step, result in results.items():
        milliseconds, odoo, queries = cost(result)
        ratios = ["", ""]
        if base and step != first:
            ratios = [f"{milliseconds / cost(base)[0]:.1f}", f"{odoo / cost(base)[1]:.1f}"]
        cells = (f"{result['count']:,}", f"{milliseconds:.1f}", f"{odoo:.1f}", f"{queries:.2f}", *ratios)
        cells += (AIMS.get(step, ""), f"{result['memory']:.0f}")
        print(f"{titles[step]:34}" + "".join(f"{cell:>13}" for cell in cells))
    if base and "plan_seconds" in base:
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


def print_xml(result):
    print(f"\nReading Exact Online's XML, {result['count']:,} items in {result['megabytes']:.0f} MB:")
    print(
        f"{result['seconds']:.1f} s ({result['cpu']:.1f} s of processor), "
        f"peak memory {result['memory']:.0f} MB ({result['memory_before']:.0f} MB before it began)"
    )


def print_debtors(result):
    print(f"\nBalances and credit limits of {result['count']:,} debtors:")
    for title, part in (("read and planned", result["planned"]), ("applied", result["applied"])):
        print(f"{title} in {part['seconds']:.1f} s ({part['cpu']:.1f} s of Odoo's own), {part['queries']:,} queries")


def print_items(result):
    """Open items as at some dates.

    :return: whether they are the rows of summing all settlements
    """
    print(f"\nOpen items of {result['count']:,} journal items, seconds (aim: list, group and pivot under 1 s):")
    for label, found in result["dates"].items():
        times = ", ".join(f"{name} {value:.2f}" for name, value in found.items() if isinstance(value, float))
        ratio = found["all settlements"] / found["all rows"]
        print(f"{label}: {times}; {ratio:.1f} times faster; {found['rows']:,} rows, {found['different']} different")
    return not any(found["different"] for found in result["dates"].values())


def print_opening(titles):
    """Opening documents of this addon, and the same ones made otherwise.

    :return: whether they are the same
    """
    results = {step: result for step in titles if (result := load(step))}
    if not results:
        return True
    print_booking(results, titles)
    ours, theirs = (result["documents"] for result in results.values())
    wrong = [f"{mine} is {other} otherwise" for mine, other in zip(ours, theirs, strict=False) if mine != other]
    for sentence in wrong[:10]:
        print(f"DIFFERENCE: {sentence}")
    if not wrong:
        print(f"The same to the cent: totals and open amounts of {len(theirs):,} documents in both currencies.")
    return not wrong


def print_handover(result):
    seconds = result["seconds"] + result["collect_seconds"]
    queries = (result["queries"] + result["collect_queries"]) / result["count"]
    print(f"\nHanding {result['count']:,} invoices over to Exact (aim: 6 ms and 0.5 queries each, 300 MB more):")
    print(
        f"{seconds:.1f} s, {1000 * seconds / result['count']:.1f} ms and {queries:.2f} queries each (collect "
        f"{result['collect_seconds']:.1f} s), {result['files']} files of {result['bytes'] / 2**20:.1f} MiB, "
        f"peak memory {result['memory']:.0f} MB"
    )


def main():
    results = {step: result for step in TITLES if (result := load(step))}
    same = True
    if results:
        print_booking(results, TITLES)
        same = print_comparison(results)
    same &= print_opening(PAID_TITLES)
    same &= print_opening(BARE_TITLES)
    if reading := load("read"):
        print_reading(reading)
    if xml := load("xml"):
        print_xml(xml)
    if debtors := load("debtors"):
        print_debtors(debtors)
    if handover := load("handover"):
        print_handover(handover)
    if items := load("items"):
        same &= print_items(items)
    sys.exit(not same)


main()
