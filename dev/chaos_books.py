"""What dev/chaos books, and how it counts the books anew: in SQL, apart from the addon's own code."""

import base64
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from odoo.fields import Command

TODAY = date.today()  # noqa: DTZ011
BALANCE_DATE = str(TODAY - timedelta(days=1))
PARTNERS, DOCUMENTS_EACH = 32, 8
GROUPS = ("account.group_account_invoice", "base.group_partner_manager")
LIST = "Account Number;Voucher Number;Voucher Date;Open Balance;Currency"
OPENING = "Document Type;Partner Number;Partner Name;Number;Date;Due Date;Currency;Total;Open Amount"
DEBTORS = "Debtor;Name;Name 2;Credit limit;Internal credit limit;Balance"

# Each gives a row for whatever is wrong in the whole database, whichever round did it.
EVERYWHERE = {
    "wrong: unbalanced entry": "SELECT move_id FROM account_move_line GROUP BY 1 HAVING abs(sum(balance)) > 0.001",
    "doubled: two entries of one name": """SELECT journal_id, name, count(*) FROM account_move
        WHERE state = 'posted' GROUP BY 1, 2 HAVING count(*) > 1""",
    "wrong: residual that its reconciliations do not give": """SELECT l.id, l.amount_residual
        FROM account_move_line l JOIN account_account a ON a.id = l.account_id
        LEFT JOIN LATERAL (SELECT sum(amount) amount, sum(debit_amount_currency) currency
            FROM account_partial_reconcile WHERE debit_move_id = l.id) d ON true
        LEFT JOIN LATERAL (SELECT sum(amount) amount, sum(credit_amount_currency) currency
            FROM account_partial_reconcile WHERE credit_move_id = l.id) c ON true
        WHERE a.account_type IN ('asset_receivable', 'liability_payable') AND l.parent_state = 'posted'
          AND (abs(l.balance - coalesce(d.amount, 0) + coalesce(c.amount, 0) - l.amount_residual) > 0.001
            OR abs(l.amount_currency - coalesce(d.currency, 0) + coalesce(c.currency, 0)
                   - l.amount_residual_currency) > 0.001)""",
    "lost: payment without its line, or of several documents": """SELECT p.id, count(DISTINCT (l.import_id, l.move_id))
        FROM account_payment p LEFT JOIN open_balance_import_line l ON l.payment_id = p.id AND l.state = 'done'
        WHERE p.open_balance_booking IS NOT NULL AND p.state NOT IN ('canceled', 'rejected')
        GROUP BY 1 HAVING count(DISTINCT (l.import_id, coalesce(l.move_id, -l.id))) FILTER (WHERE l.id > 0) != 1""",
    "lost: payment that no line ever knew": """SELECT id FROM account_payment p WHERE open_balance_booking IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM open_balance_import_line WHERE payment_id = p.id OR reopened_payment_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM account_payment_open_balance_import_line_rel
                        WHERE account_payment_id = p.id)""",
    "wrong: payment whose entry is not posted": """SELECT p.id, p.state, m.state FROM account_payment p
        LEFT JOIN account_move m ON m.id = p.move_id WHERE p.open_balance_booking IS NOT NULL
        AND (p.state = 'canceled') != (m.state IS DISTINCT FROM 'posted')""",
    "lost: entry of the clearing journal without payment": """SELECT m.id FROM account_move m
        JOIN open_balance_source s ON s.journal_id = m.journal_id
        WHERE m.origin_payment_id IS NULL AND m.reversed_entry_id IS NULL""",
    "lost: line done without payment": """SELECT l.id, l.import_id FROM open_balance_import_line l
        LEFT JOIN account_payment p ON p.id = l.payment_id AND p.state NOT IN ('canceled', 'rejected')
        WHERE l.state = 'done' AND l.payment_amount != 0 AND p.id IS NULL AND l.reopened_payment_id IS NULL
          AND l.action IN ('pay', 'close', 'reopen', 'overpay', 'create')""",
    "doubled: two payments of one document in a run": """SELECT l.import_id, l.move_id FROM open_balance_import_line l
        JOIN account_payment p ON p.id = l.payment_id AND p.state NOT IN ('canceled', 'rejected')
        WHERE l.state = 'done' AND l.move_id IS NOT NULL GROUP BY 1, 2 HAVING count(DISTINCT p.id) > 1""",
    "doubled: external item twice": """SELECT source_id, partner_id, kind, number, due_date
        FROM open_balance_external_item WHERE active GROUP BY company_id, 1, 2, 3, 4, 5 HAVING count(*) > 1""",
    "doubled: opening document twice": """SELECT partner_id, open_balance_number FROM account_move
        WHERE open_balance_type IS NOT NULL AND state = 'posted' AND reversed_entry_id IS NULL
        GROUP BY 1, 2, open_balance_type HAVING count(*) > 1""",
    "doubled: new partner twice": "SELECT name FROM res_partner WHERE name LIKE 'New %' GROUP BY 1 HAVING count(*) > 1",
    "lost: transfer of no run": """SELECT id FROM open_balance_transfer t
        WHERE NOT EXISTS (SELECT 1 FROM open_balance_import WHERE transfer_id = t.id)""",
    "stuck: run that is left running": "SELECT id, undone_by_id FROM open_balance_import WHERE state = 'running'",
    "stuck: line left planned": """SELECT l.id, l.import_id FROM open_balance_import_line l
        JOIN open_balance_import r ON r.id = l.import_id WHERE r.state IN ('done', 'undone') AND l.state = 'planned'""",
    "doubled: balance of a partner twice, or none that is current": """SELECT partner_id, kind
        FROM open_balance_partner_balance GROUP BY company_id, 1, 2
        HAVING count(*) FILTER (WHERE is_current) != 1 OR count(DISTINCT import_id) != count(*)
            OR max(id) != max(id) FILTER (WHERE is_current)""",
}

