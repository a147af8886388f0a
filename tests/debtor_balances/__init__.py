"""Tests of lists with one amount per debtor."""
