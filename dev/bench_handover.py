"""The step of dev/bench that hands documents over; run after bench.py, in the same ``odoo shell``."""


def step_handover():
    """Collect and hand over COUNT invoices to Exact Online."""
    invoices = get_invoices(COUNT)
    journals, terms = invoices.journal_id, invoices.invoice_payment_term_id
    package = env["open.balance.package"].create(
        {
            "name": "Bench",
            "source_id": env["open.balance.source"].search([("company_id", "=", env.company.id)], limit=1).id,
            "start_date": min(invoices.mapped("date")),
            "no_term_code": "00",
            "debtor_from": 10000,
            "debtor_to": 99999,
            "code_ids": [
                *(Command.create({"journal_id": journal.id, "code": "70"}) for journal in journals),
                *(Command.create({"payment_term_id": term.id, "code": "30"}) for term in terms),
                *(Command.create({"tax_id": tax.id, "code": "2"}) for tax in invoices.line_ids.tax_ids),
            ],
        }
    )
    transfer = env["open.balance.transfer"].create(
        {"name": "Bench", "package_id": package.id, "date": max(invoices.mapped("date"))}
    )
    env.cr.commit()
    collect, result = {}, {}
    with measured(collect):
        transfer.action_collect()
    if transfer.not_ready_count or transfer.ready_count < COUNT:
        raise SystemExit(f"not ready: {transfer.sentence} {transfer.document_line_ids[:3].mapped('reason')}")
    with measured(result):
        transfer.action_hand_over()
    return {
        **result,
        "collect_seconds": collect["seconds"],
        "collect_queries": collect["queries"],
        "count": len(transfer.move_ids),
        "files": transfer.file_count,
        "bytes": sum(transfer.file_ids.mapped("file_size")),
    }
