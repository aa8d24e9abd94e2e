"""Tests of weeks that were signed off, as they are stored."""
