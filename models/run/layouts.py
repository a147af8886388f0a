"""A list is read as a person has confirmed lists of its source; one that comes otherwise is shown to a person."""

from dataclasses import replace

from odoo import api, fields, models

from ...engine import (
    Issue,
    ListLayout,
    ReadOptions,
    ReadResult,
    compare_layouts,
    find_head,
    heads_of,
    layout_of,
    nearest,
    roles_of,
)

# Questions on columns that a confirmed layout answers.
ANSWERED = frozenset({"number_unknown", "column_unclear"})


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    is_new_layout = fields.Boolean(compute="_compute_is_new_layout")

    @api.depends("state", "file_ids.layout_id", "file_ids.column_ids")
    def _compute_is_new_layout(self):
        for run in self:
            new = run.file_ids.filtered(lambda file: file.column_ids and not file.layout_id)
            run.is_new_layout = bool(new) and not run.is_corrections

    def _check_layouts(self, results) -> list[Issue]:
        """Keep which confirmed layout each file has; one that has none of its source's is a guard. Of a source that has
        no layout yet, lists are applied by nobody but a person."""
        if self.is_corrections:
            return []
        issues = [self._check_layout(file, layout_of(result.detected)) for file, result in results]
        return [issue for issue in issues if issue]

    def _check_layout(self, file, found) -> Issue | None:
        """Say that a file has not the layout of its source's lists; a source without layouts has it confirmed first.

        :param found: its ``ListLayout``, None = it needs none
        """
        layouts = self.source_id.layout_ids
        known = [layout._get_layout() for layout in layouts]
        changes = [compare_layouts(layout, found) for layout in known] if found else []
        fitting = layouts.browse([layout.id for layout, change in zip(layouts, changes, strict=False) if not change])
        file._note({"layout_id": fitting[:1].id})
        if not found or fitting or not layouts:
            return None
        at = nearest(known, found)
        return self._tell_change(file, layouts[at], changes[at])

    @api.model
    def _tell_change(self, file, layout, change) -> Issue | None:
        """Say what a file has otherwise than a layout, but for what a person says of this very list.

        :param change: its ``LayoutChange``
        """
        said = {column.name for column in file.column_ids if column.field != column.detected}
        change = replace(change, roles=tuple(text for text in change.roles if text not in said))
        if not change:
            return None
        parts = {name: texts for name in change.__slots__ if (texts := getattr(change, name))}
        values = {"user": layout.confirmed_by_id.name, "date": layout.confirmed_on.date(), **parts}
        return Issue("stop", "layout_changed", values, file=file.name)

    def _leave_out_confirmed(self, issues) -> list[Issue]:
        """Leave out what a person has answered by applying a list with the same layout: what a column is."""
        confirmed = set(self.file_ids.filtered("layout_id").mapped("name"))
        return [issue for issue in issues if issue.file not in confirmed or not self._is_about_a_column(issue)]

    @api.model
    def _is_about_a_column(self, issue: Issue) -> bool:
        """Whether a problem asks what a column is; where nothing agrees with the books any more, it is asked again."""
        return issue.code in ANSWERED or (issue.code == "rival_column" and issue.values["before"] > 0)

    def _tell_new_layout(self):
        """Say why the run was not applied by itself: nobody has applied a list like it yet."""
        new = self.file_ids.filtered(lambda file: file.column_ids and not file.layout_id)
        vals_list = [
            self.env["open.balance.import.problem"]._prepare_vals(Issue("warning", "layout_new", {}, file=file.name))
            for file in new
        ]
        # By sudo: problems are no user's to write.
        self.env["open.balance.import.problem"].sudo().create([{**vals, "import_id": self.id} for vals in vals_list])

    def _confirm_layouts(self):
        """Keep the layouts that a person has just applied, and for known ones that they were seen again."""
        # By sudo: who may import may confirm a layout by applying it, and not write one.
        Layout = self.env["open.balance.source.layout"].sudo()
        for file in self.file_ids.filtered("layout"):
            if not file.layout_id and not self.is_corrections:
                file._note({"layout_id": Layout.create(self._prepare_layout_vals(file)).id})
        self._keep_layouts()

    def _keep_layouts(self):
        """Note on the layouts that this run has them."""
        # By sudo: see above.
        self.file_ids.layout_id.sudo()._note({"import_id": self.id})

    def _prepare_layout_vals(self, file) -> dict:
        """Values of the layout of a file of this run."""
        return {
            **file.layout,
            "source_id": self.source_id.id,
            "import_id": self.id,
            "confirmed_by_id": self.env.uid,
            "confirmed_on": fields.Datetime.now(),
        }


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    def _keep_last_layouts(self):
        """Keep the layouts of the last applied runs of sources that have none, as confirmed by who applied them."""
        Layout = self.env["open.balance.source.layout"]
        for source in self.filtered(lambda source: not source.layout_ids):
            runs = source.import_ids.filtered(lambda run: run.state == "done" and not run.is_corrections)
            last = max(runs, key=lambda run: run._get_order(), default=runs)
            for file in last.file_ids.filtered("column_ids"):
                vals = {
                    **Layout._prepare_vals(file._get_stored_layout()),
                    "source_id": source.id,
                    "import_id": last.id,
                    "confirmed_by_id": (last.applied_by_id or last.create_uid).id,
                    "confirmed_on": last.applied_on or last.write_date,
                }
                file._note({"layout_id": Layout.create(vals).id})


class OpenBalanceImportFile(models.Model):
    _inherit = "open.balance.import.file"

    layout_id = fields.Many2one(
        "open.balance.source.layout", "Confirmed layout", readonly=True, copy=False, index=True, ondelete="set null"
    )
    layout = fields.Json(readonly=True, copy=False, help="How the file is laid out: values of a layout of its source.")

    def _read_as_confirmed(self, data: bytes, options: ReadOptions) -> ReadResult:
        """Read the file; columns that were taken for something else than in a confirmed layout with the same header are
        what a person has confirmed."""
        list_ = self.import_id._get_list()
        result = list_._read(data, self.name, options)
        confirmed = self._get_confirmed_options(data, options, result)
        return result if confirmed == options else list_._read(data, self.name, confirmed)

    def _get_confirmed_options(self, data: bytes, options: ReadOptions, result: ReadResult) -> ReadOptions:
        """The options by which a file is read as a layout with its header was confirmed; what a person has said of this
        file counts more."""
        layouts = [layout._get_layout() for layout in self.import_id.source_id.layout_ids]
        found = layout_of(result.detected)
        if not found and result.failed and layouts:
            heads = heads_of(data, options)
            head = next(filter(None, (find_head(heads, layout) for layout in layouts)), None)
            return replace(options, header_row=head[0], columns={**head[1], **options.columns}) if head else options
        changed = [roles_of(layout, found) for layout in layouts if found and layout.keys == found.keys]
        if not changed or not all(changed):
            return options
        return replace(options, columns={**changed[0], **options.columns})

    def _get_stored_layout(self) -> ListLayout:
        """The layout of a file that was read before layouts were kept."""
        return ListLayout(
            tuple((column.name or "", column.field or "") for column in self.column_ids),
            self.sheet or "",
            self.decimal_mark or "",
            self.date_order or "",
            tuple((self.preamble or "").splitlines()),
        )

    def _note_layout(self, detected):
        """Keep how the file is laid out."""
        found = layout_of(detected)
        self._note({"layout": self.env["open.balance.source.layout"]._prepare_vals(found) if found else False})