OPEN = """SELECT m.id, sum(l.amount_residual_currency)::numeric FROM account_move m
    JOIN account_move_line l ON l.move_id = m.id JOIN account_account a ON a.id = l.account_id
    WHERE a.account_type IN ('asset_receivable', 'liability_payable') AND m.id = ANY(%s) GROUP BY 1"""
# Credit that an overpaid document leaves on its payment belongs to the document's balance in the list.
PAID = """SELECT l.move_id, l.import_id, sum(p.signed)::numeric, sum(p.credit)::numeric
    FROM (SELECT DISTINCT move_id, import_id, payment_id FROM open_balance_import_line
           WHERE import_id = ANY(%s) AND state = 'done' AND move_id IS NOT NULL) l
    JOIN (SELECT p.id, sum(-i.amount_currency) signed, sum(i.amount_residual_currency) credit FROM account_payment p
          JOIN account_move_line i ON i.move_id = p.move_id JOIN account_account a ON a.id = i.account_id
           WHERE a.account_type IN ('asset_receivable', 'liability_payable') AND p.state NOT IN ('canceled', 'rejected')
        GROUP BY 1) p ON p.id = l.payment_id GROUP BY 1, 2"""
FIGURES = """SELECT p.id, coalesce(sum(l.amount_residual) FILTER (WHERE a.account_type = 'asset_receivable'), 0)
      + (SELECT coalesce(sum(company_balance), 0) FROM open_balance_external_item e
          WHERE e.partner_id = p.id AND e.active AND e.kind = 'receivable'),
      -coalesce(sum(l.amount_residual) FILTER (WHERE a.account_type = 'liability_payable'), 0)
      - (SELECT coalesce(sum(company_balance), 0) FROM open_balance_external_item e
          WHERE e.partner_id = p.id AND e.active AND e.kind = 'payable')
    FROM res_partner p LEFT JOIN account_move_line l ON l.partner_id = p.id AND l.parent_state = 'posted'
    LEFT JOIN account_account a ON a.id = l.account_id WHERE p.id = ANY(%s) GROUP BY 1"""


