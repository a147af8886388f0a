"""Tests of what all kinds of list need of Odoo's own models."""
