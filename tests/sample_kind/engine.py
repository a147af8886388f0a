"""The engine folder of the sample kind: what a row says, how a file is read, what is concluded from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...engine import Action, Assignment, BookPartner, Issue, Plan, ReadOptions, ReadResult, Reported


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedComment(Reported):
    """What a list says of one customer."""

    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAction(Action):
    """What will be done about one row. ``type``: "comment" = the partner's comment is set; "review"."""

    type: str
    comment: str


def read_comments(data: bytes, name: str, options: ReadOptions) -> ReadResult[ReportedComment]:
    """Read lines of a number and a comment: ``10001;Pays late``."""
    items, problems = [], []
    for row, line in enumerate(data.decode().splitlines(), 1):
        if not line:
            continue
        number, _sign, comment = line.partition(";")
        if comment:
            items.append(ReportedComment(partner_number=number, partner_name=None, row=row, file=name, comment=comment))
        else:
            problems.append(Issue("warning", "row_text", {}, name, row, text=line))
    return ReadResult(tuple(items), tuple(problems))


def plan_comments(
    items: Sequence[ReportedComment], partners: Sequence[BookPartner], assigned: Mapping[int, Assignment]
) -> Plan[CommentAction]:
    """Say which partner gets which comment; a number that nobody has waits for a person."""
    known = {partner.debtor_number: partner.id for partner in partners if partner.debtor_number}
    actions = []
    for at, item in enumerate(items):
        partner = assigned[at].partner_id if at in assigned else known.get(item.partner_number, 0)
        code = "confirmed" if partner else "partner_unknown"
        actions.append(
            CommentAction(
                type="comment" if partner else "review",
                reason=Issue("info", code, {"partner": item.partner_number, "number": ""}, item.file, item.row),
                item=at,
                partner_id=partner,
                comment=item.comment,
            )
        )
    return Plan(tuple(actions))