@dataclass
class Round:
    """What a round books, and what it finds in the books."""

    kind: str
    partner_ids: list[int] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    before: dict[int, Any] = field(default_factory=dict)
    """What was open of each document when no run of the round had booked anything."""
    told: dict[int, dict[int, Any]] = field(default_factory=dict)
    """What each run's list says is open, by document."""
    by_hand: dict[int, float] = field(default_factory=dict)
    """What a person paid meanwhile, by document."""
    expected: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Per number of an opening document its total and what is open; per debtor's number limit and balance."""


# === BUILD === #


def build(env: Any, random: Random) -> None:
    """A company with some hundred documents, two of three in its own currency, a third in instalments."""
    foreign = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    foreign.active = True
    foreign.rate_ids.unlink()
    for days, rate in ((200, 0.8737), (40, 0.91)):
        values = {"currency_id": foreign.id, "name": str(TODAY - timedelta(days)), "rate": rate}
        env["res.currency.rate"].create({**values, "company_id": env.company.id})
    parts = [{"value": "percent", "value_amount": 50, "nb_days": days} for days in (10, 30)]
    halves = env["account.payment.term"].create({"name": "x", "line_ids": [Command.create(part) for part in parts]})
    for number in range(PARTNERS):
        build_partner(env, random, number, foreign, halves)
    env["res.partner"].create([{"name": f"Debtor {n}", "debtor_number": f"D{n}"} for n in range(40)])
    common = {"scope": "partners", "absent_limit": 1.0, "payables_sign": "ledger", "opening_create_partners": True}
    for name, values in (("list", {}), ("opening", {"per": "opening"}), ("debtor", {"per": "debtor"})):
        source = env["open.balance.source"].create({"name": name, **common, **values})
        source._get_journal()
    source.complete = False
    groups = [Command.link(env.ref(group).id) for group in GROUPS]
    env["res.users"].create({"name": "Clerk", "login": "chaos_clerk", "group_ids": groups})
    env["ir.cron"].search([]).active = False
    env.ref("account_open_balance.ir_cron_apply").active = True


def build_partner(env: Any, random: Random, number: int, foreign: Any, halves: Any) -> None:
    """A customer, or each fourth time a vendor, with documents."""
    vendor = number % 4 == 3
    values = {"creditor_number" if vendor else "debtor_number": str(10000 + number)}
    partner = env["res.partner"].create({"name": f"Partner {number}", "is_company": True, **values})
    immediate = env.ref("account.account_payment_term_immediate")
    moves = env["account.move"].create(
        [
            {
                "move_type": ("in_" if vendor else "out_") + ("refund" if document == 7 else "invoice"),
                "partner_id": partner.id,
                "invoice_date": str(TODAY - timedelta(days=random.randint(40, 90))),
                "ref": f"R{number}-{document}",
                "currency_id": (env.company.currency_id if document % 3 else foreign).id,
                "invoice_payment_term_id": (halves if document % 3 == 1 else immediate).id,
                "invoice_line_ids": [
                    Command.create({"name": "x", "price_unit": random.randint(50, 900) + 0.37, "tax_ids": []})
                ],
            }
            for document in range(DOCUMENTS_EACH)
        ]
    )
    moves.action_post()
    env.flush_all()
    # A list cannot have what came into Odoo after it, and the ORM keeps the moment of creation to itself.
    env.cr.execute("UPDATE account_move SET create_date = date WHERE id IN %s", [moves._ids])


def plan(env: Any, kind: str, header: str, rows: list[str]) -> int:
    """A planned run, which nothing keeps from being applied."""
    source = env["open.balance.source"].search([("name", "=", kind)])
    content = base64.b64encode("\n".join([header, *rows]).encode()).decode()
    result = env["open.balance.import"].import_file("list.csv", content, source.id, BALANCE_DATE)
    run = env["open.balance.import"].browse(result["run_id"])
    if run.state != "planned" or run.has_stop or run.review_count:
        reasons = run.problem_ids.mapped("message") + run.line_ids.mapped("result")
        raise SystemExit(f"not planned: {result} {reasons}")
    return int(run.id)


