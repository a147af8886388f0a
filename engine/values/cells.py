"""Values as they stand in files: text, document numbers, currencies, amounts. Dates are in ``dates``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from ..items import Cell
from .numbers import normalize

_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_INVISIBLE = (0, 0xAD, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2060, 0xFEFF)
_TRANSLATE: dict[int, str | None] = {**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_INVISIBLE)}
_ICON = re.compile(r"@\w{2}\\Q(.*?)@")
_TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "°": "o"})
_NOT_WORD = re.compile(r"[^\w]|_")
_ANY_DIGIT = re.compile(r"\d")


MAX_TRIED = 200  # characters of what is tried as an amount, date, code, header or rule: what is longer is none


def tried(cell: Cell) -> str:
    """Return a cell as :func:`clean` does, "" if it is too long to be tried as anything but a name or description.

    Patterns see what this gives them and nothing else: no text is worth more than a few microseconds.
    """
    text = clean(cell)
    return text if len(text) <= MAX_TRIED else ""


def clean(cell: Cell) -> str:
    """Return a cell as one line of text: odd spaces, line breaks, invisible signs and spreadsheet guards removed."""
    if isinstance(cell, str):
        text = cell
        if not (text.isascii() and text.isprintable()):
            text = normalize("NFC", text.translate(_TRANSLATE))
        text = " ".join(text.split())
        return _unguard(text) if text[:1] in "='@" else text
    return _typed_text(cell)


def _unguard(text: str) -> str:
    """Take away what spreadsheets and packages put around a text so that it stays one: ="0815", '+49, icons."""
    if match := _TEXT_FORMULA.fullmatch(text):
        return match[1].replace('""', '"').strip()
    if text.startswith("'") and (text[1:2] in "=+-@" or is_digits(text[1:2])):
        return text[1:].strip()
    if text.startswith("@"):
        return _ICON.sub(r"\1", text).strip()
    return text


def _typed_text(cell: Cell) -> str:
    """Return a typed cell as text; 10001.0 is 10001."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def is_digits(text: str) -> bool:
    """Tell whether a text is digits that ``int`` takes and nothing else; ``str.isdigit`` knows others, such as ²."""
    return text.isascii() and text.isdecimal()


def has_digit(text: str) -> bool:
    """Tell whether a digit, of any script, stands in a text."""
    return _ANY_DIGIT.search(text) is not None


def small_number(text: str, usual: int) -> int:
    """Return a text of up to seven digits as a number, ``usual`` if it is none."""
    return int(text) if is_digits(text) and len(text) < 8 else usual


def fold(text: str) -> str:
    """Return the letters and digits of a text without case, accents, spaces and signs, to compare words by."""
    if text.isascii():
        return _NOT_WORD.sub("", text.lower())
    text = normalize("NFKC", text).casefold().translate(_LETTERS)
    text = "".join(sign for sign in normalize("NFD", text) if not unicodedata.combining(sign))
    return _NOT_WORD.sub("", text)


# --- document and partner numbers -------------------------------------------------------------------------------

_WHOLE = re.compile(r"(\d+)[.,]0+")
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_MAX_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number


def read_number(cell: Cell) -> tuple[str, bool]:
    """Return a document or partner number as text, and whether it was damaged before it reached us."""
    if isinstance(cell, (datetime, date)):
        return clean(cell), True
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        unsure = abs(cell) >= _MAX_EXACT or (isinstance(cell, float) and not cell.is_integer())
        return repr(cell).upper() if unsure else clean(cell), unsure
    text = clean(cell)
    if text.startswith("'"):
        text = text[1:].strip()
    if len(text) > MAX_TRIED:
        return text, False
    if not text.isalpha() and (match := _WHOLE.fullmatch(text)):
        text = match[1]
    return text, "E" in text.upper() and _is_exponent(text)


def _is_exponent(text: str) -> bool:
    """Tell whether a text is a number in E notation; 12E3 without a mark may well be a real number."""
    return bool(_EXPONENT.fullmatch(text)) and ("+" in text or "." in text or "," in text)


# --- currencies -------------------------------------------------------------------------------------------------

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
"""
CURRENCIES = frozenset(_CODES.split())
# What several countries use ($, ¥, kr) names no currency.
_SYMBOLS: Mapping[str, str | None] = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB",
    "zł": "PLN", "kč": "CZK", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD",
    "ca$": "CAD", "nz$": "NZD", "r$": "BRL", "fr": "CHF",
    "sfr": "CHF", "euro": "EUR", "euros": "EUR", "usdollar": "USD", "britishpound": "GBP", "poundsterling": "GBP",
    "swissfranc": "CHF", "schweizerfranken": "CHF", "franken": "CHF", "$": None, "¥": None, "kr": None, "rs": None,
    "¤": None, "ft": "HUF", "lei": None,
}  # fmt: skip
# Signs of several currencies: which one is meant, the company's currency or the document tells, or a person.
SIGNS: Mapping[str, frozenset[str]] = {
    "$": frozenset(
        {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BSD", "BBD", "BZD", "BMD"}
        | {"JMD", "KYD", "XCD", "TTD", "FJD", "NAD", "LRD", "GYD", "SBD", "SRD", "DOP", "BND", "CVE"}
    ),
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"DKK", "NOK", "SEK", "ISK"}),
    "rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "lei": frozenset({"RON", "MDL"}),
}


