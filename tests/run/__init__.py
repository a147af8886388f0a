"""Tests of the way of a run."""
