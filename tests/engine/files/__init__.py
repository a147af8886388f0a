"""Tests of ``engine/files``."""