def read_currency(cell: Cell) -> str | None:
    """Return the ISO code that a cell of a currency column names, None where it names none."""
    text = tried(cell)
    code = text.upper()
    if code in CURRENCIES:
        return code
    word = text.casefold().replace(" ", "").rstrip(".")
    if word in _SYMBOLS:
        return _SYMBOLS[word]
    codes = [part for part in re.findall(r"\b[A-Z]{3}\b", text) if part in CURRENCIES]
    return codes[0] if len(codes) == 1 else None


def read_sign(cell: Cell) -> str:
    """Return the sign of several currencies that a cell is, one of :data:`SIGNS`, "" if it is none."""
    word = tried(cell).casefold().rstrip(".")
    return word if word in SIGNS else ""


def fits_sign(sign: str, currency: str | None) -> bool:
    """Tell whether a sign of several currencies may mean a currency (ISO code)."""
    return currency in SIGNS.get(sign, ())


def is_currency(cell: Cell) -> bool:
    """Tell whether a cell looks like a currency, even one without a code."""
    text = tried(cell)
    if has_digit(text):
        return False
    return read_currency(text) is not None or text.casefold() in _SYMBOLS


_CURRENCY_SIGN = re.compile(r"[€£₹₺₽₩₪]|\b(?:US|CA?|AU?|NZ|R)\$|\b[A-Z]{3}\b")
_SIGN = re.compile(r"[$¥]|(?<![^\W_])kr(?![^\W_])", re.IGNORECASE)


def sign_in(text: str) -> str:
    """Return the sign of several currencies that a heading of amounts names ("Balance ($)"), "" if none."""
    match = None if currency_in(text)[0] else _SIGN.search(tried(text))
    return match[0].casefold() if match else ""


def currency_in(text: str) -> tuple[str | None, str]:
    """Return the currency that a heading names ("Saldo EUR", "Total (£)"), and the heading without it."""
    for match in _CURRENCY_SIGN.finditer(text):
        code = read_currency(match[0])
        if code:
            rest = text[: match.start()] + " " + text[match.end() :]
            return code, " ".join(rest.replace("()", "").replace("( )", "").replace("[]", "").split())
    return None, text


# --- amounts ----------------------------------------------------------------------------------------------------


