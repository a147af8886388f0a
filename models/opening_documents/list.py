"""The kind of lists of opening documents: what they hold is created, with payments of what was paid of it."""

from odoo import api, models
from odoo.exceptions import UserError

from ...engine import PAYMENT_TYPES, is_opening_list, read_opening


class OpenBalanceListOpening(models.AbstractModel):
    """Lists of opening documents. Each adds documents, none says what is open today: they are of any date."""

    _name = "open.balance.list.opening"
    _description = "List of Opening Documents"
    _inherit = "open.balance.list"

    _tells_what_is_open = False
    _is_known_by_columns = True
    _known_issue = "list_of_opening"
    _booking_actions = ("create",)
    _totals_template = "account_open_balance.opening_totals"

    @api.model
    def _is_mine(self, name, data):
        return is_opening_list(data, name)

    @api.model
    def _read(self, data, name, options):
        return read_opening(data, name, options)

    @api.model
    def _join_pages(self, results):
        return results

    @api.model
    def _plan(self, run, results, assigned):
        return run._plan_opening(results, assigned)

    @api.model
    def _fails_by_itself(self, line):
        return not (line.partner_id or line.new_partner) or bool(line.tax_amount and not line.tax_id)

    # === BOOKING === #

    @api.model
    def _check_start(self, run):
        """What is booked was shown with the source's settings; and not in a journal from which documents are sent."""
        now = run._get_opening_settings()
        if any(now.get(name) != value for name, value in (run.opening_settings or {}).items()):
            raise UserError(
                self.env._(
                    "The settings of %(name)s were changed since the preview of %(run)s. Plan again first.",
                    name=run.source_id.name,
                    run=run.name,
                )
            )
        if run.source_id.opening_form == "document":
            (run.source_id.opening_sale_journal_id | run.source_id.opening_purchase_journal_id)._check_no_formats()

    @api.model
    def _get_keys_to_book(self, run):
        """A document that is still to be created is known by its number in the run."""
        groups = self.env["open.balance.import.line"]._read_group(
            [("import_id", "=", run.id), ("state", "=", "planned"), ("action", "=", "create")], ["document_index"]
        )
        return sorted(index for (index,) in groups)

    @api.model
    def _group_lines_to_book(self, run, keys):
        lines = run._search_lines("planned", action=["create"], document_index=keys)
        return list(lines.grouped("document_index").values())

    @api.model
    def _prepare_to_book(self, run, keys):
        run._lock_opening_journals(keys)

    @api.model
    def _apply_groups(self, run, groups):
        Line = self.env["open.balance.import.line"]
        fresh = run._filter_fresh_opening(groups)
        Line.union(*fresh)._apply_new_partners()
        run._apply_opening_documents([group for group in fresh if group[0].document_type not in PAYMENT_TYPES])
        run._apply_unallocated([group for group in fresh if group[0].document_type in PAYMENT_TYPES])
        Line.union(*fresh)._note({"state": "done", "result": False})

    @api.model
    def _get_payment_vals(self, lines):
        """An entry doesn't tell whose it is; of instalments only those that were paid count."""
        run, first = lines.import_id, lines[0]
        paid = [date for date, (*_amounts, part) in lines._get_due_parts().items() if part]
        vals = {
            "partner_type": "supplier" if first.kind == "payable" else "customer",
            "date": run._get_opening_payment_date(first.date, max(paid)),
        }
        if first.number:
            vals["memo"] = self.env._("%(document)s, %(run)s", document=first.number, run=run.name)
        return vals

    @api.model
    def _apply_rest(self, run):
        if run.source_id.opening_allocate:
            run._apply_allocation()

    # === UNDO === #

    @api.model
    def _count_to_undo(self, run):
        lines = run._search_lines("done", action=["create"])
        return len(lines.move_id) + len(lines.payment_id)

    @api.model
    def _get_keys_to_undo(self, run):
        """The ids of each document's lines. Money first: what the run allocated of it to a document is open again
        before the document goes."""
        lines = run._search_lines("done", action=["create"], result=[False])
        lines.fetch(["document_type", "move_id", "payment_id"])
        documents = lines._get_document_lines()
        groups = [line.ids for line in lines - documents if line.payment_id]
        return groups + [of_document.ids for of_document in documents.grouped("move_id").values()]

    @api.model
    def _get_lines_to_undo(self, run, keys):
        return self.env["open.balance.import.line"].browse([line_id for ids in keys for line_id in ids])

    @api.model
    def _apply_undo(self, lines):
        created = lines._get_document_lines()
        (lines - created)._apply_undo_payments()
        if created:
            created._apply_undo_documents()

    @api.model
    def _set_reopened(self, lines, run):
        """A document that a line created stands, only its payment is gone."""
        created = lines._get_document_lines()
        for line in created:
            line._note({"payment_id": False, "reopened_payment_id": line.payment_id.id})
        (lines - created)._set_reopened(run)

    @api.model
    def _count_undone(self, run):
        """Documents are counted as well; the three buckets hold both."""
        payments = super()._count_undone(run)
        undone = run._search_lines("undone")._get_document_lines().move_id
        cancelled = undone.filtered(lambda move: move.state == "cancel")
        kept = run._search_lines("done", action=["create"])._get_document_lines().move_id
        documents = {"undone": len(cancelled), "reversed": len(undone - cancelled), "kept": len(kept)}
        return {
            **{bucket: documents[bucket] + payments[bucket] for bucket in payments},
            **{f"documents_{bucket}": count for bucket, count in documents.items()},
        }

    # === WHAT IS SAID AND SHOWN === #

    @api.model
    def _get_apply_sentence(self, run):
        rows = (run.totals or {}).get("documents", ())
        documents = [row for row in rows if row["type"] not in PAYMENT_TYPES]
        return self.env._(
            "Apply creates %(documents)s documents%(amounts)s, %(payments)s payments for what was paid of them and "
            "%(unallocated)s unallocated payments. %(existing)s rows exist already and are skipped, %(review)s are "
            "left for you to review.",
            documents=sum(row["count"] for row in documents),
            amounts=run._format_sums(documents),
            payments=sum(row["payments"] for row in documents),
            unallocated=sum(row["count"] for row in rows if row["type"] in PAYMENT_TYPES),
            existing=run.summary["skip"]["count"],
            review=run.review_count,
        )

    @api.model
    def _get_done_sentence(self, run):
        return self.env._(
            "%(documents)s documents and %(payments)s payments were created. %(existing)s rows existed already, "
            "%(failed)s lines failed, %(review)s were left for review.",
            documents=run.document_count,
            payments=run.payment_count,
            existing=run.summary["skip"]["count"],
            failed=run.failed_count,
            review=run.review_count,
        )

    @api.model
    def _get_undo_sentence(self, run):
        """How many documents, too, and what became of new partners."""
        result = run.undo_result or {}
        values = {}
        for bucket in ("undone", "reversed", "kept"):
            values[f"documents_{bucket}"] = result.get(f"documents_{bucket}", 0)
            values[f"payments_{bucket}"] = result.get(bucket, 0) - values[f"documents_{bucket}"]
        sentence = self.env._(
            "%(documents_undone)s documents and %(payments_undone)s payments were undone, %(documents_reversed)s "
            "documents and %(payments_reversed)s payments were reversed, %(documents_kept)s documents and "
            "%(payments_kept)s payments were kept.",
            **values,
        )
        partners = run._get_new_partners()
        if not partners:
            return sentence
        return self.env._("%(sentence)s The %(count)s new partners stay.", sentence=sentence, count=len(partners))

    @api.model
    def _get_document_domain(self):
        return [("action", "=", "create"), ("move_id", "!=", False)]

    @api.model
    def _download_template(self, source):
        return source.action_download_opening_template()

    @api.model
    def _write_corrections(self, run):
        return run._write_opening_corrections()
