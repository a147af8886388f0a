"""Databases from before hold the record rules as never to be updated: from now on upgrades restore them."""


def migrate(cr, version):
    cr.execute("UPDATE ir_model_data SET noupdate = FALSE WHERE module = 'account_open_balance' AND model = 'ir.rule'")
