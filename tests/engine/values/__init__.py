"""Tests of ``engine/values``."""
