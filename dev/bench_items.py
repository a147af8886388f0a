"""Open items of a big ledger: made in the database, read as at three dates, compared with summing all settlements.

Run in ``odoo shell`` together with bench.py, which brings the names that are not defined here.
"""
# ruff: noqa: F821

INVOICES = int(os.environ["BENCH_ITEMS"])  # 9 of 10 are paid; each entry has two journal items
DATES = {"today": None, "2 months back": "2026-09-27", "21 months back": "2025-02-27"}
DAY = "DATE '2023-06-01' + n %% 1200"  # of invoice n; it is paid up to 90 days later
PAID = "n %% 10 <> 0"
ALL_SETTLEMENTS = """
 SELECT l.id, ROUND(l.balance - COALESCE(d.amount, 0) + COALESCE(c.amount, 0), 2) AS residual
   FROM account_move_line l
   JOIN account_account a ON a.id = l.account_id
    AND (a.account_type IN ('asset_receivable', 'liability_payable') OR a.reconcile)
   LEFT JOIN LATERAL (SELECT SUM(amount) AS amount FROM account_partial_reconcile
                       WHERE debit_move_id = l.id AND max_date <= %(at)s) d ON TRUE
   LEFT JOIN LATERAL (SELECT SUM(amount) AS amount FROM account_partial_reconcile
                       WHERE credit_move_id = l.id AND max_date <= %(at)s) c ON TRUE
  WHERE l.parent_state = 'posted' AND l.date <= %(at)s
    AND ROUND(l.balance - COALESCE(d.amount, 0) + COALESCE(c.amount, 0), 2) <> 0"""


def copy_rows(table, records, first_id, width, values):
    """Copy records once for each number n: ids follow from the number, ``values`` (SQL) differ from row to row."""
    env.cr.execute(
        SQL(
            """INSERT INTO %(table)s
               SELECT (jsonb_populate_record(t.record, jsonb_build_object(
                          'id', %(first)s + %(width)s * n + t.place, %(values)s))).*
                 FROM generate_series(0, %(last)s) n
                CROSS JOIN (SELECT r AS record, array_position(%(ids)s::int[], r.id) - 1 AS place
                              FROM %(table)s r WHERE r.id = ANY(%(ids)s::int[])) t
                WHERE %(condition)s""",
            table=SQL.identifier(table),
            first=first_id,
            width=width,
            values=SQL(values[0]),
            last=INVOICES - 1,
            ids=records.ids,
            condition=SQL(values[1]),
        )
    )


def step_ledger():
    """One paid invoice, copied in the database: the ORM would take a day."""
    create_invoices(4, 1000)
    invoice = get_invoices().filtered(lambda move: move.currency_id == env.company.currency_id)[0]
    wizard = env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
    payment = wizard.create({})._create_payments().move_id
    env.flush_all()
    receivable = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
    settling = payment.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
    partial = receivable.matched_credit_ids
    lines = (receivable, invoice.line_ids - receivable, settling, payment.line_ids - settling)
    env.cr.execute("SELECT max(id) + 1000 FROM account_move")
    [move] = env.cr.fetchone()
    env.cr.execute("SELECT max(id) + 1000 FROM account_move_line")
    [line] = env.cr.fetchone()
    partner = f"{env['res.partner'].search([('ref', '=', '10000')]).id} + n %% 1000"
    owner = f"'partner_id', {partner}, 'commercial_partner_id', {partner}"
    later = f"{DAY} + n %% 90"
    total = abs(receivable.balance)
    rest = f"CASE WHEN {PAID} THEN 0 ELSE {total} END"
    everywhere = "TRUE"
    # Copies are as consistent as what they are copied from: checking each reference takes 15 minutes.
    env.cr.execute("SET session_replication_role = replica")
    head = f"'sequence_number', n, 'access_token', null, {owner}"
    dates = f"'date', {DAY}, 'invoice_date', {DAY}, 'invoice_date_due', {DAY} + 30"
    copy_rows("account_move", invoice, move, 2, (f"'name', 'INV/B/' || n, {head}, {dates}", everywhere))
    copy_rows("account_move", payment, move + 1, 2, (f"'name', 'PAY/B/' || n, {head}, 'date', {later}", PAID))
    loose = "'full_reconcile_id', null"
    for place, record in enumerate(lines):
        day, due = (DAY, f"{DAY} + 30") if place < 2 else (later, later)
        values = f"'move_id', {move} + 2 * n + {place // 2}, 'partner_id', {partner}, 'date', {day}, {loose}"
        values += f", 'date_maturity', {due}"
        if not place:
            values += f", 'reconciled', {PAID}, 'amount_residual', {rest}, 'amount_residual_currency', {rest}"
        copy_rows("account_move_line", record, line + place, 4, (values, everywhere if place < 2 else PAID))
    pair = f"'debit_move_id', {line} + 4 * n, 'credit_move_id', {line} + 4 * n + 2, 'max_date', {later}, {loose}"
    copy_rows("account_partial_reconcile", partial, partial.id + 1, 1, (pair, PAID))
    finish_copies("account_move", "account_move_line", "account_partial_reconcile")
    return {}


def finish_copies(*tables):
    """Let the next records of some tables have ids of their own, and the database know how many there are."""
    for table in tables:
        env.cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
        env.cr.commit()
        env.cr.execute(f"ANALYZE {table}")


def measure_items(at):
    """Seconds of each way to look at open items as at a date, how many rows there are and how many differ."""
    Item = env["open.balance.item"].with_context(open_balance_date=at)
    domain, amounts = [("kind", "=", "receivable")], ["company_residual:sum"]
    ways = {
        "list": lambda: Item.search(domain, limit=80).read(["number", "company_residual", "days_overdue"]),
        "count": lambda: Item.search_count(domain),
        "group": lambda: Item._read_group(domain, ["commercial_partner_id"], amounts, limit=80),
        "pivot": lambda: Item._read_group(domain, ["commercial_partner_id", "bucket"], amounts),
        "all rows": lambda: env.execute_query(SQL("SELECT line_id, company_residual FROM %s i", Item._table_sql)),
        "all settlements": lambda: env.execute_query(SQL(ALL_SETTLEMENTS, at=Item._get_date())),
    }
    found, rows = {}, {}
    for name, way in ways.items():
        with measured(result := {}):
            rows[name] = way()
        found[name] = result["seconds"]
    ours, theirs = (
        {line_id: round(float(amount), 2) for line_id, amount in rows[name]} for name in ("all rows", "all settlements")
    )
    return {**found, "rows": len(theirs), "different": len(set(ours.items()) ^ set(theirs.items()))}


def step_items():
    """List, groups and pivot as at three dates; the rows are those of summing all settlements."""
    env.cr.execute("SELECT COUNT(*) FROM account_move_line")
    return {"count": env.cr.fetchone()[0], "dates": {label: measure_items(at) for label, at in DATES.items()}}
