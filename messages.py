"""Issue code -> translated sentence. The engine speaks in codes and values; this is the only place with sentences."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from odoo.tools import LazyTranslate, format_date, formatLang

from .messages_balances import BALANCE_SENTENCES
from .messages_books import BOOK_SENTENCES, get_parts
from .messages_handover import HANDOVER_SENTENCES
from .messages_limits import DOUBTS, LIMIT_PROBLEMS, XML_PROBLEMS
from .messages_opening import OPENING_SENTENCES
from .messages_unattended import UNATTENDED_SENTENCES

_lt = LazyTranslate(__name__)
MAX_AMOUNT = 1e15  # what is beyond is shown as it is: no money, and Odoo cannot round it
DATE = "date"  # key of a date in JSON, which has none

# Reasons of lines: what was concluded for an item or a document, and why.
REASONS = {
    "confirmed": _lt("The list and Odoo agree."),
    "confirmed_credit": _lt("The list and Odoo agree: settled, and %(credit)s is the partner's credit."),
    "within_tolerance": _lt("The difference between %(reported)s and %(booked)s is within the tolerance."),
    "paid_outside": _lt("%(booked)s is open in Odoo, %(reported)s in the list: %(payment)s was settled outside."),
    "absent": _lt("Not in the complete list: settled outside."),
    "reopened": _lt("The list has %(reported)s, Odoo %(booked)s: payments of earlier imports are undone."),
    "overpaid": _lt("Paid too much outside: %(payment)s is booked and %(reported)s stays as credit."),
    "above_total": _lt("The list has %(reported)s open, more than the document's total of %(total)s."),
    "paid_in_odoo": _lt("The list has %(reported)s, Odoo only %(booked)s: something was settled in Odoo meanwhile."),
    "credit_used": _lt("A credit of an earlier import was used for other documents since: settle this one by hand."),
    "loose_cancelled": _lt("%(payments)s of an earlier import settles nothing any more (%(loose)s): it is cancelled."),
    "loose_replaced": _lt(
        "%(payments)s of an earlier import no longer settles what it was booked for (%(loose)s is loose): cancelled, "
        "and %(payment)s is booked in its place."
    ),
    "loose_absent": _lt(
        "Not in the complete list. %(payments)s of an earlier import no longer settles what it was booked for "
        "(%(loose)s is loose): cancelled, and %(payment)s is booked in its place."
    ),
    "loose_changed": _lt("%(payments)s was changed by hand, %(loose)s of it is loose: allocate or cancel it."),
    "loose_elsewhere": _lt("%(payments)s was given to other documents in part, %(loose)s of it is loose: allocate it."),
    "loose_draft": _lt(
        "%(document)s is a draft again, and %(payments)s (%(loose)s) settles nothing: post or cancel it."
    ),
    "payment_draft": _lt("%(payments)s of an earlier import was reset to draft: post or cancel it, then plan again."),
    "payment_changed": _lt("A payment of an earlier import that would be undone was changed by hand: settle by hand."),
    "sign_opposite": _lt("The list has %(reported)s, the opposite sign of the document: is the list's sign right?"),
    "document_draft": _lt("%(document)s is a draft in Odoo: post it, then plan again."),
    "document_cancelled": _lt("%(document)s is cancelled in Odoo, but open in the list."),
    "instalment_absent": _lt("This instalment is not in the list, others of the document are: settled outside."),
    "instalment_summed": _lt("Part of the document, counted with row %(other_row)s."),
    "item_repeated": _lt("Says the same again as row %(other_row)s."),
    "document_repeated": _lt("Several rows give a balance for this document: which one is right?"),
    "part_unreadable": _lt("Row %(other_row)s names the same document, but its amount cannot be read."),
    "amount_unreadable": _lt("The amount in row %(row)s cannot be read: its document is neither paid nor closed."),
    "currency_differs": _lt(
        "The list has %(reported_currency)s, the document %(currency)s, and no amount in company currency."
    ),
    "currency_ambiguous": _lt("The list names no currency, and the amount fits the document in %(currency)s."),
    "no_rate": _lt("Odoo has no rate of %(currency)s for the balance date. Enter one, then plan again."),
    "zero_balance": _lt("Nothing is open."),
    "after_balance_date": _lt("Dated %(date)s, after the balance date: the list cannot have it yet."),
    "not_transferred": _lt("Not transferred to the accounting package before the balance date."),
    "created_after_list": _lt("Created in Odoo on %(created)s, after the balance date: the list cannot have it yet."),
    "mentioned": _lt("Row %(row)s may mean it and waits for a person: not closed."),
    "external_new": _lt("Odoo doesn't have %(number)s: kept as external open item."),
    "external_updated": _lt("External open item, was %(booked)s."),
    "external_confirmed": _lt("External open item, unchanged."),
    "external_settled": _lt("External open item of which nothing is open any more."),
    "external_absent": _lt("External open item, no longer in the complete list."),
    "document_appeared": _lt("%(document)s has appeared in Odoo: the external open item is closed in its favour."),
    "partner_unknown": _lt("No partner is found for “%(partner)s”. Assign one."),
    "partner_ambiguous": _lt("“%(partner)s” fits several partners: %(names)s. Assign one."),
    "partner_conflict": _lt(
        "“%(partner)s” fits different partners by number and by other data: %(names)s. Assign one."
    ),
    "partner_missing": _lt("The list names no partner, and no document has the number “%(number)s”. Assign one."),
    "assigned_missing": _lt("The assigned document cannot be found any more. Assign another one."),
    "document_ambiguous": _lt("“%(number)s” fits several documents: %(documents)s. Assign one."),
    "document_taken": _lt("“%(number)s” fits %(documents)s, which row %(other_row)s names exactly."),
    "number_other_partner": _lt("“%(number)s” is a document of %(names)s, not of “%(partner)s”."),
    "number_unsure": _lt("The number “%(number)s” was damaged in the file. Assign the document."),
    "looks_like": _lt("“%(number)s” is not in Odoo, but it looks like %(documents)s. Is it that one? Assign it if so."),
    "kind_unknown": _lt("It cannot be told whether this is a receivable or a payable. Assign partner and document."),
}

# Problems with a list as a whole, or with its date, period or company.
LIST_PROBLEMS = {
    "no_file": _lt("There is no file with a list. Add a CSV or Excel file."),
    "empty_list": _lt("The list is empty. Nothing is closed because of an empty list; check the export."),
    "balance_date_future": _lt("The balance date %(balance_date)s is in the future (today is %(today)s). Correct it."),
    "balance_date_older": _lt(
        "The balance date %(balance_date)s is older than that of the last applied list, %(last)s. "
        "Confirm only if the older list is right."
    ),
    "many_absent": _lt(
        "%(count)s of %(total)s that are open (%(amount)s of %(total_amount)s %(currency)s, %(percent)s %%) are "
        "absent and would be closed; the limit is %(limit)s %%. Is the list complete? Confirm only if it is."
    ),
    "row_may_mean_any": _lt(
        "%(count)s rows that wait for a person (%(rows)s) tell neither whose they are nor which document they mean: "
        "any of the %(closed)s documents that would be closed. Correct them, or confirm that they mean none of these."
    ),
    "absent_created_later": _lt(
        "%(count)s documents dated up to the balance date (%(amount)s %(currency)s) were created in Odoo after it: "
        "the list doesn't have them, and they stay open. If the accounting package knew them by then, put them into a "
        "transfer dated before %(balance_date)s and plan again."
    ),
    "cover_unknown": _lt(
        "It cannot be told whether the list holds receivables, payables or both. "
        "Choose it under “The list holds”, then plan again."
    ),
    "cover_concluded": _lt("From the documents that match, the list was taken to hold %(cover)s items only."),
    "payables_sign_unknown": _lt(
        "It cannot be told whether bills are positive or negative in the list. "
        "Choose it under “Payables in the file”, then plan again."
    ),
    "payables_sign_turned": _lt("The sign of the payables was turned, as the bills that match show."),
    "currency_not_named": _lt(
        "The list names no currency: %(count)s rows of documents in foreign currency were taken as company currency."
    ),
    "other_company": _lt(
        "The heading of %(file)s doesn't name “%(expected)s”: is it the list of another company? "
        "Confirm only if it is this company's."
    ),
    "branches_hidden": _lt(
        "The list of this company holds documents of branches that you may not enter: %(branches)s. "
        "Somebody who may has to import it."
    ),
    "period_locked": _lt(
        "The payment of %(document)s would be dated %(date)s, which is locked: %(lock)s. "
        "Change the balance date or how the source dates payments."
    ),
    "journal_missing": _lt(
        "No payment can be booked on the clearing journal %(journal)s: it is archived, or lacks its account or payment "
        "methods. Repair it, or empty the source's clearing journal and a new one is made."
    ),
    "opening_journal_missing": _lt(
        "No document can be booked on the journal %(journal)s: it is archived. Restore it, or empty it on the source "
        "and a new one is made."
    ),
    "opening_period_locked": _lt(
        "%(document)s, or the payment of what was paid of it, would be dated %(date)s, which is locked: %(lock)s. "
        "Choose another accounting date or payment date on the source, or add a lock exception."
    ),
    "unallocated_payment": _lt(
        "%(count)s documents would be paid although the partner has a payment of the same amount in Odoo that is "
        "allocated to nothing (%(payments)s). If it is the same money, reconcile it first, then plan again."
    ),
    "receipt_of_paid": _lt(
        "%(count)s documents were paid by imports, and an unallocated receipt of the same amount is there since "
        "(%(receipts)s). If it is the same money, replace the import's payment by it on the document."
    ),
    "file_applied_before": _lt(
        "%(file)s was applied before, in %(run)s. Applying it again books only what changed since."
    ),
}

# What the reader says of a file and its rows.
FILE_PROBLEMS = {
    "file_empty": _lt("%(file)s is empty. Export the list again."),
    "file_not_text": _lt("%(file)s is neither a table nor a text. Export the list as CSV or Excel."),
    "file_protected": _lt("%(file)s is protected by a password. Save it without one."),
    "file_unsafe": _lt("%(file)s declares entities or outside files. It is not read. Export the list again."),
    "file_damaged": _lt("%(file)s is damaged or cut off (%(format)s). Export the list again."),
    "file_unreadable": _lt("%(file)s cannot be read: something in it is wrong. Export it again, as CSV or Excel."),
    "file_unknown": _lt("%(file)s is no list that can be read (%(format)s). Export the list as CSV or Excel."),
    "encoding_unreadable": _lt("%(file)s cannot be read as %(encoding)s. Choose another encoding, then plan again."),
    "sheet_missing": _lt("%(file)s has no sheet “%(sheet)s”, but: %(sheets)s. Choose one, then plan again."),
    "header_missing": _lt(
        "No row of %(file)s looks like the header of an open item list. Found: %(found)s. Needed: %(needed)s. "
        "Name the columns on the source, or enter the header's row and plan again."
    ),
    "column_missing": _lt(
        "%(file)s has no column for: %(missing)s. Found: %(found)s. Assign the column, then plan again."
    ),
    "date_order_unknown": _lt(
        "Is “%(text)s” in %(file)s day before month or month before day? Choose the date order, then plan again."
    ),
    "decimal_mark_unknown": _lt(
        "Is the mark in “%(text)s” in %(file)s a decimal or a thousands mark? Choose it, then plan again."
    ),
    "totals_differ": _lt(
        "The total printed in row %(row)s of %(file)s is %(total)s %(currency)s, but %(read)s was read. "
        "Confirm only if you know why."
    ),
    "list_of_balances": _lt(
        "%(file)s has one amount per debtor and no documents. Choose to import it per debtor, then plan again."
    ),
    "list_of_opening": _lt(
        "%(file)s has the columns of a list of opening documents, but is imported as something else. Import it with a "
        "source of opening documents, or confirm that it is no such list."
    ),
    "list_of_payables": _lt(
        "%(file)s holds payables (%(count)s). Balances per debtor are read from lists of receivables only."
    ),
    "amount_missing": _lt("Row %(row)s of %(file)s has no amount."),
    "date_unreadable": _lt("“%(text)s” in row %(row)s, column %(column)s of %(file)s is no date; it is left out."),
    "currency_unreadable": _lt("“%(text)s” in row %(row)s, column %(column)s of %(file)s is no currency."),
    "side_unreadable": _lt("Row %(row)s of %(file)s doesn't tell debit from credit in column %(column)s."),
    "group_total_differs": _lt(
        "The subtotal in row %(row)s of %(file)s is %(total)s %(currency)s, but %(read)s was read."
    ),
    "amount_is_total": _lt(
        "%(file)s has no open balance: “%(column)s”, the documents' total, was taken. Part payments are not in it."
    ),
    "bracket_unknown": _lt("%(file)s: “%(column)s” was taken as an amount, but what does “%(text)s” mean? Check it."),
    "amount_from_lines": _lt(
        "%(file)s has no open balance: the lines' “%(column)s” were summed. Part payments are not in it."
    ),
    "receivables_negative": _lt(
        "%(count)s of %(total)s receivables in %(file)s are negative: is the list's sign right?"
    ),
    "limits_ignored": _lt("The credit limits in %(file)s (%(columns)s) are not taken from a list of items."),
    "row_paid": _lt("Row %(row)s: settled, left out."),
    "row_zero": _lt("Row %(row)s: nothing is open."),
    "row_without_amount": _lt("Row %(row)s: without an amount, left out."),
    "row_repeats": _lt("Row %(row)s: repeats the balance of row %(first)s."),
    "row_blank_middle": _lt("Row %(row)s: blank."),
    "row_draft": _lt("Row %(row)s: a draft, left out."),
    "row_void": _lt("Row %(row)s: void, left out."),
    "row_ledger": _lt("Row %(row)s: no partner's account, left out."),
    "row_total": _lt("Row %(row)s: a total."),
    "rows_of_partner_only": _lt("%(count)s rows from row %(row)s on name a partner and nothing else: left out."),
    "row_example": _lt("Row %(row)s: an example of the template, left out."),
    "row_percent": _lt("Row %(row)s: percentages."),
    "row_group": _lt("Row %(row)s: heading of a group."),
    "row_text": _lt("Row %(row)s: text."),
    "row_header_repeated": _lt("Row %(row)s: the header again."),
    "row_continuation": _lt("Row %(row)s: continues the row above."),
    "payables_left_out": _lt("%(count)s payables in %(file)s are left out."),
    "nothing_given": _lt("The list gives neither balance nor credit limit for “%(partner)s”."),
    "columns_by_position": _lt(
        "%(file)s was read by position: number, name, name 2, credit limit, internal credit limit, balance."
    ),
}

SENTENCES = {
    **REASONS,
    **LIST_PROBLEMS,
    **FILE_PROBLEMS,
    **XML_PROBLEMS,
    **BOOK_SENTENCES,
    **DOUBTS,
    **LIMIT_PROBLEMS,
    **BALANCE_SENTENCES,
    **OPENING_SENTENCES,
    **HANDOVER_SENTENCES,
    **UNATTENDED_SENTENCES,
}

# Columns that the reader knows: canonical name -> label.
COLUMN_LABELS = {
    "partner_number": _lt("Debtor / creditor number"),
    "partner_name": _lt("Partner name"),
    "partner_vat": _lt("Tax ID"),
    "partner_email": _lt("E-mail"),
    "number": _lt("Document number"),
    "reference": _lt("Reference of the other side"),
    "order_reference": _lt("Further reference"),
    "instalment": _lt("Number of the instalment"),
    "date": _lt("Document date"),
    "posting_date": _lt("Posting date"),
    "due_date": _lt("Due date"),
    "balance": _lt("Open balance"),
    "document_balance": _lt("Open balance in document currency"),
    "company_balance": _lt("Open balance in company currency"),
    "debit": _lt("Debit"),
    "credit": _lt("Credit"),
    "total": _lt("Total of the document"),
    "paid": _lt("Paid"),
    "line_total": _lt("Total of one invoice line"),
    "credit_limit": _lt("Credit limit"),
    "internal_limit": _lt("Internal credit limit"),
    "debit_credit": _lt("Debit / credit mark"),
    "kind": _lt("Customer or vendor"),
    "currency": _lt("Currency"),
    "company_currency": _lt("Company currency"),
    "type": _lt("Type of document"),
    "status": _lt("Status"),
    "state": _lt("Further status"),
    "open": _lt("Open: yes / no"),
    "settled": _lt("Settled: yes / no"),
    "settled_on": _lt("Settled on"),
    "running": _lt("Running balance (not used)"),
    "bucket": _lt("Age (not used)"),
    # Of lists of opening documents only.
    "rate": _lt("Rate: company currency for one unit"),
    "company_total": _lt("Total in company currency"),
    "tax_amount": _lt("Tax amount"),
    "tax": _lt("Tax: name or ID"),
    "description": _lt("Description"),
    "period_start": _lt("Start of the period"),
    "period_end": _lt("End of the period"),
    "analytic": _lt("Analytic account"),
    "salesperson": _lt("Salesperson"),
    "payment_terms": _lt("Payment terms"),
    "net_total": _lt("Total without tax"),
    "net_open": _lt("Open balance without tax"),
    "open_tax": _lt("Tax of the open balance"),
}


class _Values(dict):
    """Values of a sentence; one that is missing leaves a gap instead of an error."""

    def __missing__(self, key):
        return ""


def to_json(values: Mapping[str, object]) -> dict:
    """Values of an issue as JSON: amounts as floats, dates as ``{"date": ISO text}``, so no text passes for one."""
    return {name: _to_json(value) for name, value in values.items()}


def _to_json(value):
    if isinstance(value, date):
        return {DATE: value.strftime("%Y-%m-%d")}
    if isinstance(value, Decimal | float):
        return float(value) if math.isfinite(value) and abs(value) < MAX_AMOUNT else str(value)
    if isinstance(value, tuple | list | set | frozenset):
        value = ", ".join(str(item) for item in value)
    return value if value is None or isinstance(value, int) else to_storable(str(value))


def to_storable(text: str) -> str:
    """A text without what a database refuses: NUL and halves of a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def get_sentence(env, code: str, values: Mapping[str, object], currency=None) -> str:
    """The sentence of an issue in the user's language.

    :param env: environment whose language is used
    :param values: as stored by :func:`to_json`
    :param currency: ``res.currency`` in which amounts are shown
    """
    sentence = SENTENCES.get(code)
    if not sentence:
        return code or ""
    shown = _Values({name: _show(env, value, currency) for name, value in values.items()})
    shown.update({name: _label(env, shown[name]) for name in ("missing", "needed", "limits", "role") if name in shown})
    shown.setdefault("parts", get_parts(env, code, shown))
    translated = env._(sentence)
    told = translated % shown
    further = values.get("further")
    return f"{told} {env._('Further columns of the row are wrong: %(columns)s.', columns=further)}" if further else told


def _label(env, names: str) -> str:
    """The labels of canonical columns, joined by :func:`to_json`."""
    return ", ".join(env._(COLUMN_LABELS[name]) if name in COLUMN_LABELS else name for name in names.split(", "))


def _show(env, value, currency) -> str:
    """One value as :func:`to_json` stored it; only what is a date or an amount there is shown as one."""
    if value is None:
        return ""
    if isinstance(value, float) and abs(value) < MAX_AMOUNT:
        return formatLang(env, value, currency_obj=currency) if currency else formatLang(env, value)
    day = _get_date(value) if isinstance(value, dict) else None
    return format_date(env, day) if day else str(value)


def _get_date(value: dict) -> date | None:
    """The date that :func:`to_json` stored, None if that is none."""
    try:
        return date.fromisoformat(value.get(DATE))
    except (TypeError, ValueError):
        return None