def plan_list(env: Any, random: Random, of: Round, higher: bool = False) -> None:
    """A list of the documents of the round's partners: unchanged, lower, absent, overpaid, and external items.

    :param higher: say of each second document, as it was before, more than the list before
    """
    moves = env["account.move"].search(
        [("partner_id", "in", of.partner_ids), ("move_type", "!=", "entry"), ("state", "=", "posted")], order="id"
    )
    of.before = of.before or read_open(env, moves.ids)
    last = of.told[of.runs[-1]] if higher else of.before
    rows, told = [], {}
    for move in moves:
        rest = last[move.id]
        if higher and random.random() < 0.5:
            told[move.id] = round(of.before[move.id] - (of.before[move.id] - rest) / 2, 2)
        else:
            share = random.choices(("1", "0.4", "0", "-0.1"), (2, 5, 2, 1))[0]
            told[move.id] = round(rest * type(rest)(share), 2) if rest * of.before[move.id] > 0 else rest
        if told[move.id]:
            number = move.ref if move.move_type.startswith("in_") else move.name
            cells = (move.partner_id, number, move.invoice_date, told[move.id], move.currency_id.name)
            rows.append(";".join(map(str, (number_of(cells[0]), *cells[1:]))))
    for partner in moves.partner_id:
        sign = "-" if partner.creditor_number else ""
        number, day = number_of(partner), TODAY - timedelta(days=50)
        rows += [f"{number};X{partner.id}{item};{day};{sign}5.50;USD" for item in range(2)]
    run_id = plan(env, "list", LIST, rows)
    of.runs.append(run_id)
    of.told[run_id] = told


def number_of(partner: Any) -> str:
    return str(partner.creditor_number or partner.debtor_number)


def plan_opening(env: Any, random: Random, of: Round, name: str) -> None:
    """Opening documents, half of them paid in part, of partners that are there and of new ones.

    :param name: what the documents' numbers begin with; the same name gives the same documents
    """
    rows = []
    for number in range(24):
        kind = "Vendor Bill" if number % 4 == 3 else "Customer Invoice"
        partner = f"N{name};New {name}" if number % 6 == 0 else f"{10000 + number % 8};"
        total, share = 100 + number, (1, 0.4, 0)[number % 3]
        of.expected[f"{name}-{number}"] = (total, round(total * share, 2))
        day = TODAY - timedelta(days=70 + number % 9)
        rows.append(f"{kind};{partner};{name}-{number};{day};{day};USD;{total};{total * share:.2f}")
    random.shuffle(rows)
    of.runs.append(plan(env, "opening", OPENING, rows))


def plan_debtors(env: Any, random: Random, of: Round) -> None:
    """Balances and credit limits of half of the debtors."""
    rows = []
    for number in random.sample(range(40), 20):
        limit, balance = random.randint(1, 9) * 100, random.randint(1, 999)
        of.expected[f"D{number}"] = (limit, balance)
        rows.append(f"D{number};Debtor {number};;{limit};;{balance}")
    of.runs.append(plan(env, "debtor", DEBTORS, rows))


# === COUNT === #


def read_open(env: Any, ids: list[int]) -> dict[int, Any]:
    """What is open of documents, in their currencies, in ledger sign."""
    env.cr.execute(OPEN, [ids])
    return dict(env.cr.fetchall())


def find_everywhere(env: Any) -> list[str]:
    """What is wrong anywhere in the books."""
    faults = []
    for what, query in EVERYWHERE.items():
        env.cr.execute(query)
        faults += [f"{what}: {row}" for row in env.cr.fetchall()[:5]]
    return faults


