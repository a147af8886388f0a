"""Tests of lists of opening documents."""
