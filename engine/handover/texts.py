"""Texts as files take them: on one line, without what other programs would take for a command."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@")
_NUMBER = re.compile(r"[+-][\d\s().,/-]*")  # an amount or a telephone number calculates nothing


def clean(text: str, limit: int | None = None) -> str:
    """Return a text on one line without control characters, shortened if need be."""
    text = " ".join(_FORBIDDEN.sub("", text).split())
    return text[:limit].rstrip() if limit else text


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before what begins like one."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