def find_in_documents(env: Any, of: Round) -> list[str]:
    """Documents of which other is open than is explained by the payments in force, or than the list says."""
    env.cr.execute(PAID, [of.runs])
    paid: dict[int, float] = defaultdict(float)
    credit: dict[int, float] = defaultdict(float)
    booked: dict[int, list[int]] = defaultdict(list)
    for move_id, run_id, signed, rest in env.cr.fetchall():
        paid[move_id] += float(signed)
        credit[move_id] += float(rest)
        booked[move_id].append(run_id)
    # Undo of an earlier list opens a document again, whatever a later one says of it.
    env.cr.execute("SELECT 1 FROM open_balance_import WHERE id = ANY(%s) AND state = 'undone'", [of.runs])
    is_told = not env.cr.rowcount
    faults = []
    for move_id, rest in read_open(env, list(of.before)).items():
        found = float(rest) + credit[move_id] + of.by_hand.get(move_id, 0.0)
        if abs(found - (float(of.before[move_id]) - paid[move_id])) > 0.001:
            faults.append(f"wrong: document {move_id}: {rest} open, {of.before[move_id]} before, {paid[move_id]} paid")
        told = of.told[booked[move_id][0]][move_id] if is_told and len(booked[move_id]) == 1 else found
        if abs(found - float(told)) > 0.001:
            faults.append(f"wrong: document {move_id}: {found} open, {told} in the list")
    return faults


def find_as_told(env: Any, of: Round, run_id: int | None) -> list[str]:
    """Documents of which other is open than the list says; without a run, than before."""
    told = of.told[run_id] if run_id else of.before
    env.cr.execute(PAID, [of.runs])
    credit: dict[int, float] = defaultdict(float)
    for row in env.cr.fetchall():
        credit[row[0]] += float(row[3])
    return [
        f"wrong: document {move_id}: {rest} open, not {told[move_id]}"
        for move_id, rest in read_open(env, list(of.before)).items()
        if abs(float(rest) + credit[move_id] + of.by_hand.get(move_id, 0.0) - float(told[move_id])) > 0.001
    ]


def find_in_figures(env: Any, partner_ids: list[int]) -> list[str]:
    """Partners whose figures are not what their documents, credits and external items sum up to."""
    env.cr.execute(FIGURES, [partner_ids])
    faults = []
    for partner_id, receivable, payable in env.cr.fetchall():
        partner = env["res.partner"].browse(partner_id)
        shown = (partner.open_balance_total, partner.open_payable_total)
        if any(abs(a - float(b)) > 0.001 for a, b in zip(shown, (receivable, payable), strict=True)):
            faults.append(f"wrong: {partner.name} shows {shown}, the books have {receivable}, {payable}")
    return faults


def find_in_opening(env: Any, of: Round, exist: bool) -> list[str]:
    """Opening documents that are missing, doubled, or of which other is open than the list says."""
    env.cr.execute(
        """SELECT m.open_balance_number, abs(m.amount_total), m.amount_residual FROM account_move m
            WHERE m.open_balance_number = ANY(%s) AND m.state = 'posted'""",
        [list(of.expected)],
    )
    found = sorted((number, float(total), float(rest)) for number, total, rest in env.cr.fetchall())
    expected = sorted((number, float(total), rest) for number, (total, rest) in of.expected.items()) if exist else []
    return (
        [f"wrong: opening documents {sorted(set(found) ^ set(expected))[:6]}, {len(found)}"]
        if found != expected
        else []
    )


def find_in_debtors(env: Any, of: Round, exist: bool) -> list[str]:
    """Debtors with another limit or balance than the list gives; zero without it."""
    faults = []
    for number, (limit, balance) in of.expected.items():
        partner = env["res.partner"].search([("debtor_number", "=", number)])
        shown = (partner.credit_limit, partner.open_balance_import)
        if shown != ((limit, balance) if exist else (0, 0)):
            faults.append(f"wrong: {number} shows {shown}, not {(limit, balance) if exist else (0, 0)}")
    return faults
