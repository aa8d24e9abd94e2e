"""Decisions as they hold for a measure: the only reads of them for charts and judgements."""
