"""Initial assessments terminated instead of completed (plan item 9c)."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.adding_up import PROPORTION
from data_access.measures.assessment_dates import completed_too_early, days_taken, of_kind, terminated_too_early
from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, Measure
from data_access.measures.definition import About, Definition, Detail, Holds, Key, Strand
from data_access.measures.impossible import dated_ahead, not_computable
from data_access.measures.sql import table, word
from data_access.measures.toy import Toy
from data_access.vocabulary import Chart, Period, Polarity

DEFINITION = Definition(
    id="initial_assessments_terminated",
    title="Initial assessments terminated",
    question="Of the initial assessments that ended, how many were terminated instead of completed?",
    why=(
        "An assessment that is terminated leaves a child's needs unknown. It also leaves the figures of timeliness, "
        "which count only those completed. The plan asks that none is."
    ),
    how=(
        "Initial assessments terminated, out of those terminated or completed (authorised by a manager), by the day "
        "on which they ended. One that bears both days counts as terminated. An assessment terminated or completed "
        "before it was begun, and dates after the data were taken, are left out and counted separately."
    ),
    misleads=(
        "What 'terminated' means was not defined when the plan was written: a family that moves away and an "
        "assessment given up look alike. Look at whether the child was seen before it ended."
    ),
    strand=Strand.ACCOUNTABILITY,
    adding_up=PROPORTION,
    polarity=Polarity.LOWER,
    unit="%",
    period=Period.WEEK,
    chart=Chart.P_PRIME,
    about=About.CHILDREN,
    plan_items=("9c",),
    owner="Group manager, Assessment",
    requires=("assessments",),
    fields=(
        "assessments.kind",
        "assessments.started_on",
        "assessments.completed_on",
        "assessments.terminated_on",
    ),
    key=Key.CHILD,
    details=(
        Detail("ended_as", "Ended as", Holds.WORDS),
        Detail("started_on", "Begun", Holds.DATE),
        Detail("working_days_taken", "Working days open", Holds.WORKING_DAYS_TAKEN),
        Detail("child_seen_on", "Child seen", Holds.DATE),
        Detail("child_was_seen", "Child was seen", Holds.YES_NO),
    ),
    dimensions=("child_was_seen",),
    headline=False,
)

_assessment = table("assessments", "assessment")
_is_terminated = _assessment.c.terminated_on.is_not(None)
_ended_on = sa.func.coalesce(_assessment.c.terminated_on, _assessment.c.completed_on)

_result = sa.case(
    (dated_ahead("assessments", _assessment.c.completed_on, _assessment.c.terminated_on), word(DATED_AHEAD)),
    (terminated_too_early(_assessment), not_computable("terminated before it was begun")),
    (_is_terminated, word(MET)),
    (completed_too_early(_assessment), not_computable("completed before it was begun")),
    else_=word(NOT_MET),
)

_cohort: sa.Select[Any] = sa.select(
    _assessment.c.assessment_id.label("case_id"),
    _assessment.c.child_key.label("key"),
    _ended_on.label("event_date"),
    _assessment.c.team_id,
    _result.label("result"),
    sa.case((_is_terminated, word("terminated")), else_=word("completed")).label("ended_as"),
    _assessment.c.started_on,
    days_taken(_assessment.c.started_on, _ended_on).label("working_days_taken"),
    _assessment.c.child_seen_on,
    _assessment.c.child_seen_on.is_not(None).label("child_was_seen"),
).where(of_kind(_assessment, "initial"), _ended_on.is_not(None))


def _near(start: date, end: date) -> sa.ColumnElement[bool]:
    return sa.or_(
        _assessment.c.completed_on.between(start, end),
        _assessment.c.terminated_on.between(start, end),
    )


TOY = Toy(
    tables={
        "assessments": """
            assessment_id | child_id | kind    | started_on | completed_on | terminated_on | child_seen_on | team_id
            A1            | C1       | initial | 2010-03-01 | 2010-03-10   |               | 2010-03-02    | T1
            A2            | C2       | initial | 2010-03-01 |              | 2010-03-10    |               | T1
            A3            | C3       | initial | 2010-03-01 | 2010-03-10   | 2010-03-11    |               | T1
            A4            | C4       | initial | 2010-03-01 |              | 2010-03-01    | 2010-03-01    | T1
            A5            | C5       | initial | 2010-03-01 |              |               |               | T1
            A6            | C6       | initial | 2010-03-01 | 2010-02-28   |               |               | T1
            A7            | C7       | initial | 2010-03-01 | 2010-03-10   | 2010-02-28    |               | T1
            A8            | C8       | initial | 2010-03-01 |              | 2010-03-30    |               | T1
            A9            | C9       | initial | 2010-03-01 | 2010-03-30   |               |               | T1
            A10           | C10      | core    | 2010-03-01 |              | 2010-03-10    |               | T1
            A11           | C11      | initial | 2010-03-01 | 2010-02-28   | 2010-03-10    |               | T1
        """,
    },
    expected="""
        case | result         | because
        A1   | not met        | completed
        A2   | met            | terminated: a figure to keep low
        A3   | met            | completed and terminated: counts as terminated, with the day of that
        A4   | met            | terminated on the day on which it was begun, with the child seen
        A5   | left out       | still open
        A6   | not computable | completed the day before it was begun
        A7   | not computable | terminated the day before it was begun, though completed later
        A8   | not computable | terminated after the data were taken
        A9   | not computable | completed after the data were taken
        A10  | left out       | a core assessment
        A11  | met            | terminated, whatever its day of completion says
    """,
)

MEASURE = Measure(DEFINITION, _cohort, _near, TOY)
