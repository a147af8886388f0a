"""Tests of the engine's hand-over."""
