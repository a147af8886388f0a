"""Demo data, run in ``dev/odoo shell``: a small trading company, and the sample lists imported and booked.

Every sample list names documents. A third of them is created in Odoo with the same balance, a third with a higher one
(so that the list says what was paid outside), a third not at all (external items); and one more per list that the list
does not have (closed as absent). Then come a list of balances per debtor, opening documents of a company that moves to
Odoo, and lists that are planned and left so: their previews are for the visitor to review and apply.
"""

import base64
import logging
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from odoo import Command

from odoo.addons.account_open_balance import __path__ as addon_path
from odoo.addons.account_open_balance.engine import read

logging.getLogger("odoo").setLevel(logging.ERROR)
# Visitors log in as this user.
env = env(user=env.ref("base.user_admin"))
DATA = Path(addon_path[0]) / "tests" / "data"
SIGNS = {"$": "USD"}
BALANCE_DATE = date(2026, 3, 31)
NEXT_DATE = date(2026, 4, 30)
OPENING_DATE = date(2025, 12, 31)
MIGRATION = "Demo Migration"


@dataclass(frozen=True)
class Sample:
    """A list: one or more files that are imported together."""

    files: tuple[str, ...]
    source: str
    company: str
    per: str = "invoice"
    balance_date: date = BALANCE_DATE
    applied: bool = True


# Lists that use the numbers or names of other lists' partners belong to a company of their own.
SAMPLES = [
    Sample(("exact_online_openstaande_posten.csv",), "Exact Online", "Demo Trading"),
    Sample(("datev_opos_liste.csv",), "DATEV", "Demo Trading"),
    Sample(("bc_debitorenposten.csv",), "Business Central", "Demo Services"),
    Sample(("sap_b1_receivables_aging.tsv",), "SAP Business One", "Demo Trading"),
    Sample(("sage_fr_echeancier.csv",), "Sage", "Demo Trading"),
    Sample(("afas_openstaande_facturen.csv",), "AFAS", "Demo Trading"),
    Sample(("qbo_ar_aging_detail.csv",), "QuickBooks", "Demo Trading"),
    Sample(("odoo_account_move.csv",), "Another Odoo", "Demo Trading"),
    Sample(("excel_mangled.csv",), "A mangled Excel list", "Demo Services"),
    Sample(("demo/ARs_1.XML", "demo/APs_1.XML"), "Exact Online", "Demo Services"),
]
LATER_SAMPLES = [
    Sample(("demo/debtor_balances.csv",), "Credit limits", "Demo Services", per="debtor", balance_date=NEXT_DATE),
    Sample(("demo/opening_documents.csv",), "Opening documents", MIGRATION, per="opening", balance_date=OPENING_DATE),
    Sample(
        ("demo/emersion_opening.csv",),
        "Opening documents",
        MIGRATION,
        per="opening",
        balance_date=OPENING_DATE,
        applied=False,
    ),
    Sample(("demo/afas_april.csv",), "AFAS", "Demo Trading", balance_date=NEXT_DATE, applied=False),
]


def set_up_company(company, name):
    """Name, euro, credit limits and a chart of accounts."""
    company.write({"name": name, "country_id": env.ref("base.nl").id, "account_use_credit_limit": True})
    company.currency_id = env.ref("base.EUR")
    if not company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        company.currency_id = env.ref("base.EUR")
    env["open.balance.source"]._create_ready_made(company)
    return company


def set_up_currencies():
    """US dollar and pound with a rate in the new year and another one since."""
    for code, rates in {"USD": (1.08, 1.10), "GBP": (0.85, 0.83)}.items():
        currency = env["res.currency"].with_context(active_test=False).search([("name", "=", code)])
        currency.active = True
        currency.rate_ids.unlink()
        for day, rate in zip(("2022-01-01", "2026-03-15"), rates, strict=True):
            env["res.currency.rate"].create(
                {"name": day, "rate": rate, "currency_id": currency.id, "company_id": False}
            )


def find_partner(item, company):
    """The partner of an item, made with its number when it is new."""
    Partner = env["res.partner"].with_company(company)
    partner = Partner.search([("name", "=", item.partner_name), ("company_id", "=", company.id)], limit=1)
    partner = partner or Partner.create({"name": item.partner_name, "is_company": True, "company_id": company.id})
    if item.partner_number:
        partner["creditor_number" if item.kind == "payable" else "debtor_number"] = item.partner_number
    return partner


def create_document(company, items, total, number):
    """Post a document of the items' partner and number.

    :param Decimal total: ledger sign, the items' currency
    """
    item = items[0]
    purchase = item.kind == "payable"
    direction = "in" if purchase else "out"
    refund = (total < 0) != purchase
    currency = env["res.currency"].search([("name", "=", item.currency or SIGNS.get(item.currency_sign, "EUR"))])
    issued = item.date or BALANCE_DATE
    move = (
        env["account.move"]
        .with_company(company)
        .create(
            {
                "move_type": f"{direction}_{'refund' if refund else 'invoice'}",
                "partner_id": find_partner(item, company).id,
                "invoice_date": issued,
                "date": issued,
                "invoice_date_due": item.due_date or issued,
                "currency_id": currency.id,
                "ref" if purchase else "name": number,
                "invoice_payment_term_id": get_instalments(issued, items).id,
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": float(abs(total)), "tax_ids": [Command.clear()]})
                ],
            }
        )
    )
    move.action_post()
    return move


