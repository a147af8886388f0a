"""Sentences of what the books and the lists before say of how a list was read, by issue code."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

BOOK_SENTENCES = {
    "role_by_books": _lt(
        "“%(column)s” was taken for: %(role)s. %(count)s of %(total)s values agree with the documents in Odoo."
    ),
    "rival_column": _lt(
        "“%(column)s” of %(file)s agrees with Odoo as %(role)s in %(count)s of %(total)s rows, what was taken for it "
        "in %(before)s. Take that column and plan again, or confirm that the list was read right."
    ),
    "rival_decimal_mark": _lt(
        "With “%(mark)s” as decimal mark, %(count)s of %(total)s amounts of %(file)s agree with Odoo, as they were "
        "read %(before)s. Choose that decimal mark and plan again, or confirm that the list was read right."
    ),
    "rival_date_order": _lt(
        "With day and month the other way round, %(count)s of %(total)s dates of %(file)s agree with Odoo, as they "
        "were read %(before)s. Choose that order and plan again, or confirm that the list was read right."
    ),
    "rival_sign": _lt(
        "%(count)s of %(total)s amounts of %(file)s are just the opposite of what is open in Odoo (%(number)s in row "
        "%(row)s is the first): are debit and credit read right? Assign the columns and plan again, or confirm."
    ),
    "rival_currency": _lt(
        "Taken as company currency, %(count)s of %(total)s amounts of %(file)s in other currencies agree with Odoo, as "
        "they were read %(before)s. Say on the source that its amounts are always in company currency, or confirm."
    ),
    "layout_changed": _lt(
        "%(file)s is not laid out as the list of this source that %(user)s confirmed on %(date)s. %(parts)s Look at "
        "how it was read, then confirm."
    ),
    "layout_new": _lt(
        "Nobody has confirmed yet how lists such as %(file)s of this source are read. Look at how it was read, then "
        "apply it: lists like it may be booked by themselves from then on."
    ),
    "source_unclear": _lt(
        "It cannot be told which source this list is of: %(sources)s. Choose it and plan again, or confirm that it is "
        "%(source)s."
    ),
    "external_elsewhere": _lt(
        "%(count)s external open items of this list are open at another source as well (%(items)s): they would be "
        "counted twice. Is it the list of that source?"
    ),
}

# Parts of a sentence, each told only if its value is there.
PARTS = {
    "layout_changed": {
        "came": _lt("New: %(came)s."),
        "went": _lt("Gone: %(went)s."),
        "moved": _lt("Moved: %(moved)s."),
        "roles": _lt("Taken for something else: %(roles)s."),
        "styles": _lt("Written otherwise: %(styles)s."),
    },
}


def get_parts(env, code: str, shown) -> str:
    """The parts of a sentence of which there is something to say, in the user's language."""
    parts = [(env._(part), name) for name, part in PARTS.get(code, {}).items()]
    return " ".join(text % shown for text, name in parts if shown[name])
