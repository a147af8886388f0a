"""What is set on a source whose lists come by themselves."""

import os

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import config

from odoo.addons.base.models.res_partner import _tz_get

from .. import open_balance_source  # noqa: F401  # extended here
from .place import FolderPlace, PlaceError, StoragePlace, split_folder

OPTION = "open_balance_folder"
# Bytes of a list; what is larger is none.
LARGEST = 64 << 20
PATTERN = "*.csv *.tsv *.txt *.xls *.xlsx *.xlsm *.ods *.xml"


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    responsible_id = fields.Many2one(
        "res.users",
        copy=False,
        tracking=True,
        domain=[("share", "=", False)],
        help="Lists that are fetched are imported in the name and with the rights of this person, who has an activity "
        "when one of them wants somebody.",
    )
    fetch_from = fields.Selection(
        lambda self: self._selection_fetch_from(),
        "Fetch lists from",
        copy=False,
        tracking=True,
        help="Where new lists are looked for. A folder of the server can be chosen if its configuration says below "
        "which one (open_balance_folder), a storage if the module fs_storage is installed.",
    )
    fetch_folder = fields.Char(
        "Folder", copy=False, tracking=True, help="Below the place from which lists are fetched, as in: ledger/debtors"
    )
    fetch_storage = fields.Char("Storage", copy=False, tracking=True, help="Code of the storage.")
    fetch_pattern = fields.Char(
        "Files", default=PATTERN, help="Which files are lists: patterns with * and ?, separated by spaces."
    )
    fetch_every = fields.Integer("Look every", default=60, help="Minutes between two looks.")
    fetch_after = fields.Selection(
        [
            ("move", "Move it to done or failed"),
            ("keep", "Leave it"),
            ("delete", "Delete it, unless it could not be read"),
        ],
        string="Afterwards",
        required=True,
        default="move",
        help="What becomes of a file that was taken: folders done and failed are made beside it.",
    )
    tz = fields.Selection(
        _tz_get,
        "Time Zone",
        help="Where the lists are made. Empty = that of the responsible person, else of the company, else UTC.",
    )
    date_rule = fields.Selection(
        [("file_day", "The day of the file"), ("day_before", "The day before: it is made after midnight")],
        string="A list without a date is of",
        required=True,
        default="file_day",
        help="The day on which a fetched file was made, in the time zone of the source. A date in the list or in the "
        "file's name counts more.",
    )
    can_fetch = fields.Boolean(
        compute="_compute_can_fetch", help="This server has places from which lists are fetched."
    )
    fetch_next = fields.Datetime("Next Look", readonly=True, copy=False)
    fetch_errors = fields.Integer("Looks in Vain", readonly=True, copy=False)
    fetch_error = fields.Char("Not Reached", readonly=True, copy=False)
    fetched_ids = fields.One2many("open.balance.fetched.file", "source_id", "Fetched Files")

    _fetch_every_positive = models.Constraint("CHECK(fetch_every > 0)", "There is a minute at least between two looks.")

    @api.model
    def _selection_fetch_from(self):
        """The places that this server has."""
        places = [("folder", self.env._("A folder of the server"))] if config.get(OPTION) else []
        if "fs.storage" in self.env:
            places.append(("storage", self.env._("A storage")))
        return places

    def _compute_can_fetch(self):
        self.can_fetch = bool(self._selection_fetch_from())

    @api.constrains("responsible_id", "company_id", "fetch_from")
    def _check_responsible(self):
        for source in self:
            if source.fetch_from and not source.responsible_id:
                raise ValidationError(
                    self.env._(
                        "Say who is responsible for %(name)s: its lists are imported in that person's name.",
                        name=source.name,
                    )
                )
            if source.responsible_id and (refusal := source._get_refusal()):
                raise ValidationError(refusal)

    @api.constrains("fetch_from", "fetch_folder", "company_id")
    def _check_fetch_folder(self):
        for source in self.filtered("fetch_from"):
            try:
                parts = split_folder(source.fetch_folder or "")
                if source.fetch_from == "folder":
                    source._get_place().find()
            except PlaceError as error:
                raise ValidationError(
                    self.env._(
                        "“%(folder)s” is no folder below the one that the server allows, or it cannot be entered. "
                        "Neither “..” nor a link leads to it. (%(error)s)",
                        folder=source.fetch_folder or "",
                        error=error,
                    )
                ) from error
            source._check_folder_of_company(parts)

    def _check_folder_of_company(self, parts: list[str]):
        """Raise when sources of another company fetch from the same folder: its lists are that company's."""
        # By sudo: the user may not enter the other company, and is not told which one it is.
        others = (
            self.sudo()
            .with_context(active_test=False)
            .search([("fetch_from", "=", self.fetch_from), ("company_id", "!=", self.company_id.id)])
        )
        for other in others:
            if self.fetch_from == "storage" and other.fetch_storage != self.fetch_storage:
                continue
            theirs = split_folder(other.fetch_folder or "")
            shorter = min(len(parts), len(theirs))
            if parts[:shorter] == theirs[:shorter]:
                raise ValidationError(self.env._("Lists of another company are fetched from there."))

    @api.constrains("fetch_from", "fetch_storage")
    def _check_fetch_storage(self):
        for source in self.filtered(lambda source: source.fetch_from == "storage"):
            if "fs.storage" not in self.env or not source.fetch_storage:
                raise ValidationError(self.env._("Enter the code of the storage from which lists are fetched."))
            # Storages hold more than lists: only who may see one lets lists be fetched from it.
            self.env["fs.storage"].sudo(False).check_access("read")  # constraints are checked by sudo
            if not self.env["fs.storage"].get_by_code(source.fetch_storage):
                raise ValidationError(
                    self.env._("There is no storage with the code “%(code)s”.", code=source.fetch_storage)
                )

    def _get_place(self):
        """Where the source's lists lie.

        :raise PlaceError: if this server has no such place
        """
        self.ensure_one()
        folder = self.fetch_folder or ""
        if self.fetch_from == "folder" and (root := config.get(OPTION)):
            if not os.path.isabs(root):
                raise PlaceError(self.env._("%(option)s in the server's configuration is no full path.", option=OPTION))
            return FolderPlace(root, folder)
        if self.fetch_from == "storage" and "fs.storage" in self.env:
            # By sudo: storages are the administrator's, who has chosen this one.
            storages = self.env["fs.storage"].sudo()
            return StoragePlace(lambda: storages.get_by_code(self.fetch_storage).fs, folder)
        raise PlaceError(self.env._("This server has no place of that kind any more."))

    def _get_refusal(self) -> str:
        """Why lists are not imported in the name of the responsible person, or ""."""
        # By sudo: not everybody who sets up a source may read the other's rights.
        return self.sudo().responsible_id._get_open_balance_refusal(self.company_id)
