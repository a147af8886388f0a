"""What a client hands to a method: looked at before anything is made of it."""

import base64
import binascii
import unicodedata

# No file system has longer names.
NAME_LENGTH = 255
# Control characters and halves of a character: no database keeps all of them.
UNUSABLE = ("Cc", "Cs")


def clean_file_name(name: str) -> str:
    """A file's name as it can be kept; the end of a long one, as there it says what it is."""
    usable = (character for character in name if unicodedata.category(character) not in UNUSABLE)
    return "".join(usable)[-NAME_LENGTH:]


def with_bytes(records):
    """The records in a context in which files are their bytes: a client may ask for sizes instead, by several keys."""
    return records.with_context(**{key: False for key in records.env.context if "bin_size" in key})


def is_id(value) -> bool:
    """Whether a value may be a record's id."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_base64(value) -> bool:
    """Whether a value is text or bytes in base64."""
    if not isinstance(value, str | bytes):
        return False
    try:
        data = value.encode("ascii") if isinstance(value, str) else value
        base64.b64decode(b"".join(data.split()), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return False
    return True
