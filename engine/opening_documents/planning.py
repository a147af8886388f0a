"""From the rows of a list of opening documents to the documents that will be created of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from decimal import Decimal

from ..books.guards import date_problems
from ..errors import Issue
from ..items import Assignment, BookPartner, Plan
from ..values.cells import fits_sign
from ..values.money import ZERO
from .existing import Existing, Plain, number_form
from .items import (
    PAYMENT_TYPES,
    BookDocument,
    Directory,
    OpeningAction,
    OpeningActionType,
    OpeningPolicy,
    ReportedDocument,
)
from .lookup import Lookup, Records
from .money import Doubt, OpeningMoney
from .partners import Parties
from .rows import Claims, contradiction, doubles, group, repeats

_SHOWN = 5  # so many rows are told of several
_NO_RECORDS = Records()


def plan_opening(
    items: Sequence[ReportedDocument],
    books: Iterable[BookDocument],
    partners: Iterable[BookPartner],
    directory: Directory,
    policy: OpeningPolicy,
    assigned: Mapping[int, Assignment] | None = None,
) -> Plan[OpeningAction]:
    """Say what a list of opening documents creates. Nothing is written; the same input gives the same plan.

    :param items: all rows read, wrong ones too
    :param books: the documents and payments that the books have of the partners, to create none twice
    :param directory: what rows may name, and the rates on the documents' dates
    :param assigned: index of a row -> the partner that a person named
    :return: one action per row, in their order
    """
    return _Planner(items, books, partners, directory, policy, assigned or {}).plan()


class _Planner:
    """One run of :func:`plan_opening`."""

    def __init__(
        self,
        items: Sequence[ReportedDocument],
        books: Iterable[BookDocument],
        partners: Iterable[BookPartner],
        directory: Directory,
        policy: OpeningPolicy,
        assigned: Mapping[int, Assignment],
    ) -> None:
        """Find whom the rows mean, and which rows make one document."""
        company = policy.company_currency
        items = [replace(item, currency=None) if fits_sign(item.currency or "", company) else item for item in items]
        self._items = items
        self._policy = policy
        self._money = OpeningMoney(policy, directory)
        self._lookup = Lookup(directory, policy)
        self._amounts = [self._money.amounts(item) for item in items]
        self._currencies = [told.currency for told in self._amounts]
        self._clashes = self._money.clashes(items, self._amounts)
        self._parties = Parties(partners, policy).find_all(items, assigned)
        self._forms = [number_form(item.number) if item.number else "" for item in items]
        self._documents = group(items, self._parties, self._forms)
        self._claims = Claims(items, self._parties, self._forms)
        wanted = {party.partner_id for party in self._parties if party.partner_id}
        self._existing = Existing(books, wanted, self._forms, self._money.money)
        self._numbers = [0] * len(items)
        self._reviews: dict[int, Issue] = {}
        self._skips: dict[int, tuple[Issue, int]] = {}
        self._records: dict[int, Records] = {}
        self._company_totals = [ZERO] * len(items)
        self._taken: set[BookDocument] = set()
        self._beside: dict[int, tuple[str, ...]] = {}  # by number of the document

    def plan(self) -> Plan[OpeningAction]:
        """Judge the rows by themselves, then document by document."""
        for at in range(len(self._items)):
            self._judge_row(at)
        self._skip_repeats()
        plain = self._take_plain()
        for number, rows in enumerate(self._documents, 1):
            left = [at for at in rows if at not in self._skips]
            for at in left:
                self._numbers[at] = number
            if left:
                self._judge(left, plain.get(left[0]))
        self._find_drafts()
        actions = tuple(self._action(at) for at in range(len(self._items)))
        return Plan(actions, tuple(self._problems(actions)))

    # --- Rows by themselves

    def _judge_row(self, at: int) -> None:
        """Note what is wrong with a row whatever the books have: a fault, or nobody for sure as partner."""
        item, party = self._items[at], self._parties[at]
        if item.faults:
            fault = item.faults[0]
            values = {**fault.values, "file": item.file, "row": item.row, "column": fault.column, "text": fault.text}
            further = dict.fromkeys(other.column for other in item.faults if other.column not in ("", fault.column))
            if further:
                values["further"] = tuple(further)
            self._reviews[at] = replace(fault, level="warning", values=values)
        elif item.type is None:
            self._reviews[at] = self._reason("kind_unknown", at)
        elif party.code:
            self._reviews[at] = self._reason(party.code, at, **party.values)

    def _skip_repeats(self) -> None:
        """Note the rows that say what a row of an earlier file says already."""
        if len({item.file for item in self._items}) < 2:
            return
        owners: list[Hashable] = [
            (party.owner, currency) for party, currency in zip(self._parties, self._currencies, strict=True)
        ]
        rows = [at for at, item in enumerate(self._items) if not item.faults]
        for at, first in repeats(self._items, rows, owners).items():
            self._reviews.pop(at, None)
            self._skips[at] = (replace(self._other("item_repeated", at, first), level="info"), 0)

    def _take_plain(self) -> dict[int, BookDocument]:
        """Return row -> the document of the books, of rows that have no number."""
        wanted: list[tuple[int, Plain]] = []
        for at, item in enumerate(self._items):
            if item.number or item.type is None or item.date is None or at in self._reviews or at in self._skips:
                continue
            told, partner = self._amounts[at], self._parties[at].partner_id
            due_date = None if item.type in PAYMENT_TYPES else item.due_date
            if partner:
                wanted.append((at, Plain(partner, item.type, item.date, due_date, told.currency, told.total)))
        return self._existing.take_all(wanted)

    # --- Documents

    def _judge(self, rows: Sequence[int], plain: BookDocument | None) -> None:
        """Decide about a document: it exists, all of its rows are right, or all of them wait for a person."""
        wrong = {at: self._reviews[at] for at in rows if at in self._reviews}
        if not wrong:
            book = plain or self._find_book(rows)
            if book is not None:
                self._skip(rows, book)
                return
            claim = self._claims.find(rows)
            if claim is not None:
                wrong = {at: self._other("part_wrong", at, claim) for at in rows}
        wrong = wrong or self._compare(rows) or self._doubts(rows)
        if wrong:
            first = next(iter(wrong))
            for at in rows:
                self._reviews[at] = wrong.get(at) or self._other("part_wrong", at, first)

    def _find_book(self, rows: Sequence[int]) -> BookDocument | None:
        """Return the document of the books that has the number of these rows."""
        item, partner = self._items[rows[0]], self._parties[rows[0]].partner_id
        if item.type is None or not item.number or not partner:
            return None
        return self._existing.find(
            partner, item.type, self._forms[rows[0]], self._total(rows), self._currencies[rows[0]]
        )

    def _skip(self, rows: Sequence[int], book: BookDocument) -> None:
        """Note that a document exists, and whether its total or currency is another one."""
        self._taken.add(book)
        total, currency = self._total(rows), self._currencies[rows[0]]
        values: dict[str, object] = {"document": book.name, "booked": book.total, "reported": total}
        code = "document_exists_draft" if book.draft else "document_exists"
        if not self._existing.same(book, total, currency):
            code = "document_exists_differs"
        if book.currency != currency:
            values |= {"booked": f"{book.total:f} {book.currency}", "reported": f"{total:f} {currency}"}
        for at in rows:
            reason = self._reason(code, at, **values)
            self._skips[at] = (replace(reason, level="info") if code == "document_exists" else reason, book.id)

    def _compare(self, rows: Sequence[int]) -> dict[int, Issue]:
        """Return what is wrong with rows of one document side by side."""
        if len(rows) == 1:
            return {}
        odd = contradiction(self._items, rows, self._currencies)
        if odd is not None:
            values = {"said": odd.said, "said_earlier": odd.said_earlier}
            return {
                at: self._other("opening_rows_differ", at, odd.earlier if at == odd.row else odd.row, **values)
                for at in rows
            }
        found = doubles(self._items, rows)
        return {at: self._other("opening_row_repeated", at, other) for at, other in found.items()}

    def _doubts(self, rows: Sequence[int]) -> dict[int, Issue]:
        """Return what is wrong with each row of a document that is new, and note what its rows name and come to."""
        items = [self._items[at] for at in rows]
        totals, doubts = self._money.company_totals(items, [self._amounts[at] for at in rows])
        found: dict[int, Issue] = {}
        for place, at in enumerate(rows):
            self._company_totals[at] = totals[place]
            records = self._records[at] = self._lookup.find(items[place])
            doubt = doubts.get(place) or self._clash(at)
            reason = self._doubt(at, records)
            if reason is None and doubt is not None:
                reason = self._reason(doubt.code, at, **doubt.values)
            if reason is not None:
                found[at] = reason
        if len(rows) > 1 and not found:
            self._share(rows)
        return found

    def _doubt(self, at: int, records: Records) -> Issue | None:
        """Return what the books or the calendar have against a row, None if nothing."""
        item, told = self._items[at], self._amounts[at]
        if not self._money.is_known(told.currency):
            return self._reason("currency_unknown", at, currency=told.currency)
        if not told.total:
            return self._reason("amount_below_rounding", at, currency=told.currency)
        if self._money.has_more_decimals(item):
            return self._reason("decimals_beyond", at, currency=told.currency)
        if item.date is not None and item.date > self._policy.today:
            return self._reason("date_future", at, date=item.date)
        return self._reason(records.code, at, text=records.text) if records.code else None

    def _clash(self, at: int) -> Doubt | None:
        """Return that the list contradicts the rate which a row gives, None if it doesn't."""
        item = self._items[at]
        is_given = item.rate or item.company_total is not None
        return self._clashes.get((self._currencies[at], item.date)) if is_given else None

    def _share(self, rows: Sequence[int]) -> None:
        """Give all rows of a document the salesperson and payment terms that one of them names."""
        records = [self._records[at] for at in rows]
        salesperson = next((one.salesperson_id for one in records if one.salesperson_id), 0)
        terms = next((one.payment_term_id for one in records if one.payment_term_id), 0)
        for at, one in zip(rows, records, strict=True):
            self._records[at] = replace(one, salesperson_id=salesperson, payment_term_id=terms)

    def _total(self, rows: Sequence[int]) -> Decimal:
        """Return the total of a document."""
        return sum((self._amounts[at].total for at in rows), ZERO)

    # --- Results

    def _action(self, at: int) -> OpeningAction:
        """Return what will be done about a row."""
        item, party, told = self._items[at], self._parties[at], self._amounts[at]
        records = self._records.get(at, _NO_RECORDS)
        type_: OpeningActionType = "skip" if at in self._skips else "review" if at in self._reviews else "create"
        reason, book = self._skips.get(at) or (self._reviews.get(at) or self._created(at), 0)
        return OpeningAction(
            type=type_,
            reason=reason,
            item=at,
            document=self._numbers[at],
            document_type=item.type,
            partner_id=party.partner_id,
            new_partner=party.new_partner if type_ == "create" else "",
            currency=told.currency,
            total=told.total,
            tax=told.tax,
            open=told.open,
            paid=told.total - told.open,
            company_total=self._company_totals[at],
            tax_id=records.tax_id,
            analytic_id=records.analytic_id,
            salesperson_id=records.salesperson_id,
            payment_term_id=records.payment_term_id,
            book_id=book,
            suggestion=party.suggestion,
        )

    def _created(self, at: int) -> Issue:
        """Return what is said of a row that is created."""
        item, party, told = self._items[at], self._parties[at], self._amounts[at]
        values: dict[str, object] = {"total": told.total, "open": told.open, "paid": told.total - told.open}
        if party.new_partner:
            values["partner"] = party.texts.called
            return Issue("info", "opening_new_partner", values, item.file, item.row)
        drafts = self._beside.get(self._numbers[at])
        if drafts:
            return Issue("warning", "opening_beside_draft", {**values, "drafts": drafts}, item.file, item.row)
        return Issue("info", "opening_new", values, item.file, item.row)

    def _find_drafts(self) -> None:
        """Note what the drafts are called that a document may be, unless they are another one of the list."""
        for rows in self._documents:
            left = [at for at in rows if at not in self._skips]
            type_, partner = self._items[rows[0]].type, self._parties[rows[0]].partner_id
            if left and type_ is not None and partner:
                drafts = self._existing.drafts(partner, type_, self._total(left), self._currencies[left[0]])
                names = [next(iter(book.numbers), f"(* {book.id})") for book in drafts if book not in self._taken]
                self._beside[self._numbers[left[0]]] = tuple(names)

    def _reason(self, code: str, at: int, **values: object) -> Issue:
        """Return why a row waits for a person."""
        item = self._items[at]
        about = {"partner": self._parties[at].texts.called, "number": item.number or ""}
        return Issue("warning", code, {**about, **values}, item.file, item.row)

    def _other(self, code: str, at: int, other: int, **values: object) -> Issue:
        """Return a remark on a row that has to do with another row."""
        told = self._items[other]
        return self._reason(code, at, other_row=told.row, other_file=told.file, **values)

    # --- The list as a whole

    def _problems(self, actions: Sequence[OpeningAction]) -> Iterator[Issue]:
        """Yield what is in the way of the plan, or wants attention."""
        yield from date_problems(self._policy)
        if not self._items:
            yield Issue("stop", "empty_list")
        wrong = sum(action.type == "review" for action in actions)
        if wrong and self._policy.all_or_nothing:
            yield Issue("stop", "opening_rows_wrong", {"count": wrong})
        differing = {book for reason, book in self._skips.values() if reason.code == "document_exists_differs"}
        if differing:
            yield Issue("warning", "opening_exist_otherwise", {"count": len(differing)})
        yield from self._draft_problems(actions)
        created = [at for at, action in enumerate(actions) if action.type == "create"]
        late = {self._numbers[at] for at in created if self._is_late(self._items[at].date)}
        if late:
            yield Issue("warning", "opening_after_date", {"count": len(late), "date": self._policy.balance_date})
        yield from self._alike_problems(created)

    def _alike_problems(self, created: Sequence[int]) -> Iterator[Issue]:
        """Yield that rows which are created may be the same documents."""
        alike = self._alike(created)
        if alike:
            first = self._items[alike[0]]
            shown = ", ".join(str(self._items[at].row) for at in alike[:_SHOWN]) + (", …" if alike[_SHOWN:] else "")
            yield Issue("warning", "opening_alike", {"count": len(alike), "rows": shown}, first.file, first.row)

    def _draft_problems(self, actions: Sequence[OpeningAction]) -> Iterator[Issue]:
        """Yield how many documents are drafts, or may be one."""
        for code, problem in (
            ("document_exists_draft", "opening_exist_as_drafts"),
            ("opening_beside_draft", "opening_beside_drafts"),
        ):
            documents = {action.document for action in actions if action.reason.code == code}
            if documents:
                yield Issue("warning", problem, {"count": len(documents)})

    def _is_late(self, day: Date | None) -> bool:
        """Whether a document is dated after the opening date."""
        return day is not None and day > self._policy.balance_date

    def _alike(self, created: Sequence[int]) -> list[int]:
        """Return the rows without a number that look like another one of their file."""
        same: dict[Hashable, list[int]] = {}
        for at in created:
            item = self._items[at]
            if not item.number:
                about = (item.file, self._parties[at].owner, item.type, item.date, item.due_date)
                same.setdefault((about, self._amounts[at]), []).append(at)
        return sorted(at for rows in same.values() if len(rows) > 1 for at in rows)
