"""Tests of ``engine/debtor_balances``."""
