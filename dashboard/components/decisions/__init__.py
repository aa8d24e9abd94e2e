"""Targets and notes on the Measure page: what was decided, with its history, and the forms that decide."""
