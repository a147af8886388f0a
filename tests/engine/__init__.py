"""Tests of the engine, without a database; folders as in ``engine/``."""
