"""Which source a list is of, where nobody says it: by its layout and its heading, never because it was used last."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...engine import Issue, ReadOptions, find_head, heads_of


class OpenBalanceSource(models.Model):
    _inherit = "open.balance.source"

    @api.model
    def _get_candidates(self, company, per=""):
        """The sources that a company's lists of a kind can be of; made when there is none yet.

        A kind of list that is known by its columns has sources of its own: nothing becomes one because nobody said
        what it is.

        :param per: the kind of list, if it is known
        """
        if not self.env.su and company not in self.env.user.company_ids:
            raise AccessError(self.env._("You may not import lists of this company."))
        Kinds = self.env["open.balance.list"]
        is_own = bool(per) and Kinds._of(per)._is_known_by_columns
        pers = [per] if is_own else Kinds._get_pers(_is_known_by_columns=False)
        sources = self.search([("company_id", "parent_of", company.id), ("per", "in", pers)])
        # Sources are the manager's, but the first run of a company must work for an invoicing user too.
        return sources or self.sudo()._create_missing(company, pers).sudo(False)

    @api.model
    def _find(self, company, files, per="") -> tuple:
        """The source of files for which nobody named one, and whether it is sure.

        It is the one whose confirmed layout they have, or whose text their heading shows. Without any confirmed layout
        lists are taken for the first source: a person looks at all of them.

        :param list[tuple[str, str]] files: name and base64 content of each file
        :param str per: the kind of list, if it is known
        """
        sources = self._get_candidates(company, per)
        heads = [heads_of(base64.b64decode(content or b""), ReadOptions()) for _name, content in files]
        found = sources.filtered(lambda source: source._has_layout_of(heads))
        found = (found or sources).filtered(lambda source: source._is_named_in(heads)) or found
        if len(found) == 1 or len(sources) == 1:
            return found[:1] or sources, True
        return (found or sources)[:1], not (found or sources.layout_ids)

    def _has_layout_of(self, heads) -> bool:
        """Whether each of some files has the header of one of the source's confirmed layouts.

        :param list heads: what may be the header of each file
        """
        known = [layout._get_layout() for layout in self.layout_ids]
        return bool(heads) and all(any(find_head(rows, layout) for layout in known) for rows in heads)

    def _is_named_in(self, heads) -> bool:
        """Whether the first rows of each file show the source's text.

        :param list heads: what may be the header of each file
        """
        text = (self.company_text or "").casefold()
        lines = [[" ".join(texts).casefold() for _number, texts in rows] for rows in heads]
        return bool(text and lines) and all(any(text in line for line in of_file) for of_file in lines)


class OpenBalanceImport(models.Model):
    _inherit = "open.balance.import"

    is_source_unclear = fields.Boolean(
        readonly=True, copy=False, help="Nobody named the source, and the list may be of several."
    )

    @api.model
    def _find_source(self, files, per=False) -> tuple:
        """The source of a run for which nobody named one, and whether it is sure.

        :param list[tuple[str, str]] files: name and base64 content of each file
        :param str per: what the files were said to be, if anything was said
        """
        per = per or self.env["open.balance.list"]._find_per(files)
        return self.env["open.balance.source"]._find(self.env.company, files, per)

    def _check_source(self) -> list[Issue]:
        """Ask which source a list is of that may be of several."""
        if not self.is_source_unclear:
            return []
        sources = self.source_id._get_candidates(self.company_id, self.per)
        values = {"source": self.source_id.name, "sources": tuple(sources.mapped("name"))}
        return [Issue("stop", "source_unclear", values)]
