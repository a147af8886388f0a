"""Tests of ``engine/opening_documents``."""
