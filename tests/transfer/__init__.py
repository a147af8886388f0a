"""Tests of the hand-over to an accounting package."""
