"""Transfers from before counted as booked in the accounting package from their date on."""


def migrate(cr, version):
    cr.execute("""
        UPDATE open_balance_transfer t
           SET state = CASE WHEN has_documents THEN 'confirmed' ELSE 'draft' END,
               confirmed_on = CASE WHEN has_documents THEN date END
          FROM (SELECT o.id, EXISTS (SELECT 1 FROM account_move m WHERE m.open_balance_transfer_id = o.id) has_documents
                  FROM open_balance_transfer o) AS found
         WHERE found.id = t.id AND t.state = 'open'
    """)
