"""Followers from before the notices get those that are on by default."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["open.balance.source"].with_context(active_test=False).search([])._subscribe_to_notices()
