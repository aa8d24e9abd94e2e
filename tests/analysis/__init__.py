"""Tests of `dashboard.analysis` and of the command that judges a file."""
