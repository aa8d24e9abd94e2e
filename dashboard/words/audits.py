"""Audits in words: how far graders agree, what the latest month came to, what was asked for. Data in, text out."""

from collections.abc import Mapping
from typing import Final

from dashboard.analysis.agreement import Agreement
from dashboard.analysis.wording import short_day
from dashboard.readings.audits import AuditMonth, Audits
from dashboard.words.loads import counted
from data_access.queries.audit_actions import ActionState
from data_access.queries.audit_answers import GRADES

ACTION_STATES: Final[Mapping[ActionState, str]] = {
    ActionState.ON_TIME: "Closed on time",
    ActionState.LATE: "Closed late",
    ActionState.OVERDUE: "Overdue",
    ActionState.NOT_YET_DUE: "Not yet due",
    ActionState.NOT_COMPUTABLE: "Could not be worked out",
}
"""How what an audit asked for stands, in the order in which it is told."""
NOT_RECORDED: Final = "Not recorded"
CHILD_COLUMNS: Final = ("Month", "Recorded", "Not recorded", "Not applicable")
PROGRAMME_COLUMNS: Final = ("Month", "To be read", "Read", "Not read")
GRADE_COLUMNS: Final = ("Month", *(grade.capitalize() for grade in GRADES), "Not graded")
ACTION_COLUMNS: Final = ("Month", "Asked for", *ACTION_STATES.values())


def month_name(month: AuditMonth) -> str:
    """Return a month with its year: "February 2010"."""
    return f"{month.start:%B %Y}"


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
        return f"No file read in {month_name(month)} was asked whether the child’s views are recorded."
    return f"The child’s views are recorded in {month.child_recorded} of {asked} files read in {month_name(month)}."


def action_words(told: Audits) -> str:
    """Return what became of all that audits asked for, or that it was never sent."""
    if told.until is None or told.actions is None:
        return (
            f"{NOT_RECORDED}: audits came without the columns action_due_on and action_closed_on, so nothing can be "
            "said of what they asked for."
        )
    asked = sum(told.actions.values())
    until = f"up to {short_day(told.until)} {told.until.year}"
    if not asked:
        return f"No audit {until} asked for anything."
    parts = [
        f"{told.actions[state]:,} {words[:1].lower()}{words[1:]}"
        for state, words in ACTION_STATES.items()
        if told.actions[state]
    ]
    return f"Audits {until} asked for {counted(asked, 'action')}: {', '.join(parts)}."