def get_instalments(issued, items):
    """Payment term with a line for each due date of several items, else none."""
    if len(items) == 1:
        return env["account.payment.term"]
    total = sum(item.balance for item in items)
    share = round(100 / len(items), 2)
    shares = [share] * (len(items) - 1) + [100 - share * (len(items) - 1)]
    return env["account.payment.term"].create(
        {
            "name": f"{len(items)} instalments of {total}",
            "line_ids": [
                Command.create({"value": "percent", "value_amount": share, "nb_days": (item.due_date - issued).days})
                for item, share in zip(items, shares, strict=True)
            ],
        }
    )


def get_own_number(item):
    """The number that a document has in Odoo: Exact Online keeps only the digits of invoices."""
    if item.file.endswith("ARs_1.XML"):
        return f"INV/{item.number[:4]}/{item.number[4:]}"
    return item.number


def create_documents(company, name):
    """Documents for a sample list, as the module's text says."""
    result = read((DATA / name).read_bytes(), name)
    documents = {}
    for item in result.items:
        find_partner(item, company)
        if item.number:
            documents.setdefault((item.partner_number, item.partner_name, get_own_number(item)), []).append(item)
    first = next(iter(documents.values()))[0]
    sign = -1 if first.kind == "payable" else 1
    # Other digits than the item's: Exact Online's list is matched by digits alone.
    create_document(company, [first], Decimal("250.00") * sign, f"ABSENT-{first.number}-1")
    for index, ((_number, _name, number), items) in enumerate(documents.items()):
        balance = sum(item.balance for item in items)
        if index % 3 == 2 and len(items) == 1:
            continue
        higher = index % 3 == 1 or len(items) > 1
        total = (balance * Decimal("1.5")).quantize(Decimal("0.01")) if higher else balance
        create_document(company, items, total, number)


def create_newer_document(company):
    """An invoice that no list can hold yet: it is newer."""
    partner = env["res.partner"].search([("company_id", "=", company.id)], limit=1)
    move = (
        env["account.move"]
        .with_company(company)
        .create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": BALANCE_DATE + timedelta(days=7),
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": 480.0, "tax_ids": [Command.clear()]})
                ],
            }
        )
    )
    move.action_post()


def backdate_documents():
    """Let documents have been created on their own dates: a list cannot have what came into Odoo after it."""
    env.flush_all()
    # The ORM keeps the moment of creation to itself.
    env.cr.execute("UPDATE account_move SET create_date = date WHERE create_date > date")
    env.invalidate_all()


def get_source(company, name):
    """The company's source of that name, the ready-made one if there is one."""
    Source = env["open.balance.source"]
    source = Source.search([("name", "=", name), ("company_id", "=", company.id)], limit=1)
    source = source or Source.create({"name": name, "company_id": company.id})
    source.write(
        {
            "scope": "partners",
            "absent_limit": 0.9,
            "opening_create_partners": True,
            "sets_credit_limits": name == "Credit limits",
        }
    )
    return source


def import_sample(company, sample):
    """Import a sample list as the dialog does, and apply it."""
    files = [{"name": Path(name).name, "datas": base64.b64encode((DATA / name).read_bytes())} for name in sample.files]
    dialog = env["open.balance.import.upload"].create(
        {
            "file_ids": env["ir.attachment"].create(files).ids,
            "company_id": company.id,
            "source_id": get_source(company, sample.source).id,
            "per": sample.per,
            "balance_date": sample.balance_date,
        }
    )
    run = env["open.balance.import"].browse(dialog.action_preview()["res_id"])
    if sample.applied:
        run.action_apply()
    return run


def show(run):
    """Print what was concluded and booked for one list."""
    counted = {action: values for action, values in run.summary.items() if values["count"]}
    counts = "  ".join(f"{action} {values['count']}" for action, values in counted.items())
    print(f"{run.file_names:<36} {run.state:<8} {counts}")
    for action, values in counted.items():
        print(f"{'':<45} {action:<15} {values['amount']:>12,.2f} EUR")
    for problem in run.problem_ids.filtered(lambda problem: problem.level != "info"):
        print(f"{'':<45} {problem.level}: {problem.message}")
    if run.state == "planned":
        print(f"{'':<45} not applied yet: review it in Odoo, {run.company_id.name}")


def main():
    set_up_currencies()
    companies = {"Demo Trading": set_up_company(env.company, "Demo Trading")}
    for name in ("Demo Services", MIGRATION):
        company = env["res.company"].create({"name": name})
        env.user.company_ids |= company
        companies[name] = set_up_company(company, name)
    for sample in SAMPLES:
        for name in sample.files:
            create_documents(companies[sample.company], name)
    create_newer_document(companies["Demo Trading"])
    backdate_documents()
    print(f"\n{'list':<36} {'state':<8} what was concluded and booked")
    for sample in SAMPLES + LATER_SAMPLES:
        show(import_sample(companies[sample.company], sample))
    env.cr.commit()


main()
