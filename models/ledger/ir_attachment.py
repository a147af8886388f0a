from odoo import api, models


class IrAttachment(models.Model):
    """The bytes of a run's files are attachments: what holds for the files holds for them, too."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_open_balance_files()
        if not self.env.su:
            attachments._get_open_balance_files()._renew_content()
        return attachments

    def write(self, vals):
        self._check_open_balance_files()
        before = self._get_open_balance_files()
        result = super().write(vals)
        self._check_open_balance_files()
        (before | self._get_open_balance_files())._renew_content()
        return result

    def unlink(self):
        self._check_open_balance_files()
        files = self._get_open_balance_files()
        result = super().unlink()
        files._renew_content()
        return result

    def _get_open_balance_files(self):
        """The files of runs that have not started of which these are attachments.

        :rtype: open.balance.import.file
        """
        # By sudo: an attachment says what it belongs to, whoever may read that.
        ids = [
            attachment.res_id
            for attachment in self.sudo()
            if attachment.res_model == "open.balance.import.file" and attachment.res_id
        ]
        files = self.env["open.balance.import.file"].browse(ids).exists() if ids else None
        return files or self.env["open.balance.import.file"]

    def _check_open_balance_files(self):
        """Raise when a client comes to the attachments of a run that has started, or that it may not write."""
        if not self.env.su:
            self._get_open_balance_files()._check_changeable()
