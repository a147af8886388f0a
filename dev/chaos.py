"""Kills processes while the addon books, and lets several book the same at once; run by dev/chaos."""

import argparse
import os
import sys
import time
from functools import partial
from typing import Any

import chaos_books as books
from chaos_books import Round
from chaos_processes import (
    CLERK,
    DATABASE,
    DURATIONS,
    FIGURES,
    RANDOM,
    RUN,
    Process,
    Task,
    attack,
    environment,
    pay,
    press,
    work,
)  # fmt: skip

from odoo.sql_db import close_all
from odoo.tools import config

CHUNK = 5  # documents committed at a time
RACES = ("apply twice", "undo twice", "apply and undo", "undo and next", "two runs", "two openings", "a payment")
# What is open after these is known, whoever was first.
EXACT = ("apply twice", "undo twice")
COMPLAINTS: list[str] = []
"""What processes said that nobody had killed."""


# === TO THE END === #


def set_limits(background: bool, whole: bool = True) -> None:
    """From which number of documents on a run goes to the background, and in how many transactions."""
    for name, module in sys.modules.items():
        if name.startswith("odoo.addons.account_open_balance.models."):
            for limit, value in (
                ("DIRECT_LIMIT", 0 if background else 10**6),
                ("DOCUMENTS_AT_A_TIME", CHUNK),
                ("WHOLE_LIMIT", 10**6 if whole else CHUNK),
            ):
                if hasattr(module, limit):
                    setattr(module, limit, value)


def states(of: Round) -> list[str]:
    with environment() as env:
        return [str(state) for state in env[RUN].browse(of.runs).mapped("state")]


def come_due() -> bool:
    """Let the hour pass after which Odoo calls the job again, unless it is due already."""
    with environment() as env:
        env.cr.execute(
            """UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 second'
                WHERE active AND nextcall > now() AT TIME ZONE 'UTC'
                  AND id NOT IN (SELECT cron_id FROM ir_cron_trigger WHERE call_at <= now() AT TIME ZONE 'UTC')"""
        )
        return bool(env.cr.rowcount)


def go_on(of: Round, run_id: int | None, method: str, wanted: str) -> str:
    """Do what the cron, or the person who sees that nothing has happened, does after a kill.

    :param run_id: the run to be applied or undone; None leaves all to the cron
    :return: what was found after the kill, and how often the job was called
    """
    found = "+".join(states(of))
    calls = hours = 0
    while calls < 12:
        now = states(of)
        if "running" in now:
            hours += come_due()
            if calls < 2 and RANDOM.random() < 0.25:
                found += ", " + attack("cron", work)
            else:
                complain(Process("cron", work).end())
        elif run_id and now[of.runs.index(run_id)] != wanted:
            complain(Process(f"{method} again", partial(press, method, run_id)).end())
        else:
            break
        calls += 1
    FIGURES["hours waited"] += hours
    return f"found {found}, {calls} calls" + (f", {hours} hours" if hours else "")


def complain(answer: str) -> None:
    """Keep what a process says which nobody has killed."""
    if answer:
        COMPLAINTS.append(answer)


def finish(of: Round, run_id: int, method: str, wanted: str) -> None:
    """Apply or undo a run with nobody in the way."""
    set_limits(RANDOM.random() < 0.3)
    if states(of)[of.runs.index(run_id)] != wanted:
        complain(Process(method, partial(press, method, run_id)).end())
        go_on(of, run_id, method, wanted)


# === ROUNDS === #


def prepare(kind: str, number: int) -> Round:
    """Plan what the round will book."""
    of = Round(kind)
    with environment(CLERK) as env:
        partners = env["res.partner"].search([("name", "=like", "Partner %")], order="id")
        of.partner_ids = RANDOM.sample(partners.ids, 3)
        if kind == "opening":
            env["open.balance.source"].sudo().search([("name", "=", kind)]).all_or_nothing = RANDOM.random() < 0.5
            books.plan_opening(env, RANDOM, of, f"O{number}")
        elif kind == "debtor":
            books.plan_debtors(env, RANDOM, of)
        else:
            books.plan_list(env, RANDOM, of)
    return of


def plan_more(of: Round, **options: Any) -> None:
    with environment(CLERK) as env:
        books.plan_list(env, RANDOM, of, **options)


def count(of: Round, applied: int | None, raced: bool = False) -> list[str]:
    """What is wrong in the books.

    :param applied: the run that stands, None if none does
    :param raced: who was first decides what is open; it has to agree with the payments all the same
    """
    with environment(CLERK) as env:
        sql = env(su=True)
        faults = books.find_everywhere(sql)
        if of.kind == "opening":
            return faults + books.find_in_opening(sql, of, bool(applied))
        if of.kind == "debtor":
            return faults + books.find_in_debtors(env, of, bool(applied))
        faults += books.find_in_documents(sql, of)
        if not raced:
            faults += books.find_as_told(sql, of, applied)
        # Of a document that failed in a race, partners have the list's word.
        if not raced or not applied:
            faults += books.find_in_figures(env, of.partner_ids)
        return faults


