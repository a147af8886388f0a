"""Sentences of what is too much for a reader, or too little of a list, by issue code."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What looks sound in a row and is not.
DOUBTS = {
    "rows_too_wide": _lt(
        "%(count)s of %(total)s rows of %(file)s have more cells than the header (the first is row %(row)s): does the "
        "separator also stand in amounts or texts, such as a decimal comma? Export the list with another separator or "
        "as Excel, or give every column a header."
    ),
    "row_too_wide": _lt(
        "Row %(row)s of %(file)s has more cells than the header, so that any of them may stand in the wrong column: "
        "does a text in it hold the separator? Correct the row."
    ),
    "row_shifted": _lt(
        "Row %(row)s of %(file)s has %(count)s cells, which is not what most other rows have: any of them may "
        "stand in the wrong column. Correct the row."
    ),
    "rows_above": _lt(
        "Row %(row)s of %(file)s stands above the header that was understood: %(text)s. What heads it? Assign its "
        "columns, or choose the row of the header, and plan again. Confirm if it is no part of the list."
    ),
    "rows_shifted": _lt(
        "%(count)s rows of %(file)s have cells too many or too few (the first is row %(row)s), and only all rows of a "
        "document together tell what is open of it. Correct them."
    ),
    "amount_decimals": _lt(
        "“%(text)s” in row %(row)s, column %(column)s of %(file)s has three decimals, other amounts of the list have "
        "not: are these thousands? Correct it."
    ),
    "to_be_paid_unclear": _lt(
        "Is “%(column)s” in %(file)s what was paid of “%(total)s”, what is still open, or only what is to be paid "
        "after a discount? Assign it as paid, as open balance or as not used, then plan again."
    ),
    "number_unknown": _lt(
        "No column of %(file)s is known to hold the numbers of the documents: “%(column)s” may be it. Assign it as the "
        "number and plan again: without numbers, documents that are open look settled. Confirm if the list has none."
    ),
    "column_unclear": _lt(
        "Nothing tells what “%(column)s” of %(file)s is (%(sample)s): it may be %(role)s. Assign it, or say that it is "
        "not used, and plan again. Confirm if it decides nothing."
    ),
    "header_changes": _lt(
        "Row %(row)s of %(file)s is another header: %(text)s. What follows cannot be read by the first one. Make it a "
        "file of its own, or leave it out."
    ),
    "group_unnamed": _lt(
        "Row %(row)s of %(file)s seems to head a group, but whose cannot be told: its rows wait. Give the list a "
        "column of partners, or correct the row."
    ),
    "balances_contradict": _lt(
        "In row %(row)s of %(file)s the columns of what is open contradict each other: which one is right? Correct it."
    ),
    "row_unclear": _lt(
        "Row %(row)s of %(file)s has neither a date nor a number, and is no sum of other rows: what is it? Correct it."
    ),
    "debtor_or_total": _lt(
        "“%(text)s” in row %(row)s of %(file)s has just the sum of the rows above: a debtor, or the total? Give the "
        "debtors of the list a number, or leave the total out."
    ),
    "currency_sign": _lt(
        "“%(currency)s” is the sign of several currencies, and no document tells which one is meant. Give the list a "
        "column of currencies, with codes such as USD."
    ),
    "decimals_beyond": _lt(
        "The amount has more decimals than %(currency)s has: is its decimal mark a thousands mark? Correct the list."
    ),
}

LIMIT_PROBLEMS = {
    "sheets_ignored": _lt(
        "Only the sheet “%(sheet)s” of %(file)s was read, not: %(sheets)s. Put all rows on one sheet, or confirm that "
        "the others are not part of the list."
    ),
    "several_companies": _lt(
        "%(file)s holds several companies (column “%(column)s”: %(companies)s). Export one company's list, or confirm "
        "that all rows are of this one."
    ),
    "list_of_bookings": _lt(
        "%(file)s looks like an account's statement, not like a list of what is open: “%(text)s”. Export the open "
        "items, or confirm that every row is one."
    ),
    "list_of_payments": _lt(
        "%(file)s looks like a list of payments: “%(text)s”. Export the open items, or confirm that every row is one."
    ),
    "encoding_doubtful": _lt(
        "“%(text)s” in %(file)s is hardly meant: the file was read as %(encoding)s, but may be written in another "
        "encoding (%(encodings)s: %(shown)s). Set “Encoding of old files” in the source and read it again, or confirm "
        "that the text is right."
    ),
    "signs_lost": _lt(
        "“%(text)s” in %(file)s has signs that were lost before the file came here. Export it again, or confirm that "
        "numbers and names are right."
    ),
    "list_is_part": _lt(
        "%(file)s says in row %(row)s that it is only a part: “%(stated)s”. Export the whole list, or confirm that "
        "this is all."
    ),
    "count_differs": _lt(
        "%(file)s says in row %(row)s “%(stated)s”, but %(read)s rows were read. Check what is missing."
    ),
    "file_too_large": _lt("%(file)s is too large; the limit is %(limit)s. Split it, or export only what is open."),
    "file_too_wide": _lt("Row %(row)s of %(file)s has %(columns)s columns; the limit is %(limit)s."),
    "workbook_packed": _lt(
        "%(file)s unpacks to %(times)s times its size; the limit is %(limit)s. "
        "Copy the list alone into a new workbook, or export it as CSV."
    ),
    "workbook_cells": _lt(
        "%(file)s has more than %(limit)s cells, blank ones with a format too. "
        "Export only what is open, or copy the list alone into a new workbook."
    ),
    "workbook_part_large": _lt(
        "%(file)s cannot be read: its part %(part)s is too large; only sheets and their texts may be. "
        "Copy the list alone into a new workbook, or export it as CSV."
    ),
    "tables_nested": _lt(
        "%(file)s has more than %(limit)s tables or parts inside each other. Export the list as CSV or Excel."
    ),
}

# What the reader says of XML, above all of Exact Online's.
XML_PROBLEMS = {
    "xml_forbidden": _lt(
        "%(file)s declares a document type or entities, or has texts or a nesting that no list has. "
        "It is not read. Export the list again."
    ),
    "exact_topic": _lt(
        "%(file)s holds %(topics)s of Exact Online. Export the outstanding items: A/R (ARs) or A/P (APs), nothing else."
    ),
    "exact_messages": _lt(
        "%(file)s holds messages of Exact Online (%(count)s, of which %(errors)s errors and %(warnings)s warnings): "
        "%(texts)s. If it is no list, export the outstanding items, A/R (ARs) or A/P (APs)."
    ),
    "exact_globe": _lt(
        "%(file)s comes from Exact Globe, whose XML has no outstanding items. "
        "Export them from Globe as a table (CSV or Excel)."
    ),
    "exact_empty": _lt(
        "%(file)s has no outstanding item %(topic)s. Nothing is closed because of an empty list; check the export, "
        "or leave this file out."
    ),
    "list_cut_off": _lt(
        "%(file)s seems to be cut off after row %(rows)s: it ends in the middle of a row, in a row without line break "
        "that may go on, or where a full page or sheet ends. Add what is missing, or confirm that nothing is."
    ),
    "exact_account_missing": _lt(
        "The items from row %(row)s on name neither code nor name of an account: only their numbers can tell whose "
        "they are."
    ),
}
