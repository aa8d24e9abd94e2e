"""Accountability: robust recording, timeliness, evidence for decisions."""
