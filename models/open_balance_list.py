"""The contract of a kind of list: all that a run asks of it. The run knows no kind; it asks ``_get_list()`` once.

A kind is an abstract model of its own that extends ``open.balance.list``; ``docs/extending.md`` says how one is added.
"""

import base64

from odoo import api, models

from ..engine import Issue, ReadOptions, ReadResult, Witness, join_pages

# The model of lists of open items has the engine's word for them, the database an older one.
MODEL_NAMES = {"invoice": "item"}


class OpenBalanceList(models.AbstractModel):
    """A kind of list. Nothing is stored: each method is told the run, which is one record unless said otherwise."""

    _name = "open.balance.list"
    _description = "Kind of List"

    _tells_open_items = False
    """Its rows are open items, which external items and partners' balances are made of."""
    _tells_what_is_open = True
    """It is true for its date: a list that is older than the last one is past."""
    _is_known_by_columns = False
    """Its files are known by their columns. It has a source of its own then, and is applied by nobody but a person
    unless its source was named."""
    _known_issue = ""
    """Code of the guard that says so in a run of another kind."""
    _booking_actions = ()
    """Actions of lines that stand for documents, which are booked and undone document by document."""
    _totals_template = "account_open_balance.import_totals"
    """The template that shows the run's totals."""

    # === THE KINDS === #

    @api.model
    def _of(self, per: str):
        """The kind of list that a value of ``per`` stands for.

        :rtype: open.balance.list
        """
        return self.env[f"open.balance.list.{MODEL_NAMES.get(per, per)}"]

    @api.model
    def _get_pers(self, **attributes) -> list[str]:
        """The values of ``per`` whose kinds have some attributes, in their order.

        :param attributes: attribute of the contract -> its value
        """
        pers = self.env["open.balance.source"]._fields["per"].get_values(self.env)
        return [per for per in pers if all(getattr(self._of(per), name) == want for name, want in attributes.items())]

    @api.model
    def _find_per(self, files) -> str:
        """The kind whose columns one of the files has, "" if they are known as none.

        :param list[tuple[str, str | bytes]] files: name and base64 content of each file
        """
        decoded = [(name, base64.b64decode(content or b"")) for name, content in files]
        pers = self._get_pers(_is_known_by_columns=True)
        return next((per for per in pers if any(self._of(per)._is_mine(*file) for file in decoded)), "")

    @api.model
    def _is_mine(self, name: str, data: bytes) -> bool:
        """Whether a file has the columns that only this kind has; see ``_is_known_by_columns``."""
        return False

    # === FROM FILES TO A PLAN === #

    @api.model
    def _get_witness(self, run) -> Witness | None:
        """What the books say to find and to check what the columns of the run's files are; None = they aren't asked."""
        return None

    @api.model
    def _read(self, data: bytes, name: str, options: ReadOptions) -> ReadResult:
        """Read one file; never raises."""
        raise NotImplementedError

    @api.model
    def _join_pages(self, results) -> list[ReadResult]:
        """Judge the results of all files of a run together."""
        return join_pages(results)

    @api.model
    def _plan(self, run, results, assigned) -> list[Issue]:
        """Plan what was read, and store the plan as the run's lines. Books nothing.

        :param results: file and ``ReadResult`` of each file
        :param dict assigned: what a person said of a row, by file and row
        :return: what is in the plan's way
        """
        raise NotImplementedError

    @api.model
    def _fails_by_itself(self, line) -> bool:
        """Whether what a line needs was deleted or has changed since the preview, so that it books nothing."""
        return False

    # === BOOKING === #

    @api.model
    def _check_start(self, run):
        """Raise when a planned run may not be started after all."""

    @api.model
    def _get_keys_to_book(self, run) -> list[int]:
        """What stands for the documents that are still to be booked, in the order of the lines.

        Each document is booked wholly or not at all.
        """
        return []

    @api.model
    def _group_lines_to_book(self, run, keys) -> list:
        """The planned lines of each of some documents.

        :param keys: some of :meth:`_get_keys_to_book`
        """
        return []

    @api.model
    def _prepare_to_book(self, run, keys):
        """Make and lock what the documents need besides themselves; who holds it is no fault of a document.

        :param keys: some of :meth:`_get_keys_to_book`
        """

    @api.model
    def _apply_groups(self, run, groups):
        """Book documents, each as planned for its lines.

        :param list groups: lines by document
        """
        raise NotImplementedError

    @api.model
    def _get_payment_vals(self, lines) -> dict:
        """What is particular in the values of the payment of one document's lines."""
        return {}

    @api.model
    def _apply_rest(self, run):
        """Book what is no document, when all documents are through."""

    @api.model
    def _apply_figures(self, run):
        """Keep what the list says of each partner, when all lines are through."""

    # === UNDO === #

    @api.model
    def _count_to_undo(self, run) -> int:
        """How much Undo has to take back: what decides whether it is done at once."""
        return run.payment_count

    @api.model
    def _get_keys_to_undo(self, run) -> list:
        """What stands for the documents whose bookings are still to be undone, in the order of undoing.

        What is kept has said why, and is not tried again.
        """
        lines = run._search_lines("done", action=self._booking_actions, result=[False])
        lines.fetch(["move_id"])
        return lines.move_id.ids

    @api.model
    def _get_lines_to_undo(self, run, keys):
        """The lines of some documents, each document's together.

        :param keys: some of :meth:`_get_keys_to_undo`
        :rtype: open.balance.import.line
        """
        return run._search_lines("done", move_id=keys)

    @api.model
    def _apply_undo(self, lines):
        """Take back what some lines booked; what is kept says why."""
        lines._apply_undo_payments()

    @api.model
    def _apply_undo_rest(self, run):
        """Take back what was no document, when all documents are through."""

    @api.model
    def _set_reopened(self, lines, run):
        """Note that a later run has taken back the payments that these lines booked."""
        lines._set_reopened(run)

    @api.model
    def _count_undone(self, run) -> dict[str, int]:
        """Number of payments ``undone`` (cancelled), ``reversed`` and ``kept``."""
        undone = run._search_lines("undone").payment_id
        cancelled = undone.filtered(lambda payment: payment.state == "canceled")
        kept = run._search_lines("done").payment_id
        return {"undone": len(cancelled), "reversed": len(undone - cancelled), "kept": len(kept)}

    # === WHAT IS SAID AND SHOWN === #

    @api.model
    def _get_apply_sentence(self, run) -> str:
        """What Apply will do."""
        raise NotImplementedError

    @api.model
    def _get_done_sentence(self, run) -> str:
        """What an applied run did."""
        return self.env._(
            "%(payments)s payments were booked. %(failed)s lines failed, %(review)s were left for review.",
            payments=run.payment_count,
            failed=run.failed_count,
            review=run.review_count,
        )

    @api.model
    def _get_agreement_sentence(self, run) -> str:
        """How far what was read agrees with the books, "" if they weren't asked."""
        return ""

    @api.model
    def _get_undo_sentence(self, run) -> str:
        """How many payments Undo took back, and how."""
        result = run.undo_result or {}
        return self.env._(
            "%(undone)s payments were undone, %(reversed)s were reversed, %(kept)s were kept.",
            undone=result.get("undone", 0),
            reversed=result.get("reversed", 0),
            kept=result.get("kept", 0),
        )

    @api.model
    def _get_document_domain(self) -> list:
        """The lines whose documents the run is said to have changed."""
        return [("payment_id", "!=", False)]

    @api.model
    def _download_template(self, source) -> dict:
        """Action that downloads a list to fill in."""
        return self.env["open.balance.import"]._get_download(source, "template_file", f"{source.name} open items.xlsx")

    @api.model
    def _write_corrections(self, run) -> bytes:
        """Workbook (base64) of the lines that want a person, to be corrected and read again."""
        return run._write_corrections()
