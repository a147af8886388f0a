"""Words by language: the languages that every table of words has, and how a table is taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..values.cells import fold

LANGUAGES = ("nl", "de", "fr", "en", "es", "it", "pt", "da", "sv", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "ru")

# Language -> words of one meaning, separated by |, the usual ones first.
Words = Mapping[str, str]


def split(texts: str) -> list[str]:
    """Return texts that are separated by | or a line break, in order."""
    return [text.strip() for text in texts.replace("\n", "|").split("|") if text.strip()]


def texts_of(table: Words) -> Iterator[str]:
    """Yield the texts of all languages."""
    for texts in table.values():
        yield from split(texts)


def folded(*tables: Words) -> frozenset[str]:
    """Return the words of all languages, folded."""
    return frozenset(fold(text) for table in tables for text in texts_of(table))


def pattern(table: Words) -> str:
    """Return the regular expressions of all languages as one."""
    return "|".join(dict.fromkeys(table.values()))
