"""What a mail server says of where a mail comes from: the header Authentication-Results of RFC 8601. Without Odoo."""

# No server writes more; what is longer is not looked at.
LONGEST = 4000


def passed_by(header: str, domain: str) -> str:
    """Return the name of the server that found a mail to be from a domain, by DMARC, or "" if none did.

    What stands in quotes or in comments was written by the sender and says nothing.

    :param header: the topmost header of the mail, which the server that received it has added
    :param domain: of the address that the mail is from
    """
    parts = _split(header) if len(header) <= LONGEST else []
    results = [part.split() for part in parts[1:]]
    found = [words for words in results if words and words[0].startswith("dmarc=")]
    if len(found) != 1 or found[0][0] != "dmarc=pass":
        return ""
    named = [word.partition("=")[2] for word in found[0] if word.startswith("header.from=")]
    if named != [domain.casefold()]:
        return ""
    return next(iter(parts[0].split()), "")


def _split(header: str) -> list[str]:
    """Return the parts of a header between semicolons, in small letters; none if a quote or comment doesn't end."""
    bare = _without_quotes(header.casefold())
    return bare.split(";") if bare is not None else []


def _without_quotes(header: str) -> str | None:
    """Return a header without its quotes and comments, in whose place stands no word; None if one doesn't end."""
    kept, depth, is_quoted, is_escaped = [], 0, False, False
    for character in header:
        if is_escaped:
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif is_quoted or (character == '"' and not depth):
            is_quoted ^= character == '"'
            kept.append("?" if character == '"' else "")
        elif character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            kept.append(" ")
        elif not depth:
            kept.append(character)
    return None if depth or is_quoted or is_escaped else "".join(kept)
