"""Effective actions: intervention rather than repeat assessment."""
