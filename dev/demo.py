"""Demo data, run in ``dev/odoo shell``: a small trading company, and the sample lists imported and booked.

Every sample list names documents. A third of them is created in Odoo with the same balance, a third with a higher one
(so that the list says what was paid outside), a third not at all (external items); and one more per list that the list
does not have (closed as absent).
"""

import base64
import logging
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from odoo import Command

from odoo.addons.account_open_balance import __path__ as addon_path
from odoo.addons.account_open_balance.engine import read

logging.getLogger("odoo").setLevel(logging.ERROR)
DATA = Path(addon_path[0]) / "tests" / "data"
# file, source, company: lists that use the numbers or names of other lists' partners belong to a company of their own
LISTS = [
    ("exact_online_openstaande_posten.csv", "Exact Online", "Demo Trading"),
    ("datev_opos_liste.csv", "DATEV", "Demo Trading"),
    ("bc_debitorenposten.csv", "Business Central", "Demo Services"),
    ("sap_b1_receivables_aging.tsv", "SAP Business One", "Demo Trading"),
    ("sage_fr_echeancier.csv", "Sage", "Demo Trading"),
    ("afas_openstaande_facturen.csv", "AFAS", "Demo Trading"),
    ("qbo_ar_aging_detail.csv", "QuickBooks", "Demo Trading"),
    ("odoo_account_move.csv", "Another Odoo", "Demo Trading"),
    ("excel_mangled.csv", "A mangled Excel list", "Demo Services"),
]
BALANCE_DATE = date(2026, 3, 31)


def set_up_company(company, name):
    """Name, euro and a chart of accounts."""
    company.write({"name": name, "country_id": env.ref("base.nl").id})
    company.currency_id = env.ref("base.EUR")
    if not company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        company.currency_id = env.ref("base.EUR")
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
    currency = env["res.currency"].search([("name", "=", item.currency or "EUR")])
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


def create_documents(company, name):
    """Documents for a sample list, as the module's text says."""
    result = read((DATA / name).read_bytes(), name)
    documents = {}
    for item in result.items:
        find_partner(item, company)
        if item.number:
            documents.setdefault((item.partner_number, item.partner_name, item.number), []).append(item)
    for index, items in enumerate(documents.values()):
        balance = sum(item.balance for item in items)
        if index % 3 == 2 and len(items) == 1:
            continue
        higher = index % 3 == 1 or len(items) > 1
        total = (balance * Decimal("1.5")).quantize(Decimal("0.01")) if higher else balance
        create_document(company, items, total, items[0].number)
    first = next(iter(documents.values()))[0]
    create_document(company, [first], Decimal("250.00"), f"ABSENT-{first.number}")


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


def import_list(company, name, source_name):
    """Import and apply a sample list through the public method."""
    source = env["open.balance.source"].create(
        {"name": source_name, "company_id": company.id, "scope": "partners", "absent_limit": 0.9}
    )
    content = base64.b64encode((DATA / name).read_bytes()).decode()
    return (
        env["open.balance.import"]
        .with_company(company)
        .import_file(name, content, source_id=source.id, balance_date=str(BALANCE_DATE), apply=True)
    )


def show(name, result):
    """Print what was concluded and booked for one list."""
    counts = "  ".join(f"{action} {count}" for action, count in result["counts"].items() if count)
    print(f"{name:<36} {result['state']:<8} {counts}")
    for action, amount in result["amounts"].items():
        if result["counts"][action]:
            print(f"{'':<45} {action:<15} {amount:>12,.2f} EUR")
    for problem in result["problems"]:
        if problem["level"] != "info":
            print(f"{'':<45} {problem['level']}: {problem['message']}")


def main():
    set_up_currencies()
    companies = {"Demo Trading": set_up_company(env.company, "Demo Trading")}
    second = env["res.company"].create({"name": "Demo Services"})
    env.user.company_ids |= second
    companies["Demo Services"] = set_up_company(second, "Demo Services")
    for name, _source, owner in LISTS:
        create_documents(companies[owner], name)
    create_newer_document(companies["Demo Trading"])
    print(f"\n{'list':<36} {'state':<8} what was concluded and booked")
    for name, source_name, owner in LISTS:
        show(name, import_list(companies[owner], name, source_name))
    env.cr.commit()


main()