class Amount(NamedTuple):
    """An amount as a cell gives it. ``side``: 1 marked as debit, -1 marked as credit, 0 not marked.

    ``sign``: a sign beside it that several currencies have, one of :data:`SIGNS`, "" = none.
    """

    value: Decimal
    currency: str | None = None
    side: int = 0
    sign: str = ""


# Words and letters of the debit and credit side; used as a suffix of amounts and as values of a column.
SIDES: Mapping[str, int] = {
    **dict.fromkeys(("d", "dr", "db", "deb", "debit", "debet", "debito", "debe", "dare", "s", "soll", "debetsaldo"), 1),
    **dict.fromkeys(("c", "cr", "h", "k", "kr", "cred", "credit", "kredit", "credito", "haber", "avere"), -1),
    **dict.fromkeys(("haben", "hab", "kreditt", "creditsaldo"), -1),
}
_SIDE_SUFFIXES = {"d", "dr", "db", "debit", "s", "soll", "c", "cr", "h", "haben", "credit", "deb", "cred"}
_AMOUNT_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2019\u2018\u00b4\u0060\u02bc\u2032", "'"),
        **{chr(sign): " " for sign in _SPACES},
        **{chr(sign): None for sign in _INVISIBLE},
    }
)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
_GROUPED = {
    ".": (re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+"), ","),
    ",": (re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+"), "."),
}
_CORE = re.compile(r"\d(?:[\d .,']*[\d.,'])?|[.,]\d+")
_AROUND = re.compile(r"\s*(-{1,2}|\+|\(|\)|[^\W\d_]*\$|[^\W\d_]+\.?|[€£₹₺₽₩₪₫฿¥¤])")
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?=$|[.,])|\d{1,2}(?:[ ']\d{2})*[ ']\d{3}(?=$|[.,])")
_MANY = re.compile(r"\d{1,3}([.,])\d{2,3}(?:\1\d{2,3})*\1\d{3}")
BLANKS = frozenset({"", "-", "--", "---", "\u2013", "\u2014"})


def exact(value: float) -> Decimal:
    """Return a spreadsheet's float as the decimal that was typed: 0.1 + 0.2 is 0.3."""
    number = Decimal(repr(value))
    exponent = number.as_tuple().exponent
    return round(number, 10).normalize() if isinstance(exponent, int) and exponent < -10 else number


def money(value: Decimal) -> Decimal:
    """Return an amount with at least two decimals and no further zeros: 1495.0000 and 1495 are 1495.00."""
    exponent = value.as_tuple().exponent
    if exponent == -2:
        return value + 0
    if isinstance(exponent, int) and exponent < -2 and value != round(value, 2):
        return value.normalize()
    return round(value, 2) + 0


def read_amount(cell: Cell, decimal_mark: str | None = None) -> Amount | None:
    """Return the amount in a cell, None if it is none or if only ``decimal_mark`` could tell what it means.

    What has too many digits to be money, such as an IBAN without its letters, is none either.
    """
    amount = _read_amount(cell, decimal_mark)
    return amount if amount and abs(amount.value) < _MAX_EXACT else None


def _read_amount(cell: Cell, decimal_mark: str | None) -> Amount | None:
    """Do the work of :func:`read_amount`, whatever the size."""
    if isinstance(cell, str):
        if len(cell) > MAX_TRIED:
            return _read_text(tried(cell), decimal_mark)
        if _PLAIN.fullmatch(cell):
            return Amount(Decimal(cell.replace(",", ".")))
        if decimal_mark:
            pattern, group = _GROUPED[decimal_mark]
            if pattern.fullmatch(cell):
                return Amount(Decimal(cell.replace(group, "").replace(",", ".")))
        return _read_text(cell, decimal_mark) if has_digit(cell) else None
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return None
    value = exact(cell) if isinstance(cell, float) else Decimal(cell)
    return Amount(value) if value.is_finite() else None


def _read_text(text: str, decimal_mark: str | None) -> Amount | None:
    """Read an amount with anything around it: currency, brackets, signs, marks of debit and credit."""
    parts = _split(text)
    if parts is None:
        return None
    before, core, after = parts
    value = _magnitude(core, decimal_mark)
    around = _surroundings(before, after) if value is not None else None
    if value is None or around is None:
        return None
    negative, currency, side, sign = around
    return Amount(-value if negative else value, currency, side, sign)


def _split(text: str) -> tuple[str, str, str] | None:
    """Cut a text into what stands before the digits, the digits with their marks, and what follows."""
    text = tried(text).translate(_AMOUNT_SIGNS).strip()
    match = _CORE.search(text) if len(text) < 60 else None
    if not match:
        return None
    before, core, after = text[: match.start()], match[0], text[match.end() :]
    if core[-1] in ".," and after.startswith("-"):  # 88.-- and 60,-
        core, after = core[:-1], after.lstrip("-")
    return before, core.rstrip("'"), after


def _surroundings(before: str, after: str) -> tuple[bool, str | None, int, str] | None:
    """Return what stands around the digits: minus, currency, side, sign of several currencies; else None."""
    negative, currency, side, sign = False, None, 0, ""
    for part, is_after in ((before, False), (after, True)):
        position = 0
        while position < len(part.rstrip()):
            match = _AROUND.match(part, position)
            if not match:
                return None
            position = match.end()
            word = match[1].rstrip(".").casefold()
            if word in ("-", "("):
                negative = True
            elif match[1].upper() in CURRENCIES or word in _SYMBOLS:
                currency = currency or read_currency(match[1])
                sign = sign or read_sign(match[1])
            elif is_after and word in _SIDE_SUFFIXES:
                side = SIDES[word]
            elif word not in ("+", ")"):
                return None
    return negative, currency, side, "" if currency else sign


def _magnitude(core: str, decimal_mark: str | None) -> Decimal | None:
    """Return digits with marks as a number; None if they are none or ``decimal_mark`` is needed and not given."""
    mark = _decimal_mark(core)
    if mark is None:
        return None
    if mark == "?":
        if not decimal_mark:
            return None
        mark = decimal_mark
    whole, _, fraction = core.rpartition(mark) if mark and mark in core else (core, "", "")
    digits = re.sub(r"[ .,']", "", whole)
    if not fraction.isdecimal() and fraction:
        return None
    return Decimal(f"{digits or '0'}.{fraction or '0'}") if fraction else Decimal(digits or "0")


def _decimal_mark(core: str) -> str | None:
    """Return which mark is the decimal one: "." or ",", "" = none is, "?" = cannot be told, None = no number."""
    if " " in core or "'" in core:
        return _mark_after_groups(core)
    points, commas = core.count("."), core.count(",")
    if not points and not commas:
        return ""
    if points and commas:
        last = max(".,", key=core.rfind)
        return last if core.count(last) == 1 else None
    if points + commas > 1:
        return _not(core[_MANY.match(core).start(1)]) if _MANY.fullmatch(core) else None  # type: ignore[union-attr]
    mark = "." if points else ","
    whole, _, fraction = core.partition(mark)
    ambiguous = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return "?" if ambiguous else mark


def _mark_after_groups(core: str) -> str | None:
    """Return the decimal mark of digits in groups, "" = none, None = no number."""
    match = _SPACED.match(core)
    if not match:
        return None
    rest = core[match.end() :]
    if len(rest) < 2:
        return ""
    return rest[:1] if rest[1:].isdecimal() else None


def _not(mark: str) -> str:
    """Return the other decimal mark."""
    return "," if mark == "." else "."


def decimal_evidence(cell: Cell) -> str:
    """Return what a cell says of the decimal mark: "." or "," if it shows it, "?" if it needs it, else ""."""
    parts = _split(cell) if isinstance(cell, str) else None
    if parts is None or _surroundings(parts[0], parts[2]) is None:
        return ""
    return _decimal_mark(parts[1]) or ""
