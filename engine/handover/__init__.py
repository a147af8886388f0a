"""Documents and partners in, files for an accounting package out; and what that package answers."""

from .answers import Answer, is_answer, read_answers
from .formats import FORMATS, Format
from .items import (
    Handover,
    HandoverBank,
    HandoverDocument,
    HandoverFile,
    HandoverLine,
    HandoverParty,
    HandoverSettings,
    HandoverTax,
    Missing,
    Written,
    digest,
)
from .readiness import Needs, check_document, check_together
from .table import FIELDS, SETS, Column, ColumnSet

__all__ = [
    "FIELDS",
    "FORMATS",
    "SETS",
    "Answer",
    "Column",
    "ColumnSet",
    "Format",
    "Handover",
    "HandoverBank",
    "HandoverDocument",
    "HandoverFile",
    "HandoverLine",
    "HandoverParty",
    "HandoverSettings",
    "HandoverTax",
    "Missing",
    "Needs",
    "Written",
    "check_document",
    "check_together",
    "digest",
    "is_answer",
    "read_answers",
]
