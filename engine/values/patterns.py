"""How a list writes the books' own document numbers: a pattern with placeholders for parts of the number.

``{digits}``  all its digits: 202600042 of INV/2026/00042
``{seq}``     its last run of digits: 00042
``{last}``    the same without zeros at the start: 42
``{year}``    the year that stands in it before the last run: 2026

Anything else stands for itself, so ``{year}-{last}`` is 2026-42. A number that lacks a part has no form.
"""

from __future__ import annotations

import re

from . import numbers
from .cells import MAX_TRIED

PLACEHOLDERS = ("digits", "last", "year", "seq")
_TELLING = frozenset({"digits", "last", "seq"})  # without one of these, a pattern says the same of many documents
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=[^0-9].*[0-9])")

Part = tuple[str, str]  # placeholder, literal text: one of the two is empty


def split_pattern(pattern: str) -> tuple[Part, ...]:
    """Return the parts of a pattern in their order; none if it is no pattern that tells documents apart."""
    if len(pattern) > MAX_TRIED:
        return ()
    found = list(_PIECE.finditer(pattern.strip()))
    parts = tuple((match[1] or "", match[2] or "") for match in found)
    names = {match[1] for match in found if match[1] is not None}
    complete = "".join(match[0] for match in found) == pattern.strip()
    return parts if complete and names <= set(PLACEHOLDERS) and names & _TELLING else ()


def apply_pattern(pattern: str, name: str) -> str:
    """Return a document's number as a list with that pattern writes it, "" if it has no such form.

    >>> apply_pattern("{digits}", "INV/2026/00042")
    '202600042'
    """
    return _join(split_pattern(pattern), name)


def _join(parts: tuple[Part, ...], name: str) -> str:
    """Return the parts of a pattern filled in."""
    texts = [literal or _part(placeholder, name) for placeholder, literal in parts]
    return "".join(texts) if all(texts) else ""


def _part(placeholder: str, name: str) -> str:
    """Return a part of a document's number, "" if it has none."""
    if placeholder == "digits":
        return "".join(sign for sign in name if sign in numbers.DIGITS)
    found = _YEAR.search(name) if placeholder == "year" else None
    text = found[1] if found else "" if placeholder == "year" else numbers.last_run(name)
    return (text.lstrip("0") or text) if placeholder == "last" else text


class Patterns:
    """The patterns of a policy, ready to be used for many documents."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        """Take the patterns; what is none is left out."""
        self._patterns = [parts for parts in map(split_pattern, patterns) if parts]

    def __bool__(self) -> bool:
        """Whether there is any pattern."""
        return bool(self._patterns)

    def keys(self, name: str) -> set[str]:
        """Return all forms of a document's number, made comparable by :func:`key`."""
        return {key(form) for parts in self._patterns if (form := _join(parts, name))}


def key(number: str) -> str:
    """Return a number, or the form of one, without differences that mean nothing."""
    return numbers.with_breaks(number)
