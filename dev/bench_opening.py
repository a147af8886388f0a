"""The steps of dev/bench that create opening documents; run after bench.py, in the same ``odoo shell``."""

# The lists of opening documents are of documents that are older than those of the other steps.
OPENING_HEADER = "Document Type;Partner Number;Number;Date;Due Date;Currency;Total;Open Amount"


def get_opening_documents(count, paid):
    """Partner, number, date, due date, currency, total and paid part of each opening document.

    :param bool paid: whether each second one is paid in part
    """
    partners = env["res.partner"].search([("ref", "=like", "1%")], order="id")
    foreign = env["account.move"].search([("currency_id", "!=", env.company.currency_id.id)], limit=1).currency_id
    for number in range(count):
        total = round(100 + number * 1.37, 2)
        yield {
            "partner": partners[number % len(partners)],
            "number": f"OLD-{number}",
            "date": f"2026-02-{1 + number % 28:02}",
            "due_date": "2026-03-31",
            "currency": env.company.currency_id if number % 4 else foreign,
            "total": total,
            "paid": round(total * PART_PAID, 2) if paid and number % 2 else 0.0,
        }


def create_opening(paid):
    """Import a list of COUNT opening documents and apply it."""
    source = env["open.balance.source"].create(
        {"name": "Bench", "per": "opening", "partner_keys": "ref", "payment_date": "due", "complete": False}
    )
    rows = [
        ";".join(
            (
                "Customer Invoice",
                document["partner"].ref,
                document["number"],
                document["date"],
                document["due_date"],
                document["currency"].name,
                f"{document['total']:.2f}",
                f"{document['total'] - document['paid']:.2f}",
            )
        )
        for document in get_opening_documents(COUNT, paid)
    ]
    content = base64.b64encode("\n".join([OPENING_HEADER, *rows]).encode())
    run = env["open.balance.import"]._create_run([("opening.csv", content)], source, "2026-03-31")
    env.cr.commit()
    plan, result = {}, {}
    with measured(plan):
        run.action_plan()
    env.cr.commit()
    if run.has_stop or run.state != "planned" or run.review_count:
        raise SystemExit(
            f"not planned: {run.state} {run.problem_ids.mapped('message')} {run.line_ids[:3].mapped('reason')}"
        )
    run = run.with_user(env.ref("base.user_admin"))
    with measured(result):
        run._start()
        if run.state == "running":
            env["open.balance.import"]._cron_apply()
    if run.state != "done" or run.failed_count:
        raise SystemExit(f"not done: {run.state} {run.line_ids.filtered('result').mapped('result')[:3]}")
    return {**result, "plan_seconds": plan["seconds"], "count": COUNT, **get_opening_books(COUNT)}


def step_opening():
    """Each second document is paid in part."""
    return create_opening(paid=True)


def step_opening_bare():
    """No document is paid."""
    return create_opening(paid=False)


def step_opening_form():
    """One by one, as a person does: create, post, pay by the wizard."""
    account = get_wizard(get_invoices(1)).journal_id.default_account_id
    documents = list(get_opening_documents(SAMPLE, paid=True))
    result = {}
    with measured(result):
        for document in documents:
            move = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": document["partner"].id,
                    "ref": document["number"],
                    "invoice_date": document["date"],
                    "invoice_date_due": document["due_date"],
                    "currency_id": document["currency"].id,
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "line", "price_unit": document["total"], "account_id": account.id, "tax_ids": []}
                        )
                    ],
                }
            )
            move.action_post()
            if document["paid"]:
                get_wizard(move, amount=document["paid"], payment_date=document["due_date"])._create_payments()
    return {**result, "count": SAMPLE, **get_opening_books(SAMPLE)}


def step_opening_load():
    """Odoo's own import of files, and its posting of all of them at once."""
    account = get_wizard(get_invoices(1)).journal_id.default_account_id
    columns = {
        "move_type": lambda document: "out_invoice",
        "partner_id/.id": lambda document: str(document["partner"].id),
        "ref": lambda document: document["number"],
        "invoice_date": lambda document: document["date"],
        "invoice_date_due": lambda document: document["due_date"],
        "currency_id/.id": lambda document: str(document["currency"].id),
        "invoice_line_ids/name": lambda document: "line",
        "invoice_line_ids/quantity": lambda document: "1",
        "invoice_line_ids/price_unit": lambda document: str(document["total"]),
        "invoice_line_ids/account_id/.id": lambda document: str(account.id),
    }
    rows = [[get(document) for get in columns.values()] for document in get_opening_documents(COUNT, paid=False)]
    result = {}
    with measured(result):
        loaded = env["account.move"].load(list(columns), rows)
        if not loaded["ids"]:
            raise SystemExit(f"not loaded: {loaded['messages'][:3]}")
        env["account.move"].browse(loaded["ids"])._post()
    return {**result, "count": COUNT, **get_opening_books(COUNT)}


def get_opening_books(count):
    """Total and open amount of the first documents, in both currencies."""
    env.invalidate_all()
    moves = env["account.move"].search([("ref", "=like", "OLD-%"), ("move_type", "=", "out_invoice")], order="id")
    names = ("ref", "amount_total", "amount_total_signed", "amount_residual", "amount_residual_signed")
    return {"documents": [[move[name] for name in names] for move in moves[:count]]}
