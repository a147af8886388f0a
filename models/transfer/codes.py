"""What the books' accounts, journals, taxes, terms and cost centres are called in an accounting package."""

from ...engine.handover import Missing
from ..open_balance_package_code import KINDS


class Codes:
    """The codes of a package, looked up for one document at a time; what lacks one is remembered."""

    def __init__(self, package, needed):
        """Read a package's codes.

        :param package: ``open.balance.package``
        :param frozenset needed: kinds of which a person must have set the code
        """
        self._needed = needed
        self._known = {kind: {} for kind in KINDS}
        for code in package.code_ids:
            self._known[code.kind][code[f"{code.kind}_id"].id] = code
        self.missing = {}

    def start(self):
        """Begin with another document."""
        self.missing = {}

    def get(self, kind: str, record, default="", refund=False) -> str:
        """The code of a record, "" if it has none: then it is remembered, if one is needed."""
        known = self._known[kind].get(record.id)
        code = known and ((refund and known.reverse_code) or known.code)
        if not code and (kind in self._needed or not default) and kind != "tax":
            self.lacks(kind, record.display_name, record.id)
        if not code and kind == "tax" and kind in self._needed and not known:
            self.lacks(kind, record.display_name, record.id)
        return code or ("" if kind in self._needed else default) or ""

    def lacks(self, kind: str, name: str, record_id: int):
        """Remember that something has no code."""
        self.missing[kind, record_id] = Missing(kind, name, record_id)

    def find(self, kind: str, record):
        """The package's entry of a record.

        :rtype: open.balance.package.code | None
        """
        return self._known[kind].get(record.id)
