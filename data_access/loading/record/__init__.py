"""The record of loads: who, when, what came of it; the rows themselves; restatements."""
