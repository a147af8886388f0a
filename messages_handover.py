"""Sentences of what keeps a document from being handed over, and of what is said of it, by issue code."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

HANDOVER_SENTENCES = {
    "not_confirmed": _lt("Handed over to the accounting package, but not confirmed as booked there."),
    "handover_no_number": _lt("%(partner)s has no number in the accounting package."),
    "handover_number_digits": _lt("%(number)s of %(partner)s is no number of digits, as the package wants it."),
    "handover_number_taken": _lt("%(partner)s and %(other)s have the same number %(number)s."),
    "handover_no_code": _lt("%(name)s has no code in the accounting package."),
    "handover_two_vat_codes": _lt(
        "“%(line)s” has two taxes with a code (%(codes)s): the package takes one for a line."
    ),
    "handover_entry_number": _lt(
        "%(number)s gives no number that the package takes: see the pattern of document numbers on the balance source."
    ),
    "handover_entry_twice": _lt(
        "Another document of journal %(journal)s has the number %(entry)s, too: give credit notes a journal of their "
        "own there (code on credit notes), or the balance source another pattern."
    ),
    "handover_unbalanced": _lt("The items do not add up to zero (%(company)s)."),
    "handover_no_rate": _lt("The document has no amount in one of its currencies, or no rate of %(currency)s."),
    "handover_foreign": _lt("Journal %(journal)s takes no document in %(currency)s there."),
    "handover_locked_there": _lt("The package is closed until %(closed)s."),
    "handover_name_long": _lt("The name of %(partner)s is cut to %(limit)s characters."),
    "handover_taken": _lt("Somebody else is handing it over, or it is no longer posted."),
    "handover_changed": _lt("It was changed since it was checked: look at it once more."),
    "handover_vat_differs": _lt(
        "%(number)s: the package works out another VAT than the document has (difference %(difference)s), as it rounds "
        "otherwise."
    ),
    "handover_company_currency": _lt("%(number)s is handed over in company currency: %(currency)s does not fit."),
    "handover_reference": _lt("%(number)s: %(before)s is handed over as %(after)s."),
    "handover_characters": _lt("Characters that the file cannot hold were replaced: %(characters)s"),
}
