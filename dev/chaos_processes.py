"""The processes of dev/chaos: what they do with the addon, and how they are killed."""

import itertools
import logging
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import RawArray
from typing import Any

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError, UserError
from odoo.modules.registry import Registry
from odoo.service.model import execute_cr, retrying
from odoo.sql_db import Cursor, close_all

DATABASE = os.environ["CHAOS_DATABASE"]
CLERK = "chaos_clerk"
FORK = multiprocessing.get_context("fork")
RUN = "open.balance.import"
PATIENCE = 90  # seconds after which a process hangs
RANDOM = random.Random()
FIGURES: Counter[str] = Counter()
# Seconds that a process needs, learned from those that came to their end.
DURATIONS: dict[str, float] = {}
# What a process does is known by the last of these that it has entered.
STAGES = {
    RUN: ("_start", "_start_undo", "_apply_documents", "_apply_rest", "_apply_partner_balances", "_apply_debtors",
          "_apply_undo_lines", "_apply_undo", "_apply_undo_externals", "_apply_undo_partner_balances"),
    "account.payment": ("_create_open_balance_entries", "action_post", "_reconcile_open_balance", "action_cancel"),
    "account.move": ("_book_opening", "_undo_opening"),
}  # fmt: skip
Task = Callable[[], object]


@contextmanager
def environment(login: str = "") -> Iterator[Any]:
    """A transaction of this process; nothing of it is left for the processes to come.

    :param login: of the user; the superuser without
    """
    with begin(login) as env:
        yield env
    close_all()


@contextmanager
def begin(login: str = "", **context: Any) -> Iterator[Any]:
    """A transaction, which is committed at the end."""
    registry = Registry(DATABASE).check_signaling()
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, context)
        yield env(user=env["res.users"].search([("login", "=", login)])) if login else env
    registry.signal_changes()


def press(method: str, run_id: int) -> None:
    """What a client's call does: in one transaction, begun anew when another one comes in between."""
    with begin(CLERK) as env:
        execute_cr(env.cr, env.uid, RUN, method, [[run_id]], {})


def pay(move_id: int) -> None:
    """A person registers a payment of 1 on a document."""
    with begin(CLERK, active_model="account.move", active_ids=[move_id]) as env:

        def register() -> None:
            env["account.payment.register"].create({"amount": 1.0})._create_payments()

        retrying(register, env)


def work() -> None:
    """What a cron worker does when it wakes up."""
    Registry(DATABASE)["ir.cron"]._process_jobs(DATABASE)


class Errors(logging.Handler):
    """What the job failed of: the log alone hears of it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Without an exception: Odoo lets an hour pass after a job that was killed several times.
        if record.exc_info and (error := record.exc_info[1]):
            self.texts.append(f"{type(error).__name__}: {error}")


class Process:
    """A process that does a task, and what became of it."""

    def __init__(self, name: str, task: Task, commit: tuple[int, bool] | None = None) -> None:
        """
        :param commit: the process kills itself at its commit of this number: before it, or (True) after it
        """
        self.name, self.task, self.commit = name, task, commit
        self.stage = RawArray("c", 80)
        self.answer, self.told = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=self._play)
        self.started = time.monotonic()
        self.process.start()
        self.told.close()

    def _play(self) -> None:
        errors = Errors()
        logging.getLogger("odoo.addons.base.models.ir_cron").addHandler(errors)
        self._watch()
        try:
            self.task()
            answer = "".join(errors.texts)
        except UserError as error:
            answer = f"refused: {error.args[0]}" if not isinstance(error, LockError) else f"busy: {error.args[0]}"
        except Exception as error:  # noqa: BLE001
            answer = f"{type(error).__name__}: {error}"  # whatever it is, the round has to tell it
        self.told.send(answer.strip().replace("\n", " ")[:300])

    def _watch(self) -> None:
        for model, names in STAGES.items():
            cls = Registry(DATABASE)[model]
            for name in names:
                setattr(cls, name, self._noting(name, getattr(cls, name)))
        numbers, commit = itertools.count(1), Cursor.commit

        def noting(cursor: Any) -> None:
            number = next(numbers)
            self._kill_at(number, after=False)
            commit(cursor)
            self._kill_at(number, after=True)

        Cursor.commit = noting

    def _noting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*args: Any, **kwargs: Any) -> Any:
            self.stage.value = name.encode()
            return method(*args, **kwargs)

        return noting

    def _kill_at(self, number: int, after: bool) -> None:
        self.stage.value = f"{'after' if after else 'before'} commit {number}".encode()
        if self.commit == (number, after):
            os.kill(os.getpid(), signal.SIGKILL)

    def end(self) -> str:
        """Wait until it has ended.

        :return: what it says, "" when it is content, "killed" when it says nothing any more
        """
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
            return f"hangs in {self.stage.value.decode()}"
        if self.process.exitcode:
            return "killed" if self.process.exitcode == -signal.SIGKILL else f"exit status {self.process.exitcode}"
        DURATIONS[self.name] = time.monotonic() - self.started
        return str(self.answer.recv())


def kill_backend() -> None:
    """End a connection to the database, as its administrator or a restart does."""
    with psycopg2.connect(dbname="postgres") as connection, connection.cursor() as cr:
        cr.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s ORDER BY pid", [DATABASE])
        pids = [pid for (pid,) in cr.fetchall()]
        if pids:
            cr.execute("SELECT pg_terminate_backend(%s)", [RANDOM.choice(pids)])


def attack(name: str, task: Task) -> str:
    """Do a task in a process that is killed at some moment.

    :return: how and where it was killed
    """
    way = RANDOM.choices(("process", "backend", "commit"), (5, 2, 3))[0]
    commit = (RANDOM.randint(1, 8 if name.startswith("cron") else 1), RANDOM.random() < 0.5)
    process = Process(name, task, commit if way == "commit" else None)
    process.process.join(PATIENCE if way == "commit" else RANDOM.uniform(0, 1.05 * DURATIONS.get(name, 3.0)))
    stage, after = process.stage.value.decode(), (time.monotonic() - process.started) * 1000
    alive = process.process.is_alive()
    if alive and way == "process":
        process.process.kill()
    elif alive:
        kill_backend()
    said = process.end()
    if not alive and said != "killed":
        FIGURES["too late"] += 1
        return f"ended before the kill, after {after:.0f} ms"
    FIGURES["kills"] += 1
    what = f"{'connection' if way == 'backend' else 'process'} killed after {after:.0f} ms in {stage or 'its start'}"
    return what if said == "killed" else f"{what}, which said {said[:60] or 'nothing'}"
