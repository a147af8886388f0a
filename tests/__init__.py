from . import test_import_flow
from . import test_import_guards, test_import_absence, test_import_documents, test_import_ledger
from . import test_import_assigning, test_import_files, test_import_mail, test_import_waiting
from . import test_import_arguments
from . import test_partner_balance, test_partner_figures, test_partner_merge, test_partner_searches
from . import test_security, test_import_runs, test_import_unattended
from . import test_booking, test_booking_cents, test_booking_batch, test_booking_undo
from . import test_engine_matching, test_engine_likeness
from . import test_engine_planning, test_engine_instalments, test_engine_absence, test_engine_externals
from . import test_engine_random, test_engine_purity, test_engine_linear
from . import test_engine_mutations, test_engine_hostile, test_engine_packed
from . import test_ledgers, test_tours
from . import test_credit_check, test_engine_ledger
from . import test_engine_exact_xml, test_engine_patterns, test_import_exact
from . import test_engine_values, test_engine_read_files, test_engine_read_rules, test_engine_read_formats
from . import test_engine_opening_read
from . import test_debtor_balances
from . import test_import_changed
from . import test_messages
from . import test_engine_balances_read, test_engine_balances_sums
from . import test_engine_balances_plan, test_engine_balances_absent, test_engine_balances_limits
from . import test_receipts, test_review, test_undo_order
from . import test_views, test_busy
from . import test_engine_opening_plan, test_engine_opening_names, test_engine_opening_random
from . import test_engine_opening_doubts
from . import test_engine_read_rare
from . import test_opening_template, test_opening_screens
from . import test_opening_planning, test_opening_planning_again
from . import test_opening_booking, test_opening_booking_numbers, test_opening_booking_tax
from . import test_opening_booking_runs, test_opening_booking_allocation, test_opening_booking_kinds
from . import test_opening_undo
from . import test_opening_documents
from . import test_opening_lock
from . import test_opening_acceptance, test_opening_emersion
from . import test_opening_edges
from . import test_engine_loosening, test_loose_payments
from . import test_security_attacks, test_credit_limits
from . import test_security_boundaries, test_security_dialog
from . import test_security_http
from . import test_security_partners
from . import test_security_undo
