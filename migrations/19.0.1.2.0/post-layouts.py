"""Sources from before get the layouts of the list that was applied last: it was looked at by who applied it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["open.balance.source"].with_context(active_test=False).search([])._keep_last_layouts()
