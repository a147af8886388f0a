"""Tests of what is open, how late it is and why."""
