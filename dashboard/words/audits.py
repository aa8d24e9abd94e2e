"""Audits in words: how far graders agree, and what the latest month came to. Data in, text out."""

from dashboard.analysis.agreement import Agreement
from dashboard.readings.audits import AuditMonth
from dashboard.words.loads import counted


def agreement_words(told: Agreement) -> str:
    """Return how far two graders agree, or why it is too soon to say."""
    if not told.cases:
        return "No assessment has been graded by two auditors: how far they agree can't be told."
    graded = f"{counted(told.cases, 'assessment was', 'assessments were')} graded by two auditors, {told.alike} alike"
    if told.cases < told.needed:
        return (
            f"{graded}: too few to say how far they agree. It takes {told.needed}, drawn at random and graded blind."
        )
    if told.kappa is None:
        return f"{graded}: with a single grade in use, chance alone would agree as often."
    interval = told.interval
    between = "" if interval is None else f", 95% interval {interval.lower:.2f} to {interval.upper:.2f}"
    kappa = f"Kappa, weighted by how far grades lie apart, is {told.kappa:.2f}{between}"
    return f"{graded}. {kappa}: 1 is full agreement, 0 no more than chance."


def child_words(month: AuditMonth) -> str:
    """Return in how many files of a month the child's views are recorded."""
    asked = month.child_recorded + month.child_not_recorded
    if not asked:
        return f"No file read in {month.start:%B %Y} was asked whether the child’s views are recorded."
    return f"The child’s views are recorded in {month.child_recorded} of {asked} files read in {month.start:%B %Y}."
