from . import (
    test_kinds,
    test_messages,
    test_tours,
    test_tours_handover,
    test_views,
)
from .debtor_balances import (
    test_credit_limits,
    test_debtor_balances,
)
from .engine import (
    test_engine_hostile,
    test_engine_linear,
    test_engine_mutants,
    test_engine_purity,
)
from .engine.debtor_balances import (
    test_engine_balances_absent,
    test_engine_balances_limits,
    test_engine_balances_plan,
    test_engine_balances_read,
    test_engine_balances_sums,
)
from .engine.files import (
    test_engine_bounds,
    test_engine_cut_off,
    test_engine_encodings,
    test_engine_mutations,
    test_engine_ods,
    test_engine_packed,
    test_engine_read_files,
    test_engine_read_formats,
    test_engine_xlsx_sheet,
)
from .engine.handover import (
    test_engine_handover,
    test_engine_handover_tables,
)
from .engine.open_items import (
    test_engine_absence,
    test_engine_exact_xml,
    test_engine_externals,
    test_engine_instalments,
    test_engine_ledger,
    test_engine_likeness,
    test_engine_loosening,
    test_engine_matching,
    test_engine_other_lists,
    test_engine_planning,
    test_engine_random,
    test_engine_unknown_columns,
    test_engine_waiting,
    test_engine_witness,
)
from .engine.opening_documents import (
    test_engine_opening_doubts,
    test_engine_opening_names,
    test_engine_opening_plan,
    test_engine_opening_random,
    test_engine_opening_read,
)
from .engine.tables import (
    test_engine_list_layout,
    test_engine_read_rare,
    test_engine_read_rules,
    test_engine_rows,
    test_engine_whole,
)
from .engine.values import (
    test_engine_patterns,
    test_engine_values,
)
from .engine.words import (
    test_engine_word_lists,
    test_engine_words,
)
from .ledger import (
    test_booking,
    test_booking_batch,
    test_booking_cents,
    test_booking_undo,
    test_credit_check,
    test_partner_balance,
    test_partner_figures,
    test_partner_merge,
    test_partner_searches,
    test_receipts,
)
from .open_items import (
    test_import_absence,
    test_import_exact,
    test_import_ledger,
    test_ledgers,
    test_loose_payments,
    test_witness,
)
from .opening_documents import (
    test_opening_acceptance,
    test_opening_booking,
    test_opening_booking_allocation,
    test_opening_booking_kinds,
    test_opening_booking_numbers,
    test_opening_booking_runs,
    test_opening_booking_tax,
    test_opening_documents,
    test_opening_edges,
    test_opening_emersion,
    test_opening_lock,
    test_opening_planning,
    test_opening_planning_again,
    test_opening_screens,
    test_opening_template,
    test_opening_undo,
)
from .reports import (
    test_expected,
    test_items,
    test_items_partner,
    test_items_print,
    test_items_random,
    test_items_steps,
    test_proposal,
    test_protocol,
    test_statements,
    test_tiles,
)
from .run import (
    test_busy,
    test_import_arguments,
    test_import_assigning,
    test_import_changed,
    test_import_documents,
    test_import_files,
    test_import_flow,
    test_import_guards,
    test_import_mail,
    test_import_runs,
    test_import_unattended,
    test_import_waiting,
    test_layouts,
    test_own_fault,
    test_review,
    test_undo_order,
)
from .security import (
    test_security,
    test_security_attacks,
    test_security_boundaries,
    test_security_dialog,
    test_security_http,
    test_security_partners,
    test_security_undo,
)
from .transfer import (
    test_handover,
    test_handover_faults,
    test_handover_random,
    test_month_close,
    test_schedule,
    test_transfer_report,
)
from .unattended import (
    test_attachments,
    test_dates,
    test_fetch,
    test_following,
    test_mail_proof,
    test_notices,
    test_recipes,
)
