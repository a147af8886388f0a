"""The formats that a package can have: an object with ``needs`` and ``write`` each. One of your own is one entry."""

from __future__ import annotations

from typing import Protocol

from .datev import Datev
from .exact import ExactXml
from .items import Handover, Written
from .readiness import Needs
from .table import Table


class Format(Protocol):
    """What is asked of a format."""

    needs: Needs

    def write(self, handover: Handover) -> Written:
        """Return the files of a hand-over."""


class Record:
    """No file at all: the documents go another way."""

    needs = Needs(number=False)

    def write(self, handover: Handover) -> Written:
        """Return no file."""
        return Written(())


FORMATS: dict[str, Format] = {
    "exact_xml": ExactXml(),
    "datev_extf": Datev(),
    "csv": Table("csv"),
    "xlsx": Table("xlsx"),
    "record": Record(),
}
