"""Extracts into the database: read, check, accept or refuse row by row, merge in one transaction."""

from data_access.loading.load import LoadedExtract, LoadReport, load_extracts, tick

__all__ = ["LoadReport", "LoadedExtract", "load_extracts", "tick"]