def kill(number: int) -> tuple[str, list[str]]:
    """Kill a process that applies or undoes a run, let the job go on, and count."""
    kind = RANDOM.choices(("list", "higher", "opening", "debtor"), (4, 2, 3, 1))[0]
    way, method = RANDOM.choice(("cron", "person")), RANDOM.choice(("action_apply", "action_undo"))
    of = prepare(kind, number)
    if kind == "higher":
        finish(of, of.runs[0], "action_apply", "done")
        plan_more(of, higher=True)
    run_id = of.runs[-1]
    if method == "action_undo":
        finish(of, run_id, "action_apply", "done")
    set_limits(way == "cron", whole=RANDOM.random() < 0.5)
    name = f"{way} {kind} {method}"
    task: Task = partial(press, method, run_id)
    if way == "cron":
        complain(Process("start", task).end())
        task = work
    wanted = "done" if method == "action_apply" else "undone"
    text = f"{name}: {attack(name, task)}; {go_on(of, run_id, method, wanted)}"
    earlier = of.runs[0] if kind == "higher" else None
    faults = count(of, run_id if wanted == "done" else earlier)
    for one in reversed(of.runs):
        finish(of, one, "action_undo", "undone")
    return text, faults + count(of, None)


def race(number: int) -> tuple[str, list[str]]:
    """Let two processes work on the same at once, let the job go on, and count."""
    kind, background = RANDOM.choice(RACES), RANDOM.random() < 0.5
    openings = kind == "two openings" or (kind in EXACT and RANDOM.random() < 0.3)
    of = prepare("opening" if openings else "list", number)
    tasks = set_up_race(kind, of, number)
    set_limits(background)
    if background:
        complain(Process("start", tasks[0][1]).end())
        tasks[0] = ("cron", work)
        if kind in EXACT:
            tasks[1] = ("cron", work)
    RANDOM.shuffle(tasks)
    answers = [(name, answer) for (name, _task), answer in zip(tasks, run_together(tasks), strict=True)]
    hear(of, answers)
    text = f"{kind} of {of.kind}, {'in the background' if background else 'at once'}: "
    text += ", ".join(f"{name} {answer[:70] or 'ok'}" for name, answer in answers)
    text += "; " + go_on(of, None, "", "")
    applied = next((run for run, state in zip(of.runs, states(of), strict=True) if state == "done"), None)
    faults = count(of, applied, raced=kind not in EXACT)
    for one in reversed(of.runs):
        if states(of)[of.runs.index(one)] == "done":
            finish(of, one, "action_undo", "undone")
    return text, faults + count(of, None, raced=kind == "undo and next")


def hear(of: Round, answers: list[tuple[str, str]]) -> None:
    """Keep what was said in a race, but for what may be said in one; a payment that was refused is none."""
    for name, answer in answers:
        if not answer.startswith(("refused", "busy")):
            complain(answer)
        if answer and name == "pay":
            of.by_hand = {}


def set_up_race(kind: str, of: Round, number: int) -> list[tuple[str, Task]]:
    """Book and plan what comes before.

    :return: what is done at once; the first may be done in the background
    """
    first = of.runs[0]
    apply, undo = partial(press, "action_apply", first), partial(press, "action_undo", first)
    if kind == "two openings":
        with environment(CLERK) as env:
            books.plan_opening(env, RANDOM, of, f"O{number}")
    elif kind == "two runs":
        plan_more(of)
    elif kind.startswith("undo"):
        finish(of, first, "action_apply", "done")
    if kind == "undo and next":
        plan_more(of, higher=RANDOM.random() < 0.5)
    if kind == "a payment":
        lower = [move_id for move_id, rest in of.told[first].items() if 2 < rest < of.before[move_id]]
        of.by_hand = {RANDOM.choice(lower): 1.0}
        return [("apply", apply), ("pay", partial(pay, next(iter(of.by_hand))))]
    if kind == "apply and undo":
        return [("apply", apply), ("undo", undo)]
    if kind in EXACT:
        return [(name, undo if kind == "undo twice" else apply) for name in ("first", "second")]
    one = ("undo", undo) if kind == "undo and next" else ("apply", apply)
    return [one, ("apply the other", partial(press, "action_apply", of.runs[1]))]


def run_together(tasks: list[tuple[str, Task]]) -> list[str]:
    FIGURES["races"] += 1
    processes = []
    for name, task in tasks:
        processes.append(Process(name, task))
        time.sleep(RANDOM.choice((0, RANDOM.uniform(0, 0.8 * DURATIONS.get(name, 1.0)))))
    return [process.end() for process in processes]


def warm_up() -> None:
    """Fill this process's caches, which the others inherit."""
    set_limits(background=False)
    for kind in ("list", "opening"):
        of = prepare(kind, 0)
        for method in ("action_apply", "action_undo"):
            press(method, of.runs[0])
            close_all()


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev/chaos")
    parser.add_argument("rounds", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("kill", "race"))
    options = parser.parse_args()
    warm_up()
    differing = 0
    for number in range(1, options.rounds + 1):
        RANDOM.seed(f"{options.seed}-{number}")
        COMPLAINTS.clear()
        kind = options.only or ("race" if number % 5 > 2 else "kill")
        start = time.monotonic()
        text, faults = (race if kind == "race" else kill)(number)
        faults += [f"said: {complaint}" for complaint in COMPLAINTS]
        print(f"{number} {kind} {text}; {time.monotonic() - start:.0f} s: {'DIFFERS' if faults else 'ok'}", flush=True)
        for fault in faults[:20]:
            print(f"    {fault}", flush=True)
        FIGURES.update({fault.partition(":")[0] for fault in faults})
        differing += bool(faults)
    names = ("kills", "too late", "races", "hours waited", "stuck", "lost", "doubled", "wrong", "said")
    figures = ", ".join(f"{FIGURES[name]} {name}" for name in names)
    print(f"{options.rounds} rounds, {differing} differ: {figures}")
    return bool(differing)


if __name__ == "__main__":
    log = os.environ["CHAOS_LOG"]
    config.parse_config(["-d", DATABASE, "--no-http", "--logfile", log, "--log-level", "warn"], setup_logging=True)
    with environment() as odoo:
        books.build(odoo, RANDOM)
    sys.exit(main())
