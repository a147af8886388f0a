"""Tests of ``engine/tables``."""
