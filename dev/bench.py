"""Measures one step of dev/bench; run in ``odoo shell`` together with bench_opening.py, each step in a process and a
database of its own.

The environment names the step, the numbers and the folder for the result, a JSON file per step.
"""

import base64
import json
import os
import resource
import time
from contextlib import contextmanager
from pathlib import Path

from odoo import Command
from odoo.tools import SQL, split_every

from odoo.addons.account_open_balance.engine import read

COUNT, ROWS, SAMPLE = (int(os.environ[f"BENCH_{name}"]) for name in ("COUNT", "ROWS", "SAMPLE"))
STEP = os.environ["BENCH_STEP"]
RESULTS = Path(os.environ["BENCH_RESULTS"])
BALANCE_DATE = "2026-08-31"
HEADER = "Customer;Voucher Number;Voucher Date;Open Balance;Currency"
XML_ITEMS = 500_000
PART_PAID = 0.37  # what is paid of each second invoice; the others are paid wholly


@contextmanager
def measured(result):
    """Put seconds (also of the processor), queries and peak memory (MB) of the block into ``result``."""
    env.flush_all()
    env.invalidate_all()
    queries, start, cpu = env.cr.sql_log_count, time.perf_counter(), time.process_time()
    result["memory_before"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield
    env.flush_all()
    result["seconds"] = time.perf_counter() - start
    result["cpu"] = time.process_time() - cpu
    result["queries"] = env.cr.sql_log_count - queries
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# -- documents -----------------------------------------------------------------------------------------------------


def set_up_currency():
    """A currency whose rate has changed between the documents and the payments."""
    currency = (
        env["res.currency"]
        .with_context(active_test=False)
        .search([("name", "in", ("EUR", "USD")), ("id", "!=", env.company.currency_id.id)], limit=1)
    )
    currency.active = True
    currency.rate_ids.unlink()
    for date, rate in (("2026-01-01", 0.8737), ("2026-06-01", 0.91)):
        env["res.currency.rate"].create(
            {"name": date, "rate": rate, "currency_id": currency.id, "company_id": env.company.id}
        )
    return currency


def create_invoices(count, partner_count):
    """Post that many invoices of one line, 30-day terms, a quarter in another currency."""
    currency = set_up_currency()
    term = env.ref("account.account_payment_term_30days")
    country = env.ref("base.de")
    partners = env["res.partner"].create(
        [{"name": f"Customer {n}", "ref": f"{10000 + n}", "country_id": country.id} for n in range(partner_count)]
    )
    for numbers in split_every(500, range(count)):
        moves = (
            env["account.move"]
            .with_context(tracking_disable=True)
            .create(
                [
                    {
                        "move_type": "out_invoice",
                        "partner_id": partners[number % partner_count].id,
                        "invoice_date": f"2026-03-{1 + number % 28:02}",
                        "currency_id": (env.company.currency_id if number % 4 else currency).id,
                        "invoice_payment_term_id": term.id,
                        "invoice_line_ids": [
                            Command.create({"name": "line", "price_unit": 100 + number * 1.37, "tax_ids": []})
                        ],
                    }
                    for number in numbers
                ]
            )
        )
        moves._post()
        env.flush_all()
        # A list cannot have what came into Odoo after it, and the ORM keeps the moment of creation to itself.
        env.cr.execute("UPDATE account_move SET create_date = date WHERE id IN %s", [moves._ids])
        env.cr.commit()
        env.invalidate_all()


def step_invoices():
    create_invoices(COUNT, max(10, COUNT // 3))
    return {}


def step_many():
    """As many invoices as the list has rows: copies of some posted ones, made in the database."""
    create_invoices(200, 1000)
    moves = get_invoices()
    env.cr.execute("SELECT max(id) FROM account_move")
    [base] = env.cr.fetchone()
    [partner_id] = moves[0].partner_id.ids
    # The ORM would take an hour. Each table's row is copied whole, with the few columns that must differ.
    for table, key, extra in (
        ("account_move", "t.id", SQL("'name', 'INV/2026/' || n, 'sequence_number', n, 'access_token', null")),
        ("account_move_line", "t.move_id", SQL("'move_id', %s + n, 'move_name', 'INV/2026/' || n", base)),
    ):
        new_id = SQL("%s + n", base) if table == "account_move" else SQL("nextval('account_move_line_id_seq')")
        partner = SQL("%s + n %% 1000", partner_id)
        env.cr.execute(
            SQL(
                """INSERT INTO %(table)s
               SELECT (jsonb_populate_record(t, jsonb_build_object(
                   'id', %(new_id)s, 'partner_id', %(partner)s, 'commercial_partner_id', %(partner)s,
                   'partner_shipping_id', %(partner)s, %(extra)s))).*
                 FROM generate_series(1000, %(last)s) n
                 JOIN %(table)s t ON %(key)s = (%(ids)s::int[])[1 + n %% 200]""",
                table=SQL.identifier(table),
                new_id=new_id,
                partner=partner,
                extra=extra,
                last=ROWS + 799,
                key=SQL(key),
                ids=moves.ids,
            )
        )
    env.cr.execute("SELECT setval('account_move_id_seq', (SELECT max(id) FROM account_move))")
    env.cr.commit()
    env.cr.execute("ANALYZE account_move; ANALYZE account_move_line")
    return {}


# -- the list ------------------------------------------------------------------------------------------------------


def get_invoices(limit=None):
    return env["account.move"].search([("move_type", "=", "out_invoice")], order="id", limit=limit)


def get_amount(number, move):
    """What is paid of an invoice, in its currency."""
    return move.currency_id.round(move.amount_residual * (PART_PAID if number % 2 else 1))


def format_row(move, balance):
    fields = (move.partner_id.ref, move.name, move.invoice_date, f"{balance:.2f}", move.currency_id.name)
    return ";".join(map(str, fields))


def create_source():
    """A source whose list is complete and which does not mind that half of the documents are absent."""
    return env["open.balance.source"].create({"name": "Bench", "absent_limit": 1.0, "partner_keys": "ref"})


def create_run(rows):
    content = base64.b64encode("\n".join([HEADER, *rows]).encode())
    run = env["open.balance.import"]._create_run([("bench.csv", content)], create_source(), BALANCE_DATE)
    env.cr.commit()
    return run


# -- the parts -----------------------------------------------------------------------------------------------------


def step_apply():
    """Import a list and apply it: a row for each part payment, none for what was paid wholly."""
    run = create_run(
        format_row(move, move.amount_residual - get_amount(number, move))
        for number, move in enumerate(get_invoices())
        if number % 2
    )
    plan, result = {}, {}
    with measured(plan):
        run.action_plan()
    env.cr.commit()
    if run.has_stop or run.state != "planned":
        raise SystemExit(f"not planned: {run.state} {run.problem_ids.mapped('message')}")
    # A background job goes on in the name of a person.
    run = run.with_user(env.ref("base.user_admin"))
    with measured(result):
        run._start()
        if run.state == "running":
            env["open.balance.import"]._cron_apply()
    if run.state != "done" or run.failed_count:
        raise SystemExit(f"not done: {run.state} {run.line_ids.filtered('result').mapped('result')[:3]}")
    return {**result, "plan_seconds": plan["seconds"], **get_books(COUNT)}


def get_wizard(moves, **values):
    """Odoo's wizard on a journal whose outstanding account is its own, as the addon books."""
    journal = env["account.journal"].search([("name", "=", "Bench")], limit=1)
    journal = journal or env["account.journal"]._create_open_balance_journal(env.company, "Bench")
    context = {"active_model": "account.move", "active_ids": moves.ids}
    return (
        env["account.payment.register"]
        .with_context(**context)
        .create({"journal_id": journal.id, "payment_date": BALANCE_DATE, **values})
    )


def step_register():
    """The wizard once per invoice, with its own amount."""
    moves = get_invoices(SAMPLE)
    result = {}
    with measured(result):
        for number, move in enumerate(moves):
            get_wizard(move, amount=get_amount(number, move))._create_payments()
    return {**result, **get_books(len(moves))}


def step_set():
    """The wizard once over all invoices: it can only pay each of them wholly."""
    moves = get_invoices(SAMPLE)
    result = {}
    with measured(result):
        get_wizard(moves, group_payment=False)._create_payments()
    return {**result, **get_books(len(moves))}


def get_books(count):
    """What is open on the first SAMPLE invoices, in both currencies, and what was booked for them."""
    env.invalidate_all()
    moves = get_invoices(SAMPLE)
    payments = env["account.payment"].search([("reconciled_invoice_ids", "in", moves.ids)])
    exchange = env["account.move"].search([("journal_id", "=", env.company.currency_exchange_journal_id.id)])
    lines = (payments.move_id + exchange).line_ids
    receivable = lines.filtered(lambda line: line.account_type == "asset_receivable")
    return {
        "count": count,
        "open": [[move.name, move.amount_residual, move.amount_residual_signed] for move in moves],
        "payments": len(payments),
        "receivable": round(sum(receivable.mapped("balance")), 2),
        "liquidity and exchange differences": round(sum((lines - receivable).mapped("balance")), 2),
    }


def step_read():
    """Read and plan: of ten documents seven are confirmed, two paid in part, one absent; of ten rows one is new."""
    invoices = env["account.move"].search_fetch(
        [("move_type", "=", "out_invoice")],
        ["name", "partner_id", "invoice_date", "amount_residual", "currency_id"],
        order="id",
        limit=ROWS,
    )
    rows = []
    for number, move in enumerate(invoices):
        if number % 10 == 0:
            rows.append(f"{move.partner_id.ref};OLD-{number};2026-02-01;12.34;{move.currency_id.name}")
        else:
            rows.append(format_row(move, round(move.amount_residual * (0.5 if number % 10 < 3 else 1), 2)))
    run = create_run(rows)
    del rows, invoices
    env.invalidate_all()
    result = {}
    with measured(result):
        run.action_plan()
    return {**result, "count": ROWS, "actions": {key: value["count"] for key, value in run.summary.items()}}


def step_xml():
    """Read Exact Online's A/R export of half a million items, fifty an account."""
    item = (
        '<OutstandingItem number="{0}"><Description>Invoice {0}</Description><InvoiceDate>2026-01-05</InvoiceDate>'
        "<DueDate>2026-02-04</DueDate><Currency code='EUR'/><InvoiceAmtFC>121.5</InvoiceAmtFC>"
        "<OutstandingAmtFC>{1}.5</OutstandingAmtFC><InvoiceAmtDC>121.5</InvoiceAmtDC>"
        "<OutstandingAmtDC>{1}.5</OutstandingAmtDC></OutstandingItem>"
    )
    accounts = (
        f'<AR><Account code="{account}"><Name>Debtor {account}</Name></Account><OutstandingItems>'
        + "".join(item.format(account * 50 + number, number + 1) for number in range(50))
        + "</OutstandingItems></AR>"
        for account in range(XML_ITEMS // 50)
    )
    data = f'<?xml version="1.0" encoding="utf-8"?><eExact><ARs>{"".join(accounts)}</ARs></eExact>'.encode()
    result = {}
    with measured(result):
        count = len(read(data, "ARs_1.XML").items)
    return {**result, "count": count, "megabytes": len(data) / 1e6}


def step_debtors():
    """Plan and apply a list of balances and credit limits in Scope's six columns."""
    Partner = env["res.partner"].with_context(tracking_disable=True)
    for numbers in split_every(5000, range(ROWS)):
        Partner.create([{"name": f"Debtor {number}", "ref": f"D{number}"} for number in numbers])
        env.cr.commit()
        env.invalidate_all()
    rows = [f"D{number};Debtor {number};;1000,00;500,00;{number % 900},50" for number in range(ROWS)]
    content = base64.b64encode("\n".join(["Debtor;Name;Name 2;Credit Limit;Internal;Balance", *rows]).encode())
    source = create_source()
    source.sets_credit_limits = True
    run = env["open.balance.import"]._create_run([("debtors.csv", content)], source, BALANCE_DATE, "debtor")
    planned, applied = {}, {}
    with measured(planned):
        run.action_plan()
    with measured(applied):
        run.action_apply()
    done = run.line_ids.search_count([("import_id", "=", run.id), ("state", "=", "done")])
    return {"count": done, "planned": planned, "applied": applied}


def write_result():
    """Measure the step; dev/bench calls it when all steps are known."""
    (RESULTS / f"{STEP}.json").write_text(json.dumps(globals()[f"step_{STEP}"]()), encoding="utf-8")
