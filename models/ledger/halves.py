"""For all at once, else in halves: and which errors are a document's own fault."""

from odoo.exceptions import AccessError, LockError, UserError


def is_own_fault(error: Exception) -> bool:
    """Whether an error says something about the documents that were tried, and not about the user (a missing right),
    the moment (a lock) or the settings (a redirect to the screen where they are made): these end the whole run."""
    return isinstance(error, UserError) and not isinstance(error, AccessError | LockError)


def in_halves(cr, some, action) -> list[tuple]:
    """Do something for all at once; if it is refused, half by half, until what it is refused for stands alone.

    :param some: records, or a list of groups of records
    :param action: called with some of them, within a savepoint
    :return: each for which it is refused, and why; these are as they were
    :raise Exception: any error that is not a document's own fault, see :func:`is_own_fault`
    """
    if not some:
        return []
    try:
        with cr.savepoint():
            action(some)
    except UserError as error:
        if not is_own_fault(error):
            raise
        if len(some) == 1:
            return [(some[0], str(error.args[0]))]
    else:
        return []
    half = len(some) // 2
    return [*in_halves(cr, some[:half], action), *in_halves(cr, some[half:], action)]
