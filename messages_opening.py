"""Issue code -> translated sentence, for lists of opening documents; ``messages`` puts them with the others."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Reasons of lines: what was concluded for a row, and why.
OPENING_REASONS = {
    "opening_new": _lt("Created, %(open)s stays open."),
    "opening_new_partner": _lt("Created for the new partner “%(partner)s”, %(open)s stays open."),
    "document_exists": _lt("%(document)s is in Odoo already."),
    "document_exists_draft": _lt("%(document)s is in Odoo already, but only as a draft. Post it, or delete it."),
    "opening_beside_draft": _lt(
        "Created, %(open)s stays open. Odoo has drafts with the same partner, type and total: %(drafts)s. Posted as "
        "well, the amount would count twice: delete the draft if it is the same document."
    ),
    "document_exists_differs": _lt(
        "%(document)s is in Odoo already, but with a total of %(booked)s; the list has %(reported)s."
    ),
    "part_wrong": _lt(
        "Waits with row %(other_row)s of %(other_file)s, which is or may be a part of the same document."
    ),
    "opening_rows_differ": _lt(
        "Rows of this document, row %(other_row)s of %(other_file)s among them, give both “%(said_earlier)s” and "
        "“%(said)s”. Date, currency, rate, reference, salesperson, payment terms and spelling of the number must be "
        "the same in all of them."
    ),
    "opening_row_repeated": _lt(
        "Row %(other_row)s of %(other_file)s gives the same part of this document: due date, tax, analytic account "
        "and description are alike. Delete one of the rows, or correct what differs."
    ),
    "partner_number_differs": _lt(
        "No partner has the number of “%(partner)s”; %(names)s fits by other data, but has another number. Assign one."
    ),
    "new_partner_names": _lt("“%(partner)s” would be a new partner, but the list gives it several names: %(names)s."),
    "new_partner_alike": _lt(
        "“%(partner)s” would be a new partner without a number, and “%(names)s” is one of the same name. Give both the "
        "same number, or other names."
    ),
    "currency_unknown": _lt("%(currency)s is no active currency of Odoo. Activate it, then plan again."),
    "no_rate_on": _lt(
        "Odoo has no rate of %(currency)s for %(date)s, and the list gives no rate. Enter one, then plan again."
    ),
    "rate_differs": _lt("The rate %(rate)s and the amount in company currency (a rate of %(implied)s) don't agree."),
    "rate_inverted": _lt(
        "The rate %(rate)s seems to be the wrong way round: Odoo has %(known)s for one %(currency)s on %(date)s. "
        "Correct it, or Odoo's rate of that date."
    ),
    "rate_far": _lt(
        "The rate or amount in company currency (%(rate)s for one %(currency)s) is far from Odoo's rate on %(date)s, "
        "%(known)s. Correct it, or Odoo's rate of that date. Each instalment has its own amount."
    ),
    "opening_rates_differ": _lt(
        "The rows of this document come to different rates (%(rate)s and %(other)s). Each instalment has its own "
        "amount in company currency, and all of them one rate."
    ),
    "opening_rates_clash": _lt(
        "The list has rates of %(currency)s on %(date)s that contradict each other: %(rate)s and %(other)s for one "
        "%(currency)s. Correct the wrong one, then import the list again."
    ),
    "company_sign_differs": _lt("Total and amount in company currency have different signs. Give both the same."),
    "amount_below_rounding": _lt("The total is less than the smallest amount of %(currency)s."),
    "date_future": _lt("Dated %(date)s, which is in the future. Correct the date."),
    "tax_missing": _lt("The row has an amount of tax, but names no tax to book it with. Enter it in the list."),
    "tax_unknown": _lt(
        "Odoo has no tax “%(text)s” for this type of document. Correct the list, or create it and plan again."
    ),
    "tax_ambiguous": _lt("Several taxes are called “%(text)s”. Give the tax by its ID."),
    "tax_other_country": _lt("The tax “%(text)s” is not one of the company's own country. Name one that is."),
    "analytic_unknown": _lt("Odoo has no analytic account “%(text)s”. Correct the list, or create it and plan again."),
    "analytic_ambiguous": _lt("Several analytic accounts are called “%(text)s”. Give another name, or the ID."),
    "salesperson_unknown": _lt(
        "This company has no user “%(text)s” as salesperson. Correct the list, or create it and plan again."
    ),
    "salesperson_ambiguous": _lt("Several salespersons are called “%(text)s”. Give the login, or the ID."),
    "payment_terms_unknown": _lt(
        "Odoo has no payment terms “%(text)s”. Correct the list, or create them and plan again."
    ),
    "payment_terms_ambiguous": _lt("Several payment terms are called “%(text)s”. Give the ID."),
}

# Problems with a list as a whole.
OPENING_PROBLEMS = {
    "partner_rights": _lt(
        "%(count)s partners would be created, and you may not create contacts. Somebody who may has to import the list."
    ),
    "opening_rows_wrong": _lt(
        "Nothing is created while rows are wrong (%(count)s). Correct them; or switch “All or nothing” off in the "
        "balance source, and the others are created."
    ),
    "opening_exist_otherwise": _lt(
        "%(count)s documents are in Odoo already, but with another total or currency than in the list. They are "
        "skipped: see the reasons of their rows."
    ),
    "opening_exist_as_drafts": _lt(
        "%(count)s documents are in Odoo already, but only as drafts, which no balance counts. They are skipped: post "
        "the drafts, or delete them and plan again."
    ),
    "opening_beside_drafts": _lt(
        "%(count)s documents are created beside drafts with the same partner, type and total. Posted as well, these "
        "would count twice: see the reasons of their rows."
    ),
    "opening_after_date": _lt("%(count)s documents are dated after the opening date, %(date)s."),
    "opening_paid_later": _lt(
        "%(count)s payments of what was paid would be dated after the opening date, %(date)s: until then their "
        "documents look open. “Payments are dated” in the balance source can change that."
    ),
    "opening_alike": _lt(
        "%(count)s rows without a number have the same partner, dates and amounts as another one (rows %(rows)s). "
        "Each of them is created: check that they are different documents."
    ),
}

# What is wrong with a row of a list of opening documents by itself.
OPENING_FAULTS = {
    "opening_partner_missing": _lt("Row %(row)s names no partner. Enter a number, VAT, e-mail or name."),
    "opening_value_missing": _lt("Row %(row)s: “%(column)s” is blank. Enter it; blank is not zero."),
    "opening_amount_unreadable": _lt("Row %(row)s, column “%(column)s”: “%(text)s” is no amount."),
    "opening_date_unreadable": _lt("Row %(row)s, column “%(column)s”: “%(text)s” is no date. Enter it as YYYY-MM-DD."),
    "opening_number_damaged": _lt(
        "Row %(row)s, column “%(column)s”: the number “%(text)s” was damaged by a spreadsheet. Enter it as text."
    ),
    "opening_cell_error": _lt("Row %(row)s, column “%(column)s”: “%(text)s” is an error of the spreadsheet."),
    "opening_text_too_long": _lt(
        "Row %(row)s, column “%(column)s”: %(length)s characters, the limit is %(limit)s. Shorten it."
    ),
    "opening_currency_differs": _lt("Row %(row)s names several currencies: %(currencies)s. Correct it."),
    "opening_type_unknown": _lt(
        "Row %(row)s, column “%(column)s”: “%(text)s” is no type of document that is known. Use one of the template's."
    ),
    "opening_sign_mixed": _lt(
        "Row %(row)s, column “%(column)s”: %(text)s has another sign than the other documents of its type. If it is a "
        "credit note or an invoice, correct the type; else correct the sign."
    ),
    "opening_total_zero": _lt("Row %(row)s: the total of the document is zero. Correct it, or leave the row out."),
    "opening_tax_sign": _lt("Row %(row)s: amount and tax (“%(column)s”: %(text)s) have opposite signs."),
    "opening_tax_above_total": _lt("Row %(row)s: the tax (“%(column)s”: %(text)s) is more than the total."),
    "opening_open_sign": _lt("Row %(row)s: what is open (“%(column)s”: %(text)s) has the opposite sign of the total."),
    "opening_open_above_total": _lt("Row %(row)s: more is open (“%(column)s”: %(text)s) than the document's amount."),
    "opening_open_zero": _lt("Row %(row)s: nothing is open of this receipt or payment. Leave it out."),
    "opening_credit_open": _lt(
        "Row %(row)s: “%(column)s” of a credit must be 0, not %(text)s; the credit stays available in full."
    ),
    "opening_rate_unclear": _lt(
        "Row %(row)s: is the mark in the rate “%(text)s” a decimal or a thousands mark? Write it with four decimals."
    ),
    "opening_rate_not_positive": _lt(
        "Row %(row)s: the rate “%(text)s” is not above zero. Enter the company currency for one unit."
    ),
    "opening_due_before_date": _lt("Row %(row)s: the due date %(text)s is before the document's date, %(date)s."),
    "opening_due_not_after_date": _lt(
        "Row %(row)s: the due date %(text)s must come after the document's date, %(date)s."
    ),
    "opening_period_reversed": _lt("Row %(row)s: the period ends on %(text)s, before it starts on %(start)s."),
}

OPENING_SENTENCES = {**OPENING_REASONS, **OPENING_PROBLEMS, **OPENING_FAULTS}
