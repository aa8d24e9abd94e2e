"""Extracts into the database: read, check, accept or refuse row by row, merge in one transaction."""

from data_access.loading.load import load_extracts, tick
from data_access.loading.merge.confirming import Confirmation, ConfirmationProblem, Confirmed, Doubtful
from data_access.loading.report import LoadedExtract, LoadReport, MeasureMove, warnings_told

__all__ = [
    "Confirmation",
    "ConfirmationProblem",
    "Confirmed",
    "Doubtful",
    "LoadReport",
    "LoadedExtract",
    "MeasureMove",
    "load_extracts",
    "tick",
    "warnings_told",
]
