"""Weeks signed off: what was reported, kept to the digit whatever is loaded, rebuilt, redefined or upgraded since.

What is kept was judged, so a layer above the data composes it; here it is only stored, read and verified.
"""

from data_access.signed_weeks.reads import signed_cases, signed_measures, signed_weeks
from data_access.signed_weeks.record import Closing, ReportedMeasure, SignedMeasure, SignedWeek
from data_access.signed_weeks.signing import (
    DataMovedOnProblem,
    InvalidSignOffProblem,
    SignOffProblem,
    StaleSignOffProblem,
    check_right,
    sign_off,
)

__all__ = [
    "Closing",
    "DataMovedOnProblem",
    "InvalidSignOffProblem",
    "ReportedMeasure",
    "SignOffProblem",
    "SignedMeasure",
    "SignedWeek",
    "StaleSignOffProblem",
    "check_right",
    "sign_off",
    "signed_cases",
    "signed_measures",
    "signed_weeks",
]
