"""Tests of lists of open items."""
