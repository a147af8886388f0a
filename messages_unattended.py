"""Sentences of lists that come by themselves, by issue code."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

UNATTENDED_SENTENCES = {
    "dated_by_time": _lt(
        "Neither %(files)s nor its name says for which day it is true. It was made at %(moment)s (%(zone)s): it is "
        "taken as a list of %(date)s."
    ),
    "page_missing": _lt(
        "A page is missing between those that came: %(files)s. What is on it would look paid. Import all pages "
        "together, or confirm that there is none."
    ),
}
