"""Issue code -> translated sentence, for lists with one amount per debtor; ``messages`` puts them with the others."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

BALANCE_SENTENCES = {
    "limit_negative": _lt("The credit limit of “%(partner)s” is negative."),
    "limit_zero": _lt("The list gives 0 for: %(limits)s. To Odoo 0 is no limit, not “no credit”: its check is off."),
    "limit_left": _lt("The credit limit in the list is left alone."),
    "limit_by_name": _lt("“%(partner)s” is found by name or e-mail only, which partners may change: no limit is set."),
    "limits_left": _lt(
        "%(count)s rows give credit limits, which are left alone: “Set credit limits from lists” is off in the balance "
        "source. An accounting manager can switch it on; then plan again."
    ),
    "limits_zero": _lt("%(count)s debtors have a limit of 0: to Odoo 0 is no limit, and after Apply the check is off."),
    "limits_only": _lt("%(file)s gives credit limits only: balances stay as they are."),
    "balance_changed": _lt("The list has another balance than the last one."),
    "limit_changed": _lt("The list has another credit limit; the balance stays."),
    "balance_confirmed": _lt("Balance and credit limits are what they were."),
    "debtor_absent": _lt("Not in the complete list any more: nothing is owed."),
    "debtor_summed": _lt("Counted with an earlier row of the same debtor."),
    "debtor_part_unreadable": _lt("Another row of this debtor cannot be read: nothing is changed."),
    "creditor_balance": _lt("“%(partner)s” is a creditor; balances per debtor are for customers."),
    "debtor_repeated": _lt("“%(partner)s” is in several rows. Which one is right? Correct the file."),
    "debtor_unreadable": _lt("An amount of “%(partner)s” cannot be read: nothing is changed."),
}
