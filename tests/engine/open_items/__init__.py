"""Tests of ``engine/open_items``."""
