"""Whether a text of one byte a sign was decoded as it was written: its bytes don't tell, only what comes of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..items import ReadOptions

USUAL = "cp1252"  # of ``ReadOptions.fallback_encoding``: what nobody has chosen
_OTHERS = ("cp850", "mac_roman", "cp1250", "cp1251")
_LOST = re.compile(r"[^\s;,|]{0,40}[\ufffd\x80-\x84\x86-\x9f][^\s;,|]{0,40}")
_TOKEN = re.compile(r"[^\s;,|\"]*[^\x00-\x7f\s][^\s;,|\"]*")
_TOKENS = 2_000  # different ones that are looked at
_LONGEST = 80
# A sign that no name or number has, where it stands in one.
_STRANGE = re.compile(
    r"[\x80-\x9f\ufffd\xadƒ†‡]"  # controls, signs lost
    r"|(?<=\w)[€¢£¤¥¦§¨©®¬¯±¶·¸¹¿¡÷×™‰•…‚„“”‹›«»²³ºª](?=\w)"
    r"|(?<=[^\W\d_])[€¢¤¥¦§¨¬¯±¶¸¹³¿¡÷×‰„‚]|(?<=[^\W\d_])[™•…“”ºª](?=[-/.])"
    r"|(?<!\w)[¢¤¥¦¨¬¯±¶¸¹²³÷×™‰…](?=\w)|(?<!\w)[€®©](?=[^\W\d])"
    r"|(?<=[^\W\d])‘(?=[^\W\d])|(?<=[a-z])–(?=[a-z])"
)
_RUN = re.compile(r"[À-ɏ]{3}")  # so many letters with accents in a row
_LOW = frozenset("ŽžŠšŸÿŒœ")
_DOS = frozenset("äöüßÄÖÜåÅøØæÆéñ")
_IN_NUMBERS = re.compile(r"[ŽžŠšŸÿœŒ]")
_SHARP = re.compile(r"[AEIOUaeiou]á")
_DIGIT = re.compile(r"\d")


class Doubt(NamedTuple):
    """A ``word`` that an encoding gives and nobody writes. ``shown``: it in ``encodings`` that would make sense."""

    word: str
    shown: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()


def find_doubt(data: bytes, text: str, encoding: str, options: ReadOptions) -> Doubt | None:
    """Return why a text may have been decoded wrongly, None if nothing shows it or a person chose the encoding."""
    if options.encoding or (options.fallback_encoding != USUAL and encoding == options.fallback_encoding):
        return None
    if encoding.startswith("utf"):
        found = _LOST.search(text.removesuffix("\ufffd"))
        return Doubt(found[0]) if found else None
    words = _words(text)
    strange = next(filter(_is_strange, words), "") or _unlikely_word(data, words, encoding)
    if not strange:
        return None
    rivals = tuple(name for name in _OTHERS if name != encoding and _makes_sense(data, name))
    written = strange.encode(encoding, "replace")
    return Doubt(strange, tuple(written.decode(name, "replace") for name in rivals), rivals)


def _unlikely_word(data: bytes, words: list[str], encoding: str) -> str:
    """Return a word whose letters are of an encoding's rare ones where none of the usual ones occur, "" if none."""
    letters = {sign: word for word in words for sign in word if not sign.isascii() and sign.isalpha()}
    if encoding == "cp850":
        rare = sorted(letters.keys() - _DOS)
        return letters[rare[0]] if rare and _makes_sense(data, "mac_roman") else ""
    if letters and letters.keys() <= _LOW:
        return min(letters.values())
    sharp = [word for word in words if "á" in word]  # the sharp s of DOS
    return sharp[0] if letters.keys() == {"á"} and all(map(_SHARP.search, sharp)) else ""


def _words(text: str) -> list[str]:
    """Return the different words with signs beyond ASCII, in their order."""
    words: dict[str, None] = {}
    for found in _TOKEN.finditer(text):
        words[found[0][:_LONGEST]] = None
        if len(words) >= _TOKENS:
            break
    return list(words)


def _makes_sense(data: bytes, encoding: str) -> bool:
    """Tell whether an encoding gives words that somebody may have written."""
    try:
        return not any(map(_is_strange, _words(data.decode(encoding))))
    except UnicodeError:
        return False


def _is_strange(word: str) -> bool:
    """Tell whether a word has signs that no name or number has, or capitals inside."""
    if _STRANGE.search(word) or _RUN.search(word) or (_DIGIT.search(word) and _IN_NUMBERS.search(word)):
        return True
    return any(map(_has_odd_case, word, word[1:], f"{word[2:]} "))


def _has_odd_case(before: str, sign: str, after: str) -> bool:
    """Tell whether a letter beyond ASCII is a capital inside a word, or a small letter among capitals."""
    if sign.isascii() or not sign.isalpha():
        return False
    if sign.isupper():
        return before.islower() or (before.isupper() and after.islower())
    return sign != "ß" and before.isupper() and after.isupper()
